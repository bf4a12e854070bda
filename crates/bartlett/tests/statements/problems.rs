//! Every mistake as it is drawn.

use bartlett::model::statement::{Vocabulary, statements};

fn drawn(text: &str) -> String {
    match statements(text, &Vocabulary::standard()) {
        Ok(read) => read
            .warnings
            .iter()
            .map(|problem| problem.render(text))
            .collect(),
        Err(problems) => problems
            .iter()
            .map(|problem| problem.render(text))
            .collect(),
    }
}

macro_rules! drawn_problems {
    ($($name:ident: $text:expr => @$snapshot:literal;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(drawn($text), @$snapshot);
        }
    )*};
}

drawn_problems! {
    empty_model: "# nothing\n" => @r"
        error[empty-model]: the model is empty
        1 | # nothing
          | ^ nothing is stated
        mend: type a law, such as `x ~ Normal(mu, sigma)`, or a density, such as `p(x | a) = a*exp(-a*x); x > 0`
    ";
    not_a_statement: "mu + sigma" => @r"
        error[not-a-statement]: this is not a statement
        1 | mu + sigma
          | ^^^^^^^^^^ it holds no `=`, `~`, `∝`, `in` or comparison
        mend: type a law `x ~ Normal(mu, sigma)`, a density `p(x | a) = …`, a domain `a > 0`, a definition `b = …` or `known n`
    ";
    continued_line: "log p(x | a) = log(a)\n  - a*x" => @r"
        error[continued-line]: a statement cannot begin with `-`
        2 |   - a*x
          |   ^ does it go on from the line before?
        mend: end that line with the operator, or put the whole expression in parentheses
    ";
    misspelled_keyword: "knwon n" => @r"
        error[misspelled-keyword]: `knwon` is not a word that begins a statement
        1 | knwon n
          | ^^^^^ no statement begins like this
        mend: did you mean `known`?
    ";
    missing_tilde: "x Normal(mu, sigma)" => @r"
        error[missing-tilde]: `~` is missing between `x` and `Normal`
        1 | x Normal(mu, sigma)
          |   ^^^^^^ a law is expected
        mend: type `x ~ Normal(…)`
    ";
    missing_body: "p(x | mu)" => @r"
        error[missing-body]: the head `p(x | mu)` has no right side
        1 | p(x | mu)
          |          ^ the line ends here
        mend: type `p(x | mu) = …`, or `p(x | mu) ∝ …` for a density up to its normalizer
    ";
    two_laws_on_a_line: "x ~ Normal(mu, sigma) y ~ Poisson(lambda)" => @r"
        error[two-statements]: a second statement begins on the same line
        1 | x ~ Normal(mu, sigma) y ~ Poisson(lambda)
          |                       ^ the statement before is complete
        mend: put `;` or a new line before it
    ";
    law_and_domain_on_a_line: "x ~ Normal(mu, sigma) sigma > 0" => @r"
        error[two-statements]: a second statement begins on the same line
        1 | x ~ Normal(mu, sigma) sigma > 0
          |                       ^^^^^ the statement before is complete
        mend: put `;` or a new line before it
    ";
    density_and_domain_on_a_line: "p(x | a) = a*exp(-a*x) x > 0" => @r"
        error[two-statements]: a second statement begins on the same line
        1 | p(x | a) = a*exp(-a*x) x > 0
          |                        ^ the statement before is complete
        mend: put `;` or a new line before it
    ";
    density_and_set_on_a_line: "p(x | a) = a*exp(-a*x) x in (0, 1)" => @r"
        error[two-statements]: a second statement begins on the same line
        1 | p(x | a) = a*exp(-a*x) x in (0, 1)
          |                        ^ the statement before is complete
        mend: put `;` or a new line before it
    ";
    two_domains_on_a_line: "mu in real sigma > 0" => @r"
        error[two-statements]: a second statement begins on the same line
        1 | mu in real sigma > 0
          |            ^^^^^ the statement before is complete
        mend: put `;` or a new line before it
    ";
    two_inequalities_on_a_line: "x > 0 sigma > 0" => @r"
        error[zero-times]: `0` multiplies what follows
        1 | x > 0 sigma > 0
          |     ^ so the product is 0
          |       ^^^^^ is a new statement meant here?
        mend: put `;` or a new line between two statements
    ";
    comma_between_statements: "x ~ Normal(mu, sigma), y ~ Poisson(lambda)" => @r"
        error[two-statements]: a second statement begins on the same line
        1 | x ~ Normal(mu, sigma), y ~ Poisson(lambda)
          |                      ^ the statement before is complete
        mend: put `;` in place of the comma
    ";
    second_equals: "p(x | a) = a = 2" => @r"
        error[second-equals]: a second `=` stands in one statement
        1 | p(x | a) = a = 2
          |              ^ the statement is complete before this
        mend: keep one `=`; put `;` before a second statement
    ";
    double_equals: "eta == a + b" => @r"
        error[double-equals]: `==` compares; a definition is written with `=`
        1 | eta == a + b
          |     ^^ comparisons stand inside `if` and `indicator`
        mend: type `=`
    ";
    arrow: "eta <- a + b" => @r"
        error[arrow]: `<-` may be read as a definition or as `< -`
        1 | eta <- a + b
          |     ^^ neither is certain
        mend: type `eta = …` for the definition, `eta < -…` for the domain
    ";
    colon_equals: "eta := a + b" => @r"
        error[colon-equals]: a definition is written with `=`, not `:=`
        1 | eta := a + b
          |     ^^ the colon is too much
        mend: type `=`
    ";
    missing_bar: "p(x, mu) = exp(-(x-mu)^2)" => @r"
        error[missing-bar]: the bar is missing in the head `p(x, mu)`
        1 | p(x, mu) = exp(-(x-mu)^2)
          |        ^ data and parameters are not told apart
        mend: type `p(data | parameters) = …`, such as `p(x | mu, sigma) = …`
    ";
    missing_bar_in_a_logarithm: "log p = -x^2" => @r"
        error[missing-bar]: the bar is missing in the head `log p`
        1 | log p = -x^2
          |      ^ data and parameters are not told apart
        mend: type `log p(data | parameters) = …`, such as `log p(x | mu, sigma) = …`
    ";
    empty_head: "p() = 1" => @r"
        error[missing-bar]: the bar is missing in the head `p()`
        1 | p() = 1
          |   ^ data and parameters are not told apart
        mend: type `p(data | parameters) = …`, such as `p(x | mu, sigma) = …`
    ";
    chained_bar: "p(x | mu | sigma) = exp(-(x-mu)^2)" => @r"
        error[chained-bar]: the head has two bars
        1 | p(x | mu | sigma) = exp(-(x-mu)^2)
          |          ^ data stand before the first bar, parameters after it
          |     ^ the first bar
        mend: separate parameters by commas; a symbol that is not estimated is declared by `known`
    ";
    no_data: "p(| mu) = mu" => @r"
        error[no-data]: the head has no data before the bar
        1 | p(| mu) = mu
          |   ^ a datum is needed here
        mend: type `p(x | …)`
    ";
    no_parameters: "p(x | ) = x" => @r"
        error[no-parameters]: the head has no parameters after the bar
        1 | p(x | ) = x
          |       ^ a parameter is needed here
        mend: name what is estimated, such as `p(x | a, b) = …`
    ";
    number_in_a_head: "p(x | 2) = x" => @r"
        error[bad-head-name]: a head lists names, not `2`
        1 | p(x | 2) = x
          |       ^ this is not a name
        mend: put a plain name here, and say the rest in the density or by a definition
    ";
    power_in_a_head: "p(x | sigma^2) = x" => @r"
        error[bad-head-name]: a head lists names, not `^`
        1 | p(x | sigma^2) = x
          |            ^ this is not a name
        mend: put a plain name here, and say the rest in the density or by a definition
    ";
    value_in_a_head: "P(X = x | lambda) = lambda" => @r"
        error[head-equals]: a head names its data, without values
        1 | P(X = x | lambda) = lambda
          |     ^ the value is not part of the head
        mend: type `x` alone
    ";
    duplicate_name: "p(x | a, b, a) = a*x" => @r"
        error[duplicate-name]: `a` stands twice in the head
        1 | p(x | a, b, a) = a*x
          |             ^ again here
          |       ^ first here
        mend: rename one of them
    ";
    bad_definition: "sigma^2 = v" => @r"
        error[bad-definition]: the left side of `=` is neither a name nor the head of a density
        1 | sigma^2 = v
          | ^^^^^^^ a definition gives a name to an expression
        mend: type `name = expression`; a relation between symbols is a domain, such as `a < b`
    ";
    bad_kernel_head: "x ∝ exp(-x)" => @r"
        error[bad-kernel-head]: the left side of `∝` is not the head of a density
        1 | x ∝ exp(-x)
          | ^ data and parameters must be told
        mend: type `p(x | a) ∝ …`
    ";
    log_kernel: "log p(x | a) ∝ -a*x" => @r"
        error[log-kernel]: a log-density is not proportional to anything
        1 | log p(x | a) ∝ -a*x
          |              ^ a factor of the density is a term of its logarithm
        mend: type `=`: a term free of the parameters may be missing from a log-density
    ";
    reserved_name: "p(x | in) = x" => @r"
        error[reserved-name]: `in` cannot be declared
        1 | p(x | in) = x
          |       ^^ it has a fixed meaning in the language
        mend: rename the symbol
    ";
    reserved_infinity: "inf = 3" => @r"
        error[reserved-name]: `inf` cannot be declared
        1 | inf = 3
          | ^^^ it has a fixed meaning in the language
        mend: rename the symbol
    ";
    bad_datum: "x + y ~ Normal(mu, sigma)" => @r"
        error[bad-datum]: `x + y` is not a datum
        1 | x + y ~ Normal(mu, sigma)
          | ^^^^^ a law is about a name, `y[i]`, or a list `(x, y)`
        mend: type `x ~ …`; for several independent data write several laws
    ";
    data_without_parentheses: "x, y ~ Normal(mu, sigma)" => @r"
        error[bad-datum]: `x, y` is not a datum
        1 | x, y ~ Normal(mu, sigma)
          | ^^^^ a law is about a name, `y[i]`, or a list `(x, y)`
        mend: type `x ~ …`; for several independent data write several laws
    ";
    missing_datum: "~ Normal(mu, sigma)" => @r"
        error[bad-datum]: `~` is not a datum
        1 | ~ Normal(mu, sigma)
          | ^ a law is about a name, `y[i]`, or a list `(x, y)`
        mend: type `x ~ …`; for several independent data write several laws
    ";
    missing_family: "x ~ " => @r"
        error[missing-family]: a law needs a family on the right of `~`
        1 | x ~
          |    ^ a CamelCase name with arguments is needed
        mend: type, for example, `x ~ Normal(mu, sigma)`
    ";
    lower_case_family: "x ~ normal(mu, sigma)" => @r"
        error[unknown-family]: `normal` is not a known family
        1 | x ~ normal(mu, sigma)
          |     ^^^^^^ no family of the catalogue has this name
        mend: did you mean `Normal`?
    ";
    abbreviated_family: "x ~ N(mu, sigma)" => @r"
        error[unknown-family]: `N` is not a known family
        1 | x ~ N(mu, sigma)
          |     ^ no family of the catalogue has this name
        mend: did you mean `Normal`?
    ";
    misspelled_family: "x ~ Weibul(alpha, sigma)" => @r"
        error[unknown-family]: `Weibul` is not a known family
        1 | x ~ Weibul(alpha, sigma)
          |     ^^^^^^ no family of the catalogue has this name
        mend: did you mean `Weibull`?
    ";
    unknown_family: "x ~ Foo(a)" => @r"
        error[unknown-family]: `Foo` is not a known family
        1 | x ~ Foo(a)
          |     ^^^ no family of the catalogue has this name
        mend: `bartlett families` lists them all; or type the density itself: `p(x | …) = …` in place of `Foo`
    ";
    family_without_arguments: "x ~ Normal" => @r"
        error[family-without-arguments]: the family `Normal` has no arguments
        1 | x ~ Normal
          |     ^^^^^^ the arguments are missing
        mend: type `Normal(mu, sigma)`
    ";
    family_with_empty_arguments: "x ~ Normal()" => @r"
        error[family-without-arguments]: the family `Normal` has no arguments
        1 | x ~ Normal()
          |     ^^^^^^ the arguments are missing
        mend: type `Normal(mu, sigma)`
    ";
    missing_argument: "x ~ Normal(mu, )" => @r"
        error[missing-operand]: something is missing after `,`
        1 | x ~ Normal(mu, )
          |                ^ `)` is not a value
          |              ^ wants a value on its right
        mend: write what comes after `,`, or remove it
    ";
    bad_set: "x in reals" => @r"
        error[bad-set]: `reals` is not a set
        1 | x in reals
          |      ^^^^^ sets are `real`, `positive`, `nonnegative`, `integer`, `(a, b)`, `[a, b)`, `{0, 1, ..., n}`, `simplex(k)`, `real^k`
        mend: did you mean `real`?
    ";
    natural_numbers: "x in ℕ" => @r"
        error[bad-set]: `ℕ` is not a set
        1 | x in ℕ
          |      ^ sets are `real`, `positive`, `nonnegative`, `integer`, `(a, b)`, `[a, b)`, `{0, 1, ..., n}`, `simplex(k)`, `real^k`
        mend: did you mean `{0, 1, ...}` or `{1, 2, ...}`?
    ";
    misspelled_set: "x in postive" => @r"
        error[bad-set]: `postive` is not a set
        1 | x in postive
          |      ^^^^^^^ sets are `real`, `positive`, `nonnegative`, `integer`, `(a, b)`, `[a, b)`, `{0, 1, ..., n}`, `simplex(k)`, `real^k`
        mend: did you mean `positive`?
    ";
    missing_set: "x in " => @r"
        error[bad-set]: `the end` is not a set
        1 | x in
          |     ^ sets are `real`, `positive`, `nonnegative`, `integer`, `(a, b)`, `[a, b)`, `{0, 1, ..., n}`, `simplex(k)`, `real^k`
        mend: type one of these, or a union with `+`
    ";
    list_as_a_set: "x in [0, 1, 2]" => @r"
        error[interval-ends]: an interval has two ends, not 3
        1 | x in [0, 1, 2]
          |      ^^^^^^^^^ an interval is `(a, b)`, `[a, b)`, `(a, b]` or `[a, b]`
        mend: for single points type `{0, 1, 2}`
    ";
    one_end: "x in (0)" => @r"
        error[interval-ends]: an interval has two ends, not 1
        1 | x in (0)
          |      ^^^ an interval is `(a, b)`, `[a, b)`, `(a, b]` or `[a, b]`
        mend: for single points type `{0}`
    ";
    french_interval: "x in ]0, 1[" => @r"
        error[stray-bracket]: `]` closes nothing
        1 | x in ]0, 1[
          |      ^ an open end of an interval is a parenthesis
        mend: write `(0, 1)` for the open interval, `[0, 1)` for the half-open one
    ";
    empty_interval: "x in (1, 0)" => @r"
        error[empty-interval]: the interval is empty: 1 is not below 0
        1 | x in (1, 0)
          |      ^^^^^^ the lower end comes first
        mend: swap the ends
    ";
    empty_set: "x in {}" => @r"
        error[empty-set]: the set is empty
        1 | x in {}
          |      ^^ nothing is in it
        mend: list the points, such as `{0, 1}`
    ";
    range_without_a_beginning: "x in {..., 0}" => @r"
        error[bad-range]: the range is not understood: it must begin with a number
        1 | x in {..., 0}
          |       ^^^ two leading terms fix the step, one means step 1
        mend: type `{0, 1, ..., n}`, `{1, 2, ...}` or `{1, 3, ...}`
    ";
    range_with_two_dots: "x in {0, ..., 5, ...}" => @r"
        error[bad-range]: the range is not understood: `...` stands twice; for all integers type `integer`
        1 | x in {0, ..., 5, ...}
          |                  ^^^ two leading terms fix the step, one means step 1
        mend: type `{0, 1, ..., n}`, `{1, 2, ...}` or `{1, 3, ...}`
    ";
    range_without_commas: "x in {0, 1 ... n}" => @r"
        error[bad-range]: the range is not understood: commas stand on both sides of `...`
        1 | x in {0, 1 ... n}
          |            ^^^ two leading terms fix the step, one means step 1
        mend: type `{0, 1, ..., n}`, `{1, 2, ...}` or `{1, 3, ...}`
    ";
    falling_range: "x in {3, 2, ..., 0}" => @r"
        error[bad-range]: the range is not understood: it must rise
        1 | x in {3, 2, ..., 0}
          |      ^^^^^^^^^^^^^^ two leading terms fix the step, one means step 1
        mend: type `{0, 1, ..., n}`, `{1, 2, ...}` or `{1, 3, ...}`
    ";
    unreached_end: "x in {0, 2, ..., 5}" => @r"
        error[bad-range]: the range is not understood: its last term is not reached
        1 | x in {0, 2, ..., 5}
          |             ^^^ two leading terms fix the step, one means step 1
        mend: type `{0, 1, ..., n}`, `{1, 2, ...}` or `{1, 3, ...}`
    ";
    fractional_range: "x in {0, 0.5, ...}" => @r"
        error[bad-range]: the range is not understood: its terms are not integers
        1 | x in {0, 0.5, ...}
          |      ^^^^^^^^^^^^^ two leading terms fix the step, one means step 1
        mend: type `{0, 1, ..., n}`, `{1, 2, ...}` or `{1, 3, ...}`
    ";
    bad_subject: "log(x) in real" => @r"
        error[bad-subject]: `log(x)` is not the name of a symbol
        1 | log(x) in real
          | ^^^^^^ only a name can be put into a set
        mend: type an inequality instead, such as `1 + a*x > 0`
    ";
    mixed_side: "0 < p < 1, q > 0" => @r"
        error[bad-side-list]: several names on one side must all be names
        1 | 0 < p < 1, q > 0
          |         ^^^^ this side holds a comma
        mend: put `;` between the statements, as in `0 < p < 1; q > 0`
    ";
    turning_chain: "a < b > c" => @r"
        error[turning-chain]: the chain turns around
        1 | a < b > c
          |       ^ one way here
          |   ^ the other way here
        mend: split it: `a < b; a < c`
    ";
    equality_as_a_domain: "a + b == 1" => @r"
        error[equality-domain]: an equation cannot be a domain
        1 | a + b == 1
          |       ^^ it ties the symbols together
        mend: define one of them by the others: `b = 1 - a`
    ";
    known_with_a_value: "known n = 3" => @r"
        error[known-with-more]: `known` lists names only
        1 | known n = 3
          |         ^ a value makes it a definition
        mend: type `n = 3` without `known`
    ";
    known_with_a_domain: "known n > 0" => @r"
        error[known-with-more]: `known` lists names only
        1 | known n > 0
          |         ^ the list of names ends here
        mend: type `known n; n > 0`
    ";
    known_without_comma: "known n t" => @r"
        error[names-without-comma]: names are separated by commas
        1 | known n t
          |         ^ a comma is missing before this
        mend: type `n, t`; put `;` before another statement
    ";
    known_alone: "known" => @r"
        error[not-a-statement]: this is not a statement
        1 | known
          | ^^^^^ it holds no `=`, `~`, `∝`, `in` or comparison
        mend: type a law `x ~ Normal(mu, sigma)`, a density `p(x | a) = …`, a domain `a > 0`, a definition `b = …` or `known n`
    ";
    for_without_in: "for i = 1..n: y[i] ~ Normal(mu, s)" => @r"
        error[bad-repetition]: a repetition is not understood: `in` is missing
        1 | for i = 1..n: y[i] ~ Normal(mu, s)
          |       ^ in `for variable in values: statement`
        mend: type `in` after the variable
    ";
    for_with_a_colon_range: "for i in 1:n: y[i] ~ Normal(mu, s)" => @r"
        error[bad-repetition]: a repetition is not understood: a range is `first..last`
        1 | for i in 1:n: y[i] ~ Normal(mu, s)
          |           ^ in `for variable in values: statement`
        mend: type `for i in 1..n: …` or `for t in [0, 1, 2]: …`
    ";
    for_without_a_colon: "for i in 1..n y[i] ~ Normal(mu, s)" => @r"
        error[bad-repetition]: a repetition is not understood: `:` is missing after the values
        1 | for i in 1..n y[i] ~ Normal(mu, s)
          |                    ^ in `for variable in values: statement`
        mend: put `:` before the statement that is repeated
    ";
    for_without_a_statement: "for i in 1..n:" => @r"
        error[bad-repetition]: a repetition is not understood: no statement follows
        1 | for i in 1..n:
          |              ^ in `for variable in values: statement`
        mend: put the statement that is repeated after `:`
    ";
    for_without_an_end: "for i in {1, 2, ...}: y[i] ~ Normal(mu, s)" => @r"
        error[bad-repetition]: a repetition is not understood: the range has no end
        1 | for i in {1, 2, ...}: y[i] ~ Normal(mu, s)
          |          ^^^^^^^^^^^ in `for variable in values: statement`
        mend: give it one: `{1, 2, ..., n}`, with `known n`
    ";
    truncate_without_to: "truncate x (0, 1)" => @r"
        error[bad-restriction]: `truncate` needs a datum, `to`, and an interval
        1 | truncate x (0, 1)
          |            ^ not of this form
        mend: type `truncate x to (0, b)`
    ";
    censor_in: "censor t in (0, c)" => @r"
        error[bad-restriction]: `censor` needs a datum, `to`, and an interval
        1 | censor t in (0, c)
          |          ^^ not of this form
        mend: type `censor t to (0, b)`
    ";
    unclosed_head: "p(x | mu = exp(-x)\nx > 0" => @r"
        error[unclosed-bracket]: `(` is never closed
        1 | p(x | mu = exp(-x)
          |  ^ opened here
        mend: add the missing `)`
    ";
    stray_bracket: "x in (0, 1)]" => @r"
        error[stray-bracket]: `]` closes nothing
        1 | x in (0, 1)]
          |            ^ no bracket is open here
        mend: remove `]`, or open one before it
    ";
    several_problems: "x ~ normal(mu, sigma)\nsigma > \np(y | ) = 2" => @r"
        error[unknown-family]: `normal` is not a known family
        1 | x ~ normal(mu, sigma)
          |     ^^^^^^ no family of the catalogue has this name
        mend: did you mean `Normal`?
        error[missing-operand]: something is missing after `>`
        2 | sigma >
          |        ^ nothing follows
          |       ^ wants a value on its right
        mend: write what comes after `>`, or remove it
        error[no-parameters]: the head has no parameters after the bar
        3 | p(y | ) = 2
          |       ^ a parameter is needed here
        mend: name what is estimated, such as `p(y | a, b) = …`
    ";
    bar_in_the_body: "p(x | mu) = exp(-(x | mu)^2)" => @r"
        error[unclosed-bar]: `|` opens an absolute value that is never closed
        1 | p(x | mu) = exp(-(x | mu)^2)
          |                     ^ opened here
          |                         ^ a second `|` is missing before this
        mend: close it with `|`, or type `abs(…)`; the bar of `p(x | mu)` stands only on the left of `=`
    ";
    undeclared_function: "p(x | a) = a*h(x)" => @r"
        error[unknown-function]: `h` is not a known function
        1 | p(x | a) = a*h(x)
          |              ^ nothing of this name is declared either
        mend: for a product type `h*(…)` and declare `h`
    ";
    comparison_in_parentheses: "p(x | a) = a*(x > 0)" => @r"
        error[comparison-as-number]: a comparison stands where a number is needed
        1 | p(x | a) = a*(x > 0)
          |              ^^^^^^^ comparisons stand inside `if` and `indicator`
        mend: type `indicator(x > 0)` for 1 where it holds and 0 elsewhere; put `;` before a domain
    ";
    warning_in_a_model: "log p(x | μ, σ) = -(x-μ)²/2σ²" => @r"
        warning[ambiguous-division]: `-(x-μ)²/2σ²` divides by `2` only
        1 | log p(x | μ, σ) = -(x-μ)²/2σ²
          |                           ^^^ read as (-(x-μ)²/2)*σ², since `/` and a product have the same rank
        mend: type `-(x-μ)²/(2*σ²)` if both are below the bar, else `-(x-μ)²/2*σ²`
    ";
}
