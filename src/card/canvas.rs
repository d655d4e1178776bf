//! Puts shapes, letters and pictures onto a [`Drawing`], with smooth edges.
//!
//! Coverage has sixteen steps, which no eye tells from more on letters, and keeps a card without a photo within a palette.

use ab_glyph::{Font, point};

use super::faces::{Faces, Weight};
use crate::image::{Drawing, Size};

/// Steps of coverage between nothing and all.
const STEPS: f32 = 15.0;

/// Where the lines are within a row of pixels.
const LINES: [f32; 4] = [0.125, 0.375, 0.625, 0.875];

/// A place or a corner in pixels from the top left.
pub(super) type Point = (f32, f32);

/// A colour without transparency.
pub(super) type Rgb = [u8; 3];

/// How a text is drawn.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) size_px: f32,
    pub(super) color: Rgb,
}

/// A drawing in the making.
pub(super) struct Canvas {
    drawing: Drawing,
}

impl Canvas {
    pub(super) fn new(size: Size, color: Rgb) -> Self {
        Self { drawing: Drawing::new(size, color) }
    }

    pub(super) fn finish(self) -> Drawing {
        self.drawing
    }

    /// Fills a convex shape, whose corners are given in order.
    ///
    /// Every row is looked at in four lines; what lies inside of all of them is filled at once.
    pub(super) fn polygon(&mut self, corners: &[Point], color: Rgb) {
        let top = corners.iter().map(|corner| corner.1).fold(f32::MAX, f32::min).floor().max(0.0);
        let bottom = corners.iter().map(|corner| corner.1).fold(0.0, f32::max).ceil();
        let rows = top as u32..(bottom as u32).min(self.drawing.size().height_px);
        let right = self.drawing.size().width_px as f32;
        for y in rows {
            let spans = LINES.map(|line| span(corners, y as f32 + line, right));
            let low = |side: fn(&(f32, f32)) -> f32| spans.iter().map(side).fold(f32::MAX, f32::min);
            let high = |side: fn(&(f32, f32)) -> f32| spans.iter().map(side).fold(0.0, f32::max);
            let (inner_from, inner_to) = (high(|span| span.0).ceil(), low(|span| span.1).floor());
            let (outer_from, outer_to) = (low(|span| span.0).floor(), high(|span| span.1).ceil());
            let covered = |x: f32| {
                let part = |span: &(f32, f32)| (span.1.min(x + 1.0) - span.0.max(x)).clamp(0.0, 1.0);
                spans.iter().map(part).sum::<f32>() / LINES.len() as f32
            };
            let edges = if inner_from < inner_to {
                let inner = inner_from as usize..inner_to as usize;
                let row = self.drawing.row_mut(y).and_then(|row| row.get_mut(inner));
                row.into_iter().for_each(|row| row.fill(color));
                [outer_from as u32..inner_from as u32, inner_to as u32..outer_to as u32]
            } else {
                [outer_from as u32..outer_to as u32, 0..0]
            };
            for x in edges.into_iter().flatten() {
                self.blend((x as f32, y as f32), covered(x as f32), color);
            }
        }
    }

    /// Fills an upright rectangle from one corner to the opposite one.
    pub(super) fn rectangle(&mut self, from: Point, to: Point, color: Rgb) {
        self.polygon(&[from, (to.0, from.1), to, (from.0, to.1)], color);
    }

    /// Draws a straight line with flat ends.
    pub(super) fn line(&mut self, from: Point, to: Point, width_px: f32, color: Rgb) {
        let (x, y) = (to.0 - from.0, to.1 - from.1);
        let length = (x * x + y * y).sqrt().max(f32::EPSILON);
        let (x, y) = (x / length * width_px / 2.0, y / length * width_px / 2.0);
        let beside = |at: Point, side: f32| (at.0 - y * side, at.1 + x * side);
        self.polygon(&[beside(from, 1.0), beside(to, 1.0), beside(to, -1.0), beside(from, -1.0)], color);
    }

