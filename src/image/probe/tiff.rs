//! Reads the first directory of a TIFF, which is also the shape of EXIF data.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use super::{Header, bytes, malformed};
use crate::image::geometry::{Orientation, Size};

/// The entries of a directory that matter here; zero or `None` where there is no such entry.
#[derive(Default)]
pub(super) struct Directory {
    width_px: u32,
    height_px: u32,
    bits_per_sample: u32,
    samples_per_pixel: u32,
    pub(super) orientation: Option<Orientation>,
}

pub(super) fn read_header<R: BufRead + Seek>(reader: &mut R) -> io::Result<Header> {
    let directory = read_directory(reader)?;
    let sample_bytes = directory.bits_per_sample.div_ceil(8).clamp(1, 8);
    let pixel_bytes = sample_bytes * directory.samples_per_pixel.clamp(1, 4);
    Ok(Header {
        stored: Size::new(directory.width_px, directory.height_px),
        orientation: directory.orientation.unwrap_or_default(),
        decoded_bytes_per_pixel: u8::try_from(pixel_bytes).unwrap_or(u8::MAX),
        scales_well: true,
    })
}

/// Reads the first directory; offsets count from where `reader` begins.
pub(super) fn read_directory<R: Read + Seek>(reader: &mut R) -> io::Result<Directory> {
    let [o1, o2, magic @ .., a, b, c, d] = bytes::<8>(reader)?;
    let order = match (&[o1, o2], magic) {
        (b"II", [42, 0]) => Order::Little,
        (b"MM", [0, 42]) => Order::Big,
        _ => return Err(malformed("its metadata has no byte order")),
    };
    reader.seek(SeekFrom::Start(order.u32([a, b, c, d]).into()))?;
    let entries = order.u16(bytes(reader)?);
    let mut directory = Directory::default();
    for _ in 0..entries {
        read_entry(reader, order, &mut directory)?;
    }
    Ok(directory)
}

fn read_entry(reader: &mut impl ReadSeek, order: Order, directory: &mut Directory) -> io::Result<()> {
    let [t1, t2, k1, k2, n1, n2, n3, n4, v1, v2, v3, v4] = bytes(reader)?;
    let count = order.u32([n1, n2, n3, n4]);
    let value = match order.u16([k1, k2]) {
        // More than two short values are stored elsewhere; all that is asked for here is the first.
        3 if count > 2 => u32::from(short_elsewhere(reader, order, order.u32([v1, v2, v3, v4]))?),
        3 => u32::from(order.u16([v1, v2])),
        4 => order.u32([v1, v2, v3, v4]),
        _ => return Ok(()),
    };
    match order.u16([t1, t2]) {
        256 => directory.width_px = value,
        257 => directory.height_px = value,
        258 => directory.bits_per_sample = value,
        274 => directory.orientation = u16::try_from(value).ok().map(Orientation::from_exif),
        277 => directory.samples_per_pixel = value,
        _ => {}
    }
    Ok(())
}

/// Reads one short value at an offset and returns to where the reader was.
fn short_elsewhere(reader: &mut impl ReadSeek, order: Order, offset: u32) -> io::Result<u16> {
    let here = reader.stream_position()?;
    reader.seek(SeekFrom::Start(offset.into()))?;
    let value = bytes(reader).map_or(0, |pair| order.u16(pair));
    reader.seek(SeekFrom::Start(here))?;
    Ok(value)
}

trait ReadSeek: Read + Seek {}
impl<R: Read + Seek> ReadSeek for R {}

/// Which byte of a number comes first.
#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }
}
