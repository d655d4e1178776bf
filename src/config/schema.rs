//! Says what a configuration may be as JSON Schema (draft 2020-12), for editors and for checks in a pipeline.
//!
//! Made of the tables that the configuration is read by. Stricter than a build in two respects: a switch is `true` or `false`,
//! not also `"true"`, and a key is spelled as Hugo's manual has it or in lower case, not in any other way.

use serde_json::{Map, Value, json};

use super::keys::{NEEDLESS, NESTED, NOT_YET};
use super::reference::{KEYS, Key, Shape};

/// Returns the schema of `hallway.yaml`, and of the files of Hugo's that are read in its place.
pub fn config_schema() -> Value {
    let mut properties: Map<String, Value> = Map::new();
    for key in KEYS {
        let parts: Vec<&str> = key.path.split('.').collect();
        add(&mut properties, &parts, "", key);
    }
    for name in NEEDLESS.iter().chain(NOT_YET) {
        let without = json!({ "description": "A key of Hugo's, which Hallway does without" });
        properties.entry((*name).to_owned()).or_insert(without);
    }
    let mut schema = json!({ "properties": properties });
    finish(&mut schema, "", "#");
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("title".to_owned(), json!("Configuration of a Hallway site"));
    }
    schema
}

/// Adds a key below the map that holds it.
fn add(properties: &mut Map<String, Value>, parts: &[&str], above: &str, key: &Key) {
    match parts {
        [] => {}
        [last] => {
            let known = properties.entry((*last).to_owned()).or_insert_with(|| json!({}));
            if let (Some(known), Value::Object(own)) = (known.as_object_mut(), of_key(key)) {
                known.extend(own);
            }
        }
        [first, rest @ ..] => {
            let path = if above.is_empty() { (*first).to_owned() } else { format!("{above}.{first}") };
            let map = properties.entry((*first).to_owned()).or_insert_with(|| json!({ "properties": {} }));
            if let Some(Value::Object(inner)) = map.get_mut("properties") {
                add(inner, rest, &path, key);
            }
        }
    }
}

/// Makes schemas of maps whole, from the inside out: their type, their keys in lower case, and whether there are others.
fn finish(map: &mut Value, path: &str, pointer: &str) {
    let Some(Value::Object(properties)) = map.get_mut("properties") else { return };
    for (name, inner) in properties.iter_mut() {
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        finish(inner, &below, &format!("{pointer}/properties/{name}"));
    }
    add_lower_case(properties, pointer);
    let is_closed = path.is_empty() || NESTED.iter().any(|(map, _)| map.eq_ignore_ascii_case(path));
    if let Some(map) = map.as_object_mut() {
        map.insert("type".to_owned(), json!(["object", "null"]));
        if is_closed {
            map.insert("additionalProperties".to_owned(), json!(false));
        }
    }
}

/// Adds every key in lower case, too, as it is often written.
pub fn add_lower_case(properties: &mut Map<String, Value>, pointer: &str) {
    let names: Vec<String> = properties.keys().cloned().collect();
    for name in names {
        let same = json!({ "$ref": format!("{pointer}/properties/{name}") });
        properties.entry(name.to_lowercase()).or_insert(same);
    }
}

/// Returns a pattern for a word in any case, as values are read.
fn any_case(name: &str) -> String {
    let letter = |c: char| {
        if c.is_ascii_alphabetic() {
            format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase())
        } else {
            c.to_string()
        }
    };
    format!("^{}$", name.chars().map(letter).collect::<String>())
}

fn of_key(key: &Key) -> Value {
    let text = || json!({ "type": ["string", "number", "boolean"] });
    let mut schema = match key.shape {
        Shape::Text => json!({ "type": ["string", "number", "null"] }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::From(least) => json!({ "type": "integer", "minimum": least }),
        Shape::Between(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Choice(words) => json!({
            "anyOf": [{ "enum": words }, { "type": "string", "pattern": one_of(words) }],
        }),
        Shape::Texts => {
            json!({ "anyOf": [text(), { "type": "array", "items": text() }, { "type": "null" }] })
        }
        Shape::List => json!({ "type": ["array", "null"] }),
        Shape::Map => json!({ "type": ["object", "null"] }),
        Shape::MapOrList => json!({ "type": ["object", "array", "null"] }),
        Shape::FlagOrMap => json!({ "type": ["boolean", "object", "null"] }),
        Shape::Amount => json!({ "type": ["number", "string"] }),
        Shape::Any => json!({}),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), json!(key.about));
        if let Some(default) =
            serde_json::from_str::<Value>(key.default).ok().filter(|_| !key.default.is_empty())
        {
            schema.insert("default".to_owned(), default);
        }
    }
    schema
}

fn one_of(words: &[&str]) -> String {
    let words: Vec<String> =
        words.iter().map(|word| any_case(word).trim_matches(['^', '$']).to_owned()).collect();
    format!("^({})$", words.join("|"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys::SERVED;

    #[test]
    fn the_schema_has_every_key_that_is_known_and_no_other() {
        let schema = config_schema();
        let names = |path: &str| -> Vec<String> {
            let mut at = &schema;
            for part in path.split('.').filter(|part| !part.is_empty()) {
                let map = at["properties"].as_object().unwrap();
                at = map.iter().find(|(name, _)| name.eq_ignore_ascii_case(part)).unwrap().1;
            }
            let mut names: Vec<String> =
                at["properties"].as_object().unwrap().keys().map(|name| name.to_lowercase()).collect();
            names.sort();
            names.dedup();
            names
        };
        let sorted = |lists: &[&[&str]]| {
            let mut all: Vec<String> =
                lists.iter().flat_map(|list| list.iter().map(|name| name.to_lowercase())).collect();
            all.sort();
            all.dedup();
            all
        };
        assert_eq!(names(""), sorted(&[SERVED, NEEDLESS, NOT_YET]));
        for (path, known) in NESTED {
            assert_eq!(names(path), sorted(&[known]), "{path}");
        }
    }

    #[test]
    fn words_match_in_any_case() {
        assert_eq!(any_case("aB0"), "^[aA][bB]0$");
        assert_eq!(one_of(&["a", "b"]), "^([aA]|[bB])$");
    }
}
