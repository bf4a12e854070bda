//! A fit: estimates with their errors, as a page, a table or JSON.
//! In: `Fitted`. Out: text. Never: a number that is not finite.

use crate::arguments::OutputFormat;
use crate::table::Table;
use bartlett::fit::{Fit, Influence, KINDS, Rows};
use bartlett::{Expr, Model, Symbol};
use bartlett_expr::print::sympy_name;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::path::Path;

/// A fit and where it comes from.
pub struct Fitted<'a> {
    /// The model of one row.
    pub model: &'a Model,
    /// The fit.
    pub fit: &'a Fit,
    /// The data.
    pub table: &'a Table,
    /// The rows that move the estimate most, where the influence of rows was asked for.
    pub influential: &'a [Influence],
    /// The file that holds the influence of each row.
    pub written: Option<&'a Path>,
}

/// The fit in a format.
pub fn fit(fitted: &Fitted<'_>, format: OutputFormat) -> String {
    match format {
        OutputFormat::Text => fitted.page(&|s| Expr::symbol(s.name()).unicode()),
        OutputFormat::Plain => fitted.page(&Symbol::to_string),
        OutputFormat::Json => fitted.json(),
        OutputFormat::Csv => fitted.csv(),
        OutputFormat::Latex => fitted.latex(),
        OutputFormat::Markdown => fitted.markdown(),
        OutputFormat::Sympy => fitted.python(),
    }
}

/// The object of a model or data that cannot be fitted; the other formats have nothing to show.
pub fn not_fitted(model: &str, findings: &[String], format: OutputFormat) -> String {
    if format != OutputFormat::Json {
        return String::new();
    }
    let object = json!({
        "schema": 1, "model": model, "estimates": null, "converged": false, "findings": findings,
    });
    format!("{object}\n")
}

/// Six significant digits.
fn short(x: f64) -> String {
    if !x.is_finite() {
        return "–".to_owned();
    }
    if x == 0.0 {
        return "0".to_owned();
    }
    let exponent = x.abs().log10().floor();
    if !(-5.0..7.0).contains(&exponent) {
        return format!("{x:.5e}");
    }
    let digits = (5.0 - exponent).max(0.0) as usize;
    format!("{x:.digits$}")
}

fn percent(level: f64) -> String {
    let percent = level * 100.0;
    format!("{}", (percent * 1e6).round() / 1e6)
}

