//! Draws the land of a view as the path of an SVG, and places points on it.
//!
//! Knows outlines only: colours, dots and labels are the template's, which puts them into a `viewBox` of the map's size.

use super::clip::{clipped, clipped_line, is_outside};
use super::country::Country;
use super::outline::{self, Arc};
use super::projection::Projection;
use super::simplify::simplified;
use super::svg;
use super::view::View;

/// The longest path of all land, in bytes: a map is a small part of a page. Details go until it fits.
const LONGEST_PATH: usize = 24_000;

/// The finest detail that is drawn, in pixels; maps are shown on screens with two dots for each.
const FINEST_PX: f64 = 0.3;

/// How much coarser each try is.
const COARSER: f64 = 1.3;

/// The smallest island that is drawn, in square pixels.
const LEAST_ISLAND_PX: f64 = 1.5;

/// A map of one view: its size in pixels and its land.
#[derive(Clone, Debug)]
pub struct Map {
    /// Width in pixels, as asked for.
    pub width: u32,
    /// Height in pixels, by the shape of the view.
    pub height: u32,
    /// All land, as the data of one SVG path: `M`, `l` and `z` with at most one decimal, nothing outside of the map.
    ///
    /// To be filled, without a stroke: where land reaches the edge, the path runs along it. At most 24 kB.
    pub land: String,
    projection: Projection,
    /// The arcs as they are drawn, once for each turn of the earth that shows.
    turns: Vec<Vec<Arc>>,
}

impl Map {
    /// Draws the land of a view on a map of a width in pixels; the same input gives the same bytes.
    ///
    /// A view wider than 180 degrees shows all longitudes, in the Natural Earth projection; others are Mercator's.
    pub fn of(view: View, width_px: u32) -> Self {
        let projection = Projection::of(view, width_px);
        let whole = placed(&projection);
        let mut map = Self {
            width: width_px.max(1),
            height: px(projection.height_px),
            land: String::new(),
            projection,
            turns: Vec::new(),
        };
        let mut tolerance = FINEST_PX;
        loop {
            map.turns = simplified_turns(&whole, tolerance);
            map.land = map.path(&outline::LAND_RINGS, LEAST_ISLAND_PX);
            if map.land.len() <= LONGEST_PATH {
                return map;
            }
            tolerance *= COARSER;
        }
    }

    /// Returns where a point (degrees north and east) lies, in pixels from the upper left corner; `None` if outside.
    pub fn point(&self, lat: f64, lon: f64) -> Option<(f64, f64)> {
        self.projection.place_inside(lat, lon)
    }

    /// Returns the outline of one country as the data of an SVG path; `None` where nothing of it shows.
    pub fn country(&self, country: Country) -> Option<String> {
        Some(self.path(&outline::of(country), 0.0)).filter(|path| !path.is_empty())
    }

    /// Returns the borders between countries as the data of one SVG path, to be drawn as lines: `M` and `l`.
    ///
    /// Coasts are not among them, and nothing lies outside of the map. Empty where no border shows.
    pub fn borders(&self) -> String {
        let size = (self.projection.width_px, self.projection.height_px);
        let mut path = String::new();
        for arcs in &self.turns {
            let borders = arcs.iter().zip(outline::ARE_BORDERS.iter());
            for (arc, _) in borders.filter(|(_, is_border)| **is_border) {
                clipped_line(arc, size).iter().for_each(|part| svg::push_line(part, &mut path));
            }
        }
        path
    }

    /// Writes rings of arcs as one path, without those of less than `least_area` square pixels.
    fn path(&self, rings: &[Vec<i32>], least_area: f64) -> String {
        let size = (self.projection.width_px, self.projection.height_px);
        let mut path = String::new();
        for (arcs, numbers) in self.turns.iter().flat_map(|arcs| rings.iter().map(move |ring| (arcs, ring))) {
            let ring = outline::ring(numbers, arcs);
            if !is_outside(&ring, size) {
                svg::push_ring(&clipped(ring, size), least_area, &mut path);
            }
        }
        path
    }
}

/// Places all arcs, for each turn of the earth that shows; of arcs that cannot show, only the ends.
fn placed(projection: &Projection) -> Vec<Vec<Arc>> {
    let size = (projection.width_px, projection.height_px);
    let place = |(arc, corners): (&Arc, &[(f64, f64); 2]), turn: f64| {
        let at = |(lon, lat): &(f64, f64)| projection.place(*lat, lon + turn);
        let ends = || arc.first().into_iter().chain(arc.last()).map(at).collect();
        if projection.keeps_corners() && is_outside(&corners.each_ref().map(at), size) {
            return ends();
        }
        let points: Arc = arc.iter().map(at).collect();
        if is_outside(&points, size) { ends() } else { points }
    };
    let arcs = || outline::ARCS.iter().zip(outline::CORNERS.iter());
    projection.turns().into_iter().map(|turn| arcs().map(|arc| place(arc, turn)).collect()).collect()
}

/// Simplifies all arcs.
fn simplified_turns(turns: &[Vec<Arc>], tolerance: f64) -> Vec<Vec<Arc>> {
    turns.iter().map(|arcs| arcs.iter().map(|arc| simplified(arc, tolerance)).collect()).collect()
}

/// Returns whole pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded and at least 1; `as` saturates"
)]
fn px(length: f64) -> u32 {
    length as u32
}
