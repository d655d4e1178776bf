//! `json_ld`: what a page is, for search engines, in the vocabulary of schema.org.
//!
//! Fields are those that Google's documentation of articles and breadcrumbs asks for (`BlogPosting`, `BreadcrumbList`);
//! none is made up where the author says nothing.

use serde_json::{Map, Value as Data, json};
use tera::{Kwargs, State, TeraResult, Value};

use super::calling_page_id;
use super::sharing::shared_picture;
use crate::date::rfc3339;
use crate::render::conference::Told;
use crate::render::context::Shared;
use crate::render::elsewhere;
use crate::render::recipes::is_made;
use crate::render::values::html;
use crate::render::views::{self, Author};
use crate::render::words::said_in;
use crate::site::{Kind, Page, PageId, Site};

/// `json_ld()`: the text of a `<script type="application/ld+json">` about the page; nothing for pages that are no post.
///
/// Addresses are absolute, so there is none where the site does not say where it lives.
pub(super) fn json_ld(shared: &Shared, _: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let site = shared.site.as_ref();
    let id = calling_page_id(shared, state)?;
    let page = id.map(|id| site.page(id));
    // A page that is made of events brings what it is.
    if let Some(data) = state.get::<String>("linked")?.filter(|_| site.config.base_url.has_origin()) {
        let data = serde_json::from_str::<Data>(&data).unwrap_or_default();
        return Ok(written(&[data]));
    }
    let Some(page) = page.filter(|_| site.config.base_url.has_origin()) else {
        return Ok(html(""));
    };
    let mut graph = match page.kind {
        Kind::Home => vec![web_site(site, page)],
        Kind::Page if page.date.is_some() => vec![blog_posting(shared, page)],
        _ => Vec::new(),
    };
    graph.extend(breadcrumbs(site, page));
    if graph.is_empty() {
        return Ok(html(""));
    }
    if let Some(id) = id {
        add_events(site, id, page, &mut graph);
    }
    Ok(written(&graph))
}

/// Writes what a page is; the text stands in a script element, so nothing in it may look like the end of one.
fn written(graph: &[Data]) -> Value {
    let data = json!({ "@context": "https://schema.org", "@graph": graph });
    html(data.to_string().replace('<', "\\u003c"))
}

/// Adds the events of a page: to a post what it is about, to an event's own page the event.
fn add_events(site: &Site, id: PageId, page: &Page, graph: &mut Vec<Data>) {
    let told = Told::new(site, page.language);
    let events = site.conference.events_of(id);
    let is_own = |event: &&usize| site.conference.events[**event].pages.contains(&id);
    graph.extend(events.iter().filter(is_own).map(|event| told.linked_event(*event)));
    let about: Vec<Data> =
        events.iter().filter(|event| !is_own(event)).map(|event| told.linked_mention(*event)).collect();
    if let Some(post) = graph.iter_mut().find(|it| it["@type"] == "BlogPosting").filter(|_| !about.is_empty())
    {
        post["about"] = json!(about);
    }
}

fn web_site(site: &Site, page: &Page) -> Data {
    let config = site.config_of(page);
    let mut fields = Map::new();
    fields.insert("@type".to_owned(), json!("WebSite"));
    fields.insert("url".to_owned(), json!(config.base_url.absolute(&page.route)));
    fields.insert("name".to_owned(), json!(title(site, page)));
    fields.insert("inLanguage".to_owned(), json!(config.language.tag));
    if let Some(description) = config.params.get("description").and_then(Data::as_str) {
        fields.insert("description".to_owned(), json!(description));
    }
    if let Some(owner) =
        config.params.get("author").map(views::read_author).filter(|owner| !owner.name.is_empty())
    {
        let mut person = person(&owner, None);
        let profiles = elsewhere::profile_urls(&config.params);
        if !profiles.is_empty() {
            person["sameAs"] = json!(profiles);
        }
        fields.insert("author".to_owned(), person);
    }
    Data::Object(fields)
}

/// The name of the site, or of its home page.
fn title(site: &Site, page: &Page) -> String {
    let config = site.config_of(page);
    let written = [&config.title, &page.link_title].into_iter().find(|title| !title.is_empty());
    written.cloned().unwrap_or_else(|| said_in(config, "reports"))
}

/// Who has no address of their own is found where the site begins.
fn person(author: &Author, home: Option<&String>) -> Data {
    let mut person = json!({ "@type": "Person", "name": author.name });
    if let Some(url) = author.url.as_ref().or(home) {
        person["url"] = json!(url);
    }
    person
}

fn blog_posting(shared: &Shared, page: &Page) -> Data {
    let site = shared.site.as_ref();
    let config = site.config_of(page);
    let address = config.base_url.absolute(&page.route);
    let mut authors = views::page_authors(page);
    if authors.is_empty() {
        authors.extend(config.params.get("author").map(views::read_author));
    }
    let home = config.base_url.absolute(&site.page(site.language_of(page).home).route);
    let authors: Vec<Data> = authors
        .iter()
        .filter(|author| !author.name.is_empty())
        .map(|author| person(author, Some(&home)))
        .collect();
    let mut post = json!({
        "@type": "BlogPosting",
        "mainEntityOfPage": views::canonical(page).unwrap_or_else(|| address.clone()),
        "url": address,
        "headline": name_of(site, page),
        "inLanguage": config.language.tag,
    });
    if let Some(date) = &page.date {
        post["datePublished"] = json!(rfc3339(date));
    }
    if let Some(date) = page.last_modified.as_ref().or(page.date.as_ref()) {
        post["dateModified"] = json!(rfc3339(date));
    }
    if !authors.is_empty() {
        post["author"] = json!(authors);
    }
    let front = page.content.as_ref().map(|content| &content.front);
    if let Some(description) = front.map(|front| &front.description).filter(|text| !text.is_empty()) {
        post["description"] = json!(description);
    }
    if let Some(picture) = shared_picture(shared, page) {
        post["image"] = match picture.size {
            Some(size) => json!({
                "@type": "ImageObject", "url": picture.url, "width": size.width_px, "height": size.height_px,
            }),
            None => json!(picture.url),
        };
    }
    let terms = page.terms.values().flatten().filter(|id| is_made(site, site.page(**id)));
    let keywords: Vec<&str> = terms.map(|id| site.page(*id).link_title.as_str()).collect();
    if !keywords.is_empty() {
        post["keywords"] = json!(keywords);
    }
    post
}

fn name_of(site: &Site, page: &Page) -> String {
    let written = [&page.title, &page.link_title].into_iter().find(|title| !title.is_empty());
    written.cloned().unwrap_or_else(|| said_in(site.config_of(page), "untitled"))
}

/// The sections that a page lies in, from the home page down; nothing where there is none but the home page.
fn breadcrumbs(site: &Site, page: &Page) -> Option<Data> {
    let mut above = Vec::new();
    let mut parent = page.parent;
    while let Some(id) = parent {
        let section = site.page(id);
        if section.kind == Kind::Section && is_made(site, section) {
            above.push(section);
        }
        parent = section.parent;
    }
    if above.is_empty() {
        return None;
    }
    above.reverse();
    let crumbs = above.into_iter().chain([page]).enumerate().map(|(index, page)| {
        json!({
            "@type": "ListItem",
            "position": index + 1,
            "name": name_of(site, page),
            "item": site.config.base_url.absolute(&page.route),
        })
    });
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": crumbs.collect::<Vec<_>>() }))
}
