//! What authors say of conferences: events, talks and people, as typed values read from front matter and data files.
//!
//! Knows one map at a time, and nothing about pages or addresses: who speaks of the same event, person or series is found out
//! by `site::conference`. All of it is optional; what is wrong is said with the path of the key, and left out.

mod aliases;
mod edition;
mod fields;
#[cfg(test)]
mod laws;
mod moment;
mod person;
mod read;
mod schema;
mod talk;
mod written;

use serde_json::{Map, Value};

pub use aliases::{ALIASES, Alias, AliasRead};
pub use edition::{identify, slug, split_edition};
pub use fields::{Fault, PathStep};
pub use moment::{Moment, read_moment};
pub use person::{Person, read_person};
pub use read::read_event;
pub use schema::{event_schema, front_matter_keys, person_schema, talk_schema};
pub use talk::{KINDS, Talk, TalkStatus, Video, read_talk};
pub use written::as_written;

use crate::diag::Diagnostic;
use crate::place::Country;

/// One edition of a conference, meetup or workshop.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Event {
    /// What other posts and data files call it; empty until somebody needs one.
    pub id: String,
    /// Name without the edition.
    pub name: String,
    /// Which one of a series: `2026`, `11th`, `EU 2022`.
    pub edition: Option<String>,
    /// Id of the series.
    pub series: Option<String>,
    /// First day, with the time where there is one.
    pub start: Option<Moment>,
    /// Last day, which is part of the event.
    pub end: Option<Moment>,
    /// IANA name of the zone that its times are in.
    pub timezone: Option<String>,
    /// Where it stands: planned, confirmed, cancelled or postponed.
    pub status: EventStatus,
    /// Where people sit: there, at home, or both.
    pub attendance: Attendance,
    /// Building.
    pub venue: Option<String>,
    /// Street, number, postal code.
    pub address: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Part of the country.
    pub region: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// Latitude and longitude in degrees (WGS 84).
    pub geo: Option<(f64, f64)>,
    /// Its own site.
    pub url: Option<String>,
    /// A copy of its site, for when that has gone.
    pub archive: Option<String>,
    /// Its programme.
    pub schedule: Option<String>,
    /// Its recordings.
    pub videos: Option<String>,
    /// Its photos.
    pub photos: Option<String>,
    /// Where tickets are had.
    pub tickets: Option<String>,
    /// Hashtags without the sign.
    pub hashtags: Vec<String>,
    /// Who holds it.
    pub organizers: Vec<Person>,
    /// How many people came.
    pub attendees: Option<u64>,
    /// What the author did there: `attendee`, `speaker`, …
    pub roles: Vec<String>,
    /// Last day of the call for papers.
    pub cfp_closes: Option<Moment>,
    /// Where talks are handed in.
    pub cfp_url: Option<String>,
    /// What a ticket costs, as written.
    pub price: Option<String>,
    /// Id of the event that this one is a part of.
    pub part_of: Option<String>,
    /// A sentence or two about it.
    pub description: Option<String>,
}

/// Where an event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum EventStatus {
    /// The author may go.
    Planned,
    /// It takes place.
    #[default]
    Confirmed,
    /// It does not take place.
    Cancelled,
    /// It takes place at another time.
    Postponed,
}

impl EventStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Confirmed, Self::Cancelled, Self::Postponed];

    /// Returns the word for it, in data and in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Postponed => "postponed",
        }
    }
}

/// Where the people of an event are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attendance {
    /// In one place.
    #[default]
    InPerson,
    /// At home.
    Online,
    /// Some here, some there.
    Hybrid,
}

impl Attendance {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Online, Self::Hybrid];

    /// Returns the word for it, in data and in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::InPerson => "in-person",
            Self::Online => "online",
            Self::Hybrid => "hybrid",
        }
    }
}

/// What a post, a page of an event or a data file says of conferences.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// The events that it is about.
    pub events: Vec<Mention>,
    /// Talks, each with its place in the list as it was written.
    pub talks: Vec<(usize, Talk)>,
    /// People who were met.
    pub people: Vec<Person>,
    /// Keys of other vocabularies that were read as ours.
    pub aliases: Vec<AliasRead>,
}

/// An event as a post names it.
#[derive(Debug, Clone, PartialEq)]
pub enum Mention {
    /// By id or name.
    Named(String),
    /// With facts of its own.
    Described(Box<Event>),
}

