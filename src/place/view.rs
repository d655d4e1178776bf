//! Which part of the earth a map shows.

use super::projection::{mercator_lat, mercator_y};

/// The side lengths of a map around points: sixteen to nine, as most screens.
const ASPECT: f64 = 16.0 / 9.0;

/// The least width of a map around points, in degrees: the coasts and borders by which one knows a place.
const LEAST_WIDTH: f64 = 20.0;

/// The share of the width and height that is added on each side of the outermost points, for dots and their labels.
const MARGIN: f64 = 0.12;

/// Wider maps than this show the whole world: Mercator's would be mostly Greenland.
const WIDEST: f64 = 160.0;

/// How far north and south a map around points may reach; Mercator's scale there is four times that at the equator.
const FARTHEST_NORTH: f64 = 80.0;
const FARTHEST_SOUTH: f64 = -70.0;

/// A part of the earth, in degrees, north and east positive.
///
/// A view across the antimeridian has an `east` beyond 180. A view wider than 180 degrees shows all longitudes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The western edge.
    pub west: f64,
    /// The southern edge.
    pub south: f64,
    /// The eastern edge.
    pub east: f64,
    /// The northern edge.
    pub north: f64,
}

impl View {
    /// Returns all the earth but the Antarctic and the ice around the north pole, where few conferences are held.
    pub fn world() -> Self {
        Self { west: -180.0, south: -57.0, east: 180.0, north: 84.0 }
    }

    /// Returns a view with all `points` (latitude and longitude), some room around them, and sides as 16 to 9.
    ///
    /// Points that lie on both sides of the Pacific make a view across the antimeridian where that is narrower. Points
    /// too far from each other for that, or too near a pole, make a view of the whole world, as do no points.
    pub fn around(points: &[(f64, f64)]) -> Self {
        let points: Vec<_> =
            points.iter().copied().filter(|(lat, lon)| lat.is_finite() && lon.is_finite()).collect();
        Self::near(&points).unwrap_or_else(|| Self::world_with(&points))
    }

    /// Returns the longitudes from west to east, in degrees.
    pub(super) fn width(self) -> f64 {
        self.east - self.west
    }

    /// Returns a view that can be drawn: finite, not empty, within the poles, and eastward.
    pub(super) fn checked(self) -> Self {
        let Self { west, south, east, north } = self;
        let finite = [west, south, east, north].into_iter().all(f64::is_finite);
        let (south, north) = (south.max(-90.0), north.min(90.0));
        if !finite || north - south < 0.01 {
            return Self::world();
        }
        let width = if east - west >= 360.0 { 360.0 } else { (east - west).rem_euclid(360.0) };
        match width {
            0.0..0.01 => Self::world(),
            ..=180.0 => Self { west: wrapped(west), south, east: wrapped(west) + width, north },
            _ => Self { west: -180.0, south, east: 180.0, north },
        }
    }

    /// Returns the view around points that lie near enough to each other.
    fn near(points: &[(f64, f64)]) -> Option<Self> {
        let (west, width) = span(points)?;
        let south = points.iter().map(|point| point.0).fold(f64::INFINITY, f64::min);
        let north = points.iter().map(|point| point.0).fold(f64::NEG_INFINITY, f64::max);
        if south < FARTHEST_SOUTH || north > FARTHEST_NORTH {
            return None;
        }
        let (bottom, top) = (mercator_y(south), mercator_y(north));
        let room = 1.0 + 2.0 * MARGIN;
        let wide = (width * room).max(LEAST_WIDTH).max((top - bottom) * room * ASPECT);
        let (lowest, highest) = (mercator_y(FARTHEST_SOUTH), mercator_y(FARTHEST_NORTH));
        let high = wide / ASPECT;
        if wide > WIDEST || high > highest - lowest {
            return None;
        }
        let bottom = ((bottom + top - high) / 2.0).clamp(lowest, highest - high);
        let west = wrapped(west + (width - wide) / 2.0);
        Some(Self {
            west,
            south: mercator_lat(bottom),
            east: west + wide,
            north: mercator_lat(bottom + high),
        })
    }

