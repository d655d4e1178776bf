//! Regular pages and the page for addresses that are not there.

use rayon::prelude::*;
use tera::{Context, Value};

use super::super::article::Article;
use super::super::values::{map, number, optional_text, text};
use super::super::views;
use super::{Emitted, Emitter, is_made};
use crate::output::{Class, Output};
use crate::path::Route;
use crate::site::{Kind, Page};

pub(super) fn emit(emitter: &Emitter<'_>, articles: Vec<Article>) -> Vec<Emitted> {
    let site = &emitter.engine.shared.site;
    let mut pages: Vec<Emitted> = articles
        .into_par_iter()
        .zip(&site.pages)
        .enumerate()
        .filter(|(_, (_, page))| page.kind == Kind::Page && is_made(emitter, page))
        .map(|(index, (article, page))| regular_page(emitter, index, page, &article))
        .collect();
    if site.config.makes("404") {
        pages.push(not_found(emitter));
    }
    pages
}

fn regular_page(emitter: &Emitter<'_>, index: usize, page: &Page, article: &Article) -> Emitted {
    let producer = page.source();
    let path = emitter.path(&page.route, &producer)?;
    let context = page_context(emitter, index, article, None);
    let html = emitter.engine.render(&template_of(emitter, page), &context, &producer)?;
    Ok(Output::text(path, producer, Class::Page, html))
}

/// Returns the context of a page of any kind; lists add theirs.
pub(super) fn page_context(
    emitter: &Emitter<'_>,
    index: usize,
    article: &Article,
    feed_url: Option<String>,
) -> Context {
    let site = &emitter.engine.shared.site;
    let page = &site.pages[index];
    let summary = emitter.summaries[index].as_map().cloned().unwrap_or_default();
    let mut context = Context::new();
    context.insert_value("page", views::full(site, page, article, summary, feed_url));
    context.insert_value("page_index", number(index));
    context.insert_value("source_path", text(page.source()));
    context
}

/// Chooses the template: layout before type before section before kind, as far as there is one.
pub(super) fn template_of(emitter: &Emitter<'_>, page: &Page) -> String {
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
    let is_usable = |name: &String| emitter.engine.has(name) && name != "base.html";
    named.into_iter().flatten().find(is_usable).unwrap_or_else(|| format!("{kind}.html"))
}

fn not_found(emitter: &Emitter<'_>) -> Emitted {
    let site = &emitter.engine.shared.site;
    let base = &site.config.base_url;
    let route = Route::new("/404.html");
    let path = emitter.path(&route, "404.html")?;
    let none = Value::none;
    let page = map([
        ("kind", text("404")),
        ("title", text("Page not found")),
        ("link_title", text("Page not found")),
        ("permalink", text(base.absolute(&route))),
        ("rel_permalink", text(base.relative(&route))),
        ("section", text("")),
        ("type", text("404")),
        ("description", text("")),
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
        ("feed_url", optional_text(None::<&str>)),
    ]);
    let mut context = Context::new();
    context.insert_value("page", page);
    let html = emitter.engine.render("404.html", &context, "404.html")?;
    Ok(Output::text(path, "404.html", Class::Page, html))
}
