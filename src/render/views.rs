//! Shows sites, pages and articles to templates, as values with documented keys.
//!
//! The keys are listed for authors in the manual; every key is always there, `none` where there is nothing to show.

use std::sync::Arc;

use tera::value::Key;
use tera::{Map, Value};

use super::article::Article;
use super::conference::Told;
use super::context::Shared;
use super::elsewhere;
use super::emit::{feeds, print};
use super::identity;
use super::recipes::is_made;
use super::values::{data_map, html, list, map, number, optional_text, text};
use crate::config::Language;
use crate::date::rfc3339;
use crate::markdown;
use crate::site::{LanguageSite, MenuItem, Page, PageId, Resource, ResourceFile, Site};

/// Shows the site in each of its languages.
pub(super) fn sites(shared: &Shared) -> Vec<Value> {
    let whole = shared.site.as_ref();
    let languages = list(whole.languages.iter().map(|language| language_view(whole, language)));
    let view = |(index, language): (usize, &Arc<LanguageSite>)| {
        let mut view = site(whole, language, &languages);
        view.extend(identity::view(shared, index));
        Value::from(view)
    };
    whole.languages.iter().enumerate().map(view).collect()
}

/// Shows a language, for a menu of languages.
fn language_view(site: &Site, language: &LanguageSite) -> Value {
    let Language { key, tag, name, .. } = &language.config.language;
    map([
        ("key", text(key)),
        ("tag", text(tag)),
        ("name", text(name)),
        ("title", text(&language.config.title)),
        ("rel_permalink", text(site.config.base_url.relative(&site.page(language.home).route))),
    ])
}

fn site(site: &Site, language: &LanguageSite, languages: &Value) -> Map {
    let config = &language.config;
    let counted = |id: &PageId| {
        let page = site.page(*id);
        map([
            ("title", text(&page.link_title)),
            ("rel_permalink", text(config.base_url.relative(&page.route))),
            ("count", number(page.pages.len())),
        ])
    };
    // Nobody is led to a page that is not made.
    let is_there = |id: PageId| is_made(site, site.page(id));
    let sections = language.sections.iter().filter(|id| is_there(**id));
    let taxonomies = language.taxonomies.iter();
    let taxonomies =
        taxonomies.filter(|taxonomy| !taxonomy.terms.is_empty() && is_there(taxonomy.page)).map(|taxonomy| {
            map([
                ("name", text(&taxonomy.taxonomy.plural)),
                ("title", text(&site.page(taxonomy.page).link_title)),
                ("rel_permalink", text(config.base_url.relative(&site.page(taxonomy.page).route))),
                ("count", number(taxonomy.terms.len())),
            ])
        });
    let menus = language.menus.iter().map(|(name, items)| (Key::from(name.clone()), menu(items)));
    let entries = [
        ("title", text(&config.title)),
        ("description", optional_text(config.params.get("description").and_then(|value| value.as_str()))),
        ("base_url", text(config.base_url.to_string())),
        ("base_path", text(config.base_url.path())),
        ("home_url", text(config.base_url.relative(&site.page(language.home).route))),
        ("feed_url", optional_text(feed_of_home(site, language))),
        ("feeds", feeds::view(site, site.page(language.home))),
        ("language", text(&config.language.tag)),
        ("language_key", text(&config.language.key)),
        ("languages", languages.clone()),
        ("copyright", text(&config.copyright)),
        (
            "author",
            config.params.get("author").map_or_else(Value::none, |written| author(&read_author(written))),
        ),
        ("params", data_map(&config.params)),
        ("menus", Value::from(menus.collect::<Map>())),
        ("sections", list(sections.map(counted))),
        ("taxonomies", list(taxonomies)),
    ];
    entries.into_iter().map(|(key, value)| (Key::Str(key), value)).collect()
}

/// Returns the address of the site's own feed, for pages that have none; `None` where the site makes no feed.
fn feed_of_home(site: &Site, language: &LanguageSite) -> Option<String> {
    let config = &language.config;
    let home = site.page(language.home);
    let is_made = config.feeds.home && config.makes("rss") && config.makes("home") && home.is_rendered();
    is_made.then(|| config.base_url.relative(&home.route.own(&config.model.feed_file)))
}

fn menu(items: &[MenuItem]) -> Value {
    list(items.iter().map(|item| {
        map([
            ("name", text(&item.name)),
            ("url", text(&item.url)),
            ("identifier", text(&item.identifier)),
            ("page_id", item.page.map_or_else(Value::none, |id| number(id.index()))),
            ("weight", Value::from(item.weight)),
            ("title", text(&item.title)),
            ("pre", text(&item.pre)),
            ("post", text(&item.post)),
            ("params", data_map(&item.params)),
            ("children", menu(&item.children)),
        ])
    }))
}

