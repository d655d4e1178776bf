//! Looks at the segments of a JPEG: how its colours are meant, and whether it is all there.

use memchr::memchr;

use crate::diag::Diagnostic;
use crate::image::color::MAX_PROFILE_BYTES;
use crate::image::decode::broken;

/// The most scans of a progressive JPEG: cameras write ten, and every one costs the time of a whole picture.
pub(super) const MAX_SCANS: u32 = 100;

/// What the segments around the pixels say.
#[derive(Debug, Default)]
pub(in crate::image) struct Markers {
    /// The names of the components.
    pub(super) components: Vec<u8>,
    /// Whether the file says that it is JFIF, whose colours are always Y'CbCr.
    is_jfif: bool,
    /// Adobe's word on how colours are stored: 0 as they are, 1 Y'CbCr, 2 YCCK.
    pub(super) adobe: Option<u8>,
    /// The ICC profile; empty without one, or if parts of it are missing.
    pub(in crate::image) profile: Vec<u8>,
    /// Whether a baseline picture has its components one after the other.
    pub(in crate::image) has_separate_scans: bool,
}

impl Markers {
    /// Says whether three components are Y'CbCr, by libjpeg's rule.
    pub(super) fn is_ycbcr(&self) -> bool {
        match self.adobe {
            _ if self.is_jfif => true,
            Some(transform) => transform == 1,
            None => self.components != b"RGB" && self.components != b"rgb",
        }
    }

    /// Says whether the pixels are inks, which `decode` has already converted.
    pub(in crate::image) fn has_inks(&self) -> bool {
        self.components.len() == 4
    }
}

/// Reads all segments up to the end of the first picture.
///
/// Decoders fill what is missing with grey, without a word; here a file without an end is an error.
///
/// # Errors
/// `image-broken`; `image-too-large` for countless scans.
pub(in crate::image) fn read(source: &[u8]) -> Result<Markers, Diagnostic> {
    let mut markers = Markers::default();
    let mut chunks = Vec::new();
    let (mut is_baseline, mut scans) = (false, 0);
    let mut rest = source;
    loop {
        let Some(at) = memchr(0xFF, rest) else {
            return Err(broken("the JPEG is broken: the file ends before the picture does".to_owned()));
        };
        rest = rest.get(at + 1..).unwrap_or_default();
        let [marker, after @ ..] = rest else { continue };
        match *marker {
            0xD9 => {
                markers.profile = joined(chunks).unwrap_or_default();
                return Ok(markers);
            }
            // A stuffed byte, a marker without length, or filling: data goes on.
            0x00 | 0x01 | 0xD0..=0xD8 | 0xFF => continue,
            _ => {}
        }
        // The length of a segment counts itself but not the marker.
        let length = after.first_chunk().map_or(0, |length| usize::from(u16::from_be_bytes(*length)));
        match (*marker, after.get(2..length).unwrap_or_default()) {
            (0xC0..=0xC2, [_, _, _, _, _, _, components @ ..]) => {
                is_baseline = *marker != 0xC2;
                markers.components = components.chunks_exact(3).map(|component| component[0]).collect();
            }
            (0xDA, _) if scans == MAX_SCANS => {
                let message = format!("the JPEG has more than {MAX_SCANS} scans");
                let hint = "save it anew as an ordinary JPEG";
                return Err(Diagnostic::error("image-too-large", message).hint(hint));
            }
            (0xDA, segment) => {
                scans += 1;
                let components = segment.first().copied().unwrap_or_default();
                let all = usize::from(components) >= markers.components.len();
                markers.has_separate_scans |= is_baseline && !all;
            }
            (0xE0, [b'J', b'F', b'I', b'F', 0, ..]) => markers.is_jfif = true,
            (0xEE, [b'A', b'd', b'o', b'b', b'e', _, _, _, _, _, _, transform, ..]) => {
                markers.adobe = Some(*transform);
            }
            (0xE2, segment) => chunks.extend(segment.strip_prefix(b"ICC_PROFILE\0")),
            _ => {}
        }
        rest = rest.get(length + 1..).unwrap_or_default();
    }
}

