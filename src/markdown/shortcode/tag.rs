//! Turns one tag, from `{{<` to `>}}`, into a [`Tag`].
//!
//! Knows the letters of a tag and nothing of other tags: whether the name exists and what is open is
//! `tree`'s.

use crate::diag::Diagnostic;

use super::argument::{self, Arguments, is_word};
use super::cursor::{Cursor, is_blank};
use super::{Delimiter, Problem};

/// What one tag says.
#[derive(Debug)]
pub(super) enum Tag<'a> {
    /// `{{< name … >}}`
    Open(OpenTag<'a>),
    /// `{{< /name >}}`, or `{{< / >}}` with an empty name: whatever is open.
    Close(&'a str),
}

/// A tag that begins a shortcode.
#[derive(Debug)]
pub(super) struct OpenTag<'a> {
    /// Name as written.
    pub(super) name: &'a str,
    /// Arguments after it.
    pub(super) arguments: Arguments,
    /// Byte of the slash of `{{< name />}}`.
    pub(super) self_closed: Option<usize>,
}

/// A tag that cannot be read.
#[derive(Debug)]
pub(super) struct Failure<'a> {
    /// What is wrong.
    pub(super) problem: Box<Problem>,
    /// Where reading ended.
    pub(super) stop: Cursor<'a>,
    /// As much as could be read.
    pub(super) tag: Option<Tag<'a>>,
}

/// Reads the tag at `start`, and returns it with the place after it.
///
/// # Errors
/// The first character that is wrong.
pub(super) fn read<'a>(
    start: Cursor<'a>,
    delimiter: Delimiter,
) -> Result<(Tag<'a>, Cursor<'a>), Failure<'a>> {
    let mut rest = start.after(delimiter.open());
    rest.skip_blanks();
    if rest.text().starts_with(delimiter.close()) {
        let diagnostic = syntax("the shortcode has no name").hint(format!(
            "write `{}/* {}` to show the braces",
            delimiter.open(),
            delimiter.escape_end()
        ));
        return Err(Failure { problem: Problem::boxed(start, diagnostic), stop: rest, tag: None });
    }
    if rest.text().starts_with('/') {
        return read_close(rest, delimiter);
    }
    if !rest.peek().is_some_and(|first| first != '-' && is_word(first)) {
        return Err(Failure { problem: unexpected(rest), stop: rest, tag: None });
    }
    let name = rest.take_while(is_name);
    read_open(name, rest, delimiter)
}

/// Reads the arguments and the end of an opening tag.
fn read_open<'a>(
    name: &'a str,
    mut rest: Cursor<'a>,
    delimiter: Delimiter,
) -> Result<(Tag<'a>, Cursor<'a>), Failure<'a>> {
    let mut tag = OpenTag { name, arguments: Arguments::None, self_closed: None };
    loop {
        rest.skip_blanks();
        if rest.eat(delimiter.close()) {
            return Ok((Tag::Open(tag), rest));
        }
        if let Some(end) = self_closing(rest, delimiter) {
            tag.self_closed = Some(rest.offset());
            return Ok((Tag::Open(tag), end));
        }
        if let Err(problem) = argument::read(&mut rest, delimiter, &mut tag.arguments) {
            return Err(Failure { problem, stop: rest, tag: Some(Tag::Open(tag)) });
        }
    }
}

/// Returns the end of the tag, if a slash and the end of it are next.
fn self_closing<'a>(rest: Cursor<'a>, delimiter: Delimiter) -> Option<Cursor<'a>> {
    let mut end = rest;
    let slash = end.eat("/");
    end.skip_blanks();
    (slash && end.eat(delimiter.close())).then_some(end)
}

/// Reads a closing tag from its slash on.
fn read_close<'a>(slash: Cursor<'a>, delimiter: Delimiter) -> Result<(Tag<'a>, Cursor<'a>), Failure<'a>> {
    let mut rest = slash.after("/");
    if rest.text().starts_with('*') {
        let diagnostic = syntax(format!("`/*` escapes a shortcode only right after `{}`", delimiter.open()))
            .hint(format!("leave out the spaces: `{}/* … {}`", delimiter.open(), delimiter.escape_end()));
        return Err(Failure { problem: Problem::boxed(slash, diagnostic), stop: rest, tag: None });
    }
    rest.skip_blanks();
    let name = rest.take_while(is_name);
    rest.skip_blanks();
    let stop = rest;
    if rest.eat(delimiter.close()) {
        return Ok((Tag::Close(name), rest));
    }
    let problem = if rest.peek().is_some_and(is_word) {
        let diagnostic = syntax("a closing tag has no arguments")
            .hint(format!("write `{}`", delimiter.tag(&format!("/{name}"))));
        Problem::boxed(stop, diagnostic)
    } else {
        unexpected(stop)
    };
    Err(Failure { problem, stop, tag: Some(Tag::Close(name)) })
}

/// Says whether `character` can be in a name: the slash is for templates in folders, the point for a better
/// message.
fn is_name(character: char) -> bool {
    is_word(character) || matches!(character, '/' | '.')
}

/// Makes the diagnostic of all that is wrong inside of a tag.
pub(super) fn syntax(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("shortcode-syntax", message)
}

/// Makes the problem of a tag that has no end before the next one.
pub(super) fn unclosed(start: Cursor, delimiter: Delimiter) -> Box<Problem> {
    let (open, close) = (delimiter.open(), delimiter.close());
    let diagnostic = syntax(format!("the tag that begins here with `{open}` has no `{close}`"))
        .hint(format!("end it with `{close}`, or write `{open}/* … {}` to show it", delimiter.escape_end()));
    Problem::boxed(start, diagnostic)
}

/// Makes the problem of the character that `at` stands before, which cannot be there.
pub(super) fn unexpected(at: Cursor) -> Box<Problem> {
    // At the end of the text it does not matter: that is reported as a tag without an end.
    let character = at.peek().unwrap_or_default();
    let invisible = character.is_whitespace() || character.is_control();
    let shown = if invisible { format!("U+{:04X}", u32::from(character)) } else { character.to_string() };
    let hint = match character {
        _ if at.text().starts_with(">}}") || at.text().starts_with("%}}") => {
            "end the tag with the kind of braces that it begins with".to_owned()
        }
        '\'' | '‘' | '’' | '“' | '”' | '„' | '«' | '»' => {
            "use straight double quotes: `\"`".to_owned()
        }
        ',' => "separate arguments by spaces".to_owned(),
        '=' => "put the name of an argument before it".to_owned(),
        _ if invisible => "type an ordinary space instead".to_owned(),
        _ => format!("put quotes around it: `\"{}\"`", word_around(at)),
    };
    let diagnostic = syntax(format!("unexpected `{shown}` in a shortcode")).hint(hint);
    Problem::boxed(at, diagnostic)
}

/// Returns the word that the character at `at` is a part of.
fn word_around<'a>(at: Cursor<'a>) -> &'a str {
    let in_word = |character: char| !is_blank(character) && !matches!(character, '{' | '>' | '%' | '"' | '`');
    let (mut start, mut end) = (at, at);
    start.back_while(in_word);
    end.skip(at.peek().map_or(0, char::len_utf8));
    end.take_while(in_word);
    start.until(end)
}
