//! The page of the catalogue in Markdown: each law with its density, support, domains and derived information.
//! In: laws, what was derived of them. Out: a document, or the sections of some laws. Never: the choice of laws, a derivation.

use super::catalogue::{Case, Entry, Law, is_confirmed};
use bartlett::Expr;
use bartlett::quantity::{Quantity, Value};
use bartlett_expr::parse::formula;
use bartlett_expr::print::latex_of_matrix;
use bartlett_laws::Parameter;
use std::fmt::Write;

/// The longest formula, in letters of LaTeX, that stands on the page.
const LONGEST: usize = 420;

/// The longest matrix that is set as one.
const WIDEST: usize = 300;

/// What other software is called.
const SOFTWARE: &[(&str, &str)] = &[
    ("scipy", "SciPy"),
    ("stan", "Stan"),
    ("r", "R"),
    ("vgam", "VGAM"),
];

/// The laws: the whole document with its index, or sections alone.
pub fn page(entries: &[Entry], whole: bool) -> String {
    let mut out = String::new();
    if whole {
        front(&mut out, entries);
    }
    let mut group = "";
    for entry in entries {
        if whole && entry.law.group != group {
            group = entry.law.group;
            let _ = writeln!(out, "\n## {group}");
        }
        out.push_str(if out.is_empty() { "" } else { "\n" });
        section(&mut out, entry);
    }
    if whole {
        out.push_str(ABSENT);
    }
    out
}

/// What the page is, how it reads, and an index.
fn front(out: &mut String, entries: &[Entry]) {
    let derived = entries.iter().any(|entry| !entry.cases.is_empty());
    let count = entries.len();
    let _ = writeln!(
        out,
        "# Families\n\n{count} named laws, each with its density, its support and the Fisher information of one observation.\n"
    );
    out.push_str(HOW);
    if derived {
        let mut counts = [
            ("closed", 0),
            ("partial", 0),
            ("numeric", 0),
            ("unconfirmed", 0),
            ("none", 0),
        ];
        for entry in entries {
            for (word, count) in &mut counts {
                *count += usize::from(status(entry) == *word);
            }
        }
        let said: Vec<String> = counts
            .iter()
            .map(|(word, count)| format!("{word} {count}"))
            .collect();
        let _ = writeln!(out, "\nOf the laws here: {}.", said.join(", "));
    }
    out.push_str("\n## Index\n");
    let mut group = "";
    for entry in entries {
        let law = &entry.law;
        if law.group != group {
            group = law.group;
            let (head, rule) = if derived {
                (" information |", " --- |")
            } else {
                ("", "")
            };
            let _ = writeln!(
                out,
                "\n**[{group}](#{})**\n\n| law | parameters | support |{head}\n| --- | --- | --- |{rule}",
                anchor(group)
            );
        }
        let names: Vec<&str> = law.parameters.iter().map(|p| p.name).collect();
        let last = if derived {
            format!(" {} |", status(entry))
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "| [{}](#{}) | {} | {} |{last}",
            law.name,
            anchor(law.name),
            if names.is_empty() {
                String::new()
            } else {
                format!("`{}`", names.join(", "))
            },
            code(law.data),
        );
    }
}

/// How far the information of the first regular case is closed.
fn status(entry: &Entry) -> &'static str {
    entry.cases.first().map_or("none", Case::status)
}

