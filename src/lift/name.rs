//! Turns a title into the names and editions of events it may be about.
//!
//! A name is what stands before the year: `Foo Conf EU 2024` is `Foo Conf`, edition `EU 2024`. Whether it is an event at
//! all is weighed by `signs`: a title alone does not tell a conference from a release.

use super::links::squash;
use super::months::month;
use super::words::{CAMEL_ENDS, EVENT_NOUNS, KINDS, PLAIN_ENDS, REPORT_PHRASES, find_names, folded, words};

/// What may be the name of an event in a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The words, the longest reading: fewer of them, from the right, may be the name.
    pub(super) words: Vec<String>,
    /// The edition, with a region.
    pub(super) edition: Option<String>,
    /// The year.
    pub(super) year: Option<i16>,
}

/// Words that end a name: prepositions, articles, pronouns and conjunctions.
const STOPS: &str = " at from to in of on for about with by the a an my our your this that last next first is was are \
    into via as or not no it its their his her i we you what when where late early mid since before after during \
    until another going being back à au aux de du des la le les l un une mon ma mes notre nos dans sur en pour chez ce \
    cette von vom auf der die das den dem im bei zur zum ein eine mein meine unser el los las una mi del al con es ";
/// Words that join two names.
const JOINTS: [&str; 7] = ["and", "&", "et", "und", "y", "vs", "plus"];
/// Parts of the world that are named between a name and its year.
const REGIONS: &str = " eu na us uk emea apac amer latam europe europa north america asia africa ";

/// Finds names with a year. None where the title joins two names.
pub(super) fn dated(title: &str) -> Vec<Candidate> {
    let clauses = clauses(title);
    let mut found: Vec<Candidate> = Vec::new();
    for (index, clause) in clauses.iter().enumerate() {
        for (at, word) in clause.iter().enumerate() {
            let Some(year) = year_of(word) else { continue };
            let head = clause.get(..at).unwrap_or(&[]);
            let tail = clause.get(at + 1..).unwrap_or(&[]);
            let before = index.checked_sub(1).and_then(|before| clauses.get(before));
            match around_year(head, tail, before.map_or(&[], Vec::as_slice), year) {
                Reading::Name(candidate) => found.push(candidate),
                Reading::Several => return Vec::new(),
                Reading::None => {}
            }
        }
    }
    found
}

enum Reading {
    Name(Candidate),
    Several,
    None,
}

/// Reads what stands around a year.
fn around_year(head: &[String], tail: &[String], clause_before: &[String], year: i16) -> Reading {
    let candidate = |words: Vec<String>, edition: String| {
        if words.is_empty() {
            return Reading::None;
        }
        Reading::Name(Candidate { words, edition: Some(edition), year: Some(year) })
    };
    // `Foo meetup - October 2013`
    if let [only] = head
        && month(only).is_some()
    {
        let words = clause_before.to_vec();
        return if has_kind(&words.join(" ")) {
            candidate(words, format!("{only} {year}"))
        } else {
            Reading::None
        };
    }
    if head.is_empty() {
        return candidate(named_after(tail), year.to_string());
    }
    let region: Vec<&String> = head.iter().rev().take_while(|word| is_region(word)).collect();
    let region: Vec<&str> = region.into_iter().rev().map(String::as_str).collect();
    let names = head.get(..head.len() - region.len()).unwrap_or(&[]);
    let after: Vec<&str> = tail.iter().take_while(|word| is_region(word)).map(String::as_str).collect();
    let edition = if region.is_empty() {
        squash(&format!("{} {year}", after.join(" ")))
    } else {
        format!("{} {year}", region.join(" "))
    };
    match chain(names) {
        // `A recap of 2024 Foo Summit`
        Some(words)
            if words.is_empty() && !names.last().is_some_and(|word| word.eq_ignore_ascii_case("in")) =>
        {
            candidate(named_after(tail), year.to_string())
        }
        Some(words) => candidate(words, edition),
        None => Reading::Several,
    }
}

