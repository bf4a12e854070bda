//! The textbook log-densities, and what is done with each: read, differentiated once and twice.
//! In: `densities.tsv`, which the other programs read too. Out: scores and Hessians. Never: a simplification.

use bartlett_expr::{Expr, Symbol, parse};

/// A log-density as text.
pub struct LogDensity {
    /// Its name.
    pub name: &'static str,
    /// The formula.
    pub text: &'static str,
    /// What is estimated.
    pub parameters: Vec<Symbol>,
    /// A value for every symbol.
    pub point: Vec<(Symbol, f64)>,
}

/// Every row of the file.
///
/// # Panics
/// Where the file is broken.
#[must_use]
pub fn all() -> Vec<LogDensity> {
    include_str!("../densities.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let mut fields = line.split('\t');
            let mut next = || fields.next().expect("a row has four fields");
            LogDensity {
                name: next(),
                text: next(),
                parameters: next().split(' ').map(Symbol::new).collect(),
                point: next()
                    .split(' ')
                    .map(|pair| {
                        let (name, value) = pair.split_once('=').expect("name=value");
                        (Symbol::new(name), value.parse().expect("a number"))
                    })
                    .collect(),
            }
        })
        .collect()
}

/// The row of that name.
///
/// # Panics
/// Where there is none.
#[must_use]
pub fn named(name: &str) -> LogDensity {
    all()
        .into_iter()
        .find(|density| density.name == name)
        .unwrap_or_else(|| panic!("no density is named {name}"))
}

impl LogDensity {
    /// The formula as an expression.
    ///
    /// # Panics
    /// Where it is no formula.
    #[must_use]
    pub fn expression(&self) -> Expr {
        parse(self.text).expect("it is a formula")
    }

    /// Reads it, and gives the score and the Hessian's lower triangle (both triangles share their nodes).
    ///
    /// # Panics
    /// Where it has no derivative.
    #[must_use]
    pub fn derivatives(&self) -> (Vec<Expr>, Vec<Vec<Expr>>) {
        score_and_hessian(&self.expression(), &self.parameters)
    }
}

/// First and second derivatives.
///
/// # Panics
/// Where there is none.
#[must_use]
pub fn score_and_hessian(e: &Expr, symbols: &[Symbol]) -> (Vec<Expr>, Vec<Vec<Expr>>) {
    let score = e.gradient(symbols).expect("it has a gradient");
    let hessian = Expr::hessian_of(&score, symbols).expect("it has a Hessian");
    (score, hessian)
}
