//! Cuts rings (Sutherland and Hodgman 1974) and lines off at the edges of a map.
//!
//! A ring that leaves the map and comes back stays one ring, whose parts are joined along the edge: right for filling,
//! not for a stroke.

use super::simplify::Point;

/// One edge of the map: which coordinate it limits, where, and on which side the map lies.
#[derive(Clone, Copy)]
struct Edge {
    axis: Axis,
    at: f64,
    inside: Inside,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Above,
    Below,
}

impl Edge {
    /// Tells whether a point lies on the map's side.
    fn has(self, point: Point) -> bool {
        let value = if self.axis == Axis::X { point.0 } else { point.1 };
        if self.inside == Inside::Above { value >= self.at } else { value <= self.at }
    }

    /// Returns where the line between two points on different sides crosses the edge.
    fn crossing(self, a: Point, b: Point) -> Point {
        match self.axis {
            Axis::X => (self.at, a.1 + (b.1 - a.1) * (self.at - a.0) / (b.0 - a.0)),
            Axis::Y => (a.0 + (b.0 - a.0) * (self.at - a.1) / (b.1 - a.1), self.at),
        }
    }

    /// Returns the part of a ring on the map's side.
    fn cut(self, ring: &[Point]) -> Vec<Point> {
        let mut cut = Vec::with_capacity(ring.len());
        let before = ring.last().into_iter().chain(ring);
        for (a, b) in before.zip(ring) {
            if self.has(*a) != self.has(*b) {
                cut.push(self.crossing(*a, *b));
            }
            if self.has(*b) {
                cut.push(*b);
            }
        }
        cut
    }
}

/// Returns the edges of a box from the origin to `size`.
fn edges(size: Point) -> [Edge; 4] {
    [
        Edge { axis: Axis::X, at: 0.0, inside: Inside::Above },
        Edge { axis: Axis::X, at: size.0, inside: Inside::Below },
        Edge { axis: Axis::Y, at: 0.0, inside: Inside::Above },
        Edge { axis: Axis::Y, at: size.1, inside: Inside::Below },
    ]
}

/// Returns the part of a ring within a box from the origin to `size`.
pub(super) fn clipped(ring: Vec<Point>, size: Point) -> Vec<Point> {
    // Most rings lie on one side of an edge as a whole.
    let cut =
        |ring: Vec<Point>, edge: Edge| if ring.iter().all(|p| edge.has(*p)) { ring } else { edge.cut(&ring) };
    edges(size).into_iter().fold(ring, cut)
}

/// Returns the parts of a line within a box from the origin to `size`.
pub(super) fn clipped_line(line: &[Point], size: Point) -> Vec<Vec<Point>> {
    let edges = edges(size);
    let mut parts: Vec<Vec<Point>> = Vec::new();
    for (a, b) in line.iter().zip(line.iter().skip(1)) {
        let Some((from, to)) = step_within(*a, *b, &edges) else { continue };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&from) => part.push(to),
            _ => parts.push(vec![from, to]),
        }
    }
    parts
}

/// Returns the part of the line between two points on the map's side of all edges.
fn step_within(a: Point, b: Point, edges: &[Edge]) -> Option<(Point, Point)> {
    edges.iter().try_fold((a, b), |(a, b), edge| match (edge.has(a), edge.has(b)) {
        (true, true) => Some((a, b)),
        (true, false) => Some((a, edge.crossing(a, b))),
        (false, true) => Some((edge.crossing(a, b), b)),
        (false, false) => None,
    })
}

/// Tells whether all points lie beyond one and the same edge of the box, so that no line between them can show.
pub(super) fn is_outside(line: &[Point], size: Point) -> bool {
    line.iter().all(|p| p.0 < 0.0)
        || line.iter().all(|p| p.0 > size.0)
        || line.iter().all(|p| p.1 < 0.0)
        || line.iter().all(|p| p.1 > size.1)
}

#[cfg(test)]
mod tests {
    use super::{clipped, clipped_line, is_outside};

    #[test]
    fn rings_are_cut_at_the_box() {
        let size = (10.0, 10.0);
        let inside = vec![(1.0, 1.0), (9.0, 1.0), (5.0, 9.0)];
        assert_eq!(clipped(inside.clone(), size), inside);
        let across = vec![(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)];
        assert_eq!(clipped(across, size), [(5.0, 5.0), (10.0, 5.0), (10.0, 8.0), (5.0, 8.0)]);
        let around = vec![(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)];
        assert_eq!(clipped(around, size).len(), 4);
        assert_eq!(clipped(vec![(11.0, 1.0), (19.0, 1.0), (15.0, 9.0)], size), []);
        assert_eq!(clipped(Vec::new(), size), []);
    }

    #[test]
    fn lines_fall_into_parts() {
        let line = [(-5.0, 5.0), (5.0, 5.0), (5.0, 15.0), (8.0, 15.0), (8.0, 8.0), (9.0, 8.0)];
        let parts = [vec![(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)], vec![(8.0, 10.0), (8.0, 8.0), (9.0, 8.0)]];
        assert_eq!(clipped_line(&line, (10.0, 10.0)), parts);
        assert!(clipped_line(&line[..1], (10.0, 10.0)).is_empty());
    }

    #[test]
    fn lines_beyond_one_edge_are_outside() {
        assert!(is_outside(&[(11.0, 1.0), (12.0, 30.0)], (10.0, 10.0)));
        assert!(!is_outside(&[(11.0, 5.0), (5.0, 11.0)], (10.0, 10.0)));
    }
}
