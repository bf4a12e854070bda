//! Sweep: identities that the information keeps, over every family that derives quickly and in closed form.
//! In: `FAMILIES`. Out: what is wrong. Never: a family chosen by its name (but those that are listed with a reason).

use crate::families::{rows, texts};
use crate::{close, report, shown};
use bartlett::bound::{Question, bound};
use bartlett::check::{Sampler, expectations};
use bartlett::jeffreys::jeffreys;
use bartlett::quantity::Value;
use bartlett::reading::Reading;
use bartlett::reduced::{Reduction, reduced};
use bartlett::reparametrize::{Change, Definition, reparametrize};
use bartlett::report::{Closure, Report};
use bartlett::{Expr, Facts, Model, Symbol};
use bartlett_expr::{Relation, Truth, normal};
use bartlett_tests::parallel::each;
use bartlett_tests::patience::{Ended, within};
use std::sync::LazyLock;
use std::time::Duration;

/// What a derivation may compute to take part.
const QUICK: Duration = Duration::from_millis(120);
/// Points at which an identity is judged, and how close it must be.
const POINTS: usize = 3;
const TOLERANCE: f64 = 1e-7;
/// Fewer laws than this are no sweep.
const ENOUGH: usize = 50;

/// Laws whose formulas cancel at some sampled points, so that the program's own comparison with numbers refuses what they claim.
static CANCELS: &[(&str, &str)] = &[
    (
        "BirnbaumSaunders",
        "erfc(√2/α) times e^(2/α²) for a small α",
    ),
    ("Argus", "differences of incomplete gammas for a small χ"),
];

/// Derivations that are closed, quick and have a bound, of laws with one or two parameters.
static QUICK_LAWS: LazyLock<Vec<Report>> = LazyLock::new(|| {
    let texts: Vec<String> = rows().into_iter().flat_map(texts).collect();
    each(&texts, |text| derived(text))
        .into_iter()
        .flatten()
        .collect()
});

fn derived(text: &str) -> Option<Report> {
    let model = Model::parse(text).ok()?;
    let law = model.observations.first().and_then(|o| o.law.as_ref());
    if law.is_some_and(|law| CANCELS.iter().any(|(name, _)| *name == law.family.name)) {
        return None;
    }
    if model.parameters.len() > 2 || !model.integer_parameters.is_empty() {
        return None;
    }
    let Ended::Done(report, seconds) = within(QUICK, move || bartlett::derive(&model)) else {
        return None;
    };
    let closed = report
        .fisher
        .as_ref()
        .is_some_and(|f| f.status == Closure::Closed);
    (closed && report.crb.is_some() && seconds < QUICK.as_secs_f64()).then_some(report)
}

/// Each law through `judge`, which gives the number of points judged or what is wrong.
fn sweep(what: &str, least: usize, judge: impl Fn(&Report) -> Result<usize, String> + Sync) {
    let laws = &*QUICK_LAWS;
    assert!(laws.len() >= ENOUGH, "only {} laws take part", laws.len());
    let results = each(laws, |law| {
        judge(law).map_err(|why| format!("{}: {why}", law.model.text))
    });
    let judged = results
        .iter()
        .filter(|r| r.as_ref().is_ok_and(|n| *n > 0))
        .count();
    let wrong: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    report(what, &wrong);
    assert!(
        judged >= least,
        "{what}: {judged} laws were judged of {}",
        laws.len()
    );
}

type Point = Vec<(Symbol, f64)>;

fn points(model: &Model) -> Vec<Point> {
    let mut sampler = Sampler::new(model, 0x1DE0);
    (0..POINTS).filter_map(|_| sampler.point()).collect()
}

fn at(rows: &[Vec<Expr>], point: &[(Symbol, f64)]) -> Vec<Vec<f64>> {
    let row = |row: &Vec<Expr>| row.iter().map(|e| e.value_at(point)).collect();
    rows.iter().map(row).collect()
}

