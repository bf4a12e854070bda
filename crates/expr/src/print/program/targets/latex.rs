//! Rows: LaTeX, for amsmath. Swept by: tests/cli/emit.rs.

use super::super::Shape;
use super::super::source::Written;
use super::super::target::{Hand, Target};

/// LaTeX.
pub static LATEX: Target = Target {
    name: "latex",
    title: "LaTeX",
    comment: ["% ", ""],
    hand: Hand::Latex,
    routine,
    head: &[("", "% needs \\usepackage{amsmath}")],
    foot: &[],
    helpers: &[],
    reserved: "",
    mark: "'",
    underscores: true,
    cases_differ: true,
};

fn routine(written: &Written) -> Vec<String> {
    let mut lines = vec![format!("% {}", written.about), "\\begin{align*}".to_owned()];
    let steps = written.steps.iter();
    lines.extend(steps.map(|(name, e)| format!("  {name} &= {e} \\\\")));
    let rows: Vec<String> = written.rows.iter().map(|row| row.join(" & ")).collect();
    let value = match written.shape {
        Shape::Scalar => rows.concat(),
        Shape::Vector => format!(
            "\\begin{{pmatrix}} {} \\end{{pmatrix}}",
            written.entries().join(" \\\\ ")
        ),
        Shape::Matrix => format!(
            "\\begin{{pmatrix}} {} \\end{{pmatrix}}",
            rows.join(" \\\\ ")
        ),
    };
    let name = written.name.replace('_', "\\_");
    lines.push(format!(
        "  \\operatorname{{{name}}}\\left({}\\right) &= {value}",
        written.names()
    ));
    lines.push("\\end{align*}".to_owned());
    lines
}
