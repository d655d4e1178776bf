//! Says how much of a picture is too much, before any of it is decoded: [`Limits`].
//!
//! Arithmetic on headers. Estimates are upper bounds of what `make_variants` holds at one time, measured for every
//! format: what starts within the limit stays within it.

use super::decode::broken;
use super::encode::chroma;
use super::format::Format;
use super::geometry::turned_size;
use super::plan::Plan;
use super::planes::Chroma;
use super::probe::ImageInfo;
use super::spec::Spec;
use crate::diag::Diagnostic;

/// What a picture may take: our own keys under `imaging`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// `maxPixels`: the most pixels of a source.
    pub max_pixels: u64,
    /// `maxFrames`: the most pictures of an animation.
    pub max_frames: u32,
    /// `memory`: the most bytes for all pictures that are made at one time, and so for a single one.
    pub memory_bytes: u64,
}

impl Default for Limits {
    /// Returns limits for a machine with 2 GiB, most of which is not ours: all that a phone makes fits.
    fn default() -> Self {
        Self { max_pixels: 200_000_000, max_frames: 5_000, memory_bytes: 450_000_000 }
    }
}

/// The most pixels that all frames of an animation may have together: minutes of a small one.
const MAX_MOVING_PIXELS: u64 = 1_000_000_000;

impl Limits {
    /// Checks what a header says.
    ///
    /// # Errors
    /// `image-too-large`: more pixels than `max_pixels`, or they would take more than `memory_bytes`.
    pub fn check(&self, info: &ImageInfo) -> Result<(), Diagnostic> {
        let (width, height) = (info.size.width_px, info.size.height_px);
        if info.size.pixels() > self.max_pixels {
            let most = megapixels(self.max_pixels);
            let message = format!("the picture has {width}x{height} pixels, more than {most} megapixels");
            return Err(Diagnostic::error("image-too-large", message)
                .hint("store a smaller copy, or raise `imaging.maxPixels`"));
        }
        self.check_bytes(source_bytes(info), || {
            format!("the {} of {width}x{height} pixels", info.format.name())
        })
    }

    /// Checks what a result takes together with its source, which has been checked.
    ///
    /// # Errors
    /// `image-too-large`: more than `memory_bytes`.
    pub(super) fn check_plan(&self, info: &ImageInfo, spec: &Spec, plan: &Plan) -> Result<(), Diagnostic> {
        let (width, height) = (plan.size.width_px, plan.size.height_px);
        self.check_bytes(memory_estimate(info, 0, [(spec, plan)]), || {
            format!("a picture of {width}x{height} pixels")
        })
    }

    fn check_bytes(&self, bytes: u64, what: impl Fn() -> String) -> Result<(), Diagnostic> {
        if bytes <= self.memory_bytes {
            return Ok(());
        }
        let what = what();
        let (needed, most) = (bytes.div_ceil(1_000_000), self.memory_bytes / 1_000_000);
        let message = format!("{what} would take {needed} MB of memory, more than {most} MB");
        Err(Diagnostic::error("image-too-large", message)
            .hint("store a smaller copy, or raise `imaging.memory`"))
    }

    /// Checks how many frames an animation has.
    ///
    /// # Errors
    /// `image-too-large`: more than `max_frames`, or too many for their size.
    pub(super) fn check_frames(&self, info: &ImageInfo, frames: u32) -> Result<(), Diagnostic> {
        let refused =
            |message: String, hint: &str| Err(Diagnostic::error("image-too-large", message).hint(hint));
        if frames > self.max_frames {
            let message = format!("the animation has more than {} frames", self.max_frames);
            return refused(
                message,
                "a video is smaller and plays everywhere; `imaging.maxFrames` can be raised",
            );
        }
        if info.size.pixels().saturating_mul(frames.into()) > MAX_MOVING_PIXELS {
            let message = format!("the animation has {frames} frames, too many for its size");
            return refused(message, "a video is smaller and plays everywhere");
        }
        Ok(())
    }
}

/// Checks that a file is long enough for the size that its header gives.
///
/// A JPEG has at least a bit for each block of 8x8 pixels (ITU-T T.81, F.1.2), also where nothing is to be seen;
/// decoders fill what is missing with grey. Other decoders find out by themselves, or store nothing for nothing.
///
/// # Errors
/// `image-broken`.
pub(super) fn check_length(info: &ImageInfo, file_bytes: usize) -> Result<(), Diagnostic> {
    let least_bytes = if info.format == Format::Jpeg { info.size.pixels() / 512 } else { 0 };
    if file_bytes as u64 >= least_bytes {
        return Ok(());
    }
    let (width, height) = (info.size.width_px, info.size.height_px);
    let message = format!("the JPEG is broken: the file is too short for {width}x{height} pixels");
    Err(broken(message))
}

fn megapixels(pixels: u64) -> u64 {
    pixels.div_ceil(1_000_000)
}

