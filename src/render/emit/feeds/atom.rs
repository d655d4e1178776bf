//! Atom (RFC 4287), with the whole texts.

use std::fmt::Write as _;

use super::links::absolute_links;
use super::{authors_of, changed, newest, note, route, style, tags_of, title_of, titles};
use crate::config::FeedFormat;
use crate::date::rfc3339;
use crate::render::emit::Emitter;
use crate::site::{Page, PageId, Site};
use crate::text::escape_xml;

pub(super) fn feed(emitter: &Emitter, id: PageId) -> String {
    let site = emitter.site();
    let page = site.page(id);
    let config = site.config_of(page);
    let ids = newest(site, page);
    let updated = ids.iter().filter_map(|id| changed(site.page(*id))).max();
    let (title, subtitle) = titles(config, page.kind, &page.title, &config.title);
    let address = config.base_url.absolute(&page.route);
    let own_address = config.base_url.absolute(&route(site, page, FeedFormat::Atom));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.push_str(&style(emitter));
    let language = escape_xml(&config.language.tag).into_owned();
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">");
    element(&mut xml, "title", &title);
    element(&mut xml, "subtitle", &subtitle);
    element(&mut xml, "id", &address);
    link(&mut xml, "alternate", "text/html", &address);
    link(&mut xml, "self", FeedFormat::Atom.media_type(), &own_address);
    element(&mut xml, "updated", &updated.map(rfc3339).unwrap_or_default());
    xml.push_str("<generator>Hallway</generator>\n");
    if !config.copyright.is_empty() {
        element(&mut xml, "rights", &config.copyright);
    }
    // Somebody is required; of the one whose name nobody says, the site's has to do (section 4.1.1).
    let owners = authors_of(site, site.page(site.language_of(page).home));
    let names: Vec<&str> = owners.iter().map(|owner| owner.name.as_str()).collect();
    let names = if names.is_empty() { vec![title.as_str()] } else { names };
    names.into_iter().for_each(|name| author(&mut xml, name, None));
    xml.push_str(&note(config, &address));
    ids.into_iter().for_each(|id| entry(&mut xml, emitter, site, id));
    xml.push_str("</feed>\n");
    xml
}

fn entry(xml: &mut String, emitter: &Emitter, site: &Site, id: PageId) {
    let page: &Page = site.page(id);
    let base = &site.config_of(page).base_url;
    let address = base.absolute(&page.route);
    let article = emitter.article(id);
    xml.push_str("<entry>\n");
    element(xml, "title", &title_of(site, page));
    element(xml, "id", &address);
    link(xml, "alternate", "text/html", &address);
    if let Some(date) = &page.date {
        element(xml, "published", &rfc3339(date));
    }
    element(xml, "updated", &changed(page).map(rfc3339).unwrap_or_default());
    for person in authors_of(site, page) {
        author(xml, &person.name, person.url.as_deref());
    }
    for tag in tags_of(site, page) {
        let _ = writeln!(xml, "<category term=\"{}\"/>", escape_xml(tag));
    }
    let description = page.content.as_ref().map_or("", |content| content.front.description.as_str());
    if !description.is_empty() {
        element(xml, "summary", description);
    }
    let text = absolute_links(&article.content, base, &page.route);
    let _ = writeln!(xml, "<content type=\"html\">{}</content>", escape_xml(&text));
    xml.push_str("</entry>\n");
}

fn author(xml: &mut String, name: &str, url: Option<&str>) {
    let _ = write!(xml, "<author><name>{}</name>", escape_xml(name));
    if let Some(url) = url.filter(|url| crate::path::has_scheme(url)) {
        let _ = write!(xml, "<uri>{}</uri>", escape_xml(url));
    }
    xml.push_str("</author>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escape_xml(text));
}

fn link(xml: &mut String, rel: &str, media_type: &str, address: &str) {
    let address = escape_xml(address);
    let _ = writeln!(xml, "<link rel=\"{rel}\" type=\"{media_type}\" href=\"{address}\"/>");
}
