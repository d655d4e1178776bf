//! Finds where the front matter of a document ends and its body begins.
//!
//! Does not read the front matter itself.

use crate::data::Format;
use crate::diag::Diagnostic;

/// The parts of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The language of the front matter.
    pub format: Format,
    /// The front matter without its fences; empty where there is none.
    pub front: &'a str,
    /// Line of the file, from 1, on which `front` starts.
    pub first_line: usize,
    /// Byte at which the body starts.
    pub body_start: usize,
}

/// Splits a document into front matter and body.
///
/// Front matter is fenced by lines of `---` (also longer) or `+++`, or is a JSON object; blank lines before it are
/// fine, and a document without any is all body (Hugo 0.168, recorded).
///
/// The diagnostic says that an opening fence is never closed; then everything below the fence is front matter.
pub fn split(text: &str) -> (Parts<'_>, Option<Diagnostic>) {
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |newline| newline + 1);
    let start = if text[start..].starts_with([' ', '\t']) { blank } else { start.max(blank) };
    let rest = &text[start..];
    let first_line = text[..start].matches('\n').count() + 1;
    let fence = rest.lines().next().unwrap_or("").trim_end();
    if is_fence(fence, '-', 3) {
        fenced(text, start, first_line, Format::Yaml, '-')
    } else if fence == "+++" {
        fenced(text, start, first_line, Format::Toml, '+')
    } else if let Some(end) = json_end(rest) {
        let front = &rest[..end];
        let body_start = start + end + line_break_after(&rest[end..]);
        (Parts { format: Format::Json, front, first_line, body_start }, None)
    } else if rest.strip_prefix('{').is_some_and(|inside| inside.trim_start().starts_with('"')) {
        (
            Parts { format: Format::Yaml, front: "", first_line, body_start: text.len() },
            Some(unclosed().hint("put its last `}` below it")),
        )
    } else {
        (Parts { format: Format::Yaml, front: "", first_line: 1, body_start: 0 }, None)
    }
}

fn is_fence(line: &str, mark: char, least: usize) -> bool {
    line.len() >= least && line.chars().all(|c| c == mark)
}

fn fenced(
    text: &str,
    start: usize,
    line: usize,
    format: Format,
    mark: char,
) -> (Parts<'_>, Option<Diagnostic>) {
    let rest = &text[start..];
    let open_end = start + rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    let mut at = open_end;
    for candidate in text[open_end..].split_inclusive('\n') {
        if is_fence(candidate.trim_end(), mark, 3) {
            let front = &text[open_end..at];
            return (Parts { format, front, first_line: line + 1, body_start: at + candidate.len() }, None);
        }
        at += candidate.len();
    }
    let fence: String = std::iter::repeat_n(mark, 3).collect();
    let problem = unclosed().hint(format!("put a line of `{fence}` below it"));
    (Parts { format, front: "", first_line: line, body_start: text.len() }, Some(problem))
}

fn unclosed() -> Diagnostic {
    Diagnostic::error("front-matter-unclosed", "the front matter has no end")
}

/// Returns the end of the JSON object that a text starts with; text such as `{{< x >}}` starts with none.
fn json_end(text: &str) -> Option<usize> {
    if !text.starts_with('{') || text.starts_with("{{") {
        return None;
    }
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' if !in_text => depth += 1,
            b'}' if !in_text => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn line_break_after(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Format, &str, &str, usize) {
        let (parts, fault) = split(text);
        assert_eq!(fault, None, "{text:?}");
        (parts.format, parts.front, &text[parts.body_start..], parts.first_line)
    }

    #[test]
    fn the_three_fences_are_known() {
        assert_eq!(parts("---\ntitle: A\n---\nbody"), (Format::Yaml, "title: A\n", "body", 2));
        assert_eq!(parts("+++\ntitle = 'A'\n+++\nbody"), (Format::Toml, "title = 'A'\n", "body", 2));
        assert_eq!(parts("{\"title\": \"}\"}\nbody"), (Format::Json, "{\"title\": \"}\"}", "body", 1));
    }

    #[test]
    fn what_real_posts_do_with_fences_is_accepted() {
        assert_eq!(parts("------\na: 1\n---\nx"), (Format::Yaml, "a: 1\n", "x", 2));
        assert_eq!(parts("\n\n---\r\na: 1\r\n---\r\nx"), (Format::Yaml, "a: 1\r\n", "x", 4));
        assert_eq!(parts("---\n---"), (Format::Yaml, "", "", 2));
        assert_eq!(parts("---\na: 1\n---"), (Format::Yaml, "a: 1\n", "", 2));
        assert_eq!(parts("---  \na: 1\n--- \nx"), (Format::Yaml, "a: 1\n", "x", 2));
    }

    #[test]
    fn a_document_without_front_matter_is_all_body() {
        for text in ["", "just body", "{{< imgproc x >}}", "- a\n- b", "--", "{ not json", "\n# Head"] {
            assert_eq!(parts(text).2, text, "{text:?}");
        }
    }

    #[test]
    fn an_unclosed_fence_is_reported_at_the_fence() {
        let (parts, fault) = split("\n---\ntitle: A\n");
        assert_eq!(fault.map(|fault| fault.code.into_owned()).as_deref(), Some("front-matter-unclosed"));
        assert_eq!(parts.first_line, 2);
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_split(text in "[-+{}\"\\\\ \r\na-c\u{e9}]{0,40}") {
            let (parts, _) = split(&text);
            proptest::prop_assert!(text.is_char_boundary(parts.body_start));
        }
    }
}
