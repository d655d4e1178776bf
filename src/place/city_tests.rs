//! Tests of the table of cities.

use super::city::{all_for_tests, distance_km, find_city};
use super::country::Country;

/// Finds a city by `name` or `name, country`, as `CC lat lon` in whole degrees.
fn found(text: &str) -> String {
    let (name, country) =
        text.split_once(", ").map_or((text, None), |(name, code)| (name, Country::find(code)));
    find_city(name, country).map_or("none".to_owned(), |city| {
        // Adding zero makes the negative zero of -0.1 a plain one.
        format!("{} {} {}", city.country, city.lat.round() + 0.0, city.lon.round() + 0.0)
    })
}

#[test]
fn cities_are_found_in_english_and_in_their_own_language() {
    let cases = [
        ("DE 48 12", "München|Munich|Muenchen|MUNCHEN|Monaco di Baviera|Munich, DE"),
        ("DE 51 7", "Köln|Cologne|Koeln|Keulen"),
        ("BE 51 4", "Ghent|Gent|Gand|Antwerp|Antwerpen|Anvers|Brussels|Bruxelles|Brussel|Brüssel"),
        ("PT 39 -9", "Lisbon|Lisboa|Lisbonne|Lissabon"),
        ("AT 48 16", "Vienna|Wien|Vienne|Wenen"),
        ("CZ 50 14", "Prague|Praha|Prag|Praga"),
        ("CH 46 6", "Geneva|Genève|Geneve|Genf|Ginevra"),
        ("CH 47 9", "Zürich|Zurich|Zuerich|Zurigo"),
        ("CH 48 8", "Basel|Bâle|Basilea"),
        ("DK 56 13", "Copenhagen|København|Kopenhagen|Copenhague"),
        ("SE 58 12", "Göteborg|Gothenburg|Goeteborg"),
        ("PL 52 21", "Warsaw|Warszawa|Varsovie|Warschau"),
        ("PL 50 20", "Kraków|Krakow|Cracovie"),
        ("IT 44 11", "Florence|Firenze|Florenz|Bologna"),
        ("GB 52 0", "London|Londres|Londen|Londra"),
        ("DE 50 9", "Frankfurt|Frankfurt am Main|Francfort-sur-le-Main"),
        ("NL 52 4", "The Hague|Den Haag|La Haye"),
        ("NL 52 5", "Amsterdam|Utrecht"),
        ("ES 41 2", "Barcelona|Barcelone"),
        ("ES 43 -2", "San Sebastián, ES|Donostia"),
        ("DE 53 13", "Berlin|Berlijn"),
        ("UA 50 31", "Kyiv|Kiev|Київ"),
        ("RU 56 38", "Moscow|Moscou|Москва"),
        ("JP 36 140", "Tokyo|Tokio|東京都"),
        ("IN 13 78", "Bangalore|Bengaluru"),
        ("US 41 -74", "New York|New York City|NYC|Nueva York"),
        ("US 46 -123", "Portland|Portland, US"),
        ("US 38 -122", "San Francisco|SF"),
        ("CA 49 -123", "Vancouver|Vancouver, CA"),
        ("CA 46 -74", "Montréal|Montreal"),
        ("GB 53 -2", "Manchester|Manchester, UK"),
        ("CH 47 10", "Davos"),
        ("SG 1 104", "Singapore"),
    ];
    for (place, names) in cases {
        for name in names.split('|') {
            assert_eq!(found(name), place, "{name}");
        }
    }
}

#[test]
fn a_name_of_several_is_found_only_where_it_is_clear() {
    let cases = [
        ("Paris", "FR 49 2"),
        ("London, CA", "CA 43 -81"),
        ("Springfield", "none"),
        ("Springfield, US", "none"),
        ("Cambridge", "none"),
        ("Cambridge, UK", "GB 52 0"),
        ("Cambridge, US", "US 42 -71"),
        ("San José", "none"),
        ("San José, CR", "CR 10 -84"),
        ("Valencia", "none"),
        ("Valencia, ES", "ES 39 0"),
        ("Newcastle", "none"),
        ("Newcastle, UK", "GB 55 -2"),
        ("Athens", "GR 38 24"),
        ("Athens, US", "US 34 -83"),
        ("Berlin, FR", "none"),
        ("Nowhere", "none"),
        ("", "none"),
    ];
    for (name, place) in cases {
        assert_eq!(found(name), place, "{name}");
    }
}

#[test]
fn every_line_of_the_table_can_be_read() {
    let lines = include_str!("data/cities.txt").lines().filter(|line| !line.starts_with('='));
    let names: usize = lines.map(|line| line.matches('|').count() + 1).sum();
    assert_eq!(all_for_tests().count(), names);
    for (name, city) in all_for_tests() {
        assert!(!name.is_empty(), "{city:?}");
        assert!(city.lat.abs() < 90.0 && city.lon.abs() <= 180.0 && city.population > 0, "{city:?}");
    }
}

#[test]
fn distances_are_along_the_surface() {
    let cases = [
        ((48.85, 2.35), (51.51, -0.13), 344.0),
        ((52.37, 4.89), (41.39, 2.16), 1237.0),
        ((37.77, -122.42), (35.69, 139.69), 8270.0),
        ((0.0, 0.0), (0.0, 180.0), 20015.0),
        ((50.0, 10.0), (50.0, 10.0), 0.0),
    ];
    for (a, b, km) in cases {
        assert!((distance_km(a, b) - km).abs() < 6.0, "{a:?} {b:?} {}", distance_km(a, b));
    }
}
