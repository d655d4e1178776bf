//! Writes frames one after the other into an animation: GIF or WebP.
//!
//! Of every frame only what differs from the one before is stored, and only the last frame is held as pixels, so that
//! memory does not grow with the length.

use std::borrow::Cow;
use std::num::NonZeroU32;

use image::{DynamicImage, GenericImageView, Rgba, RgbaImage};

use super::animation::Frame;
use super::encode::{prepared, refused};
use super::format::Format;
use super::spec::Spec;
use super::webp;
use crate::diag::Diagnostic;

/// How accurately GIF palettes are chosen, from 1 (slow) to 30: at 10 the eye sees no difference.
const GIF_SPEED: i32 = 10;

/// The longest that a frame of a WebP can be shown, in 24 bits.
const MAX_WEBP_DURATION_MS: u32 = 0xFF_FFFF;

/// An animation that is being written.
pub(super) struct Film<'a> {
    spec: &'a Spec,
    format: Format,
    reel: Reel,
}

enum Reel {
    Gif(GifReel),
    Webp(WebpReel),
}

impl<'a> Film<'a> {
    /// Begins an animation in GIF or WebP of so many frames, which plays so often, or forever.
    pub(super) fn new(spec: &'a Spec, format: Format, plays: Option<NonZeroU32>, frames: u32) -> Self {
        let reel = match format {
            Format::Webp => Reel::Webp(WebpReel::new(plays)),
            _ => Reel::Gif(GifReel {
                plays: plays.filter(|_| frames > 1),
                is_moving: frames > 1,
                ..GifReel::default()
            }),
        };
        Self { spec, format, reel }
    }

    /// Adds a frame; all have one size.
    ///
    /// # Errors
    /// `image-encoding`.
    pub(super) fn add(&mut self, frame: Frame) -> Result<(), Diagnostic> {
        let pixels = prepared(frame.picture, self.spec.background, self.format).into_rgba8();
        let added = match &mut self.reel {
            Reel::Gif(reel) => reel.add(pixels, frame.duration_ms),
            Reel::Webp(reel) => reel.add(pixels, frame.duration_ms, self.spec),
        };
        added.map_err(|why| refused(self.format, &why))
    }

    /// Returns the bytes of the file.
    ///
    /// # Errors
    /// `image-encoding`.
    pub(super) fn finish(self) -> Result<Vec<u8>, Diagnostic> {
        let format = self.format;
        let file = match self.reel {
            Reel::Gif(reel) => reel.finish(),
            Reel::Webp(reel) => reel.finish(),
        };
        file.map_err(|why| refused(format, &why))
    }
}

/// A part of the canvas: left, top, width, height.
type Part = (u32, u32, u32, u32);

/// Returns the smallest part that holds every pixel in which two frames differ; one pixel where none does.
fn changed(before: &RgbaImage, after: &RgbaImage) -> Part {
    let (mut left, mut right, mut top, mut bottom) = (u32::MAX, 0, u32::MAX, 0);
    for (y, (old, new)) in before.rows().zip(after.rows()).enumerate() {
        let mut differ = old.zip(new).enumerate().filter(|(_, (old, new))| old != new).map(|(x, _)| x as u32);
        if let Some(first) = differ.next() {
            let last = differ.next_back().unwrap_or(first);
            (left, right) = (left.min(first), right.max(last));
            (top, bottom) = (top.min(y as u32), y as u32);
        }
    }
    if left > right { (0, 0, 1, 1) } else { (left, top, right - left + 1, bottom - top + 1) }
}

fn cut(picture: &RgbaImage, (left, top, width, height): Part) -> Cow<'_, RgbaImage> {
    if (width, height) == picture.dimensions() {
        return Cow::Borrowed(picture);
    }
    Cow::Owned(picture.view(left, top, width, height).to_image())
}

/// A GIF that is being written. A frame waits for the next one, which may ask that it be wiped away.
#[derive(Default)]
struct GifReel {
    plays: Option<NonZeroU32>,
    is_moving: bool,
    encoder: Option<gif::Encoder<Vec<u8>>>,
    last: Option<(RgbaImage, Part, u32)>,
}

impl GifReel {
    fn add(&mut self, mut pixels: RgbaImage, duration_ms: u32) -> Result<(), String> {
        make_alpha_binary(&mut pixels);
        let whole = (0, 0, pixels.width(), pixels.height());
        let part = match self.last.take() {
            None => whole,
            Some((last, last_part, last_ms)) => {
                // Nothing can be drawn that takes pixels away: then all of the last frame is wiped.
                let vanishes = last.pixels().zip(pixels.pixels()).any(|(old, new)| old.0[3] > new.0[3]);
                let last_part = if vanishes { whole } else { last_part };
                self.write(&last, last_part, last_ms, vanishes)?;
                if vanishes { whole } else { changed(&last, &pixels) }
            }
        };
        self.last = Some((pixels, part, duration_ms));
        Ok(())
    }

