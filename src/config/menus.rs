//! Turns `menus` of the configuration and of front matter into [`MenuEntry`] values.
//!
//! Knows nothing about pages: which page an entry shows is found by `site`.

use serde_json::{Map, Value};

use crate::data::{integer, scalar_text};

/// One entry of a menu, as the author wrote it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MenuEntry {
    /// The menu it belongs to, such as `main`.
    pub menu: String,
    /// Text of the link; empty where the page's link title is meant.
    pub name: String,
    /// Address as written; empty where a page is meant.
    pub url: String,
    /// Path of the page that is meant, such as `/blog`; empty where there is none.
    pub page_ref: String,
    /// Name by which other entries call it their parent.
    pub identifier: String,
    /// Identifier of the entry that this one stands under; empty at the top.
    pub parent: String,
    /// Place in the menu: ascending, with 0 last.
    pub weight: i64,
    /// Text that shows when the link is pointed at; empty where the page's title is meant.
    pub title: String,
    /// HTML before the text, as the author wrote it.
    pub pre: String,
    /// HTML after the text, as the author wrote it.
    pub post: String,
    /// The author's own values.
    pub params: Map<String, Value>,
}

/// Reads `menus: {main: [{name, url, weight}]}`.
pub(super) fn read_menus(menus: &Map<String, Value>) -> Vec<MenuEntry> {
    let entries = menus.iter().flat_map(|(menu, list)| {
        let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(Value::as_object).map(move |entry| read_entry(menu, entry))
    });
    entries.collect()
}

/// Reads the front matter forms: `main`, `[main, footer]` and `{main: {weight: 5}}`.
pub fn read_page_menus(value: &Value) -> Vec<MenuEntry> {
    let named = |menu: String| MenuEntry { menu: menu.to_lowercase(), ..MenuEntry::default() };
    match value {
        Value::Object(menus) => menus
            .iter()
            .map(|(menu, entry)| match entry.as_object() {
                Some(entry) => read_entry(menu, entry),
                None => named(menu.clone()),
            })
            .collect(),
        other => crate::data::text_list(other).into_iter().map(named).collect(),
    }
}

fn read_entry(menu: &str, entry: &Map<String, Value>) -> MenuEntry {
    let text = |key: &str| entry.get(key).and_then(scalar_text).unwrap_or_default();
    MenuEntry {
        menu: menu.to_lowercase(),
        name: text("name"),
        url: text("url"),
        page_ref: text("pageref"),
        identifier: text("identifier"),
        parent: text("parent"),
        weight: entry.get("weight").and_then(integer).unwrap_or(0),
        title: text("title"),
        pre: text("pre"),
        post: text("post"),
        params: entry.get("params").and_then(Value::as_object).cloned().unwrap_or_default(),
    }
}
