//! What is remembered of the last build into a destination, so that the next one can say that nothing has changed.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Build, Report, Request, count_pictures};
use crate::cache;
use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::output::{self, Manifest};
use crate::site::LeftOut;

/// What is remembered of the last build into a destination.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LastBuild {
    /// Digest of its inputs; empty while it is not finished.
    key: String,
    /// The instant that it was made for.
    now: Timestamp,
    /// The first instant at which it would come out differently.
    next_change: Option<Timestamp>,
    pages: usize,
    pictures: usize,
    left_out: Vec<LeftOut>,
    diagnostics: Vec<Diagnostic>,
    pub(super) manifest: Manifest,
}

impl LastBuild {
    pub(super) fn of(build: &Build, manifest: Manifest, key: String, now: Timestamp) -> Self {
        Self {
            key,
            now,
            next_change: build.site.next_change,
            pages: build.pages,
            pictures: count_pictures(&build.outputs),
            left_out: build.site.left_out.clone(),
            diagnostics: build.diagnostics.clone(),
            manifest,
        }
    }

    /// A record that cannot be read, or is not ours, is as good as none: everything is then compared byte by byte.
    pub(super) fn read(file: &Path) -> Option<Self> {
        let bytes = cache::find(file).ok()??;
        serde_json::from_slice(&bytes).ok()
    }

    pub(super) fn write(&self, file: &Path) -> std::io::Result<()> {
        cache::put(file, &serde_json::to_vec(self)?)
    }

    pub(super) fn still_holds(&self, key: &Digest, request: &Request, destination: &Path) -> bool {
        self.key == key.to_string()
            && self.now <= request.now
            && self.next_change.is_none_or(|change| request.now < change)
            && output::is_current(&self.manifest, destination)
    }

    pub(super) fn report(&self, destination: PathBuf, has_host: bool) -> Report {
        Report {
            pages: self.pages,
            outputs: self.manifest.files.len(),
            written: 0,
            removed: 0,
            pictures: self.pictures,
            pictures_made: 0,
            left_out: self.left_out.clone(),
            diagnostics: self.diagnostics.clone(),
            is_up_to_date: true,
            has_host,
            destination,
        }
    }
}
