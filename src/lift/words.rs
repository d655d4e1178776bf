//! Words that tell reports of events from other posts, in English, French, German and Spanish, and how text is searched.
//!
//! Kinds of events and verbs only: no event is known by its name.

use std::ops::Range;

/// Words that are the name of a kind of event, alone or as the last part of a name.
pub(super) const KINDS: [&str; 30] = [
    "conference",
    "conférence",
    "konferenz",
    "conferencia",
    "summit",
    "congress",
    "congrès",
    "kongress",
    "symposium",
    "unconference",
    "meetup",
    "meet-up",
    "hackathon",
    "hackfest",
    "barcamp",
    "camp",
    "days",
    "fest",
    "festival",
    "forum",
    "expo",
    "conf",
    "workshop",
    "sprint",
    "retreat",
    "tagung",
    "treffen",
    "rencontres",
    "journées",
    "jornadas",
];

/// Ends of names written together, as in a camel's back: `FooCon`, `BarFest`.
pub(super) const CAMEL_ENDS: [&str; 9] =
    ["Con", "Conf", "Camp", "Fest", "Day", "Days", "Summit", "Meetup", "Forum"];

/// Ends of names that no other word has, so that case does not matter.
pub(super) const PLAIN_ENDS: [&str; 6] = ["conf", "camp", "summit", "meetup", "hackathon", "barcamp"];

/// What an event is called when its name was said before.
pub(super) const EVENT_NOUNS: [&str; 16] = [
    "conference",
    "event",
    "summit",
    "meetup",
    "congress",
    "hackathon",
    "conférence",
    "évènement",
    "événement",
    "salon",
    "konferenz",
    "veranstaltung",
    "treffen",
    "conferencia",
    "evento",
    "edition",
];

/// Words that a post about an event uses; several of them say more than one.
pub(super) const EVENT_WORDS: [&str; 36] = [
    "talk",
    "talks",
    "speaker",
    "speakers",
    "keynote",
    "keynotes",
    "session",
    "sessions",
    "conference",
    "conferences",
    "attendee",
    "attendees",
    "devroom",
    "booth",
    "venue",
    "schedule",
    "track",
    "workshop",
    "workshops",
    "meetup",
    "hallway",
    "conférence",
    "conférences",
    "orateurs",
    "atelier",
    "ateliers",
    "stand",
    "salle",
    "vortrag",
    "vorträge",
    "konferenz",
    "sprecher",
    "charla",
    "charlas",
    "ponentes",
    "conferencia",
];

/// Words of titles that say that something was visited.
pub(super) const REPORT_PHRASES: [&str; 31] = [
    "trip report",
    "conference report",
    "report",
    "recap",
    "wrap-up",
    "wrap up",
    "wrapup",
    "it's a wrap",
    "it’s a wrap",
    "back from",
    "retour de",
    "retour sur",
    "retour du",
    "compte-rendu",
    "compte rendu",
    "highlights",
    "takeaways",
    "take-aways",
    "impressions",
    "reflections on",
    "notes from",
    "rückblick",
    "bericht",
    "nachlese",
    "resumen",
    "crónica",
    "surviving",
    "attending",
    "lessons from",
    "summary",
    "recapitulatif",
];

/// Words of titles of posts that mention an event and are about something else, or about many.
pub(super) const OTHER_GENRES: [&str; 50] = [
    "update",
    "updates",
    "newsletter",
    "release",
    "released",
    "releases",
    "changelog",
    "guide",
    "tutorial",
    "tips",
    "checklist",
    "plans",
    "goals",
    "resolutions",
    "wrapped",
    "review",
    "calendar",
    "cfp",
    "survey",
    "results",
    "statistics",
    "how",
    "why",
    "upcoming",
    "roundup",
    "round-up",
    "conferences",
    "events",
    "meetups",
    "camps",
    "summits",
    "predictions",
    "roadmap",
    "introducing",
    "launching",
    "launch",
    "fundraising",
    "scholarship",
    "sponsors",
    "sponsorship",
    "elections",
    "election",
    "conférences",
    "événements",
    "konferenzen",
    "veranstaltungen",
    "conferencias",
    "eventos",
    "cancelled",
    "postponed",
];

