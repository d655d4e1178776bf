//! Turns planes of brightness and colour difference into red, green and blue (ITU-T H.273).
//!
//! Colour that is stored in half the resolution is interpolated as between pixels' centres. Results have eight bits:
//! more than a web page shows is not kept.

use image::{GrayImage, RgbImage};

use super::container::Nclx;

/// One plane of a decoded picture: rows of samples of one or two bytes.
pub(super) struct Plane<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) stride: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) bits: u32,
}

impl Plane<'_> {
    /// Puts a row into `samples`; rows behind the last are the last.
    fn read_row(&self, y: usize, samples: &mut Vec<f32>) {
        samples.clear();
        let start = y.min(self.height.saturating_sub(1)).saturating_mul(self.stride);
        let row = self.bytes.get(start..).unwrap_or_default();
        if self.bits > 8 {
            let pairs = row.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            samples.extend(pairs.take(self.width).map(f32::from));
        } else {
            samples.extend(row.iter().take(self.width).map(|sample| f32::from(*sample)));
        }
        // A decoder that gave too little gives black.
        samples.resize(self.width, 0.0);
    }

    /// Returns the plane as shades of grey, or of transparency.
    pub(super) fn to_gray(&self, is_full_range: bool) -> GrayImage {
        let range = Range::new(self.bits, is_full_range);
        let (mut row, mut pixels) = (Vec::new(), Vec::with_capacity(self.width * self.height));
        for y in 0..self.height {
            self.read_row(y, &mut row);
            pixels.extend(row.iter().map(|sample| to_byte(range.luma(*sample))));
        }
        image_of(self, pixels).unwrap_or_default()
    }
}

fn image_of<P: image::Pixel<Subpixel = u8>>(
    plane: &Plane<'_>,
    pixels: Vec<u8>,
) -> Option<image::ImageBuffer<P, Vec<u8>>> {
    let side = |side: usize| u32::try_from(side).ok();
    image::ImageBuffer::from_raw(side(plane.width)?, side(plane.height)?, pixels)
}

/// Which samples mean black, white and no colour.
#[derive(Clone, Copy)]
struct Range {
    black: f32,
    luma_scale: f32,
    middle: f32,
    chroma_scale: f32,
}

impl Range {
    fn new(bits: u32, is_full_range: bool) -> Self {
        let unit = f32::from(1_u16 << (bits.clamp(8, 15) - 8));
        let middle = 128.0 * unit;
        if is_full_range {
            let most = 256.0 * unit - 1.0;
            return Self { black: 0.0, luma_scale: 1.0 / most, middle, chroma_scale: 1.0 / most };
        }
        let (luma_scale, chroma_scale) = (1.0 / (219.0 * unit), 1.0 / (224.0 * unit));
        Self { black: 16.0 * unit, luma_scale, middle, chroma_scale }
    }

    fn luma(self, sample: f32) -> f32 {
        (sample - self.black) * self.luma_scale
    }

    fn chroma(self, sample: f32) -> f32 {
        (sample - self.middle) * self.chroma_scale
    }
}

fn to_byte(share: f32) -> u8 {
    // The cast saturates.
    (share * 255.0 + 0.5) as u8
}

/// How brightness and two differences become colours.
#[derive(Clone, Copy)]
enum Matrix {
    /// The planes are green, blue and red.
    Identity,
    /// Differences to green and orange.
    YCgCo,
    /// The shares of red and blue in brightness.
    Shares(f32, f32),
}

impl Matrix {
    /// Returns the matrix of an H.273 number; `None` for those that no camera writes.
    fn of(number: u16) -> Option<Self> {
        Some(match number {
            0 => Self::Identity,
            1 => Self::Shares(0.2126, 0.0722),
            4 => Self::Shares(0.30, 0.11),
            // Where nothing is said, it is that of old television (MIAF, 7.3.6.4).
            2 | 3 | 5 | 6 => Self::Shares(0.299, 0.114),
            7 => Self::Shares(0.212, 0.087),
            8 => Self::YCgCo,
            9 => Self::Shares(0.2627, 0.0593),
            _ => return None,
        })
    }

    fn color(self, y: f32, u: f32, v: f32) -> [f32; 3] {
        match self {
            // Handled apart: its planes have another range.
            Self::Identity => [v, y, u],
            Self::YCgCo => [y - u + v, y + u, y - u - v],
            Self::Shares(red, blue) => {
                let green = 1.0 - red - blue;
                [
                    y + 2.0 * (1.0 - red) * v,
                    y - 2.0 * (blue * (1.0 - blue) * u + red * (1.0 - red) * v) / green,
                    y + 2.0 * (1.0 - blue) * u,
                ]
            }
        }
    }
}

