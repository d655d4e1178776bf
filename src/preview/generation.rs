//! One state of a site without errors, and how it differs from the one before.

use std::collections::{BTreeMap, BTreeSet};

use super::Pending;
use crate::path::{Route, SourcePath};
use crate::render::Live;
use crate::site::Site;

/// One state of a site without errors, ready to make any of its outputs.
#[derive(Debug)]
pub struct Generation {
    /// Counts from 1.
    pub number: u64,
    /// The outputs.
    pub live: Live,
}

/// How a generation differs from the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// All files that have changed, by their paths from the site's root; empty for the first generation.
    pub sources: Vec<String>,
    /// Whether pages may have changed.
    pub content: bool,
    /// Whether more than the texts of some pages may have changed: then other pages may have a new mistake.
    pub beyond_bodies: bool,
    /// Addresses of files that are published as they are and have other bytes now.
    pub assets: Vec<String>,
    /// New addresses of pages that have moved, by the old ones.
    pub moved: BTreeMap<String, String>,
    /// The page that was written last.
    pub saved: Option<String>,
}

impl Change {
    pub(super) fn between(old: Option<&Generation>, new: &Generation, pending: Pending) -> Self {
        let Pending { sources, content, beyond_bodies, is_reread } = pending;
        let Some(old) = old else {
            return Self {
                sources: Vec::new(),
                content: true,
                beyond_bodies: true,
                assets: Vec::new(),
                moved: BTreeMap::new(),
                saved: None,
            };
        };
        let (before, after) = (routes(old.live.site(), &sources), routes(new.live.site(), &sources));
        let address = |site: &Site, route: &Route| site.config.base_url.relative(route);
        let moved = before.iter().filter_map(|(source, route)| {
            let new_route = after.get(source).filter(|new_route| *new_route != route)?;
            Some((address(old.live.site(), route), address(new.live.site(), new_route)))
        });
        let saved = after.values().next().map(|route| address(new.live.site(), route));
        let assets = if is_reread {
            new.live.changed_copies(&old.live)
        } else {
            new.live.copies_of(&sources).union(&old.live.copies_of(&sources)).cloned().collect()
        };
        Self {
            content,
            beyond_bodies,
            assets: assets.into_iter().collect(),
            moved: moved.collect(),
            saved,
            sources: sources.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Returns where the pages of some documents are.
fn routes<'a>(site: &'a Site, sources: &BTreeSet<SourcePath>) -> BTreeMap<&'a SourcePath, &'a Route> {
    let pages = site.pages.iter().filter(|page| page.is_rendered());
    pages
        .filter_map(|page| Some((page.source_path()?, &page.route)))
        .filter(|(source, _)| sources.contains(*source))
        .collect()
}
