//! Pictures as a JPEG stores them: brightness in one plane, the two colour differences in others, often coarser.
//!
//! A photo that stays a photo is scaled, turned and encoded in this form; nothing is converted on the way. Which
//! of the two forms a source has is hidden in [`Picture`].

use image::{DynamicImage, GrayImage, RgbImage};

use super::filter::Filter;
use super::geometry::{Orientation, Rect, Size};
use super::transform::{scaled, scaled_plane, size_of, upright};
use crate::diag::Diagnostic;

/// A picture in either form.
#[derive(Clone)]
pub(super) enum Picture {
    /// As a JPEG stores it.
    Planes(Planes),
    /// Pixel by pixel.
    Pixels(DynamicImage),
}

/// A picture in Y'CbCr (JFIF: BT.601, all of 0 to 255), every component in a plane of its own.
#[derive(Clone)]
pub(super) struct Planes {
    /// The size of the picture, which a plane may have fewer samples than.
    pub(super) size: Size,
    pub(super) luma: Plane,
    /// Blue difference, red difference.
    pub(super) chroma: [Plane; 2],
}

/// Neighbours whose colours differ by less are of one colour.
const EVEN_STEP: u8 = 2;

/// Neighbours whose colours differ by more lie on two sides of an edge that no lens draws.
const HARD_STEP: u8 = 48;

/// The samples of one component.
#[derive(Clone)]
pub(super) struct Plane {
    pub(super) samples: GrayImage,
    /// How many pixels of the picture one sample stands for, across and down.
    pub(super) step: (u8, u8),
}

/// How fine colours are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chroma {
    /// A sample for a pixel.
    Full,
    /// A sample for four pixels, which is what JPEG and WebP keep.
    Quarter,
}

impl Picture {
    /// Returns the stored size.
    pub(super) fn size(&self) -> Size {
        match self {
            Self::Planes(planes) => planes.size,
            Self::Pixels(pixels) => size_of(pixels),
        }
    }

    /// Scales the part `rect` to `size`, as `transform::scaled` does.
    pub(super) fn scaled(
        &self,
        rect: Rect,
        size: Size,
        filter: Filter,
        chroma: Chroma,
    ) -> Result<Self, Diagnostic> {
        match self {
            Self::Planes(planes) => planes.scaled(rect, size, filter, chroma).map(Self::Planes),
            Self::Pixels(pixels) => scaled(pixels, rect, size, filter).map(Self::Pixels),
        }
    }

    /// Turns stored pixels upright.
    pub(super) fn upright(self, orientation: Orientation) -> Self {
        match self {
            Self::Planes(planes) => Self::Planes(planes.upright(orientation)),
            Self::Pixels(pixels) => Self::Pixels(upright(pixels, orientation)),
        }
    }

    /// Returns the pixels.
    pub(super) fn into_pixels(self) -> DynamicImage {
        match self {
            Self::Planes(planes) => planes.to_rgb().into(),
            Self::Pixels(pixels) => pixels,
        }
    }
}

impl Planes {
    /// Scales as [`Picture::scaled`] does.
    pub(super) fn scaled(
        &self,
        rect: Rect,
        size: Size,
        filter: Filter,
        chroma: Chroma,
    ) -> Result<Self, Diagnostic> {
        let (step, coarse) = match chroma {
            Chroma::Full => ((1, 1), size),
            Chroma::Quarter => ((2, 2), Size::new(size.width_px.div_ceil(2), size.height_px.div_ceil(2))),
        };
        let plane = |plane: &Plane, size, step| {
            // Samples that stand for several pixels are means already. The mean of means at other places is dull, a
            // sharper kernel is not: with it results are nearer to the exact ones than the box of all pixels (measured).
            let filter =
                if filter == Filter::Box && plane.step > (1, 1) { Filter::CatmullRom } else { filter };
            let samples = scaled_plane(&plane.samples, plane.rect(rect), size, filter)?;
            Ok::<_, Diagnostic>(Plane { samples, step })
        };
        let [blue, red] = &self.chroma;
        Ok(Self {
            size,
            luma: plane(&self.luma, size, (1, 1))?,
            chroma: [plane(blue, coarse, step)?, plane(red, coarse, step)?],
        })
    }

    fn upright(self, orientation: Orientation) -> Self {
        let Self { size, luma, chroma } = self;
        let chroma = chroma.map(|plane| plane.upright(orientation));
        Self { size: orientation.turned(size), luma: luma.upright(orientation), chroma }
    }

    /// Says whether the picture looks drawn: colours are mostly even, and here and there end all at once.
    ///
    /// A photo has no such edges between colours, or has no even ones: measured on scenes of ten kinds.
    pub(super) fn look_drawn(&self) -> bool {
        let [blue, red] = &self.chroma;
        let (mut all, mut even, mut hard) = (0_u64, 0_u64, 0_u64);
        for (blue, red) in blue.samples.rows().zip(red.samples.rows()) {
            let pixels: Vec<[u8; 2]> = blue.zip(red).map(|(blue, red)| [blue.0[0], red.0[0]]).collect();
            for pair in pixels.windows(2) {
                let &[[blue, red], [next_blue, next_red]] = pair else { continue };
                let step = blue.abs_diff(next_blue).max(red.abs_diff(next_red));
                all += 1;
                even += u64::from(step < EVEN_STEP);
                hard += u64::from(step > HARD_STEP);
            }
        }
        hard * 1_000 > all && even * 2 > all
    }

