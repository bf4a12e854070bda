//! A whole program: each routine with its common parts named, the helpers that it calls, the lines around it.
//! In: a target, routines. Out: source text. Never: a formula that the target cannot run.

use super::super::latex::Latex;
use super::super::layout::wrapped;
use super::super::names::Names;
use super::super::readings::Applied;
use super::super::sympy::SymPy;
use super::super::writer::{Writer, write};
use super::code::CodeWriter;
use super::fused::{fused, written_out};
use super::names::{Naming, identifier};
use super::shared::{Shared, prefix, shared};
use super::stand_ins::stood_in;
use super::target::{Code, Hand, Target};
use super::{Lacking, Routine, Shape};
use crate::Symbol;
use crate::expr::{Binder, Constant, Expr, Kind};
use crate::functions::FunctionRef;
use crate::traverse::topological;
use rustc_hash::{FxHashMap, FxHashSet};

/// A routine whose formulas are written.
pub struct Written {
    /// Its name.
    pub name: String,
    /// What it is, in a line.
    pub about: String,
    /// Its arguments.
    pub inputs: Vec<Input>,
    /// Names and formulas of common parts, in order.
    pub steps: Vec<(String, String)>,
    /// The entries, row by row.
    pub rows: Vec<Vec<String>>,
    /// How they lie.
    pub shape: Shape,
}

/// An argument of a written routine.
pub struct Input {
    /// Its name.
    pub name: String,
    /// Is it a list of numbers?
    pub is_array: bool,
    /// Does an entry hold it?
    pub is_used: bool,
}

impl Written {
    /// Every entry, row by row.
    pub fn entries(&self) -> Vec<&str> {
        self.rows.iter().flatten().map(String::as_str).collect()
    }
    /// The arguments, each by a spelling.
    pub fn arguments(&self, spelled: impl Fn(&Input) -> String) -> String {
        let inputs: Vec<String> = self.inputs.iter().map(spelled).collect();
        inputs.join(", ")
    }
    /// The names of the arguments.
    pub fn names(&self) -> String {
        self.arguments(|input| input.name.clone())
    }
}

/// Lines are broken beyond this width.
const WIDTH: usize = 100;
/// So many terms of a sum are written out at most.
pub const WRITTEN_OUT: i64 = 40;

/// The source of a program with these comments at its top.
///
/// # Errors
/// What the target lacks, with the entry that needs it.
pub fn source(
    target: &Target,
    comments: &[String],
    routines: &[Routine],
) -> Result<String, Lacking> {
    let mut body = String::new();
    for routine in routines {
        let lines = (target.routine)(&written(target, routine)?);
        body.push('\n');
        body.push_str(&lines.join("\n"));
        body.push('\n');
    }
    if body.contains('…') {
        let entry = routines
            .first()
            .map_or_else(String::new, |r| r.name.clone());
        return Err(Lacking::TooLarge { entry });
    }
    let helpers = helpers(target, &body);
    let mut out = String::new();
    for line in comments.iter().flat_map(|text| text.lines()) {
        let [before, after] = target.comment;
        out.push_str(format!("{before}{line}{after}").trim_end());
        out.push('\n');
    }
    for (text, line) in target.head {
        let needed = text.is_empty() || body.contains(text) || helpers.contains(text);
        if needed {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.push_str(&helpers);
    out.push_str(&body);
    for line in target.foot {
        out.push_str(line);
        out.push('\n');
    }
    Ok(out)
}

/// Does the text call the function?
fn calls(text: &str, name: &str) -> bool {
    let call = format!("{name}(");
    text.match_indices(&call).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
    })
}

/// The helpers that the text calls, and those that they call; one stands after what it calls.
fn helpers(target: &Target, body: &str) -> String {
    let mut needed = vec![false; target.helpers.len()];
    for (i, helper) in target.helpers.iter().enumerate().rev() {
        let later = target.helpers.iter().zip(&needed).skip(i + 1);
        needed[i] = calls(body, helper.name)
            || later
                .filter(|(_, needed)| **needed)
                .any(|(other, _)| calls(other.source, helper.name));
    }
    let mut out = String::new();
    for (helper, _) in target.helpers.iter().zip(&needed).filter(|(_, n)| **n) {
        out.push('\n');
        out.push_str(helper.source.trim());
        out.push('\n');
    }
    out
}

/// Does the target have the function?
pub fn has(target: &Target, function: FunctionRef, arguments: &[Expr]) -> bool {
    match target.hand {
        Hand::Code(code) => code.spelling(Applied::new(function, arguments)).is_some(),
        Hand::SymPy | Hand::Latex => function.value().is_some(),
    }
}

/// The entries in the forms that the target can run.
pub fn forms(target: &Target, roots: &[Expr]) -> Vec<Expr> {
    let Hand::Code(_) = target.hand else {
        return roots.to_vec();
    };
    let x = [Expr::symbol("x")];
    let roots: Vec<Expr> = roots.iter().map(|e| written_out(e, WRITTEN_OUT)).collect();
    let roots = fused(&roots, &|function| has(target, function, &x));
    stood_in(&roots, &|function, arguments| {
        has(target, function, arguments)
    })
}

/// Is it an infinite end?
fn is_endless(e: &Expr) -> bool {
    e.is_constant(Constant::Infinity) || (-e).is_constant(Constant::Infinity)
}

