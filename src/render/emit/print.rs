//! A section in one document, to be printed or saved: `/_print/<section>/`, Docsy's output `print`.
//!
//! Addresses within a text point at places of that text: each text's ids get a prefix of their own, so that no two are
//! the same.

use tera::Value;

use super::super::recipes::{Maker, Planned, Planner, has_outputs, is_made};
use super::super::values::{html, list, map, number, text};
use super::super::views;
use super::Emitter;
use super::feeds::links::absolute_links;
use super::pages::page_context;
use crate::diag::Diagnostic;
use crate::output::Class;
use crate::path::{BaseUrl, Route};
use crate::site::{Kind, Page, PageId, Site, outputs};

/// Folder of all such documents, below that of the language.
const FOLDER: &str = "_print";

/// Attributes that name a place of the same text, and how their value goes on.
const REFERENCES: [&str; 7] = [
    " id=\"",
    " href=\"#",
    " for=\"",
    " name=\"",
    " aria-labelledby=\"",
    " aria-describedby=\"",
    " aria-controls=\"",
];

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let site = planner.site;
    let wanted = site.ids().filter(|id| is_wanted(site, site.page(*id)));
    wanted
        .map(|id| {
            let page = site.page(id);
            planner.recipe(&route(site, page), page.source(), Class::Page, Maker::Print(id))
        })
        .collect()
}

/// Says whether a page is there as one document, too.
fn is_wanted(site: &Site, page: &Page) -> bool {
    let is_section = matches!(page.kind, Kind::Home | Kind::Section);
    is_section && outputs(page, site.config_of(page)).print && has_outputs(site, page)
}

/// Returns the address of the document of a section, where it has one.
pub(in crate::render) fn address(site: &Site, page: &Page) -> Option<String> {
    is_wanted(site, page).then(|| site.config.base_url.relative(&route(site, page)))
}

fn route(site: &Site, page: &Page) -> Route {
    let prefix = &site.config_of(page).language.prefix;
    let route = page.route.as_str().trim_start_matches('/');
    let below = route.strip_prefix(prefix.as_str()).unwrap_or(route).trim_start_matches('/');
    Route::new(&site.config_of(page).language.route(&format!("{FOLDER}/{below}")))
}

/// Makes the document.
///
/// # Errors
/// The template fails.
pub(super) fn document(emitter: &Emitter, id: PageId) -> Result<String, Diagnostic> {
    let site = emitter.site();
    let page = site.page(id);
    let base = BaseUrl::parse(site.config.base_url.path());
    let mut parts = Vec::new();
    collect(site, id, 1, &mut parts);
    let parts = parts.into_iter().enumerate().map(|(place, (id, depth))| {
        let article = emitter.article(id);
        let prefix = format!("p{}-", place + 1);
        let body = article.body.as_ref().unwrap_or(&article.content);
        let body = moved(&prefixed(body, &prefix), &base, &site.page(id).route, &prefix);
        map([
            ("id", text(prefix.trim_end_matches('-'))),
            ("depth", number(depth)),
            ("page", Value::from(views::facts(site, site.page(id)))),
            ("body", html(body)),
        ])
    });
    let parts = list(parts);
    let mut context = page_context(emitter, id, emitter.article(id), None);
    context.insert_value("parts", parts);
    emitter.engine.render("print.html", &context, &page.source())
}

/// Lists a section, its pages and the sections below it, with how deep each lies.
fn collect(site: &Site, id: PageId, depth: usize, parts: &mut Vec<(PageId, usize)>) {
    let page = site.page(id);
    let below = site.ids().filter(|below| {
        let below = site.page(*below);
        below.parent == Some(id) && below.kind == Kind::Section
    });
    let mut children: Vec<PageId> = if page.kind == Kind::Home {
        below.collect()
    } else {
        page.own_pages.iter().copied().chain(below).collect()
    };
    site.sort(&mut children);
    if depth > 1 || page.content.is_some() {
        parts.push((id, depth));
    }
    for child in children {
        match site.page(child).kind {
            Kind::Section => collect(site, child, depth + 1, parts),
            _ if is_made(site, site.page(child)) => parts.push((child, depth + 1)),
            _ => {}
        }
    }
}

/// Makes the addresses of a text count from the site's root: the document lies elsewhere. Its own places stay in it.
fn moved(html: &str, base: &BaseUrl, page: &Route, prefix: &str) -> String {
    let own = format!("href=\"{}#{prefix}", base.absolute(page));
    absolute_links(html, base, page).replace(&own, &format!("href=\"#{prefix}"))
}

/// Puts a prefix before every id of a text, and before what refers to one.
fn prefixed(html: &str, prefix: &str) -> String {
    let mut result = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'=', rest.as_bytes()) {
        let found = REFERENCES.iter().find(|reference| {
            let before = reference.split_once('=').map_or("", |(name, _)| name);
            rest.get(..at).is_some_and(|text| text.ends_with(before))
                && rest.get(at - before.len()..).is_some_and(|text| text.starts_with(**reference))
        });
        let end =
            found.map_or(at + 1, |reference| at + reference.len() - reference.find('=').unwrap_or_default());
        let (before, after) = rest.split_at(end);
        result.push_str(before);
        // `href="#"` is the top of the page, wherever it is.
        if found.is_some() && !after.starts_with('"') {
            result.push_str(prefix);
        }
        rest = after;
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_text_stay_its_own() {
        let html = "<h2 id=\"a\">a=b</h2><a href=\"#a\">x</a><a href=\"/b#a\">y</a><a href=\"#\">z</a>\
                    <label for=\"t\">é=</label>";
        let expected = "<h2 id=\"p1-a\">a=b</h2><a href=\"#p1-a\">x</a><a href=\"/b#a\">y</a><a href=\"#\">z</a>\
                        <label for=\"p1-t\">é=</label>";
        assert_eq!(prefixed(html, "p1-"), expected);
    }

    #[test]
    fn addresses_count_from_the_root_and_own_places_stay() {
        let (base, page) = (BaseUrl::parse("/sub/"), Route::new("/docs/a/"));
        assert_eq!(
            moved("<a href=\"#p1-x\">x</a><a href=\"../b/\">b</a><img src=\"c.png\">", &base, &page, "p1-"),
            "<a href=\"#p1-x\">x</a><a href=\"/sub/docs/a/../b/\">b</a><img src=\"/sub/docs/a/c.png\">"
        );
    }
}
