//! Reads what the author says about checks: `check`, a key of our own.

use std::collections::BTreeMap;

use serde_json::Value;

use super::ConfigFile;
use super::keys::place;
use super::read::Values;
use crate::data::{scalar_text, text_list};
use crate::diag::Diagnostic;
use crate::glob::Glob;
use crate::text::parse_bytes;

/// What the author decided about checks.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// How much findings matter, by their code.
    pub severity: BTreeMap<String, Level>,
    /// Most that a page may make a phone load.
    pub budget: Budget,
    /// Targets of links that are not looked at.
    pub ignore: Vec<Glob>,
}

/// How much findings of a code matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The check fails.
    Error,
    /// They are told, and fail a strict check.
    Warn,
    /// They are told.
    Note,
    /// They are not told.
    Off,
}

/// Most bytes that a page may make a phone load, of each kind; no limit where none is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budget {
    /// The page itself.
    pub html: Option<u64>,
    /// Its style sheets.
    pub css: Option<u64>,
    /// Its scripts.
    pub js: Option<u64>,
    /// Its pictures, in the size that a phone chooses.
    pub pictures: Option<u64>,
    /// All of it together.
    pub total: Option<u64>,
}

/// Reads `check`.
///
/// # Errors
/// `config-check` for a value that means nothing.
pub(super) fn read_check(values: &Values<'_>, files: &[ConfigFile]) -> Result<CheckOptions, Vec<Diagnostic>> {
    let mut options = CheckOptions::default();
    let mut problems = Vec::new();
    for (code, level) in values.map("check.severity").into_iter().flatten() {
        match scalar_text(level).as_deref().and_then(Level::named).or_else(|| Level::of_flag(level)) {
            Some(level) => {
                options.severity.insert(code.clone(), level);
            }
            None => problems.push(
                refused(&format!("severity.{code}"), level, code, files)
                    .hint("use `error`, `warn`, `note` or `off`"),
            ),
        }
    }
    let mut limit = |key: &str| {
        let written = values.at(&format!("check.budget.{key}"))?;
        let read = scalar_text(written).and_then(|text| parse_bytes(&text, 1));
        if read.is_none() {
            let problem = refused(&format!("budget.{key}"), written, key, files);
            problems.push(problem.hint("write a size, such as `300kB` or `2MB`"));
        }
        read
    };
    options.budget = Budget {
        html: limit("html"),
        css: limit("css"),
        js: limit("js"),
        pictures: limit("pictures"),
        total: limit("total"),
    };
    for pattern in values.at("check.ignore").map(text_list).unwrap_or_default() {
        match Glob::new(&pattern) {
            Ok(glob) => options.ignore.push(glob),
            Err(problem) => problems.push(problem.at(place("ignore", files))),
        }
    }
    if problems.is_empty() { Ok(options) } else { Err(problems) }
}

fn refused(path: &str, value: &Value, key: &str, files: &[ConfigFile]) -> Diagnostic {
    let shown = scalar_text(value).unwrap_or_else(|| value.to_string());
    Diagnostic::error("config-check", format!("`check.{path}` cannot be `{shown}`")).at(place(key, files))
}

impl Level {
    /// Returns the level of a word.
    fn named(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "error" => Some(Self::Error),
            "warn" | "warning" => Some(Self::Warn),
            "note" | "info" => Some(Self::Note),
            "off" | "none" => Some(Self::Off),
            _ => None,
        }
    }

    /// A bare `off` is a word in YAML 1.2 and `false` in YAML 1.1, which many editors go by.
    fn of_flag(value: &Value) -> Option<Self> {
        (*value == Value::Bool(false)).then_some(Self::Off)
    }
}
