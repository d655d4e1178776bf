//! Finds the file that a shortcode names: in the page's bundle, among the static files, or on another site.
//!
//! A name that nothing has is told with the nearest one; the page is made all the same, as Hugo makes it.

use tera::{Kwargs, State, TeraResult, Value};

use super::super::context::Shared;
use super::super::functions::{calling_page, place};
use super::super::values::{map, number, optional_text, text};
use super::{argument, services};
use crate::diag::{Diagnostic, nearest};
use crate::glob::Glob;
use crate::media::media_type;
use crate::path::Route;
use crate::site::{Page, Resource, ResourceFile};

/// A file that a page can link to.
pub(super) enum Found<'a> {
    /// Of the page's bundle.
    Resource(&'a Resource),
    /// Of the site, at this address within it.
    Static(Route),
    /// On another site.
    Elsewhere,
    /// Nowhere.
    Missing,
}

/// `file(src=)`: a file by its name, path or address; `none` where `src` is empty.
///
/// Returns `url`, `name`, `media_type`, `width`, `height`, `title`, `is_local` and `is_picture`.
pub(super) fn file(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let Some(src) = argument(arguments, "src")? else {
        return Ok(Value::none());
    };
    let src = src.trim();
    let page = calling_page(shared, state)?;
    Ok(match find(shared, page, src) {
        Found::Resource(resource) => of_resource(shared, resource),
        Found::Static(route) => {
            facts(&shared.site.config.base_url.relative(&route), src, true, None, [None, None])
        }
        Found::Elsewhere => facts(src, src, false, None, [None, None]),
        Found::Missing => {
            shared.note(not_found(shared, page, src).at(place(state)?));
            facts(src, src, true, None, [None, None])
        }
    })
}

fn of_resource(shared: &Shared, resource: &Resource) -> Value {
    let ResourceFile::Asset { index, route, .. } = &resource.file else {
        return Value::none();
    };
    let info = if resource.is_picture() { shared.pictures.probe(&shared.site, *index).ok() } else { None };
    let size =
        info.map(|(info, _)| [info.size.width_px, info.size.height_px].map(|side| Some(side as usize)));
    let url = shared.site.config.base_url.relative(route);
    facts(&url, &resource.path, true, resource.title.as_deref(), size.unwrap_or_default())
}

fn facts(url: &str, path: &str, is_local: bool, title: Option<&str>, size: [Option<usize>; 2]) -> Value {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let [width, height] = size.map(|side| side.map_or_else(Value::none, number));
    let media_type = media_type(path);
    map([
        ("url", text(url)),
        ("name", text(path.rsplit('/').next().unwrap_or(path))),
        ("media_type", text(media_type)),
        ("width", width),
        ("height", height),
        ("title", optional_text(title)),
        ("is_local", Value::from(is_local)),
        ("is_picture", Value::from(media_type.starts_with("image/"))),
    ])
}

/// Looks for a file: first in the bundle, then among static files, then in other bundles by its address.
pub(super) fn find<'a>(shared: &'a Shared, page: &'a Page, src: &str) -> Found<'a> {
    if services::is_address(src) || src.starts_with("data:") {
        return Found::Elsewhere;
    }
    let path = src.split(['?', '#']).next().unwrap_or(src);
    let inside = path.trim_start_matches("./").trim_start_matches('/');
    let is_asset = |resource: &&Resource| matches!(resource.file, ResourceFile::Asset { .. });
    let mut own = page.resources.iter().filter(is_asset);
    if let Some(resource) = own.find(|resource| resource.path == inside || resource.name == inside) {
        return Found::Resource(resource);
    }
    let base = shared.site.config.base_url.path();
    let without_base = path.strip_prefix(base).unwrap_or(inside);
    if let Some(path) = [inside, without_base].into_iter().find(|path| shared.static_paths.contains(*path)) {
        return Found::Static(Route::new(&format!("/{path}")));
    }
    if path.starts_with('/') {
        let route = Route::new(path);
        let here = |resource: &&Resource| matches!(&resource.file, ResourceFile::Asset { route: other, .. } if *other == route);
        return match shared.site.pages.iter().flat_map(|page| &page.resources).find(here) {
            Some(resource) => Found::Resource(resource),
            None => Found::Missing,
        };
    }
    match Glob::new(inside).ok().and_then(|glob| Resource::find(&page.resources, &glob)).filter(is_asset) {
        Some(resource) => Found::Resource(resource),
        None => Found::Missing,
    }
}

fn not_found(shared: &Shared, page: &Page, src: &str) -> Diagnostic {
    let problem = Diagnostic::warning("file-not-found", format!("there is no file `{src}`"));
    let wanted = src.trim_start_matches("./").trim_start_matches('/');
    let own = page.resources.iter().map(|resource| resource.path.as_str());
    match nearest(wanted, own.chain(shared.static_paths.iter().map(String::as_str))) {
        Some(name) => problem.hint(format!("did you mean `{name}`?")),
        None => problem.hint("files lie beside the page's `index.md`, or in `static/`"),
    }
}
