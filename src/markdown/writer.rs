//! Walks the parser's events and writes HTML: the state of one rendering and the choice of who writes what.
//!
//! Blocks are written by `block`, what stands in them by `inline` and `text`. All lands in one string in one
//! pass; only the attributes of an element that is written already are inserted later.

use std::borrow::Cow;
use std::iter::Peekable;
use std::ops::Range;

use memchr::{memchr, memmem};
use pulldown_cmark::{Alignment, CowStr, Event, OffsetIter, Options, Parser};

use super::attributes::{Attribute, Element};
use super::extras::{self, Extra};
use super::footnotes::Footnotes;
use super::headings::{IdText, Ids};
use super::hooks::{Hooks, PictureFrame};
use super::options::MarkdownOptions;
use super::passthrough::Formula;
use super::prepare::Prepared;
use super::typographer::OpenQuotes;
use super::{Heading, OpeningHeading, Rendered, prepare};

/// The state of one rendering.
pub(super) struct Writer<'a> {
    pub(super) events: Peekable<OffsetIter<'a>>,
    pub(super) source: &'a str,
    pub(super) options: &'a MarkdownOptions,
    pub(super) hooks: &'a Hooks<'a>,
    /// Formulas by the numbers of their holes.
    pub(super) formulas: &'a [Formula],
    /// Marks of text that the parser does not know, by their places.
    pub(super) extras: Vec<Extra>,
    pub(super) out: String,
    /// Containers that are open, outermost first; the first stands for the text itself and is never closed.
    pub(super) open: Vec<Container>,
    pub(super) text: TextState<'a>,
    pub(super) heading: Option<OpenHeading>,
    pub(super) headings: Vec<Heading>,
    pub(super) opening_heading: Option<OpeningHeading>,
    pub(super) ids: Ids,
    pub(super) table: TableState,
    pub(super) footnotes: Footnotes,
    /// Labels of the footnotes whose definition is being written, with the output set aside for it.
    pub(super) set_aside: Vec<(CowStr<'a>, String)>,
    /// Closing tags of the quotes and alerts that are open.
    pub(super) quotes: Vec<&'static str>,
    /// Fenced code blocks so far.
    pub(super) fences: usize,
    /// What the caller gets besides the HTML.
    pub(super) rendered: Rendered,
}

/// A block as a target for attributes: where in the output they go, and which it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    /// Just behind the name of the opening tag.
    pub(super) at: usize,
    pub(super) element: Element,
}

/// An open block that holds blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Container {
    pub(super) target: Target,
    /// The block that was closed last in it.
    pub(super) last: Option<Target>,
}

/// A heading whose end has not come yet.
#[derive(Debug)]
pub(super) struct OpenHeading {
    pub(super) level: u8,
    /// Where `<h` begins.
    pub(super) start: usize,
    /// What the id is made from.
    pub(super) id_text: IdText,
    pub(super) attributes: Vec<Attribute>,
    /// Where in the source its text ends, because attributes follow.
    pub(super) limit: usize,
    pub(super) is_opening: bool,
}

/// The table that is being written.
#[derive(Debug, Default)]
pub(super) struct TableState {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_head: bool,
    pub(super) has_body: bool,
}

/// What the text writer remembers between events.
#[derive(Debug, Default)]
pub(super) struct TextState<'a> {
    /// Where in the source the block ends.
    pub(super) block_end: usize,
    /// Where the line ends in the source, with its line end; found when first needed.
    pub(super) line_end: usize,
    /// Where the previous piece of text ended; `None` after anything but text.
    pub(super) previous_end: Option<usize>,
    /// Whether nothing of the line was written yet.
    pub(super) is_line_start: bool,
    pub(super) quotes: OpenQuotes,
    /// Square brackets that are open in the block: no bare address is a link in them.
    pub(super) brackets: usize,
    /// Links that are open.
    pub(super) links: usize,
    /// Titles of the images that are open: their text is the `alt` attribute.
    pub(super) images: Vec<Option<CowStr<'a>>>,
    /// How the outermost of them is shown, where the caller says so.
    pub(super) frame: Option<PictureFrame>,
    /// Where the open emphases end in the source.
    pub(super) emphasis_ends: Vec<usize>,
    /// Whether the text is the term of a definition: each line is a term.
    pub(super) is_term: bool,
    /// Whether the text has web addresses at all.
    pub(super) has_web: bool,
    /// Whether the text has e-mail addresses at all.
    pub(super) has_mail: bool,
    /// Whether the text has names of emoji at all.
    pub(super) has_emoji: bool,
    /// Elements of `extras` that are open in the block.
    pub(super) open_extras: Vec<&'static str>,
    /// Where a task's box stands that the parser takes for text.
    pub(super) task_at: Option<usize>,
}

