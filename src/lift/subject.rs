//! Turns a post into the event that it is about, or none.
//!
//! The title names it, the text confirms it. Announcements count where the event is their subject; round-ups, guides and
//! releases do not, whatever they mention.

use super::blocks::{Block, Kind};
use super::dates::Around;
use super::labels::{self, Fact, Label};
use super::links::{plain, squash};
use super::name::{Candidate, dated, has_kind, is_report, undated};
use super::place::{Place, address, in_prose};
use super::signs::{Signs, beginning, weigh};
use super::site;
use super::when;
use super::words::{OTHER_GENRES, folded, words};
use super::{At, Evidence, Gazetteer, Post, ProposedEvent, note};

/// The weight that is enough where the title has a year.
const ENOUGH_DATED: u32 = 5;
/// The weight that is enough where it has none.
const ENOUGH_UNDATED: u32 = 6;
/// What a block of facts weighs.
const FACTS_WEIGHT: u32 = 3;
/// What a sentence with the name and the days weighs.
const DATE_WEIGHT: u32 = 3;

/// The event a post is about.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The name, as written.
    pub(super) name: String,
    /// The edition.
    pub(super) edition: Option<String>,
    /// What years can be told from.
    pub(super) around: Around,
    /// The labelled facts of the post.
    facts: Vec<Fact>,
    /// Where the name is said, and why it is believed.
    at: At,
    why: String,
}

/// Words of the beginning that say that it was just now.
const RECENTLY: [&str; 18] = [
    "last week",
    "last weekend",
    "past weekend",
    "this weekend",
    "past week",
    "this week",
    "just got back",
    "just came back",
    "just come back",
    "just returned",
    "la semaine dernière",
    "le week-end dernier",
    "tout juste",
    "vient de se terminer",
    "letzte woche",
    "letztes wochenende",
    "la semana pasada",
    "yesterday",
];

/// Finds the event a post is about.
pub(super) fn find(post: &Post<'_>, blocks: &[Block]) -> Option<Subject> {
    if is_other_genre(post.title) {
        return None;
    }
    let candidates = dated(post.title);
    let year = candidates.first().and_then(|candidate| candidate.year);
    let around = Around { year, published: post.date };
    let facts = labels::find(blocks, &around);
    let is_same = |a: &Candidate, b: &Candidate| folded(&a.words.join(" ")) == folded(&b.words.join(" "));
    if candidates.windows(2).any(|pair| matches!(pair, [a, b] if !is_same(a, b))) {
        return None;
    }
    let near = |year: i16| post.date.is_none_or(|date| (date.year() - year).abs() <= 1);
    let by_year = candidates.into_iter().filter(|candidate| candidate.year.is_some_and(near));
    let subject = |name: String, edition, at, why: String| Subject {
        name,
        edition,
        around,
        facts: facts.clone(),
        at,
        why,
    };
    for candidate in by_year {
        if let Some((name, signs)) = settle(post, blocks, &candidate, !facts.is_empty()) {
            return Some(subject(name, candidate.edition, At::Title, signs.reasons.join("; ")));
        }
    }
    if let Some((name, line)) = named_by_fact(&facts, post.title) {
        return Some(subject(name, None, At::Line(line), "a label says what it is called".to_owned()));
    }
    if year.is_some() {
        return None;
    }
    if let Some(name) = meeting(post.title).filter(|_| facts.iter().any(|fact| fact.label == Label::Date)) {
        let why = "the title says what it is called, and the text when it is".to_owned();
        return Some(subject(name, None, At::Title, why));
    }
    undated(post.title, post.tags).into_iter().find_map(|candidate| {
        let (name, signs) = settle_undated(post, blocks, &candidate)?;
        Some(subject(name, None, At::Title, signs.reasons.join("; ")))
    })
}

/// Tells whether a title is that of a post about something else.
fn is_other_genre(title: &str) -> bool {
    let lower = title.to_lowercase();
    let title_words: Vec<&str> = words(&lower).collect();
    // What is announced at an event is not the event.
    let is_announced = title_words.first().is_some_and(|word| word.starts_with("announc"))
        && title_words.iter().any(|word| matches!(*word, "at" | "à" | "auf" | "en"));
    is_announced
        || title_words.iter().any(|word| OTHER_GENRES.contains(word))
        || lower.contains("call for ")
        || lower.contains("year in ")
}

