//! Pictures with metadata in every format, put together in code, and what is left of them.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::image::decode::decode;
use crate::image::geometry::Orientation;
use crate::image::jpeg::Scale;
use crate::image::probe::{ImageInfo, probe};
use crate::image::test_pictures::{
    self as pictures, animated_gif, animated_webp, encoded, photo, transparent,
};

/// Stands in everything that must not be published.
const SECRET: &[u8] = b"zqx-secret";

/// EXIF data of a phone: orientation 6, author and notice, a serial number, a date, latitude and longitude.
fn exif() -> Vec<u8> {
    let texts: [&[u8]; 4] = [b"Ada Example\0", b"(c) Ada\0", b"zqx-secret\0", b"2024:03:15 09:30:00\0"];
    let (details, position, values) = (8 + 2 + 5 * 12 + 4, 8 + 2 + 5 * 12 + 4 + 30, 8 + 2 + 5 * 12 + 4 + 60);
    let at = |index: usize| values + texts.iter().take(index).map(|text| text.len()).sum::<usize>();
    let entry = |tag: u16, kind: u16, count: usize, value: usize| {
        [
            &tag.to_be_bytes()[..],
            &kind.to_be_bytes(),
            &(count as u32).to_be_bytes(),
            &(value as u32).to_be_bytes(),
        ]
        .concat()
    };
    let text = |tag: u16, index: usize| entry(tag, 2, texts[index].len(), at(index));
    let directory = |entries: &[Vec<u8>]| {
        [&(entries.len() as u16).to_be_bytes()[..], &entries.concat(), &[0; 4]].concat()
    };
    let first = directory(&[
        entry(274, 3, 1, 6 << 16),
        text(315, 0),
        text(33_432, 1),
        entry(34_665, 4, 1, details),
        entry(34_853, 4, 1, position),
    ]);
    let below = [text(42_033, 2), text(36_867, 3)];
    // The values of a position are of no interest, so both point at the same.
    let place = [entry(2, 5, 1, at(0)), entry(4, 5, 1, at(0))];
    [&b"MM\0\x2A\0\0\0\x08"[..], &first, &directory(&below), &directory(&place), &texts.concat()].concat()
}

const XMP: &[u8] = b"<x:xmpmeta exif:GPSLatitude='48,51N' zqx-secret/>";

fn segment(marker: u8, body: &[&[u8]]) -> Vec<u8> {
    let body = body.concat();
    [&[0xFF, marker][..], &(body.len() as u16 + 2).to_be_bytes(), &body].concat()
}

/// A JPEG with metadata of all kinds before its tables, between tables and scan, and behind the picture.
fn jpeg() -> Vec<u8> {
    let plain = encoded(&photo(40, 24), Format::Jpeg);
    let scan = memchr::memmem::find(&plain, b"\xFF\xDA").unwrap();
    let before = [
        segment(0xE1, &[b"Exif\0\0", &exif()]),
        segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", XMP]),
        segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", b"colours"]),
        segment(0xE2, &[b"MPF\0", SECRET]),
        segment(0xED, &[b"Photoshop 3.0\0", SECRET]),
        segment(0xEE, &[b"Adobe\0\x64\0\0\0\0\x01"]),
        segment(0xEF, &[SECRET]),
    ];
    let between = segment(0xFE, &[SECRET]);
    [&plain[..2], &before.concat(), &plain[2..scan], &between, &plain[scan..], SECRET].concat()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let checksum = crc32fast::hash(&[name, data].concat());
    [&(data.len() as u32).to_be_bytes()[..], name, data, &checksum.to_be_bytes()].concat()
}

fn png() -> Vec<u8> {
    let plain = encoded(&transparent(40, 24), Format::Png);
    let extra = [
        chunk(b"gAMA", &45_455_u32.to_be_bytes()),
        chunk(b"eXIf", &exif()),
        chunk(b"tEXt", SECRET),
        chunk(b"iTXt", XMP),
        chunk(b"prVt", SECRET),
    ];
    [&plain[..33], &extra.concat(), &plain[33..], SECRET].concat()
}

