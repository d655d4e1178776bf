//! Turns one document into one [`Content`]: typed front matter, body, and its place in the folders.
//!
//! Knows a single file and the configuration, nothing about other pages, so it runs in parallel and cannot depend on
//! order. Does not touch the disk; addresses are decided later, by `site`.

mod content_path;
mod dates;
mod front_matter;
mod photos;
mod schema;
mod split;

use std::sync::Arc;

use serde_json::{Map, Value};

pub use content_path::{Bundle, ContentPath};
pub use dates::Dates;
pub use front_matter::{FrontMatter, ListOption, RenderOption, ResourceRule};
pub use photos::Photos;
pub use schema::front_matter_schema;
pub use split::{Parts, split};

use crate::config::Config;
use crate::data;
use crate::diag::{Diagnostic, Location, line_and_column};
use crate::event::{Fault, PathStep};
use crate::path::SourcePath;
use crate::source::{Commit, Document, History};

/// A document that was understood.
#[derive(Debug)]
pub struct Content {
    /// Path from the site's root, for messages.
    pub source: SourcePath,
    /// Its place in the content folder.
    pub path: ContentPath,
    /// Index of its language.
    pub language: usize,
    /// The typed front matter.
    pub front: FrontMatter,
    text: Arc<String>,
    body_start: usize,
    history: History,
    origin: Origin,
}

/// Where the front matter of a content comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// From its document alone.
    Document,
    /// From its document, and from what is above it.
    Cascade,
    /// There is no document: all of it comes from above.
    MadeUp,
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
        // Dates may come from the file itself.
        self.source == other.source
            && self.language == other.language
            && front == other.text.get(..other.body_start)
            && self.front.dates == other.front.dates
    }

    /// Says whether there is no document, and the page is made by the build.
    pub fn is_made_up(&self) -> bool {
        self.origin == Origin::MadeUp
    }

    /// Returns the last commit of the document, where the history was asked for.
    pub fn commit(&self) -> Option<&Commit> {
        self.history.commit.as_deref()
    }

    /// Returns this content with the text of another version of it, whose own front matter is the same.
    #[must_use]
    pub fn with_text_of(&self, other: &Arc<Self>) -> Arc<Self> {
        if self.origin == Origin::Document {
            return Arc::clone(other);
        }
        Arc::new(Self {
            source: self.source.clone(),
            path: self.path.clone(),
            language: self.language,
            front: self.front.clone(),
            text: Arc::clone(&other.text),
            body_start: other.body_start,
            history: other.history.clone(),
            origin: self.origin,
        })
    }

    /// Returns the map of front matter as the author wrote it; empty where it cannot be read.
    pub fn written(&self) -> Map<String, Value> {
        let (parts, _) = split(&self.text);
        data::parse(parts.front, parts.format).unwrap_or_default()
    }

    /// Returns this content with another map of front matter: what was written, and what comes from above.
    ///
    /// Faults are paired with the way to what they are about.
    #[must_use]
    pub fn with_front_matter(&self, map: Map<String, Value>, config: &Config) -> (Self, Vec<Fault>) {
        let (front, faults) = front_matter::read(map, &self.path, &self.history, config);
        let content = Self {
            source: self.source.clone(),
            path: self.path.clone(),
            language: self.language,
            front,
            text: Arc::clone(&self.text),
            body_start: self.body_start,
            history: self.history.clone(),
            origin: if self.is_made_up() { Origin::MadeUp } else { Origin::Cascade },
        };
        (content, faults)
    }

    /// Returns the content of a page that has no document, with nothing in it; `path` is where one would be.
    pub fn made_up(path: &str, language: usize) -> Self {
        Self {
            source: SourcePath::new(path),
            path: ContentPath::of(path),
            language,
            front: FrontMatter { publishes_resources: true, ..FrontMatter::default() },
            text: Arc::default(),
            body_start: 0,
            history: History::default(),
            origin: Origin::MadeUp,
        }
    }

    /// Returns where the value of a key of the front matter was written; the whole file where it was not.
    pub fn key_place(&self, key: &str) -> Location {
        self.place_of(&[PathStep::key(key)])
    }

    /// Returns where a value within the front matter was written; the nearest place above it where it was not.
    pub fn place_of(&self, path: &[PathStep]) -> Location {
        let (parts, _) = split(&self.text);
        let steps: Vec<data::Step<'_>> = path.iter().map(PathStep::step).collect();
        match data::position(parts.front, parts.format, &steps) {
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
    let Document { source, path, language, text, history } = document;
    let path = ContentPath::of(path.as_str());
    let mut problems = Vec::new();
    let (parts, fault) = split(&text);
    problems.extend(fault.map(|fault| fault.at(Location::position(source.as_str(), parts.first_line, 1))));
    let map = data::parse(parts.front, parts.format).unwrap_or_else(|error| {
        problems.push(data::diagnose("front-matter-syntax", error, source.as_str(), parts.first_line));
        serde_json::Map::new()
    });
    let (front, faults) = front_matter::read(map, &path, &history, config);
    let body_start = parts.body_start;
    let text = Arc::new(text);
    let origin = Origin::Document;
    let content = Content { source, path, language, front, text, body_start, history, origin };
    problems.extend(faults.into_iter().map(|fault| fault.problem.at(content.place_of(&fault.path))));
    (content, problems)
}
