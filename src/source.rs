//! Reads the folders of a site once: documents with their text, everything else as [`Asset`]s that stay on the disk.
//!
//! Does not look into front matter, and follows no symbolic link, so that nothing outside the site is ever read.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::config::Config;
use crate::diag::{Diagnostic, Location};
use crate::path::SourcePath;

/// All files of a site, each list sorted by path.
#[derive(Debug, Default)]
pub struct Source {
    /// Markdown files of the content folder.
    pub documents: Vec<Document>,
    /// All other files of the content folder.
    pub assets: Vec<Asset>,
    /// Files that are published as they are; of two with one path the later folder's is kept.
    pub static_files: Vec<Asset>,
    /// The author's templates.
    pub templates: Vec<TemplateFile>,
    /// What was left out, and why.
    pub warnings: Vec<Diagnostic>,
}

/// A text of the content folder.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path from the site's root, for messages.
    pub source: SourcePath,
    /// Path from the content folder.
    pub path: SourcePath,
    /// The whole text, without a byte order mark.
    pub text: String,
}

/// A file that is published but not read into memory.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path from the site's root, for messages.
    pub source: SourcePath,
    /// Path from the folder that it was found in.
    pub path: SourcePath,
    /// Where it lies on this machine.
    pub file: PathBuf,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Time of the last change, nanoseconds since 1970.
    pub modified_ns: u128,
}

/// A template of the author.
#[derive(Debug, Clone)]
pub struct TemplateFile {
    /// Path from the site's root, for messages.
    pub source: SourcePath,
    /// Name as other templates call it: the path from `templates/`.
    pub name: String,
    /// The template.
    pub text: String,
}

/// Code of the diagnostic about a text that is no UTF-8.
const ENCODING: &str = "file-encoding";

/// Extensions of content that is Markdown, as Hugo has them.
const MARKDOWN: [&str; 3] = ["md", "markdown", "mdown"];

/// Extensions of content that Hugo renders by other means.
const OTHER_CONTENT: [&str; 8] = ["html", "htm", "org", "adoc", "asciidoc", "ad", "rst", "pandoc"];

/// Folders that hold no content even in a bare folder of posts.
const NEVER_CONTENT: [&str; 2] = ["node_modules", "lost+found"];

