//! The total mass of a density in closed form.
//! In: a density of one datum. Out: its mass. Never: a mass that is not the integral of what was typed.

use super::chart::{Chart, prepared};
use super::close::{Question, by_identities};
use super::collect::terms;
use super::known::{factors_of_logarithms, known};
use super::recognize::Pieces;
use crate::model::Datum;
use bartlett_expr::{Constant, Expr, Facts, Kind, Truth, normal};

/// Polynomials up to this power are multiplied out.
const POWER: i64 = 4;

/// ∫ or Σ of e^log_density: of a kernel, of a polynomial times a kernel, of a row of the tables times a rational function.
pub(crate) fn mass(facts: &Facts, datum: &Datum, log_density: &Expr) -> Option<Expr> {
    let (x, support) = (&datum.symbol, &datum.support);
    let usable = |m: &Expr| {
        let undefined = m.any_node(&|n| n.is_constant(Constant::Undefined));
        !undefined && !m.is_zero() && facts.is_negative(m) != Truth::Yes
    };
    if let Some(pieces) = Pieces::first(facts, x, support, log_density, Pieces::knows_its_mass) {
        return Some(pieces.mass).filter(usable);
    }
    let chart = Chart::new(facts, x, support, log_density);
    let factors = factors_of_logarithms(&chart);
    if factors.is_empty() || super::has_kink(log_density, x) {
        return None;
    }
    polynomial_times_kernel(&chart, datum)
        .or_else(|| rational_times_row(&chart, datum, &factors))
        .filter(usable)
}

/// A density P(x)^n · base, where the base has moments.
fn polynomial_times_kernel(chart: &Chart, datum: &Datum) -> Option<Expr> {
    let mut base = chart.log_density.clone();
    let mut polynomial = Expr::one();
    for term in terms(&chart.log_density, &chart.variable, &[])? {
        let [(atom, 1)] = &term.powers[..] else {
            continue;
        };
        let Some([inside]) = atom.as_call_of("log") else {
            continue;
        };
        let Some(n) = term.coefficient.as_integer() else {
            continue;
        };
        if (1..=POWER).contains(&n) && matches!(inside.kind(), Kind::Add(..)) {
            base = base - atom * n;
            polynomial = polynomial * inside.powi(n);
        }
    }
    if polynomial.is_one() {
        return None;
    }
    let mut value = None;
    Pieces::each(
        &chart.facts,
        &datum.symbol,
        &datum.support,
        &base,
        &mut |pieces| {
            if !pieces.knows_its_mass() {
                return false;
            }
            let closed = pieces.expect(&polynomial);
            value = closed.map(|c| normal::simplified(&chart.facts, &(c.value * &pieces.mass)));
            value.is_some()
        },
    );
    value
}

/// A density g · integrand of a row: ∫ = value of the row · E[g] under the law whose density the integrand is.
fn rational_times_row(chart: &Chart, datum: &Datum, factors: &[Expr]) -> Option<Expr> {
    for row in known(chart, factors) {
        if !row.function.contains(&chart.variable) {
            return Some(normal::simplified(
                &chart.facts,
                &(row.value / row.function),
            ));
        }
        if chart.facts.is_positive(&row.function) != Truth::Yes {
            continue;
        }
        let weight = &row.function / &row.value;
        let law = prepared(&chart.facts, &(&chart.log_density + weight.log()));
        let question = Question {
            facts: &chart.facts,
            datum,
            log_density: &law,
            parameters: &[],
            score: &[],
            smooth: false,
        };
        let found = by_identities(&question, &[weight.recip()]);
        if let Some(Some(answer)) = found.into_iter().next()
            && !answer.open
        {
            return Some(answer.value);
        }
    }
    None
}
