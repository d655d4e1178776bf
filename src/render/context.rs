//! What template functions can reach: the site, and the one sink of pictures and diagnostics.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::cards::Cards;
use super::functions::Assets;
use super::pictures::{Pictures, Probes};
use super::unknown::{Extent, Known, UnknownUses};
use crate::diag::{Diagnostic, Location};
use crate::digest::Digest;
use crate::markdown::shortcode::{Names, Unknown};
use crate::site::{RelatedPages, Site};
use crate::source::Asset;
use crate::theme::Theme;

/// State shared by all template functions of one build.
#[derive(Debug)]
pub(super) struct Shared {
    /// The site.
    pub(super) site: Arc<Site>,
    /// Pictures that templates asked for.
    pub(super) pictures: Pictures,
    /// Social cards that templates asked for.
    pub(super) cards: Cards,
    /// Where static files are published.
    pub(super) assets: Assets,
    /// Paths of all static files, the built-in ones included.
    pub(super) static_paths: BTreeSet<String>,
    /// The author's static files.
    pub(super) static_files: Vec<Asset>,
    /// Shortcodes that there is no template for.
    pub(super) unknown: UnknownUses,
    /// What the outputs are for.
    purpose: Purpose,
    placeholders: Mutex<BTreeMap<String, String>>,
    diagnostics: Mutex<Vec<Diagnostic>>,
    related: OnceLock<RelatedPages>,
}

/// What outputs are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be published: a picture that is missing ends the build.
    Publish,
    /// To be looked at while the author writes: a picture that is missing is shown as a box that says so.
    Preview,
}

/// Where the boxes are that stand in for missing pictures, in a preview.
pub const PLACEHOLDERS: &str = "/_hallway/problem/";

impl Shared {
    pub(super) fn new(
        site: Arc<Site>,
        static_files: &[Asset],
        theme: &Theme<'_>,
        probes: Arc<Probes>,
        purpose: Purpose,
    ) -> Self {
        let own = static_files.iter().map(|file| file.path.to_string());
        let static_paths = own.chain(theme.builtin_static.iter().map(|file| file.name.to_owned())).collect();
        let pictures = Pictures::new(probes);
        let assets = Assets::of(theme, static_files.iter().map(|file| file.path.as_str()));
        Self {
            site,
            assets,
            pictures,
            cards: Cards::default(),
            static_paths,
            static_files: static_files.to_vec(),
            unknown: UnknownUses::default(),
            purpose,
            placeholders: Mutex::default(),
            diagnostics: Mutex::default(),
            related: OnceLock::new(),
        }
    }

    /// Says whether the outputs are for readers: their pictures are made before they are written.
    pub(super) fn is_published(&self) -> bool {
        self.purpose == Purpose::Publish
    }

    /// Returns the author's static file of a path.
    pub(super) fn static_file(&self, path: &str) -> Option<&Asset> {
        // Most paths are none: the set is asked before the list is searched.
        self.static_paths.contains(path).then_some(())?;
        self.static_files.iter().find(|file| file.path.to_string() == path)
    }

    /// Returns which pages are related, worked out when it is first asked.
    pub(super) fn related(&self) -> &RelatedPages {
        self.related.get_or_init(|| RelatedPages::of(&self.site))
    }

    /// Notes a finding; the order of notes does not matter, they are sorted in the end.
    pub(super) fn note(&self, diagnostic: Diagnostic) {
        self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner).push(diagnostic);
    }

    /// Returns the address of a box that shows a problem in place of a picture; none where the outputs are published.
    pub(super) fn placeholder(&self, problem: &Diagnostic, place: &Location) -> Option<String> {
        if self.purpose == Purpose::Publish {
            return None;
        }
        let hint = problem.hint.as_deref().unwrap_or_default();
        let text = format!("{}\n{hint}\n{place}", problem.message);
        let name = Digest::of(text.as_bytes()).short();
        let address = format!("{PLACEHOLDERS}{name}.svg");
        self.placeholders.lock().unwrap_or_else(PoisonError::into_inner).insert(address.clone(), text);
        Some(address)
    }

    /// Returns the text that a box shows: what is wrong, on the second line what helps, on the third where it is.
    pub(super) fn placeholder_text(&self, address: &str) -> Option<String> {
        self.placeholders.lock().unwrap_or_else(PoisonError::into_inner).get(address).cloned()
    }

    /// Hands over what is to be told of unknown shortcodes: in a preview, the pages that were made have errors each of
    /// their own, and warnings are told once all are made.
    pub(super) fn take_unknown(&self, names: &Names, all_are_made: bool) -> Vec<Diagnostic> {
        let (rule, go_shortcodes) = (self.site.config.unknown_shortcodes, &self.site.config.go_shortcodes);
        let known = Known { names, go_shortcodes, rule };
        match (self.purpose, rule) {
            (Purpose::Preview, Unknown::Error) => self.unknown.take(&known, Extent::Page),
            (Purpose::Preview, _) if !all_are_made => Vec::new(),
            _ => self.unknown.take(&known, Extent::Site),
        }
    }

    /// Hands over everything noted so far.
    pub(super) fn take_diagnostics(&self) -> Vec<Diagnostic> {
        let noted = std::mem::take(&mut *self.diagnostics.lock().unwrap_or_else(PoisonError::into_inner));
        super::icons::once_per_name(noted)
    }
}
