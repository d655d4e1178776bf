//! Looks for files of bundles that nothing uses, and for ids that a page has twice.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::{Checked, Sheet};
use crate::diag::{Diagnostic, Location};
use crate::output::Content;
use crate::site::{Page, Resource, ResourceFile};

/// Names of pictures that lists, feeds and social networks look for, whether a page names them or not.
const LOOKED_FOR: [&str; 4] = ["featured", "feature", "cover", "thumbnail"];

/// Returns the ids that stand more than once in a page.
pub(super) fn repeated_ids(sheet: &Sheet<'_>) -> Vec<Finding> {
    let ids = sheet.facts.repeated_ids.iter();
    ids.map(|id| {
        let diagnostic =
            Diagnostic::warning("id-duplicate", format!("the id `{id}` stands more than once in the page"))
                .hint("links and scripts find the first alone");
        let needles =
            vec![format!("id=\"{id}\""), format!("id='{id}'"), format!("id={id}"), format!("#{id}}}")];
        sheet.finding(diagnostic, needles)
    })
    .collect()
}

/// Returns a note for every file of a bundle that no page names, and of which nothing is made that one does.
pub(super) fn unused(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let used = used_sources(checked);
    let mut found = Vec::new();
    for page in checked.site.pages.iter().filter(|page| page.is_bundle() && page.is_rendered()) {
        for resource in &page.resources {
            let ResourceFile::Asset { index, is_inherited: false, .. } = &resource.file else { continue };
            let Some(asset) = checked.site.assets.get(*index) else { continue };
            if used.contains(asset.source.as_str()) || is_named(page, resource) || is_for_templates(resource)
            {
                continue;
            }
            let diagnostic = Diagnostic::note("file-unused", "nothing uses this file, and it is published");
            found.push(diagnostic.at(Location::file(asset.source.as_str())));
        }
    }
    found
}

/// Returns the paths of the files that pages name, or that are behind what pages name.
fn used_sources<'a>(checked: &Checked<'a>) -> BTreeSet<&'a str> {
    let mut used = BTreeSet::new();
    for sheet in checked.sheets.iter().flatten() {
        for reference in &sheet.facts.references {
            let Some(output) = checked.output_at(&sheet.route, &reference.target) else { continue };
            match &output.content {
                Content::Picture(variant) => used.insert(variant.asset.source.as_str()),
                Content::PictureFile(asset, _) | Content::Copy(asset) => used.insert(asset.source.as_str()),
                Content::Card(card) => {
                    card.photo.as_ref().is_some_and(|photo| used.insert(photo.asset.source.as_str()))
                }
                Content::Bytes(_) => false,
            };
        }
    }
    used
}

/// Kinds of file that templates read, and readers never see by themselves.
const FOR_TEMPLATES: [&str; 10] = ["css", "scss", "js", "mjs", "json", "yaml", "yml", "toml", "csv", "xml"];

/// Says whether a file is one that templates of the author's may read.
fn is_for_templates(resource: &Resource) -> bool {
    let extension = resource.path.rsplit_once('.').map_or("", |(_, extension)| extension);
    FOR_TEMPLATES.iter().any(|kind| kind.eq_ignore_ascii_case(extension))
}

/// Says whether a page's text names a file, though perhaps for others to read, or whether its name is a request by itself.
fn is_named(page: &Page, resource: &Resource) -> bool {
    let file = resource.path.rsplit('/').next().unwrap_or(&resource.path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let lower = stem.to_lowercase();
    LOOKED_FOR.iter().any(|name| lower.contains(name))
        || page.content.as_ref().is_some_and(|content| content.text().contains(file))
}
