//! Turns `schedule.xml`, as pentabarf, frab, pretalx and FOSDEM write it, into a [`Schedule`].
//!
//! Follows frab's `index.xml.haml`, pretalx's `schedule.xml` and voc's XSD, and takes every element as optional. Does not read
//! xCal, which is XML too.

use jiff::civil::{Date, Time};

use super::draft::{self, Draft, Header};
use super::frab::{self, DAY_CHANGE, Slot};
use super::links::Link;
use super::problem::{Lines, Problem, Warnings};
use super::time::{self, Clock, Zone};
use super::xml::{self, Node};
use super::{Format, MAX_SESSIONS, Schedule, Speaker, text};

/// Returns the schedule in an XML text.
///
/// # Errors
/// It is not well-formed, or no schedule.
pub(super) fn read(file: &str, clock: Clock) -> Result<Schedule, Problem> {
    let start = file.trim_start().get(..200).unwrap_or(file).to_ascii_lowercase();
    if start.contains("<html") || start.contains("<!doctype html") {
        let hint = "this is a web page: look there for an export as iCalendar, XML or JSON";
        return Err(super::unknown().with_hint(hint));
    }
    let root = xml::parse(file)?;
    if root.name != "schedule" {
        let hint = format!("this is XML, but begins with `{}` instead of `schedule`", root.name);
        return Err(super::unknown().with_hint(hint));
    }
    let lines = Lines::new(file.as_bytes());
    let conference = root.child("conference");
    let clock = clock.or_zone(conference.and_then(|node| Zone::find(node.text_of("time_zone_name"))));
    let day_change = conference.and_then(|node| time::time(node.text_of("day_change"))).unwrap_or(DAY_CHANGE);
    let mut warnings = Warnings::default();
    let mut drafts = Vec::new();
    for (day, room, event) in events(&root).take(MAX_SESSIONS + 1) {
        let line = Some(lines.line(event.offset));
        let date = time::date(day.attribute("date"));
        let draft = Draft { line, ..event_draft(event, room.attribute("name"), date, day_change, &clock) };
        if draft.start.is_none() {
            let message = format!("`{}` has no time that can be read", text::line(&draft.title));
            warnings.push(Problem { line, ..Problem::new(message) });
        }
        drafts.push(draft);
    }
    draft::finish(header(conference, &root, &clock), drafts, warnings)
}

/// Returns every event with the day and the room around it.
fn events(root: &Node) -> impl Iterator<Item = (&Node, &Node, &Node)> {
    let rooms = root.children("day").flat_map(|day| day.children("room").map(move |room| (day, room)));
    rooms.flat_map(|(day, room)| room.children("event").map(move |event| (day, room, event)))
}

fn header(conference: Option<&Node>, root: &Node, clock: &Clock) -> Header {
    let text = |name: &str| conference.map_or("", |node| node.text_of(name));
    let either =
        |first: &str, second: &str| if first.is_empty() { second.to_owned() } else { first.to_owned() };
    let days: Vec<Date> = root.children("day").filter_map(|day| time::date(day.attribute("date"))).collect();
    Header {
        name: either(text("title"), text("acronym")),
        start: time::date(text("start")).or_else(|| days.iter().min().copied()),
        end: time::date(text("end")).or_else(|| days.iter().max().copied()),
        timezone: clock.name(),
        url: either(text("url"), text("base_url")),
        city: text("city").to_owned(),
        venue: text("venue").to_owned(),
        base: text("base_url").to_owned(),
        ..Header::new(Format::FrabXml)
    }
}

fn event_draft(event: &Node, room: &str, day: Option<Date>, day_change: Time, clock: &Clock) -> Draft {
    let text = |name: &str| event.text_of(name).to_owned();
    let slot = Slot {
        date: event.text_of("date"),
        start: event.text_of("start"),
        duration: event.text_of("duration"),
        day,
        day_change,
    };
    let (start, end) = slot.read(clock);
    let url = if event.text_of("url").is_empty() { text("origin_url") } else { text("url") };
    let ids = frab::ids(event.attribute("code"), &url, event.text_of("slug"), event.attribute("id"));
    let recording = event.child("recording").map_or("", |node| node.text_of("optout"));
    Draft {
        ids,
        title: text("title"),
        subtitle: text("subtitle"),
        speakers: persons(event),
        start,
        end,
        room: if room.is_empty() { text("room") } else { room.to_owned() },
        track: text("track"),
        labels: vec![text("type")],
        is_unrecorded: recording == "true",
        language: text("language"),
        url,
        links: links(event),
        video: text("video_download_url"),
        text: if event.text_of("abstract").is_empty() { text("description") } else { text("abstract") },
        ..Draft::default()
    }
}

fn persons(event: &Node) -> Vec<Speaker> {
    let persons = event.child("persons").into_iter().flat_map(|persons| persons.children("person"));
    persons
        .map(|person| Speaker { name: person.text.clone(), url: Some(person.attribute("url").to_owned()) })
        .collect()
}

/// Returns attachments before links: what is attached belongs to the talk for certain.
fn links(event: &Node) -> Vec<Link> {
    let attachments = event.child("attachments").into_iter().flat_map(|node| node.children("attachment"));
    let links = event.child("links").into_iter().flat_map(|node| node.children("link"));
    attachments
        .chain(links)
        .map(|node| Link {
            url: node.attribute("href").to_owned(),
            title: node.text.clone(),
            role: node.attribute("type").to_owned(),
        })
        .collect()
}
