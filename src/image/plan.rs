//! Joins a picture's header and a [`Spec`] into a [`Plan`]: the size, format and name of the result.
//!
//! Arithmetic only, so that a page can state width, height and address before the picture exists. Rounding is
//! Hugo's (0.168, recorded): half up, at least one pixel.

use super::format::Format;
use super::geometry::{Rect, Size, turned_size};
use super::options::{Anchor, Background, Command, Compression};
use super::probe::ImageInfo;
use super::spec::Spec;
use crate::diag::Diagnostic;
use crate::digest::{Digest, Digester};

/// The longest side of a result, which is the most that WebP can hold.
const MAX_SIDE_PX: u32 = 16_383;

/// The most pixels of a result.
const MAX_RESULT_PIXELS: u64 = 100_000_000;

/// Raised when the same spec begins to give other pixels, so that no browser shows an old result.
const RECIPE: u64 = 1;

/// What a picture will be.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The exact size of the result.
    pub size: Size,
    /// The format of the result.
    pub format: Format,
    /// The extension that replaces the source's, with its dot; `None` if the format stays.
    pub extension_change: Option<&'static str>,
    /// Which part of the turned, upright source is scaled to the result.
    pub(super) cut: Cut,
}

/// Which part of the source is used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cut {
    /// This part, known from arithmetic.
    Fixed(Rect),
    /// The best part of the ratio of this size, which only the pixels tell.
    Smart(Size),
    /// The middle, as large as the result, of the best part of the ratio of this size.
    MiddleOfSmart(Size),
}

/// Works out what `spec` makes of the picture that `info` describes.
///
/// # Errors
/// `image-size` if the result would have more than 16,383 pixels on a side or 100 megapixels;
/// `image-too-large` if the source, or the making of this result, takes more than the site's limits.
pub fn plan(info: &ImageInfo, spec: &Spec) -> Result<Plan, Diagnostic> {
    spec.limits.check(info)?;
    let source = turned_size(info.size, spec.turn_degrees);
    let wanted = Size::new(spec.width_px, spec.height_px);
    let (size, cut) = match spec.command {
        Command::Resize => (resized(source, wanted), Cut::Fixed(source.whole())),
        Command::Fit => (fitted(source, wanted), Cut::Fixed(source.whole())),
        Command::Fill => (wanted, fill_cut(source, wanted, spec.anchor)),
        Command::Crop => crop(source, wanted, spec.anchor),
    };
    check_result(size)?;
    let format = spec.format.unwrap_or(info.format);
    let extension_change = (format != info.format).then(|| format.extension());
    let plan = Plan { size, format, extension_change, cut };
    spec.limits.check_plan(info, spec, &plan)?;
    Ok(plan)
}

fn check_result(size: Size) -> Result<(), Diagnostic> {
    let Size { width_px, height_px } = size;
    if width_px.max(height_px) <= MAX_SIDE_PX && size.pixels() <= MAX_RESULT_PIXELS {
        return Ok(());
    }
    let message = format!("the result would have {width_px}x{height_px} pixels");
    let hint = "at most 16383 pixels a side and 100 megapixels are possible";
    Err(Diagnostic::error("image-size", message).hint(hint))
}

/// The size of a Resize: a side that is not given follows from the ratio.
fn resized(source: Size, wanted: Size) -> Size {
    let follow = |side: u32, mine: u32, other: u32| {
        // Half up in whole numbers: (2ab + c) / 2c.
        let (side, mine, other) = (u64::from(side), u64::from(mine), u64::from(other).max(1));
        u32::try_from((2 * side * mine + other) / (2 * other)).unwrap_or(u32::MAX).max(1)
    };
    match (wanted.width_px, wanted.height_px) {
        (width, 0) => Size::new(width, follow(width, source.height_px, source.width_px)),
        (0, height) => Size::new(follow(height, source.width_px, source.height_px), height),
        _ => wanted,
    }
}

