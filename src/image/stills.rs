//! Draws and encodes still pictures from one source.
//!
//! A source is decoded once for all pictures that are made from it, and pictures that differ only in how they are
//! encoded are drawn once. What decides a picture's pixels is its own plan and its source, never which others are
//! wanted with it: some may already lie in the cache.

use std::borrow::Cow;

use image::DynamicImage;

use super::decode::{Decoded, decode};
use super::encode::{chroma, encode_picture};
use super::filter::Filter;
use super::format::Format;
use super::geometry::{Orientation, Rect, Size, turned_size};
use super::jpeg::Scale;
use super::options::Color;
use super::plan::{Cut, Plan};
use super::planes::{Chroma, Picture};
use super::probe::ImageInfo;
use super::smart_crop::best_part;
use super::spec::Spec;
use super::transform::{laid_on, turned, upright};
use crate::diag::Diagnostic;

/// How many pixels of the file go into one of a result, each way, before half of them are enough: with the default
/// filter results are as near to the exact ones as from all pixels (measured).
const ENOUGH_PIXELS: f64 = 2.5;

/// A source of more pixels is decoded at half its size also where larger results may want it whole.
const MANY_PIXELS: u64 = 24_000_000;

/// How many of its pixels go into one of a result, so that the usual largest width is no larger than that.
const MANY_ENOUGH_PIXELS: f64 = 4.0;

/// Makes the wanted still pictures, in the order wanted.
///
/// # Errors
/// As `decode`; each picture may have an error of its own.
pub(super) fn make_stills(
    source: &[u8],
    info: &ImageInfo,
    wanted: &[(Spec, Plan)],
) -> Result<Vec<Result<Vec<u8>, Diagnostic>>, Diagnostic> {
    let mut made: Vec<(usize, Result<Vec<u8>, Diagnostic>)> = Vec::with_capacity(wanted.len());
    for scale in [Scale::Full, Scale::Half] {
        let mut left: Vec<(usize, &(Spec, Plan))> = wanted
            .iter()
            .enumerate()
            .filter(|(_, (spec, plan))| scale_for(info, spec, plan) == scale)
            .collect();
        if left.is_empty() {
            continue;
        }
        let decoded = decode(source, info, scale)?;
        while let Some((_, (spec, plan))) = left.first().copied() {
            let alike: Vec<(usize, &(Spec, Plan))> = left
                .extract_if(.., |(_, (other, its))| are_drawn_alike((spec, plan), (other, its)))
                .collect();
            let drawn = draw(&decoded, info, spec, plan);
            made.extend(alike.into_iter().map(|(index, (spec, plan))| {
                (
                    index,
                    drawn
                        .as_ref()
                        .map_err(Clone::clone)
                        .and_then(|drawn| encode_picture(drawn, spec, plan.format)),
                )
            }));
        }
    }
    made.sort_by_key(|(index, _)| *index);
    Ok(made.into_iter().map(|(_, picture)| picture).collect())
}

/// Chooses the scale of decoding, by the source and this one plan.
///
/// A second decoding costs more than halving saves, so what a site makes in several sizes comes from the whole.
pub(super) fn scale_for(info: &ImageInfo, spec: &Spec, plan: &Plan) -> Scale {
    if info.format != Format::Jpeg || !spec.turn_degrees.is_multiple_of(90) {
        return Scale::Full;
    }
    let (width, height) = match plan.cut {
        Cut::Fixed(rect) => (rect.width, rect.height),
        Cut::Smart(ratio) => {
            let (size, ratio) = (turned_size(info.size, spec.turn_degrees).whole(), ratio.whole());
            // The best part is at least nine tenths of what fits.
            let cover = (size.width / ratio.width).min(size.height / ratio.height) * 0.9;
            (ratio.width * cover, ratio.height * cover)
        }
        // Nothing is scaled.
        Cut::MiddleOfSmart(_) => return Scale::Full,
    };
    let times = (width / plan.size.whole().width).min(height / plan.size.whole().height);
    let is_enough = spec.is_alone && times >= ENOUGH_PIXELS;
    let is_enough_of_many = info.size.pixels() > MANY_PIXELS && times >= MANY_ENOUGH_PIXELS;
    if is_enough || is_enough_of_many { Scale::Half } else { Scale::Full }
}

