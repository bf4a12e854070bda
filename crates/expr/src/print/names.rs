//! How names read: Greek letters, subscripts, and which names occur in a formula.
//! In: ASCII names. Out: letters and subscripts. Never: a format's syntax.

use crate::Expr;
use crate::expr::Kind;
use crate::traverse::topological;
use rustc_hash::FxHashSet;

/// The names that occur in some expressions: a function or constant of the same name must be written otherwise.
pub struct Names(FxHashSet<String>);

impl Names {
    /// Of these expressions, bound names with them.
    pub fn of<'a>(expressions: impl IntoIterator<Item = &'a Expr>) -> Self {
        let roots: Vec<Expr> = expressions.into_iter().cloned().collect();
        let name = |e: &Expr| match e.kind() {
            Kind::Symbol(s) | Kind::Indexed(s, _) | Kind::Bound(_, s, ..) => {
                Some(s.name().to_owned())
            }
            _ => None,
        };
        Self(topological(&roots).iter().filter_map(name).collect())
    }
    /// Does the name occur?
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// A Greek letter: its name, its sign, its LaTeX.
pub struct Greek {
    /// ASCII name.
    pub name: &'static str,
    /// Unicode letter.
    pub letter: char,
    /// LaTeX command, or the Latin letter that looks the same.
    pub latex: &'static str,
}

macro_rules! greek {
    ($($name:literal $letter:literal $latex:literal;)*) => {
        &[$(Greek { name: $name, letter: $letter, latex: $latex }),*]
    };
}

/// Greek letters in the order of the alphabet.
pub static GREEK: &[Greek] = greek! {
    "alpha" 'α' r"\alpha"; "beta" 'β' r"\beta"; "gamma" 'γ' r"\gamma"; "delta" 'δ' r"\delta";
    "epsilon" 'ε' r"\varepsilon"; "zeta" 'ζ' r"\zeta"; "eta" 'η' r"\eta"; "theta" 'θ' r"\theta";
    "vartheta" 'ϑ' r"\vartheta"; "iota" 'ι' r"\iota"; "kappa" 'κ' r"\kappa"; "lambda" 'λ' r"\lambda";
    "mu" 'μ' r"\mu"; "nu" 'ν' r"\nu"; "xi" 'ξ' r"\xi"; "omicron" 'ο' "o"; "pi" 'π' r"\pi";
    "varpi" 'ϖ' r"\varpi"; "rho" 'ρ' r"\rho"; "sigma" 'σ' r"\sigma"; "tau" 'τ' r"\tau";
    "upsilon" 'υ' r"\upsilon"; "phi" 'φ' r"\phi"; "chi" 'χ' r"\chi"; "psi" 'ψ' r"\psi"; "omega" 'ω' r"\omega";
    "Alpha" 'Α' r"\mathrm{A}"; "Beta" 'Β' r"\mathrm{B}"; "Gamma" 'Γ' r"\Gamma"; "Delta" 'Δ' r"\Delta";
    "Epsilon" 'Ε' r"\mathrm{E}"; "Zeta" 'Ζ' r"\mathrm{Z}"; "Eta" 'Η' r"\mathrm{H}"; "Theta" 'Θ' r"\Theta";
    "Iota" 'Ι' r"\mathrm{I}"; "Kappa" 'Κ' r"\mathrm{K}"; "Lambda" 'Λ' r"\Lambda"; "Mu" 'Μ' r"\mathrm{M}";
    "Nu" 'Ν' r"\mathrm{N}"; "Xi" 'Ξ' r"\Xi"; "Omicron" 'Ο' r"\mathrm{O}"; "Pi" 'Π' r"\Pi"; "Rho" 'Ρ' r"\mathrm{P}";
    "Sigma" 'Σ' r"\Sigma"; "Tau" 'Τ' r"\mathrm{T}"; "Upsilon" 'Υ' r"\Upsilon"; "Phi" 'Φ' r"\Phi";
    "Chi" 'Χ' r"\mathrm{X}"; "Psi" 'Ψ' r"\Psi"; "Omega" 'Ω' r"\Omega";
};

/// The Greek letter of that name, with its place in the alphabet.
pub fn greek(name: &str) -> Option<(usize, &'static Greek)> {
    GREEK.iter().enumerate().find(|(_, row)| row.name == name)
}

/// A name taken apart: `theta_1` is theta with 1, `sigma2` sigma with 2, `y_min` y with min.
pub fn parts(name: &str) -> (&str, Vec<&str>) {
    let mut pieces = name.split('_').filter(|part| !part.is_empty());
    let Some(first) = pieces.next() else {
        return (name, Vec::new());
    };
    let letter = first.trim_end_matches(|c: char| c.is_ascii_digit());
    if letter.is_empty() {
        return (name, Vec::new());
    }
    let digits = &first[letter.len()..];
    let subscripts = (!digits.is_empty()).then_some(digits).into_iter();
    (letter, subscripts.chain(pieces).collect())
}
