//! The default order of pages: weight, date, title, path (Hugo 0.168, recorded).

use std::borrow::Borrow;
use std::cmp::Ordering;

use feruca::{Collator, Tailoring};

use super::{Page, PageId};

/// Sorts pages by weight ascending with 0 last, date descending, link title by the Unicode Collation Algorithm, path.
pub(super) fn sort<P: Borrow<Page>>(ids: &mut [PageId], pages: &[P]) {
    let mut collator = collator();
    ids.sort_by(|a, b| compare(pages[a.index()].borrow(), pages[b.index()].borrow(), &mut collator));
}

/// Sorts pages by link title alone, as lists of terms are.
pub(super) fn sort_by_title(ids: &mut [PageId], pages: &[Page]) {
    let mut collator = collator();
    ids.sort_by(|a, b| {
        let (a, b) = (&pages[a.index()], &pages[b.index()]);
        collator
            .collate(&a.link_title.to_lowercase(), &b.link_title.to_lowercase())
            .then_with(|| a.path.cmp(&b.path))
    });
}

fn collator() -> Collator {
    Collator::new(Tailoring::Cldr(feruca::Locale::Root), false, true)
}

fn compare(a: &Page, b: &Page, collator: &mut Collator) -> Ordering {
    weight_key(a)
        .cmp(&weight_key(b))
        .then_with(|| {
            b.date.as_ref().map(jiff::Zoned::timestamp).cmp(&a.date.as_ref().map(jiff::Zoned::timestamp))
        })
        .then_with(|| collator.collate(&a.link_title.to_lowercase(), &b.link_title.to_lowercase()))
        .then_with(|| a.path.cmp(&b.path))
}

/// A weight of 0 means none, which comes last; negative weights come first.
fn weight_key(page: &Page) -> (bool, i64) {
    let weight = page.content.as_ref().map_or(0, |content| content.front.weight);
    (weight == 0, weight)
}
