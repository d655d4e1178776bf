//! What holds for whatever stands in front matter and data files.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::fields::{Fault, PathStep};
use super::{Attendance, EventStatus, Mention, read};
use crate::place::Country;

/// Keys of ours and of others, and one of nobody's.
const KEYS: [&str; 44] = [
    "event",
    "talks",
    "people",
    "name",
    "title",
    "edition",
    "series",
    "start",
    "end",
    "date",
    "city",
    "country",
    "venue",
    "address",
    "geo",
    "timezone",
    "url",
    "status",
    "attendance",
    "hashtag",
    "role",
    "cfp",
    "closes",
    "cfp_closes",
    "organizer",
    "part_of",
    "speakers",
    "time",
    "day",
    "room",
    "slides",
    "video",
    "minutes",
    "rating",
    "photos",
    "notes",
    "conference",
    "event_url",
    "date_end",
    "url_slides",
    "where",
    "datestart",
    "id",
    "nobodys",
];

fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "2026-02-02",
        "2026-02-30",
        "02.03.2026",
        "2026",
        "9:30",
        "09:30-10:20",
        "25:61",
        "Ghent",
        "BE",
        "Belgium",
        "Atlantis",
        "Europe/Brussels",
        "Mars/Base",
        "planned",
        "attended",
        "https://a.example/",
        "javascript:x",
        "not recorded",
        "51.05, 3.72",
        "",
        " ",
        "true",
        "#tag",
        "Sam Sample",
        "pq3Qxb26Nwo",
        "-",
        "0",
        "1e400",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,20}", 1 => "[0-9:TZ+./-]{0,16}"]
}

/// Anything that YAML can hold, mostly with keys that mean something.
fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        6 => word().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    scalar.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            map_of(inner).prop_map(Value::from),
        ]
    })
}

fn map_of(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    let key = prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned);
    prop::collection::vec((key, value), 0..8).prop_map(|entries| entries.into_iter().collect())
}

/// Says whether a fault lies at a value that was written, or is a key that is missing in one.
fn lies_in(fault: &Fault, map: &Map<String, Value>) -> bool {
    let Some((_, parents)) = fault.path.split_last() else { return true };
    let whole = Value::from(map.clone());
    parents
        .iter()
        .try_fold(&whole, |value, step| match step {
            PathStep::Key(key) => value.get(key),
            PathStep::Entry(index) => value.get(index),
        })
        .is_some()
}

/// A first day, how many there are after it, and what else is said.
type Facts = (Date, i64, usize, EventStatus, Attendance);

fn facts() -> impl Strategy<Value = Facts> {
    let status =
        vec![EventStatus::Planned, EventStatus::Confirmed, EventStatus::Cancelled, EventStatus::Postponed];
    let attendance = vec![Attendance::InPerson, Attendance::Online, Attendance::Hybrid];
    let day = (0..40_000_i64).prop_map(|days| date(1970, 1, 1) + days.days());
    (day, 0..30_i64, 0..240_usize, prop::sample::select(status), prop::sample::select(attendance))
}

proptest! {
    #[test]
    fn whatever_stands_there_is_read_and_faults_lie_in_it(
        map in map_of(value()),
        is_page in any::<bool>(),
    ) {
        let (told, faults) = read(&map, is_page);
        for fault in &faults {
            prop_assert!(lies_in(fault, &map), "{fault:?}");
            prop_assert!(!fault.problem.message.is_empty() && fault.problem.hint.is_some(), "{fault:?}");
        }
        for event in told.into_iter().flat_map(|told| told.events) {
            let Mention::Described(event) = event else { continue };
            prop_assert!(!event.name.is_empty());
            let is_in_order = event.start.zip(event.end).is_none_or(|(start, end)| start.day <= end.day);
            prop_assert!(is_in_order, "{event:?}");
        }
    }

    #[test]
    fn an_event_that_is_right_is_read_as_it_is((start, days, country, status, attendance) in facts()) {
        let end = start + days.days();
        let countries: Vec<Country> = Country::all().collect();
        let country = countries[country % countries.len()];
        let written = json!({ "event": {
            "name": "Lantern", "start": start.to_string(), "end": end.to_string(), "country": country.code(),
            "status": status.name(), "attendance": attendance.name(),
        }});
        let (told, faults) = read(written.as_object().unwrap(), false);
        prop_assert_eq!(faults, vec![]);
        let events = told.unwrap().events;
        let Some(Mention::Described(event)) = events.first() else { panic!("no event") };
        prop_assert_eq!((event.start.unwrap().day, event.end.unwrap().day), (start, end));
        prop_assert_eq!((event.country, event.status, event.attendance), (Some(country), status, attendance));
    }
}
