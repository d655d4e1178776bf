//! Writes outputs into a folder: only what differs, each file whole, and removes what an earlier build left there.
//!
//! A new site is written aside and put in place by one rename. Over an old site every file is replaced by a rename, what
//! pages need before the pages. Whoever is killed when, no file is ever cut short, and the next build finishes the work.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::manifest::Stamp;
use super::picture_files::Desk;
use super::{Class, Content, Manifest, Output, Outputs, Record};
use crate::cache::Cache;
use crate::diag::{Diagnostic, Location, Severity};
use crate::digest::Digest;
use crate::path::OutputPath;

/// What writing did.
#[derive(Debug, Default)]
pub struct Written {
    /// Files that were written or replaced.
    pub written: usize,
    /// Files of earlier builds that were removed.
    pub removed: usize,
    /// What lies in the destination now.
    pub manifest: Manifest,
    /// Files of earlier builds that somebody else changed since, and that were therefore kept; what was taken out of
    /// picture files.
    pub warnings: Vec<Diagnostic>,
    /// What is wrong with picture files, written now or before: an unchanged build tells it once more.
    pub lasting: Vec<Diagnostic>,
}

/// Name of the folder for files on their way, inside the destination so that a rename is enough.
const TEMPORARY: &str = ".hallway-tmp";

/// Says whether a destination is exactly as the build of `manifest` left it.
pub fn is_current(manifest: &Manifest, destination: &Path) -> bool {
    manifest.files.par_iter().all(|(path, record)| record.is_untouched(destination, path))
}

/// Writes outputs into `destination`, where `old` was written before.
///
/// `note_intent` is called with the union of both before the first file is touched: whatever happens then, the next
/// build knows which files may be there.
///
/// # Errors
/// A file or folder cannot be written.
pub fn write(
    outputs: &Outputs,
    destination: &Path,
    old: &Manifest,
    cache: &Cache,
    note_intent: &dyn Fn(&Manifest) -> io::Result<()>,
) -> Result<Written, Diagnostic> {
    let digests: BTreeMap<&OutputPath, Digest> =
        outputs.iter().collect::<Vec<_>>().par_iter().map(|output| (&output.path, output.digest())).collect();
    let intent = old.intent(outputs, &digests, destination);
    let trouble = |error: Trouble| error.diagnose(destination);
    let desk = Desk::new(cache);
    if is_absent_or_empty(destination) {
        note_intent(&intent).map_err(|error| trouble(Trouble::of(destination, error)))?;
        let written = write_new(outputs, destination, &desk, &digests).map_err(trouble)?;
        return Ok(with_findings(written, desk, outputs, old));
    }
    let written = write_over(outputs, destination, old, &desk, &digests, &|| note_intent(&intent));
    Ok(with_findings(written.map_err(trouble)?, desk, outputs, old))
}

fn with_findings(mut written: Written, desk: Desk<'_>, outputs: &Outputs, old: &Manifest) -> Written {
    let found = desk.findings(outputs, old, &mut written.manifest);
    let (notes, lasting) = found.into_iter().partition(|found| found.severity == Severity::Note);
    written.warnings.extend::<Vec<_>>(notes);
    written.lasting = lasting;
    written
}

/// A file system error and where it happened.
struct Trouble {
    path: PathBuf,
    error: io::Error,
}

impl Trouble {
    fn of(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_owned(), error }
    }

    fn diagnose(self, destination: &Path) -> Diagnostic {
        let place = if self.path.starts_with(destination) { self.path } else { destination.to_owned() };
        Diagnostic::error("write-failed", format!("cannot be written: {}", self.error))
            .at(Location::file(place.display().to_string()))
    }
}

fn is_absent_or_empty(destination: &Path) -> bool {
    match fs::read_dir(destination) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Writes a site where there is none: into a folder beside the destination, which then takes its place.
fn write_new(
    outputs: &Outputs,
    destination: &Path,
    desk: &Desk<'_>,
    digests: &BTreeMap<&OutputPath, Digest>,
) -> Result<Written, Trouble> {
    let name = destination.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let parent = destination.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| Trouble::of(parent, error))?;
    let aside = destination.with_file_name(format!(".{name}{TEMPORARY}"));
    remove_folder(&aside)?;
    let all: Vec<&Output> = outputs.iter().collect();
    make_folders(&aside, all.iter().map(|output| &output.path))?;
    let stamps = all
        .par_iter()
        .map(|output| {
            put(output, &aside.join(output.path.as_str()), desk).map(|stamp| (output.path.clone(), stamp))
        })
        .collect::<Result<Vec<_>, Trouble>>()?;
    fs::rename(&aside, destination).map_err(|error| Trouble::of(destination, error))?;
    let files = stamps.into_iter().map(|(path, stamp)| {
        let digest = digests.get(&path).map(Digest::to_string).unwrap_or_default();
        (path, Record::written(digest, stamp))
    });
    Ok(Written { written: all.len(), manifest: Manifest { files: files.collect() }, ..Written::default() })
}

