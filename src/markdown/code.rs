//! Writes code blocks: the frame, the language, highlighted and numbered lines.
//!
//! Colours come from `highlight`. Line numbers stand in their line for every value of `linenos`: a table of
//! numbers beside the code, as Hugo's default has it, reads badly aloud.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::attributes::{self, Attribute, Element, Value};
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

/// Appends a fenced code block; `info` is what stands after the opening fence.
pub(super) fn push_fenced(
    out: &mut String,
    code: &str,
    info: &str,
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
    match highlighted(code, fence.language, highlighter) {
        Some(html) => push_framed(out, &html, &fence, options),
        None if options.guess_syntax => {
            let mut html = String::with_capacity(code.len() + code.len() / 8);
            escape::push_text(&mut html, code);
            push_framed(out, &html, &Fence { language: "fallback", ..fence }, options);
        }
        None => {
            out.push_str("<pre tabindex=\"0\"><code");
            push_language(out, fence.language);
            push_escaped_block(out, code);
        }
    }
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
fn push_framed(out: &mut String, html: &str, fence: &Fence, options: &CodeOptions) {
    let lines = Lines::new(&fence.attributes, options);
    let is_option = |name: &str| OPTIONS.contains(&name.to_ascii_lowercase().as_str());
    let mut frame: Vec<Attribute> =
        fence.attributes.iter().filter(|one| !is_option(&one.name)).cloned().collect();
    let class = frame.iter().position(|one| one.name == "class").map(|at| frame.remove(at));
    out.push_str("<div class=\"highlight");
    if let Some(class) = class {
        out.push(' ');
        escape::push_text(out, class.value.as_str());
    }
    out.push('"');
    attributes::push(out, &frame, Element::Free);
    out.push_str("><pre tabindex=\"0\" class=\"chroma\"");
    if options.tab_width != CodeOptions::default().tab_width {
        let _ = write!(out, " style=\"tab-size: {}\"", options.tab_width);
    }
    out.push_str("><code");
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
        let info = info.trim();
        let brace = info.find('{').unwrap_or(info.len());
        let (words, braces) = info.split_at(brace);
        let language = words.split_whitespace().next().unwrap_or("");
        Self { language, attributes: attributes::parse(braces).unwrap_or_default() }
    }
}

/// No more ranges of lines than this are looked at.
const MAX_RANGES: usize = 256;

/// Which lines are numbered and which stand out.
struct Lines {
    /// The number of the first line, if lines are numbered.
    first: Option<usize>,
    /// Lines that stand out, counted from 1.
    marked: Vec<RangeInclusive<usize>>,
}

impl Lines {
    /// Reads the options; `None` if every line is an ordinary one.
    fn new(attributes: &[Attribute], options: &CodeOptions) -> Option<Self> {
        let value = |name: &str| {
            attributes.iter().find(|one| one.name.eq_ignore_ascii_case(name)).map(|one| &one.value)
        };
        let numbered = value("linenos").map_or(options.line_numbers, |value| value.as_str() != "false");
        let start = value("linenostart").and_then(|value| value.as_str().parse().ok()).unwrap_or(1);
        let marked: Vec<_> = match value("hl_lines") {
            Some(Value::List(lines)) => {
                lines.iter().take(MAX_RANGES).filter_map(|line| parse_range(line)).collect()
            }
            Some(value) => {
                value.as_str().split_whitespace().take(MAX_RANGES).filter_map(parse_range).collect()
            }
            None => Vec::new(),
        };
        (numbered || !marked.is_empty()).then_some(Self { first: numbered.then_some(start), marked })
    }

    fn push(&self, out: &mut String, html: &str) {
        let count = html.split_inclusive('\n').count();
        let width =
            self.first.map_or(0, |first| (first.saturating_add(count).saturating_sub(1)).to_string().len());
        for (index, line) in html.split_inclusive('\n').enumerate() {
            let is_marked = self.marked.iter().any(|range| range.contains(&(index + 1)));
            out.push_str(if is_marked { "<span class=\"line hl\">" } else { "<span class=\"line\">" });
            if let Some(first) = self.first {
                let _ = write!(out, "<span class=\"ln\">{:>width$}</span>", first.saturating_add(index));
            }
            out.push_str(line);
            out.push_str("</span>");
        }
    }
}

/// Reads `3` or `3-5`.
fn parse_range(text: &str) -> Option<RangeInclusive<usize>> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    Some(from.trim().parse().ok()?..=to.trim().parse().ok()?)
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
        push_fenced(&mut out, code, info, options, known);
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
        let expected = "<div class=\"highlight\"><pre tabindex=\"0\" class=\"chroma\" style=\"tab-size: 2\">\
                        <code class=\"language-fallback\" data-lang=\"fallback\">&lt;y\n</code></pre></div>";
        assert_eq!(fenced("<y\n", "unknown", &guess), expected);
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
