//! The feed of events: RSS 2.0 with the module for events (<http://purl.org/rss/1.0/modules/event/>).
//!
//! Items have no `pubDate`: nobody says when an event was put into the list, and its own days are none on which it was published.

use std::fmt::Write as _;

use super::super::words::said_in;
use super::days;
use super::routes::View;
use super::views::Told;
use crate::event::EventStatus;
use crate::site::conference::EventRecord;
use crate::text::{escape_html, escape_xml};

/// Name of the file, beside the list of events.
pub(super) const NAME: &str = "index.xml";

/// Writes the events, the last one first; those without a day come at the end.
pub(super) fn written(told: Told<'_>) -> String {
    let base = &told.config.base_url;
    let list = View::Events.route(told.site, told.config);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:ev=\"http://purl.org/rss/1.0/modules/event/\">\n<channel>\n",
    );
    let title = [said_in(told.config, "events"), told.config.title.clone()];
    let title = title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    element(&mut xml, "title", &title);
    element(&mut xml, "link", &base.absolute(&list));
    element(&mut xml, "description", &title);
    element(&mut xml, "generator", "Hallway");
    element(&mut xml, "language", &told.config.language.tag);
    let own = escape_xml(&base.absolute(&list.own(NAME))).into_owned();
    let _ = writeln!(xml, "<atom:link href=\"{own}\" rel=\"self\" type=\"application/rss+xml\"/>");
    let mut events: Vec<(usize, &EventRecord)> = told.conference().events.iter().enumerate().collect();
    events.sort_by_key(|(index, record)| std::cmp::Reverse((record.days(), std::cmp::Reverse(*index))));
    let limit = told.config.feeds.limit.unwrap_or(usize::MAX);
    events.into_iter().take(limit).for_each(|(index, record)| item(&mut xml, told, index, record));
    xml.push_str("</channel>\n</rss>\n");
    xml
}

fn item(xml: &mut String, told: Told<'_>, index: usize, record: &EventRecord) {
    let event = &record.event;
    let page = told.config.base_url.absolute(&View::Event(index).route(told.site, told.config));
    let state = match event.status {
        EventStatus::Cancelled | EventStatus::Postponed => {
            Some(said_in(told.config, &format!("status_{}", event.status.name())))
        }
        EventStatus::Planned | EventStatus::Confirmed => None,
    };
    let days = record.days().map(|(first, last)| days::days(told.config, first, last));
    let place = told.place(record);
    let facts = [state, days, Some(place.clone()), event.description.clone()];
    let facts: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    xml.push_str("<item>\n");
    element(xml, "title", &event.title());
    element(xml, "link", &page);
    element(xml, "guid", &page);
    // A description is HTML within XML.
    element(xml, "description", &escape_html(&facts.join(" · ")));
    if let Some(start) = event.start {
        element(xml, "ev:startdate", &told.written(record, start));
        element(xml, "ev:enddate", &told.written(record, event.end.unwrap_or(start)));
    }
    if !place.is_empty() {
        element(xml, "ev:location", &place);
    }
    xml.push_str("</item>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escape_xml(text));
}
