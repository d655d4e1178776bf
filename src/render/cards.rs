//! Plans the social cards of posts: what is told on them, which photo, and where they are published.
//!
//! Front matter has no one way to say what a post is about: the keys are those that authors use. Nothing is drawn here.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value};

use super::context::Shared;
use super::pictures::PictureFile;
use super::words;
use crate::card::{Card, CardOptions, Facts, OwnFont, SIZE};
use crate::config::Config;
use crate::data::{flag, scalar_text};
use crate::diag::{Diagnostic, Location};
use crate::image::{self, Command, Size};
use crate::output::{SocialCard, Variant};
use crate::path::{OutputPath, Route};
use crate::site::{Kind, Page};
use crate::source::read_asset;

/// Pictures of a bundle that are looked at: the first of them may be logos.
const LOOKED_AT_MAX: usize = 4;

/// The cards of one build.
#[derive(Debug, Default)]
pub(super) struct Cards {
    wanted: Mutex<BTreeMap<OutputPath, SocialCard>>,
    /// Fonts by their paths; none where there is no such font, which has been told.
    fonts: Mutex<BTreeMap<String, Option<OwnFont>>>,
}

impl Cards {
    /// Returns a card that was asked for.
    pub(super) fn find(&self, path: &OutputPath) -> Option<SocialCard> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    /// Hands over all cards that were asked for.
    pub(super) fn take_wanted(&self) -> BTreeMap<OutputPath, SocialCard> {
        std::mem::take(&mut *self.wanted.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Plans the card of a post, and notes it to be drawn; none where it has none.
///
/// A post is a regular page with a date; `socialCards` in front matter decides for a single page.
pub(super) fn plan(shared: &Shared, page: &Page) -> Option<Route> {
    let config = shared.site.config_of(page);
    let written = page.params().and_then(|params| params.get("socialcards")).and_then(flag);
    let is_wanted = written.unwrap_or(config.cards.is_on && page.date.is_some());
    if !is_wanted || page.kind != Kind::Page {
        return None;
    }
    let empty = Map::new();
    let params = page.params().unwrap_or(&empty);
    let date = page.date.as_ref().map(|date| words::written_date(config, date)).unwrap_or_default();
    let facts = Facts {
        title: if page.title.is_empty() { &page.link_title } else { &page.title },
        event: &event(params),
        place: &place(params),
        date: &date,
        site: &config.title,
    };
    let card = Card::new(&facts, config.cards.color, own_font(shared, config));
    let photo = photo(shared, page, card.photo_size(), &config.cards);
    let card = SocialCard { card, photo, producer: page.source() };
    let route = page.route.own(&format!("card_hw_{}.png", card.version().short()));
    // A route that is no file is told for the page itself.
    let path = route.output().ok()?;
    shared.cards.wanted.lock().unwrap_or_else(PoisonError::into_inner).insert(path, card);
    Some(route)
}

/// Plans the first picture of the bundle that is large enough for a card; one called `featured` comes first.
fn photo(shared: &Shared, page: &Page, size: Size, options: &CardOptions) -> Option<Variant> {
    let is_featured = |path: &str| path.to_lowercase().contains("feature");
    let mut pictures: Vec<_> = page.resources.iter().filter(|resource| resource.is_picture()).collect();
    pictures.sort_by_key(|resource| !is_featured(&resource.path));
    let [red, green, blue, _] = options.color.0;
    let words = format!("{}x{} png #{red:02x}{green:02x}{blue:02x}", size.width_px, size.height_px);
    pictures.into_iter().take(LOOKED_AT_MAX).find_map(|resource| {
        let file = PictureFile::of(&shared.site, resource).ok()?;
        let (info, source) = shared.pictures.header(&file).ok()?;
        // A logo has a palette, most often; what is enlarged by more than a third looks it.
        let is_large = |side: u32, wanted: u32| u64::from(side) * 4 >= u64::from(wanted) * 3;
        let fits = info.scales_well
            && is_large(info.size.width_px, size.width_px)
            && is_large(info.size.height_px, size.height_px);
        let spec = image::parse_spec(Command::Fill, &words, &shared.site.config.imaging).ok()?;
        let plan = image::plan(&info, &spec).ok().filter(|_| fits)?;
        Some(Variant { asset: file.asset.clone(), source, info, spec, plan, is_asked_for: false })
    })
}

/// Returns the size in which a picture is shared: that of a card, or less of the same shape; none if it is too small.
pub(super) fn shared_size(source: Size) -> Option<Size> {
    // What is smaller than that is shown as a thumbnail beside the text.
    const WIDTH_MIN_PX: u32 = 600;
    let width_px = SIZE.width_px.min(source.width_px).min(source.height_px.saturating_mul(40) / 21);
    let height_px = (width_px * SIZE.height_px).div_ceil(SIZE.width_px).min(source.height_px);
    (width_px >= WIDTH_MIN_PX).then_some(Size { width_px, height_px })
}

/// Returns the author's font, which is read when the first card asks for it.
fn own_font(shared: &Shared, config: &Config) -> Option<OwnFont> {
    let path = config.cards.font.as_deref()?.trim_start_matches('/');
    let mut fonts = shared.cards.fonts.lock().unwrap_or_else(PoisonError::into_inner);
    let read = || {
        let Some(asset) = shared.static_file(path) else {
            let message = format!("`imaging.cardFont` is `{path}`, and no static file is called so");
            let fonts = shared.static_paths.iter().map(String::as_str);
            let fonts = fonts.filter(|path| path.ends_with(".ttf") || path.ends_with(".otf"));
            return Err(Diagnostic::error("card-font", message).did_you_mean(path, fonts));
        };
        read_asset(asset)
            .and_then(OwnFont::new)
            .map_err(|problem| problem.at(Location::file(asset.source.as_str())))
    };
    let known = fonts.entry(path.to_owned()).or_insert_with(|| match read() {
        Ok(font) => Some(font),
        Err(problem) => {
            shared.note(problem);
            None
        }
    });
    known.clone()
}

/// Returns the name of the event that a post is about; empty where front matter does not say.
fn event(params: &Map<String, Value>) -> String {
    let named = |value: &Value| match first(value) {
        Value::Object(event) => {
            let name = text(event, &["name", "title"])?;
            let edition = text(event, &["edition"]).filter(|edition| !name.contains(edition.as_str()));
            Some(edition.map_or(name.clone(), |edition| format!("{name} {edition}")))
        }
        // A path names a page about the event.
        other => scalar_text(other).filter(|name| !name.contains('/')),
    };
    ["event", "conference"].iter().filter_map(|key| params.get(*key)).find_map(named).unwrap_or_default()
}

/// Returns where it was, as `City, Country`; empty where front matter does not say.
fn place(params: &Map<String, Value>) -> String {
    let of_event = ["event", "conference"].iter().filter_map(|key| params.get(*key)).find_map(|value| {
        let event = first(value).as_object()?;
        within(event).or_else(|| PLACES.iter().find_map(|key| located(event.get(*key)?)))
    });
    let of_page = || PLACES.iter().find_map(|key| located(params.get(*key)?));
    of_event.or_else(of_page).unwrap_or_default()
}

/// Keys under which a place is written, as a text or a map.
const PLACES: [&str; 3] = ["location", "place", "where"];

fn located(value: &Value) -> Option<String> {
    match first(value) {
        Value::Object(place) => within(place).or_else(|| text(place, &["name"])),
        other => scalar_text(other).filter(|place| !place.trim().is_empty()),
    }
}

/// Returns city and country of a map that has a city.
fn within(map: &Map<String, Value>) -> Option<String> {
    let city = text(map, &["city", "locality"])?;
    let country = text(map, &["country"]);
    Some(country.map_or(city.clone(), |country| format!("{city}, {country}")))
}

/// Returns the first of a list, or the value itself.
fn first(value: &Value) -> &Value {
    value.as_array().map_or(value, |items| items.first().unwrap_or(&Value::Null))
}

/// Returns the first of some keys that has a text.
fn text(map: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| scalar_text(map.get(*key)?)).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn event_and_place_are_read_as_authors_write_them() {
        let table = [
            (json!({"event": "FOSDEM 2024", "location": "Brussels"}), ("FOSDEM 2024", "Brussels")),
            (
                json!({"event": {"name": "CfgMgmtCamp", "edition": 2026, "city": "Ghent", "country": "BE"}}),
                ("CfgMgmtCamp 2026", "Ghent, BE"),
            ),
            (
                json!({"event": {"name": "RustConf 2023", "edition": "2023", "location": "Albuquerque"}}),
                ("RustConf 2023", "Albuquerque"),
            ),
            (
                json!({"event": [{"name": "Black Hat"}, "KubeCon"], "place": {"name": "Las Vegas"}}),
                ("Black Hat", "Las Vegas"),
            ),
            (
                json!({"conference": {"name": "Devoxx", "city": "Paris", "country": "France"}}),
                ("Devoxx", "Paris, France"),
            ),
            (
                json!({"location": {"latitude": 1.5, "locality": "Gent", "country": "Belgium"}}),
                ("", "Gent, Belgium"),
            ),
            (json!({"event": "2020/fosdem", "where": "Online"}), ("", "Online")),
            (json!({"event": {"start": "2024-01-01"}, "location": null}), ("", "")),
            (json!({"event": [], "location": ["Oslo", "Bergen"]}), ("", "Oslo")),
        ];
        for (params, expected) in table {
            let Value::Object(params) = params else { unreachable!() };
            assert_eq!((event(&params).as_str(), place(&params).as_str()), expected, "{params:?}");
        }
    }

    #[test]
    fn a_shared_picture_has_the_shape_of_a_card_and_is_not_enlarged() {
        let table = [
            ((4032, 3024), Some((1200, 630))),
            ((1200, 630), Some((1200, 630))),
            ((1000, 1000), Some((1000, 525))),
            ((2000, 400), Some((761, 400))),
            ((600, 315), Some((600, 315))),
            ((599, 800), None),
            ((2000, 300), None),
        ];
        for ((width, height), expected) in table {
            let size = shared_size(Size::new(width, height)).map(|size| (size.width_px, size.height_px));
            assert_eq!(size, expected, "{width}x{height}");
        }
    }
}
