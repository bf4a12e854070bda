//! What text is split into.

use crate::parse::lexer::{Kind, tokens};

fn spelled(text: &str) -> String {
    let list = tokens(text).expect("the text is well formed");
    list.iter()
        .map(|token| match &token.kind {
            Kind::Number(value) => value.to_string(),
            Kind::Name(name, _) => name.to_string(),
            Kind::Superscript {
                negative,
                digits,
                letter,
            } => {
                format!(
                    "^{}{}{}",
                    if *negative { "-" } else { "" },
                    digits.as_ref().map_or(String::new(), ToString::to_string),
                    letter.as_deref().unwrap_or("")
                )
            }
            Kind::Mark(mark) => format!("{mark:?}"),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn greek_letters_are_symbols_of_their_own_and_words_are_one() {
    assert_eq!(spelled("2πσ²"), "2 pi sigma ^2");
    assert_eq!(spelled("αβ sigma2 E1 2E1x"), "alpha beta sigma2 E1 2 E1x");
    assert_eq!(
        spelled("σ₀ θ₁ θ1 θ_1 x₁₂ xₙ λ₀²"),
        "sigma_0 theta_1 theta1 theta_1 x_12 x_n lambda_0 ^2"
    );
    assert_eq!(spelled("µ μ 𝜇 ε ϵ φ ϕ"), "mu mu mu epsilon epsilon phi phi");
}

#[test]
fn numbers_are_exact_and_ranges_are_no_decimals() {
    assert_eq!(
        spelled("0.1 1e-3 .5 2. ½ 1E2 1e−2"),
        "1/10 1/1000 1/2 2 1/2 100 1/100"
    );
    assert_eq!(spelled("1..n"), "1 DotDot n");
    assert_eq!(
        spelled("{1, ..., n} {0,…}"),
        "OpenBrace 1 Comma Ellipsis Comma n CloseBrace OpenBrace 0 Comma Ellipsis CloseBrace"
    );
    assert_eq!(spelled("2e 2exp"), "2 e 2 exp");
}

#[test]
fn superscripts_and_signs() {
    assert_eq!(spelled("x⁻¹ x²³ xⁿ x²ᵏ"), "x ^-1 x ^23 x ^n x ^2k");
    assert_eq!(
        spelled("a·b×c − d ≤ ≥ ≠ ∈ ℝ ∝ √ ∞ ** ∣"),
        "a Star b Star c Minus d LessEqual GreaterEqual NotEqual in real propto Root inf Caret Bar"
    );
}

#[test]
fn line_ends_stay_only_where_a_statement_may_end() {
    assert_eq!(spelled("a # remark\nb"), "a NewLine b");
    assert_eq!(spelled("f(a,\nb)"), "f OpenParen a Comma b CloseParen");
    assert_eq!(spelled("a +\nb\r\nc"), "a Plus b NewLine c");
    assert_eq!(
        spelled("x in [0, 1)\ny"),
        "x in OpenBracket 0 Comma 1 CloseParen NewLine y"
    );
}
