//! Runs the programs that publishing leans on, `git` and `rsync`, and says what they said when they fail.
//!
//! Gives them no shell: arguments are passed as they are.

use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::store::Trouble;

/// Most lines of what a program said that are told.
const LINES_MAX: usize = 3;

/// Writes what a program reads.
pub(super) type Feed<'a> = &'a (dyn Fn(&mut dyn Write) -> Result<(), Trouble> + Sync);

/// A call of a program.
pub(super) struct Call<'a> {
    program: &'static str,
    command: Command,
    feed: Option<Feed<'a>>,
    secret: Option<String>,
}

/// What a program answered.
pub(super) struct Answer {
    /// Whether it said that all went well.
    pub(super) is_good: bool,
    /// Its exit code, where it ended by itself.
    pub(super) code: Option<i32>,
    /// What it wrote.
    pub(super) output: Vec<u8>,
    /// What it complained about.
    pub(super) complaint: String,
    program: &'static str,
}

impl<'a> Call<'a> {
    pub(super) fn of(program: &'static str) -> Self {
        let mut command = Command::new(program);
        // Words of programs are told apart in English only.
        command.env("LC_ALL", "C");
        Self { program, command, feed: None, secret: None }
    }

    pub(super) fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub(super) fn with<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.command.args(arguments);
        self
    }

    pub(super) fn set(mut self, variable: &str, value: impl Into<OsString>) -> Self {
        self.command.env(variable, value.into());
        self
    }

    pub(super) fn unset(mut self, variables: &[&str]) -> Self {
        for variable in variables {
            self.command.env_remove(variable);
        }
        self
    }

    /// Gives the program something to read.
    pub(super) fn fed(mut self, feed: Feed<'a>) -> Self {
        self.feed = Some(feed);
        self
    }

    /// Names a word that is never shown.
    pub(super) fn hiding(mut self, secret: Option<String>) -> Self {
        self.secret = secret;
        self
    }

    /// Runs the program to its end.
    ///
    /// # Errors
    /// There is no such program, or what it reads cannot be had.
    pub(super) fn ask(self) -> Result<Answer, Trouble> {
        let Self { program, mut command, feed, secret } = self;
        let failed = |error: &std::io::Error| Trouble::Local(format!("`{program}` cannot be run: {error}"));
        command.stdin(if feed.is_some() { Stdio::piped() } else { Stdio::null() });
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            ErrorKind::NotFound => Trouble::Refused {
                message: format!("there is no program `{program}` here, and this target needs it"),
                hint: format!("install {program}"),
            },
            _ => failed(&error),
        })?;
        let input = child.stdin.take();
        let (fed, output) = std::thread::scope(|scope| {
            // Beside reading, so that neither side waits for the other.
            let feeding = scope.spawn(move || match (feed, input) {
                (Some(feed), Some(mut input)) => feed(&mut input),
                _ => Ok(()),
            });
            let output = child.wait_with_output();
            (feeding.join(), output)
        });
        let output = output.map_err(|error| failed(&error))?;
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        let complaint = match secret.filter(|secret| !secret.is_empty()) {
            Some(secret) => complaint.replace(&secret, "…"),
            None => complaint,
        };
        if let (true, Ok(Err(trouble))) = (output.status.success(), fed) {
            return Err(trouble);
        }
        Ok(Answer {
            is_good: output.status.success(),
            code: output.status.code(),
            output: output.stdout,
            complaint,
            program,
        })
    }

    /// Runs the program, and takes any other end than a good one for a failure of the other side.
    ///
    /// # Errors
    /// As [`Call::ask`], or the program failed.
    pub(super) fn run(self) -> Result<Vec<u8>, Trouble> {
        let answer = self.ask()?;
        if answer.is_good { Ok(answer.output) } else { Err(answer.trouble()) }
    }
}

impl Answer {
    /// Says what the program complained about.
    pub(super) fn trouble(&self) -> Trouble {
        Trouble::Remote(format!("{} says: {}", self.program, self.gist()))
    }

    /// Returns the lines that say what is wrong.
    pub(super) fn gist(&self) -> String {
        let lines: Vec<&str> =
            self.complaint.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let is_marked = |line: &&&str| {
            ["fatal:", "error:", "rsync:", "rsync error:", " ! ["]
                .iter()
                .any(|mark| line.starts_with(mark.trim()))
        };
        let marked: Vec<&str> = lines.iter().filter(is_marked).copied().collect();
        let chosen = if marked.is_empty() { &lines } else { &marked };
        let told = chosen.iter().take(LINES_MAX).copied().collect::<Vec<_>>().join("; ");
        let told: String = told.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if told.is_empty() {
            format!("nothing, and ended with code {}", self.code.unwrap_or(-1))
        } else {
            told
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_says_is_told_without_secrets() {
        let call = Call::of("git").with(["-c", "core.abbrev=tok3n", "status", "--no-such-tok3n"]);
        let answer = call.hiding(Some("tok3n".to_owned())).ask().unwrap();
        assert!(!answer.is_good);
        assert!(!answer.complaint.contains("tok3n"), "{}", answer.complaint);
        let answer = Answer {
            is_good: false,
            code: Some(128),
            output: Vec::new(),
            complaint: "remote: hello\nfatal: no\u{1b}such\nhint: x\n".to_owned(),
            program: "git",
        };
        assert_eq!(answer.trouble(), Trouble::Remote("git says: fatal: no such".to_owned()));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let Err(Trouble::Refused { message, hint }) = Call::of("no-such-program-here").ask() else {
            panic!()
        };
        assert_eq!(message, "there is no program `no-such-program-here` here, and this target needs it");
        assert_eq!(hint, "install no-such-program-here");
    }

    #[test]
    fn a_program_reads_what_it_is_fed() {
        let feed = |input: &mut dyn Write| {
            input.write_all(b"some text\n").map_err(|error| Trouble::Local(error.to_string()))
        };
        let output = Call::of("git").with(["hash-object", "--stdin"]).fed(&feed).run().unwrap();
        assert_eq!(output, b"7b57bd29ea8afbdeb9bac64cf7074f4b531492a8\n");
    }
}