/// An extended WebP, still or moving, with metadata at its end and something behind it.
fn webp(plain: &[u8]) -> Vec<u8> {
    let riff = |name: &[u8; 4], data: &[u8]| {
        let padding = vec![0; data.len() % 2];
        [&name[..], &(data.len() as u32).to_le_bytes(), data, &padding].concat()
    };
    let mut inside = plain[12..].to_vec();
    if inside.starts_with(b"VP8X") {
        inside[8] |= 0x0C;
    } else {
        let canvas = [0x0C, 0, 0, 0, 39, 0, 0, 23, 0, 0];
        inside = [riff(b"VP8X", &canvas), inside].concat();
    }
    let extra = [riff(b"EXIF", &exif()), riff(b"XMP ", XMP), riff(b"PRVT", SECRET)].concat();
    let length = (4 + inside.len() + extra.len()) as u32;
    [&b"RIFF"[..], &length.to_le_bytes(), b"WEBP", &inside, &extra, SECRET].concat()
}

fn gif() -> Vec<u8> {
    let plain = animated_gif(40, 24, 3);
    let end = plain.len() - 1;
    let block = |data: &[u8]| [&[data.len() as u8][..], data].concat();
    let comment = [&b"\x21\xFE"[..], &block(SECRET), b"\0"].concat();
    let xmp = [&b"\x21\xFF"[..], &block(b"XMP DataXMP"), &block(XMP), b"\0"].concat();
    [&plain[..end], &comment, &xmp, b"\x3B", SECRET].concat()
}

/// A grey TIFF with a directory for EXIF and one for a thumbnail behind it, and bytes that no directory names.
fn tiff() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let value = if kind == 3 { value << 16 } else { value };
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()].concat()
    };
    let picture = |width: u32, height: u32, at: u32| {
        vec![
            entry(256, 3, 1, width),
            entry(257, 3, 1, height),
            entry(258, 3, 1, 8),
            entry(259, 3, 1, 1),
            entry(262, 3, 1, 1),
            entry(273, 4, 1, at),
            entry(277, 3, 1, 1),
            entry(278, 3, 1, height),
            entry(279, 3, 1, width * height),
        ]
    };
    let pixels: Vec<u8> = photo(40, 24).to_luma8().into_raw();
    let (small, orphan) = (b"zqx-secret".repeat(2), b"zqx-secret");
    let small_at = 8 + pixels.len() as u32;
    let make_at = small_at + small.len() as u32 + orphan.len() as u32;
    let (make, artist) = (b"zqx-secret\0\0", b"Ada Example\0");
    let first_at = make_at + make.len() as u32 + artist.len() as u32;
    let mut first = picture(40, 24, 8);
    first.insert(5, entry(271, 2, make.len() as u32, make_at));
    first.insert(7, entry(274, 3, 1, 6));
    first.push(entry(315, 2, artist.len() as u32, make_at + make.len() as u32));
    let second_at = first_at + 2 + first.len() as u32 * 12 + 4;
    let mut second = picture(5, 4, small_at);
    second.insert(0, entry(254, 4, 1, 1));
    let directory = |entries: &[Vec<u8>], next: u32| {
        [&(entries.len() as u16).to_be_bytes()[..], &entries.concat(), &next.to_be_bytes()].concat()
    };
    [
        &b"MM\0\x2A"[..],
        &first_at.to_be_bytes(),
        &pixels,
        &small,
        orphan,
        make,
        artist,
        &directory(&first, second_at),
        &directory(&second, 0),
    ]
    .concat()
}

fn boxed(name: &[u8; 4], inside: &[&[u8]]) -> Vec<u8> {
    let inside = inside.concat();
    [&(inside.len() as u32 + 8).to_be_bytes()[..], name, &inside].concat()
}

/// The boxes of an AVIF without a picture: EXIF in two extents, XMP in the box of small items, and what phones add.
fn avif() -> Vec<u8> {
    let brand = boxed(b"ftyp", &[b"avif\0\0\0\0avifmif1"]);
    let item = |id: u8, kind: &[u8; 4]| boxed(b"infe", &[b"\x02\0\0\0\0", &[id], b"\0\0", kind, b"\0"]);
    let items = boxed(b"iinf", &[b"\0\0\0\0\0\x03", &item(1, b"av01"), &item(2, b"Exif"), &item(3, b"mime")]);
    let exif = [&[0; 4][..], &exif()].concat();
    let cut = 20;
    let location = |at: u32| {
        let extent = |at: u32, length: usize| [at.to_be_bytes(), (length as u32).to_be_bytes()].concat();
        boxed(
            b"iloc",
            &[
                b"\x01\0\0\0\x44\0\0\x02",
                b"\0\x02\0\0\0\0\0\x02",
                &extent(at, cut),
                &extent(at + cut as u32 + 4, exif.len() - cut),
                b"\0\x03\0\x01\0\0\0\x01",
                &extent(0, XMP.len()),
            ],
        )
    };
    let meta = |at: u32| boxed(b"meta", &[b"\0\0\0\0", &items, &location(at), &boxed(b"idat", &[XMP])]);
    let at = (brand.len() + meta(0).len() + 8) as u32;
    let data = boxed(b"mdat", &[&exif[..cut], b"gap!", &exif[cut..], b"pixels"]);
    [brand, meta(at), data, boxed(b"mpvd", &[SECRET]), boxed(b"uuid", &[SECRET])].concat()
}