/// The size of a Fit: the largest of the source's ratio in the box, and never larger than the source.
fn fitted(source: Size, wanted: Size) -> Size {
    if source.width_px <= wanted.width_px && source.height_px <= wanted.height_px {
        return source;
    }
    let (width, height) = (f64::from(source.width_px), f64::from(source.height_px));
    let shrink = (width / f64::from(wanted.width_px)).max(height / f64::from(wanted.height_px));
    // Unlike Resize, this divides floats: 54x9 into 21 wide is 3 high in Hugo 0.168, although exactly 3.5.
    let side = |length: f64| ((length / shrink + 0.5).floor() as u32).max(1);
    Size::new(side(width), side(height))
}

/// The part that a Fill shows: with a fixed anchor, the source is scaled to cover and then cut to whole
/// pixels.
fn fill_cut(source: Size, wanted: Size, anchor: Anchor) -> Cut {
    let Anchor::At(x, y) = anchor else {
        return Cut::Smart(wanted);
    };
    let (width, height) = (f64::from(source.width_px), f64::from(source.height_px));
    let by_width = f64::from(wanted.width_px) / width;
    let by_height = f64::from(wanted.height_px) / height;
    let side = |length: f64| ((length + 0.5).floor() as u32).max(1);
    let scaled = if by_width > by_height {
        Size::new(wanted.width_px, side(height * by_width).max(wanted.height_px))
    } else {
        Size::new(side(width * by_height).max(wanted.width_px), wanted.height_px)
    };
    let (x_scale, y_scale) = (width / f64::from(scaled.width_px), height / f64::from(scaled.height_px));
    let spare_x = scaled.width_px.saturating_sub(wanted.width_px);
    let spare_y = scaled.height_px.saturating_sub(wanted.height_px);
    Cut::Fixed(Rect {
        x: f64::from(x.offset(spare_x)) * x_scale,
        y: f64::from(y.offset(spare_y)) * y_scale,
        width: f64::from(wanted.width_px) * x_scale,
        height: f64::from(wanted.height_px) * y_scale,
    })
}

/// The size and part of a Crop, which never scales: a side longer than the source's is cut to it.
///
/// With the smart anchor, if both sides are longer, the asked ratio is kept (Hugo 0.168: 1200x900 of 600x400
/// is 533x400, but 800x100 is 600x100).
fn crop(source: Size, wanted: Size, anchor: Anchor) -> (Size, Cut) {
    let size = Size::new(wanted.width_px.min(source.width_px), wanted.height_px.min(source.height_px));
    let Anchor::At(x, y) = anchor else {
        let size = if size == source { largest_of_ratio(source, wanted) } else { size };
        return (size, Cut::MiddleOfSmart(wanted));
    };
    let rect = Rect {
        x: f64::from(x.offset(source.width_px - size.width_px)),
        y: f64::from(y.offset(source.height_px - size.height_px)),
        ..size.whole()
    };
    (size, Cut::Fixed(rect))
}

/// The largest size of the ratio of `wanted` in a source; `wanted` covers it.
fn largest_of_ratio(source: Size, wanted: Size) -> Size {
    if wanted.width_px == source.width_px || wanted.height_px == source.height_px {
        return source;
    }
    let (width, height) = (f64::from(wanted.width_px), f64::from(wanted.height_px));
    let scale = (f64::from(source.width_px) / width).min(f64::from(source.height_px) / height);
    let side = |length: f64, most: u32| ((length * scale) as u32).clamp(1, most.max(1));
    Size::new(side(width, source.width_px), side(height, source.height_px))
}