/// Says whether two pictures are the same until they are encoded.
fn are_drawn_alike((spec, plan): (&Spec, &Plan), (other, its): (&Spec, &Plan)) -> bool {
    plan.size == its.size
        && plan.cut == its.cut
        && spec.turn_degrees == other.turn_degrees
        && spec.filter == other.filter
        && chroma(spec, plan.format) == chroma(other, its.format)
}

fn draw(decoded: &Decoded, info: &ImageInfo, spec: &Spec, plan: &Plan) -> Result<Picture, Diagnostic> {
    let base = Base::new(&decoded.picture, info.orientation, spec);
    let part = base.part(spec, plan)?;
    let Some(profile) = &decoded.profile else {
        return base.draw(part, plan.size, spec.filter, chroma(spec, plan.format));
    };
    let drawn = base.draw(part, plan.size, spec.filter, Chroma::Full)?;
    Ok(Picture::Pixels(profile.to_srgb(drawn.into_pixels())))
}

/// Returns all pixels of a source.
fn pixels_of(picture: &Picture) -> DynamicImage {
    // Colours get as fine as the rest; scaling to the same size leaves what is fine already.
    let size = picture.size();
    let fine = picture.scaled(size.whole(), size, Filter::CatmullRom, Chroma::Full);
    fine.unwrap_or_else(|_| picture.clone()).into_pixels()
}

/// A source as its pixels are stored, and how they become the upright, turned picture that a plan measures.
pub(super) struct Base<'a> {
    stored: Cow<'a, Picture>,
    orientation: Orientation,
}

impl<'a> Base<'a> {
    /// Quarter turns only change the orientation; any other angle moves all pixels.
    pub(super) fn new(picture: &'a Picture, orientation: Orientation, spec: &Spec) -> Self {
        let degrees = spec.turn_degrees;
        if degrees.is_multiple_of(90) {
            return Self {
                stored: Cow::Borrowed(picture),
                orientation: orientation.then_quarter_turns(degrees / 90),
            };
        }
        let turned = turned(&upright(pixels_of(picture), orientation), degrees);
        Self { stored: Cow::Owned(Picture::Pixels(turned)), orientation: Orientation::UPRIGHT }
    }

    fn size(&self) -> Size {
        self.orientation.turned(self.stored.size())
    }

    /// Returns the part that the plan shows.
    pub(super) fn part(&self, spec: &Spec, plan: &Plan) -> Result<Rect, Diagnostic> {
        let best = |ratio| best_part(self.size(), ratio, |size| self.copy(size, spec.filter));
        match plan.cut {
            Cut::Fixed(rect) => Ok(rect),
            Cut::Smart(ratio) => best(ratio),
            Cut::MiddleOfSmart(ratio) => Ok(middle_of(best(ratio)?, plan.size, self.size())),
        }
    }

    /// Draws a part of the upright picture in a size.
    pub(super) fn draw(
        &self,
        part: Rect,
        size: Size,
        filter: Filter,
        chroma: Chroma,
    ) -> Result<Picture, Diagnostic> {
        let rect = self.orientation.stored_rect(part, self.size());
        let drawn = self.stored.scaled(rect, self.orientation.turned(size), filter, chroma)?;
        Ok(drawn.upright(self.orientation))
    }

    /// Draws all in small, on black where it is transparent, as smartcrop sees it.
    fn copy(&self, size: Size, filter: Filter) -> Result<image::RgbImage, Diagnostic> {
        let small = self.draw(self.size().whole(), size, filter, Chroma::Full)?;
        Ok(laid_on(small.into_pixels(), Color::BLACK).into_rgb8())
    }
}

/// Returns the rectangle of `size` around the middle of `part`, moved into the picture (Hugo 0.168: half a
/// pixel is cut off towards zero, whichever of the two is longer).
fn middle_of(part: Rect, size: Size, picture: Size) -> Rect {
    let Rect { width, height, .. } = size.whole();
    let start = |from: f64, length: f64, mine: f64, side: u32| {
        (from + ((length - mine) / 2.0).trunc()).clamp(0.0, (f64::from(side) - mine).max(0.0))
    };
    Rect {
        x: start(part.x, part.width, width, picture.width_px),
        y: start(part.y, part.height, height, picture.height_px),
        width,
        height,
    }
}