/// Turns three planes into pixels; `None` if the colours are coded in a way that is not known here.
pub(super) fn to_rgb(planes: [&Plane<'_>; 3], nclx: Nclx) -> Option<RgbImage> {
    let matrix = Matrix::of(nclx.matrix)?;
    let [luma, blue, red] = planes;
    let range = Range::new(luma.bits, nclx.is_full_range);
    let is_identity = matches!(matrix, Matrix::Identity);
    let difference = |sample| if is_identity { range.luma(sample) } else { range.chroma(sample) };
    let mut pixels = Vec::with_capacity(luma.width * luma.height * 3);
    let mut row = Vec::new();
    let (mut blues, mut reds) = (Upsampler::new(blue, luma), Upsampler::new(red, luma));
    for y in 0..luma.height {
        luma.read_row(y, &mut row);
        let differences = blues.row(y).iter().zip(reds.row(y));
        for (luma, (blue, red)) in row.iter().zip(differences) {
            let color = matrix.color(range.luma(*luma), difference(*blue), difference(*red));
            pixels.extend(color.map(to_byte));
        }
    }
    image_of(luma, pixels)
}

/// Gives rows of a plane in the size of another.
struct Upsampler<'a> {
    plane: &'a Plane<'a>,
    width: usize,
    halves_x: bool,
    halves_y: bool,
    near: Vec<f32>,
    far: Vec<f32>,
    wide: Vec<f32>,
}

impl<'a> Upsampler<'a> {
    fn new(plane: &'a Plane<'a>, luma: &Plane<'_>) -> Self {
        let (halves_x, halves_y) = (plane.width < luma.width, plane.height < luma.height);
        let (near, far, wide) = (Vec::new(), Vec::new(), Vec::new());
        Self { plane, width: luma.width, halves_x, halves_y, near, far, wide }
    }

    fn row(&mut self, y: usize) -> &[f32] {
        if self.halves_y {
            self.plane.read_row(y / 2, &mut self.near);
            self.plane.read_row(neighbour(y), &mut self.far);
            for (near, far) in self.near.iter_mut().zip(&self.far) {
                *near = *near * 0.75 + far * 0.25;
            }
        } else {
            self.plane.read_row(y, &mut self.near);
        }
        if !self.halves_x {
            return &self.near;
        }
        let last = self.near.len().saturating_sub(1);
        let sample = |x: usize| self.near.get(x.min(last)).copied().unwrap_or_default();
        self.wide.clear();
        self.wide.extend((0..self.width).map(|x| sample(x / 2) * 0.75 + sample(neighbour(x)) * 0.25));
        &self.wide
    }
}

/// Returns the second nearest of the samples that are stored for every other place.
fn neighbour(at: usize) -> usize {
    if at % 2 == 1 { at / 2 + 1 } else { (at / 2).saturating_sub(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(bytes: &[u8], width: usize, bits: u32) -> Plane<'_> {
        let stride = if bits > 8 { width * 2 } else { width };
        Plane { bytes, stride, width, height: bytes.len() / stride, bits }
    }

    fn nclx(matrix: u16, is_full_range: bool) -> Nclx {
        Nclx { primaries: 1, transfer: 13, matrix, is_full_range }
    }

    #[test]
    fn known_colours_come_out() {
        // Y, U, V of red in the full and the limited range of both televisions (H.273, rounded).
        let table = [
            (6, true, [76, 85, 255], [254, 0, 0]),
            (1, true, [54, 99, 255], [254, 0, 0]),
            (6, false, [81, 90, 240], [255, 0, 0]),
            (1, false, [63, 102, 240], [255, 0, 0]),
            (0, true, [1, 2, 3], [3, 1, 2]),
            (2, true, [128, 128, 128], [128, 128, 128]),
            (8, true, [100, 128, 128], [100, 100, 100]),
        ];
        for (matrix, full, [y, u, v], expected) in table {
            let (y, u, v) = ([y], [u], [v]);
            let planes = [&plane(&y, 1, 8), &plane(&u, 1, 8), &plane(&v, 1, 8)];
            let rgb = to_rgb(planes, nclx(matrix, full)).unwrap().get_pixel(0, 0).0;
            let near = rgb.iter().zip(expected).all(|(got, wanted)| got.abs_diff(wanted) <= 2);
            assert!(near, "matrix {matrix}, full range {full}: {rgb:?}, not {expected:?}");
        }
        let flat = [0];
        let planes = [&plane(&flat, 1, 8), &plane(&flat, 1, 8), &plane(&flat, 1, 8)];
        assert!(to_rgb(planes, nclx(14, true)).is_none());
    }

    #[test]
    fn ten_bits_become_eight() {
        let samples: Vec<u8> =
            [0_u16, 64, 512, 940, 1023].iter().flat_map(|sample| sample.to_le_bytes()).collect();
        assert_eq!(plane(&samples, 5, 10).to_gray(true).into_raw(), [0, 16, 128, 234, 255]);
        assert_eq!(plane(&samples, 5, 10).to_gray(false).into_raw(), [0, 0, 130, 255, 255]);
    }

    #[test]
    fn halved_colour_is_interpolated_and_flat_colour_stays_flat() {
        let (ramp, luma) = ([0, 100], [0; 12]);
        let half = plane(&ramp, 2, 8);
        let mut up = Upsampler::new(&half, &plane(&luma, 4, 8));
        assert_eq!(up.row(0), [0.0, 25.0, 75.0, 100.0]);
        assert_eq!(up.row(2), [0.0, 25.0, 75.0, 100.0]);
    }
}
