//! Turns the menu entries of configuration and front matter into trees with addresses.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Kind, Page, PageId};
use crate::config::{Config, MenuEntry};
use crate::path::has_scheme;

/// One entry of a menu, ready to be shown.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// Text of the link.
    pub name: String,
    /// Name by which other entries call it their parent.
    pub identifier: String,
    /// Address to link to.
    pub url: String,
    /// The page it shows, if it shows one.
    pub page: Option<PageId>,
    /// Place in the menu.
    pub weight: i64,
    /// Text that shows when the link is pointed at: the author's, else the title of the page.
    pub title: String,
    /// HTML before the text, as the author wrote it.
    pub pre: String,
    /// HTML after the text, as the author wrote it.
    pub post: String,
    /// The author's own values.
    pub params: Map<String, Value>,
    /// Entries below it.
    pub children: Vec<MenuItem>,
    parent: String,
}

/// Makes all menus of a language: sorted by weight with 0 last, then by name (Hugo 0.168, recorded).
pub(super) fn build(config: &Config, language: usize, pages: &[Page]) -> BTreeMap<String, Vec<MenuItem>> {
    let mut menus: BTreeMap<String, Vec<MenuItem>> = BTreeMap::new();
    for entry in &config.menus {
        menus.entry(entry.menu.clone()).or_default().push(configured(entry, config, language, pages));
    }
    for (index, page) in pages.iter().enumerate().filter(|(_, page)| page.language == language) {
        for entry in page.content.iter().flat_map(|content| &content.front.menus) {
            menus.entry(entry.menu.clone()).or_default().push(of_page(
                entry,
                PageId::from_index(index),
                page,
                config,
            ));
        }
    }
    add_sections(&mut menus, config, language, pages);
    menus.into_iter().map(|(name, items)| (name, nest(items))).collect()
}

/// Adds an entry for every top-level section to `sectionPagesMenu`, unless one is called like its folder.
fn add_sections(
    menus: &mut BTreeMap<String, Vec<MenuItem>>,
    config: &Config,
    language: usize,
    pages: &[Page],
) {
    let menu = &config.model.section_pages_menu;
    if menu.is_empty() {
        return;
    }
    for (index, page) in pages.iter().enumerate().filter(|(_, page)| page.language == language) {
        let identifier = page.path.trim_start_matches('/');
        let items = menus.entry(menu.clone()).or_default();
        let is_top = page.kind == Kind::Section && !identifier.contains('/');
        if is_top && !items.iter().any(|item| item.key() == identifier) {
            let entry = MenuEntry { identifier: identifier.to_owned(), ..MenuEntry::default() };
            items.push(of_page(&entry, PageId::from_index(index), page, config));
        }
    }
}

fn configured(entry: &MenuEntry, config: &Config, language: usize, pages: &[Page]) -> MenuItem {
    let wanted = entry.page_ref.trim_matches('/').to_lowercase();
    let wanted = wanted.strip_suffix(".md").unwrap_or(&wanted);
    let is_meant = |page: &Page| page.language == language && page.path.trim_matches('/') == wanted;
    let page = pages.iter().position(|page| !entry.page_ref.is_empty() && is_meant(page));
    let found = page.and_then(|index| pages.get(index));
    let url = match found {
        Some(page) => config.base_url.relative(&page.route),
        None => site_url(&entry.url, config),
    };
    // An entry that gives an address of our own shows the page that is there.
    let by_url = || pages.iter().position(|page| config.base_url.relative(&page.route) == url);
    let title = found.map(|page| page.link_title.clone()).unwrap_or_default();
    let page_title = found.map(|page| page.title.clone()).unwrap_or_default();
    let page_weight = found.map_or(0, weight_of);
    MenuItem {
        name: if entry.name.is_empty() { title } else { entry.name.clone() },
        identifier: entry.identifier.clone(),
        page: page.or_else(by_url).map(PageId::from_index),
        url,
        weight: if entry.weight == 0 { page_weight } else { entry.weight },
        title: if entry.title.is_empty() { page_title } else { entry.title.clone() },
        pre: entry.pre.clone(),
        post: entry.post.clone(),
        params: entry.params.clone(),
        children: Vec::new(),
        parent: entry.parent.clone(),
    }
}

fn of_page(entry: &MenuEntry, id: PageId, page: &Page, config: &Config) -> MenuItem {
    MenuItem {
        name: if entry.name.is_empty() { page.link_title.clone() } else { entry.name.clone() },
        identifier: entry.identifier.clone(),
        url: config.base_url.relative(&page.route),
        page: Some(id),
        weight: if entry.weight == 0 { weight_of(page) } else { entry.weight },
        title: if entry.title.is_empty() { page.title.clone() } else { entry.title.clone() },
        pre: entry.pre.clone(),
        post: entry.post.clone(),
        params: entry.params.clone(),
        children: Vec::new(),
        parent: entry.parent.clone(),
    }
}

fn weight_of(page: &Page) -> i64 {
    page.content.as_ref().map_or(0, |content| content.front.weight)
}

/// Puts the base path before an address of the site; what has a scheme, or is only a fragment, is left.
fn site_url(url: &str, config: &Config) -> String {
    if url.is_empty() || url.starts_with("//") || url.starts_with('#') || has_scheme(url) {
        return url.to_owned();
    }
    let base = config.base_url.path();
    if base != "/" && url.starts_with(base) {
        url.to_owned()
    } else {
        format!("{base}{}", url.trim_start_matches('/'))
    }
}

/// Puts children under their parents; one level of a cycle, or a parent that is not there, stays at the top.
fn nest(mut items: Vec<MenuItem>) -> Vec<MenuItem> {
    items.sort_by(|a, b| {
        (a.weight == 0, a.weight, a.name.to_lowercase()).cmp(&(
            b.weight == 0,
            b.weight,
            b.name.to_lowercase(),
        ))
    });
    let known: Vec<String> = items.iter().map(|item| item.key().to_owned()).collect();
    let (children, mut top): (Vec<MenuItem>, Vec<MenuItem>) = items.into_iter().partition(|item| {
        !item.parent.is_empty() && item.parent != item.key() && known.contains(&item.parent)
    });
    for child in children {
        match find(&mut top, &child.parent) {
            Some(parent) => parent.children.push(child),
            None => top.push(child),
        }
    }
    top
}

fn find<'a>(items: &'a mut [MenuItem], key: &str) -> Option<&'a mut MenuItem> {
    for item in items {
        if item.key() == key {
            return Some(item);
        }
        if let Some(found) = find(&mut item.children, key) {
            return Some(found);
        }
    }
    None
}

impl MenuItem {
    fn key(&self) -> &str {
        if self.identifier.is_empty() { &self.name } else { &self.identifier }
    }
}
