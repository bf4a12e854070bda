//! The Levi-Civita connection of a metric and its curvature.
//! In: a metric in closed form, the parameters. Out: `Connection`, `Curvature`. Never: an entry larger than a reader could use.

use super::unjudged;
use crate::check::{Sampler, point_in_words};
use crate::closing::shown;
use crate::model::Model;
use crate::report::Certificate;
use bartlett_expr::evaluate::{Tape, Workspace};
use bartlett_expr::matrix::Matrix;
use bartlett_expr::{Expr, Facts, Symbol, normal, operations};

/// Operations above which a component is given up.
const LARGEST: usize = 4000;

/// Christoffel symbols of both kinds, `[k][i][j]`, with what they were made of.
#[derive(Debug, Clone)]
pub struct Connection {
    facts: Facts,
    parameters: Vec<Symbol>,
    pub(super) metric: Vec<Vec<Expr>>,
    pub(super) inverse: Vec<Vec<Expr>>,
    /// ∂_k g_ij as `[k][i][j]`.
    pub(super) slopes: Vec<Vec<Vec<Expr>>>,
    /// Γ_k,ij
    pub first: Vec<Vec<Vec<Expr>>>,
    /// Γ^k_ij
    pub second: Vec<Vec<Vec<Expr>>>,
}

/// The curvature of a connection.
#[derive(Debug, Clone)]
pub(super) struct Curvature {
    /// Components of which the others follow; those that are 0 are left out.
    pub riemann: Vec<([usize; 4], Expr)>,
    pub ricci: Vec<Vec<Expr>>,
    pub scalar: Expr,
}

fn cube(p: usize, mut entry: impl FnMut(usize, usize, usize) -> Expr) -> Vec<Vec<Vec<Expr>>> {
    (0..p)
        .map(|k| {
            (0..p)
                .map(|i| (0..p).map(|j| entry(k, i, j)).collect())
                .collect()
        })
        .collect()
}

impl Connection {
    /// Differentiates the metric; nothing where a derivative has no formula or the metric is singular.
    #[must_use]
    pub fn of(facts: &Facts, metric: &[Vec<Expr>], parameters: &[Symbol]) -> Option<Self> {
        let p = parameters.len();
        let matrix = Matrix::from_rows(metric.to_vec())?;
        let inverse = matrix.inverse(facts).ok()??.to_rows();
        let mut slopes: Vec<Vec<Vec<Expr>>> = Vec::new();
        for parameter in parameters {
            let slope = |e: &Expr| {
                let slope = e.derivative(parameter).ok()?;
                Some(normal::simplified(facts, &slope))
            };
            let rows: Option<Vec<Vec<Expr>>> = metric
                .iter()
                .map(|row| row.iter().map(slope).collect())
                .collect();
            slopes.push(rows?);
        }
        let first = cube(p, |k, i, j| {
            let sum = &slopes[i][j][k] + &slopes[j][i][k] - &slopes[k][i][j];
            shown(facts, &(sum / 2))
        });
        let second = cube(p, |k, i, j| {
            let sum = Expr::sum((0..p).map(|l| &inverse[k][l] * &first[l][i][j]));
            shown(facts, &sum)
        });
        Some(Self {
            facts: facts.clone(),
            parameters: parameters.to_vec(),
            metric: metric.to_vec(),
            inverse,
            slopes,
            first,
            second,
        })
    }

    /// −Γ^k_ij v_i v_j
    pub(super) fn accelerations(&self, rates: &[Expr]) -> Vec<Expr> {
        let p = rates.len();
        (0..p)
            .map(|k| {
                let terms = (0..p).flat_map(|i| (0..p).map(move |j| (i, j)));
                let sum =
                    Expr::sum(terms.map(|(i, j)| -&self.second[k][i][j] * &rates[i] * &rates[j]));
                shown(&self.facts, &sum)
            })
            .collect()
    }

