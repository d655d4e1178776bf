//! A target that is a branch of a git repository, as GitHub Pages (`gh-pages`) and Codeberg Pages (`pages`) serve them.
//!
//! What a run does is gathered and becomes one commit, pushed only if the branch is still what it was when it was read: readers
//! get the old site or the new one. The branch holds the site alone; what publishing keeps of its own is below
//! `refs/hallway/`, moved by the same push. Has no headers: those are the host's business.

mod address;
mod repository;
mod tree;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use jiff::Timestamp;

use self::repository::{Draft, Move, Repository, Tip};
use self::tree::{Entry, Files, Held};
use super::manifest::{FOLDER, Record};
use super::program::Call;
use super::store::{Body, Listing, Seen, Store, Trouble};
use super::tree::digest_of;
use crate::config::Host;
use crate::digest::Digest;

pub use address::{GitAddress, Remote};

/// References of the cache for what is read.
const SITE_IN: &str = "refs/in/site";
const OWN_IN: &str = "refs/in/own";
/// References of the cache for what is written.
const SITE_OUT: &str = "refs/out/site";
const OWN_OUT: &str = "refs/out/own";

/// Author of commits where git knows of none.
const NOBODY: &str = "Hallway <hallway@localhost>";

/// A branch as a target.
#[derive(Debug)]
pub struct GitStore {
    address: GitAddress,
    repository: Repository,
    /// Author of the commits, with the day.
    ident: String,
    state: Mutex<Option<State>>,
}

/// What the branch holds, and what it is to hold.
#[derive(Debug)]
struct State {
    site: Tip,
    own: Tip,
    /// All files, those of ours below `.hallway/`.
    files: Files,
}

impl GitStore {
    /// Makes one of an address; `site` is the folder of the site, `cache` that of what was made before.
    ///
    /// # Errors
    /// There is no git, no such remote, or the cache cannot be written.
    pub fn new(address: GitAddress, site: &Path, cache: &Path, now: Timestamp) -> Result<Self, Trouble> {
        let url = match &address.remote {
            Remote::Url(url) => url.clone(),
            Remote::Named(name) => remote_url(site, name)?,
        };
        let folder = cache.join("publish").join(format!("{}.git", Digest::of(url.as_bytes())));
        let repository = Repository::open(&folder, url)?;
        let ident = format!("{} {} +0000", author(site), now.as_second());
        Ok(Self { address, repository, ident, state: Mutex::new(None) })
    }

    /// Returns the host that serves such a branch, as far as its address tells.
    pub fn host(&self) -> Host {
        if self.repository.url().contains("codeberg.org") { Host::Codeberg } else { Host::GitHub }
    }

    fn site_reference(&self) -> String {
        format!("refs/heads/{}", self.address.branch)
    }

    fn own_reference(&self) -> String {
        format!("refs/hallway/{}", self.address.branch)
    }

    /// Reads the branch once, when something of it is first asked for.
    fn with_state<T>(&self, act: impl FnOnce(&mut State) -> T) -> Result<T, Trouble> {
        // A thread that failed left whole maps behind.
        let mut guard: MutexGuard<'_, Option<State>> =
            self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let state = match guard.take() {
            Some(state) => state,
            None => self.load()?,
        };
        Ok(act(guard.insert(state)))
    }

    fn load(&self) -> Result<State, Trouble> {
        let (site, own) = (self.site_reference(), self.own_reference());
        let there = self.repository.references(&[&site, &own])?;
        let tip = |name: &str, here: &str, is_shallow: bool| {
            if !there.contains_key(name) {
                return Ok(Tip::default());
            }
            self.repository.fetch(name, here, is_shallow)?;
            self.repository.tip(here)
        };
        let site = tip(&site, SITE_IN, self.address.keeps_history)?;
        let own = tip(&own, OWN_IN, false)?;
        self.check_source(&site, &own)?;
        let mut files = site.files.clone();
        let ours = own.files.0.iter().map(|(path, entry)| (format!("{FOLDER}{path}"), entry.clone()));
        files.0.extend(ours);
        Ok(State { site, own, files })
    }

