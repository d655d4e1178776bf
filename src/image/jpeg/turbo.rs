//! Decodes and encodes planes with libjpeg-turbo, which needs cmake and nasm to be built.

use std::borrow::Cow;

use image::{GrayImage, Luma};
use turbojpeg::{
    Colorspace, Compressor, Decompressor, ScalingFactor, Subsamp, YuvImage, YuvPlanesImage, yuv_pixels_len,
};

use super::markers::MAX_SCANS;
use super::{Scale, plane, samples_of};
use crate::image::geometry::Size;
use crate::image::planes::{Plane, Planes};

/// Decodes the components of a picture of `size`; `None` if it has another size, or cannot be read.
pub(super) fn decode(source: &[u8], size: Size, scale: Scale) -> Option<Vec<Plane>> {
    let mut decoder = Decompressor::new().ok()?;
    decoder.set_scan_limit(MAX_SCANS).ok()?;
    let header = decoder.read_header(source).ok()?;
    let subsamp = header.subsamp;
    let found = Size::new(header.width.try_into().ok()?, header.height.try_into().ok()?);
    if found != size || header.colorspace != Colorspace::YCbCr || subsamp == Subsamp::Unknown {
        return None;
    }
    decoder.set_scaling_factor(ScalingFactor::new(1, scale.denominator().into())).ok()?;
    let scaled = scale.of(size);
    let (width, height) = (scaled.width_px as usize, scaled.height_px as usize);
    let mut luma = vec![0; yuv_pixels_len(width, 1, height, subsamp).ok()?];
    let layout = |pixels| YuvImage { pixels, width, align: 1, height, subsamp };
    decoder.decompress_to_yuv(source, layout(luma.as_mut_slice())).ok()?;

    let empty: &mut [u8] = &mut [];
    let layout = layout(empty);
    let ((luma_stride, luma_rows), (stride, rows)) = (layout.y_size(), layout.uv_size());
    let mut blue = luma.split_off(luma_stride * luma_rows);
    let red = blue.split_off(stride * rows);
    let factor = scale.denominator();
    let step = (u8::try_from(subsamp.width()).ok()? * factor, u8::try_from(subsamp.height()).ok()? * factor);
    Some(vec![
        plane(luma, luma_stride, samples_of(size, (factor, factor)), (factor, factor))?,
        plane(blue, stride, samples_of(size, step), step)?,
        plane(red, stride, samples_of(size, step), step)?,
    ])
}

/// Encodes planes; the error is for people.
pub(super) fn encode(planes: &Planes, quality_percent: u8) -> Result<Vec<u8>, String> {
    let Planes { size, luma, chroma: [blue, red] } = planes;
    let luma = evened(&luma.samples);
    let image = YuvPlanesImage {
        y_plane: luma.as_raw().as_slice(),
        u_plane: blue.samples.as_raw().as_slice(),
        v_plane: red.samples.as_raw().as_slice(),
        width: size.width_px as usize,
        height: size.height_px as usize,
        y_stride: luma.width() as usize,
        u_stride: blue.samples.width() as usize,
        v_stride: red.samples.width() as usize,
        subsamp: Subsamp::Sub2x2,
    };
    let mut encoder = Compressor::new().map_err(|error| error.to_string())?;
    encoder.set_quality(quality_percent.clamp(1, 100).into()).map_err(|error| error.to_string())?;
    encoder.set_optimize(true).map_err(|error| error.to_string())?;
    encoder.compress_yuv_planes_to_vec(&image).map_err(|error| error.to_string())
}

/// Repeats the last column and row where their number is odd: four pixels share a colour.
fn evened(luma: &GrayImage) -> Cow<'_, GrayImage> {
    let (width, height) = luma.dimensions();
    if width.is_multiple_of(2) && height.is_multiple_of(2) {
        return Cow::Borrowed(luma);
    }
    Cow::Owned(GrayImage::from_fn(width.next_multiple_of(2), height.next_multiple_of(2), |x, y| {
        let sample = luma.get_pixel_checked(x.min(width.saturating_sub(1)), y.min(height.saturating_sub(1)));
        sample.copied().unwrap_or(Luma([0]))
    }))
}
