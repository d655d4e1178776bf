//! Makes the ids of headings, unique on their page.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use super::options::HeadingIdKind;
use super::placeholder;

/// Makes an anchor of a text, as for a heading but without regard to other anchors (Hugo's `anchorize`).
///
/// Not trimmed and not collapsed unless the kind says so; may be empty (Hugo 0.168, recorded).
pub fn anchorize(text: &str, kind: HeadingIdKind) -> String {
    let text = text.trim();
    let mut anchor = String::with_capacity(text.len());
    match kind {
        HeadingIdKind::Github => anchor.extend(text.chars().filter_map(github)),
        HeadingIdKind::GithubAscii => {
            let folded = text.nfd().filter(|c| !is_combining_mark(*c));
            anchor.extend(folded.filter_map(github).filter(char::is_ascii));
        }
        HeadingIdKind::Blackfriday => blackfriday(&mut anchor, text),
    }
    anchor
}

/// Returns what a character becomes: letters and decimal digits of any script stay, everything else goes.
fn github(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' | '-' | '_' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        ' ' => Some('-'),
        _ if c.is_ascii() => None,
        _ => (is_letter(c) || c.general_category() == GeneralCategory::DecimalNumber).then(|| lower(c)),
    }
}

fn blackfriday(anchor: &mut String, text: &str) {
    let mut gap = false;
    for c in text.chars() {
        if is_letter(c) || c.general_category_group() == GeneralCategoryGroup::Number {
            if gap && !anchor.is_empty() {
                anchor.push('-');
            }
            gap = false;
            anchor.push(lower(c));
        } else {
            gap = true;
        }
    }
}

fn is_letter(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Letter
}

/// Lowers one character to one character.
fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The text that the id of a heading is made from.
///
/// Of an element in the heading (emphasis, link, image) only the first piece of text counts, up to the next
/// element or mark that could be one (Hugo 0.168, recorded: `[hiera_explain](x)` gives `hiera_`).
#[derive(Debug, Default)]
pub(super) struct IdText {
    text: String,
    /// How many elements are open.
    depth: usize,
    /// Whether the open element has given something.
    is_taken: bool,
    /// Whether the open element has given all it may.
    is_closed: bool,
}

impl IdText {
    /// Returns the text so far.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Adds a piece of text.
    pub(super) fn push(&mut self, piece: &str) {
        if self.depth == 0 {
            self.text.push_str(piece);
            return;
        }
        if self.is_closed {
            return;
        }
        // A longer piece that begins with a mark begins with an escaped one.
        let is_stop = |(at, c): (usize, char)| "_*~[".contains(c) && (at > 0 || piece.len() == 1);
        let stop = piece.char_indices().position(is_stop);
        self.is_closed = stop.is_some();
        self.is_taken = true;
        match stop {
            Some(count) => self.text.extend(piece.chars().take(count + 1)),
            None => self.text.push_str(piece),
        }
    }

    /// Adds the text of a whole element, such as code.
    pub(super) fn push_element(&mut self, text: &str) {
        let is_first = !self.is_closed && !self.is_taken;
        if self.depth == 0 || is_first {
            self.text.push_str(text);
        }
        self.end_piece();
    }

    /// Takes note that an element begins.
    pub(super) fn open(&mut self) {
        self.depth += 1;
        self.is_closed = self.depth > 1 && (self.is_closed || self.is_taken);
        self.is_taken = self.depth > 1 && self.is_taken;
    }

    /// Takes note that an element ends.
    pub(super) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.end_piece();
    }

    /// Takes note of something that is no text: the first piece of the open element has ended.
    pub(super) fn end_piece(&mut self) {
        self.is_closed = true;
    }

    /// Takes note of a line break: the id of a heading of several lines is made from the last.
    pub(super) fn end_line(&mut self) {
        self.text.clear();
        self.end_piece();
    }
}

