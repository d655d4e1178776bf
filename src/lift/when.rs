//! Turns labels and prose into the days of an event.
//!
//! Prose counts only where a sentence near the top names the event beside the days. Two different ranges are two
//! events, and neither is proposed.

use super::blocks::{Block, Kind};
use super::dates::{Around, Span, spans};
use super::labels::{Fact, Label};
use super::links::plain;
use super::words::{find_names, sentences, words};
use super::{At, Post};

/// How many blocks of text, from the top, may say when it was.
const BEGINNING_BLOCKS: usize = 10;
/// How far apart the name and the days may stand, in bytes.
const NEAR: usize = 130;
/// How far a year that is written out may be from the day of publication.
const NEAR_YEARS: i16 = 1;

/// Words that make a date one of something else.
const OTHERWISE: [&str; 26] = [
    "before",
    "deadline",
    "submit",
    "submission",
    "register",
    "registration",
    "since",
    "release",
    "released",
    "next",
    "previous",
    "previously",
    "published",
    "updated",
    "update",
    "cfp",
    "proposals",
    "proposal",
    "avant",
    "prochain",
    "prochaine",
    "vor",
    "nächste",
    "nächstes",
    "antes",
    "closes",
];

/// Words that say that something takes place on a day.
const HELD: [&str; 14] = [
    "place",
    "held",
    "happening",
    "happens",
    "happened",
    "hosted",
    "scheduled",
    "on",
    "statt",
    "stattfindet",
    "fand",
    "lieu",
    "tenue",
    "lugar",
];

/// Finds the days of an event, where they are said, and how.
pub(super) fn find(
    post: &Post<'_>,
    blocks: &[Block],
    facts: &[Fact],
    name: &str,
    around: &Around,
) -> Option<(Span, At, &'static str)> {
    if let Some(fact) = facts.iter().find(|fact| fact.label == Label::Date) {
        let mut found = spans(&fact.value.text, around).into_iter().filter(|span| is_near(span, around));
        let first = found.next()?;
        return found.next().is_none().then_some((first, At::Line(fact.line), "a label says when it is"));
    }
    let mut found: Vec<(Span, At)> =
        in_text(post.description, name, around).into_iter().map(|span| (span, At::Description)).collect();
    let texts = blocks.iter().filter(|block| matches!(block.kind, Kind::Paragraph | Kind::Item(_)));
    for block in texts.take(BEGINNING_BLOCKS) {
        let text = plain(&block.text).text;
        let spans = in_text(&text, name, around).into_iter();
        found.extend(spans.map(|span| {
            let line = block.line_at(span.at.start);
            (span, At::Line(line))
        }));
    }
    let (first, at) = found.first().cloned()?;
    let is_one = found.iter().all(|(span, _)| span.start == first.start && span.end == first.end);
    is_one.then_some((first, at, "a sentence that names the event says when it is"))
}

/// Finds days in sentences that name the event.
fn in_text(text: &str, name: &str, around: &Around) -> Vec<Span> {
    let mut found = Vec::new();
    for (start, sentence) in sentences(text) {
        let names = find_names(sentence, name);
        if names.is_empty() {
            continue;
        }
        let days = spans(sentence, around).into_iter().filter(|span| {
            let distance =
                names.iter().map(|at| at.start.abs_diff(span.at.start)).min().unwrap_or(usize::MAX);
            distance <= NEAR && is_near(span, around) && is_meant(sentence, span, &names)
        });
        found.extend(days.map(|mut span| {
            span.at = span.at.start + start..span.at.end + start;
            span
        }));
    }
    found
}

/// Tells whether days agree with the edition and the day of publication.
fn is_near(span: &Span, around: &Around) -> bool {
    let agrees = around.year.is_none_or(|year| span.start.year() == year || span.end.year() == year);
    let distance = around.published.map_or(0, |day| (day.year() - span.start.year()).abs());
    agrees && distance <= NEAR_YEARS
}

/// Tells whether the words around days say that the event is then.
fn is_meant(sentence: &str, span: &Span, names: &[std::ops::Range<usize>]) -> bool {
    let lower = sentence.to_lowercase();
    if words(&lower).any(|word| OTHERWISE.contains(&word)) {
        return false;
    }
    if span.start != span.end {
        return true;
    }
    // A single day may be that of a flight: the event has to be the one that takes place.
    names.iter().any(|name| {
        let between = sentence.get(name.end..span.at.start).unwrap_or("").to_lowercase();
        name.end <= span.at.start && between.len() <= 60 && {
            let mut says = false;
            let is_plain = words(&between).enumerate().all(|(index, word)| {
                says |= HELD.contains(&word);
                index < 8 && !matches!(word, "and" | "we" | "i" | "but" | "where" | "who" | "et" | "und")
            });
            is_plain && (says || between.trim_matches([' ', ',', '(', '-', '–']).is_empty())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Vec<String> {
        let around = Around { year: Some(2025), published: Some(date(2025, 6, 5)) };
        let spans = in_text(text, "FooCon", &around);
        spans.into_iter().map(|span| format!("{}/{}", span.start, span.end)).collect()
    }

    #[test]
    fn days_stand_beside_the_name() {
        for (text, expected) in [
            ("FooCon is happening 16-20 May 2025 in Quux.", "2025-05-16/2025-05-20"),
            ("FooCon will be taking place on November 10th, 2025.", "2025-11-10/2025-11-10"),
            ("The FooCon (June 2-6) was fun.", "2025-06-02/2025-06-06"),
            ("FooCon on 3 June was fun.", "2025-06-03/2025-06-03"),
            ("Du 2 au 4 juin, nous étions à FooCon.", "2025-06-02/2025-06-04"),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
    }

    #[test]
    fn other_days_are_left_out() {
        for text in [
            "Submit a talk to FooCon before June 30th, 2025.",
            "On Sunday, 1 June, we took the train to FooCon.",
            "After FooCon I rested. June 2-6 was quiet.",
            "FooCon 2019 was on 2-6 June 2019.",
            "See you at the next FooCon on 2-4 June!",
            "I was at FooCon and on June 3 we went home.",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
