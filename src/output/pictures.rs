//! Makes the pictures of a build, as far as the cache does not have them.
//!
//! Every file is read and decoded once for all pictures that are made from it; files are worked on in parallel, the
//! biggest first, within a budget of memory.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use rayon::prelude::*;

use super::{Content, Outputs, SocialCard, Variant, cards};
use crate::cache::{self, Cache, Lock};
use crate::diag::{Diagnostic, Location, Severity};
use crate::digest::{Digest, Digester};
use crate::image::{self, Avif, Format, Limits};
use crate::source::read_asset;

/// Part of every key: raised when the same request gives other bytes than before.
const ENCODER_VERSION: u64 = 8;

impl Variant {
    /// Returns the digest of everything that decides the pixels.
    pub fn key(&self) -> Digest {
        let mut spec = self.spec.clone();
        spec.ignored_words.0.clear();
        spec.limits = Limits::default();
        if self.plan.format != Format::Avif {
            spec.avif = Avif::default();
        }
        let request = format!("{spec:?} {:?}", self.plan);
        // Builds with other codecs may share a cache, and never agree on the last bit.
        let digester = Digester::new().number(ENCODER_VERSION).text(image::CODECS);
        digester.text(&self.source.to_string()).text(&request).finish()
    }
}

/// What making pictures came to.
#[derive(Debug, Default)]
pub struct Made {
    /// How many pictures the cache lacked.
    pub count: usize,
    /// Pictures that nobody asked for and that cannot be made, by their keys.
    pub failed: Vec<Digest>,
    /// Why they cannot.
    pub warnings: Vec<Diagnostic>,
}

