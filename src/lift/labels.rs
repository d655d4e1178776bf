//! Turns the block of facts at the top of a post into labelled values: `Date: …`, `**Where** …`, `## Location`.
//!
//! Two labels that belong to an event make such a block; a list with speakers and slides is about a talk. Values are as
//! written: `when` and `place` read them.

use super::blocks::{Block, Kind};
use super::dates::{Around, spans};
use super::links::{Plain, plain, squash};
use super::words::folded;

/// How many blocks, from the top, may hold the facts.
const TOP_BLOCKS: usize = 40;
/// How many blocks may lie between the first fact and the last.
const REACH_BLOCKS: usize = 16;
/// The longest value that is a fact and not a story, in bytes.
const LONGEST_VALUE: usize = 220;

/// What a label says about an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// Its name.
    Name,
    /// Its days.
    Date,
    /// Where it is: a city, a venue, or an address.
    Place,
    /// The venue.
    Venue,
    /// The city.
    City,
    /// The country.
    Country,
    /// Its site.
    Website,
    /// Its programme.
    Schedule,
}

/// A labelled value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// What it says.
    pub(super) label: Label,
    /// The value, without markup.
    pub(super) value: Plain,
    /// The line of the value.
    pub(super) line: usize,
}

/// Labels in four languages, folded.
const LABELS: [(Label, &str); 8] = [
    (
        Label::Name,
        "|event|eventname|name|conference|événement|évènement|conférence|veranstaltung|konferenz|evento|conferencia|",
    ),
    (Label::Date, "|date|dates|when|eventdate|quand|wann|datum|termin|cuándo|fecha|fechas|dateandtime|"),
    (Label::Place, "|where|location|place|lieu|où|ort|wo|lugar|dónde|address|adresse|"),
    (Label::Venue, "|venue|veranstaltungsort|sede|"),
    (Label::City, "|city|ville|stadt|ciudad|"),
    (Label::Country, "|country|pays|land|país|"),
    (Label::Website, "|website|site|homepage|web|siteweb|webseite|eventlink|eventpage|eventwebsite|sitio|"),
    (Label::Schedule, "|program|programme|schedule|agenda|programm|programa|fullprogram|fullschedule|"),
];

/// Labels of a talk: next to them, `Date:` is not that of the event.
const TALK_LABELS: &str = "|speaker|speakers|presenter|presenters|slides|video|room|recording|link|abstract|salle|raum|intervenant|intervenants|";

/// Finds the facts of a post's event; nothing where there is no block of them.
pub(super) fn find(blocks: &[Block], around: &Around) -> Vec<Fact> {
    let mut facts: Vec<(usize, Fact)> = Vec::new();
    let top = blocks.get(..blocks.len().min(TOP_BLOCKS)).unwrap_or(blocks);
    let mut section = 0;
    for (index, block) in top.iter().enumerate() {
        if matches!(block.kind, Kind::Heading(_)) {
            section = index;
        }
        if facts.first().is_some_and(|(first, _)| index > first + REACH_BLOCKS) {
            break;
        }
        match block.kind {
            Kind::Heading(_) => facts.extend(under_heading(top, index, around).map(|fact| (index, fact))),
            Kind::Item(_) | Kind::Paragraph => {
                for (line, text) in block.text.lines().enumerate() {
                    match labelled(text) {
                        // What stands in one section with a talk's facts is about that talk.
                        Some(Labelled::Talk) => {
                            facts.retain(|(at, _)| *at < section);
                            return accept(facts.into_iter().map(|(_, fact)| fact).collect());
                        }
                        Some(Labelled::Event(label, value)) => {
                            facts.push((index, Fact { label, value, line: block.line + line }));
                        }
                        None => {}
                    }
                }
            }
            Kind::Row => facts.extend(in_table(top, index).map(|fact| (index, fact))),
            Kind::Quote => {}
        }
    }
    accept(facts.into_iter().map(|(_, fact)| fact).collect())
}

