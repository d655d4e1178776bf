//! What templates and shortcodes ask of events: look-ups in the finished site.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::super::context::Shared;
use super::super::functions::calling_page_id;
use super::super::values::{list, text};
use super::photos::photos_of;
use super::routes::{TalkFilter, View};
use super::views::Told;
use crate::diag::nearest;
use crate::event::slug;
use crate::site::PageId;
use crate::site::conference::When;

/// Names of the functions, for suggestions.
pub(in crate::render) const FUNCTIONS: &[&str] =
    &["event", "events", "talk", "talks", "speaker", "events_url", "photos_of"];

/// Registers everything under the names that the manual lists.
pub(in crate::render) fn register(tera: &mut Tera, shared: &Arc<Shared>) {
    let with = |function: fn(Told<'_>, Option<PageId>, &Kwargs) -> TeraResult<Value>| {
        let shared = Arc::clone(shared);
        move |arguments: Kwargs, state: &State<'_>| {
            let language = state.get::<usize>("language_index")?.unwrap_or(shared.site.default_language);
            let language = language.min(shared.site.languages.len() - 1);
            function(Told::new(&shared.site, language), calling_page_id(&shared, state)?, &arguments)
        }
    };
    tera.register_function("event", with(event));
    tera.register_function("events", with(events));
    tera.register_function("talk", with(talk));
    tera.register_function("talks", with(talks));
    tera.register_function("speaker", with(speaker));
    tera.register_function("events_url", with(events_url));
    let of_photos = Arc::clone(shared);
    tera.register_function("photos_of", move |arguments: Kwargs, state: &State<'_>| {
        photos_of(&of_photos, &arguments, state)
    });
}

/// `event(id=)`: an event by its id or title; without one, that of the page, or `none`.
fn event(told: Told<'_>, page: Option<PageId>, arguments: &Kwargs) -> TeraResult<Value> {
    let conference = told.conference();
    match given(arguments, "id")? {
        Some(name) => {
            let found = conference.find_event(&name).map(|index| told.whole_event(index));
            let ids = || conference.events.iter().map(|record| record.event.id.as_str());
            found.ok_or_else(|| unknown("event", &name, ids()))
        }
        None => Ok(page
            .and_then(|id| conference.events_of(id).first())
            .map_or_else(Value::none, |index| told.whole_event(*index))),
    }
}

/// `events(when=, series=, country=, year=, limit=, of_page=)`: events as lists show them, those to come in order, others the newest
/// first.
fn events(told: Told<'_>, page: Option<PageId>, arguments: &Kwargs) -> TeraResult<Value> {
    let conference = told.conference();
    let when = arguments.get::<String>("when")?.unwrap_or_default();
    let series = given(arguments, "series")?.map(|name| slug(&name));
    let country = given(arguments, "country")?.map(|name| crate::place::Country::find(&name));
    let year = arguments.get::<i64>("year")?.filter(|year| *year != 0);
    let of_page = arguments.get::<bool>("of_page")?.unwrap_or(false);
    let limit = arguments.get::<usize>("limit")?.unwrap_or(usize::MAX);
    let own = page.map(|id| conference.events_of(id)).unwrap_or_default();
    let is_wanted = |index: &usize| {
        let record = &conference.events[*index];
        let state = record.when(told.site.today);
        let is_then = match when.as_str() {
            "coming" | "upcoming" => matches!(state, When::Coming | When::Now),
            "now" | "ongoing" => state == When::Now,
            "past" => state == When::Past,
            _ => true,
        };
        is_then
            && series
                .as_ref()
                .is_none_or(|series| conference.series.get(record.series).is_some_and(|it| it.id == *series))
            && country.is_none_or(|country| record.event.country == country && country.is_some())
            && year.is_none_or(|year| record.event.year().map(i64::from) == Some(year))
            && (!of_page || own.contains(index))
    };
    let mut found: Vec<usize> = (0..conference.events.len()).filter(is_wanted).collect();
    if !matches!(when.as_str(), "coming" | "upcoming") && !of_page {
        found.reverse();
    }
    Ok(list(found.into_iter().take(limit).map(|index| told.event(index))))
}

