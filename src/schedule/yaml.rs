//! Turns sessions into YAML: the entries of `talks:` in the front matter of a report.
//!
//! Writes the same meaning for YAML 1.1 and 1.2: a text that either might read as anything else is quoted. Does not read YAML,
//! and does not touch what an author has already written.

use std::fmt::Write as _;

use jiff::civil::{DateTime, Time};

use super::{Kind, Session, Speaker};

/// Returns `talks:` with an entry for every session, or `talks: []`.
pub fn to_yaml(sessions: &[&Session]) -> String {
    if sessions.is_empty() {
        return "talks: []\n".to_owned();
    }
    format!("talks:\n{}", to_yaml_entries(sessions, 2))
}

/// Returns the entries alone, indented by `indent` spaces, to be added to a list that is there.
pub fn to_yaml_entries(sessions: &[&Session], indent: usize) -> String {
    let mut yaml = String::new();
    for session in sessions {
        for (index, field) in fields(session).lines().enumerate() {
            let mark = if index == 0 { "- " } else { "  " };
            yaml.extend([&" ".repeat(indent), mark, field, "\n"]);
        }
    }
    yaml
}

/// Returns the fields of a session that are known, one a line; the kind is left out where it is the usual one.
fn fields(session: &Session) -> String {
    let Session { id, title, speakers, start, end, room, track, kind, url, slides, video, .. } = session;
    let kind = kind.filter(|kind| *kind != Kind::Talk).map(Kind::name);
    let mut yaml = format!("title: {}\nid: {}\n", scalar(title), scalar(id));
    yaml.push_str(&speaker_list(speakers));
    if let Some(start) = start {
        // Both are texts in YAML 1.1 as well, whose times have seconds; a whole day is a date.
        let is_day = end.is_none() && start.time() == Time::midnight();
        let _ =
            writeln!(yaml, "start: {}", start.strftime(if is_day { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M" }));
    }
    if let Some(end) = end {
        let _ = writeln!(yaml, "end: {}", minute(*end));
    }
    let texts =
        [("room", room.as_deref()), ("track", track.as_deref()), ("kind", kind), ("url", url.as_deref())];
    for (key, value) in texts.into_iter().chain([("slides", slides.as_deref()), ("video", video.as_deref())])
    {
        if let Some(value) = value {
            let _ = writeln!(yaml, "{key}: {}", scalar(value));
        }
    }
    yaml
}

fn minute(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Returns `speakers:` as a list of names, or of maps once somebody has an address.
fn speaker_list(speakers: &[Speaker]) -> String {
    if speakers.is_empty() {
        return String::new();
    }
    if speakers.iter().all(|speaker| speaker.url.is_none()) {
        let names: Vec<String> = speakers.iter().map(|speaker| flow_scalar(&speaker.name)).collect();
        return format!("speakers: [{}]\n", names.join(", "));
    }
    let mut yaml = "speakers:\n".to_owned();
    for Speaker { name, url } in speakers {
        let _ = match url {
            Some(url) => writeln!(yaml, "  - name: {}\n    url: {}", scalar(name), scalar(url)),
            None => writeln!(yaml, "  - {}", scalar(name)),
        };
    }
    yaml
}

/// Returns a text as YAML has it, without a line break: as it is where nothing else could be meant, else in quotes.
fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// As [`scalar`], within brackets, where a comma ends it.
fn flow_scalar(text: &str) -> String {
    if is_plain(text) && !text.contains(',') { text.to_owned() } else { quoted(text) }
}

/// Whether a text means itself without quotes, in YAML 1.1 and 1.2: it begins with a letter, has no mark that YAML knows, and
/// is no word for a truth, a nothing or a number.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 12] =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity"];
    let is_known = |c: char| c.is_alphanumeric() || " _-./()'+;,!?:–—’“”…".contains(c);
    text.chars().next().is_some_and(char::is_alphabetic)
        && text.chars().all(is_known)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Returns a text in double quotes, whatever cannot be seen escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        let code = u32::from(character);
        let is_seen = match code {
            0x20..=0x7E | 0xA0..=0xD7FF | 0xE000..=0xFFFD => !matches!(code, 0xAD | 0x2028 | 0x2029 | 0xFEFF),
            _ => code >= 0x1_0000 && code & 0xFFFE != 0xFFFE,
        };
        let _ = match character {
            '"' | '\\' => write!(quoted, "\\{character}"),
            _ if is_seen => write!(quoted, "{character}"),
            _ if code > 0xFFFF => write!(quoted, "\\U{code:08X}"),
            _ => write!(quoted, "\\u{code:04X}"),
        };
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
#[path = "yaml_tests.rs"]
mod tests;
