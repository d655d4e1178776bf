//! TIFF: blanks what programs and cameras say about the picture, in place, so that no offset changes.
//!
//! Entries about the picture's making go from every directory, with their values; what they point to is blanked,
//! too. Reduced copies beside the picture, the thumbnails, are unlinked and blanked.

use super::{Damaged, Stripped, array, slice};
use crate::image::probe::tiff::Order;

/// More directories than any real file has; a circle ends here.
const MAX_DIRECTORIES: usize = 64;

/// Directories of metadata: EXIF, GPS, interoperability.
const DIRECTORIES: [u16; 3] = [34_665, 34_853, 40_965];

const ARTIST: u16 = 315;
const COPYRIGHT: u16 = 33_432;

/// `NewSubfileType`: bit 0 marks a reduced copy of another picture of the file.
const SUBFILE_TYPE: u16 = 254;

/// Where pixels are and how many bytes they take: in strips, in tiles, as JPEG.
const PIXELS: [(u16, u16); 3] = [(273, 279), (324, 325), (513, 514)];

/// Entries that stay: TIFF 6.0's about pixels and colours, and the colour profile.
fn decides_looks(tag: u16) -> bool {
    matches!(tag, 254..=266 | 273..=284 | 288..=297 | 301 | 317..=347 | 512..=532 | 34_675) && tag != 269
}

pub(super) fn strip(file: &[u8], keeps_copyright: bool) -> Stripped {
    let order = match slice(file, 0, 4)? {
        [b'I', b'I', 42, 0] => Order::Little,
        [b'M', b'M', 0, 42] => Order::Big,
        _ => return Err(Damaged),
    };
    let mut blanked = Blanked { file: file.to_vec(), order, keeps_copyright, directories: 0 };
    let mut link = 4;
    loop {
        let at = blanked.offset(link)?;
        if at == 0 {
            return Ok(blanked.file);
        }
        let next = blanked.next_link(at)?;
        if link != 4 && blanked.is_thumbnail(at)? {
            // The one before leads to the one after.
            let after = array::<4>(&blanked.file, next)?;
            blanked.blank_pixels(at)?;
            blanked.blank_directory(at)?;
            blanked.put(link, &after)?;
            continue;
        }
        blanked.clean_directory(at)?;
        link = blanked.next_link(at)?;
    }
}

/// A file that is being blanked.
struct Blanked {
    file: Vec<u8>,
    order: Order,
    keeps_copyright: bool,
    directories: usize,
}

/// An entry: its tag, how many bytes its value takes, and where they are.
struct Entry {
    tag: u16,
    value_bytes: usize,
    value_at: usize,
}

impl Blanked {
    fn offset(&self, at: usize) -> Result<usize, Damaged> {
        usize::try_from(self.order.u32(array(&self.file, at)?)).map_err(|_| Damaged)
    }

    fn count(&self, at: usize) -> Result<usize, Damaged> {
        Ok(self.order.u16(array(&self.file, at)?).into())
    }

    /// Returns where the link to the next directory stands.
    fn next_link(&self, at: usize) -> Result<usize, Damaged> {
        Ok(at + 2 + self.count(at)? * 12)
    }

    fn entry(&self, at: usize) -> Result<Entry, Damaged> {
        let tag = self.order.u16(array(&self.file, at)?);
        let unit = match self.order.u16(array(&self.file, at + 2)?) {
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 => 8,
            _ => 1,
        };
        let value_bytes = self.offset(at + 4)?.checked_mul(unit).ok_or(Damaged)?;
        let value_at = if value_bytes <= 4 { at + 8 } else { self.offset(at + 8)? };
        Ok(Entry { tag, value_bytes, value_at })
    }

    fn entries(&self, at: usize) -> Result<Vec<Entry>, Damaged> {
        (0..self.count(at)?).map(|index| self.entry(at + 2 + index * 12)).collect()
    }

    fn put(&mut self, at: usize, bytes: &[u8]) -> Result<(), Damaged> {
        let place = self.file.get_mut(at..).and_then(|rest| rest.get_mut(..bytes.len()));
        place.ok_or(Damaged)?.copy_from_slice(bytes);
        Ok(())
    }

    fn blank(&mut self, at: usize, length: usize) -> Result<(), Damaged> {
        let place = self.file.get_mut(at..).and_then(|rest| rest.get_mut(..length));
        place.ok_or(Damaged)?.fill(0);
        Ok(())
    }

    /// Counts directories, so that a circle of them ends.
    fn enter(&mut self) -> Result<(), Damaged> {
        self.directories += 1;
        if self.directories > MAX_DIRECTORIES { Err(Damaged) } else { Ok(()) }
    }

    fn is_thumbnail(&self, at: usize) -> Result<bool, Damaged> {
        let of_type = |entry: &Entry| entry.tag == SUBFILE_TYPE;
        let kind = self.entries(at)?.into_iter().find(of_type);
        kind.map_or(Ok(false), |kind| Ok(self.offset(kind.value_at)? & 1 == 1))
    }

    /// Takes out of a directory what is not about pixels; what stays moves up.
    fn clean_directory(&mut self, at: usize) -> Result<(), Damaged> {
        self.enter()?;
        let count = self.count(at)?;
        let next = array::<4>(&self.file, self.next_link(at)?)?;
        let mut kept = Vec::new();
        for (index, entry) in self.entries(at)?.iter().enumerate() {
            let is_copyright = self.keeps_copyright && matches!(entry.tag, ARTIST | COPYRIGHT);
            if decides_looks(entry.tag) || is_copyright {
                kept.extend_from_slice(slice(&self.file, at + 2 + index * 12, 12)?);
            } else {
                self.blank_entry(entry)?;
            }
        }
        self.blank(at, 2 + count * 12 + 4)?;
        let number = u16::try_from(kept.len() / 12).map_err(|_| Damaged)?;
        let number = match self.order {
            Order::Little => number.to_le_bytes(),
            Order::Big => number.to_be_bytes(),
        };
        self.put(at, &number)?;
        self.put(at + 2, &kept)?;
        self.put(at + 2 + kept.len(), &next)
    }

    fn blank_entry(&mut self, entry: &Entry) -> Result<(), Damaged> {
        if DIRECTORIES.contains(&entry.tag) {
            let below = self.offset(entry.value_at)?;
            self.blank_directory(below)?;
        }
        self.blank(entry.value_at, entry.value_bytes)
    }

    /// Blanks a directory of metadata with everything in it.
    fn blank_directory(&mut self, at: usize) -> Result<(), Damaged> {
        self.enter()?;
        let count = self.count(at)?;
        for entry in self.entries(at)? {
            self.blank_entry(&entry)?;
        }
        self.blank(at, 2 + count * 12 + 4)
    }

    fn blank_pixels(&mut self, at: usize) -> Result<(), Damaged> {
        let entries = self.entries(at)?;
        let numbers = |tag: u16| -> Result<Vec<usize>, Damaged> {
            let Some(entry) = entries.iter().find(|entry| entry.tag == tag) else { return Ok(Vec::new()) };
            (0..entry.value_bytes / 4).map(|index| self.offset(entry.value_at + index * 4)).collect()
        };
        let mut places = Vec::new();
        for (offsets, lengths) in PIXELS {
            places.extend(numbers(offsets)?.into_iter().zip(numbers(lengths)?));
        }
        places.into_iter().try_for_each(|(offset, length)| self.blank(offset, length))
    }
}