/// Returns the words of the name that follows a year, up to the kind of event; none where no kind is said.
fn named_after(tail: &[String]) -> Vec<String> {
    let words: Vec<String> = tail.iter().take_while(|word| is_name_word(word)).cloned().collect();
    let named = words.iter().rposition(|word| has_kind(word)).map_or(0, |last| last + 1);
    words.into_iter().take(named).collect()
}

/// Returns the words of the name that `words` end with; `None` where it is joined to another one.
fn chain(words: &[String]) -> Option<Vec<String>> {
    let length = words.iter().rev().enumerate().take_while(|(index, word)| {
        is_name_word(word)
            && (*index == 0 || word.starts_with(|c: char| !c.is_lowercase()) || is_kind_word(word))
    });
    let length = length.count();
    let (rest, name) = words.split_at(words.len() - length);
    if let [.., other, joint] = rest
        && JOINTS.contains(&joint.to_lowercase().as_str())
        && other.starts_with(char::is_uppercase)
        && !is_report(other)
    {
        return None;
    }
    let skipped = name.iter().take_while(|word| !word.contains(char::is_alphanumeric)).count();
    Some(name.get(skipped..).unwrap_or(&[]).to_vec())
}

/// Finds names without a year: what is also a tag, and what is left of a report's title.
pub(super) fn undated(title: &str, tags: &[String]) -> Vec<Candidate> {
    let candidate = |words: Vec<String>| Candidate { words, edition: None, year: None };
    let mut found = Vec::new();
    for tag in tags.iter().filter(|tag| folded(tag).len() >= 3 && !is_kind_word(tag)) {
        let written = find_names(title, tag).first().cloned().and_then(|at| title.get(at));
        found.extend(written.map(|name| candidate(name.split_whitespace().map(str::to_owned).collect())));
    }
    // `Foo Bar Summit`: a title that is nothing but a name.
    if let [clause] = clauses(title).as_slice()
        && clause.len() >= 3
        && clause.iter().all(|word| is_name_word(word) && word.starts_with(|c: char| !c.is_lowercase()))
        && clause
            .last()
            .is_some_and(|word| has_kind(word) || EVENT_NOUNS.contains(&word.to_lowercase().as_str()))
    {
        found.push(candidate(clause.clone()));
    }
    if is_report(title) {
        for clause in clauses(title) {
            let runs = clause.split(|word| !is_name_word(word) || is_report(word));
            let runs = runs.filter(|run| {
                let is_long = run.iter().map(|word| word.len()).sum::<usize>() >= 4;
                is_long
                    && (clause.len() == 1 || run.iter().all(|w| w.starts_with(|c: char| !c.is_lowercase())))
            });
            found.extend(runs.map(|run| candidate(run.to_vec())));
        }
    }
    found
}

/// Tells whether a name says what kind of event it is.
pub(super) fn has_kind(name: &str) -> bool {
    let count = words(name).count();
    words(name).any(|word| {
        let lower = word.to_lowercase();
        is_kind_word(word)
            || (count >= 3 && lower == "event")
            || (lower == "day" && count >= 3)
            || CAMEL_ENDS.iter().any(|end| {
                word.strip_suffix(end).is_some_and(|head| head.len() >= 2 && head.is_ascii()) && word != *end
            })
            || PLAIN_ENDS.iter().any(|end| lower.len() > end.len() + 1 && lower.ends_with(end))
    })
}

