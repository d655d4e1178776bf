//! TIFF: keeps header, directories, values and pixels that decide how the pictures look, and blanks every other byte.
//!
//! All stays at its place, so that no offset changes. What programs and cameras say is not looked for: whatever is not
//! known to be needed goes, with all that it points to. Reduced copies beside the picture, the thumbnails, go too.

use std::ops::Range;

use super::{Damaged, Stripped, array, slice};
use crate::image::probe::tiff::Order;

/// More directories than real files have; a circle ends here.
const MAX_DIRECTORIES: usize = 1_000;

const ARTIST: u16 = 315;
const COPYRIGHT: u16 = 33_432;

/// Directories of further pictures: more of the scene in another size, as some cameras write them.
const BELOW: u16 = 330;

/// `NewSubfileType`: bit 0 marks a reduced copy of another picture of the file.
const SUBFILE_TYPE: u16 = 254;

/// Where pixels are and how many bytes they take: in strips, in tiles, as JPEG.
const PIXELS: [(u16, u16); 3] = [(273, 279), (324, 325), (513, 514)];

/// Tables of a kind of JPEG that says where they are, but not how long.
const OLD_JPEG_TABLES: [u16; 3] = [519, 520, 521];

/// Entries that stay: TIFF 6.0's about pixels and colours, and the colour profile.
fn decides_looks(tag: u16) -> bool {
    matches!(tag, 254..=266 | 273..=284 | 290..=297 | 301 | 317..=332 | 334..=336 | 338..=347 | 512..=532 | 34_675)
}

pub(super) fn strip(file: &[u8], keeps_copyright: bool) -> Stripped {
    let order = match slice(file, 0, 4)? {
        [b'I', b'I', 42, 0] => Order::Little,
        [b'M', b'M', 0, 42] => Order::Big,
        _ => return Err(Damaged),
    };
    let mut kept =
        Kept { file, order, keeps_copyright, values: vec![], directories: vec![], seen: 0, left: file.len() };
    let mut at = kept.offset(4)?;
    let mut last = None;
    while at != 0 {
        let next = kept.offset(at + 2 + kept.count(at)? * 12)?;
        if last.is_none() || !kept.is_thumbnail(at)? {
            kept.link(last, at)?;
            last = Some(kept.add_directory(at, true)?);
        } else {
            kept.enter()?;
        }
        at = next;
    }
    // A file without a picture says nothing about where its pixels are.
    last.ok_or(Damaged)?;
    kept.write()
}

/// What stays of a file.
struct Kept<'a> {
    file: &'a [u8],
    order: Order,
    keeps_copyright: bool,
    /// Where values and pixels lie that stay.
    values: Vec<Range<usize>>,
    directories: Vec<Directory>,
    /// How many directories were met.
    seen: usize,
    /// Places of pixels that may still be met: each takes bytes of the file, unless directories lie in each other.
    left: usize,
}

/// A directory as it will be: where it lies, the entries that stay, and the link to the next one.
struct Directory {
    at: usize,
    entries: Vec<u8>,
    next: [u8; 4],
}

/// An entry: its tag, the size and number of its values, and where they are.
struct Entry {
    tag: u16,
    unit: usize,
    count: usize,
    value_at: usize,
    is_here: bool,
}

