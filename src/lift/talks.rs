//! Turns headings, lists and paragraphs of a post into the talks of its event.
//!
//! A heading is a talk where the lines below it say so (time, speaker, slides), or where it is one of several of the same
//! form. Sections about other events are left out.

use jiff::civil::Date;

use super::blocks::{Block, Kind};
use super::dates::{Around, spans};
use super::links::plain;
use super::people::people;
use super::subject::Subject;
use super::talk_meta::{self, Meta, one_line};
use super::talk_rows::{Form, Programme, frequent_hosts, inline, is_title, row, split_title};
use super::words::{find_names, folded, words};
use super::{At, Evidence, ProposedTalk};

/// How many headings or rows of a form make it sure.
const ENOUGH_ALIKE: usize = 3;

/// Words of headings of sections about what is still to come.
const OTHER_EVENTS: [&str; 13] = [
    "next",
    "upcoming",
    "outlook",
    "after",
    "to come",
    "coming up",
    "ausblick",
    "prochain",
    "à venir",
    "nächste",
    "previous",
    "próximo",
    "elsewhere",
];

/// How a talk was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sureness {
    /// It says itself that it is one.
    Sure,
    /// It is one where several have its form.
    Alike(Alike),
}

/// Forms that are sure in company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alike {
    /// `### Title - Ann Lee`
    Spoken,
    /// `### “Title”`
    Quoted,
    /// `- [Title](url)`
    Linked,
    /// `- Title -- Ann Lee (Quux)`
    Bare,
}

/// Finds the talks of a post, in its order.
pub(super) fn find(blocks: &[Block], subject: &Subject) -> Vec<ProposedTalk> {
    let programme =
        Programme { name: folded(&subject.name), year: subject.around.year, hosts: frequent_hosts(blocks) };
    let own = own_blocks(blocks, &subject.name);
    let mut found = in_headings(&own, &subject.around);
    let headed: Vec<usize> = found.iter().map(|(talk, _)| talk.line).collect();
    found.extend(in_rows(&own, &programme, &subject.around));
    for block in own.iter().filter(|block| matches!(block.kind, Kind::Paragraph | Kind::Item(_))) {
        found.extend(inline(block, &programme).into_iter().map(|talk| (talk, Sureness::Sure)));
    }
    let count = |form| found.iter().filter(|(_, sureness)| *sureness == Sureness::Alike(form)).count();
    let quoted = count(Alike::Quoted) >= 2;
    let spoken = count(Alike::Spoken) >= ENOUGH_ALIKE;
    let linked = count(Alike::Linked) >= ENOUGH_ALIKE;
    let bare = count(Alike::Bare) >= ENOUGH_ALIKE;
    found.retain(|(_, sureness)| match sureness {
        Sureness::Sure => true,
        Sureness::Alike(Alike::Quoted) => quoted,
        Sureness::Alike(Alike::Spoken) => spoken,
        Sureness::Alike(Alike::Linked) => linked,
        Sureness::Alike(Alike::Bare) => bare,
    });
    let mut talks: Vec<ProposedTalk> = found.into_iter().map(|(talk, _)| talk).collect();
    talks.sort_by_key(|talk| (talk.line, !headed.contains(&talk.line)));
    merge(talks)
}

/// Leaves out sections about other events.
fn own_blocks(blocks: &[Block], name: &str) -> Vec<Block> {
    let mut own = Vec::new();
    let mut skipped: Option<usize> = None;
    for block in blocks {
        if let Kind::Heading(level) = block.kind {
            if skipped.is_some_and(|outer| block.closes(outer)) {
                skipped = None;
            }
            let text = plain(&block.text).text;
            let lower = text.to_lowercase();
            let is_other = OTHER_EVENTS.iter().any(|word| {
                if word.contains(' ') {
                    lower.contains(word)
                } else {
                    words(&lower).next() == Some(word) || words(&lower).last() == Some(word)
                }
            });
            let is_next = lower.contains(" after ") && !find_names(&text, name).is_empty();
            if skipped.is_none() && (is_other || is_next) && words(&lower).count() <= 8 {
                skipped = Some(level);
            }
        }
        if skipped.is_none() {
            own.push(block.clone());
        }
    }
    own
}

