//! Means of the score and of its products under another law, as functions of all parameters.
//! In: a `Report`, the truth and the model. Out: `Expected`. Never: a mean that diverges, as an integral.

use super::worst_of_each;
use crate::check::{Existence, Sampler, first_moments};
use crate::closing::{shown, where_finite, zero_means};
use crate::expect::{Mean, means};
use crate::model::Density;
use crate::report::{Certificate, Report};
use crate::verify::{self, Claim};
use crate::versus::Versus;
use bartlett_expr::{Expr, Truth};

/// Points at which the existence of an open mean is looked at.
const LOOKS: usize = 4;

/// Expectations under the truth, as functions of all parameters.
pub(super) struct Expected {
    /// E[s].
    pub(super) score: Vec<Expr>,
    /// −∂E[s]/∂θ.
    pub(super) sensitivity: Vec<Vec<Expr>>,
    /// The variance of s.
    pub(super) variance: Vec<Vec<Expr>>,
    /// E[sᵢ sⱼ] of each observation added, and what it was asked of.
    products: Vec<Vec<Expr>>,
    pub(super) scores: Vec<(Density, Vec<Expr>)>,
    pub(super) all: Vec<Mean>,
    pub(super) closed: bool,
}

impl Expected {
    pub(super) fn of(
        report: &Report,
        versus: &Versus,
        pairs: &[(&Density, &Density)],
    ) -> Result<Self, String> {
        let facts = &versus.first.facts;
        let parameters = &report.model.parameters;
        let p = parameters.len();
        let mut scores = Vec::new();
        let mut all = Vec::new();
        let (mut sums, mut squares, mut corrections) = (
            vec![Vec::new(); p],
            vec![vec![Vec::new(); p]; p],
            vec![vec![Vec::new(); p]; p],
        );
        for (truth, model) in pairs {
            let score = model
                .log_density
                .gradient(parameters)
                .map_err(|e| e.to_string())?;
            let zero = zero_means(truth, &versus.first.parameters);
            let mut asked = score.clone();
            for i in 0..p {
                for j in i..p {
                    asked.push(&score[i] * &score[j]);
                }
            }
            let found = means(facts, truth, &zero, &asked);
            if diverges(versus, truth, &asked, &found) {
                return Err("the mean or the variance of the score diverges under it".to_owned());
            }
            for (sum, mean) in sums.iter_mut().zip(&found) {
                sum.push(mean.value.clone());
            }
            let mut rest = found[p..].iter();
            for i in 0..p {
                for j in i..p {
                    let Some(mean) = rest.next() else { continue };
                    squares[i][j].push(mean.value.clone());
                    corrections[i][j].push(&found[i].value * &found[j].value);
                }
            }
            all.extend(found);
            scores.push(((*truth).clone(), score));
        }
        let closed = all.iter().all(|mean| !mean.open);
        let tidy = |e: Expr| if closed { shown(facts, &e) } else { e };
        let score: Vec<Expr> = sums.into_iter().map(|s| tidy(Expr::sum(s))).collect();
        let sensitivity = score
            .iter()
            .map(|mean| mean.gradient(parameters))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| {
                "the mean score under the truth has no closed form that was found".to_owned()
            })?
            .into_iter()
            .map(|row| row.into_iter().map(|e| tidy(-e)).collect())
            .collect();
        let at = |i: usize, j: usize| (i.min(j), i.max(j));
        let matrix = |entry: &dyn Fn(usize, usize) -> Expr| -> Vec<Vec<Expr>> {
            (0..p)
                .map(|i| (0..p).map(|j| entry(at(i, j).0, at(i, j).1)).collect())
                .collect()
        };
        let products = matrix(&|i, j| Expr::sum(squares[i][j].iter().cloned()));
        // Not E[s sᵀ] alone: the means of independent observations need not be 0 one by one.
        let variance =
            matrix(&|i, j| tidy(&products[i][j] - Expr::sum(corrections[i][j].iter().cloned())));
        Ok(Self {
            score,
            sensitivity,
            variance,
            products,
            scores,
            all,
            closed,
        })
    }

    /// The expectations against numbers, at random values of all parameters.
    pub(super) fn certified(&self, versus: &Versus) -> Result<Vec<Certificate>, String> {
        if !self.closed {
            return Ok(Vec::new());
        }
        let p = self.score.len();
        let judged = where_finite(&versus.first, &self.all);
        let asked = |g: &dyn Fn(&[Expr]) -> Expr| -> Vec<(&Density, Expr)> {
            self.scores
                .iter()
                .map(|(density, score)| (density, g(score)))
                .collect()
        };
        let mut claims = Vec::new();
        for i in 0..p {
            claims.push(Claim {
                what: "mean score under the truth",
                value: &self.score[i],
                means: asked(&|s| s[i].clone()),
            });
            for j in i..p {
                claims.push(Claim {
                    what: "mean product of scores under the truth",
                    value: &self.products[i][j],
                    means: asked(&|s| &s[i] * &s[j]),
                });
            }
        }
        let mut checks = verify::means(&judged, &claims)?;
        // One line for each kind is enough on the page; the worst of it.
        checks.sort_by(|a, b| (a.ok, &b.what).cmp(&(b.ok, &a.what)).reverse());
        Ok(worst_of_each(checks))
    }
}

/// Is a mean without a finite value, wherever it was looked at?
fn diverges(versus: &Versus, truth: &Density, asked: &[Expr], found: &[Mean]) -> bool {
    let facts = &versus.first.facts;
    let never = |mean: &Mean| {
        mean.positive
            .iter()
            .any(|c| facts.is_positive(c) == Truth::No)
    };
    if found.iter().any(never) {
        return true;
    }
    let open: Vec<Expr> = asked
        .iter()
        .zip(found)
        .filter(|(_, mean)| mean.open)
        .map(|(g, _)| g.clone())
        .collect();
    if open.is_empty() {
        return false;
    }
    let mut sampler = Sampler::new(&versus.first, 0xD1CE);
    let mut looked = vec![0_usize; open.len()];
    for _ in 0..LOOKS {
        let Some(point) = sampler.point() else { break };
        for (count, found) in looked
            .iter_mut()
            .zip(first_moments(truth, facts, &open, &point))
        {
            if matches!(found, Existence::Diverges { .. }) {
                *count += 1;
            }
        }
    }
    looked.contains(&LOOKS)
}
