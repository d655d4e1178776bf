//! `image` and `resource`: the files of a page's bundle, pictures at the size that a template asks for.

use tera::{Kwargs, State, TeraResult, Value};

use super::texts::caption_text;
use super::{calling_page, place};
use crate::diag::{Diagnostic, Location, nearest};
use crate::glob::Glob;
use crate::image::{Command, Size};
use crate::path::Route;
use crate::render::context::Shared;
use crate::render::photo::{self, Attributes, find_picture, offer};
use crate::render::pictures::{PictureFile, Planned};
use crate::render::values::{data_map, html, map, number, optional_text, text};
use crate::site::{Page, Resource, ResourceFile};

/// Width and height in pixels of the box that stands in for a missing picture in a preview.
pub const PLACEHOLDER_SIZE: (usize, usize) = (480, 160);

/// `image(name=, command=, options=, caption=, decorative=)`: plans a picture from a file of the page's bundle.
///
/// Also takes `args`, the positional arguments of a shortcode, in place of the first three. A mistake is noted at the
/// shortcode's place and an empty picture returned, so that the rest of the page is checked as well; in a preview that
/// picture is a box that shows the mistake.
pub(super) fn image(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let place = place(state)?;
    let request = PictureRequest::read(arguments)?;
    let page = calling_page(shared, state)?;
    match request.and_then(|request| plan(shared, page, &request).map(|planned| (request, planned))) {
        Ok((request, (resource, planned))) => Ok(show(shared, &request, resource, &planned, &place)),
        Err(problem) => Ok(failed(shared, problem, place)),
    }
}

/// Notes a mistake, and returns an empty picture or, in a preview, the box that shows it.
fn failed(shared: &Shared, problem: Diagnostic, place: Location) -> Value {
    let placeholder = shared.placeholder(&problem, &place);
    let (width_px, height_px) = if placeholder.is_some() { PLACEHOLDER_SIZE } else { (0, 0) };
    let alt = if placeholder.is_some() { problem.message.clone() } else { String::new() };
    shared.note(problem.at(place));
    let url = placeholder.unwrap_or_default();
    let size = Size::new(width_px as u32, height_px as u32);
    let attributes = Attributes { alt: alt.clone(), ..Attributes::default() };
    map([
        ("url", text(&url)),
        ("width", number(width_px)),
        ("height", number(height_px)),
        ("alt", text(alt)),
        ("title", text("")),
        ("byline", Value::none()),
        ("params", map([])),
        ("tag", html(photo::plain_tag(&url, Some(size), &attributes))),
    ])
}

/// `photo(src=, alt=, title=, width=, height=, loading=)`: a picture in the sizes and formats that suit a page.
///
/// With `args`, or `name`, `command` and `options`, it is the picture that `image` gives, which stays exactly that size,
/// and offered in twice the pixels as well; with `src`, a file by its path or address, it is the whole picture in the
/// widths of the site. Returns what `image` returns, and `tag`, the element. A `src` that is no picture of the site is
/// shown as it is.
pub(super) fn photo(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    match arguments.get::<String>("src")? {
        Some(src) => whole_photo(shared, arguments, state, &src),
        None => exact_photo(shared, arguments, state),
    }
}

fn exact_photo(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let place = place(state)?;
    let request = PictureRequest::read(arguments)?;
    let page = calling_page(shared, state)?;
    let planned = request.and_then(|request| {
        let resource = find(page, &request.name)?;
        let file = PictureFile::of(&shared.site, resource)?;
        let photo = photo::exact(shared, &file, request.command, &request.options, true)?;
        Ok((request, resource, photo))
    });
    Ok(match planned {
        Ok((request, resource, photo)) => {
            tell_ignored(shared, &photo.ignored_words, &place);
            let alt = alternative_text(shared, &request, resource, &place);
            let attributes = read_attributes(arguments, alt.clone())?;
            let tag = html(photo.tag(shared, &attributes));
            facts(shared, &photo.route, photo.size, &alt, Some(resource), tag)
        }
        Err(problem) => failed(shared, problem, place),
    })
}

