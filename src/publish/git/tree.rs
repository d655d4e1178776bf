//! Files of a commit that is being put together: those of the commit before, and those that are new.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::publish::store::Body;

/// Files of a commit by their paths.
#[derive(Debug, Clone, Default)]
pub(super) struct Files(pub(super) BTreeMap<String, Entry>);

/// A file of a commit.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Bytes.
    pub(super) size: u64,
    pub(super) held: Held,
}

/// Where a file's content is.
#[derive(Debug, Clone)]
pub(super) enum Held {
    /// In the repository, under a name of its own.
    There { mode: String, id: String },
    /// At hand.
    Bytes(Vec<u8>),
    /// In the built site.
    File(PathBuf),
}

impl Entry {
    pub(super) fn of(body: Body<'_>, size: u64) -> Self {
        match body {
            Body::Bytes(bytes) => Self { size: bytes.len() as u64, held: Held::Bytes(bytes.to_vec()) },
            Body::File(file) => Self { size, held: Held::File(file.to_owned()) },
        }
    }
}