    /// Riemann, Ricci and scalar curvature; nothing where an entry grows out of all bounds.
    #[allow(clippy::needless_range_loop)] // the indices are those of the tensor
    pub(super) fn curvature(&self) -> Option<Curvature> {
        let p = self.parameters.len();
        let facts = &self.facts;
        let mut second_slopes = Vec::new();
        for slope in &self.slopes {
            let mut rows = Vec::new();
            for parameter in &self.parameters {
                let of = |e: &Expr| e.derivative(parameter).ok();
                let grid: Option<Vec<Vec<Expr>>> = slope
                    .iter()
                    .map(|row| row.iter().map(of).collect())
                    .collect();
                rows.push(grid?);
            }
            second_slopes.push(rows);
        }
        let pairs: Vec<(usize, usize)> = (0..p)
            .flat_map(|i| (i + 1..p).map(move |k| (i, k)))
            .collect();
        let mut lowered = vec![vec![Expr::zero(); pairs.len()]; pairs.len()];
        for (a, (i, k)) in pairs.iter().copied().enumerate() {
            for (b, (l, m)) in pairs.iter().copied().enumerate().skip(a) {
                let d = |x: usize, y: usize, r: usize, c: usize| &second_slopes[x][y][r][c];
                let outer = (d(k, l, i, m) + d(i, m, k, l) - d(k, m, i, l) - d(i, l, k, m)) / 2;
                let mut products = Vec::new();
                for n in 0..p {
                    products.push(&self.second[n][k][l] * &self.first[n][i][m]);
                    products.push(-(&self.second[n][k][m] * &self.first[n][i][l]));
                }
                let value = normal::simplified(facts, &(outer + Expr::sum(products)));
                if operations(&value) > LARGEST {
                    return None;
                }
                lowered[a][b] = value.clone();
                lowered[b][a] = value;
            }
        }
        let component = |i: usize, k: usize, l: usize, m: usize| -> Expr {
            if i == k || l == m {
                return Expr::zero();
            }
            let place = |x: usize, y: usize| {
                pairs
                    .iter()
                    .position(|pair| *pair == (x.min(y), x.max(y)))
                    .unwrap_or_else(|| unreachable!("two different indices are a pair"))
            };
            let sign = if (i < k) == (l < m) { 1 } else { -1 };
            &lowered[place(i, k)][place(l, m)] * sign
        };
        let mut ricci = vec![vec![Expr::zero(); p]; p];
        for k in 0..p {
            for m in k..p {
                let sum = Expr::sum((0..p).flat_map(|i| {
                    let component = &component;
                    (0..p).map(move |l| &self.inverse[i][l] * component(i, k, l, m))
                }));
                let value = shown(facts, &sum);
                if operations(&value) > LARGEST {
                    return None;
                }
                ricci[m][k] = value.clone();
                ricci[k][m] = value;
            }
        }
        let scalar = Expr::sum((0..p).flat_map(|k| {
            let ricci = &ricci;
            (0..p).map(move |m| &self.inverse[k][m] * &ricci[k][m])
        }));
        let riemann = pairs
            .iter()
            .enumerate()
            .flat_map(|(a, x)| {
                pairs
                    .iter()
                    .enumerate()
                    .skip(a)
                    .map(move |(b, y)| (a, b, *x, *y))
            })
            .map(|(a, b, x, y)| ([x.0, x.1, y.0, y.1], shown(facts, &lowered[a][b])))
            .filter(|(_, e)| !e.is_zero())
            .collect();
        Some(Curvature {
            riemann,
            ricci,
            scalar: shown(facts, &scalar),
        })
    }

    /// The first kind against finite differences of the metric.
    pub(super) fn check(&self, model: &Model) -> Result<Certificate, String> {
        let what = "Christoffel symbols against finite differences of the metric";
        let p = self.parameters.len();
        let mut sampler = Sampler::new(model, 0xC4A);
        let (mut worst, mut judged, mut at) = (0.0_f64, 0, Vec::new());
        for _ in 0..8 {
            let Some(point) = sampler.point() else { break };
            let (names, values): (Vec<Symbol>, Vec<f64>) = point.iter().cloned().unzip();
            let metric = Numbers::new(self.metric.iter().flatten(), &names);
            let first = Numbers::new(self.first.iter().flatten().flatten(), &names);
            let claimed = first.at(&values);
            let Some(slopes) = slopes_by_number(&metric, &names, &values, &self.parameters) else {
                continue;
            };
            let size = slopes.iter().flatten().fold(0.0_f64, |a, b| a.max(b.abs()));
            if !size.is_finite() || claimed.iter().any(|v| !v.is_finite()) {
                continue;
            }
            for k in 0..p {
                for i in 0..p {
                    for j in 0..p {
                        let value = 0.5
                            * (slopes[i][j * p + k] + slopes[j][i * p + k] - slopes[k][i * p + j]);
                        let difference = (value - claimed[(k * p + i) * p + j]).abs();
                        let relative = if size > 0.0 {
                            difference / size
                        } else {
                            difference
                        };
                        if relative > 1e-5 {
                            return Err(format!(
                                "internal error, please report: at {} a Christoffel symbol is {} by the formula and {value} by number",
                                point_in_words(&point),
                                claimed[(k * p + i) * p + j]
                            ));
                        }
                        worst = worst.max(relative);
                    }
                }
            }
            judged += 1;
            at = point;
            if judged == 2 {
                break;
            }
        }
        if judged == 0 {
            return Ok(unjudged(what));
        }
        Ok(Certificate {
            at,
            what: what.to_owned(),
            max_rel_err: worst,
            ok: true,
        })
    }
}

