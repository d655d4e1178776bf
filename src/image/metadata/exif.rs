//! Reads what matters of EXIF data, and writes the little of it that stays (CIPA DC-008, TIFF 6.0).

use std::io::{Cursor, Read, Seek};

use jiff::civil::DateTime;

use crate::image::geometry::Orientation;
use crate::image::probe::tiff::{Ifd, read_ifd};

/// Longest text that is kept, in bytes.
const TEXT_MAX_BYTES: u32 = 1_000;

const ARTIST: u16 = 315;
const COPYRIGHT: u16 = 33_432;
const ORIENTATION: u16 = 274;
const EXIF_IFD: u16 = 34_665;
const GPS_IFD: u16 = 34_853;
const DATE_TAKEN: u16 = 36_867;
const LATITUDE: u16 = 2;
const LONGITUDE: u16 = 4;

/// What EXIF data say of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::image) struct Exif {
    /// How the pixels lie; `None` where it is not said.
    pub(in crate::image) orientation: Option<Orientation>,
    /// When the photo was taken, by the camera's clock.
    pub(in crate::image) taken: Option<DateTime>,
    /// Whether the place is in it where the photo was taken.
    pub(in crate::image) has_position: bool,
    artist: Option<Vec<u8>>,
    copyright: Option<Vec<u8>>,
}

impl Exif {
    /// Reads a block of EXIF data; damaged parts say nothing.
    ///
    /// Some programs keep the prefix that only JPEG needs.
    pub(in crate::image) fn read(block: &[u8]) -> Self {
        let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
        Self::read_from(&mut Cursor::new(block))
    }

    /// Reads the data at the start of a TIFF file, or of a block in its shape; offsets count from there.
    pub(in crate::image) fn read_from<R: Read + Seek>(reader: &mut R) -> Self {
        let mut exif = Self::default();
        let Ok((order, first)) = read_ifd(reader, None) else { return exif };
        exif.orientation = first.number(ORIENTATION).and_then(as_u16).map(Orientation::from_exif);
        exif.artist = first.text(reader, ARTIST, TEXT_MAX_BYTES);
        exif.copyright = first.text(reader, COPYRIGHT, TEXT_MAX_BYTES);
        let mut below = |tag: u16| -> Option<Ifd> {
            let offset = first.number(tag)?;
            read_ifd(reader, Some((order, offset))).ok().map(|(_, ifd)| ifd)
        };
        let (details, position) = (below(EXIF_IFD), below(GPS_IFD));
        exif.taken = details.and_then(|ifd| ifd.text(reader, DATE_TAKEN, 32)).and_then(|text| date(&text));
        exif.has_position = position.is_some_and(|ifd| ifd.has(LATITUDE) || ifd.has(LONGITUDE));
        exif
    }

    /// Returns the block that stays, without any prefix: orientation where it is not upright, and with
    /// `keeps_copyright` the texts about the author; `None` if that is nothing.
    pub(super) fn block_that_stays(&self, keeps_copyright: bool) -> Option<Vec<u8>> {
        let turned = self.orientation.filter(|orientation| *orientation != Orientation::UPRIGHT);
        let text = |text: &Option<Vec<u8>>| text.clone().filter(|_| keeps_copyright);
        let (artist, copyright) = (text(&self.artist), text(&self.copyright));
        if turned.is_none() && artist.is_none() && copyright.is_none() {
            return None;
        }
        Some(write(turned, artist, copyright))
    }
}

fn as_u16(number: u32) -> Option<u16> {
    u16::try_from(number).ok()
}

/// Reads `2024:03:15 09:30:00`; clocks that were never set write zeros or blanks.
fn date(text: &[u8]) -> Option<DateTime> {
    let text = std::str::from_utf8(text).ok()?.trim();
    DateTime::strptime("%Y:%m:%d %H:%M:%S", text).ok()
}

/// Writes a directory with these entries, in the order of their tags as TIFF wants it.
fn write(turned: Option<Orientation>, artist: Option<Vec<u8>>, copyright: Option<Vec<u8>>) -> Vec<u8> {
    let texts = [(ARTIST, artist), (COPYRIGHT, copyright)];
    let count = u16::from(turned.is_some()) + texts.iter().filter(|(_, text)| text.is_some()).count() as u16;
    let mut block = b"MM\0\x2A\0\0\0\x08".to_vec();
    block.extend(count.to_be_bytes());
    let mut beyond = 8 + 2 + u32::from(count) * 12 + 4;
    let mut values = Vec::new();
    if let Some(turned) = turned {
        block.extend(ORIENTATION.to_be_bytes());
        block.extend([0, 3, 0, 0, 0, 1, 0, turned.to_exif(), 0, 0]);
    }
    for (tag, text) in texts {
        let Some(mut text) = text else { continue };
        text.push(0);
        block.extend(tag.to_be_bytes());
        block.extend([0, 2]);
        block.extend((text.len() as u32).to_be_bytes());
        if text.len() <= 4 {
            text.resize(4, 0);
            block.extend(text);
        } else {
            block.extend(beyond.to_be_bytes());
            beyond += text.len() as u32;
            values.extend(text);
        }
    }
    block.extend([0; 4]);
    block.extend(values);
    block
}

/// Says whether a block of XMP holds the place where a photo was taken.
pub(in crate::image) fn xmp_has_position(xmp: &[u8]) -> bool {
    [&b"GPSLatitude"[..], b"GPSLongitude"].iter().any(|name| memchr::memmem::find(xmp, name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_is_read_as_it_was_written() {
        let exif = Exif {
            orientation: Some(Orientation::from_exif(6)),
            artist: Some(b"Ada".to_vec()),
            copyright: Some(b"(c) Ada Example".to_vec()),
            ..Exif::default()
        };
        let block = exif.block_that_stays(true).unwrap();
        assert_eq!(Exif::read(&block), exif);
        let turned = Exif { artist: None, copyright: None, ..exif.clone() };
        assert_eq!(Exif::read(&exif.block_that_stays(false).unwrap()), turned);
        assert_eq!(Exif::default().block_that_stays(true), None);
        let upright = Exif { orientation: Some(Orientation::UPRIGHT), ..Exif::default() };
        assert_eq!(upright.block_that_stays(true), None);
    }

    #[test]
    fn dates_of_clocks_that_were_never_set_say_nothing() {
        assert!(date(b"2024:03:15 09:30:00").is_some());
        for text in [&b"0000:00:00 00:00:00"[..], b"    :  :     :  :  ", b"", b"2024-03-15", b"\xFF"] {
            assert_eq!(date(text), None);
        }
    }
}
