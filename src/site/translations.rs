//! Links the translations of a page: pages of other languages with the same path, or the same `translationKey`.

use std::collections::BTreeMap;

use super::{Page, PageId};
use crate::data::scalar_text;

/// Gives every page its translations, in the order of the languages.
pub(super) fn link(pages: &mut [Page]) {
    let mut groups: BTreeMap<(bool, String), Vec<PageId>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        let id = PageId::from_index(index);
        let group = groups.entry(key(page)).or_default();
        // Of two pages of one language, the first one is the translation.
        if !group.iter().any(|other| pages[other.index()].language == page.language) {
            group.push(id);
        }
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_by_key(|id| pages[id.index()].language);
        for id in &group {
            pages[id.index()].translations = group.iter().copied().filter(|other| other != id).collect();
        }
    }
}

/// Returns what translations have in common; a key of the author's is never taken for a path.
fn key(page: &Page) -> (bool, String) {
    let written = page.params().and_then(|params| params.get("translationkey")).and_then(scalar_text);
    match written.filter(|key| !key.is_empty()) {
        Some(key) => (true, key),
        None => (false, page.path.clone()),
    }
}