/// Finds the longest reading of a candidate that the text confirms.
fn settle(
    post: &Post<'_>,
    blocks: &[Block],
    candidate: &Candidate,
    has_facts: bool,
) -> Option<(String, Signs)> {
    let names = readings(candidate);
    let weighed = names.iter().map(|name| (name.clone(), weigh(post, blocks, name, candidate.year)));
    let best = weighed.clone().find(|(_, signs)| signs.is_mentioned);
    let (name, mut signs) = best.or_else(|| weighed.into_iter().next().filter(|_| has_facts))?;
    if has_facts {
        signs.points += FACTS_WEIGHT;
        signs.reasons.push("the post has a block of facts");
    }
    let is_event = signs.is_event || has_facts;
    (is_event && signs.points >= ENOUGH_DATED).then_some((name, signs))
}

/// The same for a title without a year, where more has to be said.
fn settle_undated(post: &Post<'_>, blocks: &[Block], candidate: &Candidate) -> Option<(String, Signs)> {
    let name = readings(candidate).into_iter().next()?;
    let mut signs = weigh(post, blocks, &name, None);
    let beginning = beginning(post, blocks).join(" ").to_lowercase();
    let is_now = RECENTLY.iter().any(|phrase| beginning.contains(phrase));
    let around = Around { year: None, published: post.date };
    let is_dated = when::find(post, blocks, &[], &name, &around).is_some();
    if is_dated {
        signs.points += DATE_WEIGHT;
        signs.reasons.push("a sentence says when it is");
    }
    // A tag and a weekend are not enough: people also go to markets and go swimming.
    let is_event = has_kind(&name) || is_report(post.title) || signs.has_event_words;
    let is_told = is_dated || (is_report(post.title) || is_now) && (signs.is_visited || has_kind(&name));
    let is_sure = signs.is_mentioned && is_event && is_told && signs.points >= ENOUGH_UNDATED;
    is_sure.then_some((name, signs))
}

/// Returns the readings of a candidate, the longest first; a kind of event alone is no name.
fn readings(candidate: &Candidate) -> Vec<String> {
    let words = &candidate.words;
    let from = (0..words.len()).filter_map(|start| words.get(start..)).map(|words| words.join(" "));
    from.filter(|name| {
        let folded = folded(name);
        let is_kind = !name.contains(' ')
            && has_kind(name)
            && super::words::KINDS.contains(&name.to_lowercase().as_str());
        folded.chars().count() >= 3 && !is_kind && !folded.chars().all(|c| c.is_ascii_digit())
    })
    .collect()
}

/// Reads the name from a label, where the title names it too or says nothing else.
fn named_by_fact(facts: &[Fact], title: &str) -> Option<(String, usize)> {
    let (value, line) = labels::value(facts, Label::Name)?;
    let (name, title) = (folded(&value), folded(title));
    let is_named = name.chars().count() >= 3 && title.contains(&name) && value.chars().count() <= 80;
    is_named.then_some((value, line))
}

/// Reads the name from a title like `Meetup: Foo for beginners`.
fn meeting(title: &str) -> Option<String> {
    let (kind, name) = title.split_once(':')?;
    let is_kind =
        !kind.trim().contains(' ') && (has_kind(kind) || matches!(kind.trim(), "Webinar" | "Atelier"));
    let name = squash(name.trim_end_matches(['!', '.', ' ', '\u{a0}']));
    (is_kind && name.chars().count() >= 3).then_some(name)
}

