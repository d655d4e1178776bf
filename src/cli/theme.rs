//! `hallway theme`: what of the built-in theme a site may replace and does, and copies to begin with.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use hallway::diag::nearest;
use hallway::output::write_new;
use hallway::pipeline::{self, Request};
use hallway::theme::{Part, parts};

use super::args::SiteArguments;
use super::{Exit, program, report};

pub(crate) const LIST_EXAMPLES: &str = "\
Examples:
  hallway theme list                   every template and style sheet, and which of them are yours
  hallway theme list --format json     for programs";

pub(crate) const EJECT_EXAMPLES: &str = "\
Examples:
  hallway theme eject templates/page.html        a copy to change; it takes the place of ours
  hallway theme eject css/hallway.css            the style sheet, into static/css/

To change one block of a template only, write one that begins with
  {% extends \"default/page.html\" %}";

#[derive(Debug, Subcommand)]
pub(crate) enum ThemeCommand {
    /// List the files of the theme, and which of them the site replaces
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArguments),
    /// Copy a file of the theme into the site
    #[command(after_help = EJECT_EXAMPLES)]
    Eject(EjectArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    #[command(flatten)]
    pub(crate) site: SiteArguments,

    /// How to list them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Columns for reading
    Table,
    /// One JSON array
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct EjectArguments {
    /// The file, as `hallway theme list` names it
    #[arg(value_name = "FILE")]
    file: String,

    /// Folder of the site [default: this folder]
    #[arg(value_name = "SITE")]
    site: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// Runs a command about the theme.
pub(crate) fn run(command: &ThemeCommand) -> Exit {
    match command {
        ThemeCommand::List(arguments) => list(arguments),
        ThemeCommand::Eject(arguments) => eject(arguments),
    }
}

fn list(arguments: &ListArguments) -> Exit {
    let request = Request { program: program(), ..Request::of(arguments.site.root(), arguments.site.now()) };
    let inputs = match pipeline::read(&request, &[]) {
        Ok(inputs) => inputs,
        Err(failure) => {
            report::warn(&failure.diagnostics, &request.root);
            return failure.kind.into();
        }
    };
    let parts = parts(&inputs.source.templates, &inputs.source.static_files);
    let text = match arguments.format {
        Format::Table => table(&parts),
        Format::Json => json(&parts),
    };
    // Whoever closed the pipe has seen enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Exit::Ok
}

fn table(parts: &[Part<'_>]) -> String {
    let width = parts.iter().map(|part| part.path.len()).max().unwrap_or(0);
    let state = parts.iter().map(|part| part.standing.words().len()).max().unwrap_or(0);
    let line = |part: &Part<'_>| {
        let line = format!("{:width$}  {:state$}  {}", part.path, part.standing.words(), part.about);
        format!("{}\n", line.trim_end())
    };
    parts.iter().map(line).collect()
}

fn json(parts: &[Part<'_>]) -> String {
    let entry = |part: &Part<'_>| serde_json::json!({ "path": part.path, "standing": part.standing.words(), "about": part.about });
    let all: Vec<serde_json::Value> = parts.iter().map(entry).collect();
    format!("{}\n", serde_json::to_string_pretty(&all).unwrap_or_default())
}

fn eject(arguments: &EjectArguments) -> Exit {
    let root = arguments.site.clone().unwrap_or_else(|| PathBuf::from("."));
    if !root.is_dir() {
        report::complain(&format!("there is no folder `{}`", root.display()));
        return Exit::Usage;
    }
    let parts = parts(&[], &[]);
    let asked = arguments.file.trim_start_matches("./").replace('\\', "/");
    let is_meant = |part: &&Part<'_>| {
        part.path == asked || part.path.split_once('/').is_some_and(|(_, name)| name == asked)
    };
    let Some(part) = parts.iter().find(is_meant) else {
        let names = parts.iter().filter_map(|part| part.path.split_once('/')).map(|(_, name)| name);
        let near = nearest(&asked, parts.iter().map(|part| part.path.as_str()).chain(names));
        let near = near.map_or_else(
            || "; `hallway theme list` names them all".to_owned(),
            |near| format!("; did you mean `{near}`?"),
        );
        report::complain(&format!("the theme has no file `{asked}`{near}"));
        return Exit::Usage;
    };
    let text = String::from_utf8_lossy(part.builtin.unwrap_or_default());
    if let Err(problem) = write_new(&root, &part.path, &text, arguments.force) {
        report::warn(&[problem.hint("--force writes over it")], &root);
        return Exit::Io;
    }
    report::say(&format!("{}: it takes the place of the theme's own", part.path));
    Exit::Ok
}
