//! `bartlett emit`: derived quantities as code.
//! In: `EmitOptions`. Out: an exit status. Never: a spelling of a formula.

use super::point::{Point, partial_point};
use super::question;
use crate::answer::{Answer, Exit};
use crate::arguments::{EmitOptions, EmittedQuantity, Language, ModelInput, OutputFormat};
use crate::draw;
use bartlett::Model;
use bartlett::emission::{Emitted, has_rows, queries};
use bartlett::reading::{Part, Reading};
use bartlett::report::Report;
use bartlett_expr::print::program::{Lacking, Target, query, source};

/// Does it.
pub fn run(options: &EmitOptions) -> Exit {
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(Answer::not_understood)
    })
}

/// What is written where nothing was asked for by name.
fn asked(options: &EmitOptions) -> Vec<Emitted> {
    let usual = match options.to {
        Language::Sql => vec![Emitted::Score, Emitted::OuterProduct, Emitted::Hessian],
        _ => vec![Emitted::Score, Emitted::Hessian, Emitted::Fisher],
    };
    let found: Vec<Emitted> = options.what.iter().map(|what| emitted(*what)).collect();
    if found.is_empty() { usual } else { found }
}

fn emitted(what: EmittedQuantity) -> Emitted {
    match what {
        EmittedQuantity::LogDensity => Emitted::LogDensity,
        EmittedQuantity::Score => Emitted::Score,
        EmittedQuantity::Hessian => Emitted::Hessian,
        EmittedQuantity::OuterProduct => Emitted::OuterProduct,
        EmittedQuantity::Fisher => Emitted::Fisher,
        EmittedQuantity::Crb => Emitted::Crb,
        EmittedQuantity::Jeffreys => Emitted::Jeffreys,
        EmittedQuantity::Influence => Emitted::Influence,
        EmittedQuantity::NaturalGradient => Emitted::NaturalGradient,
    }
}

fn answer(options: &EmitOptions, model: &Model) -> Result<Answer, String> {
    let at = match &options.at {
        Some(text) => partial_point(text, model)?,
        None => Point::new(),
    };
    let is_sql = options.to == Language::Sql;
    if !is_sql
        && (options.at.is_some() || options.dialect.is_some() || options.table_name.is_some())
    {
        return Err(draw::message(
            "`--at`, `--dialect` and `--table-name` belong to `--to sql`",
            Some("in the other languages the parameters are arguments of the functions"),
        ));
    }
    if !options
        .prefix
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_')
        || options
            .prefix
            .starts_with(|c: char| !c.is_ascii_alphabetic())
    {
        return Err(draw::message(
            &format!("`--prefix {}` is no beginning of a name", options.prefix),
            Some("give letters, digits and underscores, a letter first"),
        ));
    }
    let report = bartlett::derive(model);
    let what = asked(options);
    if let Some(refused) = refusal(&report, &what, !options.what.is_empty(), &options.input) {
        return Ok(refused);
    }
    let mut comments: Vec<String> = model.text.lines().map(str::to_owned).collect();
    comments.push(format!("written by bartlett {}", env!("CARGO_PKG_VERSION")));
    let written = if is_sql {
        sql(options, &report, &what, &at, &comments)
    } else {
        code(options, &report, &what, &comments)
    };
    Ok(match written {
        Ok(page) => Answer::page(page),
        Err(lacking) => {
            Answer::refused(draw::message(&lacking.to_string(), help(&lacking, is_sql)))
        }
    })
}

/// What to do about it.
fn help(lacking: &Lacking, is_sql: bool) -> Option<&'static str> {
    match lacking {
        Lacking::Function { .. } if is_sql => Some(
            "another engine may have it: see `--dialect`; the table in docs/emit.md says which",
        ),
        Lacking::Function { .. } => {
            Some("another target may have it: see the table in docs/emit.md")
        }
        Lacking::Open { .. } => Some(
            "numpy, r, julia and mathematica integrate; `bartlett eval` gives its value at a point",
        ),
        _ => None,
    }
}

/// The answer where a quantity does not exist, or failed its check.
fn refusal(report: &Report, what: &[Emitted], by_name: bool, input: &ModelInput) -> Option<Answer> {
    let expectations = what.iter().any(|part| part.is_expectation());
    let part = if what.contains(&Emitted::Crb) {
        Part::Crb
    } else {
        Part::Fisher
    };
    let mut reading = Reading::parts(report, &[part], None);
    let failed = reading.checks.iter().any(|check| !check.ok);
    let is_missing = |part: &Emitted| part.routine(report, "").is_none();
    let missing = if by_name {
        what.iter().any(is_missing)
    } else {
        what.iter().all(is_missing)
    };
    let none = report.score.is_empty();
    if !none && !missing && !(expectations && (failed || reading.is_refused())) {
        return None;
    }
    if missing && !reading.is_refused() {
        let mut why = report.regularity.findings.clone();
        if has_rows(&report.model) {
            why.push("its rows are a table: give the model of one row, such as `y ~ Normal(a + b*t, s); known t`".to_owned());
        }
        reading = reading.refused("a quantity that was asked for cannot be written", why);
    }
    let mut answer = question::show(&reading, input);
    if input.format != OutputFormat::Json {
        answer.page.clear();
    }
    answer.exit = answer.exit.max(Exit::Refused);
    Some(answer)
}

fn code(
    options: &EmitOptions,
    report: &Report,
    what: &[Emitted],
    comments: &[String],
) -> Result<String, Lacking> {
    let target = Target::named(options.to.name())
        .unwrap_or_else(|| unreachable!("every language but SQL has a row"));
    let mut comments = comments.to_vec();
    let mut routines = Vec::new();
    let mut first = None;
    let found = what.iter();
    for routine in found.filter_map(|part| part.routine(report, &options.prefix)) {
        match source(target, &[], std::slice::from_ref(&routine)) {
            Ok(_) => routines.push(routine),
            // What was asked for by name must be there; of the usual quantities one may be missing.
            Err(lacking) if options.what.is_empty() => {
                comments.push(format!("not here: {}", without_formula(&lacking)));
                first.get_or_insert(lacking);
            }
            Err(lacking) => return Err(lacking),
        }
    }
    match first {
        Some(lacking) if routines.is_empty() => Err(lacking),
        _ => source(target, &comments, &routines),
    }
}

/// What is lacking, on a short line.
fn without_formula(lacking: &Lacking) -> String {
    match lacking {
        Lacking::Open {
            target,
            what,
            entry,
            ..
        } => format!("{entry} holds an open {what}, which {target} cannot evaluate"),
        other => other.to_string(),
    }
}

fn sql(
    options: &EmitOptions,
    report: &Report,
    what: &[Emitted],
    at: &Point,
    comments: &[String],
) -> Result<String, Lacking> {
    let dialect = options.dialect.unwrap_or_default().name();
    let table = options.table_name.as_deref().unwrap_or("data");
    let written: Result<Vec<String>, Lacking> = queries(report, what, table, at, comments)
        .iter()
        .filter_map(|asked| query(dialect, asked))
        .collect();
    Ok(written?.join("\n"))
}
