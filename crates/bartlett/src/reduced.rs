//! The information left when only a cell of the data is observed: grouping and rounding.
//! In: a `Report` of one datum, cuts or a width. Out: `Reading` with what is left and what is lost. Never: more information than the data have.

use crate::check::{Sampler, point_in_words};
use crate::closing::shown;
use crate::expect::{Pieces, prepared};
use crate::model::{Datum, Density};
use crate::order::eigenvalues;
use crate::quantity::{Quantity, Value};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use crate::verify::{self, Claim};
use bartlett_expr::{Binder, Domain, End, Expr, Facts, Number, Relation, Symbol, Truth};

/// How the datum is reduced.
#[derive(Debug, Clone)]
pub enum Reduction {
    /// To the cell between these cuts, in rising order.
    Cuts(Vec<Expr>),
    /// To the nearest multiple of this width.
    Width(Expr),
}

/// Σ over cells of ∂P ∂Pᵀ/P, against the information of the datum itself.
///
/// Source: Kulldorff (1961); Lehmann & Casella (1998), ch. 2 §5 (a statistic has at most the information of the data).
///
/// # Errors
/// Words: a closed form that the numbers contradict.
pub fn reduced(report: &Report, reduction: &Reduction) -> Result<Reading, String> {
    let mut reading = Reading::of(report);
    let Some(fisher) = &report.fisher else {
        return Ok(reading);
    };
    let refuse = |reading: Reading, why: &str| {
        Ok(reading.refused("the datum cannot be reduced so", vec![why.to_owned()]))
    };
    let [only] = &report.completed.observations[..] else {
        return refuse(
            reading,
            "the model has several observations; reduce them one at a time",
        );
    };
    if only.rows.is_some() {
        return refuse(
            reading,
            "it is not supported yet for rows whose number is a symbol",
        );
    }
    let Some(datum) = only.density.single() else {
        return refuse(reading, "the model has several data, or an atom");
    };
    let mut facts = report.model.facts.clone();
    let work = Work {
        density: &only.density,
        datum,
        parameters: &report.model.parameters,
    };
    let p = work.parameters.len();
    let found = match reduction {
        Reduction::Cuts(cuts) => {
            for pair in cuts.windows(2) {
                if facts.is_positive(&(&pair[1] - &pair[0])) == Truth::Unknown {
                    facts.assume_positive(&pair[1] - &pair[0]);
                }
            }
            let cells = match cells(&facts, datum, cuts) {
                Ok(cells) => cells,
                Err(why) => return refuse(reading, &why),
            };
            work.by_cells(&facts, &cells, report, &mut reading)?
        }
        Reduction::Width(width) => match work.by_width(&facts, width) {
            Ok(found) => found,
            Err(why) => return refuse(reading, &why),
        },
    };
    let lost: Vec<Vec<Expr>> = (0..p)
        .map(|i| {
            (0..p)
                .map(|j| {
                    let difference = &fisher.matrix[i][j] - &found.matrix[i][j];
                    if found.status == Closure::Closed {
                        shown(&facts, &difference)
                    } else {
                        difference
                    }
                })
                .collect()
        })
        .collect();
    never_more(report, &lost)?;
    let matrix = |key, title: &str, latex: &str, definition: &str, rows, status| Quantity {
        definition: definition.to_owned(),
        status,
        ..Quantity::closed(key, title, latex, Value::Matrix(rows))
    };
    reading.quantities.push(matrix(
        "fisher",
        "Fisher information of the reduced datum",
        "\\mathcal{I}_T",
        "Σ over cells of ∂P ∂Pᵀ/P, P the probability of a cell",
        found.matrix,
        found.status,
    ));
    reading.quantities.push(matrix(
        "fisher_full",
        "Fisher information of the datum",
        "\\mathcal{I}",
        "",
        fisher.matrix.clone(),
        fisher.status,
    ));
    reading.quantities.push(matrix(
        "lost",
        "information lost",
        "\\mathcal{I} - \\mathcal{I}_T",
        "never negative: a statistic has at most the information of the data",
        lost,
        found.status,
    ));
    reading.facts = facts;
    Ok(reading)
}

struct Work<'a> {
    density: &'a Density,
    datum: &'a Datum,
    parameters: &'a [Symbol],
}

struct Found {
    matrix: Vec<Vec<Expr>>,
    status: Closure,
}

