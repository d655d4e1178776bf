//! The paragraph of a text that says where it is published too: "Also published at: https://…".
//!
//! Finds it in the finished HTML, so that it does not matter how the author wrote the link. What else stands in such a
//! paragraph keeps it a paragraph: only one that says this and nothing else is taken out, to be shown once, with the
//! names of the services.

use crate::markdown;
use crate::text::decode_entities;

/// How such a paragraph begins, in lower case.
const LABELS: [&str; 14] = [
    "also published at",
    "also published on",
    "also posted at",
    "also posted on",
    "also available at",
    "also available on",
    "cross-posted at",
    "cross-posted on",
    "cross-posted to",
    "crossposted on",
    "aussi publié sur",
    "également publié sur",
    "auch veröffentlicht auf",
    "también publicado en",
];

/// Words and marks that may stand between links.
const BETWEEN: [&str; 7] = ["and", "et", "und", "y", "&", "/", "·"];

/// Returns the addresses that a text says it is published at, and the text without the paragraph that says so.
pub(super) fn take(html: &str) -> Option<(Vec<String>, String)> {
    let mut from = 0;
    while let Some(found) = html.get(from..)?.find("<p>") {
        let start = from + found;
        let end = start + html.get(start..)?.find("</p>")? + "</p>".len();
        let paragraph = html.get(start..end)?;
        if begins_with_label(paragraph) {
            let links = links_alone(paragraph)?;
            let (links, end) = if links.is_empty() { list_after(html, end)? } else { (links, end) };
            let rest = html.get(end..)?.trim_start_matches('\n');
            return Some((links, format!("{}{rest}", html.get(..start)?)));
        }
        from = end;
    }
    None
}

fn plain(html: &str) -> String {
    decode_entities(&markdown::plain(html)).trim().to_lowercase()
}

fn begins_with_label(paragraph: &str) -> bool {
    // Most paragraphs are no candidates: their first letters tell.
    let text = plain(paragraph.get(..400).unwrap_or(paragraph));
    LABELS.iter().any(|label| text.starts_with(label))
}

/// Returns the targets of the links of a paragraph that has only a label and links; nothing where it says more.
fn links_alone(paragraph: &str) -> Option<Vec<String>> {
    let mut links = Vec::new();
    let mut others = String::new();
    let mut rest = paragraph;
    while let Some(at) = rest.find("<a ") {
        others.push_str(rest.get(..at)?);
        others.push(' ');
        let link = rest.get(at..)?;
        let end = link.find("</a>")? + "</a>".len();
        links.push(target(link.get(..end)?)?);
        rest = link.get(end..)?;
    }
    others.push_str(rest);
    let said = plain(&others);
    let said = LABELS.iter().find_map(|label| said.strip_prefix(label))?;
    let is_between = |word: &str| {
        let word = word.trim_matches([':', ',', ';', '.', '(', ')']);
        word.is_empty() || BETWEEN.contains(&word)
    };
    said.split_whitespace().all(is_between).then_some(links)
}

fn target(link: &str) -> Option<String> {
    let from = link.find("href=\"")? + "href=\"".len();
    let rest = link.get(from..)?;
    let target = decode_entities(rest.get(..rest.find('"')?)?).into_owned();
    (target.starts_with("https://") || target.starts_with("http://")).then_some(target)
}

/// Reads the list that follows a label without links: every item of it is one link.
fn list_after(html: &str, from: usize) -> Option<(Vec<String>, usize)> {
    let after = html.get(from..)?;
    let begin = from + (after.len() - after.trim_start().len());
    html.get(begin..)?.strip_prefix("<ul>")?;
    let end = begin + html.get(begin..)?.find("</ul>")? + "</ul>".len();
    let items = html.get(begin + "<ul>".len()..end - "</ul>".len())?;
    let links: Option<Vec<String>> = items
        .split("<li>")
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(|item| {
            let item = item.strip_suffix("</li>")?.trim();
            let item = item.strip_prefix("<p>").and_then(|item| item.strip_suffix("</p>")).unwrap_or(item);
            let is_link =
                item.starts_with("<a ") && item.ends_with("</a>") && item.matches("<a ").count() == 1;
            is_link.then(|| target(item)).flatten()
        })
        .collect();
    links.filter(|links| !links.is_empty()).map(|links| (links, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_that_says_where_else_is_taken_out() {
        let link = |url: &str| format!("<a href=\"{url}\">{url}</a>");
        let (a, b) = (link("https://a.example/1?x=1&amp;y=2"), link("https://b.example/"));
        let found = |html: &str| take(html).map(|(links, rest)| (links.join(" "), rest));
        let taken = |links: &str, rest: &str| Some((links.to_owned(), rest.to_owned()));
        for (html, expected) in [
            (
                format!("<p>Also published at: {a}</p>\n<p>Text</p>\n"),
                taken("https://a.example/1?x=1&y=2", "<p>Text</p>\n"),
            ),
            (
                format!("<p>Text</p>\n<p><em>Cross-posted to {a} and {b}.</em></p>\n"),
                taken("https://a.example/1?x=1&y=2 https://b.example/", "<p>Text</p>\n"),
            ),
            (
                format!(
                    "<p>Also published at:</p>\n<ul>\n<li>{b}</li>\n<li><p>{a}</p></li>\n</ul>\n<p>Text</p>"
                ),
                taken("https://b.example/ https://a.example/1?x=1&y=2", "<p>Text</p>"),
            ),
            (format!("<p>Also published at {a}, where people argue.</p>"), None),
            (format!("<p>Also published at:</p><ul><li>{a} in part</li></ul>"), None),
            ("<p>Also published at the same time: a book.</p>".to_owned(), None),
            ("<p>Also published at <a href=\"/b/\">here</a></p>".to_owned(), None),
            (format!("<p>It was also published at {a}</p>"), None),
            ("<p>Also published at".to_owned(), None),
        ] {
            assert_eq!(found(&html), expected, "{html}");
        }
    }
}
