//! Reads the texts of a Hugo site from all its content folders, and surveys its folders of other kinds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};

use super::{Finding, Standing, Subject, Text};
use crate::data::scalar_text;
use crate::diag::{Diagnostic, Location};
use crate::source::{self, Asset};

/// Folders that Hugo gives a meaning, the key that names each, and what Hallway does with them.
const FOLDERS: &[(&str, &str, Standing, &str)] = &[
    ("archetypes", "archetypedir", Standing::Needless, "new posts are written by hand"),
    (
        "assets",
        "assetdir",
        Standing::NotServed,
        "nothing is compiled: put finished styles and scripts into `static`",
    ),
    ("data", "datadir", Standing::NotServed, "only Go templates could read it"),
    ("i18n", "i18ndir", Standing::Served, "words of the site"),
    ("static", "staticdir", Standing::Served, "copied as it is"),
];

/// Reads all texts, each once.
pub(super) fn read(root: &Path, map: &Map<String, Value>, warnings: &mut Vec<Diagnostic>) -> Vec<Text> {
    let mut texts = Vec::new();
    for file in files(root, map, warnings).into_iter().filter(|file| source::is_markdown(&file.path)) {
        match source::read_plain(&file) {
            Ok(text) => texts.push(Text { source: file.source, text }),
            Err(problem) => warnings.push(problem),
        }
    }
    texts
}

/// Returns what there is besides Markdown: content in other formats, and folders of other kinds.
pub(super) fn survey(root: &Path, map: &Map<String, Value>) -> Vec<Finding> {
    let mut formats: BTreeMap<String, Vec<Asset>> = BTreeMap::new();
    for file in files(root, map, &mut Vec::new()) {
        if source::is_markdown(&file.path) {
            formats.entry("Markdown".to_owned()).or_default().push(file);
        } else if source::is_foreign_content(&file.path) {
            formats.entry(file.path.extension().to_lowercase()).or_default().push(file);
        }
    }
    let formats = formats.into_iter().map(|(name, files)| of_format(name, &files));
    let folders = FOLDERS.iter().filter_map(|(folder, key, standing, note)| {
        let named = map.get(*key).and_then(scalar_text);
        let folder = named.as_deref().unwrap_or(folder);
        let files = source::list(root, folder, &[]).files.len();
        (files > 0).then(|| Finding::new(Subject::Folder, folder, *standing, *note).used(files, 0))
    });
    formats.chain(folders).collect()
}

fn of_format(name: String, files: &[Asset]) -> Finding {
    let (standing, note) = match name.as_str() {
        "Markdown" => (Standing::Served, ""),
        "html" | "htm" => {
            (Standing::NotServed, "not made pages: put them into `static`, or write them in Markdown")
        }
        _ => (Standing::NotServed, "not made pages: only Markdown is"),
    };
    let finding = Finding::new(Subject::ContentFormat, name, standing, note).used(files.len(), files.len());
    match files.first() {
        Some(first) if standing == Standing::NotServed => finding.at(Location::file(first.source.as_str())),
        _ => finding,
    }
}

/// Lists the files of all content folders, each once.
fn files(root: &Path, map: &Map<String, Value>, warnings: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let mut files: BTreeMap<String, Asset> = BTreeMap::new();
    for folder in folders(map) {
        let listing = source::list(root, &folder, &[]);
        warnings.extend(listing.warnings);
        warnings.extend(listing.problems);
        files.extend(listing.files.into_iter().map(|file| (file.source.to_string(), file)));
    }
    files.into_values().collect()
}

/// Returns the content folders that the configuration names, sorted.
fn folders(map: &Map<String, Value>) -> BTreeSet<String> {
    let clean = |folder: String| {
        let folder = folder.trim_start_matches("./").trim_matches('/').to_owned();
        // A folder that is named by a place on the machine, or above the site, is none of the site's.
        (!folder.split('/').any(|part| matches!(part, "" | ".." | "."))).then_some(folder)
    };
    let of = |values: &Map<String, Value>| values.get("contentdir").and_then(scalar_text);
    let languages = map.get("languages").and_then(Value::as_object).into_iter().flatten();
    let of_languages = languages.filter_map(|(_, values)| of(values.as_object()?));
    let mounts = map.get("module").and_then(|module| module.get("mounts")).and_then(Value::as_array);
    let mounted = mounts.into_iter().flatten().filter_map(|mount| {
        let target = mount.get("target").and_then(scalar_text)?;
        let is_content = target == "content" || target.starts_with("content/");
        is_content.then(|| mount.get("source").and_then(scalar_text))?
    });
    let mut folders: BTreeSet<String> =
        of(map).into_iter().chain(of_languages).chain(mounted).filter_map(clean).collect();
    if folders.is_empty() || of(map).is_none() {
        folders.insert("content".to_owned());
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Format, parse};

    #[test]
    fn content_lies_where_any_part_of_the_configuration_says() {
        let cases = [
            ("title: a", "content"),
            ("contentDir: docs/", "docs"),
            (
                "languages: {en: {contentDir: content/en}, fr: {contentDir: ./content/fr}}",
                "content content/en content/fr",
            ),
            ("contentDir: a\nlanguages: {fr: {contentDir: b}}", "a b"),
            (
                "module: {mounts: [{source: notes, target: content/notes}, {source: x, target: static}]}",
                "content notes",
            ),
            ("contentDir: ../elsewhere", "content"),
            ("contentDir: /etc", "etc"),
        ];
        for (config, wanted) in cases {
            let map = parse(config, Format::Yaml).unwrap();
            let found: Vec<String> = folders(&map).into_iter().collect();
            assert_eq!(found.join(" "), wanted, "{config}");
        }
    }
}
