//! Checks what programs read: feeds, sitemaps and other XML, and calendar files.
//!
//! Looks at the form, and at whether addresses are whole; which elements a format wants is not checked.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Checked;
use crate::config::ConfigFile;
use crate::data::key_position;
use crate::diag::{Diagnostic, Location};
use crate::output::{Class, Content, Output};
use crate::path::has_scheme;
use crate::source::read_asset;

/// Most bytes of an author's file that are read.
const FILE_MAX_BYTES: u64 = 8 << 20;

/// Elements whose text is an address.
const ADDRESSES: [&str; 5] = ["loc", "link", "guid", "comments", "icon"];

/// Returns what is wrong with the feeds, sitemaps and calendars of a site.
///
/// Addresses without a host come from the configuration, so one of them is told for all.
pub(super) fn check(checked: &Checked<'_>, config: &[ConfigFile]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = checked.outputs.iter().flat_map(|output| check_output(output)).collect();
    let mut is_told = false;
    found.retain(|diagnostic| diagnostic.code != "feed-address" || !std::mem::replace(&mut is_told, true));
    found.into_iter().map(|diagnostic| diagnostic.at(place_of_base(config))).collect()
}

fn place_of_base(config: &[ConfigFile]) -> Location {
    let written = config.iter().rev().find_map(|file| {
        let (line, column) = key_position(&file.text, file.format, "baseurl")?;
        Some(Location::position(file.path.as_str(), line, column))
    });
    written.unwrap_or_else(|| Location::file(config.last().map_or("hallway.yaml", |file| file.path.as_str())))
}

fn check_output(output: &Output) -> Vec<Diagnostic> {
    let path = output.path.as_str();
    let is_xml = path.ends_with(".xml");
    if !is_xml && !path.to_ascii_lowercase().ends_with(".ics") {
        return Vec::new();
    }
    let (bytes, source) = match &output.content {
        Content::Bytes(bytes) => (bytes.to_vec(), output.producer.as_str()),
        Content::Copy(asset) if asset.size_bytes <= FILE_MAX_BYTES => match read_asset(asset) {
            Ok(bytes) => (bytes, asset.source.as_str()),
            Err(problem) => return vec![problem],
        },
        _ => return Vec::new(),
    };
    let text = String::from_utf8_lossy(&bytes);
    let at = |offset: usize| Location::offset(source, &text, offset);
    if !is_xml {
        return calendar(&text, source);
    }
    match addresses(&text) {
        Err((message, offset)) => {
            let message = format!("`/{path}` cannot be read: {message}");
            let place = if output.class == Class::Asset { at(offset) } else { Location::file(source) };
            vec![Diagnostic::error("feed-syntax", message).at(place)]
        }
        Ok(found) if output.class == Class::Feed => {
            let short = found.iter().find(|address| !has_scheme(address));
            short.map(|address| relative(path, address)).into_iter().collect()
        }
        Ok(_) => Vec::new(),
    }
}

fn relative(path: &str, address: &str) -> Diagnostic {
    let message = format!("`/{path}` has the address `{address}`, which no reader of feeds can follow");
    Diagnostic::warning("feed-address", message)
        .hint("set `baseURL` to where the site will be, or use -b URL")
}

