//! Values of options of the command line.

use bartlett::model::statement::Vocabulary;
use bartlett::model::statement_fragments::{assignments, expressions, names, scope, tuple};
use bartlett_expr::Problem;

fn nodes(text: &str, declared: &[&str]) -> Result<Vec<String>, Problem> {
    let vocabulary = Vocabulary::standard();
    let scope = scope(&vocabulary, declared.iter().copied());
    Ok(expressions(text, &scope)?
        .value
        .iter()
        .map(|node| node.span.text(text).to_owned())
        .collect())
}

fn pairs(text: &str) -> String {
    let vocabulary = Vocabulary::standard();
    match assignments(text, &scope(&vocabulary, ["mu", "sigma"])) {
        Ok(read) => read
            .value
            .iter()
            .map(|one| {
                format!(
                    "{} -> {};",
                    one.name.span.text(text),
                    one.value.span.text(text)
                )
            })
            .collect(),
        Err(problem) => problem.render(text),
    }
}

#[test]
fn functions_of_the_parameters() {
    assert_eq!(
        nodes("sigma/mu", &["mu", "sigma"]).expect("one"),
        ["sigma/mu"]
    );
    assert_eq!(
        nodes("mu + 1.645*sigma; log(sigma);", &["mu", "sigma"]).expect("two"),
        ["mu + 1.645*sigma", "log(sigma)"]
    );
    assert_eq!(nodes("-mu", &["mu"]).expect("a sign"), ["-mu"]);
    assert_eq!(nodes("a b |c|", &[]).expect("a product"), ["a b |c|"]);
    assert!(nodes("", &[]).is_err());
    assert!(nodes("a = b", &[]).is_err());
}

#[test]
fn assignments_are_read() {
    assert_eq!(pairs("mu=0,sigma=2"), "mu -> 0;sigma -> 2;");
    assert_eq!(
        pairs("mu = -0.5; sigma = 1e-3;"),
        "mu -> -0.5;sigma -> 1e-3;"
    );
    assert_eq!(pairs("phi = log(sigma)"), "phi -> log(sigma);");
    assert_eq!(
        pairs("n1 = mu/sigma^2; n2 = -1/(2*sigma^2)"),
        "n1 -> mu/sigma^2;n2 -> -1/(2*sigma^2);"
    );
    assert_eq!(pairs("λ = λ2"), "λ -> λ2;");
    assert_eq!(pairs("y[1] = 3, y[2] = 4"), "y[1] -> 3;y[2] -> 4;");
    assert_eq!(pairs("beta = beta(2)"), "beta -> beta(2);");
    insta::assert_snapshot!(pairs("mu 0"), @r"
        error[bad-assignment]: `mu` is not of the form `name = expression`
        1 | mu 0
          | ^^ a name, `=`, and an expression are needed
        mend: type, for example, `mu=0, sigma=2`
    ");
    insta::assert_snapshot!(pairs("mu = 1, mu = 2"), @r"
        error[assigned-twice]: `mu` is given twice
        1 | mu = 1, mu = 2
          |         ^^ again here
          | ^^ first here
        mend: remove one of them
    ");
    insta::assert_snapshot!(pairs("sigma^2 = 1"), @r"
        error[bad-assignment]: `sigma` is not of the form `name = expression`
        1 | sigma^2 = 1
          | ^^^^^ a name, `=`, and an expression are needed
        mend: type, for example, `mu=0, sigma=2`
    ");
    insta::assert_snapshot!(pairs("mu = "), @r"
        error[missing-operand]: something is missing after `=`
        1 | mu =
          |     ^ nothing follows
          |    ^ wants a value on its right
        mend: write what comes after `=`, or remove it
    ");
}

#[test]
fn lists_of_names() {
    let vocabulary = Vocabulary::standard();
    let list = |text: &str| {
        names(text, &scope(&vocabulary, []))
            .map(|read| {
                read.value
                    .iter()
                    .map(|s| s.span.text(text).to_owned())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .map_err(|problem| problem.render(text))
    };
    assert_eq!(list("a,b"), Ok("a b".to_owned()));
    assert_eq!(list("μ, sigma , b[1..k]"), Ok("μ sigma b[1..k]".to_owned()));
    assert_eq!(list("m1 m2"), Ok("m1 m2".to_owned()));
    insta::assert_snapshot!(list("a, 2").expect_err("a number"), @r"
        error[bad-name-list]: a list of names is needed
        1 | a, 2
          |    ^ this is not a name
        mend: type, for example, `a, b`
    ");
    assert!(list("").is_err());
}

#[test]
fn tuples() {
    let vocabulary = Vocabulary::standard();
    let list = |text: &str| {
        tuple(text, &scope(&vocabulary, []))
            .map(|read| {
                read.value
                    .iter()
                    .map(|n| n.span.text(text).to_owned())
                    .collect::<Vec<_>>()
            })
            .map_err(|problem| problem.render(text))
    };
    assert_eq!(list("(1, 2)"), Ok(vec!["1".to_owned(), "2".to_owned()]));
    assert_eq!(list("[1, -a]"), Ok(vec!["1".to_owned(), "-a".to_owned()]));
    assert_eq!(list("1, 2"), Ok(vec!["1".to_owned(), "2".to_owned()]));
    assert_eq!(
        list("(1)/(2), (3)"),
        Ok(vec!["(1)/(2)".to_owned(), "(3)".to_owned()])
    );
    assert_eq!(list("(1)"), Ok(vec!["1".to_owned()]));
    insta::assert_snapshot!(list("(1; 2)").expect_err("a semicolon"), @r"
        error[bad-tuple]: a list of numbers in parentheses is needed
        1 | (1; 2)
          |   ^ not of this form
        mend: type, for example, `(1, 2)`
    ");
}
