//! `sharing_picture`: the picture that a link to a page brings along in social networks.

use std::borrow::Cow;

use tera::{Kwargs, State, TeraResult, Value};

use super::calling_page_id;
use crate::card::SIZE;
use crate::data::text_list;
use crate::glob::Glob;
use crate::image::{Command, Format, Size, fallback_format};
use crate::media::media_type;
use crate::path::{Route, has_scheme};
use crate::render::cards;
use crate::render::context::Shared;
use crate::render::photo;
use crate::render::pictures::PictureFile;
use crate::render::values::{map, number, optional_text, text};
use crate::site::{Page, Resource};

/// The longest side of a picture that the author names: it is shared whole.
const NAMED_MAX_PX: u32 = 1200;

/// Names of pictures of a bundle that are for sharing, the better first (Hugo 0.168, its template for Open Graph).
const OWN: [&[&str]; 2] = [&["*feature*"], &["*cover*", "*thumbnail*"]];

/// A picture to be shared.
pub(super) struct Shareable<'a> {
    /// Its address with the host.
    pub(super) url: String,
    pub(super) size: Option<Size>,
    /// What is to be seen; the title of the page where nobody says.
    alt: Option<&'a str>,
}

/// `sharing_picture()`: `url`, `width`, `height`, `media_type` and `alt` of the page's picture; `none` where it has none.
///
/// In this order: the first of `images` in front matter, a picture of the bundle called `feature`, `cover` or `thumbnail`,
/// the social card, the first of `images` in the site's parameters. Addresses are for others to fetch, so there is none
/// where the site does not say where it lives.
pub(super) fn sharing_picture(shared: &Shared, _: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let page = calling_page_id(shared, state)?.map(|id| shared.site.page(id));
    let Some((page, found)) = page.and_then(|page| Some((page, shared_picture(shared, page)?))) else {
        return Ok(Value::none());
    };
    let Shareable { url, size, alt } = found;
    let side = |side: fn(Size) -> u32| size.map_or_else(Value::none, |size| number(side(size) as usize));
    let title = if page.title.is_empty() { &page.link_title } else { &page.title };
    let media_type = Some(media_type(&url)).filter(|media_type| media_type.starts_with("image/"));
    Ok(map([
        ("width", side(|size| size.width_px)),
        ("height", side(|size| size.height_px)),
        ("media_type", optional_text(media_type)),
        ("alt", text(alt.unwrap_or(title))),
        ("url", text(url)),
    ]))
}

/// Chooses the picture of a page for others; none where the site does not say where it lives.
pub(super) fn shared_picture<'a>(shared: &'a Shared, page: &'a Page) -> Option<Shareable<'a>> {
    shared.site.config.base_url.has_origin().then_some(())?;
    let named = |params: Option<&serde_json::Value>| text_list(params?).into_iter().next();
    let of_page = named(page.params().and_then(|params| params.get("images")));
    match of_page {
        Some(address) => Some(named_picture(shared, page, &address)),
        None => own_picture(shared, page).or_else(|| card(shared, page)).or_else(|| {
            let of_site = named(shared.site.config_of(page).params.get("images"))?;
            Some(named_picture(shared, page, &of_site))
        }),
    }
}

/// Takes a picture that the author names by its name in the bundle, its path in `static` or its address.
fn named_picture<'a>(shared: &'a Shared, page: &'a Page, address: &str) -> Shareable<'a> {
    let base = &shared.site.config.base_url;
    if has_scheme(address) || address.starts_with("//") {
        return Shareable { url: address.to_owned(), size: None, alt: None };
    }
    let absolute = format!("/{}", address.trim_start_matches('/'));
    let found =
        photo::find_picture(shared, page, address).or_else(|| photo::find_picture(shared, page, &absolute));
    let made = found.and_then(|found| {
        let alt = found.resource.and_then(|resource| resource.title.as_deref());
        whole(shared, &found.file).map(|(route, size)| Shareable {
            url: base.absolute(&route),
            size: Some(size),
            alt,
        })
    });
    made.unwrap_or_else(|| Shareable { url: base.absolute(&Route::new(&absolute)), size: None, alt: None })
}

/// Returns a picture as it is, or, where it is large or of a format that few networks know, a smaller copy.
fn whole<'a>(shared: &Shared, file: &'a PictureFile<'_>) -> Option<(Cow<'a, Route>, Size)> {
    let (info, _) = shared.pictures.header(file).ok()?;
    let is_small = info.size.width_px.max(info.size.height_px) <= NAMED_MAX_PX;
    let is_known = matches!(info.format, Format::Jpeg | Format::Png | Format::Gif);
    if is_small && is_known {
        return Some((Cow::Borrowed(file.route.as_ref()), info.size));
    }
    let format = if is_known { fallback_format(info.format) } else { Format::Jpeg };
    let words = format!("{NAMED_MAX_PX}x{NAMED_MAX_PX} {}", format.word());
    let planned = shared.pictures.plan_file(&shared.site, file, Command::Fit, &words).ok()?;
    Some((Cow::Owned(planned.route), planned.size))
}

/// Takes the picture of the bundle that is called so, cut to the shape of a card.
fn own_picture<'a>(shared: &'a Shared, page: &'a Page) -> Option<Shareable<'a>> {
    let pictures = || page.resources.iter().filter(|resource| resource.is_picture());
    let is_called = |resource: &&Resource, patterns: &[&str]| {
        let glob = |pattern: &&str| Glob::new(pattern).is_ok_and(|glob| glob.matches(&resource.name));
        patterns.iter().any(glob)
    };
    let resource =
        OWN.iter().find_map(|patterns| pictures().find(|resource| is_called(resource, patterns)))?;
    let file = PictureFile::of(&shared.site, resource).ok()?;
    let size = cards::shared_size(shared.pictures.header(&file).ok()?.0.size)?;
    let words = format!("{}x{} jpg", size.width_px, size.height_px);
    let planned = shared.pictures.plan_file(&shared.site, &file, Command::Fill, &words).ok()?;
    let url = shared.site.config.base_url.absolute(&planned.route);
    Some(Shareable { url, size: Some(planned.size), alt: resource.title.as_deref() })
}

fn card<'a>(shared: &Shared, page: &Page) -> Option<Shareable<'a>> {
    let route = cards::plan(shared, page)?;
    Some(Shareable { url: shared.site.config.base_url.absolute(&route), size: Some(SIZE), alt: None })
}
