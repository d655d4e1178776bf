//! Tests of the table of countries.

use super::country::{Country, LANGUAGES, NAMES};

#[test]
fn countries_are_found_by_every_kind_of_name() {
    let cases = [
        ("FR", "fr|FRA|france|Frankreich|Francia|Frankrijk|FRANÇA|🇫🇷| France "),
        (
            "US",
            "USA|U.S.|u.s.a.|United States of America|the United States|États-Unis|etats unis|Vereinigte Staaten|🇺🇸",
        ),
        (
            "GB",
            "UK|U.K.|England|Scotland|Wales|Northern Ireland|Great Britain|Royaume-Uni|GBR|Écosse|🇬🇧|🏴󠁧󠁢󠁳󠁣󠁴󠁿|🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        ),
        ("NL", "Holland|The Netherlands|Nederland|Pays-Bas|Niederlande"),
        ("CZ", "Czech Republic|Czechia|Tchéquie|République tchèque|Tschechien|Česko"),
        ("KR", "South Korea|Korea|Republic of Korea|Corée du Sud|Südkorea|대한민국"),
        ("KP", "North Korea|DPRK|Corée du Nord"),
        ("RU", "Russia|Russian Federation|Russie|Russland|Россия"),
        ("TR", "Türkiye|Turkiye|Turkey|Turquie|Türkei"),
        ("CI", "Côte d'Ivoire|Côte d’Ivoire|Ivory Coast|Elfenbeinküste"),
        ("CD", "DRC|DR Congo|Congo-Kinshasa|Democratic Republic of the Congo"),
        ("CG", "Congo|Congo-Brazzaville|Republic of the Congo"),
        ("AE", "UAE|United Arab Emirates|Émirats arabes unis"),
        ("LC", "Saint Lucia|St. Lucia|St Lucia"),
        ("XK", "Kosovo|XKX"),
        ("TW", "Taiwan|台灣"),
        ("HK", "Hong Kong|Hongkong"),
        ("CH", "Suisse|Schweiz|Svizzera|Switzerland|CHE"),
        ("GR", "Greece|Hellas|EL|Griechenland"),
        ("MK", "Macedonia|North Macedonia"),
    ];
    for (code, names) in cases {
        for name in names.split('|') {
            assert_eq!(Country::find(name).map(Country::code), Some(code), "{name}");
        }
    }
}

#[test]
fn what_is_no_country_is_none() {
    for name in ["", " ", "Atlantis", "ZZ", "🇿🇿", "🇫", "🇫🇷🇫🇷", "Europe", "Online", "🏴", "🏴‍☠️", ".", "the"]
    {
        assert_eq!(Country::find(name), None, "{name}");
    }
}

#[test]
fn no_two_countries_answer_to_the_same_name() {
    for pair in NAMES.windows(2) {
        assert_ne!(pair[0].0, pair[1].0, "{pair:?}");
    }
}

#[test]
fn every_country_has_a_name_in_every_language() {
    assert_eq!(Country::all().count(), 250);
    assert!(Country::all().is_sorted());
    for country in Country::all() {
        for language in LANGUAGES {
            let name = country.name(language);
            assert!(name.chars().count() > 2, "{country} {language} {name}");
            assert_eq!(Country::find(name), Some(country), "{name}");
        }
        assert_eq!(Country::find(country.code()), Some(country));
        assert_eq!(Country::find(country.alpha3()), Some(country));
        assert_eq!(Country::find(&country.flag()), Some(country));
        assert_eq!((country.code().len(), country.alpha3().len()), (2, 3));
    }
}

#[test]
fn names_follow_the_first_part_of_a_tag() {
    let germany = Country::find("DE").expect("Germany");
    let cases = [
        ("en", "Germany"),
        ("fr", "Allemagne"),
        ("fr-CA", "Allemagne"),
        ("de_AT", "Deutschland"),
        ("ES-mx", "Alemania"),
        ("it", "Germania"),
        ("nl", "Duitsland"),
        ("pt-BR", "Alemanha"),
        ("ja", "Germany"),
        ("", "Germany"),
    ];
    for (tag, name) in cases {
        assert_eq!(germany.name(tag), name, "{tag}");
    }
    assert_eq!((germany.flag().as_str(), germany.to_string().as_str()), ("🇩🇪", "DE"));
    assert!(Country::english_names().any(|name| name == "Germany"));
}
