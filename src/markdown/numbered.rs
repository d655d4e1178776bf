//! Writes the lines of a code block: their numbers, links to them, and which stand out.
//!
//! Line numbers stand in their line for every value of `linenos`: a table of numbers beside the code, as Hugo's
//! default has it, reads badly aloud.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::attributes::{Attribute, Value};
use super::escape;
use super::options::CodeOptions;

/// No more ranges of lines than this are looked at.
const MAX_RANGES: usize = 256;

/// Which lines are numbered and which stand out.
pub(super) struct Lines {
    /// The number of the first line, if lines are numbered.
    first: Option<usize>,
    /// Lines that stand out, counted from 1.
    marked: Vec<RangeInclusive<usize>>,
    /// What the ids of the lines begin with, if numbers are links.
    anchor: Option<String>,
}

impl Lines {
    /// Reads the options; `None` if every line is an ordinary one.
    ///
    /// `ordinal` is the number of the block in its text, from 0.
    pub(super) fn new(attributes: &[Attribute], ordinal: usize, options: &CodeOptions) -> Option<Self> {
        let value = |name: &str| {
            attributes.iter().find(|one| one.name.eq_ignore_ascii_case(name)).map(|one| &one.value)
        };
        let flag = |name: &str, default: bool| value(name).map_or(default, |value| value.as_str() != "false");
        let marked = match value("hl_lines") {
            Some(Value::List(lines)) => ranges(lines.iter().map(String::as_str)),
            Some(value) => ranges(value.as_str().split_whitespace()),
            None => ranges(options.marked_lines.split_whitespace()),
        };
        let numbered = flag("linenos", options.line_numbers);
        if !numbered && marked.is_empty() {
            return None;
        }
        let start = value("linenostart").and_then(|value| value.as_str().parse().ok());
        let prefix = value("lineanchors").map_or(options.anchor_prefix.as_str(), Value::as_str);
        let anchor = (numbered && flag("anchorlinenos", options.anchors))
            .then(|| if prefix.is_empty() { format!("hl-{ordinal}") } else { prefix.to_owned() });
        Some(Self { first: numbered.then(|| start.unwrap_or(options.first_line)), marked, anchor })
    }

    /// Appends the lines of `html`, whose spans never cross a line end.
    pub(super) fn push(&self, out: &mut String, html: &str) {
        let count = html.split_inclusive('\n').count();
        let last = |first: usize| first.saturating_add(count).saturating_sub(1);
        let width = self.first.map_or(0, |first| last(first).to_string().len());
        for (index, line) in html.split_inclusive('\n').enumerate() {
            let is_marked = self.marked.iter().any(|range| range.contains(&(index + 1)));
            out.push_str(if is_marked { "<span class=\"line hl\">" } else { "<span class=\"line\">" });
            if let Some(first) = self.first {
                self.push_number(out, first.saturating_add(index), width);
            }
            out.push_str(line);
            out.push_str("</span>");
        }
    }

    fn push_number(&self, out: &mut String, number: usize, width: usize) {
        // Writing to a String cannot fail.
        let Some(anchor) = &self.anchor else {
            let _ = write!(out, "<span class=\"ln\">{number:>width$}</span>");
            return;
        };
        out.push_str("<span class=\"ln\" id=\"");
        escape::push_text(out, anchor);
        let _ = write!(out, "-{number}\"><a class=\"lnlinks\" href=\"#");
        escape::push_url(out, anchor);
        let _ = write!(out, "-{number}\">{number:>width$}</a></span>");
    }
}

/// Reads ranges such as `3` or `3-5`; one that cannot be read is passed over.
fn ranges<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<RangeInclusive<usize>> {
    texts.take(MAX_RANGES).filter_map(parse_range).collect()
}

fn parse_range(text: &str) -> Option<RangeInclusive<usize>> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    Some(from.trim().parse().ok()?..=to.trim().parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::super::attributes;
    use super::*;

    #[test]
    fn options_of_a_fence_decide_how_its_lines_look() {
        let cases = [
            ("{.a}", None),
            ("{linenos=false}", None),
            ("{anchorLineNos=true}", None),
            ("{linenos=inline}", Some("<span class=\"line\"><span class=\"ln\">1</span>a\n</span>")),
            (
                "{lineNos=table lineNoStart=9 hl_Lines=\"1 3\"}",
                Some("<span class=\"line hl\"><span class=\"ln\">9</span>a\n</span>"),
            ),
            (
                "{linenos=inline,anchorLineNos=true,lineAnchors=x}",
                Some(
                    "<span class=\"line\"><span class=\"ln\" id=\"x-1\"><a class=\"lnlinks\" href=\"#x-1\">1\
                     </a></span>a\n</span>",
                ),
            ),
            ("{hl_lines=[1,\"4-5\"]}", Some("<span class=\"line hl\">a\n</span>")),
            ("{hl_lines=[x,2-]}", None),
        ];
        for (braces, expected) in cases {
            let lines = attributes::parse(braces)
                .and_then(|attributes| Lines::new(&attributes, 0, &CodeOptions::default()));
            let written = lines.map(|lines| {
                let mut out = String::new();
                lines.push(&mut out, "a\n");
                out
            });
            assert_eq!(written.as_deref(), expected, "{braces}");
        }
    }
}
