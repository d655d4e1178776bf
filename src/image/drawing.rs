//! Pictures that the program draws itself: [`Drawing`], opaque pixels in memory, and their way to and from PNG.
//!
//! What is drawn is decided elsewhere.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::{ImageFormat, ImageReader};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::decode::decode_error;
use super::format::Format;
use super::geometry::Size;
use crate::diag::Diagnostic;

/// Most colours of a palette.
const PALETTE_MAX: usize = 256;

/// Opaque pixels, row by row from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    size: Size,
    pixels: Vec<[u8; 3]>,
}

impl Drawing {
    /// Makes a drawing of one colour.
    pub fn new(size: Size, color: [u8; 3]) -> Self {
        Self { size, pixels: vec![color; size.width_px as usize * size.height_px as usize] }
    }

    /// Reads a picture that `make_variants` made as PNG; transparency is dropped.
    ///
    /// # Errors
    /// `image-broken`: the bytes are no PNG.
    pub fn from_png(bytes: &[u8]) -> Result<Self, Diagnostic> {
        let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png);
        let picture = reader.decode().map_err(|error| decode_error(Format::Png, &error))?.into_rgb8();
        let size = Size::new(picture.width(), picture.height());
        Ok(Self { size, pixels: picture.pixels().map(|pixel| pixel.0).collect() })
    }

    /// Returns the size.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Returns a pixel; none outside of the drawing.
    pub fn pixel_mut(&mut self, x: u32, y: u32) -> Option<&mut [u8; 3]> {
        self.row_mut(y)?.get_mut(x as usize)
    }

    /// Returns a row of pixels; none outside of the drawing.
    pub fn row_mut(&mut self, y: u32) -> Option<&mut [[u8; 3]]> {
        self.pixels.chunks_exact_mut(self.size.width_px.max(1) as usize).nth(y as usize)
    }

    /// Returns all rows from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[[u8; 3]]> {
        self.pixels.chunks_exact(self.size.width_px.max(1) as usize)
    }

    /// Writes a PNG: with a palette where there are few colours, which takes a tenth.
    ///
    /// # Errors
    /// `image-encoding`: the encoder refuses the size.
    pub fn to_png(&self) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, self.size.width_px, self.size.height_px);
        encoder.set_depth(BitDepth::Eight);
        let samples = match self.indexed() {
            Some((palette, indices)) => {
                encoder.set_color(ColorType::Indexed);
                encoder.set_palette(palette.into_flattened());
                indices
            }
            None => {
                encoder.set_color(ColorType::Rgb);
                self.pixels.concat()
            }
        };
        // Measured on cards: 1 ms and 31 KB with a palette, 5 ms and 415 KB with a photo; the next better compression
        // takes 7 ms for 22 KB, and 98 ms for 344 KB. The filter comes second: the compression would replace it.
        encoder.set_compression(Compression::Fast);
        encoder.set_filter(Filter::Paeth);
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&samples)?;
            writer.finish()
        });
        let refused =
            |error| Diagnostic::error("image-encoding", format!("cannot be written as PNG: {error}"));
        written.map_err(refused)?;
        Ok(bytes)
    }

    /// Returns a palette in the order of first use, and for every pixel its place in it; none if it would be too long.
    fn indexed(&self) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
        let mut places: BTreeMap<[u8; 3], u8> = BTreeMap::new();
        let mut palette = Vec::new();
        let mut indices = Vec::with_capacity(self.pixels.len());
        let mut last: Option<([u8; 3], u8)> = None;
        for pixel in &self.pixels {
            let index = match last {
                // Most pixels are like the one before.
                Some((color, index)) if color == *pixel => index,
                _ => match places.get(pixel) {
                    Some(index) => *index,
                    None if palette.len() == PALETTE_MAX => return None,
                    None => {
                        let index = u8::try_from(palette.len()).ok()?;
                        palette.push(*pixel);
                        places.insert(*pixel, index);
                        index
                    }
                },
            };
            last = Some((*pixel, index));
            indices.push(index);
        }
        Some((palette, indices))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_with_and_without_a_palette() {
        let mut few = Drawing::new(Size::new(30, 20), [7, 94, 67]);
        *few.pixel_mut(3, 4).unwrap() = [255; 3];
        let mut many = Drawing::new(Size::new(30, 20), [0; 3]);
        for y in 0..20 {
            many.row_mut(y).unwrap().iter_mut().zip(0..).for_each(|(pixel, x)| *pixel = [x, y as u8, 9]);
        }
        for (drawing, color) in [(few, ColorType::Indexed), (many, ColorType::Rgb)] {
            let file = drawing.to_png().unwrap();
            let reader = png::Decoder::new(Cursor::new(&file)).read_info().unwrap();
            assert_eq!(reader.info().color_type, color);
            assert_eq!(Drawing::from_png(&file).unwrap(), drawing);
            assert_eq!(drawing.to_png().unwrap(), file);
        }
    }

    #[test]
    fn nothing_is_outside() {
        let mut drawing = Drawing::new(Size::new(3, 2), [0; 3]);
        assert!(drawing.pixel_mut(3, 0).is_none() && drawing.pixel_mut(0, 2).is_none());
        assert_eq!(Drawing::from_png(b"no picture").unwrap_err().code, "image-broken");
    }
}
