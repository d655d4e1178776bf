//! Finds the folders of content and static files: `contentDir`, `staticDir` and Hugo's `module.mounts`.
//!
//! Does not look at the disk.

use serde_json::{Map, Value};

use super::languages::LanguageValues;
use super::read::{Values, folder};
use crate::data::{scalar_text, text_list};

/// A folder of the site, and where its files stand among the content or the static files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mount {
    /// The folder, relative to the site; empty for the site's own folder.
    pub folder: String,
    /// Path that its files are put below; empty for none.
    pub target: String,
    /// Index of the language of its files that name none.
    pub language: usize,
}

impl Mount {
    /// Returns where a file of the folder stands among the content or static files.
    pub fn place(&self, within: &str) -> String {
        if self.target.is_empty() { within.to_owned() } else { format!("{}/{within}", self.target) }
    }
}

/// Returns the folders of content.
///
/// Mounts of the site's own module take the place of `contentDir` (Hugo 0.168, documented); languages without a folder of
/// their own share one, in which file names tell the language.
pub(super) fn content(languages: &[LanguageValues], default: usize, bare: bool) -> Vec<Mount> {
    let Some(general) = languages.get(default) else {
        return Vec::new();
    };
    let index_of = |key: &str| languages.iter().position(|language| language.language.key == key);
    let mounted = mounts_of(&general.values, "content", |entry| {
        let written = entry.get("lang").or_else(|| {
            entry
                .get("sites")
                .and_then(|sites| sites.get("matrix"))
                .and_then(|matrix| matrix.get("languages"))
        });
        let keys = written.map(text_list).unwrap_or_default();
        keys.first().map_or(Some(default), |key| index_of(&key.to_lowercase()))
    });
    if !mounted.is_empty() {
        return mounted;
    }
    let mut mounts: Vec<Mount> = Vec::new();
    let own = languages.iter().enumerate().filter(|(_, language)| language.has_own_folder);
    let shared = languages.iter().any(|language| !language.has_own_folder).then_some((default, general));
    for (index, language) in own.chain(shared) {
        let values = Values { map: &language.values };
        let name = folder(values.text("contentdir"), if bare { "" } else { "content" });
        if !mounts.iter().any(|mount| mount.folder == name) {
            mounts.push(Mount { folder: name, target: String::new(), language: index });
        }
    }
    mounts
}

/// Returns the folders of static files, those that win last.
pub(super) fn static_files(languages: &[LanguageValues], default: usize, bare: bool) -> Vec<Mount> {
    let Some(general) = languages.get(default) else {
        return Vec::new();
    };
    let mounted = mounts_of(&general.values, "static", |_| Some(default));
    if !mounted.is_empty() {
        return mounted;
    }
    let mut names: Vec<String> = Vec::new();
    for language in languages {
        let values = Values { map: &language.values };
        let mut written = values.list("staticdir");
        written.extend((0..=10).filter_map(|number| values.text(&format!("staticdir{number}"))));
        for name in written.into_iter().map(|name| folder(Some(name), "static")) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() && !bare {
        names.push("static".to_owned());
    }
    let mount = |folder| Mount { folder, target: String::new(), language: default };
    names.into_iter().map(mount).collect()
}

fn mounts_of(
    values: &Map<String, Value>,
    component: &str,
    language_of: impl Fn(&Map<String, Value>) -> Option<usize>,
) -> Vec<Mount> {
    let values = Values { map: values };
    let entries = values.at("module.mounts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mount = |entry: &Map<String, Value>| {
        let text = |key: &str| entry.get(key).and_then(scalar_text).unwrap_or_default();
        let target = text("target").replace('\\', "/");
        let below = target.trim_matches('/').strip_prefix(component)?;
        let is_whole = below.is_empty() || below.starts_with('/');
        let folder = folder(Some(text("source")), component);
        let language = language_of(entry)?;
        is_whole.then(|| Mount { folder, target: below.trim_matches('/').to_owned(), language })
    };
    let mut mounts: Vec<Mount> = Vec::new();
    for mount in entries.iter().filter_map(Value::as_object).filter_map(mount) {
        // A folder has one place.
        if !mounts.iter().any(|other| other.folder == mount.folder) {
            mounts.push(mount);
        }
    }
    mounts
}
