//! Turns one `VEVENT` into a draft of a session.
//!
//! Knows what generators put where: speakers, ids, times. Does not know the other events.

use jiff::civil::{Date, DateTime, Time};

use super::super::draft::Draft;
use super::super::frab::url_id;
use super::super::ical_lines::Property;
use super::super::problem::{Problem, Warnings};
use super::super::time::{self, Clock, Moment, Zone};
use super::super::{Speaker, text};
use super::{Event, Generator};

/// Returns what an event says. `hosts_differ` is whether the calendar has more than one organizer: a single one is the
/// conference itself, several are the people who speak.
pub(super) fn event_draft(
    event: &Event,
    generator: Generator,
    hosts_differ: bool,
    clock: &Clock,
    warnings: &mut Warnings,
) -> Draft {
    let summary = crate::text::decode_entities(&event.text("SUMMARY")).into_owned();
    let (title, in_title) = match generator {
        Generator::SpeakersInTitle => split_title(&summary),
        Generator::Sched => split_sched_title(&summary).unwrap_or((summary, Vec::new())),
        Generator::Other => (summary, Vec::new()),
    };
    let speakers = if in_title.is_empty() { attendees(event, hosts_differ) } else { in_title };
    let start = event.property("DTSTART").and_then(|property| moment(property, clock));
    if start.is_none() {
        warnings.push(Problem::at_line(
            event.line,
            format!("`{}` has no time that can be read", text::line(&title)),
        ));
    }
    if event.property("RRULE").is_some() {
        let message = format!("`{}` repeats, and only its first time was read", text::line(&title));
        warnings.push(Problem::at_line(event.line, message));
    }
    let labels =
        event.properties.iter().filter(|property| property.name == "CATEGORIES").flat_map(Property::texts);
    let labels: Vec<String> = labels.filter(|label| !label.trim().is_empty()).take(20).collect();
    Draft {
        ids: ids(event),
        title,
        speakers,
        start,
        end: end(event, start, clock),
        room: crate::text::decode_entities(&event.text("LOCATION")).into_owned(),
        track: labels.first().cloned().unwrap_or_default(),
        labels,
        url: event.property("URL").map(|url| url.value.clone()).unwrap_or_default(),
        text: event.text("DESCRIPTION"),
        line: Some(event.line),
        ..Draft::default()
    }
}

/// Returns title and speakers of `Of Geese - Ada Goose, Bob Gander`, as pretalx and frab write it; without speakers they end in
/// the dash.
fn split_title(summary: &str) -> (String, Vec<Speaker>) {
    if let Some(title) = summary.strip_suffix(" -").or_else(|| summary.strip_suffix(" - ")) {
        return (title.to_owned(), Vec::new());
    }
    let Some((title, names)) = summary.rsplit_once(" - ") else { return (summary.to_owned(), Vec::new()) };
    let speakers = names.split(", ").map(|name| Speaker { name: name.to_owned(), url: None });
    (title.to_owned(), speakers.collect())
}

/// Returns title and speakers of `Of Geese - Ada Goose, Featherworks & Bob Gander, Pond Inc`, as the Linux Foundation and
/// others call their sessions on sched.com; none where what follows the dash does not read so throughout.
fn split_sched_title(summary: &str) -> Option<(String, Vec<Speaker>)> {
    let (title, tail) = summary.rsplit_once(" - ").filter(|(_, tail)| tail.contains(", "))?;
    let names = tail.split([';', '&']).map(|part| part.split(',').next().unwrap_or_default().trim());
    let speakers = names.map(|name| is_full_name(name).then(|| Speaker { name: name.to_owned(), url: None }));
    Some((title.to_owned(), speakers.collect::<Option<_>>()?))
}

/// Whether a text reads as first and last name: two to five words without digits, the outer ones with a capital.
fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let has_capital = |word: Option<&&str>| {
        // Scripts without capitals have neither.
        word.and_then(|word| word.chars().next())
            .is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
    };
    (2..=5).contains(&words.len())
        && has_capital(words.first())
        && has_capital(words.last())
        && !name.chars().any(|c| c.is_ascii_digit() || c == ':')
}

