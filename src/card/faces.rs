//! The fonts that cards are drawn with: [`Faces`], three of ours and at most one of the author's.
//!
//! Knows which character is in which font, how wide it is, and its outline. There is no shaping: scripts whose letters
//! change with their neighbours are `words`' to refuse.

use std::fmt;
use std::sync::Arc;

use ab_glyph::{Font, FontRef, GlyphId, PxScale};

use crate::diag::Diagnostic;
use crate::digest::Digest;

const BOLD: &[u8] = include_bytes!("fonts/sign-bold.ttf");
const MEDIUM: &[u8] = include_bytes!("fonts/sign-medium.ttf");
const JAPANESE: &[u8] = include_bytes!("fonts/sign-japanese.ttf");

/// A font file of the author's, for scripts that our fonts lack, or for the looks.
#[derive(Clone)]
pub struct OwnFont {
    bytes: Arc<[u8]>,
    /// Digest of the file.
    pub(super) digest: Digest,
}

impl OwnFont {
    /// Takes a TrueType or OpenType font.
    ///
    /// # Errors
    /// `card-font`: it is none.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        if let Err(error) = FontRef::try_from_slice(&bytes) {
            let message = format!("this is no font that cards can be drawn with: {error}");
            let hint = "a TrueType or OpenType file is needed: `.ttf` or `.otf`, not `.woff2`";
            return Err(Diagnostic::error("card-font", message).hint(hint));
        }
        Ok(Self { digest: Digest::of(&bytes), bytes: bytes.into() })
    }
}

impl fmt::Debug for OwnFont {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OwnFont({})", self.digest)
    }
}

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Medium,
    Bold,
}

/// A character in the font that has it.
#[derive(Clone, Copy)]
pub(super) struct Letter<'a, 'f> {
    pub(super) font: &'a FontRef<'f>,
    pub(super) glyph: GlyphId,
}

/// All fonts of a card.
pub(super) struct Faces<'f> {
    own: Option<FontRef<'f>>,
    bold: Option<FontRef<'static>>,
    medium: Option<FontRef<'static>>,
    japanese: Option<FontRef<'static>>,
}

impl<'f> Faces<'f> {
    pub(super) fn new(own: Option<&'f OwnFont>) -> Self {
        let ours = |bytes| FontRef::try_from_slice(bytes).ok();
        Self {
            own: own.and_then(|own| FontRef::try_from_slice(&own.bytes).ok()),
            bold: ours(BOLD),
            medium: ours(MEDIUM),
            japanese: ours(JAPANESE),
        }
    }

    /// Returns a character in the first font that has it: the author's, then ours.
    pub(super) fn letter(&self, weight: Weight, character: char) -> Option<Letter<'_, 'f>> {
        let ours = match weight {
            Weight::Medium => &self.medium,
            Weight::Bold => &self.bold,
        };
        let fonts = [self.own.as_ref(), ours.as_ref(), self.japanese.as_ref()].into_iter().flatten();
        let mut letters = fonts.map(|font| Letter { font, glyph: font.glyph_id(character) });
        letters.find(|letter| letter.glyph.0 != 0)
    }

    /// Says whether a character can be drawn.
    pub(super) fn has(&self, character: char) -> bool {
        self.letter(Weight::Bold, character).is_some()
    }

    /// Returns where each character of a text begins, and where the last one ends, in units of the font size.
    pub(super) fn edges(&self, weight: Weight, text: &str) -> Vec<f32> {
        let mut edges = vec![0.0];
        let mut end = 0.0;
        let mut before: Option<Letter<'_, '_>> = None;
        for letter in text.chars().map(|character| self.letter(weight, character)) {
            if let Some(letter) = letter {
                let unit = letter.font.units_per_em().unwrap_or(1000.0);
                let is_same = |left: &Letter<'_, '_>| std::ptr::eq(left.font, letter.font);
                let kern = before
                    .filter(is_same)
                    .map_or(0.0, |left| letter.font.kern_unscaled(left.glyph, letter.glyph));
                // A pair that moves together moves the letter itself, not only what comes after.
                if let Some(edge) = edges.last_mut() {
                    *edge += kern / unit;
                }
                end += (kern + letter.font.h_advance_unscaled(letter.glyph)) / unit;
            }
            before = letter;
            edges.push(end);
        }
        edges
    }
}

impl Letter<'_, '_> {
    /// Returns the scale at which the font's square is `size_px` high.
    pub(super) fn scale(&self, size_px: f32) -> PxScale {
        let unit = self.font.units_per_em().unwrap_or(1000.0);
        PxScale::from(size_px * self.font.height_unscaled() / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_fonts_have_what_they_are_for() {
        let faces = Faces::new(None);
        for text in [
            "Ærøskøbing, Łódź: 2024—25 “déjà vu” ẞ ế",
            "Ελλάδα",
            "Конференция, Київ",
            "日本語の題名、「報告」ー鬱〜！",
        ] {
            for character in text.chars() {
                assert!(faces.has(character), "{character}");
            }
        }
        for character in "한글العربيةहिन्दी🎉".chars() {
            assert!(!faces.has(character), "{character}");
        }
        assert!(faces.medium.is_some());
    }

    #[test]
    fn pairs_are_kerned() {
        let faces = Faces::new(None);
        let width = |text: &str| *faces.edges(Weight::Bold, text).last().unwrap();
        assert!(width("To") < width("T") + width("o"));
        assert!((width("日本") - 2.0).abs() < 0.01);
    }

    #[test]
    fn what_is_no_font_is_told() {
        assert_eq!(OwnFont::new(b"wOF2 and so on".to_vec()).unwrap_err().code, "card-font");
        assert!(OwnFont::new(BOLD.to_vec()).is_ok());
    }
}
