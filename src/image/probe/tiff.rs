//! Reads directories of a TIFF, which is also the shape of EXIF data.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use super::{Header, byte_vec, bytes, malformed};
use crate::image::geometry::Size;
use crate::image::metadata::Exif;

const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const BITS_PER_SAMPLE: u16 = 258;
const SAMPLES_PER_PIXEL: u16 = 277;

pub(super) fn read_header<R: BufRead + Seek>(reader: &mut R) -> io::Result<Header> {
    let (order, ifd) = read_ifd(reader, None)?;
    let bits = ifd.first_short(reader, order, BITS_PER_SAMPLE).unwrap_or_default();
    let sample_bytes = u32::from(bits).div_ceil(8).clamp(1, 8);
    let pixel_bytes = sample_bytes * ifd.number(SAMPLES_PER_PIXEL).unwrap_or_default().clamp(1, 4);
    let side = |tag| ifd.number(tag).unwrap_or_default();
    let stored = Size::new(side(WIDTH), side(HEIGHT));
    reader.seek(SeekFrom::Start(0))?;
    let exif = Exif::read_from(reader);
    let decoded_bytes_per_pixel = u8::try_from(pixel_bytes).unwrap_or(u8::MAX);
    Ok(Header { exif, ..Header::new(stored, decoded_bytes_per_pixel) })
}

/// A directory: what it says under which tag.
pub(in crate::image) struct Ifd {
    entries: Vec<Entry>,
}

/// One entry; a value that takes more than four bytes lies elsewhere, at the offset that stands in its place.
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: [u8; 4],
    number: u32,
}

/// Types of values that are asked for here.
const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
/// An offset of another directory, which some programs use in place of `LONG`.
const OFFSET: u16 = 13;

/// Reads a directory at an offset, or the first one; offsets count from where `reader` begins.
///
/// There are at most 65,535 entries, and none is followed here, so no file makes this run long.
pub(in crate::image) fn read_ifd<R: Read + Seek>(
    reader: &mut R,
    place: Option<(Order, u32)>,
) -> io::Result<(Order, Ifd)> {
    let (order, offset) = match place {
        Some(place) => place,
        None => read_start(reader)?,
    };
    reader.seek(SeekFrom::Start(offset.into()))?;
    let count = order.u16(bytes(reader)?);
    let mut entries = Vec::new();
    for _ in 0..count {
        entries.push(read_entry(reader, order)?);
    }
    Ok((order, Ifd { entries }))
}

fn read_start<R: Read>(reader: &mut R) -> io::Result<(Order, u32)> {
    let [o1, o2, magic @ .., a, b, c, d] = bytes::<8>(reader)?;
    let order = match (&[o1, o2], magic) {
        (b"II", [42, 0]) => Order::Little,
        (b"MM", [0, 42]) => Order::Big,
        _ => return Err(malformed("its metadata has no byte order")),
    };
    Ok((order, order.u32([a, b, c, d])))
}

fn read_entry(reader: &mut impl Read, order: Order) -> io::Result<Entry> {
    let [t1, t2, k1, k2, n1, n2, n3, n4, value @ ..] = bytes::<12>(reader)?;
    let kind = order.u16([k1, k2]);
    let [v1, v2, ..] = value;
    let number = if kind == SHORT { order.u16([v1, v2]).into() } else { order.u32(value) };
    Ok(Entry { tag: order.u16([t1, t2]), kind, count: order.u32([n1, n2, n3, n4]), value, number })
}

impl Ifd {
    fn find(&self, tag: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }

    /// Says whether there is an entry with a value.
    pub(in crate::image) fn has(&self, tag: u16) -> bool {
        self.find(tag).is_some_and(|entry| entry.count > 0)
    }

    /// Returns the number of an entry that has one, or its offset.
    pub(in crate::image) fn number(&self, tag: u16) -> Option<u32> {
        let entry = self.find(tag)?;
        let is_here = match entry.kind {
            SHORT => entry.count <= 2,
            LONG | OFFSET => entry.count <= 1,
            _ => false,
        };
        is_here.then_some(entry.number)
    }

    /// Returns the first of several short numbers, wherever they are.
    fn first_short<R: Read + Seek>(&self, reader: &mut R, order: Order, tag: u16) -> Option<u16> {
        let entry = self.find(tag).filter(|entry| entry.kind == SHORT)?;
        if entry.count <= 2 {
            return u16::try_from(entry.number).ok();
        }
        reader.seek(SeekFrom::Start(order.u32(entry.value).into())).ok()?;
        bytes(reader).ok().map(|pair| order.u16(pair))
    }

    /// Returns a text of at most `most_bytes`, without the zeros at its end; nothing where it is longer or empty.
    pub(in crate::image) fn text<R: Read + Seek>(
        &self,
        reader: &mut R,
        tag: u16,
        most_bytes: u32,
    ) -> Option<Vec<u8>> {
        let entry = self.find(tag).filter(|entry| entry.kind == ASCII && entry.count <= most_bytes)?;
        let mut text = match usize::try_from(entry.count).ok().and_then(|count| entry.value.get(..count)) {
            Some(here) => here.to_vec(),
            None => {
                reader.seek(SeekFrom::Start(entry.number.into())).ok()?;
                byte_vec(reader, entry.count).ok()?
            }
        };
        let end = text.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        text.truncate(end);
        Some(text).filter(|text| !text.is_empty())
    }
}

/// Which byte of a number comes first.
#[derive(Clone, Copy)]
pub(in crate::image) enum Order {
    Little,
    Big,
}

impl Order {
    pub(in crate::image) fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    pub(in crate::image) fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }
    pub(in crate::image) fn bytes_of_u16(self, number: u16) -> [u8; 2] {
        match self {
            Self::Little => number.to_le_bytes(),
            Self::Big => number.to_be_bytes(),
        }
    }

    pub(in crate::image) fn bytes_of_u32(self, number: u32) -> [u8; 4] {
        match self {
            Self::Little => number.to_le_bytes(),
            Self::Big => number.to_be_bytes(),
        }
    }
}
