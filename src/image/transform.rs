//! Moves pixels: scales a part of a picture, turns it, lays it on a colour.
//!
//! What goes where is decided by `plan`; bytes are made by `encode`.

use fast_image_resize::{ResizeOptions, Resizer};
use image::metadata::Orientation as Stored;
use image::{DynamicImage, ImageBuffer, Pixel, Primitive, Rgba};

use super::filter::Filter;
use super::geometry::{Orientation, Rect, Size, turned_size};
use super::options::{Background, Color};
use crate::diag::Diagnostic;

/// Returns the stored size of a picture.
pub(super) fn size_of(picture: &DynamicImage) -> Size {
    Size::new(picture.width(), picture.height())
}

/// Scales the part `rect` of a picture to `size`.
///
/// Pixels around the part still count at its edges, as if all had been scaled and then cut. Transparent pixels have no
/// weight, and channels and depth stay as they are.
pub(super) fn scaled(
    picture: &DynamicImage,
    rect: Rect,
    size: Size,
    filter: Filter,
) -> Result<DynamicImage, Diagnostic> {
    let inside = rect_inside(rect, size_of(picture));
    let options = ResizeOptions::new().resize_alg(filter.algorithm()).crop(
        inside.x,
        inside.y,
        inside.width,
        inside.height,
    );
    let mut result = DynamicImage::new(size.width_px, size.height_px, picture.color());
    Resizer::new().resize(picture, &mut result, &options).map_err(|error| {
        let Size { width_px, height_px } = size;
        let message = format!("the picture cannot be scaled to {width_px}x{height_px}: {error}");
        Diagnostic::error("image-size", message)
    })?;
    Ok(result)
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

/// Turns an upright picture counter-clockwise by any angle; the corners are transparent, or have the colour named.
pub(super) fn turned(picture: &DynamicImage, degrees: u16, background: Background) -> DynamicImage {
    let corner = match background {
        Background::Always(color) => color,
        Background::WhereNeeded(_) => Color([0; 4]),
    };
    if is_deep(picture) {
        let corner = Rgba(corner.0.map(|value| u16::from(value) * 257));
        return DynamicImage::ImageRgba16(turned_pixels(&picture.to_rgba16(), degrees, corner));
    }
    DynamicImage::ImageRgba8(turned_pixels(&picture.to_rgba8(), degrees, Rgba(corner.0)))
}

/// Takes for each pixel the nearest one of the source, as Hugo does (0.168, compared pixel by pixel).
fn turned_pixels<T>(
    source: &ImageBuffer<Rgba<T>, Vec<T>>,
    degrees: u16,
    corner: Rgba<T>,
) -> ImageBuffer<Rgba<T>, Vec<T>>
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
        if from_x < 0.0 || from_y < 0.0 {
            return corner;
        }
        source.get_pixel_checked(from_x as u32, from_y as u32).copied().unwrap_or(corner)
    })
}

/// Lays a picture with transparent pixels on an opaque colour, which takes the transparency away.
pub(super) fn laid_on(picture: DynamicImage, Color([r, g, b, _]): Color) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let under = |value: u16, alpha: u16, background: u8| {
        let (value, alpha, background) = (u32::from(value), u32::from(alpha), u32::from(background) * 257);
        ((value * alpha + background * (65_535 - alpha) + 32_767) / 65_535) as u16
    };
    let pixels = ImageBuffer::from_fn(picture.width(), picture.height(), |_, _| image::Rgb([0_u16; 3]));
    let mut pixels: ImageBuffer<image::Rgb<u16>, Vec<u16>> = pixels;
    for (to, from) in pixels.pixels_mut().zip(picture.to_rgba16().pixels()) {
        let [red, green, blue, alpha] = from.0;
        to.0 = [under(red, alpha, r), under(green, alpha, g), under(blue, alpha, b)];
    }
    let laid = DynamicImage::ImageRgb16(pixels);
    if is_deep(&picture) { laid } else { DynamicImage::ImageRgb8(laid.to_rgb8()) }
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
    fn a_turn_of_any_angle_has_transparent_corners_or_the_named_colour() {
        let red = Color([255, 0, 0, 255]);
        let corner = |background| turned(&photo(30, 20), 45, background).to_rgba8().get_pixel(0, 0).0;
        assert_eq!(corner(Background::WhereNeeded(red)), [0, 0, 0, 0]);
        assert_eq!(corner(Background::Always(red)), [255, 0, 0, 255]);
    }

    #[test]
    fn a_free_turn_by_a_quarter_is_the_exact_one() {
        let picture = photo(30, 20);
        let quarter = Orientation::UPRIGHT.then_quarter_turns(1);
        let free = turned(&picture, 90, Background::WhereNeeded(Color::WHITE));
        assert_eq!(free.to_rgb8(), upright(picture, quarter).to_rgb8());
    }

    #[test]
    fn a_colour_shows_through_exactly_where_pixels_are_transparent() {
        let laid = laid_on(transparent(8, 8), Color([0, 0, 255, 255]));
        assert!(!laid.color().has_alpha());
        assert_eq!(laid.to_rgb8().get_pixel(0, 0).0, [0, 0, 255]);
        assert_eq!(laid.to_rgb8().get_pixel(7, 7).0, transparent(8, 8).to_rgb8().get_pixel(7, 7).0);
    }

    #[test]
    fn only_an_idle_alpha_channel_is_dropped() {
        let opaque: DynamicImage = photo(4, 4).to_rgba8().into();
        assert!(!without_idle_alpha(opaque).color().has_alpha());
        assert!(without_idle_alpha(transparent(4, 4)).color().has_alpha());
    }
}
