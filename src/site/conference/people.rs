//! Knows people by their names, ids and aliases.

use std::collections::BTreeMap;

use super::merge::merge_people;
use super::{Conference, PersonRecord};
use crate::diag::{Diagnostic, Location};
use crate::event::{Person, slug};
use crate::site::{PageId, Site};

/// People found so far.
#[derive(Default)]
pub(super) struct People {
    people: Vec<PersonRecord>,
    /// By everything that they can be called.
    names: BTreeMap<String, usize>,
}

impl People {
    /// Adds somebody from a data file: their names are theirs alone.
    pub(super) fn add_known(&mut self, person: Person, place: Location, diagnostics: &mut Vec<Diagnostic>) {
        let index = self.people.len();
        let names = [&person.id, &person.name].into_iter().chain(&person.aliases).map(|name| slug(name));
        for name in names.collect::<std::collections::BTreeSet<_>>() {
            match self.names.get(&name) {
                Some(other) => {
                    let other = &self.people[*other].person.name;
                    let message =
                        format!("`{name}` is the name of two people: `{other}` and `{}`", person.name);
                    let hint = "a name or alias belongs to one person: posts could mean either";
                    diagnostics
                        .push(Diagnostic::warning("person-twice", message).at(place.clone()).hint(hint));
                }
                None => {
                    self.names.insert(name, index);
                }
            }
        }
        self.people.push(PersonRecord { person, talks: Vec::new(), events: Vec::new(), posts: Vec::new() });
    }

    /// Says whether nobody is known.
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Finds somebody by what they are called, or adds them.
    pub(super) fn find_or_add(&mut self, person: &Person) -> usize {
        let keys = [slug(&person.name), person.id.clone()];
        if let Some(index) = keys.iter().find_map(|key| self.names.get(key)).copied() {
            merge_people(&mut self.people[index].person, person.clone());
            return index;
        }
        let index = self.people.len();
        for key in keys {
            self.names.entry(key).or_insert(index);
        }
        let person = person.clone();
        self.people.push(PersonRecord { person, talks: Vec::new(), events: Vec::new(), posts: Vec::new() });
        index
    }

    /// Notes that a post tells of having met somebody.
    pub(super) fn met(&mut self, index: usize, post: PageId) {
        let posts = &mut self.people[index].posts;
        if !posts.contains(&post) {
            posts.push(post);
        }
    }

    /// Sorts people by name, refers events and talks to them, and them to events and talks.
    pub(super) fn finish(self, conference: &mut Conference, site: &Site) {
        let mut people = self.people;
        let author = site.config.params.get("author").map(crate::event::author_name);
        for record in &mut people {
            record.person.is_me |=
                author.as_ref().is_some_and(|name| slug(name) == slug(&record.person.name));
        }
        let mut order: Vec<usize> = (0..people.len()).collect();
        order.sort_by_cached_key(|index| {
            let person = &people[*index].person;
            (slug(&person.name), person.id.clone())
        });
        let mut new_place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            new_place[*old] = new;
        }
        let mut slots: Vec<Option<PersonRecord>> = people.into_iter().map(Some).collect();
        let mut people: Vec<PersonRecord> = order.iter().filter_map(|old| slots[*old].take()).collect();
        for (index, record) in conference.events.iter_mut().enumerate() {
            for list in [&mut record.people, &mut record.organizers] {
                list.iter_mut().for_each(|person| *person = new_place[*person]);
                list.sort_unstable();
                list.dedup();
                for person in list {
                    let events = &mut people[*person].events;
                    if !events.contains(&index) {
                        events.push(index);
                    }
                }
            }
        }
        for (index, record) in conference.talks.iter_mut().enumerate() {
            record.speakers.iter_mut().for_each(|person| *person = new_place[*person]);
            for person in &record.speakers {
                people[*person].talks.push(index);
            }
        }
        conference.people = people;
    }
}
