//! Turns conferences, talks and call-for-papers deadlines into the text of one calendar (RFC 5545, RFC 7986).
//!
//! Pure: the same calendar is the same bytes, in whatever order its entries come, whenever and wherever it is written. No
//! clock, no disk. Writes feeds to subscribe to, so there is no `METHOD` (`PUBLISH` asks for an `ORGANIZER` with an address:
//! RFC 5546, 3.2.1) and nobody is invited. Does not write repeating events, alarms or tasks, and reads no calendars.

mod event;
mod rule;
mod text;
mod zone;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use event::Prepared;
use text::{Lines, parameter, uri};
use zone::Used;

/// Who wrote the calendar (RFC 5545, 3.7.3), as a formal public identifier without an organisation that is registered.
const PRODID: &str = "-//Hallway//EN";

/// How long subscribers should wait before they ask again: a blog does not change within the hour.
const REFRESH: &str = "P1D";

/// A calendar to subscribe to (RFC 5545, 3.4).
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// Name that subscribers see (`NAME`: RFC 7986, 5.1).
    pub name: String,
    /// What the calendar holds (`DESCRIPTION`: RFC 7986, 5.2).
    pub description: Option<String>,
    /// Language of names, titles and descriptions (`LANGUAGE`: RFC 5545, 3.2.10), as a tag of RFC 5646: `pt-BR`.
    pub language: Option<String>,
    /// Absolute address of the page that shows the same (`URL`: RFC 7986, 5.5).
    pub url: Option<String>,
    /// Absolute address of this very calendar, where it is asked for again (`SOURCE`: RFC 7986, 5.8).
    pub source: Option<String>,
    /// What is in it, in any order.
    pub entries: Vec<Entry>,
}

/// A conference, a talk or a deadline (`VEVENT`: RFC 5545, 3.6.1).
#[derive(Debug, Clone)]
pub struct Entry {
    /// Identity that lasts for ever, everywhere (RFC 5545, 3.8.4.7); see [`uid`].
    pub uid: String,
    /// What it is called (`SUMMARY`: RFC 5545, 3.8.1.12).
    pub title: String,
    /// Plain text about it (RFC 5545, 3.8.1.5).
    pub description: Option<String>,
    /// Venue or room, in words (RFC 5545, 3.8.1.7).
    pub location: Option<String>,
    /// Degrees of latitude and longitude (RFC 5545, 3.8.1.6); left out where there is no such place on Earth.
    pub geo: Option<(f64, f64)>,
    /// Absolute address of its page (RFC 5545, 3.8.4.6); left out where it is not absolute.
    pub url: Option<String>,
    /// When it takes place.
    pub when: When,
    /// Whether it does.
    pub status: Status,
    /// How many times it was moved or called off (RFC 5545, 3.8.7.4).
    pub sequence: u32,
    /// Tags (RFC 5545, 3.8.1.2).
    pub categories: Vec<String>,
    /// Name of who organises it. It becomes a `CONTACT` (RFC 5545, 3.8.4.2), for an `ORGANIZER` is an address, and only of what
    /// people are invited to (3.8.4.3).
    pub organizer: Option<String>,
    /// When what is said here last changed (`LAST-MODIFIED`: RFC 5545, 3.8.7.3), if that is known.
    pub changed: Option<Timestamp>,
    /// Whether one has time for other things meanwhile, as with a deadline (RFC 5545, 3.8.2.7).
    pub transparent: bool,
}

impl Entry {
    /// Makes a confirmed entry of which no more is known than title and time.
    pub fn new(uid: impl Into<String>, title: impl Into<String>, when: When) -> Self {
        Self {
            uid: uid.into(),
            title: title.into(),
            description: None,
            location: None,
            geo: None,
            url: None,
            when,
            status: Status::Confirmed,
            sequence: 0,
            categories: Vec::new(),
            organizer: None,
            changed: None,
            transparent: false,
        }
    }
}

/// When something takes place, to the second.
///
/// Start and end are of one kind by construction, as RFC 5545 asks (3.8.2.2). An end that is not after the start is left out:
/// the entry then takes no time, or one day (3.6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Whole days, wherever the reader is.
    Days {
        /// The first day.
        first: Date,
        /// The last day, itself included; RFC 5545 wants the day after it, and gets that.
        last: Date,
    },
    /// Times on the clock of a place.
    ///
    /// A time that the clock there shows twice is the first of the two; one that it jumps over is counted as before the jump
    /// (RFC 5545, 3.3.5) and written as the clock then shows it. A zone without name or without changes is written in UTC.
    Zoned {
        /// The start.
        start: DateTime,
        /// The end, itself excluded.
        end: Option<DateTime>,
        /// The zone of both.
        zone: TimeZone,
    },
    /// Times on the reader's own clock, wherever that is (RFC 5545, 3.3.5, form 1).
    Floating {
        /// The start.
        start: DateTime,
        /// The end, itself excluded.
        end: Option<DateTime>,
    },
}

