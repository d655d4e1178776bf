//! The mean colour of a picture, shown until the picture is there.

use std::io::Cursor;

use image::{ImageReader, Limits};

/// The most memory that a picture may take here: those that pages show are far below.
const MAX_BYTES: u64 = 256 << 20;

/// Returns the mean colour of a finished picture: red, green and blue; `None` if it cannot be read.
///
/// The mean of the stored values, not of light: the eye takes the dark parts of a photo for more than they are.
pub fn mean_color(picture: &[u8]) -> Option<[u8; 3]> {
    let mut reader = ImageReader::new(Cursor::new(picture)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let pixels = reader.decode().ok()?.into_rgb8();
    let mut sums = [0_u64; 3];
    for pixel in pixels.pixels() {
        for (sum, value) in sums.iter_mut().zip(pixel.0) {
            *sum += u64::from(value);
        }
    }
    let count = u64::from(pixels.width()) * u64::from(pixels.height());
    let mean = |sum: u64| u8::try_from((sum + count / 2) / count.max(1)).unwrap_or(u8::MAX);
    Some(sums.map(mean))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::format::Format;
    use crate::image::test_pictures::{encoded, transparent};

    #[test]
    fn the_mean_is_that_of_all_pixels() {
        let mut picture = image::RgbImage::from_pixel(2, 1, image::Rgb([255, 10, 0]));
        picture.put_pixel(1, 0, image::Rgb([0, 20, 0]));
        assert_eq!(mean_color(&encoded(&picture.into(), Format::Png)), Some([128, 15, 0]));
        assert!(mean_color(&encoded(&transparent(4, 4), Format::Webp)).is_some());
        assert_eq!(mean_color(b"no picture"), None);
    }
}
