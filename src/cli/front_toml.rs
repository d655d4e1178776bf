//! Puts keys into front matter in TOML: values above the tables that are there, tables below them, all else as it was.

use serde_yaml::Value as Yaml;
use toml_edit::{Array, ArrayOfTables, Datetime, DocumentMut, Item, Table, Value};

/// Turns YAML of our own making into a document of TOML with the keys in the same order.
pub(super) fn from_yaml(yaml: &str) -> Result<DocumentMut, String> {
    let read: Yaml = serde_yaml::from_str(yaml).map_err(|error| error.to_string())?;
    Ok(DocumentMut::from(table(&read)))
}

/// Returns front matter in TOML with the keys of `yaml` added, or why that cannot be.
pub(super) fn with(front: &str, yaml: &str) -> Result<String, String> {
    let mut document: DocumentMut =
        front.parse().map_err(|_| "the front matter of this post is not TOML".to_owned())?;
    for (key, item) in from_yaml(yaml)?.as_table() {
        if document.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
            return Err(format!("this post has `{key}` already"));
        }
        document.insert(key, item.clone());
    }
    Ok(document.to_string())
}

fn table(yaml: &Yaml) -> Table {
    let entries = yaml.as_mapping().into_iter().flatten();
    entries.filter_map(|(key, value)| Some((key.as_str()?.to_owned(), item(value)))).collect()
}

/// A list of maps becomes one of tables, as authors write it.
fn item(yaml: &Yaml) -> Item {
    match yaml {
        Yaml::Mapping(_) => Item::Table(table(yaml)),
        Yaml::Sequence(list) if list.iter().all(Yaml::is_mapping) => {
            Item::ArrayOfTables(list.iter().map(table).collect::<ArrayOfTables>())
        }
        Yaml::Sequence(list) => Item::Value(list.iter().filter_map(value).collect::<Array>().into()),
        other => value(other).map_or(Item::None, Item::Value),
    }
}

/// Dates are dates in TOML, without quotes.
fn value(yaml: &Yaml) -> Option<Value> {
    match yaml {
        Yaml::String(text) => Some(day(text).map_or_else(|| Value::from(text.as_str()), Value::from)),
        Yaml::Number(number) => number.as_i64().map(Value::from).or_else(|| number.as_f64().map(Value::from)),
        Yaml::Bool(flag) => Some(Value::from(*flag)),
        _ => None,
    }
}

fn day(text: &str) -> Option<Datetime> {
    text.parse().ok().filter(|read: &Datetime| read.date.is_some() && read.time.is_none())
}
