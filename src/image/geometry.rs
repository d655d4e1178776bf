//! Sizes, rectangles and the eight ways a picture can lie: [`Size`], `Rect`, [`Orientation`].
//!
//! Pure arithmetic; pixels are moved by `transform`.

/// Width and height of a picture in pixels, always as seen upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Size {
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
}

impl Size {
    /// Makes a size from width and height in pixels.
    pub const fn new(width_px: u32, height_px: u32) -> Self {
        Self { width_px, height_px }
    }

    /// Returns width times height.
    pub fn pixels(self) -> u64 {
        u64::from(self.width_px) * u64::from(self.height_px)
    }

    /// Returns the size with its sides exchanged.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self::new(self.height_px, self.width_px)
    }

    /// Returns the rectangle that covers a picture of this size.
    pub(super) fn whole(self) -> Rect {
        Rect { x: 0.0, y: 0.0, width: f64::from(self.width_px), height: f64::from(self.height_px) }
    }
}

/// A rectangle in pixels of the source; fractions occur where a scaled picture is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// How stored pixels become upright ones: exchange the axes, then mirror left-right, then top-bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Orientation {
    swaps_axes: bool,
    mirrors_x: bool,
    mirrors_y: bool,
}

impl Orientation {
    /// Stored as seen.
    pub const UPRIGHT: Self = Self { swaps_axes: false, mirrors_x: false, mirrors_y: false };

    /// Returns the orientation of an EXIF value (CIPA DC-008: 1 to 8, values 5 to 8 swap the sides).
    ///
    /// Any other value is what broken cameras write, and means upright.
    pub fn from_exif(value: u16) -> Self {
        let (swaps_axes, mirrors_x, mirrors_y) = match value {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, true, false),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => (false, false, false),
        };
        Self { swaps_axes, mirrors_x, mirrors_y }
    }

    /// Returns the EXIF value, 1 to 8.
    pub fn to_exif(self) -> u8 {
        match (self.swaps_axes, self.mirrors_x, self.mirrors_y) {
            (false, false, false) => 1,
            (false, true, false) => 2,
            (false, true, true) => 3,
            (false, false, true) => 4,
            (true, false, false) => 5,
            (true, true, false) => 6,
            (true, true, true) => 7,
            (true, false, true) => 8,
        }
    }

    /// Returns the size seen of a picture stored in `size`, and the other way round.
    pub(super) fn turned(self, size: Size) -> Size {
        if self.swaps_axes { size.swapped() } else { size }
    }

    /// Returns this orientation followed by so many quarter turns counter-clockwise.
    pub(super) fn then_quarter_turns(self, turns: u16) -> Self {
        let next = Self::from_exif([1, 8, 3, 6][usize::from(turns % 4)]);
        // A mirror before an exchange of axes is the other mirror after it.
        let (mirrors_x, mirrors_y) =
            if next.swaps_axes { (self.mirrors_y, self.mirrors_x) } else { (self.mirrors_x, self.mirrors_y) };
        Self {
            swaps_axes: self.swaps_axes != next.swaps_axes,
            mirrors_x: mirrors_x != next.mirrors_x,
            mirrors_y: mirrors_y != next.mirrors_y,
        }
    }

    /// Returns where a rectangle of the upright picture of `size` lies among the stored pixels.
    pub(super) fn stored_rect(self, rect: Rect, size: Size) -> Rect {
        let Rect { mut x, mut y, width, height } = rect;
        if self.mirrors_x {
            x = f64::from(size.width_px) - x - width;
        }
        if self.mirrors_y {
            y = f64::from(size.height_px) - y - height;
        }
        if self.swaps_axes {
            return Rect { x: y, y: x, width: height, height: width };
        }
        Rect { x, y, width, height }
    }
}

/// Returns the size of a picture turned by whole degrees, corners included.
///
/// Quarter turns are exact; any other angle is rounded up as Hugo 0.168 does (recorded: 600x400 by 45 degrees
/// is 708x708, by 1 degree 608x412).
pub(super) fn turned_size(size: Size, degrees: u16) -> Size {
    match degrees % 360 {
        0 | 180 => return size,
        90 | 270 => return size.swapped(),
        _ => {}
    }
    let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
    let across = f64::from(size.width_px.saturating_sub(1));
    let down = f64::from(size.height_px.saturating_sub(1));
    // The distance between the outermost pixel centres, and a pixel more; two where a fraction is left.
    let side = |a: f64, b: f64| {
        let length = a.abs() + b.abs() + 1.0;
        let whole = length.floor();
        (if length - whole > 0.01 { whole + 2.0 } else { whole }) as u32
    };
    Size::new(side(across * cos, down * sin), side(across * sin, down * cos))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exif_value_is_its_own_orientation_and_others_are_upright() {
        for value in 1..=8 {
            assert_eq!(u16::from(Orientation::from_exif(value).to_exif()), value);
        }
        assert_eq!(Orientation::from_exif(0), Orientation::UPRIGHT);
        assert_eq!(Orientation::from_exif(999), Orientation::UPRIGHT);
    }

    #[test]
    fn four_quarter_turns_change_nothing() {
        for value in 1..=8 {
            let start = Orientation::from_exif(value);
            assert_eq!(start.then_quarter_turns(1).then_quarter_turns(3), start);
            assert_eq!(start.then_quarter_turns(2).then_quarter_turns(2), start);
        }
        // EXIF 6 is a quarter clockwise, so a quarter counter-clockwise undoes it.
        assert_eq!(Orientation::from_exif(6).then_quarter_turns(1), Orientation::UPRIGHT);
    }

    #[test]
    fn turned_sizes_are_the_recorded_ones() {
        let table = [
            (0, 600, 400),
            (1, 608, 412),
            (2, 615, 422),
            (10, 662, 499),
            (15, 684, 543),
            (30, 721, 648),
            (45, 708, 708),
            (60, 648, 721),
            (89, 412, 608),
            (90, 400, 600),
            (91, 412, 608),
            (135, 708, 708),
            (180, 600, 400),
            (200, 702, 582),
            (270, 400, 600),
            (300, 648, 721),
            (359, 608, 412),
        ];
        for (degrees, width, height) in table {
            assert_eq!(turned_size(Size::new(600, 400), degrees), Size::new(width, height), "r{degrees}");
        }
    }
}