    fn write(
        &mut self,
        picture: &RgbaImage,
        part: Part,
        duration_ms: u32,
        is_wiped: bool,
    ) -> Result<(), String> {
        let side = |side: u32| u16::try_from(side).map_err(|_| "it is too large for GIF".to_owned());
        let encoder = match &mut self.encoder {
            Some(encoder) => encoder,
            none => {
                let encoder =
                    gif::Encoder::new(Vec::new(), side(picture.width())?, side(picture.height())?, &[]);
                let mut encoder = encoder.map_err(|error| error.to_string())?;
                let again = self.plays.map(|plays| u16::try_from(plays.get() - 1).unwrap_or(u16::MAX));
                let repeat = match again {
                    None if self.is_moving => Some(gif::Repeat::Infinite),
                    Some(again @ 1..) => Some(gif::Repeat::Finite(again)),
                    _ => None,
                };
                if let Some(repeat) = repeat {
                    encoder.set_repeat(repeat).map_err(|error| error.to_string())?;
                }
                none.insert(encoder)
            }
        };
        let mut pixels = cut(picture, part).into_owned();
        let (left, top, width, height) = part;
        let mut frame = gif::Frame::from_rgba_speed(side(width)?, side(height)?, &mut pixels, GIF_SPEED);
        (frame.left, frame.top) = (side(left)?, side(top)?);
        frame.delay = u16::try_from(duration_ms / 10).unwrap_or(u16::MAX);
        frame.dispose = if is_wiped { gif::DisposalMethod::Background } else { gif::DisposalMethod::Keep };
        encoder.write_frame(&frame).map_err(|error| error.to_string())
    }

    fn finish(mut self) -> Result<Vec<u8>, String> {
        if let Some((last, part, duration_ms)) = self.last.take() {
            // What transparent animations leave behind would show when they begin again.
            let is_see_through = self.is_moving && last.pixels().any(|pixel| pixel.0[3] == 0);
            self.write(&last, part, duration_ms, is_see_through)?;
        }
        let encoder = self.encoder.ok_or("it has no frame")?;
        encoder.into_inner().map_err(|error| error.to_string())
    }
}

/// A GIF pixel is there or not; what is more than half transparent is not.
fn make_alpha_binary(pixels: &mut RgbaImage) {
    for pixel in pixels.pixels_mut() {
        if pixel.0[3] < 128 {
            *pixel = Rgba([0; 4]);
        } else {
            pixel.0[3] = 255;
        }
    }
}

/// A WebP that is being written (RFC 9649): frames replace their part of the canvas, transparency and all.
struct WebpReel {
    plays: Option<NonZeroU32>,
    last: Option<RgbaImage>,
    size: (u32, u32),
    has_alpha: bool,
    frames: Vec<u8>,
}

impl WebpReel {
    fn new(plays: Option<NonZeroU32>) -> Self {
        Self { plays, last: None, size: (0, 0), has_alpha: false, frames: Vec::new() }
    }

    fn add(&mut self, pixels: RgbaImage, duration_ms: u32, spec: &Spec) -> Result<(), String> {
        let part = match &self.last {
            None => {
                self.size = pixels.dimensions();
                (0, 0, pixels.width(), pixels.height())
            }
            Some(last) => {
                let (left, top, width, height) = changed(last, &pixels);
                // Places are stored halved, and four pixels share a colour.
                let (right, bottom) =
                    ((left + width).next_multiple_of(2), (top + height).next_multiple_of(2));
                let (left, top) = (left & !1, top & !1);
                (left, top, right.min(self.size.0) - left, bottom.min(self.size.1) - top)
            }
        };
        let picture = DynamicImage::ImageRgba8(cut(&pixels, part).into_owned());
        let picture = super::transform::without_idle_alpha(picture);
        self.has_alpha |= picture.color().has_alpha();
        let file = webp::encode(picture, spec)?;
        self.write(part, duration_ms, &file)?;
        self.last = Some(pixels);
        Ok(())
    }

    fn write(
        &mut self,
        (left, top, width, height): Part,
        duration_ms: u32,
        still: &[u8],
    ) -> Result<(), String> {
        let mut frame = Vec::with_capacity(still.len());
        for number in [left / 2, top / 2, width - 1, height - 1, duration_ms.min(MAX_WEBP_DURATION_MS)] {
            frame.extend(number.to_le_bytes().into_iter().take(3));
        }
        // The part is replaced, and stays.
        frame.push(0b10);
        let mut rest = still.get(12..).unwrap_or_default();
        while let Some((header, behind)) = rest.split_at_checked(8) {
            let length = header.last_chunk().map_or(0, |length| u32::from_le_bytes(*length) as usize);
            let (content, behind) = behind.split_at_checked(length + (length & 1)).unwrap_or((behind, &[]));
            if [b"ALPH", b"VP8 ", b"VP8L"].iter().any(|name| header.starts_with(*name)) {
                frame.extend_from_slice(header);
                frame.extend_from_slice(content);
            }
            rest = behind;
        }
        chunk(&mut self.frames, b"ANMF", &frame)
    }

