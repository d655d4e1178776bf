//! Prepares a photo from a camera for the folder of a post: upright, and without what the camera wrote beside the pixels.

use std::borrow::Cow;
use std::io::Cursor;

use super::geometry::Orientation;
use super::metadata::{MetadataPolicy, without_metadata};
use super::options::{Command, ImagingOptions};
use super::plan::plan;
use super::probe::probe;
use super::spec::parse_spec;
use super::variants::make_variants;

/// Quality of a photo that has to be encoded again because it is turned: what the eye tells nothing from.
const QUALITY_PERCENT: u8 = 95;

/// Returns a photo as it goes into a folder: pixels upright, metadata as `imaging.metadata` wants it.
///
/// What is upright keeps its pixels to the bit. A file that cannot be read or turned stays as it is, as far as its metadata goes:
/// the build tells what is wrong with it.
pub fn prepared<'a>(file: &'a [u8], options: &ImagingOptions) -> Cow<'a, [u8]> {
    if options.metadata == MetadataPolicy::Keep {
        return Cow::Borrowed(file);
    }
    turned(file, options)
        .map(Cow::Owned)
        .unwrap_or_else(|| without_metadata(file, options.metadata).unwrap_or(Cow::Borrowed(file)))
}

/// Returns a photo that lies on its side upright; none where it is upright, or cannot be turned.
fn turned(file: &[u8], options: &ImagingOptions) -> Option<Vec<u8>> {
    let info = probe(Cursor::new(file)).ok().filter(|info| info.orientation != Orientation::UPRIGHT)?;
    let size = format!("{}x{} q{QUALITY_PERCENT}", info.size.width_px, info.size.height_px);
    let spec = parse_spec(Command::Resize, &size, options).ok()?;
    let plan = plan(&info, &spec).ok()?;
    make_variants(file, &info, &[(spec, plan)]).pop()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::test_pictures::{jpeg_with_exif, photo};

    #[test]
    fn photos_are_upright_and_say_nothing_of_their_camera() {
        for orientation in 1..=8 {
            let laden = jpeg_with_exif(&photo(40, 24), orientation);
            let before = probe(Cursor::new(&laden)).unwrap();
            let made = prepared(&laden, &ImagingOptions::default());
            let after = probe(Cursor::new(&made)).unwrap();
            assert_eq!((after.size, after.orientation), (before.size, Orientation::UPRIGHT), "{orientation}");
            assert!(after.taken.is_none() && !after.has_position, "{orientation}");
        }
    }

    #[test]
    fn what_is_wanted_as_it_is_and_what_cannot_be_read_stays() {
        let laden = jpeg_with_exif(&photo(40, 24), 6);
        let keep = ImagingOptions { metadata: MetadataPolicy::Keep, ..ImagingOptions::default() };
        assert_eq!(prepared(&laden, &keep), laden);
        for damaged in [&b"no picture"[..], &laden[..laden.len() / 3], b""] {
            assert!(prepared(damaged, &ImagingOptions::default()).len() <= damaged.len());
        }
    }
}
