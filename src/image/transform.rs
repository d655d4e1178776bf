//! Moves pixels: scales a part of a picture, turns it, lays it on a colour.
//!
//! What goes where is decided by `plan`; bytes are made by `encode`.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x3, U16x4};
use fast_image_resize::{PixelTrait, ResizeOptions, Resizer};
use image::metadata::Orientation as Stored;
use image::{ColorType, DynamicImage, GrayImage, ImageBuffer, Pixel, Primitive, Rgba};

use super::filter::Filter;
use super::geometry::{Orientation, Rect, Size, turned_size};
use super::options::Color;
use crate::diag::Diagnostic;

/// Returns the stored size of a picture.
pub(super) fn size_of(picture: &DynamicImage) -> Size {
    Size::new(picture.width(), picture.height())
}

/// Scales the part `rect` of a picture to `size`.
///
/// Pixels around the part still count at its edges, as if all had been scaled and then cut. Transparent
/// pixels have no weight, and channels and depth stay as they are.
pub(super) fn scaled(
    picture: &DynamicImage,
    rect: Rect,
    size: Size,
    filter: Filter,
) -> Result<DynamicImage, Diagnostic> {
    // The resizer is compiled anew for every kind of pixel, which takes long: rare kinds take a detour.
    match picture {
        DynamicImage::ImageLuma8(pixels) => return scaled_plane(pixels, rect, size, filter).map(Into::into),
        DynamicImage::ImageRgb8(pixels) => {
            resampled::<U8x3, _>(pixels, rect, size, filter).map(DynamicImage::ImageRgb8)
        }
        DynamicImage::ImageRgba8(pixels) => {
            let deep = pixels.pixels().map(|pixel| pixel.0.map(|sample| u16::from(sample) * 257));
            let drawn = resampled_transparent(size_of(picture), deep, rect, size, filter);
            drawn.map(|drawn| DynamicImage::ImageRgba16(drawn).into_rgba8().into())
        }
        DynamicImage::ImageRgba16(pixels) => {
            let samples = pixels.pixels().map(|pixel| pixel.0);
            resampled_transparent(size_of(picture), samples, rect, size, filter)
                .map(DynamicImage::ImageRgba16)
        }
        _ => return scaled_by_detour(picture, rect, size, filter),
    }
    .map_err(|why| unscalable(size, &why))
}

/// Scales the part `rect` of samples of one kind, such as all greys of a picture, to `size`.
pub(super) fn scaled_plane(
    samples: &GrayImage,
    rect: Rect,
    size: Size,
    filter: Filter,
) -> Result<GrayImage, Diagnostic> {
    resampled::<U8, _>(samples, rect, size, filter).map_err(|why| unscalable(size, &why))
}

fn unscalable(size: Size, why: &str) -> Diagnostic {
    let Size { width_px, height_px } = size;
    Diagnostic::error("image-size", format!("the picture cannot be scaled to {width_px}x{height_px}: {why}"))
}

/// Scales grey and deep pictures as RGB or RGBA, and makes the result what they were.
fn scaled_by_detour(
    picture: &DynamicImage,
    rect: Rect,
    size: Size,
    filter: Filter,
) -> Result<DynamicImage, Diagnostic> {
    let common: DynamicImage = match (is_deep(picture), picture.color().has_alpha()) {
        (true, _) => picture.to_rgba16().into(),
        (false, true) => picture.to_rgba8().into(),
        (false, false) => picture.to_rgb8().into(),
    };
    let drawn = scaled(&common, rect, size, filter)?;
    Ok(match picture.color() {
        ColorType::La8 => drawn.into_luma_alpha8().into(),
        ColorType::L16 => drawn.into_luma16().into(),
        ColorType::La16 => drawn.into_luma_alpha16().into(),
        ColorType::Rgb16 => drawn.into_rgb16().into(),
        _ => drawn,
    })
}

