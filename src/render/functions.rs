//! Functions and filters that templates can call.
//!
//! They look things up in the finished site and return facts. Their one effect is to note pictures and diagnostics.

use std::sync::Arc;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::context::Shared;
use super::pictures::Planned;
use super::values::{data_map, html, map, number, optional_text, text};
use crate::date;
use crate::diag::{Diagnostic, Location, nearest};
use crate::glob::Glob;
use crate::image::Command;
use crate::markdown;
use crate::path::Route;
use crate::site::{Page, PageId, Resource, ResourceFile};
use crate::text::{decode_entities, urlize};

/// Width and height in pixels of the box that stands in for a missing picture in a preview.
pub const PLACEHOLDER_SIZE: (usize, usize) = (480, 160);

/// Names of our functions, for suggestions.
pub(super) const FUNCTIONS: &[&str] = &["image", "resource", "asset", "rel_url", "abs_url", "related"];

/// Names of our filters, and of the engine's that authors use most, for suggestions.
pub(super) const FILTERS: &[&str] = &[
    "date",
    "urlize",
    "plainify",
    "markdown",
    "safe",
    "escape",
    "upper",
    "lower",
    "title",
    "capitalize",
    "trim",
    "replace",
    "truncate",
    "default",
    "length",
    "first",
    "last",
    "join",
    "split",
    "reverse",
    "sort",
    "slice",
    "map",
    "filter",
    "group_by",
    "round",
    "striptags",
];

/// Registers everything under the names that the manual lists.
pub(super) fn register(tera: &mut Tera, shared: &Arc<Shared>) {
    let with = |function: fn(&Shared, &Kwargs, &State<'_>) -> TeraResult<Value>| {
        let shared = Arc::clone(shared);
        move |arguments: Kwargs, state: &State<'_>| function(&shared, &arguments, state)
    };
    tera.register_function("image", with(image));
    tera.register_function("resource", with(resource));
    tera.register_function("asset", with(asset));
    tera.register_function("rel_url", with(rel_url));
    tera.register_function("abs_url", with(abs_url));
    tera.register_function("related", with(super::related::related));
    tera.register_filter("date", format_date);
    let rules = shared.site.config.path_rules;
    tera.register_filter("urlize", move |input: StringInput<'_>, _: Kwargs, _: &State<'_>| {
        urlize(input.as_str(), rules)
    });
    tera.register_filter("plainify", |input: StringInput<'_>, _: Kwargs, _: &State<'_>| {
        caption_text(input.as_str())
    });
    let options = shared.site.config.markdown.clone();
    tera.register_filter("markdown", move |input: StringInput<'_>, _: Kwargs, _: &State<'_>| {
        html(markdown::render_inline(input.as_str(), &options))
    });
}

/// `image(name=, command=, options=, caption=)`: plans a picture from a file of the page's bundle.
///
/// Also takes `args`, the positional arguments of a shortcode, in place of the first three. A mistake is noted at the
/// shortcode's place and an empty picture returned, so that the rest of the page is checked as well; in a preview that
/// picture is a box that shows the mistake.
fn image(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let place = place(state)?;
    let request = PictureRequest::read(arguments)?;
    let page = calling_page(shared, state)?;
    match request.and_then(|request| plan(shared, page, &request).map(|planned| (request, planned))) {
        Ok((request, (resource, planned))) => Ok(show(shared, &request, resource, &planned, &place)),
        Err(problem) => {
            let placeholder = shared.placeholder(&problem, &place);
            let (width_px, height_px) = if placeholder.is_some() { PLACEHOLDER_SIZE } else { (0, 0) };
            let alt = if placeholder.is_some() { problem.message.clone() } else { String::new() };
            shared.note(problem.at(place));
            Ok(map([
                ("url", text(placeholder.unwrap_or_default())),
                ("width", number(width_px)),
                ("height", number(height_px)),
                ("alt", text(alt)),
                ("title", text("")),
                ("byline", Value::none()),
                ("params", map([])),
            ]))
        }
    }
}

/// What a template asks of `image`.
struct PictureRequest {
    name: String,
    command: Command,
    options: String,
    caption: String,
}

