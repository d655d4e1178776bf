//! Takes data files apart into the values that each tells of: one, a list, or a table.

use serde_json::{Map, Value};

use crate::config::DataFile;
use crate::data::{self, Keys, Step};
use crate::diag::{Diagnostic, Location};
use crate::event::PathStep;

/// One value of a data file.
pub(super) struct Entry {
    /// Its keys and values.
    pub(super) value: Value,
    /// The way to it within the file.
    pub(super) path: Vec<PathStep>,
    /// What it is called by the file: its name, or the key that it stands under.
    pub(super) name: Option<String>,
}

/// Takes a data file apart.
///
/// # Errors
/// `data-syntax`: the file is not in its format; or it holds neither a map nor a list.
pub(super) fn entries(file: &DataFile) -> Result<Vec<Entry>, Diagnostic> {
    let Some(format) = file.format else { return rows(file) };
    let value = data::parse_value(&file.text, format, Keys::Lower)
        .map_err(|error| data::diagnose("data-syntax", error, &file.path, 1))?;
    Ok(match (value, file.own_name()) {
        (Value::Null, _) => Vec::new(),
        (value @ Value::Object(_), Some(name)) => {
            vec![Entry { value, path: Vec::new(), name: Some(name.to_owned()) }]
        }
        (Value::Array(list), _) => of_list(list, &[]),
        (Value::Object(mut map), None) => match map.remove(file.subject()) {
            Some(Value::Array(list)) => of_list(list, &[PathStep::key(file.subject())]),
            _ => of_map(map),
        },
        _ => {
            let message = format!("this file holds no {}", file.subject());
            return Err(Diagnostic::error("data-syntax", message)
                .at(Location::file(file.path.clone()))
                .hint("write a list of maps, or a map for each by its id"));
        }
    })
}

fn of_list(list: Vec<Value>, within: &[PathStep]) -> Vec<Entry> {
    let each = list.into_iter().enumerate();
    each.map(|(index, value)| Entry { value, path: [within, &[PathStep::Entry(index)]].concat(), name: None })
        .collect()
}

fn of_map(map: Map<String, Value>) -> Vec<Entry> {
    map.into_iter()
        .filter(|(_, value)| value.is_object())
        .map(|(key, value)| Entry { value, path: vec![PathStep::key(&key)], name: Some(key) })
        .collect()
}

/// Reads a table with a line of names above it (RFC 4180); the cells are texts, and an empty one says nothing.
fn rows(file: &DataFile) -> Result<Vec<Entry>, Diagnostic> {
    let broken = |error: &csv::Error| {
        let line = error.position().and_then(|position| usize::try_from(position.line()).ok());
        let place = Location { path: file.path.clone(), line, column: None };
        Diagnostic::error("data-syntax", error.to_string().to_lowercase()).at(place)
    };
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(file.text.as_bytes());
    let names = reader.headers().map_err(|error| broken(&error))?.clone();
    let mut entries = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| broken(&error))?;
        let cells = names.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        let value: Map<String, Value> =
            cells.map(|(name, cell)| (name.to_lowercase(), cell_value(cell))).collect();
        if !value.is_empty() {
            entries.push(Entry {
                value: Value::Object(value),
                path: vec![PathStep::Entry(index)],
                name: None,
            });
        }
    }
    Ok(entries)
}

/// Reads a cell: several texts are set apart by `|`.
fn cell_value(cell: &str) -> Value {
    if cell.contains('|') {
        cell.split('|').map(|part| Value::from(part.trim())).collect()
    } else {
        Value::from(cell)
    }
}

/// Returns where a value of a data file was written.
pub(super) fn place(file: &DataFile, path: &[PathStep]) -> Location {
    let Some(format) = file.format else {
        let row = path.iter().find_map(|step| match step {
            PathStep::Entry(index) => Some(index + 2),
            PathStep::Key(_) => None,
        });
        return Location { path: file.path.clone(), line: row, column: None };
    };
    let steps: Vec<Step<'_>> = path.iter().map(PathStep::step).collect();
    match data::position(&file.text, format, &steps) {
        Some((line, column)) => Location::position(&file.path, line, column),
        None => Location::file(file.path.clone()),
    }
}
