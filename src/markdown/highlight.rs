//! Turns code into HTML with classes for colours. This is a stand-in that knows no language.

/// Returns `code` as escaped HTML with spans that never cross a line end; `None` for an unknown language.
pub fn highlight(_code: &str, _language: &str) -> Option<String> {
    None
}
