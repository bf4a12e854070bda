//! A drawing surface of pixels whose letters come from a table of 8×8 dots, so that no font of the system is needed.
//! In: what the plotting crate draws. Out: RGB bytes. Never: a file.

use font8x8::{BASIC_FONTS, GREEK_FONTS, LATIN_FONTS, UnicodeFonts};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

/// The surface; the pixels are read when it is done.
pub struct Bitmap {
    width: u32,
    height: u32,
    pixels: Rc<RefCell<Vec<u8>>>,
}

/// Side of a letter in dots.
const SIDE: i32 = 8;

impl Bitmap {
    /// A surface of that size over white pixels, three bytes each.
    pub fn new(width: u32, height: u32, pixels: Rc<RefCell<Vec<u8>>>) -> Self {
        Self {
            width,
            height,
            pixels,
        }
    }
}

/// The dots of a letter; what the table lacks is a question mark.
fn letter(c: char) -> [u8; 8] {
    let plain = match c {
        '−' | '–' => '-',
        '·' => '.',
        'ϵ' => 'ε',
        '∂' => 'd',
        c => c,
    };
    let found = BASIC_FONTS.get(plain);
    let found = found
        .or_else(|| GREEK_FONTS.get(plain))
        .or_else(|| LATIN_FONTS.get(plain));
    found.or_else(|| BASIC_FONTS.get('?')).unwrap_or_default()
}

/// How many pixels a dot has at a size of text; a long line is small.
fn scale(text: &str, size: f64) -> i32 {
    if size >= 17.5 && text.chars().count() < 42 {
        2
    } else {
        1
    }
}

fn extent<S: BackendTextStyle>(text: &str, style: &S) -> (i32, i32) {
    let side = SIDE * scale(text, style.size());
    let letters = i32::try_from(text.chars().count()).unwrap_or(i32::MAX / side);
    (letters * side, side)
}

impl DrawingBackend for Bitmap {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.width, self.height)
    }
    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }
    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }
    fn draw_pixel(
        &mut self,
        (x, y): BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let (Ok(column), Ok(row)) = (u32::try_from(x), u32::try_from(y)) else {
            return Ok(());
        };
        if column >= self.width || row >= self.height {
            return Ok(());
        }
        let at = ((row * self.width + column) * 3) as usize;
        let (red, green, blue) = color.rgb;
        let mut pixels = self.pixels.borrow_mut();
        for (byte, part) in pixels[at..at + 3].iter_mut().zip([red, green, blue]) {
            let mixed = f64::from(*byte) * (1.0 - color.alpha) + f64::from(part) * color.alpha;
            *byte = mixed.round().clamp(0.0, 255.0) as u8;
        }
        Ok(())
    }
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let (width, height) = extent(text, style);
        Ok((width.unsigned_abs(), height.unsigned_abs()))
    }
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        use plotters_backend::text_anchor::{HPos, VPos};
        let color = style.color();
        if color.alpha == 0.0 {
            return Ok(());
        }
        let (width, height) = extent(text, style);
        let left = match style.anchor().h_pos {
            HPos::Left => at.0,
            HPos::Center => at.0 - width / 2,
            HPos::Right => at.0 - width,
        };
        let top = match style.anchor().v_pos {
            VPos::Top => at.1,
            VPos::Center => at.1 - height / 2,
            VPos::Bottom => at.1 - height,
        };
        let dot = scale(text, style.size());
        for (i, c) in (0..).zip(text.chars()) {
            for (row, bits) in (0..).zip(letter(c)) {
                for column in (0..SIDE).filter(|column| bits >> column & 1 == 1) {
                    for (dx, dy) in (0..dot).flat_map(|dx| (0..dot).map(move |dy| (dx, dy))) {
                        let x = left + (i * SIDE + column) * dot + dx;
                        self.draw_pixel((x, top + row * dot + dy), color)?;
                    }
                }
            }
        }
        Ok(())
    }
    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        plotters_backend::rasterizer::draw_rect(self, upper_left, bottom_right, style, fill)
    }
}
