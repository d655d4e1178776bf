//! Prepares the author's text for the parser: marks the end of the summary and the attribute lines.
//!
//! Both are no Markdown, but lines that end the block before them. `<!--more-->` becomes a paragraph of its own that
//! holds [`DIVIDER`]; `{.class}` on its own line becomes an HTML comment, which ends the same blocks (paragraph,
//! list, table) as the line does in Hugo. What stands in code after all is put back by [`restore`].

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::attributes;
use super::options::MarkdownOptions;
use super::placeholder::{ATTRIBUTES, DIVIDER};

const MORE: &str = "<!--more-->";

/// Returns the text for the parser: the author's own where there is nothing to mark.
pub(super) fn prepare<'a>(source: &'a str, options: &MarkdownOptions) -> Cow<'a, str> {
    let divided = divide(source);
    if options.block_attributes && memchr(b'{', divided.as_bytes()).is_some() {
        if let Some(marked) = mark_attributes(&divided) {
            return Cow::Owned(marked);
        }
    }
    divided
}

/// Makes the first `<!--more-->` a paragraph of its own, also in mid-paragraph (Hugo 0.168, recorded).
///
/// One in a code block or in code is an example and no divider.
fn divide(source: &str) -> Cow<'_, str> {
    let found = memmem::find_iter(source.as_bytes(), MORE)
        .find(|at| !source[..*at].ends_with('`') && !is_in_fence(&source[..*at]));
    match found {
        None => Cow::Borrowed(source),
        Some(at) => {
            let (before, after) = (&source[..at], &source[at + MORE.len()..]);
            Cow::Owned(format!("{before}\n\n{DIVIDER}\n\n{}", after.trim_start_matches([' ', '\t'])))
        }
    }
}

/// Says whether a fenced code block is open at the end of `before`.
fn is_in_fence(before: &str) -> bool {
    let mut open: Option<&str> = None;
    for line in before.lines() {
        let line = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
        open = match (open, mark) {
            (None, Some(mark)) => Some(mark),
            (Some(fence), Some(mark)) if fence == mark => None,
            _ => open,
        };
    }
    open.is_some()
}

/// Makes every attribute line a comment; `None` where there is none.
fn mark_attributes(source: &str) -> Option<String> {
    let mut marked = String::new();
    let mut from = 0;
    let mut at = 0;
    let mut previous = "";
    for line in source.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '>']);
        if body.starts_with('{') && attributes::parse(body.trim_end()).is_some() {
            let start = at + line.len() - body.len();
            marked.push_str(&source[from..start]);
            marked.push_str("<!--");
            marked.push(ATTRIBUTES);
            // After a blank line it belongs to nothing.
            if !previous.trim_matches([' ', '>', '\t', '\r', '\n']).is_empty() {
                marked.push_str(body.trim_end());
            }
            marked.push_str("-->");
            from = start + body.trim_end().len();
        }
        previous = line;
        at += line.len();
    }
    marked.push_str(source.get(from..)?);
    (from > 0).then_some(marked)
}

/// Returns the attributes of a marked line.
pub(super) fn marked_attributes(html: &str) -> Option<&str> {
    html.trim().strip_prefix("<!--")?.strip_prefix(ATTRIBUTES)?.strip_suffix("-->")
}

/// Puts back what the author wrote, for text that turned out to be code or raw HTML.
pub(super) fn restore(text: &str) -> Cow<'_, str> {
    if memmem::find(text.as_bytes(), b"\xEF\xB7").is_none() {
        return Cow::Borrowed(text);
    }
    let mut restored = text.replace(DIVIDER, MORE);
    while let Some(start) = restored.find(ATTRIBUTES) {
        let end = restored[start..].find("-->").map_or(restored.len(), |len| start + len);
        let inner = restored[start + ATTRIBUTES.len_utf8()..end].to_owned();
        let open = start.saturating_sub("<!--".len());
        let close = (end + "-->".len()).min(restored.len());
        if restored.get(open..start) != Some("<!--") {
            restored.replace_range(start..start + ATTRIBUTES.len_utf8(), "");
            continue;
        }
        restored.replace_range(open..close, &inner);
    }
    Cow::Owned(restored)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(source: &str) -> String {
        prepare(source, &MarkdownOptions { block_attributes: true, ..MarkdownOptions::default() })
            .into_owned()
    }

    #[test]
    fn only_the_exact_divider_outside_code_divides() {
        assert_eq!(prepared("a <!--more--> b <!--more-->"), format!("a \n\n{DIVIDER}\n\nb <!--more-->"));
        for source in ["<!-- more -->", "<!--MORE-->", "`<!--more-->`", "```\n<!--more-->\n```\n"] {
            assert_eq!(prepared(source), source);
        }
        assert!(prepared("```\n<!--more-->\n```\n<!--more-->").ends_with(&format!("```\n\n\n{DIVIDER}\n\n")));
    }

    #[test]
    fn attribute_lines_become_comments_and_come_back_in_code() {
        let source = "p\n{.a}\n> q\n> {.b c}\n\n{.c}\nx {.d}";
        let marked = prepared(source);
        assert_eq!(
            marked,
            format!("p\n<!--{ATTRIBUTES}{{.a}}-->\n> q\n> {{.b c}}\n\n<!--{ATTRIBUTES}-->\nx {{.d}}")
        );
        assert_eq!(restore("x\n<!--\u{FDD3}{.a}-->\n\u{FDD2}"), "x\n{.a}\n<!--more-->");
        assert_eq!(restore("\u{FDD3}{.a}"), "{.a}");
    }
}
