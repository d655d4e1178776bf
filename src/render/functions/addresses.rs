//! `rel_url`, `abs_url`, `ref` and `relref`: addresses of files and pages of the site.

use tera::{Kwargs, State, TeraResult, Value};

use super::{calling_page, place};
use crate::diag::Diagnostic;
use crate::path::Route;
use crate::render::context::Shared;
use crate::render::values::text;
use crate::site::links::{NotFound, NotFoundReason, Target, find_page_in};
use crate::site::{Kind, Page, PageId, Site};

/// `rel_url(path=)`: an address of the site, with the base path before it.
pub(super) fn rel_url(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let path: String = arguments.must_get("path")?;
    Ok(text(format!("{}{}", shared.site.config.base_url.path(), path.trim_start_matches('/'))))
}

/// `abs_url(path=)`: an address of the site with its host.
pub(super) fn abs_url(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let path: String = arguments.must_get("path")?;
    Ok(text(format!("{}{}", shared.site.config.base_url, path.trim_start_matches('/'))))
}

/// `ref(path=, lang=, output_format=)`: the permalink of a page that an author's path names.
///
/// Also takes `args`, the positional arguments of a shortcode: path and output format. A path that names no page is
/// noted at the shortcode's place, and an empty address returned.
pub(super) fn absolute_ref(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    page_address(shared, arguments, state, |site, route| site.config.base_url.absolute(route))
}

/// `relref(path=, lang=, output_format=)`: the same without the host.
pub(super) fn relative_ref(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    page_address(shared, arguments, state, |site, route| site.config.base_url.relative(route))
}

fn page_address(
    shared: &Shared,
    arguments: &Kwargs,
    state: &State<'_>,
    address: fn(&Site, &Route) -> String,
) -> TeraResult<Value> {
    let site = shared.site.as_ref();
    let from = calling_page(shared, state)?;
    let request = Reference::read(arguments)?;
    let target = Target::parse(&request.path);
    let fragment = target.fragment.as_ref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
    if target.path.is_empty() && !request.path.trim().is_empty() {
        return Ok(text(fragment));
    }
    match find(site, from, &request, &target) {
        Ok(route) => Ok(text(format!("{}{fragment}", address(site, &route)))),
        Err(problem) => {
            shared.note(problem.at(place(state)?));
            Ok(text(""))
        }
    }
}

/// What `ref` is asked for.
struct Reference {
    path: String,
    language: Option<String>,
    output_format: Option<String>,
}

impl Reference {
    fn read(arguments: &Kwargs) -> TeraResult<Self> {
        let positional = arguments.get::<Vec<Value>>("args")?.unwrap_or_default();
        let at = |index: usize| positional.get(index).map(ToString::to_string);
        // What a shortcode was not given comes as an empty text.
        let named = |name: &str| -> TeraResult<Option<String>> {
            Ok(arguments.get::<String>(name)?.filter(|value| !value.is_empty()))
        };
        Ok(Self {
            path: named("path")?.or_else(|| at(0)).unwrap_or_default(),
            language: named("lang")?,
            output_format: named("output_format")?.or_else(|| at(1)),
        })
    }
}

/// Returns the route of the page, in the output format that is wanted.
fn find(site: &Site, from: &Page, request: &Reference, target: &Target) -> Result<Route, Diagnostic> {
    if request.path.trim().is_empty() {
        return Err(Diagnostic::error("ref-not-found", "the path of a page is missing")
            .hint("for example `{{< ref \"/blog/my-post\" >}}`"));
    }
    let keys = || site.languages.iter().map(|language| language.config.language.key.as_str());
    let language = match &request.language {
        None => from.language,
        Some(wanted) => keys().position(|key| key.eq_ignore_ascii_case(wanted)).ok_or_else(|| {
            let message = format!("the site has no language `{wanted}`");
            let all: Vec<String> = keys().map(|key| format!("`{key}`")).collect();
            Diagnostic::error("ref-not-found", message)
                .hint(format!("the site is written in {}", all.join(", ")))
                .did_you_mean(wanted, keys())
        })?,
    };
    let id = find_page_in(site, language, from, &target.path)
        .map_err(|problem| with_address_hint(&problem, request))?;
    in_format(site, id, request)
}

/// Says what to do about an address of another site, which is no path of a page.
fn with_address_hint(problem: &NotFound, request: &Reference) -> Diagnostic {
    let is_elsewhere = crate::path::has_scheme(&request.path);
    match problem.reason {
        NotFoundReason::Missing(_) if is_elsewhere => {
            problem.diagnostic().hint("this is no page of the site: write a plain link")
        }
        _ => problem.diagnostic(),
    }
}

fn in_format(site: &Site, id: PageId, request: &Reference) -> Result<Route, Diagnostic> {
    let page = site.page(id);
    match request.output_format.as_deref().map(str::to_lowercase).as_deref() {
        None | Some("html") => Ok(page.route.clone()),
        Some("rss") if has_feed(site, page) => Ok(page.route.join("index.xml")),
        Some(format) => {
            let message = format!("the page `{}` has no output format `{format}`", page.path);
            Err(Diagnostic::error("ref-not-found", message)
                .hint("there are `html`, and `rss` for lists that have a feed"))
        }
    }
}

fn has_feed(site: &Site, page: &Page) -> bool {
    let config = site.config_of(page);
    let feeds = &config.feeds;
    let is_made = match page.kind {
        Kind::Home => feeds.home,
        Kind::Section => feeds.section,
        Kind::Taxonomy => feeds.taxonomy,
        Kind::Term => feeds.term,
        Kind::Page => false,
    };
    is_made && config.makes("rss")
}
