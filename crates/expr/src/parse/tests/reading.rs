//! What each form of the contract is read as.

use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    check_declaring(&[], text, expected);
}

#[track_caller]
fn check_declaring(names: &[&str], text: &str, expected: &str) {
    let scope = Scope::new(&Table).declaring(names.iter().copied());
    match expression(text, &scope) {
        Ok(read) => {
            assert_eq!(shown(&read.value), expected, "reading {text}");
            assert_eq!(read.warnings, [], "reading {text}");
        }
        Err(problem) => panic!("{}", problem.render(text)),
    }
}

#[test]
fn operators_and_their_ranks() {
    check("a + b*c^d", "(+ a (* b (^ c d)))");
    check("a - b - c", "(+ a -b -c)");
    check("a/b/c", "(* a /b /c)");
    check("a/b*c", "(* a /b c)");
    check("2^3^x", "(^ 2 (^ 3 x))");
    check("a**b**c", "(^ a (^ b c))");
    check("-x^2", "(neg (^ x 2))");
    check("2^-x", "(^ 2 (neg x))");
    check("a*-b", "(* a (neg b))");
    check("a - -b", "(+ a -(neg b))");
    check("--x", "x");
    check("+x", "x");
    check("x!", "(! x)");
    check("-x!", "(neg (! x))");
    check("2^x!", "(^ 2 (! x))");
    check("(a + b)!^2", "(^ (! (+ a b)) 2)");
    check("((a))", "a");
    check("a\n+ b", "(+ a b)");
}

#[test]
fn bars_are_absolute_values() {
    check("|x|", "(| x)");
    check("2|x|", "(* 2 (| x))");
    check("|x||y|", "(* (| x) (| y))");
    check("|x - |y||", "(| (+ x -(| y)))");
    check("||x| - 1|", "(| (+ (| x) -1))");
    check("|a|b|c|", "(* (| a) b (| c))");
    check("|f(|x|)|^2", "(^ (| (* f (| x))) 2)");
    check("|x|!", "(! (| x))");
    check("abs(x)", "(abs x)");
    check("exp(-|x|/s)", "(exp (* (neg (| x)) /s))");
}

#[test]
fn juxtaposition_multiplies_with_the_rank_of_the_product() {
    check("2 pi sigma^2", "(* 2 <pi> (^ sigma 2))");
    check("2πσ²", "(* 2 <pi> (^ sigma 2))");
    check("(1-x) log(1-p)", "(* (+ 1 -x) (log (+ 1 -p)))");
    check("x log p", "(* x (log p))");
    check("k! gamma(n)", "(* (! k) (gamma n))");
    check("3/2 log r", "(* 3 /2 (log r))");
    check("a b c", "(* a b c)");
    check("(a)(b)", "(* a b)");
    check("2(x+1)", "(* 2 (+ x 1))");
    check("x^2 y", "(* (^ x 2) y)");
    check(
        "λ^x e^(-λ) / x!",
        "(* (^ lambda x) (^ <e> (neg lambda)) /(! x))",
    );
    check(
        "exp(-(x-mu)^2/(2 sigma^2))",
        "(exp (* (neg (^ (+ x -mu) 2)) /(* 2 (^ sigma 2))))",
    );
    check("a x / b y", "(* a x /b y)");
}

#[test]
fn a_function_without_parentheses_takes_the_next_factor() {
    check("log x^2", "(log (^ x 2))");
    check("log x!", "(log (! x))");
    check("log x²", "(log (^ x 2))");
    check("log log x", "(log (log x))");
    check("log x + y", "(+ (log x) y)");
    check("log x * y", "(* (log x) y)");
    check("log x / 2", "(* (log x) /2)");
    check("-log p", "(neg (log p))");
    check("e^log x", "(^ <e> (log x))");
    check("log(x)^2", "(^ (log x) 2)");
    check("log(x) y", "(* (log x) y)");
    check("log |x|", "(log (| x))");
    check("log |x| y", "(* (log (| x)) y)");
    check("√x", "(√ x)");
    check("√x²", "(√ (^ x 2))");
    check("√x!", "(√ (! x))");
    check("√(2πσ²)", "(√ (* 2 <pi> (^ sigma 2)))");
    check("1/(√(2π)σ)", "(* 1 /(* (√ (* 2 <pi>)) sigma))");
    check("√(x)²", "(^ (√ x) 2)");
    check("√2 * x", "(* (√ 2) x)");
}

