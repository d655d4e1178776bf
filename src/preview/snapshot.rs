//! One state of a site's files, faulty or not, put together and ready for its templates.
//!
//! A generation is made from one that has no error. All of its mistakes are found by making every output once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diag::{Diagnostic, in_order};
use crate::render::{self, Live, Probes, Recipes};
use crate::site::Site;
use crate::source::{Asset, TemplateFile};
use crate::theme::Theme;

/// One state of a site's files.
#[derive(Debug)]
pub struct Snapshot {
    /// Which look at the files it comes from.
    pub revision: u64,
    pub(super) site: Arc<Site>,
    pub(super) recipes: Option<Arc<Recipes>>,
    pub(super) templates: Arc<Vec<TemplateFile>>,
    pub(super) static_files: Arc<Vec<Asset>>,
    pub(super) probes: Arc<Probes>,
    /// What is wrong with the files and with what they were put together to.
    pub(super) found: Vec<Diagnostic>,
}

impl Snapshot {
    /// Loads the templates.
    ///
    /// Returns with it what is wrong with the addresses, as far as they are listed anew.
    ///
    /// # Errors
    /// All templates that cannot be read.
    pub(super) fn load(&self) -> Result<(Live, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (probes, recipes) = (Arc::clone(&self.probes), self.recipes.clone());
        Live::new(&self.site, &self.theme(), &self.static_files, probes, recipes)
    }

    fn theme(&self) -> Theme<'_> {
        Theme::of(&self.templates, &self.static_files)
    }

    /// Makes every output once and returns all that is wrong with this state; `None` if it was told to stop.
    ///
    /// Works on one core, so that others are free for whoever waits for a page; keeps nothing of what it makes.
    pub fn check(&self, stop: &AtomicBool) -> Option<Vec<Diagnostic>> {
        let problems = match self.load() {
            Ok((live, _)) => live.check_all(&|| stop.load(Ordering::Relaxed))?,
            Err(problems) => {
                render::without_templates(problems, &self.site, &self.theme(), &self.static_files).diagnostics
            }
        };
        Some(in_order(self.found.iter().cloned().chain(problems).collect()))
    }
}
