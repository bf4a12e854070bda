//! Expectations under a density, by number.
//! In: a `Density`, expressions, a point. Out: `Outcome`s with errors. Never: a value of which the two rules disagree.

use super::divergence::tails;
use super::subject::{Quantities, Subject};
use super::sums::Sums;
use super::walk::Walker;
use crate::model::Density;
use bartlett_expr::{Expr, Facts, Symbol};

/// How a numeric question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The value may be believed within its error.
    Converged,
    /// There is no finite value.
    Diverges,
    /// The numeric side is not sure.
    Unknown,
}

/// A number with an absolute error, and whether it may be believed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The value; NaN where there is none.
    pub value: f64,
    /// Estimated absolute error.
    pub error: f64,
    /// May it be believed?
    pub status: Status,
}

impl Outcome {
    /// No value, for a reason.
    #[must_use]
    pub fn none(status: Status) -> Self {
        Self {
            value: f64::NAN,
            error: f64::INFINITY,
            status,
        }
    }

    /// Did it converge?
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.status == Status::Converged
    }
}

/// Mass and normalized expectations at one point.
#[derive(Clone, Debug)]
pub struct Expectations {
    /// The mass of the density as given.
    pub mass: Outcome,
    /// Expectations under the density divided by its mass, in the order asked.
    pub values: Vec<Outcome>,
}

/// Nanoseconds of evaluation that one question may take.
const PATIENCE: f64 = 2.5e8;

/// The total mass of a density at a point: integrals and sums over all its data, atoms included.
#[must_use]
pub fn mass(density: &Density, facts: &Facts, point: &[(Symbol, f64)]) -> Outcome {
    Masses::new(density, facts).at(point)
}

/// The total mass of a density, at many points.
pub(super) struct Masses(Subject);

impl Masses {
    pub(super) fn new(density: &Density, facts: &Facts) -> Self {
        let nothing = Quantities {
            expressions: Vec::new(),
            products: false,
        };
        Self(Subject::new(density, facts, &nothing))
    }

    pub(super) fn at(&self, point: &[(Symbol, f64)]) -> Outcome {
        subject_at(&self.0, point, PATIENCE).mass
    }
}

/// E\[g\] for several g at once, under the density divided by its mass.
///
/// - `point`: a value for every symbol that is no datum; where one is missing all is `Unknown`.
#[must_use]
pub fn expectations(
    density: &Density,
    facts: &Facts,
    quantities: &[Expr],
    point: &[(Symbol, f64)],
) -> Expectations {
    let quantities = Quantities {
        expressions: quantities.to_vec(),
        products: false,
    };
    let subject = Subject::new(density, facts, &quantities);
    subject_at(&subject, point, PATIENCE)
}

/// What a nest of integrals may cost at most: three deep, no rule converges on what a person waits for.
fn most_evaluations(data: usize) -> usize {
    match data {
        0 | 1 => 20_000_000,
        2 => 3_000_000,
        _ => 1_000_000,
    }
}

/// Mass and expectations of a compiled subject; `patience` in nanoseconds of evaluation.
pub(super) fn subject_at(
    subject: &Subject,
    point: &[(Symbol, f64)],
    patience: f64,
) -> Expectations {
    let width = subject.width();
    let all = |status| Expectations {
        mass: Outcome::none(status),
        values: vec![Outcome::none(status); width - 1],
    };
    let Some(others) = subject.coordinates(point) else {
        return all(Status::Unknown);
    };
    let budget = ((patience / subject.cost) as usize).clamp(
        2_000,
        most_evaluations(
            subject
                .data
                .iter()
                .filter(|d| !d.determined && d.step.is_none())
                .count(),
        ),
    );
    let mut walker = Walker::new(subject, &others, budget);
    let sums = walker.run();
    let statuses = statuses(&mut walker, &sums);
    if statuses[0] == Status::Diverges {
        return all(Status::Diverges);
    }
    let scale = walker.log_scale.exp();
    let mass = Outcome {
        value: sums.values[0] * scale,
        error: sums.errors[0] * scale,
        status: statuses[0],
    };
    if !(mass.is_sure() && sums.values[0] != 0.0 && mass.value.is_finite()) {
        return Expectations {
            mass: Outcome {
                status: Status::Unknown,
                ..mass
            },
            ..all(Status::Unknown)
        };
    }
    let values = (1..width)
        .map(|j| {
            if statuses[j] != Status::Converged {
                return Outcome::none(statuses[j]);
            }
            let value = sums.values[j] / sums.values[0];
            let share = sums.errors[0] / sums.values[0].abs();
            Outcome {
                value,
                error: sums.errors[j] / sums.values[0].abs() + value.abs() * share,
                status: Status::Converged,
            }
        })
        .collect();
    Expectations { mass, values }
}

/// What may be believed of each integral; where the rules failed, the tails decide between no value and not sure.
fn statuses(walker: &mut Walker, sums: &Sums) -> Vec<Status> {
    let width = sums.values.len();
    if sums.converged {
        return vec![Status::Converged; width];
    }
    if walker.data.len() != 1 {
        return vec![Status::Unknown; width];
    }
    let whole = !walker.is_incomplete(sums.magnitudes[0]);
    let found = tails(walker, width);
    (0..width)
        .map(|j| {
            let finite = whole && sums.values[j].is_finite();
            let small = finite && sums.errors[j] <= 1e-8 * sums.magnitudes[j];
            match found[j].0 {
                Status::Converged if small => Status::Converged,
                Status::Converged => Status::Unknown,
                other => other,
            }
        })
        .collect()
}