/// Reads the site in `root`; what lies below one of `skip` (output, cache) is not part of it.
///
/// # Errors
/// Every file that is there but cannot be read, or is no UTF-8.
pub fn scan(root: &Path, config: &Config, skip: &[PathBuf]) -> Result<Source, Vec<Diagnostic>> {
    let mut source = Source::default();
    let mut problems = Vec::new();
    let (documents, assets): (Vec<Found>, Vec<Found>) =
        walk(root, &config.content_dir, skip, &mut source.warnings, &mut problems)
            .into_iter()
            .partition(|found| is_markdown(&found.path));
    for result in documents.into_par_iter().map(read_document).collect::<Vec<_>>() {
        match result {
            Ok(document) => source.documents.push(document),
            // The author's to mend, like a broken front matter: the build goes on looking for more.
            Err(problem) if problem.code == ENCODING => source.warnings.push(problem),
            Err(problem) => problems.push(problem),
        }
    }
    source.assets = assets.into_iter().map(Found::into_asset).collect();
    for folder in &config.static_dirs {
        let found = walk(root, folder, skip, &mut source.warnings, &mut problems);
        source.static_files.extend(found.into_iter().map(Found::into_asset));
    }
    keep_last_of_each(&mut source.static_files);
    for found in walk(root, "templates", skip, &mut source.warnings, &mut problems) {
        match read_text(&found.file, &found.source) {
            Ok(text) => source.templates.push(TemplateFile {
                source: found.source,
                name: found.path.to_string(),
                text,
            }),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(source) } else { Err(problems) }
}

/// Says whether a file of the content folder is a page in a language that only Hugo renders.
pub fn is_foreign_content(path: &SourcePath) -> bool {
    OTHER_CONTENT.iter().any(|extension| path.extension().eq_ignore_ascii_case(extension))
}

fn is_markdown(path: &SourcePath) -> bool {
    MARKDOWN.iter().any(|extension| path.extension().eq_ignore_ascii_case(extension))
}

/// A file that the walk came upon.
struct Found {
    source: SourcePath,
    path: SourcePath,
    file: PathBuf,
    metadata: Metadata,
}

impl Found {
    fn into_asset(self) -> Asset {
        let modified = self.metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Asset {
            source: self.source,
            path: self.path,
            file: self.file,
            size_bytes: self.metadata.len(),
            modified_ns: modified.map_or(0, |duration| duration.as_nanos()),
        }
    }
}

/// Walks one folder of the site in the order of its paths; a folder that is not there has no files.
fn walk(
    root: &Path,
    folder: &str,
    skip: &[PathBuf],
    warnings: &mut Vec<Diagnostic>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Found> {
    let top = root.join(folder);
    let (Ok(top), Ok(root)) = (top.canonicalize(), root.canonicalize()) else {
        return Vec::new();
    };
    if !top.starts_with(&root) {
        let message = format!("the folder `{folder}` lies outside the site");
        problems.push(Diagnostic::error("folder-outside", message).at(Location::file(folder)));
        return Vec::new();
    }
    let mut found = Vec::new();
    let wanted = |entry: &DirEntry| {
        entry.depth() == 0 || (!is_ignored(entry) && !skip.iter().any(|path| path == entry.path()))
    };
    for entry in WalkDir::new(&top).sort_by_file_name().into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                found.extend(found_file(&top, folder, &entry, problems))
            }
            Ok(entry) if entry.file_type().is_symlink() => {
                let message =
                    "a symbolic link is not followed, so that nothing outside the site is published";
                let path = named(&top, folder, entry.path());
                let at =
                    Location::file(path.map_or_else(|| entry.path().display().to_string(), |(path, _)| path));
                warnings.push(
                    Diagnostic::warning("symlink-skipped", message).at(at).hint("copy the file instead"),
                );
            }
            Ok(_) => {}
            Err(error) => problems.push(walk_problem(folder, &error)),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn found_file(top: &Path, folder: &str, entry: &DirEntry, problems: &mut Vec<Diagnostic>) -> Option<Found> {
    let Some((source, path)) = named(top, folder, entry.path()) else {
        let message = format!("the name of `{}` is no UTF-8", entry.path().display());
        problems
            .push(Diagnostic::error("file-name", message).at(Location::file(folder)).hint("rename the file"));
        return None;
    };
    let metadata = match entry.metadata() {
        Ok(metadata) => metadata,
        Err(error) => {
            problems.push(walk_problem(&source, &error));
            return None;
        }
    };
    let (source, path) = (SourcePath::new(source), SourcePath::new(path));
    Some(Found { source, path, file: entry.path().to_owned(), metadata })
}

/// Returns the path from the site's root and the path from the folder, both with `/`.
fn named(top: &Path, folder: &str, path: &Path) -> Option<(String, String)> {
    let relative = path.strip_prefix(top).ok()?;
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    let relative = parts?.join("/");
    Some((if folder.is_empty() { relative.clone() } else { format!("{folder}/{relative}") }, relative))
}

/// Hugo's own rule, and folders that are never content: hidden, backup and lock files.
fn is_ignored(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with('#')
        || name.ends_with('~')
        || NEVER_CONTENT.contains(&name.as_ref())
}

fn walk_problem(folder: &str, error: &walkdir::Error) -> Diagnostic {
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Diagnostic::error("file-unreadable", format!("cannot be read: {reason}")).at(Location::file(folder))
}

fn read_document(found: Found) -> Result<Document, Diagnostic> {
    let mut text = read_text(&found.file, &found.source)?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(Document { source: found.source, path: found.path, text })
}

#[expect(clippy::disallowed_methods, reason = "`source` owns the reading of the site's texts")]
fn read_text(file: &Path, source: &SourcePath) -> Result<String, Diagnostic> {
    let bytes = std::fs::read(file).map_err(|error| {
        Diagnostic::error("file-unreadable", format!("cannot be read: {error}"))
            .at(Location::file(source.as_str()))
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        Diagnostic::error(ENCODING, "this text is not UTF-8")
            .at(Location { path: source.to_string(), line: Some(line), column: None })
            .hint("save it as UTF-8")
    })
}

/// Reads the bytes of an asset, for those who make pictures from it.
///
/// # Errors
/// The file cannot be read any more.
#[expect(clippy::disallowed_methods, reason = "`source` owns the reading of the site's files")]
pub fn read_asset(asset: &Asset) -> Result<Vec<u8>, Diagnostic> {
    std::fs::read(&asset.file).map_err(|error| {
        Diagnostic::error("file-unreadable", format!("cannot be read: {error}"))
            .at(Location::file(asset.source.as_str()))
    })
}

fn keep_last_of_each(files: &mut Vec<Asset>) {
    files.reverse();
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(file.path.clone()));
    files.sort_by(|a, b| a.path.cmp(&b.path));
}
