//! Gives every page the files of its bundle, also those that it has from its translations.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Builder;
use crate::config::Configs;
use crate::diag::{Diagnostic, Location};
use crate::page::Content;
use crate::site::PageId;
use crate::site::resources::{self, Resource, ResourceFile};
use crate::site::tree::{Owner, Tree};
use crate::source::Asset;

/// A file of a bundle.
struct File {
    /// Index among the assets.
    index: usize,
    /// Index of its language.
    language: usize,
    /// Path in the bundle.
    rest: String,
    /// The same path without a language: translations of a file have it in common.
    key: String,
}

impl Builder {
    /// Gives every page its files; what belongs to a page that is left out is left out with it.
    pub(super) fn add_resources(
        &mut self,
        tree: &Tree,
        assets: &[Asset],
        configs: &Configs,
        texts: Vec<(Owner, Arc<Content>)>,
    ) {
        let mut bundles: BTreeMap<String, Vec<File>> = BTreeMap::new();
        for (index, asset) in assets.iter().enumerate() {
            if tree.is_foreign_page(asset) {
                self.diagnostics.push(foreign_page(asset));
                continue;
            }
            let Owner { folder, rest } = tree.owner_of(asset);
            let key = configs.split_language(&rest).0.into_owned();
            bundles.entry(folder).or_default().push(File { index, language: asset.language, rest, key });
        }
        let mut found: BTreeMap<PageId, Vec<Resource>> = BTreeMap::new();
        for (folder, files) in &bundles {
            for (id, resource) in self.share(folder, files) {
                found.entry(id).or_default().push(resource);
            }
        }
        for (owner, content) in texts {
            if let Some(id) = self.folders[content.language].get(&owner.folder) {
                found.entry(*id).or_default().push(text_resource(&owner, &content));
            }
        }
        for (id, resources) in found {
            let page = &mut self.pages[id.index()];
            let rules =
                page.content.as_ref().map(|content| content.front.resources.as_slice()).unwrap_or_default();
            page.resources = resources::finish(resources, rules);
        }
    }

    /// Shares the files of a bundle out among its translations.
    ///
    /// A page has the files of its own language, and those of others that its own has no version of, which stay at the
    /// address of their owner (Hugo 0.168, recorded). A file whose language has no such page belongs to the first that
    /// has; Hugo does not publish it.
    fn share(&self, folder: &str, files: &[File]) -> Vec<(PageId, Resource)> {
        let pages: Vec<(usize, PageId)> = self
            .folders
            .iter()
            .enumerate()
            .filter_map(|(language, folders)| Some((language, *folders.get(folder)?)))
            .collect();
        let Some((first, _)) = pages.first().copied() else {
            return Vec::new();
        };
        let owner_of = |file: &File| {
            if pages.iter().any(|(language, _)| *language == file.language) { file.language } else { first }
        };
        let mut shared = Vec::new();
        for (language, id) in &pages {
            for file in files {
                let owner = owner_of(file);
                let is_own = owner == *language;
                let rival = |other: &&File| other.key == file.key && owner_of(other) != owner;
                let is_better = |other: &File| owner_of(other) == *language || owner_of(other) < owner;
                if !is_own && files.iter().filter(rival).any(is_better) {
                    continue;
                }
                let is_copied = is_own || self.configs[*language].duplicates_resources;
                let at = if is_copied { *language } else { owner };
                let page = pages.iter().find(|(language, _)| *language == at).map_or(*id, |(_, page)| *page);
                let route = self.pages[page.index()].route.own(&file.rest);
                let asset = ResourceFile::Asset { index: file.index, route, is_inherited: !is_copied };
                shared.push((*id, resource(file.rest.clone(), asset)));
            }
        }
        shared
    }
}

fn text_resource(owner: &Owner, content: &Content) -> Resource {
    let rest = content.source.as_str().rsplit_once(&owner.folder).map_or("", |(_, rest)| rest);
    let path = rest.trim_start_matches('/').to_owned();
    let mut resource = resource(path, ResourceFile::Text { source: content.source.clone() });
    resource.title = Some(content.front.title.clone()).filter(|title| !title.is_empty());
    resource
}

fn resource(path: String, file: ResourceFile) -> Resource {
    Resource { name: path.clone(), title: None, params: serde_json::Map::new(), path, file }
}

fn foreign_page(asset: &Asset) -> Diagnostic {
    let message = format!("pages in `.{}` are not built", asset.path.extension());
    Diagnostic::warning("content-format", message)
        .at(Location::file(asset.source.as_str()))
        .hint("write it in Markdown, or move the file to `static/` to publish it as it is")
}
