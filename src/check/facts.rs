//! Reads what a built page says: its ids, its title, and everything that it leads to or loads.
//!
//! Knows no site: addresses are what the page has, with their entities resolved.

use super::tags::{Tag, for_each_tag};
use crate::text::decode_entities;

/// What a page does with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Use {
    /// Leads readers there, or programs (`canonical`, `alternate`).
    Link,
    /// Leads to the same page in another language.
    Translation,
    /// Shows it as a picture.
    Picture,
    /// Names it as the picture for sharing; a browser does not load it.
    Shared,
    /// Plays it, or offers it in a frame or plug-in.
    Media,
    /// Loads a script.
    Script,
    /// Loads a style sheet.
    Style,
    /// Loads something else, such as an icon.
    File,
}

/// An address in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// What the page does with it.
    pub(super) role: Use,
    /// The address, without white space around it.
    pub(super) target: String,
}

/// An `<img>` of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Picture {
    /// The address of what is shown where nothing better is offered.
    pub(super) source: String,
    /// Its text; absent where nothing is said, which is not the same as empty.
    pub(super) alt: Option<String>,
    /// Whether it is told to be for the eye only.
    pub(super) is_decorative: bool,
    /// The size that the author gave in pixels.
    pub(super) width: Option<u32>,
    /// The height that the author gave in pixels.
    pub(super) height: Option<u32>,
    /// Addresses of other sizes, each with its width if that is given.
    pub(super) candidates: Vec<(String, Option<u32>)>,
}

/// What a page says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Facts {
    /// All ids, and the names of old anchors, in their order.
    pub(super) ids: Vec<String>,
    /// Ids that stand more than once, each told once.
    pub(super) repeated_ids: Vec<String>,
    /// All addresses; repetitions are told once.
    pub(super) references: Vec<Reference>,
    /// All pictures.
    pub(super) pictures: Vec<Picture>,
    /// The title; absent where there is no `<title>`, or it is empty.
    pub(super) title: Option<String>,
    /// What relative addresses count from, where the page says it.
    pub(super) base: Option<String>,
    /// Where the page sends its readers at once.
    pub(super) redirect: Option<String>,
}

impl Facts {
    /// Reads a page.
    pub(super) fn of(html: &str) -> Self {
        let mut facts = Self::default();
        for_each_tag(html, |tag| facts.add(&tag));
        let mut seen = std::collections::HashSet::new();
        facts.references.retain(|reference| seen.insert((reference.role, reference.target.clone())));
        facts.sort_ids();
        facts
    }

    fn sort_ids(&mut self) {
        self.ids.sort_unstable();
        let mut repeated: Vec<String> = self
            .ids
            .windows(2)
            .filter_map(|pair| match pair {
                [first, second] if first == second && !first.starts_with(NAME_MARK) => Some(first.clone()),
                _ => None,
            })
            .collect();
        repeated.dedup();
        self.repeated_ids = repeated;
        for id in &mut self.ids {
            if let Some(name) = id.strip_prefix(NAME_MARK) {
                *id = name.to_owned();
            }
        }
        self.ids.sort_unstable();
        self.ids.dedup();
    }

    /// Says whether a fragment leads anywhere in the page.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.binary_search_by(|known| known.as_str().cmp(id)).is_ok()
    }

    fn refer(&mut self, role: Use, target: &str) {
        self.references.push(Reference { role, target: target.trim().to_owned() });
    }

    fn refer_by(&mut self, role: Use, tag: &Tag<'_>, attribute: &str) {
        if let Some(target) = tag.value(attribute) {
            self.refer(role, &target);
        }
    }

    fn add(&mut self, tag: &Tag<'_>) {
        if let Some(id) = tag.value("id").filter(|id| !id.is_empty()) {
            self.ids.push(id.into_owned());
        }
        match tag.name.to_ascii_lowercase().as_str() {
            "a" | "area" => self.add_link(tag),
            "img" => self.add_picture(tag),
            "link" => self.add_head_link(tag),
            "source" => {
                self.refer_by(Use::Media, tag, "src");
                self.add_candidates(tag, "srcset");
            }
            "video" => {
                self.refer_by(Use::Media, tag, "src");
                self.refer_by(Use::Picture, tag, "poster");
            }
            "audio" | "track" | "embed" | "iframe" => self.refer_by(Use::Media, tag, "src"),
            "object" => self.refer_by(Use::Media, tag, "data"),
            "script" => self.refer_by(Use::Script, tag, "src"),
            "form" => self.refer_by(Use::Link, tag, "action"),
            "input" if tag.has_word("type", "image") => self.refer_by(Use::Picture, tag, "src"),
            "image" => {
                self.refer_by(Use::Picture, tag, "href");
                self.refer_by(Use::Picture, tag, "xlink:href");
            }
            "base" => {
                self.base = self.base.take().or_else(|| tag.value("href").map(|base| base.into_owned()))
            }
            "meta" => self.add_meta(tag),
            "title" if self.title.is_none() => {
                let text = decode_entities(tag.text).trim().to_owned();
                self.title = Some(text).filter(|text| !text.is_empty());
            }
            _ => {}
        }
    }

    fn add_link(&mut self, tag: &Tag<'_>) {
        if let Some(name) = tag.value("name").filter(|name| !name.is_empty()) {
            self.ids.push(format!("{NAME_MARK}{name}"));
        }
        let role = if tag.value("hreflang").is_some() { Use::Translation } else { Use::Link };
        self.refer_by(role, tag, "href");
        self.refer_by(role, tag, "xlink:href");
    }

    fn add_head_link(&mut self, tag: &Tag<'_>) {
        let has = |word: &str| tag.has_word("rel", word);
        let role = if has("stylesheet") {
            Use::Style
        } else if has("alternate") && tag.value("hreflang").is_some() {
            Use::Translation
        } else if ["alternate", "canonical", "next", "prev", "author", "license", "help"].into_iter().any(has)
        {
            Use::Link
        } else if ["icon", "apple-touch-icon", "manifest", "preload", "modulepreload"].into_iter().any(has) {
            Use::File
        } else {
            return;
        };
        self.refer_by(role, tag, "href");
    }

    fn add_picture(&mut self, tag: &Tag<'_>) {
        self.refer_by(Use::Picture, tag, "src");
        self.add_candidates(tag, "srcset");
        self.pictures.push(Picture::of(tag));
    }

    fn add_candidates(&mut self, tag: &Tag<'_>, attribute: &str) {
        let candidates = tag.value(attribute).map(|written| candidates(&written)).unwrap_or_default();
        for (target, _) in &candidates {
            self.refer(Use::Picture, target);
        }
    }

    fn add_meta(&mut self, tag: &Tag<'_>) {
        let name = tag.value("property").or_else(|| tag.value("name")).unwrap_or_default();
        if ["og:image", "og:image:url", "twitter:image"].iter().any(|known| name.eq_ignore_ascii_case(known))
        {
            self.refer_by(Use::Shared, tag, "content");
        }
        if tag.has_word("http-equiv", "refresh") {
            let content = tag.value("content").unwrap_or_default();
            let lower = content.to_ascii_lowercase();
            if let Some(target) = lower.find("url=").and_then(|at| content.get(at + 4..)) {
                let target = target.trim().trim_matches(['"', '\'']);
                self.redirect = Some(target.to_owned());
                self.refer(Use::Link, target);
            }
        }
    }
}

