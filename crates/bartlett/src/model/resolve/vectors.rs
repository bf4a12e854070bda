//! Laws of several components as joint log-densities over component data.
//! In: arguments, names of the components. Out: a draft with its supports and claims. Never: a moment.

use super::claims::{Claim, Source, What};
use super::definitions::Value;
use crate::model::problems::ModelError as E;
use crate::model::statement::TypedLaw;
use bartlett_expr::normal::{factored, is_zero};
use bartlett_expr::{Domain, Expr, Facts, Matrix, Number, Problem, Relation, Span, Symbol, Truth};

/// A joint law at given arguments.
pub(super) struct Joint {
    pub log_density: Expr,
    /// The free components, in order; the last one of a law on a simplex follows from the others.
    pub data: Vec<Symbol>,
    pub claims: Vec<Claim>,
}

/// A law of several components: how many it has at these arguments, and how it lowers.
pub(super) struct VectorLaw {
    pub name: &'static str,
    arguments: &'static [(&'static str, Shape)],
    /// Is one name one component (a category), instead of all of them?
    pub scalar: bool,
    lower: fn(&Call<'_>) -> Result<Joint, Problem>,
}

/// What an argument must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Number,
    List,
    Matrix,
}

/// The laws. Stan's order of arguments, Multinomial SciPy's.
#[rustfmt::skip]
static VECTOR_LAWS: &[VectorLaw] = &[
    VectorLaw { name: "Categorical", arguments: &[("p", Shape::List)], scalar: true, lower: categorical },
    VectorLaw { name: "OrderedLogistic", arguments: &[("eta", Shape::Number), ("c", Shape::List)], scalar: true, lower: ordered_logistic },
    VectorLaw { name: "Multinomial", arguments: &[("n", Shape::Number), ("p", Shape::List)], scalar: false, lower: multinomial },
    VectorLaw { name: "Dirichlet", arguments: &[("alpha", Shape::List)], scalar: false, lower: dirichlet },
    VectorLaw { name: "MvNormal", arguments: &[("mu", Shape::List), ("Sigma", Shape::Matrix)], scalar: false, lower: normal },
];

/// The law of several components of that name.
pub(super) fn vector_law(name: &str) -> Option<&'static VectorLaw> {
    VECTOR_LAWS.iter().find(|law| law.name == name)
}

/// The arguments, checked, with their places.
struct Call<'a> {
    law: &'static VectorLaw,
    at: Span,
    spans: Vec<Span>,
    numbers: Vec<Expr>,
    lists: Vec<Vec<Expr>>,
    matrices: Vec<Vec<Vec<Expr>>>,
    /// The components: as named, or entries of the one name.
    data: &'a [Symbol],
    source: &'a str,
}

/// How many components the law has at these values.
pub(super) fn components(law: &VectorLaw, values: &[Value]) -> usize {
    let at = law
        .arguments
        .iter()
        .position(|(_, shape)| *shape == Shape::List)
        .unwrap_or(0);
    match values.get(at) {
        Some(Value::List(items)) => items.len(),
        _ => 0,
    }
}

