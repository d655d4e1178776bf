//! The references of the manual say what the program does: they are written from its own tables, and compared here.
//!
//! `HALLWAY_BLESS=1 cargo test --test reference` writes them anew.

#![expect(clippy::disallowed_methods, reason = "tests read and write what they compare")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hallway::pipeline::{Request, build_into_folder};
use hallway::render::{FIELDS, Scope, fields_reference};

/// Prints the names of all fields of `site`, `page`, and a page of a list.
const KEYS: &str = "{% for key, value in site %}Site {{ key }}\n{% endfor %}\
    {% for key, value in page %}Page {{ key }}\n{% endfor %}\
    {% for post in pages | default(value=[]) %}{% for key, value in post %}Listed {{ key }}\n{% endfor %}{% endfor %}\
    {% if pages is defined %}List pages\n{% endif %}{% if groups is defined %}List groups\n{% endif %}\
    {% if terms is defined %}List terms\n{% endif %}{% if paginator is defined %}List paginator\n{% endif %}";

fn printed(template: &str, output: &str) -> BTreeSet<String> {
    let place = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let file = place.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    put("hallway.yaml", "title: T\n");
    put("content/blog/a.md", "---\ntitle: A\ndate: 2025-01-01\n---\nText.\n");
    put(&format!("templates/{template}"), KEYS);
    let request = Request {
        cache: Some(place.path().join("cache")),
        program: "tests".to_owned(),
        ..Request::of(place.path().to_owned(), "2025-06-01T12:00:00Z".parse().unwrap())
    };
    build_into_folder(&request, &|_| ()).unwrap();
    let text = fs::read_to_string(place.path().join("public").join(output)).unwrap();
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn told(scopes: &[Scope], prefix: &str) -> BTreeSet<String> {
    let fields = FIELDS.iter().filter(|field| scopes.contains(&field.scope));
    fields.map(|field| format!("{prefix} {}", field.name)).collect()
}

#[test]
fn templates_see_what_the_reference_says() {
    let page = printed("page.html", "blog/a/index.html");
    let expected = &told(&[Scope::Site], "Site") | &told(&[Scope::Page, Scope::PageItself], "Page");
    assert_eq!(page, expected);
    let section = printed("section.html", "blog/index.html");
    let expected = &(&expected | &told(&[Scope::Page], "Listed")) | &told(&[Scope::List], "List");
    assert_eq!(section, expected);
}

/// Compares a generated part of a page of the manual, between two marks, with what it should be.
fn compare(page: &str, generated: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/docs").join(page);
    let text = fs::read_to_string(&file).unwrap();
    let (begin, end) = ("<!-- written by a test: begin -->\n\n", "<!-- written by a test: end -->");
    let (before, rest) = text.split_once(begin).unwrap_or_else(|| panic!("{page} has no mark"));
    let (old, after) = rest.split_once(end).unwrap_or_else(|| panic!("{page} has no second mark"));
    if std::env::var_os("HALLWAY_BLESS").is_some() {
        fs::write(file, format!("{before}{begin}{generated}{end}{after}")).unwrap();
    } else {
        assert!(
            old == generated,
            "{page} is not what the program says: HALLWAY_BLESS=1 cargo test --test reference"
        );
    }
}

#[test]
fn the_manual_lists_the_fields_that_templates_see() {
    compare("template-data.md", &fields_reference());
}

#[test]
fn the_manual_lists_the_keys_of_the_configuration() {
    compare("configuration-keys.md", &hallway::config::keys_reference());
}

#[test]
fn the_manual_lists_the_keys_of_front_matter() {
    let schema = hallway::page::front_matter_schema();
    let properties = schema["properties"].as_object().unwrap();
    let mut text = "| key | what it does |\n| --- | --- |\n".to_owned();
    for (key, property) in properties.iter().filter(|(_, property)| property.get("$ref").is_none()) {
        let about = property["description"].as_str().unwrap_or_else(|| panic!("`{key}` is not described"));
        text.push_str(&format!("| `{key}` | {about} |\n"));
    }
    text.push('\n');
    compare("front-matter.md", &text);
}