/// Draws straight into the buffer of the result: a copy of it costs as much as a tenth of the work.
fn resampled<P, C>(
    source: &ImageBuffer<C, Vec<u8>>,
    rect: Rect,
    size: Size,
    filter: Filter,
) -> Result<ImageBuffer<C, Vec<u8>>, String>
where
    P: PixelTrait,
    C: Pixel<Subpixel = u8>,
{
    let (width, height) = source.dimensions();
    let options = options_for(rect, Size::new(width, height), filter);
    let source = TypedImageRef::<P>::from_buffer(width, height, source.as_raw());
    let source = source.map_err(|error| error.to_string())?;
    let mut drawn = ImageBuffer::new(size.width_px, size.height_px);
    let target = TypedImage::<P>::from_buffer(size.width_px, size.height_px, &mut drawn);
    let mut target = target.map_err(|error| error.to_string())?;
    Resizer::new().resize_typed(&source, &mut target, &options).map_err(|error| error.to_string())?;
    drop(target);
    Ok(drawn)
}

/// What nothing is stored as while transparent pictures are scaled: room for what is below it.
const NOTHING: u16 = 1 << 13;

/// Scales colours weighted by how opaque they are, with room above and below.
///
/// Sharp filters overshoot at an edge, colour and opacity alike: what is divided must be what neither was cut from,
/// or edges before nothing come out too bright. Filters add up to one, so what is added to all samples stays as it is.
fn resampled_transparent(
    stored: Size,
    pixels: impl Iterator<Item = [u16; 4]>,
    rect: Rect,
    size: Size,
    filter: Filter,
) -> Result<ImageBuffer<Rgba<u16>, Vec<u16>>, String> {
    let weighted: Vec<U16x4> = pixels.map(|pixel| U16x4::new(weighted(pixel))).collect();
    let source = TypedImageRef::new(stored.width_px, stored.height_px, &weighted);
    let source = source.map_err(|error| error.to_string())?;
    let mut drawn = TypedImage::new(size.width_px, size.height_px);
    let options = options_for(rect, stored, filter).use_alpha(false);
    Resizer::new().resize_typed(&source, &mut drawn, &options).map_err(|error| error.to_string())?;
    let samples = drawn.pixels().iter().flat_map(|pixel| unweighted(pixel.0)).collect();
    let made = ImageBuffer::from_raw(size.width_px, size.height_px, samples);
    made.ok_or_else(|| "a row is missing".to_owned())
}

/// Returns half of each sample above [`NOTHING`], colours by their share of opacity.
fn weighted([red, green, blue, alpha]: [u16; 4]) -> [u16; 4] {
    let half = |sample: u16| {
        let product = u32::from(sample) * u32::from(alpha);
        // The quotient is at most 32,768.
        ((product + u32::from(u16::MAX)) / (2 * u32::from(u16::MAX))) as u16 + NOTHING
    };
    [half(red), half(green), half(blue), half(u16::MAX)]
}

/// Undoes [`weighted`]; what is below or above the possible is cut off.
fn unweighted(samples: [u16; 4]) -> [u16; 4] {
    let most = u32::from(u16::MAX);
    let [red, green, blue, alpha] = samples.map(|sample| u32::from(sample.saturating_sub(NOTHING)));
    let whole = |sample: u32| {
        let quotient = (sample * most + alpha / 2).checked_div(alpha);
        quotient.unwrap_or_default().min(most) as u16
    };
    [whole(red), whole(green), whole(blue), (alpha * 2).min(most) as u16]
}

fn options_for(rect: Rect, stored: Size, filter: Filter) -> ResizeOptions {
    let inside = rect_inside(rect, stored);
    let options = ResizeOptions::new().resize_alg(filter.algorithm());
    options.crop(inside.x, inside.y, inside.width, inside.height)
}

/// Moves a rectangle into the picture; sums of fractions may lie a hair outside.
fn rect_inside(rect: Rect, size: Size) -> Rect {
    let whole = size.whole();
    let (width, height) = (rect.width.min(whole.width), rect.height.min(whole.height));
    Rect {
        x: rect.x.clamp(0.0, whole.width - width),
        y: rect.y.clamp(0.0, whole.height - height),
        width,
        height,
    }
}

