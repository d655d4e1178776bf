//! A map of events: land, and a dot for each place that has some.

use std::collections::BTreeMap;

use tera::Value;

use super::super::values::{list, map, number, optional_text, text};
use super::routes::View as Page;
use super::views::Told;
use crate::event::slug;
use crate::place::{Map, View, find_city};
use crate::site::conference::EventRecord;

/// Width of the drawing; it is scaled to the page.
const WIDTH_PX: u32 = 960;

/// Radius of the dot of one event, and how much more there is for others at the same place.
const RADIUS: f64 = 7.0;
const RADIUS_MORE: f64 = 2.0;
const RADIUS_MAX: f64 = 18.0;

/// How far around a dot a finger may miss it.
const REACH: f64 = 26.0;

/// An event by its number, with latitude and longitude.
type Placed = (usize, (f64, f64));

/// Returns where an event is: as it says itself, else where its city is.
pub(super) fn point(record: &EventRecord) -> Option<(f64, f64)> {
    let event = &record.event;
    event.geo.or_else(|| {
        let city = find_city(event.city.as_ref()?, event.country)?;
        Some((city.lat, city.lon))
    })
}

/// Draws the map of some events; `none` where no place of them is known. `whole` asks for the whole world.
pub(super) fn drawn(told: Told<'_>, events: &[usize], whole: bool) -> Value {
    let all = &told.conference().events;
    let mut places: BTreeMap<String, Vec<Placed>> = BTreeMap::new();
    for index in events {
        let Some((record, point)) = all.get(*index).and_then(|record| Some((record, point(record)?))) else {
            continue;
        };
        let name = record
            .event
            .city
            .clone()
            .or_else(|| record.event.venue.clone())
            .unwrap_or_else(|| record.event.title());
        let country = record.event.country.map(|country| country.code()).unwrap_or_default();
        places.entry(format!("{country}/{}", slug(&name))).or_default().push((*index, point));
    }
    if places.is_empty() {
        return Value::none();
    }
    let points: Vec<(f64, f64)> = places.values().filter_map(|events| Some(events.first()?.1)).collect();
    let drawing = Map::of(if whole { View::world() } else { View::around(&points) }, WIDTH_PX);
    // Big dots lie below small ones.
    let mut by_size: Vec<&Vec<Placed>> = places.values().collect();
    by_size.sort_by_key(|events| std::cmp::Reverse(events.len()));
    let dots: Vec<Value> = by_size.into_iter().filter_map(|events| dot(told, &drawing, events)).collect();
    map([
        ("width", number(drawing.width as usize)),
        ("height", number(drawing.height as usize)),
        ("land", text(&drawing.land)),
        ("borders", text(drawing.borders())),
        ("dots", list(dots)),
    ])
}

fn dot(told: Told<'_>, drawing: &Map, events: &[Placed]) -> Option<Value> {
    let (first, (lat, lon)) = *events.first()?;
    let (x, y) = drawing.point(lat, lon)?;
    let record = told.conference().events.get(first)?;
    let event = &record.event;
    let city = event.country.zip(event.city.as_ref());
    let view = match (events, city) {
        ([_], _) => Page::Event(first),
        (_, Some((country, city))) => Page::City(country, slug(city)),
        _ => Page::Event(first),
    };
    let name =
        if events.len() == 1 { event.title() } else { event.city.clone().unwrap_or_else(|| event.title()) };
    let more = u32::try_from(events.len() - 1).map_or(RADIUS_MAX, f64::from) * RADIUS_MORE;
    let round = |value: f64| Value::from((value * 10.0).round() / 10.0);
    Some(map([
        ("x", round(x)),
        ("y", round(y)),
        ("radius", round((RADIUS + more).min(RADIUS_MAX))),
        ("reach", round(REACH)),
        ("name", text(name)),
        ("count", number(events.len())),
        ("url", optional_text(told.url(&view))),
    ]))
}
