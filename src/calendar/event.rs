//! Turns one entry into one `VEVENT` (RFC 5545, 3.6.1).
//!
//! Knows a single entry and nothing about the others. Says which zone its times are in; that zone is written by `zone`.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::text::{Lines, date_time, escaped, parameter, uri};
use super::zone::{Used, tzid};
use super::{Entry, Status, When};

/// The first full year of the Gregorian calendar; before it, ISO 8601 and with it RFC 5545 need an agreement of both sides.
const FIRST_YEAR: i16 = 1583;

/// An entry that is ready to be written.
pub(super) struct Prepared<'a> {
    /// Its identity, as it is written.
    pub(super) uid: String,
    /// The whole component.
    pub(super) lines: Lines,
    span: Span<'a>,
    sequence: u32,
}

impl<'a> Prepared<'a> {
    /// Returns what entries are sorted by: start, identity, and, where these are the same, the newest version first.
    pub(super) fn order(&self) -> impl Ord + use<'_, 'a> {
        (self.span.position, &self.uid, Reverse(self.sequence), &self.lines)
    }

    /// Returns the zone of start and end, and these two.
    pub(super) fn zone_used(&self) -> Option<Used<'a>> {
        match self.span.clock {
            Clock::Zone(used) => Some(used),
            Clock::Day | Clock::Floating | Clock::Utc => None,
        }
    }
}

/// Start and end as they are written.
struct Span<'a> {
    /// The start in UTC; of days and floating times, as if these were in UTC.
    position: DateTime,
    start: DateTime,
    /// Excluded, and after the start.
    end: Option<DateTime>,
    clock: Clock<'a>,
}

/// Whose clock shows a time, which decides how it is written (RFC 5545, 3.3.4 and 3.3.5).
#[derive(Clone, Copy)]
enum Clock<'a> {
    Day,
    Floating,
    Utc,
    Zone(Used<'a>),
}

/// Returns an entry with its component; none if RFC 5545 cannot express it (see [`super::write`]).
pub(super) fn prepare<'a>(entry: &'a Entry, language: &str) -> Option<Prepared<'a>> {
    let uid = escaped(&entry.uid);
    let span = span(&entry.when)?;
    if uid.trim().is_empty() || [span.start, span.position].iter().any(|time| time.year() < FIRST_YEAR) {
        return None;
    }
    let mut lines = Lines::default();
    lines.push("BEGIN:VEVENT");
    lines.push(&format!("UID:{uid}"));
    write_versions(&mut lines, entry, &span);
    write_times(&mut lines, &span);
    write_words(&mut lines, entry, language);
    write_state(&mut lines, entry);
    lines.push("END:VEVENT");
    Some(Prepared { uid, lines, span, sequence: entry.sequence })
}

/// Writes which version of the entry this is (RFC 5545, 3.8.7).
///
/// Without a day on which the entry changed, its own day takes the place of one: an entry that moves has another.
fn write_versions(lines: &mut Lines, entry: &Entry, span: &Span<'_>) {
    let changed = entry.changed.map(|changed| TimeZone::UTC.to_datetime(changed));
    match changed.filter(|changed| changed.year() >= FIRST_YEAR) {
        Some(changed) => {
            lines.push(&format!("DTSTAMP:{}Z", date_time(changed)));
            lines.push(&format!("LAST-MODIFIED:{}Z", date_time(changed)));
        }
        None => lines.push(&format!("DTSTAMP:{}T000000Z", span.start.strftime("%Y%m%d"))),
    }
    lines.push(&format!("SEQUENCE:{}", entry.sequence));
}

/// Writes start and end (RFC 5545, 3.8.2.4 and 3.8.2.2).
fn write_times(lines: &mut Lines, span: &Span<'_>) {
    for (name, time) in [("DTSTART", Some(span.start)), ("DTEND", span.end)] {
        let Some(time) = time else { continue };
        lines.push(&match span.clock {
            Clock::Day => format!("{name};VALUE=DATE:{}", time.strftime("%Y%m%d")),
            Clock::Floating => format!("{name}:{}", date_time(time)),
            Clock::Utc => format!("{name}:{}Z", date_time(time)),
            Clock::Zone(used) => format!("{name}{}:{}", parameter("TZID", used.name), date_time(time)),
        });
    }
}

