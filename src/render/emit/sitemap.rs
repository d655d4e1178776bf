//! `sitemap.xml` (sitemaps.org protocol 0.9) and `robots.txt` (RFC 9309).

use std::fmt::Write as _;

use super::super::conference;
use super::super::recipes::{Maker, Planned, Planner, is_made};
use crate::date::rfc3339;
use crate::output::Class;
use crate::page::ListOption;
use crate::path::Route;
use crate::site::{LanguageSite, Page, ResourceFile, Site, sitemap_options};
use crate::text::escape_xml;

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let site = planner.site;
    let config = &site.config;
    let mut planned = Vec::new();
    let mut add = |name: &str, maker: Maker| {
        planned.push(planner.recipe(&Route::new(name), name, Class::Feed, maker));
    };
    let has_map = |language: &LanguageSite| language.config.makes("sitemap");
    // Hugo makes an index wherever a language has a folder (0.168, asked).
    let has_folders = site.is_multilingual() || !config.language.prefix.is_empty();
    if has_folders {
        for (index, language) in site.languages.iter().enumerate().filter(|(_, it)| has_map(it)) {
            add(&route_of(language), Maker::Sitemap(index));
        }
    }
    if config.makes("sitemap") {
        let maker = if has_folders { Maker::SitemapIndex } else { Maker::Sitemap(0) };
        add(&config.model.sitemap_file, maker);
    }
    let has_own = planner.static_files.iter().any(|file| file.path.as_str() == "robots.txt");
    if config.robots_txt && config.makes("robotstxt") && !has_own {
        add("robots.txt", Maker::Robots);
    }
    planned
}

/// Returns where the sitemap of one of several languages is; also the default language has a folder for it (Hugo 0.168,
/// recorded).
fn route_of(language: &LanguageSite) -> String {
    format!("/{}/{}", language.config.language.key, language.config.model.sitemap_file)
}

/// Names the sitemaps of all languages.
pub(super) fn index(site: &Site) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n");
    xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (index, language) in site.languages.iter().enumerate().filter(|(_, it)| it.config.makes("sitemap")) {
        let address = site.config.base_url.absolute(&Route::new(&route_of(language)));
        let _ = write!(xml, "<sitemap><loc>{}</loc>", escape_xml(&address));
        let pages = site.pages.iter().filter(|page| page.language == index && is_shown(site, page));
        if let Some(date) = pages.filter_map(|page| page.last_modified.as_ref()).max() {
            let _ = write!(xml, "<lastmod>{}</lastmod>", rfc3339(date));
        }
        xml.push_str("</sitemap>\n");
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

fn is_shown(site: &Site, page: &Page) -> bool {
    // What no list of the site shows is not for search engines either (Hugo 0.168, asked).
    let is_listed = page.content.as_ref().is_none_or(|content| content.front.list == ListOption::Always);
    is_listed && is_made(site, page) && !sitemap_options(page, site.config_of(page)).disabled.unwrap_or(false)
}

/// Lists pages of every kind by address, with the day of their last change and their translations.
pub(super) fn sitemap(site: &Site, language: usize) -> String {
    let is_shown = |page: &&Page| page.language == language && is_shown(site, page);
    let mut pages: Vec<&Page> = site.pages.iter().map(AsRef::as_ref).filter(is_shown).collect();
    pages.sort_by(|a, b| a.route.cmp(&b.route));
    let mut xml = String::with_capacity(pages.len() * 160 + 160);
    xml.push_str("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
    if site.is_multilingual() {
        xml.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    if pages.iter().any(|page| pictures_of(page).next().is_some()) {
        xml.push_str(" xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\"");
    }
    xml.push_str(">\n");
    for page in pages {
        let address = site.config.base_url.absolute(&page.route);
        let _ = write!(xml, "<url><loc>{}</loc>", escape_xml(&address));
        if let Some(date) = &page.last_modified {
            let _ = write!(xml, "<lastmod>{}</lastmod>", rfc3339(date));
        }
        let options = sitemap_options(page, site.config_of(page));
        if !options.change_frequency.is_empty() {
            let _ = write!(xml, "<changefreq>{}</changefreq>", escape_xml(&options.change_frequency));
        }
        if let Some(priority) = options.priority.filter(|priority| !priority.starts_with('-')) {
            let _ = write!(xml, "<priority>{priority}</priority>");
        }
        alternates(&mut xml, site, page);
        pictures(&mut xml, site, page);
        xml.push_str("</url>\n");
    }
    for (_, route) in conference::made(site, language) {
        let _ = writeln!(xml, "<url><loc>{}</loc></url>", escape_xml(&site.config.base_url.absolute(&route)));
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Names all versions of a translated page, itself among them, as search engines want it.
fn alternates(xml: &mut String, site: &Site, page: &Page) {
    if page.translations.is_empty() {
        return;
    }
    let others = page.translations.iter().map(|id| site.page(*id)).filter(|page| is_made(site, page));
    let mut all: Vec<&Page> = others.chain([page]).collect();
    all.sort_by_key(|page| page.language);
    for page in all {
        let _ = write!(
            xml,
            "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
            escape_xml(&site.config_of(page).language.tag),
            escape_xml(&site.config.base_url.absolute(&page.route))
        );
    }
}

/// Most pictures that one page may name (Google's extension of the protocol).
const PICTURES_MAX: usize = 1000;

/// Returns the addresses of the pictures that lie with a page, as they are published.
fn pictures_of(page: &Page) -> impl Iterator<Item = &Route> {
    let publishes = page.content.as_ref().is_some_and(|content| content.front.publishes_resources);
    let own = page.resources.iter().filter(move |resource| publishes && resource.is_picture());
    let routes = own.filter_map(|resource| match &resource.file {
        ResourceFile::Asset { route, is_inherited: false, .. } => Some(route),
        _ => None,
    });
    routes.take(PICTURES_MAX)
}

/// Names the pictures of a page, for those who search for pictures.
fn pictures(xml: &mut String, site: &Site, page: &Page) {
    for route in pictures_of(page) {
        let address = site.config.base_url.absolute(route);
        let _ = write!(xml, "<image:image><image:loc>{}</image:loc></image:image>", escape_xml(&address));
    }
}

/// Writes `robots.txt`.
pub(super) fn robots(site: &Site) -> String {
    let mut text = "User-agent: *\n".to_owned();
    if site.config.makes("sitemap") && site.config.base_url.has_origin() {
        let address = site.config.base_url.absolute(&Route::new(&site.config.model.sitemap_file));
        let _ = writeln!(text, "\nSitemap: {address}");
    }
    text
}
