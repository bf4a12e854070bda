//! Data on the line whose density depends on them through one quadratic form only (multivariate t): the form itself is the one datum that is left.
//! In: `Work`. Out: the work with the form in place of the data. Never: a matrix that was not inverted symbolically.
//!
//! Given q = (x − μ)ᵀA(x − μ) the direction is uniform, so that E[Π yᵢ | q] over 2m factors is the Gaussian one of covariance A⁻¹ times
//! qᵐ/(k(k + 2)…(k + 2m − 2)) (Cambanis, Huang & Simons 1981).

use super::gaussian::{Gaussian, Terms};
use super::{Closed, Work, is_line};
use crate::model::Datum;
use bartlett_expr::{Domain, Expr, Facts, Kind, Number, Symbol, normal, topological};
use rustc_hash::FxHashMap;

/// At most so many data.
const DATA: usize = 8;
/// Total degree of the polynomials beside functions of the form.
const DEGREE: u32 = 8;

/// c + q, a polynomial of degree two in the data with its center.
struct Form<'a> {
    facts: &'a Facts,
    data: &'a [Symbol],
    /// The polynomial as it stands in the log-density.
    polynomial: Expr,
    /// Its value at the center.
    least: Expr,
    /// N(0, A⁻¹) with the center aside.
    spread: Gaussian<'a>,
    center: Vec<Expr>,
    /// q
    radius: Symbol,
}

/// What is left when all data are seen through one quadratic form.
pub(super) fn without(work: &Work) -> Option<Work> {
    if work.data.len() < 2
        || work.data.len() > DATA
        || !work.data.iter().all(|d| is_line(d, &work.facts))
    {
        return None;
    }
    let data: Vec<Symbol> = work.data.iter().map(|d| d.symbol.clone()).collect();
    let form = Form::find(&work.facts, &work.log_density, &data)?;
    let log_density = form.seen(&work.log_density)?;
    if log_density.contains_any(&data) {
        return None;
    }
    let half = Number::HALF;
    let count = Expr::integer(i64::try_from(data.len()).ok()?);
    let q = Expr::symbol(form.radius.name());
    // the area of the ellipsoids of q (log_mass of the Gaussian holds −½ log |A| + ½ k log 2π)
    let area = &form.spread.log_mass
        - (&count * Expr::integer(2).log()).scaled(&half)
        - Expr::function("lgamma", [count.scaled(&half)])
        + (count.scaled(&half) - 1) * q.log();
    let mut facts = work.facts.clone();
    facts.declare(form.radius.clone(), Domain::positive());
    let functions = work.functions.iter().map(|function| {
        let function = function.as_ref()?;
        Some(Closed {
            value: form.mean_given_radius(&function.value)?,
            ..function.clone()
        })
    });
    Some(Work {
        functions: functions.collect(),
        marginals: work.marginals.clone(),
        log_density: log_density + area,
        data: vec![Datum {
            symbol: form.radius.clone(),
            support: Domain::positive(),
            atoms: Vec::new(),
        }],
        facts,
    })
}

impl<'a> Form<'a> {
    /// The outermost sum in an expression that is a polynomial of degree two in all of the data.
    fn find(facts: &'a Facts, log_density: &Expr, data: &'a [Symbol]) -> Option<Self> {
        // the outermost one: what is prepared for an expectation no longer shows those inside
        topological(std::slice::from_ref(log_density))
            .into_iter()
            .rev()
            .filter(|node| *node != *log_density && matches!(node.kind(), Kind::Add(..)))
            .filter(|node| data.iter().all(|s| node.contains(s)))
            .find_map(|polynomial| {
                // exp(−q/2) has the mean −b/(2A) and the covariance A⁻¹
                let spread = Gaussian::of(facts, &polynomial.scaled(&Number::ratio(-1, 2)), data)?;
                let center = spread.mean.clone();
                let least = center
                    .iter()
                    .zip(data)
                    .fold(polynomial.clone(), |e, (m, s)| e.replace(s, m));
                let least = normal::simplified(facts, &least);
                let spread = Gaussian {
                    mean: vec![Expr::zero(); data.len()],
                    // what the value at the center adds is not part of the area
                    log_mass: normal::simplified(
                        facts,
                        &(&spread.log_mass + least.scaled(&Number::HALF)),
                    ),
                    ..spread
                };
                Some(Self {
                    facts,
                    data,
                    polynomial,
                    least,
                    spread,
                    center,
                    radius: Symbol::new("q'"),
                })
            })
    }

    /// An expression with every multiple of the polynomial written in q; the data may stay elsewhere.
    fn seen(&self, e: &Expr) -> Option<Expr> {
        let q = Expr::symbol(self.radius.name());
        let whole = &self.least + &q;
        let mut known: FxHashMap<Expr, Expr> = FxHashMap::default();
        for node in topological(std::slice::from_ref(e)) {
            if !matches!(node.kind(), Kind::Add(..)) || !self.data.iter().all(|s| node.contains(s))
            {
                continue;
            }
            if node == self.polynomial {
                known.insert(node, whole.clone());
                continue;
            }
            let inside = e.any_node(&|n| match n.kind() {
                Kind::Power(base, exponent) => {
                    *base == node && exponent.as_integer().is_none_or(|k| k < 0)
                }
                Kind::Call(_, arguments) => arguments.contains(&node),
                _ => false,
            });
            if !inside {
                continue;
            }
            let ratio = normal::cancelled(&(&node / &self.polynomial));
            if !ratio.contains_any(self.data) {
                known.insert(node, &whole * ratio);
            }
        }
        Some(if known.is_empty() {
            e.clone()
        } else {
            e.substitute(&known)
        })
    }

    /// E[g | q].
    fn mean_given_radius(&self, g: &Expr) -> Option<Expr> {
        let g = self.seen(g)?;
        if !g.contains_any(self.data) {
            return Some(g);
        }
        // the data as deviations from the center
        let moved: FxHashMap<Expr, Expr> = self
            .data
            .iter()
            .zip(&self.center)
            .map(|(s, m)| (Expr::symbol(s.name()), Expr::symbol(s.name()) + m))
            .collect();
        let g = normal::prepared(self.facts, &[g.substitute(&moved)]).remove(0);
        let terms = Terms::of(&g, self.data, DEGREE)?;
        let q = Expr::symbol(self.radius.name());
        let count = i64::try_from(self.data.len()).ok()?;
        let mut moments = FxHashMap::default();
        let mut sum = Vec::new();
        for (powers, coefficient) in &terms.by_power {
            let degree: u32 = powers.iter().sum();
            if degree % 2 == 1 {
                continue;
            }
            let half = i64::from(degree / 2);
            let shrink = (0..half).fold(Number::ONE, |n, j| &n * &Number::integer(count + 2 * j));
            let moment = self.spread.moment(powers, &mut moments)?;
            sum.push((coefficient * moment * q.powi(half)).scaled(&shrink.recip()));
        }
        Some(normal::simplified(self.facts, &Expr::sum(sum)))
    }
}
