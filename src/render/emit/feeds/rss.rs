//! RSS 2.0, with Hugo's items in Hugo's order.

use std::fmt::Write as _;

use jiff::Zoned;

use super::links::absolute_links;
use super::{note, route, style, titles};
use crate::config::FeedFormat;
use crate::date::rfc1123;
use crate::render::article::Article;
use crate::render::emit::Emitter;
use crate::render::recipes::is_made;
use crate::site::{Page, PageId, Site};
use crate::text::escape_xml;

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
    xml.push_str(&style(emitter));
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
    let own_address = config.base_url.absolute(&route(site, page, FeedFormat::Rss));
    let _ = writeln!(
        xml,
        "<atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>",
        escape_xml(&own_address)
    );
    xml.push_str(&note(config, &config.base_url.absolute(&page.route)));
    items.iter().for_each(|item| xml.push_str(item));
    xml.push_str("</channel>\n</rss>\n");
    xml
}

/// Writes a page as feeds show it; nothing for a page that has no address.
pub(in crate::render::emit) fn item(site: &Site, page: &Page, article: &Article) -> String {
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
