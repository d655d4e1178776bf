//! The words an author can use about pictures: commands, anchors, colours, hints, and the site's defaults for
//! them.
//!
//! Names and defaults are Hugo's (`imaging` in its configuration); reading the configuration file is
//! `config`'s work.

use std::time::Duration;

use super::filter::Filter;
use super::limits::Limits;
use super::metadata::MetadataPolicy;
use super::responsive::Responsive;
use crate::diag::Diagnostic;

/// What is done with a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Command {
    /// Scales to the wanted size, distorting if both sides are given; also enlarges.
    Resize,
    /// Scales into the wanted box, keeping the ratio; never enlarges.
    Fit,
    /// Scales and cuts to exactly the wanted size.
    Fill,
    /// Cuts without scaling.
    Crop,
}

impl Command {
    const NAMES: [(&'static str, Self); 4] =
        [("Fit", Self::Fit), ("Fill", Self::Fill), ("Crop", Self::Crop), ("Resize", Self::Resize)];

    /// Reads a command; its case matters, as in Hugo.
    ///
    /// # Errors
    /// `image-command` for any other word.
    pub fn parse(word: &str) -> Result<Self, Diagnostic> {
        if let Some((_, command)) = Self::NAMES.iter().find(|(name, _)| *name == word) {
            return Ok(*command);
        }
        let message = format!("`{word}` is no image command: expected `Fit`, `Fill`, `Crop` or `Resize`");
        let names = Self::NAMES.iter().map(|(name, _)| *name);
        Err(Diagnostic::error("image-command", message).did_you_mean(word, names))
    }

    /// Returns the name, as an author writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resize => "Resize",
            Self::Fit => "Fit",
            Self::Fill => "Fill",
            Self::Crop => "Crop",
        }
    }
}

/// Which part of a picture stays when it is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Anchor {
    /// The most interesting part, found in the picture itself.
    Smart,
    /// A fixed place.
    At(Side, Side),
}

/// Where along one axis an anchor holds: left or top, middle, right or bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Left or top.
    Start,
    /// The middle.
    Middle,
    /// Right or bottom.
    End,
}

impl Side {
    /// Returns the offset that leaves out `spare` pixels on the other side (Hugo 0.168: half rounds down).
    pub(super) fn offset(self, spare: u32) -> u32 {
        match self {
            Self::Start => 0,
            Self::Middle => spare / 2,
            Self::End => spare,
        }
    }
}

impl Anchor {
    /// Reads an anchor's name in any case.
    pub fn parse(word: &str) -> Option<Self> {
        use Side::{End, Middle, Start};
        let (x, y) = match word.to_ascii_lowercase().as_str() {
            "smart" => return Some(Self::Smart),
            "topleft" => (Start, Start),
            "top" => (Middle, Start),
            "topright" => (End, Start),
            "left" => (Start, Middle),
            "center" => (Middle, Middle),
            "right" => (End, Middle),
            "bottomleft" => (Start, End),
            "bottom" => (Middle, End),
            "bottomright" => (End, End),
            _ => return None,
        };
        Some(Self::At(x, y))
    }
}

/// What a WebP picture shows, so that its encoder can choose well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hint {
    /// Outdoors, natural light.
    #[default]
    Photo,
    /// Indoors, a portrait.
    Picture,
    /// Lines of high contrast.
    Drawing,
    /// Small and colourful.
    Icon,
    /// Mostly text.
    Text,
}

impl Hint {
    /// Reads a hint's name in any case.
    pub fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "photo" => Some(Self::Photo),
            "picture" => Some(Self::Picture),
            "drawing" => Some(Self::Drawing),
            "icon" => Some(Self::Icon),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

/// Whether WebP may lose detail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Compression {
    /// Small, slightly different from the source.
    #[default]
    Lossy,
    /// Every pixel kept.
    Lossless,
}

impl Compression {
    /// Reads `lossy` or `lossless` in any case.
    pub fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "lossy" => Some(Self::Lossy),
            "lossless" => Some(Self::Lossless),
            _ => None,
        }
    }
}

/// A colour: red, green, blue, and opacity from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Color(pub [u8; 4]);

