//! Which calendars there are, and what is in them; how one is written is `calendar`'s business.

use jiff::tz::TimeZone;
use tera::Value;

use super::super::values::{list, map, text};
use super::routes::View;
use super::views::Told;
use crate::calendar::{self, Calendar, Entry, Status, When, uid};
use crate::event::{Event, EventStatus, Moment};
use crate::path::Route;
use crate::place::Country;
use crate::site::conference::{Conference, EventRecord, When as Standing};

/// A calendar of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) enum Which {
    /// All events.
    All,
    /// Those that are to come.
    Coming,
    /// Last days of calls for papers.
    Calls,
    /// One event, and its talks as far as their times are known.
    Event(usize),
    /// All editions of one.
    Series(usize),
    /// The events in a country.
    Country(Country),
}

/// Lists the calendars that there are.
pub(super) fn all(conference: &Conference) -> Vec<Which> {
    let dated = || conference.events.iter().enumerate().filter(|(_, record)| record.event.start.is_some());
    if dated().next().is_none() {
        return Vec::new();
    }
    let mut calendars = vec![Which::All, Which::Coming];
    if conference.events.iter().any(|record| record.event.cfp_closes.is_some()) {
        calendars.push(Which::Calls);
    }
    calendars.extend(dated().map(|(index, _)| Which::Event(index)));
    let of_series = |index: &usize| dated().any(|(_, record)| record.series == *index);
    calendars.extend((0..conference.series.len()).filter(of_series).map(Which::Series));
    let mut countries: Vec<Country> = dated().filter_map(|(_, record)| record.event.country).collect();
    countries.sort_unstable();
    countries.dedup();
    calendars.extend(countries.into_iter().map(Which::Country));
    calendars
}

impl Which {
    /// Returns where it is: beside the page of the same events.
    pub(in crate::render) fn route(&self, told: Told<'_>) -> Route {
        let beside = |view: View, name: &str| view.route(told.site, told.config).own(name);
        match self {
            Self::All => beside(View::Events, "calendar.ics"),
            Self::Coming => beside(View::Events, "coming.ics"),
            Self::Calls => beside(View::Events, "calls.ics"),
            Self::Event(index) => beside(View::Event(*index), "event.ics"),
            Self::Series(index) => beside(View::Series(*index), "calendar.ics"),
            Self::Country(country) => beside(View::Country(*country), "calendar.ics"),
        }
    }

    /// Returns the events that are in it.
    fn events(&self, told: Told<'_>) -> Vec<usize> {
        let today = told.site.today;
        let has = |record: &EventRecord, index: usize| match self {
            Self::All => true,
            Self::Coming => matches!(record.when(today), Standing::Coming | Standing::Now),
            Self::Calls => record.event.cfp_closes.is_some(),
            Self::Event(wanted) => *wanted == index,
            Self::Series(series) => record.series == *series,
            Self::Country(country) => record.event.country == Some(*country),
        };
        let all = told.conference().events.iter().enumerate();
        all.filter(|(index, record)| has(record, *index)).map(|(index, _)| index).collect()
    }

    fn name(&self, told: Told<'_>) -> String {
        let conference = told.conference();
        let word = |key: &str| super::super::words::said_in(told.config, key);
        let own = match self {
            Self::All => word("events"),
            Self::Coming => word("events_coming"),
            Self::Calls => word("cfps"),
            Self::Event(index) => {
                return conference.events.get(*index).map(|it| it.event.title()).unwrap_or_default();
            }
            Self::Series(index) => {
                conference.series.get(*index).map(|it| it.name.clone()).unwrap_or_default()
            }
            Self::Country(country) => country.name(&told.config.language.tag).to_owned(),
        };
        let site = &told.config.title;
        if site.is_empty() { own } else { format!("{own} · {site}") }
    }
}

/// Shows a calendar to templates: `url`, `subscribe_url`, and `parts`, the calendars of some of its entries; none where it is not.
pub(super) fn shown(told: Told<'_>, which: &Which) -> Value {
    let there = all(told.conference());
    let is_there = there.contains(which);
    let base = &told.config.base_url;
    // What is to come, and calls for papers, are parts of all.
    let parts = [(Which::Coming, "events_coming"), (Which::Calls, "cfps")].into_iter();
    let parts = parts.filter(|(part, _)| *which == Which::All && there.contains(part));
    let parts = parts
        .map(|(part, word)| map([("word", text(word)), ("url", text(base.relative(&part.route(told))))]));
    let shown = is_there.then(|| {
        let route = which.route(told);
        let absolute = base.absolute(&route);
        // Programs that hold calendars take this scheme for an order to subscribe.
        let subscribe = absolute.split_once("://").map(|(_, rest)| format!("webcal://{rest}"));
        map([
            ("url", text(base.relative(&route))),
            ("subscribe_url", subscribe.map_or_else(Value::none, text)),
            ("parts", list(parts)),
        ])
    });
    shown.unwrap_or_else(Value::none)
}

