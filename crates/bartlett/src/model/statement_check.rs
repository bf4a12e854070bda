//! The names of a model: which are declared, which are free in its laws, and which are used without either.
//! In: statements. Out: names in order of appearance, problems. Never: a domain.

use super::statement::{Index, Over, SetPart, Statement, Subject, Vocabulary};
use super::statement_problems::StatementError;
use bartlett_expr::parse::syntax::CONSTANTS;
use bartlett_expr::parse::{Appearance, Node};
use bartlett_expr::{Problem, Spanned, did_you_mean};
use rustc_hash::{FxHashMap, FxHashSet};

/// The data, parameters, knowns and definitions, in order of appearance. Subjects of domains are not among them: a
/// domain gives no one a role.
#[must_use]
pub fn declared_names(statements: &[Spanned<Statement>]) -> Vec<Box<str>> {
    let mut names = Vec::new();
    for statement in statements {
        let mut inner = &statement.node;
        while let Statement::Repetition(repetition) = inner {
            inner = &repetition.body.node;
        }
        match inner {
            Statement::Density(density) => names.extend(
                density
                    .data
                    .iter()
                    .chain(&density.parameters)
                    .map(|s| s.name.clone()),
            ),
            Statement::Law(law) => names.extend(law.data.iter().map(|s| s.name.clone())),
            Statement::Known(known) => names.extend(known.iter().map(|s| s.name.clone())),
            Statement::Definition { name, .. } => names.push(name.node.clone()),
            _ => {}
        }
    }
    let mut seen = FxHashSet::default();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// The names that a domain declares as a vector, as in `b[1..k] in real`.
fn vectors(statements: &[Spanned<Statement>]) -> FxHashSet<Box<str>> {
    let members = statements
        .iter()
        .flat_map(|statement| subjects(&statement.node));
    members
        .filter(|subject| matches!(subject.index, Index::Range(_)))
        .map(|subject| subject.name.clone())
        .collect()
}

/// The free names of the arguments of the laws in order of first appearance, definitions expanded where they are used,
/// less data, `known` names, variables of `for`, parameters of typed densities, and indexed names that no domain declares
/// as a vector.
#[must_use]
pub fn law_names(statements: &[Spanned<Statement>]) -> Vec<Box<str>> {
    let definitions: FxHashMap<&str, &Node> = statements
        .iter()
        .filter_map(|statement| match &statement.node {
            Statement::Definition { name, value } => Some((&*name.node, value)),
            _ => None,
        })
        .collect();
    let taken: FxHashSet<Box<str>> = declared_names(statements)
        .into_iter()
        .filter(|name| !definitions.contains_key(&**name))
        .collect();
    let vectors = vectors(statements);
    let names = |node: &Node| -> Vec<Box<str>> {
        let free = node
            .appearances()
            .into_iter()
            .filter(|one| !one.indexed || vectors.contains(&one.name));
        free.map(|one| one.name).collect()
    };
    let mut found = Vec::new();
    for statement in statements {
        let mut locals = FxHashSet::default();
        let mut inner = &statement.node;
        while let Statement::Repetition(repetition) = inner {
            locals.insert(&*repetition.variable.node);
            inner = &repetition.body.node;
        }
        let Statement::Law(law) = inner else { continue };
        // An explicit stack, last name on top, so that a cycle of definitions ends.
        let mut expanded: FxHashSet<Box<str>> = FxHashSet::default();
        let mut stack: Vec<Box<str>> = law.arguments.iter().flat_map(names).collect();
        stack.reverse();
        while let Some(name) = stack.pop() {
            if let Some(value) = definitions.get(&*name) {
                if expanded.insert(name) {
                    stack.extend(names(value).into_iter().rev());
                }
            } else if !locals.contains(&*name) && !taken.contains(&name) && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// The names that are used but neither declared nor free in a law, each where it first appears. The ends of a range and
/// indexed names must be declared even where a law uses them.
#[must_use]
pub fn unknown_names(
    statements: &[Spanned<Statement>],
    vocabulary: &Vocabulary<'_>,
) -> Vec<Problem> {
    let mut firm: FxHashSet<Box<str>> = declared_names(statements).into_iter().collect();
    firm.extend(vectors(statements));
    let declared: FxHashSet<Box<str>> = firm.iter().cloned().chain(law_names(statements)).collect();
    let variables = variables(statements);
    let mut problems = Vec::new();
    let mut reported = FxHashSet::default();
    for statement in statements {
        let mut locals: Vec<&str> = Vec::new();
        let (mut used, mut ends) = (Vec::new(), FxHashSet::default());
        let mut inner = &statement.node;
        if matches!(inner, Statement::Definition { .. }) {
            // A definition is expanded where it is used, perhaps inside of `for`.
            locals.extend(&variables);
        }
        while let Statement::Repetition(repetition) = inner {
            match &repetition.over {
                Over::List(items) => items
                    .iter()
                    .for_each(|item| used.extend(item.appearances())),
                Over::Named(name) => used.push(Appearance {
                    name: name.node.clone(),
                    span: name.span,
                    indexed: false,
                }),
                Over::Range { leading, last } => leading
                    .iter()
                    .chain([last])
                    .for_each(|item| used.extend(item.appearances())),
            }
            ends.extend(used.iter().map(|one| one.span));
            locals.push(&repetition.variable.node);
            inner = &repetition.body.node;
        }
        nodes(inner)
            .into_iter()
            .for_each(|node| used.extend(node.appearances()));
        for subject in subjects(inner) {
            used.push(Appearance {
                name: subject.name.clone(),
                span: subject.span,
                indexed: false,
            });
        }
        used.sort_by_key(|appearance| appearance.span.start);
        for appearance in used {
            let name = &*appearance.name;
            let end = ends.contains(&appearance.span);
            let known = if end || appearance.indexed {
                &firm
            } else {
                &declared
            };
            if known.contains(name)
                || locals.contains(&name)
                || !reported.insert(appearance.name.clone())
            {
                continue;
            }
            if appearance.indexed || (end && declared.contains(name)) {
                problems.push(
                    StatementError::UnknownIndexed {
                        at: appearance.span,
                        name: name.to_owned(),
                        end,
                    }
                    .into(),
                );
                continue;
            }
            let known = declared
                .iter()
                .map(|name| &**name)
                .chain(CONSTANTS.iter().map(|row| row.0));
            let suggestions = did_you_mean(name, known)
                .into_iter()
                .map(str::to_owned)
                .collect();
            let bare_function = vocabulary.functions.find(name).is_some();
            problems.push(
                StatementError::UnknownName {
                    at: appearance.span,
                    name: name.to_owned(),
                    suggestions,
                    bare_function,
                }
                .into(),
            );
        }
    }
    problems
}

/// The variables of all repetitions.
fn variables(statements: &[Spanned<Statement>]) -> Vec<&str> {
    let mut found = Vec::new();
    for statement in statements {
        let mut inner = &statement.node;
        while let Statement::Repetition(repetition) = inner {
            found.push(&*repetition.variable.node);
            inner = &repetition.body.node;
        }
    }
    found
}

/// The expressions of a statement that is no repetition.
fn nodes(statement: &Statement) -> Vec<&Node> {
    let mut found: Vec<&Node> = Vec::new();
    match statement {
        Statement::Density(density) => found.push(&density.body),
        Statement::Law(law) => found.extend(&law.arguments),
        Statement::Definition { value, .. } => found.push(value),
        Statement::Relation { sides, .. } => found.extend(sides.iter().flatten()),
        Statement::Membership { set, .. }
        | Statement::Truncation { set, .. }
        | Statement::Censoring { set, .. } => {
            for part in &set.parts {
                match &part.node {
                    SetPart::Interval { lower, upper, .. } => found.extend([lower, upper]),
                    SetPart::Points(points) => found.extend(points),
                    SetPart::Range { leading, last } => found.extend(leading.iter().chain(last)),
                    SetPart::Simplex(size) | SetPart::RealVector(size) => found.push(size),
                    SetPart::Real | SetPart::Positive | SetPart::Nonnegative | SetPart::Integer => {
                    }
                }
            }
        }
        Statement::Known(_) | Statement::Repetition(_) => {}
    }
    for subject in all_subjects(statement) {
        match &subject.index {
            Index::None => {}
            Index::At(indices) => found.extend(indices),
            Index::Range(ends) => found.extend([&ends.0, &ends.1]),
        }
    }
    found
}

fn all_subjects(statement: &Statement) -> Vec<&Subject> {
    match statement {
        Statement::Density(density) => density.data.iter().chain(&density.parameters).collect(),
        Statement::Law(law) => law.data.iter().collect(),
        Statement::Known(names) => names.iter().collect(),
        _ => subjects(statement).collect(),
    }
}

/// The names that a statement speaks about without declaring them.
fn subjects(statement: &Statement) -> std::slice::Iter<'_, Subject> {
    match statement {
        Statement::Membership { subjects, .. } => subjects.iter(),
        Statement::Truncation { datum, .. } | Statement::Censoring { datum, .. } => {
            std::slice::from_ref(datum).iter()
        }
        _ => [].iter(),
    }
}
