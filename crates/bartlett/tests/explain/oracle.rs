//! Numbers for the left sides of equations, from the log-density alone.
//! In: a report, a point, steps. Out: panics where an equation fails. Never: a formula of the derivation as its own witness.

use bartlett::check::{evaluate_information, expectations};
use bartlett::explain::{Assumption, Equation, Side, Step};
use bartlett::model::{Density, Model};
use bartlett::report::Report;
use bartlett::{Expr, Symbol};
use bartlett_expr::{Binder, Domain, Kind};
use std::collections::BTreeMap;

type Point = Vec<(Symbol, f64)>;

/// Values that a datum may take; the first inside of a domain is used.
const DATA: &[f64] = &[
    2.0, 1.0, 0.7, -0.4, 3.0, 0.3, -1.3, 4.2, 0.0, 7.9, 11.0, -6.5, 30.0,
];

pub struct Oracle<'a> {
    report: &'a Report,
    /// Parameters and knowns.
    point: Point,
    /// Variables of the derivation: what each is, and the part of the support where.
    variables: BTreeMap<Symbol, (Expr, Option<Domain>)>,
    /// Coefficients of kernels.
    coefficients: Point,
    /// Integrals that wait for the values of their coefficients.
    waiting: Vec<Equation>,
    /// Kernels by their variable: the integral with its coefficients.
    kernels: BTreeMap<Symbol, Expr>,
    /// Points away from which an integrand is meant.
    away: Vec<Expr>,
    pub checked: usize,
}

impl<'a> Oracle<'a> {
    pub fn new(report: &'a Report, point: Point) -> Self {
        Self {
            report,
            point,
            variables: BTreeMap::new(),
            coefficients: Vec::new(),
            waiting: Vec::new(),
            kernels: BTreeMap::new(),
            away: Vec::new(),
            checked: 0,
        }
    }

    pub fn check(&mut self, text: &str, step: &Step) {
        let which = step
            .about
            .strip_prefix("observation ")
            .and_then(|rest| rest.split(';').next())
            .and_then(|k| k.parse::<usize>().ok());
        let observation = which.map_or(0, |k| k - 1);
        self.away = step
            .places
            .iter()
            .filter_map(|place| match place {
                Assumption::Differs(_, e) => Some(e.clone()),
                _ => None,
            })
            .collect();
        for equation in &step.equations {
            let name = format!("{text}: {}: {:?}", step.rule.name, equation.left);
            self.define(step, equation);
            let density = &self.report.completed.observations[observation].density;
            let Some((claimed, found, tolerance)) = self.sides(equation, density, which) else {
                continue;
            };
            for (form, value) in equation.right.iter().zip(claimed) {
                let scale = 1.0 + found.abs().max(value.abs());
                assert!(
                    (value - found).abs() <= tolerance * scale,
                    "{name}: {form} is {value}, but {found} by number at {:?}",
                    self.point
                );
                self.checked += 1;
            }
        }
        self.settle(text);
    }

    /// Takes up what a step brings in.
    fn define(&mut self, step: &Step, equation: &Equation) {
        let (Side::Expression(left), Some(right)) = (&equation.left, equation.right.last()) else {
            return;
        };
        if let Some(symbol) = left.as_symbol() {
            if step.rule.name == "change of variable" {
                let datum = |s: &Symbol| self.report.model.data().any(|d| d.symbol == *s);
                let part = step.places.iter().find_map(|place| match place {
                    Assumption::Lives(s, domain) if datum(s) => Some(domain.clone()),
                    _ => None,
                });
                self.variables.insert(symbol.clone(), (right.clone(), part));
            } else {
                self.coefficients
                    .push((symbol.clone(), right.value_at(&self.point)));
            }
        } else {
            if let Kind::Bound(_, variable, ..) = left.kind() {
                self.kernels.insert(variable.clone(), left.clone());
            }
            self.waiting.push(equation.clone());
        }
    }