/// The parts of the support between cuts.
fn cells(facts: &Facts, datum: &Datum, cuts: &[Expr]) -> Result<Vec<Domain>, String> {
    let x = &datum.symbol;
    let support = &datum.support;
    for cut in cuts {
        if cut.contains(x) {
            return Err(format!("the cut {} holds the datum", cut.text()));
        }
        let outside = facts.is_positive(&(&support.lower.value - cut)) == Truth::Yes
            || facts.is_positive(&(cut - &support.upper.value)) == Truth::Yes;
        if outside {
            return Err(format!("the cut {} is outside of the support", cut.text()));
        }
    }
    for pair in cuts.windows(2) {
        if facts.is_positive(&(&pair[1] - &pair[0])) == Truth::No {
            return Err("the cuts do not rise".to_owned());
        }
    }
    let discrete = support.is_discrete();
    if discrete && !cuts.iter().all(|cut| facts.is_integer(cut)) {
        return Err(
            "the datum is a whole number: give whole numbers as cuts (a cell ends with its cut)"
                .to_owned(),
        );
    }
    if let (Some(step), true) = (
        &support.step,
        !support.lower.value.value_at(&[]).is_infinite(),
    ) {
        let place = |cut: &Expr| {
            let count = (cut - &support.lower.value) / Expr::number(step.clone());
            facts.is_integer(&bartlett_expr::normal::cancelled(&count))
        };
        if let Some(cut) = cuts.iter().find(|cut| !place(cut)) {
            return Err(format!(
                "the datum does not take the value {}: a cell ends with its cut",
                cut.text()
            ));
        }
    }
    let end = |value: Expr, closed: bool| End { value, closed };
    let mut lower = support.lower.clone();
    let mut found = Vec::new();
    for cut in cuts {
        found.push(Domain {
            lower: lower.clone(),
            upper: end(cut.clone(), discrete),
            step: support.step.clone(),
        });
        lower = end(
            match &support.step {
                Some(step) => cut + Expr::number(step.clone()),
                None => cut.clone(),
            },
            discrete,
        );
    }
    found.push(Domain {
        lower,
        upper: support.upper.clone(),
        step: support.step.clone(),
    });
    Ok(found)
}

