//! How formulas print: pages are looked at, names keep apart, text is bounded.
mod cases;
mod outside;
mod random;

use super::{
    FORMATS, Format, latex_of_matrix, layout, sympy_of_matrix, text_of_matrix, unicode_of_matrix,
};
use crate::formula as row;
use crate::functions::{FUNCTIONS, Meaning};
use crate::{Expr, Symbol};
use cases::{ALGEBRA, ELEMENTARY, OPEN, SPECIAL, STRUCTURES};

fn page(rows: &[&str]) -> String {
    let lines = rows.iter().map(|formula| {
        let e = row(formula);
        let written: Vec<String> = FORMATS
            .iter()
            .map(|format| format!("    {}\n", (format.expression)(&e)))
            .collect();
        format!("{formula}\n{}", written.concat())
    });
    lines.collect()
}

fn everything() -> impl Iterator<Item = &'static str> {
    [ALGEBRA, ELEMENTARY, SPECIAL, STRUCTURES]
        .into_iter()
        .flatten()
        .copied()
}

#[test]
fn pages_read_well() {
    insta::assert_snapshot!("algebra", page(ALGEBRA));
    insta::assert_snapshot!("elementary", page(ELEMENTARY));
    insta::assert_snapshot!("special", page(SPECIAL));
    insta::assert_snapshot!("structures", page(STRUCTURES));
    insta::assert_snapshot!("open", page(OPEN));
}

#[test]
fn every_primitive_function_is_printed_by_a_case() {
    let all: String = everything().collect();
    for function in FUNCTIONS.iter().copied().flatten() {
        if let Meaning::Primitive { .. } = function.meaning {
            assert!(
                all.contains(&format!("{}(", function.name)),
                "no case prints {}",
                function.name
            );
        }
    }
}

#[test]
fn names_keep_apart() {
    let s = Expr::symbol;
    let gamma = Expr::function("gamma", [s("gamma")])
        * Expr::function("zeta", [s("zeta") + 2])
        * Expr::pi()
        * s("pi");
    assert_eq!(gamma.text(), "acos(-1)*pi*tgamma(gamma)*zeta(zeta + 2, 1)");
    assert_eq!(gamma.sympy(), "pi*pi_*gamma(gamma_)*zeta(zeta_ + 2)");
    let euler = row("EulerGamma") * s("gamma") * row("e^x") * s("e");
    assert_eq!(euler.unicode(), "γ_E·e·γ·ℯ^x");
    assert_eq!(euler.latex(), r"\gamma_{E} e \gamma \, \mathrm{e}^{x}");
    for name in [
        "lambda", "beta", "gamma", "zeta", "E", "I", "N", "S", "Q", "O", "pi", "test", "re", "im",
        "Chi", "Ei", "var", "sin", "binomial", "lambda_",
    ] {
        assert_eq!(s(name).sympy(), format!("{name}_"));
    }
    assert_eq!(
        (s("theta_1") + s("x_") + s("n")).sympy(),
        "n + theta_1 + x_"
    );
    let t = Expr::indexed(Symbol::new("t"), [s("i")]);
    let e = Expr::bound(
        crate::Binder::Sum,
        Symbol::new("i"),
        Expr::one(),
        s("n"),
        t.powi(2),
    ) / s("sigma").powi(2);
    assert_eq!(e.text(), "sum(i, 1, n, t[i]^2)/sigma^2");
    assert_eq!(e.unicode(), "1/σ²·Σ_{i=1}^{n} tᵢ²");
    assert_eq!(e.latex(), r"\frac{1}{\sigma^{2}} \sum_{i=1}^{n} t_{i}^{2}");
    assert_eq!(e.sympy(), "Sum(Indexed('t', i)**2, (i, 1, n))/sigma**2");
    assert_eq!(e.to_string(), e.text());
    let nothing = FORMATS.iter().map(|f| (f.expression)(&Expr::undefined()));
    let nothing: Vec<String> = nothing.collect();
    assert_eq!(nothing, ["1/0", "undefined", r"\text{undefined}", "nan"]);
}

#[test]
fn matrices_align_and_wrap() {
    let rows = vec![
        vec![row("1/sigma^2"), Expr::zero()],
        vec![Expr::zero(), row("2/sigma^2")],
    ];
    assert_eq!(text_of_matrix(&rows), "[[1/sigma^2, 0], [0, 2/sigma^2]]");
    assert_eq!(
        sympy_of_matrix(&rows),
        "Matrix([[1/sigma**2, 0], [0, 2/sigma**2]])"
    );
    assert_eq!(
        latex_of_matrix(&rows),
        r"\begin{pmatrix} \frac{1}{\sigma^{2}} & 0 \\ 0 & \frac{2}{\sigma^{2}} \end{pmatrix}"
    );
    insta::assert_snapshot!(unicode_of_matrix(&rows), @r"
    ⎡ 1/σ²   0   ⎤
    ⎣  0    2/σ² ⎦
    ");
    insta::assert_snapshot!(super::unicode_of_matrix_within(&rows, 12), @r"
    [1, 1] = 1/σ²
    [1, 2] = 0
    [2, 1] = 0
    [2, 2] = 2/σ²
    ");
    let long =
        row("polygamma(1, alpha) - polygamma(1, alpha + beta) + (x - mu)^2/(2*sigma^2)").text();
    insta::assert_snapshot!(layout::wrapped(&long, 30), @r"
    trigamma(alpha)
    - trigamma(alpha + beta)
    + (x - mu)^2/(2*sigma^2)
    ");
}

#[test]
fn depth_and_size_are_bounded() {
    let mut deep = Expr::symbol("x");
    for _ in 0..100_000 {
        deep = Expr::function("sin", [deep]) + 1;
    }
    let mut wide = Expr::symbol("x");
    for _ in 0..60 {
        wide = &wide * (&wide + 1);
    }
    let mut nested = Expr::symbol("x");
    for k in 0..300 {
        nested = (Expr::one() / (nested + k))
            .sqrt()
            .power(&(Expr::symbol("a") / 2));
    }
    let many = Expr::sum((0..100_000).map(|k| Expr::symbol(&format!("x_{k}"))));
    for e in [&deep, &wide, &nested, &many] {
        for Format {
            name, expression, ..
        } in FORMATS
        {
            let text = expression(e);
            assert!(
                text.contains(['…']) || text.contains(r"\ldots"),
                "{name} pretends to be complete"
            );
            assert!(text.len() < 1_100_000);
        }
    }
}
