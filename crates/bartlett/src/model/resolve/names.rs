//! Who is a datum, a parameter, a known: each name once, in order.
//! In: units of a model. Out: `Names`. Never: a domain.

use super::Options;
use super::definitions::{Definitions, base};
use super::units::Unit;
use super::vectors::{components, vector_law};
use crate::model::problems::ModelError as E;
use crate::model::statement::{Statement, Subject};
use bartlett_expr::parse::Node;
use bartlett_expr::{Kind, Problem, Span, Spanned, Symbol, did_you_mean};
use rustc_hash::{FxHashMap, FxHashSet};

/// The names of a model by the part they play, in order.
#[derive(Default)]
pub(super) struct Names {
    pub data: Vec<Spanned<Symbol>>,
    pub parameters: Vec<Spanned<Symbol>>,
    pub known: Vec<Spanned<Symbol>>,
    /// Known names of which only entries are used.
    indexed: Vec<Symbol>,
}

/// The definitions as typed, to look names up in.
pub(super) type Defined<'a> = FxHashMap<&'a str, &'a Node>;

pub(super) fn defined(statements: &[Spanned<Statement>]) -> Defined<'_> {
    statements
        .iter()
        .filter_map(|statement| match &statement.node {
            Statement::Definition { name, value } => Some((&*name.node, value)),
            _ => None,
        })
        .collect()
}

/// The names of the tree in the order of the text, definitions expanded where they are used, each with the place of its first use.
pub(super) fn appearing(nodes: &[&Node], defined: &Defined<'_>) -> Vec<(Box<str>, Span)> {
    let mut stack: Vec<(Box<str>, Span)> = Vec::new();
    for node in nodes.iter().rev() {
        stack.extend(
            node.appearances()
                .into_iter()
                .rev()
                .map(|a| (a.name, a.span)),
        );
    }
    let (mut found, mut seen) = (Vec::new(), FxHashSet::default());
    while let Some((name, span)) = stack.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        match defined.get(&*name) {
            Some(value) => stack.extend(
                value
                    .appearances()
                    .into_iter()
                    .rev()
                    .map(|a| (a.name, span)),
            ),
            None => found.push((name, span)),
        }
    }
    found
}

struct Roles<'a> {
    first: FxHashMap<Symbol, (&'static str, Span)>,
    defined: &'a Defined<'a>,
}

const DATUM: &str = "a datum";
const PARAMETER: &str = "a parameter";
const KNOWN: &str = "known";
const DEFINITION: &str = "a definition";

impl Roles<'_> {
    fn take(&mut self, symbol: &Symbol, role: &'static str, at: Span) -> Result<(), Problem> {
        let name = symbol.to_string();
        if let Some(value) = self.defined.get(base(symbol)) {
            return Err(E::DeclaredTwice {
                at,
                first: value.span,
                name,
                first_role: DEFINITION,
                role,
            }
            .into());
        }
        match self.first.get(symbol) {
            Some((first_role, first)) if *first_role != role || role == DATUM => {
                Err(E::DeclaredTwice {
                    at,
                    first: *first,
                    name,
                    first_role,
                    role,
                }
                .into())
            }
            Some(_) => Ok(()),
            None => {
                self.first.insert(symbol.clone(), (role, at));
                Ok(())
            }
        }
    }
}

/// The data of a unit.
pub(super) fn data_of(
    unit: &Unit<'_>,
    definitions: &Definitions,
) -> Result<Vec<Spanned<Symbol>>, Problem> {
    match unit.statement {
        Statement::Density(density) => spanned(unit, &density.data, definitions, true),
        Statement::Law(law) => {
            let data = spanned(unit, &law.data, definitions, true)?;
            let Some(vector) = vector_law(&law.family.node) else {
                return Ok(data);
            };
            let at = law.data[0].span.to(law.data[law.data.len() - 1].span);
            let family = vector.name;
            if vector.scalar {
                return if law.tuple && data.len() > 1 {
                    Err(E::TupleDatum { at, family }.into())
                } else {
                    Ok(data)
                };
            }
            let values = law
                .arguments
                .iter()
                .map(|node| definitions.value(node, &unit.bindings))
                .collect::<Result<Vec<_>, _>>()?;
            let expected = components(vector, &values);
            match &data[..] {
                [whole] if !law.tuple && expected > 0 => {
                    let entry = |k| Spanned::new(component(&whole.node, k), whole.span);
                    Ok((1..=expected).map(entry).collect())
                }
                named if named.len() == expected || expected == 0 => Ok(data),
                named => Err(E::Components {
                    at,
                    family,
                    expected,
                    found: named.len(),
                }
                .into()),
            }
        }
        _ => Ok(Vec::new()),
    }
}

