//! `sitemap.xml` (sitemaps.org protocol 0.9) and `robots.txt` (RFC 9309).

use std::fmt::Write as _;

use super::{Emitted, Emitter, is_made};
use crate::date::rfc3339;
use crate::output::{Class, Output};
use crate::path::Route;
use crate::site::Page;
use crate::text::escape_xml;

pub(super) fn emit(emitter: &Emitter<'_>) -> Vec<Emitted> {
    let config = &emitter.engine.shared.site.config;
    let mut made = Vec::new();
    if config.makes("sitemap") {
        made.push(sitemap(emitter));
    }
    let has_own = emitter.engine.shared.static_paths.contains("robots.txt");
    if config.robots_txt && config.makes("robotstxt") && !has_own {
        made.push(robots(emitter));
    }
    made
}

/// Lists pages of every kind by address, with the day of their last change.
fn sitemap(emitter: &Emitter<'_>) -> Emitted {
    let site = &emitter.engine.shared.site;
    let is_shown = |page: &&Page| {
        let disabled = page.content.as_ref().is_some_and(|content| content.front.sitemap_disabled);
        is_made(emitter, page) && !disabled
    };
    let mut pages: Vec<&Page> = site.pages.iter().filter(is_shown).collect();
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
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    let path = emitter.path(&Route::new("/sitemap.xml"), "sitemap.xml")?;
    Ok(Output::text(path, "sitemap.xml", Class::Feed, xml))
}

fn robots(emitter: &Emitter<'_>) -> Emitted {
    let site = &emitter.engine.shared.site;
    let mut text = "User-agent: *\n".to_owned();
    if site.config.makes("sitemap") && site.config.base_url.has_origin() {
        let _ = writeln!(text, "\nSitemap: {}", site.config.base_url.absolute(&Route::new("/sitemap.xml")));
    }
    let path = emitter.path(&Route::new("/robots.txt"), "robots.txt")?;
    Ok(Output::text(path, "robots.txt", Class::Feed, text))
}
