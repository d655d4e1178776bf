//! Publishes picture files of the author without what cameras and programs wrote into them.
//!
//! Taking it out is `image`'s work; this says what is published where that fails, and what the author should know.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Content, Manifest, Outputs};
use crate::cache::Cache;
use crate::diag::{Diagnostic, Location};
use crate::image::{self, MetadataPolicy};
use crate::path::OutputPath;

/// What was found in a picture file that is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Finding {
    /// It said where it was taken; it is published without that.
    PositionRemoved,
    /// It says where it was taken, and is published as it is.
    PositionPublished,
    /// Its structure is damaged, so it is published as it is.
    Damaged,
}

/// Returns the bytes of a picture file as they are published, and what was found.
///
/// A damaged file is published as it is, for nobody can say what of it is metadata.
pub fn publishable(bytes: &[u8], metadata: MetadataPolicy) -> (Cow<'_, [u8]>, Option<Finding>) {
    let has_position = image::probe(Cursor::new(bytes)).is_ok_and(|info| info.has_position);
    match image::without_metadata(bytes, metadata) {
        Ok(kept) => {
            let finding = match (has_position, metadata) {
                (true, MetadataPolicy::Keep) => Some(Finding::PositionPublished),
                (true, _) => Some(Finding::PositionRemoved),
                (false, _) => None,
            };
            (kept, finding)
        }
        Err(image::Damaged) => (Cow::Borrowed(bytes), Some(Finding::Damaged)),
    }
}

/// What is at hand while files are written, and what is found on the way.
pub(super) struct Desk<'a> {
    /// Has the pictures that were made.
    pub(super) cache: &'a Cache,
    findings: Mutex<BTreeMap<OutputPath, Finding>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(cache: &'a Cache) -> Self {
        Self { cache, findings: Mutex::default() }
    }

    /// Returns the bytes of a picture file as they are published, and notes what was found.
    pub(super) fn publish<'b>(
        &self,
        path: &OutputPath,
        bytes: &'b [u8],
        metadata: MetadataPolicy,
    ) -> Cow<'b, [u8]> {
        let (published, finding) = publishable(bytes, metadata);
        if let Some(finding) = finding {
            self.findings.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), finding);
        }
        published
    }

    /// Returns what was found, for the author, and notes it in the manifest.
    ///
    /// What is wrong is told for as long as it is, also of files that lie there from the last build; that something was
    /// taken out is told when it is done.
    pub(super) fn findings(self, outputs: &Outputs, old: &Manifest, new: &mut Manifest) -> Vec<Diagnostic> {
        let found = self.findings.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut told = Vec::new();
        for output in outputs.iter() {
            let Content::PictureFile(asset, _) = &output.content else { continue };
            let Some(record) = new.files.get_mut(&output.path) else { continue };
            let last = old.files.get(&output.path).filter(|last| last.digest == record.digest);
            let last = last.and_then(|last| last.finding);
            let now = found.get(&output.path).copied();
            record.finding = now.or(last);
            let is_wrong = |finding: &Finding| *finding != Finding::PositionRemoved;
            told.extend(now.or(last.filter(is_wrong)).map(|finding| (asset.source.to_string(), finding)));
        }
        tell(told)
    }
}

/// Files that are named in one message.
const NAMED_MAX: usize = 5;

/// Tells the author of what was found: one message for each folder and finding.
fn tell(findings: Vec<(String, Finding)>) -> Vec<Diagnostic> {
    let mut by_folder: BTreeMap<(String, Finding), Vec<String>> = BTreeMap::new();
    for (path, finding) in findings {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        by_folder.entry((folder.to_owned(), finding)).or_default().push(name.to_owned());
    }
    by_folder
        .into_iter()
        .map(|((folder, finding), mut names)| {
            names.sort_unstable();
            names.dedup();
            diagnostic(finding, &names).at(Location::file(format!("{folder}/").trim_start_matches('/')))
        })
        .collect()
}

fn diagnostic(finding: Finding, names: &[String]) -> Diagnostic {
    let shown: Vec<String> = names.iter().take(NAMED_MAX).map(|name| format!("`{name}`")).collect();
    let more = match names.len().saturating_sub(NAMED_MAX) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let who = format!("{}{more}", shown.join(", "));
    match finding {
        Finding::PositionRemoved => Diagnostic::note(
            "image-position",
            format!("the place where the photo was taken is taken out of what is published: {who}"),
        ),
        Finding::PositionPublished => Diagnostic::warning(
            "image-position",
            format!("published with the place where the photo was taken: {who}"),
        )
        .hint("`imaging.metadata: strip` in the configuration takes it out"),
        Finding::Damaged => Diagnostic::warning(
            "image-metadata",
            format!("what a camera wrote into a picture cannot be taken out, for the file is damaged: {who}"),
        )
        .hint("save it anew, or remove it: it is published as it is"),
    }
}
