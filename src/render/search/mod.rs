//! Full-text search without a server: an index of every page in pieces, of which a browser loads those that it needs.
//!
//! For each language, below `search/KEY/`: `index.json` names the pieces and their first words, `words_hw_….json` are the
//! pieces, and `N.json` is what a result shows of page number N: title, address, date and text. Pages are numbered from the
//! oldest on, so that a new post leaves the others' files as they are. What a page is found by is the text that readers see;
//! events, series and people that have pages of their own are found as well.
//!
//! Nothing is kept from one build to the next: the index of a thousand posts takes less time than reading it back would.

mod index;
mod words;

use rayon::prelude::*;
use serde_json::json;

use super::conference::{self, Found};
use super::emit::Emitter;
use super::recipes::is_made;
use super::views;
use super::words::written_date;
use crate::config::Config;
use crate::date::rfc3339;
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::markdown;
use crate::output::{Class, Output};
use crate::page::ListOption;
use crate::path::Route;
use crate::site::{Kind, Page, PageId, Site};
use crate::text::decode_entities;

use index::{Counted, Fields, count, pieces};

/// Folder of everything that the search loads.
pub(super) const FOLDER: &str = "search/";

/// Returns the address of the index of a language.
pub(super) fn index_route(config: &Config) -> Route {
    Route::new(&format!("/{FOLDER}{}/index.json", config.language.key))
}

/// Says whether a site has a search at all; `params.search: false` turns it off.
pub(super) fn is_wanted(config: &Config) -> bool {
    config.params.get("search").and_then(crate::data::flag).unwrap_or(true)
}

/// Makes the files of the search in all languages.
///
/// # Errors
/// The path of a file is no good.
pub(super) fn outputs(emitter: &Emitter) -> Vec<Result<Output, Diagnostic>> {
    let languages = 0..emitter.site().languages.len();
    let wanted = languages.filter(|language| is_wanted(&emitter.site().languages[*language].config));
    wanted.flat_map(|language| of_language(emitter, language)).collect()
}

/// What can be found.
enum Entry {
    Page(PageId),
    Conference(Found),
}

/// Returns what can be found in a language, the oldest first.
fn entries(site: &Site, language: usize) -> Vec<Entry> {
    let is_found = |page: &Page| {
        let is_text = matches!(page.kind, Kind::Page | Kind::Section) && page.content.is_some();
        let is_listed = page.content.as_ref().is_none_or(|content| content.front.list == ListOption::Always);
        let excluded = ["exclude_search", "excludefromsearch", "private"].iter().any(|key| {
            page.params().and_then(|params| params.get(*key)).and_then(crate::data::flag).unwrap_or(false)
        });
        page.language == language && is_text && is_listed && !excluded && is_made(site, page)
    };
    let pages = site.ids().filter(|id| is_found(site.page(*id))).map(Entry::Page);
    let mut entries: Vec<Entry> =
        pages.chain(conference::found(site, language).into_iter().map(Entry::Conference)).collect();
    entries.sort_by_cached_key(|entry| match entry {
        Entry::Page(id) => {
            let page = site.page(*id);
            let date = page.date.as_ref();
            (date.map(jiff::Zoned::date), date.map(jiff::Zoned::timestamp), page.route.clone())
        }
        Entry::Conference(found) => (found.day, None, found.route.clone()),
    });
    entries
}

fn of_language(emitter: &Emitter, language: usize) -> Vec<Result<Output, Diagnostic>> {
    let site = emitter.site();
    let config = &site.languages[language].config;
    let entries = entries(site, language);
    if entries.is_empty() {
        return Vec::new();
    }
    let file = |name: &str, class: Class, text: String| {
        let path = index_route(config).own("").join(name).output()?;
        Ok(Output::text(path, "search".to_owned(), class, text))
    };
    let read = |entry: &Entry| match entry {
        Entry::Page(id) => read(emitter, config, *id),
        Entry::Conference(found) => read_found(config, found),
    };
    let read: Vec<(Counted, String)> = entries.par_iter().map(read).collect();
    let (counted, shown): (Vec<Counted>, Vec<String>) = read.into_iter().unzip();
    let mut made: Vec<Result<Output, Diagnostic>> = shown
        .into_iter()
        .enumerate()
        .map(|(number, text)| file(&format!("{number}.json"), Class::Asset, text))
        .collect();
    let mut listed = Vec::new();
    for piece in pieces(&counted) {
        let digest = Digest::of(piece.json.as_bytes()).short();
        made.push(file(&format!("words_hw_{digest}.json"), Class::Asset, piece.json));
        listed.push(json!([piece.first, digest]));
    }
    let index = json!({ "texts": entries.len(), "pieces": listed });
    made.push(file("index.json", Class::Feed, format!("{index}\n")));
    made
}

/// Counts the words of an event, a series or somebody, and writes what a result shows of it.
fn read_found(config: &Config, found: &Found) -> (Counted, String) {
    let terms: Vec<&str> = found.terms.iter().map(String::as_str).collect();
    let counted = count(&Fields { title: &found.title, description: "", terms: &terms, text: &found.text });
    let mut shown = json!({
        "title": found.title,
        "url": config.base_url.relative(&found.route),
        "text": found.text,
        "section": found.section,
    });
    if let Some((day, days)) = found.day.zip(found.days.as_ref()) {
        shown["date"] = json!(days);
        shown["datetime"] = json!(day.to_string());
    }
    (counted, format!("{shown}\n"))
}

/// Counts the words of a page, and writes what a result shows of it.
fn read(emitter: &Emitter, config: &Config, id: PageId) -> (Counted, String) {
    let site = emitter.site();
    let page = site.page(id);
    let article = emitter.article(id);
    let html = article.body.as_ref().unwrap_or(&article.content);
    let plain = markdown::plain(html);
    let decoded = decode_entities(&plain);
    let text = decoded.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = [&page.title, &page.link_title].into_iter().find(|title| !title.is_empty());
    let title = title.map_or("", String::as_str);
    let description = page.content.as_ref().map_or("", |content| content.front.description.as_str());
    let terms = page.terms.values().flatten().map(|id| site.page(*id).link_title.as_str());
    let (event, names) = conference::events_of(site, page.language, id);
    let terms: Vec<&str> = terms.chain(names.iter().map(String::as_str)).collect();
    let counted = count(&Fields { title, description, terms: &terms, text: &text });
    let mut shown = json!({
        "title": title,
        "url": config.base_url.relative(&page.route),
        "text": text,
    });
    if let Some(date) = &page.date {
        shown["date"] = json!(written_date(config, date));
        shown["datetime"] = json!(rfc3339(date));
    }
    if let Some(event) = event {
        shown["event"] = json!(event);
    }
    if let Some(section) = views::section_title(site, page) {
        shown["section"] = json!(section);
    }
    (counted, format!("{shown}\n"))
}
