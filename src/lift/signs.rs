//! Turns a post and a name into the weight of the signs that the post is about an event of this name.
//!
//! Each sign is weak alone: a name that ends in `Conf`, a tag, a sentence that says someone went there. Does not read
//! dates and places.

use super::Post;
use super::blocks::{Block, Kind};
use super::links::{plain, squash};
use super::name::{has_kind, is_report};
use super::site;
use super::words::{EVENT_NOUNS, EVENT_TAGS, EVENT_WORDS, find_names, folded, sentences, words};

/// How many blocks of text, from the top, are its beginning.
const BEGINNING_BLOCKS: usize = 8;

/// What speaks for an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// The sum of the weights.
    pub(super) points: u32,
    /// Whether something says that this is an event: its name, its title, or a sentence.
    pub(super) is_event: bool,
    /// Whether the beginning says that someone is there, was there or goes there.
    pub(super) is_visited: bool,
    /// Whether the text names it.
    pub(super) is_mentioned: bool,
    /// Whether the text has several words that posts about events have.
    pub(super) has_event_words: bool,
    /// The reasons, in words.
    pub(super) reasons: Vec<&'static str>,
}

/// Phrases before a name that say that someone goes there.
const VISITS: [&str; 44] = [
    "attend",
    "went to",
    "going to",
    "gone to",
    "go to",
    "got to",
    "back from",
    "returned from",
    "return from",
    "speak at",
    "speaking at",
    "spoke at",
    "speaker at",
    "trip to",
    "trips to",
    "trip report from",
    "talk at",
    "presented at",
    "presenting at",
    "be at",
    "was at",
    "were at",
    "been to",
    "came to",
    "come to",
    "here at",
    "visited",
    "visiting",
    "meet us at",
    "flew to",
    "volunteer",
    "assisté à",
    "participé à",
    "participer à",
    "présent à",
    "étais à",
    "retour de",
    "rentré de",
    "besucht",
    "auf der",
    "zur",
    "asistí a",
    "estuve en",
    "estado en",
];

/// Phrases after a name that say that it takes place.
const HAPPENS: [&str; 16] = [
    "took place",
    "takes place",
    "take place",
    "taking place",
    "is happening",
    "happened",
    "was held",
    "held",
    "is hosted",
    "was hosted",
    "is over",
    "was over",
    "a eu lieu",
    "aura lieu",
    "findet",
    "fand",
];

/// Weighs the signs for `name`.
pub(super) fn weigh(post: &Post<'_>, blocks: &[Block], name: &str, year: Option<i16>) -> Signs {
    let mut signs = Signs::default();
    let has_kind = has_kind(name);
    let is_report = is_report(post.title);
    signs.add(2, has_kind, "its name says what kind of event it is");
    signs.add(2, is_report, "the title says that it is a report");
    signs.add(1, has_kind && is_report, "both say so");
    signs.add(2, has_name_tag(post, name, year), "a tag has the same name");
    let has_event_tag = has_event_tag(post);
    signs.add(1, has_event_tag, "a tag says that it is about an event");
    signs.add(2, site::official(blocks, name, year).is_some(), "its own site is linked");
    let mentions = mentions(blocks, name);
    signs.is_mentioned = mentions > 0;
    signs.add(1, mentions >= 3, "the text names it again and again");
    signs.has_event_words = event_words(blocks) >= 4;
    signs.add(1, signs.has_event_words, "the text speaks of talks and speakers");
    signs.is_visited = beginning(post, blocks).iter().any(|text| is_visit(text, name));
    signs.add(3, signs.is_visited, "the beginning says that someone goes there");
    // People also go to markets: something has to speak of talks.
    signs.is_event = has_kind || is_report || signs.is_visited && (has_event_tag || signs.has_event_words);
    signs
}

impl Signs {
    fn add(&mut self, points: u32, holds: bool, reason: &'static str) {
        if holds {
            self.points += points;
            self.reasons.push(reason);
        }
    }
}

