//! Turns what is wrong with a schedule into a [`Problem`] that an author can act on.
//!
//! Knows lines and columns, and nothing about formats. Does not print.

use std::fmt;

/// Most warnings that are kept of one file.
const MAX_WARNINGS: usize = 100;

/// What is wrong with a schedule, or with one of its sessions: lower case, no full stop, names in backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line from 1, where it is known; values of JSON have none.
    pub line: Option<usize>,
    /// Column from 1, in characters.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// Says what is wrong with a file as a whole.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { line: None, column: None, message: message.into(), hint: None }
    }

    /// Says what is wrong in a line, counted from 1.
    pub(super) fn at_line(line: usize, message: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::new(message) }
    }

    /// Says that all times are in UTC although nobody meets there.
    pub(super) fn utc() -> Self {
        Self::new("the times are in UTC, and the file does not say where the conference is")
            .with_hint("name its time zone, such as `Europe/Brussels`")
    }

    /// Returns the problem with what to do about it; an empty hint is none.
    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()).filter(|hint| !hint.is_empty()), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        if let Some(column) = self.column {
            write!(f, "{column}:")?;
        }
        if self.line.is_some() {
            f.write_str(" ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// The warnings of one file; of a file that is wrong throughout only the first are kept, and the rest counted.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    kept: Vec<Problem>,
    dropped: usize,
}

impl Warnings {
    /// Adds a warning.
    pub(super) fn push(&mut self, problem: Problem) {
        if self.kept.len() < MAX_WARNINGS {
            self.kept.push(problem);
        } else {
            self.dropped += 1;
        }
    }

    /// Returns what was kept, with a last word about the rest.
    pub(super) fn into_list(mut self) -> Vec<Problem> {
        if self.dropped > 0 {
            self.kept.push(Problem::new(format!("{} more warnings of the same file", self.dropped)));
        }
        self.kept
    }
}

/// Where the lines of a text begin, so that many offsets are placed without reading the text again.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Notes the lines of `text`.
    pub(super) fn new(text: &'a [u8]) -> Self {
        let breaks =
            text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(offset, _)| offset + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// Returns the line of the byte `offset`, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1)
    }

    /// Says what is wrong at the byte `offset`. Reads the whole line, which may be the whole file.
    pub(super) fn at(&self, offset: usize, message: impl Into<String>) -> Problem {
        let offset = offset.min(self.text.len());
        let line = self.line(offset);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or_default();
        // Bytes that continue a character are no columns of their own.
        let column = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
        Problem { column: Some(column), ..Problem::at_line(line, message) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_survive_any_offset() {
        let lines = Lines::new("é1\nß2".as_bytes());
        for (offset, line, column) in [(0, 1, 1), (2, 1, 2), (4, 2, 1), (6, 2, 2), (999, 2, 3)] {
            let problem = lines.at(offset, "x");
            assert_eq!((problem.line, problem.column), (Some(line), Some(column)), "at {offset}");
        }
    }

    #[test]
    fn warnings_have_an_end() {
        let mut warnings = Warnings::default();
        (0..1000).for_each(|number| warnings.push(Problem::at_line(number, "bad")));
        let list = warnings.into_list();
        assert_eq!(list.len(), MAX_WARNINGS + 1);
        assert_eq!(
            list.last().map(ToString::to_string).as_deref(),
            Some("900 more warnings of the same file")
        );
    }
}
