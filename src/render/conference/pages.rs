//! The pages that are made of what a site tells of conferences. A page, redirect or file of the author's at the address of one
//! takes its place, and the author is told.

use std::collections::{BTreeMap, BTreeSet};

use tera::value::Key;
use tera::{Context, Value};

use super::super::emit::{Emitter, generated_page};
use super::super::recipes::{Maker, Planned, Planner};
use super::super::values::{list, map, number, text};
use super::calendars::{self, Which};
use super::feed;
use super::files::files;
use super::map::drawn;
use super::routes::{TalkFilter, View, own_page};
use super::statistics;
use super::views::Told;
use crate::config::Config;
use crate::diag::{Diagnostic, Location};
use crate::event::{TalkStatus, slug};
use crate::output::Class;
use crate::path::Route;
use crate::place::Country;
use crate::site::conference::{Conference, TalkRecord, When};
use crate::site::{Kind, Page, Site};

/// What makes them, for messages.
const PRODUCER: &str = "events";

/// Lists the pages of events, given all else that is published.
pub(in crate::render) fn recipes(planner: &Planner<'_>, planned: &[Planned]) -> Vec<Planned> {
    let site = planner.site;
    if site.conference.is_empty() {
        return Vec::new();
    }
    let taken: BTreeMap<&str, &str> =
        planned.iter().flatten().map(|recipe| (recipe.path.as_str(), recipe.producer.as_str())).collect();
    let mut made = Vec::new();
    for (language, it) in site.languages.iter().enumerate().filter(|(_, it)| it.config.events.has_pages) {
        let overview = site.pages.iter().any(|page| page.language == language && is_overview(site, page));
        for file in files(&site.conference) {
            let route = file.route(site, language);
            let recipe = planner.recipe(&route, PRODUCER, Class::Feed, Maker::EventData(language, file));
            made.extend(Some(recipe).filter(|recipe| {
                recipe.as_ref().map_or(true, |recipe| !taken.contains_key(recipe.path.as_str()))
            }));
        }
        for view in views(site, &it.config).into_iter().filter(|view| !(overview && *view == View::Events)) {
            let route = view.route(site, &it.config);
            let recipe = planner.recipe(&route, PRODUCER, Class::Page, Maker::Conference(language, view));
            let other = recipe.as_ref().ok().and_then(|recipe| taken.get(recipe.path.as_str()));
            made.push(match other {
                None => recipe,
                Some(other) => Err(collision(route.as_str(), other, &it.config)),
            });
        }
    }
    made
}

/// Tells that a page of the author's stands where one of ours would.
fn collision(route: &str, other: &str, config: &Config) -> Diagnostic {
    let message =
        format!("the page that is made of the site's events would be at {route}, where this one is");
    Diagnostic::note("events-address", message).at(Location::file(other)).hint(format!(
        "set `params.events.path` to another folder than `{}`, or `params.events: false` if you want no such pages",
        config.events.path
    ))
}

/// Returns the pages of events of a language and where they are, but for those that the author wrote.
pub(in crate::render) fn made(site: &Site, language: usize) -> Vec<(View, Route)> {
    let config = &site.languages[language].config;
    if site.conference.is_empty() || !config.events.has_pages {
        return Vec::new();
    }
    let taken: BTreeSet<&Route> = site.pages.iter().map(|page| &page.route).collect();
    let views = views(site, config).into_iter().map(|view| {
        let route = view.route(site, config);
        (view, route)
    });
    views.filter(|(_, route)| !taken.contains(route)).collect()
}

