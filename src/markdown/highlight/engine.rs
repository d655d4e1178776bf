//! The scanner of programming languages: one loop over bytes that a [`Grammar`] steers.
//!
//! It knows tokens, not syntax, and never looks back. Code inside strings (`"${…}"`) is kept on an explicit
//! stack, so the time is linear and the depth of nesting is bounded by memory, not by the call stack.

use super::class::Class;
use super::grammar::{Calls, Grammar, Interp, Raw};
use super::number;
use super::scan::Scan;
use super::strings::{Heredoc, Open};

/// Paints all that `scan` may see as code of `grammar`.
pub(super) fn run(scan: &mut Scan, grammar: &'static Grammar) {
    let mut engine = Engine::new(scan, grammar);
    while let Some(byte) = engine.scan.byte() {
        engine.step(byte);
    }
}

/// The state between two tokens.
pub(super) struct Engine<'s, 'a> {
    pub(super) scan: &'s mut Scan<'a>,
    pub(super) grammar: &'static Grammar,
    /// Code that was entered from a string, innermost last.
    pub(super) frames: Vec<Frame>,
    /// The here document that starts on the next line.
    pub(super) heredoc: Option<Heredoc>,
    /// The class of the next name, after a word that declares.
    next: Class,
    /// The last token was a value, so that `/` divides and `<` compares.
    pub(super) value: bool,
    /// A command may stand here (shells).
    pub(super) command: bool,
    /// No regular expression ends before this position: do not search again.
    pub(super) no_regex_until: usize,
}

/// Code in a string, until its closing delimiter.
pub(super) struct Frame {
    /// The string to go on with; none for `$(…)` in code.
    pub(super) outer: Option<Open>,
    pub(super) open: u8,
    pub(super) close: u8,
    pub(super) depth: u32,
}

impl<'s, 'a> Engine<'s, 'a> {
    fn new(scan: &'s mut Scan<'a>, grammar: &'static Grammar) -> Self {
        Self {
            scan,
            grammar,
            frames: Vec::new(),
            heredoc: None,
            next: Class::Plain,
            value: false,
            command: true,
            no_regex_until: 0,
        }
    }

    /// Passes at least one byte.
    fn step(&mut self, byte: u8) {
        match byte {
            b'\n' => self.newline(),
            b' ' | b'\t' | b'\r' => self.scan.pos += 1,
            _ if self.starts_word(byte) => self.word(),
            b'0'..=b'9' if self.grammar.shell => self.word(),
            b'0'..=b'9' => self.number(),
            b'.' if !self.value && self.scan.ahead(1).is_some_and(|next| next.is_ascii_digit()) => {
                self.number()
            }
            _ => self.sign(byte),
        }
    }

    fn newline(&mut self) {
        self.command |= self.scan.before() != Some(b'\\');
        self.scan.take(1, Class::Plain);
        self.value = false;
        if let Some(heredoc) = self.heredoc.take() {
            self.heredoc_body(&heredoc);
        }
    }

    fn number(&mut self) {
        self.scan.paint(Class::Plain);
        let class = number::pass(self.scan);
        self.scan.paint(class);
        self.value = true;
    }

    fn starts_word(&self, byte: u8) -> bool {
        byte.is_ascii_alphabetic()
            || byte == b'_'
            || byte >= 0x80
            || (byte.is_ascii_punctuation() && self.grammar.word_start.as_bytes().contains(&byte))
    }

    /// Passes a word and paints it by what it is and where it stands.
    fn word(&mut self) {
        self.scan.paint(Class::Plain);
        let start = self.scan.pos;
        self.pass_word();
        let word = self.scan.since(start);
        if self.prefixed_string(word) {
            return;
        }
        let class = self.word_class(word, start);
        self.scan.paint(class);
    }

    /// Passes the bytes of a word; a `-`, `!` or `?` inside does not take the `=` or `>` of an operator
    /// with it.
    fn pass_word(&mut self) {
        let inside = self.grammar.word_inside.as_bytes();
        self.scan.pos += 1;
        while let Some(byte) = self.scan.byte() {
            let letter = byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
            if !letter && (!inside.contains(&byte) || matches!(self.scan.ahead(1), Some(b'=' | b'>'))) {
                return;
            }
            self.scan.pos += 1;
        }
    }

