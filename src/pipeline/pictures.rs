//! Makes the pictures of a build, also of one that has broken pictures already, so that all of them are told at once;
//! and removes from the cache those that nobody needs any more.

use super::folders::{cache_failure, cache_folder, destination, open_cache};
use super::last_build::LastBuild;
use super::{Build, Failure, FailureKind, Request, Stage, configure};
use crate::cache::{Cache, Cleaned, CleaningRules, Exchange, Lock, Shared};
use crate::diag::{Diagnostic, in_order};
use crate::output::{self, Made, Outputs};

/// Makes the pictures that the cache lacks, within the memory that the site allows.
pub(super) fn make_pictures(
    build: &Build,
    cache: &Cache,
    lock: &Lock,
    shared: Option<&dyn Shared>,
    tell: &(dyn Fn(Stage) + Sync),
) -> Result<Made, Failure> {
    let memory_bytes = build.site.config.imaging.limits.memory_bytes;
    let tell = |done, all| tell(Stage::Pictures(done, all));
    let exchange = shared.map(|shared| Exchange::fetch(cache, shared, &output::picture_keys(&build.outputs)));
    let made = output::make_pictures(&build.outputs, cache, lock, memory_bytes, &tell);
    let trouble = exchange.and_then(Exchange::offer);
    let mut made = made.map_err(|problems| {
        Failure::new(FailureKind::Content, in_order([build.diagnostics.clone(), problems].concat()))
    })?;
    made.warnings.extend(trouble.map(|reason| {
        let message = format!("the shared cache was given up: {reason}");
        Diagnostic::warning("cache-shared", message).hint("what it lacks was made here")
    }));
    Ok(made)
}

/// Removes from the cache what was not used for as long as the site says; nothing where it says nothing.
pub(super) fn clean_after_build(build: &Build, cache: &Cache, lock: &Lock) {
    let max_age = build.site.config.imaging.cache_max_age;
    if max_age.is_some() {
        // The site is built: a cache that cannot be cleaned is no reason to call it a failure.
        let _ = cache.clean(lock, &CleaningRules { max_age, max_bytes: None });
    }
}

/// Removes pictures from the cache of a site, and waits for a build that is going on.
///
/// # Errors
/// The cache cannot be read or locked.
pub fn clean_cache(request: &Request, rules: &CleaningRules) -> Result<Cleaned, Failure> {
    let folders = [Some(cache_folder(request)), request.fallback_cache.clone()];
    if !folders.iter().flatten().any(|folder| folder.is_dir()) {
        return Ok(Cleaned::default());
    }
    let cache = open_cache(request)?;
    let cleaned = cache.lock().and_then(|lock| cache.clean(&lock, rules));
    cleaned.map_err(|error| cache_failure(&cache, &error))
}

/// Removes the files that the last build left in its destination; returns how many.
///
/// # Errors
/// There is no site, its configuration is faulty, or a file cannot be removed.
pub fn clean_destination(request: &Request) -> Result<usize, Failure> {
    let configured = configure(request)?;
    let destination = destination(request, &configured.configs)?;
    let cache = open_cache(request)?;
    let _lock = cache.lock().map_err(|error| cache_failure(&cache, &error))?;
    let Some(last) = LastBuild::read(&cache.build_record(&destination)) else { return Ok(0) };
    // The record stays: the next build looks what is there.
    let written = output::write(&Outputs::default(), &destination, &last.manifest, &cache, &|_| Ok(()));
    written.map(|written| written.removed).map_err(|problem| Failure::one(FailureKind::Io, problem))
}
