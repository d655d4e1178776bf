//! Reads the four dates of a page from its front matter, with Hugo's fall-backs.

use std::cell::Cell;

use jiff::Zoned;
use serde_json::{Map, Value};

use super::{Bundle, ContentPath};
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
    let reads_name = Cell::new(false);
    let mut pick = |keys: &[String]| {
        keys.iter().find_map(|key| match key.as_str() {
            ":filename" => {
                reads_name.set(true);
                from_name.as_ref().map(|(date, _)| date.clone())
            }
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
    // The rest of the file name is the slug, but only where no key before it has a date (Hugo 0.168, asked).
    let slug = from_name.and_then(|(_, slug)| slug).filter(|_| reads_name.get());
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

/// Reads `2024-05-06-name`, `2024-05-06_name` or `2024-05-06T10-11-12-name`: the date, and the rest as a slug where
/// there is one (Hugo 0.168, asked).
fn file_name_date(path: &ContentPath, config: &Config) -> Option<(Zoned, Option<String>)> {
    let name = match path.bundle {
        Bundle::Branch => path.folders.last()?,
        Bundle::Leaf | Bundle::Single => &path.name,
    };
    let (day, rest) = name.split_at_checked(10)?;
    let date = date::parse(day, &config.zone)?;
    let timed = time_of_day(rest).and_then(|(time, rest)| {
        let date = date::parse(&format!("{day}T{time}"), &config.zone)?;
        Some((date, rest))
    });
    let (date, rest) = timed.unwrap_or((date, rest));
    let rest = rest.trim_start_matches(['-', '_', ' ']);
    Some((date, (!rest.is_empty()).then(|| rest.to_owned())))
}

/// Takes `T10-11-12` off the start of a name; also with `-` or `_` in front and `:` inside.
fn time_of_day(rest: &str) -> Option<(String, &str)> {
    let (time, rest) = rest.split_at_checked(9)?;
    let parts = time.strip_prefix(['T', '-', '_'])?.replace('-', ":");
    let fits =
        |(at, byte): (usize, u8)| if at == 2 || at == 5 { byte == b':' } else { byte.is_ascii_digit() };
    parts.bytes().enumerate().all(fits).then_some((parts, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `frontmatter.date: [":filename"]` of Hugo 0.168, asked.
    #[test]
    fn names_of_files_have_a_date_a_time_and_a_slug() {
        let (config, _) = crate::config::load(&[], false).unwrap();
        for (path, date, slug) in [
            ("2024-05-06-name.md", "2024-05-06T00:00:00Z", Some("name")),
            ("2024-05-07_some thing.md", "2024-05-07T00:00:00Z", Some("some thing")),
            ("2024-05-08.md", "2024-05-08T00:00:00Z", None),
            ("2024-05-09-bundle/index.md", "2024-05-09T00:00:00Z", Some("bundle")),
            ("s/2024-05-09-section/_index.md", "2024-05-09T00:00:00Z", Some("section")),
            ("2024-05-06 sp.md", "2024-05-06T00:00:00Z", Some("sp")),
            ("2024-05-06T10-11-12-time.md", "2024-05-06T10:11:12Z", Some("time")),
            ("2024-05-06-10-11-12-x.md", "2024-05-06T10:11:12Z", Some("x")),
            ("2024-05-06T10:11:12Z-z.md", "2024-05-06T10:11:12Z", Some("Z-z")),
            ("2024-05-06T1011-y.md", "2024-05-06T00:00:00Z", Some("T1011-y")),
            ("2024-05-06-99-11-12-x.md", "2024-05-06T00:00:00Z", Some("99-11-12-x")),
        ] {
            let found = file_name_date(&ContentPath::of(path), config.general()).unwrap();
            assert_eq!((date::rfc3339(&found.0).as_str(), found.1.as_deref()), (date, slug), "{path}");
        }
        for path in ["2024-13-45-bad.md", "2024-5-6-x.md", "20240506-x.md", "é.md", "_index.md"] {
            assert!(file_name_date(&ContentPath::of(path), config.general()).is_none(), "{path}");
        }
    }
}