/// Reads what front matter says of conferences; `None` where it says nothing.
///
/// `is_page_of_event` is for pages that are an event themselves: there the keys of an event stand at the top.
pub fn read(map: &Map<String, Value>, is_page_of_event: bool) -> (Option<Told>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut told = Told::default();
    let lifted = aliases::lift(map, is_page_of_event, &mut told.aliases);
    let at = |key: &str| vec![PathStep::key(key)];
    match map.get("event").filter(|value| !value.is_null()) {
        Some(Value::Array(list)) => {
            for (index, value) in list.iter().enumerate() {
                let path = [at("event"), vec![PathStep::Entry(index)]].concat();
                told.events.extend(read_mention(value, None, &path, &mut told.aliases, &mut faults));
            }
        }
        Some(value) => {
            let mention = read_mention(value, lifted.as_ref(), &at("event"), &mut told.aliases, &mut faults);
            told.events.extend(mention);
        }
        None => {
            let event = lifted.map(|lifted| read_event(&lifted, &[], &mut faults));
            told.events.extend(event.and_then(described));
        }
    }
    told.talks = read_list(map, "talks", &mut faults, talk::read_talk);
    told.talks.extend(aliases::lift_talk(map, &mut told.aliases, &mut faults).map(|talk| (0, talk)));
    let people = read_list(map, "people", &mut faults, person::read_person);
    told.people = people.into_iter().map(|(_, person)| person).collect();
    told.aliases.sort();
    told.aliases.dedup();
    faults.iter_mut().for_each(|fault| fault.path = as_written(&fault.path, map));
    let is_silent = told.events.is_empty() && told.talks.is_empty() && told.people.is_empty();
    ((!is_silent).then_some(told), faults)
}

/// Takes an event that has a name; of one without, nothing can be made.
fn described(event: Event) -> Option<Mention> {
    (!event.name.is_empty()).then(|| Mention::Described(Box::new(event)))
}

/// Reads one value of `event`; facts that other keys of the post tell are put below its own.
fn read_mention(
    value: &Value,
    lifted: Option<&Map<String, Value>>,
    path: &[PathStep],
    aliases: &mut Vec<AliasRead>,
    faults: &mut Vec<Fault>,
) -> Option<Mention> {
    match (value, lifted) {
        (Value::Null, _) => None,
        (Value::Object(map), lifted) => {
            let mut whole = lifted.cloned().unwrap_or_default();
            whole.extend(aliases::with_our_keys(map, "event", aliases));
            described(read_event(&whole, path, faults))
        }
        (scalar, Some(lifted)) if lifted.len() > 1 && crate::data::scalar_text(scalar).is_some() => {
            described(read_event(lifted, &[], faults))
        }
        (scalar, _) => match crate::data::scalar_text(scalar).filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(Mention::Named(text.trim().to_owned())),
            None => {
                let problem =
                    Diagnostic::warning("event-value", format!("`event` is {scalar}, and is left out"))
                        .hint("name an event, or describe it: `event: {name: …, start: …, city: …}`");
                faults.push(Fault::new(path, problem));
                None
            }
        },
    }
}

/// Reads a list of values, or one alone; each comes with its place in the list.
fn read_list<T>(
    map: &Map<String, Value>,
    key: &str,
    faults: &mut Vec<Fault>,
    read: impl Fn(&Value, &[PathStep], &mut Vec<Fault>) -> Option<T>,
) -> Vec<(usize, T)> {
    match map.get(key) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => {
            let entries = list.iter().enumerate();
            entries
                .filter_map(|(index, value)| {
                    let path = [PathStep::key(key), PathStep::Entry(index)];
                    Some((index, read(value, &path, faults)?))
                })
                .collect()
        }
        Some(single) => {
            read(single, &[PathStep::key(key)], faults).map(|read| (0, read)).into_iter().collect()
        }
    }
}

/// Puts the keys of other vocabularies into ours, in the map of an event of a data file.
pub fn with_our_keys(map: &Map<String, Value>) -> Map<String, Value> {
    aliases::with_our_keys(map, "", &mut Vec::new())
}

/// Returns the name of an author: a text, or a map with one.
pub fn author_name(value: &Value) -> String {
    let name = value.as_object().map_or(Some(value), |map| map.get("name"));
    name.and_then(crate::data::scalar_text).unwrap_or_default()
}
