//! Finds the most interesting part of a picture.
//!
//! The method is smartcrop's, which Hugo uses: score every candidate rectangle by edges, skin and saturation,
//! prefer what lies near its middle and thirds, and punish what is left outside. Works on a copy of at most
//! 400 pixels on the shorter side, and only on every eighth pixel of it; pixels come from the caller.

use image::RgbImage;

use super::geometry::{Rect, Size};
use crate::diag::Diagnostic;

/// The shorter side of the copy that is looked at.
const COPY_SIDE_PX: f64 = 400.0;

/// The distance of candidates, and of the pixels that are scored.
const STEP_PX: u32 = 8;

/// Candidates are as large as fits, and this much of it.
const SMALLER_SCALE: f64 = 0.9;

/// Returns the best part of a picture of `size` in the ratio of `ratio`, in whole pixels.
///
/// `shrunk` makes a copy of the whole picture in a given size.
pub(super) fn best_part(
    size: Size,
    ratio: Size,
    shrunk: impl FnOnce(Size) -> Result<RgbImage, Diagnostic>,
) -> Result<Rect, Diagnostic> {
    if size == ratio {
        return Ok(size.whole());
    }
    let (width, height) = (f64::from(size.width_px), f64::from(size.height_px));
    let (ratio_width, ratio_height) = (f64::from(ratio.width_px.max(1)), f64::from(ratio.height_px.max(1)));
    let cover = (width / ratio_width).min(height / ratio_height);
    let shrink = (COPY_SIDE_PX / width.min(height)).min(1.0);

    // The width is rounded down and the height up (Hugo 0.168, found from its cuts).
    let copy_width = (width * shrink) as u32;
    let copy_height = (f64::from(copy_width) * height / width).ceil() as u32;
    let copy = shrunk(Size::new(copy_width.max(1), copy_height.max(1)))?;

    // A smaller part is only tried where it still has as many pixels as are wanted.
    let smallest = (1.0 / cover).clamp(SMALLER_SCALE, 1.0);
    let largest = ((ratio_width * cover * shrink).floor(), (ratio_height * cover * shrink).floor());
    let best = best_candidate(&copy, largest, smallest);

    let enlarged = |length: u32| (f64::from(length) / shrink).floor();
    let (left, top) = (enlarged(best.left).min(width - 1.0), enlarged(best.top).min(height - 1.0));
    let (right, bottom) = (enlarged(best.right).min(width), enlarged(best.bottom).min(height));
    Ok(Rect { x: left, y: top, width: (right - left).max(1.0), height: (bottom - top).max(1.0) })
}

/// A candidate, in pixels of the copy.
#[derive(Clone, Copy, Debug, Default)]
struct Candidate {
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
}

/// A scored pixel: where it is and how interesting.
struct Sample {
    x: f64,
    y: f64,
    interest: f64,
}

fn best_candidate(copy: &RgbImage, (width, height): (f64, f64), smallest: f64) -> Candidate {
    let samples = samples(copy);
    // A copy so flat that nothing fits keeps its whole.
    let mut best = Candidate { left: 0, top: 0, right: copy.width(), bottom: copy.height() };
    let mut best_score = f64::NEG_INFINITY;
    for scale in [1.0, SMALLER_SCALE].into_iter().filter(|scale| *scale >= smallest) {
        let (width, height) = (width * scale, height * scale);
        if width < 1.0 || height < 1.0 {
            continue;
        }
        let last = |side: u32, length: f64| (f64::from(side) - length).floor().max(-1.0) as i64;
        for top in (0..=last(copy.height(), height)).step_by(STEP_PX as usize) {
            for left in (0..=last(copy.width(), width)).step_by(STEP_PX as usize) {
                let (left, top) = (left as u32, top as u32);
                let candidate =
                    Candidate { left, top, right: left + width as u32, bottom: top + height as u32 };
                let score = score(&samples, candidate);
                if score > best_score {
                    (best, best_score) = (candidate, score);
                }
            }
        }
    }
    best
}

/// Sums up interest, weighted by place; per pixel, so that sizes compare.
fn score(samples: &[Sample], candidate: Candidate) -> f64 {
    let Candidate { left, top, right, bottom } = candidate;
    let (width, height) = (f64::from(right - left), f64::from(bottom - top));
    let (left, top) = (f64::from(left), f64::from(top));
    let sum: f64 = samples
        .iter()
        .map(|sample| importance((sample.x - left) / width, (sample.y - top) / height) * sample.interest)
        .sum();
    sum / (width * height)
}

/// Weighs a place in a candidate, from 0 to 1 in both directions.
fn importance(x: f64, y: f64) -> f64 {
    const OUTSIDE: f64 = -0.5;
    const EDGE_RADIUS: f64 = 0.4;
    const EDGE_WEIGHT: f64 = -20.0;
    if !(0.0..1.0).contains(&x) || !(0.0..1.0).contains(&y) {
        return OUTSIDE;
    }
    // Distances from the middle: 0 there, 1 at the edges.
    let (x, y) = ((0.5 - x).abs() * 2.0, (0.5 - y).abs() * 2.0);
    let near_edge = |distance: f64| (distance - 1.0 + EDGE_RADIUS).max(0.0);
    let edge = (near_edge(x).powi(2) + near_edge(y).powi(2)) * EDGE_WEIGHT;
    let middle = 1.41 - (x * x + y * y).sqrt();
    let rule_of_thirds = (middle + edge + 0.5).max(0.0) * 1.2 * (near_third(x) + near_third(y));
    middle + rule_of_thirds + edge
}

/// One where a distance from the middle is a third, falling to zero soon.
fn near_third(distance: f64) -> f64 {
    let off = ((distance - 1.0 / 3.0 + 1.0).rem_euclid(2.0) * 0.5 - 0.5) * 16.0;
    (1.0 - off * off).max(0.0)
}

