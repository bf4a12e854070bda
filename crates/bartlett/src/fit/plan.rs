//! A model made ready for data: derived once, compiled once.
//! In: a `Model` of one row. Out: `Plan`, and from it `Fit`s. Never: a column that the model does not name.

use super::assess::{Assessed, expected_by_number};
use super::coordinates::Coordinates;
use super::predictor::{self, Reduced};
use super::program::{Program, Want};
use super::rows::{Columns, Rows, spread};
use super::scoring::{Outcome, climb};
use super::support::{Misfit, Supports};
use super::{Fit, Options, Trouble, large, start};
use crate::check::point_in_words;
use crate::information::Shape;
use crate::model::Model;
use crate::reading::Refusal;
use crate::report::Closure;
use bartlett_expr::{Expr, Symbol};
use std::collections::BTreeSet;

/// Rows of which a start is found, and rows of which a longer table is fitted first.
const START_ROWS: usize = 400;
const FIRST_ROWS: usize = 60_000;
/// Numbers that such a part of the table may hold.
const FIRST_NUMBERS: usize = 3_000_000;

/// A model that is ready for data.
pub struct Plan {
    pub(super) model: Model,
    /// The model in its core symbols, with densities of mass 1.
    pub(super) core: Model,
    pub(super) reduced: Reduced,
    pub(super) program: Program,
    pub(super) coordinates: Coordinates,
    columns: Vec<Symbol>,
    data: usize,
    kinked: bool,
    supports: Supports,
}

fn refused(what: &str, why: Vec<String>) -> Trouble {
    Trouble::Refused(Refusal {
        what: what.to_owned(),
        why,
    })
}

impl Plan {
    /// Derives and compiles.
    ///
    /// # Errors
    /// Where the model has no likelihood that can be climbed: no density, an end that moves where the density does not vanish, an integer parameter.
    pub fn new(model: &Model) -> Result<Self, Trouble> {
        let parameters = &model.parameters;
        if parameters.is_empty() {
            return Err(refused(
                "nothing is to be estimated",
                vec!["the model has no parameters".to_owned()],
            ));
        }
        if model.observations.iter().any(|o| o.rows.is_some()) {
            return Err(refused(
                "the model of one row is wanted",
                vec!["leave out `for i in 1..n` and the index: the rows of the table are the repetition".to_owned()],
            ));
        }
        let mut data: Vec<Symbol> = Vec::new();
        for datum in model.data() {
            if !data.contains(&datum.symbol) {
                data.push(datum.symbol.clone());
            }
        }
        let guards = guards(model, &data);
        let mut kept: BTreeSet<Symbol> = guards.iter().flat_map(Expr::free_symbols).collect();
        for datum in model.data() {
            kept.extend(datum.support.lower.value.free_symbols());
            kept.extend(datum.support.upper.value.free_symbols());
            kept.extend(datum.atoms.iter().flat_map(Expr::free_symbols));
        }
        kept.extend(model.integer_parameters.iter().map(|(s, _)| s.clone()));
        let typed: Vec<Expr> = model
            .observations
            .iter()
            .map(|o| o.density.log_density.clone())
            .collect();
        let mut reduced = predictor::reduced(&typed, parameters, &kept, &data, &model.facts);
        let core = core_model(model, &reduced);
        let report = crate::derive(&core);
        let Some(fisher) = &report.fisher else {
            return Err(refused(
                "this model cannot be fitted",
                report.regularity.findings.clone(),
            ));
        };
        reduced.log_densities = report
            .completed
            .observations
            .iter()
            .map(|o| o.density.log_density.clone())
            .collect();
        let mut used: BTreeSet<Symbol> = kept;
        used.extend(reduced.log_densities.iter().flat_map(Expr::free_symbols));
        used.extend(reduced.enters.iter().flat_map(|(_, e)| e.free_symbols()));
        let mut columns = data.clone();
        columns.extend(model.known.iter().filter(|s| used.contains(s)).cloned());
        let closed = fisher.status == Closure::Closed;
        let program = Program::new(
            &reduced,
            &columns,
            &guards,
            closed.then_some(&fisher.matrix[..]),
        )
        .map_err(|error| refused("this model cannot be fitted", vec![error.to_string()]))?;
        let kinked = report
            .completed
            .observations
            .iter()
            .any(|o| Shape::of(&o.density, &core.parameters).kinked);
        Ok(Self {
            coordinates: Coordinates::of(model),
            supports: Supports::of(model, &columns),
            model: model.clone(),
            core: report.completed,
            reduced,
            program,
            data: data.len(),
            columns,
            kinked,
        })
    }

