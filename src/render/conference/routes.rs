//! Where the pages of events, people and places are, in each language.

use crate::config::Config;
use crate::path::Route;
use crate::place::Country;
use crate::site::Site;
use crate::site::conference::{Conference, EventRecord};

/// A page that is made of what a site tells of conferences.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum View {
    /// All events: what is to come, then the past by year.
    Events,
    /// One event, by its place in the conference.
    Event(usize),
    /// All editions of one.
    Series(usize),
    /// The events of a year.
    Year(i16),
    /// All people.
    People,
    /// Somebody.
    Person(usize),
    /// All countries.
    Places,
    /// The events in a country.
    Country(Country),
    /// The events in a city, by the id of its name.
    City(Country, String),
    /// Talks.
    Talks(TalkFilter),
    /// Numbers.
    Statistics,
}

/// Which talks a page lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum TalkFilter {
    /// All.
    All,
    /// Those that the author gave.
    Given,
    /// Those that the author heard.
    Seen,
    /// Those that the author still wants to see.
    ToWatch,
}

impl TalkFilter {
    /// All of them.
    pub(in crate::render) const ALL: [Self; 4] = [Self::All, Self::Given, Self::Seen, Self::ToWatch];

    /// Returns the word for it in addresses and templates.
    pub(in crate::render) fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Given => "given",
            Self::Seen => "seen",
            Self::ToWatch => "to-watch",
        }
    }
}

impl View {
    /// Returns the name of its template, and of the kind of page.
    pub(in crate::render) fn kind(&self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Event(_) => "event",
            Self::Series(_) => "series",
            Self::Year(_) => "year",
            Self::People => "people",
            Self::Person(_) => "person",
            Self::Places => "places",
            Self::Country(_) | Self::City(..) => "place",
            Self::Talks(_) => "talks",
            Self::Statistics => "statistics",
        }
    }

    /// Returns where it is below the folder of events.
    fn tail(&self, conference: &Conference) -> String {
        match self {
            Self::Events => String::new(),
            Self::Event(index) => conference
                .events
                .get(*index)
                .map(|record| format!("{}/", event_folder(record)))
                .unwrap_or_default(),
            Self::Series(index) => conference
                .series
                .get(*index)
                .map(|series| format!("series/{}/", series.id))
                .unwrap_or_default(),
            Self::Year(year) => format!("year/{year}/"),
            Self::People => "people/".to_owned(),
            Self::Person(index) => conference
                .people
                .get(*index)
                .map(|record| format!("people/{}/", record.person.id))
                .unwrap_or_default(),
            Self::Places => "places/".to_owned(),
            Self::Country(country) => format!("places/{}/", country.code().to_lowercase()),
            Self::City(country, city) => format!("places/{}/{city}/", country.code().to_lowercase()),
            Self::Talks(TalkFilter::All) => "talks/".to_owned(),
            Self::Talks(filter) => format!("talks/{}/", filter.name()),
            Self::Statistics => "statistics/".to_owned(),
        }
    }

    /// Returns where it is in a language; the page that the author wrote for an event is the event's page.
    pub(in crate::render) fn route(&self, site: &Site, config: &Config) -> Route {
        if let Self::Event(index) = self
            && let Some(record) = site.conference.events.get(*index)
            && let Some(page) = own_page(site, record, config)
        {
            return site.page(page).route.clone();
        }
        Route::new(&config.language.route(&format!("{}/{}", config.events.path, self.tail(&site.conference))))
    }
}

/// Folders beside those of events.
const RESERVED: [&str; 6] = ["series", "year", "people", "places", "talks", "statistics"];

/// Returns the folder of an event: its id, if that is not where other pages are.
fn event_folder(record: &EventRecord) -> String {
    let id = &record.event.id;
    if RESERVED.contains(&id.as_str()) { format!("{id}-event") } else { id.clone() }
}

/// Returns the page that the author wrote for an event in the language of a configuration.
pub(in crate::render) fn own_page(
    site: &Site,
    record: &EventRecord,
    config: &Config,
) -> Option<crate::site::PageId> {
    record.pages.iter().copied().find(|id| site.config_of(site.page(*id)).language.key == config.language.key)
}
