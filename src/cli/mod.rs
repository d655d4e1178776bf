//! The command line: one file a command, thin over the library. Data goes to stdout, talk to stderr.

mod args;
mod build;
mod caches;
mod check;
mod ci;
mod clean;
mod config;
mod doctor;
mod explain;
mod front;
mod front_toml;
mod import;
mod init;
mod init_site;
mod list;
mod new;
mod new_page;
mod progress;
mod publish;
mod publish_report;
mod publish_target;
mod report;
mod schema;
mod serve;
mod shells;
mod suggest;
mod theme;
mod why;

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use args::{Arguments, Command};
use hallway::pipeline::FailureKind;

/// Exit codes, as `hallway --help` documents them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything went well.
    Ok = 0,
    /// The content has problems.
    Content = 1,
    /// The command was not understood, or there is no site.
    Usage = 2,
    /// The configuration has problems.
    Config = 3,
    /// A file cannot be read or written.
    Io = 4,
    /// The other side failed: a server, or another run.
    Remote = 5,
}

impl From<FailureKind> for Exit {
    fn from(kind: FailureKind) -> Self {
        match kind {
            FailureKind::Content => Self::Content,
            FailureKind::NoSite => Self::Usage,
            FailureKind::Config => Self::Config,
            FailureKind::Io => Self::Io,
        }
    }
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            // A closed pipe is no reason for a second message.
            let _ = error.print();
            return ExitCode::from(if is_help { Exit::Ok as u8 } else { Exit::Usage as u8 });
        }
    };
    let exit = match arguments.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Publish(arguments) => publish::run(&arguments),
        Command::Clean(arguments) => clean::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::New(command) => new::run(&command),
        Command::Import(command) => import::run(&command),
        Command::Theme(command) => theme::run(&command),
        Command::Why(arguments) => why::run(&arguments),
        Command::Config(arguments) => config::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => shells::completions(&arguments),
        Command::Man(arguments) => shells::man(&arguments),
    };
    ExitCode::from(exit as u8)
}

/// Says what program this is, so that the results of another one are not taken for its own.
pub(crate) fn program() -> String {
    let metadata = std::env::current_exe().and_then(std::fs::metadata).ok();
    let modified = metadata.as_ref().and_then(|metadata| metadata.modified().ok());
    let size = metadata.as_ref().map_or(0, std::fs::Metadata::len);
    format!("{} {size} {modified:?}", env!("CARGO_PKG_VERSION"))
}
