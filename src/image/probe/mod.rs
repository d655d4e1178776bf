//! Turns the header of a picture file into an [`ImageInfo`].
//!
//! Reads a few hundred bytes and skips over the rest, so that a report with 300 photos is planned in
//! milliseconds. No pixel is decoded: a file whose header is fine may still turn out broken in
//! `make_variants`.

mod headers;
mod jpeg;
pub(super) mod tiff;

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use jiff::civil::DateTime;

use super::avif::{self, Still};
use super::format::{self, Format};
use super::geometry::{Orientation, Size};
use super::metadata::Exif;
use crate::diag::Diagnostic;

/// What the header of a picture says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImageInfo {
    /// The size as seen, after EXIF orientation.
    pub size: Size,
    /// The format by content.
    pub format: Format,
    /// How the stored pixels lie.
    pub orientation: Orientation,
    /// Bytes that decoding keeps for one pixel: the pixel itself, and what progressive JPEG holds until its
    /// last scan.
    pub decoded_bytes_per_pixel: u8,
    /// Whether smaller copies look right and take less: not of what moves, nor of what has a palette.
    pub scales_well: bool,
    /// When the photo was taken, by the camera's clock (EXIF `DateTimeOriginal`).
    pub taken: Option<DateTime>,
    /// Whether the file says where it was taken (EXIF or XMP).
    pub has_position: bool,
    /// Whether a JPEG says what its colours mean; of other formats nothing depends on it.
    pub(super) has_profile: bool,
}

/// What the readers of single formats find: the stored size, not yet upright.
struct Header {
    stored: Size,
    decoded_bytes_per_pixel: u8,
    scales_well: bool,
    exif: Exif,
    /// Whether there is XMP that says where the photo was taken.
    xmp_has_position: bool,
    has_profile: bool,
}

impl Header {
    fn new(stored: Size, decoded_bytes_per_pixel: u8) -> Self {
        let exif = Exif::default();
        Self {
            stored,
            decoded_bytes_per_pixel,
            scales_well: true,
            exif,
            xmp_has_position: false,
            has_profile: false,
        }
    }
}

/// Reads the header of a picture.
///
/// # Errors
/// `image-format-unsupported` for other formats, recognised by their bytes; `image-broken` if the header is
/// cut off, contradicts itself or gives a side of zero.
pub fn probe<R: BufRead + Seek>(mut reader: R) -> Result<ImageInfo, Diagnostic> {
    let mut head = Vec::with_capacity(format::HEAD_BYTES);
    let read = reader.by_ref().take(format::HEAD_BYTES as u64).read_to_end(&mut head);
    read.map_err(|error| broken("picture", &error))?;
    let format = format::recognise(&head)?;
    let header = read_header(&mut reader, format).map_err(|error| match error.kind() {
        io::ErrorKind::Unsupported => unsupported(format, &error),
        _ => broken(format.name(), &error),
    })?;
    if header.stored.pixels() == 0 {
        let message = format!("the {} is broken: its header gives a side of zero", format.name());
        return Err(Diagnostic::error("image-broken", message));
    }
    let Header { stored, decoded_bytes_per_pixel, scales_well, exif, xmp_has_position, has_profile } = header;
    let orientation = exif.orientation.unwrap_or_default();
    Ok(ImageInfo {
        size: orientation.turned(stored),
        format,
        orientation,
        decoded_bytes_per_pixel,
        scales_well,
        taken: exif.taken,
        has_position: exif.has_position || xmp_has_position,
        has_profile,
    })
}

fn read_header<R: BufRead + Seek>(reader: &mut R, format: Format) -> io::Result<Header> {
    reader.seek(SeekFrom::Start(0))?;
    match format {
        Format::Jpeg => jpeg::read_header(reader),
        Format::Png => headers::read_png(reader),
        Format::Gif => headers::read_gif(reader),
        Format::Webp => headers::read_webp(reader),
        Format::Bmp => headers::read_bmp(reader),
        Format::Tiff => tiff::read_header(reader),
        Format::Avif => read_avif(reader),
    }
}

fn read_avif<R: BufRead + Seek>(reader: &mut R) -> io::Result<Header> {
    let Still { stored, orientation, is_deep, exif } = avif::read_header(reader)?;
    // Planes, the pictures that the decoder keeps to refer to, and the pixels themselves.
    let decoded_bytes_per_pixel = if is_deep { 16 } else { 12 };
    let mut header = Header { exif, ..Header::new(stored, decoded_bytes_per_pixel) };
    header.exif.orientation = Some(orientation);
    Ok(header)
}

