//! Turns inline Markdown into plain text and the links in it.
//!
//! Emphasis, code marks, pictures, shortcodes and tags are dropped; the text of a link stays. A reading for evidence:
//! links by reference keep their text and lose their address. Offsets of links point into the plain text.

/// Inline Markdown, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// The text; line breaks are kept.
    pub(super) text: String,
    /// The links, in order.
    pub(super) links: Vec<Link>,
    /// The ids of YouTube shortcodes.
    pub(super) videos: Vec<String>,
}

/// A link in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Where its text begins.
    pub(super) start: usize,
    /// Where its text ends.
    pub(super) end: usize,
    /// The address.
    pub(super) url: String,
    /// Whether its text is emphasised.
    pub(super) is_emphasised: bool,
}

impl Plain {
    /// Returns the text of a link on one line.
    pub(super) fn link_text(&self, link: &Link) -> String {
        squash(self.text.get(link.start..link.end).unwrap_or(""))
    }
}

/// Joins words by single blanks.
pub(super) fn squash(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads inline Markdown.
pub(super) fn plain(markdown: &str) -> Plain {
    let mut plain = Plain::default();
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '{' => shortcode(rest, &mut plain),
            '!' if rest.starts_with("![") => skip_picture(rest),
            '[' => link(rest, &mut plain),
            '<' => tag(rest, &mut plain),
            'h' if is_bare_url(rest, &plain.text) => bare_url(rest, &mut plain),
            _ => mark(c, rest, &mut plain),
        };
    }
    plain
}

/// Reads one character that begins nothing longer; returns what is left.
fn mark<'a>(c: char, rest: &'a str, plain: &mut Plain) -> &'a str {
    let next = rest.get(c.len_utf8()..).unwrap_or("");
    match c {
        '\\' if next.starts_with(|n: char| n.is_ascii_punctuation()) => {
            let escaped = next.chars().next().unwrap_or('\\');
            plain.text.push(escaped);
            return next.get(escaped.len_utf8()..).unwrap_or("");
        }
        // A backslash before the end of the line is a line break.
        '\\' if next.is_empty() || next.starts_with('\n') => {}
        '`' => {}
        '*' if next.starts_with(' ') && plain.text.ends_with([' ', '\n']) => plain.text.push('*'),
        '*' => {}
        '_' if is_inside_word(&plain.text, next) => plain.text.push('_'),
        '_' => {}
        '&' if next.starts_with("amp;") => {
            plain.text.push('&');
            return next.get(4..).unwrap_or("");
        }
        // Joiners and variation selectors carry no text.
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe0f}' => {}
        '\u{a0}' | '\u{202f}' => plain.text.push(' '),
        _ => plain.text.push(c),
    }
    next
}

fn is_inside_word(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

fn shortcode<'a>(rest: &'a str, plain: &mut Plain) -> &'a str {
    let is_call = rest.starts_with("{{<") || rest.starts_with("{{%");
    let Some(end) = rest.find("}}").filter(|_| is_call) else { return mark('{', rest, plain) };
    let inner = rest.get(3..end).unwrap_or("").trim_end_matches(['>', '%']).trim();
    let mut words = inner.split_whitespace();
    if words.next() == Some("youtube") {
        let id = words.find_map(|word| match word.split_once('=') {
            Some(("id", id)) => Some(id),
            Some(_) => None,
            None => Some(word),
        });
        plain.videos.extend(id.map(|id| id.trim_matches(['"', '\'', '`']).to_owned()));
    }
    rest.get(end + 2..).unwrap_or("")
}

fn skip_picture(rest: &str) -> &str {
    match split_link(rest.get(1..).unwrap_or("")) {
        Some((_, _, after)) => after,
        None => rest.get(2..).unwrap_or(""),
    }
}

fn link<'a>(rest: &'a str, plain: &mut Plain) -> &'a str {
    let Some((text, url, after)) = split_link(rest) else { return mark('[', rest, plain) };
    let inner = self::plain(text);
    let start = plain.text.len();
    plain.text.push_str(&inner.text);
    plain.videos.extend(inner.videos);
    // The text around a link inside emphasis tells as much as the one within.
    let is_emphasised = text.trim_start_matches('\u{200c}').starts_with(['*', '_'])
        || text.starts_with(['“', '"', '«'])
        || after.starts_with(['*', '_', '”']);
    if let Some(url) = url {
        plain.links.push(Link { start, end: plain.text.len(), url: url.to_owned(), is_emphasised });
    }
    after
}

