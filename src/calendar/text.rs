//! Turns values into content lines: escaped, quoted, folded (RFC 5545, 3.1, 3.2, 3.3.11 and 3.3.13; RFC 6868).
//!
//! Knows no property and no component. What it returns holds no control character but the tab, so no value can end its line.

use jiff::civil::DateTime;

/// Octets of a line, its end not counted (RFC 5545, 3.1).
const WIDTH_OCTETS: usize = 75;

/// Content lines, folded and ended as RFC 5545 (3.1) wants them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds a line whose parts are escaped already.
    pub(super) fn push(&mut self, line: &str) {
        let mut octets = 0;
        for character in line.chars() {
            if octets + character.len_utf8() > WIDTH_OCTETS {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(character);
            octets += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a property of type TEXT; none if nothing of the text is to be seen.
    pub(super) fn text(&mut self, name: &str, parameters: &str, text: &str) {
        let value = escaped(text);
        if !value.trim().is_empty() {
            self.push(&format!("{name}{parameters}:{value}"));
        }
    }

    /// Adds other lines.
    pub(super) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// Returns all lines as one text.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// Returns a value of type TEXT (RFC 5545, 3.3.11).
///
/// Every end of a line, those of Unicode too, becomes `\n`; other control characters than the tab may not be there and go.
pub(super) fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => value.extend(['\\', character]),
            end if ends_line(end) => value.push_str("\\n"),
            '\t' => value.push('\t'),
            control if control.is_control() => {}
            other => value.push(other),
        }
    }
    value
}

/// Returns a parameter with the semicolon before it: `;TZID=Europe/Brussels` (RFC 5545, 3.2).
///
/// Values with a colon, semicolon or comma are quoted; quotes, ends of lines and carets are written as in RFC 6868.
pub(super) fn parameter(name: &str, value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for character in value.replace("\r\n", "\n").chars() {
        match character {
            '^' => encoded.push_str("^^"),
            '"' => encoded.push_str("^'"),
            end if ends_line(end) => encoded.push_str("^n"),
            '\t' => encoded.push('\t'),
            control if control.is_control() => {}
            other => encoded.push(other),
        }
    }
    let quote = if encoded.contains([':', ';', ',']) { "\"" } else { "" };
    format!(";{name}={quote}{encoded}{quote}")
}

fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns day and time in the basic format of ISO 8601 (RFC 5545, 3.3.5).
pub(super) fn date_time(time: DateTime) -> String {
    time.strftime("%Y%m%dT%H%M%S").to_string()
}

/// Returns an absolute address as a value of type URI, which is not escaped as text is (RFC 5545, 3.3.13).
///
/// What RFC 3986 does not allow in an address is percent-encoded, as browsers do; control characters go. `None` for what has
/// no scheme: a calendar is read far from the site, so nothing can be relative to it.
pub(super) fn uri(address: &str) -> Option<String> {
    let address: String = address.trim().chars().filter(|character| !character.is_control()).collect();
    let (scheme, rest) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if !is_scheme || rest.is_empty() {
        return None;
    }
    let mut encoded = String::with_capacity(address.len());
    let bytes = address.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let is_kept = match byte {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit)),
            other => other.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(other),
        };
        if is_kept { encoded.push(char::from(*byte)) } else { encoded.push_str(&format!("%{byte:02X}")) }
    }
    Some(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_nothing_that_would_end_them() {
        for (text, expected) in [
            ("FOSDEM", "FOSDEM"),
            ("a,b;c\\d:e\"f\"", "a\\,b\\;c\\\\d:e\"f\""),
            ("one\ntwo\r\nthree\rfour", "one\\ntwo\\nthree\\nfour"),
            ("\n\r", "\\n\\n"),
            ("\u{85}\u{2028}\u{2029}", "\\n\\n\\n"),
            ("a\u{0}b\u{7}c\u{7f}d\u{9b}e\u{c}f", "abcdef"),
            ("a\tb", "a\tb"),
            ("literally \\n", "literally \\\\n"),
            ("Zoë 🦀 e\u{301}", "Zoë 🦀 e\u{301}"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn parameters_are_quoted_and_encoded_where_they_must_be() {
        for (value, expected) in [
            ("Europe/Brussels", ";P=Europe/Brussels"),
            ("a:b", ";P=\"a:b\""),
            ("a;b,c", ";P=\"a;b,c\""),
            ("\"quoted\"", ";P=^'quoted^'"),
            ("a^b\r\nc", ";P=a^^b^nc"),
            ("a\u{0}b", ";P=ab"),
            ("Zürich", ";P=Zürich"),
        ] {
            assert_eq!(parameter("P", value), expected, "{value:?}");
        }
    }

    #[test]
    fn addresses_are_absolute_and_of_the_letters_that_addresses_have() {
        for (address, expected) in [
            ("https://fosdem.org/2026/?a=b,c;d#e", Some("https://fosdem.org/2026/?a=b,c;d#e")),
            (" https://a.example/é x\\y ", Some("https://a.example/%C3%A9%20x%5Cy")),
            ("https://a.example/%C3%A9/100%/%zz", Some("https://a.example/%C3%A9/100%25/%25zz")),
            ("https://a.example/\r\nX:1\u{0}", Some("https://a.example/X:1")),
            ("https://[::1]:80/", Some("https://[::1]:80/")),
            ("mailto:me@a.example", Some("mailto:me@a.example")),
            ("/2026/fosdem/", None),
            ("//a.example/", None),
            ("a b:c", None),
            ("1a:c", None),
            ("https:", None),
            ("", None),
        ] {
            assert_eq!(uri(address).as_deref(), expected, "{address:?}");
        }
    }

    #[test]
    fn lines_have_75_octets_and_whole_characters() {
        for (line, expected) in [
            ("a".repeat(75), format!("{}\r\n", "a".repeat(75))),
            ("a".repeat(76), format!("{}\r\n a\r\n", "a".repeat(75))),
            ("a".repeat(150), format!("{0}\r\n {1}\r\n a\r\n", "a".repeat(75), "a".repeat(74))),
            (format!("{}é", "a".repeat(74)), format!("{}\r\n é\r\n", "a".repeat(74))),
            (format!("{}é", "a".repeat(73)), format!("{}é\r\n", "a".repeat(73))),
            (format!("{}🦀b", "a".repeat(72)), format!("{}\r\n 🦀b\r\n", "a".repeat(72))),
            (format!("{}  b", "a".repeat(75)), format!("{}\r\n   b\r\n", "a".repeat(75))),
            (String::new(), "\r\n".to_owned()),
        ] {
            let mut lines = Lines::default();
            lines.push(&line);
            assert_eq!(lines.into_text(), expected, "{line}");
        }
    }

    #[test]
    fn texts_without_anything_to_see_are_no_property() {
        let mut lines = Lines::default();
        for text in ["", "  ", "\u{0}"] {
            lines.text("SUMMARY", "", text);
        }
        assert_eq!(lines.into_text(), "");
    }
}
