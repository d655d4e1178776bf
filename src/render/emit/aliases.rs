//! Redirects from old addresses.

use super::{Emitted, Emitter};
use crate::diag::Location;
use crate::output::{Class, Output};
use crate::path::Route;
use crate::site::Page;
use crate::text::escape_html;

pub(super) fn emit(emitter: &Emitter<'_>) -> Vec<Emitted> {
    let site = &emitter.engine.shared.site;
    let mut made = Vec::new();
    for page in site.pages.iter().filter(|page| page.is_rendered()) {
        match crate::site::aliases(page) {
            Ok(routes) => made.extend(routes.iter().map(|route| redirect(emitter, route, page))),
            Err(problem) => made.push(Err(problem.at(Location::file(page.source())))),
        }
    }
    made
}

/// Makes the redirect from `route` to a page: for browsers a refresh, for search engines a canonical address.
pub(super) fn redirect(emitter: &Emitter<'_>, route: &Route, page: &Page) -> Emitted {
    let config = &emitter.engine.shared.site.config;
    let source = page.source();
    let path = emitter.path(route, &source)?;
    let target = config.base_url.absolute(&page.route);
    let target = escape_html(&target);
    let language = escape_html(&config.language);
    let html = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{target}</title>\n\
         <link rel=\"canonical\" href=\"{target}\">\n<meta http-equiv=\"refresh\" content=\"0; url={target}\">\n\
         </head>\n<body><a href=\"{target}\">{target}</a></body>\n</html>\n"
    );
    Ok(Output::text(path, source, Class::Alias, html))
}