impl Kept<'_> {
    fn offset(&self, at: usize) -> Result<usize, Damaged> {
        usize::try_from(self.order.u32(array(self.file, at)?)).map_err(|_| Damaged)
    }

    fn count(&self, at: usize) -> Result<usize, Damaged> {
        Ok(self.order.u16(array(self.file, at)?).into())
    }

    fn entries(&self, at: usize) -> Result<Vec<Entry>, Damaged> {
        (0..self.count(at)?).map(|index| self.entry(at + 2 + index * 12)).collect()
    }

    fn entry(&self, at: usize) -> Result<Entry, Damaged> {
        let unit = match self.order.u16(array(self.file, at + 2)?) {
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => 1,
        };
        let count = self.offset(at + 4)?;
        let is_here = count.saturating_mul(unit) <= 4;
        let value_at = if is_here { at + 8 } else { self.offset(at + 8)? };
        Ok(Entry { tag: self.order.u16(array(self.file, at)?), unit, count, value_at, is_here })
    }

    /// Returns the numbers of an entry.
    fn numbers(&mut self, entry: &Entry) -> Result<Vec<usize>, Damaged> {
        self.left = self.left.checked_sub(entry.count).ok_or(Damaged)?;
        let number = |index: usize| match entry.unit {
            2 => self.count(entry.value_at + index * 2),
            4 => self.offset(entry.value_at + index * 4),
            _ => Err(Damaged),
        };
        (0..entry.count).map(number).collect()
    }

    fn enter(&mut self) -> Result<(), Damaged> {
        self.seen += 1;
        if self.seen > MAX_DIRECTORIES { Err(Damaged) } else { Ok(()) }
    }

    fn is_thumbnail(&self, at: usize) -> Result<bool, Damaged> {
        let kind = self.entries(at)?.into_iter().find(|entry| entry.tag == SUBFILE_TYPE && entry.unit == 4);
        kind.map_or(Ok(false), |kind| Ok(self.offset(kind.value_at)? & 1 == 1))
    }

    /// Makes a directory the next one of another, unless it is the first.
    fn link(&mut self, before: Option<usize>, at: usize) -> Result<(), Damaged> {
        let at = u32::try_from(at).map_err(|_| Damaged)?;
        if let Some(before) = before.and_then(|before| self.directories.get_mut(before)) {
            before.next = self.order.bytes_of_u32(at);
        }
        Ok(())
    }

    /// Keeps a directory, its values and its pixels, as far as they decide looks; returns its number.
    fn add_directory(&mut self, at: usize, may_have_below: bool) -> Result<usize, Damaged> {
        self.enter()?;
        let entries = self.entries(at)?;
        let has = |tag: u16| entries.iter().any(|entry| entry.tag == tag);
        if OLD_JPEG_TABLES.into_iter().any(has) && !has(513) {
            return Err(Damaged);
        }
        let mut kept = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let stays = match entry.tag {
                BELOW => may_have_below && self.add_below(entry)?,
                ARTIST | COPYRIGHT => self.keeps_copyright,
                tag => decides_looks(tag),
            };
            if stays {
                kept.extend_from_slice(slice(self.file, at + 2 + index * 12, 12)?);
                self.add_value(entry)?;
            }
        }
        for (offsets, lengths) in PIXELS {
            self.add_pixels(&entries, offsets, lengths)?;
        }
        self.directories.push(Directory { at, entries: kept, next: [0; 4] });
        Ok(self.directories.len() - 1)
    }

    /// Keeps the directories below, unless all are thumbnails; says whether it did.
    fn add_below(&mut self, entry: &Entry) -> Result<bool, Damaged> {
        let below = self.numbers(entry)?;
        let mut has_picture = false;
        for at in &below {
            has_picture |= !self.is_thumbnail(*at)?;
        }
        if has_picture {
            below.into_iter().try_for_each(|at| self.add_directory(at, false).map(drop))?;
        }
        Ok(has_picture)
    }

    fn add_value(&mut self, entry: &Entry) -> Result<(), Damaged> {
        if !entry.is_here {
            let length = entry.count.checked_mul(entry.unit).ok_or(Damaged)?;
            slice(self.file, entry.value_at, length)?;
            self.values.push(entry.value_at..entry.value_at + length);
        }
        Ok(())
    }

    fn add_pixels(&mut self, entries: &[Entry], offsets: u16, lengths: u16) -> Result<(), Damaged> {
        let find = |tag: u16| entries.iter().find(|entry| entry.tag == tag);
        let Some(offsets) = find(offsets) else { return Ok(()) };
        let offsets = self.numbers(offsets)?;
        let lengths = self.numbers(find(lengths).ok_or(Damaged)?)?;
        if offsets.len() != lengths.len() {
            return Err(Damaged);
        }
        for (at, length) in offsets.into_iter().zip(lengths) {
            // A file that is cut off has as many pixels as it has.
            let end = at.saturating_add(length).min(self.file.len());
            self.values.push(at.min(end)..end);
        }
        Ok(())
    }

    /// Returns the file with what stays, and zeros everywhere else.
    fn write(mut self) -> Stripped {
        let mut out = vec![0; self.file.len()];
        out.get_mut(..8).ok_or(Damaged)?.copy_from_slice(slice(self.file, 0, 8)?);
        self.values.sort_unstable_by_key(|range| (range.start, range.end));
        let mut done = 0;
        for range in &self.values {
            // Equal strips may be stored once; nothing is copied twice.
            let rest = range.start.max(done)..range.end.max(done);
            let from = slice(self.file, rest.start, rest.len())?;
            out.get_mut(rest.clone()).ok_or(Damaged)?.copy_from_slice(from);
            done = rest.end;
        }
        for Directory { at, entries, next } in self.directories {
            let count = u16::try_from(entries.len() / 12).map_err(|_| Damaged)?;
            let bytes = [&self.order.bytes_of_u16(count)[..], &entries, &next].concat();
            let place = out.get_mut(at..).and_then(|rest| rest.get_mut(..bytes.len()));
            place.ok_or(Damaged)?.copy_from_slice(&bytes);
        }
        Ok(out)
    }
}
