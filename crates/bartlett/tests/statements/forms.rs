//! What each form of statement is read as.

use bartlett::model::statement::{
    Index, Over, Scale, Set, SetPart, Statement, Subject, Vocabulary, statements,
};
use bartlett_expr::parse::{Node, Syntax};

/// A statement in one line: its form, then its parts as typed.
fn shown(statement: &Statement, source: &str) -> String {
    let one = |node: &Node| match &node.kind {
        Syntax::List(_) => format!("list {}", node.span.text(source)),
        _ => node.span.text(source).to_owned(),
    };
    let all = |nodes: &[Node]| nodes.iter().map(one).collect::<Vec<_>>().join(", ");
    let names = |subjects: &[Subject]| {
        let shown = subjects.iter().map(|s| match &s.index {
            Index::None => s.name.to_string(),
            Index::At(indices) => format!("{}[{}]", s.name, all(indices)),
            Index::Range(ends) => format!("{}[{} to {}]", s.name, one(&ends.0), one(&ends.1)),
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    let set = |set: &Set| {
        let shown = set.parts.iter().map(|part| match &part.node {
            SetPart::Real => "real".to_owned(),
            SetPart::Positive => "positive".to_owned(),
            SetPart::Nonnegative => "nonnegative".to_owned(),
            SetPart::Integer => "integer".to_owned(),
            SetPart::Interval {
                lower,
                upper,
                lower_closed,
                upper_closed,
            } => {
                let brackets = (
                    if *lower_closed { "[" } else { "(" },
                    if *upper_closed { "]" } else { ")" },
                );
                format!(
                    "interval {}{}; {}{}",
                    brackets.0,
                    one(lower),
                    one(upper),
                    brackets.1
                )
            }
            SetPart::Points(points) => format!("points {}", all(points)),
            SetPart::Range { leading, last } => format!(
                "range {} to {}",
                all(leading),
                last.as_ref().map_or("inf".to_owned(), one)
            ),
            SetPart::Simplex(size) => format!("simplex {}", one(size)),
            SetPart::RealVector(size) => format!("vector {}", one(size)),
        });
        shown.collect::<Vec<_>>().join(" + ")
    };
    match statement {
        Statement::Density(d) => {
            let scale = match d.scale {
                Scale::Density => "density",
                Scale::LogDensity => "log-density",
                Scale::Kernel => "kernel",
            };
            format!(
                "{scale} {}: {} | {} = {}",
                d.function,
                names(&d.data),
                names(&d.parameters),
                one(&d.body)
            )
        }
        Statement::Law(l) => format!(
            "law {}{}: {} at {}",
            if l.tuple { "tuple " } else { "" },
            names(&l.data),
            l.family.node,
            all(&l.arguments)
        ),
        Statement::Membership { subjects, set: s } => {
            format!("member {}: {}", names(subjects), set(s))
        }
        Statement::Relation { sides, relations } => {
            let mut out = format!("relation {}", all(&sides[0]));
            for (relation, side) in relations.iter().zip(&sides[1..]) {
                out.push_str(&format!(" {} {}", relation.text(), all(side)));
            }
            out
        }
        Statement::Known(list) => format!("known {}", names(list)),
        Statement::Definition { name, value } => format!("define {}: {}", name.node, one(value)),
        Statement::Repetition(r) => {
            let over = match &r.over {
                Over::List(items) => format!("list {}", all(items)),
                Over::Named(name) => format!("named {}", name.node),
                Over::Range { leading, last } => format!("range {} to {}", all(leading), one(last)),
            };
            format!(
                "for {} over {over}: {}",
                r.variable.node,
                shown(&r.body.node, source)
            )
        }
        Statement::Truncation { datum, set: s } => format!("truncate {}: {}", datum.name, set(s)),
        Statement::Censoring { datum, set: s } => format!("censor {}: {}", datum.name, set(s)),
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    match statements(text, &Vocabulary::standard()) {
        Ok(read) => {
            let found: Vec<String> = read
                .value
                .iter()
                .map(|statement| shown(&statement.node, text))
                .collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(read.warnings, [], "{text}");
        }
        Err(problems) => panic!(
            "{}",
            problems
                .iter()
                .map(|problem| problem.render(text))
                .collect::<String>()
        ),
    }
}

#[test]
fn densities() {
    check(
        "p(x | mu, sigma) = exp(-(x-mu)^2/(2*sigma^2)) / (sigma*sqrt(2*pi))",
        &["density p: x | mu, sigma = exp(-(x-mu)^2/(2*sigma^2)) / (sigma*sqrt(2*pi))"],
    );
    check(
        "p(x; mu) = exp(-(x-mu)^2)",
        &["density p: x | mu = exp(-(x-mu)^2)"],
    );
    check("f_X(x, y | a) = a", &["density f_X: x, y | a = a"]);
    check("φ(u | λ) = λ u", &["density phi: u | lambda = λ u"]);
    check(
        "log p(x|p) = x log p + (1-x) log(1-p)",
        &["log-density p: x | p = x log p + (1-x) log(1-p)"],
    );
    check("ln p(x|p) = x*p", &["log-density p: x | p = x*p"]);
    check("log(p(x|p)) = x*p", &["log-density p: x | p = x*p"]);
    check(
        "p(x | a, b) ∝ x^(a-1) * exp(-b*x)",
        &["kernel p: x | a, b = x^(a-1) * exp(-b*x)"],
    );
    check(
        "p(x | a) propto exp(-a*x)",
        &["kernel p: x | a = exp(-a*x)"],
    );
    check(
        "p(k | n, p) = p(1-p) n",
        &["density p: k | n, p = p(1-p) n"],
    );
    check(
        "p(y | b[1..k]) = b[1]*y",
        &["density p: y | b[1 to k] = b[1]*y"],
    );
    check("p(x[1], x[2] | a) = a", &["density p: x[1], x[2] | a = a"]);
}

#[test]
fn laws() {
    check("x ~ Normal(mu, sigma)", &["law x: Normal at mu, sigma"]);
    check("x∼Normal(μ, √v)", &["law x: Normal at μ, √v"]);
    check(
        "y ~ Poisson(exp(a + b*t))",
        &["law y: Poisson at exp(a + b*t)"],
    );
    check("x ~ Gamma(alpha, beta)", &["law x: Gamma at alpha, beta"]);
    check("x ~ Laplace(mu, s)", &["law x: Laplace at mu, s"]);
    check(
        "(x, y) ~ MvNormal([m1, m2], [[s1^2, r*s1*s2], [r*s1*s2, s2^2]])",
        &["law tuple x, y: MvNormal at list [m1, m2], list [[s1^2, r*s1*s2], [r*s1*s2, s2^2]]"],
    );
    check(
        "x ~ Categorical([p1, p2, 1-p1-p2])",
        &["law x: Categorical at list [p1, p2, 1-p1-p2]"],
    );
    check(
        "(x, y, z) ~ Dirichlet([a, b, c])",
        &["law tuple x, y, z: Dirichlet at list [a, b, c]"],
    );
    check(
        "x ~ Multinomial(n, [p, 1-p])",
        &["law x: Multinomial at n, list [p, 1-p]"],
    );
}

#[test]
fn domains_by_sets() {
    check("mu in real", &["member mu: real"]);
    check("μ ∈ ℝ", &["member mu: real"]);
    check("s ∈ ℝ⁺", &["member s: positive"]);
    check(
        "a, b in positive; c in nonnegative; k in integer",
        &[
            "member a, b: positive",
            "member c: nonnegative",
            "member k: integer",
        ],
    );
    check("u, v in (0, 1)", &["member u, v: interval (0; 1)"]);
    check("x in [mu, inf)", &["member x: interval [mu; inf)"]);
    check("x in (0, 1]", &["member x: interval (0; 1]"]);
    check(
        "x in (mu - s/xi, inf)",
        &["member x: interval (mu - s/xi; inf)"],
    );
    check(
        "beta in (-alpha, alpha)",
        &["member beta: interval (-alpha; alpha)"],
    );
    check("x in {0, 1}", &["member x: points 0, 1"]);
    check("x in {0, 1, ..., n}", &["member x: range 0, 1 to n"]);
    check("x in {0,1,…,n}", &["member x: range 0, 1 to n"]);
    check("x in {1, 2, ...}", &["member x: range 1, 2 to inf"]);
    check("x in {0, ..., y}", &["member x: range 0 to y"]);
    check("x in {r, r+1, ...}", &["member x: range r, r+1 to inf"]);
    check("x in {1, 3, ...}", &["member x: range 1, 3 to inf"]);
    check("x in {1..n}", &["member x: range 1 to n"]);
    check("x in {-1, 1}", &["member x: points -1, 1"]);
    check(
        "p in simplex(3); q in simplex(k)",
        &["member p: simplex 3", "member q: simplex k"],
    );
    check(
        "b in real^k; c in ℝ²; d in ℝᵏ",
        &[
            "member b: vector k",
            "member c: vector ²",
            "member d: vector ᵏ",
        ],
    );
    check(
        "y in (0, c) + {c}",
        &["member y: interval (0; c) + points c"],
    );
    check(
        "y in {0} + (0, 1) + {1}",
        &["member y: points 0 + interval (0; 1) + points 1"],
    );
    check(
        "y in [0, 1) ∪ {2}",
        &["member y: interval [0; 1) + points 2"],
    );
    check("(x, y) in real", &["member x, y: real"]);
    check("b[1..k] in real", &["member b[1 to k]: real"]);
}

#[test]
fn domains_by_inequalities() {
    check("sigma > 0", &["relation sigma > 0"]);
    check("σ ≥ 0", &["relation σ >= 0"]);
    check("0 < p < 1", &["relation 0 < p < 1"]);
    check("a, b > 0", &["relation a, b > 0"]);
    check("0 < a, b < 1", &["relation 0 < a, b < 1"]);
    check("c^2 < v1*v2", &["relation c^2 < v1*v2"]);
    check("c1 < c2 < c3", &["relation c1 < c2 < c3"]);
    check("0 < x < y", &["relation 0 < x < y"]);
    check("1 + xi*(x-mu)/s > 0", &["relation 1 + xi*(x-mu)/s > 0"]);
    check("-alpha < beta < alpha", &["relation -alpha < beta < alpha"]);
    check("|rho| < 1", &["relation |rho| < 1"]);
    check("x != 0", &["relation x != 0"]);
    check("x < -3; x<-3", &["relation x < -3", "relation x < -3"]);
}

#[test]
fn knowns_and_definitions() {
    check("known n", &["known n"]);
    check("known n, t", &["known n, t"]);
    check("known t[1..n]", &["known t[1 to n]"]);
    check("eta = a + b*t", &["define eta: a + b*t"]);
    check(
        "t = 1+xi*(x-mu)/s; s > 0; xi, mu, x in real",
        &[
            "define t: 1+xi*(x-mu)/s",
            "relation s > 0",
            "member xi, mu, x: real",
        ],
    );
    check("t = [0, 1, 2, 4]", &["define t: list [0, 1, 2, 4]"]);
    check("M = [[1, 0], [0, 1]]", &["define M: list [[1, 0], [0, 1]]"]);
    check(
        "known = 3; to = known + 1",
        &["define known: 3", "define to: known + 1"],
    );
}

#[test]
fn repetitions() {
    check(
        "for t in [0, 1, 2, 4]: y ~ Normal(a + b*t, s)",
        &["for t over list 0, 1, 2, 4: law y: Normal at a + b*t, s"],
    );
    check(
        "known n, t; for i in 1..n: y[i] ~ Normal(a + b*t[i], s)",
        &[
            "known n, t",
            "for i over range 1 to n: law y[i]: Normal at a + b*t[i], s",
        ],
    );
    check(
        "for i in 2..n-1: y[i] ~ Normal(a, s)",
        &["for i over range 2 to n-1: law y[i]: Normal at a, s"],
    );
    check(
        "for i in {1, ..., n}: y[i] ~ Normal(a, s)",
        &["for i over range 1 to n: law y[i]: Normal at a, s"],
    );
    check(
        "for i in {1, 3, ..., n}: y[i] ~ Normal(a, s)",
        &["for i over range 1, 3 to n: law y[i]: Normal at a, s"],
    );
    check(
        "for t in {0, 1, 5}: y ~ Normal(a*t, s)",
        &["for t over list 0, 1, 5: law y: Normal at a*t, s"],
    );
    check(
        "t = [1, 2]\nfor u in t:\n  y ~ Normal(a*u, s)",
        &[
            "define t: list [1, 2]",
            "for u over named t: law y: Normal at a*u, s",
        ],
    );
    check(
        "for i in 1..n: for j in 1..m: y[i, j] ~ Normal(a, s)",
        &["for i over range 1 to n: for j over range 1 to m: law y[i, j]: Normal at a, s"],
    );
    check(
        "for t in [1, 2]: p(y | a) = a*t*exp(-a*t*y)",
        &["for t over list 1, 2: density p: y | a = a*t*exp(-a*t*y)"],
    );
    check(
        "for i in 1..n: y[i] > 0",
        &["for i over range 1 to n: relation y[i] > 0"],
    );
}

#[test]
fn truncation_and_censoring() {
    check("truncate x to (0, b)", &["truncate x: interval (0; b)"]);
    check("censor t to (0, c)", &["censor t: interval (0; c)"]);
    check(
        "truncate x to {1, 2, ...}",
        &["truncate x: range 1, 2 to inf"],
    );
}

#[test]
fn separators_and_comments() {
    check(
        "# a remark\nx ~ Normal(mu, sigma) # another; not a statement\n\n;;\r\nsigma > 0;",
        &["law x: Normal at mu, sigma", "relation sigma > 0"],
    );
    check(
        "p(x; a) = a; a > 0",
        &["density p: x | a = a", "relation a > 0"],
    );
    check("p(x | a) =\n  a +\n  1", &["density p: x | a = a +\n  1"]);
    check(
        "p(x | a) = exp(\n  a\n)",
        &["density p: x | a = exp(\n  a\n)"],
    );
}

#[test]
fn declared_names_shadow_functions_wherever_they_are_declared() {
    let body = |text: &str| match statements(text, &Vocabulary::standard()) {
        Ok(read) => match &read.value[0].node {
            Statement::Density(density) => format!("{:?}", density.body.kind),
            Statement::Law(law) => format!("{:?}", law.arguments[0].kind),
            other => panic!("{other:?}"),
        },
        Err(problems) => panic!(
            "{}",
            problems
                .iter()
                .map(|problem| problem.render(text))
                .collect::<String>()
        ),
    };
    for text in [
        "p(x | beta) = beta(x + 1)",
        "y ~ Normal(beta(x + 1), s); known beta, x",
        "y ~ Normal(beta(x + 1), s); beta > 0; known x",
        "y ~ Normal(gamma(x + 1), s); gamma in (0, 1); known x",
        "y ~ Normal(phi(x + 1), s); phi = 2; known x",
        "y ~ Normal(e(x + 1), s); e > 0; known x",
    ] {
        assert!(body(text).starts_with("Factors"), "{text}: {}", body(text));
    }
    assert!(body("y ~ Normal(gamma(x + 1), s)").starts_with("Call"));
    assert!(body("y ~ Normal(π, s); 0 < y < π").starts_with("Constant"));
}
