//! Collects events from data files, their own pages and posts, and knows each by all of its names.

use std::collections::BTreeMap;

use serde_json::Value;

use super::files::{self, Entry};
use super::merge::merge_events;
use super::order::{complete_place, group, sort_events};
use super::people::People;
use super::talks::Talks;
use super::{Conference, EventRecord};
use crate::config::DataFile;
use crate::diag::{Diagnostic, Location, nearest};
use crate::event::{self, Event, Fault, Mention, PathStep, Talk, Told, identify, slug};
use crate::page::{Bundle, ListOption};
use crate::site::{Kind, PageId, Site};

/// What was found so far.
#[derive(Default)]
pub(super) struct Gathered {
    events: Vec<EventRecord>,
    /// Events by everything that they can be called: ids, titles, paths of their pages.
    names: BTreeMap<String, usize>,
    people: People,
    talks: Talks,
    /// The events of each page, in the order in which its author names them.
    of_pages: BTreeMap<PageId, Vec<usize>>,
    diagnostics: Vec<Diagnostic>,
}

impl Gathered {
    /// Reads all data files.
    pub(super) fn read_files(&mut self, data: &[DataFile]) {
        for file in data {
            match files::entries(file) {
                Ok(entries) => entries.into_iter().for_each(|entry| self.read_entry(file, entry)),
                Err(problem) => self.diagnostics.push(problem),
            }
        }
    }

    fn read_entry(&mut self, file: &DataFile, entry: Entry) {
        let mut faults = Vec::new();
        let Entry { value, path, name } = entry;
        let place = files::place(file, &path);
        let depth = path.len();
        let tell = |fault: Fault| {
            let (entry, way) = fault.path.split_at(depth.min(fault.path.len()));
            let way = value.as_object().map_or_else(|| way.to_vec(), |map| event::as_written(way, map));
            fault.problem.at(files::place(file, &[entry, &way].concat()))
        };
        match (file.subject(), &value) {
            ("events", Value::Object(map)) => {
                let mut map = map.clone();
                let talks = map.remove("talks");
                let mut event = event::read_event(&event::with_our_keys(&map), &path, &mut faults);
                if event.id.is_empty() {
                    event.id = name.map(|name| slug(&name)).unwrap_or_default();
                }
                if event.name.is_empty() {
                    self.diagnostics.extend(faults.into_iter().map(tell));
                    return;
                }
                let index = self.add_event(event, place);
                let path = [path, vec![PathStep::key("talks")]].concat();
                for (talk, way) in read_talks(talks.as_ref(), &path, &mut faults) {
                    self.talks.add(talk, index, None, files::place(file, &way), &mut self.diagnostics);
                }
            }
            ("people", value) => {
                let mut value = value.clone();
                if let (Some(name), Value::Object(map)) = (name, &mut value) {
                    map.entry("id").or_insert_with(|| Value::from(slug(&name)));
                    map.entry("name").or_insert_with(|| Value::from(name));
                }
                if let Some(person) = event::read_person(&value, &path, &mut faults) {
                    self.people.add_known(person, place, &mut self.diagnostics);
                }
            }
            ("talks", value) => {
                if let Some(talk) = event::read_talk(value, &path, &mut faults) {
                    self.talks.add_later(talk, place);
                }
            }
            _ => {}
        }
        self.diagnostics.extend(faults.into_iter().map(tell));
    }

