//! Collects the photos of a gallery, and plans a small picture of each.
//!
//! How they stand on the page is the template's and the style sheet's business.

use tera::{Kwargs, Map, State, TeraResult, Value};

use super::super::context::Shared;
use super::super::functions::{calling_page, place};
use super::super::values::{list, map, number, text};
use super::{argument, option};
use crate::diag::{Diagnostic, Location, nearest};
use crate::glob::Glob;
use crate::image::Command;
use crate::media::media_type;
use crate::path::Route;
use crate::site::{Page, Resource, ResourceFile};

/// Height of a row in pixels where the author asks for none.
const ROW_HEIGHT_PX: u32 = 180;

/// `gallery(match=, dir=, named=)`: the photos that a pattern, or a folder, has.
///
/// Returns a list; each has `url` of the whole photo, `thumb`, `width` and `height` of the small one, `alt` and `title`.
/// Reads from `named`: `sortOrder` (`asc`, `desc`), `rowHeight` (pixels), `thumbnailResizeOptions` (as of `imgproc`).
pub(super) fn gallery(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let page = calling_page(shared, state)?;
    let place = place(state)?;
    let named = arguments.get::<Map>("named")?.unwrap_or_default();
    let (pattern, folder) = (argument(arguments, "match")?, argument(arguments, "dir")?);
    let mut photos = match Wanted::read(pattern, folder) {
        Ok(wanted) => wanted.photos(shared, page),
        Err(problem) => {
            shared.note(problem.at(place));
            return Ok(list([]));
        }
    };
    if photos.is_empty() {
        shared.note(empty(page, &named).at(place));
        return Ok(list([]));
    }
    if option(&named, "sortOrder").is_some_and(|order| order == "desc") {
        photos.reverse();
    }
    let size = Thumbnails::read(&named);
    Ok(list(photos.into_iter().filter_map(|photo| match photo {
        Photo::Resource(resource) => of_resource(shared, resource, &size, &place),
        Photo::Static(path) => {
            let url = shared.site.config.base_url.relative(&Route::new(&format!("/{path}")));
            Some(facts(&url, &url, None, path, None))
        }
    })))
}

/// Says that there is nothing to show, with the nearest folder or file.
fn empty(page: &Page, named: &Map) -> Diagnostic {
    let asked = option(named, "match").or_else(|| option(named, "dir")).unwrap_or_else(|| "**".to_owned());
    let problem = Diagnostic::warning("gallery-empty", format!("no picture matches `{asked}`"));
    let pictures = || page.resources.iter().filter(|resource| resource.is_picture());
    match (nearest(&asked, pictures().map(|resource| resource.path.as_str())), pictures().next()) {
        (Some(name), _) => problem.hint(format!("did you mean `{name}`?")),
        (None, Some(first)) => problem.hint(format!("the folder of this page has `{}`", first.path)),
        (None, None) => problem.hint("pictures lie beside the page's `index.md`"),
    }
}

/// Which photos an author asks for.
enum Wanted {
    Matching(Glob),
    Within(String),
}

enum Photo<'a> {
    Resource(&'a Resource),
    Static(&'a str),
}

impl Photo<'_> {
    fn path(&self) -> &str {
        match self {
            Self::Resource(resource) => &resource.path,
            Self::Static(path) => path,
        }
    }
}

impl Wanted {
    fn read(pattern: Option<String>, folder: Option<String>) -> Result<Self, Diagnostic> {
        match (pattern, folder) {
            (None, Some(folder)) => {
                let folder = folder.trim_start_matches("./").trim_matches('/').to_owned();
                Ok(Self::Within(if folder.is_empty() { folder } else { folder + "/" }))
            }
            (pattern, _) => Glob::new(pattern.as_deref().unwrap_or("**")).map(Self::Matching),
        }
    }

    /// Returns the photos of the page's bundle, sorted by path; of a folder that is not there, those of `static/`.
    fn photos<'a>(&self, shared: &'a Shared, page: &'a Page) -> Vec<Photo<'a>> {
        let is_wanted = |resource: &&Resource| match self {
            Self::Matching(glob) => glob.matches(&resource.path) || glob.matches(&resource.name),
            Self::Within(folder) => resource.path.starts_with(folder),
        };
        let own = page.resources.iter().filter(|resource| resource.is_picture()).filter(is_wanted);
        let mut photos: Vec<Photo<'a>> = own.map(Photo::Resource).collect();
        if let (true, Self::Within(folder)) = (photos.is_empty(), self) {
            let paths = shared.static_paths.iter().map(String::as_str);
            let here =
                paths.filter(|path| path.starts_with(folder) && media_type(path).starts_with("image/"));
            photos = here.map(Photo::Static).collect();
        }
        photos.sort_by(|a, b| a.path().cmp(b.path()));
        photos
    }
}

/// How small the small pictures are.
struct Thumbnails {
    options: String,
}

impl Thumbnails {
    /// Twice the height of a row, for displays with small pixels; wide pictures are let be four times as wide as high.
    fn read(named: &Map) -> Self {
        let height = option(named, "rowHeight").and_then(|height| height.trim_end_matches("px").parse().ok());
        let height: u32 = height.unwrap_or(ROW_HEIGHT_PX).clamp(60, 480);
        let own = option(named, "thumbnailResizeOptions");
        Self { options: own.unwrap_or_else(|| format!("{}x{} q75", height * 8, height * 2)) }
    }
}

fn of_resource(shared: &Shared, resource: &Resource, size: &Thumbnails, place: &Location) -> Option<Value> {
    let ResourceFile::Asset { route, .. } = &resource.file else {
        return None;
    };
    let base = &shared.site.config.base_url;
    let url = base.relative(route);
    let title = resource.title.as_deref();
    match shared.pictures.plan(&shared.site, resource, Command::Fit, &size.options, true) {
        Ok(planned) => {
            let sides = [planned.size.width_px, planned.size.height_px].map(|side| side as usize);
            Some(facts(&url, &base.relative(&planned.route), title, &resource.path, Some(sides)))
        }
        // A format that cannot be shrunk is shown as it is.
        Err(problem) if problem.code == "image-format-unsupported" => {
            Some(facts(&url, &url, title, &resource.path, None))
        }
        Err(problem) => {
            shared.note(problem.at(place.clone()));
            None
        }
    }
}

fn facts(url: &str, thumb: &str, title: Option<&str>, path: &str, size: Option<[usize; 2]>) -> Value {
    let file_name = path.rsplit('/').next().unwrap_or(path);
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    // A link must have a name: where nobody gave the photo one, it is that of its file.
    let alt = title.map_or_else(|| stem.replace(['-', '_'], " "), str::to_owned);
    let [width, height] = size.map_or_else(|| [Value::none(), Value::none()], |sides| sides.map(number));
    map([
        ("url", text(url)),
        ("thumb", text(thumb)),
        ("width", width),
        ("height", height),
        ("alt", text(alt)),
        ("title", text(title.unwrap_or_default())),
    ])
}
