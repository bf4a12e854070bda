//! Expressions made ready for many evaluations over the data at one point of the other symbols.
//! In: expressions. Out: `Program`, `Evaluator`. Never: a value that depends on the order of evaluation.
//!
//! What is free of the data (Γ(α), log σ) is computed once a point, not once a datum.

use bartlett_expr::evaluate::{BLOCK, ColumnWork, Evaluation, Results, Tape, Workspace};
use bartlett_expr::{Binder, Expr, Kind, Symbol, topological};
use rustc_hash::{FxHashMap, FxHashSet};

/// Compiled expressions of some data and of other symbols.
pub(super) struct Program {
    constants: Tape,
    body: Tape,
    data: usize,
    /// Rough cost of one evaluation over the data, in nanoseconds.
    pub(super) cost: f64,
}

impl Program {
    pub(super) fn new(outputs: &[Expr], data: &[Symbol], others: &[Symbol]) -> Self {
        let hoisted = free_of_data(outputs, data);
        let mut variables = data.to_vec();
        let mut names: FxHashMap<Expr, Expr> = FxHashMap::default();
        for (i, node) in hoisted.iter().enumerate() {
            // a name with a space cannot be typed, so it cannot clash
            let symbol = Symbol::new(&format!("constant {i}"));
            names.insert(node.clone(), Expr::symbol(symbol.name()));
            variables.push(symbol);
        }
        let bodies: Vec<Expr> = outputs.iter().map(|e| e.substitute(&names)).collect();
        Self {
            constants: Tape::new(&hoisted, others),
            body: Tape::new(&bodies, &variables),
            data: data.len(),
            cost: cost(&bodies),
        }
    }

    /// Ready to evaluate at a point of the other symbols.
    pub(super) fn at(&self, others: &[f64]) -> Evaluator<'_> {
        let mut input = vec![0.0; self.data + self.constants.len()];
        let mut work = Workspace::default();
        self.constants
            .evaluate(others, &mut work, &mut input[self.data..]);
        Evaluator {
            program: self,
            input,
            work,
            out: vec![0.0; self.body.len()],
            columns: None,
            column_work: ColumnWork::default(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.body.is_empty()
    }
}

/// A program at a point of the other symbols.
pub(super) struct Evaluator<'a> {
    program: &'a Program,
    input: Vec<f64>,
    work: Workspace,
    out: Vec<f64>,
    /// The program at the data before the last one, and those data.
    columns: Option<(Vec<f64>, Evaluation<'a>)>,
    column_work: ColumnWork,
}

impl Evaluator<'_> {
    /// The outputs at the data (as many as the program has; more are ignored).
    pub(super) fn at(&mut self, data: &[f64]) -> &[f64] {
        let count = self.program.data;
        self.input[..count].copy_from_slice(&data[..count]);
        self.program
            .body
            .evaluate(&self.input, &mut self.work, &mut self.out);
        &self.out
    }

    /// The outputs, one after the other, at many values of the last datum; the data before it are taken from `data`.
    pub(super) fn columns(&mut self, data: &[f64], last: &[f64], out: &mut [f64]) {
        let program = self.program;
        let Some(earlier) = program.data.checked_sub(1) else {
            return;
        };
        let data = &data[..earlier];
        if self.columns.as_ref().is_none_or(|(at, _)| at != data) {
            let given = data.iter().map(|x| Some(*x)).chain([None]);
            let constants = self.input[program.data..].iter().map(|x| Some(*x));
            let given: Vec<Option<f64>> = given.chain(constants).collect();
            self.columns = Some((data.to_vec(), program.body.at(&given)));
        }
        let Some((_, evaluation)) = &self.columns else {
            return;
        };
        for (block, column) in last.chunks(BLOCK).enumerate() {
            let mut results: Results<'_> = out
                .chunks_mut(last.len())
                .map(|out| &mut out[block * BLOCK..][..column.len()])
                .collect();
            evaluation.fill(&[column], &mut self.column_work, &mut results);
        }
    }
}

/// The largest parts free of the data, except plain numbers; what a binder binds stays inside.
fn free_of_data(outputs: &[Expr], data: &[Symbol]) -> Vec<Expr> {
    let mut holds_data: FxHashMap<Expr, bool> = FxHashMap::default();
    for node in topological(outputs) {
        let holds = match node.kind() {
            Kind::Symbol(s) | Kind::Indexed(s, _) => data.contains(s),
            // its own variable may be called like a datum
            Kind::Bound(..) => node.contains_any(data),
            _ => node.children().iter().any(|c| holds_data[*c]),
        };
        holds_data.insert(node, holds);
    }
    let mut seen: FxHashSet<Expr> = FxHashSet::default();
    let mut found = Vec::new();
    let mut stack: Vec<Expr> = outputs.iter().rev().cloned().collect();
    while let Some(node) = stack.pop() {
        let number = matches!(node.kind(), Kind::Number(_) | Kind::Constant(_));
        if number || !seen.insert(node.clone()) {
            continue;
        }
        // comparisons are no reals: they stay with what they decide
        let condition = matches!(node.kind(), Kind::Compare(..) | Kind::And(_) | Kind::Or(_));
        if !condition && !holds_data[&node] {
            found.push(node);
            continue;
        }
        if let Kind::Bound(..) = node.kind() {
            let free = node.free_symbols();
            stack.extend(free.iter().map(|s| Expr::symbol(s.name())));
            continue;
        }
        stack.extend(node.children().into_iter().rev().cloned());
    }
    found
}

fn cost(outputs: &[Expr]) -> f64 {
    let mut total = 20.0;
    for node in topological(outputs) {
        total += match node.kind() {
            Kind::Number(_) | Kind::Constant(_) | Kind::Symbol(_) => 1.0,
            Kind::Power(..) => 12.0,
            Kind::Call(f, arguments) => match f.name() {
                "log" | "abs" | "sign" | "min" | "max" | "floor" => 10.0,
                "besseli" | "besselj" | "besselk" | "zeta" | "polylog" => 1500.0,
                _ if arguments.len() > 1 => 300.0,
                _ => 60.0,
            },
            Kind::Bound(Binder::Sum | Binder::Product, ..) => 3_000.0,
            Kind::Bound(..) => 20_000.0,
            _ => 4.0,
        };
    }
    total
}
