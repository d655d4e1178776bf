//! Pictures that mean no good: nothing panics, and nothing is taken for a picture that is none.
//!
//! Small ones only; those that would take memory and time are in `benches/hostile-pictures`.

use std::io::Cursor;

use super::format::Format;
use super::options::{Command, ImagingOptions};
use super::plan::plan;
use super::probe::probe;
use super::spec::parse_spec;
use super::test_pictures::{FORMATS, animated_gif, animated_webp, encoded, photo, transparent};
use super::variants::make_variants;
use super::{Limits, Orientation, Size};
use crate::diag::Diagnostic;

fn made(source: &[u8], limits: Limits) -> Result<Vec<u8>, Diagnostic> {
    let info = probe(Cursor::new(source))?;
    let defaults = ImagingOptions { limits, ..ImagingOptions::default() };
    let spec = parse_spec(Command::Resize, "8x8", &defaults)?;
    let plan = plan(&info, &spec)?;
    make_variants(source, &info, &[(spec, plan)]).remove(0)
}

fn code(source: &[u8]) -> String {
    made(source, Limits::default()).map_or_else(|error| error.code.into_owned(), |_| "made".to_owned())
}

#[test]
fn a_file_that_is_cut_off_is_told_wherever_it_is_cut() {
    let stills = FORMATS.map(|format| (format!("{format:?}"), encoded(&photo(40, 30), format)));
    let moving = [
        ("moving GIF".to_owned(), animated_gif(40, 30, 4)),
        ("moving WebP".to_owned(), animated_webp(40, 30, 4)),
        ("transparent AVIF".to_owned(), encoded(&transparent(40, 30), Format::Avif)),
    ];
    for (name, whole) in stills.into_iter().chain(moving) {
        assert_eq!(code(&whole), "made", "{name}");
        for place in 0..50 {
            let length = whole.len() * place / 50;
            let code = code(&whole[..length]);
            assert!(
                code == "image-broken" || code == "image-format-unsupported",
                "{name} cut to {length}: {code}"
            );
        }
    }
}

#[test]
fn no_byte_that_is_changed_makes_an_avif_decoder_panic() {
    let whole = encoded(&transparent(24, 16), Format::Avif);
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= [0x01, 0x80, 0xFF][at % 3];
        let _ = code(&changed);
    }
}

#[test]
fn limits_are_those_of_the_site() {
    let photo = encoded(&photo(100, 50), Format::Png);
    let gif = animated_gif(16, 16, 4);
    let refused =
        |source: &[u8], limits| made(source, limits).is_err_and(|error| error.code == "image-too-large");
    assert!(!refused(&photo, Limits { max_pixels: 5_000, ..Limits::default() }));
    assert!(refused(&photo, Limits { max_pixels: 4_999, ..Limits::default() }));
    assert!(refused(&photo, Limits { memory_bytes: 10_000, ..Limits::default() }));
    assert!(!refused(&gif, Limits { max_frames: 4, ..Limits::default() }));
    assert!(refused(&gif, Limits { max_frames: 3, ..Limits::default() }));
}

#[test]
fn an_avif_whose_header_gives_another_size_is_broken() {
    let whole = encoded(&photo(40, 30), Format::Avif);
    let at = whole.windows(4).position(|window| window == b"ispe").unwrap() + 8;
    for (width, height) in [(41_u32, 30_u32), (30, 40), (4_000, 3_000), (1, 1)] {
        let mut changed = whole.clone();
        changed[at..at + 4].copy_from_slice(&width.to_be_bytes());
        changed[at + 4..at + 8].copy_from_slice(&height.to_be_bytes());
        assert_eq!(code(&changed), "image-broken", "{width}x{height}");
    }
}

#[test]
fn an_avif_is_turned_as_its_properties_say() {
    // A turn and a mirror take the place of a property that decoders here do without.
    let whole = encoded(&photo(40, 20), Format::Avif);
    let at = |name: &[u8; 4]| whole.windows(4).position(|window| window == name).unwrap();
    let info = probe(Cursor::new(&whole)).unwrap();
    assert_eq!((info.size, info.orientation), (Size::new(40, 20), Orientation::UPRIGHT));
    let mut turned = whole.clone();
    // `pixi`: version, flags, three channels. Its first byte becomes the angle.
    let place = at(b"pixi");
    turned[place..place + 5].copy_from_slice(b"irot\x01");
    let info = probe(Cursor::new(&turned)).unwrap();
    assert_eq!((info.size, info.orientation.to_exif()), (Size::new(20, 40), 8));
    assert_eq!(code(&turned), "made");
}

#[test]
fn the_same_pixels_are_the_same_avif() {
    assert_eq!(encoded(&transparent(70, 50), Format::Avif), encoded(&transparent(70, 50), Format::Avif));
}
