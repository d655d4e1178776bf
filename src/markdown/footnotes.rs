//! Numbers footnotes by their first use and writes their list at the end of the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::options::MarkdownOptions;

/// The footnotes of a page while it is rendered.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    /// Labels in the order of their first use.
    used: Vec<String>,
    /// Number and count of uses by label.
    uses: BTreeMap<String, (usize, usize)>,
    /// HTML by label; the first definition counts.
    definitions: BTreeMap<String, String>,
}

impl Footnotes {
    /// Appends the mark of one use of a footnote; `prefix` stands before all ids.
    pub(super) fn push_reference(&mut self, out: &mut String, label: &str, prefix: &str) {
        let (number, count) = match self.uses.get_mut(label) {
            Some((number, count)) => {
                *count += 1;
                (*number, *count)
            }
            None => {
                self.used.push(label.to_owned());
                self.uses.insert(label.to_owned(), (self.used.len(), 1));
                (self.used.len(), 1)
            }
        };
        let id = reference_id(number, count);
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "<sup id=\"{prefix}{id}\"><a href=\"#{prefix}fn:{number}\" \
             class=\"footnote-ref\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    /// Takes the HTML of a definition.
    pub(super) fn define(&mut self, label: &str, html: String) {
        self.definitions.entry(label.to_owned()).or_insert(html);
    }

    /// Appends the list of the footnotes that were used.
    ///
    /// `prefix` stands before all ids.
    pub(super) fn push_list(&self, out: &mut String, prefix: &str, options: &MarkdownOptions) {
        if self.used.is_empty() {
            return;
        }
        out.push_str("<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr");
        out.push_str(if options.xhtml { " />\n<ol>\n" } else { ">\n<ol>\n" });
        for label in &self.used {
            let (number, count) = self.uses.get(label).copied().unwrap_or_default();
            let html = self.definitions.get(label).map_or("", String::as_str);
            let _ = writeln!(out, "<li id=\"{prefix}fn:{number}\">");
            // The way back stands in the last paragraph, or after whatever else comes last.
            match html.strip_suffix("</p>\n") {
                Some(paragraph) => {
                    out.push_str(paragraph);
                    push_backlinks(out, number, count, prefix, &options.footnote_backlink);
                    out.push_str("</p>\n");
                }
                None => {
                    out.push_str(html);
                    push_backlinks(out, number, count, prefix, &options.footnote_backlink);
                }
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</div>\n");
    }
}

fn push_backlinks(out: &mut String, number: usize, count: usize, prefix: &str, shown: &str) {
    for use_number in 1..=count {
        let id = reference_id(number, use_number);
        let _ = write!(
            out,
            "&#160;<a href=\"#{prefix}{id}\" class=\"footnote-backref\" role=\"doc-backlink\">{shown}</a>"
        );
    }
}

/// Returns the id of a use: `fnref:1` for the first, `fnref1:1` for the second.
fn reference_id(number: usize, use_number: usize) -> String {
    match use_number {
        0 | 1 => format!("fnref:{number}"),
        _ => format!("fnref{}:{number}", use_number - 1),
    }
}