/// Reads an XML text to its end, and returns the addresses in it.
fn addresses(text: &str) -> Result<Vec<String>, (String, usize)> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut found, mut depth, mut is_address, mut has_root) = (Vec::new(), 0_usize, false, false);
    loop {
        let event =
            reader.read_event().map_err(|error| (error.to_string(), position(reader.error_position())))?;
        match event {
            Event::Start(tag) => {
                (depth, has_root) = (depth + 1, true);
                is_address = names_address(&tag);
                found.extend(linked(&tag));
            }
            Event::Empty(tag) => {
                has_root = true;
                found.extend(linked(&tag));
            }
            Event::End(_) => (depth, is_address) = (depth.saturating_sub(1), false),
            Event::Text(piece) if is_address => {
                let address = piece.trim().to_owned();
                found.extend(Some(address).filter(|address| !address.is_empty()));
            }
            Event::Eof if depth > 0 => return Err(("an element is not closed".to_owned(), text.len())),
            Event::Eof if !has_root => return Err(("there is no element in it".to_owned(), 0)),
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

fn names_address(tag: &BytesStart<'_>) -> bool {
    let is_opaque = attribute(tag, "isPermaLink").is_some_and(|value| value == "false");
    ADDRESSES.contains(&tag.local_name().as_ref()) && !is_opaque
}

/// Returns the address that an element of Atom, or the attachment of RSS, has as an attribute.
fn linked(tag: &BytesStart<'_>) -> Option<String> {
    match tag.local_name().as_ref() {
        "link" => attribute(tag, "href"),
        "enclosure" => attribute(tag, "url"),
        _ => None,
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    Some(found.value.into_owned())
}

/// Checks the form of a calendar (RFC 5545): lines, nesting, and the properties that every event must have.
fn calendar(text: &str, source: &str) -> Vec<Diagnostic> {
    let mut open: Vec<(String, usize, Vec<String>)> = Vec::new();
    let mut found = Vec::new();
    let mut tell = |line: usize, message: String| {
        found.push(Diagnostic::warning("calendar-syntax", message).at(Location::position(source, line, 1)));
    };
    let mut is_begun = false;
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        if line.starts_with([' ', '\t']) || line.trim().is_empty() {
            continue;
        }
        let Some((name, value)) = line.split_once([':', ';']) else {
            tell(
                line_number,
                format!("a line without a `:`: `{}`", line.chars().take(40).collect::<String>()),
            );
            continue;
        };
        let name = name.to_ascii_uppercase();
        match name.as_str() {
            "BEGIN" => {
                is_begun |= value.eq_ignore_ascii_case("VCALENDAR");
                open.push((value.trim().to_ascii_uppercase(), line_number, Vec::new()));
            }
            "END" => match open.pop() {
                Some((component, line, has)) if component.eq_ignore_ascii_case(value.trim()) => {
                    let lacks =
                        wanted(&component).iter().filter(|name| !has.iter().any(|known| known == *name));
                    lacks.for_each(|name| tell(line, format!("this {component} has no {name}")));
                }
                _ => return vec![unbalanced(source, line_number, value)],
            },
            _ => {
                if let Some((_, _, has)) = open.last_mut() {
                    has.push(name);
                }
            }
        }
    }
    if let Some((component, line, _)) = open.pop() {
        tell(line, format!("this {component} has no end"));
    } else if !is_begun {
        tell(1, "there is no `BEGIN:VCALENDAR`".to_owned());
    }
    found
}

fn unbalanced(source: &str, line: usize, value: &str) -> Diagnostic {
    let message = format!("`END:{}` closes nothing that is open", value.trim());
    Diagnostic::warning("calendar-syntax", message).at(Location::position(source, line, 1))
}

fn wanted(component: &str) -> &'static [&'static str] {
    match component {
        "VCALENDAR" => &["VERSION", "PRODID"],
        "VEVENT" => &["UID", "DTSTAMP"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_feeds_and_sitemaps_are_found() {
        let text = "<rss><link>https://a.example/</link><atom:link href='/x'/><guid isPermaLink='false'>x</guid>\
            <item><guid>b</guid><enclosure url='c'/></item></rss>";
        assert_eq!(addresses(text).unwrap(), ["https://a.example/", "/x", "b", "c"]);
        for broken in ["", "<a>", "<a></b>", "<a", "text"] {
            assert!(addresses(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn calendars_are_read_line_by_line() {
        let whole = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:2\r\nSUMMARY:long\r\n \
            line\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let shown = |text: &str| -> Vec<String> {
            calendar(text, "a.ics")
                .iter()
                .map(|it| format!("{} {}", it.at.as_ref().unwrap(), it.message))
                .collect()
        };
        assert_eq!(shown(whole), Vec::<String>::new());
        assert_eq!(shown(&whole.replace("UID:1\r\n", "")), ["a.ics:4:1 this VEVENT has no UID"]);
        assert_eq!(
            shown(&whole.replace("UID:1", "UID")),
            ["a.ics:5:1 a line without a `:`: `UID`", "a.ics:4:1 this VEVENT has no UID"]
        );
        assert_eq!(
            shown(&whole.replace("END:VEVENT", "")),
            ["a.ics:10:1 `END:VCALENDAR` closes nothing that is open"]
        );
        assert_eq!(shown("x:y\n"), ["a.ics:1:1 there is no `BEGIN:VCALENDAR`"]);
    }
}
