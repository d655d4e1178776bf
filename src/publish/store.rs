//! What publishing needs of a target: [`Store`], files under names.
//!
//! Knows nothing of sites. Every call may be repeated: the same call twice leaves the same files as once.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::manifest::{Headers, Record};
use crate::digest::Digest;

/// Names of all files with their sizes in bytes.
pub type Listing = BTreeMap<String, u64>;

/// Files under names, with headers.
pub trait Store: Sync {
    /// Returns the address for messages; never with credentials.
    fn name(&self) -> String;

    /// Says whether files have headers there; without them a compressed file could not be told from a broken one.
    fn has_headers(&self) -> bool {
        true
    }

    /// Lists every file.
    ///
    /// # Errors
    /// The target does not answer, or not with a list.
    fn list(&self) -> Result<Listing, Trouble>;

    /// Reads a small file whole; nothing where there is none.
    ///
    /// # Errors
    /// The target does not answer.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble>;

    /// Says whether a file is exactly as the record has it, without reading it where the target can tell.
    ///
    /// # Errors
    /// The target does not answer.
    fn holds(&self, name: &str, record: &Record) -> Result<bool, Trouble>;

    /// Reads a file as a reader would get it; nothing where there is none.
    ///
    /// # Errors
    /// The target does not answer.
    fn look(&self, name: &str) -> Result<Option<Seen>, Trouble>;

    /// Writes a file whole, or not at all.
    ///
    /// # Errors
    /// The target does not take it, or the file cannot be read.
    fn put(&self, name: &str, body: Body<'_>, record: &Record) -> Result<(), Trouble>;

    /// Writes a small file only if there is none of its name; says whether it did.
    ///
    /// # Errors
    /// The target does not answer.
    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool, Trouble>;

    /// Copies a file within the target, with the headers of the record.
    ///
    /// # Errors
    /// There is no such file, or the target does not answer.
    fn copy(&self, from: &str, to: &str, record: &Record) -> Result<(), Trouble>;

    /// Removes a file; it may be gone already.
    ///
    /// # Errors
    /// The target does not answer.
    fn remove(&self, name: &str) -> Result<(), Trouble>;

    /// Waits until all that was asked for before is there, where a target gathers what it is told.
    ///
    /// # Errors
    /// The target does not take it.
    fn settle(&self) -> Result<(), Trouble> {
        Ok(())
    }

    /// Ends a run, where a target changes all at once; `message` says in a line what was done.
    ///
    /// # Errors
    /// The target does not take it, and is as it was.
    fn finish(&self, _message: &str) -> Result<(), Trouble> {
        Ok(())
    }

    /// Tells a network of caches before the target that files have changed; `reference` names the change.
    ///
    /// # Errors
    /// The network does not take it.
    fn invalidate(&self, _names: &[String], _reference: &str) -> Result<(), Trouble> {
        Ok(())
    }
}

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// Bytes that are at hand.
    Bytes(&'a [u8]),
    /// A file of the built site.
    File(&'a Path),
}

/// A file as a reader gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Digest of its bytes.
    pub digest: Digest,
    /// Its headers, where the target has any.
    pub headers: Option<Headers>,
}

/// Why a site was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The other side failed, or said no.
    Remote(String),
    /// A file of the built site cannot be read, or one of a folder not written.
    Local(String),
    /// What was asked for would lose files, and needs to be said twice.
    Refused {
        /// What would happen.
        message: String,
        /// How to say that it is meant.
        hint: String,
    },
    /// Somebody else is publishing.
    Locked {
        /// Who, and since when.
        message: String,
        /// What to do.
        hint: String,
    },
}

impl Trouble {
    /// Makes the trouble of a file.
    pub(super) fn of_file(path: &Path, verb: &str, error: &std::io::Error) -> Self {
        Self::Local(format!("{} cannot be {verb}: {error}", path.display()))
    }

    /// Returns what to do about it, where that is known.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Remote(_) | Self::Local(_) => None,
            Self::Refused { hint, .. } | Self::Locked { hint, .. } => Some(hint),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Remote(message)
            | Self::Local(message)
            | Self::Refused { message, .. }
            | Self::Locked { message, .. } => f.write_str(message),
        }
    }
}
