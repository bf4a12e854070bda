//! Sweep: the normalizer of every kernel, its first and its second derivatives, against quadrature and summation.
//! In: `KERNELS`. Out: what is wrong. Never: a row that was sampled nowhere.

use crate::{close, report, shown};
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::{Expr, Symbol, formula};
use bartlett_laws::{Found, KERNELS, Kernel};
use bartlett_special as special;
use bartlett_tests::parallel::each;
use bartlett_tests::random::Random;
use bartlett_tests::region::Region;

const SEED: u64 = 0x5EED_0004;
const POINTS: usize = 5;

/// Derivatives of log Z that no formula of the function table gives, with the reason.
static UNKNOWN: &[(&str, &str, &str)] = &[
    (
        "generalized inverse Gauss",
        "c1",
        "the derivative of K in its order has no formula",
    ),
    (
        "gamma above a",
        "c1",
        "the derivative of an incomplete gamma function in its order has no formula",
    ),
    (
        "gamma below b",
        "c1",
        "the derivative of an incomplete gamma function in its order has no formula",
    ),
];

/// Kernels that are judged further inside than the others, and why.
const MARGINS: &[(&str, f64, &str)] = &[(
    "power of a cosine over a period",
    1.6,
    "the zero of 1 + cos y inside of the period is singular for small powers, and y is not exact there",
)];

/// log Z, E[bᵢ] and Cov[bᵢ, bⱼ], by rows.
struct Moments {
    log_mass: f64,
    means: Vec<f64>,
    covariances: Vec<Vec<f64>>,
}

/// Mass, first and raw second moments of a kernel over a part of its range, as a function of y = origin + sign·t.
struct Part {
    tape: Tape,
    variables: usize,
}

impl Part {
    fn new(kernel: &Kernel, symbols: &[Symbol], origin: Option<(&Expr, i64)>) -> Self {
        let y = Symbol::new("y");
        let seen = |text: &str| {
            let e = formula(text);
            match origin {
                Some((end, sign)) => {
                    e.replace(&y, &(end + Expr::symbol("y") * Expr::integer(sign)))
                }
                None => e,
            }
        };
        let mut exponent = vec![seen(kernel.base)];
        let basis: Vec<Expr> = kernel.basis.iter().map(|b| seen(b)).collect();
        for (j, b) in basis.iter().enumerate() {
            exponent.push(Expr::symbol(&format!("c{}", j + 1)) * b);
        }
        let outputs: Vec<Expr> = std::iter::once(Expr::sum(exponent)).chain(basis).collect();
        let variables: Vec<Symbol> = std::iter::once(y).chain(symbols.iter().cloned()).collect();
        Self {
            tape: Tape::new(&outputs, &variables),
            variables: variables.len(),
        }
    }

    /// The logarithm of the kernel and the basis at t.
    fn at(&self, t: f64, place: &[f64], work: &mut Workspace, out: &mut [f64]) {
        let mut point = Vec::with_capacity(self.variables);
        point.push(t);
        point.extend_from_slice(place);
        self.tape.evaluate(&point, work, out);
    }
}

fn width(basis: usize) -> usize {
    1 + basis + basis * (basis + 1) / 2
}

/// Fills mass, bᵢ and bᵢbⱼ times the kernel.
fn fill(values: &[f64], shift: f64, out: &mut [f64]) {
    let weight = (values[0] - shift).exp();
    let basis = &values[1..];
    if weight == 0.0 {
        out.fill(0.0);
        return;
    }
    out[0] = weight;
    let mut k = 1;
    for b in basis {
        out[k] = weight * b;
        k += 1;
    }
    for (i, a) in basis.iter().enumerate() {
        for b in &basis[i..] {
            out[k] = weight * a * b;
            k += 1;
        }
    }
}

/// Integral or sum over t in (lower, upper), times e^(−shift); `None` where it did not converge.
fn total(
    part: &Part,
    place: &[f64],
    ends: (f64, f64),
    integers: bool,
    basis: usize,
    shift: &mut Option<f64>,
) -> Option<Vec<f64>> {
    let mut work = Workspace::default();
    let mut buffer = vec![0.0; basis + 1];
    let mut log_kernel = |t: f64| {
        part.at(t, place, &mut work, &mut buffer);
        buffer[0]
    };
    let location = if integers {
        special::locate_counts(&mut log_kernel, ends.0, ends.1, &[])
    } else {
        special::locate(&mut log_kernel, ends.0, ends.1, &[])
    };
    let highest = location
        .peaks
        .iter()
        .map(|p| p.log_height)
        .fold(f64::NEG_INFINITY, f64::max);
    let shift = *shift.get_or_insert(if highest.abs() < 300.0 { 0.0 } else { highest });
    let mut work = Workspace::default();
    let mut buffer = vec![0.0; basis + 1];
    let mut integrand = |t: f64, out: &mut [f64]| {
        part.at(t, place, &mut work, &mut buffer);
        fill(&buffer, shift, out);
    };
    if integers {
        let options = special::SumOptions {
            peaks: location.peaks,
            ..special::SumOptions::default()
        };
        let found = special::sum(&mut integrand, width(basis), ends.0, ends.1, 1.0, &options);
        return found.converged.then_some(found.values);
    }
    let options = special::IntegrateOptions::default();
    let found = special::integrate_twice(
        &mut |at, out| integrand(at.x, out),
        width(basis),
        ends.0,
        ends.1,
        &location.breakpoints,
        &options,
    );
    found.converged.then_some(found.values)
}