/// Returns the people of an event, rooms and groups left out; organizers only where they are not the conference.
fn attendees(event: &Event, hosts_differ: bool) -> Vec<Speaker> {
    let is_person = |property: &&Property| {
        let sort = property.parameter("CUTYPE");
        sort.is_empty() || sort.eq_ignore_ascii_case("INDIVIDUAL")
    };
    let named = |name: &str| {
        let people = event.properties.iter().filter(|property| property.name == name).filter(is_person);
        let names = people.map(|property| property.parameter("CN").to_owned());
        // Calendars without a name have the address there.
        let names = names.filter(|name| !name.is_empty() && !name.contains('@'));
        names.take(50).map(|name| Speaker { name, url: None }).collect::<Vec<_>>()
    };
    let attendees = named("ATTENDEE");
    if attendees.is_empty() && hosts_differ { named("ORGANIZER") } else { attendees }
}

/// Returns the names of an event: what its page is called, then the part of the UID that people can type.
fn ids(event: &Event) -> Vec<String> {
    let url = event.text("URL");
    let uid = event.text("UID");
    let local = uid.split('@').next().unwrap_or_default();
    let of_uid = match local.strip_prefix("pretalx-") {
        Some(rest) => pretalx_code(rest),
        // Longer ones are random: the title is the better name.
        None => {
            if local.len() <= 16 {
                local
            } else {
                ""
            }
        }
    };
    // The slot of a talk that is given twice is told by the UID alone.
    let of_url = url_id(&url).filter(|_| !local.starts_with("pretalx-")).unwrap_or_default();
    [of_url, of_uid].into_iter().filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Returns `ABC123` of `geese-2026-ABC123`, and `ABC123-1` of `geese-2026-ABC123-1`: slug of the event, code, number of the slot.
fn pretalx_code(uid: &str) -> &str {
    let parts = || uid.rmatch_indices('-').map(|(at, _)| uid.get(at + 1..).unwrap_or_default());
    let last = parts().next().unwrap_or(uid);
    let is_number = last.len() < 4 && last.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { parts().nth(1).unwrap_or(last) } else { last }
}

/// Returns when an event ends: as stated, or after its duration. Whole days have no end.
fn end(event: &Event, start: Option<DateTime>, clock: &Clock) -> Option<DateTime> {
    if is_date(event.property("DTSTART")?) {
        return None;
    }
    if let Some(end) = event.property("DTEND") {
        return moment(end, clock);
    }
    let length = time::iso_duration(&event.property("DURATION")?.value)?;
    start?.checked_add(length).ok()
}

/// Whether a property is a date without a time.
fn is_date(property: &Property) -> bool {
    property.parameter("VALUE").eq_ignore_ascii_case("DATE") || property.value.trim().len() == 8
}

/// Returns the local time of `20260202T093000`, with its zone in the parameter, `Z` for UTC, or neither; a date is its
/// midnight. ISO 8601 with hyphens, which the standard does not allow, is read as well.
fn moment(property: &Property, clock: &Clock) -> Option<DateTime> {
    let value = property.value.trim();
    let Some(wall) = basic(value) else {
        return Moment::parse(value).map(|moment| clock.local(moment));
    };
    if is_date(property) {
        return Some(wall);
    }
    if value.ends_with(['Z', 'z']) {
        return Some(clock.local(Moment::utc(wall)));
    }
    let moment = match Zone::find(property.parameter("TZID")) {
        Some(zone) => Moment::zoned(wall, &zone),
        None => Moment::local(wall),
    };
    Some(clock.local(moment))
}

/// Reads `20260202` or `20260202T093000`, whatever follows.
fn basic(value: &str) -> Option<DateTime> {
    let number =
        |from: usize, to: usize| value.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let date =
        Date::new(number(0, 4)?.parse().ok()?, number(4, 6)?.parse().ok()?, number(6, 8)?.parse().ok()?)
            .ok()?;
    let time = match value.as_bytes().get(8) {
        None => Time::midnight(),
        Some(b'T' | b't') => {
            Time::new(number(9, 11)?.parse().ok()?, number(11, 13)?.parse().ok()?, 0, 0).ok()?
        }
        Some(_) => return None,
    };
    Some(date.to_datetime(time))
}
