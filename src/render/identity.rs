//! Whose site it is, as every page shows it: logo, icons, colours, links to the author elsewhere.
//!
//! Plans the icons that are made of a logo once for a site, not for each page.

use std::borrow::Cow;

use tera::value::Key;
use tera::{Map, Value};

use super::context::Shared;
use super::elsewhere;
use super::emit::archive;
use super::functions::Assets;
use super::pictures::PictureFile;
use super::search;
use super::values::{html, list, map, number, optional_text, text};
use crate::config::{Config, Pair};
use crate::digest::Digest;
use crate::image::Command;
use crate::media::media_type;
use crate::path::Route;
use crate::source::Asset;

/// Names under which authors have icons of their own in `static`, with what browsers take them for.
const OWN_ICONS: [(&str, &str); 8] = [
    ("favicon.ico", "icon"),
    ("favicon.png", "icon"),
    ("favicon.svg", "icon"),
    ("favicons/favicon.ico", "icon"),
    ("favicons/favicon.svg", "icon"),
    ("favicons/android-192x192.png", "icon"),
    ("favicons/apple-touch-icon-180x180.png", "apple-touch-icon"),
    ("apple-touch-icon.png", "apple-touch-icon"),
];

/// Sides in pixels of the icons that are made of a logo.
const ICON_SIDES_PX: [(u32, &str); 3] = [(32, "icon"), (192, "icon"), (180, "apple-touch-icon")];

/// Returns the path of the style sheet that sets what a site changes of the theme's looks.
pub(super) fn style_sheet_path(css: &str) -> String {
    format!("css/look_hw_{}.css", Digest::of(css.as_bytes()).short())
}

/// Shows whose site it is, in one language.
pub(super) fn view(shared: &Shared, language: usize) -> Map {
    let config = &shared.site.languages[language].config;
    let archive = archive::is_there(&shared.site, language);
    let archive = archive.then(|| config.base_url.relative(&archive::archive_route(config)));
    let index = search::is_wanted(config).then(|| config.base_url.relative(&search::index_route(config)));
    let css = config.look.style_sheet();
    let tag = css.map(|css| {
        let path = style_sheet_path(&css);
        Assets::stylesheet_tag(&config.base_url.relative(&Route::new(&path)), css.as_bytes())
    });
    let entries = [
        ("style_sheet", tag.map_or_else(Value::none, html)),
        ("appearance", optional_text(config.look.appearance)),
        ("theme_color", theme_color(config.look.color("sign"))),
        ("logo", logo(shared, config)),
        ("archive_url", optional_text(archive)),
        ("search_index", optional_text(index)),
        ("icons", list(icons(shared, config))),
        ("social", elsewhere::social(&config.params)),
        ("fediverse_creator", optional_text(elsewhere::fediverse_creator(&config.params))),
    ];
    entries.into_iter().map(|(key, value)| (Key::Str(key), value)).collect()
}

fn theme_color(Pair { light, dark }: Pair) -> Value {
    let hex = |color: crate::image::Color| {
        let [red, green, blue, _] = color.0;
        text(format!("#{red:02x}{green:02x}{blue:02x}"))
    };
    map([("light", hex(light)), ("dark", hex(dark))])
}

/// Returns the static file that `params.logo` names.
fn logo_file<'a>(shared: &'a Shared, config: &Config) -> Option<&'a Asset> {
    let written = config.params.get("logo").and_then(serde_json::Value::as_str)?;
    shared.static_file(written.trim_start_matches('/'))
}

fn logo(shared: &Shared, config: &Config) -> Value {
    let Some(asset) = logo_file(shared, config) else { return Value::none() };
    let route = Route::new(&format!("/{}", asset.path));
    let file = PictureFile { asset, route: Cow::Borrowed(&route) };
    let header = shared.pictures.header(&file).ok();
    // Twice the height of the sign, for fine displays.
    let shown =
        header.and_then(|_| shared.pictures.plan_file(&shared.site, &file, Command::Fit, "480x96").ok());
    let side = |side: Option<u32>| side.map_or_else(Value::none, |side| number(side as usize));
    let address = |route: &Route| text(config.base_url.relative(route));
    map([
        ("url", address(shown.as_ref().map_or(&route, |shown| &shown.route))),
        ("width", side(shown.as_ref().map(|shown| shown.size.width_px))),
        ("height", side(shown.as_ref().map(|shown| shown.size.height_px))),
    ])
}

/// Lists the icons of the site: the author's own, else those made of the logo, else the theme's.
fn icons(shared: &Shared, config: &Config) -> Vec<Value> {
    let icon = |route: &Route, rel: &str, sizes: Option<String>| {
        map([
            ("url", text(config.base_url.relative(route))),
            ("rel", text(rel)),
            ("type", text(media_type(route.as_str()))),
            ("sizes", optional_text(sizes)),
        ])
    };
    let own = OWN_ICONS.iter().filter(|(path, _)| shared.static_file(path).is_some());
    let own: Vec<Value> = own.map(|(path, rel)| icon(&Route::new(path), rel, None)).collect();
    if !own.is_empty() {
        return own;
    }
    let Some(asset) = logo_file(shared, config) else {
        let builtin = [("favicon.svg", "icon"), ("apple-touch-icon.png", "apple-touch-icon")];
        return builtin.map(|(path, rel)| icon(&Route::new(path), rel, None)).into();
    };
    let route = Route::new(&format!("/{}", asset.path));
    if asset.path.extension().eq_ignore_ascii_case("svg") {
        return vec![icon(&route, "icon", None)];
    }
    let file = PictureFile { asset, route: Cow::Borrowed(&route) };
    let made = ICON_SIDES_PX.iter().filter_map(|(side, rel)| {
        let options = format!("{side}x{side} png");
        let planned = shared.pictures.plan_file(&shared.site, &file, Command::Fit, &options).ok()?;
        let sizes = format!("{}x{}", planned.size.width_px, planned.size.height_px);
        Some(icon(&planned.route, rel, Some(sizes)))
    });
    made.collect()
}
