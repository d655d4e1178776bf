//! Turns a calendar (RFC 5545), as sched.com, pretalx, frab and Google write it, into a [`Schedule`].
//!
//! Reads `VEVENT`s; alarms, to-dos and rules of repetition are passed over. A calendar has no fields for speakers and tracks,
//! so they are found only where the generator is known to put them.

mod event;

use std::collections::{HashMap, HashSet};

use super::draft::{self, Draft, Header};
use super::ical_lines::{Property, properties};
use super::problem::{Problem, Warnings};
use super::time::{Clock, Zone};
use super::{Format, MAX_SESSIONS, Schedule, text};

use event::event_draft;

/// A component of a calendar, with its own properties.
struct Event {
    line: usize,
    properties: Vec<Property>,
}

impl Event {
    fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// Returns a text, empty if it is missing.
    fn text(&self, name: &str) -> String {
        self.property(name).map(Property::text).unwrap_or_default()
    }
}

/// A calendar: its own properties, the zones it defines, and its events.
struct Calendar {
    head: Event,
    zones: Vec<String>,
    events: Vec<Event>,
}

/// Who wrote a calendar, as far as that changes how it is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Generator {
    /// Titles end in ` - ` and the names of the speakers.
    SpeakersInTitle,
    /// Titles may end in ` - `, names and companies.
    Sched,
    /// Nothing is known.
    Other,
}

/// Returns the schedule in a calendar.
///
/// # Errors
/// It has no events.
pub(super) fn read(bytes: &[u8], clock: Clock) -> Result<Schedule, Problem> {
    let mut warnings = Warnings::default();
    let calendar = components(bytes, &mut warnings)?;
    let product = calendar.head.text("PRODID");
    let generator = generator(&product, &calendar.events);
    let clock = clock.or_zone(zone(&calendar));
    let is_utc =
        |event: &Event| event.property("DTSTART").is_some_and(|start| start.value.ends_with(['Z', 'z']));
    let mut timezone = clock.name();
    if !clock.has_zone() && calendar.events.iter().any(is_utc) {
        timezone = Some("UTC".to_owned());
        warnings.push(Problem::utc());
    }
    let hosts: HashSet<&str> =
        calendar.events.iter().filter_map(|e| e.property("ORGANIZER")).map(|p| p.parameter("CN")).collect();
    let hosts_differ = hosts.len() > 1;
    let events =
        calendar.events.iter().filter(|event| !event.text("STATUS").eq_ignore_ascii_case("CANCELLED"));
    let mut drafts: Vec<Draft> =
        events.map(|event| event_draft(event, generator, hosts_differ, &clock, &mut warnings)).collect();
    let venue = split_venue(&mut drafts);
    let header = Header {
        name: name(&calendar.head, &product),
        timezone,
        url: [calendar.head.text("URL"), calendar.head.text("X-ORIGINAL-URL"), calendar.head.text("SOURCE")]
            .into_iter()
            .find(|url| !url.is_empty())
            .unwrap_or_default(),
        venue,
        ..Header::new(Format::ICalendar)
    };
    draft::finish(header, drafts, warnings)
}

/// Returns the components that matter; a calendar that ends too early is read as far as it goes.
fn components(bytes: &[u8], warnings: &mut Warnings) -> Result<Calendar, Problem> {
    let mut calendar =
        Calendar { head: Event { line: 1, properties: Vec::new() }, zones: Vec::new(), events: Vec::new() };
    let mut open: Vec<String> = Vec::new();
    let properties =
        properties(bytes).ok_or_else(|| Problem::new("this calendar has too many properties"))?;
    for property in properties {
        match property.name.as_str() {
            "BEGIN" => {
                let name = property.value.trim().to_ascii_uppercase();
                if name == "VEVENT" {
                    calendar.events.push(Event { line: property.line, properties: Vec::new() });
                }
                open.push(name);
                if calendar.events.len() > MAX_SESSIONS || open.len() > 100 {
                    return Err(Problem::at_line(property.line, "this calendar has too many components"));
                }
            }
            "END" => {
                open.pop();
            }
            _ => keep(&mut calendar, open.last().map(String::as_str), property),
        }
    }
    if let Some(name) = open.last() {
        let problem = Problem::new(format!("the file ends in the midst of a `{name}`"));
        warnings.push(problem.with_hint("fetch it again: the download may have been cut short"));
    }
    Ok(calendar)
}