    /// Returns the world, as far to the poles as the points ask for.
    fn world_with(points: &[(f64, f64)]) -> Self {
        let world = Self::world();
        let south = if points.iter().any(|point| point.0 < world.south + 1.0) { -90.0 } else { world.south };
        let north = if points.iter().any(|point| point.0 > world.north - 1.0) { 90.0 } else { world.north };
        Self { south, north, ..world }
    }
}

/// Returns a longitude from -180 up to, not including, 180.
pub(super) fn wrapped(lon: f64) -> f64 {
    (lon + 180.0).rem_euclid(360.0) - 180.0
}

/// Returns the western end and the width of the narrowest band that has all longitudes; `None` without points.
///
/// That is all of the circle but the widest gap between two neighbours.
fn span(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut lons: Vec<f64> = points.iter().map(|point| wrapped(point.1)).collect();
    lons.sort_by(f64::total_cmp);
    let (first, last) = (*lons.first()?, *lons.last()?);
    let mut best = (first, last - first);
    for (before, after) in lons.iter().zip(lons.iter().skip(1)) {
        let width = 360.0 - (after - before);
        // Of two equal bands the first stays, and a hair's breadth is no reason to cross the antimeridian.
        if width < best.1 - 1e-9 {
            best = (*after, width);
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use super::View;

    /// Latitudes and longitudes.
    type Points = &'static [(f64, f64)];

    #[test]
    fn views_around_points_have_room_and_shape() {
        let cases: [(Points, f64, f64); 6] = [
            (&[(48.85, 2.35)], -7.65, 12.35),
            (&[(52.37, 4.89), (41.39, 2.16), (52.52, 13.4)], -10.3, 25.8),
            (&[(-36.85, 174.76)], 164.8, 184.8),
            (&[(-36.85, 174.76), (-18.14, 178.44), (-13.8, -171.8)], 153.1, 209.9),
            (&[(78.2, 15.6)], 5.6, 25.6),
            (&[(0.0, 179.9), (0.0, -179.9)], 170.0, 190.0),
        ];
        for (points, west, east) in cases {
            let view = View::around(points);
            assert!((view.west - west).abs() < 0.6 && (view.east - east).abs() < 0.6, "{points:?} {view:?}");
            assert!(view.south < view.north && view.south > -85.0 && view.north < 85.0, "{view:?}");
        }
    }

    #[test]
    fn points_far_apart_make_a_view_of_the_world() {
        let world = View::world();
        let cases: [(Points, View); 6] = [
            (&[], world),
            (&[(f64::NAN, 3.0)], world),
            (&[(48.0, 2.0), (35.0, 139.0), (37.0, -122.0)], world),
            (&[(52.0, 5.0), (-34.0, 151.0)], world),
            (&[(-77.85, 166.67)], View { south: -90.0, ..world }),
            (&[(89.0, 0.0)], View { north: 90.0, ..world }),
        ];
        for (points, view) in cases {
            assert_eq!(View::around(points), view, "{points:?}");
        }
    }

    #[test]
    fn views_that_cannot_be_drawn_are_mended() {
        let view = |west, south, east, north| View { west, south, east, north };
        let cases = [
            (view(170.0, -50.0, -170.0, -30.0), view(170.0, -50.0, 190.0, -30.0)),
            (view(-100.0, 0.0, 150.0, 60.0), view(-180.0, 0.0, 180.0, 60.0)),
            (view(350.0, 30.0, 370.0, 99.0), view(-10.0, 30.0, 10.0, 90.0)),
            (view(0.0, 50.0, 10.0, 40.0), View::world()),
            (view(5.0, 40.0, 5.0, 50.0), View::world()),
            (view(f64::NAN, 0.0, 1.0, 1.0), View::world()),
            (view(-180.0, -90.0, 180.0, 90.0), view(-180.0, -90.0, 180.0, 90.0)),
        ];
        for (given, mended) in cases {
            assert_eq!(given.checked(), mended, "{given:?}");
        }
    }
}
