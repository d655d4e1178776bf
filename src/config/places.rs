//! Finds the line of a text in YAML, TOML or JSON where a value is set.
//!
//! The parsers keep no places, so this reads lines: good for pointing at, and for nothing else. A value within another one
//! on a line, as in `{a: 1}`, is on the line of the nearest one around it that is found.

use crate::data::Format;

/// Returns the line, from 1, of the value at a path of keys, lower case; that of the nearest value around it where only
/// that is found.
pub(super) fn line_of(text: &str, format: Format, path: &[&str]) -> Option<usize> {
    let mut best = Best { path, depth: 0, line: None };
    match format {
        Format::Yaml => yaml(text, &mut best),
        Format::Toml => toml(text, &mut best),
        Format::Json => json(text, &mut best),
    }
    best.line
}

/// The place found so far, which holds the value or the most of what is around it.
struct Best<'a> {
    path: &'a [&'a str],
    depth: usize,
    line: Option<usize>,
}

impl Best<'_> {
    /// Notes that the value at `found` begins on a line.
    fn note(&mut self, found: &[String], line: usize) {
        let is_way = found.len() <= self.path.len() && found.iter().zip(self.path).all(|(a, b)| a == b);
        if is_way && found.len() > self.depth {
            self.depth = found.len();
            self.line = Some(line);
        }
    }
}

/// Block mappings by their indentation; block texts and lists are passed over.
fn yaml(text: &str, best: &mut Best<'_>) {
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut text_below: Option<usize> = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_start_matches('\u{FEFF}');
        let indent = line.len() - line.trim_start().len();
        let content = line.trim();
        if content.is_empty() || text_below.is_some_and(|above| indent > above) {
            continue;
        }
        text_below = None;
        let Some((key, value)) = key_and_value(content, ':') else { continue };
        while open.last().is_some_and(|(above, _)| *above >= indent) {
            open.pop();
        }
        open.push((indent, key));
        let path: Vec<String> = open.iter().map(|(_, key)| key.clone()).collect();
        best.note(&path, index + 1);
        if value.starts_with(['|', '>']) {
            text_below = Some(indent);
        }
    }
}

/// Tables by their headers, keys with or without dots.
fn toml(text: &str, best: &mut Best<'_>) {
    let mut table: Vec<String> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let content = line.trim();
        if let Some(header) = content.strip_prefix('[') {
            let header = header.trim_start_matches('[').split(']').next().unwrap_or_default();
            table = header.split('.').map(bare).collect();
            best.note(&table, index + 1);
        } else if let Some((key, _)) = key_and_value(content, '=') {
            let mut path = table.clone();
            path.extend(key.split('.').map(bare));
            best.note(&path, index + 1);
        }
    }
}

/// Keys are the texts before a colon; those within lists are passed over.
fn json(text: &str, best: &mut Best<'_>) {
    let mut path: Vec<String> = Vec::new();
    let (mut last, mut line, mut lists) = (String::new(), 1, 0_usize);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            '"' => last = json_text(&mut chars),
            '[' => lists += 1,
            ']' => lists = lists.saturating_sub(1),
            '{' if lists == 0 => path.push(String::new()),
            '}' if lists == 0 => drop(path.pop()),
            ':' if lists == 0 => {
                if let Some(key) = path.last_mut() {
                    *key = last.to_lowercase();
                }
                best.note(&path, line);
            }
            _ => {}
        }
    }
}

fn json_text(chars: &mut std::str::Chars<'_>) -> String {
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => text.extend(chars.next()),
            c => text.push(c),
        }
    }
    text
}

fn key_and_value(line: &str, between: char) -> Option<(String, &str)> {
    if line.starts_with(['#', '-', '{', '[']) {
        return None;
    }
    let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''));
    let after = match quote {
        Some(quote) => 2 + line.get(1..)?.find(quote)?,
        None => 0,
    };
    let at = after + line.get(after..)?.find(between)?;
    Some((bare(line.get(..at)?), line.get(at + 1..)?.trim()))
}

/// A key without quotes and in lower case.
fn bare(key: &str) -> String {
    key.trim().trim_matches(['"', '\'']).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_where_it_is_set() {
        let yaml = "# a: 1\ntitle: x\nparams:\n  author:\n    name: A\n  text: |\n    name: no\n    b: no\n  \"Quoted\": 1\nmenus:\n  - name: no\nb: {c: 1}\n";
        let toml = "title = \"x\"\n[params]\na.b = 1\n[params.author]\nname = \"A\"\n";
        let json = "{\n \"title\": \"x: y\",\n \"list\": [{\"b\": 1}],\n \"params\": {\n  \"A\": {\"b\": 2}\n }, \"b\": 1\n}";
        for (text, format, path, line) in [
            (yaml, Format::Yaml, "title", Some(2)),
            (yaml, Format::Yaml, "params.author.name", Some(5)),
            (yaml, Format::Yaml, "params.quoted", Some(9)),
            (yaml, Format::Yaml, "b.c", Some(12)),
            (yaml, Format::Yaml, "name", None),
            (toml, Format::Toml, "params.a.b", Some(3)),
            (toml, Format::Toml, "params.author.name", Some(5)),
            (toml, Format::Toml, "nothing", None),
            (json, Format::Json, "title", Some(2)),
            (json, Format::Json, "params.a.b", Some(5)),
            (json, Format::Json, "b", Some(6)),
        ] {
            let path: Vec<&str> = path.split('.').collect();
            assert_eq!(line_of(text, format, &path), line, "{path:?}");
        }
    }
}
