//! Says what front matter may be as JSON Schema (draft 2020-12), for editors and for checks in a pipeline.
//!
//! Keys of the author's own are fine anywhere, as in a build.

use serde_json::{Map, Value, json};

use crate::config::add_lower_case;
use crate::event::front_matter_keys;

/// What a key takes.
#[derive(Clone, Copy)]
enum Takes {
    Text,
    Flag,
    Number,
    Date,
    Texts,
    Map,
    Maps,
    MapOrList,
    Menus,
    Any,
}

use Takes::{Any, Date, Flag, MapOrList, Maps, Menus, Number, Text, Texts};

/// The keys that have a meaning, as the manual spells them.
const KEYS: &[(&str, Takes, &str)] = &[
    ("title", Text, "Title; without it the first heading is one"),
    ("linkTitle", Text, "Shorter title for lists and menus"),
    ("description", Text, "One or two sentences for lists and search engines"),
    ("summary", Text, "Summary, in place of the first paragraphs"),
    ("slug", Text, "Last part of the address"),
    ("url", Text, "The whole address"),
    ("aliases", Texts, "Old addresses, which then redirect here"),
    ("date", Date, "Date of the page"),
    ("publishDate", Date, "Instant from which it is published"),
    ("lastmod", Date, "Day of its last change"),
    ("expiryDate", Date, "Instant from which it is not published any more"),
    ("draft", Flag, "Not published until drafts are built"),
    ("weight", Number, "Place among its neighbours; 1 comes before 2"),
    ("type", Text, "Chooses the template, before the section"),
    ("layout", Text, "Chooses the template, before the type"),
    ("tags", Texts, "Terms"),
    ("categories", Texts, "Terms"),
    ("resources", Maps, "Names, titles and captions for the folder's files"),
    ("menus", Menus, "Menus that the page is in"),
    ("menu", Menus, "Older name of menus"),
    ("build", Takes::Map, "Whether it is rendered, listed, and its files published"),
    ("headless", Flag, "Only for others to use"),
    ("sitemap", Takes::Map, "What the sitemap says of it: changefreq, priority, disable"),
    ("outputs", Texts, "Files that are made of it: html, rss, atom, jsonfeed"),
    (
        "photos",
        Any,
        "Photos of the folder that follow the text, where it does not show them: true for all, patterns, or maps with src, alt, caption, credit, license",
    ),
    ("isCJKLanguage", Flag, "Whether letters are counted for words"),
    ("cascade", MapOrList, "Front matter for all pages below"),
    ("params", Takes::Map, "Values of your own"),
    ("author", Any, "Who wrote it: a name, or a map with name and url"),
    ("authors", Any, "Who wrote it, where there are several"),
    ("images", Texts, "Pictures for sharing, of which the first is taken"),
    ("canonical", Text, "Address at which it appeared first"),
    ("syndication", Any, "Addresses at which it is published too"),
    ("exclude_search", Flag, "Whether the search passes it over"),
    ("event", Any, "What the report is about: a name, or a map with name, start, end, city and more"),
    ("talks", Any, "Talks: a list of maps with title, speakers, day, time and more"),
    ("people", Any, "Who was met: names, or maps with name and url"),
    ("socialCards", Flag, "Whether it has a social card"),
];

/// Returns the schema of front matter.
pub fn front_matter_schema() -> Value {
    let mut properties: Map<String, Value> = KEYS
        .iter()
        .map(|(name, takes, about)| {
            let mut schema = of(*takes);
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), json!(about));
            }
            ((*name).to_owned(), schema)
        })
        .collect();
    for (key, takes) in front_matter_keys() {
        if let (Some(schema), Some(takes)) =
            (properties.get_mut(key).and_then(Value::as_object_mut), takes.as_object())
        {
            schema.extend(takes.clone());
        }
    }
    add_lower_case(&mut properties, "#");
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a Hallway page",
        "type": ["object", "null"],
        "properties": properties,
    })
}

fn of(takes: Takes) -> Value {
    let scalar = || json!(["string", "number", "boolean", "null"]);
    match takes {
        Text => json!({ "type": scalar() }),
        Flag => json!({ "type": ["boolean", "null"] }),
        Number => json!({ "type": ["integer", "null"] }),
        Date => json!({ "type": ["string", "integer", "null"] }),
        Texts => {
            json!({ "anyOf": [{ "type": scalar() }, { "type": "array", "items": { "type": scalar() } }] })
        }
        Takes::Map => json!({ "type": ["object", "null"] }),
        Maps => json!({ "type": ["array", "null"], "items": { "type": "object" } }),
        MapOrList => json!({ "type": ["object", "array", "null"] }),
        Menus => json!({ "type": ["string", "array", "object", "null"] }),
        Any => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys are read by name in two files; a new one there has to be told here.
    #[test]
    fn every_key_that_is_read_is_in_the_schema() {
        let schema = front_matter_schema();
        let known: Vec<String> =
            schema["properties"].as_object().unwrap().keys().map(|name| name.to_lowercase()).collect();
        let source = include_str!("front_matter.rs").split("fn read_terms").next().unwrap();
        let mut found = 0;
        for start in ["text(\"", "map.get(\"", "    (\""] {
            for (at, _) in source.match_indices(start) {
                let key = source[at + start.len()..].split('"').next().unwrap();
                found += 1;
                assert!(known.contains(&key.to_lowercase()), "`{key}` is not in the schema");
            }
        }
        assert!(found > 25, "only {found} keys were found: the search is broken");
    }
}
