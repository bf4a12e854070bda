//! The function table: what a row says, and how rows are looked up.
//! In: a name and a number of arguments. Out: `FunctionRef`. Never: a function known by name to an algorithm.

mod bessel;
mod elementary;
mod error_functions;
mod folding;
mod gamma;
mod hyperbolic;
mod piecewise;
mod template;
mod trigonometric;
mod zeta;

use crate::expr::hash_of_name;
use crate::parse::formula;
use crate::{Expr, Number, Symbol};
use rustc_hash::FxHashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, OnceLock};
use template::Template;

/// A function of one or more real arguments, as a row.
pub struct Function {
    /// The name under which it is called.
    pub name: &'static str,
    /// Other accepted names.
    pub aliases: &'static [&'static str],
    /// Names of the arguments in the formulas of the row.
    pub arguments: &'static [&'static str],
    /// Where it is defined, as conditions on the arguments; empty where it is defined for all reals.
    pub domain: &'static str,
    /// What it is: a definition in terms of other functions, or a primitive.
    pub meaning: Meaning,
    /// How it is written; `#1`, `#2` stand for the arguments.
    pub spelled: Spelling,
    /// Where the definition and the derivative are printed.
    pub source: &'static str,
}

/// What a function is.
pub enum Meaning {
    /// Expanded at once, so that nothing else need know of it.
    Defined(&'static str),
    /// A node of its own.
    Primitive {
        /// ∂/∂argument, in the names of the arguments; `None` where no formula is known: asking for it is refused.
        partials: &'static [Option<&'static str>],
        /// Its value in `f64`.
        value: Value,
        /// Exact values at exact arguments, and symmetries.
        folds: Fold,
        /// Where its values lie.
        codomain: Codomain,
        /// Is it smooth (infinitely differentiable) inside its domain?
        smooth: bool,
    },
}

/// The values of a function on its domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codomain {
    /// Any real.
    Real,
    /// Above 0 where the last argument is.
    Positive,
    /// Not below 0; above it where the argument is not 0.
    NonNegative,
    /// In (0, 1).
    Unit,
    /// In [−1, 1].
    SymmetricUnit,
    /// In [−1, 1], above 0 in the half period of length π that begins after so many quarters π/2, below 0 in the half before.
    Wave(i64),
}

/// Exact folding at construction; `None` leaves the call as it is.
pub type Fold = Option<fn(&[Expr]) -> Option<Expr>>;

/// The numeric routine of a function.
#[derive(Clone, Copy)]
pub enum Value {
    /// Of one argument.
    One(fn(f64) -> f64),
    /// Of two arguments.
    Two(fn(f64, f64) -> f64),
}

/// A routine that takes a column of arguments to a column of values.
pub type ColumnRoutine = fn(&[f64], &mut [f64]);

/// How a function is written. An empty `sympy` or `unicode` means the plain call by name.
#[derive(Clone, Copy)]
pub struct Spelling {
    /// LaTeX.
    pub latex: &'static str,
    /// Unicode text.
    pub unicode: &'static str,
    /// SymPy.
    pub sympy: &'static str,
}

/// A row of the function table; two are equal when they are the same row.
#[derive(Clone, Copy)]
pub struct FunctionRef(&'static Entry);

/// Every function, by subject.
pub static FUNCTIONS: &[&[Function]] = &[
    elementary::ROWS,
    trigonometric::ROWS,
    hyperbolic::ROWS,
    gamma::ROWS,
    error_functions::ROWS,
    bessel::ROWS,
    zeta::ROWS,
    piecewise::ROWS,
];

/// Routines for logarithms of functions.
static LOGARITHMS: &[(&str, Value)] = &[
    ("besseli", Value::Two(bartlett_special::log_bessel_i)),
    ("besselk", Value::Two(bartlett_special::log_bessel_k)),
    ("Phi", Value::One(bartlett_special::log_normal_cdf)),
];

/// Routines over columns, for functions that are worth one.
static COLUMNS: &[(&str, ColumnRoutine)] = &[("log", bartlett_special::ln_column)];
/// f and f⁻¹: f(x) = y has the one solution x = f⁻¹(y), wherever f has a value.
static INVERSES: &[(&str, &str)] = &[
    ("log", "exp"),
    ("Phi", "Phiinv"),
    ("Phiinv", "Phi"),
    ("atan", "tan"),
    ("asin", "sin"),
    ("acos", "cos"),
];

/// A row with what is looked up often.
struct Entry {
    row: &'static Function,
    hash: u64,
    /// Its place in the table.
    place: usize,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let rows = FUNCTIONS.iter().copied().flatten();
    rows.enumerate()
        .map(|(place, row)| Entry {
            row,
            hash: hash_of_name(row.name),
            place,
        })
        .collect()
});

/// What is worked out of each row, when it is needed.
static COMPILED: LazyLock<Vec<OnceLock<Compiled>>> =
    LazyLock::new(|| ENTRIES.iter().map(|_| OnceLock::new()).collect());

