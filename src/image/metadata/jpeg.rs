//! JPEG: drops all application segments but JFIF, the colour profile and Adobe's, comments, and what follows the picture.

use super::{Damaged, Exif, Stripped, array, slice};

const ICC: &[u8] = b"ICC_PROFILE\0";
const JFIF: &[u8] = b"JFIF\0";

pub(super) fn strip(file: &[u8], keeps_copyright: bool) -> Stripped {
    let mut out = Vec::with_capacity(file.len());
    out.extend([0xFF, 0xD8]);
    let mut exif: Option<Exif> = None;
    let mut kept = Vec::new();
    let mut at = 2;
    let begin = loop {
        let Segment { marker, start, end } = next_segment(file, at)?;
        let body = file.get(start + 4..end).unwrap_or_default();
        match marker {
            0xE0 if body.starts_with(JFIF) => out.extend(jfif_without_thumbnail(body)?),
            0xE2 if body.starts_with(ICC) => kept.extend_from_slice(slice(file, start, end - start)?),
            0xEE => kept.extend_from_slice(slice(file, start, end - start)?),
            0xE1 if exif.is_none() && body.starts_with(b"Exif\0\0") => exif = Some(Exif::read(body)),
            0xE0..=0xEF | 0xFE => {}
            // Everything from the first scan on is pixels, up to the end of the picture.
            0xDA => break start,
            0xD9 => return Err(Damaged),
            _ => kept.extend_from_slice(slice(file, start, end - start)?),
        }
        at = end;
    };
    if let Some(block) = exif.and_then(|exif| exif.block_that_stays(keeps_copyright)) {
        out.extend([0xFF, 0xE1]);
        let length = u16::try_from(block.len() + 8).map_err(|_| Damaged)?;
        out.extend(length.to_be_bytes());
        out.extend(b"Exif\0\0");
        out.extend(block);
    }
    out.extend(kept);
    push_scans(file, begin, &mut out)?;
    Ok(out)
}

/// A marker with what belongs to it: from its first byte to the byte after its last.
struct Segment {
    marker: u8,
    start: usize,
    end: usize,
}

/// Finds the next segment; decoders forgive bytes between segments, and cameras write some.
fn next_segment(file: &[u8], at: usize) -> Result<Segment, Damaged> {
    let mut at = at;
    loop {
        let mut start = at + memchr::memchr(0xFF, file.get(at..).unwrap_or_default()).ok_or(Damaged)?;
        // Any number of fill bytes may stand before a marker.
        while file.get(start + 1) == Some(&0xFF) {
            start += 1;
        }
        let marker = *file.get(start + 1).ok_or(Damaged)?;
        match marker {
            // No marker at all.
            0 => at = start + 2,
            0x01 | 0xD0..=0xD9 => return Ok(Segment { marker, start, end: start + 2 }),
            _ => {
                let length = usize::from(u16::from_be_bytes(array(file, start + 2)?));
                let end = start + 2 + length;
                let is_whole = length >= 2 && end <= file.len();
                return if is_whole { Ok(Segment { marker, start, end }) } else { Err(Damaged) };
            }
        }
    }
}

/// Appends scans with the tables between them, but no application segment or comment that stands there.
///
/// Ends with the end of the picture; one that is cut off ends where the file does.
fn push_scans(file: &[u8], begin: usize, out: &mut Vec<u8>) -> Result<(), Damaged> {
    let mut at = begin;
    while let Some(found) = memchr::memchr(0xFF, file.get(at..).unwrap_or_default()) {
        let mark = at + found;
        out.extend_from_slice(slice(file, at, found)?);
        match file.get(mark + 1) {
            Some(0xD9) => {
                out.extend([0xFF, 0xD9]);
                return Ok(());
            }
            Some(0 | 0x01 | 0xD0..=0xD7) => {
                out.extend_from_slice(slice(file, mark, 2)?);
                at = mark + 2;
            }
            Some(0xFF) => {
                out.push(0xFF);
                at = mark + 1;
            }
            Some(marker) => {
                let length = usize::from(u16::from_be_bytes(array(file, mark + 2)?));
                let segment = slice(file, mark, 2 + length)?;
                if !matches!(marker, 0xE0..=0xEF | 0xFE) {
                    out.extend_from_slice(segment);
                }
                at = mark + 2 + length;
            }
            None => break,
        }
    }
    out.extend_from_slice(file.get(at..).unwrap_or_default());
    Ok(())
}

/// Returns the JFIF segment with its density, but no thumbnail.
fn jfif_without_thumbnail(body: &[u8]) -> Result<Vec<u8>, Damaged> {
    let mut segment = vec![0xFF, 0xE0, 0, 16];
    segment.extend_from_slice(slice(body, 0, 12)?);
    segment.extend([0, 0]);
    Ok(segment)
}
