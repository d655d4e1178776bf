//! AVIF, HEIC and JPEG XL: empties the EXIF and XMP items, in place, so that no offset changes (ISO 23008-12).
//!
//! JPEG XL has its metadata in boxes of their own. How such a picture lies is said by properties of its own, not by EXIF, so nothing of it has to stay.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Damaged, Exif, Stripped, array, slice};

/// Says whether the head of a file is that of an AVIF, HEIC or JPEG XL picture.
pub(super) fn is_picture(head: &[u8]) -> bool {
    if head.starts_with(b"\0\0\0\x0CJXL ") {
        return true;
    }
    let brands = head.get(8..).unwrap_or_default().chunks_exact(4).take(12);
    let is_known = |brand: &[u8]| {
        matches!(
            brand,
            b"avif" | b"avis" | b"mif1" | b"msf1" | b"heic" | b"heix" | b"heim" | b"heis" | b"hevc"
        )
    };
    head.get(4..8) == Some(b"ftyp") && brands.into_iter().any(is_known)
}

pub(super) fn strip(file: &[u8], keeps_copyright: bool) -> Stripped {
    let mut blanked = file.to_vec();
    free_boxes(&mut blanked, 0..file.len(), CONTAINERS_DEEP)?;
    let Some(meta) = find(file, 0..file.len(), b"meta")? else { return Ok(blanked) };
    // A full box: version and flags come first.
    let inside = meta.start + 4..meta.end;
    let items = metadata_items(file, find(file, inside.clone(), b"iinf")?)?;
    if items.is_empty() {
        return Ok(blanked);
    }
    let data = find(file, inside.clone(), b"idat")?;
    let locations = find(file, inside, b"iloc")?.ok_or(Damaged)?;
    let mut left = file.len();
    for (id, extents) in places(file, locations, &items, data)? {
        let mut old = Vec::new();
        for extent in &extents {
            // Items do not share bytes; those of a file that says so could be without number.
            left = left.checked_sub(extent.len()).ok_or(Damaged)?;
            old.extend_from_slice(file.get(extent.clone()).ok_or(Damaged)?);
        }
        let mut new = items.get(&id).ok_or(Damaged)?.emptied(&old, keeps_copyright).into_iter();
        for extent in extents {
            blanked.get_mut(extent).ok_or(Damaged)?.fill_with(|| new.next().unwrap_or_default());
        }
    }
    Ok(blanked)
}

/// What kind of metadata an item is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Exif,
    /// Text of a MIME type, which is XMP.
    Text,
}

impl Item {
    /// Returns what an item says when nothing is left in it, in as many bytes or fewer; zeros follow.
    ///
    /// It has to be valid: decoders refuse a picture whose EXIF is no EXIF.
    fn emptied(self, old: &[u8], keeps_copyright: bool) -> Vec<u8> {
        if self == Self::Text {
            let mut text = EMPTY_XMP.to_vec();
            text.truncate(if old.len() < text.len() { 0 } else { text.len() });
            text.resize(old.len(), b' ');
            return text;
        }
        let kept = keeps_copyright.then(|| author(old)).flatten().unwrap_or_else(|| EMPTY_EXIF.to_vec());
        // Before the block stands how far off it is.
        let new = [&[0; 4], &kept[..]].concat();
        if new.len() > old.len() { Vec::new() } else { new }
    }
}

/// Returns the EXIF data that say who took a photo, if any do.
fn author(item: &[u8]) -> Option<Vec<u8>> {
    let distance = usize::try_from(u32::from_be_bytes(array(item, 0).ok()?)).ok()?;
    let mut exif = Exif::read(item.get(4..)?.get(distance..)?);
    // Readers must not turn such a picture by its EXIF; so nobody is tempted.
    exif.orientation = None;
    exif.block_that_stays(true)
}

/// EXIF data without an entry.
const EMPTY_EXIF: &[u8] = b"MM\0\x2A\0\0\0\x08\0\0\0\0\0\0";

const EMPTY_XMP: &[u8] = b"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>";

