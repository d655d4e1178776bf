//! What the search finds beside the pages of text: events, series and people, with the words that they are found by.

use jiff::civil::Date;

use super::super::functions::rendered_inline;
use super::super::words::said_in;
use super::days;
use super::pages::made;
use super::routes::View;
use super::views::Told;
use crate::event::Talk;
use crate::markdown;
use crate::path::Route;
use crate::site::conference::{EventRecord, PersonRecord, Series, TalkRecord};
use crate::site::{PageId, Site};
use crate::text::decode_entities;

/// A page of an event, a series or somebody, as the search needs it.
pub(in crate::render) struct Found {
    /// Where it is.
    pub(in crate::render) route: Route,
    /// The title.
    pub(in crate::render) title: String,
    /// The first day of the event, or of the first event that somebody was at.
    pub(in crate::render) day: Option<Date>,
    /// The days of the event, as the language writes them.
    pub(in crate::render) days: Option<String>,
    /// Among what it is: "Events", "People".
    pub(in crate::render) section: String,
    /// Other names: places, hashtags, aliases.
    pub(in crate::render) terms: Vec<String>,
    /// What stands on the page, in short.
    pub(in crate::render) text: String,
}

/// What stands between two facts of a text.
const GAP: &str = " · ";

/// Lists what the search of a language finds beside its pages.
pub(in crate::render) fn found(site: &Site, language: usize) -> Vec<Found> {
    let told = Told::new(site, language);
    let conference = told.conference();
    let of_view = |(view, route): (View, Route)| match view {
        View::Event(index) => conference.events.get(index).map(|record| event(told, route, record)),
        View::Series(index) => conference.series.get(index).and_then(|it| series(told, route, it)),
        View::Person(index) => conference.people.get(index).map(|record| person(told, route, record)),
        _ => None,
    };
    made(site, language).into_iter().filter_map(of_view).collect()
}

/// Returns the title of the event that a post is about, and all names that it is found by.
pub(in crate::render) fn events_of(
    site: &Site,
    language: usize,
    page: PageId,
) -> (Option<String>, Vec<String>) {
    let told = Told::new(site, language);
    let indexes = site.conference.events_of(page).iter();
    let records: Vec<&EventRecord> = indexes.filter_map(|index| site.conference.events.get(*index)).collect();
    let others = records.iter().filter(|record| !record.pages.contains(&page));
    let title = others.map(|record| record.event.title()).next();
    let names = |record: &&EventRecord| [vec![record.event.title()], names(told, record)].concat();
    (title, records.iter().flat_map(names).collect())
}

fn event(told: Told<'_>, route: Route, record: &EventRecord) -> Found {
    let event = &record.event;
    let days = record.days().map(|(first, last)| days::days(told.config, first, last));
    let place = told.place(record);
    let own = [event.venue.as_deref(), Some(place.as_str()), event.description.as_deref()];
    let talks = record.talks.iter().filter_map(|index| told.conference().talks.get(*index));
    let facts = own.into_iter().flatten().map(str::to_owned).chain(talks.map(|talk| line(told, talk)));
    Found {
        route,
        title: event.title(),
        day: record.days().map(|(first, _)| first),
        days,
        section: said_in(told.config, "events"),
        terms: names(told, record),
        text: joined(facts),
    }
}

/// A series of one edition is found as that.
fn series(told: Told<'_>, route: Route, series: &Series) -> Option<Found> {
    let records = || series.events.iter().filter_map(|index| told.conference().events.get(*index));
    let editions = records().map(|record| [record.event.title(), told.place(record)].join(" "));
    (series.events.len() > 1).then(|| Found {
        route,
        title: series.name.clone(),
        day: records().filter_map(EventRecord::days).map(|(first, _)| first).min(),
        days: None,
        section: said_in(told.config, "events"),
        terms: Vec::new(),
        text: joined(editions),
    })
}

fn person(told: Told<'_>, route: Route, record: &PersonRecord) -> Found {
    let person = &record.person;
    let conference = told.conference();
    let days = record.events.iter().filter_map(|index| conference.events.get(*index)?.days());
    let talks = record.talks.iter().filter_map(|index| conference.talks.get(*index));
    let events = record.events.iter().filter_map(|index| conference.events.get(*index));
    let facts = person.affiliation.clone().into_iter();
    let facts = facts.chain(talks.map(|record| record.talk.title.clone()));
    Found {
        route,
        title: person.name.clone(),
        day: days.map(|(first, _)| first).min(),
        days: None,
        section: said_in(told.config, "people"),
        terms: person.aliases.clone(),
        text: joined(facts.chain(events.map(|record| record.event.title()))),
    }
}

/// Returns the other names of an event.
fn names(told: Told<'_>, record: &EventRecord) -> Vec<String> {
    let series = told.conference().series.get(record.series).map(|series| series.name.clone());
    [Some(told.place(record)), series].into_iter().flatten().chain(record.event.hashtags.clone()).collect()
}

/// Writes a talk on one line: its title, who gave it, and what the author noted.
fn line(told: Told<'_>, record: &TalkRecord) -> String {
    let Talk { title, notes, .. } = &record.talk;
    let people = record.speakers.iter().filter_map(|index| told.conference().people.get(*index));
    let people: Vec<&str> = people.map(|record| record.person.name.as_str()).collect();
    let by = if people.is_empty() { String::new() } else { format!(" – {}", people.join(", ")) };
    let notes = notes.as_ref().map(|notes| markdown::plain(&rendered_inline(notes, told.config)));
    let notes = notes.map(|notes| format!(". {}", decode_entities(&notes))).unwrap_or_default();
    format!("{title}{by}{notes}")
}

fn joined(facts: impl Iterator<Item = String>) -> String {
    let facts = facts.map(|fact| fact.split_whitespace().collect::<Vec<_>>().join(" "));
    facts.filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(GAP)
}
