//! Points at which answers are tried: random values of the parameters and known symbols inside their domains.
//! In: a `Model`. Out: points that satisfy every domain and relation. Never: two different answers for the same model.

use super::random::Random;
use crate::model::Model;
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::{Domain, Expr, Symbol};
use std::collections::BTreeSet;

/// A value for every symbol that is no datum.
pub type Point = Vec<(Symbol, f64)>;

/// Random points of a model's domains.
pub struct Sampler {
    symbols: Vec<Sampled>,
    /// What must be above 0, and what must not be below.
    relations: Tape,
    strict: Vec<bool>,
    random: Random,
    names: Vec<Symbol>,
}

struct Sampled {
    lower: Tape,
    upper: Tape,
    lower_closed: bool,
    upper_closed: bool,
    step: Option<f64>,
}

/// Tries for one point.
const TRIES: usize = 3000;

impl Sampler {
    /// A sampler of all symbols of the model that are no data; the same seed gives the same points.
    #[must_use]
    pub fn new(model: &Model, seed: u64) -> Self {
        let data: BTreeSet<Symbol> = model.data().map(|d| d.symbol.clone()).collect();
        let mut whole: BTreeSet<Symbol> = BTreeSet::new();
        let mut all: BTreeSet<Symbol> = BTreeSet::new();
        all.extend(model.parameters.iter().cloned());
        all.extend(model.known.iter().cloned());
        for observation in &model.observations {
            all.extend(observation.density.log_density.free_symbols());
            for d in &observation.density.data {
                for end in [&d.support.lower.value, &d.support.upper.value] {
                    all.extend(end.free_symbols());
                    if d.support.is_discrete() {
                        whole.extend(end.free_symbols());
                    }
                }
                for atom in &d.atoms {
                    all.extend(atom.free_symbols());
                }
            }
        }
        // what the domains refer to
        for _ in 0..8 {
            let more: Vec<Symbol> = all
                .iter()
                .filter_map(|s| model.facts.domain(s))
                .flat_map(|d| [&d.lower.value, &d.upper.value])
                .flat_map(Expr::free_symbols)
                .collect();
            all.extend(more);
        }
        let all: Vec<Symbol> = all.into_iter().filter(|s| !data.contains(s)).collect();
        let domain = |s: &Symbol| domain_of(model, s, whole.contains(s));
        let names = in_order(&all, &domain);
        let symbols = names
            .iter()
            .map(|s| {
                let d = domain(s);
                Sampled {
                    lower: Tape::new(std::slice::from_ref(&d.lower.value), &names),
                    upper: Tape::new(std::slice::from_ref(&d.upper.value), &names),
                    lower_closed: d.lower.closed,
                    upper_closed: d.upper.closed,
                    step: d.step.as_ref().map(|s| s.to_f64()),
                }
            })
            .collect();
        let free_of_data = |e: &&Expr| !e.free_symbols().iter().any(|s| !names.contains(s));
        // a support is not empty
        let (mut open, mut lattices) = (Vec::new(), Vec::new());
        for support in model.data().map(|d| &d.support) {
            let (lower, upper) = (&support.lower.value, &support.upper.value);
            let length = upper - lower;
            if !length.may_vary() || is_infinite(lower) || is_infinite(upper) {
                continue;
            }
            if support.is_discrete() {
                lattices.push(length);
            } else {
                open.push(length);
            }
        }
        let positives = model.facts.positives().iter().chain(&open);
        let nonnegatives = model.facts.nonnegatives().iter().chain(&lattices);
        let strict: Vec<&Expr> = positives.filter(free_of_data).collect();
        let weak: Vec<&Expr> = nonnegatives.filter(free_of_data).collect();
        let relations: Vec<Expr> = strict.iter().chain(&weak).map(|e| (*e).clone()).collect();
        let strict = (0..relations.len()).map(|i| i < strict.len()).collect();
        Self {
            symbols,
            relations: Tape::new(&relations, &names),
            strict,
            random: Random::new(seed),
            names,
        }
    }

    /// The next point; `None` if none was found that satisfies everything, as in an empty domain.
    pub fn point(&mut self) -> Option<Point> {
        self.spread(1.0)
    }

    /// A point from a wider (above 1) or narrower (below 1) part of the domains.
    pub fn spread(&mut self, wide: f64) -> Option<Point> {
        // where relations are narrow a smaller spread may find what a larger one misses
        let widths = [1.0, 1.0, 0.5, 2.0, 0.25];
        for attempt in 0..TRIES {
            let width = wide * widths[(attempt / 50) % widths.len()];
            if let Some(values) = self.attempt(width) {
                return Some(self.names.iter().cloned().zip(values).collect());
            }
        }
        None
    }

