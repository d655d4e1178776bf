//! Turns an address or a sentence into the city, the country and the venue of an event.
//!
//! A city is one that the caller's table knows, or one that stands before a country it knows. A sentence counts only in a
//! clear pattern that names the event: `Foo 2024 in Ghent`, `to Ghent for Foo`, `Foo … held in Ghent, Belgium`.

use super::Gazetteer;
use super::links::squash;
use super::name::is_region;
use super::words::{EVENT_NOUNS, find_names, sentences, words};

/// A place, each part as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The venue.
    pub(super) venue: Option<String>,
    /// The city.
    pub(super) city: Option<String>,
    /// The country.
    pub(super) country: Option<String>,
}

/// The longest venue, in characters.
const LONGEST_VENUE: usize = 80;

/// Words that say that an event takes place, before `in Ghent`.
const HELD: [&str; 17] = [
    "held",
    "place",
    "happening",
    "happened",
    "happens",
    "hosted",
    "statt",
    "stattfindet",
    "fand",
    "lieu",
    "tenue",
    "tenu",
    "celebró",
    "celebrado",
    "lugar",
    "organized",
    "organised",
];

/// Words that make a sentence one about another edition.
const ELSEWHERE: [&str; 12] = [
    "next",
    "previous",
    "previously",
    "prochain",
    "prochaine",
    "nächste",
    "nächstes",
    "nächsten",
    "próximo",
    "próxima",
    "ago",
    "since",
];

/// Reads the value of a label: `Hall 1 - Ghent, Belgium`, `Ghent, Belgium`, `Hall 1`.
pub(super) fn address(value: &str, places: &Gazetteer) -> Option<Place> {
    let value = squash(value);
    let lower = value.to_lowercase();
    if ["online", "virtual", "remote", "tba", "tbd", "en ligne"].iter().any(|word| lower.contains(word)) {
        return None;
    }
    let parts: Vec<&str> =
        value.split([',', '|']).flat_map(|part| part.split(" - ")).map(str::trim).collect();
    let found = parts.iter().rposition(|part| (places.is_city)(part));
    let country = parts.iter().rev().take(2).find(|part| (places.is_country)(part));
    let country = country.filter(|part| found.is_none_or(|city| parts.get(city) != Some(part)));
    let venue = match found {
        Some(0) => None,
        Some(_) => parts.first().copied(),
        None if parts.len() <= 2 => Some(value.as_str()),
        None => None,
    };
    let venue = venue.filter(|venue| venue.chars().count() <= LONGEST_VENUE && !(places.is_country)(venue));
    let text = |part: &str| part.trim_end_matches('.').to_owned();
    let place = Place {
        venue: venue.map(text),
        city: found.and_then(|index| parts.get(index)).map(|city| text(city)),
        country: country.filter(|_| found.is_some()).map(|country| text(country)),
    };
    (place != Place::default()).then_some(place)
}

/// Finds where an event took place, in a text that names it; with where the text says so.
///
/// `FooConf EU` is another one than `FooConf NA`: a region that `edition` does not have makes it that of others.
pub(super) fn in_prose(
    text: &str,
    name: &str,
    edition: Option<&str>,
    places: &Gazetteer,
) -> Option<(Place, usize)> {
    let is_own = |sentence: &str, end: usize| {
        let next = words(sentence.get(end..).unwrap_or("")).next().unwrap_or("");
        !is_region(next)
            || edition.is_some_and(|edition| !edition.contains(char::is_alphabetic) || edition.contains(next))
    };
    sentences(text).into_iter().find_map(|(start, sentence)| {
        let mut names = find_names(sentence, name).into_iter().filter(|at| is_own(sentence, at.end));
        // The next one is somewhere else.
        if words(&sentence.to_lowercase()).any(|word| ELSEWHERE.contains(&word)) {
            return None;
        }
        let (place, at) = names.find_map(|at| {
            before_name(sentence, at.start, places).or_else(|| after_name(sentence, at.end, places))
        })?;
        Some((place, start + at))
    })
}

/// Reads `to Ghent for Foo` and `in Ghent to attend Foo`.
fn before_name(sentence: &str, name_start: usize, places: &Gazetteer) -> Option<(Place, usize)> {
    let head = sentence.get(..name_start)?;
    let (at, rest) = prepositions(head).into_iter().rev().find(|(_, rest)| {
        let tail: Vec<&str> = rest.split_whitespace().skip_while(|word| starts_upper(word)).collect();
        let tail = tail.join(" ").to_lowercase();
        let purpose = ["for", "pour", "für", "para", "to attend", "pour assister à", "to visit"];
        let article = ["", " the", " this year's", " la", " le", " die", " das", " another", " my first"];
        purpose.iter().any(|p| article.iter().any(|a| tail == format!("{p}{a}")))
    })?;
    Some((city_at(rest, places)?, at))
}

/// Reads `Foo 2024 in Ghent` and `Foo is happening in May in Ghent`.
fn after_name(sentence: &str, name_end: usize, places: &Gazetteer) -> Option<(Place, usize)> {
    let tail = sentence.get(name_end..)?;
    prepositions(tail).into_iter().find_map(|(at, rest)| {
        let between = tail.get(..at)?;
        let place = city_at(rest, places)?;
        let is_held = words(between).any(|word| HELD.contains(&word)) && between.len() < 90;
        (is_held || is_close(between)).then_some((place, name_end + at))
    })
}

