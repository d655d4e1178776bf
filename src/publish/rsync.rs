//! A target that is a folder of another machine, reached by `rsync` over ssh. Needs no shell there, only rsync.
//!
//! What a group of steps asks for is gathered, and goes there in one call of the program. Has no headers.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tempfile::TempDir;

use super::manifest::{FOLDER, KEPT, Record};
use super::program::{Answer, Call};
use super::store::{Body, Listing, Seen, Store, Trouble};
use super::tree::digest_of;

/// A folder of another machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RsyncAddress {
    /// `user@host`, or a host alone.
    machine: String,
    port: Option<u16>,
    /// From the root of that machine; or from the user's home.
    path: String,
}

impl RsyncAddress {
    /// Reads what follows `rsync+ssh://`: `user@host:port/path`; a path below `/~/` counts from the user's home.
    ///
    /// # Errors
    /// There is no host or no path, or a host that ssh could take for an option.
    pub(super) fn read(rest: &str) -> Result<Self, Trouble> {
        let refused = |message: String| Trouble::Refused {
            message,
            hint:
                "the form is `rsync+ssh://user@host:22/var/www/blog`, or `/~/www` for a folder of the user's"
                    .to_owned(),
        };
        let decoded = percent_decode_str(rest).decode_utf8_lossy().into_owned();
        let (machine, path) = decoded
            .split_once('/')
            .ok_or_else(|| refused(format!("`rsync+ssh://{decoded}` names no folder")))?;
        let (machine, port) = match machine.rsplit_once(':') {
            Some((machine, port)) if !port.ends_with(']') => {
                let port = port.parse().map_err(|_| refused(format!("`{port}` is no port")))?;
                (machine, Some(port))
            }
            _ => (machine, None),
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "@._-[]:".contains(c);
        if machine.is_empty() || machine.starts_with('-') || !machine.chars().all(is_plain) {
            return Err(refused(format!("`{machine}` is no machine to log in at")));
        }
        let path = match path.strip_prefix("~/") {
            Some(inner) => inner.to_owned(),
            None => format!("/{path}"),
        };
        let path = path.trim_end_matches('/').to_owned();
        if path.is_empty() || path.starts_with('-') || path.split('/').any(|part| part == "..") {
            return Err(refused(format!("`{path}` is no folder for a site")));
        }
        Ok(Self { machine: machine.to_owned(), port, path })
    }

    fn folder(&self) -> String {
        format!("{}:{}/", self.machine, self.path)
    }
}

/// A folder of another machine as a target.
#[derive(Debug)]
pub struct RsyncStore {
    address: RsyncAddress,
    /// The program that logs in, with its options.
    shell: String,
    timeout: Duration,
    pause: fn(Duration),
    /// What is on its way lies here.
    aside: TempDir,
    gathered: Mutex<Gathered>,
}

/// What the next call is to do.
#[derive(Debug, Default)]
struct Gathered {
    /// Names of files by the folder that they lie in.
    files: BTreeMap<PathBuf, BTreeSet<String>>,
    /// Copies to make there: from and to.
    copies: Vec<(String, String)>,
    removals: BTreeSet<String>,
}

/// How long two runs that begin at once may be apart when the later one overwrites the lock of the earlier.
const SETTLING: Duration = Duration::from_millis(500);

/// Exit code of rsync where some files could not be had.
const PARTIAL: i32 = 23;

/// Exit code of rsync where files are not here that were to be sent.
const VANISHED: i32 = 24;

impl RsyncStore {
    /// Makes one of an address; `shell` is the program that logs in (`RSYNC_RSH`), else `ssh`.
    ///
    /// # Errors
    /// There is no folder for what is on its way.
    pub fn new(
        address: RsyncAddress,
        shell: Option<String>,
        timeout: Duration,
        pause: fn(Duration),
    ) -> Result<Self, Trouble> {
        let aside = tempfile::tempdir().map_err(|error| {
            Trouble::Local(format!("no folder can be made for files on their way: {error}"))
        })?;
        let shell = shell.unwrap_or_else(|| "ssh".to_owned());
        let shell = match address.port {
            Some(port) => format!("{shell} -p {port}"),
            None => shell,
        };
        Ok(Self { address, shell, timeout, pause, aside, gathered: Mutex::default() })
    }

