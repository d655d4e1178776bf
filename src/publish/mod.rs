//! Makes a target like the built site: what changed goes there, what readers need first, and what is gone is removed last.
//!
//! A target is a [`Store`]: files under names, with headers. Beside the site it keeps a manifest of digests and headers, what
//! an unfinished run set out to do, a lock, and what the last run replaced. Builds nothing, and follows no link.

mod archive;
mod copies;
mod folder;
mod git;
mod guard;
mod headers;
mod lock;
mod manifest;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a target of tests reads what it is given")]
mod memory;
mod plan;
mod program;
mod rollback;
mod rsync;
mod run;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write the sites that they publish")]
mod run_tests;
mod s3;
mod shared;
mod store;
mod target;
mod tree;
mod verify;

pub use archive::write_archive;
pub use folder::FolderStore;
pub use git::{GitAddress, GitStore, Remote};
pub use lock::Owner;
pub use manifest::{Headers, Manifest, Record};
pub use plan::{Change, Plan};
pub use rollback::rollback;
pub use rsync::{RsyncAddress, RsyncStore};
pub use run::{Limits, Outcome, Progress, Publisher, preview, publish};
pub use s3::{Credentials, Environment, S3Store, Surroundings};
pub use shared::SharedBucket;
pub use store::{Body, Listing, Seen, Store, Trouble};
pub use target::{Destination, destination};
pub use tree::{Local, Tree};
pub use verify::{Verified, verify};
