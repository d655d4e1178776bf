//! Turns the links of a post into the event's own site and its programme.
//!
//! A site is linked by the event's name and has the name in its address: a link to a company or a video is none.

use super::blocks::{Block, Kind};
use super::links::{Plain, plain};
use super::words::folded;

/// How many blocks, from the top, may link the site.
const BEGINNING_BLOCKS: usize = 14;

/// Places that have pages about everything.
const OTHERS: [&str; 22] = [
    "twitter.com",
    "x.com",
    "youtube.com",
    "youtu.be",
    "linkedin.com",
    "lnkd.in",
    "facebook.com",
    "instagram.com",
    "flickr.com",
    "flic.kr",
    "wikipedia.org",
    "github.com",
    "bit.ly",
    "t.co",
    "medium.com",
    "slideshare.net",
    "speakerdeck.com",
    "meetup.com",
    "eventbrite.com",
    "sched.com",
    "sched.co",
    "google.com",
];

/// Texts of links to a programme.
const PROGRAMMES: &str = "|schedule|theschedule|fullschedule|program|programme|fullprogram|fullprogramme|theprogram|agenda|theagenda|programm|zumprogramm|leprogramme|programa|conferenceschedule|talkschedule|";

/// Words that may follow the name in the text of a link to its site.
const TAILS: &str = "||event|conference|website|site|homepage|webpage|meetup|";

/// Finds the event's own site and the line that links it.
pub(super) fn official(blocks: &[Block], name: &str, year: Option<i16>) -> Option<(String, usize)> {
    let name = folded(name);
    let texts = blocks.iter().filter(|block| !matches!(block.kind, Kind::Quote));
    texts.take(BEGINNING_BLOCKS).find_map(|block| {
        let text = plain(&block.text);
        let link = text.links.iter().find(|link| {
            is_name(&text.link_text(link), &name, year) && is_own(&link.url, &name) && is_of(&link.url, year)
        })?;
        Some((link.url.clone(), block.line_at(link.start)))
    })
}

/// Finds the programme, on the host of `site` or on one with the name.
pub(super) fn programme(
    blocks: &[Block],
    name: &str,
    site: Option<&str>,
    year: Option<i16>,
) -> Option<(String, usize)> {
    let name = folded(name);
    let site_host = site.map(host);
    blocks.iter().find_map(|block| {
        let text: Plain = plain(&block.text);
        let link = text.links.iter().find(|link| {
            let is_programme = PROGRAMMES.contains(&format!("|{}|", folded(&text.link_text(link))));
            let link_host = host(&link.url);
            let is_near = site_host == Some(link_host) || folded(link_host).contains(&name);
            is_programme && is_near && is_of(&link.url, year)
        })?;
        Some((link.url.clone(), block.line_at(link.start)))
    })
}

/// Tells whether the text of a link is the name, with or without the year.
fn is_name(text: &str, name: &str, year: Option<i16>) -> bool {
    let text = folded(text);
    let Some(rest) = text.strip_prefix(name) else { return false };
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    if TAILS.contains(&format!("|{}|", rest.replace(&year, ""))) {
        return true;
    }
    // `Foo / Bar Europe 2022`: the name in full.
    !year.is_empty() && rest.ends_with(&year) && rest.len() < 40
}

/// Tells whether an address has the name in it and is not a page of some larger place.
fn is_own(url: &str, name: &str) -> bool {
    let host = host(url);
    let is_other = OTHERS
        .iter()
        .any(|other| host == *other || host.ends_with(other) && host.contains(&format!(".{other}")));
    !is_other && folded(url).contains(name)
}

/// Tells whether the years in an address, if any, are that of the edition.
pub(super) fn is_of(url: &str, year: Option<i16>) -> bool {
    let Some(year) = year.map(|year| year.to_string()) else { return true };
    let numbers: Vec<&str> = url.split(|c: char| !c.is_ascii_digit()).collect();
    let mut years = numbers.iter().filter(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")));
    let has_year = years.clone().next().is_some();
    !has_year || years.any(|known| **known == year)
}

/// Returns the host of an address, without `www.`.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift::blocks;

    #[test]
    fn the_own_site_has_the_name() {
        for (body, expected) in [
            ("I was at [FooConf](https://fooconf.example/2024/).", Some("https://fooconf.example/2024/")),
            (
                "At [FooConf / BarConf Europe 2024](https://e.example/fooconf-eu/)",
                Some("https://e.example/fooconf-eu/"),
            ),
            ("At [FooConf](https://fooconf.example/2019/)", None),
            ("At [FooConf](https://twitter.com/fooconf)", None),
            ("At [FooConf page](https://fooconf.example/talk/1)", None),
            ("At [FooConf](https://company.example)", None),
            ("> [FooConf](https://fooconf.example)", None),
        ] {
            let found = official(&blocks::read(body, 1), "FooConf", Some(2024));
            assert_eq!(found.map(|(url, _)| url).as_deref(), expected, "{body}");
        }
    }
}
