//! Sweep: identities that the information keeps under changes of parameters and sums, over every law of a short closed form.
//! In: `short_laws`. Out: what is wrong. Never: a law chosen by its name.

use crate::short_laws::{ENOUGH, PATIENCE, Point, at, is_settled, matrix, points, sweep};
use crate::{close, shown};
use bartlett::bound::{Question, bound};
use bartlett::jeffreys::jeffreys;
use bartlett::quantity::Value;
use bartlett::reading::Reading;
use bartlett::reparametrize::{Change, Definition, reparametrize};
use bartlett::report::{Closure, Report};
use bartlett::{Expr, Model, Symbol};
use bartlett_expr::{Truth, normal};
use bartlett_tests::patience::{Ended, within};

/// How close an identity must be.
const TOLERANCE: f64 = 1e-7;

/// Aᵀ B A
fn congruent(b: &[Vec<f64>], a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = b.len();
    let entry = |i: usize, j: usize| {
        let pairs = (0..n).flat_map(|k| (0..n).map(move |l| (k, l)));
        pairs.map(|(k, l)| a[k][i] * b[k][l] * a[l][j]).sum()
    };
    (0..n)
        .map(|i| (0..n).map(|j| entry(i, j)).collect())
        .collect()
}

fn same(a: &[Vec<f64>], b: &[Vec<f64>], tolerance: f64) -> bool {
    (0..a.len()).all(|i| {
        (0..a.len()).all(|j| {
            let scale = (a[i][i].abs() * a[j][j].abs()).sqrt();
            close(a[i][j], b[i][j], tolerance, scale)
        })
    })
}

/// A change of every parameter that its domain allows, new by old and old by new, and the derivative ∂old/∂new by hand.
struct Turn {
    new: Symbol,
    forward: Expr,
    back: Expr,
}

/// log θ of what is positive, the logit between 0 and 1, 3θ + 1 otherwise.
fn turns(report: &Report) -> Vec<Turn> {
    let facts = &report.model.facts;
    let parameters = report.model.parameters.iter();
    let one = |symbol: &Symbol| {
        let (old, name) = (Expr::symbol(symbol.name()), format!("{symbol}_turned"));
        let new = Expr::symbol(&name);
        let below_one = facts.is_positive(&(1 - &old)) == Truth::Yes;
        let (forward, back) = match facts.is_positive(&old) {
            Truth::Yes if below_one => ((&old / (1 - &old)).log(), 1 / (1 + (-&new).exp())),
            Truth::Yes => (old.log(), new.exp()),
            _ => (&old * 3 + 1, (&new - 1) / 3),
        };
        Turn {
            new: Symbol::new(&name),
            forward,
            back,
        }
    };
    parameters.map(one).collect()
}

fn definition(name: Symbol, value: Expr) -> Definition {
    Definition {
        names: value.free_symbols().into_iter().collect(),
        name,
        value,
    }
}

fn turned(report: &Report, turns: &[Turn]) -> Result<Reading, String> {
    let list = turns
        .iter()
        .map(|t| definition(t.new.clone(), t.forward.clone()))
        .collect();
    reparametrize(report, &Change::To(list)).map_err(|e| e.to_string())
}

/// The point in new parameters too.
fn with_new(point: &Point, turns: &[Turn]) -> Point {
    let values = turns
        .iter()
        .map(|t| (t.new.clone(), t.forward.value_at(point)));
    point.iter().cloned().chain(values).collect()
}