    /// Draws a text of one line, which begins at `at` on the baseline.
    pub(super) fn text(&mut self, faces: &Faces<'_>, text: &str, at: Point, style: Style) {
        let edges = faces.edges(style.weight, text);
        for (character, edge) in text.chars().zip(edges) {
            let Some(letter) = faces.letter(style.weight, character) else { continue };
            let x = at.0 + edge * style.size_px;
            let glyph = letter.glyph.with_scale_and_position(letter.scale(style.size_px), point(x, at.1));
            let Some(outline) = letter.font.outline_glyph(glyph) else { continue };
            let corner = outline.px_bounds().min;
            outline.draw(|x, y, coverage| {
                self.blend((corner.x + x as f32, corner.y + y as f32), coverage, style.color);
            });
        }
    }

    /// Lays a picture on the drawing, with its top left corner at a pixel.
    pub(super) fn picture(&mut self, picture: &Drawing, left: u32, top: u32) {
        for (row, y) in picture.rows().zip(top..) {
            let target = self.drawing.row_mut(y).and_then(|target| target.get_mut(left as usize..));
            target.into_iter().flatten().zip(row).for_each(|(pixel, seen)| *pixel = *seen);
        }
    }

    /// Lays a colour over the pixel at a whole place; what is outside of the drawing is not drawn.
    fn blend(&mut self, (x, y): Point, coverage: f32, color: Rgb) {
        let coverage = (coverage * STEPS).round().clamp(0.0, STEPS) as u16;
        if coverage == 0 || x < 0.0 || y < 0.0 {
            return;
        }
        if let Some(pixel) = self.drawing.pixel_mut(x as u32, y as u32) {
            *pixel = mix(*pixel, color, coverage, STEPS as u16);
        }
    }
}

/// Returns from where to where a line across the drawing is inside of a convex shape; an empty span where it is not.
fn span(corners: &[Point], y: f32, right: f32) -> (f32, f32) {
    let mut span = (right, 0.0_f32);
    for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        let (high, low) = if from.1 <= to.1 { (from, to) } else { (to, from) };
        if (high.1..low.1).contains(&y) {
            let x = high.0 + (low.0 - high.0) * (y - high.1) / (low.1 - high.1);
            span = (span.0.min(x), span.1.max(x));
        }
    }
    let (from, to) = (span.0.clamp(0.0, right), span.1.clamp(0.0, right));
    if from < to { (from, to) } else { (right, right) }
}

/// Returns a colour between two: `part` of `whole` is the second one.
pub(super) fn mix(first: Rgb, second: Rgb, part: u16, whole: u16) -> Rgb {
    let part = part.min(whole);
    std::array::from_fn(|index| {
        let side = |color: Rgb| color.get(index).map_or(0, |value| u16::from(*value));
        let sum = side(first) * (whole - part) + side(second) * part;
        u8::try_from((sum + whole / 2) / whole.max(1)).unwrap_or(u8::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colored(drawing: &Drawing, color: Rgb) -> usize {
        drawing.rows().flatten().filter(|pixel| **pixel == color).count()
    }

    #[test]
    fn shapes_have_smooth_edges_and_may_leave_the_drawing() {
        let red = [255, 0, 0];
        let mut canvas = Canvas::new(Size::new(10, 10), [0; 3]);
        canvas.rectangle((2.0, 2.0), (4.5, 4.0), red);
        let drawing = canvas.finish();
        assert_eq!(colored(&drawing, red), 4);
        assert_eq!(colored(&drawing, [136, 0, 0]), 2);
        let mut canvas = Canvas::new(Size::new(10, 10), [0; 3]);
        canvas.polygon(&[(-5.0, -5.0), (50.0, -5.0), (50.0, 50.0), (-5.0, 50.0)], red);
        canvas.line((3.0, 3.0), (3.0, 3.0), 2.0, red);
        canvas.picture(&Drawing::new(Size::new(5, 5), [9; 3]), 8, 8);
        canvas.picture(&Drawing::new(Size::new(5, 5), [9; 3]), 80, 80);
        let drawing = canvas.finish();
        assert_eq!((colored(&drawing, red), colored(&drawing, [9; 3])), (96, 4));
    }

    #[test]
    fn colors_between_two_are_rounded() {
        assert_eq!(mix([0, 10, 255], [255, 20, 0], 0, 15), [0, 10, 255]);
        assert_eq!(mix([0, 10, 255], [255, 20, 0], 15, 15), [255, 20, 0]);
        assert_eq!(mix([0, 10, 255], [255, 20, 0], 1, 2), [128, 15, 128]);
    }
}