#[test]
fn a_declared_name_shadows_functions_and_constants() {
    check("beta(a, b)", "(beta a b)");
    check_declaring(&["beta", "x"], "beta(x - 1)", "(* beta (+ x -1))");
    check_declaring(&["gamma"], "gamma(x)", "(* gamma x)");
    check_declaring(&["gamma"], "γ x + lgamma(x)", "(+ (* gamma x) (lgamma x))");
    check_declaring(&["e"], "e x", "(* e x)");
    check_declaring(&["p"], "p(1-p)", "(* p (+ 1 -p))");
    check_declaring(&["a"], "a(x+1)", "(* a (+ x 1))");
    check_declaring(&["phi"], "φ(x)", "(* phi x)");
    check_declaring(&["zeta"], "ζ(s) zeta", "(* zeta s zeta)");
    check_declaring(&["pi"], "2π", "(* 2 pi)");
    check_declaring(&["log"], "log x", "(* log x)");
    check_declaring(&["Gamma"], "Γ(x)", "(* Gamma x)");
    check_declaring(&["sum"], "sum/2", "(* sum /2)");
    check("f(x)", "(* f x)");
}

#[test]
fn greek_letters_are_functions_only_before_a_parenthesis() {
    check("Γ(p) Γ(q)", "(* (gamma p) (gamma q))");
    check("Γ x", "(gamma x)");
    check(
        "Φ(x) + φ(x) + ψ(x) + ζ(s) + ζ(s, a)",
        "(+ (Phi x) (phi x) (digamma x) (zeta s) (zeta s a))",
    );
    check("φ x + ψ", "(+ (* phi x) psi)");
    check("γ(x)", "(* gamma x)");
    check("γ x", "(* gamma x)");
    check("gamma + beta*t + phi", "(+ gamma (* beta t) phi)");
    check("beta t", "(* beta t)");
    check("μ + mu", "(+ mu mu)");
    check("Σ(k, 1, n, k)", "(sum k 1 n k)");
    check(
        "∑(k, 1, n, k) + Π(k, 1, n, k) + ∏(k, 1, n, k)",
        "(+ (sum k 1 n k) (prod k 1 n k) (prod k 1 n k))",
    );
    check("αβ θ₁ θ1", "(* alpha beta theta_1 theta1)");
}

#[test]
fn numbers_are_exact() {
    check("0.1", "1/10");
    check("1e-3", "1/1000");
    check("1.645*sigma", "(* 329/200 sigma)");
    check("2e", "(* 2 <e>)");
    check("½ x", "(* 1/2 x)");
    check("10^5000", "(^ 10 5000)");
}

#[test]
fn superscripts_are_powers() {
    check("x²", "(^ x 2)");
    check("x⁻¹", "(^ x (neg 1))");
    check("x¹²", "(^ x 12)");
    check("xⁿ", "(^ x n)");
    check("x²ᵏ", "(^ x (* 2 k))");
    check("(x-μ)²/(2σ²)", "(* (^ (+ x -mu) 2) /(* 2 (^ sigma 2)))");
    check("x²!", "(! (^ x 2))");
    check("(x²)³", "(^ (^ x 2) 3)");
}

#[test]
fn signs_beyond_ascii() {
    check("a·b × c − d", "(+ (* a b c) -d)");
    check("𝜇 + 𝑥", "(+ mu x)");
    check(
        "integral(x, −∞, ∞, exp(−x²))",
        "(integral x (neg <inf>) <inf> (exp (neg (^ x 2))))",
    );
    check(
        "indicator(0 ≤ x ≤ 1 and x ≠ y)",
        "(indicator (and {0 <= x <= 1} {x != y}))",
    );
}

#[test]
fn constants() {
    check("pi e inf EulerGamma", "(* <pi> <e> <inf> <EulerGamma>)");
}

#[test]
fn conditions() {
    check("if(x < mu, a, b)", "(if {x < mu} a b)");
    check(
        "if(x == 0, a, b) + if(x = 0, a, b)",
        "(+ (if {x == 0} a b) (if {x == 0} a b))",
    );
    check("indicator(0 < x < 1)", "(indicator {0 < x < 1})");
    check(
        "indicator(x < 1 or x > 2 and y >= 3)",
        "(indicator (or {x < 1} (and {x > 2} {y >= 3})))",
    );
    check(
        "indicator((x < 1 or x > 2) and (y + 1) != 3)",
        "(indicator (and (or {x < 1} {x > 2}) {(+ y 1) != 3}))",
    );
    check("indicator(|x| < 1)", "(indicator {(| x) < 1})");
    check("2 indicator(x <= c)^2", "(* 2 (^ (indicator {x <= c}) 2))");
}

#[test]
fn every_function_of_the_contract() {
    for (name, least, most) in ROWS {
        for count in [*least, (*most).min(4)] {
            let arguments: Vec<String> = (0..count).map(|k| format!("a{k}")).collect();
            check(
                &format!("{name}({})", arguments.join(", ")),
                &format!("({name} {})", arguments.join(" ")),
            );
        }
    }
    check("ln x + ln(x)", "(+ (log x) (log x))");
    check("sigmoid(x) expit(x)", "(* (logistic x) (logistic x))");
}

