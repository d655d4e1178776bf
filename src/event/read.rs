//! Reads the map that describes an event.

use serde_json::{Map, Value};

use super::fields::{Fault, Fields, PathStep};
use super::person::read_people;
use super::{Attendance, Event, EventStatus};
use crate::data::scalar_text;
use crate::diag::nearest;
use crate::place::{Country, find_city};

/// What somebody can be at an event.
const ROLES: [(&str, &str); 7] = [
    ("attendee", "attendee"),
    ("speaker", "speaker"),
    ("organizer", "organizer"),
    ("volunteer", "volunteer"),
    ("staff", "staff"),
    ("sponsor", "sponsor"),
    ("press", "press"),
];

/// Words for where people are, with those of schema.org and of other generators.
const ATTENDANCE: [(&str, Attendance); 10] = [
    ("in-person", Attendance::InPerson),
    ("online", Attendance::Online),
    ("hybrid", Attendance::Hybrid),
    ("onsite", Attendance::InPerson),
    ("offline", Attendance::InPerson),
    ("virtual", Attendance::Online),
    ("remote", Attendance::Online),
    ("mixed", Attendance::Hybrid),
    ("offlineeventattendancemode", Attendance::InPerson),
    ("onlineeventattendancemode", Attendance::Online),
];

/// Words for where an event stands.
const STATUS: [(&str, EventStatus); 6] = [
    ("planned", EventStatus::Planned),
    ("confirmed", EventStatus::Confirmed),
    ("cancelled", EventStatus::Cancelled),
    ("postponed", EventStatus::Postponed),
    ("canceled", EventStatus::Cancelled),
    ("tentative", EventStatus::Planned),
];

/// Reads an event; what is wrong is left out of it.
pub fn read_event(map: &Map<String, Value>, path: &[PathStep], faults: &mut Vec<Fault>) -> Event {
    let mut fields = Fields::new(map, path, faults);
    let mut event = Event {
        id: fields.text("id").unwrap_or_default(),
        name: fields.text("name").or_else(|| fields.text("title")).unwrap_or_default(),
        edition: fields.text("edition"),
        series: fields.text("series"),
        status: fields.choice("status", &STATUS).unwrap_or_default(),
        attendance: fields.choice("attendance", &ATTENDANCE).unwrap_or_default(),
        url: fields.url("url"),
        archive: fields.url("archive"),
        schedule: fields.url("schedule"),
        videos: fields.url("videos"),
        photos: fields.url("photos"),
        tickets: fields.url("tickets"),
        hashtags: fields.texts("hashtag").iter().map(|tag| tag.trim_start_matches('#').to_owned()).collect(),
        attendees: fields.count("attendees"),
        roles: fields.choices("role", &ROLES),
        price: fields.text("price"),
        part_of: fields.text("part_of"),
        description: fields.text("description"),
        ..Event::default()
    };
    read_times(&mut event, &mut fields);
    read_place(&mut event, &mut fields);
    read_cfp(&mut event, &mut fields);
    if let Some(value) = fields.value("organizer") {
        let path = fields.path_of("organizer");
        event.organizers = read_people(value, &path, fields.faults());
    }
    // Those of a data file are read by its owner.
    fields.value("talks");
    if event.name.is_empty() {
        fields.refuse("name", "an event has no name", "give it one: `name: …`");
    }
    fields.finish();
    event
}

fn read_times(event: &mut Event, fields: &mut Fields<'_>) {
    event.start = fields.moment("start");
    event.end = fields.moment("end");
    if let Some(day) = fields.moment("date") {
        event.start = event.start.or(Some(day));
    }
    let (start, end) = (event.start, event.end);
    if let (Some(start), Some(end)) = (start, end) {
        let is_before = end.day < start.day
            || (end.day == start.day && end.time.zip(start.time).is_some_and(|(end, start)| end < start));
        if is_before {
            fields.refuse(
                "end",
                format!("the event ends on {} before it begins on {}", end.iso(), start.iso()),
                "the end is the last day; it is left out",
            );
            event.end = None;
        }
    } else if end.is_some() {
        fields.refuse("end", "the event has an end and no start", "add `start`, its first day");
    }
    let Some(zone) = fields.text("timezone") else { return };
    match jiff::tz::TimeZone::get(&zone) {
        Ok(_) => event.timezone = Some(zone),
        Err(_) => {
            let zones: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
            let city = zone.rsplit('/').next().unwrap_or(&zone).replace(' ', "_");
            let is_city =
                |name: &&String| name.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&city));
            let near = zones.iter().find(is_city).map(String::as_str);
            let near = near.or_else(|| nearest(&zone, zones.iter().map(String::as_str)));
            let hint = near.map_or_else(
                || "zones are named like `Europe/Brussels`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            fields.refuse("timezone", format!("`{zone}` is no time zone, and is left out"), hint);
        }
    }
}