/// Replaces what differs from the site that is there, and removes what the new one lacks.
fn write_over(
    outputs: &Outputs,
    destination: &Path,
    old: &Manifest,
    desk: &Desk<'_>,
    digests: &BTreeMap<&OutputPath, Digest>,
    note_intent: &dyn Fn() -> io::Result<()>,
) -> Result<Written, Trouble> {
    let temporary = destination.join(TEMPORARY);
    remove_folder(&temporary)?;
    let all: Vec<&Output> = outputs.iter().collect();
    let states: Vec<(&Output, Option<Stamp>)> =
        all.par_iter().map(|output| (*output, kept_stamp(output, destination, old, desk, digests))).collect();
    let changed: Vec<&Output> =
        states.iter().filter(|(_, kept)| kept.is_none()).map(|(output, _)| *output).collect();
    let stale: Vec<(&OutputPath, &Record)> =
        old.files.iter().filter(|(path, _)| outputs.find(path).is_none()).collect();
    let mut written = Written::default();
    for (output, kept) in &states {
        if let Some(stamp) = kept {
            insert(&mut written.manifest, &output.path, digests, *stamp);
        }
    }
    if changed.is_empty() && stale.is_empty() {
        return Ok(written);
    }
    note_intent().map_err(|error| Trouble::of(destination, error))?;
    if !changed.is_empty() {
        fs::create_dir_all(&temporary).map_err(|error| Trouble::of(&temporary, error))?;
        clear_the_way(destination, &changed, old)?;
        make_folders(destination, changed.iter().map(|output| &output.path))?;
        for class in [&[Class::Asset][..], &[Class::Page, Class::Alias], &[Class::Feed]] {
            let of_class: Vec<&&Output> =
                changed.iter().filter(|output| class.contains(&output.class)).collect();
            for (path, stamp) in replace(&of_class, destination, &temporary, desk)? {
                insert(&mut written.manifest, &path, digests, stamp);
            }
        }
        remove_folder(&temporary)?;
    }
    written.written = changed.len();
    for (path, record) in stale {
        remove_stale(path, record, destination, &mut written)?;
    }
    Ok(written)
}

fn insert(manifest: &mut Manifest, path: &OutputPath, digests: &BTreeMap<&OutputPath, Digest>, stamp: Stamp) {
    let digest = digests.get(path).map(Digest::to_string).unwrap_or_default();
    manifest.files.insert(path.clone(), Record::written(digest, stamp));
}

/// Returns the stamp of a file that need not be written, because it holds the right bytes already.
fn kept_stamp(
    output: &Output,
    destination: &Path,
    old: &Manifest,
    desk: &Desk<'_>,
    digests: &BTreeMap<&OutputPath, Digest>,
) -> Option<Stamp> {
    let digest = digests.get(&output.path).map(Digest::to_string);
    let known = old.files.get(&output.path);
    if let Some(record) = known.filter(|record| Some(&record.digest) == digest.as_ref())
        && record.is_untouched(destination, &output.path)
    {
        return record.stamp;
    }
    // What an interrupted build, another program or a lost cache left behind is compared byte by byte.
    let file = destination.join(output.path.as_str());
    let metadata = fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_file)?;
    holds(output, &file, metadata.len(), desk).then(|| Stamp::of(&metadata))
}

#[expect(clippy::disallowed_methods, reason = "`output` owns the files of the destination")]
fn holds(output: &Output, file: &Path, size_bytes: u64, desk: &Desk<'_>) -> bool {
    let same =
        |bytes: &[u8]| size_bytes == bytes.len() as u64 && fs::read(file).is_ok_and(|found| found == bytes);
    match &output.content {
        Content::Bytes(bytes) => same(bytes),
        Content::Copy(asset) => {
            size_bytes == asset.size_bytes && fs::read(&asset.file).is_ok_and(|bytes| same(&bytes))
        }
        Content::PictureFile(asset, metadata) => {
            fs::read(&asset.file).is_ok_and(|bytes| same(&desk.publish(&output.path, &bytes, *metadata)))
        }
        made @ (Content::Picture(_) | Content::Card(_)) => {
            fs::read(made.kept(desk.cache)).is_ok_and(|bytes| same(&bytes))
        }
    }
}

