//! The colours of a card, all worked out from its ground: [`Palette`].

use super::canvas::{Rgb, mix};

/// The green of the sign in the built-in theme (`--sign` in hallway.css).
pub(super) const SIGN: Rgb = [0x07, 0x5e, 0x43];

/// The light of the door on it (`--glow`).
const GLOW: Rgb = [0x8f, 0xf0, 0xc4];

/// The ink of the theme, for grounds that are too light for white.
const INK: Rgb = [0x17, 0x20, 0x1c];

const WHITE: Rgb = [255; 3];

/// Colours of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    pub(super) ground: Rgb,
    /// For title and name of the site.
    pub(super) text: Rgb,
    /// For the event, and the door.
    pub(super) accent: Rgb,
    /// For place and date.
    pub(super) quiet: Rgb,
    /// Ceiling, walls and floor of the corridor that stands where there is no photo: the left wall, the right one.
    pub(super) ceiling: Rgb,
    pub(super) left_wall: Rgb,
    pub(super) right_wall: Rgb,
    pub(super) floor: Rgb,
    /// Where the door lights the floor.
    pub(super) light: Rgb,
}

impl Palette {
    /// Works out the colours for a ground.
    pub(super) fn of(ground: Rgb) -> Self {
        // White is preferred: it wants 4.5, which is what WCAG 2 asks of small texts.
        let text = if contrast(WHITE, ground) >= 4.5 { WHITE } else { INK };
        let accent = if ground == SIGN { GLOW } else { mix(ground, text, 85, 100) };
        Self {
            ground,
            text,
            accent,
            quiet: mix(ground, text, 84, 100),
            ceiling: mix(ground, [0; 3], 34, 100),
            left_wall: mix(ground, [0; 3], 14, 100),
            right_wall: mix(ground, WHITE, 7, 100),
            floor: mix(ground, [0; 3], 24, 100),
            light: mix(ground, accent, 22, 100),
        }
    }
}

/// Returns the contrast of two colours, from 1 to 21 (WCAG 2).
fn contrast(first: Rgb, second: Rgb) -> f32 {
    let (first, second) = (luminance(first), luminance(second));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

fn luminance(color: Rgb) -> f32 {
    let [red, green, blue] = color.map(|value| {
        let value = f32::from(value) / 255.0;
        // The square is close enough to sRGB's curve to choose between two inks, and the same on every machine.
        value * value
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_can_be_read_on_any_ground() {
        for ground in
            [SIGN, [0; 3], [255; 3], [255, 220, 0], [0, 80, 200], [200, 30, 40], [128; 3], [90, 140, 90]]
        {
            let palette = Palette::of(ground);
            for (name, color) in
                [("text", palette.text), ("accent", palette.accent), ("quiet", palette.quiet)]
            {
                let contrast = contrast(color, ground);
                assert!(contrast >= 3.0, "{name} on {ground:?} has {contrast}");
            }
        }
        assert_eq!(Palette::of(SIGN).text, WHITE);
        assert_eq!(Palette::of([255, 220, 0]).text, INK);
    }
}
