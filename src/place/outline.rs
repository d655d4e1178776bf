//! Reads the outlines of land and of countries.
//!
//! Borders are arcs that neighbours share, as in TopoJSON: simplified once, they fit on both sides. The table is read once.

use std::sync::LazyLock;

use super::country::Country;

/// Arcs, one a line, in order; an empty line; then rings: a code, and lists of arcs parted by `;`. `~n` (below zero)
/// is arc `n` backwards. `**` stands for all land. An arc is written as an encoded polyline (longitude, latitude) in
/// hundredths of a degree.
const DATA: &str = include_str!("data/land.txt");

/// The code of the line with all land.
const LAND: &str = "**";

/// A line of points, each longitude and latitude in degrees.
pub(super) type Arc = Vec<(f64, f64)>;

/// All arcs.
pub(super) static ARCS: LazyLock<Vec<Arc>> =
    LazyLock::new(|| DATA.lines().take_while(|line| !line.is_empty()).map(read_arc).collect());

/// Of each arc the corner in the south-west and that in the north-east.
pub(super) static CORNERS: LazyLock<Vec<[(f64, f64); 2]>> = LazyLock::new(|| {
    let corners = |arc: &Arc| {
        let fold = |from: f64, pick: fn(f64, f64) -> f64| {
            arc.iter().fold((from, from), |corner, point| (pick(corner.0, point.0), pick(corner.1, point.1)))
        };
        [fold(f64::INFINITY, f64::min), fold(f64::NEG_INFINITY, f64::max)]
    };
    ARCS.iter().map(corners).collect()
});

/// The rings around all land, as numbers of arcs.
pub(super) static LAND_RINGS: LazyLock<Vec<Vec<i32>>> = LazyLock::new(|| rings(LAND));

/// Of each arc whether it is a border between two countries: the coast has all others.
pub(super) static ARE_BORDERS: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut borders = vec![true; ARCS.len()];
    for number in LAND_RINGS.iter().flatten() {
        if let Some(border) = index(*number).and_then(|index| borders.get_mut(index)) {
            *border = false;
        }
    }
    borders
});

/// Returns the rings of one country, as numbers of arcs; none if the table has no outline of it.
pub(super) fn of(country: Country) -> Vec<Vec<i32>> {
    rings(country.code())
}

/// Returns which arc a number stands for, in either direction.
fn index(number: i32) -> Option<usize> {
    usize::try_from(number.max(!number)).ok()
}

/// Puts a ring together from its arcs; the last point is not the first again.
pub(super) fn ring(numbers: &[i32], arcs: &[Arc]) -> Arc {
    let mut points = Arc::new();
    for number in numbers {
        let Some(arc) = index(*number).and_then(|index| arcs.get(index)) else { continue };
        // The end of each arc is the beginning of the next.
        if *number < 0 {
            points.extend(arc.iter().skip(1).rev());
        } else {
            points.extend(arc.split_last().map(|(_, but_last)| but_last).unwrap_or_default());
        }
    }
    points
}

/// Finds the line of a code and reads it.
fn rings(code: &str) -> Vec<Vec<i32>> {
    let lines = DATA.lines().skip_while(|line| !line.is_empty());
    let listed = lines.filter_map(|line| line.split_once(' ')).find(|(name, _)| *name == code);
    let read = |ring: &str| ring.split(' ').filter_map(|number| number.parse().ok()).collect();
    listed.map(|(_, rings)| rings.split(';').map(read).collect()).unwrap_or_default()
}

/// Reads an encoded polyline.
fn read_arc(line: &str) -> Arc {
    let mut steps = steps(line).into_iter();
    let (mut arc, mut lon, mut lat) = (Arc::new(), 0, 0);
    while let (Some(east), Some(north)) = (steps.next(), steps.next()) {
        lon += east;
        lat += north;
        arc.push((f64::from(lon) / 100.0, f64::from(lat) / 100.0));
    }
    arc
}

/// Reads the numbers of an encoded polyline: five bits a letter, the low ones first, the sign as the lowest.
fn steps(line: &str) -> Vec<i32> {
    let (mut steps, mut number, mut shift) = (Vec::new(), 0_u32, 0);
    for letter in line.bytes() {
        let bits = u32::from(letter.wrapping_sub(63));
        number |= (bits & 0x1f) << shift;
        if bits & 0x20 != 0 && shift < 25 {
            shift += 5;
            continue;
        }
        let half = (number >> 1).cast_signed();
        steps.push(if number & 1 == 1 { !half } else { half });
        (number, shift) = (0, 0);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::{ARCS, LAND_RINGS, of, ring, steps};
    use crate::place::country::Country;

    #[test]
    fn polylines_are_read_as_googles_example() {
        assert_eq!(steps("_p~iF~ps|U"), [3_850_000, -12_020_000]);
    }

    #[test]
    fn every_outline_closes_and_lies_on_the_earth() {
        let coast = LAND_RINGS.iter().cloned();
        let borders = Country::all().flat_map(of);
        let mut count = 0;
        for numbers in coast.chain(borders) {
            let points = ring(&numbers, &ARCS);
            assert!(points.iter().all(|(lon, lat)| lon.abs() <= 180.0 && lat.abs() <= 90.0), "{numbers:?}");
            let jump = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).abs();
            // The longest straight line is the edge of the map under the Antarctic.
            let widest =
                points.iter().zip(points.iter().skip(1)).map(|(a, b)| jump(a, b)).fold(0.0, f64::max);
            assert!(widest < 30.0 || points.iter().any(|(_, lat)| *lat < -85.0), "{widest} {numbers:?}");
            count += 1;
        }
        assert!(count > 1000, "{count}");
    }
}
