//! Turns names, titles, slugs and terms into paths, and paths into URLs.
//!
//! One alphabet serves all of them (letters, marks and digits of any script, `. _ - # + ~ @ / \` and valid
//! `%41`), but what happens to spaces, `+` and `/` depends on where a text comes from; hence one function for
//! each origin. Only [`clean_path`] and the functions that say so guard against `..`: see there.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::lower;

/// How the site wants its paths, from the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PathRules {
    /// Capital letters stay (Hugo's `disablePathToLower`).
    pub keep_case: bool,
    /// Accents are dropped, `é` becomes `e` but `ł ß œ ø` stay (Hugo's `removePathAccents`).
    pub remove_accents: bool,
}

/// Returns the path for a `path` of file and folder names, without extension; `/` and `+` are kept.
///
/// Each space becomes one `-`, so `a - b` is `a---b`, unless `keep_case`, where a run of spaces becomes one
/// (Hugo 0.168, recorded). Applying it twice changes nothing, but for a `%` that comes to stand before two
/// hex digits.
pub fn sanitize_path(path: &str, rules: PathRules) -> String {
    let path = if rules.keep_case { Cow::Borrowed(path) } else { spaces_to_hyphens(path) };
    cased(keep_path_characters(&path), rules)
}

/// Returns the path of a taxonomy term below its taxonomy: `Cloud Native` is `cloud-native`, `a/b` nests,
/// `c++` stays.
///
/// By the default rules it is also what makes two terms one, where Hugo keeps `x!y` and `xy` apart and lets
/// one overwrite the other. Guarded by [`clean_path`]; empty where no character of `term` can be kept.
pub fn term_slug(term: &str, rules: PathRules) -> String {
    clean_path(&sanitize_path(term, rules))
}

/// Returns what `:title` alone makes of a title: `/` and `\` become `-`, `+` drops, spaces are one `-`.
///
/// Guarded by [`clean_path`], so a title of `..` or `!!!` is empty.
pub fn title_slug(title: &str, rules: PathRules) -> String {
    finish_path(&title_word(title), rules)
}

/// Returns the path for a front matter `slug` where no permalink pattern applies; `/` and `+` are kept.
///
/// The caller joins it to the section's path and guards the whole with [`clean_path`]. Empty where the slug
/// counts as absent: only dashes, or no character that can be kept.
pub fn slug_slug(slug: &str, rules: PathRules) -> String {
    cased(keep_path_characters(slug.trim_matches('-')), rules)
}

/// Returns a title as it enters a permalink pattern, before [`finish_path`] is applied to the whole.
pub fn title_word(title: &str) -> String {
    slug_word(&title.replace(['/', '\\'], "-"))
}

/// Returns a slug or a name as it enters a permalink pattern, before [`finish_path`] is applied to the whole.
///
/// A lone `#` at the end is lost, as an empty fragment (Hugo 0.168, recorded).
pub fn slug_word(text: &str) -> String {
    let mut word = keep_path_characters(text);
    if word.find('#').is_some_and(|at| at + 1 == word.len()) {
        word.pop();
    }
    word
}

/// Turns an expanded permalink pattern into the path of a page, guarded as by [`clean_path`].
///
/// The expansion is read like a query: `+` means a space and `%41` is `A`; only then is it sanitised, which
/// is why `c++` in the middle leaves `c-` and at the end `c` (Hugo 0.168, recorded).
pub fn finish_path(expanded: &str, rules: PathRules) -> String {
    let decoded = decode_path(expanded);
    let path = cased(keep_path_characters(&clean(&decoded)), rules);
    // What was dropped may have left `..` or nothing between two slashes.
    clean(&path).into_owned()
}

/// Reads `+` as a space and `%41` as `A`; bytes that are no UTF-8 become U+FFFD, which no path keeps.
pub(crate) fn decode_path(text: &str) -> Cow<'_, str> {
    if !text.contains(['+', '%']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned())
}

