//! Takes the tags out of HTML and counts words.

/// Returns the text of `html`: tags, comments, scripts and styles out, entities kept (Hugo's `.Plain`,
/// recorded).
///
/// A paragraph's end and a `<br>` become a line end, white space in a row becomes its first character.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, markup) = rest.split_at(at);
        push_collapsed(&mut text, before);
        let len = markup_len(markup);
        let (tag, after) = markup.split_at(len);
        match tag {
            "<" => push_collapsed(&mut text, tag),
            "</p>" | "<br>" | "<br />" | "<br/>" => push_collapsed(&mut text, "\n\n"),
            _ => {}
        }
        rest = after;
    }
    push_collapsed(&mut text, rest);
    text
}

/// Appends `piece`; a single line end of the HTML is a space, the double one is a real line end.
fn push_collapsed(text: &mut String, piece: &str) {
    let mut after_space = text.ends_with(char::is_whitespace);
    if piece == "\n\n" {
        if !after_space {
            text.push('\n');
        }
        return;
    }
    for c in piece.chars() {
        let is_space = c.is_whitespace();
        if !is_space || !after_space {
            text.push(if c == '\n' { ' ' } else { c });
        }
        after_space = is_space;
    }
}

/// Returns the length of the markup at the start of `markup`: 1 if its `<` is only a character.
pub(super) fn markup_len(markup: &str) -> usize {
    if let Some(comment) = markup.strip_prefix("<!--") {
        return comment.find("-->").map_or(markup.len(), |at| at + "<!---->".len());
    }
    for (open, close) in [("<script", "</script>"), ("<style", "</style>")] {
        if markup.starts_with(open) {
            return markup.find(close).map_or(markup.len(), |at| at + close.len());
        }
    }
    if !markup[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return 1;
    }
    let mut quote = None;
    for (at, byte) in markup.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that never closes: the tag ends at the first bracket after all.
    markup.find('>').map_or(markup.len(), |at| at + 1)
}

/// Counts words: what stands between white space.
pub fn count_words(plain: &str) -> usize {
    plain.split_whitespace().count()
}

/// Returns the minutes that `words` take to read, at 212 words a minute and rounded up; 0 for none.
pub fn reading_time_minutes(words: usize) -> usize {
    words.div_ceil(212)
}

/// Returns the number of words rounded up to hundreds.
pub fn fuzzy_word_count(words: usize) -> usize {
    words.div_ceil(100) * 100
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_go_and_entities_stay_as_recorded() {
        let cases = [
            ("<p>a\nb</p>\n", "a b\n"),
            ("<p>a<br>b</p>\n", "a\nb\n"),
            ("<p>a<br>\nb</p>\n", "a\nb\n"),
            ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", " a b "),
            ("<h2 id=\"h\">h</h2>\n<p>p</p>\n", "h p\n"),
            ("<pre><code>x  y\n  z\n</code></pre>", "x y z "),
            ("<!-- c --> x", " x"),
            ("<p>a &lt;b&gt; &amp; &ldquo;d&rdquo;</p>\n", "a &lt;b&gt; &amp; &ldquo;d&rdquo;\n"),
            ("<p>x</p>\n<hr>\n<p>y</p>\n", "x\ny\n"),
            ("<p><span title=\"a>b\">z</span></p>\n", "z\n"),
            ("<script>x</script>y", "y"),
            ("<p>a\tb</p>", "a\tb\n"),
            ("1 < 2 <3", "1 < 2 <3"),
            ("<a title=\"x>y", "y"),
            ("<b", ""),
        ];
        for (html, expected) in cases {
            assert_eq!(plain(html), expected, "{html}");
        }
    }

    #[test]
    fn times_and_counts_round_up() {
        let minutes = [0, 1, 212, 213, 424, 426].map(reading_time_minutes);
        assert_eq!(minutes, [0, 1, 1, 2, 2, 3]);
        assert_eq!([0, 1, 99, 100, 101].map(fuzzy_word_count), [0, 100, 100, 100, 200]);
        let words = ["a\u{A0}b", "a\u{200B}b", "— – a", "&mdash; x", "a\u{3000}b", " "].map(count_words);
        assert_eq!(words, [2, 1, 3, 2, 2, 0]);
    }

    proptest! {
        #[test]
        fn any_text_can_be_made_plain(html in "[<>!/a\"' \n-é]{0,40}") {
            prop_assert!(plain(&html).len() <= html.len());
        }
    }
}
