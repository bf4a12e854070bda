//! What a row must say of a target language.
//! In: nothing. Out: `Target` and its parts. Never: an algorithm.

use super::super::readings::Applied;
use super::source::Written;

/// A language in which quantities can be written.
pub struct Target {
    /// The name under which it is asked for.
    pub name: &'static str,
    /// What it is called in print.
    pub title: &'static str,
    /// What stands before and after a line of comment.
    pub comment: [&'static str; 2],
    /// How formulas are spelled.
    pub hand: Hand,
    /// A routine, once its formulas are written.
    pub routine: fn(&Written) -> Vec<String>,
    /// Lines at the top, each where the program holds the text before it; an empty text always does.
    pub head: &'static [(&'static str, &'static str)],
    /// Lines at the end.
    pub foot: &'static [&'static str],
    /// Functions that the program brings along, where it calls them.
    pub helpers: &'static [Helper],
    /// Names that may not be used for symbols, besides those of its functions.
    pub reserved: &'static str,
    /// What is put after a name that may not be used, and in place of an underscore where names have none.
    pub mark: &'static str,
    /// May a name hold an underscore?
    pub underscores: bool,
    /// Do names differ by case alone?
    pub cases_differ: bool,
}

/// Who spells the formulas.
pub enum Hand {
    /// A row of spellings.
    Code(&'static Code),
    /// The writer of a format that knows every function.
    SymPy,
    /// The writer of a format that knows every function.
    Latex,
}

/// How a programming language spells shapes.
pub struct Code {
    /// Its functions.
    pub functions: &'static [Spelled],
    /// π, e, γ, ∞.
    pub constants: [&'static str; 4],
    /// Numbers.
    pub numbers: Literal,
    /// What a literal takes before a dot.
    pub receiver: &'static str,
    /// `#1` to the integer `#2`, and to any power; empty where the sign `raised` stands between them.
    pub powers: [&'static str; 2],
    /// The sign of a power.
    pub raised: &'static str,
    /// √#1
    pub root: &'static str,
    /// Where `#1` holds `#2`, else `#3`.
    pub cases: &'static str,
    /// And, or, equal, not equal, true, false.
    pub logic: [&'static str; 6],
    /// Must comparisons stand in brackets where they are joined?
    pub brackets: bool,
    /// Element `#2` of `#1`, counted from one; empty where there are no arrays.
    pub element: &'static str,
    /// Σ, Π over integers and ∫ of `#1` over `#2` from `#3` to `#4`; empty where there is none.
    pub binders: [&'static str; 3],
    /// Σ without end; empty where there is none.
    pub series: &'static str,
}

/// How integers are written in a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `2`
    Integer,
    /// `2.0`
    Decimal,
    /// `2e0`
    Exponent,
}

/// The spelling of a function.
pub struct Spelled {
    /// The function and its number of arguments.
    pub of: (&'static str, usize),
    /// The order that its first argument must be, if only that one is known.
    pub order: Option<i64>,
    /// How it is called; `#1`, `#2` stand for the arguments.
    pub spelling: &'static str,
}

/// A function in the target itself.
pub struct Helper {
    /// Its name: it is brought along where the program, or a helper that is, holds the name before a bracket.
    pub name: &'static str,
    /// Its source, with a comment that says on what range it is how accurate.
    pub source: &'static str,
}

/// A row of a function.
pub const fn spelled(name: &'static str, arity: usize, spelling: &'static str) -> Spelled {
    Spelled {
        of: (name, arity),
        order: None,
        spelling,
    }
}

/// A row of a function at one order.
pub const fn of_order(name: &'static str, order: i64, spelling: &'static str) -> Spelled {
    Spelled {
        of: (name, 2),
        order: Some(order),
        spelling,
    }
}

impl Code {
    /// How the target calls a function, if it has it.
    pub fn spelling(&self, applied: Applied) -> Option<&'static str> {
        let row = applied.function.row();
        let of = (row.name, row.arguments.len());
        let fits = |spelled: &&Spelled| {
            spelled.of == of && (spelled.order.is_none() || spelled.order == applied.order)
        };
        self.functions.iter().find(fits).map(|row| row.spelling)
    }
}
