//! Feeds of home, sections, taxonomies and terms: RSS 2.0 with Hugo's items in Hugo's order, Atom (RFC 4287) and JSON Feed 1.1
//! with the whole texts, and a list of them all in OPML 2.0.
//!
//! RSS is made where Hugo makes it. The others are ours: they are made where a list has text to tell of, the site says where
//! it lives (their readers know no relative address), and nothing of the author's is at their place.

mod atom;
mod json;
pub(in crate::render::emit) mod links;
mod opml;
mod rss;

use std::collections::BTreeSet;

use jiff::Zoned;
use tera::Value;

use super::super::recipes::{Maker, Planned, Planner, has_outputs, is_made};
use super::super::values::{list, map, text};
use super::super::views::{Author, page_authors, read_author};
use super::super::words::said_in as said;
use super::Emitter;
use crate::config::{Config, FeedFormat};
use crate::language::LanguageTag;
use crate::output::Class;
use crate::path::Route;
use crate::site::{Kind, Page, PageId, Site, outputs};
use crate::text::escape_xml;

pub(super) use rss::item;

/// Most items of a feed that has the whole texts: of a term, a post of which is in other feeds too, fewer.
const WHOLE_MAX: usize = 20;
const WHOLE_MAX_OF_TERM: usize = 10;

/// Where the list of all feeds is.
const OPML: &str = "feeds.opml";

/// Lists the feeds that Hugo makes too.
pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let site = planner.site;
    let with_feed = site.ids().filter(|id| has_feed(site, site.page(*id), FeedFormat::Rss));
    with_feed.map(|id| recipe(planner, id, FeedFormat::Rss)).collect()
}

/// Lists the others, given all else that is published.
pub(super) fn more_recipes(planner: &Planner<'_>, planned: &[Planned]) -> Vec<Planned> {
    let site = planner.site;
    let taken: BTreeSet<&str> = planned.iter().flatten().map(|recipe| recipe.path.as_str()).collect();
    let formats = [FeedFormat::Atom, FeedFormat::Json];
    let wanted = site.ids().flat_map(|id| formats.map(|format| (id, format)));
    let with_feed = wanted.filter(|(id, format)| has_feed(site, site.page(*id), *format));
    let mut made: Vec<Planned> = with_feed.map(|(id, format)| recipe(planner, id, format)).collect();
    if !made.is_empty() {
        made.push(planner.recipe(&Route::new(OPML), "list of feeds", Class::Feed, Maker::FeedList));
    }
    made.retain(|made| made.as_ref().map_or(true, |recipe| !taken.contains(recipe.path.as_str())));
    made
}

fn recipe(planner: &Planner<'_>, id: PageId, format: FeedFormat) -> Planned {
    let page = planner.site.page(id);
    let producer = format!("{} (feed)", page.source());
    planner.recipe(&route(planner.site, page, format), producer, Class::Feed, Maker::Feed(id, format))
}

/// Says whether a page has a feed of a format.
pub(in crate::render) fn has_feed(site: &Site, page: &Page, format: FeedFormat) -> bool {
    let config = site.config_of(page);
    let feeds = &config.feeds;
    let of_kind = match (format, page.kind) {
        (FeedFormat::Rss, Kind::Home) => feeds.home,
        (FeedFormat::Rss, Kind::Section) => feeds.section,
        (FeedFormat::Rss, Kind::Taxonomy) => feeds.taxonomy,
        (FeedFormat::Rss, Kind::Term) => feeds.term,
        _ => outputs(page, config).has_feed(format),
    };
    let own = page.content.as_ref().and_then(|content| content.front.outputs);
    let is_wanted = own.map_or(of_kind, |own| own.has_feed(format));
    let is_possible =
        format == FeedFormat::Rss || (config.base_url.has_origin() && news(site, page).next().is_some());
    is_wanted && is_possible && config.makes("rss") && has_outputs(site, page)
}

/// Returns the address of a page's feed.
pub(in crate::render) fn route(site: &Site, page: &Page, format: FeedFormat) -> Route {
    page.route.own(match format {
        FeedFormat::Rss => &site.config.model.feed_file,
        FeedFormat::Atom => "atom.xml",
        FeedFormat::Json => "feed.json",
    })
}

/// Shows the feeds of a page: `name`, `url` and `media_type`.
pub(in crate::render) fn view(site: &Site, page: &Page) -> Value {
    let formats = [FeedFormat::Rss, FeedFormat::Atom, FeedFormat::Json];
    let made = formats.into_iter().filter(|format| has_feed(site, page, *format));
    list(made.map(|format| {
        map([
            ("name", text(format.name())),
            ("url", text(site.config.base_url.relative(&route(site, page, format)))),
            ("media_type", text(format.media_type())),
        ])
    }))
}

/// Writes the feed of a list.
pub(super) fn feed(emitter: &Emitter, id: PageId, format: FeedFormat) -> String {
    match format {
        FeedFormat::Rss => rss::feed(emitter, id),
        FeedFormat::Atom => atom::feed(emitter, id),
        FeedFormat::Json => json::feed(emitter, id),
    }
}

