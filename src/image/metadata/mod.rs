//! Takes out of a picture file what the camera and programs wrote beside the pixels, without touching the pixels.
//!
//! Positions, dates, serial numbers, thumbnails, comments and what follows the picture go; colour profiles and whatever
//! decides how the pixels look stay, and so does the orientation, in a block of its own. Works on the structure of a file
//! and decodes nothing. Films and documents are not looked at.

mod exif;
mod gif;
mod isobmff;
mod jpeg;
#[cfg(test)]
mod laden_tests;
mod png;
mod tiff;
mod webp;

use std::borrow::Cow;

use crate::image::format::{self, Format};

pub(super) use exif::{Exif, xmp_has_position};

/// What becomes of the metadata of published pictures: `imaging.metadata`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MetadataPolicy {
    /// All of it goes.
    #[default]
    Strip,
    /// Files are published as they are.
    Keep,
    /// The photographer's name and the copyright notice stay (EXIF `Artist` and `Copyright`), all else goes.
    Copyright,
}

impl MetadataPolicy {
    /// Reads a policy's name in any case.
    pub fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "strip" => Some(Self::Strip),
            "keep" => Some(Self::Keep),
            "copyright" => Some(Self::Copyright),
            _ => None,
        }
    }
}

/// A file whose structure is damaged, so that nobody can say where its metadata is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// The result of taking metadata out of a file.
type Stripped = Result<Vec<u8>, Damaged>;

/// Returns a picture file without its metadata; borrowed where there is nothing to take out, or it is no picture.
///
/// # Errors
/// The file's structure is damaged.
pub fn without_metadata(file: &[u8], policy: MetadataPolicy) -> Result<Cow<'_, [u8]>, Damaged> {
    let head = file.get(..format::HEAD_BYTES.min(file.len())).unwrap_or_default();
    let keeps_copyright = match policy {
        MetadataPolicy::Keep => return Ok(Cow::Borrowed(file)),
        MetadataPolicy::Strip => false,
        MetadataPolicy::Copyright => true,
    };
    let stripped = match format::recognise(head) {
        Ok(Format::Jpeg) => jpeg::strip(file, keeps_copyright)?,
        Ok(Format::Png) => png::strip(file, keeps_copyright)?,
        Ok(Format::Webp) => webp::strip(file, keeps_copyright)?,
        Ok(Format::Gif) => gif::strip(file)?,
        Ok(Format::Tiff) => tiff::strip(file, keeps_copyright)?,
        _ if isobmff::is_picture(head) => isobmff::strip(file, keeps_copyright)?,
        _ => return Ok(Cow::Borrowed(file)),
    };
    Ok(if stripped == file { Cow::Borrowed(file) } else { Cow::Owned(stripped) })
}

/// Returns `length` bytes at `at`.
fn slice(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Damaged> {
    bytes.get(at..).and_then(|rest| rest.get(..length)).ok_or(Damaged)
}

/// Returns `N` bytes at `at`.
fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Damaged> {
    slice(bytes, at, N)?.try_into().map_err(|_| Damaged)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;
    use crate::image::probe::probe;
    use crate::image::test_pictures::{FORMATS, animated_gif, animated_webp, encoded, jpeg_with_exif, photo};

    fn stripped(file: &[u8]) -> Vec<u8> {
        without_metadata(file, MetadataPolicy::Strip).unwrap().into_owned()
    }

    fn holds(file: &[u8], part: &[u8]) -> bool {
        memchr::memmem::find(file, part).is_some()
    }

    #[test]
    fn files_without_metadata_stay_as_they_are() {
        let whole = FORMATS.map(|format| encoded(&photo(37, 21), format));
        for file in whole.iter().chain(&[animated_gif(12, 8, 3), animated_webp(12, 8, 3)]) {
            assert_eq!(&stripped(file), file);
        }
        assert_eq!(stripped(b"no picture"), b"no picture");
    }

    #[test]
    fn a_photo_keeps_its_orientation_and_its_pixels_and_nothing_else() {
        for value in 1..=8 {
            let mut file = jpeg_with_exif(&photo(30, 20), value);
            file.extend(b"a film behind the photo");
            let bare = stripped(&file);
            assert!(!holds(&bare, b"Cam") && !holds(&bare, b"film"));
            assert_eq!(probe(Cursor::new(&bare)).unwrap().orientation.to_exif(), value as u8);
            assert!(bare.ends_with(&encoded(&photo(30, 20), Format::Jpeg)[20..]));
            assert_eq!(stripped(&bare), bare);
            assert_eq!(without_metadata(&file, MetadataPolicy::Keep).unwrap(), file);
        }
    }

    #[test]
    fn a_file_that_breaks_off_among_its_segments_is_damaged() {
        let file = jpeg_with_exif(&photo(30, 20), 6);
        assert_eq!(without_metadata(&file[..30], MetadataPolicy::Strip), Err(Damaged));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(format in 0..6_usize, at in 0..300_usize, noise: Vec<u8>, length in 0..900_usize) {
            let mut bytes = encoded(&photo(19, 17), FORMATS[format]);
            let end = bytes.len();
            for (old, new) in bytes[at.min(end)..].iter_mut().zip(&noise) {
                *old = *new;
            }
            bytes.truncate(length.max(12));
            let _ = without_metadata(&bytes, MetadataPolicy::Copyright);
            let mut container = b"\0\0\0\x14ftypavif\0\0\0\0mif1".to_vec();
            container.extend(&noise);
            let _ = without_metadata(&container, MetadataPolicy::Strip);
        }
    }
}
