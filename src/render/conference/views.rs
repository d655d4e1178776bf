//! Shows events, talks, people and places to templates, as values with documented keys.

use tera::Value;
use tera::value::Key;

use super::super::functions::rendered_inline;
use super::super::recipes::is_made;
use super::super::values::{html, list, map, number, optional_text, text};
use super::super::views::facts;
use super::days;
use super::routes::View;
use crate::config::Config;
use crate::event::{Talk, TalkStatus, Video, slug};
use crate::place::Country;
use crate::site::conference::{Conference, EventRecord, TalkRecord, When};
use crate::site::{PageId, Site};

/// Shows what a site tells of conferences in one language.
#[derive(Clone, Copy)]
pub(in crate::render) struct Told<'a> {
    pub(super) site: &'a Site,
    pub(super) config: &'a Config,
    pub(super) language: usize,
}

impl<'a> Told<'a> {
    /// Shows it in the language of an index.
    pub(in crate::render) fn new(site: &'a Site, language: usize) -> Self {
        Self { site, config: &site.languages[language].config, language }
    }

    pub(super) fn conference(&self) -> &'a Conference {
        &self.site.conference
    }

    /// Returns the address of a page; none where there are no such pages.
    pub(super) fn url(&self, view: &View) -> Option<String> {
        self.config
            .events
            .has_pages
            .then(|| self.config.base_url.relative(&view.route(self.site, self.config)))
    }

    /// Shows an event as lists do.
    pub(in crate::render) fn event(&self, index: usize) -> Value {
        self.conference().events.get(index).map_or_else(Value::none, |record| self.short(index, record))
    }

    fn short(&self, index: usize, record: &EventRecord) -> Value {
        let event = &record.event;
        let series = self.conference().series.get(record.series);
        let posts = self.posts(&record.posts).count();
        map([
            ("id", text(&event.id)),
            ("title", text(event.title())),
            ("name", text(&event.name)),
            ("edition", optional_text(event.edition.as_ref())),
            ("url", optional_text(self.url(&View::Event(index)))),
            (
                "series",
                series.map_or_else(Value::none, |series| {
                    map([
                        ("name", text(&series.name)),
                        ("url", optional_text(self.url(&View::Series(record.series)))),
                        ("count", number(series.events.len())),
                    ])
                }),
            ),
            ("start", optional_text(event.start.map(|start| start.iso()))),
            ("end", optional_text(event.end.or(event.start).map(|end| end.iso()))),
            ("days", optional_text(record.days().map(|(first, last)| days::days(self.config, first, last)))),
            ("year", event.year().map_or_else(Value::none, |year| Value::from(i64::from(year)))),
            ("when", text(when_name(record.when(self.site.today)))),
            ("timezone", optional_text(event.timezone.as_ref())),
            ("status", text(event.status.name())),
            ("attendance", text(event.attendance.name())),
            ("venue", optional_text(event.venue.as_ref())),
            ("city", optional_text(event.city.as_ref())),
            ("city_url", optional_text(self.city_url(record))),
            ("country", event.country.map_or_else(Value::none, |country| self.country(country))),
            ("place", text(self.place(record))),
            ("link", optional_text(event.url.as_ref())),
            ("description", optional_text(event.description.as_ref())),
            ("posts_count", number(posts)),
            ("talks_count", number(record.talks.len())),
        ])
    }

    /// Shows an event as its own page does.
    pub(in crate::render) fn whole_event(&self, index: usize) -> Value {
        let Some(record) = self.conference().events.get(index) else { return Value::none() };
        let event = &record.event;
        let mut view = self.short(index, record).into_map().unwrap_or_default();
        let editions = self.conference().series.get(record.series).map_or(&[][..], |series| &series.events);
        let place = editions.iter().position(|edition| *edition == index).unwrap_or(0);
        let edition = |place: Option<usize>| {
            place.and_then(|place| editions.get(place)).map_or_else(Value::none, |it| self.event(*it))
        };
        let events = |indexes: &[usize]| list(indexes.iter().map(|index| self.event(*index)));
        let links = [
            ("website", &event.url),
            ("archived", &event.archive),
            ("schedule", &event.schedule),
            ("tickets", &event.tickets),
            ("recordings", &event.videos),
            ("album", &event.photos),
        ];
        let links = links
            .into_iter()
            .filter_map(|(word, url)| Some(map([("word", text(word)), ("url", text(url.as_ref()?))])));
        let geo = |(lat, lon)| map([("lat", Value::from(lat)), ("lon", Value::from(lon))]);
        view.extend(
            [
                ("address", optional_text(event.address.as_ref())),
                ("region", optional_text(event.region.as_ref())),
                ("geo", event.geo.map_or_else(Value::none, geo)),
                ("links", list(links)),
                ("hashtags", list(event.hashtags.iter().map(text))),
                ("organizers", list(record.organizers.iter().map(|person| self.person(*person)))),
                ("roles", list(event.roles.iter().map(text))),
                ("attendees", event.attendees.map_or_else(Value::none, Value::from)),
                ("cfp_closes", optional_text(event.cfp_closes.map(|closes| closes.iso()))),
                ("cfp_day", optional_text(event.cfp_closes.map(|closes| days::day(self.config, closes.day)))),
                ("cfp_url", optional_text(event.cfp_url.as_ref())),
                ("price", optional_text(event.price.as_ref())),
                ("part_of", record.part_of.map_or_else(Value::none, |whole| self.event(whole))),
                ("parts", events(&record.parts)),
                ("previous", edition(place.checked_sub(1))),
                ("next", edition(place.checked_add(1))),
                ("people", list(record.people.iter().map(|person| self.person(*person)))),
                (
                    "posts",
                    list(
                        self.posts(&record.posts).map(|id| Value::from(facts(self.site, self.site.page(id)))),
                    ),
                ),
                ("talks", list(record.talks.iter().map(|talk| self.talk(*talk)))),
                ("talk_days", self.talk_days(&record.talks)),
            ]
            .map(|(key, value)| (Key::Str(key), value)),
        );
        Value::from(view)
    }

    /// Groups talks by day; those without one come last.
    pub(in crate::render) fn talk_days(&self, talks: &[usize]) -> Value {
        let all = &self.conference().talks;
        let day = |index: &usize| all.get(*index).and_then(|record| record.day);
        let groups = talks.chunk_by(|a, b| day(a) == day(b));
        list(groups.map(|group| {
            let day = group.first().and_then(day);
            map([
                ("day", optional_text(day.map(|day| day.to_string()))),
                ("name", optional_text(day.map(|day| days::day(self.config, day)))),
                ("talks", list(group.iter().map(|talk| self.talk(*talk)))),
            ])
        }))
    }

    /// Returns the posts that there are in the language, of some in any.
    pub(super) fn posts<'b>(&self, posts: &'b [PageId]) -> impl Iterator<Item = PageId> + use<'a, 'b> {
        let (site, language) = (self.site, self.language);
        posts
            .iter()
            .copied()
            .filter(move |id| site.page(*id).language == language && is_made(site, site.page(*id)))
    }

    /// Shows a talk.
    pub(in crate::render) fn talk(&self, index: usize) -> Value {
        let Some(record) = self.conference().talks.get(index) else { return Value::none() };
        let talk = &record.talk;
        let post = self.posts(&record.posts).next();
        let page = record.event.and_then(|event| self.url(&View::Event(event)));
        let url = post.map(|id| self.config.base_url.relative(&self.site.page(id).route)).or(page);
        map([
            ("id", text(&talk.id)),
            ("index", number(index)),
            ("title", text(&talk.title)),
            ("url", optional_text(url.map(|url| format!("{url}#{}", talk.id)))),
            ("speakers", list(record.speakers.iter().map(|person| self.person(*person)))),
            ("event", record.event.map_or_else(Value::none, |event| self.event(event))),
            ("day", optional_text(record.day.map(|day| day.to_string()))),
            ("day_name", optional_text(record.day.map(|day| days::day(self.config, day)))),
            ("begins", optional_text(talk.begins.map(clock))),
            ("ends", optional_text(talk.ends.map(clock))),
            ("start", optional_text(record.begins().map(|begins| begins.to_string()))),
            ("room", optional_text(talk.room.as_ref())),
            ("track", optional_text(talk.track.as_ref())),
            ("kind", text(talk.kind.unwrap_or("talk"))),
            ("link", optional_text(talk.url.as_ref())),
            ("archive", optional_text(talk.archive.as_ref())),
            ("slides", optional_text(self.slides(record, post))),
            ("video", self.video(talk)),
            ("minutes", talk.minutes.map_or_else(Value::none, Value::from)),
            ("language", optional_text(talk.language.as_ref())),
            ("status", optional_text(talk.status.map(TalkStatus::name))),
            ("rating", talk.rating.map_or_else(Value::none, Value::from)),
            ("favourite", Value::from(talk.is_favourite)),
            (
                "notes",
                talk.notes
                    .as_ref()
                    .map_or_else(Value::none, |notes| html(rendered_inline(notes, self.config))),
            ),
            ("photos", list(talk.photos.iter().map(text))),
            ("post", post.map_or_else(Value::none, |id| Value::from(facts(self.site, self.site.page(id))))),
        ])
    }

    /// Returns the address of slides: as it is, or of the file beside a post.
    fn slides(&self, record: &TalkRecord, post: Option<PageId>) -> Option<String> {
        let written = record.talk.slides.as_ref()?;
        if crate::path::has_scheme(written) || written.starts_with('/') {
            return Some(written.clone());
        }
        let id = post.or_else(|| record.posts.first().copied())?;
        Some(self.config.base_url.relative(&self.site.page(id).route.own(written)))
    }

    fn video(&self, talk: &Talk) -> Value {
        let at = |service: &str, id: Option<&str>, url: &str| {
            map([
                ("status", text("there")),
                ("service", text(service)),
                ("id", optional_text(id)),
                ("url", text(url)),
            ])
        };
        match &talk.video {
            None => Value::none(),
            Some(Video::YouTube(id)) => {
                at("youtube", Some(id), &format!("https://www.youtube.com/watch?v={id}"))
            }
            Some(Video::At(url)) => {
                let (service, id) = service_of(url);
                at(service, id.as_deref(), url)
            }
            Some(Video::NotRecorded) => map([("status", text("not-recorded")), ("url", Value::none())]),
            Some(Video::NotYet) => map([("status", text("not-yet")), ("url", Value::none())]),
        }
    }

    /// Shows somebody as lists do.
    pub(in crate::render) fn person(&self, index: usize) -> Value {
        let Some(record) = self.conference().people.get(index) else { return Value::none() };
        let person = &record.person;
        map([
            ("id", text(&person.id)),
            ("name", text(&person.name)),
            ("url", optional_text(self.url(&View::Person(index)))),
            ("link", optional_text(person.url.as_ref())),
            ("affiliation", optional_text(person.affiliation.as_ref())),
            ("picture", optional_text(person.picture.as_ref())),
            ("handles", list(person.handles.iter().map(text))),
            ("me", Value::from(person.is_me)),
            ("talks_count", number(record.talks.len())),
            ("events_count", number(record.events.len())),
        ])
    }

    /// Shows somebody as their own page does.
    pub(in crate::render) fn whole_person(&self, index: usize) -> Value {
        let Some(record) = self.conference().people.get(index) else { return Value::none() };
        let mut view = self.person(index).into_map().unwrap_or_default();
        let mut talks = record.talks.clone();
        talks.reverse();
        view.extend([
            (Key::Str("talks"), list(talks.iter().map(|talk| self.talk(*talk)))),
            (Key::Str("events"), list(record.events.iter().rev().map(|event| self.event(*event)))),
            (
                Key::Str("posts"),
                list(self.posts(&record.posts).map(|id| Value::from(facts(self.site, self.site.page(id))))),
            ),
        ]);
        Value::from(view)
    }

    /// Shows a country.
    pub(in crate::render) fn country(&self, country: Country) -> Value {
        map([
            ("code", text(country.code())),
            ("name", text(country.name(&self.config.language.tag))),
            ("flag", text(country.flag())),
            ("url", optional_text(self.url(&View::Country(country)))),
        ])
    }

    fn city_url(&self, record: &EventRecord) -> Option<String> {
        let (country, city) = (record.event.country?, record.event.city.as_ref()?);
        self.url(&View::City(country, slug(city)))
    }

    /// Says where an event is: `Ghent, Belgium`; nothing where nobody says, or it is held online alone.
    pub(super) fn place(&self, record: &EventRecord) -> String {
        let country = record.event.country.map(|country| country.name(&self.config.language.tag));
        let parts = [record.event.city.as_deref(), country];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Returns the word for how an event stands to today.
fn when_name(when: When) -> &'static str {
    match when {
        When::Coming => "coming",
        When::Now => "now",
        When::Past => "past",
        When::Unknown => "unknown",
    }
}

fn clock(time: jiff::civil::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Returns the service that a film is at, and its id there where the player can be shown.
fn service_of(url: &str) -> (&'static str, Option<String>) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches("www.");
    let id = |text: &str| {
        let id: String =
            text.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        Some(id).filter(|id| !id.is_empty())
    };
    if let Some(rest) = rest.strip_prefix("youtu.be/") {
        ("youtube", id(rest))
    } else if rest.starts_with("youtube.com/") || rest.starts_with("m.youtube.com/") {
        let query = rest.split_once("v=").map(|(_, rest)| rest);
        let path = ["/embed/", "/live/", "/shorts/"].iter().find_map(|part| Some(rest.split_once(part)?.1));
        ("youtube", query.or(path).and_then(id))
    } else if let Some(rest) = rest.strip_prefix("vimeo.com/") {
        ("vimeo", id(rest).filter(|id| id.chars().all(|c| c.is_ascii_digit())))
    } else {
        ("", None)
    }
}
