//! Turns one document into one [`Content`]: typed front matter, body, and its place in the folders.
//!
//! Knows a single file and the configuration, nothing about other pages, so it runs in parallel and cannot depend on
//! order. Does not touch the disk; addresses are decided later, by `site`.

mod content_path;
mod dates;
mod front_matter;
mod split;

pub use content_path::{Bundle, ContentPath};
pub use dates::Dates;
pub use front_matter::{FrontMatter, ListOption, RenderOption, ResourceRule};
pub use split::{Parts, split};

use crate::config::Config;
use crate::data;
use crate::diag::{Diagnostic, Location, line_and_column};
use crate::path::SourcePath;
use crate::source::Document;

/// A document that was understood.
#[derive(Debug)]
pub struct Content {
    /// Path from the site's root, for messages.
    pub source: SourcePath,
    /// Its place in the content folder.
    pub path: ContentPath,
    /// The typed front matter.
    pub front: FrontMatter,
    text: String,
    body_start: usize,
}

impl Content {
    /// Returns the Markdown below the front matter.
    pub fn body(&self) -> &str {
        self.text.get(self.body_start..).unwrap_or("")
    }

    /// Returns the whole text, front matter included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Says whether two contents were made from the same text.
    pub fn has_same_text(&self, other: &Self) -> bool {
        self.text == other.text
    }

    /// Says whether two contents differ in nothing but the Markdown below their front matter.
    pub fn has_same_front_matter(&self, other: &Self) -> bool {
        let front = self.text.get(..self.body_start);
        self.source == other.source && front == other.text.get(..other.body_start)
    }

    /// Returns where the value of a key of the front matter was written; the whole file where it was not.
    pub fn key_place(&self, key: &str) -> Location {
        let (parts, _) = split(&self.text);
        match data::key_position(parts.front, parts.format, key) {
            Some((line, column)) => {
                Location::position(self.source.as_str(), line + parts.first_line - 1, column)
            }
            None => Location::file(self.source.as_str()),
        }
    }

    /// Returns line and column of a byte of the body, both from 1, counted in the whole file.
    pub fn body_position(&self, offset: usize) -> (usize, usize) {
        line_and_column(&self.text, self.body_start + offset)
    }
}

/// Understands a document.
///
/// Returns the content even where its front matter is faulty, as far as it can be read, so that the rest of the build
/// can go on looking for problems; the diagnostics say what is wrong, and any error among them ends the build later.
pub fn parse(document: Document, config: &Config) -> (Content, Vec<Diagnostic>) {
    let Document { source, path, text } = document;
    let path = ContentPath::of(path.as_str());
    let mut problems = Vec::new();
    let (parts, fault) = split(&text);
    problems.extend(fault.map(|fault| fault.at(Location::position(source.as_str(), parts.first_line, 1))));
    let map = data::parse(parts.front, parts.format).unwrap_or_else(|error| {
        problems.push(data::diagnose("front-matter-syntax", error, source.as_str(), parts.first_line));
        serde_json::Map::new()
    });
    let (front, faults) = front_matter::read(map, &path, config);
    let body_start = parts.body_start;
    let content = Content { source, path, front, text, body_start };
    problems.extend(faults.into_iter().map(|(key, fault)| fault.at(content.key_place(&key))));
    (content, problems)
}