/// Writes a calendar.
pub(super) fn written(told: Told<'_>, which: &Which) -> String {
    let base = &told.config.base_url;
    let source = base.has_origin().then(|| base.absolute(&which.route(told)));
    let entries = which.events(told).into_iter().flat_map(|index| match which {
        Which::Calls => call(told, index).into_iter().collect(),
        Which::Event(_) => event(told, index).into_iter().chain(talks(told, index)).collect(),
        _ => event(told, index).into_iter().collect::<Vec<_>>(),
    });
    calendar::write(&Calendar {
        name: which.name(told),
        description: None,
        language: Some(told.config.language.tag.clone()),
        url: None,
        source,
        entries: entries.collect(),
    })
}

/// Returns the host that identities end with: they last as long as it.
fn host(told: Told<'_>) -> &str {
    told.config.base_url.host().unwrap_or("localhost")
}

fn page(told: Told<'_>, index: usize) -> Option<String> {
    let base = &told.config.base_url;
    let is_there = told.config.events.has_pages && base.has_origin();
    is_there.then(|| base.absolute(&View::Event(index).route(told.site, told.config)))
}

/// Shows an event as an entry; none where its day is not known.
fn event(told: Told<'_>, index: usize) -> Option<Entry> {
    let record = told.conference().events.get(index)?;
    let event = &record.event;
    let when = when(event, event.start?, event.end);
    let mut entry = Entry::new(uid("event", &event.id, host(told)), event.title(), when);
    entry.description = event.description.clone();
    entry.location = location(told, event);
    entry.geo = event.geo;
    entry.url = page(told, index).or_else(|| event.url.clone());
    entry.status = status(event);
    // What was announced and is called off has changed once.
    entry.sequence = u32::from(matches!(event.status, EventStatus::Cancelled | EventStatus::Postponed));
    entry.organizer = event.organizers.first().map(|person| person.name.clone());
    Some(entry)
}

/// Shows the last day of an event's call for papers.
fn call(told: Told<'_>, index: usize) -> Option<Entry> {
    let record = told.conference().events.get(index)?;
    let event = &record.event;
    let closes = event.cfp_closes?;
    let title = format!("{}: {}", super::super::words::said_in(told.config, "cfp"), event.title());
    let mut entry = Entry::new(uid("call", &event.id, host(told)), title, when(event, closes, None));
    entry.url = event.cfp_url.clone().or_else(|| page(told, index));
    entry.status = status(event);
    entry.transparent = true;
    Some(entry)
}

/// Shows the talks of an event whose times are known.
fn talks(told: Told<'_>, index: usize) -> Vec<Entry> {
    let conference = told.conference();
    let Some(record) = conference.events.get(index) else { return Vec::new() };
    let shown = record.talks.iter().filter_map(|talk| {
        let talk = conference.talks.get(*talk)?;
        let zone = zone(&record.event);
        let (start, end) = (talk.begins()?, talk.ends());
        let when = match zone {
            Some(zone) => When::Zoned { start, end, zone },
            None => When::Floating { start, end },
        };
        let id = format!("{}-{}", record.event.id, talk.talk.id);
        let mut entry = Entry::new(uid("talk", &id, host(told)), talk.talk.title.clone(), when);
        let names = talk.speakers.iter().map(|person| conference.people[*person].person.name.as_str());
        entry.description = Some(names.collect::<Vec<_>>().join(", ")).filter(|names| !names.is_empty());
        entry.location = talk.talk.room.clone().or_else(|| location(told, &record.event));
        entry.url = talk.talk.url.clone().or_else(|| page(told, index));
        entry.status = status(&record.event);
        Some(entry)
    });
    shown.collect()
}

fn status(event: &Event) -> Status {
    match event.status {
        EventStatus::Confirmed => Status::Confirmed,
        EventStatus::Planned | EventStatus::Postponed => Status::Tentative,
        EventStatus::Cancelled => Status::Cancelled,
    }
}

fn location(told: Told<'_>, event: &Event) -> Option<String> {
    let country = event.country.map(|country| country.name(&told.config.language.tag));
    let parts = [event.venue.as_deref(), event.address.as_deref(), event.city.as_deref(), country];
    let place = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    Some(place).filter(|place| !place.is_empty())
}

fn zone(event: &Event) -> Option<TimeZone> {
    event.timezone.as_ref().and_then(|name| TimeZone::get(name).ok())
}

/// Returns when something is: by the clock where the first and the last time are told, else in whole days.
fn when(event: &Event, first: Moment, last: Option<Moment>) -> When {
    let end = last.and_then(|last| last.date_time());
    match (first.date_time(), last.is_none() || end.is_some()) {
        (Some(start), true) => match first.offset.map(TimeZone::fixed).or_else(|| zone(event)) {
            Some(zone) => When::Zoned { start, end, zone },
            None => When::Floating { start, end },
        },
        _ => When::Days { first: first.day, last: last.map_or(first.day, |last| last.day) },
    }
}
