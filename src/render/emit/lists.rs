//! Pages that list others: home, sections, terms, and the lists of all terms; cut into slices where they are long.

use rayon::prelude::*;
use tera::Value;

use super::super::article::Article;
use super::super::values::{list, map, number, optional_text, text};
use super::super::views;
use super::pages::{page_context, template_of};
use super::{Emitted, Emitter, feeds, is_made};
use crate::output::{Class, Output};
use crate::path::Route;
use crate::site::{Kind, Page, PageId};

/// One slice of a list.
struct Slice {
    index: usize,
    ids: Vec<PageId>,
    number: usize,
    total: usize,
}

pub(super) fn emit(emitter: &Emitter<'_>, articles: &[Article]) -> Vec<Emitted> {
    let site = &emitter.engine.shared.site;
    let slices: Vec<Slice> = site
        .pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.kind.is_list() && is_made(emitter, page))
        .flat_map(|(index, page)| slices(emitter, index, page))
        .collect();
    let mut made: Vec<Emitted> =
        slices.par_iter().map(|slice| render_slice(emitter, slice, &articles[slice.index])).collect();
    if site.config.pagination.aliases {
        made.extend(
            slices
                .iter()
                .filter(|slice| slice.number == 1)
                .filter_map(|slice| first_page_alias(emitter, slice)),
        );
    }
    made
}

/// Returns the pages that a list shows.
fn listed(emitter: &Emitter<'_>, page: &Page) -> Vec<PageId> {
    match page.kind {
        Kind::Home => emitter.engine.shared.site.main_pages(),
        _ => page.pages.clone(),
    }
}

fn slices(emitter: &Emitter<'_>, index: usize, page: &Page) -> Vec<Slice> {
    let ids = listed(emitter, page);
    let size = emitter.engine.shared.site.config.pagination.pager_size;
    if page.kind == Kind::Taxonomy || ids.is_empty() {
        return vec![Slice { index, ids, number: 1, total: 1 }];
    }
    let total = ids.len().div_ceil(size);
    let cut = |(at, ids): (usize, &[PageId])| Slice { index, ids: ids.to_vec(), number: at + 1, total };
    ids.chunks(size).enumerate().map(cut).collect()
}

fn render_slice(emitter: &Emitter<'_>, slice: &Slice, article: &Article) -> Emitted {
    let site = &emitter.engine.shared.site;
    let page = &site.pages[slice.index];
    let producer = page.source();
    let route = slice_route(emitter, page, slice.number);
    let feed_url = feeds::has_feed(emitter, page).then(|| site.config.base_url.relative(&feeds::route(page)));
    let mut context = page_context(emitter, slice.index, article, feed_url);
    context.insert_value("paginator", paginator(emitter, page, slice));
    if page.kind == Kind::Taxonomy {
        context.insert_value("terms", list(slice.ids.iter().map(|id| views::term(site, *id))));
        context.insert_value("pages", list([]));
        context.insert_value("groups", list([]));
    } else {
        context.insert_value("terms", list([]));
        context.insert_value("pages", list(slice.ids.iter().map(|id| emitter.summary(*id))));
        context.insert_value("groups", by_year(emitter, &slice.ids));
    }
    let path = emitter.path(&route, &producer)?;
    let html = emitter.engine.render(&template_of(emitter, page), &context, &producer)?;
    Ok(Output::text(path, producer, Class::Page, html))
}

fn slice_route(emitter: &Emitter<'_>, page: &Page, number: usize) -> Route {
    let pagination = &emitter.engine.shared.site.config.pagination;
    if number == 1 { page.route.clone() } else { page.route.join(&format!("{}/{number}/", pagination.path)) }
}

/// Groups neighbours of one year; pages without a date come under an empty year.
fn by_year(emitter: &Emitter<'_>, ids: &[PageId]) -> Value {
    let year = |id: &PageId| emitter.page(*id).date.as_ref().map(|date| date.year());
    list(ids.chunk_by(|a, b| year(a) == year(b)).map(|group| {
        let name = group.first().and_then(year).map(|year| year.to_string()).unwrap_or_default();
        map([("year", text(name)), ("pages", list(group.iter().map(|id| emitter.summary(*id))))])
    }))
}

fn paginator(emitter: &Emitter<'_>, page: &Page, slice: &Slice) -> Value {
    if slice.total < 2 {
        return Value::none();
    }
    let base = &emitter.engine.shared.site.config.base_url;
    let url = |number: usize| base.relative(&slice_route(emitter, page, number));
    let entries = shown_numbers(slice.number, slice.total).into_iter().map(|number_shown| {
        map([
            ("number", number(number_shown)),
            ("url", text(if number_shown == 0 { String::new() } else { url(number_shown) })),
            ("is_current", Value::from(number_shown == slice.number)),
        ])
    });
    map([
        ("number", number(slice.number)),
        ("total", number(slice.total)),
        ("prev_url", optional_text((slice.number > 1).then(|| url(slice.number - 1)))),
        ("next_url", optional_text((slice.number < slice.total).then(|| url(slice.number + 1)))),
        ("pages", list(entries)),
    ])
}

/// Returns the numbers to show: the ends, the current one and its neighbours, with 0 for a gap.
fn shown_numbers(current: usize, total: usize) -> Vec<usize> {
    let mut shown = Vec::new();
    for number in
        (1..=total).filter(|number| *number == 1 || *number == total || number.abs_diff(current) <= 1)
    {
        match shown.last() {
            // A gap of one is shown as that number.
            Some(last) if number - last == 2 => shown.push(number - 1),
            Some(last) if number - last > 2 => shown.push(0),
            _ => {}
        }
        shown.push(number);
    }
    shown
}

/// Hugo redirects `…/page/1/` to the list itself, also where there is one slice only.
fn first_page_alias(emitter: &Emitter<'_>, slice: &Slice) -> Option<Emitted> {
    let site = &emitter.engine.shared.site;
    let page = &site.pages[slice.index];
    if page.kind == Kind::Taxonomy {
        return None;
    }
    let route = page.route.join(&format!("{}/1/", site.config.pagination.path));
    Some(super::aliases::redirect(emitter, &route, page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_show_the_ends_and_the_neighbours() {
        assert_eq!(shown_numbers(1, 1), [1]);
        assert_eq!(shown_numbers(1, 3), [1, 2, 3]);
        assert_eq!(shown_numbers(5, 9), [1, 0, 4, 5, 6, 0, 9]);
        assert_eq!(shown_numbers(4, 9), [1, 2, 3, 4, 5, 0, 9]);
        assert_eq!(shown_numbers(9, 9), [1, 0, 8, 9]);
    }
}
