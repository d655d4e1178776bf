//! Counts events, talks, people and places: of all years, and of one.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Value};

use super::super::values::{list, map, number, optional_text, text};
use super::pages::{fill_events, is_given, places, years};
use super::routes::View;
use super::views::Told;
use crate::event::{EventStatus, TalkStatus};
use crate::place::Country;

/// What is counted of some events.
struct Counts {
    events: usize,
    countries: usize,
    cities: usize,
    given: usize,
    seen: usize,
    people: usize,
}

/// Counts events that took place or are sure to: not those that are planned, cancelled or postponed.
fn count(told: Told<'_>, events: &[usize]) -> Counts {
    let conference = told.conference();
    let counted: Vec<usize> = events
        .iter()
        .copied()
        .filter(|index| conference.events[*index].event.status == EventStatus::Confirmed)
        .collect();
    let records = || counted.iter().map(|index| &conference.events[*index]);
    let talks: Vec<usize> = records().flat_map(|record| record.talks.iter().copied()).collect();
    let speakers = talks.iter().flat_map(|talk| conference.talks[*talk].speakers.iter().copied());
    let people: BTreeSet<usize> =
        records().flat_map(|record| record.people.iter().copied()).chain(speakers).collect();
    let others = people.iter().filter(|person| !conference.people[**person].person.is_me);
    let given = |talk: &&usize| is_given(&conference.talks[**talk], conference);
    Counts {
        events: counted.len(),
        countries: records().filter_map(|record| record.event.country).collect::<BTreeSet<_>>().len(),
        cities: records().filter_map(|record| record.event.city.as_ref()).collect::<BTreeSet<_>>().len(),
        given: talks.iter().filter(given).count(),
        seen: talks
            .iter()
            .filter(|talk| conference.talks[**talk].talk.status == Some(TalkStatus::Attended))
            .count(),
        people: others.count(),
    }
}

fn shown(counts: &Counts) -> Value {
    let Counts { events, countries, cities, given, seen, people } = counts;
    map([
        ("events", number(*events)),
        ("countries", number(*countries)),
        ("cities", number(*cities)),
        ("given", number(*given)),
        ("seen", number(*seen)),
        ("people", number(*people)),
    ])
}

fn of_year(told: Told<'_>, year: i16) -> Vec<usize> {
    let events = told.conference().events.iter().enumerate();
    events.filter(|(_, record)| record.event.year() == Some(year)).map(|(index, _)| index).collect()
}

/// Adds what the page of a year shows.
pub(super) fn fill_year(context: &mut Context, told: Told<'_>, year: i16) {
    let events = of_year(told, year);
    context.insert_value("counts", shown(&count(told, &events)));
    let conference = told.conference();
    let talks: Vec<usize> =
        events.iter().flat_map(|event| conference.events[*event].talks.iter().copied()).collect();
    let favourites = talks.iter().filter(|talk| {
        let talk = &conference.talks[**talk].talk;
        talk.is_favourite || talk.rating == Some(5)
    });
    context.insert_value("favourites", list(favourites.map(|talk| told.talk(*talk))));
    let met: BTreeSet<usize> =
        events.iter().flat_map(|event| conference.events[*event].people.iter().copied()).collect();
    context.insert_value("people", list(met.into_iter().map(|person| told.person(person))));
    let all = years(conference);
    let neighbour = |year: Option<&i16>| {
        year.map_or_else(Value::none, |year| {
            map([("year", text(year.to_string())), ("url", optional_text(told.url(&View::Year(*year))))])
        })
    };
    context.insert_value("previous", neighbour(all.range(..year).next_back()));
    context.insert_value("next", neighbour(all.range(year + 1..).next()));
    context.insert_value("events", list(events.iter().map(|event| told.event(*event))));
    fill_events(context, told, events);
}

/// Adds what the page of numbers shows.
pub(super) fn fill(context: &mut Context, told: Told<'_>) {
    let conference = told.conference();
    let all: Vec<usize> = (0..conference.events.len()).collect();
    context.insert_value("counts", shown(&count(told, &all)));
    let rows: Vec<(i16, Counts)> =
        years(conference).into_iter().map(|year| (year, count(told, &of_year(told, year)))).collect();
    let most = rows
        .iter()
        .map(|(_, counts)| counts.events.max(counts.seen).max(counts.given))
        .max()
        .unwrap_or(0)
        .max(1);
    let bar = |count: usize| Value::from(u64::try_from(count * 100 / most).unwrap_or(100));
    context.insert_value(
        "years",
        list(rows.iter().rev().map(|(year, counts)| {
            map([
                ("year", text(year.to_string())),
                ("url", optional_text(told.url(&View::Year(*year)))),
                ("counts", shown(counts)),
                ("events_bar", bar(counts.events)),
                ("seen_bar", bar(counts.seen)),
                ("given_bar", bar(counts.given)),
            ])
        })),
    );
    context.insert_value("countries", countries(told));
    let mut by_city: BTreeMap<&str, usize> = BTreeMap::new();
    for city in conference.events.iter().filter_map(|record| record.event.city.as_deref()) {
        *by_city.entry(city).or_default() += 1;
    }
    let mut speakers: Vec<usize> =
        (0..conference.people.len()).filter(|index| !conference.people[*index].person.is_me).collect();
    speakers.sort_by_key(|index| (std::cmp::Reverse(conference.people[*index].talks.len()), *index));
    speakers.retain(|index| conference.people[*index].talks.len() > 1);
    speakers.truncate(10);
    context.insert_value("speakers", list(speakers.into_iter().map(|person| told.person(person))));
}

/// Shows the countries with the number of their events, those with most first.
pub(super) fn countries(told: Told<'_>) -> Value {
    let mut counted: BTreeMap<Country, usize> = BTreeMap::new();
    for country in told.conference().events.iter().filter_map(|record| record.event.country) {
        *counted.entry(country).or_default() += 1;
    }
    let mut counted: Vec<(Country, usize)> = counted.into_iter().collect();
    let tag = &told.config.language.tag;
    counted.sort_by_key(|(country, count)| (std::cmp::Reverse(*count), country.name(tag)));
    list(counted.into_iter().map(|(country, count)| {
        let mut view = told.country(country).into_map().unwrap_or_default();
        view.insert(tera::value::Key::Str("count"), number(count));
        view.insert(tera::value::Key::Str("cities"), cities(told, country));
        Value::from(view)
    }))
}

/// Shows the cities of a country with the number of their events, by name.
pub(super) fn cities(told: Told<'_>, country: Country) -> Value {
    let cities = places(told.conference()).remove(&country).unwrap_or_default();
    list(cities.into_iter().filter_map(|(id, events)| {
        let name = told.conference().events.get(*events.first()?)?.event.city.as_ref()?;
        Some(map([
            ("name", text(name)),
            ("url", optional_text(told.url(&View::City(country, id)))),
            ("count", number(events.len())),
        ]))
    }))
}
