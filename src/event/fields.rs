//! Reads the keys of one map with their types, and says what is wrong with them by their path.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Moment;
use super::moment::{read_moment, read_time};
use crate::data::{Step, flag, scalar_text, text_list};
use crate::diag::{Diagnostic, nearest};

/// One step of the path to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    /// A key, in lower case.
    Key(String),
    /// An entry of a list, from 0.
    Entry(usize),
}

impl PathStep {
    /// Makes a step to a key.
    pub fn key(key: &str) -> Self {
        Self::Key(key.to_owned())
    }

    /// Returns the step as the finder of places takes it.
    pub fn step(&self) -> Step<'_> {
        match self {
            Self::Key(key) => Step::Key(key),
            Self::Entry(index) => Step::Entry(*index),
        }
    }
}

/// What is wrong with a value, and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// From the top of the front matter, or of the data file.
    pub path: Vec<PathStep>,
    /// Without a place.
    pub problem: Diagnostic,
}

impl Fault {
    /// Makes a fault at a path.
    pub fn new(path: &[PathStep], problem: Diagnostic) -> Self {
        Self { path: path.to_vec(), problem }
    }
}

/// A map that is being read.
pub(super) struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: &'a [PathStep],
    faults: &'a mut Vec<Fault>,
    known: BTreeSet<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(map: &'a Map<String, Value>, path: &'a [PathStep], faults: &'a mut Vec<Fault>) -> Self {
        Self { map, path, faults, known: BTreeSet::new() }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.insert(key);
        self.map.get(key).filter(|value| !value.is_null())
    }

    /// Says that a value is wrong, and what would be right.
    pub(super) fn refuse(&mut self, key: &str, message: impl Into<String>, hint: impl Into<String>) {
        let path = [self.path, &[PathStep::key(key)]].concat();
        self.faults.push(Fault { path, problem: Diagnostic::warning("event-value", message).hint(hint) });
    }

    fn refuse_value(&mut self, key: &str, value: &Value, expected: impl Into<String>) {
        let shown: String = value.to_string().chars().take(60).collect();
        self.refuse(key, format!("`{key}` is `{shown}`, and is left out"), expected);
    }

    /// Reads a text; a number will do.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        let text = scalar_text(value).map(|text| text.trim().to_owned());
        if text.is_none() {
            self.refuse_value(key, value, "it should be a text");
        }
        text.filter(|text| !text.is_empty())
    }

    /// Reads a list of texts, or one.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<String> {
        let Some(value) = self.get(key) else { return Vec::new() };
        if value.is_object() {
            self.refuse_value(key, value, "it should be a text or a list of texts");
        }
        text_list(value)
    }

    /// Reads an address of the web.
    pub(super) fn url(&mut self, key: &'static str) -> Option<String> {
        let text = self.text(key)?;
        match refused_url(&text) {
            None => Some(text),
            Some(hint) => {
                self.refuse(key, format!("`{text}` is no address, and is left out"), hint);
                None
            }
        }
    }

    /// Reads an address of the web, or the name of a file beside the post.
    pub(super) fn url_or_file(&mut self, key: &'static str) -> Option<String> {
        let text = self.text(key)?;
        let is_file = !text.contains("://") && !text.contains(char::is_whitespace);
        match refused_url(&text).filter(|_| !is_file) {
            None => Some(text),
            Some(hint) => {
                self.refuse(key, format!("`{text}` is no address, and is left out"), hint);
                None
            }
        }
    }

    /// Reads a day, or a day with a time.
    pub(super) fn moment(&mut self, key: &'static str) -> Option<Moment> {
        let value = self.get(key)?;
        let text = scalar_text(value).unwrap_or_else(|| value.to_string());
        match read_moment(&text) {
            Ok(moment) => Some(moment),
            Err(hint) => {
                self.refuse(key, format!("`{text}` is no date, and is left out"), hint);
                None
            }
        }
    }

    /// Reads a time of day, or that of a moment.
    pub(super) fn moment_or_time(&mut self, key: &'static str) -> Option<jiff::civil::Time> {
        let text = scalar_text(self.get(key)?)?;
        let time = read_time(&text).or_else(|| read_moment(&text).ok()?.time);
        if time.is_none() {
            let hint = "it is written like `2026-02-03T10:20`, or `\"10:20\"`";
            self.refuse(key, format!("`{text}` is no time, and is left out"), hint);
        }
        time
    }

    /// Reads a whole number from 0 on.
    pub(super) fn count(&mut self, key: &'static str) -> Option<u64> {
        let value = self.get(key)?;
        let number = value.as_u64().or_else(|| scalar_text(value)?.trim().parse().ok());
        if number.is_none() {
            self.refuse_value(key, value, "it should be a whole number, without a sign or a unit");
        }
        number
    }

    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else { return false };
        flag(value).unwrap_or_else(|| {
            self.refuse_value(key, value, "it should be `true` or `false`");
            false
        })
    }

    /// Reads one of some words.
    pub(super) fn choice<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = choose(&text, words);
        if found.is_none() {
            self.refuse(key, format!("`{key}` is `{text}`, and is left out"), wanted_word(&text, words));
        }
        found
    }

    /// Reads a list of words of which each must be one of some.
    pub(super) fn choices(
        &mut self,
        key: &'static str,
        words: &[(&'static str, &'static str)],
    ) -> Vec<String> {
        let mut chosen = Vec::new();
        for text in self.texts(key) {
            match choose(&text, words) {
                Some(word) => chosen.push(word.to_owned()),
                None => {
                    self.refuse(
                        key,
                        format!("`{key}` has `{text}`, and it is left out"),
                        wanted_word(&text, words),
                    );
                }
            }
        }
        chosen
    }

    /// Takes a value as it is.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.get(key)
    }

    /// Returns the path of a key.
    pub(super) fn path_of(&self, key: &str) -> Vec<PathStep> {
        [self.path, &[PathStep::key(key)]].concat()
    }

    /// Returns where faults are put.
    pub(super) fn faults(&mut self) -> &mut Vec<Fault> {
        self.faults
    }

    /// Tells of keys that are nearly one of those that were asked for: others are the author's own.
    pub(super) fn finish(self) {
        for key in self.map.keys().filter(|key| !self.known.contains(key.as_str())) {
            // Too short to be like anything but itself.
            let like = nearest(key, self.known.iter().copied()).filter(|_| key.len() > 3);
            let like = like.filter(|like| !self.map.contains_key(*like) && differs_little(key, like));
            if let Some(like) = like {
                let path = [self.path, &[PathStep::key(key)]].concat();
                let problem =
                    Diagnostic::warning("event-key", format!("`{key}` is no key that is read here"))
                        .hint(format!("did you mean `{like}`?"));
                self.faults.push(Fault { path, problem });
            }
        }
    }
}

