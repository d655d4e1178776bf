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

use crate::diag::Diagnostic;
use crate::output::{Class, Output, Outputs};
use crate::site::Site;
use crate::source::Asset;
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
        Err(diagnostics) => return Rendered { outputs: Outputs::default(), diagnostics, pages: 0 },
    };
    let (articles, article_problems): (Vec<Article>, Vec<Vec<Diagnostic>>) =
        (0..site.pages.len()).into_par_iter().map(|index| article::make(index, &engine)).unzip();
    let mut diagnostics: Vec<Diagnostic> = article_problems.into_iter().flatten().collect();
    let (made, problems) = emit::everything(&engine, articles, theme);
    diagnostics.extend(problems);
    let pages = made.iter().filter(|output| output.class == Class::Page).count();
    let (outputs, collisions) = Outputs::collect(made);
    diagnostics.extend(collisions);
    diagnostics.extend(shared.take_diagnostics());
    let mut outputs = outputs;
    for (path, variant) in shared.pictures.take_wanted() {
        diagnostics.extend(outputs.insert(Output::picture(path, variant)));
    }
    Rendered { outputs, diagnostics: in_order(diagnostics), pages }
}

/// Sorts diagnostics by place and drops repetitions: one broken template fails for every page.
fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics
        .sort_by(|a, b| (&a.at, &a.code, &a.message, &a.hint).cmp(&(&b.at, &b.code, &b.message, &b.hint)));
    diagnostics.dedup_by(|a, b| (&a.at, &a.code, &a.message) == (&b.at, &b.code, &b.message));
    diagnostics
}
