//! Queries in databases: sums over a table, against the evaluator row by row.

use crate::models::datum;
use crate::software::{directory, is_there, numbers, output, python};
use bartlett::emission::{Emitted, queries};
use bartlett::report::Report;
use bartlett::{Expr, Model, Symbol};
use bartlett_expr::print::program::{Measure, query};

/// Models whose columns are named after their data and covariates.
const MODELS: &[&str] = &[
    "x ~ Normal(mu, sigma)",
    "x ~ Gamma(alpha, beta)",
    "x ~ Weibull(alpha, sigma)",
    "x ~ StudentT(nu, mu, sigma)",
    "x ~ NegBinomial2(mu, phi)",
    "x ~ VonMises(mu, kappa)",
    "y ~ Bernoulli(logistic(a + b*t)); known t",
    "y ~ Poisson(exp(a + b*t)); known t",
    "p(x | N, n) = n*N*x^(N - 1)*exp(-n*x^N); x > 0; N, n > 0",
    "x ~ Beta(a, b)",
    "x ~ DoubleExponential(mu, sigma)",
];

const WHAT: [Emitted; 3] = [Emitted::Score, Emitted::OuterProduct, Emitted::Hessian];
const ROWS: usize = 50;

/// A model with a table and what its query must answer.
struct Case {
    text: String,
    columns: Vec<String>,
    table: Vec<Vec<f64>>,
    sql: String,
    expected: Vec<f64>,
}

fn case(dialect: &str, text: &str) -> Case {
    let model = Model::parse(text).expect("it is a model");
    let report = bartlett::derive(&model);
    let at: Vec<(Symbol, f64)> = (report.checks[0].at.iter())
        .filter(|(symbol, _)| model.parameters.contains(symbol))
        .cloned()
        .collect();
    let asked = queries(&report, &WHAT, "data", &at, &[text.to_owned()]);
    assert_eq!(asked.len(), 1, "{text}");
    let sql = query(dialect, &asked[0])
        .expect("it is a dialect")
        .unwrap_or_else(|e| panic!("{text}: {e}"));
    let columns = &asked[0].columns;
    let mut points = Vec::new();
    for k in 0..ROWS {
        let mut point = at.clone();
        let step = (k as f64 * 0.618).fract();
        for symbol in model.known.iter().chain(columns) {
            if !point.iter().any(|(name, _)| name == symbol) {
                let known = model.known.contains(symbol);
                let value = if known {
                    4.0 * step - 2.0
                } else {
                    datum(&model, symbol, &point, step)
                };
                point.push((symbol.clone(), value));
            }
        }
        points.push(point);
    }
    let value = |e: &Expr| points.iter().map(|point| e.value_at(point)).sum::<f64>();
    let sums: Vec<f64> = plain(&report, &asked[0].measures)
        .iter()
        .map(value)
        .collect();
    let means = sums.iter().map(|sum| sum / ROWS as f64);
    let expected = [ROWS as f64]
        .into_iter()
        .chain(sums.iter().copied())
        .chain(means)
        .collect();
    let row = |point: &Vec<(Symbol, f64)>| {
        let of = |symbol: &Symbol| {
            point
                .iter()
                .find(|(name, _)| name == symbol)
                .map_or(f64::NAN, |(_, v)| *v)
        };
        columns.iter().map(of).collect()
    };
    Case {
        text: text.to_owned(),
        columns: columns
            .iter()
            .map(|symbol| symbol.name().to_owned())
            .collect(),
        table: points.iter().map(row).collect(),
        sql,
        expected,
    }
}

/// The entries as the report shows them, in the order of the measures.
fn plain(report: &Report, measures: &[Measure]) -> Vec<Expr> {
    let p = report.model.parameters.len();
    let pairs: Vec<(usize, usize)> = (0..p).flat_map(|i| (i..p).map(move |j| (i, j))).collect();
    let outer = pairs
        .iter()
        .map(|(i, j)| &report.score[*i] * &report.score[*j]);
    let hessian = pairs.iter().map(|(i, j)| report.hessian[*i][*j].clone());
    let all: Vec<Expr> = report
        .score
        .iter()
        .cloned()
        .chain(outer)
        .chain(hessian)
        .collect();
    assert_eq!(all.len(), measures.len());
    all
}

fn compare(cases: &[Case], printed: &str) {
    let lines: Vec<&str> = printed
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    assert_eq!(lines.len(), cases.len(), "{printed}");
    for (case, line) in cases.iter().zip(lines) {
        let given = numbers(line);
        assert_eq!(given.len(), case.expected.len(), "{}", case.text);
        for (a, b) in given.iter().zip(&case.expected) {
            assert!(
                (a - b).abs() <= 1e-9 * (1.0 + b.abs()),
                "{}: {given:?}\n{:?}\n{}",
                case.text,
                case.expected,
                case.sql
            );
        }
    }
}

