//! What templates see, field by field: the source of the manual's reference.
//!
//! `tests/reference.rs` compares it with what a build really hands to templates, so that neither can change alone.

/// A field that templates see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Where it is found.
    pub scope: Scope,
    /// Its name; that of a part stands behind a dot.
    pub name: &'static str,
    /// What it holds, in one line of Markdown.
    pub about: &'static str,
}

/// Where a field is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// In `site`.
    Site,
    /// In `page`, and in each page of a list.
    Page,
    /// In `page` alone, when it is the page that is rendered.
    PageItself,
    /// Beside `page`, where a list is rendered.
    List,
}

impl Scope {
    /// All scopes, in the order of the reference.
    pub const ALL: [Self; 4] = [Self::Site, Self::Page, Self::PageItself, Self::List];

    /// Returns the heading of the reference.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Site => "`site`",
            Self::Page => "`page`, and each page of a list",
            Self::PageItself => "`page`, when it is the one that is rendered",
            Self::List => "On lists",
        }
    }
}

const fn field(scope: Scope, name: &'static str, about: &'static str) -> Field {
    Field { scope, name, about }
}

use Scope::{List, Page, PageItself, Site};

/// All fields, in the order of the reference.
#[rustfmt::skip]
pub const FIELDS: &[Field] = &[
    field(Site, "title", "the title of the site"),
    field(Site, "description", "`params.description`, or `none`"),
    field(Site, "base_url", "where the site is published, with a slash at its end"),
    field(Site, "base_path", "the path of that address"),
    field(Site, "home_url", "the home page of this language"),
    field(Site, "archive_url", "the page with every report, or `none`"),
    field(Site, "search_index", "the index that the search loads, or `none`"),
    field(Site, "feed_url", "the RSS feed of the home page, or `none`"),
    field(Site, "feeds", "the feeds of the home page, each with `name`, `url` and `media_type`"),
    field(Site, "language", "the tag of this language: `en`, `fr-CH`"),
    field(Site, "language_key", "its key in the configuration"),
    field(Site, "languages", "all languages, each with `key`, `tag`, `name`, `title` and `rel_permalink`"),
    field(Site, "copyright", "the last line of every page"),
    field(Site, "author", "`params.author` with `name`, `url`, `email`, `bio` and `picture`, or `none`"),
    field(Site, "social", "`params.social`, each with `name`, `url` and `icon`"),
    field(Site, "fediverse_creator", "the author's address in the fediverse, or `none`"),
    field(Site, "logo", "the logo with `url`, `width` and `height`, or `none`"),
    field(Site, "icons", "the icons of the site, each with `url`, `rel`, `type` and `sizes`"),
    field(Site, "theme_color", "the colour of the sign: `light` and `dark`"),
    field(Site, "appearance", "`light` or `dark` where the site is always that, or `none`"),
    field(Site, "style_sheet", "the tag that loads the colours and fonts of the site, or `none`"),
    field(Site, "params", "your own values from the configuration, keys in lower case"),
    field(Site, "menus", "menus by name; an entry has `name`, `url`, `identifier`, `weight`, `title`, `pre`, `post`, `params`, `children`, `is_current` and `page_id`"),
    field(Site, "sections", "the sections, each with `title`, `rel_permalink` and `count`"),
    field(Site, "taxonomies", "the taxonomies that have terms, each with `name`, `title`, `rel_permalink` and `count`"),

    field(Page, "kind", "`home`, `section`, `page`, `taxonomy`, `term`, `archive` or `404`"),
    field(Page, "title", "the title"),
    field(Page, "link_title", "the title for links"),
    field(Page, "permalink", "the address with its host"),
    field(Page, "rel_permalink", "the address without it"),
    field(Page, "path", "the path in the content folder, without extension"),
    field(Page, "section", "the name of the section"),
    field(Page, "section_title", "its title, or `none`"),
    field(Page, "section_url", "its address, or `none`"),
    field(Page, "type", "`type` of the front matter, else the section, else `page`"),
    field(Page, "description", "`description` of the front matter"),
    field(Page, "date", "when it was written, as `2025-06-01T12:00:00Z`; `{{ page.date \\| date }}` writes it out"),
    field(Page, "lastmod", "when it was changed last"),
    field(Page, "commit", "the last commit with `hash`, `subject`, `author`, `email` and `date`, where `enableGitInfo` is set"),
    field(Page, "publish_date", "when it appears, where that is set"),
    field(Page, "expiry_date", "when it is taken away, where that is set"),
    field(Page, "year", "the year of its date, or nothing"),
    field(Page, "draft", "whether it is a draft"),
    field(Page, "future", "whether its time is still to come"),
    field(Page, "expired", "whether its time has gone"),
    field(Page, "authors", "who wrote it, each with `name`, `url`, `email`, `bio` and `picture`"),
    field(Page, "terms", "its terms by taxonomy: `name`, `title`, and `terms` with `title`, `rel_permalink` and `count`"),
    field(Page, "params", "everything in its front matter, keys in lower case"),
    field(Page, "canonical", "where it appeared first (`canonical` of the front matter), or `none`"),
    field(Page, "language", "the tag of its language"),
    field(Page, "translations", "its versions in other languages, each with `language`, `language_name`, `title`, `permalink` and `rel_permalink`"),
    field(Page, "summary", "Hugo's summary, as HTML"),
    field(Page, "truncated", "whether the text goes on after it"),
    field(Page, "excerpt", "the beginning of the text without markup, at most 250 characters"),
    field(Page, "word_count", "how many words it has"),
    field(Page, "fuzzy_word_count", "the same, rounded up to hundreds"),
    field(Page, "reading_time", "how many minutes it takes to read"),
    field(Page, "featured", "its picture for lists with `url`, `permalink`, `width`, `height`, `alt` and `tag`, or `none`"),

    field(PageItself, "content", "the whole text, as HTML"),
    field(PageItself, "body", "the text without the `<h1>` that it opens with, and without what `syndication` shows"),
    field(PageItself, "heading", "that `<h1>` with `id` and `html`, or `none`"),
    field(PageItself, "toc", "the table of contents, as HTML"),
    field(PageItself, "uses_mermaid", "whether a diagram is in it"),
    field(PageItself, "prev", "the older neighbour in its section with `title`, `rel_permalink` and `date`, or `none`"),
    field(PageItself, "next", "the newer one"),
    field(PageItself, "site_prev", "the older neighbour among all pages"),
    field(PageItself, "site_next", "the newer one"),
    field(PageItself, "feed_url", "the RSS feed of the list, or `none`"),
    field(PageItself, "feeds", "the feeds of the list, each with `name`, `url` and `media_type`"),
    field(PageItself, "print_url", "the whole section in one document, or `none`"),
    field(PageItself, "events", "the events that it is about, each with `id`, `title`, `name`, `edition`, `url`, `series`, `start`, `end`, `days`, `year`, `when` (`coming`, `now`, `past` or `unknown`), `timezone`, `status`, `attendance`, `venue`, `city`, `city_url`, `country`, `place`, `link`, `description`, `posts_count` and `talks_count`"),
    field(PageItself, "has_talks", "whether its front matter lists talks"),
    field(PageItself, "syndication", "where it is published too, each with `name`, `icon` and `url`"),
    field(PageItself, "resources", "the files of its bundle, each with `name`, `title`, `rel_permalink`, `media_type` and `params`"),

    field(List, "pages", "the pages of this slice of the list"),
    field(List, "groups", "the same by year: `year` and `pages`"),
    field(List, "terms", "on lists of terms: each with `title`, `rel_permalink` and `count`"),
    field(List, "paginator", "`number`, `total`, `prev_url`, `next_url` and `pages` where a list is cut, or `none`"),
];

/// Writes the reference as Markdown: a table for each scope.
pub fn fields_reference() -> String {
    let mut text = String::new();
    for scope in Scope::ALL {
        text.push_str(&format!("## {}\n\n| field | what it holds |\n| --- | --- |\n", scope.heading()));
        for field in FIELDS.iter().filter(|field| field.scope == scope) {
            text.push_str(&format!("| `{}` | {} |\n", field.name, field.about));
        }
        text.push('\n');
    }
    text
}
