//! Finds the Go templates of a Hugo site: its own in `layouts/`, and those of the themes that lie in `themes/`.
//!
//! They are never run. Their names are told to authors who want to translate them.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Asset, list, read_text};
use crate::diag::Diagnostic;

/// Folders of shortcodes below `layouts/`, the newer one first, as Hugo looks for them.
const SHORTCODES: [&str; 2] = ["layouts/_shortcodes", "layouts/shortcodes"];

/// Returns the folders that may hold what Hugo takes from a site, such as `layouts`: the site itself as an empty path,
/// and its themes, sorted.
pub fn components(root: &Path) -> Vec<String> {
    let themes = std::fs::read_dir(root.join("themes")).into_iter().flatten().filter_map(Result::ok);
    let folders = themes.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    let themes = names.into_iter().map(|name| format!("themes/{name}/"));
    std::iter::once(String::new()).chain(themes).collect()
}

/// Reads a text of the site as it is, but for a byte order mark.
///
/// # Errors
/// `file-encoding`: it is no UTF-8; `file-unreadable`: it is gone, or may not be read.
pub fn read_plain(file: &Asset) -> Result<String, Diagnostic> {
    let text = read_text(&file.file, &file.source)?;
    Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
}

/// Lists the Go templates of shortcodes by their lower-case names; the site's own come before those of themes.
pub fn go_shortcodes(root: &Path) -> BTreeMap<String, Asset> {
    let mut found = BTreeMap::new();
    for component in components(root) {
        for folder in SHORTCODES {
            for file in list(root, &format!("{component}{folder}"), &[]).files {
                if let Some(name) = file.path.as_str().strip_suffix(".html") {
                    found.entry(name.to_lowercase()).or_insert(file);
                }
            }
        }
    }
    found
}
