//! Every mistake of a model as it is drawn, and whether it was understood.

use bartlett::model::Model;

fn drawn(text: &str) -> String {
    let problems = Model::parse(text).expect_err("a mistake");
    let word = if problems.iter().any(|p| p.refused) {
        "understood\n"
    } else {
        ""
    };
    problems
        .iter()
        .map(|p| p.render(text))
        .chain([word.to_owned()])
        .collect()
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
    nothing_observed: "sigma = 2" => @r"
        error[nothing-observed]: the model has neither a density nor a law
        1 | sigma = 2
          | ^^^^^^^^^ it says nothing about data
        mend: type a law, such as `x ~ Normal(mu, sigma)`, or a density, such as `p(x | a) = a*exp(-a*x); x > 0`
    ";
    nothing_estimated: "x ~ Normal(mu, 1); known mu" => @r"
        error[nothing-estimated]: nothing is left to estimate
        1 | x ~ Normal(mu, 1); known mu
          |                          ^^ no symbol in it is free
        mend: type a symbol for what is estimated, as in `x ~ Normal(mu, sigma)`; `e` and `pi` are numbers, and what stands in `known` is given
    ";
    one_datum_of_two_laws: "x ~ Normal(mu, sigma); x ~ Poisson(lambda)" => @r"
        error[declared-twice]: `x` is declared twice: a datum and a datum
        1 | x ~ Normal(mu, sigma); x ~ Poisson(lambda)
          |                        ^ again here
          | ^ first here
        mend: rename one of them, or remove one declaration
    ";
    a_datum_that_is_known: "x ~ Normal(mu, sigma); known x" => @r"
        error[declared-twice]: `x` is declared twice: a datum and known
        1 | x ~ Normal(mu, sigma); known x
          |                              ^ again here
          | ^ first here
        mend: rename one of them, or remove one declaration
    ";
    a_parameter_that_is_a_datum: "p(x | y) = y*exp(-x*y); x > 0; y ~ Normal(a, 1)" => @r"
        error[declared-twice]: `y` is declared twice: a datum and a parameter
        1 | p(x | y) = y*exp(-x*y); x > 0; y ~ Normal(a, 1)
          |       ^ again here
          |                                ^ first here
        mend: rename one of them, or remove one declaration
    ";
    a_known_definition: "x ~ Normal(a, s); known a; a = 2" => @r"
        error[declared-twice]: `a` is declared twice: a definition and known
        1 | x ~ Normal(a, s); known a; a = 2
          |                         ^ again here
          |                                ^ first here
        mend: rename one of them, or remove one declaration
    ";
    two_definitions: "x ~ Normal(a, s); a = b; a = c" => @r"
        error[declared-twice]: `a` is declared twice: a definition and a definition
        1 | x ~ Normal(a, s); a = b; a = c
          |                          ^ again here
          |                   ^ first here
        mend: rename one of them, or remove one declaration
    ";
    a_definition_by_itself: "x ~ Normal(a, s); a = b + 1; b = 2*a" => @r"
        error[definition-cycle]: `a` is defined by itself
        1 | x ~ Normal(a, s); a = b + 1; b = 2*a
          |                   ^ its value leads back to it
        mend: define it by other names
    ";
    a_list_as_a_number: "t = [0, 1]; y ~ Normal(a + b*t, s)" => @r"
        error[list-as-number]: `t` is a list, and one number is needed here
        1 | t = [0, 1]; y ~ Normal(a + b*t, s)
          |                        ^^^^^^^ which entry?
        mend: type `t[1]`, or repeat over it: `for item in t: …`
    ";
    an_index_outside: "t = [0, 1]; for i in 1..3: y[i] ~ Normal(a + b*t[i], s)" => @r"
        error[index-outside]: `t` has 2 entries, and this one is not among them
        1 | t = [0, 1]; for i in 1..3: y[i] ~ Normal(a + b*t[i], s)
          |                                          ^^^^^^^^^^ this index
        mend: indices run from 1 to 2
    ";
    too_few_arguments: "x ~ Normal(mu)" => @r"
        error[argument-count]: `Normal` takes 2 arguments, not 1
        1 | x ~ Normal(mu)
          |            ^^ these arguments
        mend: type `x ~ Normal(mu, sigma)`
    ";
    too_many_arguments: "x ~ StudentT(nu, mu, sigma, 2)" => @r"
        error[argument-count]: `StudentT` takes 1 to 3 arguments, not 4
        1 | x ~ StudentT(nu, mu, sigma, 2)
          |              ^^^^^^^^^^^^^^^^ these arguments
        mend: type `x ~ StudentT(nu, mu, sigma)`
    ";
    a_list_for_a_number: "x ~ Normal([a, b], 1)" => @r"
        error[list-argument]: `Normal` takes one number as its location, not a list
        1 | x ~ Normal([a, b], 1)
          |            ^^^^^^ a list
        mend: type one expression; for several data repeat the law: `for t in [0, 1, 2]: y ~ …`
    ";
    a_number_for_a_list: "x ~ Categorical(p)" => @r"
        error[scalar-argument]: `Categorical` takes a list here
        1 | x ~ Categorical(p)
          |                 ^ one number
        mend: type a list: `[a, b, c]`
    ";
    two_data_of_one: "(x, y) ~ Normal(mu, sigma)" => @r"
        error[tuple-datum]: `Normal` is the law of one datum
        1 | (x, y) ~ Normal(mu, sigma)
          |  ^^^^ several data are named
        mend: write one law for each datum, or the joint density `p(x, y | …) = …`
    ";
    components_that_do_not_match: "(x, y) ~ Dirichlet([a, b, c])" => @r"
        error[components]: `Dirichlet` has 3 components here, not 2
        1 | (x, y) ~ Dirichlet([a, b, c])
          |  ^^^^ these names
        mend: name all components: `(x, y, z) ~ …`, or the whole by one name: `x ~ …`
    ";
    an_argument_outside: "x ~ Normal(mu, -2)" => @r"
        error[argument-outside]: the scale of `Normal` cannot be `-2`
        1 | x ~ Normal(mu, -2)
          |                ^^ it needs sigma > 0
        mend: correct the argument
    ";
    an_argument_that_is_no_integer: "x ~ Binomial(3/2, p)" => @r"
        error[argument-outside]: the trials of `Binomial` cannot be `3/2`
        1 | x ~ Binomial(3/2, p)
          |              ^^^ it needs N in {1, 2, ...}
        mend: correct the argument
    ";
    a_datum_in_a_law: "y ~ Normal(x, 1); x ~ Normal(mu, 1)" => @r"
        error[datum-in-law]: `x` is a datum of another law
        1 | y ~ Normal(x, 1); x ~ Normal(mu, 1)
          |            ^ the two are not independent
        mend: type their joint density, `p(x, y | …) = …`; or, if `x` is a covariate, `known x` in place of its law
    ";
    an_empty_domain: "x ~ Normal(mu, sigma); sigma < 0" => @r"
        error[argument-outside]: the scale of `Normal` cannot be `sigma`
        1 | x ~ Normal(mu, sigma); sigma < 0
          |                ^^^^^ it needs sigma > 0
        mend: correct the argument
    ";
    ends_that_cross: "p(x | a) = a*x; x > 1; x < 0" => @r"
        error[empty-domain]: nothing is left for `x` to be
        1 | p(x | a) = a*x; x > 1; x < 0
          |                        ^^^^^ with this, its domain is empty
        mend: correct what is said about `x`
    ";
    a_contradiction: "x ~ Bernoulli(p); 0 < p < 0" => @r"
        error[contradiction]: this can never hold
        1 | x ~ Bernoulli(p); 0 < p < 0
          |                   ^^^^^^^^^ it contradicts what is known of these symbols
        mend: correct it, or remove it
    ";
    a_missing_support: "p(x | a) = (1 + a*x)/2" => @r"
        error[support-missing]: where does `x` live?
        1 | p(x | a) = (1 + a*x)/2
          |   ^ no support is given, and no known law has this density
        mend: add a line such as `x in (0, 1)`: `x in (a, b)`, `x in {0, 1, ...}`, `x in real`
    ";
    a_missing_support_of_counts: "p(x, y | a) = a^x/x!*exp(-a - y)" => @r"
        error[support-missing]: where does `x` live?
        1 | p(x, y | a) = a^x/x!*exp(-a - y)
          |   ^ no support is given, and no known law has this density
        mend: add a line such as `x in {0, 1, ...}`: `x in (a, b)`, `x in {0, 1, ...}`, `x in real`
    ";
    a_support_that_differs: "x ~ Normal(mu, sigma); x > 0" => @r"
        error[support-differs]: `x` does not live there under `Normal`
        1 | x ~ Normal(mu, sigma); x > 0
          |                        ^^^^^ its law has the support `x in real`
        mend: remove this; for the law of `x` given that it falls there type `truncate x to (…, …)`
    ";
    a_side_that_depends_on_a_sign: "x ~ GEV(mu, sigma, xi)" => @r"
        error[support-side]: this bounds `x` from below or from above, depending on a sign
        1 | x ~ GEV(mu, sigma, xi)
          |     ^^^ the sign of the factor of the datum is not known
        mend: add `xi > 0` or `xi < 0`
    ";
    an_inequality_that_is_not_solved: "p(x, y | a) = a; x^2 + y^2 < 1" => @r"
        error[support-unsolved]: this is not solved for `y`
        1 | p(x, y | a) = a; x^2 + y^2 < 1
          |                  ^^^^^^^^^^^^^ it is not linear in the datum
        mend: type the ends: `y in (…, …)`
    ";
    supports_in_a_circle: "p(x, y | a) = a; x in (0, y); y in (0, x)" => @r"
        error[support-cycle]: the supports of `x` and another datum refer to each other
        1 | p(x, y | a) = a; x in (0, y); y in (0, x)
          |   ^ each needs the other first
        mend: give `x` ends that hold parameters only
    ";
    a_truncated_parameter: "x ~ Normal(mu, sigma); truncate mu to (0, 1)" => @r"
        error[no-such-datum]: `mu` is no datum of the model
        1 | x ~ Normal(mu, sigma); truncate mu to (0, 1)
          |                                 ^^ no law or density is about it
        mend: name a datum
    ";
    probabilities_that_do_not_add_up: "x ~ Categorical([p1, p2, p3])" => @r"
        error[not-a-simplex]: the probabilities of `Categorical` add up to p1 + p2 + p3, not to 1
        1 | x ~ Categorical([p1, p2, p3])
          |                 ^^^^^^^^^^^^ their total
        mend: write the last one as 1 less the others: `[p1, p2, 1 - p1 - p2]`
        understood
    ";
    a_covariance_of_another_size: "x ~ MvNormal([a, b], [[1]])" => @r"
        error[matrix-shape]: the covariance matrix of `MvNormal` must have 2 rows of 2 entries
        1 | x ~ MvNormal([a, b], [[1]])
          |                      ^^^^^ this matrix
        mend: type it row by row: `[[s1^2, rho*s1*s2], [rho*s1*s2, s2^2]]`
    ";
    a_covariance_that_is_not_symmetric: "x ~ MvNormal([a, b], [[1, r], [0, 1]])" => @r"
        error[not-symmetric]: the covariance matrix is not symmetric
        1 | x ~ MvNormal([a, b], [[1, r], [0, 1]])
          |                      ^^^^^^^^^^^^^^^^ entries (2, 1) and (1, 2) differ
        mend: make them equal
    ";
    a_singular_covariance: "x ~ MvNormal([a, b], [[s^2, s^2], [s^2, s^2]])" => @r"
        error[singular-covariance]: the covariance matrix of `MvNormal` has no inverse
        1 | x ~ MvNormal([a, b], [[s^2, s^2], [s^2, s^2]])
          |                      ^^^^^^^^^^^^^^^^^^^^^^^^ its determinant is 0
        mend: leave out the components that follow from the others
    ";
    one_datum_in_every_row: "known n; for i in 1..n: y[1] ~ Normal(a + b*i, s)" => @r"
        error[same-datum]: `y` would be the same datum in every row
        1 | known n; for i in 1..n: y[1] ~ Normal(a + b*i, s)
          |                         ^^^^ it does not hold `i`
        mend: type `y[i]`
    ";
    rows_that_are_estimated: "for i in 1..n: p(y[i] | a, n) = exp(-(y[i] - a)^2/2)/sqrt(2*pi)" => @r"
        error[rows-not-known]: the end of the rows, `n`, is not known
        1 | for i in 1..n: p(y[i] | a, n) = exp(-(y[i] - a)^2/2)/sqrt(2*pi)
          |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a number of rows is not estimated
        mend: add `known n`
    ";
    parameters_chosen_by_a_symbol: "known n; b[1..3] in real; for i in 1..n: y[i] ~ Normal(b[i], s)" => @r"
        error[symbolic-parameter]: the entries of `b` are parameters, and which of them are used stays a symbol
        1 | known n; b[1..3] in real; for i in 1..n: y[i] ~ Normal(b[i], s)
          |                                                        ^^^^ the number of parameters would be a symbol
        mend: give the range numbers, such as `for i in 1..3: …`, or say `known b`
        understood
    ";
    rows_of_the_same_data: "known n; for i in 1..n: y[i] ~ Normal(a, s); for j in 1..n: y[j] ~ Normal(b, s)" => @r"
        error[declared-twice]: `y` is declared twice: data of rows and data of other rows
        1 | known n; for i in 1..n: y[i] ~ Normal(a, s); for j in 1..n: y[j] ~ Normal(b, s)
          |                                                             ^^^^ again here
          |                         ^^^^ first here
        mend: rename one of them, or remove one declaration
    ";
    a_row_that_is_a_parameter: "known n; for i in 1..n: y[i] ~ Normal(a + b*i, s); x ~ Normal(i, s)" => @r"
        error[declared-twice]: `i` is declared twice: a variable of `for` and a name of the model
        1 | known n; for i in 1..n: y[i] ~ Normal(a + b*i, s); x ~ Normal(i, s)
          |                                                               ^ again here
          |                         ^^^^^^^^^^^^^^^^^^^^^^^^^ first here
        mend: rename one of them, or remove one declaration
    ";
    steps_towards_a_symbol: "known n; for i in {1, 3, ..., n}: y[i] ~ Normal(a + b*i, s)" => @r"
        error[not-supported-yet]: not supported yet: a range whose step is no positive number, or is not 1 while its end is a symbol
        1 | known n; for i in {1, 3, ..., n}: y[i] ~ Normal(a + b*i, s)
          |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this
        mend: number the rows from 1: `for k in 1..m: …` with `2*k - 1` in place of the variable
        understood
    ";
    two_intervals: "p(x | a) = a*x; x in (0, 1) + (2, 3)" => @r"
        error[not-supported-yet]: not supported yet: a union of several intervals
        1 | p(x | a) = a*x; x in (0, 1) + (2, 3)
          |                      ^^^^^^^^^^^^^^^ this
        mend: use one interval, with single points besides: `(0, c) + {c}`
        understood
    ";
    points_at_unequal_steps: "p(y | a) = a^y; y in {0, 1, 3}" => @r"
        error[not-supported-yet]: not supported yet: points that are not at equal steps, in increasing order
        1 | p(y | a) = a^y; y in {0, 1, 3}
          |                      ^^^^^^^^^ this
        mend: number them: `{0, 1, ..., n}`
        understood
    ";
    a_censored_law_that_does_not_close: "t ~ SkewNormal(a, b, k); censor t to (0, c); known c" => @r"
        error[not-supported-yet]: not supported yet: censoring of this law
        1 | t ~ SkewNormal(a, b, k); censor t to (0, c); known c
          |                          ^^^^^^^^^^^^^^^^^^ this
        mend: type the density with its atom: `p(y | a) = if(y < c, …, …); y in (0, c) + {c}`
        understood
    ";
    an_undeclared_subject: "x ~ Normal(mu, sigma); q > 0" => @r"
        error[unknown-name]: `q` is not declared
        1 | x ~ Normal(mu, sigma); q > 0
          |                        ^ it is no datum, parameter, `known`, or definition
        mend: add it after the bar if it is estimated, or the statement `known q` if it is not
    ";
    an_undeclared_name: "p(x | a) = a*exp(-a*x) + c; x > 0" => @r"
        error[unknown-name]: `c` is not declared
        1 | p(x | a) = a*exp(-a*x) + c; x > 0
          |                          ^ it is no datum, parameter, `known`, or definition
        mend: add it after the bar if it is estimated, or the statement `known c` if it is not
    ";
}
