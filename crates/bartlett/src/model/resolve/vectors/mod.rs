//! Laws of several components as joint log-densities over component data.
//! In: arguments, names of the components. Out: a draft with its supports and claims. Never: a moment.

mod categories;
mod elliptical;
mod simplexes;

use super::claims::{Claim, Source, What};
use super::definitions::Value;
use crate::model::problems::ModelError as E;
use crate::model::statement::TypedLaw;
use bartlett_expr::normal::is_zero;
use bartlett_expr::{Domain, Expr, Facts, Problem, Span, Symbol, Truth};

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
    aliases: &'static [&'static str],
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

/// The laws. Stan's order of arguments, SciPy's for those that count.
#[rustfmt::skip]
static VECTOR_LAWS: &[VectorLaw] = &[
    VectorLaw { name: "Categorical", aliases: &[], arguments: &[("p", Shape::List)], scalar: true, lower: categories::categorical },
    VectorLaw { name: "CategoricalLogit", aliases: &[], arguments: &[("beta", Shape::List)], scalar: true, lower: categories::categorical_logit },
    VectorLaw { name: "OrderedLogistic", aliases: &["OrderedLogit"], arguments: &[("eta", Shape::Number), ("c", Shape::List)], scalar: true, lower: categories::ordered_logistic },
    VectorLaw { name: "OrderedProbit", aliases: &[], arguments: &[("eta", Shape::Number), ("c", Shape::List)], scalar: true, lower: categories::ordered_probit },
    VectorLaw { name: "Multinomial", aliases: &[], arguments: &[("n", Shape::Number), ("p", Shape::List)], scalar: false, lower: simplexes::multinomial },
    VectorLaw { name: "Dirichlet", aliases: &[], arguments: &[("alpha", Shape::List)], scalar: false, lower: simplexes::dirichlet },
    VectorLaw { name: "DirichletMultinomial", aliases: &[], arguments: &[("alpha", Shape::List), ("n", Shape::Number)], scalar: false, lower: simplexes::dirichlet_multinomial },
    VectorLaw { name: "MvNormal", aliases: &["MultiNormal", "MultivariateNormal"], arguments: &[("mu", Shape::List), ("Sigma", Shape::Matrix)], scalar: false, lower: elliptical::normal },
    VectorLaw { name: "MvNormalPrec", aliases: &["MultiNormalPrec"], arguments: &[("mu", Shape::List), ("Omega", Shape::Matrix)], scalar: false, lower: elliptical::normal_by_precision },
    VectorLaw { name: "MvStudentT", aliases: &["MultiStudentT", "MvT", "MultivariateT"], arguments: &[("nu", Shape::Number), ("mu", Shape::List), ("Sigma", Shape::Matrix)], scalar: false, lower: elliptical::student },
];

/// Names and aliases of the laws of several components.
pub fn vector_laws() -> impl Iterator<Item = &'static str> {
    VECTOR_LAWS
        .iter()
        .flat_map(|law| std::iter::once(law.name).chain(law.aliases.iter().copied()))
}

/// The law of several components of that name.
pub(super) fn vector_law(name: &str) -> Option<&'static VectorLaw> {
    VECTOR_LAWS
        .iter()
        .find(|law| law.name == name || law.aliases.contains(&name))
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

#[cfg(test)]
mod tests {
    use super::VECTOR_LAWS;
    use bartlett_laws::VECTOR_FAMILIES;

    #[test]
    fn each_law_has_its_row_in_the_catalogue() {
        let lowered = VECTOR_LAWS.iter().map(|law| {
            let arguments: Vec<&str> = law.arguments.iter().map(|(name, _)| *name).collect();
            (law.name, law.aliases, arguments)
        });
        let rows = VECTOR_FAMILIES.iter().map(|row| {
            let arguments: Vec<&str> = row.parameters.iter().map(|p| p.name).collect();
            (row.name, row.aliases, arguments)
        });
        assert_eq!(
            lowered.collect::<Vec<_>>(),
            rows.collect::<Vec<_>>(),
            "the rows and what is lowered differ"
        );
    }
}
