//! The findings that an old site starts with, in a file beside its configuration: what is in it is counted and not told.
//!
//! A finding is known by its code, its file and its words without numbers, never by its line: an edit above it makes it no
//! new one. A file that has a finding once more than the baseline says is told of one.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Location};
use crate::digest::Digest;

/// Name of the file where none is given, in the folder of the site.
pub const BASELINE_FILE: &str = ".hallway-baseline.json";

/// Version of the file's form.
const VERSION: u32 = 1;

/// Findings that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Key, usize>,
}

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: String,
    code: String,
    words: String,
}

/// The file as it is written.
#[derive(Debug, Serialize, Deserialize)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    code: String,
    path: String,
    message: String,
    count: usize,
}

impl Key {
    fn of(diagnostic: &Diagnostic) -> Self {
        // "On 12 pages" are 13 when there is one more, and the finding is the same.
        let words: String = diagnostic.message.chars().filter(|c| !c.is_ascii_digit()).collect();
        Self {
            path: diagnostic.at.as_ref().map(|at| at.path.clone()).unwrap_or_default(),
            code: diagnostic.code.to_string(),
            words: Digest::of(words.as_bytes()).short(),
        }
    }
}

impl Baseline {
    /// Makes a baseline of findings.
    pub fn of(found: &[Diagnostic]) -> Self {
        let mut baseline = Self::default();
        for diagnostic in found {
            *baseline.known.entry(Key::of(diagnostic)).or_default() += 1;
        }
        baseline
    }

    /// Takes the known ones out of findings; returns the others, and how many were known.
    pub fn split(mut self, found: Vec<Diagnostic>) -> (Vec<Diagnostic>, usize) {
        let all = found.len();
        let mut is_new = |diagnostic: &Diagnostic| match self.known.get_mut(&Key::of(diagnostic)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        let new: Vec<Diagnostic> = found.into_iter().filter(|diagnostic| is_new(diagnostic)).collect();
        let known = all - new.len();
        (new, known)
    }

    /// Reads a baseline; `None` where there is no such file.
    ///
    /// # Errors
    /// `baseline-syntax`: the file is no baseline, or one of a later version; `file-unreadable`.
    #[expect(clippy::disallowed_methods, reason = "`check` owns the baseline")]
    pub fn read(file: &Path, shown: &str) -> Result<Option<Self>, Diagnostic> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let problem = Diagnostic::error("file-unreadable", format!("cannot be read: {error}"));
                return Err(problem.at(Location::file(shown)));
            }
        };
        Self::parse(&text).map(Some).map_err(|problem| problem.at(Location::file(shown)))
    }

    fn parse(text: &str) -> Result<Self, Diagnostic> {
        let broken = |message: String| {
            Diagnostic::error("baseline-syntax", message)
                .hint("write it anew with `hallway check --write-baseline`")
        };
        let file: File =
            serde_json::from_str(text).map_err(|error| broken(format!("this is no baseline: {error}")))?;
        if file.version != VERSION {
            return Err(broken(format!("this baseline is of version {}, and not {VERSION}", file.version)));
        }
        let known = file.findings.into_iter().map(|entry| {
            let Entry { code, path, message, count } = entry;
            (Key { path, code, words: message }, count)
        });
        Ok(Self { known: known.collect() })
    }

    /// Writes a baseline, sorted by file so that changes can be read.
    ///
    /// # Errors
    /// The file cannot be written.
    #[expect(clippy::disallowed_methods, reason = "`check` owns the baseline")]
    pub fn write(&self, file: &Path) -> io::Result<()> {
        std::fs::write(file, self.text())
    }

    fn text(&self) -> String {
        let entry = |(key, count): (&Key, &usize)| {
            let Key { path, code, words } = key.clone();
            Entry { code, path, message: words, count: *count }
        };
        let file = File { version: VERSION, findings: self.known.iter().map(entry).collect() };
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(message: &str, path: &str, line: usize) -> Diagnostic {
        Diagnostic::warning("x", message).at(Location::position(path, line, 1))
    }

    #[test]
    fn what_is_known_is_counted_wherever_its_line_is() {
        let old = [finding("`a`, on 3 pages", "a.md", 1), finding("b", "a.md", 2), finding("b", "a.md", 3)];
        let baseline = Baseline::parse(&Baseline::of(&old).text()).unwrap();
        assert_eq!(baseline, Baseline::of(&old));
        let new = vec![
            finding("`a`, on 14 pages", "a.md", 9),
            finding("b", "a.md", 5),
            finding("b", "b.md", 2),
            finding("b", "a.md", 6),
            finding("b", "a.md", 7),
        ];
        let (left, known) = baseline.split(new);
        let left: Vec<String> =
            left.iter().filter_map(|found| Some(found.at.as_ref()?.to_string())).collect();
        assert_eq!((left, known), (vec!["b.md:2:1".to_owned(), "a.md:7:1".to_owned()], 3));
    }

    #[test]
    fn another_file_is_no_baseline() {
        for text in ["", "[]", "{}", "{\"version\":2,\"findings\":[]}"] {
            assert_eq!(Baseline::parse(text).unwrap_err().code, "baseline-syntax", "{text}");
        }
    }
}