/// Shows what is known about a page before its text is read: what shortcodes see.
pub(super) fn facts(site: &Site, page: &Page) -> Map {
    let base = &site.config.base_url;
    let front = page.content.as_ref().map(|content| &content.front);
    let date = |date: Option<&jiff::Zoned>| optional_text(date.map(rfc3339));
    let section = section_of(site, page);
    let entries = [
        ("kind", text(page.kind.name())),
        ("title", text(&page.title)),
        ("link_title", text(&page.link_title)),
        ("permalink", text(base.absolute(&page.route))),
        ("rel_permalink", text(base.relative(&page.route))),
        ("path", text(&page.path)),
        ("section", text(&page.section)),
        ("section_title", optional_text(section.map(|section| &section.link_title))),
        ("section_url", optional_text(section.map(|section| base.relative(&section.route)))),
        ("type", text(page_type(page))),
        ("description", text(front.map_or("", |front| front.description.as_str()))),
        ("date", date(page.date.as_ref())),
        ("lastmod", date(page.last_modified.as_ref())),
        ("commit", commit(page)),
        ("publish_date", date(front.and_then(|front| front.dates.publish.as_ref()))),
        ("expiry_date", date(front.and_then(|front| front.dates.expiry.as_ref()))),
        ("year", text(page.date.as_ref().map(|date| date.year().to_string()).unwrap_or_default())),
        ("draft", Value::from(page.status.draft)),
        ("future", Value::from(page.status.future)),
        ("expired", Value::from(page.status.expired)),
        ("authors", authors(page)),
        ("terms", terms(site, page)),
        ("params", page.params().map_or_else(|| map([]), data_map)),
        ("canonical", optional_text(canonical(page))),
        ("language", text(&site.config_of(page).language.tag)),
        ("translations", list(page.translations.iter().map(|id| translation(site, site.page(*id))))),
    ];
    entries.into_iter().map(|(key, value)| (Key::Str(key), value)).collect()
}

/// Returns where a page was published first, as its front matter says.
pub(super) fn canonical(page: &Page) -> Option<String> {
    let params = page.params()?;
    let written = ["canonical", "canonical_url", "canonicalurl"].iter().find_map(|key| params.get(*key))?;
    let address = written.as_str()?.trim();
    (address.starts_with("https://") || address.starts_with("http://")).then(|| address.to_owned())
}

/// Shows a page as its translations point at it.
fn translation(site: &Site, page: &Page) -> Value {
    let base = &site.config.base_url;
    let Language { tag, name, .. } = &site.config_of(page).language;
    map([
        ("language", text(tag)),
        ("language_name", text(name)),
        ("title", text(&page.link_title)),
        ("permalink", text(base.absolute(&page.route))),
        ("rel_permalink", text(base.relative(&page.route))),
    ])
}

/// Shows a page as lists do: facts and what its text says about itself.
pub(super) fn summary(site: &Site, page: &Page, article: &Article) -> Map {
    let mut view = facts(site, page);
    view.extend(
        [
            ("summary", html(&article.summary)),
            ("truncated", Value::from(article.truncated)),
            ("excerpt", text(&article.excerpt)),
            ("word_count", number(article.words)),
            ("fuzzy_word_count", number(crate::markdown::fuzzy_word_count(article.words))),
            ("reading_time", number(article.reading_time_minutes)),
            ("featured", article.featured.clone()),
        ]
        .map(|(key, value)| (Key::Str(key), value)),
    );
    view
}

/// Adds to a page's summary what only the page itself shows.
pub(super) fn full(
    site: &Site,
    (id, page): (PageId, &Page),
    article: &Article,
    mut view: Map,
    feed_url: Option<String>,
) -> Value {
    let heading = article
        .heading
        .as_ref()
        .map_or_else(Value::none, |heading| map([("id", text(&heading.id)), ("html", html(&heading.html))]));
    let body = article.body.as_deref().unwrap_or(&article.content);
    let conference = Told::new(site, page.language);
    view.extend(
        [
            ("content", html(&article.content)),
            ("body", html(body)),
            ("heading", heading),
            ("toc", html(&article.toc)),
            ("uses_mermaid", Value::from(article.uses_mermaid)),
            ("prev", neighbour(site, page.older)),
            ("next", neighbour(site, page.newer)),
            ("site_prev", neighbour(site, page.older_of_all)),
            ("site_next", neighbour(site, page.newer_of_all)),
            ("feed_url", optional_text(feed_url)),
            ("feeds", feeds::view(site, page)),
            ("print_url", optional_text(print::address(site, page))),
            ("events", list(site.conference.events_of(id).iter().map(|event| conference.event(*event)))),
            ("has_talks", Value::from(!site.conference.talks_of(id).is_empty())),
            ("syndication", elsewhere::syndication(page.params(), &article.syndicated)),
            ("resources", list(page.resources.iter().filter_map(|resource| resource_view(site, resource)))),
        ]
        .map(|(key, value)| (Key::Str(key), value)),
    );
    Value::from(view)
}

/// Shows one entry of a list of terms.
pub(super) fn term(site: &Site, id: PageId) -> Value {
    let page = site.page(id);
    map([
        ("title", text(&page.link_title)),
        ("rel_permalink", text(site.config.base_url.relative(&page.route))),
        ("count", number(page.pages.len())),
    ])
}

