//! `bartlett plot`: the score, the information and a confidence ellipse as a picture.
//! In: `PlotOptions`. Out: a file, an exit status. Never: how a line is drawn.

use super::axis::{Axis, data_range, over, parameter_range, usual_point};
use super::eval::{Trouble, quantity};
use super::point::Point;
use super::question;
use crate::answer::{Answer, Exit};
use crate::arguments::{Picture, PlotOptions, Quantity};
use crate::draw;
use crate::figure::{Curve, Figure, png, svg};
use crate::formats::Shape;
use bartlett::report::Report;
use bartlett::{Expr, Model, Symbol};
use std::path::Path;

/// Points of a curve.
const POINTS: usize = 240;
/// Points of a curve each of which needs an integral.
const INTEGRALS: usize = 40;
/// −2 log(1 − 0.95): the 95 % point of χ² with two degrees of freedom.
const RADIUS: f64 = 5.991_464_547_107_979;

/// Does it.
pub fn run(options: &PlotOptions) -> Exit {
    question::each(&options.input, |model| {
        answer(options, model).unwrap_or_else(|trouble| match trouble {
            Trouble::NotUnderstood(problem) => Answer::not_understood(problem),
            Trouble::Refused(problem) => Answer::refused(problem),
        })
    })
}

/// Everything that can be drawn of a model, into a file.
pub fn everything(model: &Model, report: &Report, path: &Path) -> Answer {
    let drawn = usual_point(model, None).map(|at| {
        let question = Question {
            model,
            report,
            at: &at,
            over: None,
            n: 100,
        };
        let all = [Picture::Score, Picture::Information, Picture::Ellipse];
        all.iter()
            .filter_map(|what| question.figure(*what).ok())
            .collect()
    });
    let written = drawn
        .map_err(Trouble::NotUnderstood)
        .and_then(|figures: Vec<Figure>| write(path, &figures));
    match written {
        Ok(()) => Answer::default(),
        Err(Trouble::NotUnderstood(problem)) => Answer::not_understood(problem),
        Err(Trouble::Refused(problem)) => Answer::refused(problem),
    }
}

fn answer(options: &PlotOptions, model: &Model) -> Result<Answer, Trouble> {
    ending(&options.output)?;
    let at = usual_point(model, options.at.as_deref()).map_err(Trouble::NotUnderstood)?;
    let over = match &options.over {
        Some(text) => Some(over(text, model).map_err(Trouble::NotUnderstood)?),
        None => None,
    };
    let report = bartlett::derive(model);
    let question = Question {
        model,
        report: &report,
        at: &at,
        over,
        n: options.n,
    };
    let figures = options
        .what
        .iter()
        .map(|what| question.figure(*what))
        .collect::<Result<Vec<Figure>, Trouble>>()?;
    write(&options.output, &figures)?;
    Ok(Answer::default())
}

/// The ending of the file's name, which chooses the format.
fn ending(path: &Path) -> Result<&'static str, Trouble> {
    let ending = path
        .extension()
        .and_then(|end| end.to_str())
        .unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "svg" => Ok("svg"),
        "png" => Ok("png"),
        _ => Err(Trouble::NotUnderstood(draw::message(
            &format!("`{}` is neither an SVG nor a PNG file", path.display()),
            Some("end its name in .svg or .png"),
        ))),
    }
}

fn write(path: &Path, figures: &[Figure]) -> Result<(), Trouble> {
    let refused = |error: String| {
        let message = format!("`{}` cannot be written: {error}", path.display());
        Trouble::Refused(draw::message(&message, None))
    };
    if figures.is_empty() {
        return Err(refused("there is nothing to draw".to_owned()));
    }
    let bytes = match ending(path)? {
        "svg" => svg(figures).map(String::into_bytes),
        _ => png(figures),
    };
    std::fs::write(path, bytes.map_err(refused)?).map_err(|error| refused(error.to_string()))
}

/// What is to be drawn, and where.
struct Question<'a> {
    model: &'a Model,
    report: &'a Report,
    at: &'a Point,
    over: Option<Axis>,
    n: u32,
}