    /// Decides on a word that has just been passed.
    fn word_class(&mut self, word: &[u8], start: usize) -> Class {
        let declared = std::mem::replace(&mut self.next, Class::Plain);
        if self.grammar.shell {
            return self.shell_word(word, declared);
        }
        let byte_before = |distance| start.checked_sub(distance).and_then(|at| self.scan.at(at));
        let before = byte_before(1);
        let member =
            before == Some(b'.') && byte_before(2) != Some(b'.') && !self.grammar.word_inside.contains('.');
        let is_key = self.is_key();
        if !member
            && let Some(found) = self.grammar.words.find(word, self.grammar.ignore_case)
            && !(is_key && found.class != Class::Kd)
        {
            self.next = found.next;
            if found.class == Class::C1 {
                // A comment that starts with a word, as in batch files.
                self.scan.pos = self.scan.line_end();
            }
            self.value = !matches!(found.class, Class::K | Class::Kd | Class::Kn | Class::Ow);
            return found.class;
        }
        self.value = true;
        if declared != Class::Plain {
            return declared;
        }
        if is_key {
            return self.grammar.keys.map_or(Class::Plain, |(_, class)| class);
        }
        if self.is_call(before) {
            return Class::Nf;
        }
        match word {
            [first, rest @ ..] if first.is_ascii_uppercase() && self.grammar.capital != Class::Plain => {
                let shouted = !rest.is_empty() && !rest.iter().any(u8::is_ascii_lowercase);
                if shouted { Class::No } else { self.grammar.capital }
            }
            _ => Class::Plain,
        }
    }

    /// Returns whether the word or string just passed stands before the sign of a key.
    pub(super) fn is_key(&self) -> bool {
        let Some((sign, _)) = self.grammar.keys else { return false };
        let rest = self.scan.rest();
        let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
        rest.get(blanks) == Some(&sign) && !matches!(rest.get(blanks + 1), Some(b'=' | b':' | b'~' | b'>'))
    }

    fn is_call(&self, before: Option<u8>) -> bool {
        match self.grammar.calls {
            Calls::None => false,
            Calls::Paren => self.scan.byte() == Some(b'('),
            Calls::Bang => {
                let bang = self.scan.byte() == Some(b'!');
                let next = if bang { self.scan.ahead(1) } else { self.scan.byte() };
                next == Some(b'(') || (bang && matches!(next, Some(b'[' | b'{' | b' ')))
            }
            Calls::Head => before == Some(b'('),
        }
    }

    /// Decides on a word of a shell, where only the place of a command gives words a meaning.
    fn shell_word(&mut self, word: &[u8], declared: Class) -> Class {
        self.value = true;
        let command = std::mem::replace(&mut self.command, false);
        if word.iter().all(u8::is_ascii_digit) {
            return Class::Mi;
        }
        if declared != Class::Plain {
            return declared;
        }
        let name = word.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        if name && self.scan.byte() == Some(b'=') {
            return Class::Nv;
        }
        let Some(found) = self.grammar.words.find(word, self.grammar.ignore_case) else {
            let defined = command && self.scan.looking_at("()");
            return if defined { Class::Nf } else { Class::Plain };
        };
        match found.class {
            // Words such as `in` and `AS` stand after another word.
            Class::Ow => Class::K,
            Class::Kc => Class::Kc,
            _ if !command => Class::Plain,
            class => {
                self.next = found.next;
                self.command = class == Class::K;
                class
            }
        }
    }

    /// Passes anything that is neither blank nor word nor number.
    fn sign(&mut self, byte: u8) {
        self.scan.paint(Class::Plain);
        let passed = self.comment()
            || self.raw_string(byte)
            || self.quoted(byte)
            || self.character(byte)
            || self.dollar(byte, None)
            || self.special(byte)
            || self.sigil(byte);
        if !passed {
            self.punctuation(byte);
        }
    }