/// Parts `[text](url "title")` or `[text][ref]` and what follows.
fn split_link(rest: &str) -> Option<(&str, Option<&str>, &str)> {
    let close = matching(rest, '[', ']')?;
    let text = rest.get(1..close)?;
    let after = rest.get(close + 1..)?;
    if after.starts_with('(') {
        let end = matching(after, '(', ')')?;
        let target = after.get(1..end)?.trim();
        let url = target.split_whitespace().next().unwrap_or("").trim_matches(['<', '>']);
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        return Some((text, is_web.then_some(url), after.get(end + 1..)?));
    }
    if after.starts_with('[') {
        let end = after.find(']')?;
        return Some((text, None, after.get(end + 1..)?));
    }
    None
}

/// Returns where the bracket that opens `rest` is closed, within 2,000 bytes.
fn matching(rest: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (index, c) in rest.char_indices().take_while(|(index, _)| *index < 2000) {
        if is_escaped {
            is_escaped = false;
        } else if c == '\\' {
            is_escaped = true;
        } else if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(index);
            }
        }
    }
    None
}

fn tag<'a>(rest: &'a str, plain: &mut Plain) -> &'a str {
    let Some(end) = rest.find('>').filter(|end| *end < 2000) else { return mark('<', rest, plain) };
    let inner = rest.get(1..end).unwrap_or("");
    let after = rest.get(end + 1..).unwrap_or("");
    if inner.starts_with("https://") || inner.starts_with("http://") {
        push_url(inner, plain);
    } else if inner.starts_with("br") {
        plain.text.push(' ');
    } else if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return mark('<', rest, plain);
    }
    after
}

fn is_bare_url(rest: &str, before: &str) -> bool {
    (rest.starts_with("https://") || rest.starts_with("http://")) && !before.ends_with(char::is_alphanumeric)
}

fn bare_url<'a>(rest: &'a str, plain: &mut Plain) -> &'a str {
    let stop =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '|' | '*' | '{' | '`');
    let end = rest.find(stop).unwrap_or(rest.len());
    let url = rest.get(..end).unwrap_or("").trim_end_matches(['.', ',', ';', '!', '?', '\'']);
    push_url(url, plain);
    rest.get(url.len().max(1)..).unwrap_or("")
}

fn push_url(url: &str, plain: &mut Plain) {
    let start = plain.text.len();
    plain.text.push_str(url);
    plain.links.push(Link { start, end: plain.text.len(), url: url.to_owned(), is_emphasised: false });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_dropped_and_text_stays() {
        for (markdown, text) in [
            ("**Bold**, *it* and _it_, `code`", "Bold, it and it, code"),
            ("![alt](a.jpg)[text](https://example.org/a_(b)) end", "text end"),
            ("snake_case 2 * 3 \\*kept\\*", "snake_case 2 * 3 *kept*"),
            ("one<br>two &amp; three <sup>4</sup>", "one two & three 4"),
            ("{{< imgproc a Resize \"1x\" >}}x{{% /imgproc %}}", "x"),
            ("[open [and open", "[open [and open"),
            ("a < b > c", "a < b > c"),
        ] {
            assert_eq!(plain(markdown).text, text, "{markdown}");
        }
    }

    #[test]
    fn links_are_found_in_every_form() {
        let found =
            plain("[*A B*](https://a.example/x) <https://b.example> https://c.example/y. [d](/local)");
        let links: Vec<_> = found.links.iter().map(|l| (found.link_text(l), l.url.as_str())).collect();
        let expected = [
            ("A B", "https://a.example/x"),
            ("https://b.example", "https://b.example"),
            ("https://c.example/y", "https://c.example/y"),
        ];
        assert_eq!(links, expected.map(|(text, url)| (text.to_owned(), url)));
        assert!(found.links.first().is_some_and(|link| link.is_emphasised));
    }

    #[test]
    fn youtube_shortcodes_give_their_id() {
        assert_eq!(plain("Video: {{< youtube aBcDeFgHiJk >}}").videos, ["aBcDeFgHiJk"]);
        assert_eq!(plain("{{% youtube autoplay=true id=\"aBcDeFgHiJk\" %}}").videos, ["aBcDeFgHiJk"]);
    }
}
