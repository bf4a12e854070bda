//! The support of a datum cut at its kinks, each stretch with the edges of its peaks.
//! In: a `Walker` whose earlier data are fixed. Out: `Segment`s. Never: an integral.

use super::kinks;
use super::leaves::Place;
use super::walk::Walker;
use bartlett_special::{Abscissa, Peak, locate, locate_columns, locate_counts};

/// A stretch without kinks inside.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) lower: f64,
    pub(super) upper: f64,
    pub(super) above_lower: Option<usize>,
    pub(super) below_upper: Option<usize>,
    pub(super) breakpoints: Vec<f64>,
    pub(super) peaks: Vec<Peak>,
}

/// Finite sums up to this length are added term by term.
const SHORT: f64 = 4096.0;

/// A kink and the programs in the distance above and below it.
type Cut = (f64, Option<[usize; 2]>);

impl Walker<'_> {
    /// The support of datum k cut at its kinks, each stretch with the edges of its peaks.
    pub(super) fn segments(&mut self, k: usize) -> Vec<Segment> {
        let subject = self.subject;
        let plan = &subject.data[k];
        let (lower, upper) = match plan.step {
            Some(step) => self.lattice(k, step),
            None => self.range(k),
        };
        if !(lower < upper || (plan.step.is_some() && lower == upper)) {
            return Vec::new();
        }
        let values = self.ends[k].at(&self.data).to_vec();
        let mut cuts: Vec<Cut> = values[2..2 + plan.roots]
            .iter()
            .zip(&plan.around_roots)
            .map(|(x, locals)| (*x, *locals))
            .collect();
        if !plan.searched.is_empty() {
            let mut data = self.data[..=k].to_vec();
            let grid = kinks::grid(lower, upper);
            let range = (lower, upper);
            let searched = &mut self.searched[k];
            let found = kinks::places(searched, &plan.at_integers, &mut data, range, &grid);
            cuts.extend(found.into_iter().map(|x| (x, None)));
        }
        cuts.retain(|(x, _)| *x > lower && *x < upper);
        cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
        cuts.dedup_by(|b, a| (b.0 - a.0).abs() <= 1e-12 * a.0.abs());
        let mut out = match plan.step {
            Some(step) => discrete_segments(lower, upper, step, &cuts),
            None => {
                let mut out = Vec::new();
                let mut from = (lower, plan.above_lower);
                for (x, locals) in cuts
                    .iter()
                    .map(|(x, l)| (*x, l.as_ref()))
                    .chain([(upper, None)])
                {
                    let below = if x == upper {
                        plan.below_upper
                    } else {
                        locals.map(|l| l[1])
                    };
                    out.push(Segment {
                        lower: from.0,
                        upper: x,
                        above_lower: from.1,
                        below_upper: below,
                        breakpoints: Vec::new(),
                        peaks: Vec::new(),
                    });
                    from = (x, locals.map(|l| l[0]));
                }
                out
            }
        };
        let hints: Vec<f64> = values[2..2 + plan.roots]
            .iter()
            .copied()
            .filter(|x| *x > lower && *x < upper)
            .collect();
        let last = k + 1 == self.data.len();
        if !last {
            self.settle(k, 2);
        }
        let mode = self.data.clone();
        for segment in &mut out {
            self.data.clone_from(&mode);
            self.find_peaks(k, last, segment, &hints);
        }
        self.data.clone_from(&mode);
        out
    }

    /// Fills in a segment's peaks and their edges, from the slice through the other data.
    fn find_peaks(&mut self, k: usize, last: bool, segment: &mut Segment, hints: &[f64]) {
        let discrete = self.subject.data[k].step.is_some();
        let short = discrete && segment.upper - segment.lower <= SHORT;
        if short && !last {
            segment.peaks = vec![Peak {
                at: segment.lower,
                left: segment.lower,
                right: segment.upper,
                log_height: 0.0,
                kink: false,
            }];
            return;
        }
        if short {
            let mut best = f64::NEG_INFINITY;
            let mut x = segment.lower;
            let step = self.subject.data[k].step.unwrap_or(1.0);
            let mut at = x;
            while x <= segment.upper {
                self.data[k] = x;
                let height = self.log_density(Place::Here);
                if height > best {
                    (best, at) = (height, x);
                }
                x += step;
            }
            segment.peaks = vec![Peak {
                at,
                left: at,
                right: at,
                log_height: best,
                kink: false,
            }];
            return;
        }
        // no density is infinite but for an underflow inside its formula
        let usable = |height: f64| {
            if height < f64::INFINITY {
                height
            } else {
                f64::NEG_INFINITY
            }
        };
        let (lower, upper) = (segment.lower, segment.upper);
        let at = |x: f64| Abscissa {
            x,
            from_lower: x - lower,
            from_upper: upper - x,
        };
        let found = if last && !discrete {
            let mut heights = |points: &[f64], out: &mut [f64]| {
                let points: Vec<Abscissa> = points.iter().map(|x| at(*x)).collect();
                self.log_densities(segment, &points, out);
                out.iter_mut().for_each(|height| *height = usable(*height));
            };
            locate_columns(&mut heights, lower, upper, hints)
        } else {
            let mut height = |x: f64| {
                usable(if last {
                    let place = self.place(segment, at(x));
                    self.log_density(place)
                } else {
                    self.slice(k, x)
                })
            };
            if discrete {
                locate_counts(&mut height, lower, upper, hints)
            } else {
                locate(&mut height, lower, upper, hints)
            }
        };
        segment.breakpoints = found.breakpoints;
        segment.peaks = found.peaks;
    }
}

/// Stretches of a lattice between kinks; a point at a kink stands by itself.
fn discrete_segments(first: f64, last: f64, step: f64, cuts: &[Cut]) -> Vec<Segment> {
    let mut starts = vec![first];
    if first.is_finite() {
        for (x, _) in cuts.iter().filter(|(x, _)| x.is_finite()) {
            let index = (x - first) / step;
            let rounded = index.round();
            if (index - rounded).abs() < 1e-9 {
                starts.extend([first + rounded * step, first + (rounded + 1.0) * step]);
            } else {
                starts.push(first + index.ceil() * step);
            }
        }
    } else {
        for (x, _) in cuts.iter().filter(|(x, _)| x.is_finite()) {
            let origin = if last.is_finite() { last } else { 0.0 };
            let index = ((x - origin) / step).ceil();
            starts.extend([origin + index * step, origin + (index + 1.0) * step]);
        }
    }
    starts.retain(|s| *s <= last);
    starts.sort_by(f64::total_cmp);
    starts.dedup();
    (0..starts.len())
        .map(|i| Segment {
            lower: starts[i],
            upper: starts.get(i + 1).map_or(last, |next| next - step),
            above_lower: None,
            below_upper: None,
            breakpoints: Vec::new(),
            peaks: Vec::new(),
        })
        .collect()
}
