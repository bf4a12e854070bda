//! Polynomials, fractions and inverses.
//! In: a case, a size. Out: the seconds of one run and the size of its result. Never: a result that nobody looks at.

use crate::clock::{mean_of, processor};
use bartlett_expr::polynomial::{Generator, Polynomial, RationalFunction};
use bartlett_expr::{Expr, Facts, Matrix, normal};

/// Seconds spent on one request at least, where a run is shorter.
const AT_LEAST: f64 = 0.02;

/// Runs a case; `None` where it is not known.
#[must_use]
pub fn run(case: &str, size: usize) -> Option<(f64, usize)> {
    let exponent = u32::try_from(size).unwrap_or(1);
    match case {
        "expand" => Some(measured(|| power(exponent).len())),
        "expand-tree" => Some(expanded(exponent)),
        "gcd" => {
            let (a, b) = with_common_factor(exponent);
            Some(measured(|| a.gcd(&b).len()))
        }
        "cancel" => {
            let fractions = fractions(size);
            Some(measured(|| {
                RationalFunction::sum(&fractions).numerator().len()
            }))
        }
        "cancel-tree" => Some(cancelled(size)),
        "inverse" => Some(inverted(&symmetric(size))),
        "inverse-ar1" => Some(inverted(&autoregressive(size))),
        "inverse-cs" => Some(inverted(&compound(size))),
        _ => None,
    }
}

fn measured(mut work: impl FnMut() -> usize) -> (f64, usize) {
    let mut found = 0;
    let seconds = mean_of(AT_LEAST, || found = work());
    (seconds, found)
}

fn generators() -> [Polynomial; 3] {
    [0, 1, 2].map(|g| Polynomial::generator(Generator(g)))
}

/// (x + y + z + 1)^k · ((x + y + z + 1)^k + 1)
fn power(exponent: u32) -> Polynomial {
    let [x, y, z] = generators();
    let e = (&(&(&x + &y) + &z) + &Polynomial::one()).pow(exponent);
    &e * &(&e + &Polynomial::one())
}

/// The same from an expression and back to one.
fn expanded(exponent: u32) -> (f64, usize) {
    let [x, y, z] = ["x", "y", "z"].map(Expr::symbol);
    let e = (x + y + z + 1).powi(i64::from(exponent));
    let product = &e * (&e + 1);
    measured(|| normal::expanded(&product).summands().len())
}

fn with_common_factor(k: u32) -> (Polynomial, Polynomial) {
    let [x, y, z] = generators();
    let n = Polynomial::integer;
    let g = (&(&(&x + &y.scale(&2.into())) - &z) + &n(3)).pow(k);
    let a = &g * &(&(&(&x * &y) + &z) + &n(1)).pow(k);
    let b = &g * &(&(&x - &(&y * &z)) + &n(2)).pow(k);
    (a, b)
}

/// x/(y + kz) and z²/(x + ky)
fn fractions(pairs: usize) -> Vec<RationalFunction> {
    let [x, y, z] = generators();
    (1..=pairs)
        .flat_map(|k| {
            let k = i64::try_from(k).unwrap_or(1).into();
            let (below, other) = (&y + &z.scale(&k), &x + &y.scale(&k));
            [
                RationalFunction::new(&x, &below),
                RationalFunction::new(&z.pow(2), &other),
            ]
        })
        .flatten()
        .collect()
}

fn cancelled(pairs: usize) -> (f64, usize) {
    let [x, y, z] = ["x", "y", "z"].map(Expr::symbol);
    let terms = (1..=pairs).flat_map(|k| {
        let k = i64::try_from(k).unwrap_or(1);
        [&x / (&y + &z * k), z.powi(2) / (&x + &y * k)]
    });
    let sum = Expr::sum(terms.collect::<Vec<_>>());
    measured(|| normal::cancelled(&sum).factors().len())
}

fn symmetric(n: usize) -> Matrix {
    Matrix::symmetric(n, |i, j| Expr::symbol(&format!("v{i}_{j}")))
}

/// σ²·r^|i−j|/(1 − r²)
fn autoregressive(n: usize) -> Matrix {
    let (s, r) = (Expr::symbol("s"), Expr::symbol("r"));
    Matrix::symmetric(n, |i, j| {
        s.powi(2) * r.powi(i64::try_from(i.abs_diff(j)).unwrap_or(0)) / (1 - r.powi(2))
    })
}

/// σ² on the diagonal, rσ² beside it.
fn compound(n: usize) -> Matrix {
    let (s, r) = (Expr::symbol("s"), Expr::symbol("r"));
    Matrix::symmetric(n, |i, j| if i == j { s.powi(2) } else { &r * s.powi(2) })
}

fn inverted(matrix: &Matrix) -> (f64, usize) {
    let begin = processor();
    let inverse = matrix.inverse(&Facts::new());
    let seconds = processor() - begin;
    let entries = inverse.ok().flatten().map_or(0, |m| m.entries().len());
    (seconds, entries)
}