fn broken(name: &str, error: &io::Error) -> Diagnostic {
    let why = match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file ends within its header".to_owned(),
        _ => error.to_string(),
    };
    Diagnostic::error("image-broken", format!("the {name} is broken: {why}"))
        .hint("copy it once more from where it came from")
}

fn unsupported(format: Format, error: &io::Error) -> Diagnostic {
    let message = format!("this kind of {} cannot be processed: {error}", format.name());
    Diagnostic::error("image-format-unsupported", message).hint("save it anew as an ordinary JPEG or PNG")
}

/// The error of a header that contradicts itself.
fn malformed(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// Reads the next `N` bytes.
fn bytes<const N: usize>(reader: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads the next `length` bytes; a length that the file does not have costs no memory.
fn byte_vec(reader: &mut impl Read, length: u32) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(u64::from(length)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == u64::from(length) { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;
    use crate::image::test_pictures::{
        self as pictures, animated_gif, animated_webp, encoded, jpeg_with_exif, photo,
    };

    fn probed(bytes: &[u8]) -> Result<ImageInfo, Diagnostic> {
        probe(Cursor::new(bytes))
    }

    #[test]
    fn every_format_gives_its_size() {
        for format in pictures::FORMATS {
            let info = probed(&encoded(&photo(37, 21), format)).unwrap();
            assert_eq!((info.size, info.format), (Size::new(37, 21), format));
            assert_eq!(info.orientation, Orientation::UPRIGHT);
        }
    }

    #[test]
    fn animations_and_transparent_pictures_give_their_canvas() {
        assert_eq!(probed(&animated_gif(12, 8, 3)).unwrap().size, Size::new(12, 8));
        assert_eq!(probed(&animated_webp(12, 8, 3)).unwrap().size, Size::new(12, 8));
        let lossless = encoded(&pictures::transparent(17, 5), Format::Webp);
        assert_eq!(probed(&lossless).unwrap().size, Size::new(17, 5));
    }

    #[test]
    fn orientations_five_to_eight_swap_the_sides() {
        for value in 1..=8 {
            let info = probed(&jpeg_with_exif(&photo(30, 20), value)).unwrap();
            assert_eq!(u16::from(info.orientation.to_exif()), value);
            let upright = if value < 5 { Size::new(30, 20) } else { Size::new(20, 30) };
            assert_eq!(info.size, upright, "orientation {value}");
        }
    }

    #[test]
    fn the_estimate_follows_channels_and_depth() {
        let grey = photo(10, 10).to_luma8().into();
        let deep = photo(10, 10).to_rgb16().into();
        let held = |bytes: &[u8]| probed(bytes).unwrap().decoded_bytes_per_pixel;
        assert_eq!(held(&encoded(&grey, Format::Png)), 1);
        assert_eq!(held(&encoded(&photo(10, 10), Format::Jpeg)), 3);
        assert_eq!(held(&encoded(&deep, Format::Png)), 6);
    }

    #[test]
    fn headers_cut_short_are_broken() {
        for format in pictures::FORMATS {
            let whole = encoded(&photo(37, 21), format);
            for length in [0, 8, 12] {
                let code = probed(whole.get(..length).unwrap()).unwrap_err().code;
                // Eight bytes are too few to tell a BMP, a WebP or an AVIF.
                let telling = length != 8 || !matches!(format, Format::Bmp | Format::Webp | Format::Avif);
                let expected = if telling { "image-broken" } else { "image-format-unsupported" };
                assert_eq!(code, expected, "{format:?} cut to {length}");
            }
        }
    }

    #[test]
    fn a_jpeg_without_a_frame_is_broken() {
        assert_eq!(probed(b"\xFF\xD8\xFF\xE0not really").unwrap_err().code, "image-broken");
        assert_eq!(probed(b"\xFF\xD8\xFF\xD9").unwrap_err().code, "image-broken");
    }

    #[test]
    fn a_side_of_zero_is_broken() {
        let error = probed(b"GIF89a\0\0\x05\0\0\0\0").unwrap_err();
        assert_eq!(error.code, "image-broken");
        assert!(error.message.contains("zero"));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_probe_panic(format in 0..7_usize, at in 0..200_usize, noise: Vec<u8>) {
            let mut bytes = encoded(&photo(9, 7), pictures::FORMATS[format]);
            let end = bytes.len();
            for (old, new) in bytes[at.min(end)..].iter_mut().zip(&noise) {
                *old = *new;
            }
            let _ = probed(&bytes);
            let _ = probed(&noise);
        }
    }
}
