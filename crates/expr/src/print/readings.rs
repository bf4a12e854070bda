//! Rows: calls that read differently from the function's own row, because an argument has a special value
//! or because a format knows only a relative. Swept by: tests/print.rs. Never: an algorithm.

use crate::Expr;
use crate::functions::FunctionRef;

/// A function of another format in place of ours: ours of x is that fraction of theirs of the formula.
#[derive(Clone, Copy, Debug)]
pub struct Relative {
    /// Numerator and denominator.
    pub scale: (i64, i64),
    /// What theirs is applied to, as a formula in `x`.
    pub argument: &'static str,
}

/// A special reading of a call.
#[derive(Debug)]
pub struct Reading {
    /// The function and its number of arguments.
    pub of: (&'static str, usize),
    /// The place (from 0) and the value of the argument that calls for it.
    pub when: Option<(usize, i64)>,
    /// In the language itself.
    pub text: &'static str,
    /// In Unicode; empty as in the function's row.
    pub unicode: &'static str,
    /// In LaTeX; empty as in the function's row.
    pub latex: &'static str,
    /// In SymPy; empty as in the function's row.
    pub sympy: &'static str,
    /// How SymPy's relative serves, where it has no such function.
    pub sympy_relative: Option<Relative>,
}

/// The exponential function, which is no call in an expression but a power.
pub static EXPONENTIAL: Reading = Reading {
    of: ("exp", 1),
    when: None,
    text: "exp(#1)",
    unicode: "exp(#1)",
    latex: r"\exp\left(#1\right)",
    sympy: "exp(#1)",
    sympy_relative: None,
};

static READINGS: &[Reading] = &[
    Reading {
        of: ("polygamma", 2),
        when: Some((0, 0)),
        text: "digamma(#2)",
        unicode: "ψ(#2)",
        latex: r"\psi\left(#2\right)",
        sympy: "",
        sympy_relative: None,
    },
    Reading {
        of: ("polygamma", 2),
        when: Some((0, 1)),
        text: "trigamma(#2)",
        unicode: "",
        latex: "",
        sympy: "",
        sympy_relative: None,
    },
    Reading {
        of: ("zeta", 2),
        when: Some((1, 1)),
        text: "zeta(#1)",
        unicode: "ζ(#1)",
        latex: r"\zeta\left(#1\right)",
        sympy: "zeta(#1)",
        sympy_relative: None,
    },
    Reading {
        of: ("Phi", 1),
        when: None,
        text: "Phi(#1)",
        unicode: "",
        latex: "",
        sympy: "erfc(#1)",
        sympy_relative: Some(Relative {
            scale: (1, 2),
            argument: "-x/2^(1/2)",
        }),
    },
    Reading {
        of: ("Phiinv", 1),
        when: None,
        text: "Phiinv(#1)",
        unicode: "",
        latex: "",
        sympy: "sqrt(2)*erfinv(#1)",
        sympy_relative: Some(Relative {
            scale: (1, 1),
            argument: "2*x - 1",
        }),
    },
];

/// A function as it reads at certain arguments.
#[derive(Clone, Copy, Debug)]
pub struct Applied {
    /// The row of the function.
    pub function: FunctionRef,
    /// The special reading, where one fits.
    pub reading: Option<&'static Reading>,
    /// The first of several arguments, where it is an integer: an order.
    pub order: Option<i64>,
}

impl Applied {
    /// How the call reads.
    pub fn new(function: FunctionRef, arguments: &[Expr]) -> Self {
        let reading = READINGS.iter().find(|row| {
            row.of == (function.name(), arguments.len())
                && row
                    .when
                    .is_none_or(|(place, value)| arguments[place].as_integer() == Some(value))
        });
        let order = match arguments {
            [first, _, ..] => first.as_integer(),
            _ => None,
        };
        Self {
            function,
            reading,
            order,
        }
    }
    /// The exponential function; `None` if the table has lost it.
    pub fn exponential() -> Option<Self> {
        let (name, arity) = EXPONENTIAL.of;
        Some(Self {
            function: FunctionRef::find(name, arity)?,
            reading: Some(&EXPONENTIAL),
            order: None,
        })
    }
    /// The plain call by name.
    pub fn plain(self, name: &str) -> String {
        let places: Vec<String> = (1..=self.function.row().arguments.len())
            .map(|i| format!("#{i}"))
            .collect();
        format!("{name}({})", places.join(", "))
    }
    /// The reading's spelling if it has one, else the row's, else the call by name.
    pub fn spelled(self, by_reading: fn(&Reading) -> &'static str, by_row: &'static str) -> String {
        match self.reading.map(by_reading) {
            Some(special) if !special.is_empty() => special.to_owned(),
            _ if !by_row.is_empty() => by_row.to_owned(),
            _ => self.plain(self.function.name()),
        }
    }
}
