//! Converts colours to sRGB, which is what pictures without a profile are shown in.
//!
//! Profiles are ICC's (ICC.1:2022), read by `moxcms`. One that is broken, or for another kind of pixels, is left
//! out: the picture is then shown as if it had none, here as in every browser.

use image::{DynamicImage, ImageBuffer, Rgb, Rgba};
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
        if bytes.is_empty() || bytes.len() > MAX_PROFILE_BYTES {
            return None;
        }
        let profile = Self(ColorProfile::new_from_slice(bytes).ok()?);
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

    /// Returns the profile of wide screens, for formats that only name it.
    pub(super) fn display_p3() -> Self {
        Self(ColorProfile::new_display_p3())
    }

    /// Converts a picture; one that has no pixels of this kind stays as it is.
    pub(super) fn to_srgb(&self, picture: DynamicImage) -> DynamicImage {
        let converted = if is_deep(&picture) { self.deep(&picture) } else { self.shallow(&picture) };
        converted.unwrap_or(picture)
    }

    fn channels(&self) -> usize {
        if self.0.color_space == DataColorSpace::Gray { 1 } else { 3 }
    }

    fn shallow(&self, picture: &DynamicImage) -> Option<DynamicImage> {
        let alpha = picture.color().has_alpha();
        self.fits(picture)?;
        let to = if alpha { Layout::Rgba } else { Layout::Rgb };
        let pixels = self.converted(picture.as_bytes(), layout(self.channels(), alpha), to)?;
        let (width, height) = (picture.width(), picture.height());
        let color: DynamicImage = if alpha {
            ImageBuffer::<Rgba<u8>, _>::from_raw(width, height, pixels)?.into()
        } else {
            ImageBuffer::<Rgb<u8>, _>::from_raw(width, height, pixels)?.into()
        };
        Some(match picture {
            DynamicImage::ImageLuma8(_) => color.into_luma8().into(),
            DynamicImage::ImageLumaA8(_) => color.into_luma_alpha8().into(),
            _ => color,
        })
    }

    fn deep(&self, picture: &DynamicImage) -> Option<DynamicImage> {
        self.fits(picture)?;
        let samples: &[u16] = match picture {
            DynamicImage::ImageLuma16(pixels) => pixels,
            DynamicImage::ImageLumaA16(pixels) => pixels,
            DynamicImage::ImageRgb16(pixels) => pixels,
            DynamicImage::ImageRgba16(pixels) => pixels,
            _ => return None,
        };
        let alpha = picture.color().has_alpha();
        let to = if alpha { Layout::Rgba } else { Layout::Rgb };
        let from = layout(self.channels(), alpha);
        let transform = self.0.create_transform_16bit(from, &ColorProfile::new_srgb(), to, options()).ok()?;
        let mut color = vec![0; samples.len() / from.channels() * to.channels()];
        transform.transform(samples, &mut color).ok()?;
        let (width, height) = (picture.width(), picture.height());
        let color: DynamicImage = if alpha {
            ImageBuffer::<Rgba<u16>, _>::from_raw(width, height, color)?.into()
        } else {
            ImageBuffer::<Rgb<u16>, _>::from_raw(width, height, color)?.into()
        };
        Some(match picture {
            DynamicImage::ImageLuma16(_) => color.into_luma16().into(),
            DynamicImage::ImageLumaA16(_) => color.into_luma_alpha16().into(),
            _ => color,
        })
    }

    fn fits(&self, picture: &DynamicImage) -> Option<()> {
        (picture.color().has_color() == (self.channels() == 3)).then_some(())
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
        if profile.is_empty() || profile.len() > MAX_PROFILE_BYTES {
            return None;
        }
        let profile = Profile(ColorProfile::new_from_slice(profile).ok()?);
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