/// Keeps facts that are enough to be about an event.
fn accept(facts: Vec<Fact>) -> Vec<Fact> {
    let mut labels: Vec<Label> = Vec::new();
    for fact in &facts {
        if labels.contains(&fact.label) && matches!(fact.label, Label::Date | Label::Name) {
            // Two dates are two events.
            return Vec::new();
        }
        labels.push(fact.label);
    }
    let has = |wanted: &[Label]| labels.iter().any(|label| wanted.contains(label));
    let is_event = has(&[Label::Date]) && labels.len() >= 2
        || has(&[Label::Place, Label::Venue, Label::City])
            && has(&[Label::Website, Label::Schedule, Label::Name]);
    if is_event { facts } else { Vec::new() }
}

/// What a line with a label is about.
enum Labelled {
    Event(Label, Plain),
    Talk,
}

/// Reads `Date: x`, `**Date** x`, `**Date:** x` and `[Website](url)`.
fn labelled(line: &str) -> Option<Labelled> {
    let text = plain(line);
    if let [link] = text.links.as_slice()
        && link.start == 0
        && link.end == text.text.trim_end().len()
        && let Some(label @ (Label::Website | Label::Schedule)) = label(&text.link_text(link))
    {
        return Some(Labelled::Event(label, text));
    }
    let key_end = match line.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
        Some((key, _)) => plain(key).text.trim_end_matches(':').len(),
        None => text.text.find(':')?,
    };
    let key = text.text.get(..key_end)?;
    if TALK_LABELS.contains(&format!("|{}|", folded(key))) && !folded(key).is_empty() {
        return Some(Labelled::Talk);
    }
    let label = label(key)?;
    let value = after(&text, key_end);
    let is_fact = !value.text.trim().is_empty() && value.text.len() <= LONGEST_VALUE;
    is_fact.then_some(Labelled::Event(label, value))
}

/// Returns the text after a label, with its links.
fn after(text: &Plain, key_end: usize) -> Plain {
    let rest = text.text.get(key_end..).unwrap_or("");
    let cut = key_end + (rest.len() - rest.trim_start_matches([':', ' ', '\u{2013}', '-', '*']).len());
    let links = text.links.iter().filter(|link| link.start >= cut).cloned();
    let links = links.map(|mut link| {
        link.start -= cut;
        link.end -= cut;
        link
    });
    Plain {
        text: text.text.get(cut..).unwrap_or("").trim_end().to_owned(),
        links: links.collect(),
        videos: Vec::new(),
    }
}

fn label(key: &str) -> Option<Label> {
    let key = format!("|{}|", folded(key));
    LABELS.iter().find(|(_, names)| key.len() > 2 && names.contains(&key)).map(|(label, _)| *label)
}

/// Reads a heading that is a label, and the text below it.
fn under_heading<'a>(
    blocks: &'a [Block],
    index: usize,
    around: &'a Around,
) -> impl Iterator<Item = Fact> + 'a {
    let heading = blocks.get(index).map(|block| plain(&block.text).text).unwrap_or_default();
    let label = label(heading.trim_end_matches(':'));
    let rest = blocks.get(index + 1..).unwrap_or(&[]).iter();
    let below = rest.take_while(|block| matches!(block.kind, Kind::Paragraph)).take(3);
    let lines =
        below.flat_map(|block| block.text.lines().enumerate().map(|(i, text)| (block.line + i, plain(text))));
    let mut is_first = true;
    lines.filter_map(move |(line, value)| {
        if value.text.len() > LONGEST_VALUE || value.text.trim().is_empty() {
            is_first = false;
            return None;
        }
        let was_first = std::mem::replace(&mut is_first, false);
        match label? {
            // Below `## Event` the lines have no labels: the day and the address tell themselves.
            Label::Name if folded(&heading) != "name" => {
                let label = if !spans(&value.text, around).is_empty() {
                    Label::Date
                } else if value.text.matches(',').count() >= 2
                    && value.text.contains(|c: char| c.is_ascii_digit())
                {
                    Label::Place
                } else {
                    return None;
                };
                Some(Fact { label, value, line })
            }
            label => was_first.then_some(Fact { label, value, line }),
        }
    })
}

