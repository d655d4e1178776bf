//! Turns the sentence that says where a post was published as well, or first, into addresses.
//!
//! Only a line or a paragraph that says nothing else counts: in running text such words are about other things.

use super::blocks::{Block, Kind};
use super::links::{Plain, plain};
use super::{At, Evidence};

/// The longest paragraph that says only where a post was published first, in bytes of text.
const LONGEST_NOTICE: usize = 200;

/// Beginnings of a line that gives other places of the same post.
const ALSO: [&str; 22] = [
    "also published",
    "also posted",
    "also on",
    "also available on",
    "cross-posted",
    "crossposted",
    "cross posted",
    "syndicated",
    "this article is also published",
    "this post is also published",
    "this article was also published",
    "this post was also published",
    "publié aussi",
    "publié également",
    "aussi publié",
    "également publié",
    "cet article est aussi publié",
    "auch veröffentlicht",
    "ebenfalls veröffentlicht",
    "auch erschienen",
    "también publicado",
    "publicado también",
];

/// Words that say that a post was somewhere else before.
const FIRST: [&str; 14] = [
    "originally published",
    "originally posted",
    "originally appeared",
    "first published",
    "first appeared",
    "first posted",
    "initialement publié",
    "publié initialement",
    "publié à l'origine",
    "ursprünglich veröffentlicht",
    "ursprünglich erschienen",
    "zuerst veröffentlicht",
    "zuerst erschienen",
    "publicado originalmente",
];

/// What a post calls itself.
const SELVES: [&str; 16] = [
    "this article",
    "this post",
    "this blog",
    "this piece",
    "this entry",
    "this story",
    "this text",
    "this report",
    "piece ",
    "article ",
    "post ",
    "cet article",
    "ce billet",
    "dieser artikel",
    "dieser beitrag",
    "este artículo",
];

/// Finds the addresses a post was published at as well, and their lines.
pub(super) fn syndication(blocks: &[Block]) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for block in blocks.iter().filter(|block| matches!(block.kind, Kind::Paragraph | Kind::Item(_))) {
        let text = plain(&block.text);
        let lower = text.text.trim_start().to_lowercase();
        let Some(phrase) = ALSO.iter().find(|phrase| lower.starts_with(**phrase)) else { continue };
        if is_notice(&text, phrase.len()) {
            for link in &text.links {
                if !found.iter().any(|(url, _)| *url == link.url) {
                    found.push((link.url.clone(), block.line_at(link.start)));
                }
            }
        }
    }
    found
}

/// Finds the address a post was published at first, and its line.
pub(super) fn canonical(blocks: &[Block]) -> Option<(String, usize)> {
    blocks.iter().filter(|block| block.kind != Kind::Row).find_map(|block| {
        let text = plain(&block.text);
        let lower = text.text.to_lowercase();
        let lower = lower.trim_start();
        let phrase = FIRST.iter().find_map(|phrase| lower.find(phrase).map(|at| (at, phrase.len())))?;
        let head = lower.get(..phrase.0)?;
        let is_self = head.trim().is_empty() || SELVES.iter().any(|own| head.contains(own));
        let [link] = text.links.as_slice() else { return None };
        (is_self && is_notice(&text, phrase.0 + phrase.1))
            .then(|| (link.url.clone(), block.line_at(link.start)))
    })
}

/// Tells whether a paragraph is a notice: short, with a link, and little after the first `head` bytes but links.
fn is_notice(text: &Plain, head: usize) -> bool {
    let linked: usize = text.links.iter().map(|link| link.end - link.start).sum();
    let rest = text.text.len().saturating_sub(linked + head);
    !text.links.is_empty() && rest <= 60 && text.text.len() - linked <= LONGEST_NOTICE
}

/// Says why an address is one of the same post.
pub(super) fn also(url: &str, line: usize) -> Evidence {
    let why = "the line says that the post was published there as well".to_owned();
    Evidence { key: "syndication".to_owned(), value: url.to_owned(), at: At::Line(line), why }
}

/// Says why an address is that of the first publication.
pub(super) fn first(url: &str, line: usize) -> Evidence {
    let why = "the line says that the post was published there first".to_owned();
    Evidence { key: "canonical".to_owned(), value: url.to_owned(), at: At::Line(line), why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift::blocks;

    #[test]
    fn other_places_are_found_in_notices() {
        let url = "https://social.example/p/1";
        for body in [
            format!("Also published at: {url}"),
            format!("Also published at:\n{url}"),
            format!("*Cross-posted to [Social]({url}).*"),
            format!("Publié aussi à: {url}"),
            format!("Auch veröffentlicht bei [Social]({url})"),
        ] {
            let found = syndication(&blocks::read(&body, 1));
            assert_eq!(found.first().map(|(found, _)| found.as_str()), Some(url), "{body}");
        }
        for body in [
            format!("I also published my [list]({url}) last week."),
            format!("Also published this year was a book about trains, which I liked a lot, see more: {url}"),
            "Also published at: soon".to_owned(),
        ] {
            assert!(syndication(&blocks::read(&body, 1)).is_empty(), "{body}");
        }
    }

    #[test]
    fn the_first_place_is_found_in_notices() {
        let url = "https://paper.example/1";
        for body in [
            format!("_This blog post was originally published on [The Paper]({url})._"),
            format!("Originally published at {url}"),
            format!("> A version of this article was [originally posted]({url}) on The Paper."),
            format!("Cet article a été initialement publié sur [Le Papier]({url})."),
        ] {
            assert_eq!(canonical(&blocks::read(&body, 5)), Some((url.to_owned(), 5)), "{body}");
        }
        for body in [
            format!("The standard was originally published on [paper]({url})."),
            format!("Charts were first published in 2003, and this article is about [them]({url})."),
        ] {
            assert_eq!(canonical(&blocks::read(&body, 1)), None, "{body}");
        }
    }
}
