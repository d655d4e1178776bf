//! Turns what stands after a shortcode's name into typed [`Arguments`].
//!
//! Reads one argument at a time; the tag around it is `tag`'s. What an argument means is the template's
//! business.

use std::collections::BTreeMap;

use memchr::memchr;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::cursor::{Cursor, is_blank};
use super::{Delimiter, Problem, tag};

/// All arguments of a call: positional or named, never both.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Arguments {
    /// There are none.
    #[default]
    None,
    /// In the order they were written.
    Positional(Vec<Argument>),
    /// By name; of two with the same name the last one counts.
    Named(BTreeMap<String, Argument>),
}

/// One argument. Only a bare word can be other than text: `5` is a number, `"5"` is not.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A string in quotes or backticks, or a word that is nothing else.
    Text(String),
    /// An optional sign and digits; what does not fit is a text.
    Integer(i64),
    /// An optional sign and digits with a point before the last of them: `1.5` and `.5`, but not `5.` or
    /// `1e3`.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
}

impl Argument {
    /// Returns the value of a word without quotes (types as in Hugo 0.168, recorded).
    fn of_word(word: &str) -> Self {
        if let Ok(integer) = word.parse() {
            return Self::Integer(integer);
        }
        let decimal = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let digits = word.strip_prefix(['+', '-']).unwrap_or(word);
        let is_decimal = digits.contains('.') && !digits.ends_with('.') && digits.bytes().all(decimal);
        if let (true, Ok(float)) = (is_decimal, word.parse()) {
            return Self::Float(float);
        }
        match word {
            "true" => Self::Boolean(true),
            "false" => Self::Boolean(false),
            _ => Self::Text(word.to_owned()),
        }
    }
}

/// Reads the argument that begins at `rest`, which is no blank and not the tag's end, and adds it to
/// `arguments`.
///
/// # Errors
/// The character that is wrong; `rest` then stands where reading ended.
pub(super) fn read(
    rest: &mut Cursor,
    delimiter: Delimiter,
    arguments: &mut Arguments,
) -> Result<(), Box<Problem>> {
    let start = *rest;
    let first = match string(rest) {
        Some(text) => Argument::Text(text?),
        None => match rest.take_while(|character| is_word(character) || character == '.') {
            word if word.starts_with(is_word) => Argument::of_word(word),
            _ => {
                *rest = start;
                return Err(tag::unexpected(*rest));
            }
        },
    };
    let written = start.until(*rest);
    let mut behind = *rest;
    behind.skip_blanks();
    if behind.eat("=") {
        *rest = behind;
        let value = value(rest, delimiter, written)?;
        let name = if let Argument::Text(name) = first { name } else { written.to_owned() };
        match arguments {
            Arguments::None => *arguments = Arguments::Named(BTreeMap::from([(name, value)])),
            Arguments::Named(named) => drop(named.insert(name, value)),
            Arguments::Positional(_) => {
                return Err(mixed(start, &format!("`{written}` has a name"), "have none"));
            }
        }
    } else {
        match arguments {
            Arguments::None => *arguments = Arguments::Positional(vec![first]),
            Arguments::Positional(list) => list.push(first),
            Arguments::Named(_) => return Err(mixed(start, &format!("`{written}` has no name"), "have one")),
        }
    }
    Ok(())
}

fn mixed(start: Cursor, what: &str, others: &str) -> Box<Problem> {
    let diagnostic = tag::syntax(format!("the argument {what}, but those before it {others}"))
        .hint("give a name to all arguments of a shortcode or to none");
    Problem::boxed(start, diagnostic)
}

/// Reads what stands after `name` and `=`: a string, or a word that ends at the next blank.
fn value(rest: &mut Cursor, delimiter: Delimiter, name: &str) -> Result<Argument, Box<Problem>> {
    rest.skip_blanks();
    let start = *rest;
    if let Some(text) = string(rest) {
        return text.map(Argument::Text);
    }
    // The word ends before a tag, too: an end that is missing should not swallow what follows.
    let ends = [delimiter.close(), "{{<", "{{%"];
    loop {
        rest.take_while(|character| !is_blank(character) && !matches!(character, '{' | '>' | '%'));
        if !rest.text().starts_with(['{', '>', '%']) || ends.iter().any(|end| rest.text().starts_with(end)) {
            break;
        }
        rest.skip(1);
    }
    let word = start.until(*rest);
    let (message, hint) = match (word, rest.text().starts_with(delimiter.close())) {
        ("", _) => {
            (format!("there is no value after `{name} =`"), format!("write `{name}=\"\"` for an empty one"))
        }
        // Hugo takes the braces for a part of the value, and then misses the end of the tag.
        (_, true) => (
            format!("the value of `{name}` touches `{}`", delimiter.close()),
            format!("put a space after it, or quotes around it: `{name}=\"{}\"`", word.trim_end_matches('/')),
        ),
        (_, false) => return Ok(Argument::of_word(word)),
    };
    *rest = start;
    Err(Problem::boxed(start, tag::syntax(message).hint(hint)))
}

/// Reads a string in quotes or backticks; `None` if none begins here.
fn string(rest: &mut Cursor) -> Option<Result<String, Box<Problem>>> {
    let start = *rest;
    let unended = |what: &str, hint: &str| {
        let diagnostic = tag::syntax(format!("the {what} that begins here does not end")).hint(hint);
        Err(Problem::boxed(start, diagnostic))
    };
    if rest.eat("`") {
        let Some(length) = memchr(b'`', rest.text().as_bytes()) else {
            *rest = start.after("`");
            return Some(unended("text in backticks", "end it with a backtick"));
        };
        let text = rest.text().get(..length).unwrap_or_default().to_owned();
        rest.skip(length + 1);
        return Some(Ok(text));
    }
    // A whole tag that was once inside of a string has escaped quotes around its own strings.
    let escaped = rest.eat("\\\"");
    if !escaped && !rest.eat("\"") {
        return None;
    }
    let text = quoted(rest, escaped);
    Some(text.map_or_else(|| unended("text in quotes", "end it with `\"` on the same line"), Ok))
}

/// Reads up to the closing quote, which may be escaped if the opening one is; `None` if the line ends first.
///
/// `\"` is a quote, and then all other backslashes vanish; without one of them they stay (Hugo 0.168,
/// recorded).
fn quoted(rest: &mut Cursor, escaped: bool) -> Option<String> {
    let start = *rest;
    let mut has_quote = false;
    loop {
        rest.take_while(|character| !matches!(character, '"' | '\\' | '\n'));
        let end = *rest;
        if rest.eat("\"") || escaped && rest.eat("\\\"") {
            let text = start.until(end);
            return Some(if has_quote { text.replace('\\', "") } else { text.to_owned() });
        }
        has_quote |= rest.eat("\\\"");
        if rest.offset() == end.offset() && !rest.eat("\\") {
            *rest = start;
            return None;
        }
    }
}

/// Says whether `character` can be in a bare word or a name: a letter or digit of any script, `_` or `-`.
///
/// Letters are those of the general category, as in Go: no combining marks.
pub(super) fn is_word(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    }
    character.general_category_group() == GeneralCategoryGroup::Letter
        || character.general_category() == GeneralCategory::DecimalNumber
}
