//! Finds out which events, series, people and talks a site tells of: what several posts, pages and data files say of one of
//! them is put together.
//!
//! Complete once it is made, and the same for all languages; addresses and words are the renderer's business.

mod files;
mod gather;
mod merge;
mod order;
mod people;
mod talks;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::{PageId, Site};
use crate::config::DataFile;
use crate::diag::{Diagnostic, Location};
use crate::event::{Event, Person, Talk, slug};

/// Everything that a site tells of conferences.
#[derive(Debug, Clone, Default)]
pub struct Conference {
    /// Events by their first day, those without one last.
    pub events: Vec<EventRecord>,
    /// Series by name.
    pub series: Vec<Series>,
    /// People by name.
    pub people: Vec<PersonRecord>,
    /// Talks by event and time.
    pub talks: Vec<TalkRecord>,
    /// The events that a post or page is about, or is the page of, in the order in which its author names them.
    events_of_pages: BTreeMap<PageId, Vec<usize>>,
    /// The talks that a post or page lists, by event and time.
    talks_of_pages: BTreeMap<PageId, Vec<usize>>,
}

/// An event, and all that belongs to it. Others are referred to by their place in [`Conference`].
#[derive(Debug, Clone)]
pub struct EventRecord {
    /// What is known of it.
    pub event: Event,
    /// Where it was described first, for messages.
    pub place: Location,
    /// Its series.
    pub series: usize,
    /// Pages that the author wrote for it, in any language.
    pub pages: Vec<PageId>,
    /// Posts about it in any language, the newest first.
    pub posts: Vec<PageId>,
    /// Its talks by time.
    pub talks: Vec<usize>,
    /// People who were met there.
    pub people: Vec<usize>,
    /// Who holds it.
    pub organizers: Vec<usize>,
    /// The event that it is a part of.
    pub part_of: Option<usize>,
    /// Events that are parts of it.
    pub parts: Vec<usize>,
}

/// All editions of an event.
#[derive(Debug, Clone)]
pub struct Series {
    /// What its address has.
    pub id: String,
    /// What its newest edition is called, without the edition.
    pub name: String,
    /// Its editions by their first day.
    pub events: Vec<usize>,
}

/// Somebody, and all that belongs to them.
#[derive(Debug, Clone)]
pub struct PersonRecord {
    /// What is known of them.
    pub person: Person,
    /// Talks that they gave, by time.
    pub talks: Vec<usize>,
    /// Events where they were met, or that they held.
    pub events: Vec<usize>,
    /// Posts that name them as somebody who was met.
    pub posts: Vec<PageId>,
}

/// A talk, and all that belongs to it.
#[derive(Debug, Clone)]
pub struct TalkRecord {
    /// What is known of it.
    pub talk: Talk,
    /// Where it was described first, for messages.
    pub place: Location,
    /// The event that it was given at.
    pub event: Option<usize>,
    /// Who spoke.
    pub speakers: Vec<usize>,
    /// Posts and pages that list it.
    pub posts: Vec<PageId>,
    /// The day that it was given on.
    pub day: Option<Date>,
}

impl TalkRecord {
    /// Returns when it begins, where day and time are known.
    pub fn begins(&self) -> Option<DateTime> {
        Some(self.day?.to_datetime(self.talk.begins?))
    }

    /// Returns when it ends, where that is known.
    pub fn ends(&self) -> Option<DateTime> {
        let length = |begins: DateTime| {
            let minutes = i64::try_from(self.talk.minutes?).ok()?;
            begins.checked_add(jiff::Span::new().minutes(minutes)).ok()
        };
        let told = self.talk.ends.and_then(|ends| Some(self.day?.to_datetime(ends)));
        told.or_else(|| length(self.begins()?))
    }
}

/// How an event stands to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It is to come.
    Coming,
    /// It takes place.
    Now,
    /// It is over.
    Past,
    /// Nobody says when it is.
    Unknown,
}

impl EventRecord {
    /// Returns its first and last day.
    pub fn days(&self) -> Option<(Date, Date)> {
        let first = self.event.start?.day;
        Some((first, self.event.end.map_or(first, |end| end.day.max(first))))
    }

    /// Says how it stands to a day.
    pub fn when(&self, today: Date) -> When {
        match self.days() {
            None => When::Unknown,
            Some((first, _)) if today < first => When::Coming,
            Some((_, last)) if today <= last => When::Now,
            Some(_) => When::Past,
        }
    }
}

impl Conference {
    /// Says whether a site tells of no conference at all.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.people.is_empty() && self.talks.is_empty()
    }

    /// Returns the events that a post or page is about, or that it is the page of.
    pub fn events_of(&self, page: PageId) -> &[usize] {
        self.events_of_pages.get(&page).map_or(&[], Vec::as_slice)
    }

    /// Returns the talks that a post or page lists.
    pub fn talks_of(&self, page: PageId) -> &[usize] {
        self.talks_of_pages.get(&page).map_or(&[], Vec::as_slice)
    }

    /// Finds an event by its id or title.
    pub fn find_event(&self, name: &str) -> Option<usize> {
        let wanted = slug(name);
        let is_it = |record: &EventRecord| record.event.id == wanted || slug(&record.event.title()) == wanted;
        self.events.iter().position(is_it)
    }

    /// Finds somebody by id, name or alias.
    pub fn find_person(&self, name: &str) -> Option<usize> {
        let wanted = slug(name);
        let is_it = |record: &PersonRecord| {
            let person = &record.person;
            person.id == wanted
                || slug(&person.name) == wanted
                || person.aliases.iter().any(|alias| slug(alias) == wanted)
        };
        self.people.iter().position(is_it)
    }

    fn refer_talks(&mut self) {
        for (index, record) in self.talks.iter().enumerate() {
            for page in &record.posts {
                self.talks_of_pages.entry(*page).or_default().push(index);
            }
        }
    }

    /// Returns the first instant after `now` at which an event begins or is over: until then, a build stays as it is.
    pub fn next_change(&self, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
        let days = self.events.iter().filter_map(EventRecord::days);
        let turns = days.flat_map(|(first, last)| [Some(first), last.tomorrow().ok()]).flatten();
        let instants = turns.filter_map(|day| Some(day.to_zoned(zone.clone()).ok()?.timestamp()));
        instants.filter(|instant| *instant > now).min()
    }
}

/// Puts together what a site and its data files tell of conferences.
pub(super) fn assemble(site: &Site, data: &[DataFile]) -> (Conference, Vec<Diagnostic>) {
    let mut gathered = gather::Gathered::default();
    gathered.read_files(data);
    gathered.read_pages(site);
    let (mut conference, diagnostics) = gathered.finish(site);
    conference.refer_talks();
    (conference, diagnostics)
}