    fn finish(self) -> Result<Vec<u8>, String> {
        let (width, height) = self.size;
        if width == 0 || height == 0 {
            return Err("it has no frame".to_owned());
        }
        let plays = self.plays.map_or(0, |plays| u16::try_from(plays.get()).unwrap_or(u16::MAX));
        // Flags: animation, transparency.
        let mut header = vec![0x02 | if self.has_alpha { 0x10 } else { 0 }, 0, 0, 0];
        for side in [width - 1, height - 1] {
            header.extend(side.to_le_bytes().into_iter().take(3));
        }
        let mut body = b"WEBP".to_vec();
        chunk(&mut body, b"VP8X", &header)?;
        chunk(&mut body, b"ANIM", &[&[0; 4], plays.to_le_bytes().as_slice()].concat())?;
        body.extend(self.frames);
        let mut file = Vec::new();
        chunk(&mut file, b"RIFF", &body)?;
        Ok(file)
    }
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) -> Result<(), String> {
    let length = u32::try_from(content.len()).map_err(|_| "it is too long for WebP".to_owned())?;
    file.extend_from_slice(name);
    file.extend(length.to_le_bytes());
    file.extend_from_slice(content);
    if length & 1 == 1 {
        file.push(0);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::image::animation;
    use crate::image::probe::probe;
    use crate::image::test_pictures::film;

    const CLEAR: Rgba<u8> = Rgba([0; 4]);
    const RED: Rgba<u8> = Rgba([255, 0, 0, 255]);
    const BLUE: Rgba<u8> = Rgba([0, 0, 255, 255]);

    fn frame(color: Rgba<u8>, dot: Option<(u32, u32, Rgba<u8>)>) -> RgbaImage {
        let mut picture = RgbaImage::from_pixel(9, 7, color);
        if let Some((x, y, color)) = dot {
            picture.put_pixel(x, y, color);
        }
        picture
    }

    /// Writes frames and reads them again.
    fn played(frames: &[RgbaImage], format: Format) -> Vec<RgbaImage> {
        let of = |picture: &RgbaImage| Frame { picture: picture.clone().into(), duration_ms: 40 };
        let file = film(frames.iter().map(of).collect(), format, None);
        let opened = animation::open(&file, &probe(Cursor::new(&file)).unwrap()).unwrap().unwrap();
        opened.map(|frame| frame.unwrap().picture.into_rgba8()).collect()
    }

    #[test]
    fn what_moves_appears_vanishes_and_stands_still_is_played_as_it_was() {
        let opaque = [
            frame(BLUE, None),
            frame(BLUE, Some((3, 5, RED))),
            frame(BLUE, Some((3, 5, RED))),
            frame(BLUE, Some((8, 6, RED))),
            frame(RED, None),
        ];
        let see_through = [
            frame(CLEAR, Some((1, 1, RED))),
            frame(CLEAR, Some((5, 3, BLUE))),
            frame(BLUE, None),
            frame(CLEAR, None),
            frame(CLEAR, Some((0, 0, RED))),
        ];
        for format in [Format::Gif, Format::Webp] {
            for frames in [&opaque, &see_through] {
                let played = played(frames, format);
                assert_eq!(played.len(), frames.len());
                for (index, (got, wanted)) in played.iter().zip(frames).enumerate() {
                    let same = got
                        .pixels()
                        .zip(wanted.pixels())
                        .all(|(got, wanted)| got == wanted || (got.0[3] == 0 && wanted.0[3] == 0));
                    assert!(same, "frame {index} of {format:?}");
                }
            }
        }
    }

    #[test]
    fn only_what_differs_is_stored() {
        let noise =
            |x: u32, y: u32| Rgba([((x * 37) ^ (y * 91)) as u8, (x * y) as u8, (x + 3 * y) as u8, 255]);
        let base = RgbaImage::from_fn(120, 90, noise);
        let frames = |count: u32| -> Vec<Frame> {
            let dotted = |index: u32| {
                let mut picture = base.clone();
                picture.put_pixel(index % 120, 40, RED);
                Frame { picture: picture.into(), duration_ms: 20 }
            };
            (0..count).map(dotted).collect()
        };
        for format in [Format::Gif, Format::Webp] {
            let (one, many) = (film(frames(1), format, None).len(), film(frames(60), format, None).len());
            assert!(many < one + 60 * 120, "{format:?}: {one} bytes for one frame, {many} for sixty");
        }
    }
}
