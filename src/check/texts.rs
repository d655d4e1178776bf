//! Checks what stands above the texts: titles, translations, and keys that are spelled nearly as known ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, Location};
use crate::page::Content;
use crate::site::{Kind, Page, Site};
use crate::source::TemplateFile;

/// Keys of front matter that mean something, in Hugo's spelling.
const KEYS: &[&str] = &[
    "aliases",
    "author",
    "authors",
    "build",
    "cascade",
    "date",
    "description",
    "draft",
    "event",
    "expiryDate",
    "featured",
    "headless",
    "images",
    "isCJKLanguage",
    "keywords",
    "lastmod",
    "layout",
    "linkTitle",
    "markup",
    "menus",
    "menu",
    "modified",
    "outputs",
    "params",
    "photos",
    "place",
    "pubDate",
    "published",
    "publishDate",
    "resources",
    "series",
    "sitemap",
    "slug",
    "socialCards",
    "summary",
    "talks",
    "title",
    "toc",
    "translationKey",
    "type",
    "unpublishDate",
    "url",
    "videos",
    "weight",
    "audio",
];

/// Returns what is wrong with the front matter of a site's texts.
pub(super) fn check(site: &Site, templates: &[TemplateFile]) -> Vec<Diagnostic> {
    let mut found = keys(site, templates);
    let pages: Vec<&Page> = site.pages.iter().map(AsRef::as_ref).filter(|page| is_authored(page)).collect();
    found.extend(pages.iter().filter_map(|page| untitled(page)));
    found.extend(same_titles(&pages));
    found.extend(pages.iter().filter_map(|page| orphan(site, page)));
    found
}

fn is_authored(page: &Page) -> bool {
    page.kind == Kind::Page && page.is_rendered() && page.source_path().is_some()
}

fn untitled(page: &Page) -> Option<Diagnostic> {
    let content = page.content.as_ref()?;
    if !page.title.trim().is_empty() || has_heading(content) {
        return None;
    }
    let place = Location::file(content.source.as_str());
    Some(
        Diagnostic::warning("title-missing", "the page has no title")
            .at(place)
            .hint("add `title` to its front matter"),
    )
}

/// A text that opens with a heading says by it what it is about.
fn has_heading(content: &Content) -> bool {
    let first = content.body().lines().map(str::trim).find(|line| !line.is_empty());
    first.is_some_and(|line| line.starts_with("# ") || line.to_ascii_lowercase().starts_with("<h1"))
}

/// Pages of one title in one section cannot be told apart in lists and results of a search.
fn same_titles(pages: &[&Page]) -> Vec<Diagnostic> {
    let mut by_title: BTreeMap<(usize, &str, &str), Vec<&Page>> = BTreeMap::new();
    for page in pages.iter().filter(|page| !page.title.is_empty()) {
        by_title.entry((page.language, page.section.as_str(), page.title.as_str())).or_default().push(page);
    }
    let mut found = Vec::new();
    for ((_, _, title), mut pages) in by_title {
        pages.sort_by_key(|page| page.source());
        let mut rest = pages.into_iter();
        let Some(first) = rest.next() else { continue };
        for page in rest {
            let Some(content) = &page.content else { continue };
            let message = format!("`{}` has the title `{title}` too", first.source());
            found.push(Diagnostic::note("title-duplicate", message).at(content.key_place("title")));
        }
    }
    found
}

/// A page outside of the default language that is a translation of nothing.
fn orphan(site: &Site, page: &Page) -> Option<Diagnostic> {
    let has_original = || page.translations.iter().any(|id| site.page(*id).language == site.default_language);
    if page.language == site.default_language || has_original() {
        return None;
    }
    let name = |language: usize| site.languages.get(language).map(|of| of.config.language.key.clone());
    let message = format!(
        "the page is there in `{}`, and not in `{}`",
        name(page.language)?,
        name(site.default_language)?
    );
    Some(Diagnostic::note("translation-orphan", message).at(Location::file(page.source_path()?.as_str())))
}

/// Returns keys that nobody reads, and that are spelled nearly as one that means something.
fn keys(site: &Site, templates: &[TemplateFile]) -> Vec<Diagnostic> {
    let config = &site.config;
    let mut known: BTreeSet<&str> = KEYS.iter().copied().collect();
    known.extend(config.taxonomies.iter().map(|taxonomy| taxonomy.plural.as_str()));
    let dates = &config.date_keys;
    let dates = [&dates.date, &dates.last_modified, &dates.publish, &dates.expiry].into_iter().flatten();
    known.extend(dates.map(String::as_str).filter(|key| !key.starts_with(':')));
    let lower: BTreeSet<String> = known.iter().map(|key| key.to_lowercase()).collect();
    let is_read = |key: &str| templates.iter().any(|file| file.text.to_lowercase().contains(key));
    let mut meant: BTreeMap<String, Option<&str>> = BTreeMap::new();
    let mut found = Vec::new();
    for content in &site.texts {
        for key in content.written().keys().filter(|key| !lower.contains(*key)) {
            let near = || misspelled(key, &known, config).filter(|_| !is_read(key));
            if let Some(near) = *meant.entry(key.clone()).or_insert_with(near) {
                let message = format!("nothing reads the key `{key}`");
                found.push(
                    Diagnostic::warning("front-matter-unknown", message)
                        .at(content.key_place(key))
                        .hint(format!("did you mean `{near}`?")),
                );
            }
        }
    }
    found
}

/// Returns the known key that a key is a slip of: a letter or two, a singular, other marks between the words.
fn misspelled<'a>(
    key: &str,
    known: &BTreeSet<&'a str>,
    config: &'a crate::config::Config,
) -> Option<&'a str> {
    let singular =
        config.taxonomies.iter().find(|taxonomy| taxonomy.singular == key && taxonomy.plural != key);
    if let Some(taxonomy) = singular {
        return Some(&taxonomy.plural);
    }
    let plain = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let same = known.iter().find(|name| plain(name) == plain(key));
    let slip = || {
        let slips_max = match key.len() {
            ..=7 => 1,
            _ => 2,
        };
        // Short words are near to many, and a plural may mean something else.
        let is_slip = |name: &&&str| {
            let name = name.to_lowercase();
            key.len() >= 5
                && key.chars().next() == name.chars().next()
                && name != format!("{key}s")
                && key != format!("{name}s")
                && strsim::osa_distance(key, &name) <= slips_max
        };
        known.iter().find(is_slip)
    };
    same.or_else(slip).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_a_word_of_ones_own() {
        let config = crate::config::load(&[], true).unwrap().0;
        let known: BTreeSet<&str> = KEYS.iter().copied().chain(["tags", "categories"]).collect();
        for (key, meant) in [
            ("titel", Some("title")),
            ("desciption", Some("description")),
            ("weigth", Some("weight")),
            ("publish_date", Some("publishDate")),
            ("tag", Some("tags")),
            ("category", Some("categories")),
            ("aliase", None),
            ("drafts", None),
            ("linktitel", Some("linkTitle")),
            ("location", None),
            ("data", None),
            ("icon", None),
            ("image", None),
            ("cover", None),
            ("place_id", None),
        ] {
            assert_eq!(misspelled(key, &known, config.general()), meant, "{key}");
        }
    }
}
