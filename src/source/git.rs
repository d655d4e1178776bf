//! Asks the git program for the last commit of every file of a site: one call, and only where the author wants it.
//!
//! Reads what git prints; changes nothing, and lets nothing in the repository's own configuration run a program.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::fmt::strtime;
use jiff::{Timestamp, Zoned};

use crate::diag::Diagnostic;
use crate::path::SourcePath;

/// The last commit of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    /// The whole hash.
    pub hash: String,
    /// The first line of the message.
    pub subject: String,
    /// Who wrote the change.
    pub author: String,
    /// The address of whoever wrote it.
    pub email: String,
    /// When it was written, in the author's own zone.
    pub date: Zoned,
}

/// What is known of a document beside its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// When the file was changed last.
    pub modified: Option<Timestamp>,
    /// Its last commit, where the author wants it to be asked for.
    pub commit: Option<Arc<Commit>>,
}

/// The last commits of files by their path from the site's root; looked up only, so the order does not matter.
#[derive(Debug, Clone, Default)]
pub struct Commits(HashMap<String, Arc<Commit>>);

impl Commits {
    /// Returns the last commit of a file.
    pub fn of(&self, source: &SourcePath) -> Option<Arc<Commit>> {
        self.0.get(source.as_str()).cloned()
    }
}

/// Hash, author, address, date of writing and subject of a commit, behind a mark that no file name has.
const FORMAT: &str = "--format=format:%x1e%H%x1f%aN%x1f%aE%x1f%ai%x1f%s";

/// Asks for the last commits of the files in `root`; merges do not count, as in Hugo.
///
/// The warning tells why there are none: no git, no repository, no commit, or a repository of somebody else's.
pub(super) fn read_commits(root: &Path) -> (Commits, Option<Diagnostic>) {
    let mut git = Command::new("git");
    git.arg("-C").arg(root);
    for setting in
        ["core.quotePath=false", "core.fsmonitor=false", "log.showSignature=false", "diff.renames=false"]
    {
        git.args(["-c", setting]);
    }
    git.args([
        "--no-pager",
        "log",
        "--name-only",
        "--no-merges",
        "--no-color",
        "--no-ext-diff",
        "--relative",
    ]);
    git.arg(FORMAT).args(["HEAD", "--", "."]).env("LC_ALL", "C").stdin(Stdio::null());
    match git.output() {
        Ok(output) if output.status.success() => (parse(&String::from_utf8_lossy(&output.stdout)), None),
        Ok(output) => (Commits::default(), Some(refusal(&String::from_utf8_lossy(&output.stderr)))),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let hint = "install git, or take `enableGitInfo` out of the configuration";
            (Commits::default(), Some(missing("there is no git program here").hint(hint)))
        }
        Err(error) => (Commits::default(), Some(missing(&format!("git cannot be run: {error}")))),
    }
}

fn missing(reason: &str) -> Diagnostic {
    let message = format!("{reason}, so days of last change come from front matter alone");
    Diagnostic::warning("git-missing", message)
}

/// Says what git means.
fn refusal(told: &str) -> Diagnostic {
    let told = told.to_lowercase();
    if told.contains("dubious ownership") {
        return missing("the repository belongs to another user")
            .hint("`git config --global --add safe.directory FOLDER` says that you trust it");
    }
    if told.contains("not a git repository") {
        return missing("the site is in no git repository")
            .hint("`git init` makes one, or take `enableGitInfo` out of the configuration");
    }
    if told.contains("unknown revision") || told.contains("bad revision") || told.contains("any commits") {
        return missing("the git repository has no commit yet").hint("commit the site");
    }
    let first = told.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    missing(&format!("git says `{first}`"))
}

/// Reads what git prints: the newest commit of a file comes first.
fn parse(log: &str) -> Commits {
    let mut commits = HashMap::new();
    for record in log.split('\x1e').skip(1) {
        let mut lines = record.lines();
        let Some(commit) = lines.next().and_then(parse_commit).map(Arc::new) else {
            continue;
        };
        for path in lines.filter(|line| !line.is_empty()) {
            commits.entry(path.to_owned()).or_insert_with(|| Arc::clone(&commit));
        }
    }
    Commits(commits)
}

fn parse_commit(line: &str) -> Option<Commit> {
    let mut fields = line.splitn(5, '\x1f').map(str::to_owned);
    let (hash, author, email) = (fields.next()?, fields.next()?, fields.next()?);
    let written = fields.next()?;
    let date = strtime::parse("%Y-%m-%d %H:%M:%S %z", &written).ok()?.to_zoned().ok()?;
    Some(Commit { hash, author, email, date, subject: fields.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_commit_of_a_file_counts() {
        let log = "\x1eaa\x1fSam\x1fs@x.org\x1f2024-05-02 10:00:00 +0200\x1fSecond: é\x1fx\n\
                   content/blog/a.md\ncontent/b c.md\n\n\
                   \x1ebb\x1fKim\x1fk@x.org\x1f2024-05-01 09:00:00 -0500\x1fFirst\ncontent/blog/a.md\ncontent/é.md\n";
        let commits = parse(log);
        let of = |path: &str| commits.of(&SourcePath::new(path)).map(|commit| commit.author.clone());
        assert_eq!(of("content/blog/a.md").as_deref(), Some("Sam"));
        assert_eq!(of("content/b c.md").as_deref(), Some("Sam"));
        assert_eq!(of("content/é.md").as_deref(), Some("Kim"));
        assert_eq!(of("content/none.md"), None);
        let commit = commits.of(&SourcePath::new("content/é.md")).unwrap();
        assert_eq!(commit.date.to_string(), "2024-05-01T09:00:00-05:00[-05:00]");
        assert_eq!(parse("").0.len(), 0);
        assert_eq!(parse("\x1ebroken\nfile\n").0.len(), 0);
    }

    #[test]
    fn what_git_refuses_is_told_in_our_words() {
        for (told, reason) in [
            (
                "fatal: not a git repository (or any of the parent directories): .git",
                "the site is in no git repository",
            ),
            (
                "fatal: detected dubious ownership in repository at '/x'",
                "the repository belongs to another user",
            ),
            ("fatal: bad revision 'HEAD'", "the git repository has no commit yet"),
            ("fatal: Odd Trouble\nmore", "git says `odd trouble`"),
        ] {
            let warning = refusal(told);
            assert!(warning.message.starts_with(reason), "{}", warning.message);
            assert_eq!((warning.code.as_ref(), warning.is_error()), ("git-missing", false));
        }
    }
}
