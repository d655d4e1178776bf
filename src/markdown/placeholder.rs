//! Holes in a text: what a shortcode leaves behind until its output is known, and where the summary ends.
//!
//! A hole is a word of Unicode noncharacters, which no author types: Markdown sees a word of letters. Does
//! not run shortcodes.

use std::borrow::Cow;

use memchr::memmem;

/// Opens a placeholder; decimal digits and [`CLOSE`] follow.
pub(super) const OPEN: char = '\u{FDD0}';
/// Closes a placeholder.
pub(super) const CLOSE: char = '\u{FDD1}';
/// Stands in the HTML, between blocks, where the author wrote `<!--more-->`.
pub const DIVIDER: char = '\u{FDD2}';
/// Marks an attribute line that was made a comment for the parser.
pub(super) const ATTRIBUTES: char = '\u{FDD3}';

/// Marks a colon at the start of a line that begins no definition.
pub(super) const NO_DEFINITION: char = '\u{FDD4}';

/// Opens the hole of a formula; decimal digits and [`CLOSE`] follow.
pub(super) const FORMULA: char = '\u{FDD5}';

/// The first two bytes that all the marks share.
pub(super) const LEAD: &[u8] = b"\xEF\xB7";

/// Returns the word that stands for output number `index` in a Markdown text.
pub fn placeholder(index: usize) -> String {
    format!("{OPEN}{index}{CLOSE}")
}

/// Reads a placeholder at the start of `text`: its index and its length in bytes.
pub(super) fn parse(text: &str) -> Option<(usize, usize)> {
    parse_hole(text, OPEN)
}

/// Reads the hole of a formula at the start of `text`: its index and its length in bytes.
pub(super) fn parse_formula(text: &str) -> Option<(usize, usize)> {
    parse_hole(text, FORMULA)
}

fn parse_hole(text: &str, open: char) -> Option<(usize, usize)> {
    let digits = text.strip_prefix(open)?;
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = digits.split_at(len);
    let index = digits.parse().ok()?;
    rest.starts_with(CLOSE).then_some((index, open.len_utf8() + len + CLOSE.len_utf8()))
}

/// Counts the well-formed placeholders of `text`.
pub(super) fn count(text: &str) -> usize {
    text.match_indices(OPEN).filter(|(at, _)| parse(&text[*at..]).is_some()).count()
}

/// Appends `text` without its placeholders.
pub(super) fn push_without(out: &mut String, mut text: &str) {
    while let Some(at) = memmem::find(text.as_bytes(), LEAD) {
        let (before, hole) = text.split_at(at);
        out.push_str(before);
        text = match parse(hole) {
            Some((_, len)) => &hole[len..],
            None => {
                let mut chars = hole.chars();
                out.extend(chars.next());
                chars.as_str()
            }
        };
    }
    out.push_str(text);
}

/// Puts the outputs into the HTML; an index without output leaves nothing.
///
/// A paragraph that holds a single placeholder and nothing else loses its `<p>`, so that block output is not
/// inside a paragraph (Hugo 0.168, recorded). Outputs are not searched for placeholders.
pub fn fill(html: &str, outputs: &[String]) -> String {
    let mut filled = String::with_capacity(html.len() + outputs.iter().map(String::len).sum::<usize>());
    let mut rest = html;
    let mut searched = 0;
    while let Some(found) = memmem::find(&rest.as_bytes()[searched..], LEAD) {
        let at = searched + found;
        let Some((index, len)) = parse(&rest[at..]) else {
            searched = at + LEAD.len();
            continue;
        };
        let (before, after) = (&rest[..at], &rest[at + len..]);
        let alone = before.strip_suffix("<p>").zip(after.strip_prefix("</p>"));
        let (before, after) = alone.unwrap_or((before, after));
        filled.push_str(before);
        filled.push_str(outputs.get(index).map_or("", String::as_str));
        rest = after;
        searched = 0;
    }
    filled.push_str(rest);
    filled
}

/// Replaces the noncharacters that this program uses as marks, so that an author cannot forge one.
///
/// To be run on the author's text before placeholders are put in. Numeric entities for them are replaced too.
pub fn neutralise(source: &str) -> Cow<'_, str> {
    let typed = memmem::find(source.as_bytes(), LEAD).is_some();
    let spelled = memmem::find(source.as_bytes(), b"&#").is_some();
    if !typed && !spelled {
        return Cow::Borrowed(source);
    }
    let is_mark = |c: char| (OPEN..=FORMULA).contains(&c);
    let mut clean = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let entity = if c == '&' { mark_entity(rest) } else { None };
        clean.push(if is_mark(c) || entity.is_some() { '\u{FFFD}' } else { c });
        rest = &rest[entity.unwrap_or(c.len_utf8())..];
    }
    Cow::Owned(clean)
}

/// Returns the length of a numeric entity at the start of `text` that means one of the marks.
fn mark_entity(text: &str) -> Option<usize> {
    let number = text.strip_prefix("&#")?;
    let (radix, digits) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, number),
    };
    let len = digits.bytes().take(9).take_while(u8::is_ascii_alphanumeric).count();
    let value = u32::from_str_radix(&digits[..len], radix).ok()?;
    let mark = (u32::from(OPEN)..=u32::from(FORMULA)).contains(&value) && digits[len..].starts_with(';');
    mark.then_some(text.len() - digits.len() + len + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn outputs_go_into_their_holes_and_a_lone_hole_loses_its_paragraph() {
        let (a, b, c) = (placeholder(0), placeholder(1), placeholder(22));
        let outputs = ["<figure></figure>".to_owned(), "two".to_owned()];
        let cases = [
            (format!("<p>{a}</p>\n"), "<figure></figure>\n"),
            (format!("<li>{a}</li>"), "<li><figure></figure></li>"),
            (format!("<li>\n<p>{b}</p>\n</li>"), "<li>\ntwo\n</li>"),
            (format!("<p>{b}{b}</p>"), "<p>twotwo</p>"),
            (format!("<p>x {b}</p><p>{c}</p>"), "<p>x two</p>"),
            (format!("<p class=\"x\">{b}</p>"), "<p class=\"x\">two</p>"),
            (format!("{OPEN}{DIVIDER}{OPEN}9"), "\u{FDD0}\u{FDD2}\u{FDD0}9"),
        ];
        for (html, expected) in cases {
            assert_eq!(fill(&html, &outputs), expected, "{html}");
        }
    }

    #[test]
    fn an_author_cannot_forge_a_mark() {
        let forged = format!("a{OPEN}1{CLOSE} {DIVIDER} &#xfdd0;1&#64977; &#XFDD2; &#38; &#xFDD0 é");
        assert_eq!(
            neutralise(&forged),
            "a\u{FFFD}1\u{FFFD} \u{FFFD} \u{FFFD}1\u{FFFD} \u{FFFD} &#38; &#xFDD0 é"
        );
        assert!(matches!(neutralise("plain é"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn filling_keeps_everything_but_the_holes(
            parts in proptest::collection::vec("[a-z<>/p \u{FDD0}\u{FDD2}é]{0,8}", 1..6),
        ) {
            let html = parts.join(&placeholder(3));
            prop_assert_eq!(count(&html), parts.len() - 1);
            let mut bare = String::new();
            push_without(&mut bare, &html);
            prop_assert_eq!(count(&bare), 0);
            prop_assert_eq!(count(&fill(&html, &[])), 0);
        }
    }
}
