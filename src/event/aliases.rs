//! Reads the vocabularies of other generators and themes as ours, where their meaning is sure, so that nobody edits a post for us.
//!
//! A key that may mean something else (`location` alone is where a photo was taken) is read only beside one that says that there
//! is an event. What the author says in our words goes before all of it.

use serde_json::{Map, Value};

use super::fields::{Fault, PathStep};
use super::talk::{Talk, read_talk};

/// A key of another vocabulary, and ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    /// Their key, in lower case.
    pub from: &'static str,
    /// Our key in the map `event`.
    pub to: &'static str,
}

/// An alias that was read in a post, as paths of keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AliasRead {
    /// The key as it is there: `event_url`.
    pub from: String,
    /// What it was read as: `event.url`.
    pub to: String,
}

const fn alias(from: &'static str, to: &'static str) -> Alias {
    Alias { from, to }
}

/// Keys that are read as one of ours wherever an event is described: within `event:` and `conference:`, and beside them.
pub const ALIASES: [Alias; 35] = [
    alias("event_url", "url"),
    alias("eventurl", "url"),
    alias("event_link", "url"),
    alias("website", "url"),
    alias("link", "url"),
    alias("datestart", "start"),
    alias("date_start", "start"),
    alias("startdate", "start"),
    alias("start_date", "start"),
    alias("time_start", "start"),
    alias("eventdate", "start"),
    alias("event_date", "start"),
    alias("presentation_date", "start"),
    alias("dateend", "end"),
    alias("date_end", "end"),
    alias("enddate", "end"),
    alias("end_date", "end"),
    alias("time_end", "end"),
    alias("tz", "timezone"),
    alias("time_zone", "timezone"),
    alias("where", "location"),
    alias("place", "location"),
    alias("locality", "city"),
    alias("country_code", "country"),
    alias("countrycode", "country"),
    alias("coordinates", "geo"),
    alias("attendancetype", "attendance"),
    alias("organizername", "organizer"),
    alias("organiser", "organizer"),
    alias("cost", "price"),
    alias("hashtags", "hashtag"),
    alias("roles", "role"),
    alias("tickets_url", "tickets"),
    alias("register", "tickets"),
    alias("schedule_url", "schedule"),
];

/// Keys that stand beside an event, never within the front matter of a post that has none.
const BESIDE: [&str; 20] = [
    "event_url",
    "eventurl",
    "website",
    "datestart",
    "date_start",
    "startdate",
    "dateend",
    "date_end",
    "enddate",
    "end_date",
    "time_start",
    "time_end",
    "eventdate",
    "event_date",
    "presentation_date",
    "where",
    "location",
    "country",
    "countrycode",
    "coordinates",
];

/// Keys of which one alone says that a post is about an event with a day of its own.
const TELLING: [&str; 8] = [
    "datestart",
    "dateend",
    "date_end",
    "time_end",
    "enddate",
    "eventdate",
    "event_date",
    "presentation_date",
];

/// Puts the keys of other vocabularies into ours: the map of an event as `read_event` takes it.
pub(super) fn with_our_keys(
    map: &Map<String, Value>,
    within: &str,
    read: &mut Vec<AliasRead>,
) -> Map<String, Value> {
    let mut ours = map.clone();
    if let Some(parts @ Value::Object(_)) = map.get("location") {
        ours.remove("location");
        place(&mut ours, "location", parts.clone());
    }
    for Alias { from, to } in ALIASES {
        let Some(value) = ours.get(from).filter(|value| !value.is_null()).cloned() else { continue };
        // A country is surest by its code.
        let is_surer = from.starts_with("country");
        if ours.get(to).is_none_or(Value::is_null) || is_surer {
            ours.remove(from);
            place(&mut ours, to, value);
            read.push(AliasRead { from: joined(within, from), to: format!("event.{to}") });
        }
    }
    if let (Some(lat), Some(lon), None) = (map.get("latitude"), map.get("longitude"), map.get("geo")) {
        ours.insert("geo".to_owned(), Value::Array(vec![lat.clone(), lon.clone()]));
        read.push(AliasRead { from: joined(within, "latitude"), to: "event.geo".to_owned() });
    }
    ours
}

/// Puts a value under our key; a map of a place is spread over the keys of a place.
fn place(ours: &mut Map<String, Value>, key: &str, value: Value) {
    match value {
        Value::Object(parts) if key == "location" => {
            for (from, to) in [
                ("name", "venue"),
                ("locality", "city"),
                ("city", "city"),
                ("region", "region"),
                ("country", "country"),
                ("countrycode", "country"),
                ("url", "url"),
            ] {
                if let Some(value) = parts.get(from).filter(|value| value.is_string()) {
                    ours.entry(to).or_insert_with(|| value.clone());
                }
            }
            if let (Some(lat), Some(lon)) = (parts.get("latitude"), parts.get("longitude")) {
                ours.entry("geo").or_insert_with(|| Value::Array(vec![lat.clone(), lon.clone()]));
            }
        }
        value => {
            ours.insert(key.to_owned(), value);
        }
    }
}

