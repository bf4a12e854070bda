//! The Jeffreys prior √det I, and whether it is proper.
//! In: a `Report`. Out: a `Reading`. Never: "proper" or "improper" where it was not decided.

use crate::agreement::{Claim, agree, is_open, matrix_at, values_at};
use crate::bound::printed;
use crate::check::{Point, Sampler};
use crate::numeric;
use crate::quantity::{Quantity, Value, latex_of_point};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use bartlett_expr::{Domain, Expr, Kind, Matrix, Symbol, Truth, operations, topological};
use bartlett_special::{End, Verdict, tail_exponent};

/// √det I(θ), unnormalized, of one observation.
///
/// - Convention: a density in the parameters as they stand; under a change of parameters it is multiplied by |det ∂old/∂new|.
/// - Refused where the information is singular or does not exist.
/// - Source: Jeffreys (1946); Bernardo & Smith (1994), §5.6.2.
#[must_use]
pub fn jeffreys(report: &Report) -> Reading {
    let mut reading = Reading::of(report);
    let Some(fisher) = &report.fisher else {
        reading.quantities.push(Quantity::absent("jeffreys"));
        return reading;
    };
    let facts = &report.model.facts;
    let determinant = Matrix::from_rows(fisher.matrix.clone())
        .ok_or_else(|| "the matrix is not square".to_owned())
        .and_then(|matrix| matrix.determinant(facts).map_err(|e| e.to_string()));
    let determinant = match determinant {
        Ok(determinant) if !determinant.is_zero() => determinant,
        found => {
            reading.quantities.push(Quantity::absent("jeffreys"));
            let why = found.err().unwrap_or_else(|| {
                "det I = 0: the information is singular, so that √det I is 0 everywhere".to_owned()
            });
            return reading.refused("there is no Jeffreys prior", vec![why]);
        }
    };
    // A sum under the root reads best in its own best form, which also keeps more of its digits.
    let root_of = |e: &Expr| facts.refine(&e.sqrt()).map(&mut without_bars);
    let prior = printed(facts, &root_of(&determinant));
    let by_parts = root_of(&printed(facts, &determinant));
    let prior = if operations(&by_parts) < operations(&prior) {
        by_parts
    } else {
        prior
    };
    let point = latex_of_point(&report.model.parameters);
    if !is_open(&prior) {
        let claim = Claim {
            what: "√det I against the determinant of the numeric matrix",
            formulas: std::slice::from_ref(&prior),
            model: &report.model,
        };
        let checks = agree(&claim, &mut |at| {
            let value = numeric::determinant(&matrix_at(&fisher.matrix, at));
            Some((at.clone(), vec![(value.sqrt(), 0.0)]))
        });
        match checks {
            Ok(checks) => reading.checks.extend(checks),
            Err(wrong) => {
                reading.quantities.push(Quantity::absent("jeffreys"));
                return reading.refused("the answer failed a numeric check", vec![wrong]);
            }
        }
    }
    let properness = if fisher.status == Closure::Closed && !is_open(&prior) {
        properness(report, &prior)
    } else {
        Properness::Unknown("the formula is not closed".to_owned())
    };
    reading.quantities.push(Quantity {
        definition: "√det I(θ), up to a constant factor".to_owned(),
        status: fisher.status,
        ..Quantity::closed(
            "jeffreys",
            "Jeffreys prior",
            format!("\\sqrt{{\\det \\mathcal{{I}}({point})}}"),
            Value::Scalar(prior),
        )
    });
    reading.quantities.push(Quantity::closed(
        "proper",
        "properness",
        "\\text{properness}",
        Value::Words(properness.words()),
    ));
    reading
}

/// |x|ⁿ is xⁿ for an even n.
fn without_bars(node: Expr) -> Expr {
    match node.kind() {
        Kind::Power(base, n) if n.as_integer().is_some_and(|n| n % 2 == 0) => base
            .as_call_of("abs")
            .map_or_else(|| node.clone(), |inside| inside[0].power(n)),
        _ => node,
    }
}

/// Is the integral over the domain finite?
enum Properness {
    Proper,
    /// Where it diverges, in words.
    Improper(Vec<String>),
    /// Why it was not decided.
    Unknown(String),
}

impl Properness {
    fn words(&self) -> String {
        match self {
            Self::Proper => "proper: its integral over the domain is finite".to_owned(),
            Self::Improper(places) => {
                format!("improper: its integral diverges {}", places.join(" and "))
            }
            Self::Unknown(why) => format!("not decided: {why}"),
        }
    }
}

