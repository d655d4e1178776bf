//! Tests of maps: what is drawn, where, and how much.

use super::{Country, Map, View, find_city};

const EUROPE: View = View { west: -11.0, south: 35.0, east: 32.0, north: 62.0 };

/// Returns the rings of a path; panics at anything but `M`, `l`, `z`, numbers and spaces.
fn rings(path: &str) -> Vec<Vec<(f64, f64)>> {
    assert!(path.chars().all(|char| "Mlz -.0123456789".contains(char)), "{path}");
    path.split_terminator('z').map(ring).collect()
}

/// Returns the points of `Mx yldx dy...`.
fn ring(text: &str) -> Vec<(f64, f64)> {
    let mut numbers: Vec<f64> = Vec::new();
    let mut number = String::new();
    for char in text.chars().chain([' ']) {
        if matches!(char, 'M' | 'l' | ' ' | '-') && !number.is_empty() {
            numbers.push(number.parse().expect("a number"));
            number.clear();
        }
        if matches!(char, '-' | '.' | '0'..='9') {
            number.push(char);
        }
    }
    let mut at = (0.0, 0.0);
    let step = |pair: &[f64]| {
        at = (at.0 + pair[0], at.1 + pair[1]);
        at
    };
    numbers.chunks_exact(2).map(step).collect()
}

/// Tells whether a point lies in a path filled by the even-odd rule.
fn covers(path: &str, (x, y): (f64, f64)) -> bool {
    let crosses = |a: &(f64, f64), b: &(f64, f64)| {
        (a.1 > y) != (b.1 > y) && x < a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1)
    };
    let count = |ring: &Vec<(f64, f64)>| {
        let after = ring.iter().cycle().skip(1);
        ring.iter().zip(after).filter(|(a, b)| crosses(a, b)).count()
    };
    rings(path).iter().map(count).sum::<usize>() % 2 == 1
}

fn country(code: &str) -> Country {
    Country::find(code).expect("a country")
}

#[test]
fn nothing_is_drawn_outside_of_the_map_and_paths_are_short() {
    let views = [
        View::world(),
        View { south: -90.0, north: 90.0, ..View::world() },
        EUROPE,
        View::around(&[(48.85, 2.35)]),
        View::around(&[(-36.85, 174.76), (-18.14, 178.44)]),
        View::around(&[(65.0, -179.0)]),
        View::around(&[(12.0, 123.0), (1.35, 103.8)]),
        View { west: -80.0, south: -55.0, east: 90.0, north: 70.0 },
    ];
    for (view, width) in views.into_iter().flat_map(|view| [(view, 320), (view, 1920)]) {
        let map = Map::of(view, width);
        assert!(map.land.len() < 25_000, "{} for {view:?}", map.land.len());
        assert_eq!(map.width, width);
        let borders = map.borders();
        assert!(borders.len() < 20_000, "{} for {view:?}", borders.len());
        let borders: String = borders.split_inclusive('M').map(|line| line.replace('M', "zM")).collect();
        let borders = borders.trim_start_matches('z').to_owned();
        let countries: Vec<_> = Country::all().filter_map(|country| map.country(country)).collect();
        for path in countries.iter().chain([&map.land, &borders]) {
            for (x, y) in rings(path).into_iter().flatten() {
                let inside = (-0.06..=f64::from(width) + 0.06).contains(&x)
                    && (-0.06..=f64::from(map.height) + 0.06).contains(&y);
                assert!(inside, "{x} {y} for {view:?}");
            }
        }
    }
}

#[test]
fn capitals_lie_in_their_countries_and_on_land() {
    let cases = [
        ("Paris", "FR"),
        ("Berlin", "DE"),
        ("Madrid", "ES"),
        ("Rome", "IT"),
        ("Warsaw", "PL"),
        ("Vienna", "AT"),
    ];
    for map in [Map::of(View::world(), 960), Map::of(EUROPE, 960)] {
        for (name, code) in cases {
            let city = find_city(name, Some(country(code))).expect(name);
            let at = map.point(city.lat, city.lon).expect(name);
            assert!(covers(&map.land, at), "{name}");
            for (_, other) in cases {
                let path = map.country(country(other)).expect(other);
                assert_eq!(covers(&path, at), other == code, "{name} in {other}");
            }
        }
    }
}

#[test]
fn the_crimea_is_in_ukraine() {
    let map = Map::of(View::around(&[(44.95, 34.1)]), 960);
    let at = map.point(44.95, 34.1).expect("inside");
    let in_country = |code| map.country(country(code)).is_some_and(|path| covers(&path, at));
    assert!(in_country("UA") && !in_country("RU"));
}

#[test]
fn seas_are_not_land() {
    let world = Map::of(View::world(), 960);
    let cases =
        [(0.0, 0.0), (40.0, -40.0), (42.0, 51.0), (36.0, 18.0), (43.0, 34.0), (-20.0, 80.0), (75.0, -179.0)];
    for (lat, lon) in cases {
        let at = world.point(lat, lon).expect("a point of the world");
        assert!(!covers(&world.land, at), "{lat} {lon}");
    }
    for (lat, lon) in [(66.5, 179.5), (66.5, -179.5), (-25.0, 135.0), (0.0, 25.0), (65.0, -150.0)] {
        let at = world.point(lat, lon).expect("a point of the world");
        assert!(covers(&world.land, at), "{lat} {lon}");
    }
}

#[test]
fn points_of_a_view_around_them_lie_well_inside() {
    let sets: [&[&str]; 4] = [
        &["Amsterdam", "Barcelona", "Berlin"],
        &["Paris"],
        &["Auckland", "Suva", "Wellington"],
        &["Amsterdam", "Barcelona", "Tokyo", "San Francisco", "Cape Town"],
    ];
    for names in sets {
        let cities: Vec<_> = names.iter().map(|name| find_city(name, None).expect(name)).collect();
        let points: Vec<_> = cities.iter().map(|city| (city.lat, city.lon)).collect();
        let map = Map::of(View::around(&points), 960);
        for (lat, lon) in points {
            let (x, y) = map.point(lat, lon).expect("inside");
            assert!(
                (40.0..=920.0).contains(&x) && (30.0..=f64::from(map.height) - 30.0).contains(&y),
                "{names:?}"
            );
        }
    }
    assert_eq!(Map::of(View::around(&[(52.4, 4.9), (41.4, 2.2), (52.5, 13.4)]), 960).height, 540);
}

#[test]
fn what_does_not_show_is_none() {
    let map = Map::of(EUROPE, 960);
    assert_eq!(map.country(country("AU")), None);
    assert_eq!(map.point(-33.9, 151.2), None);
    assert!(map.country(country("LU")).is_some());
    assert_eq!(Map::of(View::around(&[(-18.1, 178.4)]), 960).borders(), "");
    assert_eq!(Map::of(View::world(), 960).point(-80.0, 0.0), None);
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    assert_eq!(Map::of(EUROPE, 960).land, Map::of(EUROPE, 960).land);
}