fn written(dialect: &str, step: usize) -> Vec<Case> {
    let models = MODELS.iter().step_by(step);
    models.map(|text| case(dialect, text)).collect()
}

/// `[[1.0, 2.0], …]`
fn list(table: &[Vec<f64>]) -> String {
    format!("{table:?}")
}

#[test]
fn duckdb_answers() {
    if !is_there(
        &python(),
        &["-c", "import duckdb"],
        "Python 3 with duckdb",
        false,
    ) {
        return;
    }
    let cases = written("duckdb", 1);
    let mut text = "import duckdb\n".to_owned();
    for case in &cases {
        let columns: Vec<String> = case
            .columns
            .iter()
            .map(|name| format!("{name} DOUBLE"))
            .collect();
        let marks = vec!["?"; case.columns.len()].join(", ");
        text.push_str(&format!(
            "c = duckdb.connect()\nc.execute('CREATE TABLE data ({})')\nc.executemany('INSERT INTO data VALUES ({marks})', {})\n\
             print(*[repr(float(v)) for v in c.execute('''{}''').fetchone()])\n",
            columns.join(", "),
            list(&case.table),
            case.sql
        ));
    }
    let place = directory("duckdb");
    std::fs::write(place.join("main.py"), text).expect("it can be written");
    compare(&cases, &output(&python(), &["main.py"], &place));
}

#[test]
fn spark_answers() {
    let probe = "import pyspark, subprocess; subprocess.run(['java', '-version'], check=True)";
    if !is_there(
        &python(),
        &["-c", probe],
        "Python 3 with pyspark, or Java",
        false,
    ) {
        return;
    }
    let cases = written("spark", 2);
    let mut text = "from pyspark.sql import SparkSession\n\
                    s = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').config('spark.sql.shuffle.partitions', '1').getOrCreate()\n\
                    s.sparkContext.setLogLevel('OFF')\n"
        .to_owned();
    for case in &cases {
        let columns: Vec<String> = case
            .columns
            .iter()
            .map(|name| format!("{name} double"))
            .collect();
        text.push_str(&format!(
            "s.createDataFrame({}, '{}').createOrReplaceTempView('data')\n\
             print(*[repr(float(v)) for v in s.sql('''{}''').collect()[0]])\n",
            list(&case.table),
            columns.join(", "),
            case.sql.trim_end().trim_end_matches(';')
        ));
    }
    let place = directory("spark");
    std::fs::write(place.join("main.py"), text).expect("it can be written");
    compare(&cases, &output(&python(), &["main.py"], &place));
}

#[test]
fn postgresql_answers() {
    let Some(address) = std::env::var_os("BARTLETT_POSTGRESQL") else {
        eprintln!("SKIPPED: BARTLETT_POSTGRESQL names no database of PostgreSQL");
        return;
    };
    let address = address.to_string_lossy().into_owned();
    if !is_there("psql", &["--version"], "psql", false) {
        return;
    }
    let cases = written("postgresql", 1);
    let mut text = String::new();
    for case in &cases {
        let columns: Vec<String> = case
            .columns
            .iter()
            .map(|name| format!("{name} double precision"))
            .collect();
        let rows: Vec<String> = case
            .table
            .iter()
            .map(|row| list(std::slice::from_ref(row)))
            .collect();
        let rows: Vec<String> = rows
            .iter()
            .map(|row| format!("({})", row.trim_matches(['[', ']'])))
            .collect();
        text.push_str(&format!(
            "CREATE TEMP TABLE data ({});\nINSERT INTO data VALUES {};\n{}\nDROP TABLE data;\n",
            columns.join(", "),
            rows.join(", "),
            case.sql
        ));
    }
    let place = directory("postgresql");
    std::fs::write(place.join("main.sql"), text).expect("it can be written");
    let arguments = [
        "-X",
        "-q",
        "-A",
        "-t",
        "-F",
        " ",
        "-v",
        "ON_ERROR_STOP=1",
        "-f",
        "main.sql",
        &address,
    ];
    compare(&cases, &output("psql", &arguments, &place));
}

#[test]
fn open_parameters_are_placeholders() {
    let model = Model::parse("x ~ Gamma(a, b)").expect("it is a model");
    let asked = queries(&bartlett::derive(&model), &WHAT, "lab.\"odd name", &[], &[]);
    for (dialect, mark) in [("duckdb", "$a"), ("postgresql", "$1"), ("spark", ":a")] {
        let sql = query(dialect, &asked[0])
            .expect("it is a dialect")
            .expect("it can be written");
        assert!(sql.contains(&format!("CAST({mark} AS ")), "{sql}");
        assert!(sql.contains("/* digamma(a) */"), "{sql}");
        let quoted = if dialect == "spark" {
            "lab.`\"odd name`"
        } else {
            "lab.\"\"\"odd name\""
        };
        assert!(sql.contains(quoted), "{sql}");
    }
}