    /// Refuses a branch that holds what sites are made of.
    fn check_source(&self, site: &Tip, own: &Tip) -> Result<(), Trouble> {
        let is_source = |path: &String| path.starts_with("content/") || path.starts_with("archetypes/");
        if own.commit.is_some() || !site.files.0.keys().any(is_source) {
            return Ok(());
        }
        Err(Trouble::Refused {
            message: format!("{} holds the source of a site, not a site", self.name()),
            hint: "publish to a branch of its own, such as `gh-pages`".to_owned(),
        })
    }

    fn read_entry(&self, entry: &Entry) -> Result<Vec<u8>, Trouble> {
        match &entry.held {
            Held::There { id, .. } => self.repository.blob(id),
            Held::Bytes(bytes) => Ok(bytes.clone()),
            Held::File(file) => read_file(file),
        }
    }

    fn entry(&self, name: &str) -> Result<Option<Entry>, Trouble> {
        self.with_state(|state| state.files.0.get(name).cloned())
    }
}

#[expect(clippy::disallowed_methods, reason = "`publish` owns the files of its targets")]
fn read_file(file: &PathBuf) -> Result<Vec<u8>, Trouble> {
    std::fs::read(file).map_err(|error| Trouble::of_file(file, "read", &error))
}

/// Asks the author's repository where a remote of it is.
fn remote_url(site: &Path, name: &str) -> Result<String, Trouble> {
    let folder = if site.as_os_str().is_empty() { Path::new(".") } else { site };
    let answer = Call::of("git").within(folder).with(["remote", "get-url", "--push", "--", name]).ask()?;
    let url = String::from_utf8_lossy(&answer.output).trim().to_owned();
    if answer.is_good && !url.is_empty() {
        // A folder counts from the repository that names it, and ours lies elsewhere.
        let is_folder = !url.contains(':') && Path::new(&url).is_relative();
        return Ok(if is_folder { format!("file://{}", absolute(folder, &url)) } else { url });
    }
    Err(Trouble::Refused {
        message: format!("the site lies in no git repository with a remote `{name}` ({})", answer.gist()),
        hint: "name the repository, as in `git@github.com:me/blog.git?branch=gh-pages`".to_owned(),
    })
}

fn absolute(folder: &Path, url: &str) -> String {
    let path = folder.join(url);
    path.canonicalize().unwrap_or(path).display().to_string()
}

/// Returns the author's name as git would write it.
fn author(site: &Path) -> String {
    let folder = if site.as_os_str().is_empty() { Path::new(".") } else { site };
    let answer = Call::of("git")
        .within(folder)
        .with(["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"])
        .ask();
    let Ok(answer) = answer else { return NOBODY.to_owned() };
    let text = String::from_utf8_lossy(&answer.output).into_owned();
    let name = text.rsplit_once('>').map(|(name, _)| format!("{name}>"));
    name.filter(|_| answer.is_good).unwrap_or_else(|| NOBODY.to_owned())
}

impl Store for GitStore {
    fn name(&self) -> String {
        self.address.shown()
    }

    fn has_headers(&self) -> bool {
        false
    }

    fn list(&self) -> Result<Listing, Trouble> {
        self.with_state(|state| {
            state.files.0.iter().map(|(name, entry)| (name.clone(), entry.size)).collect()
        })
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        self.entry(name)?.map(|entry| self.read_entry(&entry)).transpose()
    }

    fn holds(&self, name: &str, record: &Record) -> Result<bool, Trouble> {
        Ok(self.look(name)?.is_some_and(|seen| seen.digest.to_string() == record.digest))
    }

