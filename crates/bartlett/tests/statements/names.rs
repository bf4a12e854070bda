//! Names in order of appearance, and names that are declared nowhere.

use bartlett::model::statement::{Vocabulary, statements};
use bartlett::model::statement_check::{declared_names, law_names, unknown_names};

fn read(text: &str) -> Vec<bartlett_expr::Spanned<bartlett::model::statement::Statement>> {
    statements(text, &Vocabulary::standard())
        .map(|read| read.value)
        .unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn free(text: &str) -> String {
    law_names(&read(text)).join(" ")
}

#[test]
fn free_names_of_laws_come_in_order_of_first_appearance() {
    assert_eq!(free("x ~ Normal(mu, sigma)"), "mu sigma");
    assert_eq!(free("y ~ Normal(a + b*0, s)"), "a b s");
    assert_eq!(free("y ~ Normal(eta, s); eta = a + b*t; known t"), "a b s");
    assert_eq!(
        free("y ~ Normal(s*eta, q); eta = a + zeta; zeta = s + c"),
        "s a c q"
    );
    assert_eq!(
        free("for i in 1..n: y[i] ~ Normal(a + b*t[i], s)\nknown n, t"),
        "a b s"
    );
    assert_eq!(free("for t in [0, 1]: y ~ Normal(a*t, s)"), "a s");
    assert_eq!(free("x ~ Normal(m, s); y ~ Normal(x, s)"), "m s");
    assert_eq!(
        free("x ~ Poisson(sum(k, 1, 3, k*c)); y ~ Exponential(π e)"),
        "c"
    );
    assert_eq!(
        free("(x, y) ~ MvNormal([m1, m2], [[v1, c], [c, v2]])"),
        "m1 m2 v1 c v2"
    );
    assert_eq!(free("x ~ Normal(a, b); a = b + 1; b = a - 1"), "");
    assert_eq!(free("p(x | a) = a*exp(-a*x); y ~ Exponential(a*b)"), "b");
}

#[test]
fn ends_of_ranges_and_indexed_names_are_declared() {
    assert_eq!(
        free("for i in 1..3: y[i] ~ Normal(b[i], s); b[1..3] in real"),
        "b s"
    );
    assert_eq!(free("for i in 1..3: y[i] ~ Normal(b[i], s)"), "s");
    let text = "for i in 1..n: y[i] ~ Normal(a + b*t[i] + c[i] + n, s)\nc[1..k] in real\nfor u in times: z ~ Normal(u, s)";
    let problems: String = unknown_names(&read(text), &Vocabulary::standard())
        .iter()
        .map(|problem| problem.render(text))
        .collect();
    insta::assert_snapshot!(problems, @r"
        error[unknown-indexed]: `n` is not declared
        1 | for i in 1..n: y[i] ~ Normal(a + b*t[i] + c[i] + n, s)
          |             ^ the end of a range is not estimated
        mend: add the statement `known n`
        error[unknown-indexed]: `t` is not declared
        1 | for i in 1..n: y[i] ~ Normal(a + b*t[i] + c[i] + n, s)
          |                                    ^^^^ an indexed name is a datum, known, a list, or a vector of parameters
        mend: add `known t`, `t = [0, 1, 2]`, or `t[1..k] in real; known k`
        error[unknown-name]: `k` is not declared
        2 | c[1..k] in real
          |      ^ it is no datum, parameter, `known`, or definition
        mend: add it after the bar if it is estimated, or the statement `known k` if it is not
        error[unknown-name]: `times` is not declared
        3 | for u in times: z ~ Normal(u, s)
          |          ^^^^^ it is no datum, parameter, `known`, or definition
        mend: add it after the bar if it is estimated, or the statement `known times` if it is not
    ");
}

#[test]
fn declared_names_leave_subjects_of_domains_out() {
    assert_eq!(
        declared_names(&read(
            "p(x | a, b) = a*t; t = b; known n; c > 0; d in real; y ~ Normal(m, s)"
        ))
        .join(" "),
        "x a b t n y"
    );
}

#[test]
fn names_that_are_declared_nowhere_are_problems() {
    let text = "p(x | sigma) = exp(-x^2/(2*sgima^2))/(sigma*c)\nsigmma > 0; x in (0, w); for i in 1..n: y[i] ~ Normal(m, s)\ntruncate z to (0, 1)";
    let problems: String = unknown_names(&read(text), &Vocabulary::standard())
        .iter()
        .map(|problem| problem.render(text))
        .collect();
    insta::assert_snapshot!(problems, @r"
        error[unknown-name]: `sgima` is not declared
        1 | p(x | sigma) = exp(-x^2/(2*sgima^2))/(sigma*c)
          |                            ^^^^^ it is no datum, parameter, `known`, or definition
        mend: did you mean `sigma`? Otherwise add it after the bar, or `known sgima`
        error[unknown-name]: `c` is not declared
        1 | p(x | sigma) = exp(-x^2/(2*sgima^2))/(sigma*c)
          |                                             ^ it is no datum, parameter, `known`, or definition
        mend: add it after the bar if it is estimated, or the statement `known c` if it is not
        error[unknown-name]: `sigmma` is not declared
        2 | sigmma > 0; x in (0, w); for i in 1..n: y[i] ~ Normal(m, s)
          | ^^^^^^ it is no datum, parameter, `known`, or definition
        mend: did you mean `sigma`? Otherwise add it after the bar, or `known sigmma`
        error[unknown-name]: `w` is not declared
        2 | sigmma > 0; x in (0, w); for i in 1..n: y[i] ~ Normal(m, s)
          |                      ^ it is no datum, parameter, `known`, or definition
        mend: add it after the bar if it is estimated, or the statement `known w` if it is not
        error[unknown-name]: `n` is not declared
        2 | sigmma > 0; x in (0, w); for i in 1..n: y[i] ~ Normal(m, s)
          |                                      ^ it is no datum, parameter, `known`, or definition
        mend: add it after the bar if it is estimated, or the statement `known n` if it is not
        error[unknown-name]: `z` is not declared
        3 | truncate z to (0, 1)
          |          ^ it is no datum, parameter, `known`, or definition
        mend: add it after the bar if it is estimated, or the statement `known z` if it is not
    ");
}
