//! Finds the start tags of an HTML page with their attributes: one pass, tolerant as a browser is, and never deeper than
//! the page is long.
//!
//! Builds no tree. What stands in comments, scripts and styles is no markup; an end tag is told by its name alone.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use crate::text::decode_entities;

/// Most attributes of one tag that are looked at; a tag with more is no author's.
const ATTRIBUTES_MAX: usize = 64;

/// Elements whose content is text, whatever it looks like (HTML Living Standard 13.2.5, scripting off).
const TEXT_ONLY: [&str; 8] = ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Name as written.
    pub(super) name: &'a str,
    /// Names as written, and values as written; the value is empty where there is none.
    pub(super) attributes: Vec<(&'a str, &'a str)>,
    /// The text of an element that holds text only, as written; empty for others.
    pub(super) text: &'a str,
}

impl<'a> Tag<'a> {
    /// Says whether this is an element of a name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Returns the value of an attribute with its references resolved; the first of two counts.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        let found = self.attributes.iter().find(|(written, _)| written.eq_ignore_ascii_case(name));
        found.map(|(_, value)| decode_entities(value))
    }

    /// Says whether an attribute of words, such as `rel`, has a word.
    pub(super) fn has_word(&self, name: &str, word: &str) -> bool {
        self.value(name)
            .is_some_and(|value| value.split_ascii_whitespace().any(|part| part.eq_ignore_ascii_case(word)))
    }
}

/// Calls `found` for every start tag of a page, in their order.
pub(super) fn for_each_tag<'a>(html: &'a str, mut found: impl FnMut(Tag<'a>)) {
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let markup = rest.get(at + 1..).unwrap_or("");
        rest = match markup.as_bytes().first() {
            Some(b'!') => after_declaration(markup),
            Some(b'?') => after(markup, ">"),
            Some(b'/') => markup.get(1..).map_or("", after_end_tag),
            Some(first) if first.is_ascii_alphabetic() => {
                let (mut tag, behind) = read_tag(markup);
                let behind = match TEXT_ONLY.iter().find(|name| tag.is(name)) {
                    Some(name) => {
                        let (text, behind) = text_until_end(behind, name);
                        tag.text = text;
                        behind
                    }
                    None => behind,
                };
                found(tag);
                behind
            }
            _ => markup,
        };
    }
}

/// Returns what stands behind a comment or a declaration, which starts with `!`.
fn after_declaration(markup: &str) -> &str {
    match markup.strip_prefix("!--") {
        // `<!-->` and `<!--->` are whole comments.
        Some(comment) if comment.starts_with('>') || comment.starts_with("->") => after(comment, ">"),
        Some(comment) => after(comment, "-->"),
        None => after(markup, ">"),
    }
}

fn after_end_tag(markup: &str) -> &str {
    if markup.starts_with(|first: char| first.is_ascii_alphabetic()) { after(markup, ">") } else { markup }
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    let end = memmem::find(text.as_bytes(), mark.as_bytes()).map(|at| at + mark.len());
    end.and_then(|end| text.get(end..)).unwrap_or("")
}

/// Splits what stands behind a start tag at the end tag of its name.
fn text_until_end<'a>(text: &'a str, name: &str) -> (&'a str, &'a str) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| memmem::find(rest.as_bytes(), b"</")) {
        let start = from + at;
        let behind = text.get(start + 2..).unwrap_or("");
        let is_end = behind.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && !behind[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if is_end {
            return (&text[..start], after(behind, ">"));
        }
        from = start + 2;
    }
    (text, "")
}

/// Reads a start tag, from its name on, and returns it with what stands behind it.
fn read_tag(markup: &str) -> (Tag<'_>, &str) {
    let (name, mut rest) = split_where(markup, |c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            return (Tag { name, attributes, text: "" }, behind);
        }
        if rest.is_empty() {
            // A tag that the page ends within is none.
            return (Tag { name: "", attributes: Vec::new(), text: "" }, "");
        }
        let (attribute, behind) = read_attribute(rest);
        rest = behind;
        if attributes.len() < ATTRIBUTES_MAX {
            attributes.push(attribute);
        }
    }
}

/// Reads one attribute; takes at least one character.
fn read_attribute(text: &str) -> ((&str, &str), &str) {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text[first..]
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))
        .map_or(text.len(), |at| first + at);
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).strip_prefix('=') else {
        return ((name, ""), rest);
    };
    let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (inside, behind) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return ((name, inside), behind);
        }
    }
    let (bare, behind) = split_where(value, |c| c.is_ascii_whitespace() || c == '>');
    ((name, bare), behind)
}

fn split_where(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        let mut found = Vec::new();
        for_each_tag(html, |tag| {
            let attributes: Vec<String> = tag
                .attributes
                .iter()
                .map(|(name, _)| format!(" {name}={}", tag.value(name).unwrap()))
                .collect();
            found.push(format!("{}{}{}", tag.name, attributes.concat(), tag.text));
        });
        found
    }

    #[test]
    fn tags_are_found_as_browsers_find_them() {
        for (html, expected) in [
            ("<p><a href=\"x?a&amp;b\">", vec!["p", "a href=x?a&b"]),
            ("<A HREF = 'x' hidden>", vec!["A HREF=x hidden="]),
            ("<img src=a.jpg/><br/>", vec!["img src=a.jpg/", "br"]),
            ("<img src=\"a\"alt=b />", vec!["img src=a alt=b"]),
            ("<i title='a > b' id=c>", vec!["i title=a > b id=c"]),
            ("<!-- <a href=x> --><b>", vec!["b"]),
            ("<!--><b>", vec!["b"]),
            ("<!doctype html><html lang=en>", vec!["html lang=en"]),
            ("<script>'<a href=x>'</script ><b>", vec!["script'<a href=x>'", "b"]),
            ("<title>a </b></TITLE><b>", vec!["titlea </b>", "b"]),
            ("<style></styles></style><i>", vec!["style</styles>", "i"]),
            ("a < b <1 <é <i>", vec!["i"]),
            ("</p><i></ b><u>", vec!["i", "u"]),
            ("<a =x=y>", vec!["a =x=y"]),
            ("<?php <a>?><b>", vec!["b"]),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn a_page_may_end_anywhere() {
        let html = "<!-- x --><a href='é' b=c><script>é</script><img src=\"x\" é>";
        for end in 0..=html.len() {
            if let Some(cut) = html.get(..end) {
                for_each_tag(cut, |_| {});
            }
        }
    }
}
