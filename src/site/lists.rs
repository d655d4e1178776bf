//! Fills the lists of a site: which pages a section or term shows, who is next to whom, how new a list is.

use jiff::Zoned;

use super::assemble::Builder;
use super::{Kind, Page, PageId, TaxonomyPages, order};
use crate::data::integer;
use crate::page::ListOption;

impl Builder {
    /// Fills the lists of sections and terms from the regular pages in their order, and links neighbours.
    pub(super) fn fill_lists(&mut self, regular: &[PageId]) {
        for id in regular {
            let list = self.list_option(*id);
            if list == ListOption::Never {
                continue;
            }
            let mut above = self.pages[id.index()].parent;
            if let Some(parent) = above.filter(|parent| !self.lists_terms(*parent)) {
                self.pages[parent.index()].own_pages.push(*id);
            }
            while let Some(section) = above {
                if !self.lists_terms(section) {
                    self.pages[section.index()].pages.push(*id);
                }
                // What only its own section shows goes no further up.
                above = self.pages[section.index()].parent.filter(|_| list == ListOption::Always);
            }
        }
        let links: Vec<(PageId, PageId)> = self
            .pages
            .iter()
            .filter(|page| matches!(page.kind, Kind::Home | Kind::Section))
            .flat_map(|page| page.own_pages.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>())
            .collect();
        for (newer, older) in links {
            self.pages[newer.index()].older = Some(older);
            self.pages[older.index()].newer = Some(newer);
        }
        for index in 0..self.pages.len() {
            if self.pages[index].kind == Kind::Term {
                let mut pages = std::mem::take(&mut self.pages[index].pages);
                order::sort(&mut pages, &self.pages);
                let taxonomy = self.pages[index].taxonomy.as_ref();
                let key = taxonomy.map(|taxonomy| format!("{}_weight", taxonomy.plural)).unwrap_or_default();
                pages.sort_by_key(|id| term_weight(&self.pages[id.index()], &key));
                self.pages[index].own_pages.clone_from(&pages);
                self.pages[index].pages = pages;
            }
        }
    }

    /// Links the neighbours among all regular pages.
    pub(super) fn link_all(&mut self, regular: &[PageId]) {
        for (newer, older) in regular.iter().zip(regular.iter().skip(1)) {
            self.pages[newer.index()].older_of_all = Some(*older);
            self.pages[older.index()].newer_of_all = Some(*newer);
        }
    }

    /// A page that lies in the folder of a taxonomy is no term of it.
    fn lists_terms(&self, id: PageId) -> bool {
        matches!(self.pages[id.index()].kind, Kind::Taxonomy | Kind::Term)
    }

    /// A list without a date of its own is as new as what it lists, sections below it included (Hugo 0.168, recorded).
    pub(super) fn date_lists(&mut self) {
        let mut lists: Vec<usize> =
            (0..self.pages.len()).filter(|index| self.pages[*index].kind.is_list()).collect();
        // What is listed comes before what lists it: deep sections before those around them, sections before the
        // terms that they are filed under, terms before taxonomies.
        lists.sort_by_key(|index| {
            let page = &self.pages[*index];
            let depth = page.path.matches('/').count();
            (LIST_KINDS.iter().position(|kind| *kind == page.kind), std::cmp::Reverse(depth))
        });
        let sections: Vec<usize> =
            lists.iter().copied().filter(|index| self.pages[*index].kind == Kind::Section).collect();
        for index in lists {
            let date = self.newest(index, &sections, |page| page.date.as_ref());
            let last_modified = self.newest(index, &sections, |page| page.last_modified.as_ref());
            let page = &mut self.pages[index];
            page.date = page.date.take().or(date);
            page.last_modified = page.last_modified.take().or(last_modified);
        }
    }

    fn newest(&self, list: usize, sections: &[usize], date_of: fn(&Page) -> Option<&Zoned>) -> Option<Zoned> {
        let listed = self.pages[list].pages.iter().map(|id| &self.pages[id.index()]);
        // Terms have no sections below them, and there may be thousands of terms.
        let sections = if self.pages[list].kind == Kind::Term { &[] } else { sections };
        let sections = sections.iter().map(|index| &self.pages[*index]);
        let below = sections.filter(|page| page.parent.is_some_and(|parent| parent.index() == list));
        listed.chain(below).filter_map(date_of).max().cloned()
    }

    /// Puts the terms in a taxonomy's feed into the default order, newest first, where its page has them by title.
    pub(super) fn order_term_feeds(&mut self, taxonomies: &[TaxonomyPages]) {
        for TaxonomyPages { page, terms, .. } in taxonomies {
            let mut ids = terms.clone();
            order::sort(&mut ids, &self.pages);
            self.pages[page.index()].own_pages = ids;
        }
    }
}

/// Returns the place that a page asks for in the lists of its terms (`tags_weight`): ascending, without one 0.
fn term_weight(page: &Page, key: &str) -> i64 {
    page.params().and_then(|params| params.get(key)).and_then(integer).unwrap_or(0)
}

/// Kinds of list, each before those that may list it.
const LIST_KINDS: [Kind; 4] = [Kind::Section, Kind::Term, Kind::Taxonomy, Kind::Home];