/// Expressions as numbers.
pub(super) struct Numbers {
    tape: Tape,
    count: usize,
}

impl Numbers {
    pub(super) fn new<'a>(entries: impl Iterator<Item = &'a Expr>, names: &[Symbol]) -> Self {
        let entries: Vec<Expr> = entries.cloned().collect();
        Self {
            tape: Tape::new(&entries, names),
            count: entries.len(),
        }
    }
    pub(super) fn at(&self, values: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; self.count];
        self.tape
            .evaluate(values, &mut Workspace::default(), &mut out);
        out
    }
}

/// ∂_k of each entry by central differences with Richardson's extrapolation.
fn slopes_by_number(
    entries: &Numbers,
    names: &[Symbol],
    values: &[f64],
    parameters: &[Symbol],
) -> Option<Vec<Vec<f64>>> {
    parameters
        .iter()
        .map(|parameter| {
            let k = names.iter().position(|n| n == parameter)?;
            let step = 1e-3 * values[k].abs().clamp(0.02, 1.0);
            let difference = |h: f64| -> Vec<f64> {
                let mut moved = values.to_vec();
                moved[k] = values[k] + h;
                let above = entries.at(&moved);
                moved[k] = values[k] - h;
                let below = entries.at(&moved);
                above
                    .iter()
                    .zip(&below)
                    .map(|(a, b)| (a - b) / (2.0 * h))
                    .collect()
            };
            let (coarse, fine) = (difference(step), difference(step / 2.0));
            Some(
                fine.iter()
                    .zip(&coarse)
                    .map(|(f, c)| (4.0 * f - c) / 3.0)
                    .collect(),
            )
        })
        .collect()
}

/// The scalar curvature against finite differences of the Christoffel symbols.
pub(super) fn check(
    model: &Model,
    connection: &Connection,
    scalar: &Expr,
) -> Result<Certificate, String> {
    let what = "scalar curvature against finite differences of the connection";
    let p = connection.parameters.len();
    let mut sampler = Sampler::new(model, 0xC5A);
    let (mut worst, mut judged, mut at) = (0.0_f64, 0, Vec::new());
    for _ in 0..8 {
        let Some(point) = sampler.point() else { break };
        let (names, values): (Vec<Symbol>, Vec<f64>) = point.iter().cloned().unzip();
        let second = Numbers::new(connection.second.iter().flatten().flatten(), &names);
        let inverse = Numbers::new(connection.inverse.iter().flatten(), &names).at(&values);
        let gamma = second.at(&values);
        let Some(slopes) = slopes_by_number(&second, &names, &values, &connection.parameters)
        else {
            continue;
        };
        let g = |k: usize, i: usize, j: usize| gamma[(k * p + i) * p + j];
        let d = |x: usize, k: usize, i: usize, j: usize| slopes[x][(k * p + i) * p + j];
        let (mut sum, mut size) = (0.0, 0.0_f64);
        for k in 0..p {
            for m in 0..p {
                let mut ricci = 0.0;
                for i in 0..p {
                    ricci += d(i, i, m, k) - d(m, i, i, k);
                    for n in 0..p {
                        ricci += g(i, i, n) * g(n, m, k) - g(i, m, n) * g(n, i, k);
                    }
                }
                sum += inverse[k * p + m] * ricci;
                size = size.max((inverse[k * p + m] * ricci).abs());
            }
        }
        let claimed = scalar.value_at(&point);
        if !sum.is_finite() || !claimed.is_finite() {
            continue;
        }
        let relative = (sum - claimed).abs() / claimed.abs().max(size).max(1e-6);
        if relative > 1e-4 {
            return Err(format!(
                "internal error, please report: at {} the scalar curvature is {claimed} by the formula and {sum} by number",
                point_in_words(&point)
            ));
        }
        worst = worst.max(relative);
        judged += 1;
        at = point;
        if judged == 2 {
            break;
        }
    }
    if judged == 0 {
        return Ok(unjudged(what));
    }
    Ok(Certificate {
        at,
        what: what.to_owned(),
        max_rel_err: worst,
        ok: true,
    })
}
