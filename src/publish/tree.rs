//! Lists the files of a built site with their digests and headers.
//!
//! Follows no symbolic link: what is published is what lies in the folder. Names are those at the target.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::headers::{REDIRECT_MAX_BYTES, headers_of, redirect_of};
use super::manifest::Record;
use super::store::Trouble;
use crate::config::{Deployment, Target};
use crate::digest::Digester;

/// A built site, ready to be compared with a target.
#[derive(Debug, Default)]
pub struct Tree {
    /// Its files, by their names at the target.
    pub files: BTreeMap<String, Local>,
    /// Links and hidden files that are not published.
    pub left_out: Vec<String>,
}

/// A file of a built site.
#[derive(Debug, Clone)]
pub struct Local {
    /// Where it lies.
    pub file: PathBuf,
    /// What it is at the target.
    pub record: Record,
    /// Whether it is compressed on its way.
    pub compresses: bool,
    /// Whether it goes there although it has not changed.
    pub is_forced: bool,
}

/// Hidden files and folders that are a part of sites.
const HIDDEN: &[&str] = &[".well-known", ".nojekyll", ".htaccess", ".domains"];

impl Tree {
    /// Lists the files of a folder that go to a target, which may have no headers; `is_ours` says which of them the site has.
    ///
    /// # Errors
    /// A file or folder cannot be read.
    pub fn of(
        folder: &Path,
        deployment: &Deployment,
        target: &Target,
        has_headers: bool,
        is_ours: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Self, Trouble> {
        if !folder.is_dir() {
            return Err(Trouble::Local(format!("there is no built site in {}", folder.display())));
        }
        let mut paths = Vec::new();
        let mut left_out = Vec::new();
        let shown = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry
                .map_err(|error| Trouble::Local(format!("{} cannot be read: {error}", folder.display())))?;
            let name = name_of(folder, entry.path());
            let is_within_hidden =
                name.split('/').any(|part| part.starts_with('.') && !HIDDEN.contains(&part));
            if is_within_hidden || !shown(&entry) {
                continue;
            }
            if entry.path_is_symlink() {
                left_out.push(name);
            } else if entry.file_type().is_file() && is_ours(&name) && target.takes(&name) {
                paths.push((name, entry.into_path()));
            }
        }
        let read = |(name, file): (String, PathBuf)| {
            let local = Local::of(&name, file, deployment, has_headers)?;
            let shown = if target.strips_index { stripped(&name).to_owned() } else { name };
            Ok((shown, local))
        };
        let files = paths.into_par_iter().map(read).collect::<Result<BTreeMap<String, Local>, Trouble>>()?;
        Ok(Self { files, left_out })
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.') && !HIDDEN.contains(&name.as_ref())
}

fn name_of(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Hugo's `stripIndexHTML`: the home page keeps its name, for a bucket has no root.
fn stripped(name: &str) -> &str {
    match name.strip_suffix("index.html") {
        Some(folder) if folder.ends_with('/') => folder,
        _ => name,
    }
}

impl Local {
    fn of(name: &str, file: PathBuf, deployment: &Deployment, has_headers: bool) -> Result<Self, Trouble> {
        let (mut headers, matcher) = headers_of(name, &deployment.matchers);
        let compresses = has_headers && matcher.is_some_and(|matcher| matcher.compresses);
        let failed = |error: std::io::Error| Trouble::of_file(&file, "read", &error);
        let (digest, size) = if compresses {
            let bytes = compressed(&file)?;
            (Digester::new().bytes(&bytes).finish(), bytes.len() as u64)
        } else {
            digest_of(&file).map_err(failed)?
        };
        if headers.content_type.starts_with("text/html") && size <= REDIRECT_MAX_BYTES && !compresses {
            let mut page = String::new();
            // A page that is no UTF-8 is no redirect of ours.
            let _ = File::open(&file).map_err(failed)?.take(REDIRECT_MAX_BYTES).read_to_string(&mut page);
            headers.redirect = redirect_of(&page);
        }
        let record = Record { digest: digest.to_string(), size, headers };
        let is_forced = deployment.is_forced || matcher.is_some_and(|matcher| matcher.is_forced);
        Ok(Self { file, record, compresses, is_forced })
    }
}

/// Returns the digest of a file's bytes and their number, without holding more than a piece of it.
pub(super) fn digest_of(file: &Path) -> std::io::Result<(crate::digest::Digest, u64)> {
    let size = fs::metadata(file)?.len();
    let digest = Digester::new().reader(File::open(file)?, size)?.finish();
    Ok((digest, size))
}

/// Returns a file compressed; the same file gives the same bytes.
pub(super) fn compressed(file: &Path) -> Result<Vec<u8>, Trouble> {
    let failed = |error: std::io::Error| Trouble::of_file(file, "read", &error);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut File::open(file).map_err(failed)?, &mut encoder).map_err(failed)?;
    encoder.flush().map_err(failed)?;
    encoder.finish().map_err(failed)
}
