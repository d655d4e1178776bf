//! Turns moving pictures into frames and frames into moving pictures: GIF and WebP.
//!
//! Frames come out whole, with what earlier ones left standing, and one at a time, so that a long animation
//! never lies in memory at full size. What is drawn from them is `variants`' business.

use std::io::Cursor;
use std::num::NonZeroU32;

use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, Delay, DynamicImage, Frames, ImageDecoder, ImageResult, RgbaImage};
use memchr::memmem;

use super::decode::{decode_error, limits};
use super::format::Format;
use super::plan::check_source;
use super::probe::ImageInfo;
use crate::diag::Diagnostic;

/// How accurately GIF palettes are chosen, from 1 (slow) to 30: at 10 the eye sees no difference.
const GIF_SPEED: i32 = 10;

/// One picture of an animation and how long it is shown.
pub(super) struct Frame {
    pub(super) picture: DynamicImage,
    pub(super) duration_ms: u32,
}

/// A source of frames.
pub(super) struct Animation<'a> {
    frames: Frames<'a>,
    format: Format,
    /// How often it plays; `None` is forever.
    pub(super) plays: Option<NonZeroU32>,
}

impl Iterator for Animation<'_> {
    type Item = Result<Frame, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        let frame = match self.frames.next()? {
            Ok(frame) => frame,
            Err(error) => return Some(Err(decode_error(self.format, &error))),
        };
        let (numerator, denominator) = frame.delay().numer_denom_ms();
        Some(Ok(Frame {
            duration_ms: numerator / denominator.max(1),
            picture: DynamicImage::ImageRgba8(frame.into_buffer()),
        }))
    }
}

/// Opens a GIF, or a WebP that moves; `None` for every other picture.
pub(super) fn open<'a>(source: &'a [u8], info: &ImageInfo) -> Result<Option<Animation<'a>>, Diagnostic> {
    let format = info.format;
    if !format.keeps_motion() {
        return Ok(None);
    }
    check_source(info)?;
    let opened = match format {
        Format::Gif => open_gif(source).map(Some),
        _ => open_webp(source),
    };
    let opened = opened.map_err(|error| decode_error(format, &error))?;
    Ok(opened.map(|(frames, plays)| Animation { frames, format, plays }))
}

type Opened<'a> = (Frames<'a>, Option<NonZeroU32>);

fn open_gif(source: &[u8]) -> ImageResult<Opened<'_>> {
    let mut decoder = GifDecoder::new(Cursor::new(source))?;
    decoder.set_limits(limits(Format::Gif))?;
    // A GIF counts how often it is played again; without the extension that says so it plays once.
    let plays = match decoder.loop_count() {
        _ if memmem::find(source, b"NETSCAPE2.0").is_none() => Some(NonZeroU32::MIN),
        LoopCount::Infinite => None,
        LoopCount::Finite(again) => Some(again.saturating_add(1)),
    };
    Ok((decoder.into_frames(), plays))
}

fn open_webp(source: &[u8]) -> ImageResult<Option<Opened<'_>>> {
    let mut decoder = WebPDecoder::new(Cursor::new(source))?;
    if !decoder.has_animation() {
        return Ok(None);
    }
    decoder.set_limits(limits(Format::Webp))?;
    let plays = match decoder.loop_count() {
        LoopCount::Infinite => None,
        LoopCount::Finite(plays) => Some(plays),
    };
    Ok(Some((decoder.into_frames(), plays)))
}

/// Encodes frames as GIF, each with its own palette; one frame is a still picture.
pub(super) fn encode_gif(frames: Vec<Frame>, plays: Option<NonZeroU32>) -> ImageResult<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut file, GIF_SPEED);
    if frames.len() > 1 {
        match plays.map(NonZeroU32::get) {
            None => encoder.set_repeat(Repeat::Infinite)?,
            Some(1) => {}
            Some(plays) => {
                encoder.set_repeat(Repeat::Finite(u16::try_from(plays - 1).unwrap_or(u16::MAX)))?
            }
        }
    }
    for Frame { picture, duration_ms } in frames {
        let mut pixels = picture.into_rgba8();
        make_alpha_binary(&mut pixels);
        let delay = Delay::from_numer_denom_ms(duration_ms, 1);
        encoder.encode_frame(image::Frame::from_parts(pixels, 0, 0, delay))?;
    }
    drop(encoder);
    Ok(file)
}

/// A GIF pixel is there or not; what is more than half transparent is not.
fn make_alpha_binary(pixels: &mut RgbaImage) {
    for pixel in pixels.pixels_mut() {
        if pixel.0[3] < 128 {
            pixel.0 = [0; 4];
        } else {
            pixel.0[3] = 255;
        }
    }
}