/// All of them, with their names; made once.
static LADEN: LazyLock<[(&str, Vec<u8>); 7]> = LazyLock::new(|| {
    [
        ("jpeg", jpeg()),
        ("png", png()),
        ("webp", webp(&encoded(&photo(40, 24), Format::Webp))),
        ("moving webp", webp(&animated_webp(40, 24, 3))),
        ("gif", gif()),
        ("tiff", tiff()),
        ("avif", avif()),
    ]
});

fn laden() -> [(&'static str, Vec<u8>); 7] {
    LADEN.clone()
}

fn stripped(file: &[u8]) -> Vec<u8> {
    without_metadata(file, MetadataPolicy::Strip).unwrap().into_owned()
}

fn holds(file: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(file, word).is_some()
}

fn probed(file: &[u8]) -> ImageInfo {
    probe(Cursor::new(file)).unwrap()
}

#[test]
fn headers_tell_when_and_whether_where() {
    for (name, file) in laden().into_iter().filter(|(name, _)| !matches!(*name, "gif" | "tiff" | "avif")) {
        let info = probed(&file);
        assert_eq!(info.taken, Some(date(2024, 3, 15).at(9, 30, 0, 0)), "{name}");
        assert!(info.has_position, "{name}");
        let info = probed(&stripped(&file));
        assert_eq!((info.taken, info.has_position), (None, false), "{name}");
    }
    let only_xmp =
        [&[0xFF, 0xD8][..], &segment(0xE1, &[XMP]), &encoded(&photo(9, 7), Format::Jpeg)[2..]].concat();
    assert!(probed(&only_xmp).has_position);
}

#[test]
fn nothing_of_what_was_written_stays() {
    for (name, file) in laden() {
        assert!(holds(&file, SECRET), "{name}");
        let stripped = stripped(&file);
        for word in [SECRET, b"Ada", b"2024:03", b"GPSLatitude"] {
            assert!(!holds(&stripped, word), "{name} holds {}", String::from_utf8_lossy(word));
        }
    }
}

#[test]
fn pixels_orientation_and_colours_stay() {
    for (name, file) in laden().into_iter().filter(|(name, _)| *name != "avif") {
        let stripped = stripped(&file);
        let (was, now) = (probed(&file), probed(&stripped));
        assert_eq!((was.size, was.orientation), (now.size, now.orientation), "{name}");
        let pixels = |file: &[u8]| image::load_from_memory(file).unwrap().into_bytes();
        assert_eq!(pixels(&file), pixels(&stripped), "{name}");
    }
    let turned = Orientation::from_exif(6);
    assert!(["jpeg", "png", "webp", "tiff"].iter().all(|wanted| {
        let (_, file) = laden().into_iter().find(|(name, _)| name == wanted).unwrap();
        probed(&stripped(&file)).orientation == turned
    }));
    let jpeg = stripped(&jpeg());
    assert!(holds(&jpeg, b"ICC_PROFILE\0\x01\x01colours") && holds(&jpeg, b"Adobe\0"));
    assert!(holds(&stripped(&png()), b"gAMA"));
    assert!(holds(&stripped(&gif()), b"NETSCAPE2.0"));
}

#[test]
fn the_author_stays_where_that_is_wanted_and_nothing_else() {
    for (name, file) in laden().into_iter().filter(|(name, _)| *name != "gif") {
        let kept = without_metadata(&file, MetadataPolicy::Copyright).unwrap();
        assert!(holds(&kept, b"Ada Example"), "{name}");
        assert_eq!(holds(&kept, b"(c) Ada"), name != "tiff", "{name}");
        assert!(!holds(&kept, SECRET) && !holds(&kept, b"2024:03"), "{name}");
        assert_eq!(
            without_metadata(&file, MetadataPolicy::Keep).unwrap(),
            Cow::Borrowed(&file[..]),
            "{name}"
        );
    }
}

#[test]
fn a_stripped_file_is_as_it_should_be_already() {
    for (name, file) in laden() {
        for policy in [MetadataPolicy::Strip, MetadataPolicy::Copyright] {
            let once = without_metadata(&file, policy).unwrap();
            assert!(matches!(without_metadata(&once, policy), Ok(Cow::Borrowed(_))), "{name}");
        }
    }
    for format in pictures::FORMATS {
        let file = encoded(&photo(9, 7), format);
        let left = without_metadata(&file, MetadataPolicy::Strip).unwrap();
        let pixels = |file: &[u8]| {
            let decoded = decode(file, &probe(Cursor::new(file)).unwrap(), Scale::Full).unwrap();
            decoded.picture.into_pixels().into_bytes()
        };
        assert_eq!(pixels(&file), pixels(&left), "{format:?}");
    }
}

#[test]
fn an_emptied_avif_keeps_its_offsets_and_valid_items() {
    let (file, stripped) = (avif(), stripped(&avif()));
    assert_eq!(file.len(), stripped.len());
    for kept in [&b"gap!"[..], b"pixels", b"iloc", b"MM\0\x2A\0\0\0\x08\0\0", b"<x:xmpmeta xmlns:x="] {
        assert!(holds(&stripped, kept), "{}", String::from_utf8_lossy(kept));
    }
}

#[test]
fn boxes_of_metadata_in_a_jpeg_xl_become_free_space() {
    let signature = boxed(b"JXL ", &[b"\x0D\x0A\x87\x0A"]);
    let brand = boxed(b"ftyp", &[b"jxl \0\0\0\0jxl "]);
    let boxes =
        [boxed(b"Exif", &[&[0; 4], &exif()]), boxed(b"xml ", &[XMP]), boxed(b"brob", &[b"Exif", SECRET])];
    let file = [signature, brand, boxes.concat(), boxed(b"jxlc", &[b"\xFF\x0Apixels"])].concat();
    let stripped = stripped(&file);
    assert_eq!(file.len(), stripped.len());
    assert!(stripped.ends_with(b"jxlc\xFF\x0Apixels"));
    for word in [SECRET, b"Ada", b"GPS", b"Exif", b"xml "] {
        assert!(!holds(&stripped, word), "{}", String::from_utf8_lossy(word));
    }
}

#[test]
fn what_is_no_picture_is_left_alone() {
    for file in [&b""[..], b"<!doctype html>zqx-secret", b"%PDF-1.7", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"] {
        assert_eq!(without_metadata(file, MetadataPolicy::Strip), Ok(Cow::Borrowed(file)));
    }
}

#[test]
fn directories_in_a_circle_are_damage() {
    let mut file = tiff();
    let first = u32::from_be_bytes(file[4..8].try_into().unwrap()) as usize;
    let link = first + 2 + usize::from(file[first + 1]) * 12;
    let start: [u8; 4] = file[4..8].try_into().unwrap();
    file[link..link + 4].copy_from_slice(&start);
    assert_eq!(without_metadata(&file, MetadataPolicy::Strip), Err(Damaged));
}

#[test]
fn a_file_cut_anywhere_gives_away_nothing_or_is_damaged() {
    for (name, file) in laden() {
        for length in 0..file.len() {
            if let Ok(left) = without_metadata(&file[..length], MetadataPolicy::Strip) {
                // Too short to be told from any other file, or cut before the first secret.
                let is_unknown = format::recognise(&file[..length.min(12)]).is_err() && name != "avif";
                assert!(is_unknown || !holds(&left, SECRET), "{name} cut to {length}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(which in 0..7_usize, at in 0..4_000_usize, noise: Vec<u8>) {
        let (_, mut file) = laden().into_iter().nth(which).unwrap();
        let end = file.len();
        for (old, new) in file[at.min(end)..].iter_mut().zip(&noise) {
            *old = *new;
        }
        for policy in [MetadataPolicy::Strip, MetadataPolicy::Copyright] {
            let _ = without_metadata(&file, policy);
            let _ = without_metadata(&noise, policy);
        }
    }

    #[test]
    fn single_wrong_bytes_make_no_panic(which in 0..7_usize, wrong in prop::collection::vec((0..4_000_usize, any::<u8>()), 1..6)) {
        let (_, mut file) = laden().into_iter().nth(which).unwrap();
        for (at, byte) in wrong {
            let length = file.len();
            file[at % length] = byte;
        }
        let _ = without_metadata(&file, MetadataPolicy::Copyright);
        let _ = probe(Cursor::new(&file));
    }
}
