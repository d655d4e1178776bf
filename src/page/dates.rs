//! Reads the four dates of a page from its front matter, with Hugo's fall-backs.

use jiff::Zoned;
use serde_json::{Map, Value};

use super::ContentPath;
use crate::config::{Config, DateKeys};
use crate::date;
use crate::diag::Diagnostic;
use crate::source::History;

/// The dates of a page; absent ones were neither written nor had a fall-back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dates {
    /// The date of the page.
    pub date: Option<Zoned>,
    /// The day of its last change.
    pub last_modified: Option<Zoned>,
    /// The instant from which it is published.
    pub publish: Option<Zoned>,
    /// The instant from which it is no longer published.
    pub expiry: Option<Zoned>,
}

/// Reads the dates; faults are paired with the key that they stand under.
pub(super) fn read(
    map: &Map<String, Value>,
    path: &ContentPath,
    history: &History,
    config: &Config,
) -> (Dates, Option<String>, Vec<(String, Diagnostic)>) {
    let DateKeys { date, last_modified, publish, expiry } = &config.date_keys;
    let mut faults: Vec<(String, Diagnostic)> = Vec::new();
    let from_name = file_name_date(path, config);
    let mut pick = |keys: &[String]| {
        keys.iter().find_map(|key| match key.as_str() {
            ":filename" => from_name.as_ref().map(|(date, _)| date.clone()),
            ":filemodtime" => history.modified.map(|instant| instant.to_zoned(config.zone.clone())),
            ":git" => history.commit.as_ref().map(|commit| commit.date.clone()),
            _ => read_date(map.get(key)?, config).unwrap_or_else(|fault| {
                if !faults.iter().any(|(known, _)| known == key) {
                    faults.push((key.clone(), fault));
                }
                None
            }),
        })
    };
    let date_of_page = pick(date);
    // Whatever the date comes from, file name or last change, is what the other two fall back to (Hugo 0.168, asked).
    let dates = Dates {
        last_modified: pick(last_modified).or_else(|| date_of_page.clone()),
        publish: pick(publish).or_else(|| date_of_page.clone()),
        date: date_of_page,
        expiry: pick(expiry),
    };
    // The rest of the file name is the slug, but only where the name is asked for its date at all.
    let reads_name =
        [date, last_modified, publish, expiry].iter().any(|keys| keys.iter().any(|key| key == ":filename"));
    let slug = from_name.and_then(|(_, slug)| slug).filter(|_| reads_name);
    (dates, slug, faults)
}

fn read_date(value: &Value, config: &Config) -> Result<Option<Zoned>, Diagnostic> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) => date::parse(text, &config.zone).map(Some).ok_or_else(|| refused(text)),
        Value::Number(number) => {
            number.as_i64().and_then(date::from_unix).map(Some).ok_or_else(|| refused(&number.to_string()))
        }
        other => Err(refused(&other.to_string())),
    }
}

fn refused(text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("front-matter-date", format!("`{text}` is no date that can be read"));
    match date::hint_for_refused(text) {
        Some(better) => diagnostic.hint(format!("did you mean `{better}`?")),
        None => diagnostic.hint("write it as `2024-04-10` or `2024-04-10T12:30:00+02:00`"),
    }
}

/// Reads `2024-05-06-name` or `2024-05-06_name`: the date, and the rest as a slug where there is one.
fn file_name_date(path: &ContentPath, config: &Config) -> Option<(Zoned, Option<String>)> {
    let day = path.name.get(..10)?;
    let date = date::parse(day, &config.zone)?;
    let rest = path.name.get(10..)?.trim_start_matches(['-', '_']);
    Some((date, (!rest.is_empty()).then(|| rest.to_owned())))
}