/// Tells whether only an edition, a kind of event or a day stands between the name and the place.
fn is_close(between: &str) -> bool {
    let mut count = 0;
    let is_plain = words(between).all(|word| {
        count += 1;
        let lower = word.to_lowercase();
        let fillers =
            ["this", "last", "past", "week", "weekend", "year", "year's", "the", "on", "from", "to", "back"];
        word.chars().all(|c| c.is_ascii_digit())
            || EVENT_NOUNS.contains(&lower.as_str())
            || super::months::month(word).is_some()
            || fillers.contains(&lower.as_str())
            || (word.len() <= 3 && word.chars().all(char::is_uppercase))
            || ["Europe", "North", "America"].contains(&word)
    });
    is_plain && count <= 7 && !between.contains([';', ':', '.'])
}

/// Returns where `in`, `to`, `at` and their like stand, and what follows each.
fn prepositions(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (index, _) in text.match_indices(' ').map(|(index, _)| (index, ())).chain([(usize::MAX, ())]) {
        let start = if index == usize::MAX { 0 } else { index + 1 };
        let Some(rest) = text.get(start..) else { continue };
        for word in ["in ", "In ", "to ", "à ", "À ", "en ", "nach "] {
            if let Some(after) = rest.strip_prefix(word) {
                found.push((start, after));
            }
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found
}

/// Reads a city, and a country after a comma, at the start of a text.
fn city_at(text: &str, places: &Gazetteer) -> Option<Place> {
    let (part, mut after) = match text.find([',', '.', '!', '?', ';', ':', '(', ')']) {
        // The point of `St. Louis` does not end it.
        Some(2) if text.starts_with("St. ") => {
            let end = text.get(4..)?.find([',', '.', '!', ' ']).map_or(text.len(), |end| end + 4);
            (text.get(..end)?, text.get(end..)?)
        }
        Some(end) => (text.get(..end)?, text.get(end..)?),
        None => (text, ""),
    };
    let upper: Vec<&str> = part.split_whitespace().take_while(|word| starts_upper(word)).take(4).collect();
    if upper.len() < part.split_whitespace().count() {
        after = "";
    }
    let country = after.strip_prefix(", ").and_then(|rest| country_at(rest, places));
    (1..=upper.len()).rev().find_map(|length| {
        let city = upper.get(..length)?.join(" ");
        let is_whole = length == upper.len();
        let is_city = (places.is_city)(&city) && super::months::month(&city).is_none();
        let is_known = is_city || (is_whole && length <= 3 && country.is_some());
        let country = country.clone().filter(|_| is_whole);
        is_known.then_some(Place { venue: None, city: Some(city), country })
    })
}

fn country_at(text: &str, places: &Gazetteer) -> Option<String> {
    let upper: Vec<&str> = text.split_whitespace().take_while(|word| starts_upper(word)).take(3).collect();
    let trimmed = |count: usize| {
        let words = upper.get(..count)?.join(" ");
        let words = words.split([',', '.', '!', '?', ';', ')', ':']).next()?;
        Some(words.to_owned())
    };
    // Codes of two letters are also codes of states.
    (1..=upper.len()).rev().filter_map(trimmed).find(|name| {
        let is_code = name.len() < 4 && !matches!(name.as_str(), "UK" | "USA" | "UAE");
        !is_code && (places.is_country)(name)
    })
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: Gazetteer = Gazetteer {
        is_city: |name| matches!(name, "Ghent" | "Gand" | "St. Louis" | "Perpignan" | "May"),
        is_country: |name| matches!(name, "Belgium" | "Belgique" | "FR" | "Spain"),
    };

    fn read(text: &str) -> Option<String> {
        let (place, _) = in_prose(text, "Foo", None, &PLACES)?;
        Some(squash(&format!("{} {}", place.city.unwrap_or_default(), place.country.unwrap_or_default())))
    }

    #[test]
    fn places_are_read_from_clear_sentences() {
        for (text, expected) in [
            ("I attended the 2nd Foo conference in Ghent, 2 hours away.", "Ghent"),
            ("Foo 2024 is happening 16-20 May 2022 in Nowhere, Spain.", "Nowhere Spain"),
            ("This past weekend I went to Ghent for Foo with a friend.", "Ghent"),
            ("I spent my weekend in Ghent to attend Foo.", "Ghent"),
            ("A trip report from Foo 2026 in Ghent, Belgium.", "Ghent Belgium"),
            ("J'ai assisté à Foo à Gand, Belgique.", "Gand Belgique"),
            ("Foo took place in St. Louis.", "St. Louis"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_places_are_left_out() {
        for text in [
            "Foo was great. I live in Ghent.",
            "Foo speakers who live in Ghent came.",
            "I met Foo people and will share insights from Bar in Ghent.",
            "Foo in May was great.",
            "It reminded me of the time we were in Ghent for Foo EU.",
            "I want to attend next year's Foo in Ghent.",
            "Foo in Go is fast.",
            "From Ghent we took a train to Bar, not Foo.",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_are_parted() {
        let read = |value| {
            let place = address(value, &PLACES)?;
            Some(
                [place.venue, place.city, place.country]
                    .map(|part| part.unwrap_or_else(|| "-".into()))
                    .join("/"),
            )
        };
        for (value, expected) in [
            ("Hall 1 - Ghent, Belgium", Some("Hall 1/Ghent/Belgium")),
            ("Ghent, Belgium", Some("-/Ghent/Belgium")),
            ("Hôtel Foo, 1 av Bar, Perpignan, 66, FR, 66000", Some("Hôtel Foo/Perpignan/FR")),
            ("Opera House - Elsewhere, MO", None),
            ("The Old Mill", Some("The Old Mill/-/-")),
            ("Online", None),
        ] {
            assert_eq!(read(value).as_deref(), expected, "{value}");
        }
    }
}
