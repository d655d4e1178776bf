//! Says what events, talks and people may be as JSON Schema (draft 2020-12), for editors and for checks in a pipeline.
//!
//! Keys of the author's own are fine anywhere, as in a build; a test compares the known ones with those that are read.

use serde_json::{Map, Value, json};

use super::{Attendance, EventStatus, KINDS, TalkStatus};

/// What a key takes.
#[derive(Clone, Copy)]
enum Takes {
    Text,
    Texts,
    Address,
    Moment,
    Count,
    Flag,
    Any,
    OneOf(fn() -> Vec<&'static str>),
}

use Takes::{Address, Any, Count, Flag, Moment, OneOf, Text, Texts};

type Key = (&'static str, Takes, &'static str);

const EVENT: &[Key] = &[
    ("id", Text, "What other posts and data files call it"),
    ("name", Text, "Name, without the edition"),
    ("title", Text, "Another word for name"),
    ("edition", Text, "Which one of the series: 2026"),
    ("series", Text, "Id of the series; the name where there is none"),
    ("start", Moment, "First day, or first day and time"),
    ("end", Moment, "Last day, which is part of it"),
    ("date", Moment, "The day of an event of one day"),
    ("timezone", Text, "Zone of its times: Europe/Brussels"),
    ("status", OneOf(|| EventStatus::ALL.map(EventStatus::name).to_vec()), "Where it stands"),
    ("attendance", OneOf(|| Attendance::ALL.map(Attendance::name).to_vec()), "Where people are"),
    ("venue", Text, "Building"),
    ("location", Any, "Place in one line: The Long Hall, Ghent, Belgium"),
    ("address", Any, "Street and number"),
    ("city", Text, "City"),
    ("region", Text, "Part of the country"),
    ("country", Text, "Two letters, or a name"),
    ("geo", Any, "Latitude and longitude: [51.05, 3.72]"),
    ("url", Address, "Its own site"),
    ("archive", Address, "A copy of its site"),
    ("schedule", Address, "Its programme"),
    ("videos", Address, "Its recordings"),
    ("photos", Address, "Its photos"),
    ("tickets", Address, "Where tickets are had"),
    ("hashtag", Texts, "Hashtags"),
    ("organizer", Any, "Who holds it: a name, a map with name and url, or a list"),
    ("attendees", Count, "How many people came"),
    ("role", Texts, "What you did there: attendee, speaker, organizer, volunteer, staff, sponsor, press"),
    ("cfp", Any, "Last day of the call for papers, or a map with opens, closes and url"),
    ("price", Text, "What a ticket costs"),
    ("part_of", Text, "Id of the event that it is a part of"),
    ("description", Text, "A sentence or two"),
    ("talks", Any, "Talks, in a file of data/events"),
];

const TALK: &[Key] = &[
    ("id", Text, "What shortcodes and anchors call it"),
    ("title", Text, "Title"),
    ("speakers", Any, "Who spoke: names, or maps with name and url"),
    ("speaker", Any, "Who spoke"),
    ("event", Text, "Id of the event, where it is not the post's"),
    ("conference", Text, "Another word for event"),
    ("day", Count, "Which day of the event, from 1"),
    ("start", Moment, "When it began"),
    ("end", Text, "When it ended"),
    ("time", Text, "By the clock: \"09:30-10:20\""),
    ("duration", Text, "Length: 46m, 1h30m"),
    ("room", Text, "Room"),
    ("track", Text, "Track"),
    ("kind", OneOf(|| KINDS.to_vec()), "What kind of talk it was"),
    ("url", Address, "Its entry in the programme"),
    ("archive", Address, "A copy of that"),
    ("slides", Text, "Slides: an address, or a file beside the post"),
    ("slides_url", Text, "Another word for slides"),
    ("video", Text, "Recording: an address, YouTube's id, not recorded, or not yet"),
    ("video_url", Address, "Another word for video"),
    ("language", Text, "Language: en, fr"),
    ("status", OneOf(|| TalkStatus::ALL.map(|(name, _)| name).to_vec()), "What you had to do with it"),
    ("rating", Count, "From 1 to 5"),
    ("favourite", Flag, "Whether it was one of the best"),
    ("favorite", Flag, "Another spelling of favourite"),
    ("notes", Text, "Short notes in Markdown"),
    ("photos", Texts, "Patterns of its photos"),
];

const PERSON: &[Key] = &[
    ("id", Text, "What data files call them"),
    ("name", Text, "Name"),
    ("title", Text, "Another word for name"),
    ("aliases", Texts, "Other names that posts use"),
    ("url", Address, "Their own site"),
    ("affiliation", Text, "For whom they work"),
    ("org", Text, "Another word for affiliation"),
    ("company", Text, "Another word for affiliation"),
    ("handles", Texts, "Profiles elsewhere"),
    ("picture", Text, "A file, or an address"),
    ("image", Text, "Another word for picture"),
    ("me", Flag, "Whether it is you"),
];

/// Returns the schema of an event: of `event:`, and of a file of `data/events`.
pub fn event_schema() -> Value {
    object(EVENT)
}

/// Returns the schema of a talk: of an entry of `talks:`.
pub fn talk_schema() -> Value {
    object(TALK)
}

/// Returns the schema of somebody: of an entry of `people:`, and of a file of `data/people`.
pub fn person_schema() -> Value {
    object(PERSON)
}

/// Returns what the keys of front matter about conferences take.
pub fn front_matter_keys() -> [(&'static str, Value); 3] {
    let text = json!({ "type": ["string", "number", "null"] });
    let one_or_several = |one: Value| {
        let one = json!({ "anyOf": [text, one] });
        json!({ "anyOf": [one, { "type": "array", "items": one }] })
    };
    [
        ("event", one_or_several(event_schema())),
        ("talks", one_or_several(talk_schema())),
        ("people", one_or_several(person_schema())),
    ]
}

fn object(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|(name, takes, about)| {
            let mut schema = of(*takes);
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), json!(about));
            }
            ((*name).to_owned(), schema)
        })
        .collect();
    json!({ "type": "object", "properties": properties })
}

