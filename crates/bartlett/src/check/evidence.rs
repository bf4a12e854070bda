//! Numeric evidence on regularity at sampled points; what follows from it is decided elsewhere.
//! In: a `Model`. Out: masses, mean scores, places where a density is negative, both forms of the information. Never: a proof.

use super::expectation::{Masses, Outcome, Status, expectations};
use super::information::{Judge, mean_hessian};
use super::kinks::grid;
use super::rows;
use super::sample::{Point, Sampler};
use crate::model::{Density, Model};
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::{Expr, Facts, NoDerivative, Symbol};

/// What the masses at several points say.
#[derive(Clone, Debug, PartialEq)]
pub enum MassVerdict {
    /// The same at all points: its value.
    Constant(f64),
    /// It depends on the parameters: two points with their masses.
    Varies {
        /// Two points.
        at: [Point; 2],
        /// The mass at each.
        masses: [f64; 2],
    },
    /// Infinite at a point.
    Diverges {
        /// The point.
        at: Point,
    },
    /// Not decided.
    Unknown,
}

const SEED: u64 = 0x3A55;
/// A typed density whose largest size is below this at a point is rounding there.
const LOST: f64 = 1e-9;
const POINTS: usize = 4;
/// Points at which a joint density may resist the rules.
const FAILURES: usize = 2;

/// Does the mass of the density depend on the model's parameters? Known symbols keep their values over the points.
#[must_use]
pub fn mass_is_free(model: &Model, density: &Density) -> MassVerdict {
    let mut sampler = Sampler::new(model, SEED);
    let masses = Masses::new(density, &model.facts);
    let mut found: Vec<(Point, f64, f64)> = Vec::new();
    let mut known: Vec<(Symbol, f64)> = Vec::new();
    let mut unknown = 0;
    for _ in 0..4 * POINTS {
        // where several data make every point dear, a few failures are enough
        if found.len() == POINTS || (density.data.len() > 1 && unknown > FAILURES) {
            break;
        }
        let Some(mut point) = sampler.point() else {
            break;
        };
        for (name, value) in &mut point {
            if let Some((_, first)) = known.iter().find(|(k, _)| k == name) {
                *value = *first;
            }
        }
        if !known.is_empty() && !satisfies(model, &point) {
            continue;
        }
        let outcome = masses.at(&point);
        match outcome.status {
            Status::Diverges => return MassVerdict::Diverges { at: point },
            Status::Unknown => unknown += 1,
            Status::Converged => {
                if known.is_empty() {
                    known = point
                        .iter()
                        .filter(|(s, _)| !model.parameters.contains(s))
                        .cloned()
                        .collect();
                }
                found.push((point, outcome.value, outcome.error));
            }
        }
    }
    let Some((first, value, error)) = found.first() else {
        return MassVerdict::Unknown;
    };
    for (point, other, wrong) in &found[1..] {
        if (other - value).abs() > 1e-7 * value.abs() + 10.0 * (error + wrong) {
            return MassVerdict::Varies {
                at: [first.clone(), point.clone()],
                masses: [*value, *other],
            };
        }
    }
    if found.len() < 2 && !model.parameters.is_empty() {
        return MassVerdict::Unknown;
    }
    MassVerdict::Constant(*value)
}

/// Are all relations between parameters and knowns satisfied?
fn satisfies(model: &Model, point: &[(Symbol, f64)]) -> bool {
    let holds = |e: &Expr, strict: bool| {
        let value = e.value_at(point);
        value.is_nan() || if strict { value > 0.0 } else { value >= 0.0 }
    };
    let facts = &model.facts;
    let bounds = facts.domains().all(|(s, d)| {
        let Some((_, x)) = point.iter().find(|(name, _)| name == s) else {
            return true;
        };
        let (lower, upper) = (d.lower.value.value_at(point), d.upper.value.value_at(point));
        !(*x < lower || *x > upper)
    });
    bounds
        && facts.positives().iter().all(|e| holds(e, true))
        && facts.nonnegatives().iter().all(|e| holds(e, false))
}

/// A place where a typed density is below 0.
#[derive(Clone, Debug, PartialEq)]
pub struct NegativeAt {
    /// Parameters and knowns.
    pub at: Point,
    /// The data.
    pub data: Vec<(Symbol, f64)>,
    /// The density there.
    pub value: f64,
}

/// Looks for a place in the support where the density as typed is negative, over a grid and many points of the domains.
///
/// Nothing found is no proof. Densities that were typed as logarithms cannot be negative.
#[must_use]
pub fn negative_somewhere(model: &Model, density: &Density) -> Option<NegativeAt> {
    let typed = density.typed.as_ref()?;
    let mut sampler = Sampler::new(model, SEED + 1);
    let data: Vec<Symbol> = density.data.iter().map(|d| d.symbol.clone()).collect();
    for attempt in 0..24 {
        let wide = [1.0, 3.0, 20.0][attempt % 3];
        let point = sampler.spread(wide)?;
        let (names, values): (Vec<Symbol>, Vec<f64>) = point.iter().cloned().unzip();
        let mut variables = data.clone();
        variables.extend(names);
        let tape = Tape::new(std::slice::from_ref(typed), &variables);
        let mut search = Search {
            density,
            tape,
            variables,
            point: vec![0.0; data.len()].into_iter().chain(values).collect(),
            lowest: (0.0, Vec::new()),
            largest: 0.0,
            left: 20_000,
        };
        search.over(0);
        // A density that is nothing but rounding at this point, its mass being elsewhere or lost, says nothing of its sign.
        let lost = search.largest.max(-search.lowest.0) < LOST;
        if search.lowest.0 < -1e-10 * search.largest && !lost && !search.overflowed() {
            return Some(NegativeAt {
                at: point,
                data: data.iter().cloned().zip(search.lowest.1).collect(),
                value: search.lowest.0,
            });
        }
    }
    None
}

