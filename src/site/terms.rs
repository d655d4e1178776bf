//! Groups pages by their terms.

use std::collections::BTreeMap;

use crate::config::{Config, Taxonomy};
use crate::diag::{Diagnostic, Location};
use crate::page::Content;
use crate::text::term_slug;

/// A term, before it has a page.
#[derive(Debug, Default)]
pub(super) struct Term {
    /// Name for people: the title of its own document, else the spelling that the first page has, title-cased.
    pub(super) title: String,
    /// The spelling that the first page has.
    pub(super) spelling: String,
    /// Indices of the contents that have it, each once, with its place among the content's own terms.
    pub(super) contents: Vec<(usize, usize)>,
    /// Index of its own document (`content/tags/rust/_index.md`).
    pub(super) document: Option<usize>,
}

/// Terms of one taxonomy by their key: lower case, as in the address.
pub(super) type Terms = BTreeMap<String, Term>;

/// Collects the terms of a taxonomy from the contents that lists show, in the order of their paths.
pub(super) fn collect(
    taxonomy: &Taxonomy,
    contents: &[(usize, &Content)],
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Terms {
    let mut terms = Terms::new();
    for (index, content) in contents {
        for (place, name) in content.front.terms.get(&taxonomy.plural).into_iter().flatten().enumerate() {
            let key = key(name, config);
            if key.is_empty() {
                problems.push(nameless(taxonomy, name, content));
                continue;
            }
            let term = terms.entry(key).or_default();
            if term.title.is_empty() {
                term.title = config.model.titles.style.apply(name);
                term.spelling.clone_from(name);
            }
            // Of a term that stands there twice, the second place counts (Hugo 0.168, recorded).
            term.contents.pop_if(|(last, _)| last == index);
            term.contents.push((*index, place));
        }
    }
    terms
}

/// Returns what a term is grouped by: `Cloud Native` and `cloud-native` are one.
pub(super) fn key(name: &str, config: &Config) -> String {
    term_slug(name, config.path_rules).to_lowercase()
}

fn nameless(taxonomy: &Taxonomy, name: &str, content: &Content) -> Diagnostic {
    let message =
        format!("`{name}` among the `{}` has no letter or digit to make an address of", taxonomy.plural);
    Diagnostic::warning("term-empty", message)
        .at(Location::file(content.source.as_str()))
        .hint("the page is not filed under it: give it a name")
}
