//! Where processed pictures are kept: in a folder, and in a bucket that other machines share.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hallway::cache::Shared;
use hallway::pipeline::Request;
use hallway::publish::{S3Store, SharedBucket, Surroundings};

use super::Exit;
use super::args::clock;
use super::publish::complain;
use super::publish_target::environment;

/// How long a bucket may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Returns the folder of the cache, if one is named: a bucket is none.
pub(crate) fn folder(named: Option<&PathBuf>) -> Option<PathBuf> {
    named.filter(|named| bucket(named).is_none()).cloned()
}

fn bucket(named: &Path) -> Option<&str> {
    named.to_str().filter(|text| text.starts_with("s3://"))
}

/// Adds the bucket to a request, if one is named.
pub(crate) fn share(request: &mut Request, named: Option<&PathBuf>) -> Result<(), Exit> {
    let Some(url) = named.and_then(|named| bucket(named)) else { return Ok(()) };
    let surroundings = Surroundings { now: clock, pause: std::thread::sleep, timeout: TIMEOUT };
    let store = S3Store::new(url, None, &environment, surroundings).map_err(|trouble| complain(&trouble))?;
    let shared: Arc<dyn Shared> = Arc::new(SharedBucket::new(store));
    request.shared = Some(shared);
    Ok(())
}
