//! Turns pretalx's own JSON into a [`Schedule`]: the widget's data, or an answer of the API.
//!
//! Follows `build_widget_data` and the serializers of pretalx 2026.2 and the API before 2025: lists `talks`, `slots` or
//! `results`, whose entries are talks, or slots with a `submission`. Does not fetch further pages of an answer, and cannot
//! know what an answer has only as a number.

use std::collections::HashMap;

use serde_json::Value;

use super::draft::{self, Draft, Header};
use super::json::{self, first_text, is_true, list, text};
use super::links::Link;
use super::problem::{Problem, Warnings};
use super::time::{self, Clock, Moment, Zone};
use super::{Format, MAX_SESSIONS, Schedule, Speaker};

/// Returns the list of talks or slots, if the root is such a file.
pub(super) fn find(root: &Value) -> Option<&[Value]> {
    if let Some(talks) = root.get("talks").and_then(Value::as_array) {
        return Some(talks);
    }
    let is_entry = |value: &Value| ["code", "submission", "slot"].iter().any(|key| value.get(key).is_some());
    let lists = ["slots", "results"].iter().map(|key| list(root, key));
    lists.into_iter().find(|list| list.iter().any(is_entry))
}

/// Names that a widget's file has once, and its talks by number or code.
struct Names {
    rooms: HashMap<String, String>,
    tracks: HashMap<String, String>,
    speakers: HashMap<String, String>,
}

/// Returns the schedule of the `entries` that [`find`] found.
///
/// # Errors
/// It has no session.
pub(super) fn read(root: &Value, entries: &[Value], clock: Clock) -> Result<Schedule, Problem> {
    let clock = clock.or_zone(Zone::find(&text(root, "timezone")));
    let names = Names {
        rooms: json::names(list(root, "rooms"), "id"),
        tracks: json::names(list(root, "tracks"), "id"),
        speakers: json::names(list(root, "speakers"), "code"),
    };
    let mut warnings = Warnings::default();
    if root.get("next").is_some_and(Value::is_string) {
        let problem = Problem::new("this is only the first page of an answer of pretalx");
        warnings
            .push(problem.with_hint("take `schedule/export/schedule.json` instead, which has all sessions"));
    }
    let drafts =
        entries.iter().take(MAX_SESSIONS + 1).map(|entry| entry_draft(entry, &names, &clock)).collect();
    let header = Header {
        start: time::date(&text(root, "event_start")),
        end: time::date(&text(root, "event_end")),
        timezone: clock.name(),
        ..Header::new(Format::PretalxJson)
    };
    draft::finish(header, drafts, warnings)
}

fn entry_draft(entry: &Value, names: &Names, clock: &Clock) -> Draft {
    let talk = entry.get("submission").filter(|value| value.is_object()).unwrap_or(entry);
    let of_list = list(entry, "slots").first();
    let slot = entry.get("slot").or(of_list).filter(|value| value.is_object()).unwrap_or(entry);
    let local = |key: &str| Moment::parse(&text(slot, key)).map(|moment| clock.local(moment));
    let start = local("start");
    let length = time::duration(&text(talk, "duration")).filter(|length| length.is_positive());
    let by_length = || start.zip(length).and_then(|(start, length)| start.checked_add(length).ok());
    let name = |value: Option<&Value>, names: &HashMap<String, String>| {
        let name = value.map(json::string).unwrap_or_default();
        names
            .get(&name)
            .cloned()
            .unwrap_or_else(|| if value.is_some_and(Value::is_number) { String::new() } else { name })
    };
    Draft {
        ids: vec![text(talk, "code")],
        // A break is a slot without a talk, and has a description in many languages.
        title: first_text(talk, &["title", "description"]),
        speakers: speakers(talk, names),
        start,
        end: local("end").or_else(by_length),
        room: name(slot.get("room"), &names.rooms),
        track: name(talk.get("track"), &names.tracks),
        labels: vec![name(talk.get("submission_type"), &HashMap::new())],
        is_service: talk.get("code").is_none(),
        is_unrecorded: is_true(talk, "do_not_record"),
        language: text(talk, "content_locale"),
        links: list(talk, "resources").iter().map(link).collect(),
        text: if talk.get("code").is_some() {
            first_text(talk, &["abstract", "description"])
        } else {
            String::new()
        },
        ..Draft::default()
    }
}

fn speakers(talk: &Value, names: &Names) -> Vec<Speaker> {
    let of_code = |speaker: &Value| match speaker {
        Value::String(code) => names.speakers.get(code).cloned().unwrap_or_default(),
        _ => text(speaker, "name"),
    };
    list(talk, "speakers").iter().map(|speaker| Speaker { name: of_code(speaker), url: None }).collect()
}

fn link(resource: &Value) -> Link {
    Link { url: text(resource, "resource"), title: text(resource, "description"), role: String::new() }
}