/// Looks at each parameter's ends: the prior splits into factors of separate parameters, or one of its sections diverges everywhere.
fn properness(report: &Report, prior: &Expr) -> Properness {
    let parameters = &report.model.parameters;
    let facts = &report.model.facts;
    let linked = facts
        .positives()
        .iter()
        .chain(facts.nonnegatives())
        .any(|relation| parameters.iter().filter(|p| relation.contains(p)).count() > 1);
    let points = points(report);
    if points.len() < 2 {
        return Properness::Unknown("no point of the domain was found".to_owned());
    }
    let mut diverging = Vec::new();
    let mut undecided = false;
    for parameter in parameters {
        let domain = facts
            .domain(parameter)
            .cloned()
            .unwrap_or_else(Domain::real);
        if linked && domain_is_linked(report, parameter) {
            undecided = true;
            continue;
        }
        for upper in [false, true] {
            match at_end(prior, parameter, &domain, upper, &points) {
                Verdict::Converges => {}
                Verdict::Diverges => diverging.push(place(parameter, &domain, upper)),
                Verdict::Unknown => undecided = true,
            }
        }
    }
    if !diverging.is_empty() {
        return Properness::Improper(diverging);
    }
    if linked || !is_separable(prior, parameters) {
        return Properness::Unknown(
            "it does not split into factors of one parameter each".to_owned(),
        );
    }
    if undecided || !is_finite_inside(report, prior) {
        return Properness::Unknown("its integral was not found to be finite".to_owned());
    }
    Properness::Proper
}

fn points(report: &Report) -> Vec<Point> {
    let mut sampler = Sampler::new(&report.model, 0x1EFF);
    (0..3).filter_map(|_| sampler.point()).collect()
}

fn domain_is_linked(report: &Report, parameter: &Symbol) -> bool {
    let facts = &report.model.facts;
    let relations = facts.positives().iter().chain(facts.nonnegatives());
    relations.into_iter().any(|relation| {
        relation.contains(parameter)
            && report
                .model
                .parameters
                .iter()
                .any(|other| other != parameter && relation.contains(other))
    })
}

/// Does the integral over this parameter, the others fixed, diverge at an end? The same answer at every point, or none.
fn at_end(
    prior: &Expr,
    parameter: &Symbol,
    domain: &Domain,
    upper: bool,
    points: &[Point],
) -> Verdict {
    let mut verdicts = Vec::new();
    for point in points {
        let end = if upper { &domain.upper } else { &domain.lower };
        let end = end.value.value_at(point);
        if end.is_nan() {
            return Verdict::Unknown;
        }
        let Some(k) = point.iter().position(|(name, _)| name == parameter) else {
            return Verdict::Unknown;
        };
        let side = if upper { -1.0 } else { 1.0 };
        // Beyond this distance the other end is passed.
        let other = if upper { &domain.lower } else { &domain.upper };
        let length = (other.value.value_at(point) - end).abs();
        let mut value = |distance: f64| {
            let mut moved = point.clone();
            moved[k].1 = if end.is_finite() {
                if distance >= length {
                    return f64::NAN;
                }
                end + side * distance
            } else {
                -side * distance
            };
            values_at(std::slice::from_ref(prior), &moved)[0]
        };
        let kind = if end.is_finite() {
            End::Finite
        } else {
            End::Infinite
        };
        // Next to an end that is not 0 the distance is lost in the rounding of the parameter.
        let tail = if end.is_finite() && end != 0.0 {
            tail_exponent(&mut |d| if d < 1e-7 { f64::NAN } else { value(d) }, kind)
        } else {
            tail_exponent(&mut value, kind)
        };
        verdicts.push(tail.verdict);
    }
    match verdicts.first() {
        Some(first) if verdicts.iter().all(|v| v == first) => *first,
        _ => Verdict::Unknown,
    }
}

fn place(parameter: &Symbol, domain: &Domain, upper: bool) -> String {
    let end = if upper { &domain.upper } else { &domain.lower };
    let name = Expr::symbol(parameter.name());
    format!("as {} → {}", name.unicode(), end.value.unicode())
}

/// A product of factors of one parameter each?
fn is_separable(prior: &Expr, parameters: &[Symbol]) -> bool {
    prior
        .factors()
        .iter()
        .all(|factor| parameters.iter().filter(|p| factor.contains(p)).count() <= 1)
}

/// No denominator that may vanish, and a value wherever one was asked for.
fn is_finite_inside(report: &Report, prior: &Expr) -> bool {
    let facts = &report.model.facts;
    let no_pole = topological(std::slice::from_ref(prior))
        .iter()
        .all(|node| match node.kind() {
            Kind::Power(base, exponent) => {
                let falling = exponent
                    .as_number()
                    .is_none_or(bartlett_expr::Number::is_negative);
                !falling || facts.is_nonzero(base) == Truth::Yes || !base.may_vary()
            }
            _ => true,
        });
    let mut sampler = Sampler::new(&report.model, 0xF1E1D);
    no_pole
        && (0..40)
            .filter_map(|_| sampler.spread(2.0))
            .all(|point| values_at(std::slice::from_ref(prior), &point)[0].is_finite())
}