    fn call<'a>(&self) -> Call<'a> {
        let timeout = format!("--timeout={}", self.timeout.as_secs().max(1));
        Call::of("rsync").with(["--protect-args", "--rsh", &self.shell, &timeout])
    }

    /// Makes an empty folder for one call.
    fn folder(&self) -> Result<TempDir, Trouble> {
        tempfile::tempdir_in(self.aside.path())
            .map_err(|error| Trouble::of_file(self.aside.path(), "written", &error))
    }

    /// Sends files of a folder, under their names in it.
    fn send(&self, folder: &Path, names: &BTreeSet<String>, options: &[&str]) -> Result<Answer, Trouble> {
        let feed = feed_of(names);
        // The manifest says what has changed; size and time say less.
        let call = self.call().with(["--ignore-times", "--times", "--omit-dir-times", "--perms"]);
        let call = call.with(["--chmod=D755,F644", "--from0", "--files-from=-"]).with(options);
        let answer = call.with([slashed(folder), self.address.folder()]).fed(&feed).ask()?;
        if answer.is_good { Ok(answer) } else { Err(answer.trouble()) }
    }

    /// Fetches files into a folder; those that are not there stay away.
    fn fetch(&self, names: &BTreeSet<String>, folder: &Path) -> Result<(), Trouble> {
        let feed = feed_of(names);
        let call = self.call().with(["--ignore-times", "--from0", "--files-from=-"]);
        let answer = call.with([self.address.folder(), slashed(folder)]).fed(&feed).ask()?;
        if answer.is_good || is_absence(&answer) { Ok(()) } else { Err(answer.trouble()) }
    }

    /// Fetches one file and says where it is.
    fn fetch_one(&self, name: &str) -> Result<Option<(TempDir, PathBuf)>, Trouble> {
        self.settle()?;
        let folder = self.folder()?;
        self.fetch(&[name.to_owned()].into(), folder.path())?;
        let file = folder.path().join(name);
        Ok(file.is_file().then_some((folder, file)))
    }

    /// Removes files, or folders that are empty; what is not there, or not empty, stays as it is.
    fn clear(&self, names: &BTreeSet<String>) -> Result<(), Trouble> {
        let empty = self.folder()?;
        let feed = feed_of(names);
        let call =
            self.call().with(["--delete-missing-args", "--no-implied-dirs", "--from0", "--files-from=-"]);
        let answer = call.with([slashed(empty.path()), self.address.folder()]).fed(&feed).ask()?;
        // That the files are not here is what makes them go there.
        if answer.is_good || answer.code == Some(VANISHED) { Ok(()) } else { Err(answer.trouble()) }
    }

    /// Removes files, and the folders that this leaves empty: a server answers for those in its own way.
    fn clear_with_folders(&self, names: &BTreeSet<String>) -> Result<(), Trouble> {
        self.clear(names)?;
        let folders =
            names.iter().filter(|name| !name.starts_with(FOLDER)).filter_map(|name| name.rsplit_once('/'));
        let folders: BTreeSet<String> = folders.map(|(folder, _)| folder.to_owned()).collect();
        if folders.is_empty() { Ok(()) } else { self.clear(&folders) }
    }

