//! Turns YAML, TOML and JSON text into one [`Value`], for front matter and configuration alike.
//!
//! Keys are lower-cased at every depth, because Hugo's are case-insensitive nearly everywhere. Knows no key by name.

mod position;
mod scalars;

use serde_json::{Map, Number, Value};

pub use position::{Step, position};

use crate::diag::{Diagnostic, line_and_column};

/// One of the three languages that Hugo reads data from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// YAML 1.2.
    Yaml,
    /// TOML 1.0.
    Toml,
    /// JSON (RFC 8259).
    Json,
}

impl Format {
    /// Returns the format of a file by its extension.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// Returns the name for messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Json => "JSON",
        }
    }
}

/// What is wrong with a piece of data, and where in it, both counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// What the parser says, lower case.
    pub message: String,
    /// Line and column within the text, where the parser knows them.
    pub position: Option<(usize, usize)>,
    /// What to do, where the mistake is a well-known one.
    pub hint: Option<&'static str>,
}

/// Most bytes of data that are read: an alias bomb of a few kilobytes costs the YAML parser half a second at most.
const DATA_MAX_BYTES: usize = 1 << 20;

/// What becomes of the keys of mappings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Lower case.
    Lower,
    /// As they are: in Hugo the keys of words alone are told apart by case.
    AsWritten,
}

impl Keys {
    fn spell(self, key: String) -> String {
        match self {
            Self::Lower => key.to_lowercase(),
            Self::AsWritten => key,
        }
    }
}

/// Reads a mapping; empty text is an empty mapping.
///
/// # Errors
/// The text is not in the format, is no mapping, or is longer than a mebibyte.
pub fn parse(text: &str, format: Format) -> Result<Map<String, Value>, DataError> {
    match parse_value(text, format, Keys::Lower)? {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        _ => Err(DataError {
            message: format!("this {} is not a list of `key: value` pairs", format.name()),
            position: Some((1, 1)),
            hint: None,
        }),
    }
}

/// Reads a value of any shape.
///
/// # Errors
/// The text is not in the format, or is longer than a mebibyte.
pub fn parse_value(text: &str, format: Format, keys: Keys) -> Result<Value, DataError> {
    if text.len() > DATA_MAX_BYTES {
        return Err(DataError {
            message: "more than a mebibyte of data".to_owned(),
            position: None,
            hint: None,
        });
    }
    match format {
        Format::Yaml => parse_yaml(text, keys),
        Format::Toml => parse_toml(text, keys),
        Format::Json => parse_json(text, keys),
    }
}

fn parse_yaml(text: &str, keys: Keys) -> Result<Value, DataError> {
    let parsed = serde_yaml::from_str::<serde_yaml::Value>(&scalars::normalize(text));
    parsed.map(|value| from_yaml(value, keys)).map_err(|error| {
        let position = error.location().map(|at| (at.line(), at.column()));
        let message = error.to_string();
        let hint = yaml_hint(&message, text, position);
        // The parser repeats the position at the end of its sentence; ours stands before it already.
        let message = message.split(" at line ").next().unwrap_or(&message).to_lowercase();
        DataError { message, position, hint }
    })
}

fn yaml_hint(message: &str, text: &str, position: Option<(usize, usize)>) -> Option<&'static str> {
    let line = position.and_then(|(line, _)| text.lines().nth(line.saturating_sub(1))).unwrap_or("");
    if message.contains("mapping values are not allowed") || line.matches(": ").count() > 1 {
        Some("put a text that holds `: ` in quotes")
    } else if text.lines().any(|line| line.starts_with('\t')) {
        Some("YAML is indented with spaces, not tabs")
    } else if message.contains("did not find expected ',' or ']'") {
        Some("a `[` above is not closed")
    } else if message.contains("did not find expected ',' or '}'") {
        Some("a `{` above is not closed")
    } else if message.contains("found unexpected end of stream") {
        Some("a quote above is not closed")
    } else if message.contains("duplicate entry") {
        Some("keep one of the two keys")
    } else {
        None
    }
}