/// Removes our own files where a folder must be now, and folders of ours where a file must be.
fn clear_the_way(destination: &Path, changed: &[&Output], old: &Manifest) -> Result<(), Trouble> {
    for output in changed {
        let mut folder = output.path.folder();
        while !folder.is_empty() {
            if OutputPath::new(folder).is_ok_and(|path| old.files.contains_key(&path)) {
                remove_file(&destination.join(folder))?;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        let file = destination.join(output.path.as_str());
        if file.is_dir() {
            let below = format!("{}/", output.path);
            for path in old.files.keys().filter(|path| path.as_str().starts_with(&below)) {
                remove_file(&destination.join(path.as_str()))?;
                remove_empty_folders(destination, path);
            }
        }
    }
    Ok(())
}

/// Writes files aside and renames each into its place; parents come before children, in parallel otherwise.
fn replace(
    outputs: &[&&Output],
    destination: &Path,
    temporary: &Path,
    desk: &Desk<'_>,
) -> Result<Vec<(OutputPath, Stamp)>, Trouble> {
    let number = AtomicUsize::new(0);
    outputs
        .par_iter()
        .map(|output| {
            let aside = temporary.join(number.fetch_add(1, Ordering::Relaxed).to_string());
            let stamp = put(output, &aside, desk)?;
            let file = destination.join(output.path.as_str());
            fs::rename(&aside, &file).map_err(|error| Trouble::of(&file, error))?;
            Ok((output.path.clone(), stamp))
        })
        .collect()
}

/// Writes one output to a file that is not there.
fn put(output: &Output, file: &Path, desk: &Desk<'_>) -> Result<Stamp, Trouble> {
    let written = match &output.content {
        Content::Bytes(bytes) => put_bytes(bytes, file),
        Content::Copy(asset) => copy(&asset.file, file),
        Content::PictureFile(asset, metadata) => read_file(&asset.file)
            .and_then(|bytes| put_bytes(&desk.publish(&output.path, &bytes, *metadata), file)),
        made @ (Content::Picture(_) | Content::Card(_)) => copy(&made.kept(desk.cache), file),
    };
    written.map_err(|error| Trouble::of(file, error))
}

#[expect(clippy::disallowed_methods, reason = "what is copied here is read here")]
fn read_file(file: &Path) -> io::Result<Vec<u8>> {
    fs::read(file)
}

fn put_bytes(bytes: &[u8], file: &Path) -> io::Result<Stamp> {
    let mut opened = File::create(file)?;
    opened.write_all(bytes)?;
    Ok(Stamp::of(&opened.metadata()?))
}

/// Copies bytes and nothing else: permissions and times of the author's files are not the site's.
fn copy(from: &Path, to: &Path) -> io::Result<Stamp> {
    let mut source = File::open(from)?;
    let mut target = File::create(to)?;
    io::copy(&mut source, &mut target)?;
    Ok(Stamp::of(&target.metadata()?))
}

fn make_folders<'a>(root: &Path, paths: impl Iterator<Item = &'a OutputPath>) -> Result<(), Trouble> {
    fs::create_dir_all(root).map_err(|error| Trouble::of(root, error))?;
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for path in paths {
        let mut folder = path.folder();
        while !folder.is_empty() && folders.insert(folder) {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    // Sorted order puts every folder after the one it lies in.
    for folder in folders {
        let folder = root.join(folder);
        match fs::create_dir(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(error) => return Err(Trouble::of(&folder, error)),
        }
    }
    Ok(())
}

/// Removes a file that an earlier build wrote, unless somebody changed it since.
fn remove_stale(
    path: &OutputPath,
    record: &Record,
    destination: &Path,
    written: &mut Written,
) -> Result<(), Trouble> {
    let file = destination.join(path.as_str());
    let Ok(metadata) = fs::symlink_metadata(&file) else {
        return Ok(());
    };
    if !metadata.is_file() {
        return Ok(());
    }
    if record.is_untouched(destination, path) || record.is_new {
        remove_file(&file)?;
        remove_empty_folders(destination, path);
        written.removed += 1;
    } else {
        let message = "no longer part of the site, but changed by somebody else, so it stays";
        written.warnings.push(
            Diagnostic::warning("stale-file-kept", message).at(Location::file(file.display().to_string())),
        );
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "`output` owns the files of the destination")]
fn remove_file(file: &Path) -> Result<(), Trouble> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Trouble::of(file, error)),
        _ => Ok(()),
    }
}

#[expect(clippy::disallowed_methods, reason = "the folder for files on their way is `output`'s own")]
fn remove_folder(folder: &Path) -> Result<(), Trouble> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Trouble::of(folder, error)),
        _ => Ok(()),
    }
}

/// Removes the folders above a removed file as far as they are empty now, but not the destination.
fn remove_empty_folders(destination: &Path, path: &OutputPath) {
    let mut folder = path.folder();
    // Failing is how a folder says that something is left in it.
    while !folder.is_empty() && fs::remove_dir(destination.join(folder)).is_ok() {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
}

/// Removes every file of the destination that is not in `outputs`, whoever put it there, but no hidden one.
///
/// # Errors
/// A file cannot be removed.
pub fn remove_foreign(destination: &Path, outputs: &Manifest) -> Result<usize, Diagnostic> {
    let mut removed = 0;
    let is_hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let entries = walkdir::WalkDir::new(destination).contents_first(true).into_iter();
    for entry in entries.filter_map(Result::ok).filter(|entry| entry.depth() > 0) {
        let Ok(relative) = entry.path().strip_prefix(destination) else {
            continue;
        };
        let relative =
            relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
        if relative.iter().any(|part| part.starts_with('.')) || is_hidden(&entry) {
            continue;
        }
        if entry.file_type().is_dir() {
            // Failing is how a folder says that something is left in it.
            let _ = fs::remove_dir(entry.path());
        } else if !OutputPath::new(relative.join("/")).is_ok_and(|path| outputs.files.contains_key(&path)) {
            remove_file(entry.path()).map_err(|trouble| trouble.diagnose(destination))?;
            removed += 1;
        }
    }
    Ok(removed)
}
