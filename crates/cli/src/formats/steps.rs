//! The steps of a derivation in the spelling of each format.
//! In: `Step`s. Out: text, LaTeX, JSON. Never: a step that the library does not give.

use super::WIDTH;
use super::domain::Words;
use super::spelling::{PLAIN, Spelling, UNICODE};
use bartlett::explain::{Assumption, Equation, Side, Step};
use bartlett::{Expr, Symbol};
use bartlett_expr::print::wrapped;
use serde_json::{Value, json};
use std::fmt::Write;

/// How the left sides of equations are spelled.
struct Marks {
    expression: fn(&Expr) -> String,
    log_density: &'static str,
    /// `log p(…)`
    log_density_of: [&'static str; 2],
    /// `∂ℓ/∂…`
    score: [&'static str; 2],
    /// `∂²ℓ/∂…∂…`
    second: [&'static str; 3],
    /// `∂²ℓ/∂…²`
    twice: [&'static str; 2],
    minus: &'static str,
    times: &'static str,
    /// `E[…]`
    mean: [&'static str; 2],
    /// `⟨…⟩`
    kernel_mean: [&'static str; 2],
    /// `I[…, …]`
    information: [&'static str; 3],
    /// `I⁻¹[…, …]`
    bound: [&'static str; 3],
}

static UNICODE_MARKS: Marks = Marks {
    expression: Expr::unicode,
    log_density: "ℓ",
    log_density_of: ["log p(", ")"],
    score: ["∂ℓ/∂", ""],
    second: ["∂²ℓ/∂", "∂", ""],
    twice: ["∂²ℓ/∂", "²"],
    minus: "−",
    times: "·",
    mean: ["E[", "]"],
    kernel_mean: ["⟨", "⟩"],
    information: ["I[", ", ", "]"],
    bound: ["I⁻¹[", ", ", "]"],
};

static PLAIN_MARKS: Marks = Marks {
    expression: Expr::text,
    log_density: "l",
    log_density_of: ["log p(", ")"],
    score: ["dl/d", ""],
    second: ["d^2l/(d", " d", ")"],
    twice: ["d^2l/d", "^2"],
    minus: "-",
    times: " * ",
    mean: ["E[", "]"],
    kernel_mean: ["<", ">"],
    information: ["I[", ", ", "]"],
    bound: ["I^-1[", ", ", "]"],
};

static LATEX_MARKS: Marks = Marks {
    expression: Expr::latex,
    log_density: "\\ell",
    log_density_of: ["\\log p(", ")"],
    score: ["\\frac{\\partial \\ell}{\\partial ", "}"],
    second: [
        "\\frac{\\partial^{2} \\ell}{\\partial ",
        "\\,\\partial ",
        "}",
    ],
    twice: ["\\frac{\\partial^{2} \\ell}{\\partial ", "^{2}}"],
    minus: "-",
    times: "\\,",
    mean: ["\\mathbb{E}\\left[", "\\right]"],
    kernel_mean: ["\\left\\langle ", "\\right\\rangle"],
    information: ["\\mathcal{I}_{", ",", "}"],
    bound: ["\\left(\\mathcal{I}^{-1}\\right)_{", ",", "}"],
};

impl Marks {
    fn name(&self, symbol: &Symbol) -> String {
        (self.expression)(&Expr::symbol(symbol.name()))
    }

    fn score(&self, a: &Symbol) -> String {
        let [open, close] = self.score;
        format!("{open}{}{close}", self.name(a))
    }

    fn second(&self, a: &Symbol, b: &Symbol) -> String {
        if a == b {
            let [open, close] = self.twice;
            return format!("{open}{}{close}", self.name(a));
        }
        self.pair(&self.second, a, b)
    }

    fn pair(&self, [open, between, close]: &[&str; 3], a: &Symbol, b: &Symbol) -> String {
        format!("{open}{}{between}{}{close}", self.name(a), self.name(b))
    }

    fn mean(&self, of: &str) -> String {
        let [open, close] = self.mean;
        format!("{open}{of}{close}")
    }

    fn side(&self, side: &Side) -> String {
        match side {
            Side::LogDensity => self.log_density.to_owned(),
            Side::LogDensityOf(variable) => {
                let [open, close] = self.log_density_of;
                format!("{open}{}{close}", self.name(variable))
            }
            Side::LogMarginal(data) => {
                let [open, close] = self.log_density_of;
                let names: Vec<String> = data.iter().map(|s| self.name(s)).collect();
                format!("{open}{}{close}", names.join(", "))
            }
            Side::Expression(e) => (self.expression)(e),
            Side::Score(a) => {
                let name = self.name(&Symbol::new(&format!("s_{}", a.name())));
                format!("{name} = {}", self.score(a))
            }
            Side::SecondDerivative(a, b) => self.second(a, b),
            Side::MinusSecondDerivative(a, b) => format!("{}{}", self.minus, self.second(a, b)),
            Side::ScoreProduct(a, b) => {
                format!("{}{}{}", self.score(a), self.times, self.score(b))
            }
            Side::Mean(of) => self.mean(&(self.expression)(of)),
            Side::KernelMean(of) => {
                let [open, close] = self.kernel_mean;
                format!("{open}{}{close}", (self.expression)(of))
            }
            Side::MeanScore(a) => self.mean(&self.score(a)),
            Side::MeanScoreProduct(a, b) => {
                self.mean(&format!("{}{}{}", self.score(a), self.times, self.score(b)))
            }
            Side::MinusMeanSecondDerivative(a, b) => {
                format!("{}{}", self.minus, self.mean(&self.second(a, b)))
            }
            Side::Information(a, b) => self.pair(&self.information, a, b),
            Side::Bound(a, b) => self.pair(&self.bound, a, b),
        }
    }
}

/// An assumption as a reader expects it: `σ > 0`.
fn assumption(found: &Assumption, words: &Words) -> String {
    match found {
        Assumption::Lives(symbol, domain) => words.domain(symbol, domain),
        Assumption::Differs(symbol, e) => {
            format!(
                "{} {} {}",
                words.name(symbol),
                words.differs,
                (words.expression)(e)
            )
        }
        Assumption::Positive(e) => format!("{} > 0", (words.expression)(e)),
    }
}

/// Steps under a heading, in the spelling of a page.
pub fn page(steps: &[Step], spelling: &Spelling) -> String {
    let marks = if std::ptr::eq(spelling, &PLAIN) {
        &PLAIN_MARKS
    } else {
        &UNICODE_MARKS
    };
    let words = &spelling.words;
    let mut out = String::new();
    for (k, step) in steps.iter().enumerate() {
        let head = format!("{}. {}. {}", k + 1, headline(step), step.rule.says);
        let head = wrapped_words(&(spelling.letters)(&head), WIDTH);
        let gap = if k == 0 { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{head}");
        for Equation { left, right } in &step.equations {
            let left = marks.side(left);
            let indent = 5 + left.chars().count().min(24);
            for (i, form) in right.iter().enumerate() {
                let form = wrapped(&(marks.expression)(form), WIDTH.saturating_sub(indent + 3));
                let form = form.replace('\n', &format!("\n{}", " ".repeat(indent + 3)));
                if i > 0 {
                    let _ = writeln!(out, "{}= {form}", " ".repeat(indent + 1));
                } else {
                    let _ = writeln!(out, "     {left} = {form}");
                }
            }
        }
        for line in conditions(step, words) {
            let _ = writeln!(out, "     {line}");
        }
    }
    out
}

/// `where y > 0` and `since σ > 0`
fn conditions(step: &Step, words: &Words) -> Vec<String> {
    [("where", &step.places), ("since", &step.since)]
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(word, list)| {
            let list: Vec<String> = list.iter().map(|a| assumption(a, words)).collect();
            format!("{word} {}", list.join(", "))
        })
        .collect()
}

/// `kernel: gamma (DLMF 5.9.1)`
fn headline(step: &Step) -> String {
    if step.about.is_empty() {
        step.rule.name.to_owned()
    } else {
        format!("{}: {}", step.rule.name, step.about)
    }
}

/// Words on lines of a width.
fn wrapped_words(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines
            .last_mut()
            .unwrap_or_else(|| unreachable!("there is a line"));
        if line.chars().count() + word.chars().count() >= width {
            lines.push(format!("   {word}"));
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

/// Each step as a comment and an `align*`.
pub fn latex(steps: &[Step]) -> String {
    let mut out = String::new();
    for (k, step) in steps.iter().enumerate() {
        let _ = writeln!(out, "% {}. {}. {}", k + 1, headline(step), step.rule.says);
        out.push_str(&aligned(step));
        for line in conditions(step, &PLAIN.words) {
            let _ = writeln!(out, "% {line}");
        }
    }
    out
}

fn aligned(step: &Step) -> String {
    let lines: Vec<String> = step
        .equations
        .iter()
        .flat_map(|Equation { left, right }| {
            right.iter().enumerate().map(move |(i, form)| {
                let left = if i == 0 {
                    LATEX_MARKS.side(left)
                } else {
                    String::new()
                };
                format!("  {left} &= {}", form.latex())
            })
        })
        .collect();
    if lines.is_empty() {
        return String::new();
    }
    format!(
        "\\begin{{align*}}\n{}\n\\end{{align*}}\n",
        lines.join(" \\\\\n")
    )
}

/// A numbered list with displayed formulas.
pub fn markdown(steps: &[Step]) -> String {
    let mut out = String::from("\n## Derivation\n");
    for (k, step) in steps.iter().enumerate() {
        let _ = writeln!(
            out,
            "\n{}. **{}.** {}",
            k + 1,
            headline(step),
            step.rule.says
        );
        for Equation { left, right } in &step.equations {
            let forms: Vec<String> = right.iter().map(Expr::latex).collect();
            let _ = writeln!(
                out,
                "\n   $$\n   {} = {}\n   $$",
                LATEX_MARKS.side(left),
                forms.join(" = ")
            );
        }
        for line in conditions(step, &UNICODE.words) {
            let _ = writeln!(out, "\n   {line}");
        }
    }
    out
}

/// A list of objects.
pub fn json(steps: &[Step], entry: fn(&Expr) -> Value) -> Value {
    let step = |step: &Step| {
        let equations: Vec<Value> = step
            .equations
            .iter()
            .map(|Equation { left, right }| {
                json!({
                    "left": { "text": PLAIN_MARKS.side(left), "latex": LATEX_MARKS.side(left) },
                    "right": right.iter().map(entry).collect::<Value>(),
                })
            })
            .collect();
        let words = |list: &[Assumption]| -> Vec<String> {
            list.iter().map(|a| assumption(a, &PLAIN.words)).collect()
        };
        json!({ "rule": step.rule.name, "says": step.rule.says, "about": step.about, "equations": equations, "where": words(&step.places), "since": words(&step.since) })
    };
    steps.iter().map(step).collect()
}