fn read_place(event: &mut Event, fields: &mut Fields<'_>) {
    if let Some(place) = fields.text("location") {
        read_location(event, &place);
    }
    event.venue = fields.text("venue").or(event.venue.take());
    event.address = read_address(fields).or(event.address.take());
    event.city = fields.text("city").or(event.city.take());
    event.region = fields.text("region").or(event.region.take());
    if let Some(name) = fields.text("country") {
        event.country = Country::find(&name);
        if event.country.is_none() {
            let near = nearest(&name, Country::all().map(|country| country.name("en")));
            let hint = near.map_or_else(
                || "countries are written by name, or by their two letters: `BE`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            fields.refuse("country", format!("`{name}` is no country, and is left out"), hint);
        }
    }
    event.geo = read_geo(fields);
}

/// Takes a place in one line apart: `Maison des arts, Lyon, France`. What is no city or country that is known is the venue.
fn read_location(event: &mut Event, place: &str) {
    let mut parts: Vec<&str> = place.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // A country and a city may have one name; alone it is the city's.
    if let Some(country) = parts.last().filter(|_| parts.len() > 1).and_then(|last| Country::find(last)) {
        event.country = Some(country);
        parts.pop();
    }
    let city = parts.iter().rposition(|part| find_city(part, event.country).is_some());
    if let Some(at) = city {
        event.city = Some(parts.remove(at).to_owned());
    }
    event.venue = Some(parts.join(", ")).filter(|venue| !venue.is_empty());
}

/// Reads an address: a text, or a map of its parts.
fn read_address(fields: &mut Fields<'_>) -> Option<String> {
    let Some(Value::Object(parts)) = fields.value("address") else { return fields.text("address") };
    let text = |key: &str| parts.get(key).and_then(scalar_text).filter(|text| !text.is_empty());
    let line: Vec<String> =
        [text("street"), text("postcode").or_else(|| text("postal_code"))].into_iter().flatten().collect();
    (!line.is_empty()).then(|| line.join(", "))
}

fn read_geo(fields: &mut Fields<'_>) -> Option<(f64, f64)> {
    let number = |value: &Value| value.as_f64().or_else(|| scalar_text(value)?.trim().parse::<f64>().ok());
    let value = fields.value("geo")?;
    let pair = match value {
        Value::Array(list) => match list.as_slice() {
            [lat, lon] => number(lat).zip(number(lon)),
            _ => None,
        },
        Value::Object(map) => {
            let get = |names: [&str; 3]| names.iter().find_map(|name| number(map.get(*name)?));
            get(["lat", "latitude", "y"]).zip(get(["lon", "longitude", "lng"]))
        }
        other => scalar_text(other).and_then(|text| {
            let (lat, lon) = text.trim_start_matches("geo:").split_once(',')?;
            Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?))
        }),
    };
    let Some((lat, lon)) = pair else {
        fields.refuse(
            "geo",
            format!("`geo` is `{value}`, and is left out"),
            "it is latitude and longitude: `[51.03, 3.7]`",
        );
        return None;
    };
    if lat.abs() <= 90.0 && lon.abs() <= 180.0 && !(lat == 0.0 && lon == 0.0) {
        return Some((lat, lon));
    }
    let hint = if lon.abs() <= 90.0 && lat.abs() <= 180.0 && lat != 0.0 {
        "latitude comes first: they may have been swapped"
    } else {
        "latitude is between -90 and 90, longitude between -180 and 180"
    };
    fields.refuse("geo", format!("there is no place at {lat}, {lon}: it is left out"), hint);
    None
}

fn read_cfp(event: &mut Event, fields: &mut Fields<'_>) {
    let Some(value) = fields.value("cfp") else { return };
    let path = fields.path_of("cfp");
    match value {
        Value::Object(map) => {
            let mut cfp = Fields::new(map, &path, fields.faults());
            event.cfp_closes = cfp.moment("closes");
            event.cfp_url = cfp.url("url");
            let opens = cfp.moment("opens");
            if let (Some(opens), Some(closes)) = (opens, event.cfp_closes)
                && closes < opens
            {
                cfp.refuse("closes", "the call for papers closes before it opens", "look at both days");
            }
            cfp.finish();
        }
        _ => event.cfp_closes = fields.moment("cfp"),
    }
    if let (Some(closes), Some(start)) = (event.cfp_closes, event.start)
        && closes.day > start.day
    {
        fields.refuse(
            "cfp",
            format!("the call for papers closes on {}, after the event begins", closes.iso()),
            "look at both days",
        );
    }
}
