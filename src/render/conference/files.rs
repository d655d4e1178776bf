//! The files of data about events that are published beside the pages.

use super::calendars::{self, Which};
use super::routes::View;
use super::views::Told;
use super::{data, feed};
use crate::path::Route;
use crate::site::Site;
use crate::site::conference::Conference;

/// A file of data about events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) enum DataFile {
    /// All events with their talks.
    Json,
    /// Where they are.
    GeoJson,
    /// A feed of them.
    Feed,
    /// A calendar.
    Calendar(Which),
}

impl DataFile {
    pub(super) fn route(&self, site: &Site, language: usize) -> Route {
        let told = Told::new(site, language);
        match self {
            Self::Json => Route::new(&told.config.language.route(data::JSON)),
            Self::GeoJson => Route::new(&told.config.language.route(data::GEOJSON)),
            Self::Feed => View::Events.route(site, told.config).own(feed::NAME),
            Self::Calendar(which) => which.route(told),
        }
    }
}

/// Lists the files of data that there are.
pub(super) fn files(conference: &Conference) -> Vec<DataFile> {
    if conference.events.is_empty() {
        return Vec::new();
    }
    let calendars = calendars::all(conference).into_iter().map(DataFile::Calendar);
    [DataFile::Json, DataFile::GeoJson, DataFile::Feed].into_iter().chain(calendars).collect()
}

/// Writes a file of data.
pub(in crate::render) fn data_file(site: &Site, language: usize, file: &DataFile) -> String {
    let told = Told::new(site, language);
    match file {
        DataFile::Json => data::events(told),
        DataFile::GeoJson => data::places(told),
        DataFile::Feed => feed::written(told),
        DataFile::Calendar(which) => calendars::written(told, which),
    }
}
