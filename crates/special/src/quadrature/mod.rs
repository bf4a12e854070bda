//! Integration of vector-valued functions over finite, half-infinite and infinite ranges.
//! In: a closure over a point, a range, breakpoints → Out: `Integral` (values, errors, converged).
//! Never: a search for where the mass is (see `locate`); a narrow peak must be bracketed by breakpoints.

mod double_exponential;
mod gauss_kronrod;
mod geometry;
mod samples;

use double_exponential::Trapezoid;
use gauss_kronrod::Adaptive;
use geometry::{Map, Piece, Range};

pub use geometry::Abscissa;

/// Which rule integrates which piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Double exponential on the pieces that touch an end of the range (Gauss–Kronrod if that does
    /// not converge), Gauss–Kronrod on the pieces inside.
    Automatic,
    /// Adaptive 21-point Gauss–Kronrod everywhere, after a change of variable at the ends.
    GaussKronrod,
    /// Tanh-sinh, exp-sinh or sinh-sinh everywhere.
    DoubleExponential,
    /// The other rule than `Automatic` on every piece: a second opinion.
    Opposite,
}

/// How far to go.
#[derive(Clone, Copy, Debug)]
pub struct IntegrateOptions {
    /// Wanted error of each entry, as a share of ∫|f|.
    pub relative: f64,
    /// Wanted error of each entry, absolute; the larger of the two counts.
    pub absolute: f64,
    /// The integrand is called at most about this many times.
    pub max_evaluations: usize,
    /// Which rule.
    pub rule: Rule,
}

impl Default for IntegrateOptions {
    fn default() -> Self {
        Self {
            relative: 1e-11,
            absolute: 0.0,
            max_evaluations: 50_000,
            rule: Rule::Automatic,
        }
    }
}

/// The value of an integral, entry by entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Integral {
    /// ∫ f
    pub values: Vec<f64>,
    /// Estimated absolute errors.
    pub errors: Vec<f64>,
    /// ∫ |f|, to a few digits: the scale against which `relative` is meant.
    pub magnitudes: Vec<f64>,
    /// Calls of the integrand.
    pub evaluations: usize,
    /// True if every entry reached the wanted error, or the limit that the rounding of x sets.
    pub converged: bool,
}

/// Integrates `f(x, out)` over (`lower`, `upper`), either of which may be infinite.
///
/// - Shape: `f` fills `dimension` entries; all entries share the points.
/// - `breakpoints`: kinks, and the edges of peaks (from `locate`); those outside are ignored.
/// - A singularity is allowed at an end of the range, not inside. Values that are not finite are
///   tolerated only in the utmost vicinity of an end; elsewhere `converged` is false.
/// - Never panics; an empty range gives zeros, a reversed one is not converged and NaN.
pub fn integrate(
    f: &mut dyn FnMut(f64, &mut [f64]),
    dimension: usize,
    lower: f64,
    upper: f64,
    breakpoints: &[f64],
    options: &IntegrateOptions,
) -> Integral {
    integrate_at(
        &mut |at, out| f(at.x, out),
        dimension,
        lower,
        upper,
        breakpoints,
        options,
    )
}

/// As `integrate`, for an integrand that is told the distances to the ends of the range: near an
/// end other than 0 they are exact where x is not, as (1 − x)^(−0.9) needs.
pub fn integrate_at(
    f: &mut dyn FnMut(Abscissa, &mut [f64]),
    dimension: usize,
    lower: f64,
    upper: f64,
    breakpoints: &[f64],
    options: &IntegrateOptions,
) -> Integral {
    let mut entries = vec![0.0; dimension];
    integrate_columns(
        &mut |points, out| {
            for (i, at) in points.iter().enumerate() {
                f(*at, &mut entries);
                for (j, value) in entries.iter().enumerate() {
                    out[j * points.len() + i] = *value;
                }
            }
        },
        dimension,
        lower,
        upper,
        breakpoints,
        options,
    )
}

