//! A folder of results that took long to make, each under the digest of everything it was made from.
//!
//! Losing it costs time and nothing else. Entries appear whole or not at all, whoever is killed when.

mod clean;
mod shared;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use crate::digest::Digest;

pub use clean::{Cleaned, CleaningRules};
pub use shared::{Exchange, Shared};

/// The cache of a site.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Opens the cache in a folder, making the folder where there is none.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(folder.join("pictures"))?;
        fs::create_dir_all(folder.join("builds"))?;
        // The cache keeps itself out of version control, whatever the author's own ignore file says.
        let ignore = folder.join(".gitignore");
        if !ignore.exists() {
            put(&ignore, b"*\n")?;
        }
        Ok(Self { folder })
    }

    /// Returns where the cache lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the file of a picture, which may not be there yet.
    pub fn picture(&self, key: Digest) -> PathBuf {
        self.folder.join("pictures").join(key.to_string())
    }

    /// Returns the file in which the last build into a destination is noted.
    pub fn build_record(&self, destination: &Path) -> PathBuf {
        let name = Digest::of(destination.to_string_lossy().as_bytes()).short();
        self.folder.join("builds").join(format!("{name}.json"))
    }

    /// Locks the cache for the time of a build; a second build waits until the first is done.
    ///
    /// # Errors
    /// The lock file cannot be made.
    pub fn lock(&self) -> io::Result<Lock> {
        let mut file = fs::File::create(self.folder.join("lock"))?;
        file.lock()?;
        // Writing to it gives it the present time, as the file system counts it.
        file.write_all(b"\n")?;
        let now = file.metadata()?.modified()?;
        Ok(Lock { _file: file, now })
    }
}

/// A cache that nobody else builds with, as long as this lives.
#[derive(Debug)]
pub struct Lock {
    _file: fs::File,
    /// When it was locked.
    now: SystemTime,
}

/// Reads an entry; `None` where there is none.
///
/// # Errors
/// The entry is there and cannot be read.
#[expect(clippy::disallowed_methods, reason = "`cache` owns the reading of its entries")]
pub fn find(file: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes an entry through a temporary file beside it.
///
/// # Errors
/// The folder is not there or cannot be written.
#[expect(clippy::disallowed_methods, reason = "`cache` owns the writing of its entries")]
pub fn put(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // Two threads, or two programs, may write one entry at a time.
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let temporary = file.with_file_name(format!("{name}.{}.{number}.tmp", std::process::id()));
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_may_write_one_entry_at_a_time() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let entry = folder.path().join("entry");
        std::thread::scope(|scope| {
            let writers: Vec<_> =
                (0..8).map(|_| scope.spawn(|| (0..50).try_for_each(|_| put(&entry, b"x")))).collect();
            writers.into_iter().try_for_each(|writer| writer.join().unwrap_or(Ok(())))
        })?;
        assert_eq!(find(&entry)?.as_deref(), Some(&b"x"[..]));
        assert_eq!(fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }
}
