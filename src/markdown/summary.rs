//! Takes the summary of a page out of its HTML.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::cjk::word_count;
use super::placeholder::DIVIDER;
use super::plain::{markup_len, plain};

/// What lists and feeds show of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// The HTML, without white space at its ends.
    pub html: String,
    /// Whether the page has more than this.
    pub truncated: bool,
}

/// Returns the summary: what stands before the divider, else the front matter's, else whole paragraphs.
///
/// `front_matter` is HTML already. The automatic summary runs through the first paragraph at which
/// `summary_length_words` words are reached, and on to the end of the list or quote it is in (Hugo 0.168,
/// recorded).
///
/// Where `is_cjk`, the words are counted as [`super::count_cjk_words`] does.
pub fn summarize(
    html: &str,
    front_matter: Option<&str>,
    summary_length_words: usize,
    is_cjk: bool,
) -> Summary {
    if let Some((before, after)) = html.split_once(DIVIDER) {
        return Summary { html: before.trim().to_owned(), truncated: !after.trim().is_empty() };
    }
    if let Some(written) = front_matter {
        return Summary { html: written.trim().to_owned(), truncated: false };
    }
    let (taken, left) = html.split_at(automatic_end(html, summary_length_words, is_cjk));
    Summary { html: taken.trim().to_owned(), truncated: !left.trim().is_empty() }
}

/// Returns the HTML without the divider and the line end after it.
pub fn without_divider(html: &str) -> Cow<'_, str> {
    match html.split_once(DIVIDER) {
        None => Cow::Borrowed(html),
        Some((before, after)) => {
            let after = after.strip_prefix('\n').unwrap_or(after);
            Cow::Owned([before, after].concat().replace(DIVIDER, ""))
        }
    }
}

fn automatic_end(html: &str, wanted: usize, is_cjk: bool) -> usize {
    const END: &str = "</p>";
    let mut words = 0;
    let mut from = 0;
    for at in memmem::find_iter(html.as_bytes(), END) {
        words += count_tokens(&html[from..at], wanted, is_cjk);
        from = at + END.len();
        if words >= wanted {
            return enclosing_end(html, from);
        }
    }
    html.len()
}

/// Tags that have no end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// The elements that a closing tag may close are looked for this deep, which bounds the work on broken HTML.
const MAX_DEPTH: usize = 64;

/// Returns where the outermost element that is open at `cut` ends: a quote or list is never cut in two.
///
/// An element that never ends does not count.
fn enclosing_end(html: &str, cut: usize) -> usize {
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| memchr(b'<', rest.as_bytes())) {
        if at + found >= cut && open.is_empty() {
            return cut;
        }
        let (_, markup) = html.split_at(at + found);
        let len = markup_len(markup);
        at += found + len;
        note_tag(&mut open, &markup[..len]);
        if at >= cut && open.is_empty() {
            return at;
        }
    }
    cut
}

/// Keeps the list of open elements up to date with one more tag.
fn note_tag<'a>(open: &mut Vec<&'a str>, tag: &'a str) {
    let name_of = |text: &'a str| {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
        &text[..end]
    };
    if let Some(closing) = tag.strip_prefix("</") {
        let name = name_of(closing);
        let depth = open.iter().rev().take(MAX_DEPTH).position(|one| one.eq_ignore_ascii_case(name));
        if let Some(depth) = depth {
            open.truncate(open.len() - depth - 1);
        }
        return;
    }
    let name = tag.strip_prefix('<').map_or("", name_of);
    // Comments have no name; scripts and styles are taken with their end.
    let is_whole = tag.ends_with("/>") || tag.ends_with("</script>") || tag.ends_with("</style>");
    if !name.is_empty() && !is_whole && !VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) {
        open.push(name);
    }
}

/// Counts what Hugo takes for words in a piece of HTML, up to about `enough`.
///
/// Words are split at white space with the tags in them, all but the very last character is looked at, and
/// what looks like a lone tag or an attribute does not count. Where a summary ends depends on it, so it is
/// kept.
fn count_tokens(html: &str, enough: usize, is_cjk: bool) -> usize {
    let mut chars = html.chars();
    chars.next_back();
    let tokens = chars.as_str().split_whitespace().filter(|token| !is_markup(token)).take(enough);
    if is_cjk { tokens.map(|token| word_count(&plain(token))).sum() } else { tokens.count() }
}

