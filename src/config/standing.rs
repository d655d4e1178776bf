//! Says of each key that a configuration sets whether Hallway serves it.
//!
//! For reports about a whole configuration; what is wrong with it is told by `keys`, at every build.

use serde_json::{Map, Value};

use super::ConfigFile;
use super::files::merge_files;
use super::keys::{NEEDLESS, NESTED, NOT_YET, SERVED};
use crate::diag::{Diagnostic, Location};

/// What a key means to Hallway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStanding {
    /// It is read.
    Served,
    /// It sets up machinery that Hallway does without.
    Needless,
    /// Hugo reads it, Hallway does not yet.
    NotYet,
    /// Neither knows it.
    Unknown,
}

/// A key that a configuration sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// Dotted path, as Hugo spells it.
    pub path: String,
    /// What it means.
    pub standing: KeyStanding,
    /// Where it was written.
    pub place: Location,
}

/// What a configuration sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The merged values of all files, with lower-case keys.
    pub values: Map<String, Value>,
    /// The keys, as deep as Hugo gives them a meaning.
    pub keys: Vec<KeyUse>,
}

/// Returns what a configuration sets.
///
/// # Errors
/// One diagnostic for each file that is not in its format.
pub fn settings(files: &[ConfigFile]) -> Result<Settings, Vec<Diagnostic>> {
    let values = merge_files(files)?;
    let mut keys = Vec::new();
    for (key, value) in &values {
        let (name, standing) = standing(key);
        add(&mut keys, (name.unwrap_or(key), standing), value, files);
    }
    Ok(Settings { values, keys })
}

/// Returns what a top-level key means, with Hugo's spelling of it.
pub fn standing(key: &str) -> (Option<&'static str>, KeyStanding) {
    let lists =
        [(SERVED, KeyStanding::Served), (NEEDLESS, KeyStanding::Needless), (NOT_YET, KeyStanding::NotYet)];
    let found = lists.into_iter().find_map(|(list, standing)| Some((spelled(list, key)?, standing)));
    found.map_or((None, KeyStanding::Unknown), |(name, standing)| (Some(name), standing))
}

fn spelled(known: &'static [&'static str], key: &str) -> Option<&'static str> {
    known.iter().find(|known| known.eq_ignore_ascii_case(key)).copied()
}

/// Adds a key, or those of the map that it holds where they are known one by one.
fn add(uses: &mut Vec<KeyUse>, (path, standing): (&str, KeyStanding), value: &Value, files: &[ConfigFile]) {
    let nested = NESTED.iter().find(|(name, _)| name.eq_ignore_ascii_case(path));
    let (Some((_, known)), Some(map)) = (nested, value.as_object()) else {
        uses.push(KeyUse { path: path.to_owned(), standing, place: place(path, files) });
        return;
    };
    for (key, value) in map {
        match spelled(known, key) {
            Some(name) => add(uses, (&format!("{path}.{name}"), standing), value, files),
            None => add(uses, (&format!("{path}.{key}"), KeyStanding::Unknown), value, files),
        }
    }
}

/// Finds the last part of a path that was written, in the most special file that has the first one.
fn place(path: &str, files: &[ConfigFile]) -> Location {
    let found = files.iter().rev().find_map(|file| {
        let of_file = file.path.rsplit('/').next().and_then(|name| name.split('.').next());
        let line = line_of(&file.text, path, of_file.unwrap_or_default())?;
        Some(Location::position(&file.path, line, 1))
    });
    found.unwrap_or_else(|| Location::file(files.last().map_or("hugo.yaml", |file| &file.path)))
}

/// Finds a path in a text: each part on the line of the one before it or below. A search by words, good enough to point
/// at; the part that the name of the file stands for is not in it.
fn line_of(text: &str, path: &str, of_file: &str) -> Option<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let has =
        |line: &str, part: &str| line.split(|c| !is_word(c)).any(|word| word.eq_ignore_ascii_case(part));
    let begins = |line: &str, part: &str| {
        let start = line.trim_start_matches(['[', '"', '\'', '{', ' ']);
        start.split(|c| !is_word(c)).next().is_some_and(|word| word.eq_ignore_ascii_case(part))
    };
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let mut at = if first.eq_ignore_ascii_case(of_file) {
        0
    } else {
        lines.iter().position(|line| begins(line, first))?
    };
    for part in rest.split('.').filter(|part| !part.is_empty()) {
        match lines.iter().skip(at).position(|line| has(line, part)) {
            Some(below) => at += below,
            None => break,
        }
    }
    Some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Format;

    #[test]
    fn each_key_that_is_set_is_found_with_its_place() {
        let text =
            "baseurl: /\nminify: true\nmarkup:\n  goldmark:\n    renderer: {unsafe: true}\n  other: 1\n";
        let file = ConfigFile { path: "hugo.yaml".to_owned(), text: text.to_owned(), format: Format::Yaml };
        let Settings { values, keys } = settings(&[file]).unwrap();
        assert_eq!(values.len(), 3);
        let shown: Vec<_> =
            keys.iter().map(|found| (found.path.as_str(), found.standing, found.place.line)).collect();
        assert_eq!(
            shown,
            [
                ("baseURL", KeyStanding::Served, Some(1)),
                ("markup.goldmark.renderer.unsafe", KeyStanding::Served, Some(5)),
                ("markup.other", KeyStanding::Unknown, Some(6)),
                ("minify", KeyStanding::Needless, Some(2)),
            ]
        );
    }
}
