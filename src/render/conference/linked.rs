//! Events, series and people in the vocabulary of schema.org, for search engines.
//!
//! Fields are those that Google's documentation of events names as required and recommended, as far as somebody told them; none is
//! made up.

use serde_json::{Value, json};

use super::map::point;
use super::routes::View;
use super::views::Told;
use crate::event::{Attendance, EventStatus, Moment, Video};
use crate::site::conference::{EventRecord, TalkRecord};

impl Told<'_> {
    fn absolute(&self, view: &View) -> Option<String> {
        let route = view.route(self.site, self.config);
        self.config.events.has_pages.then(|| self.config.base_url.absolute(&route))
    }

    /// Describes an event as its own page does.
    pub(in crate::render) fn linked_event(&self, index: usize) -> Value {
        let Some(record) = self.conference().events.get(index) else { return Value::Null };
        let event = &record.event;
        let mut data = self.linked_mention(index);
        data["eventStatus"] = json!(match event.status {
            EventStatus::Planned | EventStatus::Confirmed => "https://schema.org/EventScheduled",
            EventStatus::Cancelled => "https://schema.org/EventCancelled",
            EventStatus::Postponed => "https://schema.org/EventPostponed",
        });
        data["eventAttendanceMode"] = json!(match event.attendance {
            Attendance::InPerson => "https://schema.org/OfflineEventAttendanceMode",
            Attendance::Online => "https://schema.org/OnlineEventAttendanceMode",
            Attendance::Hybrid => "https://schema.org/MixedEventAttendanceMode",
        });
        if let Some(description) = &event.description {
            data["description"] = json!(description);
        }
        if let Some(url) = &event.url {
            data["sameAs"] = json!(url);
        }
        if let Some(tickets) = &event.tickets {
            data["offers"] = json!({ "@type": "Offer", "url": tickets });
        }
        let people =
            |indexes: &[usize]| indexes.iter().map(|index| self.linked_person(*index)).collect::<Vec<_>>();
        if !record.organizers.is_empty() {
            data["organizer"] = json!(people(&record.organizers));
        }
        let talks = || record.talks.iter().filter_map(|talk| self.conference().talks.get(*talk));
        let mut speakers: Vec<usize> = talks().flat_map(|talk| talk.speakers.iter().copied()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        if !speakers.is_empty() {
            data["performer"] = json!(people(&speakers));
            data["subEvent"] = talks().map(|talk| self.linked_talk(record, talk)).collect();
        }
        if let Some(whole) = record.part_of {
            data["superEvent"] = self.linked_mention(whole);
        } else if let Some(series) =
            self.conference().series.get(record.series).filter(|series| series.events.len() > 1)
        {
            data["superEvent"] = json!({
                "@type": "EventSeries", "name": series.name, "url": self.absolute(&View::Series(record.series)),
            });
        }
        data
    }

    /// Describes an event as others name it: what, when, where.
    pub(in crate::render) fn linked_mention(&self, index: usize) -> Value {
        let Some(record) = self.conference().events.get(index) else { return Value::Null };
        let event = &record.event;
        let mut data = json!({ "@type": "Event", "name": event.title() });
        if let Some(url) = self.absolute(&View::Event(index)).or_else(|| event.url.clone()) {
            data["url"] = json!(url);
        }
        if let Some(start) = event.start {
            data["startDate"] = json!(self.written(record, start));
            data["endDate"] = json!(self.written(record, event.end.unwrap_or(start)));
        }
        let locations = [
            (event.attendance != Attendance::Online).then(|| self.linked_place(record)).flatten(),
            (event.attendance != Attendance::InPerson)
                .then(|| json!({ "@type": "VirtualLocation", "url": event.url.clone().or_else(|| self.absolute(&View::Event(index))) })),
        ];
        let locations: Vec<Value> = locations.into_iter().flatten().collect();
        match locations.as_slice() {
            [] => {}
            [location] => data["location"] = location.clone(),
            several => data["location"] = json!(several),
        }
        data
    }

    fn linked_place(&self, record: &EventRecord) -> Option<Value> {
        let event = &record.event;
        let name = event.venue.as_ref().or(event.city.as_ref())?;
        let mut address = json!({ "@type": "PostalAddress" });
        let parts = [
            ("streetAddress", event.address.clone()),
            ("addressLocality", event.city.clone()),
            ("addressRegion", event.region.clone()),
            ("addressCountry", event.country.map(|country| country.code().to_owned())),
        ];
        for (key, value) in parts {
            if let Some(value) = value {
                address[key] = json!(value);
            }
        }
        let mut place = json!({ "@type": "Place", "name": name, "address": address });
        if let Some((latitude, longitude)) = event.geo.and_then(|_| point(record)) {
            place["geo"] = json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
        }
        Some(place)
    }

    fn linked_talk(&self, event: &EventRecord, record: &TalkRecord) -> Value {
        let talk = &record.talk;
        let mut data = json!({ "@type": "Event", "name": talk.title });
        if let Some(day) = record.day {
            let moment = |time| Moment { day, time, offset: None };
            data["startDate"] = json!(self.written(event, moment(talk.begins)));
            if let Some(ends) = record.ends() {
                data["endDate"] = json!(
                    self.written(event, Moment { day: ends.date(), time: Some(ends.time()), offset: None })
                );
            }
        }
        if let Some(place) = self.linked_place(event) {
            data["location"] = place;
        }
        if !record.speakers.is_empty() {
            data["performer"] = record.speakers.iter().map(|person| self.linked_person(*person)).collect();
        }
        let video = match &talk.video {
            Some(Video::At(url)) => Some(url.clone()),
            Some(Video::YouTube(id)) => Some(format!("https://www.youtube.com/watch?v={id}")),
            _ => None,
        };
        if let Some(video) = video {
            data["recordedIn"] = json!({ "@type": "VideoObject", "name": talk.title, "url": video });
        }
        data
    }

    /// Describes somebody.
    pub(in crate::render) fn linked_person(&self, index: usize) -> Value {
        let Some(record) = self.conference().people.get(index) else { return Value::Null };
        let person = &record.person;
        let mut data = json!({ "@type": "Person", "name": person.name });
        if let Some(url) = self.absolute(&View::Person(index)).or_else(|| person.url.clone()) {
            data["url"] = json!(url);
        }
        let profiles = person.handles.iter().filter(|handle| handle.starts_with("https://"));
        let elsewhere: Vec<&String> = person.url.iter().chain(profiles).collect();
        if !elsewhere.is_empty() {
            data["sameAs"] = json!(elsewhere);
        }
        if let Some(affiliation) = &person.affiliation {
            data["affiliation"] = json!({ "@type": "Organization", "name": affiliation });
        }
        data
    }

    /// Describes a series.
    pub(in crate::render) fn linked_series(&self, index: usize) -> Value {
        let Some(series) = self.conference().series.get(index) else { return Value::Null };
        json!({
            "@type": "EventSeries",
            "name": series.name,
            "url": self.absolute(&View::Series(index)),
            "subEvent": series.events.iter().map(|event| self.linked_mention(*event)).collect::<Vec<_>>(),
        })
    }

    /// Writes a moment as ISO 8601, with the distance from UTC where the zone of the event is known.
    pub(super) fn written(&self, record: &EventRecord, moment: Moment) -> String {
        let zone = record.event.timezone.as_ref().and_then(|name| jiff::tz::TimeZone::get(name).ok());
        let fixed = moment.offset.map(jiff::tz::TimeZone::fixed);
        let zoned = moment.date_time().zip(fixed.or(zone)).and_then(|(at, zone)| at.to_zoned(zone).ok());
        zoned.map_or_else(|| moment.iso(), |zoned| crate::date::rfc3339(&zoned))
    }
}
