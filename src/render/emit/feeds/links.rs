//! Addresses of a text that is read far from its page.

use crate::path::{BaseUrl, Route};

/// Attributes that hold one address.
const LINKS: [&str; 3] = [" href=\"", " src=\"", " poster=\""];

/// The attribute that holds several, each with what a browser chooses it by.
const LINK_SET: &str = " srcset=\"";

/// Makes the addresses in a piece of HTML absolute: a feed is read far from the page.
pub(in crate::render::emit) fn absolute_links(html: &str, base: &BaseUrl, page: &Route) -> String {
    let mut result = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'=', rest.as_bytes()) {
        let opens = |attribute: &&str| rest.get(..at + 2).is_some_and(|before| before.ends_with(*attribute));
        let holds_one = LINKS.iter().any(opens);
        let holds_several = opens(&LINK_SET);
        let end = at + if holds_one || holds_several { 2 } else { 1 };
        let (before, after) = rest.split_at(end);
        result.push_str(before);
        rest = after;
        if holds_one || holds_several {
            let close = rest.find('"').unwrap_or(rest.len());
            let (targets, after) = rest.split_at(close);
            if holds_one {
                result.push_str(&base.resolve(page, targets));
            } else {
                let each = targets.split(", ").map(|target| base.resolve(page, target));
                result.push_str(&each.collect::<Vec<_>>().join(", "));
            }
            rest = after;
        }
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_pictures_of_a_feed_are_absolute() {
        let base = BaseUrl::parse("https://example.org/sub/");
        let page = Route::new("/blog/a/");
        let html =
            "<p a=b><a href=\"/sub/x/\">x = y</a> <img alt=\"=\" src=\"p.jpg\"> <a href=\"#fn:1\">1</a></p>";
        assert_eq!(
            absolute_links(html, &base, &page),
            "<p a=b><a href=\"https://example.org/sub/x/\">x = y</a> \
             <img alt=\"=\" src=\"https://example.org/sub/blog/a/p.jpg\"> \
             <a href=\"https://example.org/sub/blog/a/#fn:1\">1</a></p>"
        );
        assert_eq!(
            absolute_links("<source srcset=\"a.webp 1x, /b/c.webp 2x\">", &base, &page),
            "<source srcset=\"https://example.org/sub/blog/a/a.webp 1x, https://example.org/b/c.webp 2x\">"
        );
        assert_eq!(absolute_links("a=é href=\"", &base, &page), "a=é href=\"https://example.org/sub/blog/a/");
    }
}
