//! What is identified where the information is singular: functions that are constant along every null direction.
//! In: null directions over the parameters. Out: as many functions as the rank, each proved. Never: some of them without the others.

use bartlett_expr::matrix::Matrix;
use bartlett_expr::{Expr, Facts, Kind, Number, Symbol, Truth, normal};

/// Functions of the parameters that every null direction leaves as they are, as many as the rank; nothing where the
/// directions do not integrate simply.
///
/// - `directions`: vectors in the order of the parameters that span the null space.
#[must_use]
pub(crate) fn estimable(
    facts: &Facts,
    directions: &[Vec<Expr>],
    parameters: &[Symbol],
) -> Option<Vec<Expr>> {
    let moves = |i: usize| directions.iter().any(|v| !v[i].is_zero());
    let (moving, still): (Vec<usize>, Vec<usize>) = (0..parameters.len()).partition(|i| moves(*i));
    let found = by_coordinates(facts, directions, parameters, &moving)
        .or_else(|| along_a_curve(directions, parameters, &moving))?;
    let proved = found.iter().all(|g| {
        directions
            .iter()
            .all(|v| is_constant_along(facts, g, v, parameters))
    });
    let whole = found.len() == moving.len() - directions.len();
    let still = still.iter().map(|i| Expr::symbol(parameters[*i].name()));
    let mut all: Vec<Expr> = found.into_iter().chain(still).collect();
    all.sort_by_key(|g| parameters.iter().position(|s| g.contains(s)));
    (proved && whole).then_some(all)
}

fn is_constant_along(facts: &Facts, g: &Expr, v: &[Expr], parameters: &[Symbol]) -> bool {
    g.gradient(parameters).is_ok_and(|gradient| {
        let along = Expr::sum(gradient.iter().zip(v).map(|(d, v)| d * v));
        normal::is_zero(facts, &along) == Truth::Yes
    })
}

/// Every direction is constant in coordinates that are a parameter or its logarithm: then linear combinations of them are
/// identified, or their exponentials.
fn by_coordinates(
    facts: &Facts,
    directions: &[Vec<Expr>],
    parameters: &[Symbol],
    moving: &[usize],
) -> Option<Vec<Expr>> {
    let names: Vec<Symbol> = moving.iter().map(|i| parameters[*i].clone()).collect();
    let mut rows: Vec<Vec<Expr>> = vec![Vec::new(); directions.len()];
    let mut logarithms = Vec::new();
    for i in moving {
        let name = Expr::symbol(parameters[*i].name());
        let scaled = |by: &Expr| -> Option<Vec<Expr>> {
            directions
                .iter()
                .map(|v| {
                    Some(normal::cancelled(&(&v[*i] / by))).filter(|c| !c.contains_any(&names))
                })
                .collect()
        };
        let (constants, logarithm) = match scaled(&Expr::one()) {
            Some(constants) => (constants, false),
            None => (scaled(&name)?, true),
        };
        logarithms.push(logarithm);
        for (row, c) in rows.iter_mut().zip(constants) {
            row.push(c);
        }
    }
    let weights = Matrix::from_rows(rows)?.null_space(facts).ok()?;
    let combined = |w: &Vec<Expr>| {
        let parts = w.iter().zip(&names).zip(&logarithms);
        let (logs, plain): (Vec<_>, Vec<_>) = parts
            .filter(|((w, _), _)| !w.is_zero())
            .map(|((w, s), logarithm)| (w, Expr::symbol(s.name()), *logarithm))
            .partition(|(_, _, logarithm)| *logarithm);
        let sum = Expr::sum(plain.iter().map(|(w, name, _)| *w * name));
        if logs.is_empty() {
            return sum;
        }
        let powers = logs.iter().map(|(w, name, _)| name.power(w));
        Expr::product(powers.chain([sum.exp()]))
    };
    Some(weights.iter().map(combined).collect())
}

