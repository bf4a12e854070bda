//! Linear predictors: parameters that enter a log-density only through one linear combination.
//! In: log-densities, parameters. Out: the same in few core symbols, and how each parameter enters. Never: a number.
//!
//! `y ~ Bernoulli(logistic(b0 + b1*x1 + … + b2000*x2000))` depends on its parameters through η = b0 + b1·x1 + …; it is differentiated
//! in η only, and ∂ℓ/∂bⱼ = ∂ℓ/∂η · xⱼ. Likewise I(b) = Σ over rows of I(η)·x xᵀ, so one small information serves any number of covariates.

use bartlett_expr::{Expr, Facts, Kind, Symbol, normal, topological};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Log-densities in core symbols, and how the parameters enter these.
pub(super) struct Reduced {
    /// The log-densities in the core symbols.
    pub(super) log_densities: Vec<Expr>,
    /// What they depend on: a predictor, or a parameter itself.
    pub(super) core: Vec<Core>,
    /// For each parameter the core symbol through which it enters, and the derivative of that symbol by it, free of parameters.
    pub(super) enters: Vec<(usize, Expr)>,
}

/// A symbol of the core.
pub(super) struct Core {
    /// Its name.
    pub(super) symbol: Symbol,
    /// Is it a predictor, which varies from row to row?
    pub(super) predictor: bool,
}

/// Coefficients of parameters (by index) in an expression that is linear in them.
type Form = BTreeMap<usize, Expr>;

/// Parameters named in `kept` stay themselves.
pub(super) fn reduced(
    log_densities: &[Expr],
    parameters: &[Symbol],
    kept: &BTreeSet<Symbol>,
    data: &[Symbol],
    facts: &Facts,
) -> Reduced {
    let place: FxHashMap<Symbol, usize> = parameters
        .iter()
        .enumerate()
        .map(|(i, s)| (s.clone(), i))
        .collect();
    let order = topological(log_densities);
    let forms = linear_forms(&order, &place);
    let (collected, mut pinned) = collected(log_densities, &order, &forms, &place);
    pinned.extend(kept.iter().filter_map(|s| place.get(s).copied()));
    let groups = groups(&collected, &pinned, data, facts);
    let mut core: Vec<Core> = Vec::new();
    let mut enters: Vec<Option<(usize, Expr)>> = vec![None; parameters.len()];
    for (i, parameter) in parameters.iter().enumerate() {
        if enters[i].is_some() {
            continue;
        }
        let index = core.len();
        if let Some(group) = groups.iter().find(|group| group.contains_key(&i)) {
            for (j, coefficient) in group {
                enters[*j] = Some((index, coefficient.clone()));
            }
            core.push(Core {
                symbol: Symbol::new(&format!("predictor {}", index + 1)),
                predictor: true,
            });
        } else {
            enters[i] = Some((index, Expr::one()));
            core.push(Core {
                symbol: parameter.clone(),
                predictor: false,
            });
        }
    }
    let enters: Vec<(usize, Expr)> = enters.into_iter().flatten().collect();
    let log_densities = if groups.is_empty() {
        log_densities.to_vec()
    } else {
        let rewrite = Rewrite {
            forms: &forms,
            groups: &groups,
            core: &core,
            enters: &enters,
            parameters,
        };
        rewrite.all(log_densities, &order)
    };
    Reduced {
        log_densities,
        core,
        enters,
    }
}

