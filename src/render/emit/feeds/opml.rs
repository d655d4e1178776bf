//! OPML 2.0: the list of all feeds of a site, for readers that take one.

use std::fmt::Write as _;

use super::{has_feed, route};
use crate::config::FeedFormat;
use crate::site::{Kind, Page, Site};
use crate::text::escape_xml;

pub(super) fn feed_list(site: &Site) -> String {
    let title = if site.config.title.is_empty() { "Feeds" } else { &site.config.title };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n");
    let _ = writeln!(xml, "<head><title>{}</title></head>\n<body>", escape_xml(title));
    for (index, language) in site.languages.iter().enumerate() {
        let name = [&language.config.title, &language.config.language.tag];
        let name = name.into_iter().find(|name| !name.is_empty()).map_or("", String::as_str);
        let _ = writeln!(xml, "<outline text=\"{}\">", escape_xml(name));
        let pages = site.pages.iter().filter(|page| page.language == index && page.kind != Kind::Page);
        pages.for_each(|page| outline(&mut xml, site, page));
        xml.push_str("</outline>\n");
    }
    xml.push_str("</body>\n</opml>\n");
    xml
}

/// Names a list's feed once: that with the whole texts, else that which Hugo makes too.
fn outline(xml: &mut String, site: &Site, page: &Page) {
    let made = [FeedFormat::Atom, FeedFormat::Rss].into_iter().find(|format| has_feed(site, page, *format));
    let Some(format) = made else { return };
    let base = &site.config.base_url;
    let title = [&page.link_title, &page.title, &site.config_of(page).title];
    let title = title.into_iter().find(|title| !title.is_empty()).map_or("", String::as_str);
    let _ = writeln!(
        xml,
        "<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\" htmlUrl=\"{2}\"/>",
        escape_xml(title),
        escape_xml(&base.absolute(&route(site, page, format))),
        escape_xml(&base.absolute(&page.route)),
    );
}
