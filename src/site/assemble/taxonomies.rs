//! Makes the pages of taxonomies and their terms, and links them with the pages that have the terms.

use std::collections::BTreeMap;

use super::{Builder, can_have_terms, has_address, is_listed};
use crate::config::Taxonomy;
use crate::page::Content;
use crate::site::terms::{self, Term, Terms};
use crate::site::{Kind, PageId, Status, TaxonomyPages, order};
use crate::text::term_slug;

impl Builder {
    pub(super) fn add_taxonomies(&mut self, home: PageId) -> Vec<TaxonomyPages> {
        let mut taxonomies = Vec::new();
        for taxonomy in self.config.taxonomies.clone() {
            let listed: Vec<(usize, &Content)> = self
                .pages
                .iter()
                .enumerate()
                .skip(self.first)
                .filter_map(|(index, page)| Some((index, page.content.as_deref()?)))
                .filter(|(index, content)| can_have_terms(self.pages[*index].kind) && has_address(content))
                .collect();
            let mut problems = Vec::new();
            let mut terms = terms::collect(&taxonomy, &listed, &self.config, &mut problems);
            self.diagnostics.extend(problems);
            self.add_term_documents(&taxonomy, &mut terms);
            taxonomies.push(self.add_taxonomy(home, taxonomy, terms));
        }
        taxonomies
    }

    /// A term may have a document of its own, which also makes a term that no page has.
    fn add_term_documents(&self, taxonomy: &Taxonomy, terms: &mut Terms) {
        let prefix = format!("{}/", taxonomy.plural);
        for (folder, id) in self.by_folder().range(prefix.clone()..) {
            let Some(name) = folder.strip_prefix(&prefix) else {
                break;
            };
            let page = &self.pages[id.index()];
            if page.kind == Kind::Term {
                let term = terms.entry(terms::key(name, &self.config)).or_default();
                term.document = Some(id.index());
                let title = if page.title.is_empty() { self.title_of(name) } else { page.title.clone() };
                term.title = title;
            }
        }
    }

    fn add_taxonomy(&mut self, home: PageId, taxonomy: Taxonomy, terms: Terms) -> TaxonomyPages {
        let page = match self.by_folder().get(&taxonomy.plural) {
            Some(id) => *id,
            None => self.add_branch(&taxonomy.plural, None),
        };
        let mut ids = Vec::new();
        let mut by_content: BTreeMap<usize, Vec<(usize, PageId)>> = BTreeMap::new();
        for (key, term) in terms {
            let id = match term.document {
                Some(index) => PageId::from_index(index),
                None => self.add_term(&taxonomy, &key, &term),
            };
            let made = &self.pages[id.index()].title;
            let title = if term.document.is_none() { made.clone() } else { term.title };
            for (index, place) in &term.contents {
                by_content.entry(*index).or_default().push((*place, id));
            }
            // A page that no list shows has its terms all the same (Hugo 0.168, asked).
            let is_shown = |(index, _): &&(usize, usize)| {
                self.pages[*index].content.as_ref().is_none_or(|content| is_listed(content))
            };
            let shown: Vec<PageId> =
                term.contents.iter().filter(is_shown).map(|(index, _)| PageId::from_index(*index)).collect();
            let page = &mut self.pages[id.index()];
            page.link_title =
                if page.link_title.is_empty() { title.clone() } else { page.link_title.clone() };
            page.title = title;
            page.pages = shown;
            page.taxonomy = Some(taxonomy.clone());
            ids.push(id);
        }
        for (index, mut places) in by_content {
            places.sort_unstable();
            let written = places.into_iter().map(|(_, id)| id).collect();
            self.pages[index].terms.insert(taxonomy.plural.clone(), written);
        }
        for id in &ids {
            self.pages[id.index()].parent = Some(page);
        }
        self.pages[page.index()].taxonomy = Some(taxonomy.clone());
        self.pages[page.index()].parent = Some(home);
        order::sort_by_title(&mut ids, &self.pages);
        self.pages[page.index()].pages.clone_from(&ids);
        TaxonomyPages { taxonomy, page, terms: ids }
    }

    fn add_term(&mut self, taxonomy: &Taxonomy, key: &str, term: &Term) -> PageId {
        let folders = [taxonomy.plural.clone()];
        let name = term_slug(&term.spelling, self.config.path_rules);
        let path = format!("/{}/{key}", taxonomy.plural);
        let content = self.made_up(&path[1..], &path, Kind::Term);
        let handed_down = content.as_ref().map(|content| content.front.title.clone());
        let title = handed_down.filter(|title| !title.is_empty()).unwrap_or_else(|| term.title.clone());
        let route = self.route(Kind::Term, &folders, &name, &title, content.as_deref());
        let id = self.push(Kind::Term, content, title, route, Status::default());
        let page = &mut self.pages[id.index()];
        page.path = path;
        page.section.clone_from(&taxonomy.plural);
        id
    }
}
