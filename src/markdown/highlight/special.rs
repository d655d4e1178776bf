//! Tokens that only some languages have: directives, attributes, regular expressions, tags, prompts.

use super::class::Class;
use super::engine::Engine;

impl Engine<'_, '_> {
    /// Passes what only some languages have: directives, attributes, regular expressions, tags, here
    /// documents.
    pub(super) fn special(&mut self, byte: u8) -> bool {
        match byte {
            b'#' if self.grammar.preprocessor && self.scan.at_line_start() => self.directive(),
            b'#' if self.grammar.attributes && matches!(self.scan.ahead(1), Some(b'[' | b'!')) => {
                self.attribute()
            }
            b'/' if self.grammar.regexes && !self.value => self.regex(),
            b'<' if self.grammar.heredocs && self.scan.looking_at("<<") => self.heredoc_head(),
            b'<' if self.grammar.jsx && (!self.value || self.scan.ahead(1) == Some(b'/')) => self.tag(),
            b'$' if self.grammar.shell && self.command && self.scan.ahead(1) == Some(b' ') => {
                // A prompt that was copied along; the command follows.
                self.scan.take(1, Class::Gp);
                true
            }
            _ => false,
        }
    }

    /// Passes `#include <file>` or the word of another directive.
    fn directive(&mut self) -> bool {
        self.scan.pos += 1;
        self.scan.skip_blanks();
        let start = self.scan.pos;
        self.scan.skip(|byte| byte.is_ascii_alphanumeric());
        let include = matches!(self.scan.since(start), b"include" | b"import");
        self.scan.paint(Class::Cp);
        if include {
            self.scan.skip_blanks();
            self.scan.paint(Class::Plain);
            if matches!(self.scan.byte(), Some(b'<' | b'"')) {
                self.scan.take_to(self.scan.line_end(), Class::Cpf);
            }
        }
        true
    }

    /// Passes `#[…]` with the brackets inside.
    fn attribute(&mut self) -> bool {
        let mut depth = 0_u32;
        while let Some(byte) = self.scan.byte() {
            self.scan.pos += 1;
            match byte {
                b'[' => depth += 1,
                b']' if depth <= 1 => break,
                b']' => depth -= 1,
                b'\n' if depth == 0 => break,
                _ => {}
            }
        }
        self.scan.paint(Class::Cp);
        true
    }

    /// Passes `/…/flags`, if it ends on this line.
    fn regex(&mut self) -> bool {
        if self.scan.pos < self.no_regex_until {
            return false;
        }
        let (mut escaped, mut class) = (false, false);
        for (at, byte) in self.scan.line().iter().enumerate().skip(1) {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => {
                    self.scan.pos += at + 1;
                    self.scan.skip(|flag| flag.is_ascii_lowercase());
                    self.scan.paint(Class::Sr);
                    self.value = true;
                    return true;
                }
                _ => {}
            }
        }
        self.no_regex_until = self.scan.line_end();
        false
    }

    /// Passes `<Name` or `</Name` of JSX.
    fn tag(&mut self) -> bool {
        let slash = usize::from(self.scan.ahead(1) == Some(b'/'));
        if !self.scan.ahead(1 + slash).is_some_and(|byte| byte.is_ascii_alphabetic()) {
            return false;
        }
        self.scan.pos += 1 + slash;
        self.scan.skip(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        self.scan.paint(Class::Nt);
        true
    }
}
