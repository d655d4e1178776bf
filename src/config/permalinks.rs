//! Turns the forms of `permalinks` into rules that are tried in order.
//!
//! Hugo has three: a pattern by section, patterns by kind and section, and since 0.161 a list of targets.

use serde_json::{Map, Value};

use super::ConfigFile;
use super::keys::{place, text_place};
use crate::data::scalar_text;
use crate::diag::Diagnostic;
use crate::glob::Glob;
use crate::permalink::{Kind, Pattern};

/// One pattern and the pages that it is for.
#[derive(Debug, Clone)]
pub struct PermalinkRule {
    /// The kind of page.
    pub kind: Kind,
    /// Which pages of that kind.
    pub target: PermalinkTarget,
    /// The pattern.
    pub pattern: Pattern,
}

/// Which pages of a kind a pattern is for.
#[derive(Debug, Clone)]
pub enum PermalinkTarget {
    /// Those of one top-level section or taxonomy; empty for pages outside any section.
    Section(String),
    /// Those whose path matches, such as `/blog/**`.
    Path(Glob),
}

/// Reads `permalinks`.
///
/// # Errors
/// One diagnostic for each pattern that has an unknown token.
pub(super) fn read_permalinks(
    value: &Value,
    files: &[ConfigFile],
) -> Result<Vec<PermalinkRule>, Vec<Diagnostic>> {
    let results: Vec<Result<PermalinkRule, Diagnostic>> = match value {
        Value::Array(list) => list.iter().filter_map(Value::as_object).map(read_target).collect(),
        Value::Object(map) => map.iter().flat_map(|(key, value)| read_map_entry(key, value)).collect(),
        _ => Vec::new(),
    };
    let (rules, problems): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    let place = |problem: Diagnostic| {
        // The message names the pattern, which is found again in the files.
        let pattern = problem.message.rsplit('`').nth(1).unwrap_or_default().to_owned();
        problem.at(text_place(&pattern, files).unwrap_or_else(|| place("permalinks", files)))
    };
    let problems: Vec<Diagnostic> = problems.into_iter().filter_map(Result::err).map(place).collect();
    if problems.is_empty() { Ok(rules.into_iter().filter_map(Result::ok).collect()) } else { Err(problems) }
}

fn read_map_entry(key: &str, value: &Value) -> Vec<Result<PermalinkRule, Diagnostic>> {
    match (value, Kind::parse(key)) {
        (Value::Object(sections), Some(kind)) => {
            sections.iter().map(|(section, pattern)| section_rule(kind, section, pattern)).collect()
        }
        (pattern, _) => vec![section_rule(Kind::Page, key, pattern)],
    }
}

fn section_rule(kind: Kind, section: &str, pattern: &Value) -> Result<PermalinkRule, Diagnostic> {
    let target = PermalinkTarget::Section(section.trim_matches('/').to_lowercase());
    Ok(PermalinkRule { kind, target, pattern: Pattern::parse(&scalar_text(pattern).unwrap_or_default())? })
}

fn read_target(entry: &Map<String, Value>) -> Result<PermalinkRule, Diagnostic> {
    let target = entry.get("target").and_then(Value::as_object);
    let text = |key: &str| target.and_then(|target| target.get(key)).and_then(scalar_text);
    let kind = text("kind").and_then(|kind| Kind::parse(&kind)).unwrap_or(Kind::Page);
    let path = Glob::new(&text("path").unwrap_or_else(|| "/**".to_owned()))?;
    let pattern = Pattern::parse(&entry.get("pattern").and_then(scalar_text).unwrap_or_default())?;
    Ok(PermalinkRule { kind, target: PermalinkTarget::Path(path), pattern })
}