    /// Integrals whose coefficients are known by now.
    fn settle(&mut self, text: &str) {
        for Equation { left, right } in std::mem::take(&mut self.waiting) {
            let Side::Expression(left) = left else {
                continue;
            };
            let at = [&self.point[..], &self.coefficients[..]].concat();
            let value = left.value_at(&at);
            let claimed = right[0].value_at(&at);
            assert!(
                (value - claimed).abs() <= 1e-7 * claimed.abs(),
                "{text}: {left} is {value}, not {claimed}"
            );
            self.checked += 1;
        }
    }

    /// The values of the forms on the right, the value on the left by number, and how close they must be.
    fn sides(
        &self,
        equation: &Equation,
        density: &Density,
        which: Option<usize>,
    ) -> Option<(Vec<f64>, f64, f64)> {
        let log_density = &density.log_density;
        let at_point = || {
            equation
                .right
                .iter()
                .map(|e| e.value_at(&self.point))
                .collect::<Vec<_>>()
        };
        Some(match &equation.left {
            Side::LogDensityOf(_) | Side::Expression(_) => return None,
            Side::LogDensity => {
                let at = self.at_datum(density, equation)?;
                (
                    self.values(equation, &at, density),
                    log_density.value_at(&at),
                    1e-12,
                )
            }
            Side::LogMarginal(left) => {
                let at = self.at_datum(density, equation)?;
                let gone = density.data.iter().filter(|d| !left.contains(&d.symbol));
                let joint = gone.fold(log_density.exp(), |body, datum| {
                    let binder = if datum.support.is_discrete() {
                        Binder::Sum
                    } else {
                        Binder::Integral
                    };
                    let (lower, upper) = (&datum.support.lower.value, &datum.support.upper.value);
                    Expr::bound(
                        binder,
                        datum.symbol.clone(),
                        lower.clone(),
                        upper.clone(),
                        body,
                    )
                });
                let whole = joint.value_at(&at).ln();
                (self.values(equation, &at, density), whole, 1e-7)
            }
            Side::Score(a) => {
                let at = self.at_datum(density, equation)?;
                (
                    self.values(equation, &at, density),
                    slope(log_density, a, &at),
                    1e-6,
                )
            }
            Side::SecondDerivative(a, b) => {
                let at = self.at_datum(density, equation)?;
                (
                    self.values(equation, &at, density),
                    curvature(log_density, a, b, &at),
                    1e-4,
                )
            }
            Side::MinusSecondDerivative(a, b) => {
                let at = self.at_datum(density, equation)?;
                (
                    self.values(equation, &at, density),
                    -curvature(log_density, a, b, &at),
                    1e-4,
                )
            }
            Side::ScoreProduct(a, b) => {
                let at = self.at_datum(density, equation)?;
                let product = slope(log_density, a, &at) * slope(log_density, b, &at);
                (self.values(equation, &at, density), product, 1e-5)
            }
            Side::Mean(e) => {
                let in_datum = self
                    .variables
                    .iter()
                    .fold(e.clone(), |e, (y, (image, _))| e.replace(y, image));
                (at_point(), self.mean(density, &in_datum)?, 1e-7)
            }
            Side::KernelMean(e) => {
                let (variable, kernel) = self.kernels.iter().find(|(y, _)| e.contains(y))?;
                let Kind::Bound(binder, _, lower, upper, body) = kernel.kind() else {
                    return None;
                };
                let above = Expr::bound(
                    *binder,
                    variable.clone(),
                    lower.clone(),
                    upper.clone(),
                    e * body,
                );
                let at = [&self.point[..], &self.coefficients[..]].concat();
                (at_point(), above.value_at(&at) / kernel.value_at(&at), 1e-7)
            }
            Side::MeanScore(a) => {
                let score = log_density.derivative(a).ok()?;
                (at_point(), self.mean(density, &score)?, 1e-7)
            }
            Side::MeanScoreProduct(a, b) => {
                let product = log_density.derivative(a).ok()? * log_density.derivative(b).ok()?;
                (at_point(), self.mean(density, &product)?, 1e-7)
            }
            Side::MinusMeanSecondDerivative(a, b) => {
                let second = log_density.derivative(a).ok()?.derivative(b).ok()?;
                (at_point(), self.mean(density, &-second)?, 1e-7)
            }
            Side::Information(a, b) => {
                let completed = &self.report.completed;
                let observations = match which {
                    Some(k) => vec![completed.observations[k - 1].clone()],
                    None => completed.observations.clone(),
                };
                let model = Model {
                    observations,
                    ..completed.clone()
                };
                let place = |s: &Symbol| model.parameters.iter().position(|p| p == s);
                let judged = evaluate_information(&model, &self.point).ok()?;
                (at_point(), judged[place(a)?][place(b)?].value, 1e-7)
            }
            Side::Bound(a, b) => {
                let parameters = &self.report.model.parameters;
                let place = |s: &Symbol| parameters.iter().position(|p| p == s);
                let (i, j) = (place(a)?, place(b)?);
                let fisher = &self.report.fisher.as_ref()?.matrix;
                let bound = &self.report.crb.as_ref()?.matrix;
                assert_eq!(equation.right, [bound[i][j].clone()]);
                let product: f64 = (0..parameters.len())
                    .map(|k| fisher[i][k].value_at(&self.point) * bound[k][j].value_at(&self.point))
                    .sum();
                (vec![product], f64::from(u8::from(i == j)), 1e-9)
            }
        })
    }

