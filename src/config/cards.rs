//! Reads what the author says about social cards: keys of ours under `imaging`.

use super::ConfigFile;
use super::keys::place;
use super::read::Values;
use crate::card::CardOptions;
use crate::diag::Diagnostic;
use crate::image::Color;

/// Reads `socialCards`, `cardColor` and `cardFont`.
///
/// # Errors
/// `config-imaging` for a value that means nothing.
pub(super) fn read_cards(values: &Values<'_>, files: &[ConfigFile]) -> Result<CardOptions, Diagnostic> {
    let mut options = CardOptions::default();
    let refused = |key: &str, text: &str, expected: &str| {
        Diagnostic::error("config-imaging", format!("`imaging.{key}` is `{text}`"))
            .at(place(key, files))
            .hint(format!("expected {expected}"))
    };
    let text = |key: &str| values.text(key).filter(|text| !text.is_empty());
    if let Some(text) = text("imaging.socialcards") {
        let read = values.flag("imaging.socialcards");
        options.is_on = read.ok_or_else(|| refused("socialCards", &text, "`true` or `false`"))?;
    }
    if let Some(text) = text("imaging.cardcolor") {
        options.color =
            Color::parse(&text).ok_or_else(|| refused("cardColor", &text, "a colour such as `#075e43`"))?;
    }
    options.font = text("imaging.cardfont");
    Ok(options)
}