/// Turns stored pixels upright.
pub(super) fn upright(mut picture: DynamicImage, orientation: Orientation) -> DynamicImage {
    if let Some(stored) = Stored::from_exif(orientation.to_exif()) {
        picture.apply_orientation(stored);
    }
    picture
}

/// Turns an upright picture counter-clockwise by any angle; the corners are transparent.
pub(super) fn turned(picture: &DynamicImage, degrees: u16) -> DynamicImage {
    if is_deep(picture) {
        return DynamicImage::ImageRgba16(turned_pixels(&picture.to_rgba16(), degrees));
    }
    DynamicImage::ImageRgba8(turned_pixels(&picture.to_rgba8(), degrees))
}

/// Takes for each pixel the nearest one of the source, as Hugo does (0.168, compared pixel by pixel).
fn turned_pixels<T>(source: &ImageBuffer<Rgba<T>, Vec<T>>, degrees: u16) -> ImageBuffer<Rgba<T>, Vec<T>>
where
    T: Primitive,
    Rgba<T>: Pixel<Subpixel = T>,
{
    let (width, height) = source.dimensions();
    let size = turned_size(Size::new(width, height), degrees);
    let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
    let middle = |side: u32| f64::from(side) / 2.0 - 0.5;
    ImageBuffer::from_fn(size.width_px, size.height_px, |x, y| {
        let (x, y) = (f64::from(x) - middle(size.width_px), f64::from(y) - middle(size.height_px));
        let from_x = (x * cos - y * sin + middle(width) + 0.5).floor();
        let from_y = (x * sin + y * cos + middle(height) + 0.5).floor();
        let inside = from_x >= 0.0 && from_y >= 0.0;
        let pixel = source.get_pixel_checked(from_x as u32, from_y as u32).filter(|_| inside);
        pixel.copied().unwrap_or(Rgba([T::zero(); 4]))
    })
}

/// Lays a picture with transparent pixels on a colour; one that is opaque takes all transparency away.
pub(super) fn laid_on(picture: DynamicImage, color: Color) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    const OPAQUE: u32 = u16::MAX as u32;
    let [r, g, b, opacity] = color.0.map(|value| u32::from(value) * 257);
    let mut pixels = picture.to_rgba16();
    for pixel in pixels.pixels_mut() {
        let [red, green, blue, alpha] = pixel.0.map(u32::from);
        let under = opacity * (OPAQUE - alpha) / OPAQUE;
        let together = (alpha + under).max(1);
        let mixed = |over: u32, below: u32| (over * alpha + below * under) / together;
        pixel.0 = [mixed(red, r), mixed(green, g), mixed(blue, b), alpha + under].map(|value| value as u16);
    }
    let laid = DynamicImage::ImageRgba16(pixels);
    without_idle_alpha(if is_deep(&picture) { laid } else { laid.into_rgba8().into() })
}

/// Drops an alpha channel that says nothing: the picture gets smaller in every format.
pub(super) fn without_idle_alpha(picture: DynamicImage) -> DynamicImage {
    match &picture {
        DynamicImage::ImageLumaA8(pixels) if pixels.pixels().all(|pixel| pixel.0[1] == u8::MAX) => {
            picture.to_luma8().into()
        }
        DynamicImage::ImageRgba8(pixels) if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) => {
            picture.to_rgb8().into()
        }
        DynamicImage::ImageLumaA16(pixels) if pixels.pixels().all(|pixel| pixel.0[1] == u16::MAX) => {
            picture.to_luma16().into()
        }
        DynamicImage::ImageRgba16(pixels) if pixels.pixels().all(|pixel| pixel.0[3] == u16::MAX) => {
            picture.to_rgb16().into()
        }
        _ => picture,
    }
}