    fn gather(&self, name: &str, act: impl FnOnce(&mut Gathered)) -> Result<(), Trouble> {
        act(&mut self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        // What says how far a run is must not wait.
        if name.starts_with(FOLDER) && !name.starts_with(KEPT) { self.settle() } else { Ok(()) }
    }

    /// Writes a file that is at hand to where it can be sent from.
    fn stage(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Trouble> {
        let root = self.aside.path().join("staged");
        let file = root.join(name);
        let write = || {
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::File::create(&file)?.write_all(bytes)
        };
        write().map_err(|error| Trouble::of_file(&file, "written", &error))?;
        Ok(root)
    }

    /// Copies files there: by way of here, for rsync has no other.
    fn carry(&self, copies: &[(String, String)]) -> Result<(), Trouble> {
        let (fetched, sent) = (self.folder()?, self.folder()?);
        self.fetch(&copies.iter().map(|(from, _)| from.clone()).collect(), fetched.path())?;
        for (from, to) in copies {
            let (file, target) = (fetched.path().join(from), sent.path().join(to));
            if !file.is_file() {
                return Err(Trouble::Remote(format!("{} has no `{from}`", self.name())));
            }
            let copy = || {
                target.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::copy(&file, &target)
            };
            copy().map_err(|error| Trouble::of_file(&target, "written", &error))?;
        }
        self.send(sent.path(), &copies.iter().map(|(_, to)| to.clone()).collect(), &[]).map(|_| ())
    }
}

/// Writes names as `--files-from` reads them.
fn feed_of(names: &BTreeSet<String>) -> impl Fn(&mut dyn Write) -> Result<(), Trouble> + Sync {
    move |input| {
        let lines: String = names.iter().map(|name| format!("{name}\0")).collect();
        input
            .write_all(lines.as_bytes())
            .map_err(|error| Trouble::Local(format!("`rsync` does not take the names of files: {error}")))
    }
}

fn slashed(folder: &Path) -> String {
    format!("{}/", folder.display())
}

/// Says whether all that went wrong is that something is not there.
fn is_absence(answer: &Answer) -> bool {
    let mut failures = answer.complaint.lines().filter(|line| line.contains("failed:")).peekable();
    answer.code == Some(PARTIAL)
        && failures.peek().is_some()
        && failures.all(|line| line.contains("No such file or directory"))
}

/// Reads a line of `--list-only`: mode, size, day, time, name. Only files count.
fn listed(line: &str) -> Option<(String, u64)> {
    let rest = line.strip_prefix('-')?;
    let mut words = rest.splitn(2, char::is_whitespace);
    let rest = words.nth(1)?.trim_start();
    let (size, rest) = rest.split_once(' ')?;
    let (_day, rest) = rest.split_once(' ')?;
    let (_time, name) = rest.split_once(' ')?;
    let size = size.replace([',', '.'], "").parse().ok()?;
    Some((unescaped(name), size))
}

/// Undoes `\#ooo`, by which rsync writes bytes that a terminal would not show.
fn unescaped(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find("\\#") {
        bytes.extend(rest.as_bytes().iter().take(at));
        let digits = rest.get(at + 2..at + 5);
        match digits.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = rest.get(at + 5..).unwrap_or_default();
            }
            None => {
                bytes.extend(b"\\#");
                rest = rest.get(at + 2..).unwrap_or_default();
            }
        }
    }
    bytes.extend(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Store for RsyncStore {
    fn name(&self) -> String {
        format!("{}:{}", self.address.machine, self.address.path)
    }

    fn has_headers(&self) -> bool {
        false
    }

    fn list(&self) -> Result<Listing, Trouble> {
        let call = self.call().with(["--recursive", "--list-only", "--no-human-readable", "--8-bit-output"]);
        let answer = call.with([self.address.folder()]).ask()?;
        if !answer.is_good && !is_absence(&answer) {
            return Err(answer.trouble());
        }
        Ok(String::from_utf8_lossy(&answer.output).lines().filter_map(listed).collect())
    }

    #[expect(clippy::disallowed_methods, reason = "`publish` owns the files of its targets")]
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let Some((_folder, file)) = self.fetch_one(name)? else { return Ok(None) };
        fs::read(&file).map(Some).map_err(|error| Trouble::of_file(&file, "read", &error))
    }

    /// Never says so: sending a file again costs as little as asking, for rsync sends what differs.
    fn holds(&self, _name: &str, _record: &Record) -> Result<bool, Trouble> {
        Ok(false)
    }

    fn look(&self, name: &str) -> Result<Option<Seen>, Trouble> {
        let Some((_folder, file)) = self.fetch_one(name)? else { return Ok(None) };
        let (digest, _) = digest_of(&file).map_err(|error| Trouble::of_file(&file, "read", &error))?;
        Ok(Some(Seen { digest, headers: None }))
    }

    fn put(&self, name: &str, body: Body<'_>, _record: &Record) -> Result<(), Trouble> {
        let folder = match body {
            Body::Bytes(bytes) => self.stage(name, bytes)?,
            Body::File(file) => match file.to_str().and_then(|path| path.strip_suffix(name)) {
                Some(folder) => PathBuf::from(folder),
                None => {
                    let message = format!("{} cannot be sent as `{name}`", file.display());
                    return Err(Trouble::Local(message));
                }
            },
        };
        self.gather(name, |gathered| {
            gathered.files.entry(folder).or_default().insert(name.to_owned());
        })
    }

    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool, Trouble> {
        self.settle()?;
        let folder = self.stage(name, bytes)?;
        let answer =
            self.send(&folder, &[name.to_owned()].into(), &["--ignore-existing", "--out-format=%n"])?;
        let is_new = String::from_utf8_lossy(&answer.output).lines().any(|line| line == name);
        if is_new {
            // rsync looks first and renames later. Who comes second in between overwrites, and is found by reading back.
            (self.pause)(SETTLING);
        }
        Ok(is_new)
    }

    fn copy(&self, from: &str, to: &str, _record: &Record) -> Result<(), Trouble> {
        self.gather(to, |gathered| gathered.copies.push((from.to_owned(), to.to_owned())))
    }

    fn remove(&self, name: &str) -> Result<(), Trouble> {
        self.gather(name, |gathered| {
            gathered.removals.insert(name.to_owned());
        })
    }

    fn settle(&self) -> Result<(), Trouble> {
        let gathered = std::mem::take(&mut *self.gathered.lock().unwrap_or_else(PoisonError::into_inner));
        if !gathered.copies.is_empty() {
            self.carry(&gathered.copies)?;
        }
        for (folder, names) in &gathered.files {
            self.send(folder, names, &[])?;
        }
        if !gathered.removals.is_empty() {
            self.clear_with_folders(&gathered.removals)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_machine_and_a_folder() {
        let address = |machine: &str, port, path: &str| RsyncAddress {
            machine: machine.to_owned(),
            port,
            path: path.to_owned(),
        };
        for (text, expected) in [
            ("me@host/var/www/", address("me@host", None, "/var/www")),
            ("host:2222/~/www/blog", address("host", Some(2222), "www/blog")),
            ("me@[::1]:22/srv/a%20b", address("me@[::1]", Some(22), "/srv/a b")),
        ] {
            assert_eq!(RsyncAddress::read(text).unwrap(), expected, "{text}");
        }
        for text in ["host", "-oProxyCommand=x/a", "me@h;id/a", "h:x/a", "h/", "h/~/", "h/a/../b", "h/~/-e"] {
            assert!(matches!(RsyncAddress::read(text), Err(Trouble::Refused { .. })), "{text}");
        }
    }

    #[test]
    fn lists_are_read_as_rsync_writes_them() {
        let line = "-rw-r--r--          1,234 2026/11/23 15:00:01 a folder/caf\\#303\\#251 \\#x.html";
        assert_eq!(listed(line), Some(("a folder/café \\#x.html".to_owned(), 1234)));
        assert_eq!(listed("drwxr-xr-x          4,096 2026/11/23 15:00:01 ."), None);
        assert_eq!(listed("lrwxrwxrwx              4 2026/11/23 15:00:01 a -> b"), None);
    }
}
