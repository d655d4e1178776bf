//! JPEG: from the bytes of a file to planes, and back.
//!
//! Decoding is `rusty_jpeg`'s, or with the feature `turbo` libjpeg-turbo's, which takes a sixth less; both keep
//! the colour differences as coarse as the file has them. What neither reads is left to the decoder for all
//! formats. `markers` looks at what lies around the pixels.

mod markers;
mod pure;
#[cfg(feature = "turbo")]
mod turbo;

use image::{DynamicImage, GrayImage, RgbImage};

use super::color;
use super::geometry::Size;
use super::planes::{Picture, Plane, Planes};
pub(super) use markers::{Markers, read};
#[cfg(not(feature = "turbo"))]
use pure as codec;
#[cfg(feature = "turbo")]
use turbo as codec;

/// The codecs of this build that another build may have others for, a line each.
pub const CODECS: &str = if cfg!(feature = "turbo") {
    "jpeg: libjpeg-turbo\nwebp: libwebp"
} else {
    "jpeg: rusty_jpeg\nwebp: libwebp"
};

/// How many pixels of the file become one sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scale {
    /// One.
    Full,
    /// Four: an eighth of the arithmetic and a quarter of the memory.
    Half,
}

impl Scale {
    fn denominator(self) -> u8 {
        match self {
            Self::Full => 1,
            Self::Half => 2,
        }
    }

    /// Returns the size after scaling; what is left of a pixel counts as one.
    fn of(self, size: Size) -> Size {
        let side = |px: u32| px.div_ceil(self.denominator().into());
        Size::new(side(size.width_px), side(size.height_px))
    }
}

/// Decodes a picture of `size`, as it is stored; `None` if that is the business of another decoder.
///
/// Inks become RGB by their profile. Grey pictures ignore the scale.
pub(super) fn decode(source: &[u8], markers: &Markers, size: Size, scale: Scale) -> Option<Picture> {
    match markers.components.len() {
        1 => {
            let [luma] = <[Plane; 1]>::try_from(pure::decode(source, size, Scale::Full)?).ok()?;
            Some(Picture::Pixels(luma.samples.into()))
        }
        3 if markers.is_ycbcr() => {
            let planes = codec::decode(source, size, scale);
            // Halving is a courtesy of decoders: not every layout has it.
            let planes = match planes {
                None if scale != Scale::Full => codec::decode(source, size, Scale::Full),
                _ => planes,
            };
            let [luma, blue, red] = <[Plane; 3]>::try_from(planes?).ok()?;
            Some(Picture::Planes(Planes { size, luma, chroma: [blue, red] }))
        }
        4 => {
            let inks = pure::decode_inks(source, size, markers.adobe.is_some())?;
            let pixels = color::inks_to_rgb(&inks, &markers.profile);
            let pixels = RgbImage::from_raw(size.width_px, size.height_px, pixels)?;
            Some(Picture::Pixels(pixels.into()))
        }
        _ => None,
    }
}

/// Encodes planes with a [`Chroma::Quarter`](super::planes::Chroma) as 4:2:0; the error is for people.
pub(super) fn encode_planes(planes: &Planes, quality_percent: u8) -> Result<Vec<u8>, String> {
    codec::encode(planes, quality_percent)
}

/// Encodes pixels as 4:2:0, or with one component if they are grey; the error is for people.
pub(super) fn encode_pixels(picture: DynamicImage, quality_percent: u8) -> Result<Vec<u8>, String> {
    pure::encode_pixels(picture, quality_percent)
}

/// Makes a plane of samples that lie `stride` apart from row to row; `None` if there are too few.
fn plane(mut data: Vec<u8>, stride: usize, size: Size, step: (u8, u8)) -> Option<Plane> {
    let width = usize::try_from(size.width_px).ok()?;
    let height = usize::try_from(size.height_px).ok()?;
    if stride < width || data.len() < stride.checked_mul(height.checked_sub(1)?)?.checked_add(width)? {
        return None;
    }
    if stride > width {
        for row in 1..height {
            data.copy_within(row * stride..row * stride + width, row * width);
        }
    }
    data.truncate(width * height);
    let samples = GrayImage::from_raw(size.width_px, size.height_px, data)?;
    Some(Plane { samples, step })
}

/// Returns how many samples a plane has for a picture of `size`.
fn samples_of(size: Size, step: (u8, u8)) -> Size {
    Size::new(size.width_px.div_ceil(step.0.into()), size.height_px.div_ceil(step.1.into()))
}