/// Writes the list of all feeds.
pub(super) fn feed_list(emitter: &Emitter) -> String {
    opml::feed_list(emitter.site())
}

/// Writes the line that names the style sheet for a feed that is opened in a browser.
fn style(emitter: &Emitter) -> String {
    let shared = &emitter.engine.shared;
    let address = shared.assets.address(shared, "css/feed.css");
    address.map_or_else(String::new, |address| {
        format!("<?xml-stylesheet type=\"text/css\" href=\"{}\"?>\n", escape_xml(&address))
    })
}

/// Writes a paragraph for people who open a feed in a browser, with the way to the page; programs pass it over.
fn note(config: &Config, page: &str) -> String {
    format!(
        "<p xmlns=\"http://www.w3.org/1999/xhtml\">{} <a href=\"{}\">{}</a></p>\n",
        escape_xml(&said(config, "feed_note")),
        escape_xml(page),
        escape_xml(&said(config, "feed_page")),
    )
}

/// Returns what is news of a list: what has a date, and an address.
fn news<'a>(site: &'a Site, page: &'a Page) -> impl Iterator<Item = PageId> + 'a {
    let is_news = |page: &Page| page.date.is_some() && is_made(site, page);
    page.own_pages.iter().copied().filter(move |id| is_news(site.page(*id)))
}

/// Returns the posts that a feed with whole texts has, the newest first.
fn newest(site: &Site, page: &Page) -> Vec<PageId> {
    let config = site.config_of(page);
    let most = if page.kind == Kind::Term { WHOLE_MAX_OF_TERM } else { WHOLE_MAX };
    let limit = config.feeds.limit.map_or(most, |limit| limit.min(most));
    let mut ids: Vec<PageId> = news(site, page).collect();
    // Lists may be in another order, such as that of a manual; who reads a feed wants what is new.
    ids.sort_by(|a, b| site.page(*b).date.as_ref().cmp(&site.page(*a).date.as_ref()));
    ids.truncate(limit);
    ids
}

/// Returns who wrote a page, else whose site it is.
fn authors_of(site: &Site, page: &Page) -> Vec<Author> {
    let own = page_authors(page);
    let owner = || site.config_of(page).params.get("author").map(read_author);
    let all = if own.is_empty() { owner().into_iter().collect() } else { own };
    all.into_iter().filter(|author| !author.name.is_empty()).collect()
}

/// Returns what a page is called, also one that nobody gave a title.
fn title_of(site: &Site, page: &Page) -> String {
    let written = [&page.title, &page.link_title].into_iter().find(|title| !title.is_empty());
    written.cloned().unwrap_or_else(|| said(site.config_of(page), "untitled"))
}

/// Returns the titles of a page's terms.
fn tags_of<'a>(site: &'a Site, page: &'a Page) -> Vec<&'a str> {
    page.terms.values().flatten().map(|id| site.page(*id).link_title.as_str()).collect()
}

/// Returns when a page changed last, as far as anybody knows.
fn changed(page: &Page) -> Option<&Zoned> {
    page.last_modified.as_ref().or(page.date.as_ref())
}

/// Returns the title of a feed and its description; a channel without a title is not valid RSS.
fn titles(config: &Config, kind: Kind, title: &str, site_title: &str) -> (String, String) {
    let tag = LanguageTag::new(&config.language.tag);
    let word = |key: &str, values: &[(&str, &str)]| {
        let value = |name: &str| Some(values.iter().find(|(known, _)| *known == name)?.1.to_owned());
        // A site's own word may have a gap that there is nothing for: what stands in it is better than no feed.
        config.words.text(&tag, key, None, value).unwrap_or_else(|_| title.to_owned())
    };
    let recent = if kind == Kind::Home && !site_title.is_empty() { site_title } else { title };
    let (title, name) = match (title, site_title) {
        ("", "") => (word("reports", &[]), word("this_site", &[])),
        ("", _) => (site_title.to_owned(), site_title.to_owned()),
        (_, _) if title == site_title || site_title.is_empty() => (title.to_owned(), recent.to_owned()),
        (_, _) => (word("feed_title", &[("page", title), ("site", site_title)]), recent.to_owned()),
    };
    (title, word("feed_description", &[("name", &name)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_has_a_title_where_the_site_has_none() {
        let (configs, _) = crate::config::load(&[], false).unwrap();
        let mut config = Config::clone(configs.general());
        let cases = [
            ("en", Kind::Home, "", "", ("Reports", "Recent content in this site")),
            ("en", Kind::Section, "Blog", "", ("Blog", "Recent content in Blog")),
            ("en", Kind::Section, "Blog", "Sam", ("Blog on Sam", "Recent content in Blog")),
            ("en", Kind::Home, "Welcome", "Sam", ("Welcome on Sam", "Recent content in Sam")),
            ("fr-ca", Kind::Section, "Blog", "Sam", ("Blog sur Sam", "Contenu récent de Blog")),
        ];
        for (language, kind, title, site_title, (feed_title, description)) in cases {
            config.language.tag = language.to_owned();
            let expected = (feed_title.to_owned(), description.to_owned());
            assert_eq!(titles(&config, kind, title, site_title), expected, "{language} {title} {site_title}");
        }
    }
}