impl Work<'_> {
    /// The probability of a part of the support: as the difference of two that begin at its lower end where those close.
    fn probability(&self, facts: &Facts, part: &Domain) -> (Expr, bool) {
        if let Some(mass) = self.closed(facts, part) {
            return (mass, true);
        }
        let support = &self.datum.support;
        let below = |upper: &End| {
            let part = Domain {
                lower: support.lower.clone(),
                upper: upper.clone(),
                step: support.step.clone(),
            };
            if part.upper == support.upper {
                return Some(Expr::one());
            }
            self.closed(facts, &part)
        };
        let before = match &part.step {
            _ if part.lower == support.lower => Some(Expr::zero()),
            Some(step) => below(&End {
                value: &part.lower.value - Expr::number(step.clone()),
                closed: true,
            }),
            None => below(&part.lower),
        };
        if let (Some(whole), Some(before)) = (below(&part.upper), before) {
            return (whole - before, true);
        }
        (self.explicit(part), false)
    }

    /// The probability of a part as an integral or a sum.
    fn explicit(&self, part: &Domain) -> Expr {
        let x = self.datum.symbol.clone();
        let binder = if part.is_discrete() {
            Binder::Sum
        } else {
            Binder::Integral
        };
        let body = self.density.log_density.exp();
        let (lower, upper) = (part.lower.value.clone(), part.upper.value.clone());
        Expr::bound(binder, x, lower, upper, body)
    }

    /// The probability of a part with its slopes, and whether it closes: as an integral where the closed form has no derivative.
    fn with_slopes(&self, facts: &Facts, part: &Domain) -> Result<(Expr, Vec<Expr>, bool), String> {
        let (mass, closed) = self.probability(facts, part);
        let mass = if closed { shown(facts, &mass) } else { mass };
        if let Ok(slopes) = mass.gradient(self.parameters) {
            return Ok((mass, slopes, closed));
        }
        let mass = self.explicit(part);
        let slopes = mass.gradient(self.parameters).map_err(|e| e.to_string())?;
        Ok((mass, slopes, false))
    }

    /// The probability of a part of the support, if it closes.
    fn closed(&self, facts: &Facts, part: &Domain) -> Option<Expr> {
        let x = &self.datum.symbol;
        let mut facts = facts.clone();
        facts.declare(x.clone(), part.clone());
        let log_density = prepared(&facts, &self.density.log_density);
        if let Some(pieces) = Pieces::first(&facts, x, part, &log_density, Pieces::knows_its_mass)
            && !pieces.mass.contains(x)
        {
            return Some(pieces.mass);
        }
        match (part.lower.value.as_integer(), part.upper.value.as_integer()) {
            (Some(a), Some(b)) if part.step == Some(Number::ONE) && b - a < 64 => {
                let at = |k: i64| self.density.log_density.replace(x, &Expr::integer(k)).exp();
                Some(Expr::sum((a..=b).map(at)))
            }
            _ => None,
        }
    }

    fn by_cells(
        &self,
        facts: &Facts,
        cells: &[Domain],
        report: &Report,
        reading: &mut Reading,
    ) -> Result<Found, String> {
        let p = self.parameters.len();
        let mut sum = vec![vec![Vec::new(); p]; p];
        let mut closed = true;
        for cell in cells {
            let (mass, slopes, own) = self.with_slopes(facts, cell)?;
            closed &= own;
            if own {
                let x = Expr::symbol(self.datum.symbol.name());
                let inside = |end: &End, low: &Expr, high: &Expr| {
                    let relation = if end.closed {
                        Relation::LessEqual
                    } else {
                        Relation::Less
                    };
                    Expr::compare(relation, low.clone(), high.clone())
                };
                let within = Expr::all([
                    inside(&cell.lower, &cell.lower.value, &x),
                    inside(&cell.upper, &x, &cell.upper.value),
                ]);
                let claim = Claim {
                    what: "probability of a cell",
                    value: &mass,
                    means: vec![(self.density, Expr::cases(within, Expr::one(), Expr::zero()))],
                };
                let mut judged = report.completed.clone();
                judged.facts.clone_from(facts);
                reading.checks.extend(verify::means(&judged, &[claim])?);
            }
            for (i, row) in sum.iter_mut().enumerate() {
                for (j, entry) in row.iter_mut().enumerate() {
                    entry.push(&slopes[i] * &slopes[j] / &mass);
                }
            }
        }
        let matrix = sum
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .map(|terms| {
                        let value = Expr::sum(terms);
                        if closed { shown(facts, &value) } else { value }
                    })
                    .collect()
            })
            .collect();
        let status = if closed {
            Closure::Closed
        } else {
            Closure::Numeric
        };
        Ok(Found { matrix, status })
    }

    /// Cells ((k − ½)h, (k + ½)h) over the support, as an explicit sum.
    fn by_width(&self, facts: &Facts, width: &Expr) -> Result<Found, String> {
        let support = &self.datum.support;
        if support.is_discrete() {
            return Err("the datum is a whole number already".to_owned());
        }
        if facts.is_positive(width) != Truth::Yes {
            return Err(format!("the width {} must be above 0", width.text()));
        }
        let infinite = |e: &Expr| !e.may_vary() && e.value_at(&[]).is_infinite();
        let whole_line = infinite(&support.lower.value);
        if !infinite(&support.upper.value) || !(whole_line || support.lower.value.is_zero()) {
            return Err("rounding is for data on the whole line or above 0".to_owned());
        }
        let index = Symbol::new("k");
        if self.parameters.contains(&index)
            || width.contains(&index)
            || self.density.log_density.contains(&index)
        {
            return Err("the name k is needed for the index of the cells".to_owned());
        }
        let k = Expr::symbol("k");
        let mut facts = facts.clone();
        let first = if whole_line {
            -Expr::infinity()
        } else {
            Expr::one()
        };
        facts.declare(
            index.clone(),
            Domain::integers(first.clone(), Expr::infinity(), Number::ONE),
        );
        let half = Expr::ratio(1, 2);
        let part = Domain::interval((&k - &half) * width, false, (&k + &half) * width, false);
        let (mass, slopes, _) = self.with_slopes(&facts, &part)?;
        let p = self.parameters.len();
        let near = if whole_line {
            None
        } else {
            let part = Domain::interval(Expr::zero(), false, &half * width, false);
            let (mass, slopes, _) = self.with_slopes(&facts, &part)?;
            Some((mass, slopes))
        };
        let matrix = (0..p)
            .map(|i| {
                (0..p)
                    .map(|j| {
                        let body = &slopes[i] * &slopes[j] / &mass;
                        let sum = Expr::bound(
                            Binder::Sum,
                            index.clone(),
                            first.clone(),
                            Expr::infinity(),
                            body,
                        );
                        match &near {
                            None => sum,
                            Some((mass, slopes)) => sum + &slopes[i] * &slopes[j] / mass,
                        }
                    })
                    .collect()
            })
            .collect();
        Ok(Found {
            matrix,
            status: Closure::Numeric,
        })
    }
}

/// What is lost must be positive semidefinite at sampled points.
fn never_more(report: &Report, lost: &[Vec<Expr>]) -> Result<(), String> {
    let mut sampler = Sampler::new(&report.completed, 0x105E);
    for _ in 0..3 {
        let Some(point) = sampler.point() else { break };
        let values: Vec<Vec<f64>> = lost
            .iter()
            .map(|row| row.iter().map(|e| e.value_at(&point)).collect())
            .collect();
        let full = report.fisher.as_ref().map_or(1.0, |fisher| {
            fisher
                .matrix
                .iter()
                .enumerate()
                .map(|(i, row)| row[i].value_at(&point).abs())
                .fold(0.0, f64::max)
        });
        if let Some(found) = eigenvalues(values)
            && found.iter().any(|v| *v < -1e-6 * full)
        {
            return Err(format!(
                "internal error, please report: at {} the reduced datum has more information than the datum",
                point_in_words(&point)
            ));
        }
    }
    Ok(())
}