fn numeric(kernel: &Kernel, point: &[(Symbol, f64)]) -> Option<Moments> {
    let symbols: Vec<Symbol> = point.iter().map(|(s, _)| s.clone()).collect();
    let place: Vec<f64> = point.iter().map(|(_, v)| *v).collect();
    let (lower, upper) = (formula(kernel.over.lower), formula(kernel.over.upper));
    let (low, high) = (lower.value_at(point), upper.value_at(point));
    let n = kernel.basis.len();
    let mut shift = None;
    let values = if kernel.over.integers || !(low.is_finite() && high.is_finite()) {
        let part = Part::new(kernel, &symbols, None);
        total(
            &part,
            &place,
            (low, high),
            kernel.over.integers,
            n,
            &mut shift,
        )?
    } else {
        // Each half in the distance from its end, which is exact where y is not.
        let half = (high - low) / 2.0;
        let left = Part::new(kernel, &symbols, Some((&lower, 1)));
        let right = Part::new(kernel, &symbols, Some((&upper, -1)));
        let mut values = total(&left, &place, (0.0, half), false, n, &mut shift)?;
        let more = total(&right, &place, (0.0, half), false, n, &mut shift)?;
        for (value, other) in values.iter_mut().zip(more) {
            *value += other;
        }
        values
    };
    let means: Vec<f64> = (0..n).map(|i| values[1 + i] / values[0]).collect();
    let mut covariances = vec![vec![0.0; n]; n];
    let mut k = 1 + n;
    for i in 0..n {
        for j in i..n {
            covariances[i][j] = values[k] / values[0] - means[i] * means[j];
            covariances[j][i] = covariances[i][j];
            k += 1;
        }
    }
    Some(Moments {
        log_mass: values[0].ln() + shift.unwrap_or(0.0),
        means,
        covariances,
    })
}

/// Points at which the row says that Z exists, well inside.
fn points(kernel: &Kernel) -> Vec<Vec<(Symbol, f64)>> {
    let coefficients: Vec<String> = (1..=kernel.basis.len()).map(|j| format!("c{j}")).collect();
    let names: Vec<&str> = coefficients
        .iter()
        .map(String::as_str)
        .chain(kernel.constants.iter().map(|c| c.name))
        .collect();
    let margin = MARGINS.iter().find(|(name, ..)| *name == kernel.name);
    let mut region = Region::above(&names, kernel.positive, margin.map_or(0.1, |(_, m, _)| *m));
    region.add(&format!("{} < {}", kernel.over.lower, kernel.over.upper));
    for constant in kernel.constants {
        if kernel.over.integers && constant.found != Found::BesideIn("lgamma") {
            region.make_whole(constant.name);
        }
    }
    region.points(POINTS, &mut Random::named(SEED, kernel.name))
}

fn faults(kernel: &&'static Kernel) -> Vec<String> {
    let mut wrong = Vec::new();
    let log_z = formula(kernel.log_normalizer);
    let coefficients: Vec<Symbol> = (1..=kernel.basis.len())
        .map(|j| Symbol::new(&format!("c{j}")))
        .collect();
    let points = points(kernel);
    let mut judged = 0;
    for point in &points {
        let Some(moments) = numeric(kernel, point) else {
            wrong.push(format!(
                "{}: the numbers did not converge at {}",
                kernel.name,
                shown(point)
            ));
            continue;
        };
        judged += 1;
        let mut compare = |what: &str, formula: f64, number: f64, scale: f64| {
            if !close(formula, number, 1e-8, scale) {
                wrong.push(format!(
                    "{}: {what} is {formula} by the row, {number} by number at {}",
                    kernel.name,
                    shown(point)
                ));
            }
        };
        compare("log Z", log_z.value_at(point), moments.log_mass, 1.0);
        for (i, ci) in coefficients.iter().enumerate() {
            let unknown = |name: &str| {
                UNKNOWN
                    .iter()
                    .any(|(k, c, _)| *k == kernel.name && *c == name)
            };
            let first = match log_z.derivative(ci) {
                Ok(first) => first,
                Err(_) if unknown(ci.name()) => continue,
                Err(reason) => {
                    compare(&format!("∂/∂{}: {reason}", ci.name()), f64::NAN, 0.0, 1.0);
                    continue;
                }
            };
            let spread = moments.covariances[i][i].sqrt();
            compare(
                &format!("E[b{}]", i + 1),
                first.value_at(point),
                moments.means[i],
                spread,
            );
            for (j, cj) in coefficients.iter().enumerate() {
                let Ok(second) = first.derivative(cj) else {
                    if !unknown(cj.name()) {
                        compare(
                            &format!("∂²/∂{}∂{}", ci.name(), cj.name()),
                            f64::NAN,
                            0.0,
                            1.0,
                        );
                    }
                    continue;
                };
                let scale = (moments.covariances[i][i] * moments.covariances[j][j]).sqrt();
                let lost = moments.means[i].abs() * moments.means[j].abs() * 1e-3;
                compare(
                    &format!("Cov[b{}, b{}]", i + 1, j + 1),
                    second.value_at(point),
                    moments.covariances[i][j],
                    scale.max(lost),
                );
            }
        }
    }
    if judged < 3 {
        wrong.push(format!(
            "{}: judged at {judged} of {} points",
            kernel.name,
            points.len()
        ));
    }
    if kernel.source.is_empty() {
        wrong.push(format!("{}: no source", kernel.name));
    }
    wrong
}

#[test]
fn every_normalizer_and_its_derivatives_agree_with_the_integral() {
    let rows: Vec<&'static Kernel> = KERNELS.iter().copied().flatten().collect();
    assert!(rows.len() >= 15, "{} kernels", rows.len());
    let wrong: Vec<String> = each(&rows, faults).into_iter().flatten().collect();
    report("kernels", &wrong);
}