    /// Reads what pages tell: first those that are the page of an event, then posts that describe one, then those that name one.
    pub(super) fn read_pages(&mut self, site: &Site) {
        let mut told: Vec<(PageId, &Told, Location)> = Vec::new();
        for id in site.ids() {
            let page = site.page(id);
            let Some(content) =
                page.content.as_ref().filter(|_| page.kind == Kind::Page && page.is_rendered())
            else {
                continue;
            };
            let Some(said) = &content.front.told else { continue };
            let place = content.key_place("event");
            let folders = &content.path.folders;
            let is_own = folders.first() == Some(&site.config_of(page).events.path);
            if is_own && content.path.bundle != Bundle::Branch {
                let path = [&folders[1..], std::slice::from_ref(&content.path.name)]
                    .concat()
                    .join("/")
                    .to_lowercase();
                self.read_own_page(id, said, &path, place.clone());
            }
            told.push((id, said, place));
        }
        for (id, said, place) in &told {
            for mention in &said.events {
                if let Mention::Described(event) = mention {
                    let index = self.add_event(Event::clone(event), place.clone());
                    self.add_post(site, index, *id);
                    self.refer(*id, index);
                }
            }
        }
        for (id, said, place) in &told {
            for mention in &said.events {
                if let Mention::Named(name) = mention {
                    let index = self.find_or_name(name, place);
                    self.add_post(site, index, *id);
                    self.refer(*id, index);
                }
            }
        }
        for (id, said, _) in told {
            let events = self.of_pages.get(&id).cloned().unwrap_or_default();
            self.read_talks_and_people(site, id, said, &events);
        }
    }

    fn refer(&mut self, page: PageId, event: usize) {
        let events = self.of_pages.entry(page).or_default();
        if !events.contains(&event) {
            events.push(event);
        }
    }

    fn read_own_page(&mut self, id: PageId, said: &Told, path: &str, place: Location) {
        for mention in &said.events {
            if let Mention::Described(event) = mention {
                let mut event = Event::clone(event);
                if event.id.is_empty() {
                    event.id = slug(path);
                }
                let index = self.add_event(event, place.clone());
                self.names.entry(path.to_owned()).or_insert(index);
                if let Some(record) = self.events.get_mut(index)
                    && !record.pages.contains(&id)
                {
                    record.pages.push(id);
                }
            }
        }
    }

    fn add_post(&mut self, site: &Site, index: usize, id: PageId) {
        let Some(record) = self.events.get_mut(index) else { return };
        let content = site.page(id).content.as_ref();
        let is_listed = content.is_some_and(|content| content.front.list == ListOption::Always);
        if is_listed && !record.pages.contains(&id) && !record.posts.contains(&id) {
            record.posts.push(id);
        }
    }

    /// Adds an event, or what else is known of one that is there.
    fn add_event(&mut self, mut event: Event, place: Location) -> usize {
        identify(&mut event);
        let keys = [event.id.clone(), slug(&event.title())];
        if let Some(index) = keys.iter().find_map(|key| self.names.get(key)).copied() {
            let Some(record) = self.events.get_mut(index) else { return index };
            let title = record.event.title();
            for fact in merge_events(&mut record.event, event) {
                let message = format!("`{fact}` of `{title}` is not what {} says", record.place);
                let hint =
                    "what was said first is taken; describe the event once, in a file of `data/events/`";
                self.diagnostics
                    .push(Diagnostic::warning("event-conflict", message).at(place.clone()).hint(hint));
            }
            keys.into_iter().for_each(|key| {
                self.names.entry(key).or_insert(index);
            });
            return index;
        }
        let index = self.events.len();
        for key in keys {
            self.names.entry(key).or_insert(index);
        }
        self.events.push(EventRecord {
            event,
            place,
            series: 0,
            pages: Vec::new(),
            posts: Vec::new(),
            talks: Vec::new(),
            people: Vec::new(),
            organizers: Vec::new(),
            part_of: None,
            parts: Vec::new(),
        });
        index
    }

    /// Finds an event by what it is called.
    fn find(&self, name: &str) -> Option<usize> {
        let wanted = name.trim_matches('/').to_lowercase();
        self.names.get(&wanted).or_else(|| self.names.get(&slug(name))).copied()
    }

