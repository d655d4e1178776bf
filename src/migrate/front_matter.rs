//! Surveys the front matter of all texts: which keys are used how often, and what they mean to Hallway.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Finding, Standing, Subject, Text};
use crate::config::{KeyStanding, standing};
use crate::data::{self, key_position, text_list};
use crate::diag::Location;
use crate::page::split;

/// Keys that Hugo gives a meaning, as it spells them, and what is different about them here.
const KEYS: &[(&str, Standing, &str)] = &[
    ("aliases", Standing::Served, ""),
    ("build", Standing::Served, ""),
    ("cascade", Standing::Served, ""),
    ("date", Standing::Served, ""),
    ("description", Standing::Served, ""),
    ("draft", Standing::Served, ""),
    ("expiryDate", Standing::Served, ""),
    ("headless", Standing::Served, ""),
    ("isCJKLanguage", Standing::Served, ""),
    ("keywords", Standing::Served, ""),
    ("lastmod", Standing::Served, ""),
    ("layout", Standing::Differs, "names one of the templates in `templates/`"),
    ("linkTitle", Standing::Served, ""),
    ("markup", Standing::NotServed, "all texts are Markdown"),
    ("menu", Standing::Served, ""),
    ("menus", Standing::Served, ""),
    ("modified", Standing::Served, ""),
    ("outputs", Standing::Differs, "pages are made as HTML, lists as RSS too"),
    ("params", Standing::Served, ""),
    ("pubdate", Standing::Served, ""),
    ("publishDate", Standing::Served, ""),
    ("published", Standing::Served, ""),
    ("resources", Standing::Served, ""),
    ("sitemap", Standing::Served, ""),
    ("slug", Standing::Served, ""),
    ("summary", Standing::Served, ""),
    ("title", Standing::Served, ""),
    ("translationKey", Standing::Served, ""),
    ("type", Standing::Differs, "chooses among the templates in `templates/`"),
    ("unpublishDate", Standing::Served, ""),
    ("url", Standing::Served, ""),
    ("weight", Standing::Served, ""),
];

/// How often a key is used, and where first.
#[derive(Debug)]
struct Uses {
    count: usize,
    first: Location,
}

/// Returns what is to be said of each key; `config` has lower-case keys.
pub(super) fn survey(texts: &[Text], config: &Map<String, Value>) -> Vec<Finding> {
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    for document in texts {
        let parts = split(&document.text).0;
        // What is wrong with front matter is told by a build, with its place.
        let Ok(map) = data::parse(parts.front, parts.format) else { continue };
        for key in map.into_iter().map(|(key, _)| key) {
            let entry = uses.entry(key).or_insert_with_key(|key| {
                let path = document.source.as_str();
                let first = match key_position(parts.front, parts.format, key) {
                    Some((line, _)) => Location::position(path, line + parts.first_line - 1, 1),
                    None => Location::file(path),
                };
                Uses { count: 0, first }
            });
            entry.count += 1;
        }
    }
    let taxonomies = taxonomies(config);
    uses.into_iter().map(|(key, uses)| of_key(&key, uses, &taxonomies)).collect()
}

fn of_key(key: &str, uses: Uses, taxonomies: &[String]) -> Finding {
    let known = KEYS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(key));
    let (name, kind, note) = match known {
        // What has a key of the configuration too is served with it.
        Some((name, ..)) if standing(name).1 == KeyStanding::NotYet => {
            (*name, Standing::NotServed, "the page is made as if it were not there")
        }
        Some((name, kind, note)) => (*name, *kind, *note),
        None if taxonomies.iter().any(|taxonomy| taxonomy == key) => (key, Standing::Served, "a taxonomy"),
        None => (key, Standing::Served, "your own: templates see it as `page.params`"),
    };
    Finding::new(Subject::FrontMatter, name, kind, note).used(uses.count, uses.count).at(uses.first)
}

/// Returns the front matter keys of all taxonomies, in lower case.
fn taxonomies(config: &Map<String, Value>) -> Vec<String> {
    match config.get("taxonomies").and_then(Value::as_object) {
        Some(configured) => {
            configured.values().flat_map(text_list).map(|plural| plural.to_lowercase()).collect()
        }
        None => vec!["categories".to_owned(), "tags".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SourcePath;

    #[test]
    fn keys_are_counted_in_any_case_and_any_format() {
        let document =
            |path: &str, text: &str| Text { source: SourcePath::new(path.to_owned()), text: text.to_owned() };
        let texts = [
            document("a.md", "---\nTitle: A\ntags: [x]\nlayout: wide\n---\n"),
            document("b.md", "+++\ntitle = 'B'\nmood = 'good'\n+++\n"),
            document("c.md", "---\ntitle: [\n---\n"),
            document("d.md", "no front matter"),
        ];
        let shown: Vec<String> = survey(&texts, &Map::new())
            .into_iter()
            .map(|found| {
                format!("{} {} {:?} {}", found.name, found.uses, found.standing, found.place.unwrap())
            })
            .collect();
        assert_eq!(
            shown,
            [
                "layout 1 Differs a.md:4:1",
                "mood 1 Served b.md:3:1",
                "tags 1 Served a.md:3:1",
                "title 2 Served a.md:2:1"
            ]
        );
    }
}
