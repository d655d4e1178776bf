//! Reads the folders of a site once: documents with their text, everything else as [`Asset`]s that stay on the disk.
//!
//! Does not look into front matter, and follows no symbolic link, so that nothing outside the site is ever read.

mod git;
mod layouts;
mod listing;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::config::{Config, Configs};
use crate::diag::{Diagnostic, Location};
use crate::path::SourcePath;

use git::read_commits;
pub use git::{Commit, Commits, History};
pub use layouts::{components, go_shortcodes};
pub use listing::{Listing, is_ignored, list, list_content, list_static, list_within};

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

/// Reads a Markdown file of the content folder.
///
/// # Errors
/// `file-encoding`: it is no UTF-8; `file-unreadable`: it is gone, or may not be read.
pub fn read_document(file: &Asset, configs: &Configs) -> Result<Document, Diagnostic> {
    let text = read_text_file(file)?;
    let path = SourcePath::new(configs.split_language(file.path.as_str()).0);
    let modified = i128::try_from(file.modified_ns).ok().and_then(|ns| Timestamp::from_nanosecond(ns).ok());
    let history = History { modified, commit: None };
    Ok(Document { source: file.source.clone(), path, language: file.language, text, history })
}

/// Reads a text of the site, without a byte order mark.
///
/// # Errors
/// `file-encoding`: it is no UTF-8; `file-unreadable`: it is gone, or may not be read.
pub fn read_text_file(file: &Asset) -> Result<String, Diagnostic> {
    let mut text = read_text(&file.file, &file.source)?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}

/// Reads the bytes of a static file that pages load.
///
/// # Errors
/// `file-unreadable`: it is gone, or may not be read.
pub fn read_static_file(file: &Asset) -> Result<Vec<u8>, Diagnostic> {
    read_bytes(&file.file, &file.source)
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

#[expect(clippy::disallowed_methods, reason = "`source` owns the reading of the site's texts")]
fn read_bytes(file: &Path, source: &SourcePath) -> Result<Vec<u8>, Diagnostic> {
    std::fs::read(file).map_err(|error| {
        Diagnostic::error("file-unreadable", format!("cannot be read: {error}"))
            .at(Location::file(source.as_str()))
    })
}

fn read_text(file: &Path, source: &SourcePath) -> Result<String, Diagnostic> {
    let bytes = read_bytes(file, source)?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        Diagnostic::error(ENCODING, "this text is not UTF-8")
            .at(Location { path: source.to_string(), line: Some(line), column: None })
            .hint("save it as UTF-8")
    })
}

/// Reads a text that the author names on the command line, wherever it is; `shown` is what messages call it.
///
/// # Errors
/// The file cannot be read, or is not UTF-8.
pub fn read_named(file: &Path, shown: &str) -> Result<String, Diagnostic> {
    read_text(file, &SourcePath::new(shown))
}

/// Reads a file that the author names on the command line as it is, wherever it is; `shown` is what messages call it.
///
/// # Errors
/// The file cannot be read.
pub fn read_named_bytes(file: &Path, shown: &str) -> Result<Vec<u8>, Diagnostic> {
    read_bytes(file, &SourcePath::new(shown))
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

/// Opens an asset, for those who want its header alone.
///
/// # Errors
/// The file cannot be read any more.
pub fn open_asset(asset: &Asset) -> std::io::Result<std::io::BufReader<std::fs::File>> {
    std::fs::File::open(&asset.file).map(std::io::BufReader::new)
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
