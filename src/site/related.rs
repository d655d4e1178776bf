//! Finds the pages that are related to a page by common words of their front matter, as Hugo does.
//!
//! The index is made once; a page is compared with those alone that share a word with it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::{Timestamp, Zoned};
use serde_json::Value;

use super::{LanguageSite, PageId, Site};
use crate::config::{RelatedIndex, RelatedOptions};
use crate::data::scalar_text;
use crate::date::format_go;

/// Which words of front matter which pages have.
#[derive(Debug)]
pub struct RelatedPages {
    /// Of each language.
    languages: Vec<LanguageWords>,
}

/// Which words of front matter which pages of a language have.
#[derive(Debug)]
struct LanguageWords {
    options: RelatedOptions,
    /// For each index the pages by word; looked up only, so the order does not matter.
    words: Vec<HashMap<String, Vec<PageId>>>,
}

/// How strongly a page is related.
#[derive(Debug, Clone, Copy, Default)]
struct Rank {
    weight: i64,
    matches: i64,
}

impl RelatedPages {
    /// Makes the index of all regular pages of a site.
    pub fn of(site: &Site) -> Self {
        let of_language = |language: &Arc<LanguageSite>| {
            let options = language.config.model.related.clone();
            let words = options.indices.iter().map(|index| words_of_site(site, language, index)).collect();
            LanguageWords { options, words }
        };
        Self { languages: site.languages.iter().map(of_language).collect() }
    }

    /// Returns the pages related to one, the strongest first, of equals the newest; at most `limit`.
    pub fn to(&self, site: &Site, id: PageId, limit: usize) -> Vec<PageId> {
        let Some(own) = self.languages.get(site.page(id).language) else {
            return Vec::new();
        };
        let own_date = published(site, id);
        let mut ranks: HashMap<PageId, Rank> = HashMap::new();
        for (index, words) in own.options.indices.iter().zip(&own.words) {
            for word in words_of_page(site, id, index) {
                for other in words.get(word.as_ref()).into_iter().flatten().filter(|other| **other != id) {
                    // A page without a date is compared with all others (Hugo 0.168, asked).
                    let is_newer =
                        own_date.is_some_and(|day| published(site, *other).is_some_and(|date| date > day));
                    if own.options.includes_newer || !is_newer {
                        let rank = ranks.entry(*other).or_default();
                        rank.weight += index.weight;
                        rank.matches += 1;
                    }
                }
            }
        }
        let mut related: Vec<(PageId, i64)> = ranks
            .into_iter()
            .filter(|(_, rank)| own.is_enough(*rank))
            .map(|(other, rank)| (other, rank.weight))
            .collect();
        related.sort_by_cached_key(|(other, weight)| {
            let page = site.page(*other);
            (Reverse((*weight, published(site, *other))), page.link_title.clone(), page.path.clone())
        });
        related.into_iter().take(limit).map(|(other, _)| other).collect()
    }
}

impl LanguageWords {
    /// Hugo's measure: the mean weight in percent of the range of weights, against the threshold for so many matches.
    fn is_enough(&self, rank: Rank) -> bool {
        let weights = || self.options.indices.iter().map(|index| index.weight);
        let (least, most) = (weights().min().unwrap_or(0).min(0), weights().max().unwrap_or(0).max(0));
        if most == least {
            return false;
        }
        let mean = rank.weight / rank.matches;
        (mean - least) * 100 / (most - least) >= self.options.threshold_percent / rank.matches
    }
}

/// Returns when a page was published, as far as that is known.
fn published(site: &Site, id: PageId) -> Option<Timestamp> {
    let page = site.page(id);
    let publish = page.content.as_ref().and_then(|content| content.front.dates.publish.as_ref());
    publish.or(page.date.as_ref()).map(Zoned::timestamp)
}

fn words_of_site(site: &Site, language: &LanguageSite, index: &RelatedIndex) -> HashMap<String, Vec<PageId>> {
    let mut words: HashMap<String, Vec<PageId>> = HashMap::new();
    for id in &language.regular {
        for word in words_of_page(site, *id, index) {
            let pages = words.entry(word.into_owned()).or_default();
            if pages.last() != Some(id) {
                pages.push(*id);
            }
        }
    }
    let all = i64::try_from(language.regular.len()).unwrap_or(i64::MAX);
    if index.cardinality_percent > 0 {
        let share = |pages: &Vec<PageId>| i64::try_from(pages.len()).unwrap_or(i64::MAX).saturating_mul(100);
        words.retain(|_, pages| share(pages) <= index.cardinality_percent.saturating_mul(all));
    }
    words
}

/// Returns the words of a page in one index; a date is one word, by default its year.
fn words_of_page<'a>(site: &'a Site, id: PageId, index: &RelatedIndex) -> Vec<Cow<'a, str>> {
    let page = site.page(id);
    if index.name == "date" {
        let pattern = if index.pattern.is_empty() { "2006" } else { &index.pattern };
        return page.date.iter().map(|date| Cow::Owned(format_go(pattern, date))).collect();
    }
    let value = page.params().and_then(|params| params.get(&index.name));
    let mut words: Vec<Cow<'a, str>> = Vec::new();
    let mut add = |value: &'a Value| match value {
        Value::String(word) => words.push(Cow::Borrowed(word.as_str())),
        other => words.extend(scalar_text(other).map(Cow::Owned)),
    };
    match value {
        Some(Value::Array(list)) => list.iter().for_each(&mut add),
        Some(value) => add(value),
        None => {}
    }
    words.retain(|word| !word.is_empty());
    if index.to_lower {
        words.iter_mut().for_each(|word| *word = Cow::Owned(word.to_lowercase()));
    }
    words
}
