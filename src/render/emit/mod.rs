//! Emitters: each lists one kind of output, and makes it when it is wanted.

mod aliases;
pub(super) mod archive;
pub(super) mod feeds;
mod files;
mod hosts;
mod lists;
mod look;
mod pages;
pub(super) mod print;
mod sitemap;

use std::sync::OnceLock;

use rayon::prelude::*;
use tera::Value;

use super::article::{self, Article};
use super::conference;
use super::engine::Engine;
use super::recipes::{Maker, Planned, Planner, Recipe};
use super::views;
use crate::diag::Diagnostic;
use crate::output::Output;
use crate::site::{Page, PageId, Site};
use crate::source::Asset;

pub(super) use pages::generated_page;
pub use pages::template_for;

/// Makes outputs from their recipes, in any order and on any thread.
///
/// What several outputs need of a page is made when the first of them asks for it.
#[derive(Debug)]
pub(super) struct Emitter {
    /// The templates, and what they can reach.
    pub(super) engine: Engine,
    articles: Vec<OnceLock<Article>>,
    /// Every page as lists show it.
    summaries: Vec<OnceLock<Value>>,
    /// Every page as feeds show it.
    items: Vec<OnceLock<String>>,
    /// By language: the pages that the home page lists.
    main_pages: Vec<OnceLock<Vec<PageId>>>,
    /// The author's static files, in the order that recipes count them by.
    static_files: Vec<Asset>,
}

impl Emitter {
    /// Makes an emitter that has made nothing yet.
    pub(super) fn new(engine: Engine, static_files: &[Asset]) -> Self {
        let pages = engine.shared.site.pages.len();
        let languages = engine.shared.site.languages.len();
        Self {
            engine,
            articles: empty_cells(pages),
            summaries: empty_cells(pages),
            items: empty_cells(pages),
            main_pages: empty_cells(languages),
            static_files: static_files.to_vec(),
        }
    }

    /// Returns the site.
    pub(super) fn site(&self) -> &Site {
        &self.engine.shared.site
    }

    /// Returns the file that a recipe copies, if it copies one.
    pub(super) fn copied(&self, recipe: &Recipe) -> Option<&Asset> {
        match recipe.maker {
            Maker::Asset(index) => self.site().assets.get(index),
            Maker::Static(index) => self.static_files.get(index),
            _ => None,
        }
    }

    fn page(&self, id: PageId) -> &Page {
        self.site().page(id)
    }

    /// Returns the article of a page; what is wrong with its text is noted when it is made.
    pub(super) fn article(&self, id: PageId) -> &Article {
        self.articles[id.index()].get_or_init(|| {
            let (article, problems) = article::make(id.index(), &self.engine);
            problems.into_iter().for_each(|problem| self.engine.shared.note(problem));
            article
        })
    }

    /// Hands over all articles made so far, by page: a large site is not held twice, as articles and as pages.
    ///
    /// What lists show of them stays; what feeds show of them is forgotten.
    pub(super) fn take_articles(&mut self) -> Vec<Option<Article>> {
        let pages = self.articles.len();
        self.items = empty_cells(pages);
        let taken = std::mem::replace(&mut self.articles, empty_cells(pages));
        taken.into_iter().map(OnceLock::into_inner).collect()
    }

    /// Returns a page as lists show it.
    pub(super) fn summary(&self, id: PageId) -> Value {
        self.summary_of(id, None)
    }

    /// Returns a page as lists show it, made from an article at hand.
    fn summary_of(&self, id: PageId, article: Option<&Article>) -> Value {
        let make = || {
            let article = article.unwrap_or_else(|| self.article(id));
            Value::from(views::summary(self.site(), self.page(id), article))
        };
        self.summaries[id.index()].get_or_init(make).clone()
    }

    /// Returns a page as feeds show it.
    fn item(&self, id: PageId) -> &str {
        self.items[id.index()].get_or_init(|| feeds::item(self.site(), self.page(id), self.article(id)))
    }

