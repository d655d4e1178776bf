//! Turns pixels into the bytes of a file, without any metadata.
//!
//! JPEG is baseline 4:2:0 (grey with one component), PNG keeps grey and 16 bits, WebP is libwebp's; what a
//! format cannot hold is converted here and nowhere else.

use std::io::Cursor;
use std::num::NonZeroU32;

use image::codecs::bmp::BmpEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::tiff::TiffEncoder;
use image::{DynamicImage, ImageResult};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder as JpegEncoder, SamplingFactor};

use super::animation::{self, Frame};
use super::format::Format;
use super::options::{Background, Color};
use super::spec::Spec;
use super::transform::{is_deep, laid_on, without_idle_alpha};
use super::webp;
use crate::diag::Diagnostic;

/// Encodes one picture or, in GIF and WebP, several frames of one size.
///
/// # Errors
/// `image-encoding` if the encoder refuses, which sizes within `plan`'s limits do not make it do.
pub(super) fn encode(
    mut frames: Vec<Frame>,
    plays: Option<NonZeroU32>,
    spec: &Spec,
    format: Format,
) -> Result<Vec<u8>, Diagnostic> {
    for frame in &mut frames {
        let picture = std::mem::take(&mut frame.picture);
        frame.picture = prepared(picture, spec.background, format);
    }
    let moves = frames.len() > 1;
    let encoded = match format {
        Format::Gif => animation::encode_gif(frames, plays).map_err(|error| error.to_string()),
        Format::Webp if moves => webp::encode_animation(frames, plays, spec),
        _ => {
            let picture = frames.into_iter().next().map(|frame| frame.picture).unwrap_or_default();
            encode_still(&picture, spec, format)
        }
    };
    encoded.map_err(|why| {
        let message = format!("the {} cannot be written: {why}", format.name());
        Diagnostic::error("image-encoding", message)
    })
}

/// Lays a transparent picture on its background where the format or the author asks for it.
fn prepared(picture: DynamicImage, background: Background, format: Format) -> DynamicImage {
    let keeps_alpha = format.keeps_alpha();
    let picture = match background {
        Background::WhereNeeded(_) if keeps_alpha => picture,
        Background::WhereNeeded(color) | Background::Always(color) => laid_on(picture, color),
    };
    // A colour that is itself transparent ends up on black, as in Hugo 0.168.
    let picture = if keeps_alpha { picture } else { laid_on(picture, Color::BLACK) };
    without_idle_alpha(picture)
}

fn encode_still(picture: &DynamicImage, spec: &Spec, format: Format) -> Result<Vec<u8>, String> {
    let mut file = Vec::new();
    match format {
        Format::Jpeg => return encode_jpeg(picture, spec.quality_percent),
        Format::Webp => return webp::encode(picture, spec),
        Format::Png | Format::Gif => {
            let encoder =
                PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive);
            written(picture.write_with_encoder(encoder))?;
        }
        Format::Bmp => written(shallow(picture).write_with_encoder(BmpEncoder::new(&mut file)))?,
        Format::Tiff => {
            let encoder = TiffEncoder::new(Cursor::new(&mut file));
            written(without_grey_alpha(picture).write_with_encoder(encoder))?;
        }
    }
    Ok(file)
}

fn written(result: ImageResult<()>) -> Result<(), String> {
    result.map_err(|error| error.to_string())
}

fn encode_jpeg(picture: &DynamicImage, quality_percent: u8) -> Result<Vec<u8>, String> {
    let side = |px: u32| u16::try_from(px).map_err(|_| "it is too large for JPEG".to_owned());
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new(&mut file, quality_percent);
    // Not with optimised Huffman tables: they save four percent, but this encoder then writes every component
    // as a scan of its own, which several decoders show in false colours.
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    let encoded = if picture.color().has_color() {
        encoder.encode(&picture.to_rgb8(), width, height, ColorType::Rgb)
    } else {
        encoder.encode(&picture.to_luma8(), width, height, ColorType::Luma)
    };
    encoded.map_err(|error| error.to_string())?;
    Ok(file)
}

/// Returns the picture with eight bits for a colour.
fn shallow(picture: &DynamicImage) -> DynamicImage {
    if !is_deep(picture) {
        return picture.clone();
    }
    if picture.color().has_alpha() { picture.to_rgba8().into() } else { picture.to_rgb8().into() }
}

/// Returns the picture as RGBA if it is grey with alpha, which the TIFF encoder cannot write.
fn without_grey_alpha(picture: &DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLumaA8(_) => picture.to_rgba8().into(),
        DynamicImage::ImageLumaA16(_) => picture.to_rgba16().into(),
        _ => picture.clone(),
    }
}