fn of(takes: Takes) -> Value {
    let text = || json!(["string", "number", "null"]);
    match takes {
        Text => json!({ "type": text() }),
        Texts => json!({ "anyOf": [{ "type": text() }, { "type": "array", "items": { "type": text() } }] }),
        Address => json!({ "type": ["string", "null"], "pattern": "^(https?://|$)" }),
        Moment => json!({ "type": ["string", "null"], "pattern": "^\\s*([0-9]{4}-[0-9]{2}-[0-9]{2}|$)" }),
        Count => {
            json!({ "anyOf": [{ "type": ["integer", "null"], "minimum": 0 }, { "type": "string", "pattern": "^[0-9]+$" }] })
        }
        Flag => json!({ "type": ["boolean", "null"] }),
        Any => json!({}),
        OneOf(words) => {
            json!({ "enum": words().into_iter().map(Value::from).chain([Value::Null]).collect::<Vec<_>>() })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Keys are read by name in three files: those that are read are told here, and no others.
    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        for (schema, source, first) in [
            (event_schema(), include_str!("read.rs"), "pub fn read_event"),
            (talk_schema(), include_str!("talk.rs"), "fn read_map"),
            (person_schema(), include_str!("person.rs"), "fn read_map"),
        ] {
            let code = source.split_once(first).unwrap().1.split("#[cfg(test)]").next().unwrap();
            let code: String = code.split_whitespace().collect();
            let mut read = BTreeSet::new();
            for (at, _) in code.match_indices("fields.") {
                let Some((call, rest)) = code[at + 7..].split_once("(\"") else { continue };
                if call.len() < 20 && call != "refuse" && call != "path_of" {
                    read.insert(rest.split('"').next().unwrap());
                }
            }
            if code.contains("[\"speakers\",\"speaker\"]") {
                read.extend(["speakers", "speaker"]);
            }
            let known: BTreeSet<&str> =
                schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(known, read);
        }
    }
}