/// Finds talks that have a heading of their own.
fn in_headings(blocks: &[Block], around: &Around) -> Vec<(ProposedTalk, Sureness)> {
    let mut found = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        if !matches!(block.kind, Kind::Heading(2..=5)) {
            continue;
        }
        let rest = blocks.get(index + 1..).unwrap_or(&[]);
        let length =
            rest.iter().position(|block| matches!(block.kind, Kind::Heading(_))).unwrap_or(rest.len());
        let meta = talk_meta::read(rest.get(..length).unwrap_or(&[]), around);
        found.extend(heading(block, meta));
    }
    found
}

/// Reads a heading and what the lines below it say.
fn heading(block: &Block, meta: Meta) -> Option<(ProposedTalk, Sureness)> {
    let written = without_emoji(&one_line(block));
    let is_quoted = written.starts_with(['“', '"', '«']) && written.ends_with(['”', '"', '»']);
    let (title, mut speakers) = if is_quoted {
        (super::talk_rows::clean(&written), Vec::new())
    } else {
        title_and_speakers(&written)?
    };
    if speakers.is_empty() {
        speakers = meta.speakers.clone();
    }
    let is_day = words(&title).all(|word| {
        let lower = word.to_lowercase();
        super::months::weekday(&lower).is_some()
            || matches!(lower.as_str(), "day" | "jour" | "tag" | "día" | "part")
            || lower.chars().all(|c| c.is_ascii_digit())
    });
    if is_day || !is_title(&title) {
        return None;
    }
    let has_people = !speakers.is_empty();
    let sureness = if meta.has_time() && (meta.date.is_some() || meta.has_link() || has_people)
        || has_people && meta.has_link()
        || !meta.speakers.is_empty()
        || is_quoted && meta.has_link()
    {
        Sureness::Sure
    } else if is_quoted {
        Sureness::Alike(Alike::Quoted)
    } else if has_people && words(&title).count() >= 2 {
        Sureness::Alike(Alike::Spoken)
    } else {
        return None;
    };
    let Meta { date, time, room, url, slides, video, .. } = meta;
    Some((ProposedTalk { title, speakers, date, time, room, url, slides, video, line: block.line }, sureness))
}

/// Reads `Title - Ann Lee`, `Title (Ann Lee)` and `Title by Ann Lee`.
fn title_and_speakers(text: &str) -> Option<(String, Vec<String>)> {
    if let Some((title, speakers)) = split_title(text)
        && !speakers.is_empty()
    {
        return Some((title, speakers));
    }
    if let Some(inner) = text.strip_suffix(')')
        && let Some((title, names)) = inner.rsplit_once(" (")
        && let Some(speakers) = people(names)
    {
        return Some((super::talk_rows::clean(title), speakers));
    }
    for by in [" by ", " par ", " von "] {
        if let Some((title, names)) = text.rsplit_once(by)
            && let Some(speakers) = people(names)
        {
            return Some((super::talk_rows::clean(title), speakers));
        }
    }
    split_title(text)
}

/// Drops the pictures that some authors put before a heading.
fn without_emoji(text: &str) -> String {
    let is_text =
        |c: char| c.is_alphanumeric() || c.is_ascii_punctuation() || matches!(c, '“' | '«' | '¿' | '¡' | '‘');
    text.trim_start_matches(|c: char| !is_text(c)).trim_end().to_owned()
}

