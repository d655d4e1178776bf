//! What a build wrote into its destination, so that the next one writes only what differs and removes only its own.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::{Content, Finding, Output, Outputs};
use crate::digest::{Digest, Digester};
use crate::path::OutputPath;

/// Everything that a build wrote, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Manifest {
    /// One record a file.
    pub files: BTreeMap<OutputPath, Record>,
}

/// What was written to one path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Digest of what the file was made from, as hex digits.
    #[serde(rename = "d")]
    pub digest: String,
    /// Size and time of the file as it was left; absent while it is only meant to be written.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<Stamp>,
    /// Whether there was no file of this path when a build set out to write one: then it is ours in any state.
    #[serde(rename = "n", default, skip_serializing_if = "std::ops::Not::not")]
    pub is_new: bool,
    /// What was found in a picture file.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

/// Size in bytes and time of the last change in nanoseconds since 1970: what tells a touched file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp(pub u64, pub u64);

impl Stamp {
    /// Reads the stamp of a file.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let nanoseconds = modified.map_or(0, |duration| duration.as_nanos());
        Self(metadata.len(), u64::try_from(nanoseconds).unwrap_or(u64::MAX))
    }
}

impl Record {
    /// Says whether the file lies in `destination` as it was left.
    pub(super) fn is_untouched(&self, destination: &Path, path: &OutputPath) -> bool {
        let Ok(metadata) = std::fs::symlink_metadata(destination.join(path.as_str())) else {
            return false;
        };
        metadata.is_file() && self.stamp == Some(Stamp::of(&metadata))
    }
}

impl Record {
    /// Makes the record of a file that was written.
    pub(super) fn written(digest: String, stamp: Stamp) -> Self {
        Self { digest, stamp: Some(stamp), is_new: false, finding: None }
    }
}

impl Manifest {
    /// Returns what is about to be written: the old files, which may still be there, and the new ones.
    pub(super) fn intent(
        &self,
        outputs: &Outputs,
        digests: &BTreeMap<&OutputPath, Digest>,
        destination: &Path,
    ) -> Self {
        let mut files = self.files.clone();
        for output in outputs.iter() {
            let digest = digests.get(&output.path).map(Digest::to_string).unwrap_or_default();
            match files.get_mut(&output.path) {
                Some(known) if known.digest == digest => {}
                known => {
                    let was_ours = known.is_some_and(|known| known.stamp.is_some() || known.is_new);
                    let is_new = was_ours || !destination.join(output.path.as_str()).exists();
                    files.insert(output.path.clone(), Record { digest, stamp: None, is_new, finding: None });
                }
            }
        }
        Self { files }
    }
}

/// Part of the digests of picture files: raised when other metadata are taken out of them than before.
const STRIPPING_VERSION: u64 = 2;

impl Output {
    /// Returns the digest of everything that decides the bytes of this output.
    pub(super) fn digest(&self) -> Digest {
        match &self.content {
            Content::Bytes(bytes) => Digest::of(bytes),
            Content::PictureFile(asset, metadata) => {
                let modified = u64::try_from(asset.modified_ns).unwrap_or(u64::MAX);
                let key = Digester::new().number(STRIPPING_VERSION).number(*metadata as u64);
                key.text(asset.source.as_str()).number(asset.size_bytes).number(modified).finish()
            }
            Content::Copy(asset) => {
                let modified = u64::try_from(asset.modified_ns).unwrap_or(u64::MAX);
                Digester::new().text(asset.source.as_str()).number(asset.size_bytes).number(modified).finish()
            }
            Content::Picture(variant) => variant.key(),
            Content::Card(card) => card.key(),
        }
    }
}