impl PictureRequest {
    fn read(arguments: &Kwargs) -> TeraResult<Result<Self, Diagnostic>> {
        let positional = arguments.get::<Vec<Value>>("args")?.unwrap_or_default();
        let argument = |index: usize, name: &str| -> TeraResult<Option<String>> {
            let named = arguments.get::<String>(name)?;
            Ok(named.or_else(|| positional.get(index).map(ToString::to_string)))
        };
        let caption = arguments.get::<String>("caption")?.unwrap_or_default();
        let [name, command, options] =
            [argument(0, "name")?, argument(1, "command")?, argument(2, "options")?];
        let (Some(name), Some(command), Some(options)) = (name, command, options) else {
            let message = "a picture needs a name, a command and a size, in this order and without names";
            return Ok(Err(Diagnostic::error("image-arguments", message)
                .hint("for example `{{< imgproc hall Resize \"600x\" />}}`")));
        };
        Ok(Command::parse(&command).map(|command| Self { name, command, options, caption }))
    }
}

fn plan<'a>(
    shared: &'a Shared,
    page: &'a Page,
    request: &PictureRequest,
) -> Result<(&'a Resource, Planned), Diagnostic> {
    let glob = Glob::new(&format!("**{}*", request.name))?;
    let Some(resource) = Resource::find(&page.resources, &glob) else {
        return Err(no_such_picture(page, &request.name));
    };
    shared
        .pictures
        .plan(&shared.site, resource, request.command, &request.options, true)
        .map(|planned| (resource, planned))
}

fn no_such_picture(page: &Page, name: &str) -> Diagnostic {
    let problem = Diagnostic::error("image-not-found", format!("no picture in this bundle matches `{name}`"));
    let pictures: Vec<&str> = page
        .resources
        .iter()
        .filter(|resource| resource.is_picture())
        .map(|resource| resource.name.as_str())
        .collect();
    match (nearest(name, pictures.iter().copied()), pictures.as_slice()) {
        (Some(name), _) => problem.hint(format!("did you mean `{name}`?")),
        (None, []) if !page.is_bundle() => problem.hint(format!(
            "pictures lie beside an `index.md`: make a folder of this page, `{}/index.md`",
            page.source().rsplit_once('.').map_or("", |(stem, _)| stem)
        )),
        (None, []) => {
            problem.hint("there is no picture in the folder of this page: put one beside its `index.md`")
        }
        (None, pictures) => {
            let shown: Vec<String> = pictures.iter().take(5).map(|name| format!("`{name}`")).collect();
            let rest = if pictures.len() > 5 { " …" } else { "" };
            problem.hint(format!("the folder has {}{rest}", shown.join(", ")))
        }
    }
}

fn show(
    shared: &Shared,
    request: &PictureRequest,
    resource: &Resource,
    planned: &Planned,
    place: &Location,
) -> Value {
    for word in &planned.ignored_words {
        let message = format!("the option `{word}` means nothing here");
        shared.note(Diagnostic::warning("image-option-ignored", message).at(place.clone()));
    }
    let caption = caption_text(&request.caption);
    let alt = if caption.is_empty() { resource.title.clone().unwrap_or_default() } else { caption };
    if alt.is_empty() {
        let message = format!("the picture `{}` has no alternative text", resource.name);
        shared.note(
            Diagnostic::warning("image-alt", message)
                .at(place.clone())
                .hint("write a caption between the tags, or a `title` under `resources` in the front matter"),
        );
    }
    let byline = resource.params.get("byline").and_then(crate::data::scalar_text);
    map([
        ("url", text(shared.site.config.base_url.relative(&planned.route))),
        ("width", number(planned.size.width_px as usize)),
        ("height", number(planned.size.height_px as usize)),
        ("alt", text(alt)),
        ("title", text(resource.title.as_ref().unwrap_or(&resource.path))),
        ("byline", optional_text(byline)),
        ("params", data_map(&resource.params)),
    ])
}

