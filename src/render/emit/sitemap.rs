//! `sitemap.xml` (sitemaps.org protocol 0.9) and `robots.txt` (RFC 9309).

use std::fmt::Write as _;

use super::super::recipes::{Maker, Planned, Planner, is_made};
use crate::date::rfc3339;
use crate::output::Class;
use crate::path::Route;
use crate::site::{Page, Site, sitemap_options};
use crate::text::escape_xml;

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let config = &planner.site.config;
    let mut planned = Vec::new();
    let mut add = |name: &str, maker: Maker| {
        planned.push(planner.recipe(&Route::new(name), name, Class::Feed, maker));
    };
    if config.makes("sitemap") {
        add(&config.model.sitemap_file, Maker::Sitemap);
    }
    let has_own = planner.static_files.iter().any(|file| file.path.as_str() == "robots.txt");
    if config.robots_txt && config.makes("robotstxt") && !has_own {
        add("robots.txt", Maker::Robots);
    }
    planned
}

/// Lists pages of every kind by address, with the day of their last change.
pub(super) fn sitemap(site: &Site) -> String {
    let is_shown =
        |page: &&Page| is_made(site, page) && !sitemap_options(page, &site.config).disabled.unwrap_or(false);
    let mut pages: Vec<&Page> = site.pages.iter().map(AsRef::as_ref).filter(is_shown).collect();
    pages.sort_by(|a, b| a.route.cmp(&b.route));
    let mut xml = String::with_capacity(pages.len() * 160 + 160);
    xml.push_str("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for page in pages {
        let address = site.config.base_url.absolute(&page.route);
        let _ = write!(xml, "<url><loc>{}</loc>", escape_xml(&address));
        if let Some(date) = &page.last_modified {
            let _ = write!(xml, "<lastmod>{}</lastmod>", rfc3339(date));
        }
        let options = sitemap_options(page, &site.config);
        if !options.change_frequency.is_empty() {
            let _ = write!(xml, "<changefreq>{}</changefreq>", escape_xml(&options.change_frequency));
        }
        if let Some(priority) = options.priority.filter(|priority| !priority.starts_with('-')) {
            let _ = write!(xml, "<priority>{priority}</priority>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Writes `robots.txt`.
pub(super) fn robots(site: &Site) -> String {
    let mut text = "User-agent: *\n".to_owned();
    if site.config.makes("sitemap") && site.config.base_url.has_origin() {
        let _ = writeln!(
            text,
            "\nSitemap: {}",
            site.config.base_url.absolute(&Route::new(&site.config.model.sitemap_file))
        );
    }
    text
}