/// Returns the description and the first blocks of text, without markup.
pub(super) fn beginning(post: &Post<'_>, blocks: &[Block]) -> Vec<String> {
    let texts = blocks.iter().filter(|block| matches!(block.kind, Kind::Paragraph | Kind::Item(_)));
    let texts = texts.take(BEGINNING_BLOCKS).map(|block| plain(&block.text).text);
    std::iter::once(plain(post.description).text).chain(texts).map(|text| squash(&text)).collect()
}

/// Tells whether a text says that someone goes to `name`, or that it takes place.
fn is_visit(text: &str, name: &str) -> bool {
    sentences(text).into_iter().any(|(_, sentence)| {
        find_names(sentence, name).into_iter().any(|at| {
            let before = sentence.get(..at.start).unwrap_or("").to_lowercase();
            let after = sentence.get(at.end..).unwrap_or("").to_lowercase();
            let near_before = last_words(&before, 8);
            let near_after = first_words(&after, 6);
            VISITS.iter().any(|phrase| begins_word(&near_before, phrase))
                || HAPPENS.iter().any(|phrase| begins_word(&near_after, phrase))
                || words(&first_words(&after, 2)).any(|word| EVENT_NOUNS.contains(&word))
                || words(&last_words(&before, 1)).any(|word| EVENT_NOUNS.contains(&word))
                || is_journey(&last_words(&before, 5))
        })
    })
}

/// Tells whether the words before a name are like `to Ghent for`.
fn is_journey(before: &str) -> bool {
    let words: Vec<&str> = words(before).collect();
    let ends = words.iter().rposition(|word| matches!(*word, "for" | "pour" | "für" | "para"));
    let begins = words.iter().position(|word| matches!(*word, "to" | "in" | "à" | "nach" | "a"));
    matches!((begins, ends), (Some(from), Some(to)) if from + 1 < to && to + 2 >= words.len())
}

/// Tells whether a phrase stands in a text where a word begins.
fn begins_word(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(start, _)| {
        !text.get(..start).and_then(|head| head.chars().next_back()).is_some_and(char::is_alphanumeric)
    })
}

fn last_words(text: &str, count: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.get(words.len().saturating_sub(count)..).unwrap_or(&[]).join(" ")
}

fn first_words(text: &str, count: usize) -> String {
    text.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

/// Counts how often the text below the title names it.
fn mentions(blocks: &[Block], name: &str) -> usize {
    let texts = blocks.iter().filter(|block| block.kind != Kind::Heading(1));
    texts.map(|block| find_names(&plain(&block.text).text, name).len()).sum()
}

fn event_words(blocks: &[Block]) -> usize {
    let mut found: Vec<&str> = Vec::new();
    for block in blocks {
        let lower = block.text.to_lowercase();
        for word in words(&lower) {
            if let Some(known) = EVENT_WORDS.iter().find(|known| **known == word)
                && !found.contains(known)
            {
                found.push(known);
            }
        }
    }
    found.len()
}

fn has_name_tag(post: &Post<'_>, name: &str, year: Option<i16>) -> bool {
    let name = folded(name);
    let with_year = year.map(|year| format!("{name}{year}"));
    post.tags.iter().map(|tag| folded(tag)).any(|tag| tag == name || Some(&tag) == with_year.as_ref())
}

fn has_event_tag(post: &Post<'_>) -> bool {
    post.tags.iter().any(|tag| EVENT_TAGS.contains(&tag.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_who_goes_where() {
        for text in [
            "Last week I attended the 2nd Foo conference.",
            "I went to Ghent for Foo with friends.",
            "Spent my weekend in Ghent to attend Foo.",
            "Foo took place in May.",
            "It was my first Foo conference",
            "La semaine dernière j'ai assisté à la 2e conférence Foo.",
        ] {
            assert!(is_visit(text, "Foo"), "{text}");
        }
        for text in ["Foo 2.0 is out.", "We use Foo for builds.", "Foo has a new logo. I went to town."] {
            assert!(!is_visit(text, "Foo"), "{text}");
        }
    }
}
