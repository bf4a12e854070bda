//! The nodes of an expression that depend on some symbols, and their places in a sweep.
//! In: an expression, symbols. Out: the nodes, parts before wholes, and a table of their places. Never: the call stack as memory.

use crate::Symbol;
use crate::expr::{Expr, Kind};

const NONE: u32 = u32::MAX;

fn count(n: usize) -> u32 {
    u32::try_from(n).expect("fewer than four thousand million nodes fit in memory")
}

/// The nodes that depend on one of the symbols.
pub(crate) struct Varying<'e> {
    /// Each once, parts before wholes.
    pub(crate) order: Vec<&'e Expr>,
    bits: u64,
    /// What was met, with its place in the order; `NONE` for what is constant.
    met: Vec<(&'e Expr, u32)>,
    /// Is the order in which they were met free of constants? A symbol of another name may set the same bit.
    exact: bool,
    /// Open addressing by the hash of the node, at most half full: 0, or the place in `met` from 1.
    slots: Vec<u32>,
}

impl<'e> Varying<'e> {
    pub(crate) fn new() -> Self {
        Self {
            order: Vec::with_capacity(32),
            bits: 0,
            met: Vec::with_capacity(32),
            exact: true,
            slots: vec![0; 64],
        }
    }

    /// Forgets what it found before, and looks at another expression.
    pub(crate) fn find_in(&mut self, root: &'e Expr, symbols: &[Symbol]) {
        self.order.clear();
        self.met.clear();
        self.slots.fill(0);
        self.bits = symbols.iter().fold(0, |bits, s| bits | s.bit());
        self.exact = true;
        self.walk(root, symbols);
        if !self.exact {
            self.drop_constants(symbols);
        }
    }

    /// Its place in the order; `None` for what is constant or was not met.
    pub(crate) fn place(&self, node: &Expr) -> Option<usize> {
        if !self.perhaps(node) {
            return None;
        }
        match self.met.get(self.find(node).ok()?)?.1 {
            NONE => None,
            place => Some(place as usize),
        }
    }

    /// A clear bit is a proof, a set one is not: what the walk meets may still be constant.
    fn perhaps(&self, node: &Expr) -> bool {
        node.symbol_bits() & self.bits != 0
    }

    /// Where it stands in `met`, or the free slot for it.
    fn find(&self, node: &Expr) -> Result<usize, usize> {
        let last = self.slots.len() - 1;
        let mut slot = node.slot() & last;
        loop {
            match self.slots[slot] {
                0 => return Err(slot),
                place if self.met[place as usize - 1].0 == node => return Ok(place as usize - 1),
                _ => slot = (slot + 1) & last,
            }
        }
    }

    /// Notes a node that was not met before; gives its place in `met`.
    fn meet(&mut self, node: &'e Expr) -> Option<usize> {
        let slot = self.find(node).err()?;
        self.met.push((node, NONE));
        self.slots[slot] = count(self.met.len());
        if self.met.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 4];
            for place in 0..self.met.len() {
                if let Err(slot) = self.find(self.met[place].0) {
                    self.slots[slot] = count(place + 1);
                }
            }
        }
        Some(self.met.len() - 1)
    }

    fn varies(&self, node: &Expr, symbols: &[Symbol]) -> bool {
        match node.kind() {
            Kind::Symbol(s) => symbols.contains(s),
            Kind::Bound(..) => symbols.iter().any(|s| node.contains(s)),
            _ => {
                let mut any = false;
                node.each_child(&mut |part| any = any || self.place(part).is_some());
                any
            }
        }
    }

    /// Takes out of the order what is constant after all.
    fn drop_constants(&mut self, symbols: &[Symbol]) {
        let all = std::mem::take(&mut self.order);
        for (_, place) in &mut self.met {
            *place = NONE;
        }
        for node in all {
            if self.varies(node, symbols)
                && let Ok(met) = self.find(node)
            {
                self.met[met].1 = count(self.order.len());
                self.order.push(node);
            }
        }
    }

    fn walk(&mut self, root: &'e Expr, symbols: &[Symbol]) {
        // A node, and where it stands in `met` once its parts were looked at.
        let mut stack: Vec<(&'e Expr, Option<usize>)> = Vec::with_capacity(32);
        stack.push((root, None));
        while let Some((node, known)) = stack.pop() {
            if let Some(place) = known {
                self.met[place].1 = count(self.order.len());
                self.order.push(node);
                continue;
            }
            if !self.perhaps(node) {
                continue;
            }
            let Some(place) = self.meet(node) else {
                continue;
            };
            match node.kind() {
                Kind::Symbol(s) => self.exact &= symbols.contains(s),
                Kind::Bound(..) | Kind::Indexed(..) => self.exact = false,
                _ => {}
            }
            stack.push((node, Some(place)));
            // The parts of a binder are its own business.
            if !matches!(node.kind(), Kind::Bound(..)) {
                let begin = stack.len();
                node.each_child(&mut |part| stack.push((part, None)));
                stack[begin..].reverse();
            }
        }
    }
}
