//! Reads the folders of a site once: documents with their text, everything else as [`Asset`]s that stay on the disk.
//!
//! Does not look into front matter, and follows no symbolic link, so that nothing outside the site is ever read.

mod layouts;
mod git;

use std::ffi::OsStr;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use jiff::Timestamp;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::config::{Config, Configs, Mount};
use crate::diag::{Diagnostic, Location};
use crate::path::SourcePath;

use git::read_commits;
pub use git::{Commit, Commits, History};
pub use layouts::{components, go_shortcodes, read_plain};

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
    /// Path from the content folder, without the language that the file name may have.
    pub path: SourcePath,
    /// Index of its language.
    pub language: usize,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// What is known of the file beside its text.
    pub history: History,
}

/// A file that is published but not read into memory.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path from the site's root, for messages.
    pub source: SourcePath,
    /// Path among the content or the static files.
    pub path: SourcePath,
    /// Index of the language of a content file.
    pub language: usize,
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

/// Folder of the author's templates.
pub const TEMPLATES: &str = "templates";

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
pub fn scan(root: &Path, configs: &Configs, skip: &[PathBuf]) -> Result<Source, Vec<Diagnostic>> {
    let mut source = Source::default();
    let mut content = Listing::default();
    for mount in &configs.content {
        content.extend(list_content(root, configs, mount, "", skip));
    }
    content.files.sort_by(|a, b| a.source.cmp(&b.source));
    let mut problems = content.problems;
    source.warnings = content.warnings;
    let (documents, assets): (Vec<Asset>, Vec<Asset>) =
        content.files.into_iter().partition(|file| is_markdown(&file.path));
    source.assets = assets;
    for result in documents.par_iter().map(|file| read_document(file, configs)).collect::<Vec<_>>() {
        match result {
            Ok(document) => source.documents.push(document),
            // The author's to mend, like a broken front matter: the build goes on looking for more.
            Err(problem) if problem.code == ENCODING => source.warnings.push(problem),
            Err(problem) => problems.push(problem),
        }
    }
    let (commits, warning) = commits(root, configs.general());
    source.warnings.extend(warning);
    for document in &mut source.documents {
        document.history.commit = commits.of(&document.source);
    }
    let static_files = list_static(root, configs, skip);
    source.static_files = static_files.files;
    source.warnings.extend(static_files.warnings);
    problems.extend(static_files.problems);
    let (templates, listing) = read_templates(root, skip);
    source.templates = templates;
    source.warnings.extend(listing.warnings);
    problems.extend(listing.problems);
    if problems.is_empty() { Ok(source) } else { Err(problems) }
}

/// Asks for the history of a site's files, if its configuration wants it; the warning tells why there is none.
pub fn commits(root: &Path, config: &Config) -> (Commits, Option<Diagnostic>) {
    if config.model.git_info { read_commits(root) } else { (Commits::default(), None) }
}

/// Says whether a file of the content folder is a page in a language that only Hugo renders.
pub fn is_foreign_content(path: &SourcePath) -> bool {
    OTHER_CONTENT.iter().any(|extension| path.extension().eq_ignore_ascii_case(extension))
}

/// Says whether a file of the content folder is a text to be built.
pub fn is_markdown(path: &SourcePath) -> bool {
    MARKDOWN.iter().any(|extension| path.extension().eq_ignore_ascii_case(extension))
}

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

/// Reads a Markdown file of the content folder.
///
/// # Errors
/// `file-encoding`: it is no UTF-8; `file-unreadable`: it is gone, or may not be read.
pub fn read_document(file: &Asset, configs: &Configs) -> Result<Document, Diagnostic> {
    let mut text = read_text(&file.file, &file.source)?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    let path = SourcePath::new(configs.split_language(file.path.as_str()).0);
    let modified = i128::try_from(file.modified_ns).ok().and_then(|ns| Timestamp::from_nanosecond(ns).ok());
    let history = History { modified, commit: None };
    Ok(Document { source: file.source.clone(), path, language: file.language, text, history })
}

/// Reads the author's templates; the diagnostics tell of those that cannot be read.
pub fn read_templates(root: &Path, skip: &[PathBuf]) -> (Vec<TemplateFile>, Listing) {
    let mut listing = list(root, TEMPLATES, skip);
    let mut templates = Vec::new();
    for file in &listing.files {
        match read_text(&file.file, &file.source) {
            Ok(text) => {
                let name = file.path.to_string();
                templates.push(TemplateFile { source: file.source.clone(), name, text });
            }
            Err(problem) => listing.problems.push(problem),
        }
    }
    (templates, listing)
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
    fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.warnings.extend(other.warnings);
        self.problems.extend(other.problems);
    }
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

/// Reads a text of the site to be quoted, by the path that a diagnostic has; `None` for what is not there, or not in it.
#[expect(clippy::disallowed_methods, reason = "`source` owns the reading of the site's texts")]
pub fn read_quoted(root: &Path, path: &str) -> Option<String> {
    let (root, file) = (root.canonicalize().ok()?, root.join(path).canonicalize().ok()?);
    if !file.starts_with(&root) {
        return None;
    }
    std::fs::read_to_string(file).ok()
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