/// Tags that say that a post is about some event.
pub(super) const EVENT_TAGS: [&str; 16] = [
    "conference",
    "conferences",
    "event",
    "events",
    "meetup",
    "meetups",
    "talks",
    "trip-report",
    "conférence",
    "conférences",
    "konferenz",
    "konferenzen",
    "conferencia",
    "conferencias",
    "evento",
    "veranstaltung",
];

/// Returns the letters and digits of a text in lower case, with where each stands.
fn letters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .flat_map(|(index, c)| c.to_lowercase().map(move |lower| (index, lower)))
}

/// Returns the letters and digits of a text in lower case.
pub(super) fn folded(text: &str) -> String {
    letters(text).map(|(_, c)| c).collect()
}

/// Finds where a text names something, whatever the case and the marks between: `Foo.io` is `Foo I/O`.
pub(super) fn find_names(text: &str, name: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = letters(name).map(|(_, c)| c).collect();
    let all: Vec<(usize, char)> = letters(text).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for window in all.windows(wanted.len()) {
        if !window.iter().map(|(_, c)| c).eq(wanted.iter()) {
            continue;
        }
        let (Some((start, _)), Some((last, _))) = (window.first(), window.last()) else { continue };
        let end = last + text.get(*last..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        if is_apart(text, *start, end) {
            found.push(*start..end);
        }
    }
    found
}

/// Tells whether no letter stands right before `start` and none right after `end`; a year may follow.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|tail| tail.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphabetic)
}

/// Parts a text into words of letters, digits and inner marks.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'' || c == '’'))
        .map(|word| word.trim_matches(['-', '\'', '’']))
        .filter(|word| !word.is_empty())
}

/// Parts a text into sentences, with where each begins.
pub(super) fn sentences(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((index, c)) = chars.next() {
        let is_stop = matches!(c, '.' | '!' | '?' | '…');
        let next = chars.peek().map(|(_, next)| *next);
        if is_stop && next.is_some_and(char::is_whitespace) && !is_short(text, start, index) {
            let end = index + c.len_utf8();
            found.extend(text.get(start..end).map(|sentence| (start, sentence)));
            start = end;
        }
    }
    found.extend(text.get(start..).filter(|rest| !rest.trim().is_empty()).map(|rest| (start, rest)));
    found
}

/// Tells whether the word before a full stop is an abbreviation or the number of a day: `St.`, `15.`.
fn is_short(text: &str, start: usize, stop: usize) -> bool {
    let word = text.get(start..stop).unwrap_or("").split_whitespace().next_back().unwrap_or("");
    let is_stop = text.get(stop..).is_some_and(|rest| rest.starts_with('.'));
    is_stop && (word.len() <= 2 || super::months::month(word).is_some_and(|_| word.len() <= 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_their_marks() {
        for (text, name, count) in [
            ("the 2nd Foo I/O conference", "Foo.io", 1),
            ("#fooconf2015 and FooConf!", "FooConf", 2),
            ("FooConference", "FooConf", 0),
            ("BarFooConf", "FooConf", 0),
            ("Straße", "straße", 1),
            ("", "x", 0),
            ("x", "", 0),
        ] {
            assert_eq!(find_names(text, name).len(), count, "{text}");
        }
    }

    #[test]
    fn sentences_end_where_they_end() {
        let parts = |text| sentences(text).into_iter().map(|(_, s)| s.trim()).collect::<Vec<_>>();
        assert_eq!(
            parts("It was in St. Louis. Nice! On 15. May"),
            ["It was in St. Louis.", "Nice!", "On 15. May"]
        );
        assert_eq!(parts("June 8-9, 2022. Next."), ["June 8-9, 2022.", "Next."]);
    }
}
