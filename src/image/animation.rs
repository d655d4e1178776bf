//! Turns moving pictures into frames: GIF and WebP.
//!
//! Frames come out whole, with what earlier ones left standing, and one at a time, so that a long animation
//! never lies in memory at full size. What is drawn from them is `variants`' business, how it is stored `film`'s.

use std::io::Cursor;
use std::num::NonZeroU32;

use image::codecs::gif::GifDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, DynamicImage, Frames, ImageDecoder, ImageResult};
use memchr::memmem;

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
    if format == Format::Webp && is_cut_off(source) {
        return Err(broken("the WebP is broken: the file ends before the picture does".to_owned()));
    }
    let opened = match format {
        Format::Gif => open_gif(source, info).map(Some),
        _ => open_webp(source, info),
    };
    let opened = opened.map_err(|error| decode_error(format, &error))?;
    Ok(opened.map(|(frames, plays)| Animation { frames, format, plays }))
}

/// Says whether a WebP is shorter than it says; the decoder would show the frames that are there.
fn is_cut_off(source: &[u8]) -> bool {
    let length = source
        .get(4..8)
        .and_then(|length| length.first_chunk())
        .map_or(0, |length| u32::from_le_bytes(*length));
    source.len() < (length as usize).saturating_add(8)
}

type Opened<'a> = (Frames<'a>, Option<NonZeroU32>);

fn open_gif<'a>(source: &'a [u8], info: &ImageInfo) -> ImageResult<Opened<'a>> {
    let mut decoder = GifDecoder::new(Cursor::new(source))?;
    decoder.set_limits(limits(info))?;
    // A GIF counts how often it is played again; without the extension that says so it plays once.
    let plays = match decoder.loop_count() {
        _ if memmem::find(source, b"NETSCAPE2.0").is_none() => Some(NonZeroU32::MIN),
        LoopCount::Infinite => None,
        LoopCount::Finite(again) => Some(again.saturating_add(1)),
    };
    Ok((decoder.into_frames(), plays))
}

fn open_webp<'a>(source: &'a [u8], info: &ImageInfo) -> ImageResult<Option<Opened<'a>>> {
    let mut decoder = WebPDecoder::new(Cursor::new(source))?;
    if !decoder.has_animation() {
        return Ok(None);
    }
    decoder.set_limits(limits(info))?;
    let plays = match decoder.loop_count() {
        LoopCount::Infinite => None,
        LoopCount::Finite(plays) => Some(plays),
    };
    Ok(Some((decoder.into_frames(), plays)))
}
