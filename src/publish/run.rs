//! Carries a plan out: under a lock, in its order, and so that a run that was broken off is finished by the next one.
//!
//! Before the first file is touched, the target is told what is going to happen; the manifest is written when all of it
//! has. Whatever fails, nothing is removed after it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::Timestamp;
use regex_lite::Regex;

use super::copies;
use super::guard::check_guard;
use super::lock::{Lock, Owner};
use super::manifest::{INTENT, Intent, KEPT, MANIFEST, Manifest, PREVIOUS, Record};
use super::plan::{Change, Known, Plan, Put, Source, Wanted};
use super::store::{Body, Store, Trouble};
use super::tree::{Tree, compressed};

/// A target and how it is dealt with.
pub struct Publisher<'a> {
    /// The target.
    pub store: &'a dyn Store,
    /// Who publishes.
    pub owner: Owner,
    /// What a run may do.
    pub limits: Limits,
    /// How many files are on their way at once.
    pub workers: usize,
    /// Whether what is replaced is kept, for a way back.
    pub keeps_previous: bool,
    /// Whether networks of caches are told what changed.
    pub invalidates: bool,
    /// Which files go first within their kind.
    pub order: &'a [Regex],
    /// The clock, by which locks go stale.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
    /// Is told how far the run is, from any thread.
    pub tell: &'a (dyn Fn(Progress) + Sync),
}

/// What a run may do.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// Most files that are removed; no limit where none is set.
    pub removals: Option<usize>,
    /// Whether that number was given for this run, which says that a smaller site is meant.
    pub is_meant: bool,
    /// Whether files of others are removed, too.
    pub prunes: bool,
    /// Whether the lock is taken from an owner who may be alive.
    pub breaks_lock: bool,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files that were dealt with.
    pub done: usize,
    /// Files in all.
    pub total: usize,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What was to be done, and is.
    pub plan: Plan,
    /// What the target holds now.
    pub manifest: Manifest,
    /// What did not go well, and does no harm.
    pub warnings: Vec<String>,
}

/// Says what a run would do, and changes nothing.
///
/// # Errors
/// The target does not answer, or the run would be refused.
pub fn preview(publisher: &Publisher<'_>, tree: Tree) -> Result<Plan, Trouble> {
    let (known, _) = publisher.known()?;
    let wanted = wanted(tree);
    let plan = publisher.plan(&wanted, &known)?;
    check_guard(&plan, &wanted, &known, &publisher.limits)?;
    Ok(plan)
}

/// Makes a target like a built site.
///
/// # Errors
/// The target fails or is locked, a file cannot be read, or the run is refused. The target then has the old site, or new
/// files that no page of the old one is harmed by; the next run finishes it.
pub fn publish(publisher: &Publisher<'_>, tree: Tree) -> Result<Outcome, Trouble> {
    let wanted = wanted(tree);
    publisher.locked(|lock| {
        let (known, pending) = publisher.known()?;
        let plan = publisher.plan(&wanted, &known)?;
        check_guard(&plan, &wanted, &known, &publisher.limits)?;
        Run { publisher, lock, known: &known, pending }.carry_out(plan, &wanted)
    })
}

fn wanted(tree: Tree) -> BTreeMap<String, Wanted> {
    tree.files.into_iter().map(|(name, local)| (name, Wanted::from(local))).collect()
}

