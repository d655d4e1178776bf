//! Writes AVIF with ravif (rav1e), one thread a picture, so that the same pixels are the same bytes on every machine.

use image::DynamicImage;
use ravif::{Encoder, Img};
use ravif::{RGB8, RGBA8};

/// Encodes a picture: `quality_percent` from 1 to 100, `speed` from 1 (slow) to 10; the error is for people.
///
/// Transparent pixels lose their colour, which nobody sees; depths above eight bits become eight.
pub(in crate::image) fn encode(
    picture: &DynamicImage,
    quality_percent: u8,
    speed: u8,
) -> Result<Vec<u8>, String> {
    let quality = f32::from(quality_percent.clamp(1, 100));
    let encoder = Encoder::new()
        .with_quality(quality)
        .with_alpha_quality(quality)
        .with_speed(speed.clamp(1, 10))
        .with_num_threads(Some(1));
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let encoded = if picture.color().has_alpha() {
        let pixels: Vec<RGBA8> = picture.to_rgba8().pixels().map(|pixel| RGBA8::from(pixel.0)).collect();
        encoder.encode_rgba(Img::new(&pixels, width, height))
    } else {
        let pixels: Vec<RGB8> = picture.to_rgb8().pixels().map(|pixel| RGB8::from(pixel.0)).collect();
        encoder.encode_rgb(Img::new(&pixels, width, height))
    };
    encoded.map(|encoded| encoded.avif_file).map_err(|error| error.to_string())
}
