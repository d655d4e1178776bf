//! The last step of a site: links pages to each other, in the default order, and sorts them by language.

use std::sync::Arc;

use jiff::Timestamp;

use super::Builder;
use crate::page::{Content, ListOption};
use crate::site::links::PagePaths;
use crate::site::{
    Assembled, Kind, LanguageSite, LeftOut, PageId, Site, TaxonomyPages, menus, order, translations,
};
use crate::source::Asset;

/// What the last step adds to the pages.
pub(super) struct Finish {
    pub(super) content_folders: Vec<String>,
    /// Home page and taxonomies of each language.
    pub(super) languages: Vec<(PageId, Vec<TaxonomyPages>)>,
    pub(super) default: usize,
    pub(super) assets: Vec<Asset>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) next_change: Option<Timestamp>,
    pub(super) texts: Vec<Arc<Content>>,
}

impl Builder {
    /// Links pages to each other, in the default order, and hands the site over.
    pub(super) fn finish(mut self, finish: Finish) -> Assembled {
        let Finish { languages, default, assets, left_out, next_change, content_folders, texts } = finish;
        self.set_parents(&languages);
        let mut regular: Vec<PageId> = (0..self.pages.len())
            .map(PageId::from_index)
            .filter(|id| self.pages[id.index()].kind == Kind::Page)
            .collect();
        order::sort(&mut regular, &self.pages);
        self.fill_lists(&regular);
        regular.retain(|id| self.list_option(*id) == ListOption::Always);
        self.link_all(&regular);
        self.date_lists();
        if languages.len() > 1 {
            translations::link(&mut self.pages);
        }
        let mut sites = Vec::new();
        for (language, (home, taxonomies)) in languages.into_iter().enumerate() {
            sites.push(self.finish_language(language, home, taxonomies, &regular));
        }
        let Self { pages, diagnostics, .. } = self;
        let pages = pages.into_iter().map(Arc::new).collect();
        let languages: Vec<Arc<LanguageSite>> = sites.into_iter().map(Arc::new).collect();
        let config = Arc::clone(&languages[default].config);
        let site = Site {
            config,
            languages,
            default_language: default,
            pages,
            assets,
            left_out,
            conference: Arc::default(),
            today: jiff::civil::Date::ZERO,
            next_change,
            content_folders,
            texts,
        };
        Assembled { site, diagnostics }
    }

    /// Puts together what a language has for itself; `regular` are the regular pages of all languages in their order.
    fn finish_language(
        &mut self,
        language: usize,
        home: PageId,
        taxonomies: Vec<TaxonomyPages>,
        regular: &[PageId],
    ) -> LanguageSite {
        self.order_term_feeds(&taxonomies);
        let is_own = |id: &PageId| self.pages[id.index()].language == language;
        let regular: Vec<PageId> = regular.iter().copied().filter(is_own).collect();
        let mut sections: Vec<PageId> = self.folders[language]
            .iter()
            .filter(|(folder, id)| {
                !folder.is_empty() && !folder.contains('/') && self.pages[id.index()].kind == Kind::Section
            })
            .map(|(_, id)| *id)
            .collect();
        order::sort(&mut sections, &self.pages);
        self.pages[home.index()].own_pages.clone_from(&regular);
        let config = Arc::clone(&self.configs[language]);
        let menus = menus::build(&config, language, &self.pages);
        let own = self.pages.iter().enumerate().filter(|(_, page)| page.language == language);
        let paths = PagePaths::of(own.map(|(index, page)| (PageId::from_index(index), page)));
        LanguageSite { config, home, taxonomies, regular, sections, menus, paths }
    }

    fn set_parents(&mut self, languages: &[(PageId, Vec<TaxonomyPages>)]) {
        for (language, (home, _)) in languages.iter().enumerate() {
            self.language = language;
            let sections: Vec<(String, PageId)> = self
                .by_folder()
                .iter()
                .filter(|(_, id)| self.pages[id.index()].kind == Kind::Section)
                .map(|(folder, id)| (folder.clone(), *id))
                .collect();
            for (folder, id) in sections {
                let mut folders: Vec<String> = folder.split('/').map(str::to_owned).collect();
                folders.pop();
                let parent = self.nearest_branch(&folders).unwrap_or(*home);
                self.pages[id.index()].parent = Some(parent);
            }
        }
    }
}
