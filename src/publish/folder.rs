//! A target that is a folder of this machine, or of one that is mounted. Has no headers: those are its server's business.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::manifest::{FOLDER, Record};
use super::store::{Body, Listing, Seen, Store, Trouble};
use super::tree::digest_of;
use crate::digest::Digest;

/// A folder as a target.
#[derive(Debug)]
pub struct FolderStore {
    root: PathBuf,
}

impl FolderStore {
    /// Makes one of a folder, which need not be there yet.
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// Writes aside and renames: a reader finds the old file or the new one.
    fn write(&self, name: &str, fill: &dyn Fn(&mut File) -> io::Result<()>) -> Result<(), Trouble> {
        let file = self.file(name);
        let failed = |error: io::Error| Trouble::of_file(&file, "written", &error);
        let aside = self.file(&format!("{FOLDER}tmp-{}", Digest::of(name.as_bytes())));
        make_folder_of(&aside).map_err(failed)?;
        let mut open = File::create(&aside).map_err(failed)?;
        fill(&mut open).map_err(failed)?;
        if name.starts_with(FOLDER) {
            // What says what the others are must not be lost where they are not.
            open.sync_all().map_err(failed)?;
        }
        make_folder_of(&file).map_err(failed)?;
        fs::rename(&aside, &file).map_err(failed)
    }
}

fn make_folder_of(file: &Path) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)
}

impl Store for FolderStore {
    fn name(&self) -> String {
        self.root.display().to_string()
    }

    fn has_headers(&self) -> bool {
        false
    }

    fn list(&self) -> Result<Listing, Trouble> {
        let mut listing = Listing::new();
        if !self.root.exists() {
            return Ok(listing);
        }
        for entry in WalkDir::new(&self.root) {
            let entry =
                entry.map_err(|error| Trouble::Local(format!("{} cannot be read: {error}", self.name())))?;
            let Ok(inside) = entry.path().strip_prefix(&self.root) else { continue };
            if entry.file_type().is_file() {
                let name =
                    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
                let size = entry.metadata().map_or(0, |metadata| metadata.len());
                listing.insert(name.join("/"), size);
            }
        }
        Ok(listing)
    }

    #[expect(clippy::disallowed_methods, reason = "`publish` owns the files of its targets")]
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let file = self.file(name);
        match fs::read(&file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Trouble::of_file(&file, "read", &error)),
        }
    }

    fn holds(&self, name: &str, record: &Record) -> Result<bool, Trouble> {
        Ok(self.look(name)?.is_some_and(|seen| seen.digest.to_string() == record.digest))
    }

    fn look(&self, name: &str) -> Result<Option<Seen>, Trouble> {
        let file = self.file(name);
        match digest_of(&file) {
            Ok((digest, _)) => Ok(Some(Seen { digest, headers: None })),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Trouble::of_file(&file, "read", &error)),
        }
    }

    fn put(&self, name: &str, body: Body<'_>, _record: &Record) -> Result<(), Trouble> {
        self.write(name, &|target| match body {
            Body::Bytes(bytes) => target.write_all(bytes),
            Body::File(file) => io::copy(&mut File::open(file)?, target).map(|_| ()),
        })
    }

    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool, Trouble> {
        let file = self.file(name);
        let failed = |error: io::Error| Trouble::of_file(&file, "written", &error);
        make_folder_of(&file).map_err(failed)?;
        match OpenOptions::new().write(true).create_new(true).open(&file) {
            Ok(mut open) => open.write_all(bytes).map(|()| true).map_err(failed),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    fn copy(&self, from: &str, to: &str, _record: &Record) -> Result<(), Trouble> {
        // A folder has no headers that could change.
        if from == to {
            return Ok(());
        }
        let from = self.file(from);
        self.write(to, &|target| io::copy(&mut File::open(&from)?, target).map(|_| ()))
    }

    #[expect(clippy::disallowed_methods, reason = "`publish` owns the files of its targets")]
    fn remove(&self, name: &str) -> Result<(), Trouble> {
        let file = self.file(name);
        match fs::remove_file(&file) {
            Err(error)
                if !matches!(
                    error.kind(),
                    ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
                ) =>
            {
                return Err(Trouble::of_file(&file, "removed", &error));
            }
            _ => {}
        }
        let above = file.ancestors().skip(1).take_while(|folder| *folder != self.root);
        // Failing is how a folder says that something is left in it.
        for folder in above {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}