    /// Converts to RGB; a coarse sample colours all of its pixels.
    pub(super) fn to_rgb(&self) -> RgbImage {
        let [blue, red] = &self.chroma;
        let Size { width_px, height_px } = self.size;
        RgbImage::from_fn(width_px, height_px, |x, y| {
            image::Rgb(rgb(self.luma.at(x, y), blue.at(x, y), red.at(x, y)))
        })
    }
}

impl Plane {
    /// Returns where a rectangle of the picture lies among the samples.
    fn rect(&self, rect: Rect) -> Rect {
        let (across, down) = (f64::from(self.step.0), f64::from(self.step.1));
        Rect { x: rect.x / across, y: rect.y / down, width: rect.width / across, height: rect.height / down }
    }

    fn upright(self, orientation: Orientation) -> Self {
        let before = Size::new(self.step.0.into(), self.step.1.into());
        let step = if orientation.turned(before) == before { self.step } else { (self.step.1, self.step.0) };
        // A grey picture stays grey.
        Self { samples: upright(self.samples.into(), orientation).into_luma8(), step }
    }

    fn at(&self, x: u32, y: u32) -> u8 {
        let sample = self
            .samples
            .get_pixel_checked(x / u32::from(self.step.0.max(1)), y / u32::from(self.step.1.max(1)));
        sample.map_or(128, |sample| sample.0[0])
    }
}

/// Converts one pixel (JFIF 1.02, in sixteenths of a bit of 16).
fn rgb(luma: u8, blue: u8, red: u8) -> [u8; 3] {
    let (luma, blue, red) =
        ((i32::from(luma) << 16) + (1 << 15), i32::from(blue) - 128, i32::from(red) - 128);
    let channel = |value: i32| (value >> 16).clamp(0, 255) as u8;
    [
        channel(luma + 91_881 * red),
        channel(luma - 22_554 * blue - 46_802 * red),
        channel(luma + 116_130 * blue),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(width: u32, height: u32, step: (u8, u8), value: impl Fn(u32, u32) -> u8) -> Plane {
        Plane { samples: GrayImage::from_fn(width, height, |x, y| image::Luma([value(x, y)])), step }
    }

    #[test]
    fn colours_are_those_of_jfif() {
        for (ycc, seen) in [
            ([0, 128, 128], [0, 0, 0]),
            ([255, 128, 128], [255, 255, 255]),
            ([76, 85, 255], [254, 0, 0]),
            ([150, 44, 21], [0, 255, 1]),
            ([29, 255, 107], [0, 0, 254]),
        ] {
            assert_eq!(rgb(ycc[0], ycc[1], ycc[2]), seen, "{ycc:?}");
        }
    }

    #[test]
    fn a_slide_looks_drawn_and_a_photo_does_not() {
        let looks_drawn = |value: &dyn Fn(u32, u32) -> u8| {
            let chroma = [(); 2].map(|()| plane(100, 80, (2, 2), value));
            Planes { size: Size::new(200, 160), luma: plane(200, 160, (1, 1), |_, _| 90), chroma }
                .look_drawn()
        };
        assert!(looks_drawn(&|x, _| if x < 50 { 90 } else { 190 }));
        assert!(!looks_drawn(&|x, _| x as u8));
        assert!(!looks_drawn(&|x, y| if x < 50 && y == 3 { 90 } else { 120 }));
        assert!(!looks_drawn(&|x, y| ((x * 37) ^ (y * 91)) as u8));
        assert!(!looks_drawn(&|_, _| 128));
    }

    #[test]
    fn planes_of_any_coarseness_are_scaled_and_turned_alike() {
        for step in [(1, 1), (2, 1), (1, 2), (2, 2), (4, 1)] {
            let coarse = (21_u32.div_ceil(step.0.into()), 13_u32.div_ceil(step.1.into()));
            let picture = Planes {
                size: Size::new(21, 13),
                luma: plane(21, 13, (1, 1), |x, _| x as u8 * 10),
                chroma: [(); 2].map(|()| plane(coarse.0, coarse.1, step, |_, y| y as u8 * step.1 * 15)),
            };
            for chroma in [Chroma::Full, Chroma::Quarter] {
                let drawn =
                    picture.scaled(picture.size.whole(), Size::new(7, 5), Filter::Box, chroma).unwrap();
                let turned = drawn.upright(Orientation::from_exif(6));
                assert_eq!(turned.size, Size::new(5, 7), "{step:?}");
                // A quarter clockwise: left goes to the top, the top to the right.
                assert!(turned.luma.at(0, 0) < 30 && turned.luma.at(4, 6) > 170, "{step:?}");
                let [blue, _] = &turned.chroma;
                assert!(blue.at(4, 0) < blue.at(0, 0), "{step:?} {chroma:?}");
                assert_eq!(turned.to_rgb().dimensions(), (5, 7));
            }
        }
    }
}
