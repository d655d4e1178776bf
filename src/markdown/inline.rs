//! Writes what stands in a block: text with typography and bare addresses, emphasis, links, images.
//!
//! Text is read from the source, not from the events, because both typography and addresses look at what stands
//! before and after, and an address may reach over several events.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::linkify::{self, AddressKind};
use super::typographer::{OpenQuotes, substitute};
use super::writer::Writer;
use super::{escape, prepare};

/// Bytes that are escaped.
const ESCAPED: u8 = 1;
/// Bytes that the typographer looks at.
const TYPOGRAPHIC: u8 = 2;
/// Bytes after which a bare address may start.
const OPENER: u8 = 4;
/// Square brackets.
const BRACKET: u8 = 8;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    table[b'&' as usize] = ESCAPED;
    table[b'<' as usize] = ESCAPED | TYPOGRAPHIC;
    table[b'>' as usize] = ESCAPED | TYPOGRAPHIC;
    table[b'"' as usize] = ESCAPED | TYPOGRAPHIC;
    table[b'\'' as usize] = TYPOGRAPHIC;
    table[b'-' as usize] = TYPOGRAPHIC;
    table[b'.' as usize] = TYPOGRAPHIC;
    table[b' ' as usize] = OPENER;
    table[b'(' as usize] = OPENER;
    table[b'*' as usize] = OPENER;
    table[b'_' as usize] = OPENER;
    table[b'~' as usize] = OPENER;
    table[b'[' as usize] = BRACKET;
    table[b']' as usize] = BRACKET;
    table
}

/// A piece of text while it is written.
struct Run {
    /// The next byte to look at.
    at: usize,
    /// Up to where everything is written.
    written: usize,
    /// Where the piece ends; an address may move it.
    end: usize,
    /// Where its line begins, if that is in it or at its start.
    line_start: Option<usize>,
    /// Where its line ends, with the line end; found when first needed.
    line_end: Option<usize>,
}

impl<'a> Writer<'a> {
    /// Forgets the text before: a new block of text begins, which ends at `end` in the source.
    pub(super) fn begin_text(&mut self, end: usize) {
        self.text.block_end = end;
        self.text.previous_end = None;
        self.text.is_line_start = true;
        self.text.quotes = OpenQuotes::default();
        self.text.brackets = 0;
        self.text.links = 0;
        self.text.emphasis_ends.clear();
    }

