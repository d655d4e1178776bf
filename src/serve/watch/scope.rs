//! Knows which paths count, and which folders have to be watched for them.
//!
//! Looks at the folders' names on the disk but reads no file, and keeps nothing of what it saw.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::Folders;
use super::batch::Sign;
use crate::source::is_ignored;

impl Folders {
    /// Says whether a change of this path is to be told.
    pub(super) fn count(&self, path: &Path) -> bool {
        if self.skip.iter().any(|skip| path.starts_with(skip)) {
            return false;
        }
        let below = |folder: &PathBuf| {
            let rest = path.strip_prefix(folder);
            rest.is_ok_and(|rest| !rest.iter().any(is_ignored))
        };
        let at_root = path.parent() == Some(&self.root) && !path.file_name().is_some_and(is_ignored);
        path == self.root || at_root || self.leads_to_watched(path) || self.recursive.iter().any(below)
    }

    /// Says whether a folder to watch is this path or lies below it.
    fn leads_to_watched(&self, path: &Path) -> bool {
        self.recursive.iter().any(|folder| folder.starts_with(path)) || self.root.starts_with(path)
    }
}

/// Which folders to watch, and how.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Each folder, and whether with all below it.
    pub(super) watched: BTreeMap<PathBuf, bool>,
    /// Folders of which each folder inside is watched by itself, because some of them are not to be watched.
    split: BTreeSet<PathBuf>,
}

impl Plan {
    /// Plans for the folders that there are now.
    ///
    /// A folder that leads to a missing one is watched too, so that its coming is seen.
    pub(super) fn of(folders: &Folders) -> Self {
        let mut plan = Self::default();
        for folder in &folders.recursive {
            let between = folder.ancestors().skip(1).take_while(|path| path.starts_with(&folders.root));
            for path in between.filter(|path| path.is_dir()) {
                plan.watched.entry(path.to_owned()).or_insert(false);
            }
            if folder.is_dir() && stays_inside(folder, &folders.root) {
                plan.add(folder, &folders.skip);
            }
        }
        plan.watched.entry(folders.root.clone()).or_insert(false);
        plan
    }

    /// Says whether this sign means that the plan is not right any more.
    pub(super) fn is_shaken(&self, folders: &Folders, path: &Path, sign: Sign) -> bool {
        let written = matches!(sign, Sign::Modified | Sign::Closed);
        let inside_split = path.parent().is_some_and(|parent| self.split.contains(parent));
        (!written && folders.leads_to_watched(path)) || (sign == Sign::Folder && inside_split)
    }

    /// Adds a folder with all below it but what is not to be watched.
    fn add(&mut self, folder: &Path, skip: &[PathBuf]) {
        let unwanted = |path: &PathBuf| skip.contains(path) || path.file_name().is_some_and(is_ignored);
        let (without, with): (Vec<_>, Vec<_>) = folders_in(folder).into_iter().partition(unwanted);
        let deeper = |path: &PathBuf| skip.iter().any(|skip| skip.starts_with(path));
        if without.is_empty() && !with.iter().any(deeper) {
            self.watched.insert(folder.to_owned(), true);
            return;
        }
        self.split.insert(folder.to_owned());
        self.watched.insert(folder.to_owned(), false);
        for path in with {
            if deeper(&path) {
                self.add(&path, skip);
            } else {
                self.watched.insert(path, true);
            }
        }
    }
}

/// Returns the folders right in a folder; symbolic links are none.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect()
}

/// Says whether a folder of the site still lies in it when symbolic links are followed, which `source` demands.
fn stays_inside(folder: &Path, root: &Path) -> bool {
    let (Ok(folder), Ok(root)) = (folder.canonicalize(), root.canonicalize()) else {
        return false;
    };
    folder.starts_with(root)
}