/// Each node that is linear in the parameters (an empty form: free of them); `None` where it is not.
fn linear_forms(order: &[Expr], place: &FxHashMap<Symbol, usize>) -> FxHashMap<Expr, Option<Form>> {
    let mut forms: FxHashMap<Expr, Option<Form>> = FxHashMap::default();
    for node in order {
        let form = match node.kind() {
            Kind::Symbol(s) => Some(
                place
                    .get(s)
                    .map(|i| (*i, Expr::one()))
                    .into_iter()
                    .collect(),
            ),
            Kind::Indexed(s, _) if !place.contains_key(s) => Some(Form::new()),
            Kind::Number(_) | Kind::Constant(_) => Some(Form::new()),
            Kind::Add(_, terms) => {
                let mut form = Some(Form::new());
                for (term, c) in terms {
                    let (Some(sum), Some(Some(part))) = (form.as_mut(), forms.get(term)) else {
                        form = None;
                        break;
                    };
                    for (i, coefficient) in part {
                        let scaled = Expr::number(c.clone()) * coefficient;
                        let entry = sum.entry(*i).or_insert_with(Expr::zero);
                        *entry = &*entry + &scaled;
                    }
                }
                form
            }
            Kind::Mul(c, factors) => {
                let varying: Vec<&Expr> = factors
                    .iter()
                    .filter(|f| {
                        forms
                            .get(*f)
                            .is_none_or(|form| form.as_ref().is_none_or(|f| !f.is_empty()))
                    })
                    .collect();
                match varying[..] {
                    [] => Some(Form::new()),
                    [one] => forms.get(one).cloned().flatten().map(|form| {
                        let others = factors.iter().filter(|f| *f != one).cloned();
                        let scale =
                            Expr::product(std::iter::once(Expr::number(c.clone())).chain(others));
                        form.into_iter().map(|(i, e)| (i, &e * &scale)).collect()
                    }),
                    _ => None,
                }
            }
            Kind::Bound(..) => {
                let free = node.free_symbols();
                (!free.iter().any(|s| place.contains_key(s))).then(Form::new)
            }
            _ => node
                .children()
                .iter()
                .all(|c| matches!(forms.get(*c), Some(Some(form)) if form.is_empty()))
                .then(Form::new),
        };
        forms.insert(node.clone(), form);
    }
    forms
}

/// The forms of the largest linear parts, and the parameters that stand where they cannot be replaced.
fn collected(
    roots: &[Expr],
    order: &[Expr],
    forms: &FxHashMap<Expr, Option<Form>>,
    place: &FxHashMap<Symbol, usize>,
) -> (Vec<Form>, BTreeSet<usize>) {
    let mut found: Vec<Form> = Vec::new();
    let mut pinned = BTreeSet::new();
    let mut add = |form: Form| {
        if !form.is_empty() && !found.contains(&form) {
            found.push(form);
        }
    };
    for root in roots {
        if let Some(Some(form)) = forms.get(root) {
            add(form.clone());
        }
    }
    for node in order {
        if !matches!(forms.get(node), Some(None)) {
            continue;
        }
        match node.kind() {
            Kind::Add(..) => add(gathered(node, forms)),
            Kind::Bound(..) => pinned.extend(
                node.free_symbols()
                    .iter()
                    .filter_map(|s| place.get(s).copied()),
            ),
            _ => {
                for child in node.children() {
                    if let Some(Some(form)) = forms.get(child) {
                        add(form.clone());
                    }
                }
            }
        }
    }
    (found, pinned)
}

/// The sum of the linear terms of a sum that is not linear itself.
fn gathered(node: &Expr, forms: &FxHashMap<Expr, Option<Form>>) -> Form {
    let mut sum = Form::new();
    if let Kind::Add(_, terms) = node.kind() {
        for (term, c) in terms {
            if let Some(Some(part)) = forms.get(term) {
                for (i, coefficient) in part {
                    let scaled = Expr::number(c.clone()) * coefficient;
                    let entry = sum.entry(*i).or_insert_with(Expr::zero);
                    *entry = &*entry + &scaled;
                }
            }
        }
    }
    sum.retain(|_, e| !e.is_zero());
    sum
}

/// Sets of parameters that enter every form in the same proportion: the coefficients, that of the first being 1 where it can be.
fn groups(
    collected: &[Form],
    pinned: &BTreeSet<usize>,
    data: &[Symbol],
    facts: &Facts,
) -> Vec<Form> {
    let mut candidates: Vec<Form> = collected
        .iter()
        .map(|form| normalized(form, facts))
        .filter(|form| form.len() > 1 || form.values().any(Expr::may_vary))
        .filter(|form| !form.values().any(|e| e.contains_any(data)))
        .collect();
    candidates.sort_by_key(|form| std::cmp::Reverse(form.len()));
    let mut accepted: Vec<Form> = Vec::new();
    for candidate in candidates {
        let free = candidate
            .keys()
            .all(|i| !pinned.contains(i) && !accepted.iter().any(|group| group.contains_key(i)));
        if free
            && collected
                .iter()
                .filter_map(|form| {
                    let enters = candidate.keys().any(|i| form.contains_key(i));
                    enters.then(|| proportion(form, &candidate, facts))
                })
                // a lone parameter must not be divided by its covariate, which may be 0
                .all(|factor| factor.is_some_and(|f| candidate.len() > 1 || !f.may_vary()))
        {
            accepted.push(candidate);
        }
    }
    accepted
}

