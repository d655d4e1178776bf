//! Encodes WebP with libwebp; `film` puts stills together to animations.
//!
//! Settings are those of Hugo 0.168: method 2, and libwebp's presets for its hints, but for photos.

use image::{DynamicImage, RgbImage};
use webpx::{Encoder, EncoderConfig, Unstoppable, YuvPlanesRef};

use super::options::{Compression, Hint};
use super::planes::{Plane, Planes};
use super::spec::Spec;

/// Effort from 0 to 6; higher ones take twice the time for three percent of the size.
const METHOD: u8 = 2;

/// Encodes one picture; the error is for people.
pub(super) fn encode(picture: DynamicImage, spec: &Spec) -> Result<Vec<u8>, String> {
    let config = config(spec);
    let (width, height) = (picture.width(), picture.height());
    let encoded = if picture.color().has_alpha() {
        Encoder::new_rgba(&picture.into_rgba8(), width, height).config(config).encode(Unstoppable)
    } else {
        Encoder::new_rgb(&picture.into_rgb8(), width, height).config(config).encode(Unstoppable)
    };
    encoded.map_err(|error| error.to_string())
}

/// Encodes what has hard edges between colours, lossily: colours are made coarse with an eye to the brightness beside
/// them, which takes twice the time; the error is for people.
pub(super) fn encode_drawn(picture: &RgbImage, spec: &Spec) -> Result<Vec<u8>, String> {
    let (width, height) = picture.dimensions();
    let encoder = Encoder::new_rgb(picture, width, height).config(config(spec).sharp_yuv(true));
    encoder.encode(Unstoppable).map_err(|error| error.to_string())
}

/// Encodes planes with a [`Chroma::Quarter`](super::planes::Chroma), lossily; the error is for people.
pub(super) fn encode_planes(planes: &Planes, spec: &Spec) -> Result<Vec<u8>, String> {
    let Planes { size, luma, chroma: [blue, red] } = planes;
    let stride = |plane: &Plane| plane.samples.width() as usize;
    // WebP's brightness goes from 16 to 235 and its colours from 16 to 240 (RFC 6386, BT.601).
    let (y, u, v) = (narrowed(luma, 219, 16), narrowed(blue, 224, 16), narrowed(red, 224, 16));
    let planes = YuvPlanesRef {
        y: &y,
        y_stride: stride(luma),
        u: &u,
        u_stride: stride(blue),
        v: &v,
        v_stride: stride(red),
        a: None,
        a_stride: 0,
        width: size.width_px,
        height: size.height_px,
    };
    Encoder::new_yuv(planes).config(config(spec)).encode(Unstoppable).map_err(|error| error.to_string())
}

/// Maps 0 to 255 onto `range` steps from `start`; 128 stays 128 where that is the middle.
fn narrowed(plane: &Plane, range: u32, start: u32) -> Vec<u8> {
    let table: [u8; 256] = std::array::from_fn(|value| {
        let value = value as u32;
        // Colours are differences: what is 0 to them is 128, which no table from 0 to 255 has in its middle.
        let above =
            if range == 224 { value * range + 128 * (255 - range) } else { value * range + start * 255 };
        ((above + 127) / 255) as u8
    });
    plane.samples.iter().map(|value| table[usize::from(*value)]).collect()
}

/// Returns the settings of Hugo's hints, which are libwebp's presets.
///
/// For photos, which is what pictures without a hint are taken for, they are what libwebp does without any preset: with
/// its preset for photos slides were a fifth worse at the same size, and no picture was better (measured).
fn config(spec: &Spec) -> EncoderConfig {
    let config = EncoderConfig::default().method(METHOD).quality(spec.quality_percent.into());
    if spec.compression == Compression::Lossless {
        return config.lossless(true);
    }
    // What the presets set and this crate would leave at its own defaults: spatial noise shaping, filter
    // sharpness, filter strength, segments.
    let (shaping, sharpness, strength, segments) = match spec.hint {
        Hint::Picture => (80, 4, 35, 4),
        Hint::Photo => (50, 0, 60, 4),
        Hint::Drawing => (25, 6, 10, 4),
        Hint::Icon => (0, 0, 0, 4),
        Hint::Text => (0, 0, 0, 2),
    };
    let config = config.sns_strength(shaping).filter_sharpness(sharpness).filter_strength(strength);
    config.segments(segments)
}