/// Writes what the entry is, in words and addresses (RFC 5545, 3.8.1 and 3.8.4).
fn write_words(lines: &mut Lines, entry: &Entry, language: &str) {
    lines.text("SUMMARY", language, &entry.title);
    if let Some(description) = &entry.description {
        lines.text("DESCRIPTION", language, description);
    }
    if let Some(location) = &entry.location {
        lines.text("LOCATION", "", location);
    }
    if let Some(position) = entry.geo.and_then(|(latitude, longitude)| geo(latitude, longitude)) {
        lines.push(&format!("GEO:{position}"));
    }
    if let Some(url) = entry.url.as_deref().and_then(uri) {
        lines.push(&format!("URL:{url}"));
    }
    if let Some(organizer) = &entry.organizer {
        lines.text("CONTACT", "", organizer);
    }
    let mut seen = BTreeSet::new();
    let mut categories: Vec<_> = entry.categories.iter().map(|category| escaped(category)).collect();
    categories.retain(|category| !category.trim().is_empty() && seen.insert(category.clone()));
    if !categories.is_empty() {
        lines.push(&format!("CATEGORIES:{}", categories.join(",")));
    }
}

/// Writes whether the entry takes place, and whether one is busy then (RFC 5545, 3.8.1.11 and 3.8.2.7).
fn write_state(lines: &mut Lines, entry: &Entry) {
    lines.push(match entry.status {
        Status::Tentative => "STATUS:TENTATIVE",
        Status::Confirmed => "STATUS:CONFIRMED",
        Status::Cancelled => "STATUS:CANCELLED",
    });
    lines.push(if entry.transparent { "TRANSP:TRANSPARENT" } else { "TRANSP:OPAQUE" });
}

/// Returns start and end as they are written; none if one of them is no time there is.
fn span(when: &When) -> Option<Span<'_>> {
    match when {
        When::Days { first, last } => {
            // The last day that there is has no day after it.
            let after = last.max(first).tomorrow().unwrap_or(*last);
            let [start, after] = [*first, after].map(|day| day.at(0, 0, 0, 0));
            let end = Some(after).filter(|after| *after > start);
            Some(Span { position: start, start, end, clock: Clock::Day })
        }
        When::Floating { start, end } => {
            let start = whole_seconds(*start);
            let end = end.map(whole_seconds).filter(|end| *end > start);
            Some(Span { position: start, start, end, clock: Clock::Floating })
        }
        When::Zoned { start, end, zone } => zoned_span(*start, *end, zone),
    }
}

/// Returns start and end in their zone, or in UTC if the zone is none that a calendar defines.
fn zoned_span(start: DateTime, end: Option<DateTime>, zone: &TimeZone) -> Option<Span<'_>> {
    let instant = |time| zone.to_ambiguous_timestamp(whole_seconds(time)).compatible().ok();
    let first = instant(start)?;
    let last = end.and_then(instant).filter(|last| *last > first);
    let position = TimeZone::UTC.to_datetime(first);
    let name = tzid(zone);
    let clock = |time: Timestamp| match name {
        Some(_) => zone.to_datetime(time),
        None => TimeZone::UTC.to_datetime(time),
    };
    Some(Span {
        position,
        start: clock(first),
        end: last.map(clock),
        clock: match name {
            Some(name) => Clock::Zone(Used { name, zone, first, last: last.unwrap_or(first) }),
            None => Clock::Utc,
        },
    })
}

/// Returns latitude and longitude (RFC 5545, 3.8.1.6), to six decimals: within a hand's breadth.
fn geo(latitude: f64, longitude: f64) -> Option<String> {
    if !(latitude.abs() <= 90.0 && longitude.abs() <= 180.0) {
        return None;
    }
    // Zero has no sign here: adding it takes that of what was rounded.
    let [latitude, longitude] = [latitude, longitude].map(|degrees| (degrees * 1e6).round() / 1e6 + 0.0);
    Some(format!("{latitude:.6};{longitude:.6}"))
}

fn whole_seconds(time: DateTime) -> DateTime {
    time.with().subsec_nanosecond(0).build().unwrap_or(time)
}
