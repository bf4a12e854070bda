//! Definitions and lists: what a name stands for, expanded where it is used.
//! In: syntax, definitions, variables of `for` with their values. Out: expressions that hold data, parameters and knowns only. Never: a domain.

use crate::model::problems::ModelError as E;
use crate::model::statement::Statement;
use bartlett_expr::parse::{Node, Syntax, lower};
use bartlett_expr::{Binder, Expr, Kind, Problem, Span, Spanned, Symbol};
use rustc_hash::FxHashMap;

/// One number, or a list of them, perhaps nested.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Scalar(Expr),
    List(Vec<Value>),
}

impl Value {
    /// The numbers in it, in order. Nesting is bounded by the grammar.
    pub(super) fn scalars(&self) -> Vec<Expr> {
        match self {
            Self::Scalar(e) => vec![e.clone()],
            Self::List(items) => items.iter().flat_map(Self::scalars).collect(),
        }
    }

    /// Every number replaced by its image.
    pub(super) fn map(&self, image: &mut dyn FnMut(&Expr) -> Expr) -> Self {
        match self {
            Self::Scalar(e) => Self::Scalar(image(e)),
            Self::List(items) => Self::List(items.iter().map(|item| item.map(image)).collect()),
        }
    }
}

/// Variables of `for` and what they stand for in one repetition.
pub(super) type Bindings = [(Symbol, Expr)];

/// Longest sum over an indexed list that is written out.
const LONGEST_SUM: i64 = 20_000;

/// What the defined names stand for, each expanded to the end.
#[derive(Default)]
pub(super) struct Definitions {
    scalars: FxHashMap<Expr, Expr>,
    lists: FxHashMap<Symbol, Value>,
}

/// The symbol of an entry of an indexed name: `y[1]`.
pub(super) fn element(name: &str, indices: &[i64]) -> Symbol {
    let indices: Vec<String> = indices.iter().map(i64::to_string).collect();
    Symbol::new(&format!("{name}[{}]", indices.join(",")))
}

/// The symbol of an entry at indices that may be symbols: `y[i]`.
pub(super) fn element_at(name: &str, indices: &[Expr]) -> Symbol {
    let indices: Vec<String> = indices.iter().map(Expr::text).collect();
    Symbol::new(&format!("{name}[{}]", indices.join(",")))
}

/// The name before the bracket.
pub(super) fn base(symbol: &Symbol) -> &str {
    symbol.name().split('[').next().unwrap_or_default()
}

