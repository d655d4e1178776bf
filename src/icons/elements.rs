//! Finds the empty elements of a text that a web font would have filled: `<i class="fab fa-github"></i>`.
//!
//! Reads HTML only as far as it must to know what is a tag: comments, scripts and quoted values are passed over. Never
//! changes a text that has no such element.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::Wanted;
use crate::text::decode_entities;

/// Longest tag that is read, in bytes: broken ones would each be read to the end of the text.
const TAG_MAX_BYTES: usize = 1024;

/// Elements whose text is no HTML.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp"];

/// Puts an `<svg>` in the place of every empty `<i>`, `<em>` and `<span>` whose class names an icon.
///
/// One that names an icon there is none of stays as it is, and `unknown` is told of it. `title` and `aria-label` become
/// the icon's label; words of the class that say neither style nor icon are kept.
pub fn replace_elements<'h>(html: &'h str, unknown: &mut dyn FnMut(&Wanted<'_>)) -> Cow<'h, str> {
    if memmem::find(html.as_bytes(), b"fa-").is_none() {
        return Cow::Borrowed(html);
    }
    let mut replaced = String::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(start) =
        html.get(at..).and_then(|rest| memchr(b'<', rest.as_bytes())).map(|next| at + next)
    {
        let rest = html.get(start..).unwrap_or_default();
        let Some(tag) = Tag::read(rest) else {
            at = start + passed_over(rest);
            continue;
        };
        at = start + tag.length;
        if RAW.iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
            let end = format!("</{}", tag.name.to_ascii_lowercase());
            at += find_ignoring_case(html.get(at..).unwrap_or_default(), &end);
        } else if let Some((svg, length)) = element(&tag, rest, unknown) {
            replaced.push_str(html.get(copied..start).unwrap_or_default());
            replaced.push_str(&svg);
            at = start + length;
            copied = at;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    replaced.push_str(html.get(copied..).unwrap_or_default());
    Cow::Owned(replaced)
}

/// Returns how much of a text that begins with `<`, but with no opening tag, can be passed over.
fn passed_over(rest: &str) -> usize {
    match rest.strip_prefix("<!--") {
        Some(comment) => memmem::find(comment.as_bytes(), b"-->").map_or(rest.len(), |end| end + 7),
        None => 1,
    }
}

fn find_ignoring_case(text: &str, wanted: &str) -> usize {
    let found =
        text.as_bytes().windows(wanted.len()).position(|part| part.eq_ignore_ascii_case(wanted.as_bytes()));
    found.unwrap_or(text.len())
}

/// Returns the icon for an element, and the element's length; none where it is no icon.
fn element(tag: &Tag<'_>, text: &str, unknown: &mut dyn FnMut(&Wanted<'_>)) -> Option<(String, usize)> {
    if !["i", "em", "span"].iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
        return None;
    }
    let classes = decode_entities(tag.attribute("class")?);
    if !classes.contains("fa-") {
        return None;
    }
    let rest = text.get(tag.length..)?;
    let close = rest.trim_start();
    let end = close.strip_prefix("</")?;
    let end = end
        .get(tag.name.len()..)
        .filter(|_| end.get(..tag.name.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag.name)))?;
    let behind = end.trim_start().strip_prefix('>')?;
    let wanted = Wanted::of_classes(&classes)?;
    let Some(icon) = wanted.icon() else {
        unknown(&wanted);
        return None;
    };
    let label = tag.attribute("aria-label").or_else(|| tag.attribute("title")).map(decode_entities);
    Some((icon.svg(label.as_deref(), &wanted.others), text.len() - behind.len()))
}

/// An opening tag.
struct Tag<'a> {
    name: &'a str,
    /// Names and values, as they are written.
    attributes: Vec<(&'a str, &'a str)>,
    /// Bytes from `<` to `>`.
    length: usize,
}

