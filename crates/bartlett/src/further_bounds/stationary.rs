//! The largest value of a function of a step: at a stationary point, or in the limit of no step.
//! In: the function, its limit, conditions on the step. Out: a value and words. Never: a claim that more was proved than was.

use crate::check::Sampler;
use crate::versus::Versus;
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::normal::simplified;
use bartlett_expr::{Expr, Symbol};

/// A function of a step.
pub(super) struct Search<'a> {
    pub versus: &'a Versus,
    pub delta: &'a Symbol,
    pub value: &'a Expr,
    /// Its limit for no step.
    pub limit: Option<&'a Expr>,
    /// What must not be negative.
    pub conditions: &'a [Expr],
}

/// What was found.
pub(super) struct Best {
    pub value: Option<Expr>,
    pub words: String,
}

const POINTS: usize = 5;
const STEPS: i32 = 240;

/// Compares the limit and the stationary points with a grid of steps at sampled points.
pub(super) fn best(search: &Search<'_>) -> Best {
    let facts = &search.versus.first.facts;
    let roots = stationary(search);
    let closed: Vec<Expr> = roots
        .iter()
        .map(|root| crate::closing::shown(facts, &search.value.replace(search.delta, root)))
        .collect();
    let mut sampler = Sampler::new(&search.versus.first, 0xCAB);
    let (mut judged, mut limit_wins, mut root_wins) = (0, true, vec![true; roots.len()]);
    for _ in 0..3 * POINTS {
        if judged == POINTS {
            break;
        }
        let Some(point) = sampler.point() else { break };
        let (names, values): (Vec<Symbol>, Vec<f64>) = point.into_iter().unzip();
        let Some(place) = names.iter().position(|n| n == search.delta) else {
            break;
        };
        let Some(most) = on_a_grid(search, &names, &values, place) else {
            continue;
        };
        judged += 1;
        let at: Vec<(Symbol, f64)> = names.iter().cloned().zip(values.clone()).collect();
        limit_wins &= search
            .limit
            .is_some_and(|limit| limit.value_at(&at) >= most * (1.0 - 1e-9));
        for ((wins, root), value) in root_wins.iter_mut().zip(&roots).zip(&closed) {
            let mut there = at.clone();
            there[place].1 = root.value_at(&at);
            let inside = there[place].1.is_finite() && admissible(search, &there);
            *wins &= inside && value.value_at(&at) >= most * (1.0 - 1e-9);
        }
    }
    if judged == 0 {
        return Best {
            value: search.limit.cloned(),
            words: "the best step was not looked for: no point of the domains could be used"
                .to_owned(),
        };
    }
    if limit_wins {
        return Best {
            value: search.limit.cloned(),
            words: format!(
                "the largest bound is the limit of no step, Cramér–Rao's (no step of a grid does better at {judged} sampled points)"
            ),
        };
    }
    if let Some(k) = root_wins.iter().position(|wins| *wins) {
        return Best {
            value: Some(closed[k].clone()),
            words: format!(
                "the largest bound is at the step {} = {} (a stationary point; no step of a grid does better at {judged} sampled points)",
                search.delta,
                roots[k].text()
            ),
        };
    }
    Best {
        value: search.limit.cloned(),
        words: match search.limit {
            Some(_) => "some steps do better than the limit of no step, which is given as the bound; put a step into B(δ) for a larger one".to_owned(),
            None => "the best step has no closed form; each step gives a bound".to_owned(),
        },
    }
}

/// The largest value on a grid of steps of both signs.
fn on_a_grid(search: &Search<'_>, names: &[Symbol], values: &[f64], place: usize) -> Option<f64> {
    let tape = Tape::new(std::slice::from_ref(search.value), names);
    let mut work = Workspace::default();
    let mut most: Option<f64> = None;
    for sign in [-1.0, 1.0] {
        for k in 0..STEPS {
            let size = 10_f64.powf(-2.5 + 4.5 * f64::from(k) / f64::from(STEPS));
            let mut moved = values.to_vec();
            moved[place] = sign * size;
            let at: Vec<(Symbol, f64)> = names.iter().cloned().zip(moved.clone()).collect();
            if !admissible(search, &at) {
                continue;
            }
            let mut out = [0.0];
            tape.evaluate(&moved, &mut work, &mut out);
            if out[0].is_finite() && most.is_none_or(|m| out[0] > m) {
                most = Some(out[0]);
            }
        }
    }
    most
}

fn admissible(search: &Search<'_>, at: &[(Symbol, f64)]) -> bool {
    let facts = &search.versus.first.facts;
    let of_delta = |e: &&Expr| e.contains(search.delta);
    let above = |e: &Expr| e.value_at(at) > 0.0;
    facts.positives().iter().filter(of_delta).all(above)
        && facts
            .nonnegatives()
            .iter()
            .filter(of_delta)
            .all(|e| e.value_at(at) >= 0.0)
        && search.conditions.iter().all(|e| e.value_at(at) >= 0.0)
}

/// Steps at which the derivative vanishes, where a linear or quadratic factor of it says so.
fn stationary(search: &Search<'_>) -> Vec<Expr> {
    let facts = &search.versus.first.facts;
    let delta = search.delta;
    let zero = Expr::zero();
    let mut roots = Vec::new();
    let Ok(slope) = search.value.derivative(delta) else {
        return roots;
    };
    for factor in simplified(facts, &slope).factors() {
        let (base, exponent) = factor.as_power();
        let above = exponent
            .as_number()
            .is_some_and(bartlett_expr::Number::is_positive);
        if !above || !base.contains(delta) {
            continue;
        }
        let (Ok(first), Ok(second)) = (base.derivative(delta), base.nth_derivative(delta, 2))
        else {
            continue;
        };
        let (first, second) = (simplified(facts, &first), simplified(facts, &second));
        let at_zero = base.replace(delta, &zero);
        if !first.contains(delta) {
            roots.push(simplified(facts, &-(at_zero / first)));
        } else if !second.contains(delta) {
            let b = first.replace(delta, &zero);
            let inside = simplified(facts, &(b.powi(2) - &second * at_zero * 2));
            let root = facts.refine(&inside.sqrt());
            for sign in [1, -1] {
                roots.push(simplified(facts, &((&root * sign - &b) / &second)));
            }
        }
    }
    roots.retain(|r| !r.is_zero());
    roots
}
