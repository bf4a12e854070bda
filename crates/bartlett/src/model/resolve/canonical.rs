//! The model as understood: its statements in plain ASCII, one spelling for each form, and what was inferred as statements of its own.
//! In: statements as typed, names, inferred domains. Out: text that parses to the same model. Never: an algebraic change, since the order of parameters is the order of the text.

use super::names::Names;
use crate::model::statement::{Index, Over, Scale, Set, SetPart, Statement, Subject};
use bartlett_expr::parse::syntax::{binder_name, constant_name};
use bartlett_expr::parse::{Node, Side, Sign, Syntax};
use bartlett_expr::{Spanned, Symbol};

/// How tightly the outermost sign of a piece of text binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Power,
    Atom,
}

/// The statements on one line, then the domains that were inferred.
pub(super) fn canonical(
    statements: &[Spanned<Statement>],
    names: &Names,
    inferred: &[(String, String)],
) -> String {
    let is_known = |name: &str| {
        names
            .known
            .iter()
            .any(|known| known.node.name() == name || super::definitions::base(&known.node) == name)
    };
    let is_parameter = |name: &str| names.parameters.iter().any(|p| p.node.name() == name);
    let mut parts = Vec::new();
    let mut said: Vec<&str> = Vec::new();
    for one in statements {
        if let Statement::Known(subjects) = &one.node {
            let kept: Vec<&Subject> = subjects.iter().filter(|s| !is_parameter(&s.name)).collect();
            said.extend(kept.iter().map(|s| &*s.name));
            if !kept.is_empty() {
                parts.push(format!("known {}", list(&kept, |s| subject(s))));
            }
        } else {
            parts.push(statement(&one.node));
        }
    }
    // What `--params` left out.
    let silent: Vec<&Symbol> = names
        .known
        .iter()
        .map(|known| &known.node)
        .filter(|s| !said.contains(&super::definitions::base(s)) && is_known(s.name()))
        .collect();
    if !silent.is_empty() {
        parts.push(format!("known {}", list(&silent, |s| s.to_string())));
    }
    parts.extend(inferred.iter().map(|(statement, _)| statement.clone()));
    let declared = parts_declare_gamma(names, statements);
    parts
        .join("; ")
        .replace(GAMMA, if declared { "tgamma" } else { "gamma" })
}

/// The gamma function until it is known whether `gamma` is a symbol of the model.
const GAMMA: &str = "Γ";