struct Search<'a> {
    density: &'a Density,
    tape: Tape,
    variables: Vec<Symbol>,
    point: Vec<f64>,
    lowest: (f64, Vec<f64>),
    largest: f64,
    left: usize,
}

impl Search<'_> {
    /// Did a part of the density overflow where it is lowest? Then its sign there says nothing.
    fn overflowed(&mut self) -> bool {
        let mut memory = Workspace::default();
        let count = self.density.data.len();
        self.point[..count].copy_from_slice(&self.lowest.1);
        self.tape.evaluate(&self.point, &mut memory, &mut [0.0]);
        self.tape.overflowed(&memory)
    }

    fn over(&mut self, k: usize) {
        let count = self.density.data.len();
        if k == count {
            let mut out = [0.0];
            self.left = self.left.saturating_sub(1);
            self.tape
                .evaluate(&self.point, &mut Workspace::default(), &mut out);
            if out[0].is_finite() {
                self.largest = self.largest.max(out[0].abs());
                if out[0] < self.lowest.0 {
                    self.lowest = (out[0], self.point[..count].to_vec());
                }
            }
            return;
        }
        let datum = &self.density.data[k];
        let ends = [
            datum.support.lower.value.clone(),
            datum.support.upper.value.clone(),
        ];
        let mut found = [0.0; 2];
        let tape = Tape::new(&ends, &self.variables);
        tape.evaluate(&self.point, &mut Workspace::default(), &mut found);
        let [lower, upper] = found;
        if lower.is_nan() || upper.is_nan() || lower > upper {
            return;
        }
        for x in places(
            datum.support.step.as_ref().map(|s| s.to_f64()),
            lower,
            upper,
            count,
        ) {
            if self.left == 0 {
                return;
            }
            self.point[k] = x;
            self.over(k + 1);
        }
    }
}

/// Points of a support to try; fewer where there are several data.
fn places(step: Option<f64>, lower: f64, upper: f64, data: usize) -> Vec<f64> {
    let Some(step) = step else {
        let all = grid(lower, upper);
        let thin = if data == 1 { 1 } else { 5 };
        return all.into_iter().step_by(thin).collect();
    };
    let most = if data == 1 { 400 } else { 20 };
    if lower.is_finite() {
        return (0..most)
            .map(|i| lower + step * f64::from(i))
            .take_while(|x| *x <= upper + 1e-9)
            .collect();
    }
    let origin = if upper.is_finite() {
        upper
    } else {
        step * f64::from(most / 2)
    };
    (0..most).map(|i| origin - step * f64::from(i)).collect()
}

/// E\[s\] of one density at a point, for each parameter.
///
/// # Errors
/// Where a derivative has no formula.
pub fn mean_score(
    density: &Density,
    facts: &Facts,
    parameters: &[Symbol],
    point: &[(Symbol, f64)],
) -> Result<Vec<Outcome>, NoDerivative> {
    let score = density.log_density.gradient(parameters)?;
    Ok(expectations(density, facts, &score, point).values)
}

/// Is −E\[H\] = E\[s sᵀ\]?
#[derive(Clone, Debug, PartialEq)]
pub enum Identity {
    /// At every point tried.
    Holds,
    /// Not at this point: the entry with −E\[H\] and E\[s sᵀ\].
    Fails {
        /// Row and column.
        entry: (usize, usize),
        /// −E\[H\].
        minus_hessian: f64,
        /// E[s sᵀ].
        score_product: f64,
        /// The point.
        at: Point,
    },
    /// Not decided, or one side has no value.
    Unknown,
}

/// Compares −E\[H\] with E\[s sᵀ\] at two sampled points.
///
/// # Errors
/// Where a derivative has no formula.
pub fn information_identity(model: &Model) -> Result<Identity, NoDerivative> {
    if model.has_rows() {
        return match rows::written_out(model).first() {
            Some(flat) => information_identity(flat),
            None => Ok(Identity::Unknown),
        };
    }
    let mut sampler = Sampler::new(model, SEED + 2);
    let judge = Judge::new(model)?;
    let mut judged = 0;
    for _ in 0..4 {
        if judged == 2 {
            break;
        }
        let Some(point) = sampler.point() else { break };
        let information = judge.information(&point);
        let hessian = mean_hessian(model, &point)?;
        let sure = hessian.iter().flatten().all(Outcome::is_sure);
        if !(sure && information.is_sure()) {
            continue;
        }
        judged += 1;
        for (i, row) in information.matrix.iter().enumerate() {
            for (j, product) in row.iter().enumerate() {
                let minus = -hessian[i][j].value;
                let scale = (information.matrix[i][i].value * information.matrix[j][j].value)
                    .abs()
                    .sqrt();
                let allowed = 1e-6 * scale + 10.0 * (product.error + hessian[i][j].error);
                if (minus - product.value).abs() > allowed {
                    return Ok(Identity::Fails {
                        entry: (i, j),
                        minus_hessian: minus,
                        score_product: product.value,
                        at: point,
                    });
                }
            }
        }
    }
    Ok(if judged > 0 {
        Identity::Holds
    } else {
        Identity::Unknown
    })
}