    /// Takes note of an element in the text: an address may start right after it.
    pub(super) fn note_node(&mut self) {
        self.text.previous_end = None;
        self.text.is_line_start = false;
    }

    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        let limit = self.heading.as_ref().map_or(usize::MAX, |heading| heading.limit);
        let end = range.end.min(limit);
        let is_line_start = std::mem::replace(&mut self.text.is_line_start, false);
        let previous_end = self.text.previous_end.replace(range.end);
        if self.source.get(range.clone()) != Some(text) {
            // An entity: its character is written as it is.
            escape::push_text(&mut self.out, text);
            self.push_id_text(text);
            return;
        }
        let start = range.start;
        let line_start = is_line_start.then_some(start);
        let mut run = Run { at: start, written: start, end, line_start, line_end: None };
        let before = start.checked_sub(1).and_then(|at| self.source.as_bytes().get(at)).copied();
        if before == Some(b'\\') && previous_end != Some(start) && starts_with_mark(text) {
            run.at += 1;
            self.push_literal(&mut run, start);
        } else if previous_end.is_none() || before.is_some_and(|byte| CLASSES[usize::from(byte)] == OPENER) {
            self.address(&mut run);
        }
        self.write_run(&mut run);
        self.text.previous_end = Some(run.end.max(range.end));
    }

    /// Writes the piece from where it stands to its end.
    fn write_run(&mut self, run: &mut Run) {
        let linkable = self.text.has_web || self.text.has_mail;
        let mask = ESCAPED
            | BRACKET
            | if self.options.typographer { TYPOGRAPHIC } else { 0 }
            | if linkable { OPENER } else { 0 };
        while run.at < run.end {
            let bytes = self.source.as_bytes();
            let Some(ahead) = bytes.get(run.at..run.end) else { break };
            let Some(skip) = ahead.iter().position(|byte| CLASSES[usize::from(*byte)] & mask != 0) else {
                break;
            };
            run.at += skip;
            let byte = ahead[skip];
            if CLASSES[usize::from(byte)] & mask & TYPOGRAPHIC != 0 && self.typographic(run) {
                // What follows a mark that was replaced may be an address.
                self.address(run);
                continue;
            }
            let at = run.at;
            run.at += 1;
            match byte {
                b'[' => self.text.brackets += 1,
                b']' => self.text.brackets = self.text.brackets.saturating_sub(1),
                b'&' | b'<' | b'>' | b'"' => self.push_literal(run, at),
                _ if CLASSES[usize::from(byte)] & OPENER != 0 => self.address(run),
                _ => {}
            }
        }
        self.flush(run, run.end);
    }

    /// Writes the source up to `end` as it stands.
    fn flush(&mut self, run: &mut Run, end: usize) {
        let source: &'a str = self.source;
        if let Some(text) = source.get(run.written..end) {
            self.out.push_str(text);
            self.push_id_text(text);
        }
        run.written = end;
    }

    /// Writes the source up to `at` and escapes the byte there.
    fn push_literal(&mut self, run: &mut Run, at: usize) {
        let Some(entity) = self.source.as_bytes().get(at).and_then(|byte| escape::entity(*byte)) else {
            return;
        };
        self.flush(run, at);
        self.out.push_str(entity);
        run.written = at + 1;
    }

    fn push_id_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.id_text.push_str(text);
        }
    }

    /// Replaces the marks at the run's place by their entity, if the typographer says so.
    fn typographic(&mut self, run: &mut Run) -> bool {
        let source: &'a str = self.source;
        let bytes = source.as_bytes();
        // Full stops and hyphens are frequent and mostly alone.
        if let Some(b'.' | b'-' | b'<' | b'>') = bytes.get(run.at) {
            if bytes.get(run.at) != bytes.get(run.at + 1) {
                return false;
            }
        }
        let before = match run.line_start {
            Some(start) if start == run.at => '\n',
            _ => source.get(..run.at).and_then(|text| text.chars().next_back()).unwrap_or('\n'),
        };
        let rest = self.line(run);
        let Some((entity, len)) = substitute(before, rest, &mut self.text.quotes) else { return false };
        let end = run.at + len;
        if self.absorb(run, end) < end {
            return false;
        }
        self.flush(run, run.at);
        self.out.push_str(entity);
        run.at = end;
        run.written = end;
        true
    }

    /// Returns the line from the run's place on, with its line end if the block goes on after it.
    fn line(&self, run: &mut Run) -> &'a str {
        let block_end = self.text.block_end.max(run.end);
        let end = match run.line_end {
            Some(end) if end > run.at => end,
            _ => {
                let rest = self.source.as_bytes().get(run.at..block_end).unwrap_or_default();
                memchr::memchr(b'\n', rest).map_or(block_end, |len| run.at + len + 1)
            }
        };
        run.line_end = Some(end);
        self.source.get(run.at..end).unwrap_or("")
    }

    /// Writes a link if a bare address starts at the run's place.
    fn address(&mut self, run: &mut Run) {
        let is_label = self.text.brackets > 0 || self.text.links > 0 || !self.text.images.is_empty();
        let first = self.source.as_bytes().get(run.at).copied().unwrap_or(0);
        let may_start = self.text.has_mail && first.is_ascii_alphanumeric()
            || self.text.has_web && matches!(first, b'h' | b'f' | b'w');
        if is_label || !may_start {
            return;
        }
        let mut line = self.line(run);
        if let Some(end) = self.text.emphasis_ends.last() {
            line = line.get(..end.saturating_sub(run.at)).unwrap_or(line);
        }
        let Some(address) = linkify::find(line) else { return };
        let end = self.absorb(run, run.at + address.len);
        let len = linkify::trimmed(self.source.get(run.at..end).unwrap_or(""));
        let Some(text) = self.source.get(run.at..run.at + len).filter(|text| !text.is_empty()) else {
            return;
        };
        self.flush(run, run.at);
        self.push_address(text, address.kind);
        run.at += len;
        run.written = run.at;
    }

    fn push_address(&mut self, text: &str, kind: AddressKind) {
        self.out.push_str("<a href=\"");
        match kind {
            AddressKind::Full => {}
            AddressKind::Www => {
                escape::push_text(&mut self.out, &self.options.linkify_protocol);
                self.out.push_str("://");
            }
            AddressKind::Mail => self.out.push_str("mailto:"),
        }
        escape::push_url(&mut self.out, text);
        self.out.push_str("\">");
        escape::push_text(&mut self.out, text);
        self.out.push_str("</a>");
    }

    /// Takes the events up to `wanted` in the source into the run, for what the parser read as something else.
    ///
    /// Returns how far that goes: less than `wanted` if an element reaches beyond it.
    fn absorb(&mut self, run: &mut Run, wanted: usize) -> usize {
        let start = run.at;
        while run.end < wanted {
            let Some((event, range)) = self.events.peek() else { break };
            let is_text = matches!(event, Event::Text(_) | Event::InlineHtml(_));
            let is_inside = range.start >= start && range.start < wanted && (is_text || range.end <= wanted);
            if !is_inside {
                return run.end.max(range.start.clamp(start, wanted));
            }
            // An opened element is taken with all that is in it, which follows.
            if !matches!(event, Event::Start(_)) {
                run.end = run.end.max(range.end);
            }
            self.events.next();
        }
        wanted.min(run.end)
    }

    pub(super) fn code_span(&mut self, code: &str) {
        self.note_node();
        let code = prepare::restore(code);
        self.push_id_text(&code);
        if self.text.images.is_empty() {
            self.out.push_str("<code>");
            escape::push_text(&mut self.out, &code);
            self.out.push_str("</code>");
        } else {
            escape::push_text(&mut self.out, &code);
        }
    }

    pub(super) fn soft_break(&mut self) {
        let hard = self.options.hard_wraps && self.text.images.is_empty();
        self.push_break(if hard { "<br>\n" } else { "\n" });
    }

    pub(super) fn hard_break(&mut self) {
        self.push_break(if self.text.images.is_empty() { "<br>\n" } else { "\n" });
    }

    fn push_break(&mut self, html: &str) {
        self.out.push_str(html);
        self.text.previous_end = None;
        self.text.is_line_start = true;
        // The id of a heading of several lines is made from the last (Hugo 0.168, recorded).
        if let Some(heading) = &mut self.heading {
            heading.id_text.clear();
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        self.note_node();
        if self.text.images.is_empty() {
            self.footnotes.push_reference(&mut self.out, label);
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        self.note_node();
        self.out.push_str(if done {
            "<input checked=\"\" disabled=\"\" type=\"checkbox\"> "
        } else {
            "<input disabled=\"\" type=\"checkbox\"> "
        });
    }

    pub(super) fn start_inline(&mut self, tag: Tag<'a>, range: Range<usize>) {
        self.note_node();
        match tag {
            Tag::Emphasis => self.start_emphasis("<em>", range.end.saturating_sub(1)),
            Tag::Strong => self.start_emphasis("<strong>", range.end.saturating_sub(2)),
            Tag::Strikethrough => self.start_emphasis("<del>", range.end.saturating_sub(1)),
            Tag::Link { link_type: kind @ (LinkType::Autolink | LinkType::Email), .. } => {
                self.autolink(kind, range);
            }
            Tag::Link { dest_url, title, .. } => {
                self.text.links += 1;
                if self.text.images.is_empty() {
                    self.out.push_str("<a href=\"");
                    self.push_target(&dest_url);
                    self.push_title(&title);
                    self.out.push('>');
                }
            }
            Tag::Image { dest_url, title, .. } => {
                if self.text.images.is_empty() {
                    self.out.push_str("<img src=\"");
                    self.push_target(&dest_url);
                    self.out.push_str("\" alt=\"");
                }
                self.text.images.push(title);
            }
            _ => {}
        }
    }

    fn start_emphasis(&mut self, html: &str, end: usize) {
        self.text.emphasis_ends.push(end);
        if self.text.images.is_empty() {
            self.out.push_str(html);
        }
    }

    pub(super) fn end_inline(&mut self, tag: TagEnd) {
        self.note_node();
        match tag {
            TagEnd::Image => {
                let title = self.text.images.pop().unwrap_or(CowStr::Borrowed(""));
                if self.text.images.is_empty() {
                    self.push_title(&title);
                    self.out.push('>');
                }
                return;
            }
            TagEnd::Link => self.text.links = self.text.links.saturating_sub(1),
            _ => {
                self.text.emphasis_ends.pop();
            }
        }
        if self.text.images.is_empty() {
            self.out.push_str(match tag {
                TagEnd::Emphasis => "</em>",
                TagEnd::Strong => "</strong>",
                TagEnd::Strikethrough => "</del>",
                TagEnd::Link => "</a>",
                _ => "",
            });
        }
    }

    /// Appends an address, or nothing if a browser would run it.
    fn push_target(&mut self, url: &str) {
        if self.options.unsafe_html || !escape::is_dangerous(url) {
            escape::push_url(&mut self.out, url);
        }
    }

    /// Closes the attribute before and appends the title, without its closing bracket.
    fn push_title(&mut self, title: &str) {
        self.out.push('"');
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::push_text(&mut self.out, title);
            self.out.push('"');
        }
    }

    /// Writes `<https://...>` up to its end.
    fn autolink(&mut self, kind: LinkType, range: Range<usize>) {
        self.skip_to(TagEnd::Link);
        let source: &'a str = self.source;
        let label = source.get(range.start + 1..range.end.saturating_sub(1)).unwrap_or("");
        if !self.text.images.is_empty() {
            escape::push_text(&mut self.out, label);
            return;
        }
        self.out.push_str("<a href=\"");
        if kind == LinkType::Email {
            self.out.push_str("mailto:");
        }
        self.push_target(label);
        self.out.push_str("\">");
        escape::push_text(&mut self.out, label);
        self.out.push_str("</a>");
    }
}

/// Says whether the text begins with a character that a backslash makes literal.
fn starts_with_mark(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_punctuation)
}
