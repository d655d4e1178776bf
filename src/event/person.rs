//! Reads people: a name, or a map of what is known of somebody.

use serde_json::{Map, Value};

use super::edition::slug;
use super::fields::{Fault, Fields, PathStep};
use crate::data::scalar_text;
use crate::diag::Diagnostic;

/// Somebody who speaks, organizes, or was met.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// What data files call them; empty until somebody needs one.
    pub id: String,
    /// Name.
    pub name: String,
    /// Other names that posts use.
    pub aliases: Vec<String>,
    /// Their own site.
    pub url: Option<String>,
    /// For whom they work.
    pub affiliation: Option<String>,
    /// Addresses of their profiles elsewhere.
    pub handles: Vec<String>,
    /// A file, or an address.
    pub picture: Option<String>,
    /// Whether it is the author of the site.
    pub is_me: bool,
}

impl Person {
    /// Makes somebody of whom the name alone is known.
    pub fn named(name: &str) -> Self {
        Self { id: slug(name), name: name.to_owned(), ..Self::default() }
    }
}

/// Reads somebody; `None` where nobody is named.
pub fn read_person(value: &Value, path: &[PathStep], faults: &mut Vec<Fault>) -> Option<Person> {
    match value {
        Value::Null => None,
        Value::Object(map) => read_map(map, path, faults),
        scalar => {
            let name = scalar_text(scalar).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
            if name.is_none() {
                let problem = Diagnostic::warning("event-value", "nobody is named here")
                    .hint("write a name, or `{name: …, url: …}`");
                faults.push(Fault::new(path, problem));
            }
            name.map(|name| Person::named(&name))
        }
    }
}

fn read_map(map: &Map<String, Value>, path: &[PathStep], faults: &mut Vec<Fault>) -> Option<Person> {
    let mut fields = Fields::new(map, path, faults);
    let name = fields.text("name").or_else(|| fields.text("title"));
    let person = Person {
        id: fields.text("id").unwrap_or_default(),
        name: name.unwrap_or_default(),
        aliases: fields.texts("aliases"),
        url: fields.url("url"),
        affiliation: fields
            .text("affiliation")
            .or_else(|| fields.text("org"))
            .or_else(|| fields.text("company")),
        handles: fields.texts("handles"),
        picture: fields.text("picture").or_else(|| fields.text("image")),
        is_me: fields.flag("me"),
    };
    if person.name.is_empty() {
        fields.refuse("name", "a person has no name", "give them one: `name: …`");
        fields.finish();
        return None;
    }
    fields.finish();
    let id = if person.id.is_empty() { slug(&person.name) } else { person.id.clone() };
    Some(Person { id, ..person })
}

/// Reads somebody, or a list of people.
pub(super) fn read_people(value: &Value, path: &[PathStep], faults: &mut Vec<Fault>) -> Vec<Person> {
    match value {
        Value::Array(list) => {
            let each = list.iter().enumerate();
            each.filter_map(|(index, value)| {
                read_person(value, &[path, &[PathStep::Entry(index)]].concat(), faults)
            })
            .collect()
        }
        single => read_person(single, path, faults).into_iter().collect(),
    }
}
