//! Collects the photos of a gallery, and plans a small and a large picture of each.
//!
//! How they stand on the page is the template's and the style sheet's business.

mod choice;
mod ratio;

use std::borrow::Cow;

use tera::{Kwargs, Map, State, TeraResult, Value};

use super::super::context::Shared;
use super::super::functions::{calling_page, place};
use super::super::photo::{self, Attributes, find_picture, large};
use super::super::pictures::PictureFile;
use super::super::values::{html, list, map, number, optional_text, text};
use super::{argument, option};
use crate::config::Config;
use crate::data::scalar_text;
use crate::diag::{Diagnostic, Location, nearest};
use crate::glob::Glob;
use crate::image::{Command, Size};
use crate::language::LanguageTag;
use crate::site::{Page, Resource};
use choice::Choice;
use ratio::ratio_class;

pub(in crate::render) use choice::Sorting;

/// Height of a row in pixels where the author asks for none.
const ROW_HEIGHT_PX: u32 = 180;

/// A photo of a gallery.
pub(in crate::render) struct GalleryPhoto<'a> {
    /// The file.
    file: PictureFile<'a>,
    /// Set where it is of the page's bundle.
    resource: Option<&'a Resource>,
    /// By what it is ordered: its path in the bundle, or in `static/`.
    path: Cow<'a, str>,
}

impl<'a> GalleryPhoto<'a> {
    /// Takes a picture of a bundle; none where it is no picture.
    pub(in crate::render) fn of_resource(shared: &'a Shared, resource: &'a Resource) -> Option<Self> {
        let file = resource.is_picture().then(|| PictureFile::of(&shared.site, resource).ok())??;
        Some(Self { file, resource: Some(resource), path: Cow::Borrowed(&resource.path) })
    }

    /// Returns its shorter side in pixels; none of what cannot be read.
    pub(in crate::render) fn shortest_side(&self, shared: &Shared) -> u32 {
        let size = shared.pictures.header(&self.file).map(|(info, _)| info.size);
        size.map_or(0, |size| size.width_px.min(size.height_px))
    }

    /// Whether a pattern matches its path or its name.
    pub(in crate::render) fn is_meant_by(&self, glob: &Glob) -> bool {
        glob.matches(&self.path) || self.resource.is_some_and(|resource| glob.matches(&resource.name))
    }
}