/// How deep boxes that hold metadata may lie: beside the pictures, in a film, in one of its tracks and what that holds.
const CONTAINERS_DEEP: usize = 4;

/// Makes boxes of programs and phones, such as films behind a picture, free space, and blanks the times of moving pictures.
fn free_boxes(file: &mut [u8], within: Range<usize>, depth: usize) -> Result<(), Damaged> {
    let mut at = within.start;
    while at + 8 <= within.end {
        let (inside, name) = next_box(file, at, within.end)?;
        let end = inside.end;
        match &name {
            b"uuid" | b"udta" | b"mpvd" | b"sefd" | b"free" | b"skip" | b"Exif" | b"xml " | b"brob"
            | b"jumb" => {
                file.get_mut(at + 4..at + 8).ok_or(Damaged)?.copy_from_slice(b"free");
                file.get_mut(inside).ok_or(Damaged)?.fill(0);
            }
            b"moov" | b"trak" | b"mdia" if depth > 0 => free_boxes(file, inside, depth - 1)?,
            b"mvhd" | b"tkhd" | b"mdhd" => {
                let [version] = array(file, inside.start)?;
                let times = if version == 0 { 8 } else { 16 };
                let place = inside.start + 4..inside.start + 4 + times;
                file.get_mut(place).filter(|_| inside.len() > times + 4).ok_or(Damaged)?.fill(0);
            }
            _ => {}
        }
        at = end;
    }
    Ok(())
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

/// Returns the items that are metadata, by their ids.
fn metadata_items(file: &[u8], list: Option<Range<usize>>) -> Result<BTreeMap<u32, Item>, Damaged> {
    let Some(list) = list else { return Ok(BTreeMap::new()) };
    let [version] = array(file, list.start)?;
    let mut at = list.start + if version == 0 { 6 } else { 8 };
    let mut items = BTreeMap::new();
    while at + 8 <= list.end {
        let (inside, name) = next_box(file, at, list.end)?;
        let [version] = array(file, inside.start)?;
        if &name == b"infe" && version >= 2 {
            let (id, after) = if version == 2 {
                (u16::from_be_bytes(array(file, inside.start + 4)?).into(), inside.start + 6)
            } else {
                (u32::from_be_bytes(array(file, inside.start + 4)?), inside.start + 8)
            };
            match &array(file, after + 2)? {
                b"Exif" => drop(items.insert(id, Item::Exif)),
                b"mime" => drop(items.insert(id, Item::Text)),
                _ => {}
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

/// Returns where the bytes of some items are: the extents of each.
fn places(
    file: &[u8],
    locations: Range<usize>,
    items: &BTreeMap<u32, Item>,
    data: Option<Range<usize>>,
) -> Result<BTreeMap<u32, Vec<Range<usize>>>, Damaged> {
    let [version] = array(file, locations.start)?;
    let mut reader = Reader { file: slice(file, 0, locations.end)?, at: locations.start + 4 };
    let [first, second] = [reader.number(1)? as u8, reader.number(1)? as u8];
    let (offset_width, length_width, base_width) = (first >> 4, first & 15, second >> 4);
    let index_width = if version == 0 { 0 } else { second & 15 };
    let id_width = if version < 2 { 2 } else { 4 };
    let count = reader.number(id_width)?;
    let mut places: BTreeMap<u32, Vec<Range<usize>>> = BTreeMap::new();
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
            if let Some(id) = u32::try_from(id).ok().filter(|id| items.contains_key(id)) {
                let start = match (method, &data) {
                    (0, _) => 0,
                    (1, Some(data)) => data.start,
                    _ => return Err(Damaged),
                };
                let from = usize::try_from(offset).ok().and_then(|offset| start.checked_add(offset));
                // No length means all that is there, which here could be anything.
                let length = usize::try_from(length).ok().filter(|length| *length > 0).ok_or(Damaged)?;
                let from = from.ok_or(Damaged)?;
                places.entry(id).or_default().push(from..from.checked_add(length).ok_or(Damaged)?);
            }
        }
    }
    Ok(places)
}
