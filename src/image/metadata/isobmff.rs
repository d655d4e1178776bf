//! AVIF and HEIC: blanks the EXIF and XMP items, in place, so that no offset changes (ISO 23008-12).
//!
//! How such a picture lies is said by properties of its own, not by EXIF, so nothing of it has to stay.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Damaged, Stripped, array, slice};

/// Says whether the head of a file is that of an AVIF or HEIC picture.
pub(super) fn is_picture(head: &[u8]) -> bool {
    let brands = head.get(8..).unwrap_or_default().chunks_exact(4).take(12);
    let is_known = |brand: &[u8]| {
        matches!(
            brand,
            b"avif" | b"avis" | b"mif1" | b"msf1" | b"heic" | b"heix" | b"heim" | b"heis" | b"hevc"
        )
    };
    head.get(4..8) == Some(b"ftyp") && brands.into_iter().any(is_known)
}

pub(super) fn strip(file: &[u8]) -> Stripped {
    let Some(meta) = find(file, 0..file.len(), b"meta")? else { return Ok(file.to_vec()) };
    // A full box: version and flags come first.
    let inside = meta.start + 4..meta.end;
    let items = metadata_items(file, find(file, inside.clone(), b"iinf")?)?;
    let mut blanked = file.to_vec();
    if items.is_empty() {
        return Ok(blanked);
    }
    let data = find(file, inside.clone(), b"idat")?;
    let locations = find(file, inside, b"iloc")?.ok_or(Damaged)?;
    for place in places(file, locations, &items, data)? {
        blanked.get_mut(place).ok_or(Damaged)?.fill(0);
    }
    Ok(blanked)
}

/// Returns the inside of the first box of a type.
fn find(file: &[u8], within: Range<usize>, name: &[u8; 4]) -> Result<Option<Range<usize>>, Damaged> {
    let mut at = within.start;
    while at + 8 <= within.end {
        let (inside, found) = next_box(file, at, within.end)?;
        if &found == name {
            return Ok(Some(inside));
        }
        at = inside.end;
    }
    Ok(None)
}

fn next_box(file: &[u8], at: usize, end: usize) -> Result<(Range<usize>, [u8; 4]), Damaged> {
    let (start, length) = match u32::from_be_bytes(array(file, at)?) {
        0 => (at + 8, end - at),
        1 => (at + 16, usize::try_from(u64::from_be_bytes(array(file, at + 8)?)).map_err(|_| Damaged)?),
        length => (at + 8, usize::try_from(length).map_err(|_| Damaged)?),
    };
    let last = at.checked_add(length).ok_or(Damaged)?;
    if last < start || last > end { Err(Damaged) } else { Ok((start..last, array(file, at + 4)?)) }
}

/// Returns the ids of items that are EXIF, or text of a MIME type, which is XMP.
fn metadata_items(file: &[u8], list: Option<Range<usize>>) -> Result<BTreeSet<u32>, Damaged> {
    let Some(list) = list else { return Ok(BTreeSet::new()) };
    let [version] = array(file, list.start)?;
    let mut at = list.start + if version == 0 { 6 } else { 8 };
    let mut items = BTreeSet::new();
    while at + 8 <= list.end {
        let (inside, name) = next_box(file, at, list.end)?;
        let [version] = array(file, inside.start)?;
        if &name == b"infe" && version >= 2 {
            let (id, after) = if version == 2 {
                (u16::from_be_bytes(array(file, inside.start + 4)?).into(), inside.start + 6)
            } else {
                (u32::from_be_bytes(array(file, inside.start + 4)?), inside.start + 8)
            };
            if matches!(&array(file, after + 2)?, b"Exif" | b"mime") {
                items.insert(id);
            }
        }
        at = inside.end;
    }
    Ok(items)
}

/// Reads numbers of various widths, one after the other.
struct Reader<'a> {
    file: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// Reads a number of 0, 2, 4 or 8 bytes; nothing is a zero.
    fn number(&mut self, width: u8) -> Result<u64, Damaged> {
        let bytes = slice(self.file, self.at, width.into())?;
        self.at += usize::from(width);
        if width > 8 {
            Err(Damaged)
        } else {
            Ok(bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)))
        }
    }
}

/// Returns where the bytes of some items are.
fn places(
    file: &[u8],
    locations: Range<usize>,
    items: &BTreeSet<u32>,
    data: Option<Range<usize>>,
) -> Result<Vec<Range<usize>>, Damaged> {
    let [version] = array(file, locations.start)?;
    let mut reader = Reader { file: slice(file, 0, locations.end)?, at: locations.start + 4 };
    let [first, second] = [reader.number(1)? as u8, reader.number(1)? as u8];
    let (offset_width, length_width, base_width) = (first >> 4, first & 15, second >> 4);
    let index_width = if version == 0 { 0 } else { second & 15 };
    let id_width = if version < 2 { 2 } else { 4 };
    let count = reader.number(id_width)?;
    let mut places = Vec::new();
    for _ in 0..count {
        let id = reader.number(id_width)?;
        let method = if version == 0 { 0 } else { reader.number(2)? & 15 };
        reader.number(2)?;
        let base = reader.number(base_width)?;
        for _ in 0..reader.number(2)? {
            reader.number(index_width)?;
            let offset = base.checked_add(reader.number(offset_width)?).ok_or(Damaged)?;
            let length = reader.number(length_width)?;
            // Extents that take no bytes in the file could be without number.
            if offset_width + length_width == 0 {
                return Err(Damaged);
            }
            if u32::try_from(id).is_ok_and(|id| items.contains(&id)) {
                let start = match (method, &data) {
                    (0, _) => 0,
                    (1, Some(data)) => data.start,
                    _ => return Err(Damaged),
                };
                let from = usize::try_from(offset).ok().and_then(|offset| start.checked_add(offset));
                let length = usize::try_from(length).map_err(|_| Damaged)?;
                let from = from.ok_or(Damaged)?;
                places.push(from..from.checked_add(length).ok_or(Damaged)?);
            }
        }
    }
    Ok(places)
}
