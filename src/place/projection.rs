//! Turns latitude and longitude into pixels of one map.
//!
//! Parts of the earth are shown in Mercator's projection, which keeps shapes as people know them; the whole of it in
//! the Natural Earth projection (Šavrič, Jenny, Patterson, Petrovič, Hurni 2011), which keeps the north from swelling.

use super::view::{View, wrapped};

/// Beyond this latitude Mercator's map has no end.
const MERCATOR_LIMIT: f64 = 85.0;

/// How one map places points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    kind: Kind,
    view: View,
    /// Coordinates of the upper left corner, before scaling.
    corner: (f64, f64),
    px_per_unit: f64,
    /// Size of the map in pixels.
    pub(super) width_px: f64,
    pub(super) height_px: f64,
}

/// The two projections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Mercator,
    NaturalEarth,
}

impl Projection {
    /// Returns the projection for a view on a map of a width in pixels.
    pub(super) fn of(view: View, width_px: u32) -> Self {
        let view = view.checked();
        let kind = if view.width() > 180.0 { Kind::NaturalEarth } else { Kind::Mercator };
        // The Natural Earth map is widest where it is nearest to the equator.
        let widest_lat = 0.0_f64.clamp(view.south, view.north);
        let (left, top) = (kind.raw(widest_lat, view.west).0, kind.raw(view.north, 0.0).1);
        let (right, bottom) = (kind.raw(widest_lat, view.east).0, kind.raw(view.south, 0.0).1);
        let width_px = f64::from(width_px.max(1));
        let px_per_unit = width_px / (right - left);
        let height_px = ((top - bottom) * px_per_unit).round().max(1.0);
        Self { kind, view, corner: (left, top), px_per_unit, width_px, height_px }
    }

    /// Returns where a point lies on the map, in pixels from the upper left corner; it may lie outside.
    ///
    /// The longitude is taken as it is: what lies across the antimeridian needs 360 degrees added by the caller.
    pub(super) fn place(&self, lat: f64, lon: f64) -> (f64, f64) {
        let (x, y) = self.kind.raw(lat, lon);
        ((x - self.corner.0) * self.px_per_unit, (self.corner.1 - y) * self.px_per_unit)
    }

    /// Returns where a point lies on the map, `None` if it lies outside of the view.
    pub(super) fn place_inside(&self, lat: f64, lon: f64) -> Option<(f64, f64)> {
        let east_of_edge = (lon - self.view.west).rem_euclid(360.0);
        let inside = lat >= self.view.south && lat <= self.view.north && east_of_edge <= self.view.width();
        inside.then(|| self.place(lat, self.view.west + east_of_edge))
    }

    /// Says whether what lies between two corners on the earth lies between them on the map, too.
    pub(super) fn keeps_corners(&self) -> bool {
        self.kind == Kind::Mercator
    }

    /// Returns what is to be added to longitudes from -180 to 180, so that some of them lie in the view.
    pub(super) fn turns(&self) -> Vec<f64> {
        match self.kind {
            Kind::NaturalEarth => vec![0.0],
            Kind::Mercator if wrapped(self.view.west) + self.view.width() > 180.0 => vec![0.0, 360.0],
            Kind::Mercator => vec![0.0],
        }
    }
}

impl Kind {
    /// Returns a point's coordinates in degrees of the equator, x to the east and y to the north.
    fn raw(self, lat: f64, lon: f64) -> (f64, f64) {
        match self {
            Self::Mercator => (lon, mercator_y(lat)),
            Self::NaturalEarth => natural_earth(lat, lon),
        }
    }
}

/// Returns Mercator's height of a latitude, in degrees of the equator.
pub(super) fn mercator_y(lat: f64) -> f64 {
    lat.clamp(-MERCATOR_LIMIT, MERCATOR_LIMIT).to_radians().tan().asinh().to_degrees()
}

/// Returns the latitude at Mercator's height, both in degrees.
pub(super) fn mercator_lat(y: f64) -> f64 {
    y.to_radians().sinh().atan().to_degrees()
}

/// The authors' polynomials in the latitude: one for the length of a parallel, one for its height.
fn natural_earth(lat: f64, lon: f64) -> (f64, f64) {
    let phi = lat.to_radians();
    let square = phi * phi;
    let fourth = square * square;
    let length =
        0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth));
    let height =
        phi * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)));
    (lon * length, height.to_degrees())
}

#[cfg(test)]
mod tests {
    use super::{Projection, mercator_lat, mercator_y, natural_earth};
    use crate::place::view::View;

    #[test]
    fn mercators_height_goes_both_ways() {
        for lat in [-80.0, -33.3, 0.0, 45.0, 84.0] {
            assert!((mercator_lat(mercator_y(lat)) - lat).abs() < 1e-9, "{lat}");
        }
        assert!((mercator_y(60.0) - 75.4561).abs() < 1e-3);
    }

    #[test]
    fn the_natural_earth_map_is_as_its_authors_say() {
        // Length of the pole line and of the central meridian by the equator, from the paper's figures.
        let (pole, top) = natural_earth(90.0, 180.0);
        let (equator, _) = natural_earth(0.0, 180.0);
        assert!((equator - 180.0 * 0.8707).abs() < 1e-9);
        assert!((pole / equator - 0.5544).abs() < 0.01, "{}", pole / equator);
        assert!((top / equator - 0.52).abs() < 0.01, "{}", top / equator);
    }

    #[test]
    fn points_are_placed_across_the_antimeridian() {
        let fiji = Projection::of(View { west: 170.0, south: -25.0, east: 190.0, north: -10.0 }, 800);
        assert_eq!(fiji.turns(), [0.0, 360.0]);
        assert!(fiji.place_inside(-18.0, -175.0).is_some_and(|(x, _)| (x - 600.0).abs() < 1e-6));
        assert!(fiji.place_inside(-18.0, 185.0).is_some());
        assert_eq!(fiji.place_inside(-18.0, 160.0), None);
        assert_eq!(fiji.place_inside(40.0, 175.0), None);
    }
}