/// Says whether one word is the other with a slip of the finger, not another word of the author's.
fn differs_little(written: &str, known: &str) -> bool {
    let plain = |text: &str| text.replace(['_', '-'], "");
    plain(written) == plain(known)
        || plain(written).trim_end_matches('s') == plain(known).trim_end_matches('s')
        || strsim::damerau_levenshtein(written, known) <= 1 + usize::from(known.len() > 6)
}

/// Most words that are named where one is wanted.
const SHOWN_MAX: usize = 10;

fn choose<T: Copy>(text: &str, words: &[(&'static str, T)]) -> Option<T> {
    let plain = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
    let wanted = plain(text);
    words.iter().find(|(word, _)| *word == wanted).map(|(_, value)| *value)
}

fn wanted_word<T>(text: &str, words: &[(&'static str, T)]) -> String {
    match nearest(text, words.iter().map(|(word, _)| *word)) {
        Some(word) => format!("did you mean `{word}`?"),
        None => {
            // Our own words come first; those that are read besides are not advertised.
            let own: Vec<String> =
                words.iter().take(SHOWN_MAX).map(|(word, _)| format!("`{word}`")).collect();
            format!("it should be one of {}", own.join(", "))
        }
    }
}

/// Says what is wrong with an address; `None` where it is good.
fn refused_url(text: &str) -> Option<String> {
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None if text.starts_with("www.") => return Some(format!("did you mean `https://{text}`?")),
        None => return Some("an address begins with `https://`".to_owned()),
    };
    if text.contains(char::is_whitespace) {
        return Some(
            "an address has no blanks: a link target may have been pasted together with its text".to_owned(),
        );
    }
    match scheme.as_str() {
        "https" | "http" if rest.starts_with("//") && rest.len() > 2 => None,
        "https" | "http" => Some(format!("did you mean `{scheme}://{}`?", rest.trim_start_matches('/'))),
        scheme if strsim::damerau_levenshtein(scheme, "https") <= 2 => {
            Some(format!("did you mean `https:{rest}`?"))
        }
        _ => Some("an address begins with `https://`".to_owned()),
    }
}
