//! Puts all contents together into one immutable [`Site`]: every page with its address, order, neighbours and files.
//!
//! All addresses are fixed here, before any Markdown is rendered. Does not render, and does not touch the disk.

mod assemble;
mod cascade;
pub mod conference;
pub mod links;
mod lists;
mod menus;
mod order;
mod outputs;
mod related;
mod resources;
mod routes;
mod terms;
mod translations;
mod tree;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{Timestamp, Zoned};
use serde_json::{Map, Value};

use crate::config::{Config, Taxonomy};
use crate::diag::Diagnostic;
use crate::page::Content;
use crate::path::{Route, SourcePath};
pub use crate::permalink::Kind;
use crate::source::Asset;

pub use assemble::assemble;
pub use conference::Conference;
pub use menus::MenuItem;
pub use outputs::{outputs, sitemap_options};
pub use related::RelatedPages;
pub use resources::{Resource, ResourceFile};
pub use routes::aliases;

/// The place of a page in [`Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(u32);

impl PageId {
    /// Returns the index of the page.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// Everything that pages, lists and feeds are made from.
#[derive(Debug, Clone)]
pub struct Site {
    /// The configuration of the default language, which holds what is the same for all.
    pub config: Arc<Config>,
    /// What each language has for itself, in their order; at least one.
    pub languages: Vec<Arc<LanguageSite>>,
    /// Index of the default language.
    pub default_language: usize,
    /// All pages of all kinds and languages, by id; those of a language lie together.
    pub pages: Vec<Arc<Page>>,
    /// Files of the content folders, which resources refer to by index.
    pub assets: Vec<Asset>,
    /// What is not published, sorted by path.
    pub left_out: Vec<LeftOut>,
    /// What it tells of conferences.
    pub conference: Arc<Conference>,
    /// The day that the clock says, in the zone of the site: what is coming and what is past.
    pub today: jiff::civil::Date,
    /// The first instant after the clock at which a page appears or goes, or an event begins or is over.
    pub next_change: Option<Timestamp>,
    /// The folders of content, relative to the site.
    pub content_folders: Vec<String>,
    /// All texts of the content folders, sorted by path: pages, texts within bundles, and what is not published.
    pub texts: Vec<Arc<Content>>,
}

/// What a site has for itself in one language.
#[derive(Debug)]
pub struct LanguageSite {
    /// The configuration.
    pub config: Arc<Config>,
    /// The home page.
    pub home: PageId,
    /// The taxonomies that have terms, sorted by plural name.
    pub taxonomies: Vec<TaxonomyPages>,
    /// All regular pages that lists show, in the default order.
    pub regular: Vec<PageId>,
    /// Top-level sections, in the default order.
    pub sections: Vec<PageId>,
    /// The menus by name.
    pub menus: BTreeMap<String, Vec<MenuItem>>,
    /// What [`links::find_page`] looks pages up in.
    pub paths: links::PagePaths,
}

impl Site {
    /// Sorts pages in the default order: weight, date, title, path.
    pub fn sort(&self, ids: &mut [PageId]) {
        order::sort(ids, &self.pages);
    }

    /// Returns a page.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// Returns the id of the page at an index, if there is one.
    pub fn id(&self, index: usize) -> Option<PageId> {
        (index < self.pages.len()).then(|| PageId::from_index(index))
    }

    /// Returns the ids of all pages of all kinds.
    pub fn ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..self.pages.len()).map(PageId::from_index)
    }

    /// Returns the text at a path from the site's root.
    pub fn text(&self, source: &str) -> Option<&Content> {
        let found = self.texts.binary_search_by(|content| content.source.as_str().cmp(source)).ok()?;
        self.texts.get(found).map(Arc::as_ref)
    }

    /// Returns all pages of all kinds in the default order.
    pub fn all_in_order(&self) -> Vec<PageId> {
        let mut ids: Vec<PageId> = self.ids().collect();
        order::sort(&mut ids, &self.pages);
        ids
    }

    /// Returns the same site with other texts below the front matter of some of its documents.
    ///
    /// The front matter must be as it was: everything else about a site depends on it.
    #[must_use]
    pub fn with_texts(&self, contents: &[Arc<Content>]) -> Self {
        let by_source: BTreeMap<&SourcePath, &Arc<Content>> =
            contents.iter().map(|content| (&content.source, content)).collect();
        let mut site = self.clone();
        for text in &mut site.texts {
            if let Some(content) = by_source.get(&text.source) {
                *text = Arc::clone(content);
            }
        }
        for page in &mut site.pages {
            let written = page.source_path().and_then(|source| by_source.get(source));
            if let (Some(new), Some(old)) = (written, &page.content) {
                let content = Some(old.with_text_of(new));
                *page = Arc::new(Page { content, ..Page::clone(page) });
            }
        }
        site
    }

    /// Returns what the language of a page has for itself.
    pub fn language_of(&self, page: &Page) -> &LanguageSite {
        &self.languages[page.language]
    }

    /// Returns the configuration in the language of a page.
    pub fn config_of(&self, page: &Page) -> &Config {
        &self.language_of(page).config
    }

    /// Says whether the site has several languages.
    pub fn is_multilingual(&self) -> bool {
        self.languages.len() > 1
    }

    /// Returns the pages that the home page of a language lists, newest first: those of the main sections.
    pub fn main_pages(&self, language: &LanguageSite) -> Vec<PageId> {
        let configured = &language.config.main_sections;
        let largest;
        let names: &[String] = if configured.is_empty() {
            largest = self.largest_section(language);
            std::slice::from_ref(&largest)
        } else {
            configured
        };
        let of_main = |id: &PageId| names.iter().any(|name| *name == self.page(*id).section);
        language.regular.iter().copied().filter(of_main).collect()
    }

    /// Hugo's rule where `mainSections` is not set: the section with the most pages, the first by name of equals.
    fn largest_section(&self, language: &LanguageSite) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for id in &language.regular {
            *counts.entry(&self.page(*id).section).or_default() += 1;
        }
        if counts.len() > 1 {
            counts.remove("");
        }
        let largest = counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
        largest.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
    }
}

