//! Reads the headers of the formats that need little: PNG, GIF, WebP and BMP.

use std::io::{self, BufRead, Cursor, Read, Seek};

use super::{Header, byte_vec, bytes, malformed, tiff};
use crate::image::geometry::{Orientation, Size};

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
    let mut orientation = Orientation::UPRIGHT;
    let mut scales_well = color != 3;
    loop {
        let [l1, l2, l3, l4, name @ ..] = bytes::<8>(reader)?;
        let length = u32::from_be_bytes([l1, l2, l3, l4]);
        match &name {
            b"IDAT" => return Ok(Header { stored, orientation, decoded_bytes_per_pixel, scales_well }),
            b"IEND" => return Err(malformed("it has no pixels")),
            b"eXIf" => {
                orientation = exif_orientation(&byte_vec(reader, length)?);
                reader.seek_relative(4)?;
            }
            name => {
                // An animation is announced before its first picture.
                scales_well &= name != b"acTL";
                reader.seek_relative(i64::from(length) + 4)?;
            }
        }
    }
}

/// Reads the canvas of a GIF.
pub(super) fn read_gif(reader: &mut impl Read) -> io::Result<Header> {
    let [_, _, _, _, _, _, w1, w2, h1, h2, _, _, _] = bytes(reader)?;
    Ok(Header {
        stored: Size::new(u16::from_le_bytes([w1, w2]).into(), u16::from_le_bytes([h1, h2]).into()),
        orientation: Orientation::UPRIGHT,
        decoded_bytes_per_pixel: 4,
        scales_well: false,
    })
}

/// Reads the canvas of a WebP, and its EXIF orientation where the header announces one.
pub(super) fn read_webp<R: BufRead + Seek>(reader: &mut R) -> io::Result<Header> {
    bytes::<12>(reader)?;
    let [name @ .., l1, l2, l3, l4] = bytes::<8>(reader)?;
    let length = u32::from_le_bytes([l1, l2, l3, l4]);
    let mut orientation = Orientation::UPRIGHT;
    let mut scales_well = true;
    let stored = match &name {
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
            scales_well = flags & 0x02 == 0;
            if flags & 0x08 != 0 {
                reader.seek_relative(i64::from(padded(length)) - 10)?;
                orientation = find_webp_exif(reader).unwrap_or_default();
            }
            let side = |a, b, c| u32::from_le_bytes([a, b, c, 0]) + 1;
            Size::new(side(w1, w2, w3), side(h1, h2, h3))
        }
        _ => return Err(malformed("its first chunk is unknown")),
    };
    Ok(Header { stored, orientation, decoded_bytes_per_pixel: 4, scales_well })
}

/// Looks through the chunks of a WebP for EXIF data; it usually comes last.
fn find_webp_exif<R: BufRead + Seek>(reader: &mut R) -> io::Result<Orientation> {
    loop {
        let [name @ .., l1, l2, l3, l4] = bytes::<8>(reader)?;
        let length = u32::from_le_bytes([l1, l2, l3, l4]);
        if &name == b"EXIF" {
            return Ok(exif_orientation(&byte_vec(reader, length)?));
        }
        reader.seek_relative(padded(length).into())?;
    }
}

/// Chunks of a RIFF file begin at even offsets.
fn padded(length: u32) -> u32 {
    length.saturating_add(length & 1)
}

fn exif_orientation(exif: &[u8]) -> Orientation {
    // Some programs keep the prefix that only JPEG needs.
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let directory = tiff::read_directory(&mut Cursor::new(exif));
    directory.ok().and_then(|directory| directory.orientation).unwrap_or_default()
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
    Ok(Header { stored, orientation: Orientation::UPRIGHT, decoded_bytes_per_pixel: 4, scales_well: true })
}
