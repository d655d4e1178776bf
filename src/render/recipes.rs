//! Lists everything that a site publishes before any of it is made: its path, who is behind it, and how it is made.
//!
//! Depends on addresses and front matter alone, never on a text, so an edit of a text leaves the list as it is. Pictures
//! made from others are not listed: templates ask for them, see `pictures`.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::conference::{DataFile, View};
use super::emit;
use crate::config::FeedFormat;
use crate::diag::{Diagnostic, Location};
use crate::output::{Class, collision};
use crate::path::{OutputPath, Route};
use crate::site::{Page, PageId, Site, outputs};
use crate::source::Asset;
use crate::theme::{BuiltinFile, Theme};

/// How one output is made.
#[derive(Debug)]
pub(super) struct Recipe {
    /// Where it goes.
    pub(super) path: OutputPath,
    /// What is behind it, for messages: a document, or what the build calls it.
    pub(super) producer: String,
    /// What kind of file it is.
    pub(super) class: Class,
    /// What makes it.
    pub(super) maker: Maker,
}

/// What makes an output.
#[derive(Debug)]
pub(super) enum Maker {
    /// A regular page.
    Page(PageId),
    /// One slice of a page that lists others, counted from 1.
    Slice(PageId, usize),
    /// The page for addresses that are not there, in the language of an index.
    NotFound(usize),
    /// The archive, in the language of an index.
    Archive(usize),
    /// A page of events, people or places, in the language of an index.
    Conference(usize, View),
    /// A file of data about events, in the language of an index.
    EventData(usize, DataFile),
    /// The feed of a list.
    Feed(PageId, FeedFormat),
    /// A section in one document.
    Print(PageId),
    /// The list of all feeds.
    FeedList,
    /// A redirect to a page.
    Redirect(PageId),
    /// `sitemap.xml` of the language of an index.
    Sitemap(usize),
    /// `sitemap.xml` that names those of all languages.
    SitemapIndex,
    /// `robots.txt`.
    Robots,
    /// A file of the content folder that is copied, by its index in the site.
    Asset(usize),
    /// A static file of the author that is copied, by its index among them.
    Static(usize),
    /// A text that follows from the list itself.
    Text(String),
    /// A file of the program.
    Builtin(&'static [u8]),
}

/// What recipes are made from.
pub(super) struct Planner<'a> {
    /// The site.
    pub(super) site: &'a Site,
    /// The author's static files.
    pub(super) static_files: &'a [Asset],
    /// The static files of the program.
    pub(super) builtin_static: &'a [BuiltinFile],
    /// The pages that the home page of each language lists.
    pub(super) main_pages: &'a [Vec<PageId>],
}

/// A recipe, or why its address is no good.
pub(super) type Planned = Result<Recipe, Diagnostic>;

/// All recipes of a site by path.
#[derive(Debug, Default)]
pub struct Recipes {
    by_path: BTreeMap<OutputPath, Recipe>,
}

impl Planner<'_> {
    /// Makes the recipe for a route.
    ///
    /// # Errors
    /// `output-path`: the route cannot be a file; the place is the producer's.
    pub(super) fn recipe(
        &self,
        route: &Route,
        producer: impl Into<String>,
        class: Class,
        maker: Maker,
    ) -> Planned {
        let producer = producer.into();
        match route.output() {
            Ok(path) => Ok(Recipe { path, producer, class, maker }),
            Err(problem) => Err(problem.at(Location::file(producer))),
        }
    }

    /// Says whether a kind of page has an output at all.
    pub(super) fn is_made(&self, page: &Page) -> bool {
        is_made(self.site, page)
    }
}

/// Says whether a page is made.
pub(super) fn is_made(site: &Site, page: &Page) -> bool {
    has_outputs(site, page) && outputs(page, site.config_of(page)).html
}

/// Says whether any file is made of a page at all.
pub(super) fn has_outputs(site: &Site, page: &Page) -> bool {
    page.is_rendered() && site.config_of(page).makes(page.kind.name())
}

impl Recipes {
    /// Lists what a site publishes; the diagnostics tell of addresses that are no good, and of those that two want.
    pub(super) fn of(site: &Site, theme: &Theme<'_>, static_files: &[Asset]) -> (Self, Vec<Diagnostic>) {
        let main_pages: Vec<Vec<PageId>> =
            site.languages.iter().map(|language| site.main_pages(language)).collect();
        let planner =
            Planner { site, static_files, builtin_static: &theme.builtin_static, main_pages: &main_pages };
        let mut problems = Vec::new();
        let mut recipes = Vec::new();
        for planned in emit::recipes(&planner) {
            match planned {
                Ok(recipe) => recipes.push(recipe),
                Err(problem) => problems.push(problem),
            }
        }
        recipes.par_sort_by(|a, b| (&a.path, a.class, &a.producer).cmp(&(&b.path, b.class, &b.producer)));
        let mut by_path: BTreeMap<OutputPath, Recipe> = BTreeMap::new();
        for recipe in recipes {
            match by_path.get(&recipe.path) {
                Some(first) => problems.push(at_the_alias(
                    collision(&recipe.path, &first.producer, &recipe.producer, recipe.class),
                    site,
                )),
                None => {
                    by_path.insert(recipe.path.clone(), recipe);
                }
            }
        }
        (Self { by_path }, problems)
    }

    /// Returns the recipe of a path.
    pub(super) fn find(&self, path: &OutputPath) -> Option<&Recipe> {
        self.by_path.get(path)
    }

    /// Returns all recipes in the order of their paths.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Recipe> {
        self.by_path.values()
    }
}

/// Points at the front matter that has the alias.
fn at_the_alias(mut problem: Diagnostic, site: &Site) -> Diagnostic {
    if problem.code == "alias-hidden" {
        let source = problem.at.as_ref().map(|at| at.path.as_str());
        let contents = site.pages.iter().filter_map(|page| page.content.as_ref());
        let place: Option<Location> = contents
            .filter(|content| Some(content.source.as_str()) == source)
            .map(|content| content.key_place("aliases"))
            .next();
        problem.at = place.or(problem.at);
    }
    problem
}