#[test]
fn binders() {
    check("sum(k, 1, n, k^2 t[k])", "(sum k 1 n (* (^ k 2) t[k]))");
    check("prod(i, 1, n, t[i])", "(prod i 1 n t[i])");
    check("sum(e, 0, 3, e)", "(sum e 0 3 e)");
    check("sum(k, 1, k, k)", "(sum k 1 k k)");
    let scope = Scope::new(&Table);
    let tree = expression("sum(k, m, k, k*j)*k", &scope)
        .expect("it is well formed")
        .value;
    let names: Vec<_> = tree
        .appearances()
        .into_iter()
        .map(|a| a.name.to_string())
        .collect();
    assert_eq!(names, ["m", "k", "j", "k"]);
}

#[test]
fn indices() {
    check("a + b*t[i]", "(+ a (* b t[i]))");
    check("y[i+1]²", "(^ y[(+ i 1)] 2)");
    check("M[i, j]", "M[i j]");
    check("beta[1] x", "(* beta[1] x)");
}

#[test]
fn the_textbook_lines_parse_as_they_stand() {
    check_declaring(
        &["x", "mu", "sigma"],
        "-log(√(2πσ²)) - (x-μ)²/(2σ²)",
        "(+ (neg (log (√ (* 2 <pi> (^ sigma 2))))) -(* (^ (+ x -mu) 2) /(* 2 (^ sigma 2))))",
    );
    check_declaring(
        &["x", "p"],
        "x log p + (1-x) log(1-p)",
        "(+ (* x (log p)) (* (+ 1 -x) (log (+ 1 -p))))",
    );
}

#[test]
fn names_come_in_order_of_appearance() {
    let scope = Scope::new(&Table);
    let tree = expression("a + b*0 + exp(c x[i])/a + if(d < e, z, π)", &scope)
        .expect("it is well formed")
        .value;
    let names: Vec<_> = tree.free_names().into_iter().map(String::from).collect();
    assert_eq!(names, ["a", "b", "c", "x", "i", "d", "z"]);
}

#[test]
fn every_node_knows_its_place() {
    let text = "a + |x|² Γ(k)/√y";
    let scope = Scope::new(&Table);
    let tree = expression(text, &scope).expect("it is well formed").value;
    let mut stack = vec![&tree];
    let mut places = Vec::new();
    while let Some(node) = stack.pop() {
        places.push(node.span.text(text));
        stack.extend(node.children());
    }
    places.sort_unstable();
    assert_eq!(
        places,
        [
            "2".replace('2', "²"),
            "a".into(),
            text.into(),
            "k".into(),
            "x".into(),
            "y".into(),
            "|x|".into(),
            "|x|²".into(),
            "|x|² Γ(k)/√y".into(),
            "Γ(k)".into(),
            "√y".into()
        ]
        .map(String::from)
        .tap_sorted()
    );
}

trait Sorted {
    fn tap_sorted(self) -> Self;
}
impl<const N: usize> Sorted for [String; N] {
    fn tap_sorted(mut self) -> Self {
        self.sort_unstable();
        self
    }
}

#[test]
fn deep_nesting_and_long_input_are_read_or_refused() {
    let scope = Scope::new(&Table);
    let nested =
        |open: &str, close: &str, n: usize| format!("{}x{}", open.repeat(n), close.repeat(n));
    for (open, close) in [
        ("(", ")"),
        ("exp(", ")"),
        ("|", "|"),
        ("√", ""),
        ("log ", ""),
        ("2^", ""),
        ("if(x<1,1,", ")"),
        ("sum(k,1,n,", ")"),
        ("-(", ")"),
        ("a[", "]"),
        ("f(", ")"),
    ] {
        assert!(
            expression(&nested(open, close, 200), &scope).is_ok(),
            "{open}"
        );
        let problem =
            expression(&nested(open, close, 50_000), &scope).expect_err("it is nested too deep");
        assert_eq!(problem.code, "nesting-too-deep", "{open}");
    }
    assert!(expression(&format!("{}x", "-".repeat(100_000)), &scope).is_ok());
    let long = "a*x^2 + log y / 3 - ".repeat(40_000);
    let started = std::time::Instant::now();
    assert!(expression(&format!("{long}1"), &scope).is_ok());
    assert!(started.elapsed().as_secs() < 10);
    assert_eq!(
        expression(&"x+".repeat(1 << 20), &scope)
            .expect_err("it is too long")
            .code,
        "input-too-long"
    );
}