/// A taxonomy and the pages that show it.
#[derive(Debug, Clone)]
pub struct TaxonomyPages {
    /// Its names.
    pub taxonomy: Taxonomy,
    /// The page that lists all terms.
    pub page: PageId,
    /// The terms, sorted by title.
    pub terms: Vec<PageId>,
}

/// One page of any kind.
#[derive(Debug, Clone)]
pub struct Page {
    /// What kind of page it is.
    pub kind: Kind,
    /// Index of its language.
    pub language: usize,
    /// The same page in other languages, in their order.
    pub translations: Vec<PageId>,
    /// The document it was made from; sections, taxonomies, terms and the home page may have none.
    pub content: Option<Arc<Content>>,
    /// Title; empty where the author gave none.
    pub title: String,
    /// Title for links: the title where no shorter one is given.
    pub link_title: String,
    /// Logical path, such as `/blog/2024`, lower case: what order and menus go by.
    pub path: String,
    /// Where it is on the web.
    pub route: Route,
    /// First part of its path; empty outside sections.
    pub section: String,
    /// The nearest section above, or the home page; none for the home page itself.
    pub parent: Option<PageId>,
    /// Date of the page, or of its newest page for a list.
    pub date: Option<Zoned>,
    /// Day of the last change, or of the newest one for a list.
    pub last_modified: Option<Zoned>,
    /// Whether it is shown although it is a draft, not yet due, or expired.
    pub status: Status,
    /// Pages that the list shows: all regular pages below a section, the pages of a term, the terms of a taxonomy.
    pub pages: Vec<PageId>,
    /// Pages of its feed: regular pages right in a section, the pages of a term.
    pub own_pages: Vec<PageId>,
    /// Files that belong to the page, in the order in which patterns are matched against them.
    pub resources: Vec<Resource>,
    /// Term pages by the plural name of their taxonomy, in the order written.
    pub terms: BTreeMap<String, Vec<PageId>>,
    /// The next newer page of the section.
    pub newer: Option<PageId>,
    /// The next older page of the section.
    pub older: Option<PageId>,
    /// The page before it among all regular pages of the site, which is newer.
    pub newer_of_all: Option<PageId>,
    /// The page after it among all regular pages of the site, which is older.
    pub older_of_all: Option<PageId>,
    /// The taxonomy that a taxonomy or term page belongs to.
    pub taxonomy: Option<Taxonomy>,
}

/// Whether a page would be left out of a plain build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// `draft: true`.
    pub draft: bool,
    /// Its publish date is later than the clock.
    pub future: bool,
    /// Its expiry date is not later than the clock.
    pub expired: bool,
}

/// A page that is not published, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LeftOut {
    /// The document.
    pub path: String,
    /// `draft`, `future` or `expired`.
    pub reason: Reason,
    /// Publish date of a future page, expiry date of an expired one, as RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
}

/// Why a page is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// `draft: true`.
    Draft,
    /// Its publish date is later than the clock.
    Future,
    /// Its expiry date is not later than the clock.
    Expired,
}

impl Page {
    /// Returns the document's path for messages, or what stands for it.
    pub fn source(&self) -> String {
        match &self.content {
            Some(content) if !content.is_made_up() => content.source.to_string(),
            _ => format!("{} (made by the build)", self.route),
        }
    }

    /// Returns the document's path, where there is a document.
    pub fn source_path(&self) -> Option<&SourcePath> {
        self.content.as_ref().filter(|content| !content.is_made_up()).map(|content| &content.source)
    }

    /// Returns the author's own values.
    pub fn params(&self) -> Option<&Map<String, Value>> {
        self.content.as_ref().map(|content| &content.front.params)
    }

    /// Says whether the page has a folder of its own, where its files lie.
    pub fn is_bundle(&self) -> bool {
        self.content.as_ref().is_some_and(|content| {
            !content.is_made_up() && content.path.bundle != crate::page::Bundle::Single
        })
    }

    /// Says whether the page is written out.
    pub fn is_rendered(&self) -> bool {
        self.content.as_ref().is_none_or(|content| content.front.render == crate::page::RenderOption::Always)
    }
}

/// Returns the publish status of a content at an instant.
pub fn status_at(content: &Content, now: Timestamp) -> Status {
    let dates = &content.front.dates;
    Status {
        draft: content.front.draft,
        future: dates.publish.as_ref().is_some_and(|date| date.timestamp() > now),
        expired: dates.expiry.as_ref().is_some_and(|date| date.timestamp() <= now),
    }
}

/// A site, and what is doubtful about it.
#[derive(Debug)]
pub struct Assembled {
    /// The site.
    pub site: Site,
    /// Warnings, and errors that end the build later.
    pub diagnostics: Vec<Diagnostic>,
}
