//! Writes code blocks: the frame, the language, highlighted lines.
//!
//! Colours come from `highlight`, numbers from `numbered`. A diagram (`mermaid`) stays text for a script.

use std::fmt::Write as _;

use super::attributes::{self, Attribute, Element};
use super::numbered::Lines;
use super::options::CodeOptions;
use super::{escape, placeholder};

/// Colours code: returns escaped HTML whose spans never cross a line end, or `None` for an unknown language.
type Highlighter = fn(&str, &str) -> Option<String>;

/// Appends an indented code block, which has no language and no frame.
pub(super) fn push_indented(out: &mut String, code: &str) {
    out.push_str("<pre><code>");
    escape::push_text(out, code);
    out.push_str("</code></pre>\n");
}

/// Returns the language of a fence; `info` is what stands after it.
pub(super) fn language(info: &str) -> &str {
    Fence::split(info).0
}

/// Appends a diagram, which a script of the page may draw.
pub(super) fn push_diagram(out: &mut String, code: &str) {
    out.push_str("<pre class=\"mermaid\">");
    escape::push_text(out, code);
    out.push_str("</pre>\n");
}

/// Appends a fenced code block; `info` is what stands after the opening fence.
///
/// `ordinal` is its number in the text, from 0, which makes the ids of its lines different from others.
pub(super) fn push_fenced(
    out: &mut String,
    code: &str,
    info: &str,
    ordinal: usize,
    options: &CodeOptions,
    highlighter: Highlighter,
) {
    let fence = Fence::parse(info);
    if !options.highlight {
        out.push_str("<pre><code");
        if !fence.language.is_empty() {
            out.push_str(" class=\"language-");
            escape::push_text(out, fence.language);
            out.push('"');
        }
        push_escaped_block(out, code);
        return;
    }
    let code = without_empty_end(code);
    match highlighted(code, fence.language, highlighter) {
        Some(html) => push_framed(out, &html, &fence, ordinal, options),
        None if options.guess_syntax => {
            let mut html = String::with_capacity(code.len() + code.len() / 8);
            escape::push_text(&mut html, code);
            push_framed(out, &html, &Fence { language: "fallback", ..fence }, ordinal, options);
        }
        None => {
            out.push_str("<pre tabindex=\"0\"><code");
            push_language(out, fence.language);
            push_escaped_block(out, code);
        }
    }
}

/// Returns code without the empty lines at its end; one line end stays, unless nothing else is there.
fn without_empty_end(code: &str) -> &str {
    let end = code.trim_end_matches(['\n', '\r']).len();
    let line_end = if code.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
    if end == 0 { "" } else { code.get(..end + line_end).unwrap_or(code) }
}

fn push_escaped_block(out: &mut String, code: &str) {
    out.push('>');
    escape::push_text(out, code);
    out.push_str("</code></pre>\n");
}

/// Colours the code, unless the highlighter would cut a placeholder in two.
fn highlighted(code: &str, language: &str, highlighter: Highlighter) -> Option<String> {
    if language.is_empty() {
        return None;
    }
    let html = highlighter(code, language)?;
    let holes = placeholder::count(code);
    if holes != placeholder::count(&html) {
        let mut plain = String::with_capacity(code.len() + code.len() / 8);
        escape::push_text(&mut plain, code);
        return Some(plain);
    }
    Some(html)
}

fn push_language(out: &mut String, language: &str) {
    if language.is_empty() {
        return;
    }
    out.push_str(" class=\"language-");
    escape::push_text(out, language);
    out.push_str("\" data-lang=\"");
    escape::push_text(out, language);
    out.push('"');
}

/// Appends code of a known language, which is HTML already, in its frame.
fn push_framed(out: &mut String, html: &str, fence: &Fence, ordinal: usize, options: &CodeOptions) {
    let lines = Lines::new(&fence.attributes, ordinal, options);
    let is_option = |name: &str| OPTIONS.contains(&name.to_ascii_lowercase().as_str());
    let mut frame: Vec<Attribute> =
        fence.attributes.iter().filter(|one| !is_option(&one.name)).cloned().collect();
    let class = frame.iter().position(|one| one.name == "class").map(|at| frame.remove(at));
    out.push_str("<div class=\"");
    escape::push_text(out, &options.frame_class);
    if let Some(class) = class {
        out.push(' ');
        escape::push_text(out, class.value.as_str());
    }
    out.push('"');
    attributes::push(out, &frame, Element::Free);
    out.push_str("><pre tabindex=\"0\" class=\"chroma");
    let given = fence.attributes.iter().find(|one| one.name.eq_ignore_ascii_case("tabwidth"));
    let width = given.and_then(|one| one.value.as_str().parse().ok()).unwrap_or(options.tab_width);
    if width != CodeOptions::default().tab_width {
        // A class, because a strict content security policy refuses styles. Writing to a String cannot fail.
        let _ = write!(out, " tab-{}", width.clamp(1, 8));
    }
    out.push_str("\"><code");
    push_language(out, fence.language);
    out.push('>');
    match lines {
        Some(lines) => lines.push(out, html),
        None => out.push_str(html),
    }
    out.push_str("</code></pre></div>\n");
}

/// The names in an info string that are options of the highlighter and no attributes.
const OPTIONS: &[&str] = &[
    "linenos",
    "linenostart",
    "hl_lines",
    "anchorlinenos",
    "lineanchors",
    "style",
    "noclasses",
    "tabwidth",
    "guesssyntax",
    "nohl",
    "hl_inline",
    "hl_style",
    "wrapperclass",
    "linenumbersintable",
    "type",
];