/// ∂new/∂old by differences.
fn slopes(report: &Report, point: &Point, turns: &[Turn]) -> Vec<Vec<f64>> {
    let parameters = &report.model.parameters;
    let slope = |turn: &Turn, j: usize| {
        let h = 1e-4;
        let value = |by: f64| {
            let mut moved = point.clone();
            for (_, v) in moved.iter_mut().filter(|(s, _)| *s == parameters[j]) {
                *v *= 1.0 + by;
            }
            turn.forward.value_at(&moved)
        };
        let here = point
            .iter()
            .find(|(s, _)| *s == parameters[j])
            .map_or(f64::NAN, |p| p.1);
        (8.0 * (value(h) - value(-h)) - (value(2.0 * h) - value(-2.0 * h))) / (12.0 * h * here)
    };
    turns
        .iter()
        .map(|turn| (0..parameters.len()).map(|j| slope(turn, j)).collect())
        .collect()
}

#[test]
fn there_and_back_is_the_identity() {
    sweep("there and back", ENOUGH, |report| {
        let fisher = &report.fisher.as_ref().ok_or("no information")?.matrix;
        let turns = turns(report);
        let there = turned(report, &turns)?;
        let there = matrix(&there, "fisher")?;
        let list = report.model.parameters.iter().zip(&turns);
        let list = list
            .map(|(old, t)| definition(old.clone(), t.back.clone()))
            .collect();
        let from = reparametrize(report, &Change::From(list)).map_err(|e| e.to_string())?;
        let from = matrix(&from, "fisher")?;
        let mut judged = 0;
        for point in points(&report.model) {
            let all = with_new(&point, &turns);
            let (new, old) = (at(there, &all), at(fisher, &point));
            let back = congruent(&new, &slopes(report, &point, &turns));
            if !same(&old, &back, TOLERANCE) {
                return Err(format!(
                    "{old:?} comes back as {back:?} at {}",
                    shown(&point)
                ));
            }
            if !same(&new, &at(from, &all), TOLERANCE) {
                return Err(format!("--to and --from differ at {}", shown(&point)));
            }
            judged += 1;
        }
        Ok(judged)
    });
}

/// The law of a report derived afresh in new parameters: its text with `exp(…)` and the like as arguments.
fn afresh(report: &Report, turns: &[Turn]) -> Option<Report> {
    let [observation] = &report.model.observations[..] else {
        return None;
    };
    let law = observation.law.as_ref()?;
    let put = report
        .model
        .parameters
        .iter()
        .zip(turns)
        .map(|(old, t)| (Expr::symbol(old.name()), t.back.clone()))
        .collect();
    let arguments: Vec<String> = law
        .arguments
        .iter()
        .map(|a| a.substitute(&put).text())
        .collect();
    let names: Vec<&str> = turns.iter().map(|t| t.new.name()).collect();
    let text = format!("x ~ {}({})", law.family.name, arguments.join(", "));
    let model = Model::parse(&text).ok()?;
    let order: Vec<&str> = model.parameters.iter().map(Symbol::name).collect();
    if order != names {
        return None;
    }
    match within(PATIENCE, move || bartlett::derive(&model)) {
        Ended::Done(report, _) => Some(report),
        _ => None,
    }
}

