//! How a page is spelled: in Unicode for a terminal, in ASCII for anything else.
//! In: nothing. Out: `Spelling`s. Never: a layout.

use super::WIDTH;
use super::domain::Words;
use super::page::{drawn, entry_by_entry};
use bartlett::Expr;
use bartlett::quantity::Label;

/// The spelling of a page.
pub struct Spelling {
    /// Formulas and what stands around them.
    pub words: Words,
    /// A matrix.
    pub matrix: fn(&[Vec<Expr>]) -> String,
    /// The name of an entry.
    pub label: fn(&Label) -> &str,
    /// Words that are written in Unicode, in the letters of this spelling.
    pub letters: fn(&str) -> String,
}

/// For a terminal.
pub static UNICODE: Spelling = Spelling {
    words: Words {
        expression: Expr::unicode,
        member: "∈",
        differs: "≠",
        real: "ℝ",
        below: ["<", "≤"],
        above: [">", "≥"],
        braces: ["{", "}"],
        ellipsis: "…",
    },
    matrix: |rows| drawn(rows, Expr::unicode),
    label: |label| &label.unicode,
    letters: str::to_owned,
};

/// For anything that reads ASCII; its formulas parse back.
pub static PLAIN: Spelling = Spelling {
    words: Words {
        expression: Expr::text,
        member: "in",
        differs: "!=",
        real: "real",
        below: ["<", "<="],
        above: [">", ">="],
        braces: ["{", "}"],
        ellipsis: "...",
    },
    matrix: |rows| {
        let line = bartlett_expr::print::text_of_matrix(rows);
        if line.chars().count() <= WIDTH - 4 {
            line
        } else {
            entry_by_entry(rows, Expr::text)
        }
    },
    label: |label| &label.plain,
    letters: |text| {
        let whole = WORDS.iter().fold(text.to_owned(), |text, (word, plain)| {
            text.replace(word, plain)
        });
        let mut ascii = String::new();
        for letter in whole.chars() {
            match LETTERS.iter().find(|(known, _)| *known == letter) {
                Some((_, plain)) => ascii.push_str(plain),
                None => ascii.push(letter),
            }
        }
        ascii
    },
};

/// What is longer than a letter.
const WORDS: [(&str, &str); 4] = [
    ("⁻¹", "^-1"),
    ("∂θᵢ", "d(theta_i)"),
    ("∂θⱼ", "d(theta_j)"),
    ("√det I(θ)", "sqrt(det I(theta))"),
];

/// Letters of titles, definitions, findings and notes.
const LETTERS: [(char, &str); 58] = [
    ('′', "'"),
    ('⟨', "<"),
    ('⟩', ">"),
    ('⪰', ">="),
    ('⪯', "<="),
    ('‖', "|"),
    ('ₓ', "_x"),
    ('₁', "_1"),
    ('₂', "_2"),
    ('−', "-"),
    ('–', "-"),
    ('—', "-"),
    ('ᵀ', "^T"),
    ('²', "^2"),
    ('³', "^3"),
    ('⁺', "^+"),
    ('≤', "<="),
    ('≥', ">="),
    ('≠', "!="),
    ('≈', "~"),
    ('∞', "inf"),
    ('→', "->"),
    ('…', "..."),
    ('é', "e"),
    ('∈', "in"),
    ('ℝ', "real"),
    ('∂', "d"),
    ('∇', "grad "),
    ('ℓ', "l"),
    ('√', "sqrt"),
    ('·', "*"),
    ('×', "x"),
    ('∫', "integral "),
    ('Σ', "sum "),
    ('Γ', "Gamma"),
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "phi"),
    ('ψ', "psi"),
    ('χ', "chi"),
    ('ω', "omega"),
    ('ᵢ', "_i"),
    ('ⱼ', "_j"),
];
