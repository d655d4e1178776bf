//! Reads the data files that tell of events, people and talks; other data of the site is nothing of ours.
//!
//! What they mean is `site::conference`'s business.

use std::path::Path;

use super::ConfigFile;
use crate::data::Format;
use crate::diag::{Diagnostic, Location};

/// Folder of data files.
pub const DATA_FOLDER: &str = "data";

/// What data files tell of, as files of that name or folders of one file each.
const NAMES: [&str; 3] = ["events", "people", "talks"];

/// Extensions that are read.
const EXTENSIONS: [&str; 5] = ["yaml", "yml", "toml", "json", "csv"];

/// A data file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Path relative to the site: `data/events/some-conf.yaml`.
    pub path: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// The language it is written in; none for CSV.
    pub format: Option<Format>,
}

impl DataFile {
    /// Returns what the file tells of: `events`, `people` or `talks`.
    pub fn subject(&self) -> &str {
        let name = self.path.split('/').nth(1).unwrap_or("");
        name.split('.').next().unwrap_or(name)
    }

    /// Returns the name of a file of which each is about one of its kind: `some-conf` of `data/events/some-conf.yaml`.
    pub fn own_name(&self) -> Option<&str> {
        let mut parts = self.path.splitn(3, '/').skip(2);
        parts.next().map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem))
    }
}

impl From<&DataFile> for ConfigFile {
    /// Shows it as a file that decides what site this is.
    fn from(file: &DataFile) -> Self {
        Self { path: file.path.clone(), text: file.text.clone(), format: file.format.unwrap_or(Format::Yaml) }
    }
}

/// Reads the data files of the site in `root`, sorted by path; links are not followed.
///
/// # Errors
/// A file or folder is there but cannot be read.
pub fn read_data_files(root: &Path) -> Result<Vec<DataFile>, Diagnostic> {
    let mut paths = Vec::new();
    for name in names_in(root, DATA_FOLDER)? {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        if !NAMES.contains(&stem) {
            continue;
        }
        let path = format!("{DATA_FOLDER}/{name}");
        match extension {
            "" => paths.extend(names_in(root, &path)?.into_iter().map(|name| format!("{path}/{name}"))),
            _ => paths.push(path),
        }
    }
    paths.retain(|path| path.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension)));
    paths.sort();
    paths.into_iter().map(|path| read(root, path)).collect()
}

/// Returns the names of what lies in a folder, without links.
fn names_in(root: &Path, folder: &str) -> Result<Vec<String>, Diagnostic> {
    let entries = match std::fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(folder, &error))?;
        let kind = entry.file_type().map_err(|error| unreadable(folder, &error))?;
        if !kind.is_symlink() {
            names.extend(entry.file_name().into_string());
        }
    }
    Ok(names)
}

#[expect(clippy::disallowed_methods, reason = "`config` owns the reading of what decides the site")]
fn read(root: &Path, path: String) -> Result<DataFile, Diagnostic> {
    let text = std::fs::read_to_string(root.join(&path)).map_err(|error| unreadable(&path, &error))?;
    let format = path.rsplit_once('.').and_then(|(_, extension)| Format::of_extension(extension));
    let text = text.strip_prefix('\u{FEFF}').map_or_else(|| text.clone(), str::to_owned);
    Ok(DataFile { path, text, format })
}

fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("config-unreadable", format!("cannot be read: {error}")).at(Location::file(path))
}
