//! Decides what becomes of quotes, dots, dashes and angle brackets in a line of text.
//!
//! The rules are those that Hugo 0.168 showed (recorded): entities, not characters; a quote opens or closes
//! by what stands around it; a closing quote needs an open one, or stays straight. Writes nothing itself.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::options::TypographicMark::{self, *};
use super::placeholder;

/// How many quotes are open; a quote may be closed in a later block (Hugo 0.168, recorded).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OpenQuotes {
    single: usize,
    double: usize,
}

/// Returns the mark for the start of `rest` and how many bytes it replaces.
///
/// `rest` runs to the end of the line, with its line end if the block goes on; `before` is the character in
/// front of it, a line end at the start of a line.
pub(super) fn substitute(
    before: char,
    rest: &str,
    quotes: &mut OpenQuotes,
) -> Option<(TypographicMark, usize)> {
    match rest.as_bytes() {
        [b'-', b'-', b'-', ..] => Some((EmDash, 3)),
        [b'-', b'-', ..] => Some((EnDash, 2)),
        [b'.', b'.', b'.', ..] => Some((Ellipsis, 3)),
        [b'<', b'<', ..] => Some((LeftAngleQuote, 2)),
        [b'>', b'>', ..] => Some((RightAngleQuote, 2)),
        [b'"', ..] => double(before, rest, quotes).map(|mark| (mark, 1)),
        [b'\'', ..] => single(before, rest, quotes).map(|mark| (mark, 1)),
        _ => None,
    }
}

/// What a run of quotes could do where it stands (the flanking rules of CommonMark).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flank {
    Opens,
    Closes,
    Both,
    Neither,
}

fn flank(before: char, rest: &str, quote: char) -> Flank {
    // The run of quotes is bounded, so that a text of nothing but quotes takes no time.
    let run = rest.chars().take(32).take_while(|c| *c == quote).count();
    let after = char_at(rest, run).unwrap_or('\n');
    let loose = |c: char| is_space(c) || is_mark(c);
    let opens = !is_space(after) && (!is_mark(after) || loose(before));
    let closes = !is_space(before) && (!is_mark(before) || loose(after));
    match (opens, closes) {
        (true, false) => Flank::Opens,
        (false, true) => Flank::Closes,
        (true, true) => Flank::Both,
        (false, false) => Flank::Neither,
    }
}

fn double(before: char, rest: &str, quotes: &mut OpenQuotes) -> Option<TypographicMark> {
    let flank = flank(before, rest, '"');
    if flank == Flank::Opens {
        quotes.double += 1;
        return Some(LeftDoubleQuote);
    }
    // Two marks after a digit are inches and a quote: the first stays straight.
    let is_inch = before.is_numeric() && rest.starts_with("\"\"");
    if quotes.double == 0 || !may_close(flank, rest) || is_inch {
        return None;
    }
    quotes.double -= 1;
    Some(RightDoubleQuote)
}

fn single(before: char, rest: &str, quotes: &mut OpenQuotes) -> Option<TypographicMark> {
    let flank = flank(before, rest, '\'');
    let next = char_at(rest, 1);
    if is_apostrophe(before, next, rest, flank) {
        return Some(Apostrophe);
    }
    if flank == Flank::Opens {
        if is_contraction(rest) {
            return Some(RightSingleQuote);
        }
        quotes.single += 1;
        return Some(LeftSingleQuote);
    }
    // A mark with something but a digit after it is an apostrophe (the dogs' home), else it is a foot (5'10).
    if rest.len() > 2 && next.is_some_and(|next| !next.is_numeric()) {
        return Some(RightSingleQuote);
    }
    if quotes.single == 0 || !may_close(flank, rest) {
        return None;
    }
    quotes.single -= 1;
    Some(RightSingleQuote)
}

/// Decades ('90s), shortened words ('tis, 'em, 'n') and marks between letters (it's, l'été).
fn is_apostrophe(before: char, next: Option<char>, rest: &str, flank: Flank) -> bool {
    let is_decade = flank == Flank::Opens
        && matches!(rest.as_bytes(), [_, b'0'..=b'9', b'0'..=b'9', b's', ..])
        && char_at(rest, 4).is_none_or(|after| is_space(after) || is_mark(after));
    let is_shortened =
        (is_punctuation(before) || is_space(before)) && matches!(next, Some('t' | 'e' | 'n' | 'l'));
    let is_inside = is_word(before) && next.is_some_and(char::is_alphabetic);
    is_decade || is_shortened || is_inside
}

/// `'s`, `'m`, `'d`, `'ve`, `'ll`, `'re` as a word of their own.
fn is_contraction(rest: &str) -> bool {
    let ends = |at: usize| {
        rest.as_bytes().get(at).is_none_or(|b| b.is_ascii_whitespace() || b.is_ascii_punctuation())
    };
    match rest.as_bytes() {
        [_, b'm' | b't' | b's' | b'd', ..] if ends(2) => true,
        [_, b'v', b'e', ..] | [_, b'l', b'l', ..] | [_, b'r', b'e', ..] => ends(3),
        _ => false,
    }
}

/// A mark between two words closes only before punctuation that ends the word.
fn may_close(flank: Flank, rest: &str) -> bool {
    let ends_word = || {
        char_at(rest, 1).is_some_and(is_punctuation)
            && rest.as_bytes().get(2).is_none_or(|b| b.is_ascii_punctuation() || b.is_ascii_whitespace())
    };
    flank == Flank::Closes || flank == Flank::Both && ends_word()
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn is_space(c: char) -> bool {
    c.is_whitespace()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == placeholder::CLOSE
}

fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation() && !"$+<=>^`|~".contains(c);
    }
    c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// Punctuation and symbols, as CommonMark counts them.
pub(super) fn is_mark(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    matches!(c.general_category_group(), GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol)
}
