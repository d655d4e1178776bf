//! Cities by name: where they lie and how many people live there.
//!
//! About ten thousand, in the languages of `country` and their own. A name that several share is found only where it
//! is clear which one is meant: a wrong dot on a map is worse than a question to the author.

use std::sync::LazyLock;

use super::country::Country;
use super::fold::fold;

/// Cities by country: a line `=CC` opens one. Then names parted by `|`, latitude and longitude in hundredths of a
/// degree, and thousands of inhabitants, parted by tabs. `*` before a name: the one meant when nothing else is said.
const DATA: &str = include_str!("data/cities.txt");

/// How many times as large as the next a city is that is meant when only its name is said.
const CLEARLY: u32 = 10;

/// The same where the country is said as well.
const CLEARLY_IN_COUNTRY: u32 = 3;

/// The mean radius of the earth (IUGG).
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// All names, folded, in order.
static NAMES: LazyLock<Vec<Entry>> = LazyLock::new(names);

/// A city, as the table has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct City {
    /// The usual name, in English where English has one of its own.
    pub name: &'static str,
    /// The country it lies in.
    pub country: Country,
    /// Degrees north of the equator, to a kilometre.
    pub lat: f64,
    /// Degrees east of Greenwich, to a kilometre.
    pub lon: f64,
    /// Inhabitants, to a thousand.
    pub population: u32,
}

/// A name and the city that has it.
struct Entry {
    name: String,
    kind: Kind,
    best: bool,
    city: City,
}

/// Whether a name is the usual one, which goes before names in other languages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Usual,
    Other,
}

/// Finds a city by its name, in English, in its own language or in one that `Country` has names in.
///
/// Case, accents and hyphens do not matter, and `ae`, `oe` and `ue` may stand for umlauts. `None` where no city has the
/// name, and where several have it and none is clearly the one: ten times as large as the next (three times where the
/// country is given), or known in so many more languages.
pub fn find_city(name: &str, country: Option<Country>) -> Option<City> {
    let folded = fold(name);
    clear(&folded, country).or_else(|| clear(&without_umlauts(&folded), country))
}

/// Returns the distance of two points along the surface of the earth, each as latitude and longitude in degrees.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let north = ((lat_b - lat_a) / 2.0).sin().powi(2);
    let east = ((b.1 - a.1).to_radians() / 2.0).sin().powi(2);
    let square = (north + lat_a.cos() * lat_b.cos() * east).clamp(0.0, 1.0);
    2.0 * EARTH_RADIUS_KM * square.sqrt().asin()
}

/// Returns the one city that a folded name means.
fn clear(folded: &str, country: Option<Country>) -> Option<City> {
    let from = NAMES.partition_point(|entry| entry.name.as_str() < folded);
    let same = NAMES.iter().skip(from).take_while(|entry| entry.name == folded);
    let mut found: Vec<&Entry> =
        same.filter(|entry| country.is_none_or(|country| entry.city.country == country)).collect();
    let kind = found.iter().map(|entry| entry.kind).min()?;
    found.retain(|entry| entry.kind == kind);
    let times = if country.is_some() { CLEARLY_IN_COUNTRY } else { CLEARLY };
    match found.as_slice() {
        [only] => Some(only.city),
        [first, second, ..] if first.city.population >= second.city.population.saturating_mul(times) => {
            Some(first.city)
        }
        several => several.iter().find(|entry| entry.best && kind == Kind::Usual).map(|entry| entry.city),
    }
}

/// Returns a name with the vowels for which German writes two letters where it lacks umlauts.
fn without_umlauts(folded: &str) -> String {
    folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// Makes the index of names, the largest first of each.
fn names() -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut country = None;
    for line in DATA.lines() {
        match line.strip_prefix('=') {
            Some(code) => country = Country::find(code),
            None => entries.extend(country.and_then(|country| read(line, country)).unwrap_or_default()),
        }
    }
    entries.sort_by(|a, b| {
        let larger = b.city.population.cmp(&a.city.population);
        a.name.cmp(&b.name).then(larger).then(a.city.country.cmp(&b.city.country))
    });
    entries
}

/// Reads the names of one city.
fn read(line: &'static str, country: Country) -> Option<Vec<Entry>> {
    let (best, line) = line.strip_prefix('*').map_or((false, line), |rest| (true, rest));
    let mut cells = line.split('\t');
    let names = cells.next()?;
    let mut number = || cells.next()?.parse::<i32>().ok();
    let (lat, lon, thousands) = (number()?, number()?, u32::try_from(number()?).ok()?);
    let (lat, lon) = (f64::from(lat) / 100.0, f64::from(lon) / 100.0);
    let population = thousands.saturating_mul(1000);
    let city = City { name: names.split('|').next()?, country, lat, lon, population };
    let kind = |name| if name == city.name { Kind::Usual } else { Kind::Other };
    Some(names.split('|').map(|name| Entry { name: fold(name), kind: kind(name), best, city }).collect())
}

#[cfg(test)]
pub(super) fn all_for_tests() -> impl Iterator<Item = (&'static str, City)> {
    NAMES.iter().map(|entry| (entry.name.as_str(), entry.city))
}
