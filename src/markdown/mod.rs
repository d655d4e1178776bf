//! Turns Markdown text into HTML as goldmark does in Hugo's default set-up, and HTML into summaries and
//! counts.
//!
//! Pure functions of text and options. Knows nothing about pages, shortcode templates or links between pages:
//! a shortcode is a hole ([`placeholder`]) that the caller fills ([`fill`]) when its output is known. The
//! only user of pulldown-cmark.

mod alert;
mod attributes;
mod block;
mod cjk;
mod code;
mod east_asian;
mod emoji;
mod escape;
pub mod expand;
mod extras;
mod footnotes;
mod headings;
pub mod highlight;
mod hooks;
mod inline;
mod linkify;
mod listing;
mod math;
mod numbered;
mod options;
mod passthrough;
mod placeholder;
mod plain;
mod prepare;
mod raw;
pub mod shortcode;
mod special;
mod summary;
mod text;
mod toc;
mod typographer;
mod writer;

use std::ops::Range;

use crate::diag::Diagnostic;

pub use cjk::{cjk_reading_time_minutes, count_cjk_words, has_cjk};
pub use escape::is_dangerous;
pub use headings::anchorize;
pub use hooks::{AlertTitle, Destination, Hooks, PictureFrame, Resolve, ShowPicture, TargetKind};
pub use listing::listing;
pub use options::{
    CodeOptions, Delimiters, EastAsianBreaks, Extras, HeadingIdKind, HookUse, MarkdownOptions,
    TypographicMark, TypographicMarks,
};
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
    /// Where in the text raw HTML was left out first because `unsafe_html` is off (comments do not count).
    pub raw_html_omitted: Option<usize>,
    /// The targets of links and images in document order, if [`Hooks::notes_destinations`] asks for them.
    pub destinations: Vec<Destination>,
    /// Warnings with the byte of the text that they are about.
    pub problems: Vec<(usize, Diagnostic)>,
    /// Whether there are formulas, which may need a style sheet.
    pub uses_math: bool,
    /// Whether there are diagrams, which need a script to be more than text.
    pub uses_mermaid: bool,
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
    render_with(source, options, &Hooks::default())
}

/// Renders a whole text, and asks the caller what only it knows, such as the addresses of other pages.
pub fn render_with(source: &str, options: &MarkdownOptions, hooks: &Hooks<'_>) -> Rendered {
    let prepared = prepare::prepare(source, options);
    let mut rendered = writer::Writer::new(&prepared, options, hooks).run();
    let place = |offset: usize| prepare::place_of(source, &prepared, offset);
    rendered.raw_html_omitted = rendered.raw_html_omitted.map(place);
    rendered.problems.iter_mut().for_each(|(offset, _)| *offset = place(*offset));
    let offsets = rendered.destinations.iter_mut().map(|one| &mut one.offset);
    prepare::replace_offsets(source, &prepared.text, offsets);
    rendered
}

/// Returns where in `original` the text stands that is at byte `offset` of `derived`.
///
/// `derived` was made from `original` by changes here and there, as by shortcodes. Looks for the rest of the line
/// and counts how often that occurred before; `None` if the original does not have it.
pub fn place_in(original: &str, derived: &str, offset: usize) -> Option<usize> {
    prepare::place_in(original, derived, offset)
}

/// Renders a title, caption or summary: a single paragraph loses its `<p>` (Hugo's `markdownify`).
pub fn render_inline(source: &str, options: &MarkdownOptions) -> String {
    without_paragraph(render(source, options).html)
}

/// Takes the `<p>` off HTML that is a single paragraph.
pub fn without_paragraph(mut html: String) -> String {
    html.truncate(html.trim_end().len());
    match html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p") => inner.to_owned(),
        _ => html,
    }
}

#[cfg(test)]
mod tests;
