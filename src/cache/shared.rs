//! A second cache, which several machines have in common: asked for what the first one lacks, and given what was made.
//!
//! Knows no network; who reaches it comes in as [`Shared`]. It may be slow, ill or spoilt: then pictures are made here.

use std::fmt::Debug;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::{Cache, find, put};
use crate::digest::Digest;

/// A cache elsewhere: bytes under names.
pub trait Shared: Debug + Send + Sync {
    /// Returns what is there under a name, if anything is.
    ///
    /// # Errors
    /// It does not answer; the text says why.
    fn fetch(&self, name: &str) -> Result<Option<Vec<u8>>, String>;

    /// Writes something under a name.
    ///
    /// # Errors
    /// It does not take it; the text says why.
    fn offer(&self, name: &str, bytes: &[u8]) -> Result<(), String>;
}

/// Entries that are on their way at once.
const AT_ONCE: usize = 16;

/// Bytes of the line that says what the rest must be.
const SEAL: usize = 65;

/// What is exchanged with a shared cache for one build.
#[derive(Debug)]
pub struct Exchange<'a> {
    cache: &'a Cache,
    shared: &'a dyn Shared,
    /// What neither had, and is offered when it is made.
    lacking: Vec<Digest>,
    /// Why it is asked no more.
    trouble: Mutex<Option<String>>,
}

impl<'a> Exchange<'a> {
    /// Fetches the pictures of these keys that the cache lacks.
    pub fn fetch(cache: &'a Cache, shared: &'a dyn Shared, keys: &[Digest]) -> Self {
        let mut exchange = Self { cache, shared, lacking: Vec::new(), trouble: Mutex::default() };
        let missing: Vec<Digest> =
            keys.iter().filter(|key| !cache.picture(**key).exists()).copied().collect();
        exchange.each(&missing, &|key| {
            let Some(bytes) = shared.fetch(&name_of(key))? else { return Ok(()) };
            match opened(&bytes) {
                Some(picture) => put(&cache.picture(key), picture).map_err(|error| error.to_string()),
                // Cut short, or spoilt: it is made, and offered anew.
                None => Ok(()),
            }
        });
        exchange.lacking = missing.into_iter().filter(|key| !cache.picture(*key).exists()).collect();
        exchange
    }

    /// Offers what was made since, and returns why that, or fetching, did not go well.
    pub fn offer(self) -> Option<String> {
        self.each(&self.lacking, &|key| match find(&self.cache.picture(key)) {
            Ok(Some(picture)) => self.shared.offer(&name_of(key), &sealed(&picture)),
            // One that could not be made is told elsewhere.
            Ok(None) | Err(_) => Ok(()),
        });
        self.trouble.into_inner().unwrap_or_default()
    }

    /// Does the same with many keys, several at once, until one fails.
    fn each(&self, keys: &[Digest], act: &(dyn Fn(Digest) -> Result<(), String> + Sync)) {
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(self.has_trouble()));
        let work = || {
            while !is_over.load(Ordering::Relaxed) {
                let Some(key) = keys.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
                if let Err(reason) = act(*key) {
                    is_over.store(true, Ordering::Relaxed);
                    if let Ok(mut trouble) = self.trouble.lock() {
                        trouble.get_or_insert(reason);
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(keys.len()) {
                scope.spawn(work);
            }
        });
    }

    fn has_trouble(&self) -> bool {
        self.trouble.lock().is_ok_and(|trouble| trouble.is_some())
    }
}

fn name_of(key: Digest) -> String {
    format!("pictures/{key}")
}

/// Puts the digest of an entry before it, by which damage is seen.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let seal = format!("{:>width$}\n", Digest::of(bytes).to_string(), width = SEAL - 1);
    [seal.as_bytes(), bytes].concat()
}

/// Takes the digest away; nothing where it is not that of the rest.
fn opened(bytes: &[u8]) -> Option<&[u8]> {
    let (seal, rest) = bytes.split_at_checked(SEAL)?;
    (std::str::from_utf8(seal).ok()?.trim() == Digest::of(rest).to_string()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Debug, Default)]
    struct Memory {
        entries: Mutex<BTreeMap<String, Vec<u8>>>,
        is_ill: AtomicBool,
        asked: AtomicUsize,
    }

    impl Shared for Memory {
        fn fetch(&self, name: &str) -> Result<Option<Vec<u8>>, String> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            if self.is_ill.load(Ordering::Relaxed) {
                return Err("no answer".to_owned());
            }
            Ok(self.entries.lock().unwrap().get(name).cloned())
        }

        fn offer(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
            self.entries.lock().unwrap().insert(name.to_owned(), bytes.to_vec());
            Ok(())
        }
    }

    fn keys() -> Vec<Digest> {
        (0..40).map(|number: u32| Digest::of(&number.to_le_bytes())).collect()
    }

    /// Builds on a machine of its own; returns how many pictures it had to make, and what went wrong.
    fn build(shared: &Memory) -> (usize, Option<String>) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path()).unwrap();
        let exchange = Exchange::fetch(&cache, shared, &keys());
        let missing: Vec<Digest> = keys().into_iter().filter(|key| !cache.picture(*key).exists()).collect();
        for key in &missing {
            put(&cache.picture(*key), format!("picture {key}").as_bytes()).unwrap();
        }
        let trouble = exchange.offer();
        for key in keys() {
            assert_eq!(find(&cache.picture(key)).unwrap().unwrap(), format!("picture {key}").as_bytes());
        }
        (missing.len(), trouble)
    }

    #[test]
    fn what_one_machine_made_no_other_makes() {
        let shared = Memory::default();
        assert_eq!(build(&shared), (40, None));
        assert_eq!(build(&shared), (0, None));
        let name = shared.entries.lock().unwrap().keys().next().cloned().unwrap();
        for spoilt in [&b""[..], b"short", &[b'x'; 200][..]] {
            shared.entries.lock().unwrap().insert(name.clone(), spoilt.to_vec());
            assert_eq!(build(&shared), (1, None), "made anew");
            assert_eq!(build(&shared), (0, None), "and mended for all");
        }
    }

    #[test]
    fn a_cache_that_does_not_answer_is_not_asked_again_and_again() {
        let shared = Memory::default();
        shared.is_ill.store(true, Ordering::Relaxed);
        assert_eq!(build(&shared), (40, Some("no answer".to_owned())));
        assert!(shared.asked.load(Ordering::Relaxed) <= AT_ONCE);
        assert!(shared.entries.lock().unwrap().is_empty());
    }
}