    fn look(&self, name: &str) -> Result<Option<Seen>, Trouble> {
        let Some(entry) = self.entry(name)? else { return Ok(None) };
        let digest = match &entry.held {
            Held::File(file) => digest_of(file).map_err(|error| Trouble::of_file(file, "read", &error))?.0,
            _ => Digest::of(&self.read_entry(&entry)?),
        };
        Ok(Some(Seen { digest, headers: None }))
    }

    fn put(&self, name: &str, body: Body<'_>, record: &Record) -> Result<(), Trouble> {
        let entry = Entry::of(body, record.size);
        self.with_state(|state| drop(state.files.0.insert(name.to_owned(), entry)))
    }

    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool, Trouble> {
        self.with_state(|state| {
            let is_new = !state.files.0.contains_key(name);
            if is_new {
                let entry = Entry::of(Body::Bytes(bytes), 0);
                state.files.0.insert(name.to_owned(), entry);
            }
            is_new
        })
    }

    fn copy(&self, from: &str, to: &str, _record: &Record) -> Result<(), Trouble> {
        let entry = self.entry(from)?;
        let Some(entry) = entry else {
            return Err(Trouble::Remote(format!("{} has no `{from}`", self.name())));
        };
        self.with_state(|state| drop(state.files.0.insert(to.to_owned(), entry)))
    }

    fn remove(&self, name: &str) -> Result<(), Trouble> {
        self.with_state(|state| drop(state.files.0.remove(name)))
    }

    /// Commits and pushes.
    fn finish(&self, message: &str) -> Result<(), Trouble> {
        let (files, site, own) = self
            .with_state(|state| (state.files.clone(), state.site.commit.clone(), state.own.commit.clone()))?;
        let (site_files, own_files) = parted(files);
        let parent = site.as_deref().filter(|_| self.address.keeps_history);
        let ident = &self.ident;
        self.repository.commit(&[
            Draft { reference: SITE_OUT, parent, files: &site_files, ident, message },
            Draft { reference: OWN_OUT, parent: None, files: &own_files, ident, message },
        ])?;
        let (there, ours) = (self.site_reference(), self.own_reference());
        let mut moves = Vec::new();
        for (from, to, was) in [(SITE_OUT, &there, &site), (OWN_OUT, &ours, &own)] {
            let is_same = match was {
                Some(was) => self.repository.has_same_files(was, from)?,
                None => false,
            };
            if !is_same {
                moves.push(Move { from, to, was: was.as_deref() });
            }
        }
        if moves.is_empty() {
            return Ok(());
        }
        let answer = self.repository.push(&moves)?;
        if !answer.is_good {
            return Err(self.refusal(&answer.output, answer.trouble()));
        }
        // What stays of older publications only takes room in the cache.
        let _ = self.repository.tidy();
        // What follows, such as reading back, asks the other side anew.
        *self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        Ok(())
    }
}

impl GitStore {
    /// Tells a branch that moved meanwhile from a push that failed.
    fn refusal(&self, output: &[u8], trouble: Trouble) -> Trouble {
        let told = String::from_utf8_lossy(output);
        if told.contains("stale info") || told.contains("(fetch first)") {
            return Trouble::Locked {
                message: format!("somebody else has changed {} meanwhile", self.name()),
                hint: "nothing was changed; run this again".to_owned(),
            };
        }
        let reason =
            told.lines().find_map(|line| line.strip_prefix('!')?.split_once('[')).map(|(_, reason)| reason);
        match reason {
            Some(reason) => {
                Trouble::Remote(format!("{} was not taken: {}", self.name(), reason.replace(']', "").trim()))
            }
            None => trouble,
        }
    }
}

/// Parts the files of the site from our own.
fn parted(files: Files) -> (Files, Files) {
    let (mut site, mut own) = (Files::default(), Files::default());
    for (path, entry) in files.0 {
        match path.strip_prefix(FOLDER) {
            Some(inner) => own.0.insert(inner.to_owned(), entry),
            None => site.0.insert(path, entry),
        };
    }
    (site, own)
}
