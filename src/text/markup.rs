//! Turns text into text that is safe inside HTML and XML, and long text into short.

use std::borrow::Cow;

/// Escapes `& < > " '`, so the text is safe in HTML, inside an element and inside a quoted attribute.
pub fn escape_html(text: &str) -> Cow<'_, str> {
    escape(text, is_markup)
}

/// Escapes `& < > " '` and drops the control characters that XML 1.0 forbids, which no reader of a feed would
/// accept.
pub fn escape_xml(text: &str) -> Cow<'_, str> {
    escape(text, |c| is_markup(c) || is_forbidden_in_xml(c))
}

fn is_markup(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"' | '\'')
}

fn is_forbidden_in_xml(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

/// Replaces each character that is `special` by its reference, or by nothing if it has none; borrowed if
/// there is none.
fn escape(text: &str, special: impl Fn(char) -> bool) -> Cow<'_, str> {
    let mut rest = text;
    let mut escaped = String::new();
    while let Some(at) = rest.find(&special) {
        let (before, from) = rest.split_at(at);
        escaped.push_str(before);
        let mut after = from.chars();
        escaped.push_str(match after.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            Some('\'') => "&#39;",
            _ => "",
        });
        rest = after.as_str();
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    escaped.push_str(rest);
    Cow::Owned(escaped)
}

/// Named references, next to numbers: what our own HTML has in it, and the letters and signs that schedules and raw HTML name.
const ENTITIES: [(&str, char); 40] = [
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("aring", 'å'),
    ("auml", 'ä'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("copy", '©'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("euml", 'ë'),
    ("euro", '€'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("oslash", 'ø'),
    ("ouml", 'ö'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rsquo", '’'),
    ("szlig", 'ß'),
    ("uuml", 'ü'),
];

/// Replaces character references by their characters, once: `&amp;lt;` becomes `&lt;`; unknown names stay as they are.
pub fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        // No name is longer than 10 bytes; looking further would read a text of `&` over and over.
        let end = after.bytes().take(12).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((entity(after.get(..end)?)?, after.get(end + 1..)?)));
        rest = found.map_or(after, |(_, after)| after);
        decoded.push(found.map_or('&', |(character, _)| character));
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Returns the character of an entity's name, or of `#228` or `#xE4`.
pub fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    };
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let code = hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16)).ok()?;
    char::from_u32(code).filter(|character| *character != '\0')
}

/// Cuts `text` to at most `max_chars` characters, at the end of a word, and adds ` …`; shorter text is left
/// alone.
///
/// A first word that is too long is cut inside; Han, Hangul and Kana may be cut before any character (Hugo's
/// `truncate`, 0.168, recorded). The result is not escaped.
pub fn truncate_words(text: &str, max_chars: usize) -> Cow<'_, str> {
    let mut cut = 0;
    let mut word_end = 0;
    for (count, (at, c)) in text.char_indices().enumerate() {
        if c.is_whitespace() {
            cut = word_end;
        } else if is_written_without_spaces(c) {
            cut = at;
        } else {
            word_end = at + c.len_utf8();
        }
        if count == max_chars {
            let end = if cut == 0 { at } else { cut };
            return Cow::Owned([text.get(..end).unwrap_or_default(), " …"].concat());
        }
    }
    Cow::Borrowed(text)
}

/// Says whether `c` is Han, Hangul, Hiragana or Katakana, where a line may end anywhere.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{2fd5}' | '々' | '〇' | 'ぁ'..='ゟ' | 'ァ'..='ヿ'
        | '\u{3131}'..='\u{318e}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_once_and_strangers_stay() {
        for (text, expected) in [
            ("Q&amp;A", "Q&A"),
            ("&amp;lt;", "&lt;"),
            ("&#228;&#xE4;&auml;", "äää"),
            ("R&D & &nothing; &#xFFFFFFFF;", "R&D & &nothing; &#xFFFFFFFF;"),
            ("&ä;", "&ä;"),
        ] {
            assert_eq!(decode_entities(text), expected, "{text}");
        }
    }

    #[test]
    fn the_table_of_entities_has_no_doubles() {
        assert!(ENTITIES.windows(2).all(|pair| pair.first().map(|a| a.0) < pair.last().map(|b| b.0)));
    }

    #[test]
    fn markup_is_escaped_and_plain_text_is_not_copied() {
        assert_eq!(
            escape_html("a<b> & \"c\" 'd' é\u{1}"),
            "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; é\u{1}"
        );
        assert_eq!(escape_xml("a\u{0}b\u{1f}<c\n\t"), "ab&lt;c\n\t");
        assert!(matches!(escape_html("Réflexions"), Cow::Borrowed(_)));
        assert!(matches!(escape_xml(""), Cow::Borrowed("")));
        assert_eq!(escape_xml("\u{1}"), "");
    }

    #[test]
    fn text_is_cut_at_a_word() {
        let cases = [
            ("hello world foo", 8, "hello …"),
            ("hello world foo", 5, "hello …"),
            ("hello world foo", 11, "hello world …"),
            ("hello world foo", 14, "hello world …"),
            ("hello world foo", 15, "hello world foo"),
            ("hello world foo", 0, " …"),
            ("hello", 3, "hel …"),
            ("  hello world", 4, "  he …"),
            ("hello   world", 7, "hello …"),
            ("hello, world", 6, "hello, …"),
            ("日本語テキスト", 3, "日本語 …"),
            ("日本語 テキスト", 5, "日本語 テ …"),
            ("ab日本語", 4, "ab日本 …"),
            ("été à la plage", 6, "été à …"),
            ("a b c d", 3, "a b …"),
            ("hello world  ", 11, "hello world …"),
            ("hello\nworld foo", 8, "hello …"),
            ("한국어 텍스트 예", 5, "한국어 텍 …"),
            ("x😲y z w", 4, "x😲y …"),
            ("hello 日本語", 7, "hello 日 …"),
            ("   ab", 2, "   …"),
            ("a", 1, "a"),
            ("", 0, ""),
        ];
        for (text, max_chars, expected) in cases {
            assert_eq!(truncate_words(text, max_chars), expected, "{text:?} to {max_chars}");
        }
    }
}
