//! Figures: curves over an axis, drawn by a plotting crate.
//! In: `Figure`s. Out: the bytes of an SVG or PNG file. Never: a model, or a font of the system.

mod bitmap;

use bitmap::Bitmap;
use plotters::coord::Shift;
use plotters::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// One picture.
pub struct Figure {
    /// What stands above it.
    pub title: String,
    /// What the horizontal axis shows.
    pub axis: String,
    /// What it shows.
    pub curves: Vec<Curve>,
}

/// A curve, or single points where its values stand alone.
pub struct Curve {
    /// Its name.
    pub name: String,
    /// Its points in order; where one has no finite value the curve is broken.
    pub points: Vec<(f64, f64)>,
    /// Are the points marked, as for data that are integers?
    pub marked: bool,
}

const WIDTH: u32 = 720;
const HEIGHT: u32 = 440;
/// Colors that people with any color vision can tell apart (Okabe & Ito 2008).
const COLORS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
];

/// The pictures, one below the other, as SVG text.
///
/// # Errors
/// What the plotting crate says.
pub fn svg(figures: &[Figure]) -> Result<String, String> {
    let mut text = String::new();
    {
        let size = (WIDTH, HEIGHT * count(figures));
        let root = SVGBackend::with_string(&mut text, size).into_drawing_area();
        draw(&root, figures).map_err(|error| error.to_string())?;
    }
    Ok(text)
}

/// The pictures, one below the other, as a PNG file.
///
/// # Errors
/// What the plotting crate says.
pub fn png(figures: &[Figure]) -> Result<Vec<u8>, String> {
    let (width, height) = (WIDTH, HEIGHT * count(figures));
    let pixels = Rc::new(RefCell::new(vec![255; (width * height * 3) as usize]));
    let root = Bitmap::new(width, height, Rc::clone(&pixels)).into_drawing_area();
    draw(&root, figures).map_err(|error| error.to_string())?;
    drop(root);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    writer
        .write_image_data(&pixels.borrow())
        .map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn count(figures: &[Figure]) -> u32 {
    u32::try_from(figures.len()).unwrap_or(1).max(1)
}

type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

fn draw<B: DrawingBackend>(root: &DrawingArea<B, Shift>, figures: &[Figure]) -> Drawn<B> {
    root.fill(&WHITE)?;
    let areas = root.split_evenly((figures.len().max(1), 1));
    for (area, figure) in areas.iter().zip(figures) {
        one(area, figure)?;
    }
    root.present()
}

/// The range of finite values, a little wider; far outliers, as beside a pole, are cut.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut values: Vec<f64> = values.filter(|v| v.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let (Some(first), Some(last)) = (values.first().copied(), values.last().copied()) else {
        return (0.0, 1.0);
    };
    let place = |share: f64| values[((values.len() - 1) as f64 * share) as usize];
    let (low, high) = (place(0.05), place(0.95));
    let (mut low, mut high) = if last - first > 6.0 * (high - low) && high > low {
        let more = 0.5 * (high - low);
        ((low - more).max(first), (high + more).min(last))
    } else {
        (first, last)
    };
    if high - low <= 1e-12 * high.abs().max(low.abs()).max(1e-300) {
        let more = if low == 0.0 { 1.0 } else { 0.5 * low.abs() };
        (low, high) = (low - more, high + more);
    }
    let more = 0.04 * (high - low);
    (low - more, high + more)
}

/// The parts of a curve inside the range.
fn pieces(curve: &Curve, low: f64, high: f64) -> Vec<Vec<(f64, f64)>> {
    let inside = |(x, y): &(f64, f64)| x.is_finite() && *y >= low && *y <= high;
    let parts = curve.points.split(|point| !inside(point));
    parts
        .filter(|part| !part.is_empty())
        .map(<[_]>::to_vec)
        .collect()
}

fn one<B: DrawingBackend>(area: &DrawingArea<B, Shift>, figure: &Figure) -> Drawn<B> {
    let points = || figure.curves.iter().flat_map(|curve| &curve.points);
    let (left, right) = {
        let xs = || points().map(|(x, _)| *x).filter(|x| x.is_finite());
        let (low, high) = (
            xs().fold(f64::INFINITY, f64::min),
            xs().fold(f64::NEG_INFINITY, f64::max),
        );
        if low < high {
            let more = 0.02 * (high - low);
            (low - more, high + more)
        } else {
            (low - 1.0, low + 1.0)
        }
    };
    let (low, high) = range(points().map(|(_, y)| *y));
    let mut chart = ChartBuilder::on(area)
        .caption(&figure.title, ("sans-serif", 18))
        .margin(14)
        .x_label_area_size(44)
        .y_label_area_size(72)
        .build_cartesian_2d(left..right, low..high)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc(&figure.axis)
        .label_style(("sans-serif", 13))
        .axis_desc_style(("sans-serif", 15))
        .x_labels(9)
        .y_labels(9)
        .x_label_formatter(&|v| number(*v))
        .y_label_formatter(&|v| number(*v))
        .draw()?;
    for (curve, color) in figure.curves.iter().zip(COLORS.iter().cycle()) {
        let mut named = false;
        for part in pieces(curve, low, high) {
            let series = chart.draw_series(LineSeries::new(part.clone(), color.stroke_width(2)))?;
            if !named && !curve.name.is_empty() {
                named = true;
                let color = *color;
                series.label(curve.name.clone()).legend(move |(x, y)| {
                    PathElement::new(vec![(x, y), (x + 18, y)], color.stroke_width(2))
                });
            }
            if curve.marked || part.len() == 1 {
                let marks = part
                    .iter()
                    .map(|point| Circle::new(*point, 3, color.filled()));
                chart.draw_series(marks)?;
            }
        }
    }
    if figure.curves.iter().any(|curve| !curve.name.is_empty()) {
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperRight)
            .label_font(("sans-serif", 14))
            .background_style(WHITE.mix(0.85))
            .border_style(BLACK.mix(0.3))
            .draw()?;
    }
    Ok(())
}

/// A number on an axis.
fn number(v: f64) -> String {
    if v != 0.0 && !(1e-3..1e5).contains(&v.abs()) {
        return format!("{v:.1e}");
    }
    let text = format!("{v:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{number, range};

    #[test]
    fn a_pole_does_not_flatten_the_rest() {
        let values = (1..=100).map(|k| 1.0 / (f64::from(k) * 1e-2).powi(4));
        let (low, high) = range(values);
        assert!(low < 1.1 && high < 1e6, "{low} {high}");
        assert_eq!(range([2.0, 2.0].into_iter()).0, 2.0 - 1.0 - 0.08);
    }

    #[test]
    fn numbers_are_short() {
        let texts = [0.0, -0.5, 1e6, 12.25].map(number);
        assert_eq!(texts, ["0", "-0.5", "1.0e6", "12.25"]);
    }
}
