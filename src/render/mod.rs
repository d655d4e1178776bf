//! Turns a [`Site`] into outputs: shortcodes and Markdown to articles, articles and templates to pages, feeds and the rest.
//!
//! The only user of the template engine. All articles are made before the first page template runs, and no template can
//! change what another one sees; its one effect is to note the pictures that it needs.

mod article;
mod context;
mod emit;
mod engine;
mod functions;
mod pictures;
mod shortcodes;
mod values;
mod views;

use std::sync::Arc;

use rayon::prelude::*;

use crate::diag::{Diagnostic, Location, in_order};
use crate::output::{Class, Output, Outputs};
use crate::site::Site;
use crate::source::{Asset, TemplateFile};
use crate::theme::Theme;

pub use article::Article;

use context::Shared;
use engine::Engine;

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
pub fn render(site: &Arc<Site>, theme: &Theme<'_>, static_files: Vec<Asset>) -> Rendered {
    let shared = Arc::new(Shared::new(Arc::clone(site), static_files, theme));
    let engine = match Engine::new(theme, &shared) {
        Ok(engine) => engine,
        Err(diagnostics) => return without_templates(diagnostics, theme, &shared),
    };
    let (articles, article_problems): (Vec<Article>, Vec<Vec<Diagnostic>>) =
        (0..site.pages.len()).into_par_iter().map(|index| article::make(index, &engine)).unzip();
    let mut diagnostics: Vec<Diagnostic> = article_problems.into_iter().flatten().collect();
    let (made, problems) = emit::everything(&engine, articles, theme);
    diagnostics.extend(problems);
    let pages = made.iter().filter(|output| output.class == Class::Page).count();
    let (mut outputs, collisions) = Outputs::collect(made);
    diagnostics.extend(collisions.into_iter().map(|problem| at_the_alias(problem, site)));
    diagnostics.extend(shared.take_diagnostics());
    for (path, variant) in shared.pictures.take_wanted() {
        diagnostics.extend(outputs.insert(Output::picture(path, variant)));
    }
    Rendered { outputs, diagnostics: in_order(diagnostics), pages }
}

/// Looks for what is wrong with the texts although templates are broken, so that one more build shows nothing new.
///
/// Shortcodes that need a broken template cannot be told from unknown ones: then the templates' problems are all.
fn without_templates(mut diagnostics: Vec<Diagnostic>, theme: &Theme<'_>, shared: &Arc<Shared>) -> Rendered {
    let shortcodes: Vec<TemplateFile> =
        theme.templates.iter().filter(|file| file.name.starts_with(engine::SHORTCODES)).cloned().collect();
    let builtin = Theme {
        templates: &shortcodes,
        builtin_templates: theme.builtin_templates.clone(),
        builtin_static: theme.builtin_static.clone(),
    };
    if let Ok(engine) = Engine::new(&builtin, shared) {
        let pages = 0..shared.site.pages.len();
        let problems: Vec<Diagnostic> =
            pages.into_par_iter().flat_map_iter(|index| article::make(index, &engine).1).collect();
        diagnostics.extend(problems);
        diagnostics.extend(shared.take_diagnostics());
    }
    Rendered { outputs: Outputs::default(), diagnostics: in_order(diagnostics), pages: 0 }
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
