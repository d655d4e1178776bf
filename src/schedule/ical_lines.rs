//! Turns the bytes of a calendar into its properties: unfolded, with parameters, unescaped.
//!
//! Our own hundred lines of RFC 5545, section 3.1, because real files break it (raw line breaks in texts, folds within a
//! character, bare line feeds), and because the crates for it bring a second library of dates. Knows no component.

use std::borrow::Cow;

/// Most properties of a calendar; a large conference has 20,000.
const MAX_PROPERTIES: usize = 500_000;

/// A property: `DTSTART;TZID=Europe/Brussels:20260202T093000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// Name in upper case.
    pub(super) name: String,
    /// Value as written.
    pub(super) value: String,
    /// Line from 1.
    pub(super) line: usize,
    parameters: Vec<(String, String)>,
}

impl Property {
    /// Returns the value of a parameter, whose name is in upper case; empty if it is missing.
    pub(super) fn parameter(&self, name: &str) -> &str {
        self.parameters.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Returns the value of a text: `\n`, `\,`, `\;` and `\\` stand for what they escape.
    pub(super) fn text(&self) -> String {
        unescape(&self.value)
    }

    /// Returns the texts of a list, separated by commas that are not escaped.
    pub(super) fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let mut start = 0;
        let mut is_escaped = false;
        for (at, byte) in self.value.bytes().enumerate() {
            if byte == b',' && !is_escaped {
                texts.push(unescape(self.value.get(start..at).unwrap_or_default()));
                start = at + 1;
            }
            is_escaped = byte == b'\\' && !is_escaped;
        }
        texts.push(unescape(self.value.get(start..).unwrap_or_default()));
        texts
    }
}

fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match (character, if character == '\\' { characters.next() } else { None }) {
            ('\\', Some('n' | 'N')) => text.push('\n'),
            ('\\', Some(escaped)) => text.push(escaped),
            _ => text.push(character),
        }
    }
    text
}

/// Returns the properties of a calendar, `BEGIN` and `END` among them, in their order; none if they are more than
/// [`MAX_PROPERTIES`].
///
/// Bytes that are no UTF-8 become U+FFFD; a line that is no property continues the text before it.
pub(super) fn properties(bytes: &[u8]) -> Option<Vec<Property>> {
    let mut properties: Vec<Property> = Vec::new();
    for (line, content) in unfold(bytes) {
        let content = String::from_utf8_lossy(&content);
        match parse(&content, line) {
            Some(_) if properties.len() == MAX_PROPERTIES => return None,
            Some(property) => properties.push(property),
            None => {
                if let Some(last) = properties.last_mut().filter(|_| !content.trim().is_empty()) {
                    last.value.push_str("\\n");
                    last.value.push_str(&content);
                }
            }
        }
    }
    Some(properties)
}

/// Returns the lines with their numbers, folded ones joined. On bytes, as some generators fold within a character.
fn unfold(bytes: &[u8]) -> impl Iterator<Item = (usize, Cow<'_, [u8]>)> {
    fn folded(row: &[u8]) -> Option<&[u8]> {
        row.strip_prefix(b" ").or_else(|| row.strip_prefix(b"\t"))
    }
    let rows = bytes.split(|byte| *byte == b'\n').map(|row| row.strip_suffix(b"\r").unwrap_or(row));
    let mut rows = rows.enumerate().peekable();
    std::iter::from_fn(move || {
        let (index, row) = rows.next()?;
        let mut line = Cow::Borrowed(row);
        while let Some(rest) = rows.peek().and_then(|(_, row)| folded(row)) {
            line.to_mut().extend_from_slice(rest);
            rows.next();
        }
        Some((index + 1, line))
    })
}

/// Returns the property in a line, none if it does not begin with a name.
fn parse(content: &str, line: usize) -> Option<Property> {
    let end = content.find([':', ';'])?;
    let name = content.get(..end)?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    // A sentence with a colon is no property: names are in upper case, and without spaces.
    if name.is_empty() || !name.bytes().all(is_name) || name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        let is_lower_case_file = name.eq_ignore_ascii_case("begin") || name.eq_ignore_ascii_case("end");
        if !is_lower_case_file {
            return None;
        }
    }
    let mut rest = content.get(end..)?;
    let mut parameters = Vec::new();
    while let Some(after) = rest.strip_prefix(';') {
        let equals = after.find(['=', ':', ';'])?;
        let (key, after) = after.split_at_checked(equals)?;
        let (value, after) = parameter_value(after.strip_prefix('=').unwrap_or(after));
        // More than a handful is nothing a calendar has.
        if parameters.len() < 16 {
            parameters.push((key.to_ascii_uppercase(), value));
        }
        rest = after;
    }
    let value = rest.strip_prefix(':')?.to_owned();
    // Apple groups properties: `item1.URL`.
    let name = name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
    Some(Property { name, value, line, parameters })
}

/// Returns the value of a parameter and what follows; quotes keep colons, `^` escapes (RFC 6868).
fn parameter_value(text: &str) -> (String, &str) {
    let quoted = text.strip_prefix('"').and_then(|text| text.split_once('"'));
    let (value, rest) = quoted.unwrap_or_else(|| {
        let end = text.find([';', ':']).unwrap_or(text.len());
        text.split_at_checked(end).unwrap_or((text, ""))
    });
    (value.replace("^'", "\"").replace("^n", " ").replace("^^", "^"), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_unfolded_within_characters_and_continued_without_a_fold() {
        let file = b"BEGIN:VCALENDAR\r\nSUMMARY:Gr\xC3\r\n \xB6\xC3\x9Fe\\, gro\r\n \xC3\x9F\nDESCRIPTION:One\nSee: two\n\nEND:VCALENDAR";
        let read: Vec<(usize, String, String)> =
            properties(file).unwrap().iter().map(|p| (p.line, p.name.clone(), p.text())).collect();
        let expected = [
            (1, "BEGIN", "VCALENDAR"),
            (2, "SUMMARY", "Größe, groß"),
            (5, "DESCRIPTION", "One\nSee: two"),
            (8, "END", "VCALENDAR"),
        ];
        assert_eq!(read, expected.map(|(line, name, text)| (line, name.to_owned(), text.to_owned())));
    }

    #[test]
    fn parameters_may_be_quoted_and_lists_escaped() {
        let property = parse("attendee;CN=\"Doe: Jo ^'X^'\";ROLE=CHAIR:mailto:jo@example.org", 1);
        assert_eq!(property, None, "names are in upper case");
        let property = parse("ATTENDEE;cn=\"Doe: Jo ^'X^'\";ROLE=CHAIR:mailto:jo@example.org", 1).unwrap();
        assert_eq!(property.parameter("CN"), "Doe: Jo \"X\"");
        assert_eq!((property.parameter("ROLE"), property.parameter("X")), ("CHAIR", ""));
        assert_eq!(property.value, "mailto:jo@example.org");
        let property = parse("CATEGORIES:One,Two\\, three\\\\,", 1).unwrap();
        assert_eq!(property.texts(), ["One", "Two, three\\", ""]);
        for line in ["", ":", "SUMMARY", "SUMMARY;X", "Talk: about", ";X:1"] {
            assert_eq!(parse(line, 1), None, "{line}");
        }
    }
}
