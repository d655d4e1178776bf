//! The strings of the engine: quotes, escapes, code in strings, raw strings and here documents.

use super::class::Class;
use super::engine::{Engine, Frame};
use super::grammar::{Escape, Interp, Quote, Raw};

/// As many signs as the fence of a raw string may have; a bound keeps the time linear.
const LONGEST_FENCE: usize = 32;

/// A string that has been opened, with what its prefix made of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    close: &'static str,
    class: Class,
    escape: Escape,
    multiline: bool,
    interp: Interp,
}

impl From<&Quote> for Open {
    fn from(quote: &Quote) -> Self {
        let Quote { open: _, close, class, escape, multiline, interp } = *quote;
        Self { close, class, escape, multiline, interp }
    }
}

/// A here document that was announced.
pub(super) struct Heredoc {
    word: Vec<u8>,
    quoted: bool,
}

impl Engine<'_, '_> {
    /// Passes a string in quotes, if one starts here.
    pub(super) fn quoted(&mut self, byte: u8) -> bool {
        let found =
            self.grammar.quotes.iter().find(|quote| {
                quote.open.as_bytes().first() == Some(&byte) && self.scan.looking_at(quote.open)
            });
        let Some(quote) = found else { return false };
        self.scan.pos += quote.open.len();
        self.string(Open::from(quote));
        true
    }

    /// Passes the string after a prefix that has just been passed: `f"…"`, `r#"…"#`.
    pub(super) fn prefixed_string(&mut self, prefix: &[u8]) -> bool {
        let Some(byte @ (b'"' | b'\'' | b'`' | b'#')) = self.scan.byte() else { return false };
        if !self.grammar.prefixes.iter().any(|known| known.as_bytes() == prefix) {
            return false;
        }
        let start = self.scan.pos - prefix.len();
        if matches!(self.grammar.raw, Raw::Rust | Raw::Cpp) && self.fenced(start) {
            return true;
        }
        let found =
            self.grammar.quotes.iter().find(|quote| {
                quote.open.as_bytes().first() == Some(&byte) && self.scan.looking_at(quote.open)
            });
        let Some(quote) = found else { return self.character(byte) };
        self.scan.take(quote.open.len(), quote.class);
        let mut open = Open::from(quote);
        if prefix.iter().any(|letter| matches!(letter, b'r' | b'R' | b'@')) {
            open.escape = Escape::None;
        }
        if prefix.iter().any(|letter| matches!(letter, b'f' | b'F' | b's' | b'$')) {
            open.interp = self.grammar.prefixed;
        }
        self.string(open);
        true
    }

    /// Passes the inside of a string up to its end or to code in it.
    ///
    /// At code the string is put on the stack of frames; the engine comes back to it.
    pub(super) fn string(&mut self, open: Open) {
        let Open { close, class, escape, multiline, interp } = open;
        let last = close.as_bytes().first().copied();
        self.value = true;
        self.command = false;
        while let Some(byte) = self.scan.byte() {
            if byte == b'\n' && !multiline {
                break;
            }
            if Some(byte) == last && self.scan.looking_at(close) {
                self.scan.pos += close.len();
                if escape == Escape::Doubled && self.scan.looking_at(close) {
                    self.scan.pos += close.len();
                    continue;
                }
                let key = self.grammar.keys.is_some_and(|(_, class)| class == Class::Nt) && self.is_key();
                self.scan.paint(if key { Class::Nt } else { class });
                return;
            }
            let doubled = byte == b'{' && interp == Interp::Brace && self.scan.ahead(1) == Some(b'{');
            if !doubled && let Some((len, opening, closing)) = self.code_start(byte, interp) {
                self.scan.paint(class);
                return self.enter(len, opening, closing, Some(open));
            }
            match byte {
                _ if doubled => self.escape(class),
                b'\\' if escape == Escape::Backslash => self.escape(class),
                b'`' if escape == Escape::Backtick => self.escape(class),
                b'$' if Self::takes_dollar(interp) => {
                    let depth = self.frames.len();
                    if !self.dollar(byte, Some(open)) {
                        self.scan.pos += 1;
                    } else if self.frames.len() > depth {
                        return;
                    }
                }
                _ => self.scan.pos += 1,
            }
        }
        self.scan.paint(class);
    }

