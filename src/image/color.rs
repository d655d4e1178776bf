//! Converts colours to sRGB, which is what pictures without a profile are shown in.
//!
//! Profiles are ICC's (ICC.1:2022), read by `moxcms`. One that is broken, or for another kind of pixels, is left
//! out: the picture is then shown as if it had none, here as in every browser.

use image::{ColorType, DynamicImage, ImageBuffer, Pixel, Primitive, Rgb, Rgba};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::transform::is_deep;

/// The largest profile that is read: those of printers have half of it.
pub(super) const MAX_PROFILE_BYTES: usize = 4 << 20;

/// How far from sRGB a colour may be, of 255, without anybody seeing it.
const TOLERANCE: u8 = 1;

/// A profile of colours or greys that are not sRGB's.
pub(super) struct Profile(ColorProfile);

impl Profile {
    /// Reads a profile; `None` if it is sRGB's, broken, or of inks.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let profile = Self::parse(bytes)?;
        let probe: Vec<u8> = match profile.0.color_space {
            DataColorSpace::Rgb => cube(),
            DataColorSpace::Gray => (0..=u8::MAX).collect(),
            _ => return None,
        };
        let channels = profile.channels();
        let seen = profile.converted(&probe, layout(channels, false), Layout::Rgb)?;
        let expected = probe.chunks_exact(channels).flat_map(|pixel| match *pixel {
            [r, g, b] => [r, g, b],
            _ => [pixel.first().copied().unwrap_or_default(); 3],
        });
        seen.iter().zip(expected).any(|(seen, own)| seen.abs_diff(own) > TOLERANCE).then_some(profile)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let is_readable = !bytes.is_empty() && bytes.len() <= MAX_PROFILE_BYTES;
        is_readable.then(|| ColorProfile::new_from_slice(bytes).ok().map(Self))?
    }

    /// Returns the profile of wide screens, for formats that only name it.
    pub(super) fn display_p3() -> Self {
        Self(ColorProfile::new_display_p3())
    }

    /// Converts a picture; one that has no pixels of this kind stays as it is.
    pub(super) fn to_srgb(&self, picture: DynamicImage) -> DynamicImage {
        self.converted_picture(&picture).unwrap_or(picture)
    }

    fn channels(&self) -> usize {
        if self.0.color_space == DataColorSpace::Gray { 1 } else { 3 }
    }

    /// Converts the samples by themselves, then puts them together as they were.
    fn converted_picture(&self, picture: &DynamicImage) -> Option<DynamicImage> {
        if picture.color().has_color() != (self.channels() == 3) {
            return None;
        }
        let alpha = picture.color().has_alpha();
        let (from, to) = (layout(self.channels(), alpha), if alpha { Layout::Rgba } else { Layout::Rgb });
        let deep = |samples| self.converted_deep(samples, from, to).and_then(|color| joined(picture, color));
        let color: DynamicImage = match picture {
            DynamicImage::ImageLuma16(pixels) => deep(pixels)?,
            DynamicImage::ImageLumaA16(pixels) => deep(pixels)?,
            DynamicImage::ImageRgb16(pixels) => deep(pixels)?,
            DynamicImage::ImageRgba16(pixels) => deep(pixels)?,
            _ if is_deep(picture) => return None,
            _ => joined(picture, self.converted(picture.as_bytes(), from, to)?)?,
        };
        Some(match picture.color() {
            ColorType::L8 => color.into_luma8().into(),
            ColorType::La8 => color.into_luma_alpha8().into(),
            ColorType::L16 => color.into_luma16().into(),
            ColorType::La16 => color.into_luma_alpha16().into(),
            _ => color,
        })
    }

    fn converted_deep(&self, samples: &[u16], from: Layout, to: Layout) -> Option<Vec<u16>> {
        let transform = self.0.create_transform_16bit(from, &ColorProfile::new_srgb(), to, options()).ok()?;
        let mut converted = vec![0; samples.len() / from.channels() * to.channels()];
        transform.transform(samples, &mut converted).ok()?;
        Some(converted)
    }

    fn converted(&self, pixels: &[u8], from: Layout, to: Layout) -> Option<Vec<u8>> {
        let transform = self.0.create_transform_8bit(from, &ColorProfile::new_srgb(), to, options()).ok()?;
        let mut converted = vec![0; pixels.len() / from.channels() * to.channels()];
        transform.transform(pixels, &mut converted).ok()?;
        Some(converted)
    }
}

/// Converts four inks for a pixel to RGB, by their profile or, without one, as light through four filters.
pub(super) fn inks_to_rgb(inks: &[u8], profile: &[u8]) -> Vec<u8> {
    let by_profile = || {
        let profile = Profile::parse(profile)?;
        let is_of_inks = profile.0.color_space == DataColorSpace::Cmyk;
        is_of_inks.then(|| profile.converted(inks, Layout::Rgba, Layout::Rgb))?
    };
    by_profile().unwrap_or_else(|| {
        let through = |ink: u8, black: u8| {
            let light = u16::from(u8::MAX - ink) * u16::from(u8::MAX - black);
            ((light + 127) / 255) as u8
        };
        let pixels = inks.as_chunks::<4>().0.iter();
        pixels.flat_map(|&[c, m, y, k]| [through(c, k), through(m, k), through(y, k)]).collect()
    })
}

/// Puts samples together to a picture of the size of `like`, with transparency where that has any.
fn joined<S>(like: &DynamicImage, samples: Vec<S>) -> Option<DynamicImage>
where
    S: Primitive,
    Rgb<S>: Pixel<Subpixel = S>,
    Rgba<S>: Pixel<Subpixel = S>,
    DynamicImage: From<ImageBuffer<Rgb<S>, Vec<S>>> + From<ImageBuffer<Rgba<S>, Vec<S>>>,
{
    let (width, height) = (like.width(), like.height());
    if like.color().has_alpha() {
        return ImageBuffer::<Rgba<S>, _>::from_raw(width, height, samples).map(Into::into);
    }
    ImageBuffer::<Rgb<S>, _>::from_raw(width, height, samples).map(Into::into)
}

/// Every colour of a coarse grid.
fn cube() -> Vec<u8> {
    let steps = || (0..=u8::MAX).step_by(51);
    let colors = steps().flat_map(move |r| steps().flat_map(move |g| steps().map(move |b| [r, g, b])));
    colors.flatten().collect()
}

fn layout(channels: usize, alpha: bool) -> Layout {
    match (channels, alpha) {
        (1, false) => Layout::Gray,
        (1, true) => Layout::GrayAlpha,
        (_, false) => Layout::Rgb,
        (_, true) => Layout::Rgba,
    }
}

fn options() -> TransformOptions {
    TransformOptions::default()
}
