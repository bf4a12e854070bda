//! Every mistake as it is drawn.

use super::*;

fn drawn(declared: &[&str], text: &str) -> String {
    let scope = Scope::new(&Table).declaring(declared.iter().copied());
    let scope = if declared.is_empty() {
        scope
    } else {
        scope.with_undeclared(Undeclared::Unknown)
    };
    match expression(text, &scope) {
        Ok(read) => read
            .warnings
            .iter()
            .map(|problem| problem.render(text))
            .collect(),
        Err(problem) => problem.render(text),
    }
}

macro_rules! drawn_problems {
    ($($name:ident: $text:expr $(, declared $declared:expr)? => @$snapshot:literal;)*) => {$(
        #[test]
        fn $name() {
            #[allow(unused_mut, unused_assignments)]
            let mut declared: &[&str] = &[];
            $(declared = &$declared;)?
            insta::assert_snapshot!(drawn(declared, $text), @$snapshot);
        }
    )*};
}

drawn_problems! {
    unknown_character: "a ? b" => @r"
        error[unknown-character]: `?` is not part of the language
        1 | a ? b
          |   ^ a name is an ASCII word or a Greek letter
        mend: rename the symbol, or remove the character
    ";
    unknown_character_with_hint: r"\sigma^2" => @r"
        error[unknown-character]: `\` is not part of the language
        1 | \sigma^2
          | ^ a name is an ASCII word or a Greek letter
        mend: no LaTeX is needed: type `sigma` or `σ`
    ";
    dotted_name: "a.b" => @r"
        error[unknown-character]: `.` is not part of the language
        1 | a.b
          |  ^ a name is an ASCII word or a Greek letter
        mend: a name holds letters, digits and `_`, so type `a_b` for `a.b`; a number is like `0.5`
    ";
    malformed_number: "1.2.3" => @r"
        error[malformed-number]: `1.2.3` is not a number
        1 | 1.2.3
          | ^^^^^ numbers are like 12, 0.5, 1e-3
        mend: write one decimal point at most, and no `_`
    ";
    number_too_large: "1e99999" => @r"
        error[number-too-large]: this number is too large to be kept exactly
        1 | 1e99999
          | ^^^^^^^ beyond 4096 digits
        mend: write it as a power, such as `10^5000`
    ";
    number_or_product: "2e-3", declared ["e"] => @r"
        error[number-or-product]: `2e-3` may be a number or a product
        1 | 2e-3
          | ^^^^ `e` is declared, so `2e-3` could be the number or a product with `e`
        mend: type `2*e - 3`, or write the number without an exponent
    ";
    number_or_indexed_name: "2E1", declared ["E1"] => @r"
        error[number-or-product]: `2E1` may be a number or a product
        1 | 2E1
          | ^^^ `E1` is declared, so `2E1` could be the number or a product with `E1`
        mend: type `2*E1`, or write the number without an exponent
    ";
    malformed_exponent: "x⁻" => @r"
        error[malformed-exponent]: an exponent like `⁻` is not understood
        1 | x⁻
          |  ^ a superscript holds a sign, digits or one letter
        mend: type `^(…)` instead
    ";
    unclosed_parenthesis: "exp(-(x-mu)^2/(2*sigma^2)" => @r"
        error[unclosed-bracket]: `(` is never closed
        1 | exp(-(x-mu)^2/(2*sigma^2)
          |    ^ opened here
        mend: add the missing `)`
    ";
    stray_parenthesis: "a + b)" => @r"
        error[stray-bracket]: `)` closes nothing
        1 | a + b)
          |      ^ no bracket is open here
        mend: remove `)`, or open one before it
    ";
    stray_bracket: "a]*2" => @r"
        error[stray-bracket]: `]` closes nothing
        1 | a]*2
          |  ^ no bracket is open here
        mend: remove `]`, or open one before it
    ";
    mismatched_brackets: "(a + b]" => @r"
        error[mismatched-bracket]: expected `)`, found `]`
        1 | (a + b]
          |       ^ this closes another kind of bracket
          | ^ opened here
        mend: type `)`
    ";
    mismatched_brace: "(a + b}" => @r"
        error[mismatched-bracket]: expected `)`, found `}`
        1 | (a + b}
          |       ^ this closes another kind of bracket
          | ^ opened here
        mend: type `)`
    ";
    empty_expression: "  " => @r"
        error[empty-expression]: there is no expression here
        1 |
          |   ^ nothing is written
        mend: write an expression, such as `a + b*t`
    ";
    missing_operand_at_the_end: "a + b*" => @r"
        error[missing-operand]: something is missing after `*`
        1 | a + b*
          |       ^ nothing follows
          |      ^ wants a value on its right
        mend: write what comes after `*`, or remove it
    ";
    missing_operand_inside: "π*(σ + )" => @r"
        error[missing-operand]: something is missing after `+`
        1 | π*(σ + )
          |        ^ `)` is not a value
          |      ^ wants a value on its right
        mend: write what comes after `+`, or remove it
    ";
    two_operators: "a */ b" => @r"
        error[missing-operand]: something is missing after `*`
        1 | a */ b
          |    ^ `/` is not a value
          |   ^ wants a value on its right
        mend: write what comes after `*`, or remove it
    ";
    bad_beginning: "*a" => @r"
        error[bad-beginning]: an expression cannot begin with `*`
        1 | *a
          | ^ a value is needed first
        mend: write a number, a name, or a parenthesis
    ";
    empty_parentheses: "2*()" => @r"
        error[missing-operand]: something is missing after `(`
        1 | 2*()
          |    ^ `)` is not a value
          |   ^ wants a value on its right
        mend: write what comes after `(`, or remove it
    ";
    two_numbers: "x^2 + 3 4" => @r"
        error[two-numbers]: two numbers stand side by side
        1 | x^2 + 3 4
          |       ^^^ an operator is missing between them
        mend: type `3*4`
    ";
    zero_times: "x + 0 sigma" => @r"
        error[zero-times]: `0` multiplies what follows
        1 | x + 0 sigma
          |     ^ so the product is 0
          |       ^^^^^ is a new statement meant here?
        mend: put `;` or a new line between two statements
    ";
    bare_argument: "log 2πσ²" => @r"
        error[bare-argument]: how far does `log` reach?
        1 | log 2πσ²
          |      ^^^ a second factor follows an argument without parentheses
          |     ^ the argument
        mend: type `log(2πσ²)` if all of it is meant
        mend: type `log(2)*πσ²` if only the first factor is
    ";
    bare_root: "√2π" => @r"
        error[bare-argument]: how far does `√` reach?
        1 | √2π
          |   ^ a second factor follows an argument without parentheses
          |  ^ the argument
        mend: type `√(2π)` if all of it is meant
        mend: type `√(2)*π` if only the first factor is
    ";
    bare_argument_with_spaces: "x log p (1-p)" => @r"
        error[bare-argument]: how far does `log` reach?
        1 | x log p (1-p)
          |         ^^^^^ a second factor follows an argument without parentheses
          |       ^ the argument
        mend: type `log(p(1-p))` if all of it is meant
        mend: type `log(p)*(1-p)` if only the first factor is
    ";
    ambiguous_division: "a/2b" => @r"
        warning[ambiguous-division]: `a/2b` divides by `2` only
        1 | a/2b
          |   ^^ read as (a/2)*b, since `/` and a product have the same rank
        mend: type `a/(2*b)` if both are below the bar, else `a/2*b`
    ";
    ambiguous_division_in_a_textbook_formula: "-(x-μ)²/2σ²" => @r"
        warning[ambiguous-division]: `-(x-μ)²/2σ²` divides by `2` only
        1 | -(x-μ)²/2σ²
          |         ^^^ read as (-(x-μ)²/2)*σ², since `/` and a product have the same rank
        mend: type `-(x-μ)²/(2*σ²)` if both are below the bar, else `-(x-μ)²/2*σ²`
    ";
    function_without_argument: "log + 1" => @r"
        error[function-without-argument]: the function `log` has no argument
        1 | log + 1
          | ^^^ what follows cannot be its argument
        mend: type `log(…)`; if it is your own symbol, declare it (as a parameter, datum, `known log` or definition)
    ";
    function_at_the_end: "2 exp" => @r"
        error[function-without-argument]: the function `exp` has no argument
        1 | 2 exp
          |   ^^^ what follows cannot be its argument
        mend: type `exp(…)`; if it is your own symbol, declare it (as a parameter, datum, `known exp` or definition)
    ";
    function_before_a_sign: "log -x" => @r"
        error[function-without-argument]: the function `log` has no argument
        1 | log -x
          | ^^^ what follows cannot be its argument
        mend: type `log(…)`; if it is your own symbol, declare it (as a parameter, datum, `known log` or definition)
    ";
    function_or_product: "a + gamma t" => @r"
        error[function-or-product]: `gamma` may be a function or a symbol here
        1 | a + gamma t
          |     ^^^^^ the name is both a Greek letter and a function, and is not declared
        mend: type `gamma*t` for the product
        mend: type `gamma(t)` for the function
    ";
    function_power: "log²(x)" => @r"
        error[function-power]: a power stands between `log` and its argument
        1 | log²(x)
          | ^^^^ it could belong to the function or to the argument
        mend: type `log(…)^2`, with the power after the parenthesis
    ";
    function_power_ascii: "sin^2 x" => @r"
        error[function-power]: a power stands between `sin` and its argument
        1 | sin^2 x
          | ^^^^ it could belong to the function or to the argument
        mend: type `sin(…)^2`, with the power after the parenthesis
    ";
    wrong_argument_count: "digamma(a, b)" => @r"
        error[wrong-argument-count]: `digamma` takes 1 argument, not 2
        1 | digamma(a, b)
          | ^^^^^^^ called here
        mend: add or remove arguments; for a product type `digamma*(…)`
    ";
    no_arguments: "exp()" => @r"
        error[wrong-argument-count]: `exp` takes 1 argument, not 0
        1 | exp()
          | ^^^ called here
        mend: add or remove arguments; for a product type `exp*(…)`
    ";
    product_taken_for_a_call: "beta(t - 1)" => @r"
        error[wrong-argument-count]: `beta` takes 2 arguments, not 1
        1 | beta(t - 1)
          | ^^^^ called here
        mend: add or remove arguments; for a product type `beta*(…)`
    ";
    bare_function_of_two: "choose n" => @r"
        error[wrong-argument-count]: `choose` takes 2 arguments, not 1
        1 | choose n
          | ^^^^^^ called here
        mend: type `choose(…, …)`
    ";
    unknown_function: "lgama(x)" => @r"
        error[unknown-function]: `lgama` is not a known function
        1 | lgama(x)
          | ^^^^^ nothing of this name is declared either
        mend: did you mean `lgamma`?
    ";
    unknown_function_of_two: "foo(x, y)" => @r"
        error[unknown-function]: `foo` is not a known function
        1 | foo(x, y)
          | ^^^ nothing of this name is declared either
        mend: for a product type `foo*(…)` and declare `foo`
    ";
    undeclared_before_a_parenthesis: "q(x)", declared ["x"] => @r"
        error[unknown-function]: `q` is not a known function
        1 | q(x)
          | ^ nothing of this name is declared either
        mend: for a product type `q*(…)` and declare `q`
    ";
    comparison_as_number: "(x > 0)*exp(-x)" => @r"
        error[comparison-as-number]: a comparison stands where a number is needed
        1 | (x > 0)*exp(-x)
          | ^^^^^^^ comparisons stand inside `if` and `indicator`
        mend: type `indicator(x > 0)` for 1 where it holds and 0 elsewhere; put `;` before a domain
    ";
    equality_as_number: "a = 3" => @r"
        error[comparison-as-number]: a comparison stands where a number is needed
        1 | a = 3
          | ^^^^^ comparisons stand inside `if` and `indicator`
        mend: a second `=` has no meaning here: keep one side only
    ";
    number_as_condition: "if(x, 1, 2)" => @r"
        error[number-as-condition]: a condition is needed here
        1 | if(x, 1, 2)
          |    ^ this is a number
        mend: compare it, as in `x > 0`
    ";
    number_in_a_conjunction: "indicator(x and y > 0)" => @r"
        error[number-as-condition]: a condition is needed here
        1 | indicator(x and y > 0)
          |           ^ this is a number
        mend: compare it, as in `x > 0`
    ";
    if_with_two_parts: "if(x < 1, 2)" => @r"
        error[wrong-argument-count]: `if` takes a condition and 2 expressions, not 2
        1 | if(x < 1, 2)
          | ^^ called here
        mend: type `if(condition, then, otherwise)`
    ";
    list_as_number: "2*[1, 2]" => @r"
        error[list-as-number]: a list stands where a number is needed
        1 | 2*[1, 2]
          |   ^ lists are arguments of laws, or what `for` runs over
        mend: name the list by a definition and index it, as in `t[i]`
    ";
    comma_in_parentheses: "2*(a, b)" => @r"
        error[comma-in-parentheses]: a comma stands inside parentheses that are no call
        1 | 2*(a, b)
          |     ^ only calls and sets have commas
          |   ^ opened here
        mend: remove the comma, or write the function's name before `(`
    ";
    braces_for_grouping: "{a + b}^2" => @r"
        error[brace-in-expression]: curly braces hold sets, not expressions
        1 | {a + b}^2
          | ^ a set begins here
        mend: group with parentheses: `( … )`
    ";
    sum_without_a_variable: "sum(k^2, k, 1, n)" => @r"
        error[bad-binder]: `sum` needs the name of a symbol first
        1 | sum(k^2, k, 1, n)
          |     ^^^ found `k^2`
        mend: type `sum(k, lower, upper, expression)` with a plain name for `k`
    ";
    sum_over_a_constant: "sum(pi, 1, n, pi)" => @r"
        error[reserved-binder]: `pi` cannot be the variable of a `sum`
        1 | sum(pi, 1, n, pi)
          |     ^^ it has a fixed meaning
        mend: take another name, such as `k`
    ";
    sum_with_an_open_range: "sum(k, 1, k^2)" => @r"
        error[binder-arguments]: `sum` takes a variable, its lower end, its upper end, and an expression
        1 | sum(k, 1, k^2)
          |              ^ an argument is missing, or there is one too many
        mend: type `sum(k, 1, n, expression)`; an end may be `inf`
    ";
    sum_over_dots: "sum(k, 1..n, k)" => @r"
        error[binder-arguments]: `sum` takes a variable, its lower end, its upper end, and an expression
        1 | sum(k, 1..n, k)
          |         ^^ an argument is missing, or there is one too many
        mend: type `sum(k, 1, n, expression)`; an end may be `inf`
    ";
    unclosed_bar: "|x + 1" => @r"
        error[unclosed-bar]: `|` opens an absolute value that is never closed
        1 | |x + 1
          | ^ opened here
          |       ^ a second `|` is missing before this
        mend: close it with `|`, or type `abs(…)`; the bar of `p(x | mu)` stands only on the left of `=`
    ";
    conditioning_bar_in_an_expression: "f(x | mu)" => @r"
        error[unclosed-bar]: `|` opens an absolute value that is never closed
        1 | f(x | mu)
          |     ^ opened here
          |         ^ a second `|` is missing before this
        mend: close it with `|`, or type `abs(…)`; the bar of `p(x | mu)` stands only on the left of `=`
    ";
    two_powers: "x²^3" => @r"
        error[double-power]: two powers follow each other
        1 | x²^3
          | ^^^ it is not clear which comes first
        mend: set parentheses: `(a^b)^c` or `a^(b^c)`
    ";
    double_factorial: "x!!" => @r"
        error[double-factorial]: `!!` may mean two things
        1 | x!!
          |   ^ the factorial of the factorial, or the product of every other number?
        mend: type `(x!)!` for the first; for odd x, `x!! = 2^((x+1)/2) gamma(x/2+1)/sqrt(pi)`
    ";
    reserved_word: "a + in" => @r"
        error[reserved-word]: `in` is a word of the language, not a symbol
        1 | a + in
          |     ^^ it cannot be used as a name
        mend: rename the symbol
    ";
    empty_index: "y[]" => @r"
        error[empty-index]: `y[…]` needs an index
        1 | y[]
          |  ^^ the brackets are empty
        mend: type `y[i]`
    ";
    range_in_an_expression: "a + 1..n" => @r"
        error[range-in-expression]: a range cannot stand in an expression
        1 | a + 1..n
          |      ^^ `..` and `...` belong to `for` and to sets
        mend: for a sum over a range type `sum(k, 1, n, expression)`
    ";
    semicolon_inside: "f(a; b)" => @r"
        error[unexpected]: expected an operator or `)`, found `;`
        1 | f(a; b)
          |    ^ this does not belong here
        mend: remove it, or put an operator before it
    ";
    leftover: "a : b" => @r"
        error[unexpected]: expected an operator or the end, found `:`
        1 | a : b
          |   ^ this does not belong here
        mend: remove it, or put an operator before it
    ";
    tilde_inside: "x ~ y" => @r"
        error[unexpected]: expected an operator or the end, found `~`
        1 | x ~ y
          |   ^ this does not belong here
        mend: remove it, or put an operator before it
    ";
}

#[test]
fn every_kind_of_mistake_has_a_reason_and_a_mend() {
    let scope = Scope::new(&Table).declaring(["e"]);
    for text in [
        "a ? b",
        "1.2.3",
        "1e99999",
        "2e-3",
        "x⁻",
        "(",
        ")",
        "(a]",
        "",
        "a+",
        "*a",
        "2 3",
        "0 x",
        "log 2 x",
        "log",
        "gamma x",
        "log²x",
        "exp()",
        "foo(a,b)",
        "2*(a>0)",
        "if(x,1,2)",
        "[1]",
        "(a,b)",
        "{a}",
        "sum(2,1,1,1)",
        "sum(pi,1,1,1)",
        "sum(k,1,2)",
        "|x",
        "x²^2",
        "x!!",
        "in",
        "y[]",
        "1..2",
        "a:b",
    ] {
        let problem = expression(text, &scope).expect_err(text);
        assert!(!problem.labels[0].text.is_empty(), "{text}");
        assert!(!problem.mends.is_empty(), "{text}");
        assert!(
            problem
                .code
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '-'),
            "{text}"
        );
    }
}
