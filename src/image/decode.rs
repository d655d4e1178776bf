//! Turns the bytes of a file into pixels, within limits.
//!
//! Everything that a file can do wrong ends here as a [`Diagnostic`]: cut off, damaged, or so large that it
//! would eat the memory. Several pictures in one file are `animation`'s.

use std::io::{self, Cursor};

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, ImageResult, Limits};

use super::avif;
use super::color::Profile;
use super::format::Format;
use super::jpeg::{self, Scale};
use super::limits::source_bytes;
use super::planes::Picture;
use super::probe::ImageInfo;
use super::transform::without_idle_alpha;
use crate::diag::Diagnostic;

/// A picture as it is stored, and what its colours mean.
pub(super) struct Decoded {
    pub(super) picture: Picture,
    /// `None` if the colours are sRGB's.
    pub(super) profile: Option<Profile>,
}

/// Decodes a picture as it is stored; of several, the first.
///
/// Its header has been checked against the site's limits, and what is decoded is held to the header.
///
/// Palettes become RGB or RGBA, CMYK becomes RGB, floating-point samples become 16 bits, and an alpha channel
/// that is opaque everywhere is dropped. The scale is that of a JPEG's planes, other pictures have all pixels.
///
/// # Errors
/// `image-broken` or `image-too-large`.
pub(super) fn decode(source: &[u8], info: &ImageInfo, scale: Scale) -> Result<Decoded, Diagnostic> {
    if info.format == Format::Avif {
        let (picture, profile) = avif::decode(source).map_err(|error| unusual_or_broken(&error))?;
        return Ok(Decoded { picture: Picture::Pixels(without_idle_alpha(picture)), profile });
    }
    if info.format == Format::Jpeg {
        let markers = jpeg::read(source)?;
        let stored = info.orientation.turned(info.size);
        if let Some(picture) = jpeg::decode(source, &markers, stored, scale) {
            let profile = if markers.has_inks() { None } else { Profile::read(&markers.profile) };
            return Ok(Decoded { picture, profile });
        }
        if markers.has_separate_scans {
            return Err(separate_scans());
        }
    }
    decode_any(source, info).map_err(|error| decode_error(info.format, &error))
}

/// Decodes what `image` decodes.
fn decode_any(source: &[u8], info: &ImageInfo) -> ImageResult<Decoded> {
    let mut limits = limits(info);
    let mut reader = ImageReader::with_format(Cursor::new(source), codec(info.format));
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    limits.reserve(decoder.total_bytes())?;
    decoder.set_limits(limits)?;
    let profile = decoder.icc_profile().ok().flatten().and_then(|profile| Profile::read(&profile));
    let picture = DynamicImage::from_decoder(decoder)?;
    let picture = without_idle_alpha(match picture {
        DynamicImage::ImageRgb32F(_) => picture.to_rgb16().into(),
        DynamicImage::ImageRgba32F(_) => picture.to_rgba16().into(),
        _ => picture,
    });
    Ok(Decoded { picture: Picture::Pixels(picture), profile })
}

/// Returns the limits for decoders: what a picture of the size in its header may take, and nothing larger.
pub(super) fn limits(info: &ImageInfo) -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(source_bytes(info));
    let stored = info.orientation.turned(info.size);
    (limits.max_image_width, limits.max_image_height) = (Some(stored.width_px), Some(stored.height_px));
    limits
}

fn codec(format: Format) -> ImageFormat {
    match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Gif => ImageFormat::Gif,
        Format::Webp => ImageFormat::WebP,
        Format::Bmp => ImageFormat::Bmp,
        Format::Tiff => ImageFormat::Tiff,
        Format::Avif => ImageFormat::Avif,
    }
}

/// Says what is wrong with an AVIF.
fn unusual_or_broken(error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::Unsupported => unusual(Format::Avif, error),
        io::ErrorKind::UnexpectedEof => {
            broken("the AVIF is broken: the file ends before the picture does".to_owned())
        }
        _ => broken(format!("the AVIF is broken: {error}")),
    }
}

fn unusual(format: Format, why: &dyn std::fmt::Display) -> Diagnostic {
    let message = format!("this kind of {} cannot be processed: {why}", format.name());
    Diagnostic::error("image-format-unsupported", message).hint("save it anew as an ordinary JPEG or PNG")
}

/// Says what a decoder found wrong.
pub(super) fn decode_error(format: Format, error: &ImageError) -> Diagnostic {
    let name = format.name();
    match error {
        ImageError::Limits(_) => {
            let message = format!("the {name} takes far more memory than a picture of its size");
            Diagnostic::error("image-too-large", message).hint("save it anew as an ordinary JPEG or PNG")
        }
        ImageError::Unsupported(_) => unusual(format, error),
        _ => broken(format!("the {name} is broken: {error}")),
    }
}

pub(super) fn broken(message: String) -> Diagnostic {
    Diagnostic::error("image-broken", message).hint("copy it once more from where it came from")
}

/// The last decoder leaves out every scan but the first (zune-jpeg 0.5.15), which turns such pictures green.
fn separate_scans() -> Diagnostic {
    let message = "this kind of JPEG cannot be processed: its colours are stored one after the other";
    Diagnostic::error("image-format-unsupported", message).hint("save it anew as an ordinary JPEG")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::probe::probe;
    use crate::image::test_pictures::{FORMATS, encoded, photo};

    fn decoded(bytes: &[u8]) -> Result<DynamicImage, Diagnostic> {
        Ok(decode(bytes, &probe(Cursor::new(bytes))?, Scale::Full)?.picture.into_pixels())
    }

    #[test]
    fn every_format_is_decoded_and_none_that_is_cut_off() {
        for format in FORMATS {
            let whole = encoded(&photo(64, 48), format);
            assert_eq!(decoded(&whole).map(|picture| picture.width()), Ok(64), "{format:?}");
            let cut = whole.get(..whole.len() - whole.len() / 4).unwrap();
            let code = decoded(cut).unwrap_err().code;
            assert_eq!(code, "image-broken", "{format:?}");
        }
    }

    #[test]
    fn a_picture_behind_the_first_and_bytes_before_markers_do_no_harm() {
        let mut two = encoded(&photo(16, 16), Format::Jpeg);
        two.extend(encoded(&photo(9, 9), Format::Jpeg));
        assert_eq!(decoded(&two).map(|picture| picture.width()), Ok(16));
    }

    #[test]
    fn a_jpeg_in_separate_scans_has_its_colours() {
        let mut file = Vec::new();
        let mut encoder = rusty_jpeg::Encoder::new(&mut file, 90);
        encoder.set_sampling_factor(rusty_jpeg::SamplingFactor::R_4_1_1);
        encoder.encode(&photo(64, 64).to_rgb8(), 64, 64, rusty_jpeg::ColorType::Rgb).unwrap();
        assert!(jpeg::read(&file).unwrap().has_separate_scans);
        let [r, g, b] = decoded(&file).unwrap().to_rgb8().get_pixel(3, 3).0;
        assert!(r > 240 && g < 15 && b < 15, "{r} {g} {b}");
    }
}
