//! Writes the table of contents.

use super::Heading;
use super::escape;
use super::plain::markup_len;

/// Returns `<nav id="TableOfContents">` with nested lists of the headings from `start_level` to `end_level`.
///
/// A heading deeper than its forerunner by more than one level stands in empty items, as in Hugo. Headings
/// outside the range are left out (Hugo writes empty items for them, which say nothing).
pub fn table_of_contents(headings: &[Heading], start_level: u8, end_level: u8) -> String {
    let mut nav = String::from("<nav id=\"TableOfContents\">");
    let mut depth = 0;
    let shown = headings.iter().filter(|heading| (start_level..=end_level).contains(&heading.level));
    for heading in shown {
        let wanted = usize::from(heading.level - start_level) + 1;
        while depth > wanted {
            nav.push_str("</li></ul>");
            depth -= 1;
        }
        if depth == wanted {
            nav.push_str("</li><li>");
        }
        while depth < wanted {
            nav.push_str("<ul><li>");
            depth += 1;
        }
        push_entry(&mut nav, heading);
    }
    nav.push_str(&"</li></ul>".repeat(depth));
    nav.push_str("</nav>");
    nav
}

fn push_entry(nav: &mut String, heading: &Heading) {
    if heading.id.is_empty() {
        push_title(nav, &heading.html);
        return;
    }
    nav.push_str("<a href=\"#");
    escape::push_text(nav, &heading.id);
    nav.push_str("\">");
    push_title(nav, &heading.html);
    nav.push_str("</a>");
}

/// Appends the HTML of a heading without links, footnote marks, comments and scripts.
fn push_title(nav: &mut String, html: &str) {
    let start = nav.len();
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, markup) = rest.split_at(at);
        nav.push_str(before);
        let (tag, after) = markup.split_at(markup_len(markup));
        rest = after;
        if tag.starts_with("<sup id=\"fnref") {
            rest = after.split_once("</sup>").map_or("", |(_, after)| after);
        } else if !is_left_out(tag) {
            nav.push_str(tag);
        }
    }
    nav.push_str(rest);
    nav.truncate(nav.trim_end().len().max(start));
}

fn is_left_out(tag: &str) -> bool {
    ["<a ", "<a>", "<!--", "<script", "<style"].iter().any(|start| tag.starts_with(start)) || tag == "</a>"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toc(headings: &[(u8, &str, &str)]) -> String {
        let headings: Vec<Heading> = headings
            .iter()
            .map(|(level, id, html)| Heading {
                level: *level,
                id: (*id).to_owned(),
                html: (*html).to_owned(),
            })
            .collect();
        table_of_contents(&headings, 2, 3)
    }

    #[test]
    fn headings_nest_by_level() {
        assert_eq!(toc(&[]), "<nav id=\"TableOfContents\"></nav>");
        let nested =
            toc(&[(1, "t", "t"), (2, "a", "a"), (3, "b", "b"), (2, "c", "c"), (4, "x", "x"), (3, "d", "d")]);
        let expected = "<nav id=\"TableOfContents\"><ul><li><a href=\"#a\">a</a><ul><li>\
                        <a href=\"#b\">b</a></li></ul>\
                        </li><li><a href=\"#c\">c</a><ul><li><a href=\"#d\">d</a></li></ul></li></ul></nav>";
        assert_eq!(nested, expected);
        let expected = "<nav id=\"TableOfContents\"><ul><li><ul><li><a href=\"#c\">c</a></li></ul></li>\
                        <li><a href=\"#b\">b</a></li></ul></nav>";
        assert_eq!(toc(&[(3, "c", "c"), (2, "b", "b")]), expected);
    }

    #[test]
    fn titles_keep_their_markup_but_no_links() {
        let html = "<a href=\"b\" title=\"&gt;\">a</a> <code>c</code> <img src=\"j\" alt=\"i\"> <!-- x -->\
                    <abbr>z</abbr>\
                    <sup id=\"fnref:1\"><a href=\"#fn:1\">1</a></sup>";
        let expected = "<a href=\"#x\">a <code>c</code> <img src=\"j\" alt=\"i\"> <abbr>z</abbr></a>";
        assert!(toc(&[(2, "x", html)]).contains(expected));
        assert!(toc(&[(2, "", "a")]).contains("<li>a</li>"));
    }
}