/// Divided by the coefficient of the first parameter that has a number, or else of the first.
fn normalized(form: &Form, facts: &Facts) -> Form {
    let by = form
        .values()
        .find(|e| e.as_number().is_some())
        .or_else(|| form.values().next())
        .cloned()
        .unwrap_or_else(Expr::one);
    // a single parameter keeps its coefficient: there is nothing to compare it with
    if form.len() == 1 {
        return form.clone();
    }
    form.iter()
        .map(|(i, e)| (*i, quotient(e, &by, facts)))
        .collect()
}

fn quotient(e: &Expr, by: &Expr, facts: &Facts) -> Expr {
    let plain = e * &by.recip();
    if plain.count_nodes() < 3 {
        return plain;
    }
    normal::simplified(facts, &plain)
}

/// The factor by which a group enters a form; `None` where it enters in another proportion.
fn proportion(form: &Form, group: &Form, facts: &Facts) -> Option<Expr> {
    let (first, unit) = group.iter().next()?;
    let factor = quotient(form.get(first)?, unit, facts);
    group
        .iter()
        .all(|(i, e)| {
            form.get(i).is_some_and(|coefficient| {
                let expected = &factor * e;
                *coefficient == expected
                    || normal::simplified(facts, &(coefficient - &expected)).is_zero()
            })
        })
        .then_some(factor)
}

struct Rewrite<'a> {
    forms: &'a FxHashMap<Expr, Option<Form>>,
    groups: &'a [Form],
    core: &'a [Core],
    enters: &'a [(usize, Expr)],
    parameters: &'a [Symbol],
}

impl Rewrite<'_> {
    fn all(&self, roots: &[Expr], order: &[Expr]) -> Vec<Expr> {
        let mut images: FxHashMap<Expr, Expr> = FxHashMap::default();
        for node in order {
            let image = match self.forms.get(node) {
                Some(Some(form)) => self.linear(node, form),
                _ => match node.kind() {
                    Kind::Add(constant, terms) => {
                        let form = gathered(node, self.forms);
                        let mut parts =
                            vec![Expr::number(constant.clone()), self.predictors(&form)];
                        for (term, c) in terms {
                            let c = Expr::number(c.clone());
                            match self.forms.get(term) {
                                Some(Some(form)) => parts.push(c * self.rest(term, form)),
                                _ => parts.push(c * &images[term]),
                            }
                        }
                        Expr::sum(parts)
                    }
                    _ => node.rebuilt(&|part| images[part].clone()),
                },
            };
            images.insert(node.clone(), image);
        }
        roots.iter().map(|root| images[root].clone()).collect()
    }

    fn linear(&self, node: &Expr, form: &Form) -> Expr {
        if form.is_empty() {
            return node.clone();
        }
        self.rest(node, form) + self.predictors(form)
    }

    /// What is left of a linear expression where its parameters are 0.
    fn rest(&self, node: &Expr, form: &Form) -> Expr {
        if form.is_empty() {
            return node.clone();
        }
        let zeros = form
            .keys()
            .map(|i| (Expr::symbol(self.parameters[*i].name()), Expr::zero()))
            .collect();
        node.substitute(&zeros)
    }

    /// The parameters of a form, predictors in the place of their groups.
    fn predictors(&self, form: &Form) -> Expr {
        let mut parts: Vec<Expr> = Vec::new();
        let mut done: BTreeSet<usize> = BTreeSet::new();
        for (i, coefficient) in form {
            if done.contains(i) {
                continue;
            }
            let (index, unit) = &self.enters[*i];
            let symbol = Expr::symbol(self.core[*index].symbol.name());
            if let Some(group) = self.groups.iter().find(|group| group.contains_key(i)) {
                done.extend(group.keys());
                parts.push(quotient(coefficient, unit, &Facts::new()) * symbol);
            } else {
                parts.push(coefficient * &symbol);
            }
        }
        Expr::sum(parts)
    }
}
