//! Collects talks, and finds out on which day each was given.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::merge::merge_talks;
use super::people::People;
use super::{Conference, TalkRecord};
use crate::diag::{Diagnostic, Location};
use crate::event::{Event, Talk};
use crate::site::PageId;

/// Talks found so far.
#[derive(Default)]
pub(super) struct Talks {
    talks: Vec<TalkRecord>,
    /// By event and id.
    names: BTreeMap<(usize, String), usize>,
    /// Those of data files, which may be of an event that a post describes.
    later: Vec<(Talk, Location)>,
}

impl Talks {
    /// Adds a talk of an event, or what else is known of one that is there.
    pub(super) fn add(
        &mut self,
        talk: Talk,
        event: usize,
        post: Option<PageId>,
        place: Location,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let key = (event, talk.id.clone());
        if let Some(index) = self.names.get(&key) {
            let record = &mut self.talks[*index];
            for fact in merge_talks(&mut record.talk, talk) {
                let message =
                    format!("`{fact}` of the talk `{}` is not what {} says", record.talk.title, record.place);
                diagnostics.push(
                    Diagnostic::warning("event-conflict", message)
                        .at(place.clone())
                        .hint("what was said first is taken"),
                );
            }
            record.posts.extend(post);
            return;
        }
        self.names.insert(key, self.talks.len());
        self.push(talk, Some(event), post, place);
    }

    /// Adds a talk of a post that is about no event.
    pub(super) fn add_alone(&mut self, talk: Talk, post: PageId, place: Location) {
        self.push(talk, None, Some(post), place);
    }

    /// Adds a talk of a data file that names no event.
    pub(super) fn add_with_no_event(&mut self, talk: Talk, place: Location) {
        self.push(talk, None, None, place);
    }

    /// Says whether there is none yet, but for those that are kept.
    pub(super) fn is_empty(&self) -> bool {
        self.talks.is_empty()
    }

    /// Keeps a talk until all events are known.
    pub(super) fn add_later(&mut self, talk: Talk, place: Location) {
        self.later.push((talk, place));
    }

    /// Hands over the talks that were kept.
    pub(super) fn take_later(&mut self) -> Vec<(Talk, Location)> {
        std::mem::take(&mut self.later)
    }

    fn push(&mut self, talk: Talk, event: Option<usize>, post: Option<PageId>, place: Location) {
        let posts = post.into_iter().collect();
        self.talks.push(TalkRecord { talk, place, event, speakers: Vec::new(), posts, day: None });
    }

    /// Changes the numbers of events.
    pub(super) fn renumber(&mut self, new_place: &[usize]) {
        for record in &mut self.talks {
            record.event = record.event.map(|event| new_place[event]);
        }
    }

    /// Finds days and speakers, sorts the talks, and refers events to them.
    pub(super) fn finish(
        self,
        conference: &mut Conference,
        people: &mut People,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let mut talks = self.talks;
        let mut by_url: BTreeMap<String, (Option<usize>, String)> = BTreeMap::new();
        for record in &mut talks {
            let event = record.event.map(|event| &conference.events[event].event);
            record.day = day_of(record, event, diagnostics);
            record.speakers = record.talk.speakers.iter().map(|person| people.find_or_add(person)).collect();
            tell_shared_address(record, &mut by_url, diagnostics);
            let is_given = record.talk.status == Some(crate::event::TalkStatus::Gave);
            if record.speakers.is_empty()
                && !is_given
                && record.talk.kind.is_none_or(|kind| kind == "talk" || kind == "keynote")
            {
                let message = format!("nobody is said to have given `{}`", record.talk.title);
                diagnostics.push(
                    Diagnostic::note("talk-speakers", message)
                        .at(record.place.clone())
                        .hint("add `speakers: […]`, or `status: gave` if it was you"),
                );
            }
        }
        talks.sort_by_cached_key(|record| {
            (
                record.event.is_none(),
                record.event,
                record.day,
                record.talk.begins,
                record.talk.title.to_lowercase(),
                record.talk.id.clone(),
            )
        });
        for (index, record) in talks.iter().enumerate() {
            if let Some(event) = record.event {
                conference.events[event].talks.push(index);
            }
        }
        conference.talks = talks;
    }
}

/// Finds the day that a talk was given on: its own, or the numbered one of the event.
fn day_of(record: &TalkRecord, event: Option<&Event>, diagnostics: &mut Vec<Diagnostic>) -> Option<Date> {
    let first = event.and_then(|event| event.start).map(|start| start.day);
    let last = event.and_then(|event| event.end).map(|end| end.day).or(first);
    let numbered = || {
        let number = i64::try_from(record.talk.day?).ok()?.checked_sub(1)?;
        first?.checked_add(jiff::Span::new().try_days(number).ok()?).ok()
    };
    let only = || first.filter(|first| last == Some(*first));
    let day = record.talk.start.map(|start| start.day).or_else(numbered).or_else(only)?;
    if let (Some(first), Some(last), Some(event)) = (first, last, event)
        && (day < first || day > last)
    {
        let message = format!("the talk is on {day}, and `{}` is from {first} to {last}", event.title());
        diagnostics.push(
            Diagnostic::warning("talk-day", message)
                .at(record.place.clone())
                .hint("look at the day of the talk, and at those of the event"),
        );
    }
    Some(day)
}

/// Tells of an address that two talks of one event have.
fn tell_shared_address(
    record: &TalkRecord,
    by_url: &mut BTreeMap<String, (Option<usize>, String)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(url) = &record.talk.url else { return };
    match by_url.get(url) {
        Some((event, title)) if *event == record.event => {
            let message = format!("`{}` has the address of `{title}`: {url}", record.talk.title);
            diagnostics.push(
                Diagnostic::warning("talk-url", message)
                    .at(record.place.clone())
                    .hint("one of the two was pasted twice"),
            );
        }
        Some(_) => {}
        None => {
            by_url.insert(url.clone(), (record.event, record.talk.title.clone()));
        }
    }
}
