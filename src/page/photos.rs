//! Reads `photos` of front matter: which photos of the folder follow the text, and what is said of them.

use serde_json::{Map, Value};

use super::front_matter::ResourceRule;
use crate::data::{scalar_text, text_list};
use crate::glob::Glob;

/// Which photos of the bundle follow the text, as far as that does not show them.
#[derive(Debug, Clone, Default)]
pub enum Photos {
    /// None.
    #[default]
    Unasked,
    /// All (`photos: true`).
    All,
    /// Those that a pattern matches, in the order of the patterns.
    Matching(Vec<Glob>),
}

/// Returns what `photos` asks for: `true`, a pattern, or a list of patterns and of maps with `src`.
///
/// A map says of its photos what `resources` does: `alt` and `caption`, and `credit` with `license` as their byline. Addresses,
/// numbers and maps without `src` are the author's own, as many sites have a list of this name for their templates.
pub(super) fn read(value: Option<&Value>) -> (Photos, Vec<ResourceRule>) {
    let entries = match value {
        Some(Value::Bool(true)) => return (Photos::All, Vec::new()),
        Some(Value::Array(entries)) => entries.as_slice(),
        Some(value @ (Value::String(_) | Value::Object(_))) => std::slice::from_ref(value),
        _ => &[],
    };
    let mut wanted = Vec::new();
    let mut rules = Vec::new();
    for entry in entries {
        let map = entry.as_object();
        let Some(source) = map.map_or_else(|| entry.as_str(), |map| map.get("src")?.as_str()) else {
            continue;
        };
        let source = source.trim().trim_start_matches("./");
        let is_elsewhere = source.is_empty() || source.starts_with('/') || source.contains("://");
        let Ok(glob) = Glob::new(source) else { continue };
        if is_elsewhere {
            continue;
        }
        wanted.push(glob.clone());
        rules.extend(map.map(|map| rule(source, glob, map)));
    }
    (if wanted.is_empty() { Photos::Unasked } else { Photos::Matching(wanted) }, rules)
}

/// Returns the entry of `resources` that says the same.
fn rule(source: &str, glob: Glob, said: &Map<String, Value>) -> ResourceRule {
    let text = |key: &str| said.get(key).and_then(scalar_text).filter(|text| !text.is_empty());
    let mut params = said.clone();
    let credit = said.get("credit").map(text_list).unwrap_or_default().join(", ");
    let byline = match (credit.is_empty(), text("license")) {
        (false, Some(license)) => Some(format!("{credit} ({license})")),
        (false, None) => Some(credit),
        (true, license) => license,
    };
    if let Some(byline) = byline {
        params.entry("byline").or_insert(Value::String(byline));
    }
    ResourceRule { source: source.to_owned(), glob, name: None, title: text("title"), params }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn patterns_and_files_are_wanted_and_what_sites_keep_for_themselves_is_not() {
        let table = [
            (json!(true), "all"),
            (json!(false), ""),
            (json!(12), ""),
            (json!("*.jpg"), "hall.jpg"),
            (json!(["./hall.*", "stage.jpg"]), "hall.jpg stage.jpg"),
            (json!([{ "src": "hall.jpg", "alt": "The hall" }, "stage.jpg"]), "hall.jpg stage.jpg"),
            (json!([{ "url": "hall.jpg" }, "https://example.org/*.jpg", "/hall.jpg", "", 3]), ""),
        ];
        for (written, expected) in table {
            let shown = match read(Some(&written)).0 {
                Photos::Unasked => String::new(),
                Photos::All => "all".to_owned(),
                Photos::Matching(globs) => {
                    let files = ["hall.jpg", "stage.jpg", "https://example.org/a.jpg"];
                    let first = |glob: &Glob| files.into_iter().find(|file| glob.matches(file));
                    globs.iter().filter_map(first).collect::<Vec<_>>().join(" ")
                }
            };
            assert_eq!(shown, expected, "{written}");
        }
    }

    #[test]
    fn a_credit_and_its_license_are_the_byline() {
        for (said, expected) in [
            (
                json!({ "src": "a.jpg", "credit": "Ada Example", "license": "CC BY 4.0" }),
                "Ada Example (CC BY 4.0)",
            ),
            (json!({ "src": "a.jpg", "credit": ["Ada", "Bo"] }), "Ada, Bo"),
            (json!({ "src": "a.jpg", "license": "CC0", "byline": "mine" }), "mine"),
        ] {
            let (_, rules) = read(Some(&said));
            assert_eq!(rules[0].params["byline"], expected);
        }
    }
}
