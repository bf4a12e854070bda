//! What any outcome must satisfy, whatever was typed.
//! In: problems or a report. Out: what is wrong. Never: the right answer.

use bartlett::Expr;
use bartlett::report::{Closure, Information, Report};
use bartlett_expr::{Constant, Kind, Problem};

/// Problems say something, point into the text and can be drawn.
pub fn problems(problems: &[Problem], text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if problems.is_empty() {
        wrong.push("an error without a problem".to_owned());
    }
    for problem in problems {
        if problem.message.is_empty() || problem.render(text).is_empty() {
            wrong.push("a problem without words".to_owned());
        }
        let span = problem.span();
        if span.end > text.len() || span.start > span.end {
            wrong.push(format!("a problem at {span:?} of {} bytes", text.len()));
        }
    }
    wrong
}

/// Sizes fit, matrices are symmetric, a refusal says why, closed entries are closed.
pub fn report(report: &Report) -> Vec<String> {
    let p = report.model.parameters.len();
    let mut wrong = Vec::new();
    let refused = report.fisher.is_none();
    if refused && (report.crb.is_some() || report.regularity.holds) {
        wrong.push("refused, with a bound or as regular".to_owned());
    }
    if refused && report.regularity.findings.is_empty() {
        wrong.push("refused without a reason".to_owned());
    }
    if !refused && (report.score.len() != p || report.hessian.len() != p) {
        wrong.push(format!(
            "score and Hessian of {} and {} for {p}",
            report.score.len(),
            report.hessian.len()
        ));
    }
    for (name, found) in [("fisher", &report.fisher), ("crb", &report.crb)] {
        if let Some(information) = found {
            wrong.extend(matrix(name, information, p));
        }
    }
    if let Some(internal) = report
        .regularity
        .findings
        .iter()
        .find(|f| f.contains("internal error"))
    {
        wrong.push(internal.clone());
    }
    wrong
}

fn matrix(name: &str, information: &Information, p: usize) -> Vec<String> {
    let matrix = &information.matrix;
    if matrix.len() != p || matrix.iter().any(|row| row.len() != p) {
        return vec![format!("{name}: not {p} × {p}")];
    }
    let mut wrong = Vec::new();
    for (i, row) in matrix.iter().enumerate() {
        for (j, entry) in row.iter().enumerate() {
            if *entry != matrix[j][i] {
                wrong.push(format!("{name}[{i}][{j}] is not symmetric"));
            }
            if entry.any_node(&|n| n.is_constant(Constant::Undefined)) {
                wrong.push(format!("{name}[{i}][{j}] is undefined"));
            }
            if information.status == Closure::Closed && !is_closed(entry) {
                wrong.push(format!("{name}[{i}][{j}] is not closed: {}", entry.text()));
            }
        }
    }
    wrong
}

fn is_closed(e: &Expr) -> bool {
    !e.any_node(&|n| matches!(n.kind(), Kind::Bound(..)))
}