/// The ids given out on a page, each with the number to try next for its double.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// Takes note of an id that the author gave; it is never changed.
    pub(super) fn claim(&mut self, id: &str) {
        self.0.entry(id.to_owned()).or_insert(1);
    }

    /// Returns a free id for a heading with this text: `heading` if nothing of the text may stand in an id.
    pub(super) fn make(&mut self, text: &str, kind: HeadingIdKind) -> String {
        let mut bare = String::with_capacity(text.len());
        placeholder::push_without(&mut bare, text);
        let mut base = anchorize(&bare, kind);
        if base.is_empty() {
            base.push_str("heading");
        }
        let Some(mut number) = self.0.get(&base).copied() else {
            self.claim(&base);
            return base;
        };
        loop {
            let id = format!("{base}-{number}");
            number += 1;
            if !self.0.contains_key(&id) {
                self.claim(&id);
                self.0.insert(base, number);
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn anchors_are_made_as_recorded() {
        let cases = [
            ("Meetup: Proxmox !", "meetup-proxmox-"),
            ("Wasm.io 2024", "wasmio-2024"),
            ("Réflexions sur l’été à Genève", "réflexions-sur-lété-à-genève"),
            ("C++ & C# (advanced) – \"intro\"", "c--c-advanced--intro"),
            ("Hello   World", "hello---world"),
            ("a/b\\c", "abc"),
            ("Kube\u{AD}Con EU’26: day #1", "kubecon-eu26-day-1"),
            ("  trim me  ", "trim-me"),
            ("---dashes---", "---dashes---"),
            ("foo_bar", "foo_bar"),
            ("日本語 タイトル", "日本語-タイトル"),
            ("Ünïcödé ÀÉÎÕÜ ß œ Æ ø ł", "ünïcödé-àéîõü-ß-œ-æ-ø-ł"),
            ("emoji 😲 party", "emoji--party"),
            (".. leading dots", "-leading-dots"),
            ("foo - bar", "foo---bar"),
            ("$money €euro £", "money-euro-"),
            ("½ cup", "-cup"),
            ("tab\tsep", "tabsep"),
            ("a\u{A0}b\u{2003}c", "abc"),
            ("é e\u{301}", "é-e"),
            ("Ｆｕｌｌ Ⅷ ² ½", "ｆｕｌｌ---"),
            ("İ ẞ Σς", "i-ß-σς"),
            ("٠ Ⅰ ᾼ", "٠--ᾳ"),
            ("!!!", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(anchorize(text, HeadingIdKind::Github), expected, "{text}");
        }
    }

    #[test]
    fn the_other_kinds_fold_or_collapse() {
        let cases = [
            ("A&B é ø ß œ Æ ł", "ab-e-----", "a-b-é-ø-ß-œ-æ-ł"),
            ("½ ² x", "--x", "½-²-x"),
            ("日本 a", "-a", "日本-a"),
            ("-a- b-", "-a--b-", "a-b"),
            ("foo_bar.c", "foo_barc", "foo-bar-c"),
            ("a ???", "a-", "a"),
            ("ﬁ", "", "ﬁ"),
        ];
        for (text, ascii, blackfriday) in cases {
            assert_eq!(anchorize(text, HeadingIdKind::GithubAscii), ascii, "{text}");
            assert_eq!(anchorize(text, HeadingIdKind::Blackfriday), blackfriday, "{text}");
        }
    }

    proptest! {
        #[test]
        fn ids_are_never_empty_and_never_given_twice(
            texts in proptest::collection::vec("[ab1 !-]{0,4}", 1..40),
        ) {
            let mut ids = Ids::default();
            let made: Vec<String> = texts.iter().map(|text| ids.make(text, HeadingIdKind::Github)).collect();
            let distinct: std::collections::BTreeSet<&String> = made.iter().collect();
            prop_assert_eq!(distinct.len(), made.len());
            prop_assert!(made.iter().all(|id| !id.is_empty()));
        }
    }
}
