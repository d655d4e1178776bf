//! Chooses in which sizes and formats a picture is offered: [`Responsive`].
//!
//! Arithmetic only; what a page says of it is `render`'s business.

use super::format::Format;
use super::geometry::Size;
use super::options::Command;
use super::plan::{Plan, plan};
use super::probe::ImageInfo;
use super::spec::Spec;

/// How wide the column of the text is in the built-in theme, at its widest.
const COLUMN_PX: u32 = 880;

/// A width that comes this close to the largest one, in tenths of it, is left out.
const CLOSE_TENTHS: u64 = 9;

/// The site's wishes for pictures in several sizes: our own keys under `imaging`.
#[derive(Clone, Debug, PartialEq)]
pub struct Responsive {
    /// `responsive`: whether a picture is offered in other sizes and formats than were asked for.
    pub is_on: bool,
    /// `widths` in pixels, ascending.
    pub widths_px: Vec<u32>,
    /// `formats`, best first, that are offered before the one that every browser knows.
    pub formats: Vec<Format>,
    /// `sizes`: the `sizes` attribute, where another theme has another column.
    pub sizes: Option<String>,
    /// `placeholder`: whether the mean colour of a photo is noted in the page.
    pub has_placeholder: bool,
}

impl Default for Responsive {
    fn default() -> Self {
        Self {
            is_on: true,
            widths_px: vec![480, 960, 1440, 1920],
            formats: vec![Format::Webp],
            sizes: None,
            has_placeholder: true,
        }
    }
}

impl Responsive {
    /// Returns the widths in which a picture is offered, ascending; the last is the source's or the largest wanted.
    ///
    /// None is larger than the source, and none comes so close to the last that it would spare no bytes.
    pub fn widths_for(&self, source: Size) -> Vec<u32> {
        let largest = self.widths_px.iter().copied().max().unwrap_or(source.width_px);
        let last = largest.min(source.width_px).max(1);
        let far = |width: &u32| u64::from(*width) * 10 < u64::from(last) * CLOSE_TENTHS;
        let mut widths: Vec<u32> = self.widths_px.iter().copied().filter(far).collect();
        widths.sort_unstable();
        widths.dedup();
        widths.push(last);
        widths
    }

    /// Returns the `sizes` attribute of a picture whose largest candidate has this width.
    pub fn sizes_for(&self, width_px: u32) -> String {
        let column = width_px.min(COLUMN_PX);
        self.sizes.clone().unwrap_or_else(|| format!("(min-width: {column}px) {column}px, 100vw"))
    }

    /// Returns the formats that are offered before `fallback`.
    pub fn formats_before(&self, fallback: Format) -> impl Iterator<Item = Format> {
        let index = self.formats.iter().position(|format| *format == fallback).unwrap_or(self.formats.len());
        self.formats.iter().copied().take(index)
    }
}

/// Returns the format that every browser shows in place of the source's.
pub fn fallback_format(source: Format) -> Format {
    match source {
        Format::Png | Format::Gif | Format::Webp => source,
        _ => Format::Jpeg,
    }
}

/// Returns the words after the author's own that ask for a source in another format.
///
/// What was stored without loss, a drawing or a screenshot, stays without loss in WebP.
pub fn format_words(source: Format, format: Format) -> String {
    let keeps_all = matches!(source, Format::Png | Format::Bmp) && format == Format::Webp;
    format!("{}{}", format.word(), if keeps_all { " lossless" } else { "" })
}

/// Returns the same picture for displays with twice as many pixels; none where the source lacks them.
///
/// A crop is never scaled, so there is nothing to double.
pub fn doubled(info: &ImageInfo, spec: &Spec, single: &Plan) -> Option<(Spec, Plan)> {
    if spec.command == Command::Crop {
        return None;
    }
    let double = |side: u32| side.checked_mul(2);
    let twice = Spec { width_px: double(spec.width_px)?, height_px: double(spec.height_px)?, ..spec.clone() };
    let planned = plan(info, &twice).ok()?;
    let source = if spec.turn_degrees % 180 == 90 { info.size.swapped() } else { info.size };
    let has_pixels = planned.size.width_px <= source.width_px && planned.size.height_px <= source.height_px;
    // What was fitted into the box before may have grown to the source's size only.
    let is_double = planned.size.width_px.abs_diff(single.size.width_px * 2) <= 2;
    (has_pixels && is_double).then_some((twice, planned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::options::ImagingOptions;
    use crate::image::spec::parse_spec;
    use crate::image::test_pictures::info;

    #[test]
    fn widths_are_never_larger_than_the_source_nor_close_to_its_own() {
        let responsive = Responsive::default();
        let table: [(u32, &[u32]); 8] = [
            (4032, &[480, 960, 1440, 1920]),
            (2000, &[480, 960, 1440, 1920]),
            (1500, &[480, 960, 1500]),
            (1000, &[480, 1000]),
            (960, &[480, 960]),
            (500, &[500]),
            (300, &[300]),
            (1, &[1]),
        ];
        for (source, widths) in table {
            assert_eq!(responsive.widths_for(Size::new(source, 100)), widths, "{source}");
        }
        let own = Responsive { widths_px: vec![800, 400, 400], ..Responsive::default() };
        assert_eq!(own.widths_for(Size::new(4032, 3024)), [400, 800]);
        let none = Responsive { widths_px: Vec::new(), ..Responsive::default() };
        assert_eq!(none.widths_for(Size::new(4032, 3024)), [4032]);
    }

    #[test]
    fn formats_that_are_no_better_than_the_fallback_are_not_offered() {
        let responsive = Responsive::default();
        assert_eq!(responsive.formats_before(Format::Jpeg).collect::<Vec<_>>(), [Format::Webp]);
        assert_eq!(responsive.formats_before(Format::Webp).count(), 0);
    }

    #[test]
    fn a_double_needs_the_pixels() {
        let photo = info(600, 400, Format::Jpeg);
        let table = [
            (Command::Resize, "300x", true),
            (Command::Resize, "301x", false),
            (Command::Resize, "100x300", false),
            (Command::Fit, "300x300", true),
            (Command::Fit, "400x400", false),
            (Command::Fill, "200x200", true),
            (Command::Fill, "300x201", false),
            (Command::Resize, "x300 r90", true),
            (Command::Resize, "201x r90", false),
            (Command::Crop, "100x100", false),
        ];
        for (command, options, has_double) in table {
            let spec = parse_spec(command, options, &ImagingOptions::default()).unwrap();
            let single = plan(&photo, &spec).unwrap();
            let double = doubled(&photo, &spec, &single);
            assert_eq!(double.is_some(), has_double, "{command:?} {options}");
        }
    }
}