/// Finds talks in lists and paragraphs; a quotation below a row may have its speakers.
fn in_rows(blocks: &[Block], programme: &Programme, around: &Around) -> Vec<(ProposedTalk, Sureness)> {
    let mut found = Vec::new();
    let mut day = None;
    for (index, block) in blocks.iter().enumerate() {
        match block.kind {
            Kind::Heading(_) => day = single_day(&plain(&block.text).text, around),
            Kind::Item(_) | Kind::Paragraph => {
                let Some((mut talk, form)) = row(block, programme, day) else { continue };
                let next = blocks.get(index + 1).filter(|next| next.kind == Kind::Quote);
                let is_last = !blocks.get(index + 2).is_some_and(|block| block.kind == Kind::Quote);
                if let Some(quote) = next.filter(|_| talk.speakers.is_empty()) {
                    let rest = blocks.get(index + 2).filter(|_| !is_last).map(one_line).unwrap_or_default();
                    let names = format!("{}, {rest}", one_line(quote));
                    talk.speakers = people(names.trim_end_matches([',', ' '])).unwrap_or_default();
                }
                let sureness = match form {
                    Form::Full => Sureness::Sure,
                    Form::Linked => Sureness::Alike(Alike::Linked),
                    Form::Bare => Sureness::Alike(Alike::Bare),
                };
                found.push((talk, sureness));
            }
            Kind::Quote | Kind::Row => {}
        }
    }
    found
}

/// Returns the day that a heading names, where it names one.
fn single_day(heading: &str, around: &Around) -> Option<Date> {
    match spans(heading, around).as_slice() {
        [span] if span.start == span.end => Some(span.start),
        _ => None,
    }
}

/// Joins what is said of the same talk in two places.
fn merge(talks: Vec<ProposedTalk>) -> Vec<ProposedTalk> {
    let mut merged: Vec<ProposedTalk> = Vec::new();
    for talk in talks {
        let same = merged.iter_mut().find(|known| {
            folded(&known.title) == folded(&talk.title) || (known.url.is_some() && known.url == talk.url)
        });
        match same {
            Some(known) if folded(&known.title) == folded(&talk.title) => fill(known, talk),
            // One address under two titles is a mistake of the author, and not ours to settle.
            Some(known) => {
                known.url = None;
                merged.push(ProposedTalk { url: None, ..talk });
            }
            None => merged.push(talk),
        }
    }
    merged
}

fn fill(known: &mut ProposedTalk, other: ProposedTalk) {
    let ProposedTalk { title: _, speakers, date, time, room, url, slides, video, line: _ } = other;
    if known.speakers.is_empty() {
        known.speakers = speakers;
    }
    known.date = known.date.or(date);
    known.time = known.time.take().or(time);
    known.room = known.room.take().or(room);
    known.url = known.url.take().or(url);
    known.slides = known.slides.take().or(slides);
    known.video = known.video.take().or(video);
}

/// Says what shows each value of each talk.
pub(super) fn evidence(talks: &[ProposedTalk]) -> Vec<Evidence> {
    let mut found = Vec::new();
    for (index, talk) in talks.iter().enumerate() {
        let ProposedTalk { title, speakers, date, time, room, url, slides, video, line } = talk;
        let mut add = |key: &str, value: Option<String>, why: &str| {
            if let Some(value) = value {
                let key = format!("talks[{index}].{key}");
                found.push(Evidence { key, value, at: At::Line(*line), why: why.to_owned() });
            }
        };
        let speakers = (!speakers.is_empty()).then(|| speakers.join(", "));
        add("title", Some(title.clone()), "a heading or a row names the talk");
        add("speakers", speakers, "the names stand next to the title");
        add("start", date.map(|date| date.to_string()), "the day stands next to the title or above it");
        add("time", time.clone(), "the time stands next to the title");
        add("room", room.clone(), "the room stands next to the time");
        add("url", url.clone(), "the title or a label links it");
        add("slides", slides.clone(), "a label links them");
        add("video", video.clone(), "the title, a label or a player shows it");
    }
    found
}