/// Tells whether a title says that something was visited.
pub(super) fn is_report(title: &str) -> bool {
    let lower = title.to_lowercase();
    let lower = lower.trim();
    REPORT_PHRASES.iter().any(|phrase| {
        lower.match_indices(phrase).any(|(start, _)| {
            let before = lower.get(..start).and_then(|head| head.chars().next_back());
            let after = lower.get(start + phrase.len()..).and_then(|tail| tail.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    })
}

fn is_kind_word(word: &str) -> bool {
    KINDS.contains(&word.to_lowercase().as_str())
}

/// Tells whether a word names a part of the world that an edition is for.
pub(super) fn is_region(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && REGIONS.contains(&format!(" {} ", word.to_lowercase()))
}

/// Tells whether a word can be part of a name.
fn is_name_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    let is_joint = JOINTS.contains(&lower.as_str());
    let is_stop = STOPS.contains(&format!(" {lower} "));
    !is_joint && !is_stop && month(word).is_none() && year_of(word).is_none() && !word.ends_with("'s")
}

/// Reads `2024`, `'24` and `2024's`.
fn year_of(word: &str) -> Option<i16> {
    let word = word.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches('.');
    if let Some(short) = word.strip_prefix(['\'', '’', '‘']) {
        let is_year = short.len() == 2 && short.chars().all(|c| c.is_ascii_digit());
        return short.parse::<i16>().ok().filter(|_| is_year).map(|year| 2000 + year);
    }
    let is_year = word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
    word.parse().ok().filter(|year| is_year && (1990..2100).contains(year))
}

/// Parts a title into clauses, and these into words; emoji and quotation marks are dropped.
fn clauses(title: &str) -> Vec<Vec<String>> {
    let mut clauses = vec![Vec::new()];
    for word in title.split_whitespace() {
        let is_mark = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !matches!(c, '’' | '‘' | '–' | '—');
        let word = word.trim_matches(|c: char| is_mark(c) || matches!(c, '"' | '(' | ')' | '[' | ']' | '*'));
        if matches!(word, "-" | "–" | "—" | "|" | ":" | "!" | "?") {
            clauses.push(Vec::new());
            continue;
        }
        let bare = word.trim_end_matches([':', ';', ',', '!', '?', ')']);
        if let Some(clause) = clauses.last_mut()
            && !bare.is_empty()
        {
            clause.push(bare.to_owned());
        }
        if bare.len() < word.len() {
            clauses.push(Vec::new());
        }
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(title: &str) -> Vec<String> {
        let text = |c: Candidate| format!("{} / {}", c.words.join(" "), c.edition.unwrap_or_default());
        dated(title).into_iter().map(text).collect()
    }

    #[test]
    fn a_name_stands_before_its_year() {
        for (title, expected) in [
            ("FooConf EU 2024 Wrap-Up", "FooConf / EU 2024"),
            ("Team Bar at FooConf North America 2022", "FooConf / North America 2022"),
            ("Team Bar shows up at FooConf 2022 NA", "FooConf / NA 2022"),
            ("BAZDEM 2020: a recap", "BAZDEM / 2020"),
            ("Trip report: Lake Web Summit '19", "Lake Web Summit / 2019"),
            ("Reflections on Foo I/O 2024 🐝", "Foo I/O / 2024"),
            ("Quux Town Rust meetup - October 2013", "Quux Town Rust meetup / October 2013"),
            ("2024 FooConf, day by day", "FooConf / 2024"),
            ("A quick recap of 2024 Lake Web Summit", "Lake Web Summit / 2024"),
            ("Mon FooFest Quuxville 2025 en images !", "FooFest Quuxville / 2025"),
            ("Retour de la BarConf 2023", "BarConf / 2023"),
            ("FooCon + BarCon Europe 2024", "FooCon + BarCon / Europe 2024"),
        ] {
            assert_eq!(read(title), [expected], "{title}");
        }
    }

    #[test]
    fn other_years_are_no_editions() {
        for title in [
            "January 2021 Update",
            "My 2026 Blogging Plans",
            "What Matters in 2026",
            "2024 Newsletter",
            "Recently in January '26",
            "App Defaults in Late '24",
            "FooConf and BarCamp 2024",
            "Foo 2.0",
        ] {
            assert!(read(title).is_empty(), "{title}: {:?}", read(title));
        }
    }

    #[test]
    fn kinds_are_seen_in_names() {
        for name in ["NixyCon", "Foo Days", "rustyconf", "Barcamp Foo", "DevFooFest", "Lake Web Summit"] {
            assert!(has_kind(name), "{name}");
        }
        for name in ["Falcon", "Beacon", "Manifest", "Pi Day", "Windows Server", "Icon", "Daybreak"] {
            assert!(!has_kind(name), "{name}");
        }
    }
}
