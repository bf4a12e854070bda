//! Distances in closed form: flat metrics, the metric of a simplex, and warped ones f(y)² dx² + dr² of constant negative curvature.
//! In: facts, a metric on some parameters, two points. Out: the distance. Never: a family's name; what is proved of the metric decides.
//!
//! A metric whose entries are free of x (after a change of x alone) is E dx² + 2F dx dy + G dy². The shear x' = x + ∫F/E dy takes F away
//! and leaves E dx'² + H dy². With S = E_y²/(4EH), the squared slope of f = √E along the arc, the curvature is K = −S_y/E_y, and
//! q = κE − S is constant where κ = −K is. q = 0 is the half-plane with Y = 1/(√κ f); q > 0 are Fermi coordinates along a geodesic.

use super::antiderivative::{antiderivative, root};
use bartlett_expr::matrix::Matrix;
use bartlett_expr::normal::{is_zero, simplified};
use bartlett_expr::{Expr, Facts, Symbol, Truth, operations};
use rustc_hash::FxHashMap;

/// A metric on some of the parameters, and where they go.
pub(super) struct Block<'a> {
    pub facts: &'a Facts,
    pub parameters: Vec<Symbol>,
    pub metric: Vec<Vec<Expr>>,
    /// From each parameter to its value at the second point.
    pub second: &'a FxHashMap<Expr, Expr>,
}

