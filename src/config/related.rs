//! Reads `related`: by which front matter pages are related, and how much each of it counts.

use serde_json::Value;

use crate::data::{flag, integer, scalar_text};

/// By what pages are related (Hugo's `related`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedOptions {
    /// How strong a relation is at least, in percent of the strongest index.
    pub threshold_percent: i64,
    /// Whether pages that are newer than the page itself count.
    pub includes_newer: bool,
    /// The indices, in the order written.
    pub indices: Vec<RelatedIndex>,
}

/// One key of front matter that relates pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedIndex {
    /// The key, lower case; `date` is the date of the page, `event` the events that it tells of, and their series.
    pub name: String,
    /// What one common word counts.
    pub weight: i64,
    /// The Go layout that a date is compared by.
    pub pattern: String,
    /// Whether words are compared without case.
    pub to_lower: bool,
    /// Words of more pages than this share, in percent, do not count; 0 is no limit.
    pub cardinality_percent: i64,
}

impl RelatedIndex {
    fn of(name: &str, weight: i64) -> Self {
        Self {
            name: name.to_owned(),
            weight,
            pattern: String::new(),
            to_lower: false,
            cardinality_percent: 0,
        }
    }
}

impl Default for RelatedOptions {
    /// Hugo's own, keywords, tags and the year, and the event that a post tells of.
    fn default() -> Self {
        Self {
            threshold_percent: 80,
            includes_newer: false,
            indices: vec![
                RelatedIndex::of("keywords", 100),
                RelatedIndex::of("date", 10),
                RelatedIndex::of("tags", 80),
                RelatedIndex::of("event", 100),
            ],
        }
    }
}

/// Reads `related`; where it is written, nothing of the defaults is left (Hugo 0.168, asked).
pub(super) fn read_related(value: &Value) -> RelatedOptions {
    let number = |map: &Value, key: &str| map.get(key).and_then(integer).unwrap_or(0);
    let is_set = |map: &Value, key: &str| map.get(key).and_then(flag).unwrap_or(false);
    let indices = value.get("indices").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let indices = indices.iter().filter_map(|index| {
        let name = index.get("name").and_then(scalar_text)?.to_lowercase();
        // Headings are known only when a text is rendered, which is after this is asked.
        let is_basic = index.get("type").and_then(scalar_text).is_none_or(|kind| kind == "basic");
        is_basic.then(|| RelatedIndex {
            name,
            weight: number(index, "weight"),
            pattern: index.get("pattern").and_then(scalar_text).unwrap_or_default(),
            to_lower: is_set(index, "tolower") || is_set(value, "tolower"),
            cardinality_percent: number(index, "cardinalitythreshold"),
        })
    });
    RelatedOptions {
        threshold_percent: number(value, "threshold"),
        includes_newer: is_set(value, "includenewer"),
        indices: indices.collect(),
    }
}