/// Fills in what the text says about the event.
pub(super) fn event(
    post: &Post<'_>,
    blocks: &[Block],
    subject: &Subject,
    places: &Gazetteer,
    evidence: &mut Vec<Evidence>,
) -> ProposedEvent {
    let name = subject.name.as_str();
    let mut event =
        ProposedEvent { name: name.to_owned(), edition: subject.edition.clone(), ..ProposedEvent::default() };
    note(evidence, "event.name", name, subject.at, &subject.why);
    if let Some(edition) = &event.edition {
        note(evidence, "event.edition", edition, At::Title, "it stands next to the name");
    }
    if let Some((span, at, why)) = when::find(post, blocks, &subject.facts, name, &subject.around) {
        note(evidence, "event.start", &span.start.to_string(), at, why);
        event.start = Some(span.start);
        if span.end != span.start {
            note(evidence, "event.end", &span.end.to_string(), at, why);
            event.end = Some(span.end);
        }
    }
    if let Some((place, at, why)) = find_place(post, blocks, subject, places) {
        for (key, part) in
            [("event.venue", &place.venue), ("event.city", &place.city), ("event.country", &place.country)]
        {
            if let Some(part) = part {
                note(evidence, key, part, at, why);
            }
        }
        (event.venue, event.city, event.country) = (place.venue, place.city, place.country);
    }
    add_links(blocks, subject, &mut event, evidence);
    event
}

/// Fills in the site and the programme.
fn add_links(blocks: &[Block], subject: &Subject, event: &mut ProposedEvent, evidence: &mut Vec<Evidence>) {
    let year = subject.around.year;
    let labelled = |label| labels::url(&subject.facts, label);
    let labelled_site = labelled(Label::Website).or_else(|| labelled(Label::Name));
    if let Some((url, line)) = labelled_site.or_else(|| site::official(blocks, &subject.name, year)) {
        note(evidence, "event.url", &url, At::Line(line), "it is linked by the name or by a label");
        event.url = Some(url);
    }
    let programme = labelled(Label::Schedule)
        .or_else(|| site::programme(blocks, &subject.name, event.url.as_deref(), year));
    if let Some((url, line)) = programme {
        note(evidence, "event.schedule", &url, At::Line(line), "it is linked as the programme");
        event.schedule = Some(url);
    }
}

/// Finds where the event is: labels first, then the description, then the beginning of the text.
fn find_place(
    post: &Post<'_>,
    blocks: &[Block],
    subject: &Subject,
    places: &Gazetteer,
) -> Option<(Place, At, &'static str)> {
    let label = "a label says where it is";
    if let Some(place) = labelled_place(&subject.facts, places) {
        let wanted = [Label::Place, Label::Venue, Label::City, Label::Country];
        let line = subject.facts.iter().find(|fact| wanted.contains(&fact.label)).map_or(0, |fact| fact.line);
        return Some((place, At::Line(line), label));
    }
    let why = "a sentence that names the event says where it is";
    let edition = subject.edition.as_deref();
    if let Some((place, _)) = in_prose(&plain(post.description).text, &subject.name, edition, places) {
        return Some((place, At::Description, why));
    }
    introduction(blocks).find_map(|block| {
        let text = plain(&block.text).text;
        // Line breaks are blanks here; offsets stay as they are.
        let text = text.replace('\n', " ");
        let (place, at) = in_prose(&text, &subject.name, edition, places)?;
        Some((place, At::Line(block.line_at(at)), why))
    })
}

/// Returns the text above the second heading, or above the first one where text stands before it.
fn introduction(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    let is_text = |block: &Block| matches!(block.kind, Kind::Paragraph | Kind::Item(_));
    let first = blocks.iter().position(is_text).unwrap_or(0);
    let rest = blocks.get(first..).unwrap_or(&[]);
    rest.iter().take_while(|block| !block.closes(6)).filter(move |block| is_text(block)).take(8)
}

fn labelled_place(facts: &[Fact], places: &Gazetteer) -> Option<Place> {
    let value = |label| labels::value(facts, label).map(|(value, _)| value);
    let mut place = value(Label::Place).and_then(|value| address(&value, places)).unwrap_or_default();
    if let Some(venue) = value(Label::Venue) {
        let read = address(&venue, places).unwrap_or_default();
        place.venue = read.venue.or(place.venue);
        place.city = place.city.or(read.city);
        place.country = place.country.or(read.country);
    }
    if let Some(city) = value(Label::City) {
        let read = address(&city, places).unwrap_or_default();
        place.city = read.city.or(place.city);
        place.country = place.country.or(read.country);
    }
    place.country = value(Label::Country).filter(|name| (places.is_country)(name)).or(place.country);
    (place != Place::default()).then_some(place)
}
