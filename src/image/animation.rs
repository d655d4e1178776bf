//! Turns moving pictures into frames: GIF and WebP.
//!
//! Frames come out whole, with what earlier ones left standing, and one at a time, so that a long animation
//! never lies in memory at full size. What is drawn from them is `variants`' business, how it is stored `film`'s.
//!
//! Frames of a WebP are put together by libwebp, as in browsers: `image-webp` 0.2.4 clears nothing between frames
//! (in what has no alpha a wrong part, once it is told to), and shows empty ground in black.

use std::io::Cursor;
use std::num::NonZeroU32;

use image::codecs::gif::GifDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, DynamicImage, Frames, ImageDecoder, ImageResult, RgbaImage};
use memchr::memmem;
use webpx::{AnimationDecoder as WebpFrames, ColorMode, Limits};

use super::decode::{broken, decode_error, limits};
use super::format::Format;
use super::probe::ImageInfo;
use crate::diag::Diagnostic;

/// One picture of an animation and how long it is shown.
pub(super) struct Frame {
    pub(super) picture: DynamicImage,
    pub(super) duration_ms: u32,
}

/// A source of frames.
pub(super) struct Animation<'a> {
    frames: Source<'a>,
    /// How often it plays; `None` is forever.
    pub(super) plays: Option<NonZeroU32>,
}

enum Source<'a> {
    Gif(Frames<'a>),
    Webp(WebpFrames),
}

impl Iterator for Animation<'_> {
    type Item = Result<Frame, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.frames {
            Source::Gif(frames) => {
                let frame = frames.next()?.map_err(|error| decode_error(Format::Gif, &error));
                Some(frame.map(|frame| {
                    let (numerator, denominator) = frame.delay().numer_denom_ms();
                    Frame {
                        duration_ms: numerator / denominator.max(1),
                        picture: DynamicImage::ImageRgba8(frame.into_buffer()),
                    }
                }))
            }
            Source::Webp(frames) => next_of_webp(frames).transpose(),
        }
    }
}

fn next_of_webp(frames: &mut WebpFrames) -> Result<Option<Frame>, Diagnostic> {
    let Some(frame) = frames.next_frame().map_err(|_| broken_webp("one of its frames"))? else {
        return Ok(None);
    };
    let picture = RgbaImage::from_raw(frame.width, frame.height, frame.data);
    let picture = picture.ok_or_else(|| broken_webp("one of its frames"))?;
    Ok(Some(Frame { picture: picture.into(), duration_ms: frame.duration_ms }))
}

fn broken_webp(what: &str) -> Diagnostic {
    broken(format!("the WebP is broken: {what} cannot be read"))
}

/// Opens a GIF, or a WebP that moves; `None` for every other picture.
pub(super) fn open<'a>(source: &'a [u8], info: &ImageInfo) -> Result<Option<Animation<'a>>, Diagnostic> {
    match info.format {
        Format::Gif => open_gif(source, info).map(Some).map_err(|error| decode_error(Format::Gif, &error)),
        Format::Webp if is_cut_off(source) => {
            Err(broken("the WebP is broken: the file ends before the picture does".to_owned()))
        }
        Format::Webp => open_webp(source),
        _ => Ok(None),
    }
}

/// Says whether a WebP is shorter than it says; the decoder would show the frames that are there.
fn is_cut_off(source: &[u8]) -> bool {
    let length = source
        .get(4..8)
        .and_then(|length| length.first_chunk())
        .map_or(0, |length| u32::from_le_bytes(*length));
    source.len() < (length as usize).saturating_add(8)
}

fn open_gif<'a>(source: &'a [u8], info: &ImageInfo) -> ImageResult<Animation<'a>> {
    let mut decoder = GifDecoder::new(Cursor::new(source))?;
    decoder.set_limits(limits(info))?;
    // A GIF counts how often it is played again; without the extension that says so it plays once.
    let plays = match decoder.loop_count() {
        _ if memmem::find(source, b"NETSCAPE2.0").is_none() => Some(NonZeroU32::MIN),
        LoopCount::Infinite => None,
        LoopCount::Finite(again) => Some(again.saturating_add(1)),
    };
    Ok(Animation { frames: Source::Gif(decoder.into_frames()), plays })
}

fn open_webp<'a>(source: &[u8]) -> Result<Option<Animation<'a>>, Diagnostic> {
    let Some(plays) = plays_of_webp(source).map_err(|error| decode_error(Format::Webp, &error))? else {
        return Ok(None);
    };
    // The size in the header is within the site's limits, and libwebp holds every frame to it.
    let frames = WebpFrames::with_options_limits(source, ColorMode::Rgba, false, &Limits::none());
    let frames = frames.map_err(|_| broken_webp("the animation"))?;
    Ok(Some(Animation { frames: Source::Webp(frames), plays }))
}

/// Returns how often a WebP plays, nothing if it does not move.
fn plays_of_webp(source: &[u8]) -> ImageResult<Option<Option<NonZeroU32>>> {
    let decoder = WebPDecoder::new(Cursor::new(source))?;
    if !decoder.has_animation() {
        return Ok(None);
    }
    Ok(Some(match decoder.loop_count() {
        LoopCount::Infinite => None,
        LoopCount::Finite(plays) => Some(plays),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::probe::probe;
    use crate::image::test_pictures::film;

    #[test]
    fn what_moves_over_nothing_leaves_no_trace_in_a_webp() {
        let frames = || (0..4).map(|index| Frame { picture: sticker(index * 6), duration_ms: 40 });
        let file = film(frames().collect(), Format::Webp, None);
        let info = probe(Cursor::new(&file)).unwrap();
        let shown: Vec<Frame> = open(&file, &info).unwrap().unwrap().map(Result::unwrap).collect();
        assert_eq!(shown.len(), 4);
        for (index, (shown, drawn)) in shown.iter().zip(frames()).enumerate() {
            assert!(seen(&shown.picture) == seen(&drawn.picture), "frame {index}");
        }
    }

    /// Returns all pixels; colours of those that are not there do not count.
    fn seen(picture: &DynamicImage) -> Vec<[u8; 4]> {
        picture.to_rgba8().pixels().map(|pixel| if pixel.0[3] == 0 { [0; 4] } else { pixel.0 }).collect()
    }

    /// Draws a square on empty ground.
    fn sticker(left: u32) -> DynamicImage {
        let is_inside = |x: u32, y: u32| (left..left + 8).contains(&x) && (4..12).contains(&y);
        let color = |x, y| if is_inside(x, y) { [200, x as u8 * 3, y as u8 * 9, 255] } else { [0; 4] };
        RgbaImage::from_fn(32, 16, |x, y| image::Rgba(color(x, y))).into()
    }
}
