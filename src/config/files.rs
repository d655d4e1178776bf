//! Finds and reads the configuration files of a site, and merges them into one map.
//!
//! Order: `hallway.*`; else `hugo.*` or `config.*` at the top, and `config/_default/` and `config/production/`
//! below them, as Hugo has it. Does not interpret a key.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::data::{self, Format};
use crate::diag::{Diagnostic, Location};

/// One configuration file as it was read.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    /// Path relative to the site.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The language it is written in.
    pub format: Format,
}

/// Extensions in the order in which Hugo tries them.
const EXTENSIONS: [&str; 4] = ["toml", "yaml", "yml", "json"];

/// Reads the configuration files of the site in `root`, the most general first; none is fine.
///
/// # Errors
/// A file is there but cannot be read.
pub fn read_files(root: &Path) -> Result<Vec<ConfigFile>, Diagnostic> {
    if let Some(file) = first_of(root, "", &["hallway"])? {
        return Ok(vec![file]);
    }
    let mut files: Vec<ConfigFile> = first_of(root, "", &["hugo", "config"])?.into_iter().collect();
    for environment in ["config/_default", "config/production"] {
        files.extend(read_folder(root, environment)?);
    }
    Ok(files)
}

fn first_of(root: &Path, folder: &str, stems: &[&str]) -> Result<Option<ConfigFile>, Diagnostic> {
    for stem in stems {
        for extension in EXTENSIONS {
            let name = if folder.is_empty() {
                format!("{stem}.{extension}")
            } else {
                format!("{folder}/{stem}.{extension}")
            };
            if let Some(file) = read_file(root, &name)? {
                return Ok(Some(file));
            }
        }
    }
    Ok(None)
}

/// Reads the files of a folder that are in one of the three formats, sorted by name.
pub(super) fn read_folder(root: &Path, folder: &str) -> Result<Vec<ConfigFile>, Diagnostic> {
    let entries = match std::fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut names: Vec<PathBuf> = Vec::new();
    for entry in entries {
        names.push(entry.map_err(|error| unreadable(folder, &error))?.path());
    }
    names.sort();
    let mut files = Vec::new();
    for name in names.iter().filter_map(|path| path.file_name()?.to_str()) {
        if Path::new(name).extension().and_then(|e| e.to_str()).is_some_and(|e| EXTENSIONS.contains(&e)) {
            files.extend(read_file(root, &format!("{folder}/{name}"))?);
        }
    }
    // The main file goes first, so that `params.yaml` and the like refine it.
    files.sort_by_key(|file| main_key(&file.path).is_some());
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "`config` owns the reading of configuration files")]
fn read_file(root: &Path, name: &str) -> Result<Option<ConfigFile>, Diagnostic> {
    let Some(format) = name.rsplit_once('.').and_then(|(_, extension)| Format::of_extension(extension))
    else {
        return Ok(None);
    };
    match std::fs::read_to_string(root.join(name)) {
        Ok(text) => Ok(Some(ConfigFile { path: name.to_owned(), text, format })),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(name, &error)),
    }
}

fn unreadable(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("config-unreadable", format!("cannot be read: {error}")).at(Location::file(path))
}

/// Returns the key that a file of a configuration folder fills, such as `params`; `None` for the main file.
fn main_key(path: &str) -> Option<&str> {
    let name = path.rsplit_once('/')?.1;
    let stem = name.split('.').next()?;
    (!matches!(stem, "hugo" | "config" | "hallway")).then_some(stem)
}

/// Merges the files into one map with lower-case keys.
///
/// # Errors
/// One diagnostic for each file that is not in its format.
pub(super) fn merge_files(files: &[ConfigFile]) -> Result<Map<String, Value>, Vec<Diagnostic>> {
    let mut merged = Map::new();
    let mut problems = Vec::new();
    for file in files {
        match data::parse(file.text.trim_start_matches('\u{FEFF}'), file.format) {
            Ok(map) => data::merge(&mut merged, under_its_key(file, map)),
            Err(error) => problems.push(data::diagnose("config-syntax", error, &file.path, 1)),
        }
    }
    if problems.is_empty() { Ok(merged) } else { Err(problems) }
}

/// Puts the values of a file under the key that its name stands for.
pub(super) fn under_its_key(file: &ConfigFile, map: Map<String, Value>) -> Map<String, Value> {
    match main_key(&file.path) {
        Some(key) => Map::from_iter([(key.to_lowercase(), Value::Object(map))]),
        None => map,
    }
}
