//! Lists the files of a site's folders, without following a link out of them and without reading a file.

use std::ffi::OsStr;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::Asset;
use crate::config::{Configs, Mount};
use crate::diag::{Diagnostic, Location};
use crate::path::SourcePath;

/// Folders that hold no content even in a bare folder of posts.
const NEVER_CONTENT: [&str; 2] = ["node_modules", "lost+found"];

/// Files of one folder of the site, sorted by path.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files.
    pub files: Vec<Asset>,
    /// What was left out, and why.
    pub warnings: Vec<Diagnostic>,
    /// What cannot be read.
    pub problems: Vec<Diagnostic>,
}

/// Lists what lies at the path `within` of a folder of content; files know their language and their place.
///
/// A folder of content inside of another one is no part of that.
pub fn list_content(
    root: &Path,
    configs: &Configs,
    mount: &Mount,
    within: &str,
    skip: &[PathBuf],
) -> Listing {
    let others = configs.content.iter().filter(|other| *other != mount);
    let nested = others.filter_map(|other| root.join(&other.folder).canonicalize().ok());
    let own = root.join(&mount.folder).canonicalize().ok();
    let skip: Vec<PathBuf> =
        skip.iter().cloned().chain(nested.filter(|path| Some(path) != own.as_ref())).collect();
    let mut listing = list_within(root, &mount.folder, within, &skip);
    let ignored = &configs.general().model.ignored;
    let is_left_out =
        |file: &Asset| configs.is_disabled(file.path.as_str()) || ignored.contain(file.source.as_str());
    listing.files.retain(|file| !is_left_out(file));
    for file in &mut listing.files {
        file.language = configs.split_language(file.path.as_str()).1.unwrap_or(mount.language);
        if !mount.target.is_empty() {
            file.path = SourcePath::new(mount.place(file.path.as_str()));
        }
    }
    listing
}

/// Lists the files of one folder of the site; a folder that is not there has none.
pub fn list(root: &Path, folder: &str, skip: &[PathBuf]) -> Listing {
    list_within(root, folder, "", skip)
}

/// Lists what lies at the path `within` of a folder of the site, a file or a whole folder, as [`list`] would find it.
pub fn list_within(root: &Path, folder: &str, within: &str, skip: &[PathBuf]) -> Listing {
    let mut listing = Listing::default();
    let (Ok(top), Ok(root)) = (root.join(folder).canonicalize(), root.canonicalize()) else {
        return listing;
    };
    if !top.starts_with(&root) {
        let message = format!("the folder `{folder}` lies outside the site");
        listing.problems.push(Diagnostic::error("folder-outside", message).at(Location::file(folder)));
        return listing;
    }
    let Some(start) = way_into(&top, within, skip) else {
        return listing;
    };
    let wanted = |entry: &DirEntry| {
        entry.depth() == 0
            || (!is_ignored(entry.file_name()) && !skip.iter().any(|path| path == entry.path()))
    };
    for entry in WalkDir::new(&start).sort_by_file_name().into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) => listing.add(&top, folder, &entry),
            Err(error) => listing.problems.extend(walk_problem(folder, &error)),
        }
    }
    listing.files.sort_by(|a, b| a.path.cmp(&b.path));
    listing
}

/// Returns where a path below `top` leads, unless a folder on the way is ignored or a symbolic link.
fn way_into(top: &Path, within: &str, skip: &[PathBuf]) -> Option<PathBuf> {
    let mut path = top.to_owned();
    for name in within.split('/').filter(|name| !name.is_empty()) {
        if path.is_symlink() {
            return None;
        }
        path.push(name);
        if is_ignored(name.as_ref()) || skip.contains(&path) {
            return None;
        }
    }
    Some(path)
}

impl Listing {
    fn add(&mut self, top: &Path, folder: &str, entry: &DirEntry) {
        if entry.file_type().is_file() {
            self.add_file(top, folder, entry);
        } else if entry.file_type().is_symlink() {
            let message = "a symbolic link is not followed, so that nothing outside the site is published";
            let path = named(top, folder, entry.path());
            let at =
                Location::file(path.map_or_else(|| entry.path().display().to_string(), |(path, _)| path));
            let warning = Diagnostic::warning("symlink-skipped", message).at(at);
            self.warnings.push(warning.hint("copy the file instead"));
        }
    }

    fn add_file(&mut self, top: &Path, folder: &str, entry: &DirEntry) {
        let Some((source, path)) = named(top, folder, entry.path()) else {
            let message = format!("the name of `{}` is no UTF-8", entry.path().display());
            let problem = Diagnostic::error("file-name", message).at(Location::file(folder));
            self.problems.push(problem.hint("rename the file"));
            return;
        };
        match entry.metadata() {
            Ok(metadata) => self.files.push(Asset {
                source: SourcePath::new(source),
                path: SourcePath::new(path),
                language: 0,
                file: entry.path().to_owned(),
                size_bytes: metadata.len(),
                modified_ns: modified_ns(&metadata),
            }),
            Err(error) => self.problems.extend(walk_problem(&source, &error)),
        }
    }
}

fn modified_ns(metadata: &Metadata) -> u128 {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    modified.map_or(0, |duration| duration.as_nanos())
}

/// Returns the path from the site's root and the path from the folder, both with `/`.
fn named(top: &Path, folder: &str, path: &Path) -> Option<(String, String)> {
    let relative = path.strip_prefix(top).ok()?;
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    let relative = parts?.join("/");
    Some((if folder.is_empty() { relative.clone() } else { format!("{folder}/{relative}") }, relative))
}

/// Hugo's own rule, and folders that are never content: hidden, backup and lock files.
pub fn is_ignored(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || name.starts_with('#')
        || name.ends_with('~')
        || NEVER_CONTENT.contains(&name.as_ref())
}

/// Tells why a file cannot be listed; one that is gone by now is none of the site's.
fn walk_problem(folder: &str, error: &walkdir::Error) -> Option<Diagnostic> {
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    let is_gone = error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound);
    let problem = Diagnostic::error("file-unreadable", format!("cannot be read: {reason}"));
    (!is_gone).then(|| problem.at(Location::file(folder)))
}

/// Lists the static files of a site; of two with one path the later folder's is kept.
pub fn list_static(root: &Path, configs: &Configs, skip: &[PathBuf]) -> Listing {
    let mut all = Listing::default();
    for mount in &configs.static_files {
        let mut listing = list(root, &mount.folder, skip);
        if !mount.target.is_empty() {
            for file in &mut listing.files {
                file.path = SourcePath::new(mount.place(file.path.as_str()));
            }
        }
        all.extend(listing);
    }
    keep_last_of_each(&mut all.files);
    all
}

impl Listing {
    pub(super) fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.warnings.extend(other.warnings);
        self.problems.extend(other.problems);
    }
}

fn keep_last_of_each(files: &mut Vec<Asset>) {
    files.reverse();
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(file.path.clone()));
    files.sort_by(|a, b| a.path.cmp(&b.path));
}
