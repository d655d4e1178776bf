//! Turns pixels into the bytes of a file, without any metadata.
//!
//! JPEG is baseline 4:2:0 (grey with one component), PNG keeps grey and 16 bits, WebP is libwebp's; what a
//! format cannot hold is converted here and nowhere else.

use std::io::Cursor;

use image::codecs::bmp::BmpEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::tiff::TiffEncoder;
use image::{DynamicImage, ImageResult};

use super::animation::Frame;
use super::avif;
use super::film::Film;
use super::format::Format;
use super::jpeg;
use super::options::{Background, Color, Compression};
use super::planes::{Chroma, Picture};
use super::spec::Spec;
use super::transform::{is_deep, laid_on, without_idle_alpha};
use super::webp;
use crate::diag::Diagnostic;

/// Encodes one picture.
///
/// # Errors
/// `image-encoding` if the encoder refuses, which sizes within `plan`'s limits do not make it do.
pub(super) fn encode(picture: DynamicImage, spec: &Spec, format: Format) -> Result<Vec<u8>, Diagnostic> {
    if format == Format::Gif {
        let mut film = Film::new(spec, format, None, 1);
        film.add(Frame { picture, duration_ms: 0 })?;
        return film.finish();
    }
    let picture = prepared(picture, spec.background, format);
    encode_still(picture, spec, format).map_err(|why| refused(format, &why))
}

/// Encodes one picture in either form.
///
/// # Errors
/// As [`encode`].
pub(super) fn encode_picture(picture: &Picture, spec: &Spec, format: Format) -> Result<Vec<u8>, Diagnostic> {
    match (picture, format) {
        (Picture::Planes(planes), Format::Jpeg) => {
            jpeg::encode_planes(planes, spec.quality_percent).map_err(|why| refused(format, &why))
        }
        (Picture::Planes(planes), Format::Webp) if chroma(spec, format) == Chroma::Quarter => {
            let encoded = if planes.look_drawn() {
                webp::encode_drawn(&planes.to_rgb(), spec)
            } else {
                webp::encode_planes(planes, spec)
            };
            encoded.map_err(|why| refused(format, &why))
        }
        _ => encode(picture.clone().into_pixels(), spec, format),
    }
}

/// Returns how fine the colours of a picture must be that is encoded from planes.
pub(super) fn chroma(spec: &Spec, format: Format) -> Chroma {
    match format {
        Format::Jpeg => Chroma::Quarter,
        Format::Webp if spec.compression == Compression::Lossy => Chroma::Quarter,
        _ => Chroma::Full,
    }
}

/// Says why an encoder wrote nothing.
pub(super) fn refused(format: Format, why: &str) -> Diagnostic {
    Diagnostic::error("image-encoding", format!("the {} cannot be written: {why}", format.name()))
}

/// Lays a transparent picture on its background where the format or the author asks for it.
pub(super) fn prepared(picture: DynamicImage, background: Background, format: Format) -> DynamicImage {
    let keeps_alpha = format.keeps_alpha();
    let picture = match background {
        Background::WhereNeeded(_) if keeps_alpha => picture,
        Background::WhereNeeded(color) | Background::Always(color) => laid_on(picture, color),
    };
    // A colour that is itself transparent ends up on black, as in Hugo 0.168.
    let picture = if keeps_alpha { picture } else { laid_on(picture, Color::BLACK) };
    without_idle_alpha(picture)
}

fn encode_still(picture: DynamicImage, spec: &Spec, format: Format) -> Result<Vec<u8>, String> {
    let mut file = Vec::new();
    match format {
        Format::Jpeg => return jpeg::encode_pixels(picture, spec.quality_percent),
        Format::Webp => return webp::encode(picture, spec),
        Format::Avif => return avif::encode(&picture, spec.avif.quality_percent, spec.avif.speed),
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

/// Returns the picture with eight bits for a colour.
fn shallow(picture: DynamicImage) -> DynamicImage {
    if !is_deep(&picture) {
        return picture;
    }
    if picture.color().has_alpha() { picture.to_rgba8().into() } else { picture.to_rgb8().into() }
}

/// Returns the picture as RGBA if it is grey with alpha, which the TIFF encoder cannot write.
fn without_grey_alpha(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLumaA8(_) => picture.to_rgba8().into(),
        DynamicImage::ImageLumaA16(_) => picture.to_rgba16().into(),
        _ => picture,
    }
}
