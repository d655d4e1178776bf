//! Reads the site's defaults for pictures: Hugo's keys under `imaging`, and ours.

use std::time::Duration;

use super::ConfigFile;
use super::keys::place;
use super::read::Values;
use crate::diag::Diagnostic;
use crate::image::{
    Anchor, Avif, Color, Compression, Filter, Format, Hint, ImagingOptions, Limits, MetadataPolicy,
    Responsive,
};
use crate::text::{parse_age, parse_bytes};

/// The widest picture that can be offered.
const MAX_WIDTH_PX: usize = 16_383;

/// What a bare number of `memory` counts.
const MEGABYTE: u64 = 1_000_000;

/// With less memory no photo of a phone can be made smaller.
const MIN_MEMORY_BYTES: u64 = 64 * MEGABYTE;

/// Reads `imaging`.
///
/// # Errors
/// `config-imaging` for a value that means nothing.
pub(super) fn read_imaging(values: &Values<'_>, files: &[ConfigFile]) -> Result<ImagingOptions, Diagnostic> {
    let mut options = ImagingOptions::default();
    let refused = |key: &str, text: &str, expected: &str| {
        let last = key.rsplit('.').next().unwrap_or(key);
        Diagnostic::error("config-imaging", format!("`imaging.{key}` is `{text}`"))
            .at(place(last, files))
            .hint(format!("expected {expected}"))
    };
    let text = |key: &str| values.text(&format!("imaging.{key}")).filter(|text| !text.is_empty());
    for key in ["quality", "jpeg.quality"] {
        if let Some(text) = text(key) {
            let quality = text.parse().ok().filter(|quality| (1..=100).contains(quality));
            options.quality_percent = quality.ok_or_else(|| refused(key, &text, "a number from 1 to 100"))?;
        }
    }
    if let Some(text) = text("resamplefilter") {
        options.resample_filter = Filter::parse(&text)
            .ok_or_else(|| refused("resampleFilter", &text, "a filter such as `Box` or `Lanczos`"))?;
    }
    if let Some(text) = text("anchor") {
        options.anchor = Anchor::parse(&text)
            .ok_or_else(|| refused("anchor", &text, "`Smart`, `Center`, `TopLeft` and the like"))?;
    }
    if let Some(text) = text("bgcolor") {
        options.background =
            Color::parse(&text).ok_or_else(|| refused("bgColor", &text, "a colour such as `#ffffff`"))?;
    }
    if let Some(text) = text("hint").or_else(|| text("webp.hint")) {
        options.hint = Hint::parse(&text)
            .ok_or_else(|| refused("hint", &text, "`photo`, `picture`, `drawing`, `icon` or `text`"))?;
    }
    if let Some(text) = text("compression").or_else(|| text("webp.compression")) {
        options.compression = Compression::parse(&text)
            .ok_or_else(|| refused("compression", &text, "`lossy` or `lossless`"))?;
    }
    if let Some(text) = text("metadata") {
        options.metadata = MetadataPolicy::parse(&text)
            .ok_or_else(|| refused("metadata", &text, "`strip`, `copyright` or `keep`"))?;
    }
    options.avif = read_avif(values, &refused)?;
    options.limits = read_limits(values, &refused)?;
    options.cache_max_age = read_max_age(values, files)?;
    options.responsive = read_responsive(values, &refused)?;
    Ok(options)
}

/// Makes the error about the value of a key: what it is, what is expected.
type Refused<'a> = dyn Fn(&str, &str, &str) -> Diagnostic + 'a;

fn read_avif(values: &Values<'_>, refused: &Refused<'_>) -> Result<Avif, Diagnostic> {
    let mut avif = Avif::default();
    for (key, number, most) in
        [("avif.quality", &mut avif.quality_percent, 100), ("avif.encoderSpeed", &mut avif.speed, 10)]
    {
        if let Some(text) = values.text(&format!("imaging.{}", key.to_lowercase())) {
            let read = text.parse().ok().filter(|read| (1..=most).contains(read));
            *number = read.ok_or_else(|| refused(key, &text, &format!("a number from 1 to {most}")))?;
        }
    }
    Ok(avif)
}

