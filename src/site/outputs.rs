//! Decides which files a page becomes, and what the sitemap says of it: its own front matter, else the configuration.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Kind, Page};
use crate::config::{Config, PageOutputs, SitemapOptions, unserved_outputs};
use crate::diag::Diagnostic;
use crate::page::Content;

/// Returns which files a page becomes: what it says itself, else what the configuration says of its kind.
///
/// Without either, every page is made, and every list has feeds.
pub fn outputs(page: &Page, config: &Config) -> PageOutputs {
    let own = page.content.as_ref().and_then(|content| content.front.outputs);
    let of_kind = || {
        let kind = page.kind.name();
        config.model.outputs.iter().find(|(name, _)| name == kind).map(|(_, outputs)| *outputs)
    };
    own.or_else(of_kind).unwrap_or_else(|| {
        let is_list = page.kind != Kind::Page;
        // A list of terms has no texts of its own to tell of.
        let has_texts = is_list && page.kind != Kind::Taxonomy;
        PageOutputs { html: true, rss: is_list, atom: has_texts, json_feed: has_texts, print: false }
    })
}

/// Returns what the sitemap says of a page.
pub fn sitemap_options(page: &Page, config: &Config) -> SitemapOptions {
    let default = &config.model.sitemap;
    let own = page.content.as_ref().map(|content| content.front.sitemap.clone()).unwrap_or_default();
    let SitemapOptions { change_frequency, priority, disabled } = own;
    SitemapOptions {
        change_frequency: if change_frequency.is_empty() {
            default.change_frequency.clone()
        } else {
            change_frequency
        },
        priority: priority.or_else(|| default.priority.clone()),
        disabled: disabled.or(default.disabled),
    }
}

/// Returns the one warning about formats that pages want and that are not made, at the first page.
pub(super) fn tell_unserved(contents: &[Arc<Content>]) -> Option<Diagnostic> {
    let formats: BTreeSet<String> = contents
        .iter()
        .flat_map(|content| &content.front.unserved_outputs)
        .map(|format| format.to_lowercase())
        .collect();
    let first = contents.iter().find(|content| !content.front.unserved_outputs.is_empty())?;
    unserved_outputs(&formats).map(|warning| warning.at(first.key_place("outputs")))
}
