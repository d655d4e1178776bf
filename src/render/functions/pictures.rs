//! `image` and `resource`: the files of a page's bundle, pictures at the size that a template asks for.

use tera::{Kwargs, State, TeraResult, Value};

use super::texts::caption_text;
use super::{calling_page, place};
use crate::diag::{Diagnostic, Location, nearest};
use crate::glob::Glob;
use crate::image::Command;
use crate::render::context::Shared;
use crate::render::pictures::Planned;
use crate::render::values::{data_map, map, number, optional_text, text};
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

/// `picture(name=)`: says whether there is a picture that `image` would find by this name.
pub(super) fn picture(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let glob = Glob::new(&format!("**{}*", arguments.must_get::<String>("name")?)).ok();
    let found = glob.and_then(|glob| Resource::find(&calling_page(shared, state).ok()?.resources, &glob));
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
    if alt.is_empty() && !request.is_decorative {
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
        ("name", text(&resource.name)),
        ("title", text(resource.title.as_ref().unwrap_or(&resource.path))),
        ("alt", text(resource.title.as_deref().unwrap_or_default())),
        ("width", side(|size| size.width_px)),
        ("height", side(|size| size.height_px)),
        ("media_type", text(crate::media::media_type(route.as_str()))),
        ("params", data_map(&resource.params)),
    ]))
}