fn read_limits(values: &Values<'_>, refused: &Refused<'_>) -> Result<Limits, Diagnostic> {
    let mut limits = Limits::default();
    let written = |key: &str| values.text(&format!("imaging.{}", key.to_lowercase()));
    if let Some(text) = written("memory") {
        let bytes = parse_bytes(&text, MEGABYTE).filter(|bytes| *bytes >= MIN_MEMORY_BYTES);
        limits.memory_bytes =
            bytes.ok_or_else(|| refused("memory", &text, "at least 64 MB, such as `512MiB` or `2GB`"))?;
    }
    if let Some(text) = written("maxPixels") {
        // Pictures are spoken of in millions of pixels: a small number is one of those.
        let pixels = text.parse::<u64>().ok().filter(|pixels| *pixels > 0);
        let pixels = pixels.map(|pixels| if pixels < 10_000 { pixels * 1_000_000 } else { pixels });
        limits.max_pixels =
            pixels.ok_or_else(|| refused("maxPixels", &text, "a number of megapixels, such as `200`"))?;
    }
    if let Some(text) = written("maxFrames") {
        let frames = text.parse().ok().filter(|frames| *frames > 0);
        limits.max_frames =
            frames.ok_or_else(|| refused("maxFrames", &text, "a number of frames, such as `5000`"))?;
    }
    Ok(limits)
}

/// Reads `caches.images.maxAge`; a negative one is for ever, which is also the default.
fn read_max_age(values: &Values<'_>, files: &[ConfigFile]) -> Result<Option<Duration>, Diagnostic> {
    let Some(text) = values.text("caches.images.maxage").filter(|text| !text.starts_with('-')) else {
        return Ok(None);
    };
    let age = if text == "0" { Some(Duration::ZERO) } else { parse_age(&text) };
    age.map(Some).ok_or_else(|| {
        Diagnostic::error("config-imaging", format!("`caches.images.maxAge` is `{text}`"))
            .at(place("maxAge", files))
            .hint("expected a time such as `720h` or `30d`, or -1 for ever")
    })
}

fn read_responsive(values: &Values<'_>, refused: &Refused<'_>) -> Result<Responsive, Diagnostic> {
    let mut responsive = Responsive::default();
    for (key, flag) in
        [("responsive", &mut responsive.is_on), ("placeholder", &mut responsive.has_placeholder)]
    {
        if let Some(text) = values.text(&format!("imaging.{key}")) {
            let read = values.flag(&format!("imaging.{key}"));
            *flag = read.ok_or_else(|| refused(key, &text, "`true` or `false`"))?;
        }
    }
    if values.at("imaging.widths").is_some() {
        let width = |text: &String| {
            let width = text.parse().ok().filter(|width| (1..=MAX_WIDTH_PX).contains(width));
            let width = width.and_then(|width| u32::try_from(width).ok());
            width.ok_or_else(|| refused("widths", text, "a list of widths in pixels, such as `[480, 960]`"))
        };
        responsive.widths_px = values.list("imaging.widths").iter().map(width).collect::<Result<_, _>>()?;
    }
    if values.at("imaging.formats").is_some() {
        let format = |text: &String| {
            let format = Format::from_extension(text);
            format.ok_or_else(|| refused("formats", text, "a list of formats, such as `[webp]`"))
        };
        responsive.formats = values.list("imaging.formats").iter().map(format).collect::<Result<_, _>>()?;
    }
    responsive.sizes = values.text("imaging.sizes").filter(|sizes| !sizes.trim().is_empty());
    Ok(responsive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load;

    fn imaging(text: &str) -> Result<ImagingOptions, String> {
        let text = text.lines().map(|line| format!("  {line}\n")).collect::<String>();
        let file = ConfigFile {
            path: "hallway.yaml".to_owned(),
            text: format!("imaging:\n{text}"),
            format: crate::data::Format::Yaml,
        };
        match load(&[file], false) {
            Ok((configs, warnings)) => {
                assert!(warnings.is_empty(), "{warnings:?}");
                Ok(configs.general().imaging.clone())
            }
            Err(problems) => Err(problems.iter().map(ToString::to_string).collect()),
        }
    }

    #[test]
    fn our_own_keys_are_read() {
        let read = imaging(
            "responsive: false\nwidths: [640, 320]\nformats: [webp, png]\nsizes: 50vw\nplaceholder: false\nmetadata: Keep",
        );
        let read = read.unwrap();
        assert_eq!(read.metadata, MetadataPolicy::Keep);
        let responsive = Responsive {
            is_on: false,
            widths_px: vec![640, 320],
            formats: vec![Format::Webp, Format::Png],
            sizes: Some("50vw".to_owned()),
            has_placeholder: false,
        };
        assert_eq!(read.responsive, responsive);
        assert_eq!(imaging("quality: 80").unwrap().responsive, Responsive::default());
    }

    #[test]
    fn values_that_mean_nothing_are_refused() {
        for (text, hint) in [
            ("responsive: maybe", "expected `true` or `false`"),
            ("widths: [0]", "expected a list of widths in pixels"),
            ("widths: [wide]", "expected a list of widths in pixels"),
            ("formats: [heic]", "expected a list of formats"),
            ("metadata: none", "expected `strip`, `copyright` or `keep`"),
        ] {
            let problem = imaging(text).unwrap_err();
            assert!(problem.contains("config-imaging") && problem.contains(hint), "{problem}");
        }
    }
}
