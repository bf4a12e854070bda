//! Spellings: how signs and letters beyond ASCII are read. Rows, and look-up in them.
//! In: a character. Out: the ASCII name, digit or mark that it stands for. Never: a meaning that depends on what is declared.

use super::lexer::Mark;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Greek letters and the names they are the same as. Each is a symbol of its own.
pub static GREEK: &[(char, &str)] = &[
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ϑ', "vartheta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('ϰ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('µ', "mu"), // the micro sign
    ('ν', "nu"),
    ('ξ', "xi"),
    ('ο', "omicron"),
    ('π', "pi"),
    ('ϖ', "varpi"),
    ('ρ', "rho"),
    ('ϱ', "rho"),
    ('σ', "sigma"),
    ('ς', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Α', "Alpha"),
    ('Β', "Beta"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Ε', "Epsilon"),
    ('Ζ', "Zeta"),
    ('Η', "Eta"),
    ('Θ', "Theta"),
    ('ϴ', "Theta"),
    ('Ι', "Iota"),
    ('Κ', "Kappa"),
    ('Λ', "Lambda"),
    ('Μ', "Mu"),
    ('Ν', "Nu"),
    ('Ξ', "Xi"),
    ('Ο', "Omicron"),
    ('Π', "Pi"),
    ('Ρ', "Rho"),
    ('Σ', "Sigma"),
    ('Τ', "Tau"),
    ('Υ', "Upsilon"),
    ('Φ', "Phi"),
    ('Χ', "Chi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
];

/// Other signs that are read as a name.
pub static NAMED_SIGNS: &[(char, &str)] = &[
    ('∞', "inf"),
    ('ℝ', "real"),
    ('ℤ', "integer"),
    ('ℕ', "ℕ"), // with or without 0: left to the set grammar, which asks
    ('∈', "in"),
    ('∝', "propto"),
    ('∑', "sum"),
    ('∏', "prod"),
    ('∫', "integral"),
    ('∧', "and"),
    ('∨', "or"),
    ('ℓ', "ell"),
];

/// Signs that are read as an ASCII mark.
pub static MARKS: &[(char, Mark)] = &[
    ('·', Mark::Star),
    ('⋅', Mark::Star),
    ('×', Mark::Star),
    ('∗', Mark::Star),
    ('∙', Mark::Star),
    ('⨯', Mark::Star),
    ('÷', Mark::Slash),
    ('∕', Mark::Slash),
    ('⁄', Mark::Slash),
    ('−', Mark::Minus),
    ('–', Mark::Minus),
    ('﹣', Mark::Minus),
    ('－', Mark::Minus),
    ('＋', Mark::Plus),
    ('√', Mark::Root),
    ('≤', Mark::LessEqual),
    ('⩽', Mark::LessEqual),
    ('≥', Mark::GreaterEqual),
    ('⩾', Mark::GreaterEqual),
    ('≠', Mark::NotEqual),
    ('＝', Mark::Equal),
    ('∣', Mark::Bar),
    ('｜', Mark::Bar),
    ('∼', Mark::Tilde),
    ('～', Mark::Tilde),
    ('…', Mark::Ellipsis),
    ('⋯', Mark::Ellipsis),
    ('∪', Mark::Plus), // a union of sets
    ('（', Mark::OpenParen),
    ('）', Mark::CloseParen),
    ('，', Mark::Comma),
    ('；', Mark::Semicolon),
];

/// Vulgar fractions.
pub static FRACTIONS: &[(char, i64, i64)] = &[
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];

/// Superscript digits, signs and letters: exponents.
pub static SUPERSCRIPTS: &[(char, char)] = &[
    ('⁰', '0'),
    ('¹', '1'),
    ('²', '2'),
    ('³', '3'),
    ('⁴', '4'),
    ('⁵', '5'),
    ('⁶', '6'),
    ('⁷', '7'),
    ('⁸', '8'),
    ('⁹', '9'),
    ('⁺', '+'),
    ('⁻', '-'),
    ('ⁿ', 'n'),
    ('ⁱ', 'i'),
    ('ʲ', 'j'),
    ('ᵃ', 'a'),
    ('ᵇ', 'b'),
    ('ᶜ', 'c'),
    ('ᵈ', 'd'),
    ('ᵏ', 'k'),
    ('ᵐ', 'm'),
    ('ᵖ', 'p'),
    ('ʳ', 'r'),
    ('ˢ', 's'),
    ('ᵗ', 't'),
    ('ˣ', 'x'),
    ('ʸ', 'y'),
    ('ᶻ', 'z'),
    ('ᵅ', 'α'),
    ('ᵝ', 'β'),
    ('ᶿ', 'θ'),
];

/// Subscript digits and letters: `σ₀` is the name `sigma_0`.
pub static SUBSCRIPTS: &[(char, char)] = &[
    ('₀', '0'),
    ('₁', '1'),
    ('₂', '2'),
    ('₃', '3'),
    ('₄', '4'),
    ('₅', '5'),
    ('₆', '6'),
    ('₇', '7'),
    ('₈', '8'),
    ('₉', '9'),
    ('ₐ', 'a'),
    ('ₑ', 'e'),
    ('ₕ', 'h'),
    ('ᵢ', 'i'),
    ('ⱼ', 'j'),
    ('ₖ', 'k'),
    ('ₗ', 'l'),
    ('ₘ', 'm'),
    ('ₙ', 'n'),
    ('ₒ', 'o'),
    ('ₚ', 'p'),
    ('ᵣ', 'r'),
    ('ₛ', 's'),
    ('ₜ', 't'),
    ('ᵤ', 'u'),
    ('ᵥ', 'v'),
    ('ₓ', 'x'),
];

/// Names that stand for another one where they are not declared; first the longer spellings of functions, then letters that
/// are a function only when a parenthesis follows.
pub static FUNCTION_SPELLINGS: &[(&str, &str)] = &[
    ("ln", "log"),
    ("sigmoid", "logistic"),
    ("expit", "logistic"),
    ("Gamma", "gamma"),
    ("psi", "digamma"),
    ("Sigma", "sum"),
    ("Pi", "prod"),
];

/// What to say about a character that has no place in the language.
pub static HINTS: &[(char, &str)] = &[
    ('\\', "no LaTeX is needed: type `sigma` or `σ`"),
    ('%', "a comment begins with `#`"),
    ('&', "type `and`"),
    ('\'', "a name holds letters, digits and `_` only"),
    ('"', "nothing is quoted in a model"),
    ('’', "a name holds letters, digits and `_` only"),
    ('′', "a name holds letters, digits and `_` only"),
    ('$', "no `$` is needed around a formula"),
    ('@', "multiplication is `*`"),
    (
        '.',
        "a name holds letters, digits and `_`, so type `a_b` for `a.b`; a number is like `0.5`",
    ),
    ('←', "a definition is written with `=`"),
    ('→', "type `to`"),
    ('≡', "type `==`"),
    ('±', "write the two cases apart"),
    ('ᵀ', "a vector is written out by its components"),
];

static GREEK_NAMES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| GREEK.iter().map(|row| row.1).collect());

/// Is it the name of a Greek letter?
#[must_use]
pub fn is_greek_name(text: &str) -> bool {
    text.len() > 1 && GREEK_NAMES.contains(text)
}

/// The row of `table` for `character`.
pub(super) fn look_up<T: Copy>(table: &[(char, T)], character: char) -> Option<T> {
    table.iter().find(|row| row.0 == character).map(|row| row.1)
}

/// Letters of the mathematical alphabets (`𝜇`, `𝑥`, `𝟏`), as text copied from a page holds them, as plain ones.
#[must_use]
pub fn plain(character: char) -> char {
    const GREEK_BLOCK: &str = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ";
    let code = u32::from(character);
    let from_block = |start: u32, letters: &str| {
        letters
            .chars()
            .nth(((code - start) as usize) % letters.chars().count())
            .unwrap_or(character)
    };
    match code {
        0x1D400..=0x1D6A3 => from_block(
            0x1D400,
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        ),
        0x1D6A8..=0x1D7C9 => from_block(0x1D6A8, GREEK_BLOCK),
        0x1D7CE..=0x1D7FF => from_block(0x1D7CE, "0123456789"),
        0x210E => 'h', // the hole in the italic block
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_stands_in_two_tables() {
        let mut seen: Vec<char> = Vec::new();
        seen.extend(GREEK.iter().map(|row| row.0));
        seen.extend(NAMED_SIGNS.iter().map(|row| row.0));
        seen.extend(MARKS.iter().map(|row| row.0));
        seen.extend(FRACTIONS.iter().map(|row| row.0));
        seen.extend(SUPERSCRIPTS.iter().map(|row| row.0));
        seen.extend(SUBSCRIPTS.iter().map(|row| row.0));
        seen.extend(HINTS.iter().map(|row| row.0));
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), count);
    }

    #[test]
    fn mathematical_letters_are_plain_ones() {
        assert_eq!("𝜇𝝁𝑥𝐱𝟏𝜎".chars().map(plain).collect::<String>(), "μμxx1σ");
    }
}
