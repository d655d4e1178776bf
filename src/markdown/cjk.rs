//! Counts words where there is no white space between them: Chinese, Japanese and Korean.
//!
//! Follows Hugo, which looks at the letters and not at the language of the page.

/// Says whether a text has a letter of Chinese, Japanese or Korean: Han, Hiragana, Katakana or Hangul.
pub fn has_cjk(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(u32::from(c),
            0x1100..=0x11FF | 0x2E80..=0x2FD5 | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3038..=0x303B
            | 0x3041..=0x3096 | 0x309D..=0x309F | 0x30A1..=0x30FA | 0x30FD..=0x30FF | 0x3131..=0x318E
            | 0x31F0..=0x321E | 0x3260..=0x327E | 0x32D0..=0x32FE | 0x3300..=0x3357 | 0x3400..=0x4DBF
            | 0x4E00..=0x9FFF | 0xA960..=0xA97C | 0xAC00..=0xD7FB | 0xF900..=0xFAD9 | 0xFF66..=0xFF9D
            | 0xFFA0..=0xFFDC | 0x1B000..=0x1B16F | 0x1F200 | 0x20000..=0x323AF)
    })
}

/// Counts words: each word of ASCII is one, of any other every character is (Hugo 0.168, asked).
pub fn count_cjk_words(plain: &str) -> usize {
    plain.split_whitespace().map(word_count).sum()
}

/// Returns what a piece without white space counts for.
pub(super) fn word_count(piece: &str) -> usize {
    if piece.is_ascii() { 1 } else { piece.chars().count() }
}

/// Returns the minutes that so many words take to read, at 501 a minute and rounded up; 0 for none.
pub fn cjk_reading_time_minutes(words: usize) -> usize {
    words.div_ceil(501)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_hugo_counts_them() {
        for (text, words) in [
            ("Hello world 这是 test、 and カタカナ 한국어 단어 abc한def", 26),
            ("这是 hello 测试", 5),
            ("One two, three. four five-six", 5),
            ("", 0),
        ] {
            assert_eq!(count_cjk_words(text), words, "{text}");
        }
        assert_eq!([0, 501, 502, 1080].map(cjk_reading_time_minutes), [0, 1, 2, 3]);
    }

    #[test]
    fn the_letters_tell() {
        let found = ["x 字", "カ", "ひ", "한", "สวัสดี", "été, naïve — “x”、", ""].map(has_cjk);
        assert_eq!(found, [true, true, true, true, false, false, false]);
    }
}
