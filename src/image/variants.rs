//! Makes all wanted pictures from one source, which is decoded once.
//!
//! Single-threaded and deterministic: the caller runs several sources at a time and keeps the results by their names.
//! A photo is turned upright after it has been scaled down, when that is cheap.

use std::borrow::Cow;

use image::DynamicImage;

use super::animation::{self, Frame};
use super::decode::decode;
use super::encode::encode;
use super::filter::Filter;
use super::geometry::{Orientation, Rect, Size};
use super::plan::{Cut, Plan};
use super::probe::ImageInfo;
use super::smart_crop::best_part;
use super::spec::Spec;
use super::transform::{scaled, size_of, turned, upright};
use crate::diag::Diagnostic;

/// The most bytes that the frames of all wanted animations may take together before they are encoded.
const MAX_FRAME_BYTES: u64 = 512 << 20;

/// Makes the wanted pictures from the bytes of a source, in the order wanted.
///
/// `info` is the source's, from `probe`, and each plan was made from it and the spec beside it; every result has
/// exactly the plan's size and format. Animations stay animated in GIF and WebP, other formats show the first frame.
///
/// # Errors
/// For all if the source is `image-broken`, `image-too-large` or of an unsupported kind.
pub fn make_variants(
    source: &[u8],
    info: &ImageInfo,
    wanted: &[(Spec, Plan)],
) -> Vec<Result<Vec<u8>, Diagnostic>> {
    let made = if wanted.is_empty() { Ok(Vec::new()) } else { make_all(source, info, wanted) };
    made.unwrap_or_else(|error| vec![Err(error); wanted.len()])
}

fn make_all(
    source: &[u8],
    info: &ImageInfo,
    wanted: &[(Spec, Plan)],
) -> Result<Vec<Result<Vec<u8>, Diagnostic>>, Diagnostic> {
    let Some(animation) = animation::open(source, info)? else {
        let picture = decode(source, info)?;
        return Ok(wanted.iter().map(|(spec, plan)| make_still(&picture, info, spec, plan)).collect());
    };
    let plays = animation.plays;
    let moves = wanted.iter().any(|(_, plan)| plan.format.keeps_motion());
    let mut drawings: Vec<Drawing<'_>> = wanted.iter().map(Drawing::new).collect();
    let mut bytes = 0;
    for (index, frame) in animation.take(if moves { usize::MAX } else { 1 }).enumerate() {
        let frame = frame?;
        for drawing in &mut drawings {
            if index == 0 || drawing.plan.format.keeps_motion() {
                bytes += drawing.plan.size.pixels() * 4;
                drawing.add(&frame, info.orientation)?;
            }
        }
        if bytes > MAX_FRAME_BYTES {
            return Err(Diagnostic::error(
                "image-too-large",
                "the animation has too many frames for its size",
            )
            .hint("a video is smaller and plays everywhere"));
        }
    }
    Ok(drawings
        .into_iter()
        .map(|drawing| encode(drawing.frames, plays, drawing.spec, drawing.plan.format))
        .collect())
}

fn make_still(
    picture: &DynamicImage,
    info: &ImageInfo,
    spec: &Spec,
    plan: &Plan,
) -> Result<Vec<u8>, Diagnostic> {
    let base = Base::new(picture, info.orientation, spec);
    let picture = base.draw(base.part(spec, plan)?, plan.size, spec.filter)?;
    encode(vec![Frame { picture, duration_ms: 0 }], None, spec, plan.format)
}

/// One wanted animation as it grows.
struct Drawing<'a> {
    spec: &'a Spec,
    plan: &'a Plan,
    /// The part that is shown: the first frame decides.
    part: Option<Rect>,
    frames: Vec<Frame>,
}

impl<'a> Drawing<'a> {
    fn new((spec, plan): &'a (Spec, Plan)) -> Self {
        Self { spec, plan, part: None, frames: Vec::new() }
    }

    fn add(&mut self, frame: &Frame, orientation: Orientation) -> Result<(), Diagnostic> {
        let base = Base::new(&frame.picture, orientation, self.spec);
        let part = match self.part {
            Some(part) => part,
            None => *self.part.insert(base.part(self.spec, self.plan)?),
        };
        let picture = base.draw(part, self.plan.size, self.spec.filter)?;
        self.frames.push(Frame { picture, duration_ms: frame.duration_ms });
        Ok(())
    }
}

/// A source as its pixels are stored, and how they become the upright, turned picture that a plan measures.
struct Base<'a> {
    stored: Cow<'a, DynamicImage>,
    orientation: Orientation,
}

impl<'a> Base<'a> {
    /// Quarter turns only change the orientation; any other angle moves all pixels.
    fn new(picture: &'a DynamicImage, orientation: Orientation, spec: &Spec) -> Self {
        let degrees = spec.turn_degrees;
        if degrees % 90 == 0 {
            return Self {
                stored: Cow::Borrowed(picture),
                orientation: orientation.then_quarter_turns(degrees / 90),
            };
        }
        let turned = turned(&upright(picture.clone(), orientation), degrees, spec.background);
        Self { stored: Cow::Owned(turned), orientation: Orientation::UPRIGHT }
    }

    fn size(&self) -> Size {
        self.orientation.turned(size_of(&self.stored))
    }

    /// Returns the part that the plan shows.
    fn part(&self, spec: &Spec, plan: &Plan) -> Result<Rect, Diagnostic> {
        let best = |ratio| best_part(self.size(), ratio, |size| self.copy(size, spec.filter));
        match plan.cut {
            Cut::Fixed(rect) => Ok(rect),
            Cut::Smart(ratio) => best(ratio),
            Cut::MiddleOfSmart(ratio) => Ok(middle_of(best(ratio)?, plan.size, self.size())),
        }
    }

    /// Draws a part of the upright picture in a size.
    fn draw(&self, part: Rect, size: Size, filter: Filter) -> Result<DynamicImage, Diagnostic> {
        let rect = self.orientation.stored_rect(part, self.size());
        let drawn = scaled(&self.stored, rect, self.orientation.turned(size), filter)?;
        Ok(upright(drawn, self.orientation))
    }

    /// Draws all in small, on black where it is transparent, as smartcrop sees it.
    fn copy(&self, size: Size, filter: Filter) -> Result<image::RgbImage, Diagnostic> {
        let small = self.draw(self.size().whole(), size, filter)?;
        Ok(super::transform::laid_on(small, super::options::Color([0, 0, 0, 255])).into_rgb8())
    }
}

/// Returns the rectangle of `size` around the middle of `part`, moved into the picture.
fn middle_of(part: Rect, size: Size, picture: Size) -> Rect {
    let Rect { width, height, .. } = size.whole();
    let start = |from: f64, length: f64, mine: f64, side: u32| {
        (from + ((length - mine) / 2.0).floor()).clamp(0.0, (f64::from(side) - mine).max(0.0))
    };
    Rect {
        x: start(part.x, part.width, width, picture.width_px),
        y: start(part.y, part.height, height, picture.height_px),
        width,
        height,
    }
}