/// What of an entry the target cannot run.
pub fn lacks(target: &Target, entry: &str, e: &Expr) -> Result<(), Lacking> {
    let entry = || entry.to_owned();
    for node in topological(std::slice::from_ref(e)) {
        match (node.kind(), &target.hand) {
            (Kind::Constant(Constant::Undefined), _) => {
                return Err(Lacking::Undefined { entry: entry() });
            }
            (Kind::Call(function, arguments), Hand::Code(_))
                if !has(target, *function, arguments) =>
            {
                return Err(Lacking::Function {
                    target: target.title,
                    function: node.text(),
                    entry: entry(),
                });
            }
            (Kind::Indexed(symbol, _), Hand::Code(Code { element: "", .. })) => {
                return Err(Lacking::Array {
                    target: target.title,
                    name: symbol.name().to_owned(),
                    entry: entry(),
                });
            }
            (Kind::Bound(binder, _, lower, upper, _), Hand::Code(code)) => {
                let endless = is_endless(lower) || is_endless(upper);
                let (what, spelling) = match binder {
                    Binder::Sum if endless => ("infinite sum", code.series),
                    Binder::Sum => ("sum", code.binders[0]),
                    Binder::Product if endless => ("infinite product", ""),
                    Binder::Product => ("product", code.binders[1]),
                    Binder::Integral => ("integral", code.binders[2]),
                };
                if spelling.is_empty() {
                    return Err(Lacking::Open {
                        target: target.title,
                        what,
                        expression: node.text(),
                        entry: entry(),
                    });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Names that sums and integrals bind.
fn bound_names(roots: &[Expr]) -> Vec<Symbol> {
    let mut names: Vec<Symbol> = Vec::new();
    for node in topological(roots) {
        if let Kind::Bound(_, variable, ..) = node.kind()
            && !names.contains(variable)
        {
            names.push(variable.clone());
        }
    }
    names.sort();
    names
}

/// Every symbol that stands in front of an index.
fn arrays(roots: &[Expr]) -> FxHashSet<Symbol> {
    let indexed = |e: &Expr| match e.kind() {
        Kind::Indexed(symbol, _) => Some(symbol.clone()),
        _ => None,
    };
    topological(roots).iter().filter_map(indexed).collect()
}

fn written(target: &Target, routine: &Routine) -> Result<Written, Lacking> {
    let entries = routine.entries();
    let roots: Vec<Expr> = entries.iter().map(|(_, e)| (*e).clone()).collect();
    let roots = forms(target, &roots);
    for ((label, _), root) in entries.iter().zip(&roots) {
        lacks(target, label, root)?;
    }
    let bound = bound_names(&roots);
    let free: Vec<Symbol> = roots.iter().flat_map(Expr::free_symbols).collect();
    let mut symbols: Vec<Symbol> = routine.inputs.clone();
    symbols.extend(free.iter().cloned());
    symbols.extend(bound.iter().cloned());
    let Shared { steps, values } = shared(&roots, &prefix(&symbols));
    symbols.extend(steps.iter().map(|(name, _)| name.clone()));
    let names = Naming::new(target, &symbols, std::slice::from_ref(&routine.name));
    let used: FxHashSet<Symbol> = free.into_iter().collect();
    let arrays = arrays(&roots);
    let inputs = routine.inputs.iter().map(|symbol| Input {
        name: names.of(symbol),
        is_array: arrays.contains(symbol),
        is_used: used.contains(symbol),
    });
    let all: Vec<&Expr> = steps.iter().map(|(_, e)| e).chain(&values).collect();
    let pen = Pen::new(target, &names, &all);
    let renamed = renamed(target, &symbols);
    let write = |e: &Expr| pen.write(&e.substitute(&renamed));
    let steps = steps
        .iter()
        .map(|(name, e)| (names.of(name), write(e)))
        .collect();
    let mut texts = values.iter().map(write);
    let rows = routine
        .rows
        .iter()
        .map(|row| texts.by_ref().take(row.len()).collect())
        .collect();
    Ok(Written {
        name: routine.name.clone(),
        about: routine.about.clone(),
        inputs: inputs.collect(),
        steps,
        rows,
        shape: routine.shape,
    })
}

/// Identifiers in place of symbols that are none, for the writer of a format that keeps the names of symbols.
fn renamed(target: &Target, symbols: &[Symbol]) -> FxHashMap<Expr, Expr> {
    if !matches!(target.hand, Hand::SymPy) {
        return FxHashMap::default();
    }
    let pair = |symbol: &Symbol| {
        let name = identifier(target, symbol.name());
        (name != symbol.name()).then(|| (Expr::symbol(symbol.name()), Expr::symbol(&name)))
    };
    symbols.iter().filter_map(pair).collect()
}

/// A formula without brackets around all of it.
pub fn bare(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) else {
        return text;
    };
    let mut depth = 0_i32;
    for c in inner.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth < 0 {
            return text;
        }
    }
    inner.trim()
}

/// Writes formulas for a target.
pub struct Pen<'a> {
    writer: Box<dyn Writer + 'a>,
    breaks: bool,
}

impl<'a> Pen<'a> {
    /// For these names and expressions.
    pub fn new(target: &Target, names: &'a Naming, all: &[&Expr]) -> Self {
        let writer: Box<dyn Writer + 'a> = match target.hand {
            Hand::Code(code) => Box::new(CodeWriter { code, names }),
            Hand::SymPy => Box::new(SymPy { program: true }),
            Hand::Latex => Box::new(Latex {
                names: Names::of(all.iter().copied()),
            }),
        };
        Self {
            writer,
            breaks: !matches!(target.hand, Hand::Latex),
        }
    }
    /// One formula; a long one in brackets, over several lines.
    pub fn write(&self, e: &Expr) -> String {
        let text = write(&*self.writer, e);
        if !self.breaks || text.chars().count() <= WIDTH {
            return text;
        }
        let lines = wrapped(&text, WIDTH - 8).replace('\n', "\n        ");
        format!("(\n        {lines}\n    )")
    }
}
