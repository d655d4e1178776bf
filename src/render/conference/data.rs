//! Events as data for other programs: `events.json`, and where they are as GeoJSON (RFC 7946).

use serde_json::{Value, json};

use super::map::point;
use super::routes::View;
use super::views::Told;
use crate::event::Video;

/// Names of the files, beside the home page of a language.
pub(super) const JSON: &str = "events.json";
pub(super) const GEOJSON: &str = "events.geojson";

/// Writes all events with their talks.
pub(super) fn events(told: Told<'_>) -> String {
    let conference = told.conference();
    let events: Vec<Value> = (0..conference.events.len()).map(|index| event(told, index)).collect();
    format!("{}\n", json!({ "events": events }))
}

fn event(told: Told<'_>, index: usize) -> Value {
    let conference = told.conference();
    let record = &conference.events[index];
    let event = &record.event;
    let name = |person: &usize| conference.people[*person].person.name.clone();
    let talks: Vec<Value> = record
        .talks
        .iter()
        .map(|talk| {
            let record = &conference.talks[*talk];
            let talk = &record.talk;
            with_values([
                ("id", json!(talk.id)),
                ("title", json!(talk.title)),
                ("speakers", json!(record.speakers.iter().map(name).collect::<Vec<_>>())),
                ("start", json!(record.begins().map(|begins| begins.to_string()))),
                ("end", json!(record.ends().map(|ends| ends.to_string()))),
                ("room", json!(talk.room)),
                ("track", json!(talk.track)),
                ("kind", json!(talk.kind)),
                ("url", json!(talk.url)),
                ("slides", json!(talk.slides.as_ref().filter(|slides| slides.contains("://")))),
                ("video", json!(video(talk.video.as_ref()))),
                ("status", json!(talk.status.map(crate::event::TalkStatus::name))),
                ("rating", json!(talk.rating)),
            ])
        })
        .collect();
    with_values([
        ("id", json!(event.id)),
        ("title", json!(event.title())),
        ("series", json!(conference.series.get(record.series).map(|series| &series.id))),
        (
            "page",
            json!(told.config.events.has_pages.then(|| {
                told.config.base_url.absolute(&View::Event(index).route(told.site, told.config))
            })),
        ),
        ("start", json!(event.start.map(|start| told.written(record, start)))),
        ("end", json!(event.end.or(event.start).map(|end| told.written(record, end)))),
        ("timezone", json!(event.timezone)),
        ("status", json!(event.status.name())),
        ("attendance", json!(event.attendance.name())),
        ("venue", json!(event.venue)),
        ("city", json!(event.city)),
        ("country", json!(event.country.map(|country| country.code()))),
        ("geo", json!(event.geo.map(|(lat, lon)| [lat, lon]))),
        ("url", json!(event.url)),
        ("cfp_closes", json!(event.cfp_closes.map(|closes| closes.iso()))),
        ("cfp_url", json!(event.cfp_url)),
        ("talks", json!(talks)),
    ])
}

fn video(video: Option<&Video>) -> Option<String> {
    match video? {
        Video::At(url) => Some(url.clone()),
        Video::YouTube(id) => Some(format!("https://www.youtube.com/watch?v={id}")),
        Video::NotRecorded | Video::NotYet => None,
    }
}

/// Makes an object of what is there.
fn with_values<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let there = entries.into_iter().filter(|(_, value)| !value.is_null() && *value != json!([]));
    Value::Object(there.map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Writes where events are.
pub(super) fn places(told: Told<'_>) -> String {
    let conference = told.conference();
    let features: Vec<Value> = conference
        .events
        .iter()
        .enumerate()
        .filter_map(|(index, record)| {
            let (lat, lon) = point(record)?;
            Some(json!({
                "type": "Feature",
                "id": record.event.id,
                "geometry": { "type": "Point", "coordinates": [lon, lat] },
                "properties": {
                    "title": record.event.title(),
                    "start": record.event.start.map(|start| start.iso()),
                    "url": told.config.base_url.absolute(&View::Event(index).route(told.site, told.config)),
                },
            }))
        })
        .collect();
    format!("{}\n", json!({ "type": "FeatureCollection", "features": features }))
}
