//! The Cramér–Rao bound for functions of the parameters, biased or not, also where the information is singular.
//! In: a `Report`, functions of the parameters. Out: a `Reading`. Never: a bound for what is not estimable.

mod attain;
mod estimator;
mod inverse;
mod nuisance;

pub use inverse::inverse;
pub use nuisance::unknown_instead;

use crate::agreement::{Claim, agree, is_open, matrix_at, values_at};
use crate::numeric;
use crate::quantity::{Label, Quantity, Value};
use crate::reading::Reading;
use crate::report::{Closure, Report};
use bartlett_expr::{Expr, Facts, Matrix, Symbol, normal, operations, present};

/// What a bound is asked for.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// g(θ): functions of the parameters; the parameters themselves where there is none.
    pub functions: Vec<Expr>,
    /// b(θ): the bias of the estimator of each function; none where it is unbiased.
    pub bias: Vec<Expr>,
    /// Bound the sum of the variances.
    pub trace: bool,
    /// Bound the variance of this combination of the functions.
    pub direction: Option<Vec<Expr>>,
    /// T(x), whose expectation, variance and efficiency are asked for.
    pub estimator: Option<Expr>,
    /// The number of independent observations of the model, if not one.
    pub observations: Option<Expr>,
}

/// Functions, their gradients and the bound, for one observation.
struct Bounded {
    functions: Vec<Expr>,
    /// g + b.
    means: Vec<Expr>,
    /// ∂(gᵢ + bᵢ)/∂θⱼ
    jacobian: Matrix,
    /// X with I · X = Jᵀ.
    solution: Matrix,
    /// J · X, as it is printed.
    rows: Vec<Vec<Expr>>,
}

/// The bound that a question asks for: J I⁻¹ Jᵀ with J = ∂(g + b)/∂θ, for one or n observations.
///
/// - Shape: k × k for k functions, in their order; 1 × 1 for a trace or a direction.
/// - A bound on the variance, not the mean squared error.
/// - Where the information is singular, the bound of functions whose gradient lies in its range; the others are refused.
/// - Source: Lehmann & Casella (1998), ch. 2 §§5–6; for singular information Stoica & Marzetta (2001).
#[must_use]
pub fn bound(report: &Report, question: &Question) -> Reading {
    let mut reading = Reading::of(report);
    reading.observations.clone_from(&question.observations);
    let mut question = question.clone();
    if let Some(estimator) = question.estimator.clone() {
        if reading.is_refused() {
            reading.quantities.push(Quantity::absent("bound"));
            return reading;
        }
        estimator::add(report, &estimator, &mut question, &mut reading);
        if reading.is_refused() {
            reading.quantities.push(Quantity::absent("bound"));
            return reading;
        }
    }
    let Some(fisher) = &report.fisher else {
        reading.quantities.push(Quantity::absent("bound"));
        return reading;
    };
    let found = match bounded(report, &question) {
        Ok(found) => found,
        Err(why) => {
            reading.quantities.push(Quantity::absent("bound"));
            return reading.refused("there is no such bound", why);
        }
    };
    if fisher.status == Closure::Closed {
        match certified(report, &found) {
            Ok(checks) => reading.checks.extend(checks),
            Err(wrong) => {
                reading.quantities.push(Quantity::absent("bound"));
                return reading.refused("the answer failed a numeric check", vec![wrong]);
            }
        }
    }
    let quantity = shown(report, &question, &found, fisher.status);
    reading
        .quantities
        .push(quantity.of_sample(question.observations.as_ref()));
    if question.bias.is_empty() && question.direction.is_none() && !question.trace {
        reading.quantities.extend(nuisance::known_instead(
            report,
            &found,
            question.observations.as_ref(),
        ));
    }
    nuisance::orthogonal_blocks(report, &mut reading);
    if question.direction.is_none() && !question.trace {
        attain::findings(report, &found, question.observations.as_ref(), &mut reading);
    }
    if let Some(variance) = reading
        .quantities
        .iter()
        .find(|q| q.key == "variance")
        .cloned()
    {
        estimator::efficiency(report, &found, &variance, &mut reading);
    }
    reading
}