    fn attempt(&mut self, width: f64) -> Option<Vec<f64>> {
        let mut values = vec![f64::NAN; self.names.len()];
        let mut work = Workspace::default();
        for i in 0..self.symbols.len() {
            let s = &self.symbols[i];
            let mut end = |tape: &Tape| {
                let mut out = [0.0];
                tape.evaluate(&values, &mut work, &mut out);
                out[0]
            };
            let (lower, upper) = (end(&s.lower), end(&s.upper));
            values[i] = draw(s, lower, upper, width, &mut self.random)?;
        }
        let mut out = vec![0.0; self.strict.len()];
        self.relations.evaluate(&values, &mut work, &mut out);
        let mut checks = out.iter().zip(&self.strict);
        checks
            .all(|(v, strict)| if *strict { *v > 1e-9 } else { *v >= -1e-12 })
            .then_some(values)
    }
}

fn domain_of(model: &Model, symbol: &Symbol, whole: bool) -> Domain {
    let declared = model.facts.domain(symbol).cloned();
    match declared {
        Some(d) if whole && d.step.is_none() => Domain {
            step: Some(bartlett_expr::Number::ONE),
            ..d
        },
        Some(d) => d,
        None if whole => {
            Domain::integers(Expr::one(), Expr::infinity(), bartlett_expr::Number::ONE)
        }
        None => Domain::real(),
    }
}

fn is_infinite(end: &Expr) -> bool {
    !end.may_vary() && end.value_at(&[]).is_infinite()
}

/// Symbols such that those in the ends of a domain come before it, as far as that can be.
fn in_order(all: &[Symbol], domain: &dyn Fn(&Symbol) -> Domain) -> Vec<Symbol> {
    let mut rest: Vec<(Symbol, BTreeSet<Symbol>)> = all
        .iter()
        .map(|s| {
            let d = domain(s);
            let mut needs = d.lower.value.free_symbols();
            needs.extend(d.upper.value.free_symbols());
            needs.remove(s);
            (s.clone(), needs)
        })
        .collect();
    let mut out: Vec<Symbol> = Vec::new();
    while !rest.is_empty() {
        let ready = rest
            .iter()
            .position(|(_, needs)| needs.iter().all(|n| out.contains(n) || !all.contains(n)))
            .unwrap_or(0);
        out.push(rest.remove(ready).0);
    }
    out
}

/// A moderate value between two ends; an end that is not known yet is no end (the relations are checked afterwards).
fn draw(s: &Sampled, lower: f64, upper: f64, width: f64, random: &mut Random) -> Option<f64> {
    let lower = if lower.is_nan() {
        f64::NEG_INFINITY
    } else {
        lower
    };
    let upper = if upper.is_nan() { f64::INFINITY } else { upper };
    if lower > upper || (lower == upper && !(s.lower_closed && s.upper_closed)) {
        return None;
    }
    if let Some(step) = s.step {
        return draw_whole(s, lower, upper, step, width, random);
    }
    let scale = |random: &mut Random| random.between((0.3_f64).ln(), (4.0_f64).ln()) * width;
    Some(match (lower.is_finite(), upper.is_finite()) {
        (true, true) => {
            let edge = (0.1 / width).clamp(0.005, 0.4);
            lower + (upper - lower) * random.between(edge, 1.0 - edge)
        }
        (true, false) => lower + scale(random).exp(),
        (false, true) => upper - scale(random).exp(),
        (false, false) => {
            let size = random.between(0.1, 2.5) * width;
            if random.unit() < 0.5 { -size } else { size }
        }
    })
}

fn draw_whole(
    s: &Sampled,
    lower: f64,
    upper: f64,
    step: f64,
    width: f64,
    random: &mut Random,
) -> Option<f64> {
    let reach = (6.0 * width).ceil() as i64;
    if lower.is_finite() {
        let first = i64::from(!s.lower_closed);
        let last = if upper.is_finite() {
            let count = ((upper - lower) / step + 1e-9).floor();
            let open = !s.upper_closed && (lower + count * step - upper).abs() < 1e-9;
            (count.min(1e9) as i64) - i64::from(open)
        } else {
            i64::MAX
        };
        if last < first {
            return None;
        }
        let low = (first + 1).min(last);
        let index = random.whole(low, last.min(first.saturating_add(reach)));
        return Some(lower + index as f64 * step);
    }
    if upper.is_finite() {
        let first = i64::from(!s.upper_closed);
        return Some(upper - random.whole(first, first + reach) as f64 * step);
    }
    Some(random.whole(-reach, reach) as f64 * step)
}