    /// The columns that rows must have, in order: the data, then covariates.
    #[must_use]
    pub fn columns(&self) -> &[Symbol] {
        &self.columns
    }
    /// How many of the columns are data.
    #[must_use]
    pub fn data(&self) -> usize {
        self.data
    }
    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The first number that lies outside its support, as far as that does not depend on parameters.
    #[must_use]
    pub fn misfit(&self, columns: &[&[f64]]) -> Option<Misfit> {
        self.supports.misfit(columns)
    }

    /// Fits.
    ///
    /// # Errors
    /// Where rows cannot be read, there are none, or no start is found.
    pub fn fit(&self, rows: &dyn Rows, options: &Options) -> Result<Fit, Trouble> {
        let p = self.program.parameters;
        let count = rows.rows();
        if count == 0 {
            return Err(refused(
                "there is nothing to fit",
                vec!["the data have no rows".to_owned()],
            ));
        }
        let given: Vec<Option<f64>> = self
            .model
            .parameters
            .iter()
            .map(|s| {
                options
                    .start
                    .iter()
                    .find(|(name, _)| name == s)
                    .map(|(_, x)| *x)
            })
            .collect();
        let most = (FIRST_NUMBERS / rows.columns().max(1)).max(1);
        let few = (START_ROWS * 40 / p.max(40))
            .clamp(60, START_ROWS)
            .min(most);
        let sample = spread(rows, few).map_err(Trouble::Rows)?;
        let begin = self.begin(rows, &sample, &given)?;
        if p > large::MANY {
            return large::fit(
                &self.program,
                &self.coordinates,
                &self.model.parameters,
                rows,
                &begin,
                options,
            );
        }
        let begin =
            if count > 4 * FIRST_ROWS as u64 && FIRST_ROWS <= most && options.start.is_empty() {
                let part = spread(rows, FIRST_ROWS).map_err(Trouble::Rows)?;
                let first = climb(&self.program, &self.coordinates, &part, &begin, self.kinked)
                    .map_err(Trouble::Rows)?;
                let whole = self
                    .program
                    .totals(rows, &first.theta, Want::Value)
                    .map_err(Trouble::Rows)?;
                if whole.log_likelihood.is_finite() {
                    first.theta
                } else {
                    begin
                }
            } else {
                begin
            };
        let path = climb(&self.program, &self.coordinates, rows, &begin, self.kinked)
            .map_err(Trouble::Rows)?;
        let mut findings = Vec::new();
        if self.kinked {
            findings.push("the log-density has a kink: −H does not measure its curvature there, so that observed and sandwich errors may mean nothing".to_owned());
        }
        let mut converged = matches!(path.outcome, Outcome::Converged | Outcome::Kink);
        match path.outcome {
            Outcome::Converged | Outcome::Kink => {}
            Outcome::RunsAway => findings.push(
                "the likelihood has no maximum here: it rises while parameters run away (in a regression, a combination of covariates may separate the outcomes)".to_owned(),
            ),
            Outcome::Stalled => findings.push(
                "no step raises the likelihood, but the score is not 0: not converged".to_owned(),
            ),
            Outcome::TooManySteps => findings.push("not converged after the largest number of steps".to_owned()),
        }
        let metric = if path.totals.expected.is_finite() {
            &path.totals.expected
        } else {
            &path.totals.outer
        };
        for (symbol, end) in self
            .coordinates
            .at_an_end(&path.theta, &self.model.parameters, metric)
        {
            converged = false;
            let runs = if end.is_finite() {
                format!("runs to the end {end} of its domain")
            } else {
                "grows without bound".to_owned()
            };
            findings.push(format!(
                "{symbol} {runs}: standard errors mean nothing there"
            ));
        }
        let mut totals = path.totals;
        if !totals.expected.is_finite()
            && let Some(found) =
                expected_by_number(self, rows, &path.theta).map_err(Trouble::Rows)?
        {
            totals.expected = found;
        }
        if !totals.expected.is_finite() {
            findings.push("the expected information has no closed form, and too many different rows for integrals by number: it is left out".to_owned());
        }
        let assessed = Assessed {
            plan: self,
            rows,
            theta: &path.theta,
            totals: &totals,
            level: options.level,
        };
        let mut fit = assessed.fit().map_err(Trouble::Rows)?;
        fit.iterations = path.iterations;
        if path.outcome == Outcome::Converged
            && totals.hessian.scaled(-1.0).factor().is_err()
            && !self.kinked
        {
            converged = false;
            findings.push(self.singular(&totals.hessian.scaled(-1.0)));
        }
        fit.converged = converged;
        findings.append(&mut fit.findings);
        fit.findings = findings;
        Ok(fit)
    }