fn joined(within: &str, key: &str) -> String {
    if within.is_empty() { key.to_owned() } else { format!("{within}.{key}") }
}

/// Collects what the top of the front matter tells of an event in the words of other vocabularies; `None` where there is nothing.
pub(super) fn lift(
    map: &Map<String, Value>,
    is_page_of_event: bool,
    read: &mut Vec<AliasRead>,
) -> Option<Map<String, Value>> {
    let has = |key: &str| map.get(key).is_some_and(|value| !value.is_null());
    let has_event = has("event");
    let is_told = has_event || has("conference") || TELLING.iter().any(|key| has(key));
    let is_whole_page = is_page_of_event && (is_told || BESIDE.iter().any(|key| has(key)));
    if !is_told && !is_whole_page {
        return None;
    }
    let mut lifted = Map::new();
    match map.get("conference") {
        Some(Value::Object(conference)) => {
            lifted = with_our_keys(conference, "conference", read);
            read.push(AliasRead { from: "conference".to_owned(), to: "event".to_owned() });
        }
        Some(name @ Value::String(_)) if !has_event => {
            lifted.insert("name".to_owned(), name.clone());
            read.push(AliasRead { from: "conference".to_owned(), to: "event.name".to_owned() });
        }
        _ => {}
    }
    let beside: Map<String, Value> = BESIDE
        .iter()
        .filter(|key| has(key))
        .filter_map(|key| Some(((*key).to_owned(), map.get(*key)?.clone())))
        .collect();
    let ours = with_our_keys(&beside, "", read);
    for (key, value) in ours {
        lifted.entry(key).or_insert(value);
    }
    if let Some(Value::Object(address)) = map.get("address").filter(|_| !lifted.is_empty()) {
        for (from, to) in [("city", "city"), ("region", "region"), ("country", "country")] {
            if let Some(value) = address.get(from).filter(|value| value.is_string()) {
                lifted.entry(to).or_insert_with(|| value.clone());
            }
        }
        lifted.entry("address").or_insert_with(|| Value::Object(address.clone()));
    }
    name_it(map, is_whole_page, &mut lifted, read);
    (!lifted.is_empty() && lifted.contains_key("name") || has_event).then_some(lifted)
}

/// Says what the event is called, and takes the page's date for its first day where the vocabulary has it so.
fn name_it(
    map: &Map<String, Value>,
    is_whole_page: bool,
    lifted: &mut Map<String, Value>,
    read: &mut Vec<AliasRead>,
) {
    if let Some(event @ Value::String(_)) = map.get("event") {
        lifted.insert("name".to_owned(), event.clone());
    }
    let has_own_days = map.get("datestart").is_some() || is_whole_page;
    if has_own_days
        && !lifted.contains_key("name")
        && let Some(title) = map.get("title")
    {
        lifted.insert("name".to_owned(), title.clone());
        read.push(AliasRead { from: "title".to_owned(), to: "event.name".to_owned() });
    }
    // With an end beside it, `date` is the beginning: in those vocabularies the day of publication is `publishDate`.
    if lifted.contains_key("end")
        && !lifted.contains_key("start")
        && let Some(date) = map.get("date")
    {
        lifted.insert("start".to_owned(), date.clone());
        read.push(AliasRead { from: "date".to_owned(), to: "event.start".to_owned() });
    }
}

/// Reads the talk that a whole post is, in the vocabularies that have posts for talks: the author gave it.
pub(super) fn lift_talk(
    map: &Map<String, Value>,
    read: &mut Vec<AliasRead>,
    faults: &mut Vec<Fault>,
) -> Option<Talk> {
    let has = |key: &str| map.get(key).is_some_and(|value| !value.is_null() && value.as_str() != Some(""));
    let is_academic = map.get("event").is_some_and(Value::is_string)
        && ["url_slides", "url_video", "url_pdf", "abstract", "time_start", "date_end"]
            .iter()
            .any(|key| has(key));
    let is_of_conference = map.get("conference").is_some_and(Value::is_object) && has("talk");
    if map.contains_key("talks") || !(is_academic || is_of_conference) {
        return None;
    }
    let mut talk = Map::new();
    talk.insert("title".to_owned(), map.get("title")?.clone());
    talk.insert("status".to_owned(), Value::from("gave"));
    for (from, to) in [
        ("url_slides", "slides"),
        ("slides_url", "slides"),
        ("notist", "slides"),
        ("url_video", "video"),
        ("video_url", "video"),
        ("youtube", "video"),
        ("talk-lang", "language"),
    ] {
        let Some(value) = map.get(from).filter(|value| value.as_str().is_some_and(|text| !text.is_empty()))
        else {
            continue;
        };
        if !talk.contains_key(to) {
            talk.insert(to.to_owned(), value.clone());
            read.push(AliasRead { from: from.to_owned(), to: format!("talks.{to}") });
        }
    }
    read_talk(&Value::Object(talk), &[PathStep::key("title")], faults)
}
