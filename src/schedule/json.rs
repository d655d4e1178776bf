//! Turns JSON into values that a reader may ask for anything without failing.
//!
//! Knows how schedules write names (plain, by number, in several languages), and nothing else about them.

use std::collections::HashMap;

use serde_json::Value;

use super::problem::Problem;

/// Most values of a file; the largest schedules have 100,000. Every value takes 32 bytes and more.
const MAX_VALUES: usize = 2_000_000;

/// Returns the value of a JSON text; nesting is limited by the parser (128 levels).
///
/// # Errors
/// It is broken, or larger than a schedule is.
pub(super) fn parse(text: &str) -> Result<Value, Problem> {
    if count_values(text) > MAX_VALUES {
        return Err(Problem::new(format!("this JSON has more than {MAX_VALUES} values")));
    }
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        let column = Some(error.column()).filter(|column| *column > 0);
        let problem = Problem::at_line(error.line().max(1), format!("this JSON is broken: {}", message));
        let hint = if error.is_eof() { "fetch it again: the download may have been cut short" } else { "" };
        Problem { column, ..problem }.with_hint(hint)
    })
}

/// Returns about how many values a JSON text has, counting what separates them outside strings.
fn count_values(text: &str) -> usize {
    let mut count = 0;
    let mut is_string = false;
    let mut is_escaped = false;
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_string,
            b'"' => is_string = !is_string,
            b',' | b'[' | b'{' if !is_string => count += 1,
            _ => {}
        }
    }
    count
}

/// Returns the text of a value: of a string or number itself, of `{"en": ..., "de": ...}` the English or else the first, of an
/// object with a name the name.
pub(super) fn string(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => {
            let named =
                ["name", "en"].iter().find_map(|key| fields.get(*key)).filter(|value| !value.is_null());
            let first = || fields.values().find(|value| value.is_string());
            match named.or_else(first) {
                Some(Value::Object(languages)) => {
                    let text = languages.get("en").or_else(|| languages.values().next());
                    text.and_then(Value::as_str).unwrap_or_default().to_owned()
                }
                Some(Value::String(text)) => text.clone(),
                _ => String::new(),
            }
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => String::new(),
    }
}

/// Returns the text of a field, empty if it is missing.
pub(super) fn text(value: &Value, key: &str) -> String {
    value.get(key).map(string).unwrap_or_default()
}

/// Returns the text of the first field of `keys` that has one.
pub(super) fn first_text(value: &Value, keys: &[&str]) -> String {
    keys.iter().map(|key| text(value, key)).find(|text| !text.trim().is_empty()).unwrap_or_default()
}

/// Returns the elements of a list, none if the field is anything else.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Whether a field is true.
pub(super) fn is_true(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or_default()
}

/// Returns the names of a list of objects by the text of their field `key`.
pub(super) fn names(values: &[Value], key: &str) -> HashMap<String, String> {
    values.iter().map(|value| (text(value, key), text(value, "name"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_every_spelling() {
        for (json, expected) in [
            (r#""Aula""#, "Aula"),
            ("7", "7"),
            (r#"{"de": "Halle", "en": "Hall"}"#, "Hall"),
            (r#"{"de": "Halle"}"#, "Halle"),
            (r#"{"id": 3, "name": {"en": "Hall"}}"#, "Hall"),
            ("null", ""),
            ("[1]", ""),
        ] {
            assert_eq!(string(&parse(json).unwrap()), expected, "{json}");
        }
    }

    #[test]
    fn broken_and_hostile_files_are_refused() {
        let problem = parse("{\n  \"a\": [1,\n").unwrap_err();
        assert_eq!(
            (problem.line, problem.message.as_str()),
            (Some(3), "this JSON is broken: EOF while parsing a value")
        );
        assert!(parse(&"[".repeat(100_000)).unwrap_err().message.contains("recursion limit"));
        assert!(parse(&format!("[{}0]", "0,".repeat(MAX_VALUES))).unwrap_err().message.contains("more than"));
    }
}
