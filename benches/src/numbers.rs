//! The numeric information of ten densities: E[s sᵀ] from the density alone.
//! In: a density of the file and its support. Out: seconds, and the matrix, to be compared with 30 digits.

use crate::clock::mean_of;
use crate::densities::named;
use bartlett::Model;
use bartlett::check::Judge;
use bartlett_expr::Symbol;

/// The densities, and where each lives.
const SUPPORTS: [(&str, &str); 10] = [
    ("normal", "x in real"),
    ("gamma", "x > 0"),
    ("student_t", "x in real"),
    ("weibull", "x > 0"),
    ("gev", "x > m - s/g; g > 0"),
    ("mixture2", "x in real"),
    ("lognormal", "x > 0"),
    ("logistic", "x in real"),
    ("gumbel", "x in real"),
    ("inv_gaussian", "x > 0"),
];

/// Seconds of one matrix, its entries (row by row), and whether each may be believed.
///
/// # Panics
/// Where the density is not known.
#[must_use]
pub fn run(name: &str) -> (f64, Vec<f64>, bool) {
    let density = named(name);
    let support = SUPPORTS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("x in real", |(_, support)| support);
    let parameters: Vec<&str> = density.parameters.iter().map(Symbol::name).collect();
    let text = format!(
        "log p(x | {}) = {}; {support}",
        parameters.join(", "),
        density.text
    );
    let model = Model::parse(&text).expect("it is a model");
    let judge = Judge::new(&model).expect("it has a score");
    let point: Vec<(Symbol, f64)> = density
        .point
        .iter()
        .filter(|(symbol, _)| density.parameters.contains(symbol))
        .cloned()
        .collect();
    let found = judge.information(&point);
    let seconds = mean_of(0.01, || judge.information(&point));
    let sure = found.is_sure();
    let entries = found.matrix.iter().flatten().map(|o| o.value).collect();
    (seconds, entries, sure)
}
