//! Says which line ends vanish between East Asian characters, which are written without spaces.
//!
//! The rules are those of goldmark (`cjk`), as recorded with Hugo 0.168.

use super::options::EastAsianBreaks;

/// Says whether a line end between the two characters vanishes.
pub(super) fn joins(before: char, after: char, breaks: EastAsianBreaks) -> bool {
    match breaks {
        EastAsianBreaks::Keep => false,
        EastAsianBreaks::Simple => is_wide(before) && is_wide(after),
        EastAsianBreaks::Css3Draft => {
            let is_discarding = |c: char| !is_hangul(c) && (is_wide(c) || is_fullwidth_mark(c));
            [before, after].into_iter().any(|c| c == '\u{200B}' || is_discarding(c))
        }
    }
}

/// Letters of Chinese, Japanese, Korean and Yi, and the punctuation of the first two.
fn is_wide(c: char) -> bool {
    is_hangul(c)
        || matches!(
            u32::from(c),
            0x2E80..=0x2FDF | 0x3001..=0x303F | 0x3041..=0x312F | 0x31A0..=0x31FF | 0x3400..=0x4DBF
                | 0x4E00..=0x9FFF | 0xA000..=0xA4CF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x1B000..=0x1B16F
                | 0x20000..=0x3FFFD
        )
}

fn is_hangul(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x3131..=0x318E | 0xA960..=0xA97F | 0xAC00..=0xD7FB)
}

fn is_fullwidth_mark(c: char) -> bool {
    matches!(u32::from(c), 0x3000 | 0xFF01..=0xFF65)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_vanish_as_recorded() {
        let cases = [
            ('語', 'の', true, true),
            ('本', 'a', false, true),
            ('c', '日', false, true),
            ('국', '어', true, false),
            ('。', '「', true, true),
            ('あ', 'ｱ', true, true),
            ('！', 'あ', false, true),
            ('ー', 'a', false, true),
            ('😀', '日', false, true),
            ('、', '日', true, true),
            (' ', ' ', false, false),
            ('ไ', 'ไ', false, false),
        ];
        for (before, after, simple, draft) in cases {
            assert_eq!(joins(before, after, EastAsianBreaks::Simple), simple, "{before}{after}");
            assert_eq!(joins(before, after, EastAsianBreaks::Css3Draft), draft, "{before}{after}");
            assert!(!joins(before, after, EastAsianBreaks::Keep));
        }
    }
}
