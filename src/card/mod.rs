//! Draws the picture that a link to a post brings along in social networks: a [`Card`] of 1200x630 pixels with title,
//! event, place, date, the site's name and a photo.
//!
//! Pure: what is told comes in as [`Facts`], the photo as pixels, and a PNG goes out, the same bytes for the same input on
//! every machine. Which posts have a card, which photo is on it and where it is kept is decided elsewhere. Fonts are
//! embedded (`fonts/README.md`); what they lack is never drawn as a box.

mod canvas;
mod faces;
mod layout;
mod lines;
mod palette;
mod words;

#[cfg(test)]
mod tests;

use crate::diag::Diagnostic;
use crate::digest::{Digest, Digester};
use crate::image::{Color, Drawing, Size};

pub use faces::OwnFont;

use faces::Faces;
use palette::Palette;
use words::drawable;

/// The size of a card, which all networks show whole.
pub const SIZE: Size = Size::new(1200, 630);

/// Raised when the same card begins to look otherwise.
const LOOKS: u64 = 1;

/// Raised when an embedded font changes.
const FONTS: u64 = 1;

/// What an author says about cards.
#[derive(Clone, Debug, PartialEq)]
pub struct CardOptions {
    /// `imaging.socialCards`: whether posts have cards.
    pub is_on: bool,
    /// `imaging.cardFont`: the path of a font in the folder of static files.
    pub font: Option<String>,
    /// `imaging.cardColor`: the ground.
    pub color: Color,
}

impl Default for CardOptions {
    fn default() -> Self {
        let [red, green, blue] = palette::SIGN;
        Self { is_on: true, font: None, color: Color([red, green, blue, 255]) }
    }
}

/// What a card tells, as it is written; any of it may be empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts<'a> {
    /// The title of the post.
    pub title: &'a str,
    /// The event that it is about.
    pub event: &'a str,
    /// Where that was.
    pub place: &'a str,
    /// When, as readers of the language write it.
    pub date: &'a str,
    /// The name of the site.
    pub site: &'a str,
}

/// A card that can be drawn: all its texts are such as the fonts have.
#[derive(Clone, Debug)]
pub struct Card {
    title: Option<String>,
    event: Option<String>,
    place: Option<String>,
    date: Option<String>,
    site: Option<String>,
    palette: Palette,
    own_font: Option<OwnFont>,
}

impl Card {
    /// Takes of the facts what can be drawn; a title that cannot be is left out as a whole, and so is any other fact.
    pub fn new(facts: &Facts<'_>, color: Color, own_font: Option<OwnFont>) -> Self {
        let faces = Faces::new(own_font.as_ref());
        let taken = |text: &str| drawable(text, &|character| faces.has(character));
        let title = taken(facts.title);
        let has_told = |text: &String| title.as_ref().is_some_and(|title| title == text);
        let [red, green, blue, _] = color.0;
        let (event, place, date, site) =
            (taken(facts.event), taken(facts.place), taken(facts.date), taken(facts.site));
        Self {
            event: event.filter(|event| !has_told(event)),
            place,
            date,
            site: site.filter(|site| !has_told(site)),
            title,
            palette: Palette::of([red, green, blue]),
            own_font,
        }
    }

    /// Returns the size that the photo must have, which is larger where there is no title to draw.
    pub fn photo_size(&self) -> Size {
        if self.title.is_some() { layout::PANEL } else { layout::WIDE }
    }

    /// Returns the digest of all that decides the bytes, the photo aside.
    pub fn key(&self) -> Digest {
        let Self { title, event, place, date, site, palette, own_font } = self;
        let texts = [title, event, place, date, site];
        let key = Digester::new().text("social card").number(LOOKS).number(FONTS);
        let key = texts.iter().fold(key, |key, text| match text {
            Some(text) => key.number(1).text(text),
            None => key.number(0),
        });
        let font = own_font.as_ref().map(|font| font.digest.to_string()).unwrap_or_default();
        key.bytes(&palette.ground).text(&font).finish()
    }

    /// Draws the card as PNG; a photo of another size than the card wants is cut or leaves ground free.
    ///
    /// # Errors
    /// `image-encoding`: it cannot be written.
    pub fn draw(&self, photo: Option<&Drawing>) -> Result<Vec<u8>, Diagnostic> {
        layout::draw(self, photo).to_png()
    }
}
