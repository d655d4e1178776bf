//! Turns what the watcher sees into generations of the site, shows them, and tells the tabs and the author.
//!
//! One thread, one thing at a time. A generation is shown as soon as the pages that were changed or are looked at can be
//! made; the rest is checked when the author pauses.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::address::{network_address, url};
use super::answer::Shown;
use super::http::{Event, Hub};
use super::watch::{self, Folders, Trouble, Watch};
use super::{Notice, Options, Standing, Tell, news};
use crate::diag::Diagnostic;
use crate::pipeline::{Failure, FailureKind, Request, absolute};
use crate::preview::{self, Change, Generation, Outcome, Preview, Touched, holds_back};

/// What the builder waits for.
pub(super) enum Signal {
    /// Files may have changed.
    Touched(Touched),
    /// The system watches no more.
    Trouble(Trouble),
    /// Every page of the state with this revision has been made once; all that is wrong with it.
    Checked(u64, Vec<Diagnostic>),
    /// The server stops.
    Stop,
}

/// Time between two looks at all files where they cannot be watched.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// Time without a change after which all pages are checked.
const CHECK_PAUSE: Duration = Duration::from_millis(300);

/// Longest sleep without looking at the clock, which may be set.
const NAP_MAX: Duration = Duration::from_secs(60);

pub(super) struct Builder {
    preview: Preview,
    root: PathBuf,
    shown: Arc<Shown>,
    hub: Arc<Hub>,
    program: String,
    options: Options,
    tell: Tell,
    watch: Option<Watch>,
    is_polling: bool,
    /// When all pages are to be checked.
    check_at: Option<Instant>,
    /// Ends the check that is going on.
    stop_check: Arc<AtomicBool>,
    /// What the author has been told of pages that nobody touched.
    told: BTreeSet<Diagnostic>,
    /// What holds back the state of the files since the last generation.
    held_back: Vec<Diagnostic>,
    /// Errors that the check found in pages of the generation.
    page_errors: Vec<Diagnostic>,
}

#[expect(clippy::disallowed_methods, reason = "the preview waits, and tells how long a build took")]
fn instant() -> Instant {
    Instant::now()
}

impl Builder {
    pub(super) fn new(
        request: Request,
        skip: Vec<PathBuf>,
        shown: Arc<Shown>,
        hub: Arc<Hub>,
        program: String,
        options: &Options,
        tell: Tell,
    ) -> Self {
        Self {
            root: absolute(&request.root),
            preview: Preview::new(request, skip),
            shown,
            hub,
            program,
            is_polling: options.polls,
            options: options.clone(),
            tell,
            watch: None,
            check_at: None,
            stop_check: Arc::default(),
            told: BTreeSet::new(),
            held_back: Vec::new(),
            page_errors: Vec::new(),
        }
    }

    /// Builds the site for the first time, and tells where it is.
    ///
    /// # Errors
    /// There is no site at all.
    pub(super) fn start(&mut self, address: SocketAddr) -> Result<(), Failure> {
        let started = instant();
        let outcome = self.refresh(&Touched::Everything);
        if let Err(failure) = &outcome
            && preview::is_hopeless(failure)
        {
            return outcome.map(|_| ());
        }
        let taken_port =
            (address.port() != self.options.port && self.options.port != 0).then_some(self.options.port);
        self.take(outcome, started);
        let generation = self.preview.current();
        let base = generation.map_or_else(|| "/".to_owned(), |generation| base_path(generation));
        (self.tell)(&Notice::Ready {
            url: url(address, &base),
            network_url: network_address(address).map(|address| url(address, &base)),
            taken_port,
            pages: generation.map_or(0, |generation| generation.live.pages()),
            elapsed: started.elapsed(),
        });
        Ok(())
    }

    /// Follows the files until it is told to stop.
    pub(super) fn run(mut self, sender: Sender<Signal>, receiver: &Receiver<Signal>) {
        self.follow(&sender);
        // What changed before the watch was set is found by looking once more.
        self.rebuild(&Touched::Everything);
        loop {
            match receiver.recv_timeout(self.nap()) {
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(Signal::Touched(touched)) => {
                    let Some(touched) = self.all_waiting(touched, receiver) else {
                        break;
                    };
                    self.rebuild(&touched);
                }
                Ok(Signal::Trouble(trouble)) => self.poll(trouble.to_string()),
                Ok(Signal::Checked(revision, problems)) => self.checked(revision, problems),
                Err(RecvTimeoutError::Timeout) => self.wake(&sender),
            }
        }
        self.stop_check.store(true, Ordering::Relaxed);
    }
}