/// A caption may hold HTML; as alternative text it is its words.
fn caption_text(caption: &str) -> String {
    let plain = markdown::plain(caption);
    decode_entities(&plain).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `resource(name=)`: finds a file of the page's bundle by its exact path or by pattern; `none` where there is none.
fn resource(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let name: String = arguments.must_get("name")?;
    let page = calling_page(shared, state)?;
    let wanted = name.trim_start_matches("./");
    let by_path = page.resources.iter().find(|resource| resource.path == wanted || resource.name == wanted);
    let by_glob = || Glob::new(wanted).ok().and_then(|glob| Resource::find(&page.resources, &glob));
    let Some(resource) = by_path.or_else(by_glob) else {
        return Ok(Value::none());
    };
    let ResourceFile::Asset { index, route } = &resource.file else {
        return Ok(Value::none());
    };
    let size = if resource.is_picture() { shared.pictures.probe(&shared.site, *index).ok() } else { None };
    let side = |of: fn(crate::image::Size) -> u32| {
        size.as_ref().map_or_else(Value::none, |(info, _)| number(of(info.size) as usize))
    };
    Ok(map([
        ("rel_permalink", text(shared.site.config.base_url.relative(route))),
        ("name", text(&resource.name)),
        ("title", text(resource.title.as_ref().unwrap_or(&resource.path))),
        ("alt", text(resource.title.as_deref().unwrap_or_default())),
        ("width", side(|size| size.width_px)),
        ("height", side(|size| size.height_px)),
        ("media_type", text(crate::media::media_type(route.as_str()))),
        ("params", data_map(&resource.params)),
    ]))
}

/// `asset(path=)`: the address of a static file; an error where there is none of the path.
fn asset(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let path: String = arguments.must_get("path")?;
    let wanted = path.trim_start_matches('/');
    if !shared.static_paths.contains(wanted) {
        let near = nearest(wanted, shared.static_paths.iter().map(String::as_str));
        let hint = near.map(|name| format!(": did you mean `{name}`?")).unwrap_or_default();
        return Err(Error::message(format!("no static file is called `{wanted}`{hint}")));
    }
    Ok(text(shared.site.config.base_url.relative(&Route::new(&format!("/{wanted}")))))
}

/// `rel_url(path=)`: an address of the site, with the base path before it.
fn rel_url(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let path: String = arguments.must_get("path")?;
    Ok(text(format!("{}{}", shared.site.config.base_url.path(), path.trim_start_matches('/'))))
}

/// `abs_url(path=)`: an address of the site with its host.
fn abs_url(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let path: String = arguments.must_get("path")?;
    Ok(text(format!("{}{}", shared.site.config.base_url, path.trim_start_matches('/'))))
}

/// `date(format=)`: writes an RFC 3339 date in a Go layout, Hugo's own way.
fn format_date(input: StringInput<'_>, arguments: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let layout = arguments.get::<String>("format")?.unwrap_or_else(|| "2 January 2006".to_owned());
    match date::parse(input.as_str(), &jiff::tz::TimeZone::UTC) {
        Some(date) => Ok(date::format_go(&layout, &date)),
        None => Err(Error::message(format!("`{}` is no date", input.as_str()))),
    }
}

fn calling_page<'a>(shared: &'a Shared, state: &State<'_>) -> TeraResult<&'a Page> {
    calling_page_id(shared, state)?
        .map(|id| shared.site.page(id))
        .ok_or_else(|| Error::message("this function can be called in pages and shortcodes only"))
}

/// The page whose template or shortcode calls; none for the page of addresses that are not there.
pub(super) fn calling_page_id(shared: &Shared, state: &State<'_>) -> TeraResult<Option<PageId>> {
    let index = state.get::<usize>("page_index")?;
    Ok(index.and_then(|index| shared.site.id(index)))
}

/// The place of the shortcode that is rendered; the document where a page template calls.
fn place(state: &State<'_>) -> TeraResult<Location> {
    let path = state.get::<String>("source_path")?.unwrap_or_default();
    Ok(match (state.get::<usize>("source_line")?, state.get::<usize>("source_column")?) {
        (Some(line), Some(column)) => Location::position(path, line, column),
        _ => Location::file(path),
    })
}
