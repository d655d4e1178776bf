//! JSON Feed 1.1 (jsonfeed.org/version/1.1), with the whole texts.

use serde_json::{Value, json};

use super::links::absolute_links;
use super::{authors_of, changed, newest, route, tags_of, title_of, titles};
use crate::config::FeedFormat;
use crate::date::rfc3339;
use crate::render::emit::Emitter;
use crate::render::views::Author;
use crate::site::{PageId, Site};

pub(super) fn feed(emitter: &Emitter, id: PageId) -> String {
    let site = emitter.site();
    let page = site.page(id);
    let config = site.config_of(page);
    let (title, description) = titles(config, page.kind, &page.title, &config.title);
    let items: Vec<Value> = newest(site, page).into_iter().map(|id| item(emitter, site, id)).collect();
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "description": description,
        "home_page_url": config.base_url.absolute(&page.route),
        "feed_url": config.base_url.absolute(&route(site, page, FeedFormat::Json)),
        "language": config.language.tag,
        "items": items,
    });
    let owners = authors_of(site, site.page(site.language_of(page).home));
    if !owners.is_empty() {
        feed["authors"] = people(&owners);
    }
    format!("{feed}\n")
}

fn item(emitter: &Emitter, site: &Site, id: PageId) -> Value {
    let page = site.page(id);
    let base = &site.config_of(page).base_url;
    let address = base.absolute(&page.route);
    let article = emitter.article(id);
    let mut item = json!({
        "id": address,
        "url": address,
        "title": title_of(site, page),
        "content_html": absolute_links(&article.content, base, &page.route),
    });
    let description = page.content.as_ref().map_or("", |content| content.front.description.as_str());
    if !description.is_empty() {
        item["summary"] = json!(description);
    }
    if let Some(date) = &page.date {
        item["date_published"] = json!(rfc3339(date));
    }
    if let Some(date) = changed(page) {
        item["date_modified"] = json!(rfc3339(date));
    }
    let authors = authors_of(site, page);
    if !authors.is_empty() {
        item["authors"] = people(&authors);
    }
    let tags = tags_of(site, page);
    if !tags.is_empty() {
        item["tags"] = json!(tags);
    }
    item
}

fn people(authors: &[Author]) -> Value {
    let person = |author: &Author| match &author.url {
        Some(url) => json!({ "name": author.name, "url": url }),
        None => json!({ "name": author.name }),
    };
    authors.iter().map(person).collect()
}