impl Color {
    /// Opaque black.
    pub(super) const BLACK: Self = Self([0, 0, 0, 255]);

    /// Opaque white.
    pub const WHITE: Self = Self([255; 4]);

    /// Reads `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa`, with or without the `#`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .strip_prefix('#')
            .unwrap_or(text)
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
            .collect::<Option<_>>()?;
        match digits.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17, 255])),
            [r, g, b, a] => Some(Self([r * 17, g * 17, b * 17, a * 17])),
            [r, r2, g, g2, b, b2] => Some(Self([r * 16 + r2, g * 16 + g2, b * 16 + b2, 255])),
            [r, r2, g, g2, b, b2, a, a2] => Some(Self([r * 16 + r2, g * 16 + g2, b * 16 + b2, a * 16 + a2])),
            _ => None,
        }
    }
}

/// What lies under transparent pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Background {
    /// The site's colour, used only where the format cannot be transparent.
    WhereNeeded(Color),
    /// A colour named for this picture: under everything that is transparent.
    Always(Color),
}

/// How AVIF is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Avif {
    /// `avif.quality`, 1 to 100.
    pub quality_percent: u8,
    /// `avif.encoderSpeed`, from 1 (slow and small) to 10.
    pub speed: u8,
}

impl Default for Avif {
    /// Returns Hugo 0.168's quality, and its speed.
    fn default() -> Self {
        Self { quality_percent: 60, speed: 10 }
    }
}

/// The site's defaults for pictures: Hugo's `imaging` keys.
#[derive(Clone, Debug, PartialEq)]
pub struct ImagingOptions {
    /// `quality`, 1 to 100, for JPEG and lossy WebP.
    pub quality_percent: u8,
    /// `resampleFilter`.
    pub resample_filter: Filter,
    /// `anchor`, for Fill and Crop.
    pub anchor: Anchor,
    /// `bgColor`, under transparent pixels of a picture that becomes JPEG.
    pub background: Color,
    /// `hint`, for WebP.
    pub hint: Hint,
    /// `compression`, for WebP.
    pub compression: Compression,
    /// What becomes of what cameras and programs wrote into a picture.
    pub metadata: MetadataPolicy,
    /// `avif`, for AVIF.
    pub avif: Avif,
    /// What a picture may take.
    pub limits: Limits,
    /// `caches.images.maxAge`: after how long without use a finished picture is removed from the cache.
    pub cache_max_age: Option<Duration>,
    /// In which sizes and formats pages offer a picture.
    pub responsive: Responsive,
}

impl Default for ImagingOptions {
    /// Returns what Hugo 0.168 does without configuration, but for the filter.
    fn default() -> Self {
        Self {
            quality_percent: 75,
            // Hugo's box is a little faster and loses more.
            resample_filter: Filter::Lanczos,
            anchor: Anchor::Smart,
            background: Color::WHITE,
            hint: Hint::Photo,
            compression: Compression::Lossy,
            metadata: MetadataPolicy::Strip,
            avif: Avif::default(),
            limits: Limits::default(),
            cache_max_age: None,
            responsive: Responsive::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_case_sensitive_and_the_error_names_all_four() {
        assert_eq!(Command::parse("Fit"), Ok(Command::Fit));
        for word in ["resize", "", "FIT", "fill "] {
            let error = Command::parse(word).unwrap_err();
            assert_eq!(error.code, "image-command");
            assert!(error.message.ends_with("`Fit`, `Fill`, `Crop` or `Resize`"));
        }
        let hint = Command::parse("resize").unwrap_err().hint;
        assert_eq!(hint.as_deref(), Some("did you mean `Resize`?"));
    }

    #[test]
    fn colours_have_three_four_six_or_eight_digits() {
        let table = [
            ("#f00", Some([255, 0, 0, 255])),
            ("abcd", Some([0xAA, 0xBB, 0xCC, 0xDD])),
            ("#FF0080", Some([255, 0, 128, 255])),
            ("#ff000080", Some([255, 0, 0, 128])),
            ("#12345", None),
            ("#", None),
            ("#zzz", None),
            ("#é12", None),
        ];
        for (text, color) in table {
            assert_eq!(Color::parse(text), color.map(Color), "{text}");
        }
    }
}