/// Returns all views there are in a language.
fn views(site: &Site, config: &Config) -> Vec<View> {
    let conference = &*site.conference;
    let mut views = Vec::new();
    if !conference.events.is_empty() {
        views.push(View::Events);
        views.push(View::Statistics);
    }
    let of_ours = |(_, record): &(usize, &_)| own_page(site, record, config).is_none();
    views.extend(conference.events.iter().enumerate().filter(of_ours).map(|(index, _)| View::Event(index)));
    views.extend((0..conference.series.len()).map(View::Series));
    views.extend(years(conference).into_iter().map(View::Year));
    if !conference.people.is_empty() {
        views.push(View::People);
        views.extend((0..conference.people.len()).map(View::Person));
    }
    let places = places(conference);
    if !places.is_empty() {
        views.push(View::Places);
    }
    for (country, cities) in places {
        views.push(View::Country(country));
        views.extend(cities.into_keys().map(|city| View::City(country, city)));
    }
    let filters = TalkFilter::ALL
        .into_iter()
        .filter(|filter| conference.talks.iter().any(|talk| passes(*filter, talk, conference)));
    views.extend(filters.map(View::Talks));
    views
}

/// Returns the years that events take place in.
pub(super) fn years(conference: &Conference) -> BTreeSet<i16> {
    conference.events.iter().filter_map(|record| record.event.year()).collect()
}

/// Returns the cities of each country by the ids of their names, with their events.
pub(super) fn places(conference: &Conference) -> BTreeMap<Country, BTreeMap<String, Vec<usize>>> {
    let mut places: BTreeMap<Country, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
    for (index, record) in conference.events.iter().enumerate() {
        let Some(country) = record.event.country else { continue };
        let cities = places.entry(country).or_default();
        let city = record.event.city.as_ref().map(|city| slug(city)).filter(|city| !city.is_empty());
        if let Some(city) = city {
            cities.entry(city).or_default().push(index);
        }
    }
    places
}

/// Says whether the author gave a talk.
pub(super) fn is_given(talk: &TalkRecord, conference: &Conference) -> bool {
    let is_me = |person: &usize| conference.people.get(*person).is_some_and(|record| record.person.is_me);
    talk.talk.status == Some(TalkStatus::Gave) || talk.speakers.iter().any(is_me)
}

/// Says whether a list has a talk.
pub(super) fn passes(filter: TalkFilter, talk: &TalkRecord, conference: &Conference) -> bool {
    match filter {
        TalkFilter::All => true,
        TalkFilter::Given => is_given(talk, conference),
        TalkFilter::Seen => talk.talk.status == Some(TalkStatus::Attended),
        TalkFilter::ToWatch => talk.talk.status == Some(TalkStatus::ToWatch),
    }
}

/// Makes a page.
///
/// # Errors
/// The template fails.
pub(in crate::render) fn page(emitter: &Emitter, language: usize, view: &View) -> Result<String, Diagnostic> {
    let site = emitter.site();
    let told = Told::new(site, language);
    let mut context = emitter.engine.context(language);
    let title = fill(&mut context, told, view);
    let route = view.route(site, told.config);
    let mut page = generated_page(told.config, view.kind(), &route, title).into_map().unwrap_or_default();
    page.insert(Key::Str("translations"), translations(site, language, view));
    if *view == View::Events {
        let feed = [
            ("name", text("RSS")),
            ("url", text(told.config.base_url.relative(&route.own(feed::NAME)))),
            ("media_type", text("application/rss+xml")),
        ];
        page.insert(Key::Str("feeds"), list([map(feed)]));
    }
    context.insert_value("page", Value::from(page));
    context.insert_value("ways", ways(told));
    emitter.engine.render(&format!("{}.html", view.kind()), &context, PRODUCER)
}

/// Says whether a page is the section that all events of its language are listed in, and has no template of the author's.
pub(in crate::render) fn is_overview(site: &Site, page: &Page) -> bool {
    let config = site.config_of(page);
    let is_there = config.events.has_pages && !site.conference.events.is_empty();
    is_there && page.kind == Kind::Section && page.route == View::Events.route(site, config)
}

/// Adds to the context of that section what the page of all events shows.
pub(in crate::render) fn fill_overview(context: &mut Context, site: &Site, language: usize) {
    let told = Told::new(site, language);
    fill(context, told, &View::Events);
    context.insert_value("ways", ways(told));
}

