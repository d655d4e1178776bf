//! Turns the texts of schedules (HTML, Markdown, plain, with entities) into plain lines, slugs, and words to compare.
//!
//! Every function reads its input once. Does not render anything: markup is dropped, not shown.

use std::borrow::Cow;

use crate::text::{decode_entities, fold};

/// Most characters of a title, name or room; longer ones are a mistake in the file.
const MAX_LINE_CHARS: usize = 500;

/// Most characters of a summary.
const MAX_SUMMARY_CHARS: usize = 1000;

/// Most bytes of an abstract that are looked at for its first paragraph.
const MAX_ABSTRACT_BYTES: usize = 32 * 1024;

/// Returns the text as one line: white space collapsed, control characters dropped, cut where no title ends.
pub(super) fn line(text: &str) -> String {
    let mut line = String::new();
    let mut count = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        for character in word.chars().filter(|c| !is_invisible(*c)) {
            count += 1;
            if count > MAX_LINE_CHARS {
                line.push('…');
                return line;
            }
            line.push(character);
        }
    }
    line.trim().to_owned()
}

/// As [`line`]; an empty one is none.
pub(super) fn some_line(text: &str) -> Option<String> {
    Some(line(text)).filter(|line| !line.is_empty())
}

/// Whether a character has no place in a title: marks of byte order and direction, which come with copied text.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{FEFF}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Returns the first paragraph of an abstract as plain text; headings are no paragraphs.
pub(super) fn summary(text: &str) -> Option<String> {
    // A character has at most four bytes, so one of these cuts is between two.
    let text = (0..4).find_map(|back| text.get(..MAX_ABSTRACT_BYTES - back)).unwrap_or(text);
    let plain = if looks_like_html(text) { strip_tags(text) } else { Cow::Borrowed(text) };
    let decoded = decode_entities(&plain);
    let mut paragraph = String::new();
    for row in decoded.lines().map(str::trim) {
        if row.is_empty() || is_heading(row) {
            if paragraph.is_empty() {
                continue;
            }
            break;
        }
        paragraph.push_str(row);
        paragraph.push(' ');
    }
    Some(cut(&strip_markdown(&paragraph))).filter(|summary| !summary.is_empty())
}

/// Whether a row is a heading of Markdown, or the line that makes the one before it a heading.
fn is_heading(row: &str) -> bool {
    let level = row.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&level) && row.get(level..).is_some_and(|rest| rest.starts_with(' ') || rest.is_empty())
        || row.len() >= 3 && row.bytes().all(|byte| matches!(byte, b'=' | b'-' | b'*' | b'_'))
}

/// Returns the text as a line of at most [`MAX_SUMMARY_CHARS`], cut between words.
fn cut(text: &str) -> String {
    let text: String =
        text.chars().filter(|c| c.is_whitespace() || !c.is_control() && !is_invisible(*c)).collect();
    let mut cut = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        count += word.chars().count() + 1;
        if count > MAX_SUMMARY_CHARS {
            let rest: String =
                word.chars().take(if cut.is_empty() { MAX_SUMMARY_CHARS } else { 0 }).collect();
            return format!("{}{rest}…", cut.trim_end());
        }
        cut.extend([word, " "]);
    }
    cut.truncate(cut.trim_end().len());
    cut
}

/// Whether a text is HTML: it has a tag that paragraphs are made of. A lone `<T>` in a title on generics is none.
fn looks_like_html(text: &str) -> bool {
    const TAGS: [&str; 12] = ["p", "/p", "br", "br/", "ul", "ol", "div", "span", "a", "b", "strong", "em"];
    text.match_indices('<').any(|(at, _)| {
        let rest = text.as_bytes().get(at + 1..).unwrap_or_default();
        let end = rest.iter().take(8).position(|byte| matches!(byte, b'>' | b' ' | b'\n'));
        let name = end.and_then(|end| rest.get(..end)).unwrap_or_default();
        TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag.as_bytes()))
    })
}

/// Returns HTML without its tags; blocks are paragraphs, breaks are lines.
fn strip_tags(html: &str) -> Cow<'_, str> {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        // Line breaks in the source of HTML are spaces.
        plain.extend(before.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        let Some((tag, after)) = after.split_once('>') else {
            // A text of `<` without an end would be read over and over.
            plain.push('<');
            plain.push_str(after);
            return Cow::Owned(plain);
        };
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "br" => plain.push('\n'),
            "p" | "div" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre"
            | "table" => {
                plain.push_str("\n\n");
            }
            "li" | "tr" => plain.push('\n'),
            _ => {}
        }
        rest = after;
    }
    plain.extend(rest.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
    Cow::Owned(plain)
}

/// Returns a paragraph of Markdown as it reads: without marks of emphasis and code, links as their texts.
fn strip_markdown(text: &str) -> String {
    let text = text.trim_start_matches(['>', ' ']);
    let text = text.strip_prefix("* ").or_else(|| text.strip_prefix("- ")).unwrap_or(text);
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`', '[', '!']) {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        if let Some((label, after)) = link(after) {
            plain.push_str(label);
            rest = after;
            continue;
        }
        let mark = after.chars().next().unwrap_or_default();
        // A star between spaces multiplies; others are emphasis.
        let is_kept = match mark {
            '*' => after.starts_with("* ") && (plain.ends_with(' ') || plain.is_empty()),
            '`' => false,
            _ => true,
        };
        if is_kept {
            plain.push(mark);
        }
        rest = after.get(mark.len_utf8()..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain.replace("__", "")
}

/// Returns the text of the link or picture that `text` begins with, and what comes after it.
fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('!').unwrap_or(text).strip_prefix('[')?;
    // Labels are short; looking further would read a text of `[` over and over.
    let close = inner.bytes().take(300).position(|byte| byte == b']')?;
    let (label, after) = (inner.get(..close)?, inner.get(close + 1..)?.strip_prefix('(')?);
    let close = after.bytes().take(2000).position(|byte| byte == b')')?;
    Some((label, after.get(close + 1..)?))
}

/// Returns the text as a slug of ASCII letters and digits, at most 60 bytes, cut between words; empty if none is left.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for word in fold(text).split(' ') {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
        if word.is_empty() {
            continue;
        }
        if slug.len() + word.len() > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