static BY_NAME: LazyLock<FxHashMap<(&'static str, usize), FunctionRef>> = LazyLock::new(|| {
    ENTRIES
        .iter()
        .flat_map(|entry| {
            std::iter::once(entry.row.name)
                .chain(entry.row.aliases.iter().copied())
                .map(move |name| ((name, entry.row.arguments.len()), FunctionRef(entry)))
        })
        .collect()
});

struct Compiled {
    definition: Option<Template>,
    partials: Vec<Option<Template>>,
}

impl Function {
    /// Where its values lie.
    #[must_use]
    pub fn codomain(&self) -> Codomain {
        match self.meaning {
            Meaning::Defined(_) => Codomain::Real,
            Meaning::Primitive { codomain, .. } => codomain,
        }
    }
}

impl FunctionRef {
    /// x where f(x) = y, for a function of one argument that takes each value once.
    #[must_use]
    pub fn undone(self, y: &Expr) -> Option<Expr> {
        let (_, inverse) = INVERSES.iter().find(|(name, _)| *name == self.name())?;
        Some(Expr::function(inverse, [y.clone()]))
    }
    /// The function of that name, whatever its number of arguments (the fewest first).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        (1..=3).find_map(|arity| Self::find(name, arity))
    }
    /// The function of that name with that number of arguments.
    #[must_use]
    pub fn find(name: &str, arity: usize) -> Option<Self> {
        BY_NAME.get(&(name, arity)).copied()
    }
    /// Its row.
    #[must_use]
    pub fn row(self) -> &'static Function {
        self.0.row
    }
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.row.name
    }
    /// The hash of its name.
    pub(crate) fn hash_of_name(self) -> u64 {
        self.0.hash
    }
    /// Is it smooth inside its domain? A defined function is as smooth as its parts.
    #[must_use]
    pub fn is_smooth(self) -> bool {
        match self.row().meaning {
            Meaning::Defined(_) => true,
            Meaning::Primitive { smooth, .. } => smooth,
        }
    }

    fn compiled(self) -> &'static Compiled {
        let row = self.row();
        let template = |text: &str| Template::new(&formula(text), row.arguments);
        COMPILED[self.0.place].get_or_init(|| match row.meaning {
            Meaning::Defined(text) => Compiled {
                definition: Some(template(text)),
                partials: Vec::new(),
            },
            Meaning::Primitive { partials, .. } => Compiled {
                definition: None,
                partials: partials.iter().map(|p| p.map(template)).collect(),
            },
        })
    }

    /// ∂/∂(argument `index`) at the arguments; `None` where no formula is known.
    #[must_use]
    pub fn partial(self, index: usize, arguments: &[Expr]) -> Option<Expr> {
        let formula = self.compiled().partials.get(index)?.as_ref()?;
        Some(formula.at(arguments))
    }

    pub(crate) fn folded(self, arguments: &[Expr]) -> Option<Expr> {
        match self.row().meaning {
            Meaning::Defined(_) => Some(self.compiled().definition.as_ref()?.at(arguments)),
            Meaning::Primitive { folds, .. } => folds.and_then(|fold| fold(arguments)),
        }
    }

    /// The value at numeric arguments.
    #[must_use]
    pub fn value(self) -> Option<Value> {
        match self.row().meaning {
            Meaning::Defined(_) => None,
            Meaning::Primitive { value, .. } => Some(value),
        }
    }

    /// The routine for its logarithm, where the function overflows or vanishes long before its logarithm does.
    #[must_use]
    pub fn log_value(self) -> Option<Value> {
        LOGARITHMS
            .iter()
            .find(|(name, _)| *name == self.name())
            .map(|(_, value)| *value)
    }

    /// The routine over columns, where there is one faster than a loop over [`value`](Self::value).
    #[must_use]
    pub fn column(self) -> Option<ColumnRoutine> {
        COLUMNS
            .iter()
            .find(|(name, _)| *name == self.name())
            .map(|(_, routine)| *routine)
    }

    /// Names of its arguments, as symbols.
    #[must_use]
    pub fn arguments(self) -> Vec<Symbol> {
        self.row()
            .arguments
            .iter()
            .map(|a| Symbol::new(a))
            .collect()
    }
}

impl PartialEq for FunctionRef {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for FunctionRef {}
impl Hash for FunctionRef {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash.hash(state);
        self.row().arguments.len().hash(state);
    }
}
impl fmt::Debug for FunctionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Value {
    /// Applies the routine; NaN where the number of arguments does not fit.
    #[must_use]
    pub fn apply(self, arguments: &[f64]) -> f64 {
        match (self, arguments) {
            (Self::One(f), [x]) => f(*x),
            (Self::Two(f), [x, y]) => f(*x, *y),
            _ => f64::NAN,
        }
    }
}

/// Does the canonical form of the expression begin with a minus sign? Of x and −x exactly one does.
#[must_use]
pub fn leads_with_minus(e: &Expr) -> bool {
    match e.kind() {
        crate::Kind::Number(n) | crate::Kind::Mul(n, _) => Number::is_negative(n),
        crate::Kind::Add(_, terms) => terms[0].1.is_negative(),
        _ => false,
    }
}