/// Joins the parts of a profile, which are numbered from 1 and may come in any order.
fn joined(mut chunks: Vec<&[u8]>) -> Option<Vec<u8>> {
    let bytes = chunks.iter().map(|chunk| chunk.len()).sum::<usize>();
    if chunks.len() > 255 || bytes > MAX_PROFILE_BYTES {
        return None;
    }
    chunks.sort_by_key(|chunk| chunk.first().copied());
    let mut profile = Vec::with_capacity(bytes);
    for (index, chunk) in chunks.iter().enumerate() {
        let [number, count, part @ ..] = chunk else { return None };
        if usize::from(*number) != index + 1 || usize::from(*count) != chunks.len() {
            return None;
        }
        profile.extend_from_slice(part);
    }
    Some(profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A marker and what follows its length.
    type Segment<'a> = (u8, &'a [u8]);

    fn file(segments: &[Segment<'_>]) -> Vec<u8> {
        let mut file = b"\xFF\xD8".to_vec();
        for (marker, segment) in segments {
            file.extend([0xFF, *marker]);
            file.extend((segment.len() as u16 + 2).to_be_bytes());
            file.extend(*segment);
        }
        file.extend(b"\xFF\xD9");
        file
    }

    #[test]
    fn a_jpeg_of_countless_scans_is_refused() {
        let scans = |count| file(&vec![(0xDA, [1, 1, 0, 0, 63, 0].as_slice()); count]);
        assert!(read(&scans(MAX_SCANS as usize)).is_ok());
        assert_eq!(read(&scans(MAX_SCANS as usize + 1)).unwrap_err().code, "image-too-large");
    }

    #[test]
    fn a_profile_is_joined_from_its_parts_in_order() {
        let table: [(&[&[u8]], &[u8]); 5] = [
            (&[b"\x02\x02cd", b"\x01\x02ab"], b"abcd"),
            (&[b"\x01\x01ab"], b"ab"),
            (&[b"\x01\x02ab"], b""),
            (&[b"\x01\x02ab", b"\x01\x02ab"], b""),
            (&[b""], b""),
        ];
        for (parts, profile) in table {
            let parts: Vec<Vec<u8>> = parts.iter().map(|part| [b"ICC_PROFILE\0", *part].concat()).collect();
            let segments: Vec<Segment<'_>> = parts.iter().map(|part| (0xE2, part.as_slice())).collect();
            assert_eq!(read(&file(&segments)).unwrap().profile, profile, "{parts:?}");
        }
    }

    #[test]
    fn colours_are_told_by_jfif_then_adobe_then_the_names_of_components() {
        let frame = |names: &[u8; 3]| {
            let [a, b, c] = *names;
            vec![8, 0, 1, 0, 1, 3, a, 0x11, 0, b, 0x11, 0, c, 0x11, 0]
        };
        let jfif: Segment<'_> = (0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        let adobe = |transform: &'static [u8]| (0xEE, transform);
        let (rgb, ycc) = (frame(b"RGB"), frame(b"\x01\x02\x03"));
        let table: [(&[Segment<'_>], bool); 6] = [
            (&[(0xC0, &ycc)], true),
            (&[(0xC0, &rgb)], false),
            (&[jfif, (0xC0, &rgb)], true),
            (&[adobe(b"Adobe\0d\0\0\0\0\0"), (0xC0, &ycc)], false),
            (&[adobe(b"Adobe\0d\0\0\0\0\x01"), (0xC0, &rgb)], true),
            (&[jfif, adobe(b"Adobe\0d\0\0\0\0\0"), (0xC0, &ycc)], true),
        ];
        for (segments, is_ycbcr) in table {
            assert_eq!(read(&file(segments)).unwrap().is_ycbcr(), is_ycbcr, "{segments:?}");
        }
    }
}