impl Fitted<'_> {
    /// Estimates, four errors, the interval: a row a parameter.
    fn numbers(&self) -> Vec<Vec<f64>> {
        let fit = self.fit;
        let errors: Vec<Option<Vec<f64>>> = KINDS.iter().map(|k| fit.standard_errors(*k)).collect();
        (0..fit.parameters.len())
            .map(|j| {
                let mut row = vec![fit.estimates[j]];
                row.extend(errors.iter().map(|e| e.as_ref().map_or(f64::NAN, |e| e[j])));
                let (low, high) = fit
                    .intervals
                    .get(j)
                    .copied()
                    .unwrap_or((f64::NAN, f64::NAN));
                row.extend([low, high]);
                row
            })
            .collect()
    }

    fn headings(&self) -> Vec<String> {
        let mut out = vec!["estimate".to_owned()];
        out.extend(KINDS.iter().map(|k| k.title().to_owned()));
        let level = percent(self.fit.level);
        out.extend([format!("{level} % from"), "to".to_owned()]);
        out
    }

    fn page(&self, name: &dyn Fn(&Symbol) -> String) -> String {
        let fit = self.fit;
        let mut out = format!("{}\n", self.model.text.trim_end());
        let _ = writeln!(out, "data        {}, {}", self.table.name, self.rows());
        let steps = if fit.iterations == 1 { "step" } else { "steps" };
        let verdict = if fit.converged {
            "converged"
        } else {
            "NOT converged"
        };
        let _ = writeln!(
            out,
            "{verdict}   after {} {steps} of Fisher scoring\n",
            fit.iterations
        );
        let mut rows = vec![
            std::iter::once("parameter".to_owned())
                .chain(self.headings())
                .collect::<Vec<_>>(),
        ];
        for (symbol, numbers) in fit.parameters.iter().zip(self.numbers()) {
            rows.push(
                std::iter::once(name(symbol))
                    .chain(numbers.iter().map(|x| short(*x)))
                    .collect(),
            );
        }
        let most = 60;
        let cut = rows.len() > most + 1;
        rows.truncate(most + 1);
        out.push_str("                      standard errors by information\n");
        out.push_str(&aligned(&rows));
        if cut {
            let _ = writeln!(
                out,
                "… {} more: --format csv shows all",
                fit.parameters.len() - most
            );
        }
        let _ = writeln!(out, "\nlog-likelihood  {}", short(fit.log_likelihood));
        let tic = fit.tic.map_or_else(|| "–".to_owned(), short);
        let _ = writeln!(
            out,
            "AIC {}   BIC {}   TIC {tic}",
            short(fit.aic),
            short(fit.bic)
        );
        if let Some(test) = fit.information_matrix_test {
            let _ = writeln!(
                out,
                "information-matrix test  χ²({}) = {}, p = {}",
                test.degrees,
                short(test.statistic),
                short(test.p_value)
            );
        }
        if let Some(kind) = fit.intervals_by {
            let _ = writeln!(out, "intervals by the {} information", kind.title());
        }
        for finding in &fit.findings {
            let _ = writeln!(out, "note        {finding}");
        }
        if let Some(path) = self.written {
            let mut rows = vec![vec!["row".to_owned(), "distance".to_owned()]];
            rows[0].extend(
                fit.parameters
                    .iter()
                    .take(8)
                    .map(|s| format!("{} left out", name(s))),
            );
            for one in self.influential {
                let mut row = vec![self.table.number(one.row).to_string(), short(one.distance)];
                row.extend(one.left_out.iter().take(8).map(|x| short(*x)));
                rows.push(row);
            }
            let _ = writeln!(out, "\nmost influential rows (all in {})", path.display());
            out.push_str(&aligned(&rows));
        }
        out
    }

    fn rows(&self) -> String {
        let mut text = format!("{} rows", self.fit.rows);
        if !self.table.dropped.is_empty() {
            let _ = write!(
                text,
                " ({} with missing values left out)",
                self.table.dropped.len()
            );
        }
        text
    }

    fn json(&self) -> String {
        let fit = self.fit;
        let named = |values: &[f64]| -> Value {
            let pairs = fit.parameters.iter().zip(values);
            let map: Map<String, Value> =
                pairs.map(|(s, x)| (s.to_string(), (*x).into())).collect();
            map.into()
        };
        let errors: Map<String, Value> = KINDS
            .iter()
            .map(|kind| {
                let errors = fit.standard_errors(*kind);
                (
                    kind.key().to_owned(),
                    errors.map_or(Value::Null, |e| named(&e)),
                )
            })
            .collect();
        let covariances: Map<String, Value> = KINDS
            .iter()
            .zip(&fit.covariances)
            .map(|(kind, matrix)| {
                let rows = matrix
                    .as_ref()
                    .filter(|m| m.size() <= 50)
                    .map(bartlett::symmetric::Symmetric::rows);
                (kind.key().to_owned(), rows.map_or(Value::Null, Value::from))
            })
            .collect();
        let intervals: Map<String, Value> = fit
            .parameters
            .iter()
            .zip(&fit.intervals)
            .map(|(s, (low, high))| (s.to_string(), json!([low, high])))
            .collect();
        let mut object = json!({
            "schema": 1,
            "model": self.model.text,
            "parameters": fit.parameters.iter().map(Symbol::to_string).collect::<Vec<_>>(),
            "estimates": named(&fit.estimates),
            "standard_errors": errors,
            "log_likelihood": fit.log_likelihood,
            "aic": fit.aic,
            "bic": fit.bic,
            "tic": fit.tic,
            "rows": self.table.rows(),
            "iterations": fit.iterations,
            "converged": fit.converged,
            "dropped_rows": self.table.dropped.len(),
            "level": fit.level,
            "intervals_by": fit.intervals_by.map(bartlett::fit::Kind::key),
            "confidence_intervals": intervals,
            "covariances": covariances,
            "information_matrix_test": fit.information_matrix_test.map(|test| json!({
                "statistic": test.statistic, "degrees": test.degrees, "p_value": test.p_value,
            })),
            "findings": fit.findings,
        });
        if self.written.is_some() {
            object["influential_rows"] = self
                .influential
                .iter()
                .map(|one| {
                    json!({
                        "row": self.table.number(one.row),
                        "distance": one.distance,
                        "left_out": named(&one.left_out),
                    })
                })
                .collect();
        }
        format!("{object}\n")
    }

    fn csv(&self) -> String {
        let mut out = String::from(
            "parameter,estimate,expected,observed,outer_product,sandwich,lower,upper\n",
        );
        for (symbol, numbers) in self.fit.parameters.iter().zip(self.numbers()) {
            out.push_str(&quoted(symbol.name()));
            for x in numbers {
                let _ = write!(out, ",{}", finite(x));
            }
            out.push('\n');
        }
        out
    }

    fn latex(&self) -> String {
        let mut out = String::from("\\begin{tabular}{lrrrrrrr}\n\\hline\n");
        let headings: Vec<String> = self
            .headings()
            .iter()
            .map(|h| h.replace('%', "\\%"))
            .collect();
        let _ = writeln!(out, "parameter & {} \\\\\n\\hline", headings.join(" & "));
        for (symbol, numbers) in self.fit.parameters.iter().zip(self.numbers()) {
            let cells: Vec<String> = numbers.iter().map(|x| mathematics(*x)).collect();
            let name = Expr::symbol(symbol.name()).latex();
            let _ = writeln!(out, "${name}$ & {} \\\\", cells.join(" & "));
        }
        let fit = self.fit;
        let _ = writeln!(
            out,
            "\\hline\n\\multicolumn{{8}}{{l}}{{$n = {}$, $\\ell = {}$, AIC ${}$, BIC ${}$, TIC {}}} \\\\\n\\hline\n\\end{{tabular}}",
            fit.rows,
            short(fit.log_likelihood),
            short(fit.aic),
            short(fit.bic),
            fit.tic
                .map_or_else(|| "--".to_owned(), |x| format!("${}$", short(x))),
        );
        out
    }

    fn markdown(&self) -> String {
        let mut out = format!("```text\n{}\n```\n\n", self.model.text.trim_end());
        let headings = self.headings();
        let _ = writeln!(out, "| parameter | {} |", headings.join(" | "));
        let _ = writeln!(out, "| --- |{}", " ---: |".repeat(headings.len()));
        for (symbol, numbers) in self.fit.parameters.iter().zip(self.numbers()) {
            let cells: Vec<String> = numbers.iter().map(|x| short(*x)).collect();
            let name = Expr::symbol(symbol.name()).latex();
            let _ = writeln!(out, "| ${name}$ | {} |", cells.join(" | "));
        }
        let fit = self.fit;
        let _ = writeln!(
            out,
            "\n{}; log-likelihood {}, AIC {}, BIC {}, TIC {}",
            self.rows(),
            short(fit.log_likelihood),
            short(fit.aic),
            short(fit.bic),
            fit.tic.map_or_else(|| "–".to_owned(), short)
        );
        for finding in &fit.findings {
            let _ = writeln!(out, "\n- {finding}");
        }
        out
    }

    fn python(&self) -> String {
        let fit = self.fit;
        let named = |values: &[f64]| {
            let pairs = fit.parameters.iter().zip(values);
            let entries: Vec<String> = pairs
                .map(|(s, x)| {
                    format!(
                        "Symbol({:?}): {}",
                        sympy_name(s.name()),
                        if x.is_finite() {
                            format!("{x:?}")
                        } else {
                            "None".to_owned()
                        }
                    )
                })
                .collect();
            format!("{{{}}}", entries.join(", "))
        };
        let mut out = String::from("from sympy import Symbol\n\n");
        let _ = writeln!(out, "estimates = {}", named(&fit.estimates));
        for kind in KINDS {
            if let Some(errors) = fit.standard_errors(kind) {
                let _ = writeln!(out, "standard_errors_{} = {}", kind.key(), named(&errors));
            }
        }
        let _ = writeln!(out, "log_likelihood = {:?}", fit.log_likelihood);
        out
    }
}

/// A field of a table in text: a number with all its digits, or nothing.
pub fn finite(x: f64) -> String {
    if x.is_finite() {
        x.to_string()
    } else {
        String::new()
    }
}

/// A field in quotation marks where it needs them.
pub fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn mathematics(x: f64) -> String {
    if !x.is_finite() {
        return "--".to_owned();
    }
    let text = short(x);
    match text.split_once('e') {
        Some((digits, exponent)) => format!("${digits} \\cdot 10^{{{exponent}}}$"),
        None => format!("${text}$"),
    }
}

/// Columns side by side, the first to the left and the others to the right.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |k: usize| {
        rows.iter()
            .filter_map(|r| r.get(k))
            .map(|c| c.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (k, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width - cell.chars().count());
            if k == 0 {
                line.push_str(&format!("{cell}{pad}"));
            } else {
                line.push_str(&format!("   {pad}{cell}"));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