impl<'a> Writer<'a> {
    /// Starts on a prepared text.
    pub(super) fn new(
        prepared: &'a Prepared<'a>,
        options: &'a MarkdownOptions,
        hooks: &'a Hooks<'a>,
    ) -> Self {
        let source: &'a str = &prepared.text;
        let bytes = source.as_bytes();
        let is_web = || memmem::find(bytes, b"://").is_some() || memmem::find(bytes, b"www.").is_some();
        let text = TextState {
            block_end: source.len(),
            has_web: options.linkify && is_web(),
            has_mail: options.linkify && memchr(b'@', bytes).is_some(),
            has_emoji: options.emoji && memchr(b':', bytes).is_some(),
            ..TextState::default()
        };
        let root = Container { target: Target { at: 0, element: Element::None }, last: None };
        let parse = || Parser::new_ext(source, parser_options(source, options)).into_offset_iter();
        Self {
            events: parse().peekable(),
            source,
            options,
            hooks,
            formulas: &prepared.formulas,
            extras: extras::find(source, options, parse),
            out: String::with_capacity(source.len() + source.len() / 2),
            open: vec![root],
            text,
            heading: None,
            headings: Vec::new(),
            opening_heading: None,
            ids: Ids::default(),
            table: TableState::default(),
            footnotes: Footnotes::default(),
            set_aside: Vec::new(),
            quotes: Vec::new(),
            fences: 0,
            rendered: Rendered::default(),
        }
    }

    /// Writes everything.
    pub(super) fn run(mut self) -> Rendered {
        while let Some((event, range)) = self.events.next() {
            self.event(event, range);
        }
        let prefix = self.footnote_prefix();
        self.footnotes.push_list(&mut self.out, prefix, self.options);
        let Self { out: html, headings, opening_heading, rendered, .. } = self;
        Rendered { html, headings, opening_heading, ..rendered }
    }

    pub(super) fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        let is_cut_off = self.heading.as_ref().is_some_and(|heading| range.start >= heading.limit);
        match event {
            _ if is_cut_off => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => self.code_span(&code),
            Event::InlineHtml(html) => self.inline_html(&html, range.start),
            Event::SoftBreak => self.soft_break(range),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.rule(),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(done) => self.task(done),
            // Blocks of HTML are taken whole, and mathematics is not asked for.
            Event::Html(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Begins a line of output unless one has begun.
    pub(super) fn new_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Returns the end of a void element.
    pub(super) fn void_end(&self) -> &'static str {
        if self.options.xhtml { " />" } else { ">" }
    }

    /// Returns what the ids of footnotes begin with.
    pub(super) fn footnote_prefix(&self) -> &'a str {
        if self.options.footnote_id_prefix { self.hooks.id_prefix } else { "" }
    }

    /// Puts back what the author wrote, for text that turned out to be code, raw HTML or an address.
    pub(super) fn restored<'t>(&self, text: &'t str) -> Cow<'t, str> {
        prepare::restore(text, self.formulas)
    }

    /// Takes note that a block was closed, as a target for an attribute line after it.
    pub(super) fn closed(&mut self, target: Target) {
        if let Some(container) = self.open.last_mut() {
            container.last = Some(target);
        }
    }
}

/// Above this many footnote openers the parser's time for them grows too fast (pulldown-cmark#1076).
const MAX_FOOTNOTE_OPENERS: usize = 5_000;

fn parser_options(source: &str, options: &MarkdownOptions) -> Options {
    let footnotes = options.footnotes && {
        let openers = memmem::find_iter(source.as_bytes(), "[^");
        openers.take(MAX_FOOTNOTE_OPENERS + 1).count() <= MAX_FOOTNOTE_OPENERS
    };
    [
        (Options::ENABLE_TABLES, options.tables),
        (Options::ENABLE_FOOTNOTES, footnotes),
        (Options::ENABLE_TASKLISTS, options.task_lists),
        (Options::ENABLE_DEFINITION_LIST, options.definition_lists),
    ]
    .into_iter()
    .filter_map(|(flag, is_on)| is_on.then_some(flag))
    .collect()
}
