//! Emitters: each turns site and articles into one kind of output.

mod aliases;
mod feeds;
mod files;
mod lists;
mod pages;
mod sitemap;

use rayon::prelude::*;
use tera::Value;

use super::article::Article;
use super::engine::Engine;
use super::views;
use crate::diag::{Diagnostic, Location};
use crate::output::Output;
use crate::path::{OutputPath, Route};
use crate::site::{Kind, Page, PageId};
use crate::theme::Theme;

/// What an emitter makes.
type Emitted = Result<Output, Diagnostic>;

/// What emitters make outputs from.
struct Emitter<'a> {
    engine: &'a Engine,
    /// Every page as lists show it, by page.
    summaries: Vec<Value>,
}

impl Emitter<'_> {
    fn page(&self, id: PageId) -> &Page {
        self.engine.shared.site.page(id)
    }

    fn summary(&self, id: PageId) -> Value {
        self.summaries[id.index()].clone()
    }

    /// Says where an output's address comes from, if the address is no good.
    fn path(&self, route: &Route, producer: &str) -> Result<OutputPath, Diagnostic> {
        route.output().map_err(|problem| problem.at(Location::file(producer)))
    }
}

/// Makes all outputs but the pictures.
pub(super) fn everything(
    engine: &Engine,
    articles: Vec<Article>,
    theme: &Theme<'_>,
) -> (Vec<Output>, Vec<Diagnostic>) {
    let site = &engine.shared.site;
    let summaries = site
        .pages
        .par_iter()
        .zip(&articles)
        .map(|(page, article)| Value::from(views::summary(site, page, article)))
        .collect();
    let emitter = Emitter { engine, summaries };
    let emitted: Vec<Emitted> = [
        lists::emit(&emitter, &articles),
        feeds::emit(&emitter, &articles),
        aliases::emit(&emitter),
        sitemap::emit(&emitter),
        files::emit(&emitter, theme),
        // Last, because it uses the articles up: a large site is not held twice, as articles and as pages.
        pages::emit(&emitter, articles),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut outputs = Vec::with_capacity(emitted.len());
    let mut problems = Vec::new();
    for result in emitted {
        match result {
            Ok(output) => outputs.push(output),
            Err(problem) => problems.push(problem),
        }
    }
    (outputs, problems)
}

/// Says whether a kind of page has an output at all.
fn is_made(emitter: &Emitter<'_>, page: &Page) -> bool {
    page.is_rendered()
        && (page.kind == Kind::Page || emitter.engine.shared.site.config.makes(page.kind.name()))
}
