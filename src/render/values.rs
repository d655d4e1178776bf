//! Small words for building template values.

use serde_json::Value as Data;
use tera::value::Key;
use tera::{Map, Value};

/// Makes a map with the given keys, in order.
pub(super) fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(entries.into_iter().map(|(key, value)| (Key::Str(key), value)).collect::<Map>())
}

/// Makes a text that templates escape.
pub(super) fn text(text: impl AsRef<str>) -> Value {
    Value::normal_string(text.as_ref())
}

/// Makes a piece of HTML that templates print as it is.
pub(super) fn html(html: impl AsRef<str>) -> Value {
    Value::safe_string(html.as_ref())
}

/// Makes a text, or `none`.
pub(super) fn optional_text(value: Option<impl AsRef<str>>) -> Value {
    value.map_or_else(Value::none, text)
}

/// Makes a list.
pub(super) fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

/// Makes a number.
pub(super) fn number(number: usize) -> Value {
    Value::from(u64::try_from(number).unwrap_or(u64::MAX))
}

/// Turns the author's data into a value; its maps keep their sorted order.
pub(super) fn data(value: &Data) -> Value {
    match value {
        Data::Null => Value::none(),
        Data::Bool(flag) => Value::from(*flag),
        Data::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => Value::from(integer),
            (None, Some(integer)) => Value::from(integer),
            (None, None) => Value::from(number.as_f64().unwrap_or(0.0)),
        },
        Data::String(text) => Value::normal_string(text),
        Data::Array(items) => list(items.iter().map(data)),
        Data::Object(map) => data_map(map),
    }
}

/// Turns a map of the author's data into a value.
pub(super) fn data_map(map: &serde_json::Map<String, Data>) -> Value {
    Value::from(map.iter().map(|(key, value)| (Key::from(key.clone()), data(value))).collect::<Map>())
}