impl Block<'_> {
    /// The distance, by the first way that closes it.
    pub(super) fn distance(&self) -> Option<Expr> {
        self.flat()
            .or_else(|| self.curve())
            .or_else(|| self.simplex())
            .or_else(|| (0..self.parameters.len()).find_map(|y| self.warped(y)))
    }

    fn there(&self, e: &Expr) -> Expr {
        e.substitute(self.second)
    }
    fn name(&self, i: usize) -> Expr {
        Expr::symbol(self.parameters[i].name())
    }
    fn simplified(&self, e: &Expr) -> Expr {
        simplified(self.facts, e)
    }
    fn is_free(&self, e: &Expr) -> bool {
        !e.contains_any(&self.parameters)
    }

    /// Constant entries: √(Δᵀ G Δ).
    fn flat(&self) -> Option<Expr> {
        let p = self.parameters.len();
        if !self.metric.iter().flatten().all(|e| self.is_free(e)) {
            return None;
        }
        let steps: Vec<Expr> = (0..p)
            .map(|i| self.there(&self.name(i)) - self.name(i))
            .collect();
        if p == 1 {
            let size = root(self.facts, &self.metric[0][0]);
            return Some(size * Expr::function("abs", [steps[0].clone()]));
        }
        let form = (0..p).flat_map(|i| (0..p).map(move |j| (i, j)));
        let sum = Expr::sum(form.map(|(i, j)| &self.metric[i][j] * &steps[i] * &steps[j]));
        Some(self.simplified(&sum).sqrt())
    }

    /// One parameter: |∫ √I dθ|.
    fn curve(&self) -> Option<Expr> {
        let [only] = &self.parameters[..] else {
            return None;
        };
        let along = antiderivative(self.facts, &self.metric[0][0], only)?;
        let (outside, inside): (Vec<Expr>, Vec<Expr>) =
            along.factors().into_iter().partition(|f| self.is_free(f));
        let size = |f: &Expr| match self.facts.is_positive(f) {
            Truth::Yes => f.clone(),
            _ => Expr::function("abs", [f.clone()]),
        };
        let inside = Expr::product(inside);
        let difference = self.there(&inside) - &inside;
        let outside = Expr::product(outside.iter().map(size));
        Some(outside * Expr::function("abs", [difference]))
    }

    /// c (Σ dθᵢ²/θᵢ + (Σ dθᵢ)²/(1 − Σθᵢ)): a sphere of radius 2√c.
    fn simplex(&self) -> Option<Expr> {
        let p = self.parameters.len();
        if p < 2 {
            return None;
        }
        let same = |a: &Expr, b: &Expr| is_zero(self.facts, &(a - b)) == Truth::Yes;
        let off = &self.metric[0][1];
        let size = self.simplified(&((&self.metric[0][0] - off) * self.name(0)));
        let last = Expr::one() - Expr::sum((0..p).map(|i| self.name(i)));
        let fits = self.is_free(&size)
            && same(&(off * &last), &size)
            && (0..p).all(|i| {
                (0..p).all(|j| {
                    let entry = &self.metric[i][j];
                    if i == j {
                        same(&((entry - off) * self.name(i)), &size)
                    } else {
                        same(entry, off)
                    }
                })
            });
        if !fits {
            return None;
        }
        let both = |e: &Expr| (e * self.there(e)).sqrt();
        let overlap = Expr::sum((0..p).map(|i| both(&self.name(i)))) + both(&last);
        Some(Expr::function("acos", [overlap]) * 2 * root(self.facts, &size))
    }

    /// All entries free of the parameters but `y`, after a change of each of the others by itself.
    fn warped(&self, y: usize) -> Option<Expr> {
        let p = self.parameters.len();
        let others: Vec<usize> = (0..p).filter(|i| *i != y).collect();
        if others.is_empty() {
            return None;
        }
        let level = &self.parameters[y];
        let moving: Vec<Symbol> = others.iter().map(|i| self.parameters[*i].clone()).collect();
        let mut squares = Vec::new();
        let mut along = Vec::new();
        for i in &others {
            let square = self.own_factors(*i)?;
            along.push(antiderivative(self.facts, &square, &self.parameters[*i])?);
            squares.push(square);
        }
        let scaled = |i: usize, j: usize| {
            let size = (&squares[i] * &squares[j]).sqrt();
            self.simplified(&(&self.metric[others[i]][others[j]] / self.facts.refine(&size)))
        };
        let base = Matrix::symmetric(others.len(), scaled);
        let shear: Vec<Expr> = (0..others.len())
            .map(|i| {
                let size = self.facts.refine(&squares[i].sqrt());
                self.simplified(&(&self.metric[others[i]][y] / size))
            })
            .collect();
        let depth = &self.metric[y][y];
        let cyclic = base.entries().iter().chain(&shear).chain([depth]);
        if cyclic.into_iter().any(|e| e.contains_any(&moving)) {
            return None;
        }
        let warp = base[(0, 0)].clone();
        let shape = base.map(|e| self.simplified(&(e / &warp)));
        if shape.entries().iter().any(|e| e.contains(level)) {
            return None;
        }
        let inverse = base.inverse(self.facts).ok()??;
        let lean: Vec<Expr> = (0..others.len())
            .map(|i| {
                let sum = (0..others.len()).map(|j| &inverse[(i, j)] * &shear[j]);
                self.simplified(&Expr::sum(sum))
            })
            .collect();
        let upright = Expr::sum(lean.iter().zip(&shear).map(|(a, b)| a * b));
        let depth = self.simplified(&(depth - upright));
        let mut steps = Vec::new();
        for (phi, lean) in along.iter().zip(&lean) {
            let sheared = phi + self.of_level(lean, level)?;
            steps.push(self.simplified(&(self.there(&sheared) - &sheared)));
        }
        self.by_warp(level, &warp, &depth, &shape, &steps)
    }

    /// The factors of g_ii that hold θᵢ and no other parameter of the block.
    fn own_factors(&self, i: usize) -> Option<Expr> {
        let own = &self.parameters[i];
        let rest: Vec<Symbol> = self
            .parameters
            .iter()
            .filter(|s| *s != own)
            .cloned()
            .collect();
        let mut factors = Vec::new();
        for factor in self.simplified(&self.metric[i][i]).factors() {
            if factor.contains(own) {
                if factor.contains_any(&rest) {
                    return None;
                }
                factors.push(factor);
            }
        }
        Some(Expr::product(factors))
    }

    /// ∫ of a function of the level, with its sign.
    fn of_level(&self, e: &Expr, level: &Symbol) -> Option<Expr> {
        if e.is_zero() {
            return Some(Expr::zero());
        }
        if !e.contains(level) {
            return Some(e * Expr::symbol(level.name()));
        }
        let positive = antiderivative(self.facts, &e.powi(2), level)?;
        match (self.facts.is_positive(e), self.facts.is_negative(e)) {
            (Truth::Yes, _) => Some(positive),
            (_, Truth::Yes) => Some(-positive),
            _ => None,
        }
    }

    /// The distance in E M dx'² + H dy², where the curvature is constant and not positive.
    fn by_warp(
        &self,
        level: &Symbol,
        warp: &Expr,
        depth: &Expr,
        shape: &Matrix,
        steps: &[Expr],
    ) -> Option<Expr> {
        let m = steps.len();
        let pairs = (0..m).flat_map(|i| (0..m).map(move |j| (i, j)));
        let step = Expr::sum(pairs.map(|(i, j)| &shape[(i, j)] * &steps[i] * &steps[j]));
        let slope = self.simplified(&warp.derivative(level).ok()?);
        if slope.is_zero() {
            // E is constant: a product of a flat space and a line.
            let arc = antiderivative(self.facts, depth, level)?;
            let arc = self.simplified(&(self.there(&arc) - &arc));
            return Some((warp * step + arc.powi(2)).sqrt());
        }
        let steep = self.simplified(&(slope.powi(2) / (warp * depth * 4)));
        let kappa = self.simplified(&(steep.derivative(level).ok()? / &slope));
        if !self.is_free(&kappa) || self.facts.is_positive(&kappa) != Truth::Yes {
            return None;
        }
        let q = self.simplified(&(&kappa * warp - &steep));
        let k = root(self.facts, &kappa);
        if q.is_zero() {
            let height = root(self.facts, &(&kappa * warp).recip());
            let (here, there) = (height.clone(), self.there(&height));
            let inside = (step + (&there - &here).powi(2)) / (here * there * 2) + 1;
            return Some(arcosh(&self.shortest(&inside)) / k);
        }
        if m != 1 || !self.is_free(&q) || self.facts.is_positive(&q) != Truth::Yes {
            return None;
        }
        // f = c cosh(kr), f' = kc sinh(kr), c² = q/κ
        let width = root(self.facts, &(&q / &kappa));
        let cosh = root(self.facts, &(warp * &kappa / &q));
        let sinh = slope / (root(self.facts, &(warp * depth * 4 * &q)));
        let both = |e: &Expr| e * self.there(e);
        let turn = Expr::function("cosh", [&k * width * &steps[0]]);
        let inside = both(&cosh) * turn - both(&sinh);
        Some(arcosh(&inside) / k)
    }

    fn shortest(&self, e: &Expr) -> Expr {
        let shown = crate::closing::shown(self.facts, e);
        if operations(e) < operations(&shown) {
            e.clone()
        } else {
            shown
        }
    }
}

fn arcosh(e: &Expr) -> Expr {
    Expr::function("arcosh", [e.clone()])
}