/// Whether an entry takes place (RFC 5545, 3.8.1.11).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Announced, or applied for.
    Tentative,
    /// It takes place.
    #[default]
    Confirmed,
    /// It does not.
    Cancelled,
}

/// Returns the identity of an entry: `event-fosdem-2026@example.org` (RFC 5545, 3.8.4.7).
///
/// `kind` is one word without a hyphen, `id` what never changes about the entry (not its title, not its date), `host` the site's.
pub fn uid(kind: &str, id: &str, host: &str) -> String {
    format!("{kind}-{id}@{}", host.to_lowercase())
}

/// Writes a calendar as RFC 5545 has it: UTF-8, lines of 75 octets at most, each of them ended by CR and LF.
///
/// Entries are in order of start and identity. Of several with one identity the first of that order is written. Entries without
/// identity, and with years that four digits of the Gregorian calendar do not write (before 1583, after 9999), are left out.
/// `DTSTAMP` is `changed`, and otherwise midnight (UTC) of the day of the start: it may not change from build to build.
///
/// A calendar without entries has the definition of UTC as its only component, for RFC 5545 (3.6) demands one.
pub fn write(calendar: &Calendar) -> String {
    let language = calendar.language.as_deref().map(language_parameter).unwrap_or_default();
    let entries = prepare(calendar, &language);
    let mut lines = Lines::default();
    lines.push("BEGIN:VCALENDAR");
    write_head(&mut lines, calendar, &language);
    for (name, used) in zones(&entries) {
        zone::write(&mut lines, name, &used);
    }
    if entries.is_empty() {
        zone::write_utc(&mut lines);
    }
    for entry in &entries {
        lines.append(&entry.lines);
    }
    lines.push("END:VCALENDAR");
    lines.into_text()
}

/// Returns the entries that are written, each of them once, in their order.
///
/// What one entry says decides last, so that the order in which they come never does.
fn prepare<'a>(calendar: &'a Calendar, language: &str) -> Vec<Prepared<'a>> {
    let mut entries: Vec<_> =
        calendar.entries.iter().filter_map(|entry| event::prepare(entry, language)).collect();
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.uid.clone()));
    entries
}

/// Returns the zones that times are in, by name, with the first and the last of these times.
fn zones<'a>(entries: &[Prepared<'a>]) -> BTreeMap<&'a str, Used<'a>> {
    let mut zones = BTreeMap::new();
    for used in entries.iter().filter_map(Prepared::zone_used) {
        zones.entry(used.name).and_modify(|all: &mut Used<'a>| all.widen(&used)).or_insert(used);
    }
    zones
}

/// Writes what is said of the calendar as a whole (RFC 5545, 3.7; RFC 7986, 5), with the names that older programs look for.
fn write_head(lines: &mut Lines, calendar: &Calendar, language: &str) {
    lines.push("VERSION:2.0");
    lines.push(&format!("PRODID:{PRODID}"));
    lines.push("CALSCALE:GREGORIAN");
    lines.text("NAME", language, &calendar.name);
    lines.text("X-WR-CALNAME", "", &calendar.name);
    if let Some(description) = &calendar.description {
        lines.text("DESCRIPTION", language, description);
        lines.text("X-WR-CALDESC", "", description);
    }
    if let Some(url) = calendar.url.as_deref().and_then(uri) {
        lines.push(&format!("URL:{url}"));
    }
    if let Some(source) = calendar.source.as_deref().and_then(uri) {
        lines.push(&format!("SOURCE;VALUE=URI:{source}"));
        lines.push(&format!("REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}"));
        lines.push(&format!("X-PUBLISHED-TTL:{REFRESH}"));
    }
}

/// Returns the parameter that names a language (RFC 5545, 3.2.10), and nothing for what cannot be a tag of RFC 5646.
fn language_parameter(tag: &str) -> String {
    let is_tag = tag
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if is_tag { parameter("LANGUAGE", tag) } else { String::new() }
}
