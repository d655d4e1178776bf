//! What publishing needs to know of a site: where it was built, which files it has, and where it goes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::last_build::LastBuild;
use super::{Failure, Request, configure, destination, open_cache};
use crate::config::Deployment;

/// A built site that is about to be published.
#[derive(Debug)]
pub struct Publication {
    /// Where it goes, and how.
    pub deployment: Arc<Deployment>,
    /// Folder of what was made before, and can be made again.
    pub cache: PathBuf,
    /// Folder that it was built into.
    pub folder: PathBuf,
    /// Paths of the files that the last build left there; nothing where it is not known.
    pub files: Option<BTreeSet<String>>,
}

/// Returns what is known of a site that was built before.
///
/// # Errors
/// There is no site, its configuration is faulty, or the cache cannot be read.
pub fn publication(request: &Request) -> Result<Publication, Failure> {
    let configured = configure(request)?;
    let folder = destination(request, &configured.configs)?;
    let cache = open_cache(request)?;
    let last = LastBuild::read(&cache.build_record(&folder));
    let files = last.map(|last| last.manifest.files.keys().map(|path| path.as_str().to_owned()).collect());
    let deployment = Arc::clone(&configured.configs.general().deployment);
    Ok(Publication { deployment, cache: cache.folder().to_owned(), folder, files })
}
