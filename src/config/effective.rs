//! Tells of every key what its value is, and who set it: a switch of the command line, a file, or nobody.
//!
//! For reports; a build reads the same files by `load`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::ConfigFile;
use super::files::{merge_files, under_its_key};
use super::places::line_of;
use super::reference::{KEYS, OLDER};
use crate::data::{Keys, parse_value};
use crate::diag::{Diagnostic, Location};

/// A key with the value that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Its path: as Hugo spells it, or as the author does where it is his own.
    pub path: Vec<String>,
    /// The value.
    pub value: Value,
    /// Who set it.
    pub origin: Origin,
}

/// Who set a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A switch of the command line, such as `--base-url`.
    Switch(&'static str),
    /// A file.
    File(Location),
    /// Nobody.
    Default,
}

/// A value that the command line sets: the key, the value, the switch.
pub type Override = (&'static str, Value, &'static str);

/// Returns every value that holds, sorted by path without case.
///
/// # Errors
/// One diagnostic for each file that is not in its format.
pub fn effective(files: &[ConfigFile], overrides: &[Override]) -> Result<Vec<Setting>, Vec<Diagnostic>> {
    let merged = merge_files(files)?;
    let mut found: BTreeMap<Vec<String>, Setting> = BTreeMap::new();
    let mut leaves = Vec::new();
    collect(&merged, &mut Vec::new(), &mut leaves);
    for (path, value) in leaves {
        let setting = of_file(&path, value, files);
        found.insert(path, setting);
    }
    for (key, older) in OLDER {
        let (path, older) = (lower(key), lower(older));
        if let Some(setting) = found.get(&older).filter(|_| !is_set(&merged, &path)).cloned() {
            found.insert(path, Setting { path: split(key), ..setting });
        }
    }
    for key in KEYS.iter().filter(|key| !key.default.is_empty()) {
        let path = lower(key.path);
        let is_older_set = found.contains_key(&path);
        if !is_older_set && !is_set(&merged, &path) && !hides(&found, &path) {
            let value = serde_json::from_str(key.default).unwrap_or(Value::Null);
            found.insert(path, Setting { path: split(key.path), value, origin: Origin::Default });
        }
    }
    for (key, value, switch) in overrides {
        let setting = Setting { path: split(key), value: value.clone(), origin: Origin::Switch(switch) };
        found.insert(lower(key), setting);
    }
    Ok(found.into_values().collect())
}

/// Says whether a value stands where the way to a path goes: `sitemap: false` leaves no `sitemap.filename`.
fn hides(found: &BTreeMap<Vec<String>, Setting>, path: &[String]) -> bool {
    (1..path.len()).any(|length| path.get(..length).is_some_and(|part| found.contains_key(part)))
}

fn is_set(map: &Map<String, Value>, path: &[String]) -> bool {
    let Some((last, parents)) = path.split_last() else { return false };
    let map = parents.iter().try_fold(map, |map, key| map.get(key)?.as_object());
    map.is_some_and(|map| map.contains_key(last))
}

/// Collects values that are no maps, and maps that are empty.
fn collect(map: &Map<String, Value>, path: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, Value)>) {
    for (key, value) in map {
        path.push(key.clone());
        match value.as_object().filter(|map| !map.is_empty()) {
            Some(map) => collect(map, path, leaves),
            None => leaves.push((path.clone(), value.clone())),
        }
        path.pop();
    }
}

/// Finds the last file that sets a path, and how it is spelled there.
fn of_file(path: &[String], value: Value, files: &[ConfigFile]) -> Setting {
    for file in files.iter().rev() {
        let text = file.text.trim_start_matches('\u{FEFF}');
        let parsed = parse_value(text, file.format, Keys::AsWritten).ok();
        let Some(Value::Object(map)) = parsed else { continue };
        let map = under_its_key(file, map);
        let Some(spelled) = spelling(&map, path) else { continue };
        let known = known_spelling(path);
        let spelled = spelled.into_iter().enumerate();
        let path: Vec<String> =
            spelled.map(|(index, part)| known.get(index).cloned().unwrap_or(part)).collect();
        return Setting { origin: Origin::File(place(file, &path)), path, value };
    }
    // A value without a file is one that the merge made; there is none today.
    Setting { path: path.to_vec(), value, origin: Origin::Default }
}

fn place(file: &ConfigFile, path: &[String]) -> Location {
    let lower: Vec<String> = path.iter().map(|part| part.to_lowercase()).collect();
    let parts: Vec<&str> = lower.iter().map(String::as_str).collect();
    // The name of a file in a configuration folder stands for the first part.
    let within = line_of(&file.text, file.format, &parts);
    let below = || line_of(&file.text, file.format, parts.get(1..).unwrap_or_default());
    match within.or_else(below) {
        Some(line) => Location { path: file.path.clone(), line: Some(line), column: None },
        None => Location::file(&file.path),
    }
}

/// Returns a path of lower-case keys as a map spells it.
fn spelling(map: &Map<String, Value>, path: &[String]) -> Option<Vec<String>> {
    let (first, rest) = path.split_first()?;
    let (key, value) = map.iter().find(|(key, _)| key.to_lowercase() == *first)?;
    let mut spelled = vec![key.clone()];
    if !rest.is_empty() {
        spelled.extend(spelling(value.as_object()?, rest)?);
    }
    Some(spelled)
}

/// Returns the parts of a path that Hugo has a spelling for.
fn known_spelling(path: &[String]) -> Vec<String> {
    let mut best = Vec::new();
    for key in KEYS {
        let parts = split(key.path);
        let same = parts.iter().zip(path).take_while(|(known, part)| known.to_lowercase() == **part).count();
        if same > best.len() {
            best = parts.into_iter().take(same).collect();
        }
    }
    best
}

fn split(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

fn lower(path: &str) -> Vec<String> {
    split(&path.to_lowercase())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::data::Format;

    fn file(path: &str, text: &str) -> ConfigFile {
        ConfigFile { path: path.to_owned(), text: text.to_owned(), format: Format::Yaml }
    }

    #[test]
    fn the_last_to_set_a_value_is_named() {
        let files = [
            file("hugo.yaml", "baseurl: https://a.example/\ntitle: A\npaginate: 5\n"),
            file("config/_default/params.yaml", "ui:\n  navBar: true\n"),
            file("config/production/hugo.yaml", "\ntitle: B\nsitemap: {changefreq: daily}\n"),
        ];
        let found = effective(&files, &[("baseURL", json!("https://b.example/"), "--base-url")]).unwrap();
        let shown = |path: &str| {
            let setting = found.iter().find(|setting| setting.path.join(".") == path);
            setting.map(|setting| {
                (
                    setting.value.to_string(),
                    match &setting.origin {
                        Origin::Switch(switch) => (*switch).to_owned(),
                        Origin::File(place) => place.to_string(),
                        Origin::Default => "default".to_owned(),
                    },
                )
            })
        };
        for (path, value, origin) in [
            ("baseURL", "\"https://b.example/\"", "--base-url"),
            ("title", "\"B\"", "config/production/hugo.yaml:2"),
            ("pagination.pagerSize", "5", "hugo.yaml:3"),
            ("params.ui.navBar", "true", "config/_default/params.yaml:2"),
            ("sitemap.changeFreq", "\"daily\"", "config/production/hugo.yaml:3"),
            ("sitemap.filename", "\"sitemap.xml\"", "default"),
            ("summaryLength", "70", "default"),
        ] {
            assert_eq!(shown(path), Some((value.to_owned(), origin.to_owned())), "{path}");
        }
    }
}
