//! Sorts documents and files into the tree of the content folder: who is a page, and who owns which file.
//!
//! Follows Hugo's page bundles (0.168, recorded): everything below a leaf bundle belongs to it, a single page adopts the
//! folder named like it, and what is left over goes to the nearest section, in the end to the home page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::page::{Bundle, Content};
use crate::source::{Asset, is_foreign_content};

/// Which folder each content owns.
pub(super) struct Tree {
    leaves: BTreeSet<String>,
    singles: BTreeSet<String>,
    branches: BTreeSet<String>,
}

/// The owner of a file: the folder of a page, and the path within it.
pub(super) struct Owner {
    /// Folder of the page; empty for the home page.
    pub(super) folder: String,
    /// Path of the file within the folder.
    pub(super) rest: String,
}

impl Tree {
    /// Learns the bundles of a site from all its contents, left out ones included: their files stay theirs.
    pub(super) fn of<'a>(contents: impl Iterator<Item = &'a Content>) -> Self {
        let mut tree = Self { leaves: BTreeSet::new(), singles: BTreeSet::new(), branches: BTreeSet::new() };
        for content in contents {
            let folder = content.path.own_folder().to_owned();
            match content.path.bundle {
                Bundle::Leaf => tree.leaves.insert(folder),
                Bundle::Branch => tree.branches.insert(folder),
                Bundle::Single => tree.singles.insert(folder),
            };
            // The top-level folder of a page is a section even without `_index.md`.
            tree.branches.extend(content.path.folders.first().cloned());
        }
        tree
    }

    /// Returns the outermost leaf bundle that a path lies in, if any; the bundle's own folder does not lie in itself.
    pub(super) fn leaf_around(&self, path: &str) -> Option<Owner> {
        ancestors(path).find(|folder| self.leaves.contains(*folder)).map(|folder| owner(folder, path))
    }

    /// Returns the owner of a file.
    pub(super) fn owner_of(&self, asset: &Asset) -> Owner {
        let path = asset.path.as_str();
        if let Some(leaf) = self.leaf_around(path) {
            return leaf;
        }
        let mut above: Vec<&str> = ancestors(path).collect();
        above.reverse();
        let nearest = above
            .into_iter()
            .find(|folder| self.singles.contains(*folder) || self.branches.contains(*folder));
        owner(nearest.unwrap_or(""), path)
    }

    /// Says whether a file is a page in a language that only Hugo renders, outside of any leaf bundle.
    pub(super) fn is_foreign_page(&self, asset: &Asset) -> bool {
        is_foreign_content(&asset.path) && self.leaf_around(asset.path.as_str()).is_none()
    }
}

fn owner(folder: &str, path: &str) -> Owner {
    let rest = path.get(folder.len()..).unwrap_or(path).trim_start_matches('/');
    Owner { folder: folder.to_owned(), rest: rest.to_owned() }
}

/// Returns the folders above a path, outermost first, without the content folder itself.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Returns, by language, the folders that are sections: those with an `_index.md`, and top-level folders of pages or of
/// such sections.
///
/// The value says whether it was made up.
pub(super) fn sections(
    contents: &[Arc<Content>],
    tree: &Tree,
    languages: usize,
) -> Vec<BTreeMap<String, bool>> {
    let mut sections = vec![BTreeMap::new(); languages];
    for content in contents {
        let folder = content.path.own_folder();
        if tree.leaf_around(folder).is_some() {
            continue;
        }
        let sections: &mut BTreeMap<String, bool> = &mut sections[content.language];
        if let Some(top) = content.path.folders.first() {
            sections.entry(top.clone()).or_insert(true);
        }
        if content.path.bundle == Bundle::Branch {
            sections.insert(folder.to_owned(), false);
        }
    }
    sections
}
