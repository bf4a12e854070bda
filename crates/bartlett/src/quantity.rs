//! One derived quantity as it is named, defined and shown.
//! In: the engine's results. Out: plain structs. Never: a format.

use crate::report::Closure;
use bartlett_expr::{Expr, Symbol};

/// A derived quantity. Every format shows it by the same rules: see [`Value`].
#[derive(Debug, Clone)]
pub struct Quantity {
    /// Its key in JSON and its name in a program: `jeffreys`.
    pub key: &'static str,
    /// What a page calls it, in Unicode: `Jeffreys prior`.
    pub title: String,
    /// What stands beside the title: `of n observations`.
    pub remark: String,
    /// Its definition in a line, with its convention; empty where the title says it all.
    pub definition: String,
    /// The left side of its equation in LaTeX: `\pi_J(\mu, \sigma)`.
    pub latex: String,
    /// What its entries are called, where it is a list of them; empty where they need no names.
    pub labels: Vec<Label>,
    /// What it is.
    pub value: Value,
    /// How much of it is in closed form.
    pub status: Closure,
    /// The command that shows it on its own, where a page with much else may leave out a long one.
    pub command: Option<&'static str>,
}

/// What a quantity is.
#[derive(Debug, Clone)]
pub enum Value {
    /// There is none: `null` in JSON, and nothing on a page.
    Absent,
    /// One expression; one entry in JSON.
    Scalar(Expr),
    /// A number that no formula gave; one entry in JSON, spelled by [`decimal`].
    Number(f64),
    /// A list of entries, one a label.
    Vector(Vec<Expr>),
    /// A matrix that carries its status: `{"status", "matrix"}` in JSON.
    Matrix(Vec<Vec<Expr>>),
    /// A table; nested lists in JSON.
    Table(Vec<Vec<Expr>>),
    /// Several values, one a label; nested lists in JSON.
    Nested(Vec<Value>),
    /// The same quantity where different things hold: `[{"where", KEY}, …]` in JSON, KEY as given.
    Branches(&'static str, Vec<(Label, Value)>),
    /// Words; a string in JSON.
    Words(String),
}

/// What an entry is called, in three spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// For a terminal.
    pub unicode: String,
    /// In ASCII.
    pub plain: String,
    /// In mathematics mode.
    pub latex: String,
}

impl Label {
    /// An expression as the name.
    #[must_use]
    pub fn of(e: &Expr) -> Self {
        Self {
            unicode: e.unicode(),
            plain: e.text(),
            latex: e.latex(),
        }
    }
    /// A symbol as the name.
    #[must_use]
    pub fn symbol(symbol: &Symbol) -> Self {
        Self::of(&Expr::symbol(symbol.name()))
    }
    /// The derivative of the log-density by a parameter.
    #[must_use]
    pub fn derivative(by: &Symbol) -> Self {
        let name = Self::symbol(by);
        Self {
            unicode: format!("∂/∂{}", name.unicode),
            plain: format!("d/d{}", name.plain),
            latex: format!("\\frac{{\\partial \\ell}}{{\\partial {}}}", name.latex),
        }
    }
    /// Words before and after a name: `I(` … `)`; the same in each spelling.
    #[must_use]
    pub fn around(self, before: &str, after: &str) -> Self {
        let around = |name: String| format!("{before}{name}{after}");
        Self {
            unicode: around(self.unicode),
            plain: around(self.plain),
            latex: around(self.latex),
        }
    }
}

impl Quantity {
    /// A quantity in closed form without remark, definition or labels.
    #[must_use]
    pub fn closed(
        key: &'static str,
        title: impl Into<String>,
        latex: impl Into<String>,
        value: Value,
    ) -> Self {
        Self {
            key,
            title: title.into(),
            remark: String::new(),
            definition: String::new(),
            latex: latex.into(),
            labels: Vec::new(),
            value,
            status: Closure::Closed,
            command: None,
        }
    }
    /// A key without a value.
    #[must_use]
    pub fn absent(key: &'static str) -> Self {
        Self::closed(key, "", "", Value::Absent)
    }
}

impl Value {
    /// Every expression in it.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Self::Absent | Self::Number(_) | Self::Words(_) => Vec::new(),
            Self::Scalar(e) => vec![e],
            Self::Vector(entries) => entries.iter().collect(),
            Self::Matrix(rows) | Self::Table(rows) => rows.iter().flatten().collect(),
            Self::Nested(values) => values.iter().flat_map(Self::expressions).collect(),
            Self::Branches(_, cases) => cases.iter().flat_map(|(_, v)| v.expressions()).collect(),
        }
    }
    /// Is there anything?
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

/// A number that is known to about ten digits, as a decimal without an exponent.
#[must_use]
pub fn decimal(number: f64) -> String {
    let rounded = format!("{number:.9e}");
    rounded.parse().map_or(rounded, |x: f64| x.to_string())
}

/// `\mu, \sigma`
#[must_use]
pub fn latex_of_point(parameters: &[Symbol]) -> String {
    let names: Vec<String> = parameters
        .iter()
        .map(|symbol| Expr::symbol(symbol.name()).latex())
        .collect();
    names.join(", ")
}