/// The symbol of a component: `x[1]`, or `y[2,1]` of `y[2]`.
fn component(whole: &Symbol, k: usize) -> Symbol {
    match whole.name().strip_suffix(']') {
        Some(open) => Symbol::new(&format!("{open},{k}]")),
        None => Symbol::new(&format!("{whole}[{k}]")),
    }
}

fn spanned(
    unit: &Unit<'_>,
    subjects: &[Subject],
    definitions: &Definitions,
    repeated: bool,
) -> Result<Vec<Spanned<Symbol>>, Problem> {
    let mut found = Vec::new();
    for subject in subjects {
        let symbols = unit.symbols(subject, definitions, repeated)?;
        found.extend(
            symbols
                .into_iter()
                .map(|symbol| Spanned::new(symbol, subject.span)),
        );
    }
    Ok(found)
}

impl Names {
    /// `data` holds the data of each unit, components of vectors included.
    pub(super) fn of(
        units: &[Unit<'_>],
        data: Vec<Vec<Spanned<Symbol>>>,
        definitions: &Definitions,
        defined: &Defined<'_>,
        options: &Options,
        source: &str,
    ) -> Result<Self, Problem> {
        let mut names = Self::default();
        let mut roles = Roles {
            first: FxHashMap::default(),
            defined,
        };
        for datum in data.into_iter().flatten() {
            roles.take(&datum.node, DATUM, datum.span)?;
            names.data.push(datum);
        }
        for unit in units {
            if let Statement::Known(subjects) = unit.statement {
                for known in spanned(unit, subjects, definitions, false)? {
                    roles.take(&known.node, KNOWN, known.span)?;
                    push(&mut names.known, known);
                }
            }
        }
        for unit in units {
            match unit.statement {
                Statement::Density(density) => {
                    for parameter in spanned(unit, &density.parameters, definitions, false)? {
                        if names.known.iter().any(|known| known.node == parameter.node) {
                            continue;
                        }
                        roles.take(&parameter.node, PARAMETER, parameter.span)?;
                        push(&mut names.parameters, parameter);
                    }
                }
                Statement::Law(law) => {
                    let datum = law.data.first().map_or("", |datum| &*datum.name);
                    let arguments: Vec<&Node> = law.arguments.iter().collect();
                    names.add_free(unit, &arguments, datum, definitions, defined)?;
                }
                _ => {}
            }
        }
        let indexed = std::mem::take(&mut names.indexed);
        names.known.retain(|known| !indexed.contains(&known.node));
        names.choose(options, source)?;
        Ok(names)
    }

    /// The free names of the arguments of a law that play no other part are parameters.
    fn add_free(
        &mut self,
        unit: &Unit<'_>,
        arguments: &[&Node],
        datum: &str,
        definitions: &Definitions,
        defined: &Defined<'_>,
    ) -> Result<(), Problem> {
        let mut symbols = std::collections::BTreeSet::new();
        let mut indexed = Vec::new();
        let mut chosen_by_symbols = FxHashSet::default();
        for argument in arguments {
            collect(
                argument,
                unit,
                definitions,
                &mut symbols,
                &mut chosen_by_symbols,
            )?;
        }
        for (name, span) in appearing(arguments, defined) {
            if unit
                .bindings
                .iter()
                .any(|(variable, _)| variable.name() == &*name)
            {
                continue;
            }
            let plain = Symbol::new(&name);
            if chosen_by_symbols.contains(&plain)
                && !self.known.iter().any(|known| known.node == plain)
                && !self.data.iter().any(|datum| base(&datum.node) == &*name)
            {
                return Err(E::SymbolicParameter {
                    at: span,
                    name: name.to_string(),
                }
                .into());
            }
            let mut elements: Vec<Symbol> = symbols
                .iter()
                .filter(|s| base(s) == &*name && s.name() != &*name)
                .cloned()
                .collect();
            elements.sort_by_key(|s| (s.name().len(), s.clone()));
            if elements.is_empty() {
                elements.push(plain.clone());
            }
            for symbol in elements {
                if self.data.iter().any(|datum| base(&datum.node) == &*name) {
                    return Err(E::DatumInLaw {
                        at: span,
                        name: symbol.to_string(),
                        datum: datum.to_owned(),
                    }
                    .into());
                }
                if self.known.iter().any(|known| known.node == plain) {
                    if symbol != plain {
                        indexed.push(plain.clone());
                        push(&mut self.known, Spanned::new(symbol, span));
                    }
                } else if !self.known.iter().any(|known| known.node == symbol) {
                    push(&mut self.parameters, Spanned::new(symbol, span));
                }
            }
        }
        self.indexed.extend(indexed);
        Ok(())
    }

    /// `--params` overrides order and choice: the others become known.
    fn choose(&mut self, options: &Options, source: &str) -> Result<(), Problem> {
        if !options.params.is_empty() {
            let line = source
                .rfind(super::PARAMS_LINE)
                .map_or(source.len(), |at| at + super::PARAMS_LINE.len());
            let mut chosen = Vec::new();
            let mut all: Vec<Spanned<Symbol>> = std::mem::take(&mut self.parameters);
            all.append(&mut self.known);
            for name in &options.params {
                let Some(at) = all.iter().position(|one| one.node.name() == name) else {
                    let start = source[line..]
                        .find(name.as_str())
                        .map_or(line, |at| line + at);
                    let suggestions = did_you_mean(name, all.iter().map(|one| one.node.name()))
                        .into_iter()
                        .map(str::to_owned)
                        .collect();
                    return Err(E::UnknownParameter {
                        at: Span::new(start, start + name.len()),
                        name: name.clone(),
                        suggestions,
                    }
                    .into());
                };
                chosen.push(all.remove(at));
            }
            self.parameters = chosen;
            self.known = all;
        }
        if self.parameters.is_empty() && !self.data.is_empty() && !options.without_parameters {
            let at = self
                .known
                .first()
                .map_or(Span::new(0, source.len()), |known| known.span);
            return Err(E::NothingEstimated { at }.into());
        }
        Ok(())
    }
}

fn push(list: &mut Vec<Spanned<Symbol>>, new: Spanned<Symbol>) {
    if list.iter().any(|old| old.node == new.node) {
        return;
    }
    // Entries of one vector stay together.
    let entry = new.node.name().ends_with(']');
    let last = list.iter().rposition(|old| {
        entry && old.node.name().ends_with(']') && base(&old.node) == base(&new.node)
    });
    list.insert(last.map_or(list.len(), |at| at + 1), new);
}

/// The symbols of a value, and the names of which entries at symbolic indices stand in it.
fn collect(
    node: &Node,
    unit: &Unit<'_>,
    definitions: &Definitions,
    found: &mut std::collections::BTreeSet<Symbol>,
    chosen_by_symbols: &mut FxHashSet<Symbol>,
) -> Result<(), Problem> {
    let mut stack = vec![definitions.value(node, &unit.bindings)?];
    while let Some(value) = stack.pop() {
        match value {
            super::definitions::Value::Scalar(e) => {
                found.extend(e.free_symbols());
                let nodes = bartlett_expr::topological(std::slice::from_ref(&e));
                chosen_by_symbols.extend(nodes.iter().filter_map(|node| match node.kind() {
                    Kind::Indexed(name, _) => Some(name.clone()),
                    _ => None,
                }));
            }
            super::definitions::Value::List(items) => stack.extend(items),
        }
    }
    Ok(())
}