impl<'a> Tag<'a> {
    /// Reads the tag that a text begins with; none where it begins with none that ends.
    fn read(text: &'a str) -> Option<Self> {
        let text = first_bytes(text, TAG_MAX_BYTES);
        let inside =
            text.strip_prefix('<').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let (name, mut rest) = cut(inside, |c| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(behind) = rest.strip_prefix('>') {
                return Some(Self { name, attributes, length: text.len() - behind.len() });
            }
            let (key, behind) = cut(rest, |c| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'));
            if rest.is_empty() || behind.len() == rest.len() && !rest.starts_with('=') {
                return None;
            }
            let (value, behind) = match behind.trim_start().strip_prefix('=') {
                Some(value) => value_of(value.trim_start())?,
                None => ("", behind),
            };
            attributes.push((key, value));
            rest = behind;
        }
    }

    fn attribute(&self, wanted: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value)
    }
}

fn first_bytes(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Splits a text before the first character that ends a word.
fn cut(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

/// Reads the value that a text begins with, and returns what follows; none where a quote is not closed.
fn value_of(text: &str) -> Option<(&str, &str)> {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text.get(1..)?.split_once(quote),
        _ => Some(cut(text, |c| c.is_ascii_whitespace() || c == '>')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text with each icon as `[classes|label]`, and the names that are unknown.
    fn replaced(html: &str) -> (String, Vec<String>) {
        let mut names = Vec::new();
        let text = replace_elements(html, &mut |wanted| names.push(wanted.name.to_owned())).into_owned();
        let mut short = String::new();
        let mut rest = text.as_str();
        while let Some((before, svg)) = rest.split_once("<svg class=\"icon") {
            let (svg, behind) = svg.split_once("</svg>").unwrap();
            let class = svg.split('"').next().unwrap().trim();
            let label =
                svg.split_once("aria-label=\"").map_or("", |(_, rest)| rest.split('"').next().unwrap());
            short.push_str(&format!("{before}[{class}|{label}]"));
            rest = behind;
        }
        (short + rest, names)
    }

    #[test]
    fn empty_elements_become_icons_and_all_else_stays() {
        let cases = [
            ("a <i class=\"fab fa-github\"></i> b", "a [|] b"),
            ("<i class='fas fa-home ms-2 fa-2x'> </i >", "[ms-2 fa-2x|]"),
            ("<I CLASS=\"fa fa-rss\"></I>", "[|]"),
            ("<span class=\"fa fa-rss\" aria-hidden=\"true\"></span>", "[|]"),
            ("<i class=\"fa fa-rss\" title=\"A &amp; b\"></i>", "[|A &amp; b]"),
            ("<em class=fa-rss data-x></em>", "[|]"),
            ("<a href=\"/\"><i class=\"fas fa-book\"></i></a>", "<a href=\"/\">[|]</a>"),
        ];
        for (html, wanted) in cases {
            assert_eq!(replaced(html).0, wanted, "{html}");
        }
        let same = [
            "no icons, fa- only",
            "<i class=\"fa fa-rss\">text</i>",
            "<i class=\"fa fa-rss\">",
            "<i class=\"fa\"></i> fa-",
            "<span class=\"fa-stack\"></span>",
            "<b class=\"fa fa-rss\"></b>",
            "<i class=\"fa fa-rss></i>",
            "<i class=\"fa fa-rss\"></b>",
            "<!-- <i class=\"fa fa-rss\"></i> -->",
            "<!-- <i class=\"fa fa-rss\"></i>",
            "<script>x = '<i class=\"fa fa-rss\"></i>'</script>",
            "<SCRIPT>x = '<i class=\"fa fa-rss\"></i>'",
            "<a title='<i class=\"fa fa-rss\"></i>'>x</a>",
            "&lt;i class=\"fa fa-rss\">&lt;/i>",
            "<",
            "fa- <i",
            "fa- <i class",
            "fa- <i class=",
            "fa- <i \u{e9}=\u{e9}",
            "fa- <é>",
        ];
        for html in same {
            assert_eq!(replaced(html).0, html);
        }
    }

    #[test]
    fn unknown_icons_are_told_and_stay() {
        let html = "<i class=\"fa fa-nope\"></i><i class=\"fa fa-rss\"></i>";
        assert_eq!(replaced(html), ("<i class=\"fa fa-nope\"></i>[|]".to_owned(), vec!["nope".to_owned()]));
    }

    #[test]
    fn a_long_text_of_broken_tags_takes_no_long_time() {
        let html = "fa-".to_owned() + &"<i class=\"".repeat(5_000);
        assert_eq!(replaced(&html).0, html);
    }
}