/// `talk(id=)`: a talk of the page by id or title, else of the whole site.
fn talk(told: Told<'_>, page: Option<PageId>, arguments: &Kwargs) -> TeraResult<Value> {
    let conference = told.conference();
    let name = arguments.must_get::<String>("id")?;
    let wanted = slug(&name);
    let is_it = |index: &usize| {
        let talk = &conference.talks[*index].talk;
        talk.id == name || slug(&talk.id) == wanted || slug(&talk.title) == wanted
    };
    let own = page.map(|id| conference.talks_of(id)).unwrap_or_default();
    let found =
        own.iter().copied().find(|index| is_it(index)).or_else(|| (0..conference.talks.len()).find(is_it));
    let names = || own.iter().map(|index| conference.talks[*index].talk.title.as_str());
    found.map(|index| told.talk(index)).ok_or_else(|| unknown("talk", &name, names()))
}

/// `talks(event=, day=, status=, own=)`: talks by day, of the page or of an event; with `own`, none but those that the page lists.
fn talks(told: Told<'_>, page: Option<PageId>, arguments: &Kwargs) -> TeraResult<Value> {
    let conference = told.conference();
    let day = given(arguments, "day")?;
    let status = given(arguments, "status")?;
    let event = match given(arguments, "event")? {
        Some(name) => {
            let ids = || conference.events.iter().map(|record| record.event.id.as_str());
            Some(conference.find_event(&name).ok_or_else(|| unknown("event", &name, ids()))?)
        }
        None => None,
    };
    let of_page = page.map(|id| conference.talks_of(id)).unwrap_or_default();
    let only_own = arguments.get::<bool>("own")?.unwrap_or(false);
    let own_events = page.map(|id| conference.events_of(id)).unwrap_or_default();
    let of_events =
        |events: &[usize]| events.iter().flat_map(|event| conference.events[*event].talks.clone()).collect();
    let all: Vec<usize> = match event {
        Some(event) => of_events(&[event]),
        None if of_page.is_empty() && !only_own => of_events(own_events),
        None => of_page.to_vec(),
    };
    let is_wanted = |index: &usize| {
        let record = &conference.talks[*index];
        let number = record.event.and_then(|event| conference.events[event].event.start).zip(record.day);
        let number =
            number.and_then(|(start, day)| Some((day - start.day).get_days() + 1).filter(|day| *day > 0));
        let is_on = |day: &String| {
            record.day.is_some_and(|it| it.to_string() == *day)
                || number.is_some_and(|number| number.to_string() == *day)
        };
        let has = |status: &String| record.talk.status.is_some_and(|it| it.name() == slug(status));
        day.as_ref().is_none_or(is_on) && status.as_ref().is_none_or(has)
    };
    let wanted: Vec<usize> = all.into_iter().filter(|index| is_wanted(index)).collect();
    Ok(told.talk_days(&wanted))
}

/// `speaker(name=, optional=)`: somebody by name, id or alias; with `optional`, `none` where there is nobody of that name.
fn speaker(told: Told<'_>, _page: Option<PageId>, arguments: &Kwargs) -> TeraResult<Value> {
    let name = arguments.must_get::<String>("name")?;
    let conference = told.conference();
    let found = conference.find_person(&name).map(|index| told.whole_person(index));
    let names = || conference.people.iter().map(|record| record.person.name.as_str());
    if arguments.get::<bool>("optional")?.unwrap_or(false) {
        return Ok(found.unwrap_or_else(Value::none));
    }
    found.ok_or_else(|| unknown("person", &name, names()))
}

/// `events_url(page=)`: the address of the pages `events`, `talks`, `people`, `places` or `statistics`, or `none`.
fn events_url(told: Told<'_>, _page: Option<PageId>, arguments: &Kwargs) -> TeraResult<Value> {
    let conference = told.conference();
    let view = match arguments.get::<String>("page")?.as_deref().unwrap_or("events") {
        "events" if !conference.events.is_empty() => View::Events,
        "talks" if !conference.talks.is_empty() => View::Talks(TalkFilter::All),
        "people" if !conference.people.is_empty() => View::People,
        "statistics" if !conference.events.is_empty() => View::Statistics,
        "places" if conference.events.iter().any(|record| record.event.country.is_some()) => View::Places,
        _ => return Ok(Value::none()),
    };
    Ok(told.url(&view).map_or_else(Value::none, text))
}

/// Returns an argument, if it is there and not empty.
fn given(arguments: &Kwargs, name: &str) -> TeraResult<Option<String>> {
    Ok(arguments.get::<String>(name)?.filter(|text| !text.is_empty()))
}

fn unknown<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let hint = nearest(name, known).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
    Error::message(format!("there is no {kind} `{name}`{hint}"))
}