fn from_yaml(value: serde_yaml::Value, keys: Keys) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(flag) => Value::Bool(flag),
        serde_yaml::Value::Number(number) => from_yaml_number(&number),
        serde_yaml::Value::String(text) => Value::String(text),
        serde_yaml::Value::Sequence(list) => {
            Value::Array(list.into_iter().map(|value| from_yaml(value, keys)).collect())
        }
        serde_yaml::Value::Mapping(map) => Value::Object(
            map.into_iter().map(|(key, value)| (keys.spell(yaml_key(key)), from_yaml(value, keys))).collect(),
        ),
        serde_yaml::Value::Tagged(tagged) => from_yaml(tagged.value, keys),
    }
}

fn from_yaml_number(number: &serde_yaml::Number) -> Value {
    if let Some(integer) = number.as_i64() {
        Value::from(integer)
    } else if let Some(integer) = number.as_u64() {
        Value::from(integer)
    } else {
        number
            .as_f64()
            .and_then(Number::from_f64)
            .map_or_else(|| Value::String(number.to_string()), Value::Number)
    }
}

fn yaml_key(key: serde_yaml::Value) -> String {
    scalar_text(&from_yaml(key, Keys::AsWritten)).unwrap_or_default()
}

fn parse_toml(text: &str, keys: Keys) -> Result<Value, DataError> {
    let table = text.parse::<toml::Table>();
    table.map(|table| from_toml(toml::Value::Table(table), keys)).map_err(|error| DataError {
        message: error.message().to_lowercase(),
        position: error.span().map(|span| line_and_column(text, span.start)),
        hint: None,
    })
}

fn from_toml(value: toml::Value, keys: Keys) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => {
            Number::from_f64(number).map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(list) => {
            Value::Array(list.into_iter().map(|value| from_toml(value, keys)).collect())
        }
        toml::Value::Table(table) => Value::Object(
            table.into_iter().map(|(key, value)| (keys.spell(key), from_toml(value, keys))).collect(),
        ),
    }
}

fn parse_json(text: &str, keys: Keys) -> Result<Value, DataError> {
    let lower = |value| if keys == Keys::Lower { lower_keys(value) } else { value };
    serde_json::from_str::<Value>(text).map(lower).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_lowercase();
        DataError { message, position: Some((error.line(), error.column().max(1))), hint: None }
    })
}

fn lower_keys(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter().map(|(key, value)| (key.to_lowercase(), lower_keys(value))).collect(),
        ),
        Value::Array(list) => Value::Array(list.into_iter().map(lower_keys).collect()),
        scalar => scalar,
    }
}

/// Returns a scalar as text, as Hugo does where a text is expected: `2024`, `true`; null, lists and maps are `None`.
pub fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns a boolean, also from the texts that Hugo takes for one (`"true"`, `"1"`, `1`).
pub fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => number.as_i64().map(|number| number != 0),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "1" => Some(true),
            "false" | "f" | "0" | "" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Returns a whole number, also from a text such as `"12"`.
pub fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|float| float as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Returns a list of texts; a scalar is a list of one, null an empty one, and empty texts are dropped.
pub fn text_list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(scalar_text).filter(|text| !text.is_empty()).collect(),
        scalar => scalar_text(scalar).filter(|text| !text.is_empty()).into_iter().collect(),
    }
}