/// Adds a property to the component it stands in.
fn keep(calendar: &mut Calendar, component: Option<&str>, property: Property) {
    match component {
        Some("VCALENDAR") | None => calendar.head.properties.push(property),
        Some("VTIMEZONE") if property.name == "TZID" => calendar.zones.push(property.value),
        Some("VEVENT") => {
            if let Some(event) = calendar.events.last_mut() {
                event.properties.push(property);
            }
        }
        Some(_) => {}
    }
}

/// Returns the zone of the conference: what the calendar names, unless that is UTC, else what most events begin in.
fn zone(calendar: &Calendar) -> Option<Zone> {
    let named = ["X-WR-TIMEZONE", "TIMEZONE-ID"].into_iter().map(|name| calendar.head.text(name));
    let starts = calendar.events.iter().filter_map(|event| event.property("DTSTART"));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for start in starts {
        *counts.entry(start.parameter("TZID")).or_default() += 1;
    }
    counts.remove("");
    // Of two that are as common, the name decides, so that the result is always the same.
    let mut used: Vec<(&str, usize)> = counts.into_iter().collect();
    used.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let used = used.into_iter().take(20).map(|(name, _)| name.to_owned());
    let defined = calendar.zones.iter().take(20).cloned();
    named.chain(used).chain(defined).filter_map(|name| Zone::find(&name)).find(|zone| !zone.is_utc())
}

/// Returns the name of the conference.
///
/// sched.com has its short name as the calendar's, and the real one in `PRODID:-//Sched.com Goose Days 2026//EN`.
fn name(head: &Event, product: &str) -> String {
    let sched = product.split("//").find_map(|part| part.strip_prefix("Sched.com "));
    let named = [sched.map(str::to_owned).unwrap_or_default(), head.text("X-WR-CALNAME"), head.text("NAME")];
    let pretalx = product.contains("//pretalx//").then(|| product.split("//").nth(3)).flatten();
    let named = named.into_iter().find(|name| !name.trim().is_empty());
    named.unwrap_or_else(|| pretalx.unwrap_or_default().to_owned())
}

/// Returns who wrote the calendar. frab leaves the name of its library, and its own page in every address.
fn generator(product: &str, events: &[Event]) -> Generator {
    let is_frab = || {
        product.contains("ri_cal") && events.iter().any(|event| event.text("URL").contains("/public/events/"))
    };
    if product.contains("pretalx") || is_frab() {
        return Generator::SpeakersInTitle;
    }
    if product.contains("Sched.com") { Generator::Sched } else { Generator::Other }
}

/// Takes what all rooms have in common after the first comma, the venue and its address, off them, and returns it.
fn split_venue(drafts: &mut [Draft]) -> String {
    let split = |room: &str| {
        room.split_once(',').map(|(room, venue)| (room.trim().to_owned(), venue.trim().to_owned()))
    };
    let placed = || drafts.iter().filter(|draft| !draft.room.is_empty());
    let Some((_, venue)) = placed().next().and_then(|draft| split(&draft.room)) else { return String::new() };
    let is_common =
        placed().count() > 1 && placed().all(|draft| split(&draft.room).is_some_and(|(_, v)| v == venue));
    if !is_common {
        return String::new();
    }
    for draft in drafts.iter_mut() {
        draft.room = split(&draft.room).map(|(room, _)| room).unwrap_or_default();
    }
    text::line(&venue)
}
