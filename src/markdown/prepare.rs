//! Prepares the author's text for the parser: marks the end of the summary and the attribute lines.
//!
//! Both are no Markdown, but lines that end the block before them: `<!--more-->` becomes a paragraph of its
//! own that holds [`DIVIDER`]; `{.class}` on its own line becomes a processing instruction (`<? ?>`), which
//! ends the same blocks (paragraph, list, table) as the line does in Hugo and, unlike a comment, does not end
//! a comment around it. Formulas become holes (`passthrough`). What stands in code after all is put back by
//! [`restore`].

use std::borrow::Cow;

use memchr::{memchr, memmem, memrchr};

use super::attributes;
use super::options::MarkdownOptions;
use super::passthrough::{self, Formula};
use super::placeholder::{self, ATTRIBUTES, DIVIDER, FORMULA, LEAD, NO_DEFINITION};

const MORE: &str = "<!--more-->";

/// A text for the parser.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    /// The author's own text where there is nothing to mark.
    pub(super) text: Cow<'a, str>,
    /// The formulas by the numbers of their holes.
    pub(super) formulas: Vec<Formula>,
}

/// Returns the text for the parser.
pub(super) fn prepare<'a>(source: &'a str, options: &MarkdownOptions) -> Prepared<'a> {
    let mut text = divide(source);
    if memchr(0, text.as_bytes()).is_some() {
        text = Cow::Owned(text.replace('\0', "\u{FFFD}"));
    }
    let mut formulas = Vec::new();
    if let Some((with_holes, found)) = passthrough::take_out(&text, &options.passthrough) {
        text = Cow::Owned(with_holes);
        formulas = found;
    }
    if options.block_attributes {
        text = mark_lines(text, b'{', mark_attributes);
    }
    if options.definition_lists {
        text = mark_lines(text, b':', mark_colon);
    }
    Prepared { text, formulas }
}

/// Returns where in `original` stands what is at byte `offset` of `derived` (`super::place_in`).
pub(super) fn place_in(original: &str, derived: &str, offset: usize) -> Option<usize> {
    if original == derived {
        return Some(offset);
    }
    let line = derived.get(offset..)?.lines().next()?;
    let line = &line[..memmem::find(line.as_bytes(), LEAD).unwrap_or(line.len())];
    if line.is_empty() {
        return None;
    }
    let before = memmem::find_iter(&derived.as_bytes()[..offset], line).count();
    let found: Vec<usize> = memmem::find_iter(original.as_bytes(), line).take(before + 1).collect();
    found.last().copied()
}

/// Returns where in `original` stands what is at byte `offset` of the text that was prepared from it.
pub(super) fn place_of(original: &str, prepared: &Prepared<'_>, offset: usize) -> usize {
    let hole = prepared.text.get(offset..).and_then(placeholder::parse_formula);
    let formula = hole.and_then(|(index, _)| prepared.formulas.get(index));
    let found = match formula {
        Some(formula) => memmem::find(original.as_bytes(), formula.source.as_bytes()),
        None => place_in(original, &prepared.text, offset),
    };
    found.unwrap_or(0)
}

/// Changes the offsets of `derived`, which rise, into offsets of `original`.
pub(super) fn replace_offsets<'o>(
    original: &str,
    derived: &str,
    offsets: impl Iterator<Item = &'o mut usize>,
) {
    let mut from = 0;
    for offset in offsets.filter(|_| original != derived) {
        let line = derived.get(*offset..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let line = &line[..memmem::find(line.as_bytes(), LEAD).unwrap_or(line.len())];
        let found = memmem::find(&original.as_bytes()[from..], line.as_bytes());
        from += found.unwrap_or(0);
        *offset = from;
    }
}

/// Makes the first `<!--more-->` a paragraph of its own, also in mid-paragraph (Hugo 0.168, recorded).
///
/// One in a code block or right behind a backtick is an example and no divider.
fn divide(source: &str) -> Cow<'_, str> {
    let mut fence = None;
    let mut seen = 0;
    for at in memmem::find_iter(source.as_bytes(), MORE) {
        fence = fence_after(&source[seen..at], fence);
        seen = at;
        let (before, after) = (&source[..at], &source[at + MORE.len()..]);
        if fence.is_none() && !before.ends_with('`') {
            return Cow::Owned(format!("{before}\n\n{DIVIDER}\n\n{}", after.trim_start_matches([' ', '\t'])));
        }
    }
    Cow::Borrowed(source)
}