impl VectorLaw {
    pub(super) fn lower(
        &'static self,
        typed: &TypedLaw,
        values: Vec<Value>,
        data: &[Symbol],
        source: &str,
    ) -> Result<Joint, Problem> {
        let at = typed.family.span;
        let spans: Vec<Span> = typed.arguments.iter().map(|node| node.span).collect();
        let names = self
            .arguments
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", ");
        if values.len() != self.arguments.len() {
            let count = self.arguments.len();
            let expected = if count == 1 {
                "1 argument".to_owned()
            } else {
                format!("{count} arguments")
            };
            let datum = typed.data[0].name.to_string();
            return Err(E::ArgumentCount {
                at,
                family: self.name,
                expected,
                parameters: names,
                found: values.len(),
                datum,
            }
            .into());
        }
        let mut call = Call {
            law: self,
            at,
            spans,
            numbers: Vec::new(),
            lists: Vec::new(),
            matrices: Vec::new(),
            data,
            source,
        };
        for ((value, (name, shape)), span) in values
            .into_iter()
            .zip(self.arguments)
            .zip(typed.arguments.iter().map(|node| node.span))
        {
            let scalar = |mend| {
                Problem::from(E::ScalarArgument {
                    at: span,
                    family: self.name,
                    mend,
                })
            };
            match (shape, value) {
                (Shape::Number, Value::Scalar(e)) => call.numbers.push(e),
                (Shape::Number, Value::List(_)) => {
                    return Err(E::ListArgument {
                        at: span,
                        family: self.name,
                        parameter: name,
                    }
                    .into());
                }
                (Shape::List, Value::List(items)) => call
                    .lists
                    .push(scalars(items).ok_or_else(|| scalar("type a list: `[a, b, c]`"))?),
                (Shape::List, Value::Scalar(_)) => return Err(scalar("type a list: `[a, b, c]`")),
                (Shape::Matrix, Value::List(rows)) => {
                    let rows: Option<Vec<Vec<Expr>>> = rows
                        .into_iter()
                        .map(|row| match row {
                            Value::List(items) => scalars(items),
                            Value::Scalar(_) => None,
                        })
                        .collect();
                    call.matrices.push(
                        rows.ok_or_else(|| scalar("type a list of rows: `[[a, b], [b, c]]`"))?,
                    );
                }
                (Shape::Matrix, Value::Scalar(_)) => {
                    return Err(scalar("type a list of rows: `[[a, b], [b, c]]`"));
                }
            }
        }
        (self.lower)(&call)
    }
}

fn scalars(items: Vec<Value>) -> Option<Vec<Expr>> {
    items
        .into_iter()
        .map(|item| match item {
            Value::Scalar(e) => Some(e),
            Value::List(_) => None,
        })
        .collect()
}

impl Call<'_> {
    fn argument(
        &self,
        place: usize,
        parameter: &'static str,
        domain: &'static str,
        what: What,
    ) -> Claim {
        let span = self.spans.get(place).copied().unwrap_or(self.at);
        let found = span.text(self.source).to_owned();
        Claim {
            what,
            span,
            source: Source::Argument {
                family: self.law.name,
                parameter,
                domain,
                found,
            },
        }
    }

    fn support(&self, datum: &Symbol, domain: Domain) -> Claim {
        let what = What::Member {
            subject: Expr::symbol(datum.name()),
            domain,
            atoms: Vec::new(),
        };
        Claim {
            what,
            span: self.at,
            source: Source::Datum,
        }
    }

    /// Every probability lies in (0, 1).
    fn probabilities(&self, place: usize, list: &[Expr]) -> Vec<Claim> {
        let unit = Domain::interval(Expr::zero(), false, Expr::one(), false);
        let member = |p: &Expr| What::Member {
            subject: p.clone(),
            domain: unit.clone(),
            atoms: Vec::new(),
        };
        list.iter()
            .map(|p| {
                self.argument(
                    place,
                    "probabilities",
                    "each of them between 0 and 1",
                    member(p),
                )
            })
            .collect()
    }

    fn check_total(&self, place: usize, list: &[Expr]) -> Result<(), Problem> {
        let total = Expr::sum(list.iter().cloned());
        if is_zero(&Facts::new(), &(&total - Expr::one())) == Truth::Yes {
            return Ok(());
        }
        let span = self.spans[place];
        Err(E::NotASimplex {
            at: span,
            family: self.law.name,
            total: bartlett_expr::normal::cancelled(&total).text(),
        }
        .into())
    }
}

/// The value of the category: nested cases.
fn by_category(datum: &Symbol, logarithms: Vec<Expr>) -> Expr {
    let x = Expr::symbol(datum.name());
    let mut cases = logarithms.into_iter().enumerate().rev();
    let last = cases.next().map_or_else(Expr::zero, |(_, value)| value);
    cases.fold(last, |rest, (k, value)| {
        let category = Expr::integer(i64::try_from(k + 1).unwrap_or(i64::MAX));
        Expr::cases(
            Expr::compare(Relation::Equal, x.clone(), category),
            value,
            rest,
        )
    })
}