    /// Finds an event by what it is called; one that nobody describes has its name alone.
    fn find_or_name(&mut self, name: &str, place: &Location) -> usize {
        if let Some(index) = self.find(name) {
            return index;
        }
        // What looks like an id, where there are ids, was meant to be one.
        let is_id = !name.contains(' ') && name.contains(['-', '/']);
        let near = nearest(name, self.names.keys().map(String::as_str)).map(str::to_owned);
        if is_id && !self.events.is_empty() {
            let message = format!("there is no event `{name}`");
            let hint = near.map_or_else(
                || "describe it in a file of `data/events/`, or write `event: {name: …}`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.diagnostics.push(Diagnostic::warning("event-unknown", message).at(place.clone()).hint(hint));
        }
        self.add_event(Event { name: name.to_owned(), ..Event::default() }, place.clone())
    }

    fn read_talks_and_people(&mut self, site: &Site, id: PageId, said: &Told, events: &[usize]) {
        let Some(content) = site.page(id).content.as_ref() else { return };
        let place = |index: usize| content.place_of(&[PathStep::key("talks"), PathStep::Entry(index)]);
        let mut here = Vec::new();
        for (number, talk) in &said.talks {
            let place = place(*number);
            let own = talk.event.as_ref().map(|name| self.find_or_name(name, &place));
            let event = own.or_else(|| events.first().copied());
            let key = (event, talk.id.clone());
            if here.contains(&key) {
                let message = format!("two talks of this post are called `{}`", talk.id);
                self.diagnostics.push(
                    Diagnostic::warning("talk-twice", message)
                        .at(place)
                        .hint("give one of them an `id` of its own"),
                );
                continue;
            }
            here.push(key);
            match event {
                Some(event) => self.talks.add(talk.clone(), event, Some(id), place, &mut self.diagnostics),
                None => self.talks.add_alone(talk.clone(), id, place),
            }
        }
        for person in &said.people {
            let index = self.people.find_or_add(person);
            self.people.met(index, id);
            for event in events {
                if let Some(record) = self.events.get_mut(*event)
                    && !record.people.contains(&index)
                {
                    record.people.push(index);
                }
            }
        }
    }

    /// Sorts everything, and refers each to the others.
    pub(super) fn finish(mut self, site: &Site) -> (Conference, Vec<Diagnostic>) {
        // Other themes have a file of talks too: alone, it asks for nothing.
        let is_asked = !self.events.is_empty() || !self.talks.is_empty() || !self.people.is_empty();
        for (talk, place) in self.talks.take_later().into_iter().filter(|_| is_asked) {
            match talk.event.clone() {
                Some(name) => {
                    let event = self.find_or_name(&name, &place);
                    self.talks.add(talk, event, None, place, &mut self.diagnostics);
                }
                None => self.talks.add_with_no_event(talk, place),
            }
        }
        self.refer_parts();
        self.events.iter_mut().for_each(|record| self.diagnostics.extend(complete_place(record)));
        let organizers: Vec<Vec<usize>> = self
            .events
            .iter()
            .map(|record| {
                record.event.organizers.iter().map(|person| self.people.find_or_add(person)).collect()
            })
            .collect();
        for (record, organizers) in self.events.iter_mut().zip(organizers) {
            record.organizers = organizers;
        }
        let mut conference =
            Conference { events: self.events, events_of_pages: self.of_pages, ..Conference::default() };
        sort_events(&mut conference, site, &mut self.talks);
        let series = group(&mut conference.events);
        conference.series = series;
        self.talks.finish(&mut conference, &mut self.people, &mut self.diagnostics);
        self.people.finish(&mut conference, site);
        (conference, self.diagnostics)
    }

    fn refer_parts(&mut self) {
        for index in 0..self.events.len() {
            let Some(whole) = self.events[index].event.part_of.clone() else { continue };
            match self.find(&whole).filter(|found| *found != index) {
                Some(found) => self.events[index].part_of = Some(found),
                None => {
                    let near = nearest(&whole, self.names.keys().map(String::as_str));
                    let hint = near.map_or_else(
                        || "name the id of an event".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    );
                    let message = format!("there is no event `{whole}` that this could be a part of");
                    let place = self.events[index].place.clone();
                    self.diagnostics.push(Diagnostic::warning("event-unknown", message).at(place).hint(hint));
                }
            }
        }
    }
}

/// Reads the talks of an event's own file.
fn read_talks(
    value: Option<&Value>,
    path: &[PathStep],
    faults: &mut Vec<Fault>,
) -> Vec<(Talk, Vec<PathStep>)> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let each = list.iter().enumerate();
    each.filter_map(|(index, value)| {
        let way = [path, &[PathStep::Entry(index)]].concat();
        Some((event::read_talk(value, &way, faults)?, way))
    })
    .collect()
}