fn whole_photo(shared: &Shared, arguments: &Kwargs, state: &State<'_>, src: &str) -> TeraResult<Value> {
    let page = calling_page(shared, state)?;
    let found = find_picture(shared, page, src);
    let resource = found.as_ref().and_then(|found| found.resource);
    let given = arguments.get::<String>("alt")?.unwrap_or_default();
    let title = resource.and_then(|resource| resource.title.clone()).unwrap_or_default();
    let alt = if given.is_empty() { title } else { given };
    let attributes = read_attributes(arguments, alt.clone())?;
    let offered = found.as_ref().and_then(|found| offer(shared, &found.file));
    Ok(match (offered, found) {
        (Some(photo), _) => {
            let tag = html(photo.tag(shared, &attributes));
            facts(shared, &photo.route, photo.size, &alt, resource, tag)
        }
        (None, Some(found)) => {
            let size = shared.pictures.header(&found.file).ok().map(|(info, _)| info.size);
            let address = shared.site.config.base_url.relative(&found.file.route);
            let tag = html(photo::plain_tag(&address, size, &attributes));
            facts(shared, &found.file.route, size.unwrap_or(Size::new(0, 0)), &alt, resource, tag)
        }
        (None, None) => {
            let tag = html(photo::plain_tag(src, None, &attributes));
            map([
                ("url", text(src)),
                ("width", Value::none()),
                ("height", Value::none()),
                ("alt", text(alt)),
                ("tag", tag),
            ])
        }
    })
}

fn read_attributes(arguments: &Kwargs, alt: String) -> TeraResult<Attributes> {
    // A shortcode's `width=300` is a number, one that is not given is empty.
    let read = |name: &str| -> TeraResult<String> {
        Ok(arguments
            .get::<Value>(name)?
            .filter(|value| !value.is_none())
            .map_or_else(String::new, |value| value.to_string()))
    };
    Ok(Attributes {
        alt,
        title: read("title")?,
        sides: [read("width")?, read("height")?],
        loading: read("loading")?,
    })
}

/// `picture(name=)`: says whether there is a picture that `image` would find by this name.
pub(super) fn picture(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let name = arguments.must_get::<String>("name")?;
    let found = calling_page(shared, state).ok().and_then(|page| find(page, &name).ok());
    Ok(Value::from(found.is_some_and(Resource::is_picture)))
}

/// What a template asks of `image`.
struct PictureRequest {
    name: String,
    command: Command,
    options: String,
    caption: String,
    is_decorative: bool,
}

impl PictureRequest {
    fn read(arguments: &Kwargs) -> TeraResult<Result<Self, Diagnostic>> {
        let positional = arguments.get::<Vec<Value>>("args")?.unwrap_or_default();
        let argument = |index: usize, name: &str| -> TeraResult<Option<String>> {
            let named = arguments.get::<String>(name)?;
            Ok(named.or_else(|| positional.get(index).map(ToString::to_string)))
        };
        let caption = arguments.get::<String>("caption")?.unwrap_or_default();
        let is_decorative = arguments.get::<bool>("decorative")?.unwrap_or(false);
        let [name, command, options] =
            [argument(0, "name")?, argument(1, "command")?, argument(2, "options")?];
        let (Some(name), Some(command), Some(options)) = (name, command, options) else {
            let message = "a picture needs a name, a command and a size, in this order and without names";
            return Ok(Err(Diagnostic::error("image-arguments", message)
                .hint("for example `{{< imgproc hall Resize \"600x\" />}}`")));
        };
        Ok(Command::parse(&command).map(|command| Self { name, command, options, caption, is_decorative }))
    }
}

fn plan<'a>(
    shared: &'a Shared,
    page: &'a Page,
    request: &PictureRequest,
) -> Result<(&'a Resource, Planned), Diagnostic> {
    let resource = find(page, &request.name)?;
    shared
        .pictures
        .plan(&shared.site, resource, request.command, &request.options, true)
        .map(|planned| (resource, planned))
}

