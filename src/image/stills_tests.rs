//! Photos of all kinds through the whole path: turned, coarse, in other colours, in ink.

use std::io::Cursor;

use image::codecs::{jpeg::JpegEncoder, png::PngEncoder};
use image::{DynamicImage, ImageBuffer, ImageEncoder, Luma, Rgb, RgbImage};
use moxcms::ColorProfile;
use rusty_jpeg::{ColorType, Encoder, SamplingFactor};

use super::decode::decode;
use super::geometry::{Orientation, Size};
use super::jpeg::{self, Scale};
use super::options::{Command, ImagingOptions};
use super::plan::{Plan, plan};
use super::planes::{Chroma, Picture};
use super::probe::{ImageInfo, probe};
use super::spec::{Spec, parse_spec};
use super::stills::{make_stills, scale_for};
use super::test_pictures::{jpeg_with_exif, photo};
use super::transform::upright;
use super::{Filter, Format, webp};

fn wanted(info: &ImageInfo, command: Command, options: &str) -> (Spec, Plan) {
    let mut spec = parse_spec(command, options, &ImagingOptions::default()).unwrap();
    spec.limits.memory_bytes = u64::MAX;
    let plan = plan(info, &spec).unwrap();
    (spec, plan)
}

/// Makes one picture and decodes it.
fn made(source: &[u8], options: &str) -> DynamicImage {
    let info = probe(Cursor::new(source)).unwrap();
    let wanted = [wanted(&info, Command::Resize, options)];
    let file = make_stills(source, &info, &wanted).unwrap().remove(0).unwrap();
    image::load_from_memory(&file).unwrap()
}

fn jpeg_in(picture: &RgbImage, sampling: SamplingFactor) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, 95);
    encoder.set_sampling_factor(sampling);
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture, width, height, ColorType::Rgb).unwrap();
    file
}

/// Encodes a picture of one colour, with a profile.
fn patch(color: [u8; 3], profile: &[u8], format: Format) -> Vec<u8> {
    let pixels = RgbImage::from_pixel(32, 32, Rgb(color));
    let mut file = Vec::new();
    let kind = image::ExtendedColorType::Rgb8;
    if format == Format::Jpeg {
        let mut encoder = JpegEncoder::new_with_quality(&mut file, 100);
        encoder.set_icc_profile(profile.to_vec()).unwrap();
        encoder.write_image(&pixels, 32, 32, kind).unwrap();
    } else {
        let mut encoder = PngEncoder::new(&mut file);
        encoder.set_icc_profile(profile.to_vec()).unwrap();
        encoder.write_image(&pixels, 32, 32, kind).unwrap();
    }
    file
}

#[track_caller]
fn assert_near(seen: [u8; 3], expected: [u8; 3], tolerance: u8, what: &str) {
    let near = seen.iter().zip(expected).all(|(seen, expected)| seen.abs_diff(expected) <= tolerance);
    assert!(near, "{what}: {seen:?} is not {expected:?}");
}

#[test]
fn photos_stay_upright_in_jpeg_and_webp_whatever_their_orientation() {
    // The upright picture has a red corner top left and a blue one bottom right.
    for (width, height) in [(96, 64), (95, 63)] {
        for value in 1..=8 {
            let undo = Orientation::from_exif(match value {
                6 => 8,
                8 => 6,
                _ => value,
            });
            let source = jpeg_with_exif(&upright(photo(width, height), undo), value);
            for options in ["48x32 jpg", "48x32 webp", "47x31 jpg", "47x31 webp", "48x32 webp lossless"] {
                let picture = made(&source, options).to_rgb8();
                assert_near(picture.get_pixel(3, 3).0, [254, 0, 0], 24, &format!("{value} {options}"));
                assert_near(picture.get_pixel(43, 28).0, [0, 0, 254], 24, &format!("{value} {options}"));
            }
        }
    }
}

#[test]
fn every_layout_of_colours_is_read_in_full_and_in_half() {
    let size = Size::new(97, 66);
    let exact = photo(size.width_px, size.height_px).to_rgb8();
    for sampling in [
        SamplingFactor::R_4_4_4,
        SamplingFactor::R_4_2_2,
        SamplingFactor::R_4_2_0,
        SamplingFactor::R_4_4_0,
        SamplingFactor::R_4_1_1,
    ] {
        let source = jpeg_in(&exact, sampling);
        let markers = jpeg::read(&source).unwrap();
        for scale in [Scale::Full, Scale::Half] {
            let picture = jpeg::decode(&source, &markers, size, scale).unwrap();
            assert!(matches!(picture, Picture::Planes(_)), "{sampling:?}");
            assert_eq!(picture.size(), size);
            let drawn = picture.scaled(size.whole(), Size::new(24, 16), Filter::Box, Chroma::Full);
            let drawn = drawn.unwrap().into_pixels().to_rgb8();
            let what = format!("{sampling:?} {scale:?}");
            for (x, y) in [(2, 2), (12, 8), (21, 13), (4, 12), (20, 3)] {
                let seen = exact.get_pixel(x * 97 / 24 + 2, y * 66 / 16 + 2).0;
                assert_near(drawn.get_pixel(x, y).0, seen, 14, &format!("{what} at {x} {y}"));
            }
        }
    }
}

