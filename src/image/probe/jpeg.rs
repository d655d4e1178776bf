//! Reads size and metadata of a JPEG from the segments before its first scan.

use std::io::{self, BufRead, Read, Seek};

use super::{Header, byte_vec, bytes, malformed};
use crate::image::geometry::Size;
use crate::image::metadata::{Exif, xmp_has_position};

/// Reads segments up to the frame header; of an MPO that is the frame of its first picture.
pub(super) fn read_header<R: BufRead + Seek>(reader: &mut R) -> io::Result<Header> {
    bytes::<2>(reader)?;
    let mut found = Metadata::default();
    loop {
        match next_marker(reader)? {
            // Stand-alone markers, which have no length.
            0x01 | 0xD0..=0xD8 => {}
            0xD9 | 0xDA => return Err(malformed("it has pixels but no frame header")),
            marker @ (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) => {
                let Metadata { exif, xmp_has_position, has_profile } = found;
                let exif = exif.unwrap_or_default();
                return Ok(Header { exif, xmp_has_position, has_profile, ..read_frame(reader, marker)? });
            }
            marker => {
                let length = u16::from_be_bytes(bytes(reader)?);
                let length = length.checked_sub(2).ok_or_else(|| malformed("a segment is too short"))?;
                match marker {
                    0xE1 => found.add(&byte_vec(reader, length.into())?),
                    0xE2 => {
                        found.has_profile |= byte_vec(reader, length.into())?.starts_with(b"ICC_PROFILE\0")
                    }
                    _ => reader.seek_relative(length.into())?,
                }
            }
        }
    }
}

/// What `APP1` and `APP2` segments say.
#[derive(Default)]
struct Metadata {
    exif: Option<Exif>,
    xmp_has_position: bool,
    has_profile: bool,
}

impl Metadata {
    /// Reads an `APP1` segment; of several with EXIF the first counts.
    fn add(&mut self, segment: &[u8]) {
        if segment.starts_with(b"Exif\0\0") {
            self.exif.get_or_insert_with(|| Exif::read(segment));
        } else {
            self.xmp_has_position |= xmp_has_position(segment);
        }
    }
}

/// Skips to the next marker; decoders forgive bytes between segments, and cameras write some.
fn next_marker(reader: &mut impl BufRead) -> io::Result<u8> {
    while bytes::<1>(reader)? != [0xFF] {}
    loop {
        match bytes(reader)? {
            [0xFF] => {}
            [marker] => return Ok(marker),
        }
    }
}

fn read_frame(reader: &mut impl Read, marker: u8) -> io::Result<Header> {
    if marker > 0xC2 {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "it is lossless or arithmetically coded"));
    }
    let [_, _, precision, h1, h2, w1, w2, components] = bytes(reader)?;
    if precision != 8 {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "it has more than 8 bits for a colour"));
    }
    let stored = Size::new(u16::from_be_bytes([w1, w2]).into(), u16::from_be_bytes([h1, h2]).into());
    let channels = if components == 1 { 1 } else { 3 };
    // A progressive picture is kept as 16-bit coefficients until its last scan.
    let held = if marker == 0xC2 { channels * 3 } else { channels };
    Ok(Header::new(stored, held))
}
