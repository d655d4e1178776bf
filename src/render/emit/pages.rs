//! Regular pages and the page for addresses that are not there.

use tera::{Context, Value};

use super::super::article::Article;
use super::super::recipes::{Maker, Planned, Planner};
use super::super::values::{list, map, number, optional_text, text};
use super::super::views;
use super::Emitter;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::output::Class;
use crate::path::Route;
use crate::site::{Kind, Page, PageId};

/// Where the page for addresses that are not there is.
const NOT_FOUND: &str = "404.html";

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let site = planner.site;
    let regular = site.ids().filter(|id| site.page(*id).kind == Kind::Page);
    let made = regular.filter(|id| planner.is_made(site.page(*id)));
    let mut planned: Vec<Planned> = made
        .map(|id| {
            let page = site.page(id);
            planner.recipe(&page.route, page.source(), Class::Page, Maker::Page(id))
        })
        .collect();
    for (index, language) in site.languages.iter().enumerate().filter(|(_, it)| it.config.makes("404")) {
        let route = not_found_route(&language.config);
        planned.push(planner.recipe(&route, NOT_FOUND, Class::Page, Maker::NotFound(index)));
    }
    planned
}

/// Returns where the page for addresses that are not there is, in a language.
fn not_found_route(config: &Config) -> Route {
    Route::new(&config.language.route(NOT_FOUND))
}

/// Makes a regular page.
///
/// # Errors
/// The template fails.
pub(super) fn regular_page(emitter: &Emitter, id: PageId, article: &Article) -> Result<String, Diagnostic> {
    let page = emitter.page(id);
    let context = page_context(emitter, id, article, None);
    emitter.engine.render(&template_of(emitter, page), &context, &page.source())
}

/// Returns the context of a page of any kind; lists add theirs.
pub(super) fn page_context(
    emitter: &Emitter,
    id: PageId,
    article: &Article,
    feed_url: Option<String>,
) -> Context {
    let site = emitter.site();
    let page = site.page(id);
    let summary = emitter.summary_of(id, Some(article)).as_map().cloned().unwrap_or_default();
    let mut context = emitter.engine.context(page.language);
    context.insert_value("page", views::full(site, (id, page), article, summary, feed_url));
    context.insert_value("page_index", number(id.index()));
    context.insert_value("source_path", text(page.source()));
    context
}

/// Chooses the template of a page as far as there is one.
pub(super) fn template_of(emitter: &Emitter, page: &Page) -> String {
    template_for(page, &|name| emitter.engine.has(name))
}

/// Chooses the template: layout before type before section before kind, as far as there is one.
pub fn template_for(page: &Page, has: &dyn Fn(&str) -> bool) -> String {
    let kind = page.kind.name();
    let layout = page.content.as_ref().and_then(|content| content.front.layout.as_deref());
    let page_type = views::page_type(page);
    let named = [
        layout.map(|layout| format!("{page_type}/{layout}.html")),
        layout.map(|layout| format!("{layout}.html")),
        Some(format!("{page_type}/{kind}.html")),
        (!page.section.is_empty()).then(|| format!("{}/{kind}.html", page.section)),
    ];
    // A base template is no layout: front matter must not choose the skeleton of pages as a page.
    let is_usable = |name: &String| has(name) && name != "base.html";
    named.into_iter().flatten().find(is_usable).unwrap_or_else(|| format!("{kind}.html"))
}

/// Makes the page for addresses that are not there.
///
/// # Errors
/// The template fails.
pub(super) fn not_found(emitter: &Emitter, language: usize) -> Result<String, Diagnostic> {
    let site = emitter.site();
    let config = &site.languages[language].config;
    let mut context = emitter.engine.context(language);
    let page = generated_page(config, "404", &not_found_route(config), text("Page not found"));
    context.insert_value("page", page);
    emitter.engine.render(NOT_FOUND, &context, NOT_FOUND)
}

/// Shows a page that nobody wrote.
pub(in crate::render) fn generated_page(
    config: &Config,
    kind: &'static str,
    route: &Route,
    title: Value,
) -> Value {
    let base = &config.base_url;
    let none = Value::none;
    map([
        ("kind", text(kind)),
        ("title", title.clone()),
        ("link_title", title),
        ("permalink", text(base.absolute(route))),
        ("rel_permalink", text(base.relative(route))),
        ("section", text("")),
        ("type", text(kind)),
        ("language", text(&config.language.tag)),
        ("translations", list([])),
        ("description", text("")),
        ("canonical", none()),
        ("date", none()),
        ("lastmod", none()),
        ("draft", Value::from(false)),
        ("future", Value::from(false)),
        ("expired", Value::from(false)),
        ("heading", none()),
        ("content", text("")),
        ("body", text("")),
        ("toc", text("")),
        ("featured", none()),
        ("excerpt", text("")),
        ("params", map([])),
        ("events", list([])),
        ("has_talks", Value::from(false)),
        ("syndication", list([])),
        ("feed_url", optional_text(None::<&str>)),
        ("feeds", list([])),
        ("print_url", none()),
    ])
}
