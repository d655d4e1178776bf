//! Pictures for tests, drawn in code: no test needs a file.

use std::io::Cursor;
use std::num::NonZeroU32;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::animation::Frame;
use super::avif;
use super::film::Film;
use super::format::Format;
use super::geometry::{Orientation, Size};
use super::options::{Command, ImagingOptions};
use super::probe::ImageInfo;
use super::spec::parse_spec;

/// All formats.
pub(super) const FORMATS: [Format; 7] =
    [Format::Jpeg, Format::Png, Format::Gif, Format::Webp, Format::Bmp, Format::Tiff, Format::Avif];

/// Draws soft colours with a red square in the top left corner and a blue one in the bottom right.
pub(super) fn photo(width: u32, height: u32) -> DynamicImage {
    let share = |at: u32, side: u32| (at * 200 / side.max(1)) as u8;
    let corner = |at: u32, side: u32| at * 4 < side;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        if corner(x, width) && corner(y, height) {
            Rgb([255, 0, 0])
        } else if corner(width - 1 - x, width) && corner(height - 1 - y, height) {
            Rgb([0, 0, 255])
        } else {
            Rgb([share(x, width), 120, share(y, height)])
        }
    });
    picture.into()
}

/// Returns what the header of an upright picture says.
pub(super) fn info(width: u32, height: u32, format: Format) -> ImageInfo {
    let size = Size::new(width, height);
    let orientation = Orientation::UPRIGHT;
    ImageInfo {
        size,
        format,
        orientation,
        decoded_bytes_per_pixel: 3,
        scales_well: true,
        taken: None,
        has_position: false,
        has_profile: false,
    }
}

/// Draws a [`photo`] whose left half is transparent.
pub(super) fn transparent(width: u32, height: u32) -> DynamicImage {
    let mut picture: RgbaImage = photo(width, height).to_rgba8();
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        if x * 2 < width {
            *pixel = Rgba([pixel.0[0], pixel.0[1], pixel.0[2], 0]);
        }
    }
    picture.into()
}

/// Encodes a picture with little loss.
pub(super) fn encoded(picture: &DynamicImage, format: Format) -> Vec<u8> {
    let codec = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Gif => ImageFormat::Gif,
        Format::Webp => ImageFormat::WebP,
        Format::Bmp => ImageFormat::Bmp,
        Format::Tiff => ImageFormat::Tiff,
        Format::Avif => return avif::encode(picture, 90, 10).unwrap(),
    };
    let mut file = Vec::new();
    picture.write_to(&mut Cursor::new(&mut file), codec).unwrap();
    file
}

/// Encodes a picture as JPEG with an EXIF orientation, a camera and nothing else; pixels are stored as given.
pub(super) fn jpeg_with_exif(picture: &DynamicImage, orientation: u16) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    // The camera comes first (ASCII, stored in place), then the orientation (one short).
    exif.extend(b"\x01\x0F\0\x02\0\0\0\x04Cam\0");
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01");
    exif.extend(orientation.to_be_bytes());
    exif.extend([0; 6]);
    let mut file = b"\xFF\xD8\xFF\xE1".to_vec();
    file.extend((exif.len() as u16 + 2).to_be_bytes());
    file.extend(exif);
    file.extend(encoded(picture, Format::Jpeg).iter().skip(2));
    file
}

/// Draws frames with a bright column, four pixels wide, that wanders to the right; frame `n` is shown for `10
/// * (n + 1)` ms.
pub(super) fn frames(width: u32, height: u32, count: u32) -> Vec<Frame> {
    let frame = |index: u32| {
        let mut picture = photo(width, height).to_rgba8();
        for (x, y) in (0..4).flat_map(|x| (0..height).map(move |y| (x, y))) {
            picture.put_pixel((index * 4 + x) % width, y, Rgba([255, 255, 0, 255]));
        }
        Frame { picture: picture.into(), duration_ms: 10 * (index + 1) }
    };
    (0..count).map(frame).collect()
}

/// Encodes [`frames`] as a GIF that plays three times.
pub(super) fn animated_gif(width: u32, height: u32, count: u32) -> Vec<u8> {
    film(frames(width, height, count), Format::Gif, NonZeroU32::new(3))
}

/// Encodes [`frames`] as a lossless WebP that plays forever.
pub(super) fn animated_webp(width: u32, height: u32, count: u32) -> Vec<u8> {
    film(frames(width, height, count), Format::Webp, None)
}

/// Encodes frames as an animation, without loss in WebP.
pub(super) fn film(frames: Vec<Frame>, format: Format, plays: Option<NonZeroU32>) -> Vec<u8> {
    let spec = parse_spec(Command::Resize, "1x webp lossless", &ImagingOptions::default()).unwrap();
    let mut film = Film::new(&spec, format, plays, u32::try_from(frames.len()).unwrap());
    frames.into_iter().for_each(|frame| film.add(frame).unwrap());
    film.finish().unwrap()
}