#[test]
fn bound_and_jeffreys_prior_follow_a_change_of_parameters() {
    sweep("bound and prior", ENOUGH / 2, |report| {
        let turns = turns(report);
        let Some(fresh) = afresh(report, &turns) else {
            return Ok(0);
        };
        if fresh
            .fisher
            .as_ref()
            .is_none_or(|f| f.status != Closure::Closed)
        {
            return Ok(0);
        }
        let parameters = &report.model.parameters;
        // one function of all parameters, written in the old and in the new
        let g = parameters
            .iter()
            .zip(1_i64..)
            .map(|(s, k)| (Expr::symbol(s.name()) * k).powi(2));
        let g = Expr::sum(g) + Expr::product(parameters.iter().map(|s| Expr::symbol(s.name())));
        let put = parameters
            .iter()
            .zip(&turns)
            .map(|(old, t)| (Expr::symbol(old.name()), t.back.clone()))
            .collect();
        let asked = |functions: Vec<Expr>| Question {
            functions,
            ..Question::default()
        };
        let old = bound(report, &asked(vec![g.clone()]));
        let new = bound(&fresh, &asked(vec![g.substitute(&put)]));
        let (old, new) = (matrix(&old, "bound")?, matrix(&new, "bound")?);
        let prior = |report: &Report| match jeffreys(report).quantities.first().map(|q| &q.value) {
            Some(Value::Scalar(e)) => Ok(e.clone()),
            _ => Err("no prior".to_owned()),
        };
        let (prior_old, prior_new) = (prior(report)?, prior(&fresh)?);
        let mut judged = 0;
        for point in points(&report.model) {
            let all = with_new(&point, &turns);
            if !is_settled(old, &point) || !is_settled(new, &all) {
                continue;
            }
            let (a, b) = (at(old, &point), at(new, &all));
            if !same(&a, &b, TOLERANCE) {
                return Err(format!("bound {a:?} and {b:?} at {}", shown(&point)));
            }
            let slopes = slopes(report, &point, &turns);
            let jacobian: f64 = (0..slopes.len()).map(|i| slopes[i][i].abs()).product();
            let (p, q) = (prior_old.value_at(&point), prior_new.value_at(&all));
            if !close(p, q * jacobian, TOLERANCE, 0.0) {
                return Err(format!(
                    "prior {p}, not {q}·{jacobian} at {}",
                    shown(&point)
                ));
            }
            judged += 1;
        }
        Ok(judged)
    });
}

#[test]
fn information_adds() {
    sweep("information adds", ENOUGH, |report| {
        let fisher = &report.fisher.as_ref().ok_or("no information")?.matrix;
        let facts = &report.model.facts;
        let first = report.model.parameters.first().ok_or("no parameter")?;
        let name = Expr::symbol(first.name());
        // a second observation that knows of the first parameter alone
        let (law, own) = if facts.is_positive(&name) == Truth::Yes {
            (format!("other ~ Exponential({first})"), name.powi(-2))
        } else {
            (format!("other ~ Normal({first}, 1)"), Expr::one())
        };
        let text = format!("{}\n{law}", report.model.text);
        let Ok(both) = Model::parse(&text) else {
            return Ok(0);
        };
        let Ended::Done(both, _) = within(PATIENCE, move || bartlett::derive(&both)) else {
            return Ok(0);
        };
        let sum = &both.fisher.as_ref().ok_or("no information of both")?.matrix;
        let mut judged = 0;
        for point in points(&report.model) {
            let mut wanted = at(fisher, &point);
            wanted[0][0] += own.value_at(&point);
            let found = at(sum, &point);
            if !same(&wanted, &found, TOLERANCE) {
                return Err(format!("{found:?}, not {wanted:?} at {}", shown(&point)));
            }
            judged += 1;
        }
        Ok(judged)
    });
}

#[test]
fn orthogonal_parameters_are_orthogonal() {
    use bartlett::reparametrize::{Named, named};
    sweep("orthogonal parameters", 10, |report| {
        let fisher = &report.fisher.as_ref().ok_or("no information")?.matrix;
        if fisher.len() != 2 || normal::is_zero(&report.model.facts, &fisher[0][1]) == Truth::Yes {
            return Ok(0);
        }
        let Ok(list) = named(report, Named::Orthogonal) else {
            return Ok(0);
        };
        let reading =
            reparametrize(report, &Change::To(list.clone())).map_err(|e| e.to_string())?;
        let rows = matrix(&reading, "fisher")?;
        let mut judged = 0;
        for point in points(&report.model) {
            let mut all = point.clone();
            for one in &list {
                if !all.iter().any(|(s, _)| *s == one.name) {
                    all.push((one.name.clone(), one.value.value_at(&point)));
                }
            }
            let found = at(rows, &all);
            if found[0][1].abs() > 1e-9 * (found[0][0] * found[1][1]).sqrt() {
                return Err(format!("{found:?} at {}", shown(&point)));
            }
            judged += 1;
        }
        Ok(judged)
    });
}
