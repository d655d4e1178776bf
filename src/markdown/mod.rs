//! Turns Markdown text into HTML as goldmark does in Hugo's default set-up, and HTML into summaries and
//! counts.
//!
//! Pure functions of text and options. Knows nothing about pages, shortcode templates or links between pages:
//! a shortcode is a hole ([`placeholder`]) that the caller fills ([`fill`]) when its output is known. The
//! only user of pulldown-cmark.

mod attributes;
mod block;
mod code;
mod escape;
pub mod expand;
mod footnotes;
mod headings;
pub mod highlight;
mod inline;
mod linkify;
mod listing;
mod options;
mod placeholder;
mod plain;
mod prepare;
pub mod shortcode;
mod summary;
mod text;
mod toc;
mod typographer;
mod writer;

use std::ops::Range;

pub use escape::is_dangerous;
pub use headings::anchorize;
pub use listing::listing;
pub use options::{CodeOptions, HeadingIdKind, MarkdownOptions};
pub use placeholder::{DIVIDER, fill, neutralise, placeholder};
pub use plain::{count_words, fuzzy_word_count, plain, reading_time_minutes};
pub use summary::{Summary, summarize, without_divider};
pub use toc::table_of_contents;

/// A Markdown text as HTML, with what the page needs to know about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The HTML, with placeholders still in it and [`DIVIDER`] where the author wrote `<!--more-->`.
    pub html: String,
    /// All headings in document order.
    pub headings: Vec<Heading>,
    /// The first block of the text, if it is an `h1`: a theme may show it as the title instead.
    pub opening_heading: Option<OpeningHeading>,
    /// Whether raw HTML was left out because `unsafe_html` is off (comments do not count).
    pub raw_html_omitted: bool,
}

/// One heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The anchor; empty if there is none.
    pub id: String,
    /// What stands between the tags.
    pub html: String,
}

/// Where in the HTML the opening `h1` stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningHeading {
    /// Bytes of `<h1>...</h1>` and the line end after it, in [`Rendered::html`].
    pub range: Range<usize>,
    /// Index in [`Rendered::headings`].
    pub heading: usize,
}

/// Renders a whole text. Any text is Markdown: this never fails.
pub fn render(source: &str, options: &MarkdownOptions) -> Rendered {
    let prepared = prepare::prepare(source, options);
    writer::Writer::new(&prepared, options).run()
}

/// Renders a title, caption or summary: a single paragraph loses its `<p>` (Hugo's `markdownify`).
pub fn render_inline(source: &str, options: &MarkdownOptions) -> String {
    let mut html = render(source, options).html;
    html.truncate(html.trim_end().len());
    match html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p") => inner.to_owned(),
        _ => html,
    }
}

#[cfg(test)]
mod tests;
