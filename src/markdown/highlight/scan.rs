//! The hands of every scanner: a position in the code, and the HTML written so far.
//!
//! A scanner moves `pos` forward and then paints what it has passed. Each byte is painted exactly once and
//! in order, so the text of the HTML is the input whatever a scanner does; a wrong scanner can only choose
//! a wrong colour.

use std::cell::Cell;

use super::class::Class;

/// Code being turned into HTML.
pub(super) struct Scan<'a> {
    source: &'a str,
    /// The code up to where the present scanner may go.
    bytes: &'a [u8],
    /// Where the scanner stands, in bytes.
    pub(super) pos: usize,
    painted: usize,
    /// The end of the present line, once somebody asked; stale when the position has passed it.
    line_end: Cell<Option<usize>>,
    html: String,
    open: Class,
}

impl<'a> Scan<'a> {
    /// Starts at the first byte of some code.
    pub(super) fn new(source: &'a str) -> Self {
        let html = String::with_capacity(source.len() * 4 + 64);
        Self {
            source,
            bytes: source.as_bytes(),
            pos: 0,
            painted: 0,
            line_end: Cell::new(None),
            html,
            open: Class::Plain,
        }
    }

    /// Ends the scan: what was not painted is plain.
    pub(super) fn finish(mut self) -> String {
        self.pos = self.bytes.len();
        self.paint(Class::Plain);
        self.switch(Class::Plain);
        self.html
    }

    /// Returns the byte at the position.
    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    /// Returns the byte `distance` after the position.
    #[inline]
    pub(super) fn ahead(&self, distance: usize) -> Option<u8> {
        self.bytes.get(self.pos + distance).copied()
    }

    /// Returns the byte before the position.
    #[inline]
    pub(super) fn before(&self) -> Option<u8> {
        self.bytes.get(self.pos.checked_sub(1)?).copied()
    }

    /// Returns the byte at `index`.
    pub(super) fn at(&self, index: usize) -> Option<u8> {
        self.bytes.get(index).copied()
    }

    /// Returns whether the code goes on with `text`.
    #[inline]
    pub(super) fn looking_at(&self, text: &str) -> bool {
        self.rest().starts_with(text.as_bytes())
    }

    /// Returns the code from the position to the limit.
    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.pos..).unwrap_or_default()
    }

    /// Returns the code from `start` to the position.
    pub(super) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.pos).unwrap_or_default()
    }

    /// Returns where the scanner must stop.
    pub(super) fn end(&self) -> usize {
        self.bytes.len()
    }

    /// Returns whether only blanks stand between the start of the line and the position.
    pub(super) fn at_line_start(&self) -> bool {
        let before = self.bytes.get(..self.pos).unwrap_or_default();
        let blank = before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
        matches!(blank, None | Some(b'\n'))
    }

    /// Passes every byte that fits.
    #[inline]
    pub(super) fn skip(&mut self, fits: impl Fn(u8) -> bool) {
        while self.byte().is_some_and(&fits) {
            self.pos += 1;
        }
    }

    /// Passes blanks on the line.
    pub(super) fn skip_blanks(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Returns where the line ends: at its newline or the limit.
    pub(super) fn line_end(&self) -> usize {
        if let Some(known) = self.line_end.get().filter(|known| self.pos <= *known) {
            return known;
        }
        let end = memchr::memchr(b'\n', self.rest()).map_or(self.bytes.len(), |at| self.pos + at);
        self.line_end.set(Some(end));
        end
    }

    /// Returns the line from the position on, without its newline.
    pub(super) fn line(&self) -> &'a [u8] {
        self.bytes.get(self.pos..self.line_end()).unwrap_or_default()
    }

    /// Returns where `text` next starts.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        memchr::memmem::find(self.rest(), text.as_bytes()).map(|at| self.pos + at)
    }

    /// Paints what was passed since the last paint.
    pub(super) fn paint(&mut self, class: Class) {
        let mut end = self.pos.min(self.bytes.len());
        while !self.source.is_char_boundary(end) {
            end += 1;
        }
        self.pos = end;
        let Some(mut text) = self.source.get(self.painted..end) else { return };
        self.painted = end;
        while let Some(newline) = memchr::memchr(b'\n', text.as_bytes()) {
            self.write(class, text.get(..newline).unwrap_or_default());
            self.switch(Class::Plain);
            self.html.push('\n');
            text = text.get(newline + 1..).unwrap_or_default();
        }
        self.write(class, text);
    }

    /// Passes `count` bytes and paints them.
    pub(super) fn take(&mut self, count: usize, class: Class) {
        self.pos += count;
        self.paint(class);
    }

    /// Passes and paints everything up to `end`.
    pub(super) fn take_to(&mut self, end: usize, class: Class) {
        self.pos = self.pos.max(end);
        self.paint(class);
    }

    /// Lets another scanner work up to `end`; what it leaves is painted plain.
    pub(super) fn within(&mut self, end: usize, scanner: impl FnOnce(&mut Self)) {
        let outer = self.bytes;
        self.bytes = outer.get(..end).unwrap_or(outer);
        self.line_end.set(None);
        self.paint(Class::Plain);
        scanner(self);
        self.pos = self.bytes.len();
        self.paint(Class::Plain);
        self.bytes = outer;
        self.line_end.set(None);
    }

    /// Writes text of one line, escaped.
    fn write(&mut self, class: Class, text: &str) {
        if text.is_empty() {
            return;
        }
        self.switch(class);
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let entity = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => continue,
            };
            self.html.push_str(text.get(from..at).unwrap_or_default());
            self.html.push_str(entity);
            from = at + 1;
        }
        self.html.push_str(text.get(from..).unwrap_or_default());
    }

    /// Closes the open span and opens the next, where they differ.
    fn switch(&mut self, class: Class) {
        if self.open == class {
            return;
        }
        if self.open != Class::Plain {
            self.html.push_str("</span>");
        }
        if class != Class::Plain {
            self.html.push_str("<span class=\"");
            self.html.push_str(class.name());
            self.html.push_str("\">");
        }
        self.open = class;
    }
}
