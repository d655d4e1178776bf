//! Reads the headers of the formats that need little: PNG, GIF, WebP and BMP.

use std::io::{self, BufRead, Read, Seek};

use super::{Header, byte_vec, bytes, malformed};
use crate::image::geometry::Size;
use crate::image::metadata::{Exif, xmp_has_position};

/// Reads the chunks of a PNG up to its pixels: size and depth come first, EXIF may follow.
pub(super) fn read_png<R: BufRead + Seek>(reader: &mut R) -> io::Result<Header> {
    let [head @ .., w1, w2, w3, w4, h1, h2, h3, h4, depth, color, _, _, _] = bytes::<29>(reader)?;
    if !head.ends_with(b"IHDR") {
        return Err(malformed("it does not start with its size"));
    }
    let stored = Size::new(u32::from_be_bytes([w1, w2, w3, w4]), u32::from_be_bytes([h1, h2, h3, h4]));
    let channels: u8 = match color {
        0 => 1,
        4 => 2,
        2 => 3,
        _ => 4,
    };
    let decoded_bytes_per_pixel = if depth == 16 { channels * 2 } else { channels };
    reader.seek_relative(4)?;
    let mut header = Header { scales_well: color != 3, ..Header::new(stored, decoded_bytes_per_pixel) };
    let mut left = METADATA_MAX_BYTES;
    loop {
        let [l1, l2, l3, l4, name @ ..] = bytes::<8>(reader)?;
        let length = u32::from_be_bytes([l1, l2, l3, l4]);
        match &name {
            b"IDAT" => return Ok(header),
            b"IEND" => return Err(malformed("it has no pixels")),
            b"eXIf" if length <= left => {
                left -= length;
                header.exif = Exif::read(&byte_vec(reader, length)?);
                reader.seek_relative(4)?;
            }
            b"iTXt" if length <= left => {
                left -= length;
                header.xmp_has_position |= xmp_has_position(&byte_vec(reader, length)?);
                reader.seek_relative(4)?;
            }
            name => {
                // An animation is announced before its first picture.
                header.scales_well &= name != b"acTL";
                reader.seek_relative(i64::from(length) + 4)?;
            }
        }
    }
}

/// Reads the canvas of a GIF.
pub(super) fn read_gif(reader: &mut impl Read) -> io::Result<Header> {
    let [_, _, _, _, _, _, w1, w2, h1, h2, _, _, _] = bytes(reader)?;
    let stored = Size::new(u16::from_le_bytes([w1, w2]).into(), u16::from_le_bytes([h1, h2]).into());
    Ok(Header { scales_well: false, ..Header::new(stored, 4) })
}

/// Reads the canvas of a WebP, and its EXIF orientation where the header announces one.
pub(super) fn read_webp<R: BufRead + Seek>(reader: &mut R) -> io::Result<Header> {
    bytes::<12>(reader)?;
    let [name @ .., l1, l2, l3, l4] = bytes::<8>(reader)?;
    let length = u32::from_le_bytes([l1, l2, l3, l4]);
    let mut header = Header::new(Size::new(0, 0), 4);
    header.stored = match &name {
        b"VP8 " => {
            let [_, _, _, 0x9D, 0x01, 0x2A, w1, w2, h1, h2] = bytes(reader)? else {
                return Err(malformed("its first frame has no size"));
            };
            let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
            Size::new(side(w1, w2), side(h1, h2))
        }
        b"VP8L" => {
            let [0x2F, b1, b2, b3, b4] = bytes(reader)? else {
                return Err(malformed("its pixels have no size"));
            };
            let bits = u32::from_le_bytes([b1, b2, b3, b4]);
            Size::new((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1)
        }
        b"VP8X" => {
            let [flags, _, _, _, w1, w2, w3, h1, h2, h3] = bytes(reader)?;
            header.scales_well = flags & 0x02 == 0;
            if flags & (0x08 | 0x04) != 0 {
                reader.seek_relative(i64::from(padded(length)) - 10)?;
                // Damaged metadata say nothing.
                let _ = read_webp_metadata(reader, &mut header);
            }
            let side = |a, b, c| u32::from_le_bytes([a, b, c, 0]) + 1;
            Size::new(side(w1, w2, w3), side(h1, h2, h3))
        }
        _ => return Err(malformed("its first chunk is unknown")),
    };
    Ok(header)
}

/// Looks through the chunks of a WebP for metadata, which usually come last.
fn read_webp_metadata<R: BufRead + Seek>(reader: &mut R, header: &mut Header) -> io::Result<()> {
    let mut left = METADATA_MAX_BYTES;
    loop {
        let [name @ .., l1, l2, l3, l4] = bytes::<8>(reader)?;
        let length = u32::from_le_bytes([l1, l2, l3, l4]);
        match &name {
            b"EXIF" if length <= left => {
                left -= length;
                header.exif = Exif::read(&byte_vec(reader, length)?);
                reader.seek_relative((length & 1).into())?;
            }
            b"XMP " if length <= left => {
                left -= length;
                header.xmp_has_position = xmp_has_position(&byte_vec(reader, length)?);
                reader.seek_relative((length & 1).into())?;
            }
            _ => reader.seek_relative(padded(length).into())?,
        }
    }
}

/// The most bytes of metadata that are read of a picture, all blocks together; larger blocks are passed over.
const METADATA_MAX_BYTES: u32 = 512 << 10;

/// Chunks of a RIFF file begin at even offsets.
fn padded(length: u32) -> u32 {
    length.saturating_add(length & 1)
}

/// Reads the size of a BMP; a negative height means that rows are stored from the top.
pub(super) fn read_bmp(reader: &mut impl Read) -> io::Result<Header> {
    bytes::<14>(reader)?;
    let stored = match u32::from_le_bytes(bytes(reader)?) {
        12 => {
            let [w1, w2, h1, h2] = bytes(reader)?;
            Size::new(u16::from_le_bytes([w1, w2]).into(), u16::from_le_bytes([h1, h2]).into())
        }
        _ => Size::new(
            i32::from_le_bytes(bytes(reader)?).unsigned_abs(),
            i32::from_le_bytes(bytes(reader)?).unsigned_abs(),
        ),
    };
    Ok(Header::new(stored, 4))
}