/// Scores every eighth pixel in both directions.
fn samples(copy: &RgbImage) -> Vec<Sample> {
    let rows = (0..=copy.height().saturating_sub(STEP_PX)).step_by(STEP_PX as usize);
    let at_rows = rows.flat_map(|y| {
        let columns = (0..=copy.width().saturating_sub(STEP_PX)).step_by(STEP_PX as usize);
        columns.map(move |x| Sample { x: f64::from(x), y: f64::from(y), interest: interest(copy, x, y) })
    });
    at_rows.filter(|sample| sample.interest != 0.0).collect()
}

fn interest(copy: &RgbImage, x: u32, y: u32) -> f64 {
    let Some(pixel) = copy.get_pixel_checked(x, y) else {
        return 0.0;
    };
    let edge = edge(copy, x, y) / 255.0;
    let light = lightness(pixel.0) / 255.0;
    let skin = share(skin_likeness(pixel.0), 0.8, (0.2..=1.0).contains(&light));
    let saturation = share(saturation(pixel.0), 0.4, (0.05..=0.9).contains(&light));
    0.2 * edge + 1.8 * skin * (edge + 0.01) + 0.3 * saturation * (edge + 0.2)
}

/// Scales what is above a threshold to 0 to 1, in 255 steps as smartcrop stores it.
fn share(value: f64, threshold: f64, counts: bool) -> f64 {
    if !counts || value.partial_cmp(&threshold) != Some(std::cmp::Ordering::Greater) {
        return 0.0;
    }
    ((value - threshold) * (255.0 / (1.0 - threshold))).clamp(0.0, 255.0).floor() / 255.0
}

/// How much lighter a pixel is than its four neighbours, 0 to 255; zero at the border.
fn edge(copy: &RgbImage, x: u32, y: u32) -> f64 {
    if x == 0 || y == 0 {
        return 0.0;
    }
    let neighbours = [(x, y - 1), (x - 1, y), (x + 1, y), (x, y + 1)];
    let light = |(x, y): (u32, u32)| copy.get_pixel_checked(x, y).map(|pixel| lightness(pixel.0));
    let around: Option<f64> = neighbours.into_iter().map(light).sum();
    match (light((x, y)), around) {
        (Some(here), Some(around)) => (here * 4.0 - around).clamp(0.0, 255.0).floor(),
        _ => 0.0,
    }
}

/// The lightness, 0 to about 331: smartcrop exchanges the weights of red and blue, and results depend on it.
fn lightness([r, g, b]: [u8; 3]) -> f64 {
    0.5126 * f64::from(b) + 0.7152 * f64::from(g) + 0.0722 * f64::from(r)
}

/// One for the hue of skin, less the further away; not a number for black.
fn skin_likeness(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(f64::from);
    let length = (r * r + g * g + b * b).sqrt();
    let off = [r / length - 0.78, g / length - 0.57, b / length - 0.44];
    1.0 - off.iter().map(|off| off * off).sum::<f64>().sqrt()
}

/// The saturation of the HSL model, 0 to 1.
fn saturation([r, g, b]: [u8; 3]) -> f64 {
    let most = f64::from(r.max(g).max(b)) / 255.0;
    let least = f64::from(r.min(g).min(b)) / 255.0;
    if most == least {
        return 0.0;
    }
    let sum = most + least;
    (most - least) / if sum > 1.0 { 2.0 - sum } else { sum }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, imageops};

    use super::*;

    /// A grey picture with a colourful square that starts at `(left, top)`.
    fn with_square(size: Size, left: u32, top: u32) -> RgbImage {
        let mut picture = RgbImage::from_pixel(size.width_px, size.height_px, Rgb([90, 90, 90]));
        for (x, y) in (0..60).flat_map(|x| (0..60).map(move |y| (x, y))) {
            let color = if (x / 3 + y / 3) % 2 == 0 { [220, 60, 30] } else { [250, 200, 160] };
            picture.put_pixel(left + x, top + y, Rgb(color));
        }
        picture
    }

    fn part(picture: &RgbImage, ratio: Size) -> Rect {
        let size = Size::new(picture.width(), picture.height());
        let shrunk = |size: Size| {
            Ok(imageops::resize(picture, size.width_px, size.height_px, imageops::FilterType::Triangle))
        };
        best_part(size, ratio, shrunk).unwrap()
    }

    #[test]
    fn the_part_holds_what_stands_out() {
        let size = Size::new(640, 320);
        for left in [20, 300, 560] {
            let rect = part(&with_square(size, left, 120), Size::new(100, 100));
            assert!(
                rect.x <= f64::from(left) && rect.x + rect.width >= f64::from(left + 60),
                "{left}: {rect:?}"
            );
            assert_eq!(rect.width, rect.height);
        }
    }

    #[test]
    fn a_part_lies_within_the_picture_and_has_the_ratio() {
        for (size, ratio) in [
            (Size::new(1300, 700), Size::new(300, 300)),
            (Size::new(70, 61), Size::new(9, 200)),
            (Size::new(61, 900), Size::new(900, 3)),
        ] {
            let rect = part(&with_square(size, 1, 1), ratio);
            assert!(rect.x + rect.width <= f64::from(size.width_px), "{rect:?} in {size:?}");
            assert!(rect.y + rect.height <= f64::from(size.height_px), "{rect:?} in {size:?}");
            assert!(rect.width >= 1.0 && rect.height >= 1.0);
        }
    }

    #[test]
    fn what_already_has_the_size_stays_whole() {
        let size = Size::new(61, 61);
        assert_eq!(part(&with_square(size, 0, 0), size), size.whole());
    }
}