/// Shows a file of a page's bundle; texts in a bundle have no address.
fn resource_view(site: &Site, resource: &Resource) -> Option<Value> {
    let ResourceFile::Asset { route, .. } = &resource.file else {
        return None;
    };
    Some(map([
        ("name", text(&resource.name)),
        ("title", text(resource.title.as_ref().unwrap_or(&resource.path))),
        ("rel_permalink", text(site.config.base_url.relative(route))),
        ("media_type", text(crate::media::media_type(route.as_str()))),
        ("params", data_map(&resource.params)),
    ]))
}

/// Shows the last commit of a page's document, where the author wants the history to be asked.
fn commit(page: &Page) -> Value {
    let Some(commit) = page.content.as_ref().and_then(|content| content.commit()) else {
        return Value::none();
    };
    map([
        ("hash", text(&commit.hash)),
        ("subject", text(&commit.subject)),
        ("author", text(&commit.author)),
        ("email", text(&commit.email)),
        ("date", text(rfc3339(&commit.date))),
    ])
}

fn neighbour(site: &Site, id: Option<PageId>) -> Value {
    let Some(page) = id.map(|id| site.page(id)) else {
        return Value::none();
    };
    map([
        ("title", text(&page.link_title)),
        ("rel_permalink", text(site.config.base_url.relative(&page.route))),
        ("date", optional_text(page.date.as_ref().map(rfc3339))),
    ])
}

fn section_of<'a>(site: &'a Site, page: &Page) -> Option<&'a Page> {
    page.parent.map(|id| site.page(id)).filter(|parent| parent.kind == crate::site::Kind::Section)
}

/// Returns the title of the section that a page lies in, if it is none itself.
pub(super) fn section_title<'a>(site: &'a Site, page: &Page) -> Option<&'a str> {
    section_of(site, page).map(|section| section.link_title.as_str())
}

/// Returns the type of a page: the author's, else the section, else `page` (Hugo's rule).
pub(super) fn page_type(page: &Page) -> &str {
    let written = page.content.as_ref().and_then(|content| content.front.page_type.as_deref());
    written.unwrap_or(if page.section.is_empty() { "page" } else { &page.section })
}

fn terms(site: &Site, page: &Page) -> Value {
    list(site.language_of(page).taxonomies.iter().filter_map(|taxonomy| {
        let terms = page.terms.get(&taxonomy.taxonomy.plural)?;
        Some(map([
            ("name", text(&taxonomy.taxonomy.plural)),
            ("title", text(&site.page(taxonomy.page).link_title)),
            (
                "terms",
                list(terms.iter().filter(|id| is_made(site, site.page(**id))).map(|id| term(site, *id))),
            ),
        ]))
    }))
}

/// Somebody who writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Author {
    /// Without markup; empty where none is written.
    pub(super) name: String,
    pub(super) url: Option<String>,
    email: Option<String>,
    /// What people should know, as Markdown.
    bio: Option<String>,
    /// A picture: a path in `static`, or an address.
    picture: Option<String>,
}

/// Returns who wrote a page: `author` or `authors`, a text, a list of texts, a map with a name, or a list of those.
pub(super) fn page_authors(page: &Page) -> Vec<Author> {
    let written = page.params().and_then(|params| params.get("authors").or_else(|| params.get("author")));
    match written {
        Some(serde_json::Value::Array(items)) => items.iter().map(read_author).collect(),
        Some(serde_json::Value::Null) | None => Vec::new(),
        Some(single) => vec![read_author(single)],
    }
}

fn authors(page: &Page) -> Value {
    list(page_authors(page).iter().map(author))
}

/// Reads a name, or a map with one.
pub(super) fn read_author(value: &serde_json::Value) -> Author {
    match value {
        serde_json::Value::Object(entry) => {
            let field = |names: &[&str]| {
                let written = names.iter().find_map(|name| entry.get(*name))?;
                crate::data::scalar_text(written).filter(|text| !text.is_empty())
            };
            Author {
                name: field(&["name"]).unwrap_or_default(),
                url: field(&["url", "link", "homepage"]),
                email: field(&["email"]),
                bio: field(&["bio"]),
                picture: field(&["picture", "image", "avatar"]),
            }
        }
        other => {
            let name = crate::data::scalar_text(other).unwrap_or_default();
            let rendered = markdown::render_inline(&name, &markdown::MarkdownOptions::default());
            let name = crate::text::decode_entities(&markdown::plain(&rendered)).into_owned();
            Author { name, ..Author::default() }
        }
    }
}

fn author(author: &Author) -> Value {
    let Author { name, url, email, bio, picture } = author;
    map([
        ("name", text(name)),
        ("url", optional_text(url.as_ref())),
        ("email", optional_text(email.as_ref())),
        ("bio", optional_text(bio.as_ref())),
        ("picture", optional_text(picture.as_ref())),
    ])
}
