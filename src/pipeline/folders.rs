//! Finds the folders of a build: whether there is a site, its destination, its cache.
//!
//! Refuses a destination that would mix the built site with its sources; writes nothing itself.

use std::path::{Path, PathBuf};

use super::{Failure, FailureKind, Request};
use crate::cache::Cache;
use crate::config::{ConfigFile, Configs};
use crate::diag::{Diagnostic, Location};
use crate::output::{Surroundings, check_destination};

pub(super) fn destination(request: &Request, configs: &Configs) -> Result<PathBuf, Failure> {
    let root = absolute(&request.root);
    let configured = || root.join(&configs.general().publish_dir);
    let destination = absolute(&request.destination.clone().unwrap_or_else(configured));
    let mounts = configs.static_files.iter().chain(&configs.content);
    let sources = mounts.map(|mount| mount.folder.as_str());
    let sources = sources.chain(["templates"]).map(|folder| absolute(&root.join(folder)));
    let around = Surroundings {
        sources: sources.filter(|folder| *folder != root).collect(),
        cache: cache_folder(request),
        is_configured: request.destination.is_none(),
        root,
    };
    check_destination(&destination, &around).map_err(|problem| Failure::one(FailureKind::Config, problem))?;
    Ok(destination)
}

pub(super) fn cache_folder(request: &Request) -> PathBuf {
    absolute(&request.cache.clone().unwrap_or_else(|| request.root.join(".hallway")))
}

/// Makes a path absolute, with the links in its existing part resolved, so that folders can be compared.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (path.canonicalize(), path.parent(), path.file_name()) {
        (Ok(real), _, _) => real,
        (Err(_), Some(parent), Some(name)) => absolute(parent).join(name),
        (Err(_), _, _) => path,
    }
}

pub(crate) fn open_cache(request: &Request) -> Result<Cache, Failure> {
    let folder = cache_folder(request);
    let fallback = request.fallback_cache.as_ref().filter(|_| request.cache.is_none());
    let opened = Cache::open(&folder).or_else(|error| match fallback {
        Some(fallback) => Cache::open(absolute(fallback)),
        None => Err(error),
    });
    opened.map_err(|error| {
        let diagnostic = Diagnostic::error("cache-unwritable", format!("the cache cannot be made: {error}"))
            .at(Location::file(folder.display().to_string()))
            .hint("name another folder with `--cache-dir`");
        Failure::one(FailureKind::Io, diagnostic)
    })
}

pub(super) fn cache_failure(cache: &Cache, error: &std::io::Error) -> Failure {
    let diagnostic = Diagnostic::error("cache-unwritable", format!("the cache cannot be written: {error}"))
        .at(Location::file(cache.folder().display().to_string()));
    Failure::one(FailureKind::Io, diagnostic)
}

pub(super) const SITE_HINT: &str =
    "a site is a folder with a `hallway.yaml` or a `content` folder, or any folder of Markdown files";

pub(super) fn no_site(request: &Request, message: &'static str) -> Diagnostic {
    Diagnostic::error("site-not-found", message).at(Location::file(request.root.display().to_string()))
}

/// A site has a configuration or a folder `content`; any other folder with a Markdown file in it is a bare folder of posts.
pub(super) fn is_bare(request: &Request, files: &[ConfigFile]) -> Result<bool, Failure> {
    if !files.is_empty() || request.root.join("content").is_dir() {
        return Ok(false);
    }
    let has_post = walkdir::WalkDir::new(&request.root).into_iter().filter_map(Result::ok).any(|entry| {
        entry.path().extension().is_some_and(|extension| extension == "md" || extension == "markdown")
    });
    if has_post {
        return Ok(true);
    }
    let problem = no_site(request, "there is no site in this folder").hint(SITE_HINT);
    Err(Failure::one(FailureKind::NoSite, problem))
}
