//! Writes text with typography and bare addresses.
//!
//! Text is read from the source, not from the events, because both look at what stands before and after, and
//! an address may reach over several events.

use std::ops::Range;

use pulldown_cmark::Event;

use super::escape;
use super::linkify::{self, AddressKind};
use super::placeholder::NO_DEFINITION;
use super::typographer::substitute;
use super::writer::Writer;

/// Bytes that are escaped.
const ESCAPED: u8 = 1;
/// Bytes that the typographer looks at.
const TYPOGRAPHIC: u8 = 2;
/// Bytes after which a bare address may start.
const OPENER: u8 = 4;
/// Square brackets.
const BRACKET: u8 = 8;
/// The first byte of a mark that `prepare` may have put in.
const MARK: u8 = 16;
/// Bytes of marks that the parser does not know.
const EXTRA: u8 = 32;
/// The byte before the name of an emoji.
const COLON: u8 = 64;
/// The byte that hides a space after it.
const ESCAPE: u8 = 128;

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
    table[b'~' as usize] = OPENER | EXTRA;
    table[b'^' as usize] = EXTRA;
    table[b'=' as usize] = EXTRA;
    table[b'+' as usize] = EXTRA;
    table[b':' as usize] = COLON;
    table[b'\\' as usize] = ESCAPE;
    table[b'[' as usize] = BRACKET;
    table[b']' as usize] = BRACKET;
    table[0xEF] = MARK;
    table
}

/// A piece of text while it is written.
pub(super) struct Run {
    /// The next byte to look at.
    pub(super) at: usize,
    /// Up to where everything is written.
    pub(super) written: usize,
    /// Where the piece ends; an address may move it.
    pub(super) end: usize,
    /// Where its line begins, if that is in it or at its start.
    line_start: Option<usize>,
}

impl<'a> Writer<'a> {
    /// Forgets the text before: a new block of text begins, which ends at `end` in the source.
    pub(super) fn begin_text(&mut self, end: usize) {
        self.text.block_end = end;
        self.text.line_end = 0;
        self.text.previous_end = None;
        self.text.is_line_start = true;
        self.text.brackets = 0;
        self.text.links = 0;
        self.text.emphasis_ends.clear();
        self.text.is_term = false;
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
        let mut run = Run { at: start, written: start, end, line_start };
        let before = start.checked_sub(1).and_then(|at| self.source.as_bytes().get(at)).copied();
        if self.text.task_at.take_if(|at| *at == start).is_some() {
            self.task_as_text(&mut run);
        } else if before == Some(b'\\') && previous_end != Some(start) && starts_with_mark(text) {
            run.at += 1;
            self.push_literal(&mut run, start);
        } else if previous_end.is_none()
            || before.is_some_and(|byte| CLASSES[usize::from(byte)] & OPENER != 0)
        {
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
            | MARK
            | if self.options.typographer { TYPOGRAPHIC } else { 0 }
            | if linkable { OPENER } else { 0 }
            | if self.extras.is_empty() { 0 } else { EXTRA }
            | if self.text.has_emoji { COLON } else { 0 }
            | if self.options.escaped_space { ESCAPE } else { 0 };
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
            let is_special = CLASSES[usize::from(byte)] & mask & (EXTRA | COLON | ESCAPE) != 0;
            if is_special && self.special(run, byte) {
                self.address(run);
                continue;
            }
            let at = run.at;
            run.at += 1;
            match byte {
                b'[' => self.text.brackets += 1,
                b']' => self.text.brackets = self.text.brackets.saturating_sub(1),
                b'&' | b'<' | b'>' | b'"' => self.push_literal(run, at),
                0xEF if self.source.get(at..).is_some_and(|text| text.starts_with(NO_DEFINITION)) => {
                    self.flush(run, at);
                    run.at = at + NO_DEFINITION.len_utf8();
                    run.written = run.at;
                }
                0xEF => self.formula(run, at),
                _ if CLASSES[usize::from(byte)] & OPENER != 0 => self.address(run),
                _ => {}
            }
        }
        self.flush(run, run.end);
    }

    /// Writes the source up to `end` as it stands.
    pub(super) fn flush(&mut self, run: &mut Run, end: usize) {
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
        // It leaves nothing in an id, but a heading of nothing else has one.
        self.push_id_text(self.source.get(at..=at).unwrap_or(""));
        run.written = at + 1;
    }

    /// Takes note, for the id of a heading, that a piece of text has ended.
    pub(super) fn end_id_piece(&mut self) {
        if let Some(heading) = &mut self.heading {
            heading.id_text.end_piece();
        }
    }

    pub(super) fn push_id_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.id_text.push(text);
        }
    }

    /// Replaces the marks at the run's place by their entity, if the typographer says so.
    fn typographic(&mut self, run: &mut Run) -> bool {
        let source: &'a str = self.source;
        let bytes = source.as_bytes();
        // Full stops and hyphens are frequent and mostly alone.
        if let Some(b'.' | b'-' | b'<' | b'>') = bytes.get(run.at)
            && bytes.get(run.at) != bytes.get(run.at + 1)
        {
            return false;
        }
        let before = match run.line_start {
            Some(start) if start == run.at => '\n',
            _ => source.get(..run.at).and_then(|text| text.chars().next_back()).unwrap_or('\n'),
        };
        let rest = self.line(run);
        let Some((mark, len)) = substitute(before, rest, &mut self.text.quotes) else { return false };
        let end = run.at + len;
        if self.absorb(run, end) < end {
            return false;
        }
        self.flush(run, run.at);
        self.out.push_str(self.options.marks.html(mark));
        if let Some(heading) = &mut self.heading {
            heading.id_text.end_piece();
            // The mark is no letter, but it keeps the space before it in the id.
            heading.id_text.push("…");
        }
        run.at = end;
        run.written = end;
        true
    }

    /// Returns the line from the run's place on, with its line end if the block goes on after it.
    pub(super) fn line(&mut self, run: &Run) -> &'a str {
        if self.text.line_end <= run.at {
            let block_end = self.text.block_end.max(run.end);
            let rest = self.source.as_bytes().get(run.at..block_end).unwrap_or_default();
            self.text.line_end = memchr::memchr(b'\n', rest).map_or(block_end, |len| run.at + len + 1);
        }
        self.source.get(run.at..self.text.line_end).unwrap_or("")
    }

    /// Writes a link if a bare address starts at the run's place.
    pub(super) fn address(&mut self, run: &mut Run) {
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
        self.end_id_piece();
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

    /// Takes the events up to `wanted` in the source into the run, for what the parser read as something
    /// else.
    ///
    /// Returns how far that goes: less than `wanted` if an element reaches beyond it.
    pub(super) fn absorb(&mut self, run: &mut Run, wanted: usize) -> usize {
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
}

/// Says whether the text begins with a character that a backslash makes literal.
fn starts_with_mark(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_punctuation)
}
