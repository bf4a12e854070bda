//! What statements say about where symbols live, as claims.
//! In: domain statements of a model or of a family's row. Out: `Claim`s over expressions. Never: whether a claim can be solved.

use crate::model::problems::ModelError as E;
use crate::model::statement::{Set, SetPart, Statement, Subject};
use bartlett_expr::parse::{Node, Relation};
use bartlett_expr::{Domain, Expr, Number, Problem, Span};

/// A claim about expressions.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// The subject lives in the domain, or takes one of the single points besides.
    Member {
        subject: Expr,
        domain: Domain,
        atoms: Vec<Expr>,
    },
    /// The difference is above 0, or not below it where closed.
    Above { difference: Expr, closed: bool },
    /// The expression is not 0.
    NotZero(Expr),
}

/// Who says so.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A statement of the model.
    Stated,
    /// A family, about the parameter of this name, with its domain as the row has it and the argument as typed.
    Argument {
        family: &'static str,
        parameter: &'static str,
        domain: &'static str,
        found: String,
    },
    /// A law of several components, about a variance.
    Variance,
    /// A truncation: the law given that the datum falls there.
    Truncated,
    /// A censoring: outside only the end that was passed is seen.
    Censored,
    /// A family, about its datum.
    Datum,
}

impl Source {
    /// Does it change the law of its datum?
    pub(super) fn is_restriction(&self) -> bool {
        matches!(self, Self::Truncated | Self::Censored)
    }
}

/// A claim, its place, and who says so.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub what: What,
    pub span: Span,
    pub source: Source,
}

/// How names and expressions of a statement are read.
pub(super) struct Reading<'a> {
    /// The symbols, or arguments, that a subject stands for.
    pub subject: &'a dyn Fn(&Subject) -> Result<Vec<Expr>, Problem>,
    /// The values of a side of a comparison: several where it names repeated data.
    pub side: &'a dyn Fn(&Node) -> Result<Vec<Expr>, Problem>,
    /// The value of an end.
    pub value: &'a dyn Fn(&Node) -> Result<Expr, Problem>,
}

/// The claims of a statement; none where it is no domain.
pub(super) fn claims(statement: &Statement, reading: &Reading<'_>) -> Result<Vec<What>, Problem> {
    let mut found = Vec::new();
    match statement {
        Statement::Membership { subjects, set } => {
            let (domain, atoms) = domain(set, reading.value)?;
            for subject in subjects {
                for subject in (reading.subject)(subject)? {
                    found.push(What::Member {
                        subject,
                        domain: domain.clone(),
                        atoms: atoms.clone(),
                    });
                }
            }
        }
        Statement::Relation { sides, relations } => {
            let sides: Vec<Vec<Expr>> = sides
                .iter()
                .map(|side| {
                    Ok(side
                        .iter()
                        .map(|node| (reading.side)(node))
                        .collect::<Result<Vec<_>, Problem>>()?
                        .concat())
                })
                .collect::<Result<_, Problem>>()?;
            for (pair, relation) in sides.windows(2).zip(relations) {
                for left in &pair[0] {
                    found.extend(pair[1].iter().map(|right| link(*relation, left, right)));
                }
            }
        }
        _ => {}
    }
    Ok(found)
}

fn link(relation: Relation, left: &Expr, right: &Expr) -> What {
    match relation {
        Relation::Less => What::Above {
            difference: right - left,
            closed: false,
        },
        Relation::LessEqual => What::Above {
            difference: right - left,
            closed: true,
        },
        Relation::Greater => What::Above {
            difference: left - right,
            closed: false,
        },
        Relation::GreaterEqual => What::Above {
            difference: left - right,
            closed: true,
        },
        Relation::Equal | Relation::NotEqual => What::NotZero(left - right),
    }
}

type Values<'a> = &'a dyn Fn(&Node) -> Result<Expr, Problem>;

/// A set as a domain with single points besides.
pub(super) fn domain(set: &Set, value: Values<'_>) -> Result<(Domain, Vec<Expr>), Problem> {
    if let [only] = &set.parts[..] {
        return Ok((part(&only.node, only.span, value)?, Vec::new()));
    }
    let (points, others): (Vec<_>, Vec<_>) = set
        .parts
        .iter()
        .partition(|part| matches!(part.node, SetPart::Points(_)));
    let [whole] = &others[..] else {
        return Err(E::NotSupportedYet {
            at: set.span,
            what: "a union of several intervals",
            mend: "use one interval, with single points besides: `(0, c) + {c}`".to_owned(),
        }
        .into());
    };
    let mut atoms = Vec::new();
    for point in points {
        if let SetPart::Points(list) = &point.node {
            atoms.extend(list.iter().map(value).collect::<Result<Vec<_>, _>>()?);
        }
    }
    Ok((part(&whole.node, whole.span, value)?, atoms))
}

fn part(part: &SetPart, at: Span, value: Values<'_>) -> Result<Domain, Problem> {
    Ok(match part {
        SetPart::Real => Domain::real(),
        SetPart::Positive => Domain::positive(),
        SetPart::Nonnegative => Domain::interval(Expr::zero(), true, Expr::infinity(), false),
        SetPart::Integer => Domain::integers(-Expr::infinity(), Expr::infinity(), Number::ONE),
        SetPart::Interval {
            lower,
            upper,
            lower_closed,
            upper_closed,
        } => Domain::interval(value(lower)?, *lower_closed, value(upper)?, *upper_closed),
        SetPart::Range { leading, last } => {
            let leading: Vec<Expr> = leading.iter().map(value).collect::<Result<_, _>>()?;
            let last = last.as_ref().map_or_else(|| Ok(Expr::infinity()), value)?;
            let step = step(&leading, at)?;
            Domain::integers(leading[0].clone(), last, step)
        }
        SetPart::Points(points) => {
            let points: Vec<Expr> = points.iter().map(value).collect::<Result<_, _>>()?;
            let step = if points.len() == 1 {
                Number::ONE
            } else {
                step(&points, at)?
            };
            Domain::integers(points[0].clone(), points[points.len() - 1].clone(), step)
        }
        SetPart::Simplex(_) | SetPart::RealVector(_) => {
            return Err(E::NotSupportedYet {
                at,
                what: "a set of vectors",
                mend: "name the components, and give each its domain".to_owned(),
            }
            .into());
        }
    })
}

/// The common difference of points in increasing order.
fn step(points: &[Expr], at: Span) -> Result<Number, Problem> {
    let unsupported = || E::NotSupportedYet {
        at,
        what: "points that are not at equal steps, in increasing order",
        mend: "number them: `{0, 1, ..., n}`".to_owned(),
    };
    let mut steps = points
        .windows(2)
        .map(|pair| (&pair[1] - &pair[0]).as_number().cloned());
    let Some(first) = steps.next() else {
        return Ok(Number::ONE);
    };
    let first = first.filter(Number::is_positive).ok_or_else(unsupported)?;
    if steps.any(|step| step.as_ref() != Some(&first)) {
        return Err(unsupported().into());
    }
    Ok(first)
}
