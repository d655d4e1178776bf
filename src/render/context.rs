//! What template functions can reach: the site, and the one sink of pictures and diagnostics.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::pictures::Pictures;
use crate::diag::Diagnostic;
use crate::site::Site;
use crate::source::Asset;
use crate::theme::Theme;

/// State shared by all template functions of one build.
#[derive(Debug)]
pub(super) struct Shared {
    /// The site.
    pub(super) site: Arc<Site>,
    /// Pictures that templates asked for.
    pub(super) pictures: Pictures,
    /// The author's static files.
    pub(super) static_files: Vec<Asset>,
    /// Paths of all static files, the built-in ones included.
    pub(super) static_paths: BTreeSet<String>,
    diagnostics: Mutex<Vec<Diagnostic>>,
}

impl Shared {
    pub(super) fn new(site: Arc<Site>, static_files: Vec<Asset>, theme: &Theme<'_>) -> Self {
        let own = static_files.iter().map(|file| file.path.to_string());
        let static_paths = own.chain(theme.builtin_static.iter().map(|file| file.name.to_owned())).collect();
        let pictures = Pictures::new(site.assets.len());
        Self { site, pictures, static_files, static_paths, diagnostics: Mutex::default() }
    }

    /// Notes a finding; the order of notes does not matter, they are sorted in the end.
    pub(super) fn note(&self, diagnostic: Diagnostic) {
        self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }

    /// Hands over everything noted so far.
    pub(super) fn take_diagnostics(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut *self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
