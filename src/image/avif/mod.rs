//! Reads AVIF: its header for planning, its pixels for drawing.
//!
//! The container is read here, the coded pictures by rav1d (the decoder of the dav1d project in Rust, built without
//! assembler, so that gcc and Rust are enough). A sequence shows its first picture. Writing is `encode`'s.

mod boxes;
mod color;
mod container;
mod decode;
mod encode;

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use container::Container;

use super::geometry::{Orientation, Size};
use super::metadata::Exif;

pub(super) use decode::decode;
pub(super) use encode::encode;

/// The most bytes that are read to find out what a file holds: room for a colour profile and thousands of parts.
const MAX_META_BYTES: u64 = 4 << 20;

/// The most EXIF data that are read: cameras write a tenth.
const MAX_EXIF_BYTES: u64 = 1 << 20;

/// What the header of an AVIF says.
pub(super) struct Still {
    /// The size as stored, before it is turned.
    pub(super) stored: Size,
    /// How it is turned.
    pub(super) orientation: Orientation,
    /// Whether its channels have more than eight bits.
    pub(super) is_deep: bool,
    /// What a camera wrote; the way a picture lies is said elsewhere.
    pub(super) exif: Exif,
}

/// Reads the header of an AVIF.
///
/// # Errors
/// It is cut off or contradicts itself; `Unsupported` if it holds no single picture.
pub(super) fn read_header<R: BufRead + Seek>(reader: &mut R) -> io::Result<Still> {
    let meta = read_meta(reader)?;
    let container = Container::read(&meta)?;
    let primary = container.primary();
    check_kind(&container)?;
    let stored = container.size(primary).ok_or_else(|| malformed("its picture has no size"))?;
    let exif = container.exif_place().map(|place| read_exif(reader, place)).unwrap_or_default();
    Ok(Still {
        stored,
        orientation: container.orientation(primary),
        is_deep: container.bits(primary) > 8,
        exif,
    })
}

/// Reads EXIF data, which begin behind a number of bytes to skip; damaged ones say nothing.
fn read_exif<R: BufRead + Seek>(reader: &mut R, (offset, length): (u64, u64)) -> Exif {
    let mut block = Vec::new();
    let read = reader
        .seek(SeekFrom::Start(offset))
        .and_then(|_| reader.by_ref().take(length.min(MAX_EXIF_BYTES)).read_to_end(&mut block));
    let skipped = block.first_chunk().map(|skipped| u32::from_be_bytes(*skipped) as usize);
    match (read, skipped) {
        (Ok(_), Some(skipped)) => Exif::read(block.get(skipped.saturating_add(4)..).unwrap_or_default()),
        _ => Exif::default(),
    }
}

fn check_kind(container: &Container<'_>) -> io::Result<()> {
    match container.kind(container.primary()) {
        Some(kind) if &kind == b"av01" || &kind == b"grid" => Ok(()),
        Some(_) => Err(io::Error::new(io::ErrorKind::Unsupported, "its picture is not coded as AV1")),
        None => Err(malformed("it does not say which picture is meant")),
    }
}

/// Returns the content of the first `meta` box.
fn read_meta<R: BufRead + Seek>(reader: &mut R) -> io::Result<Vec<u8>> {
    loop {
        let mut head = [0; 8];
        reader.read_exact(&mut head)?;
        let [l1, l2, l3, l4, name @ ..] = head;
        let (header, length) = match u32::from_be_bytes([l1, l2, l3, l4]) {
            0 => (8, u64::MAX),
            1 => {
                let mut long = [0; 8];
                reader.read_exact(&mut long)?;
                (16, u64::from_be_bytes(long))
            }
            length => (8, u64::from(length)),
        };
        let length = length.checked_sub(header).ok_or_else(|| malformed("a box is shorter than its name"))?;
        if &name == b"meta" {
            if length > MAX_META_BYTES {
                return Err(malformed("its metadata is too long"));
            }
            let mut meta = Vec::new();
            reader.take(length).read_to_end(&mut meta)?;
            let is_whole = meta.len() as u64 == length;
            return if is_whole { Ok(meta) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        let skipped = i64::try_from(length).map_err(|_| io::ErrorKind::UnexpectedEof)?;
        reader.seek_relative(skipped)?;
    }
}

/// The error of a file that contradicts itself.
fn malformed(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::image::metadata::{MetadataPolicy, without_metadata};
    use crate::image::probe::probe;

    /// 24x16 pixels in Display P3 that lie on their side, with a place and a time, as libavif writes them.
    const PHONE: &[u8] = include_bytes!("../../../tests/pictures/phone.avif");

    #[test]
    fn a_phones_picture_lies_right_has_its_colours_and_tells_where_it_was_taken() {
        let info = probe(Cursor::new(PHONE)).unwrap();
        assert_eq!((info.size, info.orientation.to_exif()), (Size::new(16, 24), 6));
        assert!(info.has_position);
        assert_eq!(info.taken, Some(jiff::civil::date(2026, 11, 20).at(10, 11, 12, 0)));
        let (picture, profile) = decode(PHONE).unwrap();
        assert_eq!((picture.width(), picture.height()), (24, 16));
        // More red than sRGB has is all the red that sRGB has, with nothing else in it.
        let seen = profile.unwrap().to_srgb(picture).to_rgb8();
        let [red, green, _] = seen.get_pixel(2, 12).0;
        assert!(red > 250 && green < 5, "{red} {green}");
        let [red, green, _] = seen.get_pixel(22, 2).0;
        assert!(red < 5 && green > 250, "{red} {green}");
    }

    #[test]
    fn what_is_published_tells_nothing_and_looks_the_same() {
        let stripped = without_metadata(PHONE, MetadataPolicy::Strip).unwrap();
        let info = probe(Cursor::new(&stripped)).unwrap();
        assert_eq!((info.orientation.to_exif(), info.taken, info.has_position), (6, None, false));
        let (before, after) = (decode(PHONE).unwrap(), decode(&stripped).unwrap());
        assert_eq!((before.0, before.1.is_some()), (after.0, after.1.is_some()));
    }
}
