//! What has changed about the files of a site, sorted by what has to be done again for it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::page::Content;
use crate::path::SourcePath;
use crate::source::{Asset, TemplateFile};

/// What has changed about the files of a site.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Texts with the same front matter as before.
    pub(super) bodies: Vec<Arc<Content>>,
    /// Texts that came, went, or have another front matter.
    pub(super) texts: BTreeSet<SourcePath>,
    /// Other files of the content folder with new bytes, and those that came or went.
    pub(super) assets: BTreeSet<SourcePath>,
    /// Static files with new bytes, and those that came or went.
    pub(super) static_files: BTreeSet<SourcePath>,
    /// Whether a static file came or went.
    pub(super) static_moved: bool,
    /// Templates that came, went, or have another text.
    pub(super) templates: BTreeSet<SourcePath>,
}

impl Changes {
    /// Says whether nothing has changed.
    pub(super) fn is_empty(&self) -> bool {
        self.bodies.is_empty()
            && self.texts.is_empty()
            && self.assets.is_empty()
            && self.static_files.is_empty()
            && self.templates.is_empty()
    }

    /// Says whether the site has to be put together again: addresses, order or files of pages may be others.
    pub(super) fn concern_the_site(&self) -> bool {
        !self.texts.is_empty() || !self.assets.is_empty()
    }

    /// Returns the paths of all files that have changed.
    pub(super) fn sources(&self) -> BTreeSet<SourcePath> {
        let others = [&self.texts, &self.assets, &self.static_files, &self.templates];
        let bodies = self.bodies.iter().map(|content| content.source.clone());
        others.into_iter().flatten().cloned().chain(bodies).collect()
    }

    /// Notes a text; `old` is absent where there was no such file, `None` inside where it could not be read.
    pub(super) fn text(
        &mut self,
        source: &SourcePath,
        old: Option<Option<&Arc<Content>>>,
        new: Option<&Arc<Content>>,
    ) {
        match (old, new) {
            (Some(Some(old)), Some(new)) if old.has_same_text(new) => {}
            (Some(Some(old)), Some(new)) if old.has_same_front_matter(new) => {
                self.bodies.push(Arc::clone(new));
            }
            // It cannot be read now as before.
            (Some(None), None) => {}
            _ => {
                self.texts.insert(source.clone());
            }
        }
    }

    pub(super) fn lost_text(&mut self, source: &SourcePath) {
        self.texts.insert(source.clone());
    }

    pub(super) fn asset(&mut self, asset: &Asset) {
        self.assets.insert(asset.source.clone());
    }

    pub(super) fn static_file(&mut self, file: &Asset, old: Option<&Asset>) {
        self.static_moved |= old.is_none_or(|old| old.source != file.source);
        self.static_files.insert(file.source.clone());
    }

    pub(super) fn lost_static(&mut self, file: &Asset) {
        self.static_moved = true;
        self.static_files.insert(file.source.clone());
    }

    pub(super) fn templates(&mut self, old: &[TemplateFile], new: &[TemplateFile]) {
        let differs = |file: &&TemplateFile, others: &[TemplateFile]| {
            !others.iter().any(|other| other.name == file.name && other.text == file.text)
        };
        let came = new.iter().filter(|file| differs(file, old));
        let went = old.iter().filter(|file| differs(file, new));
        self.templates.extend(came.chain(went).map(|file| file.source.clone()));
    }
}