impl Picture {
    /// Reads an `<img>`.
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let side =
            |name: &str| tag.value(name).and_then(|value| value.trim().trim_end_matches("px").parse().ok());
        Self {
            source: tag.value("src").map(|source| source.trim().to_owned()).unwrap_or_default(),
            alt: tag.value("alt").map(|alt| alt.into_owned()),
            is_decorative: tag.has_word("role", "presentation")
                || tag.has_word("role", "none")
                || tag.has_word("aria-hidden", "true"),
            width: side("width"),
            height: side("height"),
            candidates: tag.value("srcset").map(|written| candidates(&written)).unwrap_or_default(),
        }
    }
}

/// What stands before the name of an old anchor until ids are sorted: `<a id="x" name="x">` is no repetition.
const NAME_MARK: char = '\u{1}';

/// Takes `a.jpg 400w, b.jpg 800w` apart; a comma within an address is a part of it.
fn candidates(written: &str) -> Vec<(String, Option<u32>)> {
    let mut found: Vec<(String, Option<u32>)> = Vec::new();
    let mut rest = written;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, behind) = rest.split_at(end);
        // An address that ends in a comma has no width.
        let bare = address.trim_end_matches(',');
        if bare.len() < address.len() {
            found.push((bare.to_owned(), None));
            rest = behind;
            continue;
        }
        let (descriptor, behind) = behind.split_once(',').unwrap_or((behind, ""));
        let width = descriptor.trim().strip_suffix('w').and_then(|width| width.parse().ok());
        found.push((address.to_owned(), width));
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_has_an_address_is_found() {
        let html = "<head><title> A &amp; B </title><link rel=stylesheet href=a.css><link rel=preconnect href=no>\
            <meta property=og:image content=s.png><meta http-equiv=refresh content='0; url=/r/'></head>\
            <a href=' b '></a><a href=c hreflang=fr></a><img src=d srcset='e 1w, f,g 2w'><video src=h poster=i>\
            <iframe src=j></iframe><script src=k></script><source srcset='l, m 2x'><a href=b></a>";
        let facts = Facts::of(html);
        let found: Vec<String> = facts
            .references
            .iter()
            .map(|reference| format!("{:?} {}", reference.role, reference.target))
            .collect();
        assert_eq!(
            found,
            [
                "Style a.css",
                "Shared s.png",
                "Link /r/",
                "Link b",
                "Translation c",
                "Picture d",
                "Picture e",
                "Picture f,g",
                "Media h",
                "Picture i",
                "Media j",
                "Script k",
                "Picture l",
                "Picture m"
            ]
        );
        assert_eq!(facts.title.as_deref(), Some("A & B"));
        assert_eq!(facts.redirect.as_deref(), Some("/r/"));
    }

    #[test]
    fn ids_are_told_once_and_repetitions_too() {
        let facts = Facts::of("<p id=a><p id=b><a name=c id=c></a><p id=a><p id=a><a name=b></a><p id=''>");
        assert_eq!(
            (facts.ids, facts.repeated_ids),
            (["a", "b", "c"].map(str::to_owned).to_vec(), vec!["a".to_owned()])
        );
    }

    #[test]
    fn a_picture_has_the_size_that_is_written() {
        let facts =
            Facts::of("<img src=a width=40 height=30px alt=''><img src=b width=50% role=presentation>");
        let sizes: Vec<_> =
            facts.pictures.iter().map(|p| (p.width, p.height, p.alt.is_some(), p.is_decorative)).collect();
        assert_eq!(sizes, [(Some(40), Some(30), true, false), (None, None, false, true)]);
    }
}