impl Definitions {
    pub(super) fn of(statements: &[Spanned<Statement>]) -> Result<Self, Problem> {
        let mut waiting: Vec<(&Spanned<Box<str>>, &Node)> = Vec::new();
        for statement in statements {
            if let Statement::Definition { name, value } = &statement.node {
                if let Some((first, _)) = waiting.iter().find(|(other, _)| other.node == name.node)
                {
                    let role = "a definition";
                    return Err(E::DeclaredTwice {
                        at: name.span,
                        first: first.span,
                        name: name.node.to_string(),
                        first_role: role,
                        role,
                    }
                    .into());
                }
                waiting.push((name, value));
            }
        }
        let mut found = Self::default();
        while !waiting.is_empty() {
            let names: Vec<Box<str>> = waiting.iter().map(|(name, _)| name.node.clone()).collect();
            let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, value)| {
                !value.free_names().iter().any(|name| names.contains(name))
            });
            if ready.is_empty() {
                let (name, _) = rest[0];
                return Err(E::DefinitionCycle {
                    at: name.span,
                    name: name.node.to_string(),
                }
                .into());
            }
            for (name, node) in ready {
                match found.value(node, &[])? {
                    Value::Scalar(value) => {
                        _ = found.scalars.insert(Expr::symbol(&name.node), value)
                    }
                    list @ Value::List(_) => _ = found.lists.insert(Symbol::new(&name.node), list),
                }
            }
            waiting = rest;
        }
        Ok(found)
    }

    pub(super) fn has_lists(&self) -> bool {
        !self.lists.is_empty()
    }

    pub(super) fn list(&self, name: &str) -> Option<&[Value]> {
        match self.lists.get(&Symbol::new(name)) {
            Some(Value::List(list)) => Some(list),
            _ => None,
        }
    }

    /// A number or a list.
    pub(super) fn value(&self, node: &Node, bindings: &Bindings) -> Result<Value, Problem> {
        if let Syntax::List(items) = &node.kind {
            return Ok(Value::List(
                items
                    .iter()
                    .map(|item| self.value(item, bindings))
                    .collect::<Result<_, _>>()?,
            ));
        }
        if let Some(list) = node
            .symbol()
            .and_then(|name| self.lists.get(&Symbol::new(name)))
        {
            return Ok(list.clone());
        }
        Ok(Value::Scalar(self.scalar(node, bindings)?))
    }

    /// One number, as an expression without defined names.
    pub(super) fn scalar(&self, node: &Node, bindings: &Bindings) -> Result<Expr, Problem> {
        let bound: FxHashMap<Expr, Expr> = bindings
            .iter()
            .map(|(name, value)| (Expr::symbol(name.name()), value.clone()))
            .collect();
        let e = lower(node)?.substitute(&self.scalars).substitute(&bound);
        let e = self.settled(&e, node.span)?;
        if let Some(name) = e.free_symbols().iter().find(|s| self.lists.contains_key(s)) {
            return Err(E::ListAsNumber {
                at: node.span,
                name: name.to_string(),
            }
            .into());
        }
        if !bindings.is_empty() || !self.lists.is_empty() {
            let open = e.any_node(&|node| matches!(node.kind(), Kind::Indexed(name, _) if self.lists.contains_key(name)));
            if open {
                return Err(E::NotSupportedYet {
                    at: node.span,
                    what: "an entry of a list at an index that stays a symbol",
                    mend: "write the entries out".to_owned(),
                }
                .into());
            }
        }
        Ok(e)
    }

    /// Entries of lists at numeric indices become what they stand for, other numeric entries symbols such as `y[1]`.
    fn settled(&self, e: &Expr, at: Span) -> Result<Expr, Problem> {
        if !e.any_node(&|node| matches!(node.kind(), Kind::Indexed(..))) {
            return Ok(e.clone());
        }
        let mut problem = None;
        let settled = e.map(&mut |node| match node.kind() {
            Kind::Indexed(name, indices) => {
                let Some(numbers) = indices
                    .iter()
                    .map(Expr::as_integer)
                    .collect::<Option<Vec<i64>>>()
                else {
                    return node;
                };
                match self.lists.get(name) {
                    None => Expr::symbol(element(name.name(), &numbers).name()),
                    Some(list) => entry(list, &numbers).unwrap_or_else(|length| {
                        problem = Some(E::IndexOutside {
                            at,
                            name: name.to_string(),
                            length,
                        });
                        Expr::undefined()
                    }),
                }
            }
            _ => node,
        });
        if let Some(problem) = problem {
            return Err(problem.into());
        }
        self.unrolled(&settled, at)
    }

    /// Sums and products over the index of an entry are written out where their ends are numbers.
    fn unrolled(&self, e: &Expr, at: Span) -> Result<Expr, Problem> {
        let indexed = |body: &Expr, variable: &Symbol| {
            body.any_node(&|node| matches!(node.kind(), Kind::Indexed(_, indices) if indices.iter().any(|index| index.contains(variable))))
        };
        let sum = |node: &Expr| match node.kind() {
            Kind::Bound(binder, variable, lower, upper, body)
                if *binder != Binder::Integral && indexed(body, variable) =>
            {
                let (lower, upper) = (lower.as_integer()?, upper.as_integer()?);
                (upper - lower < LONGEST_SUM)
                    .then(|| (*binder, variable.clone(), lower, upper, body.clone()))
            }
            _ => None,
        };
        let found = bartlett_expr::topological(std::slice::from_ref(e))
            .into_iter()
            .find_map(|node| sum(&node).map(|parts| (node, parts)));
        let Some((node, (binder, variable, lower, upper, body))) = found else {
            return Ok(e.clone());
        };
        let terms: Result<Vec<Expr>, Problem> = (lower..=upper)
            .map(|k| self.settled(&body.replace(&variable, &Expr::integer(k)), at))
            .collect();
        let whole = if binder == Binder::Sum {
            Expr::sum(terms?)
        } else {
            Expr::product(terms?)
        };
        self.unrolled(&e.substitute(&FxHashMap::from_iter([(node, whole)])), at)
    }
}

/// The entry at these indices, counted from 1; else the length of the list that is too short.
fn entry(list: &Value, indices: &[i64]) -> Result<Expr, usize> {
    let mut value = list;
    for index in indices {
        let Value::List(items) = value else {
            return Err(1);
        };
        let at = usize::try_from(*index - 1).map_err(|_| items.len())?;
        value = items.get(at).ok_or(items.len())?;
    }
    match value {
        Value::Scalar(e) => Ok(e.clone()),
        Value::List(items) => Err(items.len()),
    }
}