/// `gallery(match=, dir=, named=)`: the photos that a pattern, or a folder, has.
///
/// Returns what [`photos`] does. Reads from `named`: `exclude` (a pattern), `sort` (`name`, `taken`), `sortOrder` or `order`
/// (`asc`, `desc`), `rowHeight` (pixels), `thumbnailResizeOptions` (as of `imgproc`).
pub(super) fn gallery(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let page = calling_page(shared, state)?;
    let place = place(state)?;
    let named = arguments.get::<Map>("named")?.unwrap_or_default();
    let (pattern, folder) = (argument(arguments, "match")?, argument(arguments, "dir")?);
    let (choice, warnings) = match Choice::read(pattern, folder, &named) {
        Ok(read) => read,
        Err(problem) => {
            shared.note(problem.at(place));
            return Ok(list([]));
        }
    };
    warnings.into_iter().for_each(|warning| shared.note(warning.at(place.clone())));
    let found = choice.photos(shared, page);
    if found.is_empty() {
        shared.note(empty(page, &named).at(place));
        return Ok(list([]));
    }
    Ok(photos(shared, shared.site.config_of(page), &found, &Thumbnails::read(&named), &place))
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

/// How small the small pictures are.
#[derive(Debug)]
pub(in crate::render) struct Thumbnails {
    height_px: u32,
    own_options: Option<String>,
}

impl Default for Thumbnails {
    fn default() -> Self {
        Self { height_px: ROW_HEIGHT_PX, own_options: None }
    }
}

impl Thumbnails {
    fn read(named: &Map) -> Self {
        let height = option(named, "rowHeight").and_then(|height| height.trim_end_matches("px").parse().ok());
        let height_px = height.unwrap_or(ROW_HEIGHT_PX).clamp(60, 480);
        Self { height_px, own_options: option(named, "thumbnailResizeOptions") }
    }

    /// Returns the options of a small picture.
    ///
    /// A row that is stretched over the width of the text is about a third higher than was asked for. Where there is one
    /// picture for all displays, it is for those with small pixels. Wide pictures are let be five times as wide as high.
    fn options(&self, is_responsive: bool) -> String {
        let height = if is_responsive { self.height_px * 4 / 3 } else { self.height_px * 2 };
        self.own_options.clone().unwrap_or_else(|| format!("{}x{height}", height * 5))
    }
}

/// Returns what a page says of each photo.
///
/// A list; each has `tag` (the element of the small picture), `link` (the attributes of the link to the large one), `url` of
/// the large one, `ratio` (a class), `number`, `alt`, `title`, `caption` and `byline`, and `thumb`, `width` and `height` of the
/// small one. What cannot be read is noted at `place` and left out.
pub(in crate::render) fn photos(
    shared: &Shared,
    config: &Config,
    photos: &[GalleryPhoto<'_>],
    size: &Thumbnails,
    place: &Location,
) -> Value {
    let each = photos.iter().enumerate().filter_map(|(index, photo)| {
        let words = Words::of(config, photo, index + 1, photos.len());
        let shown = Shown::plan(shared, photo, size, &words.alt);
        match shown {
            Ok(shown) => Some(facts(photo, index + 1, &words, &shown)),
            Err(problem) => {
                shared.note(problem.at(place.clone()));
                None
            }
        }
    });
    list(each)
}

/// What is said of a photo in words.
struct Words {
    alt: String,
    caption: Option<String>,
    byline: Option<String>,
}

impl Words {
    /// The caption is the parameter of this name, or else the title; a link must have a name, so a photo without either is
    /// told by its number.
    fn of(config: &Config, photo: &GalleryPhoto<'_>, number: usize, total: usize) -> Self {
        let param = |name: &str| {
            photo.resource?.params.get(name).and_then(scalar_text).filter(|text| !text.is_empty())
        };
        let title =
            photo.resource.and_then(|resource| resource.title.clone()).filter(|title| !title.is_empty());
        let caption = param("caption").or_else(|| title.clone());
        let alt = param("alt").or(title).or_else(|| caption.clone());
        Self { alt: alt.unwrap_or_else(|| numbered(config, number, total)), caption, byline: param("byline") }
    }
}

/// Returns `Photo 3 of 12` in the language of a configuration.
fn numbered(config: &Config, number: usize, total: usize) -> String {
    let value = |gap: &str| match gap {
        "number" => Some(number.to_string()),
        "total" => Some(total.to_string()),
        _ => None,
    };
    let written = config.words.text(&LanguageTag::new(&config.language.tag), "photo_number", None, value);
    // A site's own word may have a gap that there is nothing for.
    written.unwrap_or_else(|_| format!("{number} / {total}"))
}

/// The pictures that are made of a photo.
struct Shown {
    url: String,
    thumb: String,
    size: Option<Size>,
    link: String,
    tag: String,
}

impl Shown {
    /// Plans both pictures of a photo; a format that cannot be shrunk is shown as it is.
    fn plan(
        shared: &Shared,
        photo: &GalleryPhoto<'_>,
        size: &Thumbnails,
        alt: &str,
    ) -> Result<Self, Diagnostic> {
        let attributes = Attributes { alt: alt.to_owned(), ..Attributes::default() };
        let options = size.options(shared.site.config.imaging.responsive.is_on);
        match photo::exact(shared, &photo.file, Command::Fit, &options, true) {
            Ok(thumb) => {
                let large = large(shared, &photo.file)?;
                Ok(Self {
                    url: large.address(shared),
                    thumb: shared.site.config.base_url.relative(&thumb.route),
                    size: Some(thumb.size),
                    link: large.link(shared),
                    tag: thumb.tag(shared, &attributes),
                })
            }
            Err(problem) if problem.code == "image-format-unsupported" => {
                let url = shared.site.config.base_url.relative(&photo.file.route);
                let tag = photo::plain_tag(&url, None, &attributes);
                let link = format!(" href=\"{}\"", crate::text::escape_html(&url));
                Ok(Self { thumb: url.clone(), url, size: None, link, tag })
            }
            Err(problem) => Err(problem),
        }
    }
}

fn facts(photo: &GalleryPhoto<'_>, position: usize, words: &Words, shown: &Shown) -> Value {
    let side = |of: fn(Size) -> u32| shown.size.map_or_else(Value::none, |size| number(of(size) as usize));
    map([
        ("url", text(&shown.url)),
        ("thumb", text(&shown.thumb)),
        ("width", side(|size| size.width_px)),
        ("height", side(|size| size.height_px)),
        ("tag", html(&shown.tag)),
        ("link", html(&shown.link)),
        ("ratio", text(ratio_class(shown.size))),
        ("number", number(position)),
        ("alt", text(&words.alt)),
        ("title", text(photo.resource.and_then(|resource| resource.title.as_deref()).unwrap_or_default())),
        ("caption", optional_text(words.caption.as_ref())),
        ("byline", optional_text(words.byline.as_ref())),
    ])
}

/// `enlarged(src=)`: the large picture of a file of the bundle or of `static/`, for a figure in a gallery.
///
/// Returns the attributes of a link to it; `none` where it is no picture that can be enlarged.
pub(super) fn enlarged(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let Some(src) = argument(arguments, "src")? else {
        return Ok(Value::none());
    };
    let found = find_picture(shared, calling_page(shared, state)?, &src);
    // What is wrong with the file is told by whoever shows it.
    let large = found.and_then(|found| large(shared, &found.file).ok());
    Ok(large.map_or_else(Value::none, |large| html(large.link(shared))))
}
