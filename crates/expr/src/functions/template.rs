//! A formula of a row, ready to be filled in: its nodes in order, so that no table of them is built at each use.
//! In: a formula, the names of its arguments, then arguments. Out: the formula at those arguments. Never: a simplification of its own.

use crate::traverse::topological;
use crate::{Expr, Kind};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

pub(super) struct Template {
    /// The names of the arguments.
    names: Vec<Expr>,
    /// The nodes, parts before wholes; the last one is the formula.
    nodes: Vec<Expr>,
    steps: Vec<Step>,
    /// Does it bind a variable? Then names must be kept apart, which substitution does.
    binds: bool,
}

enum Step {
    /// The same for all arguments.
    Same,
    Argument(usize),
    Rebuilt,
}

impl Template {
    pub(super) fn new(formula: &Expr, arguments: &[&str]) -> Self {
        let names: Vec<Expr> = arguments.iter().map(|name| Expr::symbol(name)).collect();
        let nodes = topological(std::slice::from_ref(formula));
        let mut steps: Vec<Step> = Vec::with_capacity(nodes.len());
        for node in &nodes {
            let step = if let Some(place) = names.iter().position(|name| name == node) {
                Step::Argument(place)
            } else {
                let moves = |part: &Expr| {
                    let place = nodes.iter().position(|other| other == part);
                    place.is_none_or(|place| !matches!(steps[place], Step::Same))
                };
                if node.children().into_iter().any(moves) {
                    Step::Rebuilt
                } else {
                    Step::Same
                }
            };
            steps.push(step);
        }
        let binds = nodes
            .iter()
            .any(|node| matches!(node.kind(), Kind::Bound(..)));
        Self {
            names,
            nodes,
            steps,
            binds,
        }
    }

    /// The formula at these arguments.
    pub(super) fn at(&self, arguments: &[Expr]) -> Expr {
        let whole = &self.nodes[self.nodes.len() - 1];
        if self.binds {
            let by = self.names.iter().cloned().zip(arguments.iter().cloned());
            return whole.substitute(&FxHashMap::from_iter(by));
        }
        let mut values: SmallVec<[Expr; 8]> = SmallVec::new();
        for (node, step) in self.nodes.iter().zip(&self.steps) {
            let value = match step {
                Step::Same => node.clone(),
                Step::Argument(place) => arguments.get(*place).unwrap_or(node).clone(),
                Step::Rebuilt => node.rebuilt(&|part| {
                    let place = self.nodes.iter().position(|other| other == part);
                    place.map_or_else(|| part.clone(), |place| values[place].clone())
                }),
            };
            values.push(value);
        }
        values.pop().unwrap_or_else(|| whole.clone())
    }
}
