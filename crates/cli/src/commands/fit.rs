//! `bartlett fit`: maximum likelihood on the rows of a table.
//! In: `FitOptions`. Out: an exit status, with `--influence` a file that is whole or not there. Never: mathematics.

use super::given::given;
use super::question;
use crate::answer::{Answer, Exit};
use crate::arguments::FitOptions;
use crate::draw;
use crate::formats::{self, Fitted};
use crate::table::{self, Mistake, Request, Table};
use bartlett::fit::{Fit, Influence, Inputs, LossAt, Options, Plan, Trouble, Watched};
use bartlett::{Model, Symbol};
use std::io::Write;
use std::path::Path;

/// Does it.
pub fn run(options: &FitOptions) -> Exit {
    let twice = options.data == Path::new("-")
        && (options.input.model.as_deref() == Some("-")
            || options.input.file.as_deref() == Some(Path::new("-")));
    if twice {
        let problem = draw::message(
            "the model and the data cannot both come from standard input",
            Some("give the model as text or with -f"),
        );
        return Answer::not_understood(problem).print();
    }
    if !(options.level > 0.0 && options.level < 1.0) {
        let problem = draw::message("`--level` must lie between 0 and 1", Some("such as 0.95"));
        return Answer::not_understood(problem).print();
    }
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(|refusal| refusal)
    })
}

fn answer(options: &FitOptions, model: &Model) -> Result<Answer, Answer> {
    let parameters: Vec<&Symbol> = model.parameters.iter().collect();
    let start = options.start.as_deref().map_or(Ok(Vec::new()), |text| {
        given("--start", text, &parameters).map_err(Answer::not_understood)
    })?;
    let plan = Plan::new(model).map_err(|trouble| refused(options, model, trouble))?;
    let watched = options
        .test_row
        .as_deref()
        .map(|text| test_row(text, &plan))
        .transpose()?;
    let names: Vec<Symbol> = (options.inputs.iter())
        .map(|name| named(name, &plan))
        .collect();
    let inputs = (!names.is_empty())
        .then(|| plan.inputs(&names))
        .transpose()
        .map_err(|refusal| refused(options, model, Trouble::Refused(refusal)))?;
    let table = table::read(
        &options.data,
        &Request {
            names: plan.columns(),
            drop_missing: options.drop_missing,
            misfit: &|columns| plan.misfit(columns),
        },
    )
    .map_err(mistaken)?;
    let asked = Options {
        start,
        level: options.level,
    };
    let fit = plan
        .fit(&table, &asked)
        .map_err(|trouble| refused(options, model, trouble))?;
    let influential = match &options.influence {
        Some(path) => {
            let watched = Watched {
                loss: watched.as_ref(),
                inputs: inputs.as_ref(),
            };
            influence(&plan, &fit, &table, watched, path)
                .map_err(|trouble| refused(options, model, trouble))?
        }
        None => Vec::new(),
    };
    let fitted = Fitted {
        model,
        fit: &fit,
        table: &table,
        influential: &influential,
        written: options.influence.as_deref(),
    };
    let answer = Answer::page(formats::fit(&fitted, options.input.format));
    if fit.converged {
        return Ok(answer);
    }
    Ok(answer.and(
        &draw::refusal("the fit did not converge", &fit.findings),
        Exit::Refused,
    ))
}

fn mistaken(mistake: Mistake) -> Answer {
    Answer::refused(draw::message(&mistake.what, mistake.mend.as_deref()))
}

fn refused(options: &FitOptions, model: &Model, trouble: Trouble) -> Answer {
    match trouble {
        Trouble::Rows(what) => Answer::refused(draw::message(&what, None)),
        Trouble::Refused(refusal) => {
            let page = formats::not_fitted(&model.text, &refusal.why, options.input.format);
            Answer::page(page).and(&draw::refusal(&refusal.what, &refusal.why), Exit::Refused)
        }
    }
}

