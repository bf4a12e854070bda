//! The Fisher information by number: E[s sᵀ] and E[H], added over independent observations.
//! In: a `Model`, a point. Out: matrices of `Outcome`s. Never: a closed form.

use super::expectation::{Outcome, Status, subject_at};
use super::steady::{split_logarithms, steady_powers};
use super::subject::{Quantities, Subject};
use crate::model::{Density, Model};
use bartlett_expr::{Expr, NoDerivative, Symbol};

/// A model made ready for numeric questions at many points.
pub struct Judge {
    subjects: Vec<Subject>,
    unnormalized: Vec<bool>,
    parameters: usize,
}

/// Information, mean of the score and mass at a point.
#[derive(Clone, Debug)]
pub struct NumericInformation {
    /// p × p: E[s sᵀ] added over observations; the variance of the typed score where a density is given up to its normalizer.
    pub matrix: Vec<Vec<Outcome>>,
    /// E\[s\] of each observation.
    pub mean_score: Vec<Vec<Outcome>>,
    /// The mass of each observation's density as given.
    pub mass: Vec<Outcome>,
}

/// Nanoseconds of evaluation for one observation at one point.
const PATIENCE: f64 = 2.5e8;

impl Judge {
    /// Differentiates and compiles.
    ///
    /// # Errors
    /// Where a derivative has no formula.
    pub fn new(model: &Model) -> Result<Self, NoDerivative> {
        let mut subjects = Vec::new();
        for observation in &model.observations {
            subjects.push(score_subject(model, &observation.density)?);
        }
        Ok(Self {
            subjects,
            unnormalized: model
                .observations
                .iter()
                .map(|o| o.density.up_to_normalizer)
                .collect(),
            parameters: model.parameters.len(),
        })
    }

    /// Information at a point with a value for every symbol that is no datum.
    #[must_use]
    pub fn information(&self, point: &[(Symbol, f64)]) -> NumericInformation {
        self.within(point, PATIENCE)
    }

    pub(super) fn within(&self, point: &[(Symbol, f64)], patience: f64) -> NumericInformation {
        let p = self.parameters;
        let zero = Outcome {
            value: 0.0,
            error: 0.0,
            status: Status::Converged,
        };
        let mut total = NumericInformation {
            matrix: vec![vec![zero; p]; p],
            mean_score: Vec::new(),
            mass: Vec::new(),
        };
        for (subject, unnormalized) in self.subjects.iter().zip(&self.unnormalized) {
            let found = subject_at(subject, point, patience);
            let (means, products) = found.values.split_at(p);
            for ((i, j), product) in upper_half(p).zip(products) {
                let mut entry = *product;
                if *unnormalized {
                    entry = less_product(entry, means[i], means[j]);
                }
                total.matrix[i][j] = added(total.matrix[i][j], entry);
                total.matrix[j][i] = total.matrix[i][j];
            }
            total.mean_score.push(means.to_vec());
            total.mass.push(found.mass);
        }
        total
    }
}

impl NumericInformation {
    /// May every entry be believed?
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.matrix.iter().flatten().all(Outcome::is_sure)
    }
}

/// The entries of a symmetric matrix on and above the diagonal, by rows.
fn upper_half(p: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..p).flat_map(move |i| (i..p).map(move |j| (i, j)))
}

fn score_subject(model: &Model, density: &Density) -> Result<Subject, NoDerivative> {
    let data: Vec<Symbol> = density.data.iter().map(|d| d.symbol.clone()).collect();
    // the score of the steadier form is steadier, too
    let log_density = steady_powers(&density.log_density, &model.facts, &data);
    let log_density = split_logarithms(&log_density, &model.facts);
    let quantities = Quantities {
        expressions: log_density.gradient(&model.parameters)?,
        products: true,
    };
    Ok(Subject::new(density, &model.facts, &quantities))
}

fn added(a: Outcome, b: Outcome) -> Outcome {
    let status = match (a.status, b.status) {
        (Status::Diverges, _) | (_, Status::Diverges) => Status::Diverges,
        (Status::Unknown, _) | (_, Status::Unknown) => Status::Unknown,
        _ => Status::Converged,
    };
    Outcome {
        value: a.value + b.value,
        error: a.error + b.error,
        status,
    }
}

fn less_product(product: Outcome, a: Outcome, b: Outcome) -> Outcome {
    let mean = Outcome {
        value: -a.value * b.value,
        error: (a.value * b.error).abs() + (b.value * a.error).abs(),
        status: added(a, b).status,
    };
    added(product, mean)
}

/// E[s sᵀ] at a point, added over the observations.
///
/// - Shape: p × p in the order of `model.parameters`; errors are absolute.
/// - `point`: a value for every symbol that is no datum.
///
/// # Errors
/// Where a derivative has no formula.
pub fn evaluate_information(
    model: &Model,
    point: &[(Symbol, f64)],
) -> Result<Vec<Vec<Outcome>>, NoDerivative> {
    let Some(model) = model.at_point(point) else {
        let p = model.parameters.len();
        return Ok(vec![vec![Outcome::none(Status::Unknown); p]; p]);
    };
    Ok(Judge::new(&model)?.information(point).matrix)
}

/// E\[H\] at a point, added over the observations: the mean second derivatives of the typed log-densities.
///
/// # Errors
/// Where a derivative has no formula.
pub fn mean_hessian(
    model: &Model,
    point: &[(Symbol, f64)],
) -> Result<Vec<Vec<Outcome>>, NoDerivative> {
    let p = model.parameters.len();
    let zero = Outcome {
        value: 0.0,
        error: 0.0,
        status: Status::Converged,
    };
    let Some(model) = model.at_point(point) else {
        return Ok(vec![vec![Outcome::none(Status::Unknown); p]; p]);
    };
    let mut total = vec![vec![zero; p]; p];
    for observation in &model.observations {
        let hessian = observation.density.log_density.hessian(&model.parameters)?;
        let upper: Vec<Expr> = (0..p).flat_map(|i| hessian[i][i..].to_vec()).collect();
        let quantities = Quantities {
            expressions: upper,
            products: false,
        };
        let subject = Subject::new(&observation.density, &model.facts, &quantities);
        let found = subject_at(&subject, point, PATIENCE);
        for ((i, j), entry) in upper_half(p).zip(found.values) {
            total[i][j] = added(total[i][j], entry);
            total[j][i] = total[i][j];
        }
    }
    Ok(total)
}
