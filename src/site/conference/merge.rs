//! Puts together what two places say of one event, talk or person: what the first leaves out, the second adds.

use crate::event::{Attendance, Event, EventStatus, Person, Talk};

/// Fills the gaps of some fields from another value of the same type; returns the names of those that differ.
macro_rules! fill {
    ($into:ident, $from:ident: $($field:ident),+) => {{
        let mut differing: Vec<&'static str> = Vec::new();
        $(
            match (&$into.$field, $from.$field) {
                (None, told) => $into.$field = told,
                (Some(known), Some(told)) if *known != told => differing.push(stringify!($field)),
                _ => {}
            }
        )+
        differing
    }};
}

/// Adds what `from` knows; returns the facts that the two disagree about.
pub(super) fn merge_events(into: &mut Event, from: Event) -> Vec<&'static str> {
    if into.status == EventStatus::Confirmed {
        into.status = from.status;
    }
    if into.attendance == Attendance::InPerson {
        into.attendance = from.attendance;
    }
    add(&mut into.hashtags, from.hashtags);
    add(&mut into.roles, from.roles);
    add(&mut into.organizers, from.organizers);
    if into.name.is_empty() {
        into.name = from.name;
    }
    let _ = fill!(into, from: edition, series);
    fill!(into, from: start, end, timezone, venue, address, city, region, country, geo, url, archive, schedule, videos, photos,
        tickets, attendees, cfp_closes, cfp_url, price, part_of, description)
}

/// Adds what `from` knows of a talk; returns the facts that the two disagree about.
pub(super) fn merge_talks(into: &mut Talk, from: Talk) -> Vec<&'static str> {
    into.is_favourite |= from.is_favourite;
    add(&mut into.photos, from.photos);
    if into.speakers.is_empty() {
        into.speakers = from.speakers;
    }
    let _ = fill!(into, from: event, status, notes);
    fill!(into, from: day, start, begins, ends, room, track, kind, url, archive, slides, video, minutes, language, rating)
}

/// Adds what `from` knows of somebody.
pub(super) fn merge_people(into: &mut Person, from: Person) {
    into.is_me |= from.is_me;
    add(&mut into.aliases, from.aliases);
    add(&mut into.handles, from.handles);
    let _ = fill!(into, from: url, affiliation, picture);
}

fn add<T: PartialEq>(into: &mut Vec<T>, from: Vec<T>) {
    for value in from {
        if !into.contains(&value) {
            into.push(value);
        }
    }
}
