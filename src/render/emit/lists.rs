//! Pages that list others: home, sections, terms, and the lists of all terms; cut into slices where they are long.

use tera::Value;

use super::super::conference;
use super::super::recipes::{Maker, Planned, Planner};
use super::super::values::{list, map, number, optional_text, text};
use super::super::views;
use super::pages::{page_context, template_of};
use super::{Emitter, aliases, feeds};
use crate::config::FeedFormat;
use crate::diag::Diagnostic;
use crate::output::Class;
use crate::path::Route;
use crate::site::{Kind, Page, PageId, Site};

/// One slice of a list.
struct Slice<'a> {
    ids: &'a [PageId],
    number: usize,
    total: usize,
}

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let site = planner.site;
    let mut planned = Vec::new();
    for id in site.ids() {
        let page = site.page(id);
        if !page.kind.is_list() || !planner.is_made(page) {
            continue;
        }
        let total = slices(page, listed(page, &planner.main_pages[page.language]), site);
        planned.extend((1..=total).map(|number| {
            planner.recipe(
                &slice_route(site, page, number),
                page.source(),
                Class::Page,
                Maker::Slice(id, number),
            )
        }));
        // Hugo redirects `…/page/1/` to the list itself, also where there is one slice only.
        let pagination = &site.config_of(page).pagination;
        if pagination.aliases && page.kind != Kind::Taxonomy {
            let route = page.route.own(&format!("{}/1/", pagination.path));
            planned.push(aliases::recipe(planner, &route, id));
        }
    }
    planned
}

/// Returns the pages that a list shows.
fn listed<'a>(page: &'a Page, main_pages: &'a [PageId]) -> &'a [PageId] {
    match page.kind {
        Kind::Home => main_pages,
        _ => &page.pages,
    }
}

/// Returns how many slices a list is cut into, at least one; the list of all terms is not cut.
fn slices(page: &Page, ids: &[PageId], site: &Site) -> usize {
    if page.kind == Kind::Taxonomy {
        return 1;
    }
    ids.len().div_ceil(site.config_of(page).pagination.pager_size).max(1)
}

/// Makes one slice of a list, counted from 1.
///
/// # Errors
/// The template fails.
pub(super) fn slice(emitter: &Emitter, id: PageId, number: usize) -> Result<String, Diagnostic> {
    let site = emitter.site();
    let page = site.page(id);
    let all = listed(page, emitter.main_pages(page.language));
    let total = slices(page, all, site);
    let is_cut = page.kind != Kind::Taxonomy;
    let size = if is_cut { site.config_of(page).pagination.pager_size } else { all.len().max(1) };
    let slice = Slice { ids: all.chunks(size).nth(number - 1).unwrap_or_default(), number, total };
    let feed_url = feeds::has_feed(site, page, FeedFormat::Rss)
        .then(|| site.config.base_url.relative(&feeds::route(site, page, FeedFormat::Rss)));
    let mut context = page_context(emitter, id, emitter.article(id), feed_url);
    context.insert_value("paginator", paginator(site, page, &slice));
    if is_cut {
        context.insert_value("terms", list([]));
        context.insert_value("pages", list(slice.ids.iter().map(|id| emitter.summary(*id))));
        context.insert_value("groups", by_year(emitter, slice.ids));
    } else {
        context.insert_value("terms", list(slice.ids.iter().map(|id| views::term(site, *id))));
        context.insert_value("pages", list([]));
        context.insert_value("groups", list([]));
    }
    let template = template_of(emitter, page);
    if number == 1 && template == "section.html" && conference::is_overview(site, page) {
        conference::fill_overview(&mut context, site, page.language);
        return emitter.engine.render("events.html", &context, &page.source());
    }
    emitter.engine.render(&template, &context, &page.source())
}

fn slice_route(site: &Site, page: &Page, number: usize) -> Route {
    let pagination = &site.config_of(page).pagination;
    if number == 1 { page.route.clone() } else { page.route.own(&format!("{}/{number}/", pagination.path)) }
}

/// Groups neighbours of one year; pages without a date come under an empty year.
pub(super) fn by_year(emitter: &Emitter, ids: &[PageId]) -> Value {
    let year = |id: &PageId| emitter.page(*id).date.as_ref().map(|date| date.year());
    list(ids.chunk_by(|a, b| year(a) == year(b)).map(|group| {
        let name = group.first().and_then(year).map(|year| year.to_string()).unwrap_or_default();
        map([("year", text(name)), ("pages", list(group.iter().map(|id| emitter.summary(*id))))])
    }))
}

fn paginator(site: &Site, page: &Page, slice: &Slice<'_>) -> Value {
    if slice.total < 2 {
        return Value::none();
    }
    let url = |number: usize| site.config.base_url.relative(&slice_route(site, page, number));
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
