//! Cuts a text into the words that the search knows it by, as `static/js/search.js` cuts what a reader types.
//!
//! A word is a run of letters and digits, in lower case and without accents. Where words are not set apart by blanks
//! (Han, Hiragana, Katakana), each character is one. Knows nothing of word stems: the search takes a word for the
//! beginning of longer ones.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Longest word, in characters; what is longer is an address or a key, and nobody types it.
const MAX_CHARS: usize = 40;

/// Calls `visit` with each word of a text, in order.
pub(super) fn each_word(text: &str, visit: &mut dyn FnMut(&str)) {
    let mut word = String::new();
    let mut rest = text;
    while let Some(first) = rest.as_bytes().first() {
        // A word may go on over the border: what is decomposed in one part never depends on the other.
        let is_plain = first.is_ascii();
        let end = rest.bytes().position(|byte| byte.is_ascii() != is_plain).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if is_plain {
            cut_ascii(part, &mut word, visit);
        } else {
            cut(part, &mut word, visit);
        }
        rest = after;
    }
    finish(&mut word, visit);
}

fn cut_ascii(text: &str, word: &mut String, visit: &mut dyn FnMut(&str)) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            word.push(char::from(byte.to_ascii_lowercase()));
        } else {
            finish(word, visit);
        }
    }
}

fn cut(text: &str, word: &mut String, visit: &mut dyn FnMut(&str)) {
    for c in text.chars().flat_map(char::to_lowercase).nfkd() {
        match c.general_category_group() {
            GeneralCategoryGroup::Mark => {}
            GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number if is_word_alone(c) => {
                finish(word, visit);
                word.push(c);
                finish(word, visit);
            }
            // The same letter at the end of a word.
            _ if c == 'ς' => word.push('σ'),
            GeneralCategoryGroup::Letter | GeneralCategoryGroup::Number => word.push(c),
            _ => finish(word, visit),
        }
    }
}

fn finish(word: &mut String, visit: &mut dyn FnMut(&str)) {
    if !word.is_empty() && (word.len() <= MAX_CHARS || word.chars().nth(MAX_CHARS).is_none()) {
        visit(word);
    }
    word.clear();
}

/// The blocks of Han, Hiragana and Katakana (Unicode 17, `Blocks.txt`).
fn is_word_alone(c: char) -> bool {
    matches!(u32::from(c), 0x3005..=0x3007 | 0x3041..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF
        | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_folded_words() {
        for (text, expected) in [
            ("Fewer servers, longer lunches!", "fewer servers longer lunches"),
            ("L’événement à Orléans", "l evenement a orleans"),
            ("WebAssembly 2.0 (wasm-io)", "webassembly 2 0 wasm io"),
            ("ﬁne ½ Å", "fine 1 2 a"),
            ("Cafe\u{301}s xe\u{301}\u{323}y", "cafes xey"),
            ("東京で Rust", "東 京 て rust"),
            ("Straße ΣΊΣΥΦΟΣ Σίσυφος", "straße σισυφοσ σισυφοσ"),
            ("", ""),
        ] {
            let mut words = Vec::new();
            each_word(text, &mut |word| words.push(word.to_owned()));
            assert_eq!(words.join(" "), expected, "{text}");
        }
        let mut words = 0;
        each_word(&"x".repeat(41), &mut |_| words += 1);
        assert_eq!(words, 0, "a key is no word");
    }
}
