//! A bare repository in the cache, through which branches are read and written. Never touches the author's own.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use super::address::secret_of;
use super::tree::{Entry, Files, Held};
use crate::publish::program::{Answer, Call, Feed};
use crate::publish::store::Trouble;

/// Variables by which a hook of git leads other calls of git elsewhere.
const LEADING: &[&str] =
    &["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"];

/// Settings of every call: nothing in the background, and a dead line ends.
const SETTINGS: &[&str] = &[
    "gc.autoDetach=false",
    "maintenance.auto=false",
    "gc.auto=0",
    "core.hooksPath=/dev/null",
    "http.lowSpeedLimit=100",
    "http.lowSpeedTime=60",
];

/// The repository in the cache.
#[derive(Debug)]
pub(super) struct Repository {
    folder: PathBuf,
    url: String,
    secret: Option<String>,
}

/// What a reference of ours points at there, and what is fetched of it.
#[derive(Debug, Default)]
pub(super) struct Tip {
    /// Commit; nothing where there is no such reference yet.
    pub(super) commit: Option<String>,
    /// Its files.
    pub(super) files: Files,
}

/// A commit to be made.
pub(super) struct Draft<'a> {
    /// Reference of the cache that holds it.
    pub(super) reference: &'a str,
    /// The commit before, where history is kept.
    pub(super) parent: Option<&'a str>,
    pub(super) files: &'a Files,
    /// Author and day as git writes them.
    pub(super) ident: &'a str,
    pub(super) message: &'a str,
}

/// A reference to be written there, if it is still what it was.
pub(super) struct Move<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) was: Option<&'a str>,
}

impl Repository {
    /// Opens the repository of the cache, and makes one where there is none.
    pub(super) fn open(folder: &Path, url: String) -> Result<Self, Trouble> {
        fs::create_dir_all(folder).map_err(|error| Trouble::of_file(folder, "made", &error))?;
        let repository = Self { folder: folder.to_owned(), secret: secret_of(&url), url };
        if !folder.join("HEAD").is_file() {
            repository.call().with(["init", "--quiet", "--bare", "--template=", "."]).run()?;
        }
        Ok(repository)
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    fn call<'a>(&self) -> Call<'a> {
        let mut call = Call::of("git").within(&self.folder).unset(LEADING).set("GIT_DIR", ".");
        for setting in SETTINGS {
            call = call.with(["-c", setting]);
        }
        call.hiding(self.secret.clone())
    }

    /// Returns the commits of references there.
    pub(super) fn references(&self, names: &[&str]) -> Result<BTreeMap<String, String>, Trouble> {
        let output = self.call().with(["ls-remote", "--quiet", "--", &self.url]).with(names).run()?;
        let text = String::from_utf8_lossy(&output);
        let pairs = text.lines().filter_map(|line| line.split_once('\t'));
        Ok(pairs
            .filter(|(_, name)| names.contains(name))
            .map(|(commit, name)| (name.to_owned(), commit.to_owned()))
            .collect())
    }

    /// Fetches what a reference there points at; `is_shallow` leaves out what came before it.
    ///
    /// Only for a branch that grows: a commit that was fetched so, and has nothing before it, is never taken back.
    pub(super) fn fetch(&self, there: &str, here: &str, is_shallow: bool) -> Result<(), Trouble> {
        let depth = is_shallow.then_some("--depth=1");
        let words = ["fetch", "--quiet", "--no-tags", "--update-head-ok"].into_iter().chain(depth);
        let call = self.call().with(words).with(["--", &self.url]);
        call.with([format!("+{there}:{here}")]).run().map(|_| ())
    }

    /// Returns what a reference of the cache points at.
    pub(super) fn tip(&self, reference: &str) -> Result<Tip, Trouble> {
        let commit = self.call().with(["rev-parse", "--verify", reference]).run()?;
        let listed = self.call().with(["ls-tree", "-r", "-l", "-z", "--full-tree", reference]).run()?;
        let files = listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()).filter_map(listed_entry);
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        Ok(Tip { commit: Some(commit), files: Files(files.collect()) })
    }

    /// Reads a file by the name of its content.
    pub(super) fn blob(&self, id: &str) -> Result<Vec<u8>, Trouble> {
        self.call().with(["cat-file", "blob", id]).run()
    }