fn matrix<'a>(reading: &'a Reading, key: &str) -> Result<&'a Vec<Vec<Expr>>, String> {
    let found = reading.quantities.iter().find(|q| q.key == key);
    match found.map(|q| &q.value) {
        Some(Value::Matrix(rows)) => Ok(rows),
        _ => Err(format!("no {key}: {:?}", reading.refusal)),
    }
}

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
    match within(QUICK * 2, move || bartlett::derive(&model)) {
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
        let Ended::Done(both, _) = within(QUICK * 2, move || bartlett::derive(&both)) else {
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

/// Probabilities of cells by quadrature or summation of the density.
fn masses(report: &Report, cuts: &[f64], point: &Point) -> Option<Vec<f64>> {
    let density = &report.completed.observations[0].density;
    let x = Expr::symbol(density.single()?.symbol.name());
    let number = |v: f64| bartlett_expr::formula(&format!("{v}"));
    let below: Vec<Expr> = cuts
        .iter()
        .map(|cut| {
            let inside = Expr::compare(Relation::LessEqual, x.clone(), number(*cut));
            Expr::cases(inside, Expr::one(), Expr::zero())
        })
        .collect();
    let facts: &Facts = &report.model.facts;
    let found = expectations(density, facts, &below, point);
    let below: Option<Vec<f64>> = found
        .values
        .iter()
        .map(|v| v.is_sure().then_some(v.value))
        .collect();
    let below = below?;
    let mut last = 0.0;
    let mut cells: Vec<f64> = Vec::new();
    for value in below.into_iter().chain([1.0]) {
        cells.push(value - last);
        last = value;
    }
    Some(cells)
}

#[test]
fn a_grouped_datum_has_the_information_of_its_cells_and_no_more() {
    sweep("grouped data", 15, |report| {
        let Some(datum) = report.completed.observations[0].density.single() else {
            return Ok(0);
        };
        let parameters = &report.model.parameters;
        if [&datum.support.lower.value, &datum.support.upper.value]
            .iter()
            .any(|end| end.contains_any(parameters))
        {
            return Ok(0);
        }
        let inside = |v: f64| {
            datum.support.lower.value.value_at(&[]) < v
                && v < datum.support.upper.value.value_at(&[])
        };
        let tried: &[(f64, f64)] = &[(1.0, 2.0), (0.25, 0.5), (2.0, 3.0)];
        let Some((low, high)) = tried.iter().find(|(a, b)| inside(*a) && inside(*b)) else {
            return Ok(0);
        };
        let cuts = [*low, *high];
        let as_expressions = cuts
            .iter()
            .map(|v| bartlett_expr::formula(&format!("{v}")))
            .collect();
        let own = report.clone();
        let Ended::Done(reading, _) = within(QUICK * 4, move || {
            reduced(&own, &Reduction::Cuts(as_expressions))
        }) else {
            return Ok(0);
        };
        let reading = reading?;
        let grouped = reading.quantities.iter().find(|q| q.key == "fisher");
        let Some(Value::Matrix(rows)) = grouped
            .filter(|q| q.status == Closure::Closed)
            .map(|q| &q.value)
        else {
            return Ok(0);
        };
        let full = &report.fisher.as_ref().ok_or("no information")?.matrix;
        let p = parameters.len();
        let mut judged = 0;
        for point in points(&report.model) {
            let (left, whole) = (at(rows, &point), at(full, &point));
            // ∂P by differences of quadratures
            let Some(cells) = masses(report, &cuts, &point) else {
                continue;
            };
            let mut slopes: Vec<Vec<f64>> = Vec::new();
            for name in parameters {
                let here = point
                    .iter()
                    .find(|(s, _)| s == name)
                    .map_or(f64::NAN, |v| v.1);
                let h = 2e-3 * here.abs().max(1e-2);
                let moved = |by: f64| {
                    let mut moved = point.clone();
                    moved
                        .iter_mut()
                        .filter(|(s, _)| s == name)
                        .for_each(|(_, v)| *v += by);
                    masses(report, &cuts, &moved)
                };
                let all = [moved(h), moved(-h), moved(2.0 * h), moved(-2.0 * h)];
                let [Some(a), Some(b), Some(c), Some(d)] = all else {
                    break;
                };
                slopes.push(
                    (0..cells.len())
                        .map(|k| (8.0 * (a[k] - b[k]) - (c[k] - d[k])) / (12.0 * h))
                        .collect(),
                );
            }
            if slopes.len() < p || cells.iter().any(|mass| *mass < 1e-4) {
                continue;
            }
            for i in 0..p {
                for j in 0..p {
                    let sum: f64 = (0..cells.len())
                        .map(|k| slopes[i][k] * slopes[j][k] / cells[k])
                        .sum();
                    let scale = (whole[i][i] * whole[j][j]).sqrt();
                    if (sum - left[i][j]).abs() > 1e-5 * scale {
                        return Err(format!(
                            "{} in the cells, not {sum} at {}",
                            left[i][j],
                            shown(&point)
                        ));
                    }
                }
                if left[i][i] > whole[i][i] * (1.0 + 1e-9) {
                    return Err(format!("more than the datum at {}", shown(&point)));
                }
            }
            let lost = |i: usize, j: usize| whole[i][j] - left[i][j];
            if p == 2
                && lost(0, 0) * lost(1, 1) - lost(0, 1).powi(2) < -1e-9 * whole[0][0] * whole[1][1]
            {
                return Err(format!("what is lost is not positive at {}", shown(&point)));
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
