//! Writes rings and lines as the data of an SVG path: `M` and tenths of pixels, relative lines, and `z` after a ring.

use std::fmt::Write;

use super::simplify::Point;

/// Adds a ring to `path`, unless it covers less than `least_area` square pixels.
pub(super) fn push_ring(ring: &[Point], least_area: f64, path: &mut String) {
    let mut points = in_tenths(ring);
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if covers(&points) >= least_area.max(0.01) {
        write(&points, path);
        path.push('z');
    }
}

/// Adds a line to `path`, unless it has no length.
pub(super) fn push_line(line: &[Point], path: &mut String) {
    let points = in_tenths(line);
    if points.len() > 1 {
        write(&points, path);
    }
}

/// Writes the first point, and the others each from the one before.
fn write(points: &[(i64, i64)], path: &mut String) {
    let mut before: Option<(i64, i64)> = None;
    for (index, point) in points.iter().enumerate() {
        let (x, y) = before.map_or(*point, |before| (point.0 - before.0, point.1 - before.1));
        match index {
            0 => path.push('M'),
            1 => path.push('l'),
            _ => {}
        }
        number(x, index > 1, path);
        number(y, true, path);
        before = Some(*point);
    }
}

/// Returns the points in whole tenths, each different from the one before.
fn in_tenths(ring: &[Point]) -> Vec<(i64, i64)> {
    let mut points: Vec<_> = ring.iter().map(|(x, y)| (tenths(*x), tenths(*y))).collect();
    points.dedup();
    points
}

/// Rounds to tenths; a map is small enough for that.
#[expect(
    clippy::cast_possible_truncation,
    reason = "pixels of a map are far below the limit, and `as` saturates"
)]
fn tenths(px: f64) -> i64 {
    (px * 10.0).round() as i64
}

/// Returns the area in square pixels.
#[expect(clippy::cast_precision_loss, reason = "an area on a map is far below the limit")]
fn covers(points: &[(i64, i64)]) -> f64 {
    let after = points.iter().skip(1).chain(points.first());
    let twice: i64 = points.iter().zip(after).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    twice.unsigned_abs() as f64 / 200.0
}

/// Writes tenths in as few characters as can be; a minus sign parts numbers as well as a space does.
fn number(tenths: i64, follows: bool, path: &mut String) {
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    path.push_str(if tenths < 0 {
        "-"
    } else if follows {
        " "
    } else {
        ""
    });
    // Writing to a string does not fail.
    let _ = match (whole, rest) {
        (_, 0) => write!(path, "{whole}"),
        (0, _) => write!(path, ".{rest}"),
        _ => write!(path, "{whole}.{rest}"),
    };
}

#[cfg(test)]
mod tests {
    use super::{push_line, push_ring};

    #[test]
    fn rings_are_written_short() {
        let mut path = String::new();
        push_ring(&[(1.04, 2.0), (11.0, 2.5), (11.0, 2.5), (10.0, 12.0), (1.0, 2.0)], 1.0, &mut path);
        assert_eq!(path, "M1 2l10 .5-1 9.5z");
        for (ring, area) in
            [(vec![], 0.0), (vec![(1.0, 1.0); 5], 0.0), (vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], 2.0)]
        {
            push_ring(&ring, area, &mut path);
        }
        assert_eq!(path.len(), 17);
        push_line(&[(1.0, 1.0), (1.01, 1.0)], &mut path);
        push_line(&[(1.0, 1.0), (2.0, 0.5), (1.0, 1.0)], &mut path);
        assert_eq!(path, "M1 2l10 .5-1 9.5zM1 1l1-.5-1 .5");
    }
}