/// Says whether a token is `>`, a lone tag such as `<ul>`, `</em>` or `<a`, or begins like `href="`.
fn is_markup(token: &str) -> bool {
    let letters_end = |text: &str| text.bytes().take_while(u8::is_ascii_alphabetic).count();
    match token.strip_prefix('<') {
        Some(tag) => {
            let tag = tag.strip_prefix('/').unwrap_or(tag);
            let len = letters_end(tag);
            len > 0 && matches!(&tag[len..], "" | ">")
        }
        None => {
            let len = letters_end(token);
            token == ">" || len > 0 && token[len..].starts_with("=\"")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(count: usize) -> String {
        (0..count).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_divider_wins_then_the_front_matter() {
        let cases = [
            (format!("<p>one</p>\n{DIVIDER}\n<p>two</p>\n"), Some("fm"), "<p>one</p>", true),
            (format!("{DIVIDER}\n<p>one</p>"), None, "", true),
            (format!("<p>one</p>\n{DIVIDER}\n"), None, "<p>one</p>", false),
            ("<p>body</p>".to_owned(), Some("From <em>fm</em>"), "From <em>fm</em>", false),
            (String::new(), None, "", false),
        ];
        for (html, front_matter, expected, truncated) in cases {
            let summary = summarize(&html, front_matter, 70, false);
            assert_eq!(summary, Summary { html: expected.to_owned(), truncated }, "{html}");
        }
        assert_eq!(without_divider("a\n\u{FDD2}\nb\u{FDD2}"), "a\nb");
    }

    #[test]
    fn the_automatic_summary_ends_with_the_paragraph_that_reaches_the_length() {
        let paragraph = |count| format!("<p>{}</p>\n", words(count));
        let cases = [
            (vec![paragraph(30)], 1),
            (vec![paragraph(40), paragraph(40), paragraph(40)], 2),
            (vec![paragraph(200), paragraph(20)], 1),
            (vec![paragraph(70), paragraph(5)], 1),
            (vec!["<h1 id=\"t\">Title</h1>\n".to_owned(), paragraph(10), paragraph(80), paragraph(10)], 3),
            (vec![format!("<ul>\n<li>{}</li>\n</ul>\n", words(100))], 1),
            (vec!["<figure>caption words here</figure>\n".to_owned(), paragraph(75)], 2),
        ];
        for (blocks, taken) in cases {
            let summary = summarize(&blocks.concat(), None, 70, false);
            assert_eq!(summary.html, blocks[..taken].concat().trim());
            assert_eq!(summary.truncated, taken < blocks.len());
        }
    }

    #[test]
    fn letters_are_words_in_chinese() {
        let html = ["<p>", &"字".repeat(30), "</p>\n"].concat().repeat(6);
        let counted =
            [true, false].map(|is_cjk| summarize(&html, None, 70, is_cjk).html.matches("<p>").count());
        assert_eq!(counted, [3, 6]);
    }

    #[test]
    fn the_automatic_summary_is_never_cut_inside_an_element() {
        let long = "<p>w w w w w ww</p>";
        let cases = [
            ("<blockquote>@<p>b</p></blockquote>", "<p>after</p>"),
            ("<ul><li>@<p>b</p></li><li><p>c</p></li></ul>", "<p>after</p>"),
            ("<DIV><br>@<img src=\"x\"><input/><p>b</p></div>", "<p>after</p>"),
            ("<section><blockquote>@</blockquote><p>mid</p></section>", "<p>after</p>"),
            ("<div>@<!-- </div> --><p>x</p></div>", "<p>after</p>"),
            ("<ul><li>@<li>b</ul>", "<p>after</p>"),
            ("<div><span>@</div>", "<p>after</p>"),
            ("<div>@", "<p>never closed</p>"),
            ("</div>@", "<p>never opened</p>"),
            ("<details>@</details>", "<details><p>b</p></details>"),
        ];
        for (taken, left) in cases {
            let taken = taken.replace('@', long);
            let summary = summarize(&format!("{taken}{left}"), None, 5, false);
            assert_eq!(summary, Summary { html: taken, truncated: true });
        }
    }

    #[test]
    fn words_are_counted_with_their_tags_as_recorded() {
        let counted = [
            "w",
            "<h1>",
            "<i><b>",
            "<i>x",
            "<i>x</i>",
            "<x-y>",
            "<h1",
            "<p><a",
            "/>",
            "a=b",
            "&gt;",
            "<br/>",
            "data-x=\"1\"",
            "-->",
            "<!--",
            "\"x\"",
        ];
        let skipped =
            ["<i>", "</i>", "<i", "href=\"y\">x</a>", "alt=\"y\">", ">", "class=\"w\"></span><span"];
        assert!(counted.iter().all(|token| !is_markup(token)), "{counted:?}");
        assert!(skipped.iter().all(|token| is_markup(token)), "{skipped:?}");
        assert_eq!(count_tokens("<p>aa bb cc dd e", 70, false), 4);
        assert_eq!(count_tokens("<p>aa bb cc dd ee", 70, false), 5);
    }
}
