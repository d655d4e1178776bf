//! Draws the social cards of a build, as far as the cache does not have them.
//!
//! The photo of a card is made as any other picture is, with one decoding for all that is made of a file, and waits in the
//! cache; a card whose photo cannot be made is drawn without it.

use rayon::prelude::*;

use super::{Content, Outputs, Variant};
use crate::cache::{self, Cache, Lock};
use crate::card::Card;
use crate::diag::{Diagnostic, Location};
use crate::digest::{Digest, Digester};
use crate::image::Drawing;

/// A card that is still to be drawn.
#[derive(Debug, Clone)]
pub struct SocialCard {
    /// What is on it.
    pub card: Card,
    /// The photo in the size that the card wants, as PNG.
    pub photo: Option<Variant>,
    /// The document that it is for, for messages.
    pub producer: String,
}

impl SocialCard {
    /// Returns the digest of everything that decides the pixels.
    pub fn key(&self) -> Digest {
        let photo = self.photo.as_ref().map(|photo| photo.key().to_string()).unwrap_or_default();
        Digester::new().text(&self.card.key().to_string()).text(&photo).finish()
    }

    /// Returns the digest that stands in the card's address, so that no network shows an old one: of its texts, and of the
    /// file of its photo.
    pub fn version(&self) -> Digest {
        let photo = self.photo.as_ref().map(|photo| photo.source.to_string()).unwrap_or_default();
        Digester::new().text(&self.card.key().to_string()).text(&photo).finish()
    }

    /// Draws the card into the cache, where the photo is already.
    ///
    /// # Errors
    /// The cache cannot be read or written.
    pub(super) fn draw(&self, cache: &Cache) -> Result<(), Diagnostic> {
        let failed = |error: std::io::Error| {
            Diagnostic::error("cache-unwritable", format!("the cache cannot be used: {error}"))
        };
        let drawn = || {
            let photo = match &self.photo {
                Some(photo) => cache::find(&cache.picture(photo.key())).map_err(failed)?,
                None => None,
            };
            let photo = photo.map(|bytes| Drawing::from_png(&bytes)).transpose()?;
            cache::put(&cache.picture(self.key()), &self.card.draw(photo.as_ref())?).map_err(failed)
        };
        drawn().map_err(|problem: Diagnostic| problem.at(Location::file(self.producer.clone())))
    }

    /// Leaves the photo out if it is one of those that cannot be made.
    pub(super) fn without(&mut self, failed: &[Digest]) {
        if self.photo.as_ref().is_some_and(|photo| failed.contains(&photo.key())) {
            self.photo = None;
        }
    }
}

/// Returns the cards that the cache lacks.
pub(super) fn missing<'a>(outputs: &'a Outputs, cache: &Cache, lock: &Lock) -> Vec<&'a SocialCard> {
    let cards = outputs.iter().filter_map(|output| match &output.content {
        Content::Card(card) => Some(card.as_ref()),
        _ => None,
    });
    cards.filter(|card| !cache.uses_picture(card.key(), lock)).collect()
}

/// Draws cards, in parallel; those whose photo is one of `failed` without it.
///
/// # Errors
/// The cache cannot be read or written.
pub(super) fn draw_all(
    cards: &[&SocialCard],
    failed: &[Digest],
    cache: &Cache,
    tell: &(dyn Fn() + Sync),
) -> Result<(), Vec<Diagnostic>> {
    let problems: Vec<Diagnostic> = cards
        .par_iter()
        .filter_map(|card| {
            let mut card = (*card).clone();
            card.without(failed);
            let drawn = card.draw(cache);
            tell();
            drawn.err()
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
