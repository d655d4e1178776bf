//! `hallway check`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use hallway::check::{self, BASELINE_FILE, Baseline, Manners, Outside, formats};
use hallway::diag::{Diagnostic, Severity};
use hallway::pipeline::Request;
use serde_json::json;

use super::args::{PageArguments, SiteArguments};
use super::build::user_cache;
use super::progress::Progress;
use super::report::{self, ERROR, FAINT, GOOD, counted, say, took};
use super::{Exit, caches, program};

pub(crate) const CHECK_EXAMPLES: &str = "\
Examples:
  hallway check                        links, anchors, pictures and texts of the site in this folder
  hallway check --strict               fail on warnings too
  hallway check --external             ask other sites about links to them, slowly
  hallway check --write-baseline       take what is found for known; from now on only what is new is told
  hallway check --format sarif         for programs that read the results of checks

In GitHub Actions and GitLab CI the format is theirs unless --format says otherwise.";

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    site: SiteArguments,

    #[command(flatten)]
    pages: PageArguments,

    /// Take warnings for errors
    #[arg(long)]
    strict: bool,

    /// Ask other sites, too, whether what is linked to is there; answers are kept for some days
    #[arg(long)]
    external: bool,

    /// Ask servers of this machine, too
    #[arg(long, hide = true, requires = "external")]
    allow_loopback: bool,

    /// File of the findings that are known [default: .hallway-baseline.json inside the site]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write all that is found into that file, to be told no more
    #[arg(long)]
    write_baseline: bool,

    /// Folder for what took long to make [default: .hallway inside the site]
    #[arg(long, value_name = "DIR", alias = "cacheDir")]
    cache_dir: Option<PathBuf>,

    /// How to tell what was found [default: human]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people, on stderr
    Human,
    /// One JSON object a line, on stdout
    Json,
    /// Annotations of GitHub Actions, on stdout
    Github,
    /// A code quality report of GitLab, on stdout
    Gitlab,
    /// SARIF 2.1.0, on stdout
    Sarif,
}

/// How a check went.
struct Outcome {
    pages: usize,
    /// How many findings the baseline knows.
    known: usize,
    elapsed: Duration,
}

/// Checks a site and tells what was found.
pub(crate) fn run(arguments: &CheckArguments) -> Exit {
    #[expect(clippy::disallowed_methods, reason = "the command line tells how long a check took")]
    let started = Instant::now();
    let request = request(arguments);
    let format = arguments.format.unwrap_or_else(format_of_surroundings);
    let progress = Progress::start(arguments.external && format == Format::Human);
    let tell_asked = |done, total| progress.tell_of("asking other sites", done, total);
    let outside = arguments.external.then(|| outside(arguments, &request, &tell_asked));
    let checked = check::check(&request, outside.as_ref());
    progress.finish();
    let report = match checked {
        Ok(report) => report,
        Err(failure) => {
            tell(&failure.diagnostics, &request.root, format, None);
            return failure.kind.into();
        }
    };
    if arguments.write_baseline {
        return write_baseline(&report.diagnostics, arguments);
    }
    let (found, known) = match read_baseline(arguments) {
        Ok(baseline) => baseline.split(report.diagnostics),
        Err(problem) => {
            let exit = if problem.code == "baseline-syntax" { Exit::Config } else { Exit::Io };
            tell(&[problem], &request.root, format, None);
            return exit;
        }
    };
    let outcome = Outcome { pages: report.pages, known, elapsed: started.elapsed() };
    tell(&found, &request.root, format, Some(&outcome));
    let fails =
        |found: &Diagnostic| found.is_error() || arguments.strict && found.severity == Severity::Warning;
    if found.iter().any(fails) { Exit::Content } else { Exit::Ok }
}

/// How long a site is left in peace between two questions.
const PACE: Duration = Duration::from_millis(500);

/// How long a site may take to answer.
const TIMEOUT: Duration = Duration::from_secs(20);

fn outside<'a>(
    arguments: &CheckArguments,
    request: &Request,
    tell: &'a (dyn Fn(usize, usize) + Sync),
) -> Outside<'a> {
    Outside {
        manners: Manners {
            pace: if arguments.allow_loopback { Duration::ZERO } else { PACE },
            timeout: if arguments.allow_loopback { Duration::from_secs(2) } else { TIMEOUT },
            pause: std::thread::sleep,
            allows_loopback: arguments.allow_loopback,
        },
        now: request.now,
        tell,
    }
}

fn baseline_file(arguments: &CheckArguments) -> PathBuf {
    arguments.baseline.clone().unwrap_or_else(|| arguments.site.root().join(BASELINE_FILE))
}