/// Says whether a picture has more than eight bits for a colour.
pub(super) fn is_deep(picture: &DynamicImage) -> bool {
    let color = picture.color();
    color.bytes_per_pixel() > color.channel_count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::test_pictures::{photo, transparent};

    #[test]
    fn transparent_pixels_have_no_weight() {
        // Half opaque red, half transparent green: the mixture is red, half as opaque.
        let mut picture = image::RgbaImage::from_pixel(2, 1, Rgba([255, 0, 0, 255]));
        picture.put_pixel(1, 0, Rgba([0, 255, 0, 0]));
        let size = Size::new(1, 1);
        let mixed = scaled(&picture.into(), Size::new(2, 1).whole(), size, Filter::Box).unwrap();
        let [r, g, b, a] = mixed.to_rgba8().get_pixel(0, 0).0;
        assert_eq!([r, g, b], [255, 0, 0]);
        assert!((127..=128).contains(&a));
    }

    #[test]
    fn an_edge_before_nothing_is_no_brighter_than_the_rest() {
        let color = Rgba([240, 120, 60, 255]);
        let picture =
            image::RgbaImage::from_fn(
                60,
                60,
                |x, _| if (20..41).contains(&x) { color } else { Rgba([0; 4]) },
            );
        let whole = Size::new(60, 60).whole();
        for size in [Size::new(23, 23), Size::new(45, 45)] {
            let drawn = scaled(&picture.clone().into(), whole, size, Filter::Lanczos).unwrap().into_rgba8();
            let seen = |wanted: fn(u8) -> bool| drawn.pixels().filter(move |pixel| wanted(pixel.0[3]));
            assert!(seen(|alpha| alpha > 0).count() > 0 && seen(|alpha| alpha == 0).count() > 0);
            for pixel in seen(|alpha| alpha > 16) {
                let far = pixel.0.iter().zip(color.0).take(3).any(|(seen, own)| seen.abs_diff(own) > 1);
                assert!(!far, "{pixel:?} at {size:?}");
            }
        }
    }

    #[test]
    fn a_turn_of_any_angle_has_transparent_corners() {
        for picture in [photo(30, 20), photo(30, 20).to_luma16().into()] {
            let turned = turned(&picture, 45);
            assert_eq!(turned.to_rgba8().get_pixel(0, 0).0, [0, 0, 0, 0]);
            assert_eq!(is_deep(&turned), is_deep(&picture));
        }
    }

    #[test]
    fn every_kind_of_pixels_stays_what_it_was() {
        let base = transparent(12, 8);
        let kinds: [DynamicImage; 8] = [
            base.to_luma8().into(),
            base.to_luma_alpha8().into(),
            base.to_rgb8().into(),
            base.to_rgba8().into(),
            base.to_luma16().into(),
            base.to_luma_alpha16().into(),
            base.to_rgb16().into(),
            base.to_rgba16().into(),
        ];
        for picture in kinds {
            let drawn =
                scaled(&picture, size_of(&picture).whole(), Size::new(5, 3), Filter::Lanczos).unwrap();
            assert_eq!((drawn.color(), size_of(&drawn)), (picture.color(), Size::new(5, 3)));
        }
    }

    #[test]
    fn a_free_turn_by_a_quarter_is_the_exact_one() {
        let picture = photo(30, 20);
        let quarter = Orientation::UPRIGHT.then_quarter_turns(1);
        let free = turned(&picture, 90);
        assert_eq!(free.to_rgb8(), upright(picture, quarter).to_rgb8());
    }

    #[test]
    fn a_colour_shows_through_exactly_where_pixels_are_transparent() {
        let laid = laid_on(transparent(8, 8), Color([0, 0, 255, 255]));
        assert!(!laid.color().has_alpha());
        assert_eq!(laid.to_rgb8().get_pixel(0, 0).0, [0, 0, 255]);
        assert_eq!(laid.to_rgb8().get_pixel(7, 7).0, transparent(8, 8).to_rgb8().get_pixel(7, 7).0);
        let veil = laid_on(transparent(8, 8), Color([0, 0, 255, 128]));
        assert_eq!(veil.to_rgba8().get_pixel(0, 0).0, [0, 0, 255, 128]);
    }

    #[test]
    fn only_an_idle_alpha_channel_is_dropped() {
        let opaque: DynamicImage = photo(4, 4).to_rgba8().into();
        assert!(!without_idle_alpha(opaque).color().has_alpha());
        assert!(without_idle_alpha(transparent(4, 4)).color().has_alpha());
    }
}