/// Solves for the bound of one observation.
///
/// # Errors
/// Why there is none, in words.
fn bounded(report: &Report, question: &Question) -> Result<Bounded, Vec<String>> {
    let parameters = &report.model.parameters;
    let facts = &report.model.facts;
    let fisher = report.fisher.as_ref().ok_or_else(Vec::new)?;
    let functions = if question.functions.is_empty() {
        parameters.iter().map(|s| Expr::symbol(s.name())).collect()
    } else {
        question.functions.clone()
    };
    let means: Vec<Expr> = functions
        .iter()
        .enumerate()
        .map(|(i, g)| question.bias.get(i).map_or_else(|| g.clone(), |b| g + b))
        .collect();
    let gradients = means
        .iter()
        .map(|mean| mean.gradient(parameters))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| vec![e.to_string()])?;
    let shape = || vec!["the matrix has another shape than the functions".to_owned()];
    let jacobian = Matrix::from_rows(gradients).ok_or_else(shape)?;
    let information = Matrix::from_rows(fisher.matrix.clone()).ok_or_else(shape)?;
    let too_large = |e: bartlett_expr::MatrixError| vec![e.to_string()];
    let solution = solved(facts, report, &information, &jacobian)
        .map_err(too_large)?
        .ok_or_else(|| inestimable(facts, &information, &functions, &jacobian, parameters))?;
    let product = jacobian.product(facts, &solution).map_err(too_large)?;
    let rows = (0..product.rows())
        .map(|i| {
            (0..product.columns())
                .map(|j| printed(facts, &product[(i.min(j), i.max(j))]))
                .collect()
        })
        .collect();
    Ok(Bounded {
        functions,
        means,
        jacobian,
        solution,
        rows,
    })
}

/// X with I · X = Jᵀ: by the inverse where there is one, since its entries are short.
fn solved(
    facts: &Facts,
    report: &Report,
    information: &Matrix,
    jacobian: &Matrix,
) -> Result<Option<Matrix>, bartlett_expr::MatrixError> {
    let inverse = report
        .crb
        .as_ref()
        .and_then(|crb| Matrix::from_rows(crb.matrix.clone()));
    match inverse {
        Some(inverse) => inverse.product(facts, &jacobian.transpose()).map(Some),
        None => information.solve(facts, &jacobian.transpose()),
    }
}

/// The functions that are not estimable, each with the direction that says so.
fn inestimable(
    facts: &Facts,
    information: &Matrix,
    functions: &[Expr],
    jacobian: &Matrix,
    parameters: &[Symbol],
) -> Vec<String> {
    let Ok(directions) = information.null_space(facts) else {
        return vec!["the information is singular".to_owned()];
    };
    let names: Vec<&str> = parameters.iter().map(Symbol::name).collect();
    let mut why = Vec::new();
    for (i, g) in functions.iter().enumerate() {
        let along = directions.iter().find(|direction| {
            let slope = Expr::sum((0..direction.len()).map(|j| &jacobian[(i, j)] * &direction[j]));
            normal::is_zero(facts, &slope) != bartlett_expr::Truth::Yes
        });
        if let Some(direction) = along {
            why.push(format!(
                "{} is not estimable: it changes along {} in ({}), where the information is 0",
                g.text(),
                vector_text(direction),
                names.join(", ")
            ));
        }
    }
    if why.is_empty() {
        why.push("the information is singular, and no bound was found".to_owned());
    }
    let estimable: Vec<String> = directions.iter().map(|d| vector_text(d)).collect();
    why.push(format!(
        "estimable is what does not change along {}",
        estimable.join(" or ")
    ));
    why
}

pub(crate) fn vector_text(entries: &[Expr]) -> String {
    let entries: Vec<String> = entries.iter().map(Expr::text).collect();
    format!("({})", entries.join(", "))
}

/// At most so many operations are worth a search for a shorter form.
const WORTH_A_SEARCH: usize = 60;

/// The form to print.
pub(crate) fn printed(facts: &Facts, e: &Expr) -> Expr {
    let factored = normal::simplified(facts, e);
    if is_open(e) || operations(&factored) > WORTH_A_SEARCH {
        factored
    } else {
        present(facts, &factored)
    }
}