/// Reads the baseline; one that is named must be there.
fn read_baseline(arguments: &CheckArguments) -> Result<Baseline, Diagnostic> {
    let file = baseline_file(arguments);
    let shown =
        arguments.baseline.as_ref().map_or(BASELINE_FILE.to_owned(), |file| file.display().to_string());
    match Baseline::read(&file, &shown)? {
        Some(baseline) => Ok(baseline),
        None if arguments.baseline.is_none() => Ok(Baseline::default()),
        None => Err(Diagnostic::error("file-unreadable", format!("there is no baseline `{shown}`"))
            .hint("write it with `--write-baseline`")),
    }
}

fn write_baseline(found: &[Diagnostic], arguments: &CheckArguments) -> Exit {
    let file = baseline_file(arguments);
    match Baseline::of(found).write(&file) {
        Ok(()) => {
            say(&format!("{GOOD}written{GOOD:#} {}: {}\n", file.display(), counts(found)));
            Exit::Ok
        }
        Err(error) => {
            report::complain(&format!("cannot write {}: {error}", file.display()));
            Exit::Io
        }
    }
}

/// Returns the format of the service that the program runs in.
#[expect(clippy::disallowed_methods, reason = "the environment is the command line's business")]
fn format_of_surroundings() -> Format {
    let is_set = |name: &str| std::env::var(name).is_ok_and(|value| value == "true");
    if is_set("GITHUB_ACTIONS") {
        Format::Github
    } else if is_set("GITLAB_CI") {
        Format::Gitlab
    } else {
        Format::Human
    }
}

/// Tells what was found: to programs on stdout, and to people on stderr, also where a service reads along.
fn tell(found: &[Diagnostic], root: &Path, format: Format, outcome: Option<&Outcome>) {
    let prefix = prefix(root);
    let text = match format {
        Format::Human => String::new(),
        Format::Json => return report::print_lines(&json_lines(found, outcome)),
        Format::Github => formats::github(found, &prefix),
        Format::Gitlab => formats::gitlab(found, &prefix),
        Format::Sarif => formats::sarif(found, &prefix, env!("CARGO_PKG_VERSION")),
    };
    // Whoever closed the pipe does not want to hear of it.
    let _ = std::io::stdout().write_all(text.as_bytes());
    if format != Format::Sarif {
        report::warn(found, root);
    }
    if let Some(outcome) = outcome {
        say(&summary(found, outcome));
    }
}

/// Returns where the site lies below the current folder, which in a service is the repository.
fn prefix(root: &Path) -> String {
    let inside = || {
        let folder = std::env::current_dir().ok()?.canonicalize().ok()?;
        Some(root.canonicalize().ok()?.strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/"))
    };
    match inside() {
        Some(path) if !path.is_empty() => format!("{path}/"),
        _ => String::new(),
    }
}

fn json_lines(found: &[Diagnostic], outcome: Option<&Outcome>) -> Vec<serde_json::Value> {
    let mut lines: Vec<serde_json::Value> = found.iter().map(report::json_line).collect();
    let of = |severity: Severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    lines.push(json!({
        "type": "summary",
        "pages": outcome.map_or(0, |outcome| outcome.pages),
        "errors": of(Severity::Error),
        "warnings": of(Severity::Warning),
        "notes": of(Severity::Note),
        "known": outcome.map_or(0, |outcome| outcome.known),
        "millis": outcome.map_or(0, |outcome| u64::try_from(outcome.elapsed.as_millis()).unwrap_or(u64::MAX)),
    }));
    lines
}

fn summary(found: &[Diagnostic], outcome: &Outcome) -> String {
    let pages = counted(outcome.pages, "page");
    let known = match outcome.known {
        0 => String::new(),
        known => format!(", {known} more in the baseline"),
    };
    let style = if found.iter().any(Diagnostic::is_error) { ERROR } else { GOOD };
    format!(
        "{style}checked{style:#} {pages}: {}{known} {FAINT}({}){FAINT:#}\n",
        counts(found),
        took(outcome.elapsed)
    )
}

fn counts(found: &[Diagnostic]) -> String {
    let of = |severity: Severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let parts: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
            .into_iter()
            .filter(|(severity, _)| of(*severity) > 0)
            .map(|(severity, noun)| counted(of(severity), noun))
            .collect();
    if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
}

fn request(arguments: &CheckArguments) -> Request {
    let root = arguments.site.root();
    Request {
        base_url: arguments.pages.base_url.clone(),
        include: arguments.pages.include(),
        cache: caches::folder(arguments.cache_dir.as_ref()),
        fallback_cache: user_cache(&root),
        unknown_shortcodes: arguments.pages.unknown_shortcodes.map(Into::into),
        strict: arguments.strict,
        program: program(),
        ..Request::of(root.clone(), arguments.site.now())
    }
}
