//! Encodes WebP with libwebp, still and moving.
//!
//! Settings are those of Hugo 0.168: method 2, and libwebp's presets for its hints.

use std::num::NonZeroU32;

use image::DynamicImage;
use webp::{AnimEncoder, AnimFrame, Encoder, PixelLayout, WebPConfig};

use super::animation::Frame;
use super::options::{Compression, Hint};
use super::spec::Spec;

/// Effort from 0 to 6; higher ones take twice the time for three percent of the size.
const METHOD: i32 = 2;

/// Encodes one picture; the error is for people.
pub(super) fn encode(picture: &DynamicImage, spec: &Spec) -> Result<Vec<u8>, String> {
    let config = config(spec)?;
    let (width, height) = (picture.width(), picture.height());
    let encoded = if picture.color().has_alpha() {
        let pixels = picture.to_rgba8();
        Encoder::from_rgba(&pixels, width, height).encode_advanced(&config)
    } else {
        let pixels = picture.to_rgb8();
        Encoder::from_rgb(&pixels, width, height).encode_advanced(&config)
    };
    encoded.map(|memory| memory.to_vec()).map_err(|error| format!("{error:?}"))
}

/// Encodes frames of one size as an animation.
pub(super) fn encode_animation(
    frames: Vec<Frame>,
    plays: Option<NonZeroU32>,
    spec: &Spec,
) -> Result<Vec<u8>, String> {
    let config = config(spec)?;
    let (width, height) =
        frames.first().map_or((0, 0), |frame| (frame.picture.width(), frame.picture.height()));
    let mut total_ms = 0_u32;
    let mut timed = Vec::with_capacity(frames.len());
    for frame in frames {
        timed.push((frame.picture.into_rgba8(), total_ms));
        // Frames that are shown for no time at all would not be kept apart.
        total_ms = total_ms.saturating_add(frame.duration_ms.max(1));
    }
    let mut encoder = AnimEncoder::new(width, height, &config);
    encoder.set_loop_count(plays.map_or(0, |plays| i32::try_from(plays.get()).unwrap_or(0)));
    for (pixels, start_ms) in &timed {
        let start_ms = i32::try_from(*start_ms).map_err(|_| "it lasts more than three weeks".to_owned())?;
        encoder.add_frame(AnimFrame::new(pixels, PixelLayout::Rgba, width, height, start_ms, None));
    }
    let mut file = encoder.try_encode().map_err(|error| format!("{error:?}"))?.to_vec();
    set_last_duration(&mut file, total_ms);
    Ok(file)
}

/// Sets the duration of the last frame so that all of them take `total_ms`.
///
/// The encoder is told only when frames start, and gives the last one the mean of the others.
fn set_last_duration(file: &mut [u8], total_ms: u32) {
    let mut earlier_ms = 0_u32;
    let mut last = None;
    let mut at = 12;
    while let Some([n1, n2, n3, n4, l1, l2, l3, l4]) = file.get(at..).and_then(|rest| rest.first_chunk::<8>())
    {
        let length = u32::from_le_bytes([*l1, *l2, *l3, *l4]) as usize;
        if [*n1, *n2, *n3, *n4] == *b"ANMF" {
            // The duration is 24 bits, after four numbers of 24 bits for the frame's place and size.
            let duration = at + 8 + 12;
            if let Some([d1, d2, d3]) = last.and_then(|last: usize| file.get(last..)?.first_chunk::<3>()) {
                earlier_ms = earlier_ms.saturating_add(u32::from_le_bytes([*d1, *d2, *d3, 0]));
            }
            last = Some(duration);
        }
        at = at.saturating_add(8).saturating_add(length).saturating_add(length & 1);
    }
    let [low, middle, high, _] = total_ms.saturating_sub(earlier_ms).min(0xFF_FFFF).to_le_bytes();
    if let Some(duration) = last.and_then(|last| file.get_mut(last..)?.first_chunk_mut::<3>()) {
        *duration = [low, middle, high];
    }
}

fn config(spec: &Spec) -> Result<WebPConfig, String> {
    let mut config =
        WebPConfig::new().map_err(|()| "libwebp has another version than expected".to_owned())?;
    config.method = METHOD;
    config.quality = f32::from(spec.quality_percent);
    if spec.compression == Compression::Lossless {
        config.lossless = 1;
        return Ok(config);
    }
    // libwebp's presets: spatial noise shaping, filter sharpness, filter strength, preprocessing bits,
    // segments.
    let (shaping, sharpness, strength, preprocessing, segments) = match spec.hint {
        Hint::Picture => (80, 4, 35, 0, 4),
        Hint::Photo => (80, 3, 30, 2, 4),
        Hint::Drawing => (25, 6, 10, 0, 4),
        Hint::Icon => (0, 0, 0, 0, 4),
        Hint::Text => (0, 0, 0, 0, 2),
    };
    config.sns_strength = shaping;
    config.filter_sharpness = sharpness;
    config.filter_strength = strength;
    config.preprocessing = preprocessing;
    config.segments = segments;
    Ok(config)
}