impl Publisher<'_> {
    /// Does something while nobody else changes the target.
    pub(super) fn locked(
        &self,
        act: impl FnOnce(&Lock<'_>) -> Result<Outcome, Trouble>,
    ) -> Result<Outcome, Trouble> {
        let lock = Lock::take(self.store, &self.owner, (self.now)(), self.limits.breaks_lock)?;
        let result = act(&lock);
        let released = lock.release();
        // What went wrong first is what is told; a lock that is left goes stale.
        let mut outcome = result?;
        if let Err(trouble) = released {
            outcome.warnings.push(format!("the lock could not be given back: {trouble}"));
        }
        self.store.finish(&outcome.plan.to_string())?;
        Ok(outcome)
    }

    /// Asks the target what it holds; returns with it the names that its caches were not told of.
    pub(super) fn known(&self) -> Result<(Known, Vec<String>), Trouble> {
        let manifest = Manifest::read(self.store, MANIFEST)?;
        let intent = Intent::read(self.store)?;
        let listing = self.store.list()?;
        let id = manifest.as_ref().map(Manifest::id);
        match intent {
            // All was done but the last step.
            Some(intent) if Some(&intent.target) == id.as_ref() => {
                Ok((Known { manifest, intent: None, listing }, intent.changed))
            }
            intent => Ok((Known { manifest, intent, listing }, Vec::new())),
        }
    }

    pub(super) fn plan(&self, wanted: &BTreeMap<String, Wanted>, known: &Known) -> Result<Plan, Trouble> {
        let order = |name: &str| {
            let first = self.order.iter().position(|pattern| pattern.is_match(name));
            first.unwrap_or(self.order.len())
        };
        let holds = |questions: &[(&String, &Record)]| {
            let held = Mutex::new(BTreeSet::new());
            self.each(questions, &|(name, record)| {
                if self.store.holds(name, record)?
                    && let Ok(mut held) = held.lock()
                {
                    held.insert((*name).clone());
                }
                Ok(())
            })?;
            Ok(held.into_inner().unwrap_or_default())
        };
        let mut plan = Plan::of(wanted, known, self.keeps_previous, &order, &holds)?;
        if self.limits.prunes {
            plan.prune();
        }
        Ok(plan)
    }

    /// Does the same with many things, several at once; ends with the first that fails.
    fn each<T: Sync>(
        &self,
        things: &[T],
        act: &(dyn Fn(&T) -> Result<(), Trouble> + Sync),
    ) -> Result<(), Trouble> {
        let (next, has_failed) = (AtomicUsize::new(0), AtomicBool::new(false));
        let trouble: Mutex<Option<Trouble>> = Mutex::new(None);
        let work = || {
            while !has_failed.load(Ordering::Relaxed) {
                let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
                if let Err(found) = act(thing) {
                    has_failed.store(true, Ordering::Relaxed);
                    if let Ok(mut first) = trouble.lock() {
                        first.get_or_insert(found);
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.workers.clamp(1, things.len().max(1)) {
                scope.spawn(work);
            }
        });
        trouble.into_inner().unwrap_or_default().map_or(Ok(()), Err)
    }
}

/// A run that holds the lock and knows the target.
pub(super) struct Run<'a> {
    pub(super) publisher: &'a Publisher<'a>,
    pub(super) lock: &'a Lock<'a>,
    pub(super) known: &'a Known,
    /// Names of the run before that caches were not told of.
    pub(super) pending: Vec<String>,
}

impl Run<'_> {
    pub(super) fn carry_out(self, plan: Plan, wanted: &BTreeMap<String, Wanted>) -> Result<Outcome, Trouble> {
        let files = wanted.iter().map(|(name, wanted)| (name.clone(), wanted.record.clone())).collect();
        let manifest = Manifest { files };
        let mut outcome = Outcome { plan, manifest, warnings: Vec::new() };
        if outcome.plan.is_empty() && self.known.manifest.is_some() {
            if !self.pending.is_empty() {
                self.tell_caches(&outcome.manifest, &self.pending)?;
                self.publisher.store.remove(INTENT)?;
            }
            return Ok(outcome);
        }
        let intent = self.intent(&outcome.plan, &outcome.manifest);
        let plan = &outcome.plan;
        self.put_own(INTENT, &intent.to_json())?;
        self.keep(plan)?;
        self.write(plan)?;
        self.remove(plan)?;
        self.conclude(&outcome.manifest, &intent)?;
        let kept = plan.keeps.iter().map(|(_, digest)| format!("{KEPT}{digest}"));
        if let Err(trouble) = copies::clear(self.publisher, self.known, &outcome.manifest, kept) {
            outcome.warnings.push(format!("copies of an older site could not be removed: {trouble}"));
        }
        Ok(outcome)
    }

    /// Returns what the target is told beforehand, together with what an unfinished run told it.
    fn intent(&self, plan: &Plan, manifest: &Manifest) -> Intent {
        let mut intent = self.known.intent.clone().unwrap_or_default();
        intent.target = manifest.id();
        intent.files.extend(plan.puts().map(|put| (put.name.clone(), Some(put.wanted.record.clone()))));
        intent.files.extend(plan.removals.iter().map(|name| (name.clone(), None)));
        let touched = plan.puts().filter(|put| put.change != Change::Added).map(|put| &put.name);
        intent.changed.extend(touched.chain(&plan.removals).chain(&self.pending).cloned());
        intent.changed.sort();
        intent.changed.dedup();
        intent
    }

    fn put_own(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        self.publisher.store.put(name, Body::Bytes(bytes), &Record::own(bytes))
    }

    /// Keeps what will be replaced or removed.
    fn keep(&self, plan: &Plan) -> Result<(), Trouble> {
        let files = self.known.manifest.as_ref().map(|manifest| &manifest.files);
        self.publisher.each(&plan.keeps, &|(name, digest)| {
            let Some(record) = files.and_then(|files| files.get(name)) else { return Ok(()) };
            self.lock.sign((self.publisher.now)())?;
            // A copy under a name that has no page at it sends nobody elsewhere.
            let mut record = record.clone();
            record.headers.redirect = None;
            self.publisher.store.copy(name, &format!("{KEPT}{digest}"), &record)
        })?;
        self.publisher.store.settle()
    }

    fn write(&self, plan: &Plan) -> Result<(), Trouble> {
        let total = plan.puts().count();
        let done = AtomicUsize::new(0);
        for group in &plan.groups {
            self.publisher.each(group, &|put| {
                self.lock.sign((self.publisher.now)())?;
                self.put(put)?;
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                (self.publisher.tell)(Progress { done, total });
                Ok(())
            })?;
            self.publisher.store.settle()?;
        }
        Ok(())
    }

    fn put(&self, put: &Put) -> Result<(), Trouble> {
        let Put { name, wanted, .. } = put;
        let store = self.publisher.store;
        match &wanted.source {
            Source::Local { file, compresses: true } => {
                store.put(name, Body::Bytes(&compressed(file)?), &wanted.record)
            }
            Source::Local { file, compresses: false } => store.put(name, Body::File(file), &wanted.record),
            Source::Kept => {
                let kept = format!("{KEPT}{}", wanted.record.digest);
                // What was not kept is still in its place, where only its headers have changed.
                let from = if self.known.listing.contains_key(&kept) { kept.as_str() } else { name.as_str() };
                store.copy(from, name, &wanted.record)
            }
        }
    }

    fn remove(&self, plan: &Plan) -> Result<(), Trouble> {
        for group in plan.removal_groups() {
            self.publisher.each(&group, &|name| {
                self.lock.sign((self.publisher.now)())?;
                self.publisher.store.remove(name)
            })?;
            self.publisher.store.settle()?;
        }
        Ok(())
    }

    /// Writes down that all is done, the old manifest first: there is a way back from then on.
    fn conclude(&self, manifest: &Manifest, intent: &Intent) -> Result<(), Trouble> {
        if let Some(old) = &self.known.manifest
            && self.publisher.keeps_previous
            && old.id() != manifest.id()
        {
            self.put_own(PREVIOUS, &old.to_json())?;
        }
        self.put_own(MANIFEST, &manifest.to_json())?;
        self.tell_caches(manifest, &intent.changed)?;
        self.publisher.store.remove(INTENT)
    }

    fn tell_caches(&self, manifest: &Manifest, changed: &[String]) -> Result<(), Trouble> {
        if self.publisher.invalidates && !changed.is_empty() {
            self.publisher.store.invalidate(changed, &manifest.id())?;
        }
        Ok(())
    }
}
