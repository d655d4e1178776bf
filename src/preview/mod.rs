//! Keeps a site compiled while its author writes: reads what has changed, and makes what is asked for.
//!
//! Every state of the files that has no error becomes a [`Generation`], from which any output can be had, byte for byte as
//! a whole build would make it: not because what has changed is traced, but because each output is made anew from the
//! whole site. What is kept from one generation to the next is what was read. Knows nothing of watchers and servers.

mod changes;
mod files;
mod generation;
mod snapshot;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::{DATA_FOLDER, WORDS_FOLDER};
use crate::diag::{Diagnostic, in_order};
use crate::path::{OutputPath, SourcePath};
use crate::pipeline::{Failure, FailureKind, Request, absolute};
use crate::render::{Live, Probes, Recipes};
use crate::site::{self, Site};
use crate::source;

use changes::Changes;
use files::Files;

pub use generation::{Change, Generation};
pub use snapshot::Snapshot;

/// What may have changed on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touched {
    /// Files and folders, by their absolute paths with links resolved.
    Paths(BTreeSet<PathBuf>),
    /// Anything at all.
    Everything,
}

impl Touched {
    /// Puts two together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Paths(mut paths), Self::Paths(others)) => {
                paths.extend(others);
                Self::Paths(paths)
            }
            _ => Self::Everything,
        }
    }
}

/// A site that is kept compiled.
#[derive(Debug)]
pub struct Preview {
    request: Request,
    /// Folders that are no part of the site, whatever the configuration says.
    skip: Vec<PathBuf>,
    probes: Arc<Probes>,
    /// Absent while the configuration is faulty.
    files: Option<Files>,
    /// The site as the files are now, faulty or not.
    assembled: Option<Assembled>,
    /// What has changed since the last generation.
    pending: Pending,
    /// The files as they are, unless nothing can be made of them.
    snapshot: Option<Arc<Snapshot>>,
    /// Counts the snapshots.
    revision: u64,
    current: Option<Arc<Generation>>,
}

/// A site, put together from the files.
#[derive(Debug)]
struct Assembled {
    site: Arc<Site>,
    diagnostics: Vec<Diagnostic>,
    /// The list of outputs, while no address has changed.
    recipes: Option<(Arc<Recipes>, Vec<Diagnostic>)>,
}

/// What has changed since the last generation.
#[derive(Debug, Default)]
struct Pending {
    /// All files that have changed.
    sources: BTreeSet<SourcePath>,
    /// Whether pages may have changed.
    content: bool,
    /// Whether more than the texts of some pages may have changed.
    beyond_bodies: bool,
    /// Whether all files were read anew, so that it is not known which of them have changed.
    is_reread: bool,
}

/// What became of a look at the files.
#[derive(Debug)]
pub enum Outcome {
    /// No file has changed.
    Unchanged,
    /// The site as it is now has errors: the last generation stays.
    Refused(Vec<Diagnostic>),
    /// There is a new generation.
    Accepted {
        /// What has changed.
        change: Change,
        /// Warnings about the files that have changed, and errors that are shown in their place.
        diagnostics: Vec<Diagnostic>,
    },
}

/// Says whether an error is shown on the page, in the place of a picture, instead of holding the site back.
pub fn is_shown_in_place(problem: &Diagnostic) -> bool {
    problem.code.starts_with("image")
}

/// Says whether a problem keeps a site from being shown as it is now.
pub fn holds_back(problem: &Diagnostic) -> bool {
    problem.is_error() && !is_shown_in_place(problem)
}

impl Preview {
    /// Takes up a site; `skip` names folders that are no part of it.
    pub fn new(request: Request, skip: Vec<PathBuf>) -> Self {
        Self {
            request,
            skip,
            probes: Arc::default(),
            files: None,
            assembled: None,
            pending: Pending::default(),
            snapshot: None,
            revision: 0,
            current: None,
        }
    }

    /// Returns the last state of the site without an error.
    pub fn current(&self) -> Option<&Arc<Generation>> {
        self.current.as_ref()
    }

