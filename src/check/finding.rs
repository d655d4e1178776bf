//! Gives findings in built pages their places, and tells once what stands on many pages.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::facts::Picture;
use super::places::Places;
use crate::diag::Diagnostic;

/// A finding in a built page, before its place is known.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    /// What it is; without a place.
    pub(super) diagnostic: Diagnostic,
    /// What made the page: a document, or what the build calls it.
    pub(super) producer: String,
    /// As what the author may have written it, the most probable first.
    pub(super) needles: Vec<String>,
    /// The `<img>` that it is about, which may stand in the text as it is.
    pub(super) picture: Option<Picture>,
    /// Whether it is told only where it is found in the page's own text.
    pub(super) is_of_text: bool,
}

/// Turns findings into diagnostics.
///
/// What the page's own text says is told there. What is left of one kind, with one text to look for, comes from a
/// menu, a template or another page's text, and is told once.
pub(super) fn place(findings: Vec<Finding>, places: &Places<'_>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<(String, String), Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        let needle = finding.needles.first().cloned().unwrap_or_default();
        groups.entry((finding.diagnostic.code.to_string(), needle)).or_default().push(finding);
    }
    let groups: Vec<Vec<Finding>> = groups.into_values().collect();
    groups.into_par_iter().flat_map_iter(|group| place_group(group, places)).collect()
}

fn place_group(group: Vec<Finding>, places: &Places<'_>) -> Vec<Diagnostic> {
    let mut placed: Vec<Diagnostic> = Vec::new();
    let mut left: Vec<Finding> = Vec::new();
    for finding in group {
        let as_it_is =
            finding.picture.as_ref().and_then(|picture| places.picture(&finding.producer, picture));
        match as_it_is.or_else(|| places.own(&finding.producer, &finding.needles)) {
            Some(place) => {
                // A list in ten slices has one text.
                if !placed.iter().any(|told| told.at.as_ref() == Some(&place)) {
                    placed.push(finding.diagnostic.at(place));
                }
            }
            None if finding.is_of_text => {}
            None => left.push(finding),
        }
    }
    let Some(first) = left.first() else { return placed };
    let place = places.shared(&first.needles).unwrap_or_else(|| places.whole(&first.producer));
    // A list shows the beginning of a text: what is wrong in both is told in the text.
    if placed.iter().any(|told| told.at.as_ref() == Some(&place)) {
        return placed;
    }
    let mut producers: Vec<&str> = left.iter().map(|finding| finding.producer.as_str()).collect();
    producers.sort_unstable();
    producers.dedup();
    let mut diagnostic = first.diagnostic.clone();
    if producers.len() > 1 {
        diagnostic.message = format!("{}, on {} pages", diagnostic.message, producers.len());
    }
    placed.push(diagnostic.at(place));
    placed
}