/// Compares with differences of g + b and the numeric solution for the matrix, which the judge has seen.
fn certified(report: &Report, found: &Bounded) -> Result<Vec<crate::report::Certificate>, String> {
    let Some(fisher) = &report.fisher else {
        return Ok(Vec::new());
    };
    let parameters = &report.model.parameters;
    let formulas: Vec<Expr> = found.rows.iter().flatten().cloned().collect();
    let mut model = report.model.clone();
    for symbol in formulas.iter().flat_map(Expr::free_symbols) {
        if !model.known.contains(&symbol) && !parameters.contains(&symbol) {
            model.known.push(symbol);
        }
    }
    let claim = Claim {
        what: "bound against differences of the functions and the information",
        formulas: &formulas,
        model: &model,
    };
    agree(&claim, &mut |point| {
        let place = |s: &Symbol| point.iter().position(|(name, _)| name == s);
        let places: Vec<usize> = parameters.iter().map(place).collect::<Option<_>>()?;
        let at: Vec<f64> = places.iter().map(|k| point[*k].1).collect();
        let mut means = |values: &[f64]| {
            let mut moved = point.clone();
            for (k, value) in places.iter().zip(values) {
                moved[*k].1 = *value;
            }
            values_at(&found.means, &moved)
        };
        let jacobian = numeric::jacobian(&mut means, &at)?;
        let information = matrix_at(&fisher.matrix, point);
        let x = numeric::solve(&information, &numeric::transpose(&jacobian))?;
        let expected = numeric::product(&jacobian, &x);
        let values = expected.into_iter().flatten().map(|v| (v, 0.0)).collect();
        Some((point.clone(), values))
    })
}

/// The quantity: the matrix, its trace, or its value along a direction; for n observations.
fn shown(report: &Report, question: &Question, found: &Bounded, status: Closure) -> Quantity {
    let facts = &report.model.facts;
    let share = question
        .observations
        .as_ref()
        .map_or_else(Expr::one, Expr::recip);
    let scaled = |e: &Expr| &share * e;
    let rows: Vec<Vec<Expr>> = if let Some(direction) = &question.direction {
        let terms = direction.iter().enumerate().flat_map(|(i, v)| {
            direction
                .iter()
                .enumerate()
                .map(move |(j, w)| (v * w, i, j))
        });
        let sum = Expr::sum(terms.map(|(weight, i, j)| weight * &found.rows[i][j]));
        vec![vec![scaled(&printed(facts, &sum))]]
    } else if question.trace {
        let sum = Expr::sum((0..found.rows.len()).map(|i| found.rows[i][i].clone()));
        vec![vec![scaled(&printed(facts, &sum))]]
    } else {
        found
            .rows
            .iter()
            .map(|row| row.iter().map(scaled).collect())
            .collect()
    };
    let names: Vec<Label> = found.functions.iter().map(Label::of).collect();
    let list = |spelled: fn(&Label) -> &str| -> String {
        let names: Vec<&str> = names.iter().map(spelled).collect();
        names.join(", ")
    };
    let unicode = list(|label| &label.unicode);
    let mut remark = match (&question.direction, question.trace) {
        (Some(direction), _) => {
            let entries: Vec<String> = direction.iter().map(Expr::unicode).collect();
            format!("along ({}) in ({unicode})", entries.join(", "))
        }
        (None, true) => format!("for the sum of the variances of ({unicode})"),
        (None, false) => format!("for {unicode}"),
    };
    if !question.bias.is_empty() {
        let bias: Vec<String> = question.bias.iter().map(Expr::unicode).collect();
        remark = format!("{remark}, with bias {}", bias.join(", "));
    }
    let definition = match (
        &question.direction,
        question.trace,
        question.bias.is_empty(),
    ) {
        (Some(_), ..) => "vᵀ J I⁻¹ Jᵀ v",
        (None, true, _) => "the trace of J I⁻¹ Jᵀ",
        (None, false, true) => {
            "J I⁻¹ Jᵀ, J = ∂g/∂θ: no unbiased estimator of g has a smaller variance"
        }
        (None, false, false) => {
            "J I⁻¹ Jᵀ, J = ∂(g + b)/∂θ: no estimator of g with bias b has a smaller variance (not mean squared error)"
        }
    };
    let latex = match (&question.direction, question.trace) {
        (Some(direction), _) => {
            let entries: Vec<String> = direction.iter().map(Expr::latex).collect();
            format!(
                "v^\\top J \\mathcal{{I}}^{{-1}} J^\\top v \\big|_{{v = ({})}}",
                entries.join(", ")
            )
        }
        (None, true) => "\\operatorname{tr} J \\mathcal{I}^{-1} J^\\top".to_owned(),
        (None, false) => format!(
            "\\operatorname{{CRB}}\\left({}\\right)",
            list(|label| &label.latex)
        ),
    };
    Quantity {
        remark,
        definition: definition.to_owned(),
        status,
        ..Quantity::closed("bound", "Cramér–Rao bound", latex, Value::Matrix(rows))
    }
}
