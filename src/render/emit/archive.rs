//! The archive: every report of a language on one page, by year, and the search where scripts run.
//!
//! A page, redirect or file of the author's at its address takes its place.

use std::collections::BTreeSet;

use super::super::recipes::{Maker, Planned, Planner};
use super::super::values::text;
use super::Emitter;
use super::lists::by_year;
use super::pages::generated_page;
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::output::Class;
use crate::path::Route;
use crate::site::{Kind, Site};

/// What makes it, for messages.
const PRODUCER: &str = "archive";

/// Returns where the archive of a language is.
pub(in crate::render) fn archive_route(config: &Config) -> Route {
    Route::new(&config.language.route("archive/"))
}

/// Says whether a language has an archive, the author's own or ours: any language with a page.
pub(in crate::render) fn is_there(site: &Site, language: usize) -> bool {
    let is_wanted = site.languages[language].config.params.get("archive").and_then(crate::data::flag);
    let mut pages = site.pages.iter().filter(|page| page.language == language);
    is_wanted.unwrap_or(true) && pages.any(|page| page.kind == Kind::Page && page.is_rendered())
}

/// Lists the archives, given all else that is published.
pub(super) fn recipes(planner: &Planner<'_>, planned: &[Planned]) -> Vec<Planned> {
    let taken: BTreeSet<&str> = planned.iter().flatten().map(|recipe| recipe.path.as_str()).collect();
    let languages = planner.site.languages.iter().enumerate();
    let wanted = languages.filter(|(index, _)| is_there(planner.site, *index));
    let made = wanted.map(|(index, language)| {
        planner.recipe(&archive_route(&language.config), PRODUCER, Class::Page, Maker::Archive(index))
    });
    made.filter(|made| made.as_ref().map_or(true, |recipe| !taken.contains(recipe.path.as_str()))).collect()
}

/// Makes the archive of a language.
///
/// # Errors
/// The template fails.
pub(super) fn archive(emitter: &Emitter, language: usize) -> Result<String, Diagnostic> {
    let config = &emitter.site().languages[language].config;
    let mut context = emitter.engine.context(language);
    context.insert_value("page", generated_page(config, "archive", &archive_route(config), text("")));
    context.insert_value("groups", by_year(emitter, emitter.main_pages(language)));
    emitter.engine.render("archive.html", &context, PRODUCER)
}