/// The info string of a fence.
struct Fence<'a> {
    /// The first word; empty if there is none.
    language: &'a str,
    /// What stands in braces.
    attributes: Vec<Attribute>,
}

impl<'a> Fence<'a> {
    fn parse(info: &'a str) -> Self {
        let (language, braces) = Self::split(info);
        Self { language, attributes: attributes::parse(braces).unwrap_or_default() }
    }

    /// Returns the language and what stands in braces, with them.
    fn split(info: &'a str) -> (&'a str, &'a str) {
        let info = info.trim();
        let (words, braces) = info.split_at(info.find('{').unwrap_or(info.len()));
        (words.split_whitespace().next().unwrap_or(""), braces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fenced(code: &str, info: &str, options: &CodeOptions) -> String {
        let known: Highlighter = |code, language| {
            let known = language.eq_ignore_ascii_case("go");
            known.then(|| {
                code.replace('1', "<span class=\"mi\">1</span>").replace('x', "<span class=\"nx\">x</span>")
            })
        };
        let mut out = String::new();
        push_fenced(&mut out, code, info, 2, options, known);
        out.trim_end().to_owned()
    }

    fn default(code: &str, info: &str) -> String {
        fenced(code, info, &CodeOptions::default())
    }

    fn frame(attributes: &str, code: &str) -> String {
        format!(
            "<div class=\"highlight{attributes}><pre tabindex=\"0\" class=\"chroma\">\
             <code class=\"language-go\" data-lang=\"go\">{code}</code></pre></div>"
        )
    }

    #[test]
    fn known_languages_are_framed_and_others_are_plain() {
        let nx = "<span class=\"nx\">x</span>\n";
        assert_eq!(default("x\n", "go"), frame("\"", nx));
        assert_eq!(default("x\n", " go title=\"x\""), frame("\"", nx));
        assert_eq!(default("", "go"), frame("\"", ""));
        assert_eq!(default("<b>\n", ""), "<pre tabindex=\"0\"><code>&lt;b&gt;\n</code></pre>");
        assert_eq!(default("x\n", "{.go linenos=true}"), "<pre tabindex=\"0\"><code>x\n</code></pre>");
        assert_eq!(
            default("graph\n", "mermaid {.a}"),
            "<pre tabindex=\"0\"><code class=\"language-mermaid\" data-lang=\"mermaid\">graph\n</code></pre>"
        );
        assert_eq!(
            default("y\n", "a\"b<c"),
            "<pre tabindex=\"0\"><code class=\"language-a&quot;b&lt;c\" \
             data-lang=\"a&quot;b&lt;c\">y\n</code></pre>"
        );
    }

    #[test]
    fn attributes_go_to_the_frame_and_options_to_the_lines() {
        assert_eq!(
            default("y\n", "go {.a .b data-x=\"y\" title=\"t\" foo=\"x\" onclick=\"x\" style=emacs}"),
            frame(" a b\" data-x=\"y\" title=\"t\" foo=\"x\"", "y\n")
        );
        assert_eq!(default("y\n", "go{.a}"), frame(" a\"", "y\n"));
        let numbered = "<span class=\"line hl\"><span class=\"ln\"> 9</span>a\n</span>\
                        <span class=\"line\"><span class=\"ln\">10</span>b\n</span>";
        assert_eq!(
            default("a\nb\n", "go {hl_lines=[1,\"4-5\"] linenostart=9 linenos=true}"),
            frame("\"", numbered)
        );
        assert_eq!(
            default("a\n", "go {hl_lines=\"1 3-4\"}"),
            frame("\"", "<span class=\"line hl\">a\n</span>")
        );
        assert_eq!(default("a\n", "go {hl_lines=[\"1 3\"] linenos=false}"), frame("\"", "a\n"));
    }

    #[test]
    fn the_configuration_decides_where_the_fence_is_silent() {
        let off = CodeOptions { highlight: false, ..CodeOptions::default() };
        assert_eq!(fenced("x\n", "go", &off), "<pre><code class=\"language-go\">x\n</code></pre>");
        let guess = CodeOptions { guess_syntax: true, tab_width: 2, ..CodeOptions::default() };
        let expected = "<div class=\"highlight\"><pre tabindex=\"0\" class=\"chroma tab-2\">\
                        <code class=\"language-fallback\" data-lang=\"fallback\">&lt;y\n</code></pre></div>";
        assert_eq!(fenced("<y\n", "unknown", &guess), expected);
        let numbers = CodeOptions {
            line_numbers: true,
            first_line: 5,
            marked_lines: "1".to_owned(),
            anchors: true,
            frame_class: "w".to_owned(),
            ..CodeOptions::default()
        };
        assert_eq!(
            fenced("a\n", "go {.b tabWidth=8 hl_style=x}", &numbers),
            "<div class=\"w b\"><pre tabindex=\"0\" class=\"chroma tab-8\"><code class=\"language-go\" \
             data-lang=\"go\"><span class=\"line hl\"><span class=\"ln\" id=\"hl-2-5\">\
             <a class=\"lnlinks\" href=\"#hl-2-5\">5</a></span>a\n</span></code></pre></div>"
        );
        let numbers = CodeOptions { line_numbers: true, ..CodeOptions::default() };
        assert_eq!(
            fenced("a\n", "go", &numbers),
            frame("\"", "<span class=\"line\"><span class=\"ln\">1</span>a\n</span>")
        );
    }

    #[test]
    fn a_placeholder_in_code_is_never_cut() {
        let hole = placeholder::placeholder(1);
        assert_eq!(default(&format!("<{hole}\n"), "go"), frame("\"", &format!("&lt;{hole}\n")));
    }
}
