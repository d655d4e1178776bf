//! `hallway doctor`: `--suggest` is in `suggest`; `--system` tells what a build depends on that is not in the site. Facts go to stdout, a line each.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use clap::Args;
use hallway::text::bytes_in_words;
use walkdir::WalkDir;

use super::Exit;
use super::args::{SiteArguments, clock};
use super::report::{GOOD, WARNING, counted};

pub(crate) const DOCTOR_EXAMPLES: &str = "\
Examples:
  hallway doctor --system              versions, file system and limits, for a report of a mistake
  hallway doctor --suggest             events and talks that posts show, as front matter with where each value stands";

#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    site: SiteArguments,

    /// Look at the machine: versions, file system, limits
    #[arg(long, required_unless_present = "suggest", conflicts_with = "suggest")]
    system: bool,

    /// Propose front matter for what posts already say of events and talks; changes nothing
    #[arg(long)]
    suggest: bool,

    /// Put what is proposed into the posts
    #[arg(long, requires = "suggest")]
    write: bool,
}

/// A fact, and what is wrong with it.
struct Fact {
    name: &'static str,
    told: String,
    trouble: Option<&'static str>,
}

/// Fewest folders and files that a large site needs to have watched.
const WATCHES_MIN: u64 = 8192;

/// Fewest files that may be open at once: a thread has a handful.
const OPEN_MIN: u64 = 256;

/// Tells what this machine has; exit code 1 where something of it is in the way.
pub(crate) fn run(arguments: &DoctorArguments) -> Exit {
    if arguments.suggest {
        return super::suggest::run(&arguments.site, arguments.write);
    }
    let root = arguments.site.root();
    let mut facts = vec![
        fact(
            "hallway",
            format!("{} ({})", env!("CARGO_PKG_VERSION"), hallway::image::CODECS.replace('\n', ", ")),
        ),
        fact("system", format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH)),
        fact(
            "cores",
            std::thread::available_parallelism()
                .map_or_else(|_| "unknown".to_owned(), |cores| cores.to_string()),
        ),
        fact("clock", clock().strftime("%Y-%m-%d %H:%M UTC").to_string()),
    ];
    facts.extend(["git", "rsync"].map(program));
    facts.extend(folder(&root));
    facts.push(cache(&root));
    facts.extend(limits());
    let is_in_the_way = facts.iter().any(|fact| fact.trouble.is_some());
    let text: String = facts.iter().map(line).collect();
    // Whoever closed the pipe does not want to hear of it.
    let _ = anstream::stdout().write_all(text.as_bytes());
    if is_in_the_way { Exit::Content } else { Exit::Ok }
}

fn line(fact: &Fact) -> String {
    let Fact { name, told, trouble } = fact;
    match trouble {
        None => format!("{GOOD}ok{GOOD:#}       {name}: {told}\n"),
        Some(trouble) => format!("{WARNING}warning{WARNING:#}  {name}: {told}; {trouble}\n"),
    }
}

fn fact(name: &'static str, told: String) -> Fact {
    Fact { name, told, trouble: None }
}

/// A program that some targets of `publish` need; none of them is needed for a build.
fn program(name: &'static str) -> Fact {
    let answer = Command::new(name).arg("--version").output();
    let version = answer
        .ok()
        .map(|answer| String::from_utf8_lossy(&answer.stdout).lines().next().unwrap_or_default().to_owned());
    fact(name, version.unwrap_or_else(|| "not here; only some targets of `publish` need it".to_owned()))
}

/// What the file system of the site can do.
fn folder(root: &Path) -> Vec<Fact> {
    let shown = root.canonicalize().unwrap_or_else(|_| root.to_owned()).display().to_string();
    let Ok(probe) = tempfile::Builder::new().prefix(".Hallway-probe-").tempfile_in(root) else {
        let told = format!("{shown} cannot be written");
        return vec![Fact {
            name: "folder",
            told,
            trouble: Some("name others with --destination and --cache-dir"),
        }];
    };
    let name = probe.path().file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_sensitive = !root.join(name).exists();
    let telling = if is_sensitive { "tells `A` from `a`, as web servers do" } else { "takes `A` for `a`" };
    let trouble = (!is_sensitive)
        .then_some("a picture that is found here may be missing on the server: `hallway check` tells");
    vec![Fact { name: "folder", told: format!("{shown} can be written, and {telling}"), trouble }]
}

/// How much the cache has grown to.
fn cache(root: &Path) -> Fact {
    let sizes = WalkDir::new(root.join(".hallway")).into_iter().filter_map(Result::ok);
    let sizes: Vec<u64> = sizes
        .filter_map(|entry| entry.metadata().ok())
        .filter(fs::Metadata::is_file)
        .map(|file| file.len())
        .collect();
    fact("cache", format!("{} ({})", counted(sizes.len(), "file"), bytes_in_words(sizes.iter().sum())))
}

/// Limits of Linux that a preview runs into.
fn limits() -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(watches) =
        read("/proc/sys/fs/inotify/max_user_watches").and_then(|text| text.trim().parse::<u64>().ok())
    {
        let trouble = (watches < WATCHES_MIN)
            .then_some("raise `fs.inotify.max_user_watches`, or `hallway serve --poll`");
        facts.push(Fact { name: "watched files", told: format!("at most {watches}"), trouble });
    }
    let open = read("/proc/self/limits").and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("Max open files"))?.to_owned();
        line.split_whitespace().nth(3)?.parse::<u64>().ok()
    });
    if let Some(open) = open {
        let trouble = (open < OPEN_MIN).then_some("raise it with `ulimit -n 1024`");
        facts.push(Fact { name: "open files", told: format!("at most {open}"), trouble });
    }
    facts
}

#[expect(clippy::disallowed_methods, reason = "files of the system, which no build reads")]
fn read(path: &str) -> Option<String> {
    fs::read_to_string(path).ok()
}