    /// Makes a page and forgets it; keeps what lists and feeds show of it.
    ///
    /// # Errors
    /// The template that makes it fails.
    pub(super) fn check_page(&mut self, id: PageId, recipe: Option<&Recipe>) -> Result<(), Diagnostic> {
        self.summary(id);
        self.item(id);
        let made = recipe.map(|recipe| self.make(recipe));
        self.articles[id.index()].take();
        made.transpose().map(|_| ())
    }

    /// Makes everything that outputs share: articles, and pages as lists and feeds show them.
    pub(super) fn prepare(&self, id: PageId, has_feeds: bool) {
        self.summary(id);
        if has_feeds {
            self.item(id);
        }
    }

    /// Returns the pages that the home page of a language lists.
    fn main_pages(&self, language: usize) -> &[PageId] {
        let site = self.site();
        self.main_pages[language].get_or_init(|| site.main_pages(&site.languages[language]))
    }

    /// Makes an output.
    ///
    /// # Errors
    /// The template that makes it fails.
    pub(super) fn make(&self, recipe: &Recipe) -> Result<Output, Diagnostic> {
        Ok(match &recipe.maker {
            Maker::Page(id) => return self.make_page(recipe, *id, self.article(*id)),
            Maker::Slice(id, number) => text(recipe, lists::slice(self, *id, *number)?),
            Maker::NotFound(language) => text(recipe, pages::not_found(self, *language)?),
            Maker::Archive(language) => text(recipe, archive::archive(self, *language)?),
            Maker::Conference(language, view) => text(recipe, conference::page(self, *language, view)?),
            Maker::EventData(language, file) => {
                text(recipe, conference::data_file(self.site(), *language, file))
            }
            Maker::Feed(id, format) => text(recipe, feeds::feed(self, *id, *format)),
            Maker::Print(id) => text(recipe, print::document(self, *id)?),
            Maker::FeedList => text(recipe, feeds::feed_list(self)),
            Maker::Redirect(id) => text(recipe, aliases::redirect(self.site(), *id)),
            Maker::Sitemap(language) => text(recipe, sitemap::sitemap(self.site(), *language)),
            Maker::SitemapIndex => text(recipe, sitemap::index(self.site())),
            Maker::Robots => text(recipe, sitemap::robots(self.site())),
            Maker::Asset(_) | Maker::Static(_) => match self.copied(recipe) {
                Some(asset) => {
                    Output::copy(recipe.path.clone(), asset.clone(), self.site().config.imaging.metadata)
                }
                None => {
                    return Err(Diagnostic::error(
                        "file-unreadable",
                        format!("`{}` is gone", recipe.producer),
                    ));
                }
            },
            Maker::Text(written) => text(recipe, written.clone()),
            Maker::Builtin(bytes) => Output::builtin(recipe.path.clone(), bytes),
        })
    }

    /// Makes the output of a regular page from an article at hand.
    ///
    /// # Errors
    /// The template that makes it fails.
    pub(super) fn make_page(
        &self,
        recipe: &Recipe,
        id: PageId,
        article: &Article,
    ) -> Result<Output, Diagnostic> {
        Ok(text(recipe, pages::regular_page(self, id, article)?))
    }
}

fn text(recipe: &Recipe, text: String) -> Output {
    Output::text(recipe.path.clone(), recipe.producer.clone(), recipe.class, text)
}

fn empty_cells<T>(count: usize) -> Vec<OnceLock<T>> {
    (0..count).map(|_| OnceLock::new()).collect()
}

/// Lists the recipes of all kinds of output but pictures.
pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let emitters = [
        lists::recipes,
        feeds::recipes,
        aliases::recipes,
        sitemap::recipes,
        files::recipes,
        look::recipes,
        print::recipes,
        pages::recipes as fn(&Planner<'_>) -> Vec<Planned>,
    ];
    let mut planned: Vec<Planned> = emitters.par_iter().flat_map_iter(|recipes| recipes(planner)).collect();
    planned.extend(feeds::more_recipes(planner, &planned));
    planned.extend(conference::recipes(planner, &planned));
    planned.extend(archive::recipes(planner, &planned));
    planned.extend(hosts::recipes(planner, &planned));
    planned
}