fn category_support(call: &Call<'_>, datum: &Symbol, count: usize) -> Claim {
    let last = Expr::integer(i64::try_from(count).unwrap_or(i64::MAX));
    call.support(datum, Domain::integers(Expr::one(), last, Number::ONE))
}

fn categorical(call: &Call<'_>) -> Result<Joint, Problem> {
    let p = &call.lists[0];
    call.check_total(0, p)?;
    let datum = &call.data[0];
    let mut claims = call.probabilities(0, p);
    claims.push(category_support(call, datum, p.len()));
    Ok(Joint {
        log_density: by_category(datum, p.iter().map(Expr::log).collect()),
        data: vec![datum.clone()],
        claims,
    })
}

/// P(x ≤ j) = logistic(c_j − η).
fn ordered_logistic(call: &Call<'_>) -> Result<Joint, Problem> {
    let (eta, cuts) = (&call.numbers[0], &call.lists[0]);
    let datum = &call.data[0];
    let logistic = |x: Expr| Expr::function("logistic", [x]);
    let mut p = Vec::new();
    let mut claims = Vec::new();
    for (k, cut) in cuts.iter().enumerate() {
        let below = if k == 0 {
            Expr::zero()
        } else {
            logistic(&cuts[k - 1] - eta)
        };
        p.push(logistic(cut - eta) - below);
        if k > 0 {
            let above = |difference| What::Above {
                difference,
                closed: false,
            };
            claims.push(call.argument(
                1,
                "cut points",
                "them in increasing order",
                above(cut - &cuts[k - 1]),
            ));
            claims.push(call.argument(
                1,
                "cut points",
                "them in increasing order",
                above(p[k].clone()),
            ));
        }
    }
    p.push(
        cuts.last()
            .map_or_else(Expr::one, |last| logistic(eta - last)),
    );
    claims.push(category_support(call, datum, p.len()));
    Ok(Joint {
        log_density: by_category(datum, p.iter().map(Expr::log).collect()),
        data: vec![datum.clone()],
        claims,
    })
}

/// Components on a simplex of total `total`: the free ones, and all of them as expressions.
fn simplex(call: &Call<'_>, total: &Expr) -> (Vec<Symbol>, Vec<Expr>) {
    let free: Vec<Symbol> = call.data[..call.data.len() - 1].to_vec();
    let mut all: Vec<Expr> = free.iter().map(|s| Expr::symbol(s.name())).collect();
    all.push(total - Expr::sum(all.iter().cloned()));
    (free, all)
}

fn multinomial(call: &Call<'_>) -> Result<Joint, Problem> {
    let (n, p) = (&call.numbers[0], &call.lists[0]);
    call.check_total(1, p)?;
    let (data, all) = simplex(call, n);
    let mut claims = call.probabilities(1, p);
    let counts = Domain::integers(Expr::one(), Expr::infinity(), Number::ONE);
    claims.push(call.argument(
        0,
        "number of trials",
        "a positive integer",
        What::Member {
            subject: n.clone(),
            domain: counts,
            atoms: Vec::new(),
        },
    ));
    let mut left = n.clone();
    for (datum, x) in data.iter().zip(&all) {
        claims.push(call.support(
            datum,
            Domain::integers(Expr::zero(), left.clone(), Number::ONE),
        ));
        left = left - x;
    }
    let factorial = |x: &Expr| Expr::function("lgamma", [x + Expr::one()]);
    let terms = all.iter().zip(p).map(|(x, p)| x * p.log() - factorial(x));
    Ok(Joint {
        log_density: Expr::sum(terms.chain([factorial(n)])),
        data,
        claims,
    })
}

