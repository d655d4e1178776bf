//! What a reader can tell apart: the contrast of two colours, and the nearest colour that has enough of it.
//!
//! Relative luminance and contrast ratio are those of WCAG 2.2 (definitions of both terms).

use crate::image::Color;

/// Least contrast of text to what is behind it (WCAG 2.2, success criterion 1.4.3).
pub(super) const TEXT_MIN: f64 = 4.5;

/// Returns the contrast of two opaque colours, from 1 to 21.
pub(super) fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(Color([red, green, blue, _]): Color) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// Returns the colour nearest to this one, on the way to black or to white, that can be read on all of some grounds.
///
/// White or black itself where nothing on the way is enough.
pub(super) fn readable(color: Color, grounds: &[Color]) -> Color {
    let darkest = grounds.iter().map(|ground| luminance(*ground)).fold(f64::INFINITY, f64::min);
    let target = if darkest < 0.18 { 255 } else { 0 };
    let steps = (0..=100).map(|percent| toward(color, target, percent));
    let is_enough = |color: &Color| grounds.iter().all(|ground| contrast(*color, *ground) >= TEXT_MIN);
    steps.into_iter().find(is_enough).unwrap_or(Color([target, target, target, 255]))
}

fn toward(Color([red, green, blue, _]): Color, target: u8, percent: u16) -> Color {
    let mix = |value: u8| {
        let mixed = (u16::from(value) * (100 - percent) + u16::from(target) * percent + 50) / 100;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    Color([mix(red), mix(green), mix(blue), 255])
}

/// Writes an opaque colour as style sheets have it.
pub(super) fn hex(Color([red, green, blue, _]): Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let black = Color([0, 0, 0, 255]);
        assert!((contrast(black, Color::WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast(Color::WHITE, Color::WHITE) - 1.0).abs() < 1e-9);
        // The grey that is known as the lightest to be read on white.
        let grey = Color([0x76, 0x76, 0x76, 255]);
        assert!((contrast(grey, Color::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_colour_becomes_readable_on_the_way_away_from_its_ground() {
        let dark = Color([0x10, 0x15, 0x13, 255]);
        for (red, green, blue) in [(255, 238, 0), (0, 104, 74), (179, 38, 30), (0, 0, 0), (255, 255, 255)] {
            let color = Color([red, green, blue, 255]);
            for ground in [Color::WHITE, dark] {
                let found = readable(color, &[ground]);
                assert!(contrast(found, ground) >= TEXT_MIN, "{color:?} on {ground:?}");
                let is_fine = contrast(color, ground) >= TEXT_MIN;
                assert_eq!(found == color, is_fine, "what is fine stays: {color:?} on {ground:?}");
            }
        }
    }
}
