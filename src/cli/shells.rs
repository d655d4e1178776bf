//! `hallway completions` and `hallway man`: made of what the command line accepts, so that they cannot drift from it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;
use hallway::diag::{Diagnostic, Location};
use hallway::output::write_new;

use super::args::Arguments;
use super::report::{self, counted, say};
use super::{Exit, args};

pub(crate) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  hallway completions bash > ~/.local/share/bash-completion/completions/hallway
  hallway completions zsh > ~/.zfunc/_hallway          a folder of zsh's fpath
  hallway completions fish > ~/.config/fish/completions/hallway.fish";

pub(crate) const MAN_EXAMPLES: &str = "\
Examples:
  hallway man | man -l -               read the page of the program
  hallway man ~/.local/share/man/man1  one page a command, for `man hallway-build`";

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// Folder to write the pages into; those of an older version are written over [default: one page to stdout]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Writes the completions of a shell to stdout.
pub(crate) fn completions(arguments: &CompletionsArguments) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "hallway", &mut text);
    // Whoever closed the pipe has enough.
    let _ = std::io::stdout().write_all(&text);
    Exit::Ok
}

/// Writes the manual pages: that of the program to stdout, or all into a folder.
pub(crate) fn man(arguments: &ManArguments) -> Exit {
    let pages = pages();
    let Some(folder) = &arguments.folder else {
        let first = pages.first().map(|(_, text)| text.as_str()).unwrap_or_default();
        let _ = std::io::stdout().write_all(first.as_bytes());
        return Exit::Ok;
    };
    match write_all(folder, &pages) {
        Ok(()) => {
            say(&format!("wrote {} into {}\n", counted(pages.len(), "page"), folder.display()));
            Exit::Ok
        }
        Err(problem) => {
            report::warn(&[problem], folder);
            Exit::Io
        }
    }
}

fn write_all(folder: &Path, pages: &[(String, String)]) -> Result<(), Diagnostic> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Diagnostic::error("write-failed", format!("cannot be made: {error}"))
            .at(Location::file(folder.display().to_string()))
    })?;
    pages.iter().try_for_each(|(name, text)| write_new(folder, name, text, true))
}

/// Returns the page of the program, then those of all commands, by the names of their files.
fn pages() -> Vec<(String, String)> {
    let mut program = Arguments::command();
    program.build();
    let mut pages = Vec::new();
    collect(&program, &mut pages);
    pages
}

fn collect(command: &Command, pages: &mut Vec<(String, String)>) {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    pages.push((format!("{name}.1"), page(command.clone())));
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        collect(below, pages);
    }
}

/// Renders one page; what stands below the help text becomes sections of their own.
fn page(command: Command) -> String {
    let below = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let has_commands = command.get_subcommands().next().is_some();
    let name = command.get_display_name().unwrap_or(command.get_name()).to_uppercase();
    let version = concat!("Hallway ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command).title(name).source(version).manual("Hallway");
    let mut text = Vec::new();
    // Writing into memory does not fail.
    let _ = man.render_title(&mut text);
    let _ = man.render_name_section(&mut text);
    let _ = man.render_synopsis_section(&mut text);
    let _ = man.render_description_section(&mut text);
    let _ = man.render_options_section(&mut text);
    if has_commands {
        let _ = man.render_subcommands_section(&mut text);
    }
    let mut text = String::from_utf8_lossy(&text).into_owned();
    if let Some(examples) = below.strip_prefix("Examples:\n") {
        section(&mut text, "EXAMPLES", examples);
    }
    let codes = args::AFTER_HELP.split_once("Exit codes:\n").map(|(_, codes)| codes);
    section(&mut text, "EXIT STATUS", codes.unwrap_or_default());
    text
}

/// Writes a section whose lines stay as they are.
fn section(page: &mut String, heading: &str, lines: &str) {
    let _ = write!(page, ".SH \"{heading}\"\n.nf\n");
    for line in lines.lines() {
        let line = line.strip_prefix("  ").unwrap_or(line);
        let _ = writeln!(page, "\\&{}", line.replace('\\', "\\e").replace('-', "\\-"));
    }
    page.push_str(".fi\n");
}
