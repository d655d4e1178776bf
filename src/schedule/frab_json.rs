//! Turns `schedule.json`, as frab and pretalx write it, into a [`Schedule`].
//!
//! Follows frab's `index.json.jbuilder` and pretalx's `FrabJsonExporter` (2026.2), and takes every field as optional.

use jiff::civil::Date;
use serde_json::Value;

use super::draft::{self, Draft, Header};
use super::frab::{self, DAY_CHANGE, Slot};
use super::json::{first_text, is_true, list, text};
use super::links::Link;
use super::problem::{Problem, Warnings};
use super::time::{self, Clock, Zone};
use super::{Format, MAX_SESSIONS, Schedule, Speaker, text as plain};

/// Returns the object that has the `conference`, if the root is such a file.
pub(super) fn find(root: &Value) -> Option<&Value> {
    let schedule = root.get("schedule").unwrap_or(root);
    schedule.get("conference")?.get("days")?.is_array().then_some(schedule)
}

/// Returns the schedule of what [`find`] found.
///
/// # Errors
/// It has no session.
pub(super) fn read(schedule: &Value, clock: Clock) -> Result<Schedule, Problem> {
    let conference = schedule.get("conference").unwrap_or(&Value::Null);
    let clock = clock.or_zone(Zone::find(&text(conference, "time_zone_name")));
    let mut warnings = Warnings::default();
    let mut drafts = Vec::new();
    for (day, room, event) in events(conference).take(MAX_SESSIONS + 1) {
        let draft = event_draft(event, room, time::date(&text(day, "date")), &clock);
        if draft.start.is_none() {
            warnings
                .push(Problem::new(format!("`{}` has no time that can be read", plain::line(&draft.title))));
        }
        drafts.push(draft);
    }
    let base = text(schedule, "base_url");
    let header = Header {
        name: first_text(conference, &["title", "acronym"]),
        start: time::date(&text(conference, "start")),
        end: time::date(&text(conference, "end")),
        timezone: clock.name(),
        url: [first_text(schedule, &["url"]), first_text(conference, &["url"]), base.clone()]
            .into_iter()
            .find(|url| !url.is_empty())
            .unwrap_or_default(),
        city: text(conference, "city"),
        venue: text(conference, "venue"),
        base,
        ..Header::new(Format::FrabJson)
    };
    draft::finish(header, drafts, warnings)
}

/// Returns every event with the day and the name of the room around it.
fn events(conference: &Value) -> impl Iterator<Item = (&Value, &String, &Value)> {
    list(conference, "days").iter().flat_map(|day| {
        let rooms = day.get("rooms").and_then(Value::as_object).into_iter().flatten();
        let rooms = rooms.filter_map(|(room, events)| Some((room, events.as_array()?)));
        rooms.flat_map(move |(room, events)| events.iter().map(move |event| (day, room, event)))
    })
}

fn event_draft(event: &Value, room: &str, day: Option<Date>, clock: &Clock) -> Draft {
    let (date, begin, duration) = (text(event, "date"), text(event, "start"), text(event, "duration"));
    let slot = Slot { date: &date, start: &begin, duration: &duration, day, day_change: DAY_CHANGE };
    let (start, end) = slot.read(clock);
    // pretalx calls the page `url`, and did call it `origin_url` alone; voc's files have the system they came from there.
    let url = first_text(event, &["url", "origin_url"]);
    Draft {
        ids: frab::ids(&text(event, "code"), &url, &text(event, "slug"), &text(event, "id")),
        title: text(event, "title"),
        subtitle: text(event, "subtitle"),
        speakers: list(event, "persons").iter().map(person).collect(),
        start,
        end,
        room: if room.is_empty() { text(event, "room") } else { room.to_owned() },
        track: text(event, "track"),
        labels: vec![text(event, "type")],
        is_unrecorded: is_true(event, "do_not_record"),
        language: text(event, "language"),
        url,
        links: list(event, "attachments").iter().chain(list(event, "links")).map(link).collect(),
        video: text(event, "video_download_url"),
        text: first_text(event, &["abstract", "description"]),
        ..Draft::default()
    }
}

fn person(person: &Value) -> Speaker {
    let name = match person {
        Value::String(name) => name.clone(),
        _ => first_text(person, &["public_name", "name", "full_public_name"]),
    };
    Speaker { name, url: Some(text(person, "url")) }
}

fn link(link: &Value) -> Link {
    match link {
        Value::String(url) => Link { url: url.clone(), ..Link::default() },
        _ => Link { url: text(link, "url"), title: text(link, "title"), role: text(link, "type") },
    }
}
