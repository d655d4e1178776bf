//! Whether the site has pages of its events, and where: `params.events`.
//!
//! Other themes may have a parameter of this name: what is not understood is left to them.

use super::read::Values;

/// Where the pages of events are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventOptions {
    /// Whether there are pages of events, people and places at all.
    pub has_pages: bool,
    /// Folder of the site that they are in; the section of that name holds pages of events that the author writes.
    pub path: String,
}

impl Default for EventOptions {
    fn default() -> Self {
        Self { has_pages: true, path: "events".to_owned() }
    }
}

/// Reads `params.events`: `false`, or a map with `pages` and `path`.
pub(super) fn read_events(values: &Values<'_>) -> EventOptions {
    let wanted = values.flag("params.events");
    let path = values.text("params.events.path").map(|path| path.trim_matches('/').to_lowercase());
    EventOptions {
        has_pages: wanted.unwrap_or(true) && values.flag("params.events.pages").unwrap_or(true),
        path: path.filter(|path| !path.is_empty()).unwrap_or_else(|| EventOptions::default().path),
    }
}