#[test]
fn wide_colours_become_those_of_srgb() {
    let (p3, adobe) = (ColorProfile::new_display_p3(), ColorProfile::new_adobe_rgb());
    // What the three pure colours of sRGB, and a grey, are in these spaces.
    let table = [
        (&p3, [234, 51, 35], [255, 0, 0]),
        (&p3, [117, 251, 76], [0, 255, 0]),
        (&p3, [0, 0, 245], [0, 0, 255]),
        (&p3, [128, 128, 128], [128, 128, 128]),
        (&adobe, [219, 0, 0], [255, 0, 0]),
        (&adobe, [144, 255, 60], [0, 255, 0]),
        (&adobe, [0, 0, 250], [0, 0, 255]),
    ];
    for (profile, stored, seen) in table {
        let profile = profile.encode().unwrap();
        for format in [Format::Png, Format::Jpeg] {
            let source = patch(stored, &profile, format);
            let tolerance = if format == Format::Png { 2 } else { 4 };
            let color = made(&source, "8x png").to_rgb8().get_pixel(4, 4).0;
            assert_near(color, seen, tolerance, &format!("{stored:?} in {format:?}"));
        }
        let color = made(&patch(stored, &profile, Format::Jpeg), "16x jpg q100").to_rgb8().get_pixel(8, 8).0;
        assert_near(color, seen, 5, "in a JPEG from a JPEG");
    }
}

#[test]
fn deep_and_grey_pictures_keep_their_kind_and_get_the_right_values() {
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    let stored = [234_u16, 51, 35].map(|value| value * 257);
    let pixels: ImageBuffer<Rgb<u16>, Vec<u16>> = ImageBuffer::from_pixel(8, 8, Rgb(stored));
    let bytes: Vec<u8> = pixels.as_raw().iter().flat_map(|value| value.to_ne_bytes()).collect();
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(&mut file);
    encoder.set_icc_profile(p3).unwrap();
    encoder.write_image(&bytes, 8, 8, image::ExtendedColorType::Rgb16).unwrap();
    let picture = made(&file, "4x");
    assert_eq!(picture.color(), image::ColorType::Rgb16);
    assert_near(picture.to_rgb8().get_pixel(1, 1).0, [255, 0, 0], 2, "16 bits");

    // Light that is stored as it is: a fifth of white looks half as bright.
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let pixels = ImageBuffer::from_pixel(8, 8, Luma([55_u8]));
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(&mut file);
    encoder.set_icc_profile(linear).unwrap();
    encoder.write_image(&pixels, 8, 8, image::ExtendedColorType::L8).unwrap();
    let picture = made(&file, "4x");
    assert_eq!(picture.color(), image::ColorType::L8);
    assert_near(picture.to_rgb8().get_pixel(1, 1).0, [128; 3], 2, "grey");
}

#[test]
fn profiles_that_say_nothing_new_or_are_broken_change_nothing() {
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    for profile in [srgb.as_slice(), b"no profile at all", p3.get(..200).unwrap()] {
        let source = patch([200, 90, 30], profile, Format::Jpeg);
        let info = probe(Cursor::new(&source)).unwrap();
        assert!(decode(&source, &info, Scale::Full).unwrap().profile.is_none());
        assert_near(made(&source, "8x png").to_rgb8().get_pixel(4, 4).0, [200, 90, 30], 2, "unchanged");
    }
}