/// Shows the same page in the other languages.
fn translations(site: &Site, language: usize, view: &View) -> Value {
    let others = site
        .languages
        .iter()
        .enumerate()
        .filter(|(index, it)| *index != language && it.config.events.has_pages);
    list(others.map(|(_, it)| {
        let route = view.route(site, &it.config);
        map([
            ("language", text(&it.config.language.tag)),
            ("language_name", text(&it.config.language.name)),
            ("title", text("")),
            ("permalink", text(site.config.base_url.absolute(&route))),
            ("rel_permalink", text(site.config.base_url.relative(&route))),
        ])
    }))
}

/// Shows the ways between the lists.
fn ways(told: Told<'_>) -> Value {
    let conference = told.conference();
    let there = [
        ("events", View::Events, conference.events.len()),
        ("talks", View::Talks(TalkFilter::All), conference.talks.len()),
        ("people", View::People, conference.people.len()),
        ("places", View::Places, places(conference).len()),
        ("statistics", View::Statistics, conference.events.len()),
    ];
    list(there.into_iter().filter(|(_, _, count)| *count > 0).map(|(word, view, count)| {
        map([
            ("word", text(word)),
            ("url", told.url(&view).map_or_else(Value::none, text)),
            ("count", number(count)),
        ])
    }))
}

/// Adds what a view shows; returns its title, which is empty where the template has a word for it.
fn fill(context: &mut Context, told: Told<'_>, view: &View) -> Value {
    let conference = told.conference();
    let all: Vec<usize> = (0..conference.events.len()).collect();
    match view {
        View::Events => {
            fill_events(context, told, all);
            context.insert_value("calendar", calendars::shown(told, &Which::All));
            context.insert_value(
                "series",
                list(conference.series.iter().enumerate().filter(|(_, it)| it.events.len() > 1).map(
                    |(index, series)| {
                        map([
                            ("name", text(&series.name)),
                            ("url", told.url(&View::Series(index)).map_or_else(Value::none, text)),
                            ("count", number(series.events.len())),
                        ])
                    },
                )),
            );
            text("")
        }
        View::Event(index) => {
            context.insert_value("event", told.whole_event(*index));
            context.insert_value("linked", linked(&told.linked_event(*index)));
            context.insert_value("calendar", calendars::shown(told, &Which::Event(*index)));
            context.insert_value("map", drawn(told, std::slice::from_ref(index), false));
            conference.events.get(*index).map_or_else(Value::none, |record| text(record.event.title()))
        }
        View::Series(index) => {
            let Some(series) = conference.series.get(*index) else { return Value::none() };
            fill_events(context, told, series.events.clone());
            context.insert_value("linked", linked(&told.linked_series(*index)));
            context.insert_value("calendar", calendars::shown(told, &Which::Series(*index)));
            text(&series.name)
        }
        View::Year(year) => {
            statistics::fill_year(context, told, *year);
            text(year.to_string())
        }
        View::People => {
            let people = (0..conference.people.len()).map(|index| told.person(index));
            context.insert_value("people", list(people));
            text("")
        }
        View::Person(index) => {
            context.insert_value("person", told.whole_person(*index));
            context.insert_value("linked", linked(&told.linked_person(*index)));
            conference.people.get(*index).map_or_else(Value::none, |record| text(&record.person.name))
        }
        View::Places => {
            context.insert_value("countries", statistics::countries(told));
            context.insert_value("map", drawn(told, &all, true));
            text("")
        }
        View::Country(country) => {
            let is_there = |index: &usize| {
                conference.events.get(*index).is_some_and(|it| it.event.country == Some(*country))
            };
            let events: Vec<usize> = all.into_iter().filter(is_there).collect();
            context.insert_value("map", drawn(told, &events, false));
            fill_events(context, told, events);
            context.insert_value("country", told.country(*country));
            context.insert_value("cities", statistics::cities(told, *country));
            context.insert_value("calendar", calendars::shown(told, &Which::Country(*country)));
            text(country.name(&told.config.language.tag))
        }
        View::City(country, city) => {
            let events = places(conference)
                .remove(country)
                .and_then(|mut cities| cities.remove(city))
                .unwrap_or_default();
            context.insert_value("map", drawn(told, &events, false));
            let name = events
                .first()
                .and_then(|index| conference.events.get(*index)?.event.city.clone())
                .unwrap_or_default();
            fill_events(context, told, events);
            context.insert_value("country", told.country(*country));
            context.insert_value("cities", list([]));
            text(name)
        }
        View::Talks(filter) => {
            fill_talks(context, told, *filter);
            text("")
        }
        View::Statistics => {
            statistics::fill(context, told);
            text("")
        }
    }
}