/// Returns the file name of a result: `<stem>_hw_<16 hex digits><extension>`.
///
/// The digits tell the source's content and all that was wanted apart, so a name never stands for two
/// pictures. The source's extension stays as it is, case and all, unless it does not belong to the result's
/// format.
pub fn variant_name(file_name: &str, source: Digest, spec: &Spec, plan: &Plan) -> String {
    let (stem, old) = match file_name.rsplit_once('.') {
        Some((stem, old)) if !stem.is_empty() => (stem, old),
        _ => (file_name, ""),
    };
    let digest = spec_digest(source, spec, plan).short();
    if Format::from_extension(old) == Some(plan.format) {
        return format!("{stem}_hw_{digest}.{old}");
    }
    format!("{stem}_hw_{digest}{}", plan.format.extension())
}

/// Digests the source and everything of the spec; a new field of `Spec` fails to compile here.
fn spec_digest(source: Digest, spec: &Spec, plan: &Plan) -> Digest {
    let Spec {
        command,
        width_px,
        height_px,
        turn_degrees,
        anchor,
        filter,
        format,
        quality_percent,
        hint,
        compression,
        background,
        // The same for a whole site, so no name stands for two pictures.
        is_alone: _,
        avif,
        limits: _,
        ignored_words: _,
    } = spec;
    let anchor = match *anchor {
        Anchor::Smart => 9,
        Anchor::At(x, y) => x as u64 * 3 + y as u64,
    };
    let (always, color) = match *background {
        Background::WhereNeeded(color) => (0, color),
        Background::Always(color) => (1, color),
    };
    let digester = Digester::new()
        .number(RECIPE)
        .text(&source.to_string())
        .text(command.name())
        .number((*width_px).into())
        .number((*height_px).into())
        .number((*turn_degrees).into())
        .number(anchor)
        .number(*filter as u64)
        .number(format.is_some().into())
        .text(plan.format.name())
        .number((*quality_percent).into())
        .number(*hint as u64)
        .number((*compression == Compression::Lossless).into())
        .number(always)
        .bytes(&color.0);
    match plan.format {
        Format::Avif => digester.number(avif.quality_percent.into()).number(avif.speed.into()).finish(),
        _ => digester.finish(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::image::options::ImagingOptions;
    use crate::image::spec::parse_spec;
    use crate::image::test_pictures::info;

    fn planned(info: &ImageInfo, command: Command, options: &str) -> Result<(Spec, Plan), Diagnostic> {
        let spec = parse_spec(command, options, &ImagingOptions::default())?;
        let plan = plan(info, &spec)?;
        Ok((spec, plan))
    }

    #[test]
    fn sizes_that_cannot_be_are_refused() {
        let photo = info(600, 400, Format::Jpeg);
        for options in ["99999x", "1x99999", "16000x16000", "99999999999999999999x1"] {
            let code = planned(&photo, Command::Resize, options).unwrap_err().code;
            assert!(code == "image-size" || code == "image-option", "{options}: {code}");
        }
        let huge = info(20_000, 20_000, Format::Png);
        assert_eq!(planned(&huge, Command::Resize, "10x").unwrap_err().code, "image-too-large");
    }

    #[test]
    fn results_whose_making_takes_too_much_memory_are_refused_before_anything_is_decoded() {
        let small = info(600, 400, Format::Png);
        for options in ["12000x8000", "9000x6000 r45", "4800x3200 avif"] {
            let error = planned(&small, Command::Resize, options).unwrap_err();
            assert_eq!(error.code, "image-too-large", "{options}: {error:?}");
        }
        assert!(planned(&small, Command::Resize, "4800x3200 webp").is_ok());
        let phone = info(4032, 3024, Format::Jpeg);
        let wide = ImageInfo { has_profile: true, ..phone };
        assert!(planned(&phone, Command::Resize, "8064x6048 webp").is_ok());
        assert!(planned(&phone, Command::Resize, "8064x6048 png").is_err());
        assert!(planned(&wide, Command::Resize, "4032x webp").is_ok());
        assert!(planned(&wide, Command::Resize, "8064x6048 webp").is_err());
    }

    #[test]
    fn a_thin_picture_keeps_one_pixel() {
        let (_, plan) = planned(&info(3_000, 2, Format::Png), Command::Fit, "30x30").unwrap();
        assert_eq!(plan.size, Size::new(30, 1));
    }

    #[test]
    fn a_name_keeps_stem_and_extension_unless_the_format_changes() {
        let table = [
            ("photo.JPG", Format::Jpeg, "9x", "photo_hw_", ".JPG"),
            ("photo.jpeg", Format::Jpeg, "9x jpg", "photo_hw_", ".jpeg"),
            ("wasm.io.jpg", Format::Jpeg, "9x webp", "wasm.io_hw_", ".webp"),
            ("scan.tiff", Format::Tiff, "9x", "scan_hw_", ".tiff"),
            ("scan.jpg", Format::Jpeg, "9x tiff", "scan_hw_", ".tif"),
            // The extension lies: what comes out is JPEG.
            ("chat.png", Format::Jpeg, "9x", "chat_hw_", ".jpg"),
            ("bare", Format::Png, "9x", "bare_hw_", ".png"),
            (".hidden", Format::Png, "9x", ".hidden_hw_", ".png"),
        ];
        for (file, format, options, start, end) in table {
            let (spec, plan) = planned(&info(60, 40, format), Command::Resize, options).unwrap();
            let name = variant_name(file, Digest::of(b"photo"), &spec, &plan);
            assert!(name.starts_with(start) && name.ends_with(end), "{file}: {name}");
            assert_eq!(name.len(), start.len() + 16 + end.len());
            assert_eq!(plan.extension_change.is_some(), plan.format != format);
        }
    }

    #[test]
    fn names_differ_where_pictures_differ() {
        let photo = info(60, 40, Format::Jpeg);
        let name = |content: &[u8], options| {
            let (spec, plan) = planned(&photo, Command::Fill, options).unwrap();
            variant_name("a.jpg", Digest::of(content), &spec, &plan)
        };
        assert_eq!(name(b"a", "9x9 q75"), name(b"a", "9X9"));
        assert_ne!(name(b"a", "9x9"), name(b"b", "9x9"));
        for options in
            ["9x8", "9x9 q74", "9x9 top", "9x9 r1", "9x9 #fff", "9x9 cosine", "9x9 icon", "9x9 jpg"]
        {
            assert_ne!(name(b"a", "9x9"), name(b"a", options), "{options}");
        }
    }

    proptest! {
        #[test]
        fn a_fit_exceeds_neither_box_nor_source(
            (w, h) in (1..4_000_u32, 1..4_000_u32),
            (bw, bh) in (1..9_000_u32, 1..9_000_u32),
            turn in 0..4_u32,
        ) {
            let photo = info(w, h, Format::Jpeg);
            let (_, plan) = planned(&photo, Command::Fit, &format!("{bw}x{bh} r{}", turn * 90)).unwrap();
            let source = if turn % 2 == 0 { photo.size } else { photo.size.swapped() };
            prop_assert!(plan.size.width_px <= bw.min(source.width_px));
            prop_assert!(plan.size.height_px <= bh.min(source.height_px));
            prop_assert!(plan.size.pixels() > 0);
        }

        #[test]
        fn a_fixed_cut_lies_in_the_source(
            (w, h) in (1..3_000_u32, 1..3_000_u32),
            (bw, bh) in (1..3_000_u32, 1..3_000_u32),
        ) {
            for command in [Command::Fill, Command::Crop] {
                for anchor in ["topleft", "center", "bottomright"] {
                    let planned = planned(&info(w, h, Format::Png), command, &format!("{bw}x{bh} {anchor}"));
                    let Cut::Fixed(rect) = planned.unwrap().1.cut else { panic!("{anchor} is fixed") };
                    prop_assert!(rect.x >= 0.0 && rect.x + rect.width <= f64::from(w) + 1e-6, "{rect:?}");
                    prop_assert!(rect.y >= 0.0 && rect.y + rect.height <= f64::from(h) + 1e-6, "{rect:?}");
                }
            }
        }
    }
}