    /// Returns the files as they are, put together, faulty or not; none while nothing can be made of them.
    pub fn latest(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref()
    }

    /// Returns the next instant at which the site changes although no file does.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.assembled.as_ref().and_then(|assembled| assembled.site.next_change)
    }

    /// Forgets what was read, so that the next look reads everything; the last generation stays.
    pub fn forget(&mut self) {
        self.files = None;
        self.assembled = None;
        self.snapshot = None;
    }

    /// Returns the folders whose files belong to the site, there or not; the usual ones while that cannot be known.
    pub fn folders(&self) -> Vec<PathBuf> {
        let usual = || ["content", "static", source::TEMPLATES, WORDS_FOLDER, DATA_FOLDER, "config"];
        let join = |name: &str| absolute(&self.request.root.join(name));
        self.files.as_ref().map_or_else(|| usual().map(join).into(), Files::folders)
    }

    /// Returns the folders below which nothing belongs to the site.
    pub fn skipped(&self) -> Vec<PathBuf> {
        self.files.as_ref().map_or_else(|| self.skip.clone(), |files| files.skipped().to_vec())
    }

    /// Looks at what was touched, and makes a new generation if that changes the site and leaves it without an error.
    ///
    /// `now` decides what is future and what has expired, `read_at` is the time on the clock; `visible` are pages that
    /// somebody looks at: a generation that cannot show them is none.
    ///
    /// # Errors
    /// There is no site any more, or its configuration is faulty; the last generation stays.
    pub fn refresh(
        &mut self,
        touched: &Touched,
        now: Timestamp,
        read_at: Timestamp,
        visible: &[OutputPath],
    ) -> Result<Outcome, Failure> {
        self.request.now = now;
        let changes = match self.read(touched, read_at).inspect_err(|_| self.snapshot = None)? {
            Some(changes) => changes,
            None => {
                self.assembled = None;
                // What was faulty before is suspect still.
                let mut sources = std::mem::take(&mut self.pending.sources);
                sources.extend(self.named(touched));
                self.pending = Pending { sources, content: true, beyond_bodies: true, is_reread: true };
                return Ok(self.make(visible));
            }
        };
        let is_due = self
            .assembled
            .as_ref()
            .is_none_or(|assembled| assembled.site.next_change.is_some_and(|instant| instant <= now));
        if changes.is_empty() && !is_due {
            return Ok(Outcome::Unchanged);
        }
        self.take_in(&changes, is_due);
        Ok(self.make(visible))
    }

    /// Returns the paths of touched files from the site's root, as far as they are known.
    fn named(&self, touched: &Touched) -> BTreeSet<SourcePath> {
        let Touched::Paths(paths) = touched else {
            return BTreeSet::new();
        };
        let root = absolute(&self.request.root);
        let files = paths.iter().filter(|path| path.is_file());
        let named = files.filter_map(|path| path.strip_prefix(&root).ok()?.to_str());
        named.map(|path| SourcePath::new(path.replace('\\', "/"))).collect()
    }

    /// Reads files again; `None` where everything was read anew.
    fn read(&mut self, touched: &Touched, read_at: Timestamp) -> Result<Option<Changes>, Failure> {
        // Where the configuration is faulty, the files are read anew when it is mended.
        if let Some(mut files) = self.files.take()
            && !files.is_reconfigured(&self.request, touched)?
        {
            let changes = files.look_again(touched, read_at);
            self.files = Some(files);
            return Ok(Some(changes));
        }
        self.files = Some(Files::load(&self.request, &self.skip, read_at)?);
        Ok(None)
    }

    /// Brings the site up to what has changed, with as little work as that allows.
    fn take_in(&mut self, changes: &Changes, is_due: bool) {
        let pending = &mut self.pending;
        pending.sources.extend(changes.sources());
        let is_static_only = changes.texts.is_empty()
            && changes.bodies.is_empty()
            && changes.templates.is_empty()
            && changes.assets.is_empty()
            && !changes.static_moved;
        pending.content |= is_due || !is_static_only;
        pending.beyond_bodies |=
            is_due || changes.concern_the_site() || changes.static_moved || !changes.templates.is_empty();
        for source in &changes.assets {
            self.probes.forget(source);
        }
        if is_due || changes.concern_the_site() {
            self.assembled = None;
            return;
        }
        if let Some(assembled) = &mut self.assembled {
            if !changes.bodies.is_empty() {
                assembled.site = Arc::new(assembled.site.with_texts(&changes.bodies));
            }
            if changes.static_moved {
                assembled.recipes = None;
            }
        }
    }

    /// Makes a generation of the files as they are, if they have no error.
    fn make(&mut self, visible: &[OutputPath]) -> Outcome {
        let Some((snapshot, live)) = self.snapshot() else {
            return Outcome::Unchanged;
        };
        let snapshot = self.snapshot.insert(snapshot);
        let mut found = snapshot.found.clone();
        let live = match live {
            Ok(live) => live,
            Err(problems) => {
                found.extend(problems);
                return Outcome::Refused(in_order(found));
            }
        };
        let suspects = live.site().ids().filter(|id| {
            let source = live.site().page(*id).source_path();
            source.is_some_and(|source| self.pending.sources.contains(source))
        });
        // The first generation, and one after a checkout, is checked later, page by page.
        let suspects: Vec<_> = suspects.take(SUSPECTS_MAX).collect();
        found.extend(live.check(suspects, visible));
        let found = in_order(found);
        if found.iter().any(holds_back) {
            return Outcome::Refused(found);
        }
        self.accept(live, found)
    }

    /// Takes down the files as they are, put together; with it its outputs, or why its templates cannot be read.
    fn snapshot(&mut self) -> Option<(Arc<Snapshot>, Loaded)> {
        let files = self.files.as_ref()?;
        let request = &self.request;
        self.revision += 1;
        let assembled = self.assembled.get_or_insert_with(|| assemble(files, request));
        let mut snapshot = Snapshot {
            revision: self.revision,
            site: Arc::clone(&assembled.site),
            recipes: assembled.recipes.as_ref().map(|(recipes, _)| Arc::clone(recipes)),
            templates: Arc::clone(&files.templates),
            static_files: Arc::clone(&files.static_files),
            probes: Arc::clone(&self.probes),
            found: files.diagnostics(),
        };
        snapshot.found.extend(assembled.diagnostics.iter().cloned());
        let live = snapshot.load().map(|(live, problems)| {
            assembled.recipes.get_or_insert_with(|| (Arc::clone(live.recipes()), problems));
            live
        });
        if let Some((recipes, problems)) = &assembled.recipes {
            snapshot.recipes = Some(Arc::clone(recipes));
            snapshot.found.extend(problems.iter().cloned());
        }
        Some((Arc::new(snapshot), live))
    }

    fn accept(&mut self, live: Live, found: Vec<Diagnostic>) -> Outcome {
        let pending = std::mem::take(&mut self.pending);
        let old = self.current.as_deref();
        let generation = Generation { number: old.map_or(1, |old| old.number + 1), live };
        let change = Change::between(old, &generation, pending);
        self.current = Some(Arc::new(generation));
        Outcome::Accepted { change, diagnostics: found }
    }
}

/// The outputs of a snapshot, or why its templates cannot be read.
type Loaded = Result<Live, Vec<Diagnostic>>;

/// Most pages that are checked before a new generation is shown.
const SUSPECTS_MAX: usize = 50;

fn assemble(files: &Files, request: &Request) -> Assembled {
    let assembled = site::assemble(files.contents(), files.assets(), &files.configured.configs, request.now);
    Assembled { site: Arc::new(assembled.site), diagnostics: assembled.diagnostics, recipes: None }
}

/// Says whether a site cannot be previewed at all: there is nothing that an edit could mend.
pub fn is_hopeless(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::NoSite)
}