/// Hands data for search engines over to `json_ld`.
fn linked(data: &serde_json::Value) -> Value {
    text(data.to_string())
}

/// Adds events: what is to come, what takes place, and the past by year, the newest first.
pub(super) fn fill_events(context: &mut Context, told: Told<'_>, events: Vec<usize>) {
    let all = &told.conference().events;
    let today = told.site.today;
    let of = |when: When| {
        events.iter().copied().filter(move |index| all[*index].when(today) == when).collect::<Vec<_>>()
    };
    let shown = |indexes: Vec<usize>| list(indexes.into_iter().map(|index| told.event(index)));
    context.insert_value("coming", shown(of(When::Coming)));
    context.insert_value("now", shown(of(When::Now)));
    context.insert_value("undated", shown(of(When::Unknown)));
    let mut past = of(When::Past);
    past.reverse();
    let year = |index: &usize| all[*index].days().map(|(first, _)| first.year());
    let years = past.chunk_by(|a, b| year(a) == year(b)).map(|group| {
        let of_year = group.first().and_then(year);
        let url = of_year.and_then(|year| told.url(&View::Year(year)));
        map([
            ("year", text(of_year.map(|year| year.to_string()).unwrap_or_default())),
            ("url", url.map_or_else(Value::none, text)),
            ("events", list(group.iter().map(|index| told.event(*index)))),
        ])
    });
    context.insert_value("past", list(years));
}

fn fill_talks(context: &mut Context, told: Told<'_>, filter: TalkFilter) {
    let conference = told.conference();
    let mut talks: Vec<usize> = (0..conference.talks.len())
        .filter(|index| passes(filter, &conference.talks[*index], conference))
        .collect();
    talks.reverse();
    let year = |index: &usize| {
        let talk = &conference.talks[*index];
        let of_event = || conference.events.get(talk.event?)?.event.year();
        talk.day.map(|day| day.year()).or_else(of_event)
    };
    let mut by_year: BTreeMap<std::cmp::Reverse<Option<i16>>, Vec<usize>> = BTreeMap::new();
    for talk in talks {
        by_year.entry(std::cmp::Reverse(year(&talk))).or_default().push(talk);
    }
    let years = by_year.into_iter().map(|(year, talks)| {
        map([
            ("year", text(year.0.map(|year| year.to_string()).unwrap_or_default())),
            ("talks", list(talks.into_iter().map(|talk| told.talk(talk)))),
        ])
    });
    context.insert_value("years", list(years));
    context.insert_value("filter", text(filter.name()));
    let count =
        |filter: TalkFilter| conference.talks.iter().filter(|talk| passes(filter, talk, conference)).count();
    let filters =
        TalkFilter::ALL.into_iter().map(|other| (other, count(other))).filter(|(_, count)| *count > 0);
    context.insert_value(
        "filters",
        list(filters.map(|(other, count)| {
            map([
                ("name", text(other.name())),
                ("url", told.url(&View::Talks(other)).map_or_else(Value::none, text)),
                ("count", number(count)),
                ("is_current", Value::from(other == filter)),
            ])
        })),
    );
}