/// Following the files.
impl Builder {
    fn follow(&mut self, sender: &Sender<Signal>) {
        if self.is_polling {
            return;
        }
        let sender = sender.clone();
        let tell = move |touched: Result<Touched, Trouble>| {
            let signal = touched.map_or_else(Signal::Trouble, Signal::Touched);
            // Nobody listens any more when the server stops.
            let _ = sender.send(signal);
        };
        match watch::start(&self.folders(), tell) {
            Ok(watch) => self.watch = Some(watch),
            Err(trouble) => self.poll(trouble.to_string()),
        }
    }

    fn folders(&self) -> Folders {
        Folders { root: self.root.clone(), recursive: self.preview.folders(), skip: self.preview.skipped() }
    }

    fn poll(&mut self, reason: String) {
        self.watch = None;
        if !self.is_polling {
            self.is_polling = true;
            (self.tell)(&Notice::Polling(reason));
        }
    }

    /// Puts together everything that was touched while the last build went on; `None` when the server stops.
    fn all_waiting(&mut self, first: Touched, receiver: &Receiver<Signal>) -> Option<Touched> {
        let mut all = first;
        for signal in receiver.try_iter() {
            match signal {
                Signal::Stop => return None,
                Signal::Touched(more) => all = all.and(more),
                Signal::Trouble(trouble) => {
                    self.poll(trouble.to_string());
                    all = Touched::Everything;
                }
                Signal::Checked(revision, problems) => self.checked(revision, problems),
            }
        }
        Some(all)
    }

    /// Returns how long there is nothing to do.
    fn nap(&self) -> Duration {
        let mut nap = if self.is_polling { POLL_INTERVAL } else { NAP_MAX };
        if let Some(at) = self.check_at {
            nap = nap.min(at.saturating_duration_since(instant()));
        }
        if let Some(change) = self.preview.next_change() {
            let until = change.duration_since(self.now());
            nap = nap.min(Duration::try_from(until).unwrap_or(Duration::ZERO));
        }
        nap
    }

    fn wake(&mut self, sender: &Sender<Signal>) {
        if self.check_at.is_some_and(|at| at <= instant()) {
            self.check_at = None;
            self.check(sender);
        }
        // Looking at nothing brings out what has come due.
        let touched = if self.is_polling { Touched::Everything } else { Touched::Paths(BTreeSet::new()) };
        self.rebuild(&touched);
    }
}

/// Building.
impl Builder {
    fn now(&self) -> Timestamp {
        self.options.fixed_now.unwrap_or_else(self.options.clock)
    }

    fn refresh(&mut self, touched: &Touched) -> Result<Outcome, Failure> {
        let (now, read_at) = (self.now(), (self.options.clock)());
        self.preview.refresh(touched, now, read_at, &self.shown.recent())
    }