    /// A start inside the domains where the likelihood is finite.
    fn begin(
        &self,
        rows: &dyn Rows,
        sample: &Columns,
        given: &[Option<f64>],
    ) -> Result<Vec<f64>, Trouble> {
        let names = &self.model.parameters;
        let whole = |theta: &[f64]| {
            self.program
                .totals(rows, theta, Want::Score)
                .map_err(Trouble::Rows)
        };
        let found = start::start(&self.program, &self.coordinates, self.data, sample, given);
        let found = match found {
            Some(theta) if whole(&theta)?.log_likelihood.is_finite() => Some(theta),
            // what is possible for a few rows may be impossible for all of them
            Some(theta) if rows.rows() > sample.rows() => {
                let bad = whole(&theta)?.impossible;
                self.widened(rows, sample, given, bad)?
            }
            _ => None,
        };
        found.ok_or_else(|| {
            let mend = "give a point where it is, such as --start '";
            let all: Vec<String> = names.iter().map(|s| format!("{s} = …")).collect();
            refused(
                "no start was found where every row has a positive density",
                vec![format!("{mend}{}'", all.join("; "))],
            )
        })
    }

    /// Searches again with the rows that made the first start impossible.
    fn widened(
        &self,
        rows: &dyn Rows,
        sample: &Columns,
        given: &[Option<f64>],
        mut bad: Option<u64>,
    ) -> Result<Option<Vec<f64>>, Trouble> {
        let mut sample = sample.clone();
        let mut buffer = Vec::new();
        for _ in 0..12 {
            let Some(row) = bad else { break };
            let columns = rows.read(row, 1, &mut buffer).map_err(Trouble::Rows)?;
            for (out, column) in sample.0.iter_mut().zip(columns) {
                out.push(column[0]);
            }
            let Some(theta) =
                start::start(&self.program, &self.coordinates, self.data, &sample, given)
            else {
                return Ok(None);
            };
            let totals = self
                .program
                .totals(rows, &theta, Want::Score)
                .map_err(Trouble::Rows)?;
            if totals.log_likelihood.is_finite() {
                return Ok(Some(theta));
            }
            bad = totals.impossible;
        }
        Ok(None)
    }

    fn singular(&self, information: &crate::symmetric::Symmetric) -> String {
        let independent = crate::symmetric::independent(information);
        let names: Vec<String> = (0..information.size())
            .filter(|i| !independent.contains(i))
            .map(|i| self.model.parameters[i].to_string())
            .collect();
        if names.is_empty() {
            return "the point is no maximum: −H is not positive definite".to_owned();
        }
        format!(
            "these data do not identify all parameters: {} cannot be told from the others (a covariate may be a combination of others)",
            names.join(", ")
        )
    }

    /// A point in words.
    #[must_use]
    pub fn words(&self, theta: &[f64]) -> String {
        let point: Vec<(Symbol, f64)> = self
            .model
            .parameters
            .iter()
            .cloned()
            .zip(theta.iter().copied())
            .collect();
        point_in_words(&point)
    }
}

/// What must not be below 0 in any row: the distance from ends that move, relations between data and parameters.
fn guards(model: &Model, data: &[Symbol]) -> Vec<Expr> {
    let mut out: Vec<Expr> = Vec::new();
    let mut add = |e: Expr| {
        if e.contains_any(&model.parameters) && !out.contains(&e) {
            out.push(e);
        }
    };
    for datum in model.data() {
        let name = Expr::symbol(datum.symbol.name());
        if datum.atoms.is_empty() {
            for e in [
                &name - &datum.support.lower.value,
                &datum.support.upper.value - &name,
            ] {
                add(e);
            }
        }
    }
    for fact in model
        .facts
        .positives()
        .iter()
        .chain(model.facts.nonnegatives())
    {
        if fact.contains_any(data) {
            add(fact.clone());
        }
    }
    out
}

/// The model in its core symbols.
fn core_model(model: &Model, reduced: &Reduced) -> Model {
    let mut core = model.clone();
    if !reduced.core.iter().any(|c| c.predictor) {
        return core;
    }
    core.parameters = reduced.core.iter().map(|c| c.symbol.clone()).collect();
    for (observation, log_density) in core.observations.iter_mut().zip(&reduced.log_densities) {
        if observation.density.log_density != *log_density {
            observation.density.log_density = log_density.clone();
            observation.density.typed = None;
            observation.law = None;
        }
    }
    let mut used: BTreeSet<Symbol> = reduced
        .log_densities
        .iter()
        .flat_map(Expr::free_symbols)
        .collect();
    for datum in model.data() {
        used.extend(datum.support.lower.value.free_symbols());
        used.extend(datum.support.upper.value.free_symbols());
        used.extend(datum.atoms.iter().flat_map(Expr::free_symbols));
    }
    core.known.retain(|s| used.contains(s));
    core
}