    fn mean(&self, density: &Density, of: &Expr) -> Option<f64> {
        let found = expectations(
            density,
            &self.report.completed.facts,
            std::slice::from_ref(of),
            &self.point,
        );
        found.values[0].is_sure().then_some(found.values[0].value)
    }

    /// The point with a datum, inside of the part of the support that the equation is about.
    fn at_datum(&self, density: &Density, equation: &Equation) -> Option<Point> {
        let mut at = self.point.clone();
        let part = self.variables.iter().find_map(|(y, (_, part))| {
            equation.right[0]
                .contains(y)
                .then(|| part.clone())
                .flatten()
        });
        for datum in &density.data {
            let inside = |value: f64| {
                let within = |domain: &Domain| {
                    value > domain.lower.value.value_at(&at) - 1e-12
                        && value < domain.upper.value.value_at(&at) + 1e-12
                };
                let whole = !datum.support.is_discrete() || value.fract() == 0.0;
                let open = datum.support.is_discrete()
                    || (value - datum.support.lower.value.value_at(&at)).abs() > 1e-3;
                let away = self.away.iter().all(|e| e.value_at(&at) != value);
                whole && open && away && within(&datum.support) && part.as_ref().is_none_or(within)
            };
            let value = DATA.iter().copied().find(|v| inside(*v))?;
            at.push((datum.symbol.clone(), value));
        }
        Some(at)
    }

    /// The forms at a datum: variables and scores put in.
    fn values(&self, equation: &Equation, at: &Point, density: &Density) -> Vec<f64> {
        let mut at = at.clone();
        for (y, (image, _)) in &self.variables {
            at.push((y.clone(), image.value_at(&at)));
        }
        for parameter in &self.report.model.parameters {
            let name = Symbol::new(&format!("s_{}", parameter.name()));
            at.push((name, slope(&density.log_density, parameter, &at)));
        }
        equation.right.iter().map(|e| e.value_at(&at)).collect()
    }
}

fn moved(at: &Point, symbol: &Symbol, by: f64) -> Point {
    at.iter()
        .map(|(s, v)| (s.clone(), if s == symbol { v + by } else { *v }))
        .collect()
}

/// Central differences, extrapolated once.
fn slope(e: &Expr, symbol: &Symbol, at: &Point) -> f64 {
    let central = |h: f64| {
        (e.value_at(&moved(at, symbol, h)) - e.value_at(&moved(at, symbol, -h))) / (2.0 * h)
    };
    (4.0 * central(1e-3) - central(2e-3)) / 3.0
}

fn curvature(e: &Expr, a: &Symbol, b: &Symbol, at: &Point) -> f64 {
    let central =
        |h: f64| (slope(e, a, &moved(at, b, h)) - slope(e, a, &moved(at, b, -h))) / (2.0 * h);
    (4.0 * central(1e-3) - central(2e-3)) / 3.0
}