impl Question<'_> {
    fn figure(&self, what: Picture) -> Result<Figure, Trouble> {
        match what {
            Picture::Score => self.score(),
            Picture::Information => self.information(),
            Picture::Ellipse => self.ellipse(),
        }
    }

    fn refused<T>(&self, message: &str, why: Option<&str>) -> Result<T, Trouble> {
        Err(Trouble::Refused(draw::message(message, why)))
    }

    /// The point with another value of one symbol.
    fn moved(&self, symbol: &Symbol, value: f64) -> Point {
        let mut at = self.at.clone();
        at.retain(|(name, _)| name != symbol);
        at.push((symbol.clone(), value));
        at
    }

    /// `score of x ~ Normal(mu, sigma) at sigma = 2`
    fn title(&self, what: &str, but: &[&Symbol]) -> String {
        let model = self.model.text.lines().next().unwrap_or_default();
        let model: String = if model.chars().count() > 60 {
            model.chars().take(58).chain(['…']).collect()
        } else {
            model.to_owned()
        };
        let values: Vec<String> = self
            .at
            .iter()
            .filter(|(symbol, _)| !but.contains(&symbol))
            .map(|(symbol, value)| format!("{} = {value}", shown(symbol)))
            .collect();
        let place = if values.is_empty() {
            String::new()
        } else {
            format!(" at {}", values.join(", "))
        };
        format!("{what} of {model}{place}")
    }

    fn score(&self) -> Result<Figure, Trouble> {
        if self.report.score.is_empty() {
            return self.refused("this model has no score", None);
        }
        let data: Vec<&Symbol> = self.model.data().map(|datum| &datum.symbol).collect();
        let axis = match &self.over {
            Some(axis) => axis.clone(),
            None => Axis {
                symbol: data[0].clone(),
                range: None,
            },
        };
        let missing = data.iter().find(|symbol| {
            ***symbol != axis.symbol && !self.at.iter().any(|(name, _)| name == **symbol)
        });
        if let Some(symbol) = missing {
            return Err(Trouble::NotUnderstood(draw::message(
                &format!("the score depends on {symbol}, which has no value"),
                Some(&format!("add `--at {symbol}=…`")),
            )));
        }
        let is_datum = data.contains(&&axis.symbol);
        let (low, high) = match axis.range {
            Some(range) => range,
            None if is_datum => data_range(self.model, self.report, &axis.symbol, self.at),
            None => parameter_range(self.model, &axis.symbol, self.at),
        };
        let marked = is_datum
            && self
                .model
                .data()
                .any(|d| d.symbol == axis.symbol && d.support.is_discrete());
        let xs = if marked {
            integers(low, high)
        } else {
            grid(low, high, POINTS)
        };
        let points: Vec<Point> = xs.iter().map(|x| self.moved(&axis.symbol, *x)).collect();
        let curves = self.model.parameters.iter().zip(&self.report.score);
        let curves = curves.map(|(parameter, e)| Curve {
            name: format!("∂/∂{}", shown(parameter)),
            points: xs
                .iter()
                .zip(&points)
                .map(|(x, at)| (*x, e.value_at(at)))
                .collect(),
            marked,
        });
        Ok(Figure {
            title: self.title("score", &[&axis.symbol]),
            axis: shown(&axis.symbol),
            curves: curves.collect(),
        })
    }

    fn information(&self) -> Result<Figure, Trouble> {
        let Some(fisher) = &self.report.fisher else {
            return self.refused("this model has no Fisher information", self.reason());
        };
        let parameters = &self.model.parameters;
        let held = |symbol: &&Symbol| fisher.matrix.iter().flatten().any(|e| e.contains(symbol));
        let symbol = match &self.over {
            Some(axis) if self.model.data().any(|d| d.symbol == axis.symbol) => {
                return Err(Trouble::NotUnderstood(draw::message(
                    "the information does not depend on data",
                    Some("give `--over` a parameter or a known symbol"),
                )));
            }
            Some(axis) => axis.symbol.clone(),
            None => parameters
                .iter()
                .find(held)
                .unwrap_or(&parameters[0])
                .clone(),
        };
        let range = self.over.as_ref().and_then(|axis| axis.range);
        let (low, high) = range.unwrap_or_else(|| parameter_range(self.model, &symbol, self.at));
        let closed = fisher.status == bartlett::report::Closure::Closed;
        let xs = grid(low, high, if closed { POINTS } else { INTEGRALS });
        let matrices: Vec<Option<Vec<Vec<f64>>>> = xs
            .iter()
            .map(|x| self.matrix(Quantity::Fisher, &self.moved(&symbol, *x)).ok())
            .collect();
        let p = parameters.len();
        let mut curves = Vec::new();
        for (i, j) in (0..p).flat_map(|i| (i..p).map(move |j| (i, j))) {
            if fisher.matrix[i][j].is_zero() {
                continue;
            }
            let value = |m: &Option<Vec<Vec<f64>>>| m.as_ref().map_or(f64::NAN, |m| m[i][j]);
            curves.push(Curve {
                name: format!("I({}, {})", shown(&parameters[i]), shown(&parameters[j])),
                points: xs
                    .iter()
                    .zip(&matrices)
                    .map(|(x, m)| (*x, value(m)))
                    .collect(),
                marked: false,
            });
        }
        if curves
            .iter()
            .all(|curve| curve.points.iter().all(|(_, y)| !y.is_finite()))
        {
            return self.refused("the information has no finite value in that range", None);
        }
        Ok(Figure {
            title: self.title("information", &[&symbol]),
            axis: shown(&symbol),
            curves,
        })
    }

    fn ellipse(&self) -> Result<Figure, Trouble> {
        if self.report.fisher.is_none() {
            return self.refused("this model has no Fisher information", self.reason());
        }
        let [first, second, ..] = &self.model.parameters[..] else {
            return self.refused(
                "an ellipse needs two parameters, and this model has one",
                Some("draw `--what information`"),
            );
        };
        let bound = self.matrix(Quantity::Crb, self.at)?;
        let n = f64::from(self.n);
        let (a, b, c) = (bound[0][0] / n, bound[0][1] / n, bound[1][1] / n);
        // The Cholesky factor of the two parameters' block.
        let (l11, l21) = (a.sqrt(), b / a.sqrt());
        let l22 = (c - l21 * l21).max(0.0).sqrt();
        let value = |symbol: &Symbol| {
            let found = self.at.iter().find(|(name, _)| name == symbol);
            found.map_or(f64::NAN, |(_, value)| *value)
        };
        let center = (value(first), value(second));
        let point = |k: usize| {
            let angle = std::f64::consts::TAU * k as f64 / POINTS as f64;
            let (u, v) = (RADIUS.sqrt() * angle.cos(), RADIUS.sqrt() * angle.sin());
            (center.0 + l11 * u, center.1 + l21 * u + l22 * v)
        };
        let what = format!("95 % ellipse, n = {}: the bound", self.n);
        Ok(Figure {
            title: self.title(&what, &[]),
            axis: format!("{} (vertical: {})", shown(first), shown(second)),
            curves: vec![
                Curve {
                    name: String::new(),
                    points: (0..=POINTS).map(point).collect(),
                    marked: false,
                },
                Curve {
                    name: String::new(),
                    points: vec![center],
                    marked: true,
                },
            ],
        })
    }

    fn reason(&self) -> Option<&str> {
        self.report.regularity.findings.first().map(String::as_str)
    }

    fn matrix(&self, what: Quantity, at: &Point) -> Result<Vec<Vec<f64>>, Trouble> {
        match quantity(what, self.report, at)?.1 {
            Shape::Matrix(rows) => Ok(rows),
            Shape::Vector(row) => Ok(vec![row]),
        }
    }
}

fn shown(symbol: &Symbol) -> String {
    Expr::symbol(symbol.name()).unicode()
}

fn grid(low: f64, high: f64, count: usize) -> Vec<f64> {
    let step = (high - low) / (count - 1) as f64;
    (0..count).map(|k| low + step * k as f64).collect()
}

/// The integers of a range; so many at most.
fn integers(low: f64, high: f64) -> Vec<f64> {
    let first = low.ceil();
    let count = ((high - first).floor() + 1.0).clamp(1.0, 400.0);
    (0..count as usize).map(|k| first + k as f64).collect()
}
