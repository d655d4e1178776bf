//! Finds the pages that are related to a page by common words of their front matter, as Hugo does, and by common events.
//!
//! The index is made once; a page is compared with those alone that share a word with it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use jiff::{Timestamp, Zoned};
use serde_json::Value;

use super::{LanguageSite, Page, PageId, Site};
use crate::config::{RelatedIndex, RelatedOptions};
use crate::data::scalar_text;
use crate::date::format_go;

/// Which words of front matter which pages have.
#[derive(Debug)]
pub struct RelatedPages {
    /// Of each language.
    languages: Vec<LanguageWords>,
    /// When each page of the site was published, as far as that is known.
    published: Vec<Option<Timestamp>>,
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
        let languages = site.languages.iter().map(of_language).collect();
        Self { languages, published: site.pages.iter().map(|page| published(page)).collect() }
    }

    /// Returns the pages related to one, the strongest first, of equals the newest; at most `limit`.
    pub fn to(&self, site: &Site, id: PageId, limit: usize) -> Vec<PageId> {
        let mut related = self.strong_enough(site, id);
        let order = |(a, a_weight): &(PageId, i64), (b, b_weight): &(PageId, i64)| {
            let (a_page, b_page) = (site.page(*a), site.page(*b));
            (b_weight, self.date(*b))
                .cmp(&(a_weight, self.date(*a)))
                .then_with(|| (&a_page.link_title, &a_page.path).cmp(&(&b_page.link_title, &b_page.path)))
        };
        if related.len() > limit {
            related.select_nth_unstable_by(limit, order);
            related.truncate(limit);
        }
        related.sort_by(order);
        related.into_iter().map(|(other, _)| other).collect()
    }

    /// Returns the pages that are related strongly enough, with their weight.
    fn strong_enough(&self, site: &Site, id: PageId) -> Vec<(PageId, i64)> {
        let Some(own) = self.languages.get(site.page(id).language) else {
            return Vec::new();
        };
        let own_date = self.date(id);
        // A page without a date is compared with all others (Hugo 0.168, asked).
        let is_newer =
            |other: PageId| own_date.is_some_and(|day| self.date(other).is_some_and(|date| date > day));
        let mut ranks = vec![Rank::default(); self.published.len()];
        let mut found: Vec<PageId> = Vec::new();
        for (index, words) in own.options.indices.iter().zip(&own.words) {
            for word in words_of_page(site, id, index) {
                for other in words.get(word.as_ref()).into_iter().flatten().filter(|other| **other != id) {
                    let Some(rank) = ranks.get_mut(other.index()) else {
                        continue;
                    };
                    if rank.matches == 0 {
                        found.push(*other);
                    }
                    rank.weight += index.weight;
                    rank.matches += 1;
                }
            }
        }
        let rank_of = |other: &PageId| ranks.get(other.index()).copied().unwrap_or_default();
        found
            .into_iter()
            .map(|other| (other, rank_of(&other)))
            .filter(|(other, rank)| own.is_enough(*rank) && (own.options.includes_newer || !is_newer(*other)))
            .map(|(other, rank)| (other, rank.weight))
            .collect()
    }

    fn date(&self, id: PageId) -> Option<Timestamp> {
        self.published.get(id.index()).copied().flatten()
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
        let mean = rank.weight / rank.matches.max(1);
        (mean - least) * 100 / (most - least) >= self.options.threshold_percent / rank.matches.max(1)
    }
}

/// Returns when a page was published, as far as that is known.
fn published(page: &Page) -> Option<Timestamp> {
    let publish = page.content.as_ref().and_then(|content| content.front.dates.publish.as_ref());
    publish.or(page.date.as_ref()).map(Zoned::timestamp)
}

/// Returns what relates a page to others by the events that it tells of: each event, the one that it was part of, and its
/// series. So two posts on one event have two words in common, those on two editions of it one.
fn words_of_events(site: &Site, id: PageId) -> Vec<Cow<'_, str>> {
    let conference = &site.conference;
    let records = || conference.events_of(id).iter().filter_map(|index| conference.events.get(*index));
    let parents = records().filter_map(|record| conference.events.get(record.part_of?));
    let series = records().filter_map(|record| conference.series.get(record.series));
    let mut words: Vec<Cow<'_, str>> =
        records().chain(parents).map(|record| Cow::Borrowed(record.event.id.as_str())).collect();
    // No id has a space.
    words.extend(series.map(|series| Cow::Owned(format!("series {}", series.id))));
    words.sort_unstable();
    words.dedup();
    words
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
    if index.name == "event" && !site.conference.events_of(id).is_empty() {
        return words_of_events(site, id);
    }
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
