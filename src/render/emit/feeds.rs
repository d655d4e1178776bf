//! RSS 2.0 feeds of home, sections, taxonomies and terms, with Hugo's items in Hugo's order.

use std::fmt::Write as _;

use jiff::Zoned;

use super::super::article::Article;
use super::super::recipes::{Maker, Planned, Planner, has_outputs, is_made};
use super::Emitter;
use crate::config::Config;
use crate::date::rfc1123;
use crate::language::LanguageTag;
use crate::output::Class;
use crate::path::{BaseUrl, Route};
use crate::site::{Kind, Page, PageId, Site, outputs};
use crate::text::escape_xml;

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let site = planner.site;
    let with_feed = site.ids().filter(|id| has_feed(site, site.page(*id)));
    with_feed
        .map(|id| {
            let page = site.page(id);
            let producer = format!("{} (feed)", page.source());
            planner.recipe(&route(site, page), producer, Class::Feed, Maker::Feed(id))
        })
        .collect()
}

/// Says whether a page has a feed.
pub(super) fn has_feed(site: &Site, page: &Page) -> bool {
    let config = site.config_of(page);
    let feeds = &config.feeds;
    let wanted = match page.kind {
        Kind::Home => feeds.home,
        Kind::Section => feeds.section,
        Kind::Taxonomy => feeds.taxonomy,
        Kind::Term => feeds.term,
        Kind::Page => outputs(page, config).rss,
    };
    let own = page.content.as_ref().and_then(|content| content.front.outputs);
    own.map_or(wanted, |own| own.rss) && config.makes("rss") && has_outputs(site, page)
}

/// Returns the address of a page's feed.
pub(super) fn route(site: &Site, page: &Page) -> Route {
    page.route.own(&site.config.model.feed_file)
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

/// Writes the feed of a list.
pub(super) fn feed(emitter: &Emitter, id: PageId) -> String {
    let site = emitter.site();
    let page = site.page(id);
    let config = site.config_of(page);
    let limit = config.feeds.limit.unwrap_or(usize::MAX);
    let ids: Vec<PageId> = page.own_pages.iter().copied().take(limit).collect();
    let newest = ids.iter().filter_map(|id| site.page(*id).last_modified.as_ref()).max();
    let items: Vec<&str> = ids.iter().map(|id| emitter.item(*id)).collect();
    let (title, description) = titles(config, page.kind, &page.title, &config.title);
    let size: usize = items.iter().map(|item| item.len()).sum();
    let mut xml = String::with_capacity(size + 1024);
    xml.push_str("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n");
    xml.push_str("<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n");
    element(&mut xml, "title", &title);
    element(&mut xml, "link", &config.base_url.absolute(&page.route));
    element(&mut xml, "description", &description);
    element(&mut xml, "generator", "Hallway");
    element(&mut xml, "language", &config.language.tag);
    if !config.copyright.is_empty() {
        element(&mut xml, "copyright", &config.copyright);
    }
    if let Some(newest) = newest {
        element(&mut xml, "lastBuildDate", &rfc1123(newest));
    }
    let own_address = config.base_url.absolute(&route(site, page));
    let _ = writeln!(
        xml,
        "<atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>",
        escape_xml(&own_address)
    );
    items.iter().for_each(|item| xml.push_str(item));
    xml.push_str("</channel>\n</rss>\n");
    xml
}

/// Writes a page as feeds show it; nothing for a page that has no address.
pub(super) fn item(site: &Site, page: &Page, article: &Article) -> String {
    if !is_made(site, page) {
        return String::new();
    }
    let config = site.config_of(page);
    let permalink = config.base_url.absolute(&page.route);
    let summary = absolute_links(&article.summary, &config.base_url, &page.route);
    let mut xml = String::with_capacity(summary.len() + 512);
    xml.push_str("<item>\n");
    element(&mut xml, "title", &page.title);
    element(&mut xml, "link", &permalink);
    // What has a day of its own to be published on is news on that day (Hugo 0.168, recorded).
    let publish = page.content.as_ref().and_then(|content| content.front.dates.publish.as_ref());
    if let Some(date) = publish.or_else(|| newest_publish(site, page)).or(page.date.as_ref()) {
        element(&mut xml, "pubDate", &rfc1123(date));
    }
    element(&mut xml, "guid", &permalink);
    element(&mut xml, "description", &summary);
    xml.push_str("</item>\n");
    xml
}

/// Returns when the newest page of a list was published; a term is news on that day (Hugo 0.168, asked).
fn newest_publish<'a>(site: &'a Site, page: &Page) -> Option<&'a Zoned> {
    let contents = page.pages.iter().filter_map(|id| site.page(*id).content.as_ref());
    contents.filter_map(|content| content.front.dates.publish.as_ref()).max()
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escape_xml(text));
}

/// Attributes that hold one address.
const LINKS: [&str; 3] = [" href=\"", " src=\"", " poster=\""];

/// The attribute that holds several, each with what a browser chooses it by.
const LINK_SET: &str = " srcset=\"";

/// Makes the addresses in a piece of HTML absolute: a feed is read far from the page.
fn absolute_links(html: &str, base: &BaseUrl, page: &Route) -> String {
    let mut result = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'=', rest.as_bytes()) {
        let opens = |attribute: &&str| rest.get(..at + 2).is_some_and(|before| before.ends_with(*attribute));
        let holds_one = LINKS.iter().any(opens);
        let holds_several = opens(&LINK_SET);
        let end = at + if holds_one || holds_several { 2 } else { 1 };
        let (before, after) = rest.split_at(end);
        result.push_str(before);
        rest = after;
        if holds_one || holds_several {
            let close = rest.find('"').unwrap_or(rest.len());
            let (targets, after) = rest.split_at(close);
            if holds_one {
                result.push_str(&base.resolve(page, targets));
            } else {
                let each = targets.split(", ").map(|target| base.resolve(page, target));
                result.push_str(&each.collect::<Vec<_>>().join(", "));
            }
            rest = after;
        }
    }
    result.push_str(rest);
    result
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

    #[test]
    fn links_and_pictures_of_a_feed_are_absolute() {
        let base = BaseUrl::parse("https://example.org/sub/");
        let page = Route::new("/blog/a/");
        let html =
            "<p a=b><a href=\"/sub/x/\">x = y</a> <img alt=\"=\" src=\"p.jpg\"> <a href=\"#fn:1\">1</a></p>";
        assert_eq!(
            absolute_links(html, &base, &page),
            "<p a=b><a href=\"https://example.org/sub/x/\">x = y</a> \
             <img alt=\"=\" src=\"https://example.org/sub/blog/a/p.jpg\"> \
             <a href=\"https://example.org/sub/blog/a/#fn:1\">1</a></p>"
        );
        assert_eq!(
            absolute_links("<source srcset=\"a.webp 1x, /b/c.webp 2x\">", &base, &page),
            "<source srcset=\"https://example.org/sub/blog/a/a.webp 1x, https://example.org/b/c.webp 2x\">"
        );
        assert_eq!(absolute_links("a=é href=\"", &base, &page), "a=é href=\"https://example.org/sub/blog/a/");
    }
}
