//! Turns the bytes of a file into pixels, within limits.
//!
//! Everything that a file can do wrong ends here as a [`Diagnostic`]: cut off, damaged, or so large that it
//! would eat the memory. Several pictures in one file are `animation`'s.

use std::io::Cursor;

use image::{DynamicImage, ImageError, ImageFormat, ImageReader, Limits};
use memchr::memchr;

use super::format::Format;
use super::plan::{MAX_SOURCE_PIXELS, check_source};
use super::probe::ImageInfo;
use super::transform::without_idle_alpha;
use crate::diag::Diagnostic;

/// The most memory that decoding may take, except for JPEG: screenshots and drawings are far below.
const MAX_DECODED_BYTES: u64 = 256 << 20;

/// Decodes a picture as it is stored; of several, the first.
///
/// Palettes become RGB or RGBA, CMYK becomes RGB, floating-point samples become 16 bits, and an alpha channel
/// that is opaque everywhere is dropped.
///
/// # Errors
/// `image-broken` or `image-too-large`.
pub(super) fn decode(source: &[u8], info: &ImageInfo) -> Result<DynamicImage, Diagnostic> {
    check_source(info)?;
    if info.format == Format::Jpeg {
        check_jpeg(source)?;
    }
    let mut reader = ImageReader::with_format(Cursor::new(source), codec(info.format));
    reader.limits(limits(info.format));
    let picture = reader.decode().map_err(|error| decode_error(info.format, &error))?;
    Ok(without_idle_alpha(match picture {
        DynamicImage::ImageRgb32F(_) => picture.to_rgb16().into(),
        DynamicImage::ImageRgba32F(_) => picture.to_rgba16().into(),
        _ => picture,
    }))
}

/// Returns the limits for decoders: photos are JPEG and may have 200 megapixels, anything else gets 256 MiB.
pub(super) fn limits(format: Format) -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(if format == Format::Jpeg { MAX_SOURCE_PIXELS * 4 } else { MAX_DECODED_BYTES });
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
    }
}

/// Says what a decoder found wrong.
pub(super) fn decode_error(format: Format, error: &ImageError) -> Diagnostic {
    let name = format.name();
    match error {
        ImageError::Limits(_) => {
            let message =
                format!("the {name} would take more than {} MiB of memory", MAX_DECODED_BYTES >> 20);
            Diagnostic::error("image-too-large", message).hint("store a smaller copy")
        }
        ImageError::Unsupported(_) => {
            let message = format!("this kind of {name} cannot be processed: {error}");
            Diagnostic::error("image-format-unsupported", message)
                .hint("save it anew as an ordinary JPEG or PNG")
        }
        _ => broken(format!("the {name} is broken: {error}")),
    }
}

fn broken(message: String) -> Diagnostic {
    Diagnostic::error("image-broken", message).hint("copy it once more from where it came from")
}

/// Checks what the decoder of JPEG does not: it fills what is missing with grey, without a word, and in
/// baseline pictures it leaves out every scan but the first (zune-jpeg 0.5.15), which turns them green.
fn check_jpeg(source: &[u8]) -> Result<(), Diagnostic> {
    let mut baseline_components = 0;
    let mut rest = source;
    loop {
        let Some(at) = memchr(0xFF, rest) else {
            return Err(broken("the JPEG is broken: the file ends before the picture does".to_owned()));
        };
        rest = rest.get(at + 1..).unwrap_or_default();
        match rest {
            [0xD9, ..] => return Ok(()),
            // A stuffed byte, a marker without length, or filling: data goes on.
            [0x00 | 0x01 | 0xD0..=0xD8 | 0xFF, ..] => continue,
            // Frame header: length, precision, height, width, number of components.
            [0xC0 | 0xC1, _, _, _, _, _, _, _, components, ..] => baseline_components = *components,
            // Scan header: length, number of components.
            [0xDA, _, _, components, ..] if *components < baseline_components => {
                let message =
                    "this kind of JPEG cannot be processed: its colours are stored one after the other";
                return Err(Diagnostic::error("image-format-unsupported", message)
                    .hint("save it anew as an ordinary JPEG"));
            }
            _ => {}
        }
        // The length of a segment counts itself but not the marker.
        if let [_, high, low, ..] = rest {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            rest = rest.get(length + 1..).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::geometry::Size;
    use crate::image::probe::probe;
    use crate::image::test_pictures::{FORMATS, encoded, photo};

    fn decoded(bytes: &[u8]) -> Result<DynamicImage, Diagnostic> {
        decode(bytes, &probe(Cursor::new(bytes))?)
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
    fn a_jpeg_in_separate_scans_is_refused_rather_than_green() {
        let mut file = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut file, 90);
        encoder.set_optimized_huffman_tables(true);
        encoder.encode(&photo(16, 16).to_rgb8(), 16, 16, jpeg_encoder::ColorType::Rgb).unwrap();
        assert_eq!(decoded(&file).unwrap_err().code, "image-format-unsupported");
    }

    #[test]
    fn a_bomb_is_refused_by_its_header() {
        let info = ImageInfo { size: Size::new(60_000, 60_000), ..probe_of(Format::Png) };
        assert_eq!(decode(&[], &info).unwrap_err().code, "image-too-large");
    }

    #[test]
    fn a_file_whose_pixels_take_too_much_memory_is_refused() {
        let mut file = encoded(&photo(8, 8), Format::Bmp);
        for side in [18, 22] {
            file[side..side + 4].copy_from_slice(&10_000_u32.to_le_bytes());
        }
        assert_eq!(decoded(&file).unwrap_err().code, "image-too-large");
    }

    fn probe_of(format: Format) -> ImageInfo {
        probe(Cursor::new(encoded(&photo(8, 8), format))).unwrap()
    }
}
