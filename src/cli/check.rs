//! `hallway check`.

use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};
use hallway::check;
use hallway::diag::{Diagnostic, Severity};
use hallway::pipeline::Request;

use super::args::{PageArguments, SiteArguments};
use super::build::user_cache;
use super::report::{self, FAINT, GOOD, counted, say, took};
use super::{Exit, program};

pub(crate) const CHECK_EXAMPLES: &str = "\
Examples:
  hallway check                        links, anchors, pictures and texts of the site in this folder
  hallway check --strict               fail on warnings too
  hallway check --format sarif         for programs that read the results of checks";

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    site: SiteArguments,

    #[command(flatten)]
    pages: PageArguments,

    /// Take warnings for errors
    #[arg(long)]
    strict: bool,

    /// Folder for what took long to make [default: .hallway inside the site]
    #[arg(long, value_name = "DIR", alias = "cacheDir")]
    cache_dir: Option<PathBuf>,

    /// How to tell what was found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for people, on stderr
    Human,
    /// One JSON object a line, on stdout
    Json,
}

/// Checks a site and tells what was found.
pub(crate) fn run(arguments: &CheckArguments) -> Exit {
    #[expect(clippy::disallowed_methods, reason = "the command line tells how long a check took")]
    let started = Instant::now();
    let request = request(arguments);
    let report = match check::check(&request) {
        Ok(report) => report,
        Err(failure) => {
            report::warn(&failure.diagnostics, &request.root);
            return failure.kind.into();
        }
    };
    match arguments.format {
        Format::Human => {
            report::warn(&report.diagnostics, &request.root);
            say(&format!("{GOOD}checked{GOOD:#} {}: {} {FAINT}({}){FAINT:#}\n", counted(report.pages, "page"),
                counts(&report.diagnostics), took(started.elapsed())));
        }
        Format::Json => {
            let lines: Vec<serde_json::Value> = report.diagnostics.iter().map(report::json_line).collect();
            report::print_lines(&lines);
        }
    }
    Exit::Ok
}

fn counts(found: &[Diagnostic]) -> String {
    let of = |severity: Severity| found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
        .map(|(severity, noun)| counted(of(severity), noun))
        .join(", ")
}

fn request(arguments: &CheckArguments) -> Request {
    let root = arguments.site.root();
    Request {
        base_url: arguments.pages.base_url.clone(),
        include: arguments.pages.include(),
        destination: None,
        cache: arguments.cache_dir.clone(),
        fallback_cache: user_cache(&root),
        unknown_shortcodes: arguments.pages.unknown_shortcodes.map(Into::into),
        now: arguments.site.now(),
        strict: arguments.strict,
        clean_destination: false,
        program: program(),
        root,
    }
}