    /// Makes commits, in the cache alone.
    pub(super) fn commit(&self, drafts: &[Draft<'_>]) -> Result<(), Trouble> {
        let feed = |input: &mut dyn Write| {
            let mut mark = 0;
            for draft in drafts {
                write_draft(input, draft, &mut mark)?;
            }
            input.write_all(b"done\n").map_err(unwritten)
        };
        let feed: Feed<'_> = &feed;
        self.call().with(["fast-import", "--quiet", "--done", "--force"]).fed(feed).run().map(|_| ())
    }

    /// Says whether a commit of the cache has the same files as another.
    pub(super) fn has_same_files(&self, one: &str, other: &str) -> Result<bool, Trouble> {
        let of =
            |commit: &str| self.call().with(["rev-parse", "--verify", &format!("{commit}^{{tree}}")]).run();
        Ok(of(one)? == of(other)?)
    }

    /// Moves references there, all or none, and only if nobody else has.
    pub(super) fn push(&self, moves: &[Move<'_>]) -> Result<Answer, Trouble> {
        let leases =
            moves.iter().map(|step| format!("--force-with-lease={}:{}", step.to, step.was.unwrap_or("")));
        // Without the `+` of forced updates, which goes over leases.
        let pairs = moves.iter().map(|step| format!("{}:{}", step.from, step.to));
        self.call()
            .with(["push", "--porcelain", "--atomic", "--no-verify"])
            .with(leases)
            .with(["--", &self.url])
            .with(pairs)
            .ask()
    }

    /// Clears out what no reference of the cache needs any more, once there is much of it.
    pub(super) fn tidy(&self) -> Result<(), Trouble> {
        self.call().with(["-c", "gc.auto=2000", "gc", "--auto", "--quiet"]).run().map(|_| ())
    }
}

/// Reads a line of `ls-tree -l`: mode, kind, name of the content and size, then a tab and the path.
fn listed_entry(line: &[u8]) -> Option<(String, Entry)> {
    let text = String::from_utf8_lossy(line);
    let (facts, path) = text.split_once('\t')?;
    let mut facts = facts.split_ascii_whitespace();
    let (mode, _kind, id, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
    let held = Held::There { mode: mode.to_owned(), id: id.to_owned() };
    Some((path.to_owned(), Entry { size: size.parse().unwrap_or(0), held }))
}

/// Writes a commit in the language of `git fast-import`: contents first, then the commit with all its files.
fn write_draft(out: &mut dyn Write, draft: &Draft<'_>, mark: &mut u64) -> Result<(), Trouble> {
    let mut lines = String::new();
    for (path, entry) in &draft.files.0 {
        let (mode, name) = match &entry.held {
            Held::There { mode, id } => (mode.as_str(), id.clone()),
            Held::Bytes(bytes) => ("100644", blob(out, mark, entry.size, &mut bytes.as_slice())?),
            Held::File(file) => {
                let mut open = File::open(file).map_err(|error| Trouble::of_file(file, "read", &error))?;
                ("100644", blob(out, mark, entry.size, &mut open)?)
            }
        };
        lines.push_str(&format!("M {mode} {name} {}\n", quoted(path)));
    }
    *mark += 1;
    let Draft { reference, parent, ident, message, .. } = draft;
    let from = parent.map(|parent| format!("from {parent}\n")).unwrap_or_default();
    let head = format!(
        "reset {reference}\ncommit {reference}\nmark :{mark}\ncommitter {ident}\ndata {}\n{message}\n{from}deleteall\n",
        message.len()
    );
    out.write_all(head.as_bytes()).and_then(|()| out.write_all(lines.as_bytes())).map_err(unwritten)
}

/// Writes a content and returns how the commit names it.
fn blob(out: &mut dyn Write, mark: &mut u64, size: u64, from: &mut dyn io::Read) -> Result<String, Trouble> {
    *mark += 1;
    write!(out, "blob\nmark :{mark}\ndata {size}\n").map_err(unwritten)?;
    let copied = io::copy(&mut from.take(size), out).map_err(unwritten)?;
    if copied != size {
        return Err(Trouble::Local(
            "a file of the built site changed while it was being published".to_owned(),
        ));
    }
    out.write_all(b"\n").map_err(unwritten)?;
    Ok(format!(":{mark}"))
}

/// A path as `fast-import` takes any.
fn quoted(path: &str) -> String {
    let inner = path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{inner}\"")
}

fn unwritten(error: io::Error) -> Trouble {
    Trouble::Local(format!("git does not take the site: {error}"))
}
