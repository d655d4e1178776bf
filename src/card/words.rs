//! Decides what of a text can be drawn: [`drawable`].
//!
//! Pure text to text. A box in place of a letter is never drawn: a text with a letter that no font has, or of a script
//! that is only right when its letters are joined, is not drawn at all. Emoji and symbols that are missing are left out.

use unicode_normalization::UnicodeNormalization;

/// Scripts that are wrong without shaping, or that run from right to left: first and last code point of each group.
const SHAPED: [(u32, u32); 13] = [
    // Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours.
    (0x0590, 0x08FF),
    // From Devanagari to Sinhala, Thai, Lao, Tibetan, Myanmar.
    (0x0900, 0x109F),
    // Philippine scripts, Khmer, Mongolian, Limbu.
    (0x1700, 0x194F),
    // Buginese, Tai Tham, Balinese, Sundanese, Batak, Lepcha.
    (0x1A00, 0x1C7F),
    (0x1CD0, 0x1CFF),
    // Syloti Nagri, Phags-pa, Saurashtra, Devanagari extended.
    (0xA800, 0xA8FF),
    // Rejang, Javanese, Myanmar extended, Cham, Tai Viet, Meetei Mayek.
    (0xA930, 0xABFF),
    // Hangul letters that are not put together to syllables.
    (0x1100, 0x11FF),
    (0xD7B0, 0xD7FF),
    // Forms of Hebrew and Arabic.
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFE),
    // Old scripts of the Near East, and of India.
    (0x10800, 0x10FFF),
    (0x11000, 0x11FFF),
];

/// Letters and digits in boxes, flags and emoji: pictures, whatever Unicode says of some.
const PICTURES: std::ops::RangeInclusive<u32> = 0x1F000..=0x1FAFF;

const NO_BREAK: char = '\u{a0}';
const SOFT_HYPHEN: char = '\u{ad}';

/// Returns the part of a text that can be drawn, in one line with single spaces; none if that would be wrong.
///
/// `has` says which characters there are. Letters and accents are put together first (NFC).
pub(super) fn drawable(text: &str, has: &dyn Fn(char) -> bool) -> Option<String> {
    let mut drawn = String::new();
    for character in text.nfc() {
        let code = u32::from(character);
        if matches!(character, NO_BREAK | '\u{202f}') {
            // French puts it before `:` and `!`, where no line may end.
            drawn.push(NO_BREAK);
        } else if character == SOFT_HYPHEN {
            // It is seen at the end of a line only, and lines are not known here.
        } else if character.is_whitespace() || character.is_control() {
            drawn.push(' ');
        } else if SHAPED.iter().any(|(first, last)| (*first..=*last).contains(&code)) {
            return None;
        } else if has(character) {
            drawn.push(character);
        } else if !PICTURES.contains(&code) {
            // A ligature, or a letter as a sign of its own: `ﬁ`, `㎏`.
            let plain: String = std::iter::once(character).nfkc().collect();
            if plain.chars().all(has) {
                drawn.push_str(&plain);
            } else if character.is_alphanumeric() {
                return None;
            }
        }
    }
    let joined = drawn.split([' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let joined = joined.trim_matches(char::is_whitespace).to_owned();
    // What is left of a title made of emoji says nothing.
    joined.chars().any(char::is_alphanumeric).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::faces::Faces;

    #[test]
    fn what_fonts_lack_is_left_out_or_forbids_the_text() {
        let faces = Faces::new(None);
        let table = [
            ("FOSDEM 2024", Some("FOSDEM 2024")),
            ("  two\n lines  here \u{a0}", Some("two lines here")),
            ("Paris\u{202f}: l’été\u{a0}!", Some("Paris\u{a0}: l’été\u{a0}!")),
            ("Cafe\u{301} e\u{301}te\u{301}", Some("Café été")),
            ("KubeCon 🎉🇫🇷👩‍💻 rocks ❤️", Some("KubeCon rocks")),
            ("1\u{fe0f}\u{20e3} day", Some("1 day")),
            ("ﬁne ㎏", Some("fine kg")),
            ("参加記 2024", Some("参加記 2024")),
            ("Ёлка и Ωmega", Some("Ёлка и Ωmega")),
            ("left\u{200e}\u{202e}right\u{ad}ly", Some("leftrightly")),
            ("🎉🎉", None),
            ("…", None),
            ("", None),
            ("مؤتمر 2024", None),
            ("כנס", None),
            ("सम्मेलन", None),
            ("งาน", None),
            ("한국 컨퍼런스", None),
            ("FOSDEM 会议报告这", None),
        ];
        for (text, expected) in table {
            assert_eq!(drawable(text, &|c| faces.has(c)).as_deref(), expected, "{text}");
        }
    }
}
