//! Turns configuration files into one [`Config`], checked and with defaults filled in.
//!
//! The keys are Hugo's own. Reads `hallway.*` first and Hugo's files where there is none; knows nothing about pages.

mod cards;
mod cascade;
mod check;
mod colors;
mod data_files;
mod deployment;
mod effective;
mod events;
mod files;
mod hosts;
mod imaging;
mod keys;
mod languages;
mod look;
mod markdown;
mod menus;
mod model;
mod mounts;
mod permalinks;
mod places;
mod read;
mod reference;
mod related;
mod schema;
mod standing;
mod unknown;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::card::CardOptions;
use crate::image::ImagingOptions;
use crate::language::Words;
use crate::markdown::MarkdownOptions;
use crate::markdown::shortcode::Unknown;
use crate::path::BaseUrl;
use crate::text::PathRules;

pub use cascade::{CascadeRule, read_cascade};
pub use check::{Budget, CheckOptions, Level};
pub use data_files::{DATA_FOLDER, DataFile, read_data_files};
pub use deployment::{Deployment, Matcher, Target};
pub use effective::{Origin, Override, Setting, effective};
pub use events::EventOptions;
pub use files::{ConfigFile, read_files};
pub use hosts::{Host, Hosting};
pub use languages::Language;
pub use look::{COLORS, Look, Pair};
pub use menus::{MenuEntry, read_page_menus};
pub use model::{
    ContentModel, FeedFormat, IgnoredFiles, ListTitles, PageOutputs, SitemapOptions, UglyUrls, read_sitemap,
    unserved_outputs,
};
pub use mounts::Mount;
pub use permalinks::{PermalinkRule, PermalinkTarget};
pub use read::load;
pub use reference::{KEYS, Key, Shape, keys_reference};
pub use related::{RelatedIndex, RelatedOptions};
pub use schema::{add_lower_case, config_schema};
pub use standing::{KeyStanding, KeyUse, Settings, settings, standing};
pub use words::{WORDS_FOLDER, check_date_layouts, date_layout, read_words};

/// Everything that the author decided about the site in one language; complete when made, and never changed.
#[derive(Debug, Clone)]
pub struct Config {
    /// Title of the site; empty where none is set.
    pub title: String,
    /// Where the site is published.
    pub base_url: BaseUrl,
    /// The language that it is for.
    pub language: Language,
    /// The words of the theme, the site's own over them.
    pub words: Arc<Words>,
    /// Copyright notice; empty where none is set.
    pub copyright: String,
    /// Folder of the built site, relative to the site.
    pub publish_dir: String,
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
    /// Whether there are pages of events, and where.
    pub events: EventOptions,
    /// How the theme looks on this site.
    pub look: Look,
    /// Whether posts have social cards, and how these look.
    pub cards: CardOptions,
    /// What checks look at, and how much it matters.
    pub check: CheckOptions,
    /// Where the site is published to, and how.
    pub deployment: Arc<Deployment>,
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
    /// Whether a translation that takes over a file of another language's bundle has a copy of its own.
    pub duplicates_resources: bool,
    /// Whether the other address of the default language (`/en/`, or `/`) redirects to it.
    pub redirects_to_default: bool,
    /// What content means, beyond the keys above.
    pub model: ContentModel,
    /// What becomes of shortcodes that there is no template for.
    pub unknown_shortcodes: Unknown,
    /// Go templates of shortcodes, which are never run, from the site's root and by lower-case name.
    pub go_shortcodes: BTreeMap<String, String>,
}

/// The configuration of a site in all its languages.
#[derive(Debug, Clone)]
pub struct Configs {
    /// One for each language, in their order; at least one.
    pub languages: Vec<Arc<Config>>,
    /// Index of the default language.
    pub default: usize,
    /// Keys of the languages that are not built.
    pub disabled: Vec<String>,
    /// Folders of content.
    pub content: Vec<Mount>,
    /// Folders whose files are published as they are; of two files with one path the later folder's is taken.
    pub static_files: Vec<Mount>,
    /// What data files tell of events, people and talks.
    pub data: Arc<Vec<DataFile>>,
}

impl Configs {
    /// Returns the configuration of the default language, which holds what is the same for all.
    pub fn general(&self) -> &Arc<Config> {
        &self.languages[self.default]
    }

    /// Changes the configuration of every language.
    pub fn for_each(&mut self, change: impl Fn(&mut Config)) {
        self.languages.iter_mut().for_each(|config| change(Arc::make_mut(config)));
    }

    /// Splits the language off the name of a content file: `blog/a.fr.md` is `blog/a.md` in French.
    ///
    /// A name without one is returned as it is. An unknown suffix is a part of the name (Hugo 0.168, recorded).
    pub fn split_language<'a>(&self, path: &'a str) -> (Cow<'a, str>, Option<usize>) {
        let Some((folder, name, suffix, extension)) = suffixed(path) else {
            return (Cow::Borrowed(path), None);
        };
        match self.languages.iter().position(|config| config.language.key.eq_ignore_ascii_case(suffix)) {
            Some(language) => (Cow::Owned(format!("{folder}{name}.{extension}")), Some(language)),
            None => (Cow::Borrowed(path), None),
        }
    }

    /// Says whether a content file is in a language that is not built.
    pub fn is_disabled(&self, path: &str) -> bool {
        let suffix = if self.disabled.is_empty() { None } else { suffixed(path) };
        suffix
            .is_some_and(|(_, _, suffix, _)| self.disabled.iter().any(|key| key.eq_ignore_ascii_case(suffix)))
    }
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
    /// Says whether a date of pages may be that of their file's last change on the disk.
    pub fn reads_file_times(&self) -> bool {
        let DateKeys { date, last_modified, publish, expiry } = &self.date_keys;
        [date, last_modified, publish, expiry].iter().any(|keys| keys.iter().any(|key| key == ":filemodtime"))
    }

    /// Says whether pages or files of a kind are made.
    pub fn makes(&self, kind: &str) -> bool {
        // `taxonomyTerm` is what Hugo called the list of all terms once.
        let is = |disabled: &String| disabled == kind || kind == "taxonomy" && disabled == "taxonomyterm";
        !self.disabled_kinds.iter().any(is)
    }
}

/// Takes `blog/a.fr.md` apart into folder, name, suffix and extension.
fn suffixed(path: &str) -> Option<(&str, &str, &str, &str)> {
    let (folder, file) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let (stem, extension) = file.rsplit_once('.')?;
    let (name, suffix) = stem.rsplit_once('.').filter(|(name, _)| !name.is_empty())?;
    Some((folder, name, suffix, extension))
}