fn dirichlet(call: &Call<'_>) -> Result<Joint, Problem> {
    let alpha = &call.lists[0];
    let (data, all) = simplex(call, &Expr::one());
    let positive = |a: &Expr| What::Member {
        subject: a.clone(),
        domain: Domain::positive(),
        atoms: Vec::new(),
    };
    let mut claims: Vec<Claim> = alpha
        .iter()
        .map(|a| call.argument(0, "concentrations", "each of them above 0", positive(a)))
        .collect();
    let mut left = Expr::one();
    for (datum, x) in data.iter().zip(&all) {
        claims.push(call.support(
            datum,
            Domain::interval(Expr::zero(), false, left.clone(), false),
        ));
        left = left - x;
    }
    let lgamma = |a: &Expr| Expr::function("lgamma", [a.clone()]);
    let terms = all
        .iter()
        .zip(alpha)
        .map(|(x, a)| (a - Expr::one()) * x.log() - lgamma(a));
    let total = lgamma(&Expr::sum(alpha.iter().cloned()));
    Ok(Joint {
        log_density: Expr::sum(terms.chain([total])),
        data,
        claims,
    })
}

fn normal(call: &Call<'_>) -> Result<Joint, Problem> {
    let (mean, rows) = (&call.lists[0], &call.matrices[0]);
    let at = call.spans[1];
    let family = call.law.name;
    let facts = Facts::new();
    let size = mean.len();
    if rows.len() != size || rows.iter().any(|row| row.len() != size) {
        return Err(E::MatrixShape { at, family, size }.into());
    }
    for (i, j) in (0..size).flat_map(|i| (0..i).map(move |j| (i, j))) {
        if is_zero(&facts, &(&rows[i][j] - &rows[j][i])) != Truth::Yes {
            return Err(E::NotSymmetric {
                at,
                row: i + 1,
                column: j + 1,
            }
            .into());
        }
    }
    let large = || {
        Problem::from(E::NotSupportedYet {
            at,
            what: "a covariance matrix of this size",
            mend: "type the density itself".to_owned(),
        })
    };
    let covariance = Matrix::from_rows(rows.clone()).ok_or_else(large)?;
    let mut claims = Vec::new();
    let mut determinant = Expr::one();
    for k in 1..=size {
        let leading: Vec<usize> = (0..k).collect();
        determinant = factored(
            &covariance
                .select(&leading, &leading)
                .determinant(&facts)
                .map_err(|_| large())?,
        );
        if determinant.is_zero() {
            return Err(E::SingularMatrix { at, family }.into());
        }
        let above = |difference| What::Above {
            difference,
            closed: false,
        };
        let source = |claim: Claim| Claim {
            source: Source::Variance,
            ..claim
        };
        let variance = above(rows[k - 1][k - 1].clone());
        claims.push(source(call.argument(
            1,
            "covariance matrix",
            "a positive definite one",
            variance,
        )));
        claims.push(call.argument(
            1,
            "covariance matrix",
            "a positive definite one",
            above(determinant.clone()),
        ));
    }
    let inverse = covariance
        .inverse(&facts)
        .map_err(|_| large())?
        .ok_or(E::SingularMatrix { at, family })?;
    let data = call.data.to_vec();
    let centered: Vec<Expr> = data
        .iter()
        .zip(mean)
        .map(|(x, m)| Expr::symbol(x.name()) - m)
        .collect();
    let mut quadratic = Vec::new();
    for (i, u) in centered.iter().enumerate() {
        for (j, v) in centered.iter().enumerate().skip(i) {
            let entry = inverse.get(i, j).cloned().unwrap_or_else(Expr::zero);
            quadratic.push(entry * u * v * Expr::integer(if i == j { 1 } else { 2 }));
        }
    }
    let half = Number::ratio(-1, 2);
    let count = Expr::integer(i64::try_from(size).unwrap_or(i64::MAX));
    let log_density = Expr::sum([
        Expr::sum(quadratic),
        determinant.log(),
        count * (Expr::pi() * Expr::integer(2)).log(),
    ])
    .scaled(&half);
    claims.extend(data.iter().map(|datum| call.support(datum, Domain::real())));
    Ok(Joint {
        log_density,
        data,
        claims,
    })
}