/// Makes every picture that the cache lacks, as many at a time as `memory_bytes` allow, and draws every card.
///
/// `tell` is called with the number of pictures done and the number of all, from any thread.
///
/// # Errors
/// All pictures that were asked for and cannot be made, each with its file.
pub fn make_pictures(
    outputs: &Outputs,
    cache: &Cache,
    lock: &Lock,
    memory_bytes: u64,
    tell: &(dyn Fn(usize, usize) + Sync),
) -> Result<Made, Vec<Diagnostic>> {
    // Equal files are one job, wherever they lie: their pictures have one place in the cache.
    let mut by_file: BTreeMap<Digest, BTreeMap<Digest, &Variant>> = BTreeMap::new();
    let pictures = outputs.iter().filter_map(|output| match &output.content {
        Content::Picture(variant) => Some(variant.as_ref()),
        _ => None,
    });
    let cards = cards::missing(outputs, cache, lock);
    for variant in pictures.chain(cards.iter().filter_map(|card| card.photo.as_ref())) {
        let key = variant.key();
        if !cache.uses_picture(key, lock) {
            let known = by_file.entry(variant.source).or_default().entry(key).or_insert(variant);
            if variant.is_asked_for {
                *known = variant;
            }
        }
    }
    let mut jobs: Vec<Vec<(Digest, &Variant)>> =
        by_file.into_values().map(|variants| variants.into_iter().collect()).collect();
    let total = jobs.iter().map(Vec::len).sum::<usize>() + cards.len();
    jobs.sort_by_key(|job| std::cmp::Reverse(job_bytes(job)));
    let budget = Budget::new(memory_bytes);
    let done = std::sync::atomic::AtomicUsize::new(0);
    let failures: Vec<Failure> = jobs
        .par_iter()
        .with_max_len(1)
        .flat_map_iter(|job| {
            let failures = budget.within(job_bytes(job), || make_from_file(job, cache));
            let made = done.fetch_add(job.len(), std::sync::atomic::Ordering::Relaxed) + job.len();
            tell(made, total);
            failures
        })
        .collect();
    let (errors, passed_over): (Vec<Failure>, Vec<Failure>) =
        failures.into_iter().partition(|failure| failure.is_asked_for);
    if !errors.is_empty() {
        return Err(errors.into_iter().map(|failure| failure.diagnostic).collect());
    }
    let failed: Vec<Digest> = passed_over.iter().map(|failure| failure.key).collect();
    cards::draw_all(&cards, &failed, cache, &|| {
        tell(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
    })?;
    let as_warning = |failure: Failure| Diagnostic { severity: Severity::Warning, ..failure.diagnostic };
    Ok(Made { count: total, failed, warnings: passed_over.into_iter().map(as_warning).collect() })
}

/// Returns the keys of all pictures and cards, each once.
pub fn picture_keys(outputs: &Outputs) -> Vec<Digest> {
    let mut keys: Vec<Digest> = outputs
        .iter()
        .filter_map(|output| match &output.content {
            Content::Picture(variant) => Some(variant.key()),
            Content::Card(card) => Some(card.key()),
            _ => None,
        })
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Makes single pictures, when somebody asks for them.
#[derive(Debug)]
pub struct PictureMaker {
    cache: Cache,
    budget: Budget,
    /// Keys of pictures that are being made: who asks for one of them waits for it.
    in_work: Mutex<BTreeMap<Digest, Arc<Mutex<()>>>>,
}

impl PictureMaker {
    /// Makes a maker that keeps its pictures in a cache, where a build finds them too.
    pub fn new(cache: Cache, memory_bytes: u64) -> Self {
        Self { cache, budget: Budget::new(memory_bytes), in_work: Mutex::default() }
    }

    /// Returns the file of a social card, which is drawn if the cache lacks it; without its photo where that cannot be made.
    ///
    /// # Errors
    /// The cache cannot be read or written.
    pub fn draw(&self, card: &SocialCard) -> Result<PathBuf, Diagnostic> {
        let mut card = card.clone();
        card.photo = card.photo.filter(|photo| self.make(photo).is_ok());
        let file = self.cache.picture(card.key());
        if !file.exists() {
            card.draw(&self.cache)?;
        }
        Ok(file)
    }

    /// Returns the file of a picture, which is made if the cache lacks it; called from any thread.
    ///
    /// # Errors
    /// The picture cannot be made, or its source has changed since it was planned.
    pub fn make(&self, variant: &Variant) -> Result<PathBuf, Diagnostic> {
        let key = variant.key();
        let file = self.cache.picture(key);
        if file.exists() {
            return Ok(file);
        }
        let turn = {
            let mut in_work = self.in_work.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(in_work.entry(key).or_default())
        };
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        let job = [(key, variant)];
        let failures = if file.exists() {
            Vec::new()
        } else {
            self.budget.within(job_bytes(&job), || make_from_file(&job, &self.cache))
        };
        self.in_work.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        failures.into_iter().next().map_or(Ok(file), |failure| Err(failure.diagnostic))
    }
}

/// A picture that cannot be made.
struct Failure {
    key: Digest,
    is_asked_for: bool,
    diagnostic: Diagnostic,
}

fn job_bytes(job: &[(Digest, &Variant)]) -> u64 {
    let wanted = job.iter().map(|(_, variant)| (&variant.spec, &variant.plan));
    job.first().map_or(0, |(_, first)| image::memory_estimate(&first.info, first.asset.size_bytes, wanted))
}

fn make_from_file(job: &[(Digest, &Variant)], cache: &Cache) -> Vec<Failure> {
    let Some((_, first)) = job.first() else {
        return Vec::new();
    };
    let place = Location::file(first.asset.source.as_str());
    let failure = |(key, variant): &(Digest, &Variant), problem: Diagnostic| Failure {
        key: *key,
        is_asked_for: variant.is_asked_for,
        diagnostic: problem.at(place.clone()),
    };
    let bytes = match read_asset(&first.asset) {
        Ok(bytes) => bytes,
        Err(problem) => return job.iter().map(|entry| failure(entry, problem.clone())).collect(),
    };
    if Digest::of(&bytes) != first.source {
        let problem = Diagnostic::error("file-unreadable", "changed while the site was built");
        return job.iter().map(|entry| failure(entry, problem.clone())).collect();
    }
    let wanted: Vec<(image::Spec, image::Plan)> =
        job.iter().map(|(_, variant)| (variant.spec.clone(), variant.plan.clone())).collect();
    let made = image::make_variants(&bytes, &first.info, &wanted).into_iter().zip(job);
    made.filter_map(|(result, entry)| {
        store(result, entry.0, cache).err().map(|problem| failure(entry, problem))
    })
    .collect()
}

fn store(made: Result<Vec<u8>, Diagnostic>, key: Digest, cache: &Cache) -> Result<(), Diagnostic> {
    cache::put(&cache.picture(key), &made?).map_err(|error| {
        Diagnostic::error("cache-unwritable", format!("the cache cannot be written: {error}"))
            .at(Location::file(cache.folder().display().to_string()))
    })
}

/// Lets work begin only while its memory fits; work that fits in no case runs alone.
#[derive(Debug)]
struct Budget {
    total: u64,
    used: Mutex<u64>,
    freed: Condvar,
}

impl Budget {
    fn new(total: u64) -> Self {
        Self { total, used: Mutex::new(0), freed: Condvar::new() }
    }

    fn within<R>(&self, bytes: u64, work: impl FnOnce() -> R) -> R {
        let bytes = bytes.min(self.total);
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while *used + bytes > self.total {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += bytes;
        drop(used);
        let result = work();
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) -= bytes;
        self.freed.notify_all();
        result
    }
}
