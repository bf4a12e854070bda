//! The laws over which identities are swept: few parameters, and a short information in closed form.
//! In: `FAMILIES`. Out: their derivations, and a loop over them. Never: a law chosen by its name, or by how busy the machine is.

use crate::families::{rows, texts};
use crate::{close, report};
use bartlett::check::Sampler;
use bartlett::quantity::Value;
use bartlett::reading::Reading;
use bartlett::report::{Closure, Report};
use bartlett::{Expr, Model, Symbol};
use bartlett_expr::operations;
use bartlett_tests::parallel::each;
use bartlett_tests::patience::{Ended, within};
use std::sync::LazyLock;
use std::time::Duration;

/// How long a derivation may compute: far more than any of these needs.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Operations that the information of a short law has at most, all entries together.
const SHORT: usize = 40;
/// Parameters that a short law has at most.
const FEW: usize = 2;
/// Points at which an identity is judged.
const POINTS: usize = 3;
/// Fewer laws than this are no sweep.
pub const ENOUGH: usize = 50;

/// Derivations of few parameters that are closed, short and have a bound.
static SHORT_LAWS: LazyLock<Vec<Report>> = LazyLock::new(|| {
    let texts: Vec<String> = rows().into_iter().flat_map(texts).collect();
    each(&texts, |text| derived(text))
        .into_iter()
        .flatten()
        .collect()
});

fn derived(text: &str) -> Option<Report> {
    let model = Model::parse(text).ok()?;
    if model.parameters.len() > FEW || !model.integer_parameters.is_empty() {
        return None;
    }
    let Ended::Done(report, _) = within(PATIENCE, move || bartlett::derive(&model)) else {
        return None;
    };
    let fisher = report.fisher.as_ref()?;
    let long: usize = fisher.matrix.iter().flatten().map(operations).sum();
    let taken = fisher.status == Closure::Closed && report.crb.is_some() && long <= SHORT;
    taken.then_some(report)
}

/// Each law through `judge`, which gives the number of points judged or what is wrong.
pub fn sweep(what: &str, least: usize, judge: impl Fn(&Report) -> Result<usize, String> + Sync) {
    let laws = &*SHORT_LAWS;
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

pub type Point = Vec<(Symbol, f64)>;

pub fn points(model: &Model) -> Vec<Point> {
    let mut sampler = Sampler::new(model, 0x1DE0);
    (0..POINTS).filter_map(|_| sampler.point()).collect()
}

pub fn at(rows: &[Vec<Expr>], point: &[(Symbol, f64)]) -> Vec<Vec<f64>> {
    let row = |row: &Vec<Expr>| row.iter().map(|e| e.value_at(point)).collect();
    rows.iter().map(row).collect()
}

/// Does a value stay where it is with the last digits of the point? Elsewhere a formula cancels, and says nothing.
pub fn is_settled(rows: &[Vec<Expr>], point: &[(Symbol, f64)]) -> bool {
    let moved = |steps: f64| -> Point {
        let by = 1.0 + steps * f64::EPSILON;
        point.iter().map(|(s, v)| (s.clone(), v * by)).collect()
    };
    let here = at(rows, point);
    [-5.0, 3.0].into_iter().all(|steps| {
        let there = at(rows, &moved(steps));
        let pairs = here.iter().flatten().zip(there.iter().flatten());
        pairs
            .into_iter()
            .all(|(a, b)| close(*a, *b, 1e-9, 1e-9) && a.is_finite())
    })
}

pub fn matrix<'a>(reading: &'a Reading, key: &str) -> Result<&'a Vec<Vec<Expr>>, String> {
    let found = reading.quantities.iter().find(|q| q.key == key);
    match found.map(|q| &q.value) {
        Some(Value::Matrix(rows)) => Ok(rows),
        _ => Err(format!("no {key}: {:?}", reading.refusal)),
    }
}