/// Reads a table whose first row has the labels and whose second row has the values, or a row of both.
fn in_table(blocks: &[Block], index: usize) -> impl Iterator<Item = Fact> {
    let cells = |at: usize| -> Vec<String> {
        let row = blocks.get(at).filter(|block| block.kind == Kind::Row).map(|block| block.text.as_str());
        let row = row.unwrap_or("").trim_matches('|');
        row.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let keys = cells(index);
    let labels: Vec<Option<Label>> = keys.iter().map(|key| label(&plain(key).text)).collect();
    let line = blocks.get(index).map_or(0, |block| block.line);
    let is_header = labels.iter().flatten().count() >= 2;
    let is_rule = |row: &[String]| {
        row.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':')) && !cell.is_empty())
    };
    let mut found = Vec::new();
    if is_header && is_rule(&cells(index + 1)) {
        let is_single = cells(index + 3).iter().all(String::is_empty);
        let values = cells(index + 2).into_iter().zip(labels);
        found.extend(
            values.filter_map(|(value, label)| Some((label?, value, line + 2))).filter(|_| is_single),
        );
    } else if let ([_, value], [Some(label), None]) = (keys.as_slice(), labels.as_slice()) {
        found.push((*label, value.clone(), line));
    }
    let facts = found.into_iter().map(|(label, value, line)| Fact { label, value: plain(&value), line });
    facts.filter(|fact| !fact.value.text.trim().is_empty())
}

/// Returns the value of a label on one line, and its line.
pub(super) fn value(facts: &[Fact], label: Label) -> Option<(String, usize)> {
    let fact = facts.iter().find(|fact| fact.label == label)?;
    Some((squash(&fact.value.text), fact.line))
}

/// Returns the address that a label links, and its line.
pub(super) fn url(facts: &[Fact], label: Label) -> Option<(String, usize)> {
    let fact = facts.iter().find(|fact| fact.label == label)?;
    fact.value.links.first().map(|link| (link.url.clone(), fact.line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift::blocks;
    use jiff::civil::date;

    fn found(body: &str) -> Vec<(Label, String, usize)> {
        let around = Around { year: Some(2024), published: Some(date(2024, 6, 20)) };
        let facts = find(&blocks::read(body, 1), &around);
        facts.into_iter().map(|fact| (fact.label, squash(&fact.value.text), fact.line)).collect()
    }

    #[test]
    fn facts_are_read_in_every_form() {
        let expected = [(Label::Date, "June 2-6"), (Label::Place, "Hall 1, Quux")];
        for body in [
            "- Date: June 2-6\n- Location: Hall 1, Quux\n",
            "**When**: June 2-6\n**Where** Hall 1, Quux\n",
            "**Date:** June 2-6\n\n**Ort:** Hall 1, Quux\n",
            "## Date\n\nJune 2-6\n\n## Location\n\nHall 1, Quux\n",
            "| Dates | Where |\n|---|---|\n| June 2-6 | Hall 1, Quux |\n",
            "## Event:\nThe team\nJune 2-6\n\nHall 1, Quux, 12345\n",
        ] {
            let labels: Vec<Label> = found(body).into_iter().map(|(label, ..)| label).collect();
            assert_eq!(labels, expected.map(|(label, _)| label), "{body}");
        }
        assert_eq!(
            found("Date: June 2-6\nLieu: Quux\n"),
            [(Label::Date, "June 2-6".to_owned(), 1), (Label::Place, "Quux".to_owned(), 2)]
        );
    }

    #[test]
    fn other_lists_are_no_facts() {
        for body in [
            "- Date: June 2\n- Speaker: Ann Lee\n- Location: Hall\n",
            "- Date: June 2\n",
            "When: one\nWhen: two\nWhere: three\n",
            "The date: it was late. Location does not matter.\n",
            "| Dates | Where |\n|---|---|\n| June 2-6 | Quux |\n| July 2-6 | Quux |\n",
        ] {
            assert!(found(body).is_empty(), "{body}");
        }
    }
}
