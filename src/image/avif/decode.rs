//! Turns the coded pictures of an AVIF into pixels: one, or a grid of them, with transparency beside it.
//!
//! Sizes are checked against the container's before anything is allocated, so that a small file cannot say one size to
//! the planner and another to the decoder.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};
use re_rav1d::dav1d::{Decoder, Error, Picture, PixelLayout, PlanarImageComponent, Settings};

use super::boxes::Bytes;
use super::color::{self, Plane};
use super::container::{Container, Nclx};
use super::{check_kind, malformed, read_meta};
use crate::image::color::Profile;
use crate::image::geometry::Size;

/// The primaries of wide screens, which phones name (ITU-T H.273, table 2).
const DISPLAY_P3: u16 = 12;

/// The most parts of a grid.
const MAX_TILES: u64 = 1024;

/// Decodes an AVIF as it is stored, with eight bits for a colour, and what its colours mean where that is not sRGB.
///
/// # Errors
/// It is cut off or contradicts itself; `Unsupported` for colours that no camera writes.
pub(in crate::image) fn decode(file: &[u8]) -> io::Result<(DynamicImage, Option<Profile>)> {
    let meta = read_meta(&mut io::Cursor::new(file))?;
    let container = Container::read(&meta)?;
    check_kind(&container)?;
    let primary = container.primary();
    let size = container.size(primary).ok_or_else(|| malformed("its picture has no size"))?;
    let source = Source { container: &container, file };
    let profile = source.profile(primary);
    let Some(alpha) = container.alpha(primary) else {
        return Ok((source.colors(primary, size)?, profile));
    };
    let alpha = source.grays(alpha, size)?;
    let colors = source.colors(primary, size)?.into_rgb8();
    Ok((with_alpha(&colors, &alpha, container.is_premultiplied(primary)).into(), profile))
}

/// A file and what its header says.
struct Source<'a> {
    container: &'a Container<'a>,
    file: &'a [u8],
}

impl Source<'_> {
    /// Returns the profile of an item: its own, or that of the primaries which it names.
    fn profile(&self, id: u32) -> Option<Profile> {
        let own = self.container.profile(id);
        if !own.is_empty() {
            return Profile::read(own);
        }
        self.container.nclx(id).filter(|nclx| nclx.primaries == DISPLAY_P3).map(|_| Profile::display_p3())
    }

    /// Decodes an item in colour; what is grey stays grey.
    fn colors(&self, id: u32, size: Size) -> io::Result<DynamicImage> {
        let nclx = self.container.nclx(id);
        let Some(grid) = self.grid(id, size)? else {
            return to_colors(&self.coded(id, size)?, nclx);
        };
        let mut whole = RgbImage::new(size.width_px, size.height_px);
        for (tile, x, y) in &grid.tiles {
            let part =
                to_colors(&self.coded(*tile, grid.tile)?, nclx.or_else(|| self.container.nclx(*tile)))?;
            image::imageops::replace(&mut whole, &part.into_rgb8(), *x, *y);
        }
        Ok(whole.into())
    }

    /// Decodes the brightness of an item, which is what transparency is stored as.
    fn grays(&self, id: u32, size: Size) -> io::Result<GrayImage> {
        let nclx = self.container.nclx(id);
        let stored = self.container.size(id).unwrap_or(size);
        if stored != size {
            return Err(malformed("its transparency has another size"));
        }
        let Some(grid) = self.grid(id, size)? else {
            return Ok(to_grays(&self.coded(id, size)?, nclx));
        };
        let mut whole = GrayImage::new(size.width_px, size.height_px);
        for (tile, x, y) in &grid.tiles {
            let part = to_grays(&self.coded(*tile, grid.tile)?, nclx.or_else(|| self.container.nclx(*tile)));
            image::imageops::replace(&mut whole, &part, *x, *y);
        }
        Ok(whole)
    }

    /// Reads the recipe of an item that is put together; `None` if it is coded as one.
    fn grid(&self, id: u32, size: Size) -> io::Result<Option<Grid>> {
        if self.container.kind(id) != Some(*b"grid") {
            return Ok(None);
        }
        let data = self.container.data(id, self.file)?;
        let mut recipe = Bytes(&data);
        recipe.u8()?;
        let bytes = if recipe.u8()? & 1 == 1 { 4 } else { 2 };
        let (rows, columns) = (u64::from(recipe.u8()?) + 1, u64::from(recipe.u8()?) + 1);
        let whole = (recipe.number(bytes)?, recipe.number(bytes)?);
        let parts = self.container.parts(id);
        let tile = parts.first().and_then(|part| self.container.size(*part));
        let tile = tile.ok_or_else(|| malformed("its parts have no size"))?;
        let (width, height) = (u64::from(tile.width_px), u64::from(tile.height_px));
        let covers = |side: u64, count: u64, whole: u32| {
            side > 0 && side * count >= u64::from(whole) && side * (count - 1) < u64::from(whole)
        };
        let is_sound = whole == (size.width_px.into(), size.height_px.into())
            && rows * columns <= MAX_TILES
            && parts.len() as u64 == rows * columns
            && covers(width, columns, size.width_px)
            && covers(height, rows, size.height_px);
        if !is_sound {
            return Err(malformed("its parts do not make up its size"));
        }
        let place = |index: u64| ((index % columns * width) as i64, (index / columns * height) as i64);
        let tiles =
            parts.iter().zip(0..).map(|(part, index)| (*part, place(index).0, place(index).1)).collect();
        Ok(Some(Grid { tile, tiles }))
    }

    /// Decodes one coded picture.
    fn coded(&self, id: u32, size: Size) -> io::Result<Picture> {
        if self.container.kind(id) != Some(*b"av01") {
            return Err(malformed("a part is no picture"));
        }
        let data = self.container.data(id, self.file)?;
        // The decoder is a translation from C: should it come to a stop, so does this picture and nothing else.
        let decoded = catch_unwind(AssertUnwindSafe(|| decode_frame(data, size)));
        let picture = decoded.map_err(|_| malformed("its pixels cannot be decoded"))??;
        if (picture.width(), picture.height()) != (size.width_px, size.height_px) {
            return Err(malformed("its pixels have another size than its header says"));
        }
        Ok(picture)
    }
}