/// Finds the first picture that a name matches, else the first resource (Docsy's rule: there, a resource that is no picture
/// stops the build).
fn find<'a>(page: &'a Page, name: &str) -> Result<&'a Resource, Diagnostic> {
    let glob = Glob::new(&format!("**{name}*"))?;
    let pictures = page.resources.iter().filter(|resource| resource.is_picture());
    let found = Resource::find(pictures, &glob).or_else(|| Resource::find(&page.resources, &glob));
    found.ok_or_else(|| no_such_picture(page, name))
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
    tell_ignored(shared, &planned.ignored_words, place);
    let alt = alternative_text(shared, request, resource, place);
    facts(shared, &planned.route, planned.size, &alt, Some(resource), Value::none())
}

fn tell_ignored(shared: &Shared, words: &[String], place: &Location) {
    for word in words {
        let message = format!("the option `{word}` means nothing here");
        shared.note(Diagnostic::warning("image-option-ignored", message).at(place.clone()));
    }
}

/// Returns the caption, or else the title; a warning where there is neither.
fn alternative_text(
    shared: &Shared,
    request: &PictureRequest,
    resource: &Resource,
    place: &Location,
) -> String {
    let caption = caption_text(&request.caption);
    let alt = if caption.is_empty() { resource.title.clone().unwrap_or_default() } else { caption };
    if alt.is_empty() && !request.is_decorative {
        let message = format!("the picture `{}` has no alternative text", resource.name);
        shared.note(
            Diagnostic::warning("image-alt", message)
                .at(place.clone())
                .hint("write a caption between the tags, or a `title` under `resources` in the front matter"),
        );
    }
    alt
}

fn facts(
    shared: &Shared,
    route: &Route,
    size: Size,
    alt: &str,
    resource: Option<&Resource>,
    tag: Value,
) -> Value {
    let byline =
        resource.and_then(|resource| resource.params.get("byline")).and_then(crate::data::scalar_text);
    let title = resource.map(|resource| resource.title.as_ref().unwrap_or(&resource.path));
    map([
        ("url", text(shared.site.config.base_url.relative(route))),
        ("width", number(size.width_px as usize)),
        ("height", number(size.height_px as usize)),
        ("alt", text(alt)),
        ("title", text(title.map_or("", String::as_str))),
        ("byline", optional_text(byline)),
        ("params", resource.map_or_else(|| map([]), |resource| data_map(&resource.params))),
        ("tag", tag),
    ])
}

/// `resource(name=)`: finds a file of the page's bundle by its exact path or by pattern; `none` where there is none.
pub(super) fn resource(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let name: String = arguments.must_get("name")?;
    let page = calling_page(shared, state)?;
    let wanted = name.trim_start_matches("./");
    let by_path = page.resources.iter().find(|resource| resource.path == wanted || resource.name == wanted);
    let by_glob = || Glob::new(wanted).ok().and_then(|glob| Resource::find(&page.resources, &glob));
    let Some(resource) = by_path.or_else(by_glob) else {
        return Ok(Value::none());
    };
    let ResourceFile::Asset { index, route, .. } = &resource.file else {
        return Ok(Value::none());
    };
    let size = if resource.is_picture() { shared.pictures.probe(&shared.site, *index).ok() } else { None };
    let side = |of: fn(crate::image::Size) -> u32| {
        size.as_ref().map_or_else(Value::none, |(info, _)| number(of(info.size) as usize))
    };
    Ok(map([
        ("rel_permalink", text(shared.site.config.base_url.relative(route))),
        ("path", text(&resource.path)),
        ("name", text(&resource.name)),
        ("title", text(resource.title.as_ref().unwrap_or(&resource.path))),
        ("alt", text(resource.title.as_deref().unwrap_or_default())),
        ("width", side(|size| size.width_px)),
        ("height", side(|size| size.height_px)),
        ("media_type", text(crate::media::media_type(route.as_str()))),
        ("params", data_map(&resource.params)),
    ]))
}
