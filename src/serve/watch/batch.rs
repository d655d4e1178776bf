//! Gathers signs of change until they make a whole, and says when and what to tell.
//!
//! Touches neither the disk nor the clock: the time comes in with every call, so all of it is tested as tables.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Touched;

/// What a single event says about a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A file or link that was not there; its text may still have to come.
    Created,
    /// A file that is being written.
    Modified,
    /// A file that was written and closed.
    Closed,
    /// A file that was renamed onto this name: complete, but maybe over another.
    Arrived,
    /// A file that was removed or renamed away, maybe to be made anew at once.
    Gone,
    /// A folder that came, went or was renamed.
    Folder,
}

/// How long a complete file waits for others that were saved with it.
const COMPLETE: Duration = Duration::from_millis(3);
/// How long a file that is not complete, or is gone, waits for what usually follows.
const INCOMPLETE: Duration = Duration::from_millis(40);
/// How long a file that came and went waits when there is nothing to tell it with.
const TRANSIENT: Duration = Duration::from_millis(250);
/// Quiet before everything is told.
const MASS_QUIET: Duration = Duration::from_millis(60);
/// Paths of a batch; with more, everything is told.
const PATHS_MAX: usize = 500;
/// Longest time from the first event of a batch until it is told.
const BATCH_MAX: Duration = Duration::from_secs(1);
/// Quiet before the echo: everything is told once more, for what changed in a folder before it was watched.
const ECHO_QUIET: Duration = Duration::from_millis(250);
/// Longest time that events hold up the echo, so that a file written all the time does not put it off for ever.
const ECHO_MAX: Duration = Duration::from_secs(2);

/// How long a file that is being written waits for the next write.
///
/// Where the system tells when a file is closed this is only for files that stay open.
pub(super) const WRITING: Duration =
    if cfg!(target_os = "linux") { INCOMPLETE } else { Duration::from_millis(25) };

/// The changes that were not told yet.
#[derive(Debug)]
pub(super) struct Batch {
    writing: Duration,
    pending: Option<Pending>,
    echo: Option<Echo>,
}

/// Changes from the first event to the last.
#[derive(Debug)]
struct Pending {
    first: Instant,
    last: Instant,
    paths: BTreeMap<PathBuf, Waiting>,
    /// The paths are not known or too many.
    everything: bool,
    folders: bool,
}

#[derive(Debug)]
struct Waiting {
    until: Instant,
    /// The first event of the batch on this path was that a file came.
    fresh: bool,
    /// It came and went: it is told with the others but does not hold them up.
    transient: bool,
}

#[derive(Debug)]
struct Echo {
    due: Instant,
    latest: Instant,
}

impl Batch {
    /// Returns an empty batch in which a file that is being written waits `writing` for the next write.
    pub(super) fn new(writing: Duration) -> Self {
        Self { writing, pending: None, echo: None }
    }

    /// Notes a sign of change on a path.
    pub(super) fn note(&mut self, path: PathBuf, sign: Sign, now: Instant) {
        let wait = match sign {
            Sign::Closed | Sign::Arrived => COMPLETE,
            Sign::Modified => self.writing,
            Sign::Created | Sign::Gone | Sign::Folder => INCOMPLETE,
        };
        let pending = self.open(now);
        pending.folders |= sign == Sign::Folder;
        if pending.everything {
            return;
        }
        let came = matches!(sign, Sign::Created | Sign::Arrived);
        let waiting = Waiting { until: now, fresh: came, transient: false };
        let waiting = pending.paths.entry(path).or_insert(waiting);
        waiting.until = now + wait;
        waiting.transient = waiting.fresh && sign == Sign::Gone;
        if pending.paths.len() > PATHS_MAX {
            pending.forget_paths();
        }
    }

    /// Notes that events were lost, so that any path may have changed.
    pub(super) fn lose(&mut self, now: Instant) {
        self.open(now).forget_paths();
    }

    /// Returns the time at which `take` has something to tell, if nothing else happens.
    pub(super) fn due(&self) -> Option<Instant> {
        let pending = self.pending.as_ref().map(Pending::due);
        pending.into_iter().chain(self.echo.as_ref().map(|echo| echo.due)).min()
    }

    /// Takes out what is due.
    pub(super) fn take(&mut self, now: Instant) -> Option<Touched> {
        let echo = self.echo.take_if(|echo| echo.due <= now);
        let pending = self.pending.take_if(|pending| pending.due() <= now);
        if pending.as_ref().is_some_and(|pending| pending.folders || pending.everything) {
            self.echo = Some(Echo { due: now + ECHO_QUIET, latest: now + ECHO_MAX });
        }
        match (echo, pending) {
            (None, None) => None,
            (None, Some(pending)) if !pending.everything => {
                Some(Touched::Paths(pending.paths.into_keys().collect()))
            }
            _ => Some(Touched::Everything),
        }
    }

    /// Opens the batch for an event, which also puts off the echo.
    fn open(&mut self, now: Instant) -> &mut Pending {
        if let Some(echo) = &mut self.echo {
            echo.due = (now + ECHO_QUIET).min(echo.latest);
        }
        let pending = self.pending.get_or_insert_with(|| Pending {
            first: now,
            last: now,
            paths: BTreeMap::new(),
            everything: false,
            folders: false,
        });
        pending.last = now;
        pending
    }
}

impl Pending {
    fn due(&self) -> Instant {
        let whole = if self.everything {
            self.last + MASS_QUIET
        } else {
            let kept = self.paths.values().filter(|waiting| !waiting.transient);
            kept.map(|waiting| waiting.until).max().unwrap_or(self.last + TRANSIENT)
        };
        whole.min(self.first + BATCH_MAX)
    }

    fn forget_paths(&mut self) {
        self.everything = true;
        self.paths.clear();
    }
}