/// The place of a heading, as it is made of its words.
fn anchor(heading: &str) -> String {
    let kept = |c: char| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '-' => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    heading.chars().filter_map(kept).collect()
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

fn section(out: &mut String, entry: &Entry) {
    let law = &entry.law;
    let _ = writeln!(out, "### {}\n", law.name);
    out.push_str(&density(law));
    out.push('\n');
    let _ = writeln!(out, "- Law: {}", code(&law.call()));
    let _ = writeln!(out, "- Support: {}", code(law.data));
    if !law.parameters.is_empty() {
        let parameters: Vec<String> = law.parameters.iter().map(parameter).collect();
        let _ = writeln!(out, "- Parameters: {}", parameters.join("; "));
    }
    if !law.aliases.is_empty() {
        let aliases: Vec<String> = law.aliases.iter().map(|alias| code(alias)).collect();
        let _ = writeln!(out, "- Other names: {}", aliases.join(", "));
    }
    if !law.elsewhere.is_empty() {
        let elsewhere: Vec<String> = law
            .elsewhere
            .iter()
            .map(|(software, call)| {
                let known = SOFTWARE.iter().find(|(key, _)| key == software);
                format!(
                    "{} {}",
                    known.map_or(*software, |(_, name)| name),
                    code(call)
                )
            })
            .collect();
        let _ = writeln!(out, "- Elsewhere: {}", elsewhere.join("; "));
    }
    let _ = writeln!(out, "- Source: {}", law.source);
    if !law.is_estimated() {
        out.push_str(
            "\nNo parameter of it is real, so there is nothing to have a Fisher information.\n",
        );
    }
    for case in &entry.cases {
        out.push('\n');
        information(out, law, case);
    }
}

fn parameter(parameter: &Parameter) -> String {
    let default = parameter
        .default
        .map_or_else(String::new, |value| format!(", {value} if left out"));
    format!("{} ({}{default})", code(parameter.domain), parameter.role)
}

/// The density as a product where it reads as one, its logarithm where cases stand in it, code where it names entries by index.
fn density(law: &Law) -> String {
    if law.example.is_some() {
        return format!("```text\nlog p(x) = {}\n```\n", law.log_density);
    }
    let names: Vec<String> = law
        .parameters
        .iter()
        .map(|p| Expr::symbol(p.name).latex())
        .collect();
    let given = if names.is_empty() {
        String::new()
    } else {
        format!(" \\mid {}", names.join(", "))
    };
    let log_density = formula(law.log_density);
    let whole = log_density.exp().latex();
    if whole.contains("{cases}") {
        return displayed(&format!("\\log p(x{given})"), &log_density.latex());
    }
    displayed(&format!("p(x{given})"), &whole)
}

fn displayed(left: &str, right: &str) -> String {
    format!("$$\n{left} = {right}\n$$\n")
}

/// What was derived in one case.
fn information(out: &mut String, law: &Law, case: &Case) {
    let of = if law.model() == case.model && law.example.is_none() {
        String::new()
    } else {
        format!(" of {}", code(&case.model))
    };
    let reading = match &case.reading {
        Ok(reading) => reading,
        Err(reason) => {
            let _ = writeln!(out, "**Information**{of}: {reason}.");
            return;
        }
    };
    let findings = |out: &mut String| {
        for finding in &reading.regularity.findings {
            let _ = writeln!(out, "\n> {}", sentence(finding));
        }
    };
    let (Some(quantity), None) = (reading.quantities.first(), &reading.refusal) else {
        let _ = writeln!(out, "**Information**{of}: none.");
        findings(out);
        return;
    };
    if !is_confirmed(reading) {
        let _ = writeln!(
            out,
            "**Information**{of}: unconfirmed. What was derived could not be compared with numbers from the density, so it is not shown."
        );
        findings(out);
        return;
    }
    let _ = write!(out, "**Information**{of}: {}", case.status());
    let left = shown(quantity);
    let checked = reading.checks.len();
    let _ = writeln!(
        out,
        ", compared with numbers from the density alone at {checked} points."
    );
    out.push_str(&left);
    findings(out);
    for note in &reading.notes {
        let _ = writeln!(out, "\n> {}", sentence(note));
    }
}

/// A finding or a note as a line of a quotation.
fn sentence(words: &str) -> String {
    let one_line = words.replace('\n', " ");
    // A formula keeps its letters.
    if one_line
        .split(' ')
        .nth(1)
        .is_some_and(|word| !word.starts_with(char::is_alphabetic))
    {
        return format!("{one_line}.");
    }
    let mut letters = one_line.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!(
        "{}{}.",
        first.unwrap_or_default(),
        letters.as_str().trim_end_matches('.')
    )
}

/// The matrix as one where it fits; entry by entry where not; and which entries are left out.
fn shown(quantity: &Quantity) -> String {
    let rows = match &quantity.value {
        Value::Matrix(rows) => rows,
        _ => return String::new(),
    };
    let whole = match &rows[..] {
        [row] if row.len() == 1 => row[0].latex(),
        _ => latex_of_matrix(rows),
    };
    if whole.len() <= WIDEST || rows.len() == 1 && whole.len() <= LONGEST {
        return format!("\n{}", displayed(&quantity.latex, &whole));
    }
    let (mut equations, mut open, mut long) = (Vec::new(), Vec::new(), Vec::new());
    let mut zero = false;
    for (i, row) in rows.iter().enumerate() {
        for (j, entry) in row.iter().enumerate().skip(i) {
            let name = format!("\\mathcal{{I}}_{{{}{}}}", i + 1, j + 1);
            let right = entry.latex();
            if right == "0" {
                zero = true;
            } else if right.len() <= LONGEST {
                equations.push(format!("{name} &= {right}"));
            } else if right.contains("\\int") || right.contains("\\sum") {
                open.push(format!("${name}$"));
            } else {
                long.push(format!("${name}$"));
            }
        }
    }
    let mut out = String::new();
    if !equations.is_empty() {
        let lines = equations.join(" \\\\\n");
        let _ = writeln!(
            out,
            "\n$$\n\\begin{{aligned}}\n{lines}\n\\end{{aligned}}\n$$"
        );
    }
    if zero {
        out.push_str("\nEntries that are not named are 0.\n");
    }
    if !open.is_empty() {
        let _ = writeln!(
            out,
            "\nNo closed form was found for {}: what stays open is an explicit integral or sum, printed by `bartlett fisher`, and a number at any point by `bartlett eval --at`.",
            open.join(", ")
        );
    }
    if !long.is_empty() {
        let _ = writeln!(
            out,
            "\nClosed, but too long to read here: {}; `bartlett fisher` prints it.",
            long.join(", ")
        );
    }
    out
}

/// How the page reads.
const HOW: &str = "\
Density, support and domains are what the catalogue holds. The information is not in the catalogue: it is derived from the density and compared, before it is shown, with numbers from
the density alone. This page is what `bartlett families --derive --format markdown` prints.

- A law is typed as it is named here: `bartlett derive 'x ~ Weibull(alpha, sigma)'` gives score, Hessian, information and bound. Any expression may stand for a parameter.
- Rows and columns of a matrix are in the order of the parameters. $\\psi$ is the digamma function, $\\psi^{(1)}$ the trigamma function, $\\gamma$ alone Euler's constant, $\\Phi$ the standard normal distribution function.
- **closed**: every entry is a formula. **partial**: some entries, or parts of them, are integrals or sums without a closed form that was found. **numeric**: all of them. **unconfirmed**: the
  numbers from the density are not sharp enough for a comparison. **none**: there is no Fisher information, and the reason stands below.
- A parameter that counts has no information, and is known. Where the information exists only under a condition, the model of the section states it.
";

/// What SciPy, Stan and VGAM have beyond.
const ABSENT: &str = "

## What is not here

| law | why |
| --- | --- |
| SciPy `irwinhall`, `ksone`, `kstwo`, `kstwobign`, `studentized_range` | no real parameter but location and scale, or counts alone; their densities are alternating sums or double integrals |
| SciPy `tukeylambda`, `levy_stable`, `landau` | given by a quantile or a characteristic function: no density that can be typed without an oscillating integral |
| SciPy `nchypergeom_wallenius`, `poisson_binom` | the mass is an integral or a sum over subsets; one observation of `poisson_binom` cannot tell its probabilities apart |
| SciPy `vonmises_line`, `wald` | the same densities as `VonMises` and `InverseGaussian` |
| Stan `wiener` | a first-passage density, an infinite series in alternating signs |
| Stan `wishart`, `inv_wishart`, `lkj_corr`, `multi_gp`, `gaussian_dlm_obs` and their Cholesky forms | the datum is a matrix |
| Stan `*_glm` | regressions: `for i in 1..n: y[i] ~ Normal(a + b*t[i], s)` says the same |
| VGAM copulas and bivariate laws (`bifgmcop`, `gammahyperbola`, `freund61`, …) | a joint density is typed: `p(x, y \\| …) = …` |
| VGAM `tobit`, `cens.*` | a law with `censor x to (a, b)` |
| VGAM `gaitd*` | truncation by `truncate`, or a typed density |
| VGAM `double.expbinomial` | its normalizer is an approximation |
";