fn test_row(text: &str, plan: &Plan) -> Result<LossAt, Answer> {
    let columns: Vec<&Symbol> = plan.columns().iter().collect();
    let point = given("--test-row", text, &columns).map_err(Answer::not_understood)?;
    let mut values = Vec::new();
    for column in columns {
        match point.iter().find(|(name, _)| name == column) {
            Some((_, value)) => values.push(*value),
            None => {
                return Err(Answer::not_understood(draw::message(
                    &format!("`--test-row` leaves out `{column}`"),
                    Some(&format!("add {column}=…")),
                )));
            }
        }
    }
    let columns: Vec<&[f64]> = values.iter().map(std::slice::from_ref).collect();
    if let Some(misfit) = plan.misfit(&columns) {
        return Err(Answer::refused(draw::message(
            &format!("`--test-row` is outside the support: {}", misfit.support),
            None,
        )));
    }
    Ok(LossAt(values))
}

/// A column as a person names it: `x1` for `x[1]`, `mu` for μ.
fn named(text: &str, plan: &Plan) -> Symbol {
    let text = text.trim();
    (plan.columns().iter())
        .find(|symbol| table::spells(text, symbol))
        .cloned()
        .unwrap_or_else(|| Symbol::new(text))
}

/// Rows that are shown on the page.
const SHOWN: usize = 5;

/// Writes the influence of each row; gives those that move the estimate most.
fn influence(
    plan: &Plan,
    fit: &Fit,
    table: &Table,
    watched: Watched<'_>,
    path: &Path,
) -> Result<Vec<Influence>, Trouble> {
    let cannot = |error: std::io::Error| {
        Trouble::Rows(format!("`{}` cannot be written: {error}", path.display()))
    };
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // another name until it is whole
    let mut file = tempfile::NamedTempFile::new_in(directory).map_err(cannot)?;
    let mut out = std::io::BufWriter::with_capacity(1 << 18, file.as_file_mut());
    let names: Vec<String> = fit.parameters.iter().map(Symbol::to_string).collect();
    let mut header = vec!["row".to_owned()];
    // of very many parameters only the loss is followed
    let names = if fit.observed.is_some() {
        &names[..]
    } else {
        &[]
    };
    header.extend(names.iter().map(|name| format!("influence_{name}")));
    header.extend(names.iter().map(|name| format!("left_out_{name}")));
    header.push("distance".to_owned());
    header.extend(watched.loss.map(|_| "loss".to_owned()));
    for input in watched.inputs.map_or(&[][..], Inputs::names) {
        header.extend(names.iter().map(|name| format!("change_{name}_by_{input}")));
        header.extend(watched.loss.map(|_| format!("loss_by_{input}")));
    }
    let header: Vec<String> = header.iter().map(|name| formats::quoted(name)).collect();
    writeln!(out, "{}", header.join(",")).map_err(cannot)?;
    let mut top: Vec<Influence> = Vec::new();
    plan.influence(fit, table, watched, &mut |one| {
        let mut line = table.number(one.row).to_string();
        let numbers = one
            .influence
            .iter()
            .chain(&one.left_out)
            .chain([&one.distance]);
        let by_input = (one.by_input.iter()).flat_map(|m| m.estimates.iter().chain(m.loss.iter()));
        for x in numbers.chain(one.loss.iter()).chain(by_input) {
            line.push(',');
            line.push_str(&x.to_string());
        }
        line.push('\n');
        out.write_all(line.as_bytes())
            .map_err(|error| error.to_string())?;
        let least = top.last().map_or(f64::NEG_INFINITY, |last| last.distance);
        if top.len() < SHOWN || one.distance > least {
            top.push(one);
            top.sort_by(|a, b| b.distance.total_cmp(&a.distance));
            top.truncate(SHOWN);
        }
        Ok(())
    })?;
    out.flush().map_err(cannot)?;
    drop(out);
    readable(&file).map_err(cannot)?;
    file.persist(path).map_err(|error| cannot(error.error))?;
    Ok(top)
}

/// A temporary file is private; this one is an answer.
#[cfg(unix)]
fn readable(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file()
        .set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
