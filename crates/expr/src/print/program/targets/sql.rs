//! Rows: dialects of SQL. Swept by: tests/cli/emit.rs. Never: a function that one engine has and another lacks under the same row.

use super::super::target::{Code, Hand, Literal, Spelled, Target, spelled};

/// A dialect of SQL.
pub struct Dialect {
    /// How it spells formulas.
    pub target: Target,
    /// Its type of 64-bit floating-point numbers.
    pub double: &'static str,
    /// A parameter left open: `#` is its name, `%` its number.
    pub placeholder: &'static str,
    /// The quotation mark of names.
    pub quote: char,
    /// What keeps the engine from copying a named part into each place that reads it.
    pub fence: &'static str,
}

/// Every dialect.
pub static DIALECTS: &[Dialect] = &[
    Dialect {
        target: sql("duckdb", "DuckDB", &DUCKDB),
        double: "DOUBLE",
        placeholder: "$#",
        quote: '"',
        fence: "",
    },
    Dialect {
        target: sql("postgresql", "PostgreSQL", &POSTGRESQL),
        double: "double precision",
        placeholder: "$%",
        quote: '"',
        fence: "\n  OFFSET 0",
    },
    Dialect {
        target: sql("spark", "Spark SQL", &SPARK),
        double: "DOUBLE",
        placeholder: ":#",
        quote: '`',
        fence: "",
    },
];

const fn sql(name: &'static str, title: &'static str, code: &'static Code) -> Target {
    Target {
        name,
        title,
        comment: ["-- ", ""],
        hand: Hand::Code(code),
        routine: |_| Vec::new(),
        head: &[],
        foot: &[],
        helpers: &[],
        reserved: "all and any array as asc between both case cast check collate column constraint create cross current_date default \
                   desc distinct do else end except exists false fetch filter for foreign from full grant group having in inner \
                   intersect into is join lateral leading left like limit natural not null of offset on only or order outer over \
                   partition primary references right select some symmetric table then to trailing true union unique user using \
                   values when where window with rows range parameters observed",
        mark: "_",
        underscores: true,
        cases_differ: false,
    }
}

const fn code(functions: &'static [Spelled], infinity: &'static str) -> Code {
    Code {
        functions,
        constants: ["pi()", "exp(1e0)", "0.5772156649015329e0", infinity],
        numbers: Literal::Exponent,
        receiver: "",
        powers: ["", "power(#1, #2)"],
        raised: "",
        root: "sqrt(#1)",
        cases: "(CASE WHEN #1 THEN #2 ELSE #3 END)",
        logic: ["AND", "OR", "=", "<>", "TRUE", "FALSE"],
        brackets: false,
        element: "",
        binders: ["", "", ""],
        series: "",
    }
}

static DUCKDB: Code = code(
    &[
        spelled("exp", 1, "exp(#1)"),
        spelled("log", 1, "ln(#1)"),
        spelled("sin", 1, "sin(#1)"),
        spelled("cos", 1, "cos(#1)"),
        spelled("tan", 1, "tan(#1)"),
        spelled("asin", 1, "asin(#1)"),
        spelled("acos", 1, "acos(#1)"),
        spelled("atan", 1, "atan(#1)"),
        spelled("arsinh", 1, "asinh(#1)"),
        spelled("arcosh", 1, "acosh(#1)"),
        spelled("artanh", 1, "atanh(#1)"),
        spelled("abs", 1, "abs(#1)"),
        spelled("sign", 1, "CAST(sign(#1) AS DOUBLE)"),
        spelled("floor", 1, "floor(#1)"),
        spelled("min", 2, "least(#1, #2)"),
        spelled("max", 2, "greatest(#1, #2)"),
        spelled("gamma", 1, "gamma(#1)"),
        spelled("lgamma", 1, "lgamma(#1)"),
    ],
    "CAST('infinity' AS DOUBLE)",
);

static POSTGRESQL: Code = code(
    &[
        spelled("exp", 1, "exp(#1)"),
        spelled("log", 1, "ln(#1)"),
        spelled("sin", 1, "sin(#1)"),
        spelled("cos", 1, "cos(#1)"),
        spelled("tan", 1, "tan(#1)"),
        spelled("asin", 1, "asin(#1)"),
        spelled("acos", 1, "acos(#1)"),
        spelled("atan", 1, "atan(#1)"),
        spelled("arsinh", 1, "asinh(#1)"),
        spelled("arcosh", 1, "acosh(#1)"),
        spelled("artanh", 1, "atanh(#1)"),
        spelled("abs", 1, "abs(#1)"),
        spelled("sign", 1, "sign(#1)"),
        spelled("floor", 1, "floor(#1)"),
        spelled("min", 2, "least(#1, #2)"),
        spelled("max", 2, "greatest(#1, #2)"),
    ],
    "CAST('infinity' AS double precision)",
);

static SPARK: Code = code(
    &[
        spelled("exp", 1, "exp(#1)"),
        spelled("log", 1, "ln(#1)"),
        spelled("log1p", 1, "log1p(#1)"),
        spelled("expm1", 1, "expm1(#1)"),
        spelled("sin", 1, "sin(#1)"),
        spelled("cos", 1, "cos(#1)"),
        spelled("tan", 1, "tan(#1)"),
        spelled("asin", 1, "asin(#1)"),
        spelled("acos", 1, "acos(#1)"),
        spelled("atan", 1, "atan(#1)"),
        spelled("arsinh", 1, "asinh(#1)"),
        spelled("arcosh", 1, "acosh(#1)"),
        spelled("artanh", 1, "atanh(#1)"),
        spelled("abs", 1, "abs(#1)"),
        spelled("sign", 1, "signum(#1)"),
        spelled("floor", 1, "CAST(floor(#1) AS DOUBLE)"),
        spelled("min", 2, "least(#1, #2)"),
        spelled("max", 2, "greatest(#1, #2)"),
    ],
    "CAST('infinity' AS DOUBLE)",
);