fn parts_declare_gamma(names: &Names, statements: &[Spanned<Statement>]) -> bool {
    let symbols = [&names.data, &names.parameters, &names.known]
        .into_iter()
        .flatten();
    let definition = |one: &Spanned<Statement>| matches!(&one.node, Statement::Definition { name, .. } if &*name.node == "gamma");
    symbols
        .into_iter()
        .any(|one| super::definitions::base(&one.node) == "gamma")
        || statements.iter().any(definition)
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn subject(subject: &Subject) -> String {
    match &subject.index {
        Index::None => subject.name.to_string(),
        Index::At(indices) => format!("{}[{}]", subject.name, list(indices, expression)),
        Index::Range(ends) => format!(
            "{}[{}..{}]",
            subject.name,
            expression(&ends.0),
            expression(&ends.1)
        ),
    }
}

/// Nesting of `for` is bounded by the grammar.
fn statement(statement: &Statement) -> String {
    match statement {
        Statement::Density(density) => {
            let log = if density.scale == Scale::LogDensity {
                "log "
            } else {
                ""
            };
            let sign = if density.scale == Scale::Kernel {
                "propto"
            } else {
                "="
            };
            let (data, parameters) = (
                list(&density.data, subject),
                list(&density.parameters, subject),
            );
            format!(
                "{log}{}({data} | {parameters}) {sign} {}",
                density.function,
                expression(&density.body)
            )
        }
        Statement::Law(law) => {
            let data = list(&law.data, subject);
            let data = if law.tuple { format!("({data})") } else { data };
            let family =
                bartlett_laws::family(&law.family.node).map_or(&*law.family.node, |row| row.name);
            format!("{data} ~ {family}({})", list(&law.arguments, expression))
        }
        Statement::Membership { subjects, set } => {
            format!("{} in {}", list(subjects, subject), union(set))
        }
        Statement::Relation { sides, relations } => {
            let mut text = String::new();
            for (k, side) in sides.iter().enumerate() {
                if k > 0 {
                    text.push_str(&format!(" {} ", relations[k - 1].text()));
                }
                text.push_str(&list(side, expression));
            }
            text
        }
        Statement::Known(names) => format!("known {}", list(names, subject)),
        Statement::Definition { name, value } => format!("{} = {}", name.node, expression(value)),
        Statement::Repetition(repetition) => {
            let over = match &repetition.over {
                Over::List(items) => format!("[{}]", list(items, expression)),
                Over::Named(name) => name.node.to_string(),
                Over::Range { leading, last } => match &leading[..] {
                    [first] => format!("{}..{}", expression(first), expression(last)),
                    _ => format!(
                        "{{{}, ..., {}}}",
                        list(leading, expression),
                        expression(last)
                    ),
                },
            };
            format!(
                "for {} in {over}: {}",
                repetition.variable.node,
                self::statement(&repetition.body.node)
            )
        }
        Statement::Truncation { datum, set } => {
            format!("truncate {} to {}", subject(datum), union(set))
        }
        Statement::Censoring { datum, set } => {
            format!("censor {} to {}", subject(datum), union(set))
        }
    }
}

fn union(set: &Set) -> String {
    set.parts
        .iter()
        .map(|part| part_of_set(&part.node))
        .collect::<Vec<_>>()
        .join(" + ")
}

fn part_of_set(part: &SetPart) -> String {
    match part {
        SetPart::Real => "real".to_owned(),
        SetPart::Positive => "positive".to_owned(),
        SetPart::Nonnegative => "nonnegative".to_owned(),
        SetPart::Integer => "integer".to_owned(),
        SetPart::Interval {
            lower,
            upper,
            lower_closed,
            upper_closed,
        } => {
            let (open, close) = (
                if *lower_closed { '[' } else { '(' },
                if *upper_closed { ']' } else { ')' },
            );
            format!("{open}{}, {}{close}", expression(lower), expression(upper))
        }
        SetPart::Points(points) => format!("{{{}}}", list(points, expression)),
        SetPart::Range { leading, last } => {
            let last = last
                .as_ref()
                .map_or_else(String::new, |last| format!(", {}", expression(last)));
            format!("{{{}, ...{last}}}", list(leading, expression))
        }
        SetPart::Simplex(size) => format!("simplex({})", expression(size)),
        SetPart::RealVector(size) => format!("real^{}", within(size, Tightness::Atom)),
    }
}

/// The expression as it was typed, products and calls written out. Nesting is bounded by the grammar.
pub(super) fn expression(node: &Node) -> String {
    written(node).0
}

fn within(node: &Node, least: Tightness) -> String {
    let (text, tightness) = written(node);
    if tightness < least {
        format!("({text})")
    } else {
        text
    }
}

fn written(node: &Node) -> (String, Tightness) {
    use Tightness as T;
    let call = |name: &str, arguments: &[&Node]| {
        (
            format!("{name}({})", list(arguments, |node| expression(node))),
            T::Atom,
        )
    };
    match &node.kind {
        Syntax::Number(value) => {
            let tightness = if value.is_negative() {
                T::Sum
            } else if value.is_integer() {
                T::Atom
            } else {
                T::Product
            };
            (value.to_string(), tightness)
        }
        Syntax::Symbol(name) => (name.to_string(), T::Atom),
        Syntax::Constant(constant) => (constant_name(*constant).to_owned(), T::Atom),
        Syntax::Indexed(name, indices) => {
            (format!("{name}[{}]", list(indices, expression)), T::Atom)
        }
        Syntax::Terms(terms) => {
            let mut text = String::new();
            for (k, (sign, term)) in terms.iter().enumerate() {
                text.push_str(match (k, sign) {
                    (0, Sign::Plus) => "",
                    (0, Sign::Minus) => "-",
                    (_, Sign::Plus) => " + ",
                    (_, Sign::Minus) => " - ",
                });
                // A sign that was typed first needs no brackets.
                let least = if k == 0 && matches!(term.kind, Syntax::Negative(_)) {
                    T::Sum
                } else {
                    T::Product
                };
                text.push_str(&within(term, least));
            }
            (text, T::Sum)
        }
        Syntax::Factors(factors) => {
            let mut text = String::new();
            for (k, (side, factor)) in factors.iter().enumerate() {
                match (k, side) {
                    (0, Side::Above) => {}
                    (0, Side::Below) => text.push_str("1/"),
                    (_, Side::Above) => text.push('*'),
                    (_, Side::Below) => text.push('/'),
                }
                text.push_str(&within(factor, T::Power));
            }
            (text, T::Product)
        }
        Syntax::Negative(inner) => (format!("-{}", within(inner, T::Power)), T::Sum),
        Syntax::Power(base, exponent) => (
            format!("{}^{}", within(base, T::Atom), within(exponent, T::Atom)),
            T::Power,
        ),
        Syntax::Factorial(inner) => (format!("{}!", within(inner, T::Atom)), T::Atom),
        Syntax::Absolute(inner) => call("abs", &[inner]),
        Syntax::Root(inner) => call("sqrt", &[inner]),
        Syntax::Call("gamma", arguments) => call(GAMMA, &arguments.iter().collect::<Vec<_>>()),
        Syntax::Call(name, arguments) => call(name, &arguments.iter().collect::<Vec<_>>()),
        Syntax::Bound(binder, bound) => {
            let text = format!(
                "{}({}, {}, {}, {})",
                binder_name(*binder),
                bound.variable,
                expression(&bound.lower),
                expression(&bound.upper),
                expression(&bound.body)
            );
            (text, T::Atom)
        }
        Syntax::If(parts) => call("if", &parts.iter().collect::<Vec<_>>()),
        Syntax::Indicator(condition) => call("indicator", &[condition]),
        Syntax::Comparison(first, rest) => {
            let mut text = within(first, T::Sum);
            for (relation, node) in rest {
                text.push_str(&format!(" {} {}", relation.text(), within(node, T::Sum)));
            }
            (text, T::Comparison)
        }
        Syntax::And(parts) => (
            parts
                .iter()
                .map(|part| within(part, T::Comparison))
                .collect::<Vec<_>>()
                .join(" and "),
            T::And,
        ),
        Syntax::Or(parts) => (
            parts
                .iter()
                .map(|part| within(part, T::And))
                .collect::<Vec<_>>()
                .join(" or "),
            T::Or,
        ),
        Syntax::List(items) => (format!("[{}]", list(items, expression)), T::Atom),
    }
}
