//! What the engine has to know about a language, as data.
//!
//! A [`Grammar`] says how a language looks, not what it means: it is filled with constants in `languages/`
//! and read by `engine`. What does not fit here (markup, style sheets, YAML) has a scanner of its own in
//! `scanners/`.

use super::class::Class;
use super::words::Words;

/// A language for the engine.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grammar {
    /// The words with a meaning.
    pub(super) words: Words,
    /// Words are the same in capitals; the table is in lower case.
    pub(super) ignore_case: bool,
    /// What starts a comment to the end of the line.
    pub(super) line_comments: &'static [&'static str],
    /// A line comment must follow a blank, as in shells (`a#b` is a word).
    pub(super) spaced_comments: bool,
    /// Comments between delimiters.
    pub(super) block_comments: &'static [Block],
    /// Kinds of strings; a longer opening stands before its prefix.
    pub(super) quotes: &'static [Quote],
    /// Words that may stand directly before a string: `r`, `f`, `b`.
    pub(super) prefixes: &'static [&'static str],
    /// What `f`, `s` and `$` before a string allow inside it.
    pub(super) prefixed: Interp,
    /// What the language calls a raw string.
    pub(super) raw: Raw,
    /// `'a'` is a character, other apostrophes start a lifetime, type variable or symbol.
    pub(super) characters: bool,
    /// Bytes besides letters, `_` and non-ASCII that start a word.
    pub(super) word_start: &'static str,
    /// Bytes besides letters, digits, `_` and non-ASCII that go on with a word.
    pub(super) word_inside: &'static str,
    /// Bytes that give the word after them a class: `@` of decorators, `$` of variables.
    pub(super) sigils: &'static [(u8, Class)],
    /// The class of a name that starts with a capital.
    pub(super) capital: Class,
    /// What makes a name a function.
    pub(super) calls: Calls,
    /// A name (or a string, for the class `Nt`) before this byte is a key.
    pub(super) keys: Option<(u8, Class)>,
    /// `${}` and its relatives in code.
    pub(super) dollar: Interp,
    /// `<<WORD` starts a here document.
    pub(super) heredocs: bool,
    /// `/…/` may be a regular expression.
    pub(super) regexes: bool,
    /// `#word` at the start of a line is a directive.
    pub(super) preprocessor: bool,
    /// `#[…]` is an attribute.
    pub(super) attributes: bool,
    /// `<Name` where a value is wanted is a tag.
    pub(super) jsx: bool,
    /// Words have a meaning only where a command may stand.
    pub(super) shell: bool,
}

/// A language without anything, to be refined with `..BASE`.
pub(super) const BASE: Grammar = Grammar {
    words: Words::NONE,
    ignore_case: false,
    line_comments: &[],
    spaced_comments: false,
    block_comments: &[],
    quotes: &[],
    prefixes: &[],
    prefixed: Interp::None,
    raw: Raw::None,
    characters: false,
    word_start: "",
    word_inside: "",
    sigils: &[],
    capital: Class::Plain,
    calls: Calls::None,
    keys: None,
    dollar: Interp::None,
    heredocs: false,
    regexes: false,
    preprocessor: false,
    attributes: false,
    jsx: false,
    shell: false,
};

/// A comment between delimiters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Whether such comments contain each other.
    pub(super) nested: bool,
}

impl Block {
    /// A comment that ends at the first `close`.
    pub(super) const fn flat(open: &'static str, close: &'static str) -> Self {
        Self { open, close, nested: false }
    }

    /// A comment that may contain comments.
    pub(super) const fn nested(open: &'static str, close: &'static str) -> Self {
        Self { open, close, nested: true }
    }
}

/// The comment of C and of its many children.
pub(super) const C_COMMENT: &[Block] = &[Block::flat("/*", "*/")];

/// A kind of string.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) class: Class,
    pub(super) escape: Escape,
    /// Whether it goes on after a line without its end.
    pub(super) multiline: bool,
    pub(super) interp: Interp,
}

impl Quote {
    /// A string on one line with backslash escapes, between two equal delimiters.
    pub(super) const fn new(delimiter: &'static str, class: Class) -> Self {
        Self {
            open: delimiter,
            close: delimiter,
            class,
            escape: Escape::Backslash,
            multiline: false,
            interp: Interp::None,
        }
    }

    /// A string between two different delimiters.
    pub(super) const fn pair(open: &'static str, close: &'static str, class: Class) -> Self {
        let mut quote = Self::new(open, class);
        quote.close = close;
        quote
    }

    /// The same, over many lines.
    pub(super) const fn multiline(mut self) -> Self {
        self.multiline = true;
        self
    }

    /// The same with other escapes.
    pub(super) const fn escape(mut self, escape: Escape) -> Self {
        self.escape = escape;
        self
    }

    /// The same with code inside.
    pub(super) const fn interp(mut self, interp: Interp) -> Self {
        self.interp = interp;
        self
    }
}

/// `"…"` on one line with backslash escapes.
pub(super) const DOUBLE: Quote = Quote::new("\"", Class::S2);
/// `'…'` on one line with backslash escapes.
pub(super) const SINGLE: Quote = Quote::new("'", Class::S1);
/// `"…"` and `'…'` on one line with backslash escapes.
pub(super) const BOTH: &[Quote] = &[DOUBLE, SINGLE];

/// How a string says a character that it cannot contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// Not at all.
    None,
    /// `\n`, `\x41`, `\u{41}`.
    Backslash,
    /// The delimiter twice.
    Doubled,
    /// A backtick before it, as in PowerShell.
    Backtick,
}

/// How code is put into a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interp {
    /// Not at all.
    None,
    /// `${code}` (JavaScript, Nix, HCL).
    DollarBrace,
    /// `$name` and `${code}` (Kotlin, PHP, Dart).
    Dollar,
    /// `$name`, `$1`, `$?`, `${code}` and `$(code)` (shells).
    Shell,
    /// `$(code)` and `$name` (Julia).
    DollarParen,
    /// `#{code}` (Ruby, Elixir).
    Hash,
    /// `{code}`, and `{{` for a brace (Python, C#).
    Brace,
    /// `\(code)` (Swift).
    Backslash,
}

/// The family of raw strings, whose end depends on their start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// None, or plain enough for [`Quote`].
    None,
    /// `r#"…"#`.
    Rust,
    /// `R"x(…)x"`.
    Cpp,
    /// `[==[…]==]`.
    Lua,
    /// `#"…"#`.
    Swift,
}

/// What makes a name a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calls {
    /// Nothing.
    None,
    /// `(` after it.
    Paren,
    /// `(` or `!(` after it (Rust, Julia's `@` is a sigil).
    Bang,
    /// `(` before it (Lisps).
    Head,
}