#[test]
fn inks_become_light_with_and_without_adobes_mark() {
    let inks = [([255, 0, 0, 0], [0, 255, 255]), ([0, 255, 255, 0], [255, 0, 0]), ([0, 0, 0, 128], [127; 3])];
    for (ink, seen) in inks {
        for kind in [ColorType::Cmyk, ColorType::CmykAsYcck] {
            let mut file = Vec::new();
            let pixels = ink.repeat(16 * 16);
            let mut encoder = Encoder::new(&mut file, 100);
            encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
            encoder.encode(&pixels, 16, 16, kind).unwrap();
            let color = made(&file, "8x png").to_rgb8().get_pixel(4, 4).0;
            assert_near(color, seen, 4, &format!("{ink:?} as {kind:?}"));
            if kind == ColorType::Cmyk {
                // Without the mark the same bytes mean the opposite.
                let at = file.windows(5).position(|window| window == b"Adobe").unwrap();
                file[at] = b'X';
                let opposite = ink.map(|ink| u32::from(255 - ink));
                let light = |ink: u32| ((255 - ink) * (255 - opposite[3]) / 255) as u8;
                let seen = [light(opposite[0]), light(opposite[1]), light(opposite[2])];
                assert_near(made(&file, "8x png").to_rgb8().get_pixel(4, 4).0, seen, 4, "without a mark");
            }
        }
    }
}

#[test]
fn a_picture_is_the_same_whichever_others_are_made_with_it() {
    let source = jpeg_with_exif(&photo(160, 120), 6);
    let info = probe(Cursor::new(&source)).unwrap();
    let all: Vec<(Spec, Plan)> = ["40x", "40x webp", "40x png", "60x q40", "40x q40", "30x r33"]
        .map(|options| wanted(&info, Command::Resize, options))
        .into_iter()
        .chain([wanted(&info, Command::Fill, "40x40 smart"), wanted(&info, Command::Crop, "40x50")])
        .collect();
    let together = make_stills(&source, &info, &all).unwrap();
    for (one, file) in all.iter().zip(&together) {
        let alone = make_stills(&source, &info, std::slice::from_ref(one)).unwrap().remove(0);
        assert!(alone.is_ok() && alone == *file, "{one:?}");
    }
}

#[test]
fn only_many_more_pixels_than_needed_are_decoded_at_half_their_size() {
    let info = |width, height, format| ImageInfo {
        size: Size::new(width, height),
        format,
        ..probe(Cursor::new(jpeg_with_exif(&photo(8, 8), 1))).unwrap()
    };
    let (large, photo) = (info(8064, 6048, Format::Jpeg), info(4032, 3024, Format::Jpeg));
    let (full, half) = (Scale::Full, Scale::Half);
    // The scale on a site with pictures in several sizes, and on one without.
    let table = [
        (large, Command::Resize, "1200x", half, half),
        (large, Command::Resize, "2016x", half, half),
        (large, Command::Resize, "2018x", full, half),
        (large, Command::Resize, "3300x", full, full),
        (large, Command::Resize, "1200x r90", half, half),
        (large, Command::Resize, "1200x r33", full, full),
        (large, Command::Fill, "800x800", half, half),
        (large, Command::Fill, "1600x1600 center", full, half),
        (large, Command::Crop, "800x800", full, full),
        (photo, Command::Resize, "320x", full, half),
        (photo, Command::Resize, "1200x", full, half),
        (photo, Command::Resize, "1920x", full, full),
        (info(8064, 6048, Format::Png), Command::Resize, "320x", full, full),
    ];
    for (info, command, options, several, alone) in table {
        let (mut spec, plan) = wanted(&info, command, options);
        assert_eq!(scale_for(&info, &spec, &plan), several, "{command:?} {options}");
        spec.is_alone = true;
        assert_eq!(scale_for(&info, &spec, &plan), alone, "{command:?} {options} alone");
    }
}

#[test]
fn slides_are_encoded_with_their_edges_in_mind_and_photos_are_not() {
    let slide =
        RgbImage::from_fn(
            160,
            120,
            |x, y| {
                if x / 80 == y / 60 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) }
            },
        );
    for (source, is_drawn) in [(slide, true), (photo(160, 120).to_rgb8(), false)] {
        let source = jpeg_in(&source, SamplingFactor::R_4_2_0);
        let info = probe(Cursor::new(&source)).unwrap();
        let (spec, plan) = wanted(&info, Command::Resize, "80x webp");
        let Picture::Planes(planes) = decode(&source, &info, Scale::Full).unwrap().picture else { panic!() };
        let planes = planes.scaled(info.size.whole(), plan.size, spec.filter, Chroma::Quarter).unwrap();
        let either = [webp::encode_planes(&planes, &spec), webp::encode_drawn(&planes.to_rgb(), &spec)];
        let file = make_stills(&source, &info, &[(spec, plan)]).unwrap().remove(0);
        assert!(file.ok() == either[usize::from(is_drawn)].clone().ok(), "{is_drawn}");
        assert!(either[0] != either[1]);
    }
}