    /// Returns the length and the brackets of code that starts here in a string, `$` aside.
    fn code_start(&self, byte: u8, interp: Interp) -> Option<(usize, u8, u8)> {
        match (interp, byte, self.scan.ahead(1)) {
            (Interp::Backslash, b'\\', Some(b'(')) => Some((2, b'(', b')')),
            (Interp::Hash, b'#', Some(b'{')) => Some((2, b'{', b'}')),
            (Interp::Brace, b'{', _) => Some((1, b'{', b'}')),
            _ => None,
        }
    }

    /// Passes an escape: its sign and what the sign announces.
    fn escape(&mut self, class: Class) {
        self.scan.paint(class);
        self.scan.pos += 1;
        let digits = match self.scan.byte() {
            Some(b'x') => 2,
            Some(b'u') if self.scan.ahead(1) == Some(b'{') => {
                self.scan.pos += 2;
                self.scan.skip(|byte| byte.is_ascii_hexdigit());
                0
            }
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        self.scan.pos += usize::from(self.scan.byte().is_some());
        let mut left = digits;
        while left > 0 && self.scan.byte().is_some_and(|byte| byte.is_ascii_hexdigit()) {
            self.scan.pos += 1;
            left -= 1;
        }
        self.scan.paint(Class::Se);
    }

    /// Enters the code of a string after a delimiter of `len` bytes.
    fn enter(&mut self, len: usize, open: u8, close: u8, outer: Option<Open>) {
        self.scan.take(len, Class::Si);
        self.frames.push(Frame { outer, open, close, depth: 0 });
        self.value = false;
        self.command = open == b'(';
    }

    /// Passes `$name`, or enters `${…}` or `$(…)`, in a string or (with no `outer`) in code.
    pub(super) fn dollar(&mut self, byte: u8, outer: Option<Open>) -> bool {
        let interp = outer.map_or(self.grammar.dollar, |open| open.interp);
        if byte != b'$' || interp == Interp::None {
            return false;
        }
        let shell = interp == Interp::Shell;
        let around = outer.map_or(Class::Plain, |open| open.class);
        match self.scan.ahead(1) {
            Some(b'{') if interp != Interp::DollarParen => {
                self.scan.paint(around);
                self.enter(2, b'{', b'}', outer);
                if shell {
                    self.scan.skip(|byte| matches!(byte, b'#' | b'!'));
                    self.scan.skip(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                    self.scan.paint(Class::Nv);
                }
                true
            }
            Some(b'(') if matches!(interp, Interp::Shell | Interp::DollarParen) => {
                self.scan.paint(around);
                self.enter(2, b'(', b')', outer);
                true
            }
            Some(next) if interp != Interp::DollarBrace && (next.is_ascii_alphabetic() || next == b'_') => {
                self.scan.paint(around);
                self.scan.pos += 1;
                self.scan.skip(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                self.variable()
            }
            Some(b'0'..=b'9' | b'?' | b'@' | b'*' | b'#' | b'!' | b'$' | b'-') if shell => {
                self.scan.paint(around);
                self.scan.pos += 2;
                self.variable()
            }
            _ => false,
        }
    }

    /// Paints a variable; always true, for the callers' sake.
    fn variable(&mut self) -> bool {
        self.scan.paint(Class::Nv);
        self.value = true;
        self.command = false;
        true
    }

    /// Passes `'c'` or `'name`, in languages where an apostrophe is not a string.
    pub(super) fn character(&mut self, byte: u8) -> bool {
        if byte != b'\'' || !self.grammar.characters {
            return false;
        }
        let rest = self.scan.rest();
        let len = match rest.get(1) {
            Some(b'\\') => rest.iter().take(14).skip(3).position(|byte| *byte == b'\'').map(|at| at + 4),
            Some(b'\n') | None => None,
            Some(_) => {
                let width = 1 + rest.iter().skip(2).take(3).take_while(|byte| **byte & 0xC0 == 0x80).count();
                (rest.get(1 + width) == Some(&b'\'')).then_some(width + 2)
            }
        };
        if let Some(len) = len {
            self.scan.take(len, Class::Sc);
        } else {
            self.scan.pos += 1;
            self.scan.skip(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let named = self.scan.before() != Some(b'\'');
            self.scan.paint(if named { Class::Nl } else { Class::O });
        }
        self.value = true;
        true
    }

    /// Passes a raw string whose end repeats the signs of its start, from its prefix at `start`.
    pub(super) fn fenced(&mut self, start: usize) -> bool {
        let rest = self.scan.rest();
        let count = |sign: u8| rest.iter().take(LONGEST_FENCE).take_while(|byte| **byte == sign).count();
        let (skip, close) = match self.grammar.raw {
            Raw::Rust | Raw::Swift => {
                let hashes = count(b'#');
                if hashes == 0 || rest.get(hashes) != Some(&b'"') {
                    return false;
                }
                (hashes + 1, format!("\"{}", "#".repeat(hashes)))
            }
            Raw::Cpp => {
                let delimiter = rest.iter().take(18).position(|byte| *byte == b'(');
                let Some(name) = delimiter.and_then(|end| rest.get(1..end)) else { return false };
                if !self.scan.since(start).ends_with(b"R") || rest.first() != Some(&b'"') {
                    return false;
                }
                (name.len() + 2, format!("){}\"", String::from_utf8_lossy(name)))
            }
            Raw::Lua => {
                let equals =
                    rest.iter().skip(1).take(LONGEST_FENCE).take_while(|byte| **byte == b'=').count();
                if rest.get(equals + 1) != Some(&b'[') {
                    return false;
                }
                (equals + 2, format!("]{}]", "=".repeat(equals)))
            }
            Raw::None => return false,
        };
        self.scan.pos += skip;
        let end = self.scan.find(&close).map_or(self.scan.end(), |at| at + close.len());
        self.scan.take_to(end, Class::S);
        self.value = true;
        true
    }

    /// Passes `<<WORD`, `<<-'WORD'`, `<<~WORD` or `<<<WORD`, and remembers the document for the next line.
    pub(super) fn heredoc_head(&mut self) -> bool {
        let rest = self.scan.rest();
        let signs =
            2 + rest.iter().skip(2).take(2).take_while(|byte| matches!(byte, b'<' | b'-' | b'~')).count();
        let quote = rest.get(signs).copied().filter(|byte| matches!(byte, b'"' | b'\''));
        let start = signs + usize::from(quote.is_some());
        let word: Vec<u8> = rest
            .iter()
            .skip(start)
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
            .take(64)
            .copied()
            .collect();
        if !word.first().is_some_and(|first| first.is_ascii_uppercase() || *first == b'_') {
            return false;
        }
        self.scan.take(signs, Class::O);
        self.scan.take(word.len() + 2 * usize::from(quote.is_some()), Class::Sh);
        self.heredoc = Some(Heredoc { word, quoted: quote == Some(b'\'') });
        true
    }

    /// Passes the lines of a here document; only plain variables are seen in it.
    pub(super) fn heredoc_body(&mut self, heredoc: &Heredoc) {
        let variables = !heredoc.quoted && self.grammar.dollar != Interp::None;
        while self.scan.byte().is_some() {
            let end = self.scan.line_end();
            let line = self.scan.line().trim_ascii();
            let last = line
                .strip_prefix(heredoc.word.as_slice())
                .is_some_and(|after| after.iter().all(|byte| matches!(byte, b';' | b',' | b')')));
            while variables && let Some(at) = memchr::memchr(b'$', self.scan.line()) {
                self.scan.take(at, Class::Sh);
                self.heredoc_variable();
            }
            self.scan.take_to(end, Class::Sh);
            self.scan.take(usize::from(self.scan.byte().is_some()), Class::Sh);
            if last {
                break;
            }
        }
        self.command = true;
    }

    /// Passes `$` and, where a name follows, the variable.
    fn heredoc_variable(&mut self) {
        self.scan.pos += 1;
        let start = self.scan.pos;
        let brace = self.scan.byte() == Some(b'{');
        self.scan.pos += usize::from(brace);
        self.scan.skip(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
        if brace && self.scan.byte() == Some(b'}') {
            self.scan.pos += 1;
        }
        self.scan.paint(if self.scan.pos > start { Class::Nv } else { Class::Sh });
    }
}
