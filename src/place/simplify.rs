//! Leaves out the points of a line that do not show (Ramer 1972, Douglas and Peucker 1973).

/// A point in pixels.
pub(super) type Point = (f64, f64);

/// Returns the points of `line` without those that lie nearer than `tolerance` to what is left; the ends stay.
pub(super) fn simplified(line: &[Point], tolerance: f64) -> Vec<Point> {
    let mut keep = vec![false; line.len()];
    let mut parts = vec![(0, line.len().saturating_sub(1))];
    while let Some((first, last)) = parts.pop() {
        for end in [first, last] {
            if let Some(kept) = keep.get_mut(end) {
                *kept = true;
            }
        }
        if let Some((at, distance)) = farthest(line, first, last)
            && distance > tolerance
        {
            parts.extend([(first, at), (at, last)]);
        }
    }
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// Returns the point between two that lies farthest from the line through them, and how far.
fn farthest(line: &[Point], first: usize, last: usize) -> Option<(usize, f64)> {
    let (a, b) = (*line.get(first)?, *line.get(last)?);
    let between = line.get(first + 1..last)?.iter().enumerate();
    between
        .map(|(at, point)| (first + 1 + at, distance(*point, a, b)))
        .fold(None, |best, next| if best.is_some_and(|(_, far)| far >= next.1) { best } else { Some(next) })
}

/// Returns the distance of a point from the line between two others.
fn distance(point: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = dx * dx + dy * dy;
    let along = if square > 0.0 { ((point.0 - a.0) * dx + (point.1 - a.1) * dy) / square } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    (point.0 - a.0 - along * dx).hypot(point.1 - a.1 - along * dy)
}

#[cfg(test)]
mod tests {
    use super::simplified;

    #[test]
    fn points_that_do_not_show_go_and_ends_stay() {
        let line = [(0.0, 0.0), (1.0, 0.1), (2.0, -0.1), (3.0, 5.0), (4.0, 6.0), (5.0, 7.0)];
        assert_eq!(simplified(&line, 0.5), [(0.0, 0.0), (2.0, -0.1), (3.0, 5.0), (5.0, 7.0)]);
        assert_eq!(simplified(&line, 100.0), [(0.0, 0.0), (5.0, 7.0)]);
        assert_eq!(simplified(&line[..1], 1.0), [(0.0, 0.0)]);
        assert_eq!(simplified(&[], 1.0), []);
        // An island begins and ends at the same point.
        assert_eq!(simplified(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 0.0)], 1.0).len(), 4);
    }
}
