//! Puts events in order, groups them by series, and completes what is known of their places.

use std::collections::BTreeMap;

use super::talks::Talks;
use super::{Conference, EventRecord, Series};
use crate::diag::Diagnostic;
use crate::event::slug;
use crate::place::{distance_km, find_city};
use crate::site::Site;

/// Puts events in the order of their days, and changes what refers to them by number.
pub(super) fn sort_events(conference: &mut Conference, site: &Site, talks: &mut Talks) {
    let mut order: Vec<usize> = (0..conference.events.len()).collect();
    let key = |index: &usize| {
        let event = &conference.events[*index].event;
        let start = event.start.map(|start| (start.day, start.time));
        (start.is_none(), start, event.id.clone())
    };
    order.sort_by_cached_key(key);
    let mut new_place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        new_place[*old] = new;
    }
    let mut slots: Vec<Option<EventRecord>> =
        std::mem::take(&mut conference.events).into_iter().map(Some).collect();
    conference.events = order.iter().filter_map(|old| slots[*old].take()).collect();
    talks.renumber(&new_place);
    conference.events_of_pages.values_mut().flatten().for_each(|event| *event = new_place[*event]);
    for record in &mut conference.events {
        record.part_of = record.part_of.map(|whole| new_place[whole]);
        record.posts.sort_by(|a, b| {
            let (a, b) = (site.page(*a), site.page(*b));
            (b.date.as_ref(), &a.route).cmp(&(a.date.as_ref(), &b.route))
        });
    }
    for index in 0..conference.events.len() {
        if let Some(whole) = conference.events[index].part_of {
            conference.events[whole].parts.push(index);
        }
    }
}

/// Groups events by series, which are sorted by name.
pub(super) fn group(events: &mut [EventRecord]) -> Vec<Series> {
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, record) in events.iter().enumerate() {
        by_id
            .entry(slug(record.event.series.as_deref().unwrap_or(&record.event.id)))
            .or_default()
            .push(index);
    }
    let mut series: Vec<Series> = by_id
        .into_iter()
        .map(|(id, members)| {
            let newest = members.last().map_or("", |index| events[*index].event.name.as_str());
            Series { id, name: newest.to_owned(), events: members }
        })
        .collect();
    series.sort_by(|a, b| (a.name.to_lowercase(), &a.id).cmp(&(b.name.to_lowercase(), &b.id)));
    for (place, series) in series.iter().enumerate() {
        for index in &series.events {
            events[*index].series = place;
        }
    }
    series
}

/// Most kilometres that a place may be away from the middle of its city.
const CITY_KM: f64 = 100.0;

/// Finds the country of a city that is the only one of its name; tells of a position that is not where the city is.
pub(super) fn complete_place(record: &mut EventRecord) -> Option<Diagnostic> {
    let event = &mut record.event;
    let city = find_city(event.city.as_ref()?, event.country)?;
    event.country = event.country.or(Some(city.country));
    let away = distance_km(event.geo?, (city.lat, city.lon));
    (away > CITY_KM).then(|| {
        let message = format!("`geo` of `{}` is {away:.0} km away from {}", event.title(), city.name);
        let hint = format!("the middle of {} is at `[{:.2}, {:.2}]`", city.name, city.lat, city.lon);
        Diagnostic::warning("event-geo", message).at(record.place.clone()).hint(hint)
    })
}
