//! Turns a text into the rest of it: a place to read on from, [`Cursor`].
//!
//! Always stands between two characters, and never leaves the text.

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    whole: &'a str,
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// Stands before the first character of `whole`.
    pub(super) fn new(whole: &'a str) -> Self {
        Self { whole, rest: whole }
    }

    /// Returns the byte it stands at.
    pub(super) fn offset(&self) -> usize {
        self.whole.len() - self.rest.len()
    }

    /// Returns the text that is still to be read.
    pub(super) fn text(&self) -> &'a str {
        self.rest
    }

    /// Returns the next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Goes `bytes` further; to the end, if there are not so many or they end within a character.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// Goes over `token` if it is next, and says whether it was.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let after = self.rest.strip_prefix(token);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Returns the place after `token`, or this one if something else is next.
    pub(super) fn after(mut self, token: &str) -> Self {
        self.eat(token);
        self
    }

    /// Goes over all characters that are `wanted`, and returns them.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let start = *self;
        self.rest = self.rest.trim_start_matches(wanted);
        start.until(*self)
    }

    /// Goes back over all characters that are `wanted`.
    pub(super) fn back_while(&mut self, wanted: impl Fn(char) -> bool) {
        let kept = Self::new(self.whole).until(*self).trim_end_matches(wanted).len();
        self.rest = self.whole.get(kept..).unwrap_or_default();
    }

    /// Goes over blanks and line ends.
    pub(super) fn skip_blanks(&mut self) {
        self.take_while(is_blank);
    }

    /// Returns the text from here to `end`, empty if that is not further on.
    pub(super) fn until(&self, end: Cursor<'a>) -> &'a str {
        self.whole.get(self.offset()..end.offset()).unwrap_or_default()
    }
}

/// Says whether `character` separates arguments: a blank or line end of ASCII, no other space (Hugo 0.168,
/// recorded).
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}
