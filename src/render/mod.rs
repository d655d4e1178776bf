//! Turns a [`Site`] into outputs: shortcodes and Markdown to articles, articles and templates to pages, feeds and the rest.
//!
//! The only user of the template engine. All articles are made before the first page template runs, and no template can
//! change what another one sees; its one effect is to note the pictures that it needs.

mod article;
mod cards;
mod check;
mod conference;
mod context;
mod elsewhere;
mod embeds;
mod emit;
mod engine;
mod fields;
mod functions;
mod icons;
mod identity;
mod live;
mod photo;
mod pictures;
mod recipes;
mod related;
mod search;
mod shortcodes;
mod syndicated;
mod targets;
mod unknown;
mod unshown;
mod values;
mod views;
mod words;

use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Diagnostic, in_order};
use crate::output::{Class, Output, Outputs};
use crate::site::{PageId, Site};
use crate::source::{Asset, TemplateFile};
use crate::theme::Theme;

pub use article::Article;
pub use check::check_template;
pub use context::PLACEHOLDERS;
pub use emit::template_for;
pub use fields::{FIELDS, Field, Scope, fields_reference};
pub use functions::PLACEHOLDER_SIZE;
pub use live::{Found, Live, Ready};
pub use pictures::Probes;
pub use recipes::Recipes;

use context::{Purpose, Shared};
use emit::Emitter;
use engine::Engine;
use recipes::{Maker, Recipe};

/// What rendering made.
#[derive(Debug)]
pub struct Rendered {
    /// Everything to be published, by path.
    pub outputs: Outputs,
    /// Warnings, and errors that forbid publishing it.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages of all kinds that were rendered, slices of lists included.
    pub pages: usize,
}

/// Renders a whole site.
///
/// Errors do not stop it, so that all of them are shown at once; outputs that failed are missing from the result.
pub fn render(site: &Arc<Site>, theme: &Theme<'_>, static_files: &[Asset]) -> Rendered {
    let probes = Arc::new(Probes::default());
    let shared = Arc::new(Shared::new(Arc::clone(site), static_files, theme, probes, Purpose::Publish));
    let engine = match Engine::new(theme, &shared) {
        Ok(engine) => engine,
        Err(diagnostics) => return without_templates(diagnostics, site, theme, static_files),
    };
    let (recipes, mut diagnostics) = Recipes::of(site, theme, static_files);
    let names = engine.shortcodes.clone();
    let made = make_all(Emitter::new(engine, static_files), &recipes);
    let pages = made.iter().flatten().filter(|output| output.class == Class::Page).count();
    let mut outputs = Outputs::default();
    for result in made {
        match result {
            Ok(output) => diagnostics.extend(outputs.insert(output)),
            Err(problem) => diagnostics.push(problem),
        }
    }
    diagnostics.extend(shared.take_diagnostics());
    diagnostics.extend(shared.take_unknown(&names, true));
    for (path, variant) in shared.pictures.take_wanted() {
        diagnostics.extend(outputs.insert(Output::picture(path, variant)));
    }
    for (path, card) in shared.cards.take_wanted() {
        diagnostics.extend(outputs.insert(Output::card(path, card)));
    }
    Rendered { outputs, diagnostics: in_order(diagnostics), pages }
}

/// Makes all outputs: articles first, then lists and feeds, then the pages, which use the articles up.
fn make_all(mut emitter: Emitter, recipes: &Recipes) -> Vec<Result<Output, Diagnostic>> {
    let ids: Vec<PageId> = emitter.site().ids().collect();
    let has_feeds = recipes.iter().any(|recipe| matches!(recipe.maker, Maker::Feed(..)));
    ids.par_iter().for_each(|id| emitter.prepare(*id, has_feeds));
    let mut regular: Vec<Option<&Recipe>> = vec![None; ids.len()];
    let mut others = Vec::new();
    for recipe in recipes.iter() {
        match recipe.maker {
            Maker::Page(id) => regular[id.index()] = Some(recipe),
            _ => others.push(recipe),
        }
    }
    let mut made: Vec<Result<Output, Diagnostic>> =
        others.par_iter().map(|recipe| emitter.make(recipe)).collect();
    made.extend(search::outputs(&emitter));
    let articles = emitter.take_articles();
    let page = |((id, article), recipe): ((&PageId, Option<Article>), Option<&Recipe>)| {
        Some(emitter.make_page(recipe?, *id, &article?))
    };
    made.par_extend(ids.par_iter().zip(articles).zip(regular).filter_map(page));
    made
}

/// Looks for what is wrong with the texts although templates are broken, so that one more build shows nothing new.
///
/// Shortcodes that need a broken template cannot be told from unknown ones: then the templates' problems are all.
pub fn without_templates(
    mut diagnostics: Vec<Diagnostic>,
    site: &Arc<Site>,
    theme: &Theme<'_>,
    static_files: &[Asset],
) -> Rendered {
    let shortcodes: Vec<TemplateFile> =
        theme.templates.iter().filter(|file| file.name.starts_with(engine::SHORTCODES)).cloned().collect();
    let builtin = Theme {
        templates: &shortcodes,
        builtin_templates: theme.builtin_templates.clone(),
        builtin_static: theme.builtin_static.clone(),
    };
    diagnostics.extend(Recipes::of(site, theme, static_files).1);
    let probes = Arc::new(Probes::default());
    let shared = Arc::new(Shared::new(Arc::clone(site), static_files, theme, probes, Purpose::Publish));
    if let Ok(engine) = Engine::new(&builtin, &shared) {
        let pages = 0..site.pages.len();
        let problems: Vec<Diagnostic> =
            pages.into_par_iter().flat_map_iter(|index| article::make(index, &engine).1).collect();
        diagnostics.extend(problems);
        diagnostics.extend(shared.take_diagnostics());
        diagnostics.extend(shared.take_unknown(&engine.shortcodes, true));
    }
    Rendered { outputs: Outputs::default(), diagnostics: in_order(diagnostics), pages: 0 }
}