/// Returns about how many bytes of memory a source takes until its pixels can be used.
pub(super) fn source_bytes(info: &ImageInfo) -> u64 {
    let held = u64::from(info.decoded_bytes_per_pixel);
    let per_pixel = match info.format {
        // Grey is scaled by way of a copy in colour, depth by way of one with transparency.
        Format::Jpeg | Format::Png if held < 3 => held * 2 + 4,
        Format::Jpeg => held,
        // Its pieces may be as large as all of it: a piece as stored, decoded, and the pixels.
        Format::Tiff => held * 3 + if !(3..=4).contains(&held) { 8 } else { 1 },
        Format::Png if held > 4 => held * 2 + 8,
        // Transparent pictures are scaled by way of a deep copy.
        Format::Png if held == 3 => 4,
        Format::Png => 13,
        Format::Bmp => 13,
        // The canvas, a frame, the frame drawn on the canvas, and a deep copy of that.
        Format::Gif => 20,
        Format::Webp if info.scales_well => 12,
        Format::Webp => 20,
        // Planes, pictures that the decoder refers to, and pixels.
        Format::Avif => held,
    };
    info.size.pixels().saturating_mul(per_pixel).saturating_add(4 << 20)
}

/// Returns about how many bytes of memory the making of pictures from one source takes, file included.
pub fn memory_estimate<'a>(
    info: &ImageInfo,
    file_bytes: u64,
    wanted: impl IntoIterator<Item = (&'a Spec, &'a Plan)>,
) -> u64 {
    // Results are made one after the other; the bytes of the finished ones wait, which are few.
    let largest =
        wanted.into_iter().map(|(spec, plan)| result_bytes(info, spec, plan)).max().unwrap_or_default();
    source_bytes(info).saturating_add(file_bytes).saturating_add(largest)
}

/// Returns about how many bytes a result takes while it is drawn and encoded.
fn result_bytes(info: &ImageInfo, spec: &Spec, plan: &Plan) -> u64 {
    let pixels = plan.size.pixels();
    // The resizer scales rows first.
    let stored = info.orientation.turned(info.size);
    let rows = u64::from(info.orientation.turned(plan.size).width_px) * u64::from(stored.height_px);
    if stays_in_planes(info, spec, plan) {
        // One plane after the other is scaled, and colours have a quarter of the samples.
        let drawn_and_encoded = if plan.format == Format::Jpeg { 4 } else { 5 };
        return rows.saturating_add(pixels.saturating_mul(drawn_and_encoded));
    }
    let channels = u64::from(info.decoded_bytes_per_pixel.clamp(3, 8));
    let half_scaled = rows.saturating_mul(channels);
    let encoder = match plan.format {
        Format::Jpeg | Format::Bmp => 4,
        Format::Png | Format::Tiff | Format::Gif => 8,
        Format::Webp => 12,
        Format::Avif => 48,
    };
    // Other turns than quarter ones move all pixels, three times.
    let turned = match spec.turn_degrees % 90 {
        0 => 0,
        _ => turned_size(info.size, spec.turn_degrees).pixels().saturating_mul(14),
    };
    let drawn = pixels.saturating_mul(channels * 2);
    turned.saturating_add(drawn).saturating_add(half_scaled).saturating_add(pixels.saturating_mul(encoder))
}

/// Says whether a picture is decoded, scaled and encoded without ever being pixels.
fn stays_in_planes(info: &ImageInfo, spec: &Spec, plan: &Plan) -> bool {
    info.format == Format::Jpeg
        && !info.has_profile
        && spec.turn_degrees.is_multiple_of(90)
        && chroma(spec, plan.format) == Chroma::Quarter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::test_pictures::info;

    #[test]
    fn what_phones_make_is_within_the_limits_and_bombs_are_not() {
        let table = [
            (4_000, 3_000, Format::Jpeg, true),
            (8_000, 6_000, Format::Jpeg, true),
            (12_000, 9_000, Format::Jpeg, true),
            (7_680, 4_320, Format::Png, true),
            (16_383, 16_383, Format::Webp, false),
            (14_000, 14_000, Format::Webp, false),
            (65_535, 65_535, Format::Jpeg, false),
            (60_000, 60_000, Format::Png, false),
            (10_000, 10_000, Format::Gif, false),
            (20_000, 9_000, Format::Tiff, false),
        ];
        for (width, height, format, fits) in table {
            let checked = Limits::default().check(&info(width, height, format));
            assert_eq!(checked.is_ok(), fits, "{width}x{height} {format:?}: {checked:?}");
            assert!(checked.is_ok() || checked.is_err_and(|error| error.code == "image-too-large"));
        }
    }

    #[test]
    fn a_jpeg_needs_a_bit_for_each_block() {
        let white = info(4_000, 3_000, Format::Jpeg);
        assert!(check_length(&white, 50_000).is_ok());
        assert_eq!(check_length(&white, 3_000).unwrap_err().code, "image-broken");
        assert!(check_length(&info(4_000, 3_000, Format::Png), 3_000).is_ok());
    }

    #[test]
    fn animations_are_limited_in_frames_and_in_all_their_pixels() {
        let checked =
            |side, frames| Limits::default().check_frames(&info(side, side, Format::Gif), frames).is_ok();
        assert!(checked(10, 5_000) && checked(500, 2_000));
        assert!(!checked(10, 5_001) && !checked(1_000, 2_000));
    }
}