    fn rebuild(&mut self, touched: &Touched) {
        let started = instant();
        let folders = self.folders();
        // A mistake of ours must not end the preview, either.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.refresh(touched))).unwrap_or_else(|_| {
            self.preview.forget();
            Err(stumbled())
        });
        let now = self.folders();
        if let Some(watch) = self.watch.as_ref().filter(|_| now != folders) {
            watch.again(now);
        }
        self.take(outcome, started);
    }

    /// Shows what came of a look at the files.
    fn take(&mut self, outcome: Result<Outcome, Failure>, started: Instant) {
        match outcome {
            Ok(Outcome::Unchanged) => {}
            Ok(Outcome::Accepted { change, diagnostics }) => self.accept(&change, &diagnostics, started),
            Ok(Outcome::Refused(diagnostics)) => self.hold_back(diagnostics),
            Err(failure) => self.hold_back(failure.diagnostics),
        }
    }

    fn accept(&mut self, change: &Change, diagnostics: &[Diagnostic], started: Instant) {
        let Some(generation) = self.preview.current().cloned() else {
            return;
        };
        let must_check = change.beyond_bodies || !self.page_errors.is_empty();
        let was_good = self
            .shown
            .get(|state| state.good.as_ref().is_some_and(|good| good.number + 1 == generation.number));
        let was_held_back = !std::mem::take(&mut self.held_back).is_empty();
        let retired = self.shown.change(|state| {
            let good = (!must_check && was_good).then(|| Arc::clone(&generation));
            let retired_good = good.map(|good| state.good.replace(good));
            (state.generation.replace(Arc::clone(&generation)), retired_good)
        });
        self.tell_tabs(vec![news::change(change, generation.number, self.options.navigates)]);
        // Taking a large site apart takes a while: the tabs need not wait for it.
        drop(retired);
        self.stop_check.store(true, Ordering::Relaxed);
        if must_check {
            self.check_at = Some(instant() + CHECK_PAUSE);
        }
        if !change.sources.is_empty() {
            (self.tell)(&Notice::Rebuilt { sources: &change.sources, elapsed: started.elapsed() });
        }
        if was_held_back {
            (self.tell)(&Notice::Mended);
        }
        let found = about(diagnostics, &change.sources);
        // What was told of these files before is news again when it comes back.
        self.told.retain(|told| found.contains(told) || !is_about(told, &change.sources));
        self.tell_author(found);
    }

    fn hold_back(&mut self, diagnostics: Vec<Diagnostic>) {
        if self.held_back == diagnostics {
            return;
        }
        let is_news = |found: &&Diagnostic| holds_back(found) || !self.told.contains(*found);
        let news: Vec<Diagnostic> = diagnostics.iter().filter(is_news).cloned().collect();
        let standing = if self.preview.current().is_some() { Standing::LastGood } else { Standing::Nothing };
        (self.tell)(&Notice::Problems { diagnostics: &news, standing });
        self.told.extend(news);
        self.held_back = diagnostics;
        self.stop_check.store(true, Ordering::Relaxed);
        self.check_at = Some(instant() + CHECK_PAUSE);
        self.tell_tabs(Vec::new());
    }

    /// Tells the open tabs some events and then what is wrong, and those that open later what is wrong.
    fn tell_tabs(&self, mut events: Vec<Event>) {
        let problems = if self.held_back.is_empty() { &self.page_errors } else { &self.held_back };
        self.shown.change(|state| state.problems.clone_from(problems));
        let generation = self.preview.current().map_or(0, |generation| generation.number);
        events.push(news::problems(problems, &self.root));
        self.hub.turn(&news::greeting(&self.program, generation, problems, &self.root), &events);
    }

    /// Tells the author what was not told yet.
    fn tell_author(&mut self, diagnostics: Vec<Diagnostic>) {
        let fresh: Vec<Diagnostic> =
            diagnostics.into_iter().filter(|found| !self.told.contains(found)).collect();
        self.told.extend(fresh.iter().cloned());
        if !fresh.is_empty() {
            (self.tell)(&Notice::Problems { diagnostics: &fresh, standing: Standing::Current });
        }
    }
}

/// Checking all pages.
impl Builder {
    fn check(&mut self, sender: &Sender<Signal>) {
        let Some(snapshot) = self.preview.latest().cloned() else {
            return;
        };
        let stop = Arc::new(AtomicBool::new(false));
        self.stop_check = Arc::clone(&stop);
        let sender = sender.clone();
        std::thread::spawn(move || {
            if let Some(problems) = snapshot.check(&stop) {
                // Nobody listens any more when the server stops.
                let _ = sender.send(Signal::Checked(snapshot.revision, problems));
            }
        });
    }

    fn checked(&mut self, revision: u64, problems: Vec<Diagnostic>) {
        if self.preview.latest().is_none_or(|latest| latest.revision != revision) {
            return;
        }
        let errors: Vec<Diagnostic> =
            problems.iter().filter(|problem| holds_back(problem)).cloned().collect();
        if !self.held_back.is_empty() {
            // The pages that were looked at had some of them; the others are told now.
            if !errors.is_empty() {
                self.held_back = errors;
            }
        } else {
            if errors.is_empty() {
                self.shown.change(|state| state.good = self.preview.current().cloned());
            }
            self.page_errors = errors;
        }
        self.tell_tabs(Vec::new());
        self.told.retain(|found| problems.contains(found));
        self.tell_author(problems);
    }
}

/// Tells of a mistake of the program itself.
fn stumbled() -> Failure {
    let problem = Diagnostic::error("internal-error", "the preview stumbled over a mistake of its own")
        .hint("please report it, with what the terminal says above; the next change is tried anew");
    Failure { kind: FailureKind::Content, diagnostics: vec![problem] }
}

/// Returns what is said about some files.
fn about(diagnostics: &[Diagnostic], sources: &[String]) -> Vec<Diagnostic> {
    let concerns = |found: &&Diagnostic| sources.is_empty() || is_about(found, sources);
    diagnostics.iter().filter(concerns).cloned().collect()
}

fn is_about(found: &Diagnostic, sources: &[String]) -> bool {
    found.at.as_ref().is_some_and(|at| sources.contains(&at.path))
}

fn base_path(generation: &Generation) -> String {
    generation.live.site().config.base_url.path().to_owned()
}