/// How a picture is put together: the size of its parts, and which lies where.
struct Grid {
    tile: Size,
    tiles: Vec<(u32, i64, i64)>,
}

fn decode_frame(data: Vec<u8>, size: Size) -> io::Result<Picture> {
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_all_layers(false);
    // Nothing larger is even allocated.
    settings.set_frame_size_limit(u32::try_from(size.pixels()).unwrap_or(u32::MAX).max(1));
    let refused = |error: Error| match error {
        Error::Again => io::ErrorKind::UnexpectedEof.into(),
        Error::UnsupportedBitstream => {
            io::Error::new(io::ErrorKind::Unsupported, "it is no AV1 that is known here")
        }
        _ => malformed("its pixels cannot be decoded"),
    };
    let mut decoder = Decoder::with_settings(&settings).map_err(refused)?;
    let mut sent = decoder.send_data(data, None, None, None);
    loop {
        match (sent, decoder.get_picture()) {
            (_, Ok(picture)) => return Ok(picture),
            (Err(error), _) if !error.is_again() => return Err(refused(error)),
            (_, Err(error)) if !error.is_again() => return Err(refused(error)),
            // All is sent, and there is no picture.
            (Ok(()), Err(error)) => return Err(refused(error)),
            (Err(_), Err(_)) => sent = decoder.send_pending_data(),
        }
    }
}

fn to_colors(picture: &Picture, nclx: Option<Nclx>) -> io::Result<DynamicImage> {
    let nclx = nclx.unwrap_or_else(|| own_nclx(picture));
    if picture.pixel_layout() == PixelLayout::I400 {
        return Ok(to_grays(picture, Some(nclx)).into());
    }
    let data = [PlanarImageComponent::Y, PlanarImageComponent::U, PlanarImageComponent::V]
        .map(|component| (component, picture.plane(component)));
    let [luma, blue, red] = &data;
    let planes = [luma, blue, red].map(|(component, bytes)| plane(picture, *component, bytes));
    let [luma, blue, red] = &planes;
    let unknown = || io::Error::new(io::ErrorKind::Unsupported, "its colours are coded in a rare way");
    Ok(color::to_rgb([luma, blue, red], nclx).ok_or_else(unknown)?.into())
}

fn to_grays(picture: &Picture, nclx: Option<Nclx>) -> GrayImage {
    let nclx = nclx.unwrap_or_else(|| own_nclx(picture));
    let bytes = picture.plane(PlanarImageComponent::Y);
    plane(picture, PlanarImageComponent::Y, &bytes).to_gray(nclx.is_full_range)
}

fn plane<'a>(picture: &Picture, component: PlanarImageComponent, bytes: &'a [u8]) -> Plane<'a> {
    let is_luma = component == PlanarImageComponent::Y;
    let half = |side: u32, halves: bool| if halves && !is_luma { side.div_ceil(2) } else { side } as usize;
    let layout = picture.pixel_layout();
    let bits = picture.bits_per_component().map_or(8, |bits| bits.0);
    Plane {
        bytes,
        stride: picture.stride(component) as usize,
        width: half(picture.width(), matches!(layout, PixelLayout::I420 | PixelLayout::I422)),
        height: half(picture.height(), layout == PixelLayout::I420),
        bits: u32::try_from(bits).unwrap_or(8),
    }
}

/// Returns what the coded picture itself says of its colours, which counts where the container says nothing.
fn own_nclx(picture: &Picture) -> Nclx {
    use re_rav1d::dav1d::pixel::{MatrixCoefficients as Matrix, YUVRange};
    let matrix = match picture.matrix_coefficients() {
        Matrix::Identity => 0,
        Matrix::BT709 => 1,
        Matrix::BT470M => 4,
        Matrix::ST240M => 7,
        Matrix::YCgCo => 8,
        Matrix::BT2020NonConstantLuminance => 9,
        Matrix::BT2020ConstantLuminance | Matrix::ST2085 | Matrix::ICtCp => 14,
        _ => 2,
    };
    Nclx { primaries: 2, transfer: 2, matrix, is_full_range: picture.color_range() == YUVRange::Full }
}

/// Joins colours and transparency.
fn with_alpha(colors: &RgbImage, alpha: &GrayImage, is_premultiplied: bool) -> RgbaImage {
    let mut joined = Vec::with_capacity(alpha.len() * 4);
    for (color, alpha) in colors.pixels().zip(alpha.iter()) {
        let divided = |value: u8| match (is_premultiplied, u16::from(*alpha)) {
            (true, opacity @ 1..) => {
                u8::try_from((u16::from(value) * 255 + opacity / 2) / opacity).unwrap_or(255)
            }
            _ => value,
        };
        joined.extend(color.0.map(divided));
        joined.push(*alpha);
    }
    RgbaImage::from_raw(colors.width(), colors.height(), joined).unwrap_or_default()
}