/// Returns `path` without empty, `.` and `..` segments and without slashes at either end, so it cannot leave
/// the site.
///
/// `..` takes the segment before it away and is dropped at the top. This is the guard for every path with a
/// part that an author chose: a slug `../x` or a tag `a/../../b` would otherwise be written outside its
/// folder (Hugo 0.168 does).
pub fn clean_path(path: &str) -> String {
    clean(path).into_owned()
}

/// As [`clean_path`], without a copy where nothing or only a slash at an end is to be dropped.
fn clean(path: &str) -> Cow<'_, str> {
    let trimmed = path.trim_matches('/');
    if !trimmed.split('/').any(|segment| matches!(segment, "" | "." | "..")) {
        return Cow::Borrowed(trimmed);
    }
    let mut kept = Vec::new();
    for segment in trimmed.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            name => kept.push(name),
        }
    }
    Cow::Owned(kept.join("/"))
}

/// What `urlize` percent-encodes besides everything that is not ASCII; a `%` left here starts a valid escape.
const OUTSIDE_URLIZED: &AsciiSet = &percent_encoding::CONTROLS.add(b'\\').add(b'#');

/// Returns the template function `urlize` of a text: a sanitised and percent-encoded relative URL.
///
/// The first `#` starts a fragment, is not encoded, and is lost when nothing follows.
pub fn urlize(text: &str, rules: PathRules) -> String {
    let word = cased(slug_word(text), rules);
    let (path, fragment) = word.split_once('#').unwrap_or((&word, ""));
    let mut url = utf8_percent_encode(path, OUTSIDE_URLIZED).to_string();
    if !fragment.is_empty() {
        url.push('#');
        url.extend(utf8_percent_encode(fragment, OUTSIDE_URLIZED));
    }
    url
}

/// What is encoded in a path that needs encoding at all.
const OUTSIDE_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// Percent-encodes the path of a page or file for a link, with capital hex digits.
///
/// A path of URL characters alone is returned as it is, `! ' ( ) * [ ]` included; as soon as one character
/// needs encoding, those are encoded as well (Hugo 0.168, recorded). `% ? #` are always encoded: a path is no
/// URL.
pub fn encode_path(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@!'()*[]".contains(&byte);
    if path.bytes().all(plain) {
        path.to_owned()
    } else {
        utf8_percent_encode(path, OUTSIDE_PATH).to_string()
    }
}

/// Writes one `-` for each plain space, borrowed where there is none.
fn spaces_to_hyphens(text: &str) -> Cow<'_, str> {
    if text.contains(' ') { Cow::Owned(text.replace(' ', "-")) } else { Cow::Borrowed(text) }
}

/// Keeps the characters that a path may have; white space between two of them becomes one `-`, unless one is
/// there.
fn keep_path_characters(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut gap = false;
    for (at, c) in text.char_indices() {
        if is_path_character(c) || c == '%' && starts_escape(text, at) {
            if gap && c != '-' {
                kept.push('-');
            }
            gap = false;
            kept.push(c);
        } else if c.is_whitespace() && !kept.is_empty() && !kept.ends_with('-') {
            gap = true;
        }
    }
    kept
}

/// Says whether a path keeps `c`; ASCII is decided without the Unicode tables.
fn is_path_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric()
            || matches!(c, '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@');
    }
    matches!(c.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
        || c.general_category() == GeneralCategory::DecimalNumber
}

/// Says whether the `%` at `at` stands before two hex digits.
fn starts_escape(text: &str, at: usize) -> bool {
    let digits = text.as_bytes().get(at + 1..at + 3);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Applies the site's rules on accents and case.
pub(crate) fn cased(mut path: String, rules: PathRules) -> String {
    if path.is_ascii() {
        if !rules.keep_case {
            path.make_ascii_lowercase();
        }
        return path;
    }
    if rules.remove_accents {
        let is_accent = |c: &char| c.general_category() == GeneralCategory::NonspacingMark;
        path = path.nfd().filter(|c| !is_accent(c)).nfc().collect();
    }
    if rules.keep_case { path } else { lower(&path) }
}

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
