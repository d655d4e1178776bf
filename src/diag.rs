//! What is wrong with the author's site, as a value: [`Diagnostic`].
//!
//! Turns a finding into one shape that the terminal, `--format json`, the preview's overlay and `check` can all show.
//! Knows nothing about where it is shown, and never reads a file.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a diagnostic matters: an error ends the build before anything is written, a warning does so only where the author is
/// strict, a note never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site cannot be built as it stands.
    Error,
    /// The site is built, but probably not as the author meant it.
    Warning,
    /// Nothing is wrong, but the author may want to know.
    Note,
}

/// Where a diagnostic points: a file, and in it a line and column counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Location {
    /// Path as the author would type it, relative to the site.
    pub path: String,
    /// Line from 1; absent where the whole file is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<usize>,
    /// Column from 1, in characters; absent where the whole line is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<usize>,
}

impl Location {
    /// Points at a whole file.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), line: None, column: None }
    }

    /// Points at a line and column of a file, both counted from 1.
    pub fn position(path: impl Into<String>, line: usize, column: usize) -> Self {
        Self { path: path.into(), line: Some(line), column: Some(column) }
    }

    /// Points at the byte `offset` of `text`, the whole text of the file.
    pub fn offset(path: impl Into<String>, text: &str, offset: usize) -> Self {
        let (line, column) = line_and_column(text, offset);
        Self::position(path, line, column)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// Returns the line and column, both from 1, of the byte `offset` in `text`; columns count characters.
///
/// An offset past the end, or inside a character, is the position of the character it belongs to.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// One finding about the author's site: what is wrong, where, and what would be right.
///
/// The message is lower case without a full stop and names things in backticks; the hint says what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Whether the build can go on.
    pub severity: Severity,
    /// A stable name such as `image-not-found`, listed in the manual.
    pub code: Cow<'static, str>,
    /// What was found.
    pub message: String,
    /// Where it was found; absent only while the finding travels to the function that knows the path.
    #[serde(flatten, skip_serializing_if = "Option::is_none", default)]
    pub at: Option<Location>,
    /// What was expected, or the nearest right name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
}

impl Diagnostic {
    /// Makes an error without a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code: Cow::Borrowed(code),
            message: message.into(),
            at: None,
            hint: None,
        }
    }

    /// Makes a warning without a place.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Makes a note without a place.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message) }
    }

    /// Adds the place, unless a more exact one is known already.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.at.get_or_insert(location);
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds "did you mean" with the name of `known` nearest to `found`, if one is near enough to be meant.
    #[must_use]
    pub fn did_you_mean<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(found, known) {
            Some(name) => {
                let hint = format!("did you mean `{name}`?");
                self.hint(hint)
            }
            None => self,
        }
    }

    /// Says whether this ends the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    /// Writes the three lines of the house style, without colour.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{severity}[{}]: {}", self.code, self.message)?;
        if let Some(at) = &self.at {
            write!(f, "\n  --> {at}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// Sorts diagnostics by place and drops repetitions: one broken template fails for every page.
pub fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics
        .sort_by(|a, b| (&a.at, &a.code, &a.message, &a.hint).cmp(&(&b.at, &b.code, &b.message, &b.hint)));
    diagnostics.dedup_by(|a, b| (&a.at, &a.code, &a.message) == (&b.at, &b.code, &b.message));
    diagnostics
}

/// Returns the name of `known` that was most probably meant by `found`, compared without case.
///
/// Near means a Jaro-Winkler similarity of 0.8, or one containing the other and being no less than half of it; ties go to
/// the first.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = found.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for name in known {
        let candidate = name.to_lowercase();
        // A part of the file name is how authors name pictures, so the stem counts as well as the whole.
        let stem = candidate.rsplit('/').next().unwrap_or(&candidate).split('.').next().unwrap_or(&candidate);
        let mut score = strsim::jaro_winkler(&wanted, &candidate).max(strsim::jaro_winkler(&wanted, stem));
        // Three letters in the midst of a long word are a coincidence.
        let is_within = stem.len() >= 3 && stem.len() * 2 >= wanted.len() && wanted.contains(stem);
        if wanted.len() >= 3 && (candidate.contains(&wanted) || is_within) {
            score = score.max(0.9);
        }
        if score >= 0.8 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_reads_as_the_house_style_has_it() {
        let diagnostic = Diagnostic::error("image-not-found", "no picture in this bundle matches `wsam`")
            .at(Location::position("content/blog/wasm-io-2024/index.md", 11, 13))
            .did_you_mean("wsam", ["hall.jpg", "wasm.io.jpg"]);
        assert_eq!(
            diagnostic.to_string(),
            "error[image-not-found]: no picture in this bundle matches `wsam`\n  \
             --> content/blog/wasm-io-2024/index.md:11:13\n  hint: did you mean `wasm.io.jpg`?"
        );
    }

    #[test]
    fn columns_count_characters_and_survive_any_offset() {
        let text = "é1\nß2";
        assert_eq!(line_and_column(text, 0), (1, 1));
        assert_eq!(line_and_column(text, 2), (1, 2));
        assert_eq!(line_and_column(text, 1), (1, 1));
        assert_eq!(line_and_column(text, 6), (2, 2));
        assert_eq!(line_and_column(text, 999), (2, 3));
    }

    #[test]
    fn the_first_place_wins_because_it_is_the_most_exact() {
        let at = Diagnostic::error("x", "y").at(Location::position("a", 2, 3)).at(Location::file("b")).at;
        assert_eq!(at.map(|at| at.to_string()).as_deref(), Some("a:2:3"));
    }

    #[test]
    fn nothing_near_means_no_suggestion() {
        assert_eq!(nearest("zebra", ["hall.jpg", "wasm.io.jpg"]), None);
        assert_eq!(nearest("Basurl", ["title", "baseURL"]), Some("baseURL"));
        assert_eq!(nearest("performances", ["man", "figure"]), None);
    }
}