/// One direction v: dθᵢ/dθⱼ = vᵢ/vⱼ = g(θᵢ)·h(θⱼ) is solved for every i by ∫ dθᵢ/g − ∫ h dθⱼ, for some j.
fn along_a_curve(
    directions: &[Vec<Expr>],
    parameters: &[Symbol],
    moving: &[usize],
) -> Option<Vec<Expr>> {
    let [v] = directions else { return None };
    let names: Vec<Symbol> = moving.iter().map(|i| parameters[*i].clone()).collect();
    moving.iter().find_map(|j| {
        let others = moving.iter().filter(|i| *i != j);
        others
            .map(|i| {
                let (x, y) = (&parameters[*i], &parameters[*j]);
                let slope = normal::factored(&(&v[*i] / &v[*j]));
                separated(&slope, x, y, &names).or_else(|| linear(&slope, x, y, &names))
            })
            .collect()
    })
}

/// dx/dy = g(x)·h(y): ∫ dx/g − ∫ h dy is constant.
fn separated(slope: &Expr, x: &Symbol, y: &Symbol, names: &[Symbol]) -> Option<Expr> {
    let (mut of_x, mut of_y) = (Vec::new(), Vec::new());
    for factor in slope.factors() {
        let used: Vec<&Symbol> = names.iter().filter(|s| factor.contains(s)).collect();
        match used[..] {
            [] => of_y.push(factor),
            [only] if only == x => of_x.push(factor),
            [only] if only == y => of_y.push(factor),
            _ => return None,
        }
    }
    let left = integral(&Expr::product(of_x).recip(), x)?;
    let right = integral(&Expr::product(of_y), y)?;
    Some(as_a_product(left, right))
}

/// dx/dy = a(y)·x + b(y): x/e^∫a − ∫ b/e^∫a is constant.
fn linear(slope: &Expr, x: &Symbol, y: &Symbol, names: &[Symbol]) -> Option<Expr> {
    let of_y = |e: &Expr| !names.iter().any(|s| s != y && e.contains(s));
    let a = normal::cancelled(&slope.derivative(x).ok()?);
    let b = normal::cancelled(&(slope - &a * Expr::symbol(x.name())));
    if !of_y(&a) || !of_y(&b) {
        return None;
    }
    let weight = normal::cancelled(&(-integral(&a, y)?).exp());
    let rest = integral(&normal::cancelled(&(b * &weight)), y)?;
    Some(Expr::symbol(x.name()) * weight - rest)
}

/// log x − r is written x·e^(−r), and r − log x likewise.
fn as_a_product(left: Expr, right: Expr) -> Expr {
    match (left.as_call_of("log"), right.as_call_of("log")) {
        (Some([x]), _) => x * (-&right).exp(),
        (_, Some([y])) => y * (-&left).exp(),
        _ => left - right,
    }
}

/// An antiderivative of a sum of powers and exponentials of a linear function.
fn integral(e: &Expr, x: &Symbol) -> Option<Expr> {
    let name = Expr::symbol(x.name());
    let term = |part: &Expr| -> Option<Expr> {
        let (with, free): (Vec<Expr>, Vec<Expr>) =
            part.factors().into_iter().partition(|f| f.contains(x));
        let outside = Expr::product(free);
        let inside = Expr::product(with);
        if inside.is_one() {
            return Some(outside * &name);
        }
        let (base, exponent) = inside.as_power();
        let linear = |e: &Expr| -> Option<Expr> {
            let slope = normal::cancelled(&e.derivative(x).ok()?);
            (!slope.contains(x) && !slope.is_zero()).then_some(slope)
        };
        if !base.contains(x) {
            let slope = linear(&exponent)?;
            return Some(outside * &inside / (slope * base.log()));
        }
        let slope = linear(&base)?;
        let n: &Number = exponent.as_number()?;
        let whole = if *n == Number::MINUS_ONE {
            base.log()
        } else {
            let next = Expr::number(n + &Number::ONE);
            base.power(&next) / next
        };
        Some(outside * whole / slope)
    };
    let direct: Option<Vec<Expr>> = e.summands().iter().map(term).collect();
    let parts = direct.or_else(|| match e.kind() {
        Kind::Mul(..) | Kind::Power(..) => {
            let open = normal::expanded(e);
            open.summands().iter().map(term).collect()
        }
        _ => None,
    })?;
    Some(Expr::sum(parts))
}
