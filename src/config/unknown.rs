//! Reads what becomes of unknown shortcodes: `unknownShortcodes`, a key of our own.

use serde_json::{Map, Value};

use super::ConfigFile;
use super::keys::place;
use crate::data::scalar_text;
use crate::diag::Diagnostic;
use crate::markdown::shortcode::Unknown;

/// Reads the rule; errors where none is given, as on the command line.
///
/// # Errors
/// The value is no rule.
pub(super) fn read_unknown_shortcodes(
    map: &Map<String, Value>,
    files: &[ConfigFile],
) -> Result<Unknown, Diagnostic> {
    let Some(written) = map.get("unknownshortcodes").and_then(scalar_text) else {
        return Ok(Unknown::default());
    };
    Unknown::named(&written).ok_or_else(|| {
        Diagnostic::error("config-unknown-shortcodes", format!("`unknownShortcodes` cannot be `{written}`"))
            .at(place("unknownshortcodes", files))
            .hint("use `error`, `warn` or `inner`")
    })
}