/// Returns the fence of the code block that is open after `text`, given the one before it.
fn fence_after(text: &str, mut open: Option<&'static str>) -> Option<&'static str> {
    for line in text.lines() {
        let line = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
        open = match (open, mark) {
            (None, Some(mark)) => Some(mark),
            (Some(fence), Some(mark)) if fence == mark => None,
            _ => open,
        };
    }
    open
}

/// Rewrites the lines that begin with `first`, after the marks of quotes, as `mark` says.
///
/// `mark` gets the line from that character on and the line before; `None` leaves the line alone.
fn mark_lines<'a>(text: Cow<'a, str>, first: u8, mark: fn(&str, &str) -> Option<String>) -> Cow<'a, str> {
    let mut marked = String::new();
    let mut copied = 0;
    let mut line_end = 0;
    while let Some(found) = memchr(first, &text.as_bytes()[line_end..]).map(|at| line_end + at) {
        let line_start =
            memrchr(b'\n', &text.as_bytes()[line_end..found]).map_or(line_end, |at| line_end + at + 1);
        let next = memchr(b'\n', &text.as_bytes()[found..]).map_or(text.len(), |at| found + at + 1);
        line_end = next;
        if !text[line_start..found].bytes().all(|byte| matches!(byte, b' ' | b'>')) {
            continue;
        }
        if first == b'{' {
            line_end = attributes_end(&text, found, next);
        }
        let line = text[found..line_end].trim_end_matches(['\n', '\r']);
        let previous = text[..line_start].lines().next_back().unwrap_or("");
        if let Some(new) = mark(line, previous) {
            marked.push_str(&text[copied..found]);
            marked.push_str(&new);
            copied = found + line.len();
        }
    }
    if copied == 0 {
        return text;
    }
    marked.push_str(&text[copied..]);
    Cow::Owned(marked)
}

/// Most lines that one pair of braces may reach over.
const MAX_ATTRIBUTE_LINES: usize = 8;

/// Returns the end of the line with the brace that closes the one at `found`, or of the same line, at `next`.
fn attributes_end(text: &str, found: usize, next: usize) -> usize {
    let mut end = found;
    for line in text[found..].split_inclusive('\n').take(MAX_ATTRIBUTE_LINES) {
        end += line.len();
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if line.ends_with('}') {
            return end;
        }
    }
    next
}

/// Makes an attribute line a processing instruction, also after a blank line, where it belongs to nothing.
fn mark_attributes(line: &str, previous: &str) -> Option<String> {
    let line = line.trim_end();
    attributes::parse(line).filter(|_| !line.contains("?>"))?;
    let is_after_blank = previous.trim_matches([' ', '>', '\t', '\r']).is_empty();
    // A second mark says that it belongs to nothing.
    let idle = if is_after_blank { ATTRIBUTES.to_string() } else { String::new() };
    Some(format!("<?{ATTRIBUTES}{idle}{line}?>"))
}

/// Marks a colon without white space after it, which begins no definition in Hugo (`:smile:`).
fn mark_colon(line: &str, _previous: &str) -> Option<String> {
    let is_definition = line[1..].starts_with([' ', '\t']);
    let is_table = line.len() > 1 && line.bytes().all(|byte| matches!(byte, b':' | b'-' | b'|' | b' '));
    (!is_definition && !is_table).then(|| format!("{NO_DEFINITION}{line}"))
}

/// Returns the attributes of a marked line.
pub(super) fn marked_attributes(html: &str) -> Option<&str> {
    html.trim().strip_prefix("<?")?.strip_prefix(ATTRIBUTES)?.strip_suffix("?>")
}

/// Says whether this is an attribute line in disguise.
pub(super) fn is_marked(html: &str) -> bool {
    html.strip_prefix("<?").is_some_and(|rest| rest.starts_with(ATTRIBUTES))
}

