//! Removes pictures from the cache: all, those that were not used for long, or as many as are too many.
//!
//! An entry's time is that of its last use, which is noted once a day at most. "Now" is what the file system says it
//! is, by the time of the lock: so no clock is read, and machines that share a cache agree.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::{Cache, Lock};
use crate::digest::Digest;

/// After this time a further use of an entry is noted.
const DAY: Duration = Duration::from_secs(86_400);

/// Which pictures are removed; without any rule, all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CleaningRules {
    /// Those that were not used for this time; less than a day is a day.
    pub max_age: Option<Duration>,
    /// Those that were not used for longest, until no more bytes than these are left.
    pub max_bytes: Option<u64>,
}

/// What a cleaning came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Files that were removed.
    pub removed: usize,
    /// Their bytes.
    pub removed_bytes: u64,
    /// Files that are left.
    pub kept: usize,
    /// Their bytes.
    pub kept_bytes: u64,
}

/// A file of the cache.
struct Entry {
    used: SystemTime,
    bytes: u64,
    file: PathBuf,
}

impl Cache {
    /// Says whether a picture is there, and notes that it was used.
    pub fn uses_picture(&self, key: Digest, lock: &Lock) -> bool {
        let file = self.picture(key);
        let Ok(metadata) = fs::metadata(&file) else {
            return false;
        };
        let is_noted = metadata.modified().is_ok_and(|used| age(used, lock.now) < DAY);
        if !is_noted {
            // A cache that can be read and not written serves as well; its entries seem unused.
            let _ = fs::File::options().append(true).open(&file).and_then(|file| file.set_modified(lock.now));
        }
        true
    }

    /// Removes pictures by rules, the ones that were not used for longest first.
    ///
    /// # Errors
    /// The folder cannot be read; a file that cannot be removed is one that is kept.
    #[expect(clippy::disallowed_methods, reason = "`cache` owns the removal of its entries")]
    pub fn clean(&self, lock: &Lock, rules: &CleaningRules) -> io::Result<Cleaned> {
        let mut entries = self.entries()?;
        entries.sort_by(|a, b| (a.used, &a.file).cmp(&(b.used, &b.file)));
        let mut left_bytes: u64 = entries.iter().map(|entry| entry.bytes).sum();
        let is_all = *rules == CleaningRules::default();
        let mut cleaned = Cleaned::default();
        for Entry { used, bytes, file } in entries {
            let is_old = rules.max_age.is_some_and(|max_age| age(used, lock.now) >= max_age.max(DAY));
            let is_too_many = rules.max_bytes.is_some_and(|max_bytes| left_bytes > max_bytes);
            if (is_all || is_old || is_too_many) && fs::remove_file(&file).is_ok() {
                left_bytes -= bytes;
                cleaned.removed += 1;
                cleaned.removed_bytes += bytes;
            } else {
                cleaned.kept += 1;
                cleaned.kept_bytes += bytes;
            }
        }
        Ok(cleaned)
    }

    /// Lists pictures, and what killed builds left of pictures that were being written.
    fn entries(&self) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for found in fs::read_dir(self.folder().join("pictures"))? {
            let found = found?;
            // Another program may remove it while we look.
            let Ok(metadata) = found.metadata() else { continue };
            if metadata.is_file() {
                let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                entries.push(Entry { used, bytes: metadata.len(), file: found.path() });
            }
        }
        Ok(entries)
    }
}

/// Returns how long ago something was; what lies in the future was just now.
fn age(then: SystemTime, now: SystemTime) -> Duration {
    now.duration_since(then).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::{find, put};

    const HOUR: Duration = Duration::from_secs(3_600);

    /// Makes a cache with pictures of ten bytes that were used so many hours ago.
    fn cache_of(hours: &[u32]) -> (tempfile::TempDir, Cache, Lock) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path().join("cache")).unwrap();
        let lock = cache.lock().unwrap();
        for hour in hours {
            let file = cache.picture(key(*hour));
            put(&file, b"0123456789").unwrap();
            let opened = fs::File::options().append(true).open(&file).unwrap();
            opened.set_modified(lock.now - HOUR * *hour).unwrap();
        }
        (folder, cache, lock)
    }

    fn key(hour: u32) -> Digest {
        Digest::of(&hour.to_be_bytes())
    }

    fn left(cache: &Cache, hours: &[u32]) -> Vec<u32> {
        hours.iter().copied().filter(|hour| find(&cache.picture(key(*hour))).unwrap().is_some()).collect()
    }

    #[test]
    fn rules_say_what_goes() {
        let hours = [0, 10, 30, 100, 1_000];
        let rules = |max_age: Option<u32>, max_bytes| CleaningRules {
            max_age: max_age.map(|hours| HOUR * hours),
            max_bytes,
        };
        let table = [
            (rules(None, None), vec![]),
            (rules(Some(50), None), vec![0, 10, 30]),
            // Less than a day is a day: what a build of today uses stays.
            (rules(Some(0), None), vec![0, 10]),
            (rules(None, Some(20)), vec![0, 10]),
            (rules(None, Some(25)), vec![0, 10]),
            (rules(None, Some(1_000)), hours.to_vec()),
            (rules(Some(500), Some(30)), vec![0, 10, 30]),
        ];
        for (rules, expected) in table {
            let (_folder, cache, lock) = cache_of(&hours);
            let cleaned = cache.clean(&lock, &rules).unwrap();
            assert_eq!(left(&cache, &hours), expected, "{rules:?}");
            assert_eq!((cleaned.kept, cleaned.removed), (expected.len(), hours.len() - expected.len()));
            assert_eq!(
                (cleaned.kept_bytes, cleaned.removed_bytes),
                (10 * expected.len() as u64, 10 * (hours.len() - expected.len()) as u64)
            );
        }
    }

    #[test]
    fn a_picture_that_is_used_stays() {
        let (_folder, cache, lock) = cache_of(&[5, 100, 200]);
        assert!(cache.uses_picture(key(100), &lock) && !cache.uses_picture(key(7), &lock));
        cache.clean(&lock, &CleaningRules { max_age: Some(HOUR * 48), max_bytes: None }).unwrap();
        assert_eq!(left(&cache, &[5, 100, 200]), [5, 100]);
    }
}