/// As `integrate_at`, for an integrand that is given many points at once.
///
/// - Shape: `f(points, out)` fills column after column: entry j at point i is `out[j * points.len() + i]`.
pub fn integrate_columns(
    f: &mut dyn FnMut(&[Abscissa], &mut [f64]),
    dimension: usize,
    lower: f64,
    upper: f64,
    breakpoints: &[f64],
    options: &IntegrateOptions,
) -> Integral {
    if lower.is_nan() || upper.is_nan() || lower >= upper {
        let value = if lower == upper { 0.0 } else { f64::NAN };
        return Integral {
            values: vec![value; dimension],
            errors: vec![value; dimension],
            magnitudes: vec![value; dimension],
            evaluations: 0,
            converged: lower == upper,
        };
    }
    let range = Range { lower, upper };
    let pieces = geometry::pieces(range, breakpoints);
    let mut counted = Counted {
        f,
        evaluations: 0,
        limit: options.max_evaluations,
    };
    // a second opinion must not cut where the first did
    let cut = if options.rule == Rule::Opposite {
        0.54
    } else {
        0.47
    };
    let mut adaptive = Adaptive::new(range, dimension, options.relative, options.absolute, cut);
    let mut later = Vec::new();
    for piece in &pieces {
        let by_double_exponential = match options.rule {
            Rule::Automatic => piece.at_end,
            Rule::Opposite => !piece.at_end,
            Rule::GaussKronrod => false,
            Rule::DoubleExponential => true,
        };
        if by_double_exponential {
            later.push(*piece);
        } else {
            adaptive.add_piece(&mut counted, piece);
        }
    }
    for piece in &later {
        match double_exponential_piece(&mut counted, range, piece, &mut adaptive, options) {
            Outcome::Added => {}
            Outcome::Failed(result) if options.rule == Rule::DoubleExponential => {
                adaptive.add_result(&result);
                adaptive.failed = true;
            }
            Outcome::Failed(_) => adaptive.add_piece(&mut counted, piece),
        }
    }
    adaptive.refine(&mut counted);
    adaptive.finish(&mut counted)
}

/// As `integrate_at`, with a second opinion: each piece is done by both rules, the difference
/// enters `errors`, and `converged` needs their agreement.
pub fn integrate_twice(
    f: &mut dyn FnMut(Abscissa, &mut [f64]),
    dimension: usize,
    lower: f64,
    upper: f64,
    breakpoints: &[f64],
    options: &IntegrateOptions,
) -> Integral {
    let first = IntegrateOptions {
        rule: Rule::Automatic,
        ..*options
    };
    let mut result = integrate_at(f, dimension, lower, upper, breakpoints, &first);
    let second = IntegrateOptions {
        rule: Rule::Opposite,
        ..*options
    };
    let other = integrate_at(f, dimension, lower, upper, breakpoints, &second);
    result.evaluations += other.evaluations;
    for j in 0..dimension {
        let difference = (result.values[j] - other.values[j]).abs();
        let wanted = (options.relative * result.magnitudes[j]).max(options.absolute);
        if difference.is_nan() || difference > 10.0 * (wanted + result.errors[j] + other.errors[j])
        {
            result.converged = false;
        }
        result.errors[j] = result.errors[j].max(difference);
    }
    result
}

/// The integrand and how often it was called.
struct Counted<'a> {
    f: &'a mut dyn FnMut(&[Abscissa], &mut [f64]),
    evaluations: usize,
    limit: usize,
}

impl Counted<'_> {
    fn exhausted(&self) -> bool {
        self.evaluations >= self.limit
    }
}

/// One piece's share of an integral.
struct PieceResult {
    values: Vec<f64>,
    magnitudes: Vec<f64>,
    errors: Vec<f64>,
}

enum Outcome {
    Added,
    Failed(PieceResult),
}

fn double_exponential_piece(
    counted: &mut Counted,
    range: Range,
    piece: &Piece,
    adaptive: &mut Adaptive,
    options: &IntegrateOptions,
) -> Outcome {
    let map = Map::double_exponential(piece);
    let samples = std::mem::take(&mut adaptive.samples);
    let mut trapezoid = Trapezoid::new(range, map, adaptive.dimension(), samples);
    let (result, converged) = trapezoid.run(
        counted,
        adaptive.magnitudes(),
        options.relative,
        options.absolute,
    );
    adaptive.samples = trapezoid.samples;
    if converged {
        adaptive.add_result(&result);
        return Outcome::Added;
    }
    Outcome::Failed(result)
}
