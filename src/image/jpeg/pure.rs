//! Decodes and encodes with `rusty_jpeg`, which is written in Rust.

use image::DynamicImage;
use rusty_jpeg::decode::{Decoder, PixelFormat};
use rusty_jpeg::encode::PlanarYcbcrImage;
use rusty_jpeg::{ColorType, Encoder, SamplingFactor};

use super::{Scale, plane, samples_of};
use crate::image::geometry::Size;
use crate::image::planes::{Plane, Planes};

/// Decodes the components of a picture of `size`; `None` if it has another size, or cannot be read.
pub(super) fn decode(source: &[u8], size: Size, scale: Scale) -> Option<Vec<Plane>> {
    let mut decoder = decoder(source, size);
    if scale != Scale::Full {
        let Size { width_px, height_px } = scale.of(size);
        decoder.scale(width_px.try_into().ok()?, height_px.try_into().ok()?).ok()?;
    }
    let components = decoder.decode_planar().ok()?.components;
    let most = |factor: fn(u8, u8) -> u8| {
        let factors =
            components.iter().map(|one| factor(one.horizontal_sampling_factor, one.vertical_sampling_factor));
        factors.max().unwrap_or(1)
    };
    let (across, down) = (most(|across, _| across), most(|_, down| down));
    let planes = components.into_iter().map(|one| {
        let step = (
            quotient(across, one.horizontal_sampling_factor)? * scale.denominator(),
            quotient(down, one.vertical_sampling_factor)? * scale.denominator(),
        );
        let samples = samples_of(size, step);
        let is_whole = samples == Size::new(one.width.try_into().ok()?, one.height.try_into().ok()?);
        is_whole.then(|| plane(one.data, one.stride, samples, step))?
    });
    planes.collect()
}

/// Divides where nothing is left over; factors of 3 to 2 exist in theory only.
fn quotient(most: u8, mine: u8) -> Option<u8> {
    most.checked_rem(mine).filter(|left| *left == 0).and(most.checked_div(mine))
}

/// Decodes a picture in four inks: cyan, magenta, yellow, black, 255 being all of an ink.
///
/// Programs that leave their mark, as Adobe's, store the opposite.
pub(super) fn decode_inks(source: &[u8], size: Size, is_adobe: bool) -> Option<Vec<u8>> {
    let mut decoder = decoder(source, size);
    let mut inks = decoder.decode().ok()?;
    let info = decoder.info()?;
    if info.pixel_format != PixelFormat::CMYK32 || Size::new(info.width.into(), info.height.into()) != size {
        return None;
    }
    // The decoder takes all of them for Adobe's.
    if !is_adobe {
        inks.iter_mut().for_each(|ink| *ink = 255 - *ink);
    }
    Some(inks)
}

fn decoder(source: &[u8], size: Size) -> Decoder<&[u8]> {
    let mut decoder = Decoder::new(source);
    // Other photos keep the other cores busy.
    decoder.set_single_threaded(true);
    // Four components at most, in blocks that are filled up.
    let most_bytes = size.pixels().saturating_mul(4).saturating_add(1 << 20);
    decoder.set_max_decoding_buffer_size(usize::try_from(most_bytes).unwrap_or(usize::MAX));
    decoder
}

/// Encodes planes; the error is for people.
#[cfg_attr(feature = "turbo", expect(dead_code, reason = "libjpeg-turbo encodes planes"))]
pub(super) fn encode(planes: &Planes, quality_percent: u8) -> Result<Vec<u8>, String> {
    let Planes { size, luma, chroma: [blue, red] } = planes;
    let (width, height) = sides(*size)?;
    let strides = [&luma.samples, &blue.samples, &red.samples].map(|samples| samples.width() as usize);
    let image =
        PlanarYcbcrImage::new(&luma.samples, &blue.samples, &red.samples, strides, width, height, (2, 2));
    let image = image.ok_or("a plane is too small")?;
    let mut file = Vec::new();
    encoder(&mut file, quality_percent).encode_image(image).map_err(|error| error.to_string())?;
    Ok(file)
}

/// Encodes pixels; the error is for people.
pub(super) fn encode_pixels(picture: DynamicImage, quality_percent: u8) -> Result<Vec<u8>, String> {
    let (width, height) = sides(Size::new(picture.width(), picture.height()))?;
    let mut file = Vec::new();
    let encoder = encoder(&mut file, quality_percent);
    let encoded = if picture.color().has_color() {
        encoder.encode(&picture.into_rgb8(), width, height, ColorType::Rgb)
    } else {
        encoder.encode(&picture.into_luma8(), width, height, ColorType::Luma)
    };
    encoded.map_err(|error| error.to_string())?;
    Ok(file)
}

/// Optimised Huffman tables cost 3 ms a megapixel and save four bytes of a hundred.
fn encoder(file: &mut Vec<u8>, quality_percent: u8) -> Encoder<&mut Vec<u8>> {
    let mut encoder = Encoder::new(file, quality_percent);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_optimized_huffman_tables(true);
    encoder
}

fn sides(size: Size) -> Result<(u16, u16), String> {
    let side = |px: u32| u16::try_from(px).map_err(|_| "it is too large for JPEG".to_owned());
    Ok((side(size.width_px)?, side(size.height_px)?))
}