/// Puts `over` on top of `under`: maps are merged key by key, everything else is replaced.
pub fn merge(under: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Object(under)), Value::Object(over)) => merge(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// Returns line and column, from 1, of the value of a top-level `key` in data as it was written.
///
/// A search by line, not a parse: good enough to point at, never used to decide anything.
pub fn key_position(text: &str, format: Format, key: &str) -> Option<(usize, usize)> {
    let separator = if format == Format::Toml { '=' } else { ':' };
    text.lines().enumerate().find_map(|(index, line)| {
        let trimmed = if format == Format::Json { line.trim_start() } else { line };
        let written = trimmed.split(separator).next()?.trim_end();
        let name = written.trim_matches(['"', '\'']);
        if written.len() == trimmed.len() || !name.eq_ignore_ascii_case(key) {
            return None;
        }
        let after = line.find(separator)? + 1;
        let value = after + line[after..].len() - line[after..].trim_start().len();
        Some((index + 1, line[..value].chars().count() + 1))
    })
}

/// Adds a place to what is wrong with data that starts at `first_line` of the file `path`.
pub fn diagnose(code: &'static str, error: DataError, path: &str, first_line: usize) -> Diagnostic {
    let location = match error.position {
        Some((line, column)) => crate::diag::Location::position(path, line + first_line - 1, column),
        None => crate::diag::Location::position(path, first_line, 1),
    };
    let diagnostic = Diagnostic::error(code, error.message).at(location);
    match error.hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_formats_mean_the_same() {
        let yaml = parse("Title: A\ntags: [x, 1]\nParams: {Foo: true}\n", Format::Yaml);
        let toml = parse("Title = 'A'\ntags = ['x', 1]\n[Params]\nFoo = true\n", Format::Toml);
        let json = parse(r#"{"Title":"A","tags":["x",1],"Params":{"Foo":true}}"#, Format::Json);
        assert_eq!(yaml, toml);
        assert_eq!(yaml, json);
        assert_eq!(yaml.map(|map| map["params"]["foo"].clone()), Ok(Value::Bool(true)));
    }

    #[test]
    fn empty_data_is_an_empty_mapping_and_a_list_is_none() {
        assert_eq!(parse("", Format::Yaml), Ok(Map::new()));
        assert_eq!(parse("# only a comment\n", Format::Yaml), Ok(Map::new()));
        assert!(parse("- a\n", Format::Yaml).is_err());
    }

    #[test]
    fn mistakes_have_a_position_and_the_well_known_ones_a_hint() {
        let error = parse("a: 1\ntitle: Wasm: the talk\n", Format::Yaml).unwrap_err();
        assert_eq!(error.position.map(|(line, _)| line), Some(2));
        assert_eq!(error.hint, Some("put a text that holds `: ` in quotes"));
        let error = parse("a = 1\nb = [\n", Format::Toml).unwrap_err();
        assert!(error.position.is_some());
        assert!(parse("{\"a\": }", Format::Json).unwrap_err().position.is_some());
    }

    #[test]
    fn a_key_is_found_where_it_was_written() {
        assert_eq!(key_position("title: x\nDate: 2024-4-1\n", Format::Yaml, "date"), Some((2, 7)));
        assert_eq!(key_position("a = 1\ndate = 'x'\n", Format::Toml, "date"), Some((2, 8)));
        assert_eq!(key_position("{\n  \"date\": 1\n}", Format::Json, "date"), Some((2, 11)));
        assert_eq!(key_position("  date: nested\n", Format::Yaml, "date"), None);
    }

    #[test]
    fn toml_dates_become_the_text_that_was_written() {
        let map = parse("date = 2024-04-10T12:30:00+02:00\nday = 2024-04-10\n", Format::Toml).unwrap();
        assert_eq!(map["date"], Value::from("2024-04-10T12:30:00+02:00"));
        assert_eq!(map["day"], Value::from("2024-04-10"));
    }

    #[test]
    fn maps_merge_and_everything_else_is_replaced() {
        let mut under = parse("a: {x: 1, y: 2}\nb: [1]\n", Format::Yaml).unwrap();
        merge(&mut under, parse("a: {y: 3}\nb: [2]\n", Format::Yaml).unwrap());
        assert_eq!(Value::Object(under).to_string(), r#"{"a":{"x":1,"y":3},"b":[2]}"#);
    }
}
