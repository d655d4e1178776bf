//! Turns configuration files into one [`Config`], checked and with defaults filled in.
//!
//! The keys are Hugo's own. Reads `hallway.*` first and Hugo's files where there is none; knows nothing about pages.

mod files;
mod keys;
mod menus;
mod permalinks;
mod read;
mod standing;
mod unknown;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::image::ImagingOptions;
use crate::markdown::MarkdownOptions;
use crate::markdown::shortcode::Unknown;
use crate::path::BaseUrl;
use crate::text::PathRules;

pub use files::{ConfigFile, read_files};
pub use menus::{MenuEntry, read_page_menus};
pub use permalinks::{PermalinkRule, PermalinkTarget};
pub use read::load;
pub use standing::{KeyStanding, KeyUse, Settings, settings, standing};

/// Everything that the author decided about the site as a whole; complete when made, and never changed.
#[derive(Debug, Clone)]
pub struct Config {
    /// Title of the site; empty where none is set.
    pub title: String,
    /// Where the site is published.
    pub base_url: BaseUrl,
    /// Language of the texts, a BCP 47 tag.
    pub language: String,
    /// Copyright notice; empty where none is set.
    pub copyright: String,
    /// Folder of the content, relative to the site; empty for a bare folder of posts.
    pub content_dir: String,
    /// Folder of the built site, relative to the site.
    pub publish_dir: String,
    /// Folders whose files are published as they are, relative to the site; later ones win.
    pub static_dirs: Vec<String>,
    /// Zone of dates that name none.
    pub zone: TimeZone,
    /// Patterns of addresses, in the order in which they are tried.
    pub permalinks: Vec<PermalinkRule>,
    /// The taxonomies, sorted by plural name.
    pub taxonomies: Vec<Taxonomy>,
    /// The author's own values, keys lower-cased.
    pub params: Map<String, Value>,
    /// Entries of all menus that the configuration names.
    pub menus: Vec<MenuEntry>,
    /// How lists are cut into pages.
    pub pagination: Pagination,
    /// Words after which an automatic summary ends with its paragraph.
    pub summary_length_words: usize,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
    /// Lowest and highest heading level of a table of contents.
    pub toc_levels: (u8, u8),
    /// Defaults of pictures.
    pub imaging: ImagingOptions,
    /// How names become addresses.
    pub path_rules: PathRules,
    /// Which front matter keys are read for which date, in order.
    pub date_keys: DateKeys,
    /// Which kinds of page have a feed.
    pub feeds: Feeds,
    /// Kinds that are not made at all, lower case as written (`taxonomy`, `term`, `rss`, `sitemap`, `404` …).
    pub disabled_kinds: Vec<String>,
    /// Whether `robots.txt` is made.
    pub robots_txt: bool,
    /// Sections whose pages the home page lists; empty means the largest one.
    pub main_sections: Vec<String>,
    /// Pages that are built although their time has not come, or has gone.
    pub include: Include,
    /// What becomes of shortcodes that there is no template for.
    pub unknown_shortcodes: Unknown,
    /// Go templates of shortcodes, which are never run, from the site's root and by lower-case name.
    pub go_shortcodes: BTreeMap<String, String>,
}

/// A way of grouping pages, such as `tags`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// One of them: `tag`.
    pub singular: String,
    /// Several: `tags`, which is also the front matter key and the first part of the address.
    pub plural: String,
}

/// How lists are cut into pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// Pages in one slice of a list, at least 1.
    pub pager_size: usize,
    /// Part of the address before the number.
    pub path: String,
    /// Whether `…/page/1/` redirects to the list itself.
    pub aliases: bool,
}

/// Which front matter keys are read for which date, in order; `:filename` stands for the name of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateKeys {
    /// For the date of the page.
    pub date: Vec<String>,
    /// For the day it was changed last.
    pub last_modified: Vec<String>,
    /// For the instant it is published.
    pub publish: Vec<String>,
    /// For the instant it is taken away.
    pub expiry: Vec<String>,
}

/// Which kinds of page have a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one independent switch a kind, as in Hugo's `outputs`")]
pub struct Feeds {
    /// The home page.
    pub home: bool,
    /// Sections.
    pub section: bool,
    /// Lists of all terms.
    pub taxonomy: bool,
    /// Terms.
    pub term: bool,
    /// Most items of one feed; `None` for all.
    pub limit: Option<usize>,
}

/// Pages that are built although their time has not come, or has gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Include {
    /// Pages with `draft: true`.
    pub drafts: bool,
    /// Pages whose publish date is later than now.
    pub future: bool,
    /// Pages whose expiry date has come.
    pub expired: bool,
}

impl Config {
    /// Says whether pages or files of a kind are made.
    pub fn makes(&self, kind: &str) -> bool {
        !self.disabled_kinds.iter().any(|disabled| disabled == kind)
    }
}
