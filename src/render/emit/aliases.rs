//! Redirects from old addresses.

use super::super::recipes::{Maker, Planned, Planner};
use crate::config::{Config, Language};
use crate::diag::Location;
use crate::output::Class;
use crate::path::Route;
use crate::site::{PageId, Site};
use crate::text::escape_html;

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let mut planned = Vec::new();
    for id in planner.site.ids() {
        let page = planner.site.page(id);
        if !page.is_rendered() {
            continue;
        }
        match crate::site::aliases(page, planner.site.config_of(page)) {
            Ok(routes) => planned.extend(routes.iter().map(|route| recipe(planner, route, id))),
            Err(problem) => planned.push(Err(problem.at(Location::file(page.source())))),
        }
    }
    planned.extend(default_language(planner));
    planned
}

/// Hugo's redirect of the default language: from `/en/` to the root, or the other way round.
fn default_language(planner: &Planner<'_>) -> Option<Planned> {
    let site = planner.site;
    let language = &site.languages[site.default_language];
    let Config { language: Language { key, prefix, .. }, redirects_to_default, .. } =
        language.config.as_ref();
    let route = match prefix.as_str() {
        "" if site.is_multilingual() => Route::new(&format!("/{key}/")),
        "" => return None,
        _ => Route::home(),
    };
    redirects_to_default.then(|| recipe(planner, &route, language.home))
}

/// Makes the recipe of a redirect from `route` to a page.
pub(super) fn recipe(planner: &Planner<'_>, route: &Route, id: PageId) -> Planned {
    planner.recipe(route, planner.site.page(id).source(), Class::Alias, Maker::Redirect(id))
}

/// Writes a redirect to a page: for browsers a refresh, for search engines a canonical address.
pub(super) fn redirect(site: &Site, id: PageId) -> String {
    let page = site.page(id);
    let target = escape_html(&site.config.base_url.absolute(&page.route)).into_owned();
    let language = escape_html(&site.config_of(page).language.tag);
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{target}</title>\n\
         <link rel=\"canonical\" href=\"{target}\">\n<meta http-equiv=\"refresh\" content=\"0; url={target}\">\n\
         </head>\n<body><a href=\"{target}\">{target}</a></body>\n</html>\n"
    )
}