    /// Passes a comment, if one starts here.
    fn comment(&mut self) -> bool {
        let blocks = self.grammar.block_comments;
        if let Some(block) = blocks.iter().find(|block| self.scan.looking_at(block.open)) {
            self.block_comment(block.open, block.close, block.nested);
            return true;
        }
        let starts = self.grammar.line_comments.iter().any(|start| self.scan.looking_at(start));
        let before = self.scan.before();
        let spaced = !self.grammar.spaced_comments
            || before.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b';' | b'('));
        if starts && spaced {
            self.scan.take_to(self.scan.line_end(), Class::C1);
        }
        starts && spaced
    }

    fn block_comment(&mut self, open: &str, close: &str, nested: bool) {
        self.scan.pos += open.len();
        let mut depth = 1_u32;
        while depth > 0 {
            if self.scan.looking_at(close) {
                depth -= 1;
                self.scan.pos += close.len();
            } else if nested && self.scan.looking_at(open) {
                depth += 1;
                self.scan.pos += open.len();
            } else if self.scan.byte().is_some() {
                self.scan.pos += 1;
            } else {
                break;
            }
        }
        self.scan.paint(Class::Cm);
    }

    /// Passes `@name`, `$name`, `:name` and their like.
    fn sigil(&mut self, byte: u8) -> bool {
        let Some((_, class)) = self.grammar.sigils.iter().find(|(sigil, _)| *sigil == byte) else {
            return false;
        };
        let glued = self.scan.before().is_some_and(|before| {
            before == byte || (byte == b':' && (before.is_ascii_alphanumeric() || before == b')'))
        });
        let next = self.scan.ahead(1);
        let named = next.is_some_and(|next| next.is_ascii_alphabetic() || next == b'_' || next >= 0x80);
        let numbered = byte == b'$' && next.is_some_and(|next| next.is_ascii_digit());
        if glued || !(named || numbered) {
            return false;
        }
        self.scan.pos += 1;
        self.pass_word();
        if *class == Class::Nd {
            while self.scan.byte() == Some(b'.')
                && self.scan.ahead(1).is_some_and(|next| next.is_ascii_alphabetic())
            {
                self.scan.pos += 1;
                self.pass_word();
            }
        }
        self.scan.paint(*class);
        self.value = true;
        true
    }

    /// Passes one operator, bracket or unknown byte.
    fn punctuation(&mut self, byte: u8) {
        if self.close_frame(byte) {
            return;
        }
        let operator = matches!(
            byte,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'=' | b'<' | b'>' | b'!' | b'&' | b'|' | b'^' | b'~' | b'?'
        );
        self.scan.take(1, if operator { Class::O } else { Class::Plain });
        self.value = matches!(byte, b')' | b']' | b'}');
        self.command = match byte {
            b'|' | b'&' | b';' | b'(' | b')' | b'{' | b'`' | b'!' => true,
            _ => self.command && matches!(byte, b'[' | b'@' | b'}'),
        };
        // `fn *name` and `(define (name` still wait for their name.
        if !matches!((byte, self.grammar.calls), (b'*' | b'&', _) | (b'(', Calls::Head)) {
            self.next = Class::Plain;
        }
    }

    /// Counts brackets of the code in a string; at its end the string goes on.
    fn close_frame(&mut self, byte: u8) -> bool {
        let Some(frame) = self.frames.last_mut() else { return false };
        if byte == frame.open {
            frame.depth += 1;
            return false;
        }
        if byte != frame.close {
            return false;
        }
        if frame.depth > 0 {
            frame.depth -= 1;
            return false;
        }
        self.scan.take(1, Class::Si);
        self.value = true;
        self.command = false;
        if let Some(outer) = self.frames.pop().and_then(|frame| frame.outer) {
            self.string(outer);
        }
        true
    }

    /// Passes a string whose end depends on its start, if one starts here.
    fn raw_string(&mut self, byte: u8) -> bool {
        match (self.grammar.raw, byte) {
            (Raw::Lua, b'[') | (Raw::Swift, b'#') => self.fenced(self.scan.pos),
            _ => false,
        }
    }

    /// Returns whether a string of these may contain `$`.
    pub(super) fn takes_dollar(interp: Interp) -> bool {
        matches!(interp, Interp::Dollar | Interp::DollarBrace | Interp::Shell | Interp::DollarParen)
    }
}
