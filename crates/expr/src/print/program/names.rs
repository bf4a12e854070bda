//! What symbols are called in a target.
//! In: the names of a model, a target. Out: identifiers, one a symbol. Never: two symbols of one name, or a word that the target keeps for itself.

use super::target::{Code, Hand, Target};
use crate::print::sympy_name;
use crate::{Expr, Symbol};
use rustc_hash::{FxHashMap, FxHashSet};

/// Identifiers of symbols.
#[derive(Default)]
pub struct Naming {
    names: FxHashMap<Symbol, String>,
}

/// The words of a spelling: `scipy`, `special`, `digamma` of `scipy.special.digamma(#1)`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Every word that a name may not be.
fn kept(target: &Target) -> FxHashSet<String> {
    let mut kept: FxHashSet<String> = target
        .reserved
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    kept.extend(target.helpers.iter().map(|helper| helper.name.to_owned()));
    if let Hand::Code(code) = target.hand {
        let Code {
            functions,
            constants,
            powers,
            binders,
            ..
        } = code;
        let spellings = functions.iter().map(|row| row.spelling);
        let others = constants.iter().chain(powers).chain(binders).copied();
        let all = [code.root, code.cases, code.element, code.series];
        for text in spellings.chain(others).chain(all).chain(code.logic) {
            kept.extend(words(text).map(str::to_owned));
        }
    }
    kept
}

impl Naming {
    /// Names for symbols, the first ones keeping theirs where two would be the same.
    pub fn new(target: &Target, symbols: &[Symbol], routines: &[String]) -> Self {
        let same = |name: &str| {
            if target.cases_differ {
                name.to_owned()
            } else {
                name.to_ascii_lowercase()
            }
        };
        let kept: FxHashSet<String> = kept(target)
            .into_iter()
            .chain(routines.iter().cloned())
            .map(|name| same(&name))
            .collect();
        let mut taken: FxHashSet<String> = FxHashSet::default();
        let mut naming = Self::default();
        for symbol in symbols {
            if naming.names.contains_key(symbol) {
                continue;
            }
            let mut name = match target.hand {
                Hand::Code(_) => identifier(target, symbol.name()),
                Hand::SymPy => sympy_name(&identifier(target, symbol.name())),
                Hand::Latex => Expr::symbol(symbol.name()).latex(),
            };
            while kept.contains(&same(&name)) || !taken.insert(same(&name)) {
                name.push_str(target.mark);
            }
            naming.names.insert(symbol.clone(), name);
        }
        naming
    }

    /// The identifier of a symbol, if it has one.
    pub fn get(&self, symbol: &Symbol) -> Option<String> {
        self.names.get(symbol).cloned()
    }
    /// The identifier of a symbol.
    pub fn of(&self, symbol: &Symbol) -> String {
        self.names
            .get(symbol)
            .cloned()
            .unwrap_or_else(|| symbol.name().to_owned())
    }
}

/// The name in letters, digits and the target's mark: `y[1]` becomes `y_1`.
pub fn identifier(target: &Target, name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c),
            '_' if target.underscores => out.push('_'),
            '[' | ',' | '_' => out.push_str(target.mark),
            ']' | ' ' => {}
            c => out.push_str(&format!("u{:x}", u32::from(c))),
        }
    }
    if out.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out
    } else {
        format!("v{out}")
    }
}