/// Puts back what the author wrote, for text that turned out to be code or raw HTML.
pub(super) fn restore<'t>(text: &'t str, formulas: &[Formula]) -> Cow<'t, str> {
    let find = |text: &str| memmem::find(text.as_bytes(), LEAD);
    if find(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut restored = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = find(rest) {
        let (before, marked) = rest.split_at(at);
        let mut chars = marked.chars();
        let mark = chars.next();
        rest = chars.as_str();
        match mark {
            Some(DIVIDER) => restored.extend([before, MORE]),
            Some(NO_DEFINITION) => restored.push_str(before),
            Some(FORMULA) => {
                restored.push_str(before);
                let hole = placeholder::parse_formula(marked).zip(Some(marked));
                if let Some(((index, len), marked)) = hole {
                    restored.push_str(formulas.get(index).map_or("", |one| &one.source));
                    rest = &marked[len..];
                }
            }
            Some(ATTRIBUTES) => {
                restored.push_str(before.strip_suffix("<?").unwrap_or(before));
                rest = rest.strip_prefix(ATTRIBUTES).unwrap_or(rest);
                let (inner, _) = rest.split_at(find(rest).unwrap_or(rest.len()));
                if let Some((inner, _)) = inner.split_once("?>") {
                    restored.push_str(inner);
                    rest = &rest[inner.len() + "?>".len()..];
                }
            }
            other => {
                restored.push_str(before);
                restored.extend(other);
            }
        }
    }
    restored.push_str(rest);
    Cow::Owned(restored)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn prepared(source: &str) -> String {
        let options = MarkdownOptions { block_attributes: true, ..MarkdownOptions::default() };
        prepare(source, &options).text.into_owned()
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
    fn attribute_lines_are_marked_and_come_back_in_code() {
        let source = "p\n{.a}\n> q\n> {.b}\n> {.b c}\n\n{.c}\nx {.d}";
        let marked = format!(
            "p\n<?{ATTRIBUTES}{{.a}}?>\n> q\n> <?{ATTRIBUTES}{{.b}}?>\n> {{.b c}}\n\n\
             <?{ATTRIBUTES}{ATTRIBUTES}{{.c}}?>\nx {{.d}}"
        );
        assert_eq!(prepared(source), marked);
        assert_eq!(restore("x\n<?\u{FDD3}{.a}?>\n\u{FDD2}\u{FDD4}:", &[]), "x\n{.a}\n<!--more-->:");
        assert_eq!(restore("\u{FDD3}{.a} \u{FDFA}", &[]), "{.a} \u{FDFA}");
    }

    #[test]
    fn only_a_colon_with_a_space_begins_a_definition() {
        assert_eq!(
            prepared("a\n:smile:\n: b\n:--|:-:\n"),
            format!("a\n{NO_DEFINITION}:smile:\n: b\n:--|:-:\n")
        );
    }

    #[test]
    fn attributes_may_reach_over_lines() {
        for (source, marked) in [
            ("p\n{.a\n.b}\nq", format!("p\n<?{ATTRIBUTES}{{.a\n.b}}?>\nq")),
            ("p\n{.a\n\n.b}", "p\n{.a\n\n.b}".to_owned()),
            ("p\n{.a\nb c}", "p\n{.a\nb c}".to_owned()),
        ] {
            assert_eq!(prepared(source), marked);
        }
    }

    #[test]
    fn a_place_is_found_again_in_the_original() {
        let cases = [
            ("a <b> c", "a <b> c", 2, Some(2)),
            ("{{% x %}}\na <b> c", "out\na <b> c", 6, Some(12)),
            ("<b>\nx\n<b>", "y\n<b>\nx\n<b>", 8, Some(6)),
            ("a", "<b>", 0, None),
        ];
        for (original, derived, offset, expected) in cases {
            assert_eq!(place_in(original, derived, offset), expected, "{derived}");
        }
    }

    proptest! {
        #[test]
        fn what_was_marked_can_be_restored(source in "[a:{.} >\n]{0,60}") {
            let marked = prepared(&source);
            let restored = restore(&marked, &[]);
            // Spaces after attributes are the only thing that is lost.
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&restored), bare(&source));
        }
    }
}
