//! Tells picture formats apart by their first bytes: [`Format`].
//!
//! A file name's extension is never believed: phones and chat programs write JPEG into `.png`. Formats that
//! are known but not supported are recognised only to say what to do about them.

use crate::diag::Diagnostic;

/// A format that can be read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// JPEG, also the first picture of an MPO.
    Jpeg,
    /// PNG.
    Png,
    /// GIF, still or animated.
    Gif,
    /// WebP, still or animated.
    Webp,
    /// Windows bitmap.
    Bmp,
    /// TIFF.
    Tiff,
    /// AVIF; of a sequence the first picture.
    Avif,
}

impl Format {
    /// Returns the name people use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::Avif => "AVIF",
        }
    }

    /// Returns the extension of a file newly made in this format, with its dot (Hugo 0.168: `.jpg`, `.tif`).
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => ".jpg",
            Self::Png => ".png",
            Self::Gif => ".gif",
            Self::Webp => ".webp",
            Self::Bmp => ".bmp",
            Self::Tiff => ".tif",
            Self::Avif => ".avif",
        }
    }

    /// Returns the word that asks for this format in an options string.
    pub fn word(self) -> &'static str {
        self.extension().trim_start_matches('.')
    }

    /// Returns the media type, such as `image/jpeg`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
            Self::Avif => "image/avif",
        }
    }

    /// Returns the format that an extension without its dot stands for, in any case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "jpe" | "jif" | "jfif" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "gif" => Some(Self::Gif),
            "webp" => Some(Self::Webp),
            "bmp" => Some(Self::Bmp),
            "tif" | "tiff" => Some(Self::Tiff),
            "avif" => Some(Self::Avif),
            _ => None,
        }
    }

    /// Says whether pixels of this format can be transparent; in BMP they can, but programs show them as
    /// black.
    pub(super) fn keeps_alpha(self) -> bool {
        !matches!(self, Self::Jpeg | Self::Bmp)
    }

    /// Says whether this format can hold moving pictures.
    pub(super) fn keeps_motion(self) -> bool {
        matches!(self, Self::Gif | Self::Webp)
    }
}

/// Bytes at the start of a file that [`recognise`] wants to see; fewer if the file is shorter.
pub(super) const HEAD_BYTES: usize = 512;

/// Returns the format of a file from its first bytes.
///
/// # Errors
/// `image-format-unsupported` if it is a known format that cannot be processed, or no picture at all;
/// `image-broken` if it is empty.
pub(super) fn recognise(head: &[u8]) -> Result<Format, Diagnostic> {
    match head {
        [] => Err(Diagnostic::error("image-broken", "the picture is an empty file")
            .hint("copy it once more from where it came from")),
        [0xFF, 0xD8, ..] => Ok(Format::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Ok(Format::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Format::Webp),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Ok(Format::Tiff),
        // Two letters are little evidence: the reserved bytes of the header must be zero, too.
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Ok(Format::Bmp),
        [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] if is_avif(brands) => Ok(Format::Avif),
        _ => Err(refusal(head)),
    }
}

/// Says what an unsupported file is and what the author can do about it.
fn refusal(head: &[u8]) -> Diagnostic {
    let (kind, hint) = foreign_kind(head);
    Diagnostic::error("image-format-unsupported", format!("{kind} cannot be resized or cropped")).hint(hint)
}

/// Names a file that is none of ours, with advice.
fn foreign_kind(head: &[u8]) -> (&'static str, &'static str) {
    const TO_JPEG: &str = "convert it to JPEG, PNG or WebP first";
    match head {
        [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] => media_container(brands),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF", "link to it instead, or export the page as PNG"),
        [0xFF, 0x0A, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => ("a JPEG XL picture", TO_JPEG),
        [0, 0, 0, 12, b'j', b'P', ..] => ("a JPEG 2000 picture", TO_JPEG),
        [b'I', b'I', 43, 0, ..] | [b'M', b'M', 0, 43, ..] => ("a BigTIFF picture", TO_JPEG),
        [b'8', b'B', b'P', b'S', ..] => ("a Photoshop file", TO_JPEG),
        [0, 0, 1, 0, ..] => ("a Windows icon", TO_JPEG),
        _ if is_svg(head) => ("an SVG drawing", "it scales by itself: show it as it is, with `![...](...)`"),
        _ => ("a file that is no known picture", "JPEG, PNG, GIF, WebP, AVIF, BMP and TIFF are supported"),
    }
}

/// Says whether a file of the ISO container family is an AVIF, from its list of brands.
fn is_avif(brands: &[u8]) -> bool {
    // Major brand, version, then the compatible ones; an AVIF may lead with the general `mif1`.
    brands.chunks_exact(4).take(12).any(|brand| matches!(brand, b"avif" | b"avis"))
}

/// Names another file of that family (HEIF, video, raw).
fn media_container(brands: &[u8]) -> (&'static str, &'static str) {
    match brands.first_chunk::<4>().unwrap_or(b"\0\0\0\0") {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => (
            "a HEIC photo",
            "convert it to JPEG first: `heif-convert photo.heic photo.jpg`, or let the phone export \
             \"most compatible\"",
        ),
        b"crx " => ("a camera's raw file", "export it as JPEG first"),
        _ => ("a video", "a `video` element can play it; pictures are JPEG, PNG, GIF or WebP"),
    }
}

/// Says whether text looks like SVG: the element comes first, or after an XML declaration, comment or
/// doctype.
fn is_svg(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    text.first() == Some(&b'<') && text.windows(4).any(|window| window == b"<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_bytes() {
        let table: [(&[u8], Format); 7] = [
            (b"\xFF\xD8\xFF\xE0", Format::Jpeg),
            (b"\x89PNG\r\n\x1A\n", Format::Png),
            (b"GIF89a", Format::Gif),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Format::Webp),
            (b"MM\x00\x2A", Format::Tiff),
            (b"\0\0\0\x18ftypmif1\0\0\0\0avifmif1", Format::Avif),
            (b"BM\x10\x00\x00\x00\x00\x00\x00\x00", Format::Bmp),
        ];
        for (head, format) in table {
            assert_eq!(recognise(head), Ok(format));
        }
    }

    #[test]
    fn what_cannot_be_processed_is_called_by_its_name() {
        let table: [(&[u8], &str); 8] = [
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", "video"),
            (b"%PDF-1.4", "PDF"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
            (b"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- x -->\n<svg>", "SVG"),
            (b"\xFF\x0A", "JPEG XL"),
            (b"hello", "no known picture"),
            (b"BMW is a car", "no known picture"),
        ];
        for (head, name) in table {
            let error = recognise(head).unwrap_err();
            assert_eq!(error.code, "image-format-unsupported");
            assert!(error.message.contains(name), "{} lacks {name}", error.message);
            assert!(error.hint.is_some());
        }
        assert_eq!(recognise(b"").unwrap_err().code, "image-broken");
    }

    #[test]
    fn extensions_are_read_in_any_case() {
        assert_eq!(Format::from_extension("JPG"), Some(Format::Jpeg));
        assert_eq!(Format::from_extension("tiff"), Some(Format::Tiff));
        assert_eq!(Format::from_extension("pdf"), None);
    }
}
