//! `hallway import schedule`: talks of a conference's published programme, as front matter.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use hallway::diag::{Diagnostic, Location};
use hallway::schedule::{self, Problem, Schedule, Session};
use hallway::source;

use super::Exit;
use super::front::{hand_out, insert};
use super::report::{self, HINT, say};

const SCHEDULE_EXAMPLES: &str = "\
Examples:
  hallway import schedule schedule.xml                    what is in it, a talk a line
  hallway import schedule schedule.json AGSYJ3 \"Stahnke\"  two talks as front matter: by id, title or speaker
  hallway import schedule agenda.ics --all --into content/blog/some-conf/index.md
                                                          all of them, written into a post that has none

Reads iCalendar, frab and pentabarf XML, the JSON of frab and pretalx, and Sessionize's.";

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum ImportCommand {
    /// Read the talks of a conference's schedule file
    #[command(after_help = SCHEDULE_EXAMPLES)]
    Schedule(ScheduleArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ScheduleArguments {
    /// The file
    file: PathBuf,

    /// Talks that are wanted: an id, a part of a title, a speaker [default: list what there is]
    #[arg(value_name = "TALK", conflicts_with = "all")]
    talks: Vec<String>,

    /// Take all talks, but for breaks
    #[arg(long)]
    all: bool,

    /// Write them into this post, which has no talks yet
    #[arg(long, value_name = "POST")]
    into: Option<PathBuf>,

    /// Zone of the conference, such as Europe/Brussels [default: what the file says]
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
}

/// Runs an import.
pub(crate) fn run(command: &ImportCommand) -> Exit {
    let ImportCommand::Schedule(arguments) = command;
    match import(arguments) {
        Ok(exit) => exit,
        Err(problem) => {
            let exit = if problem.code.starts_with("schedule-") { Exit::Content } else { Exit::Io };
            report::warn(&[problem], Path::new("."));
            exit
        }
    }
}

fn import(arguments: &ScheduleArguments) -> Result<Exit, Diagnostic> {
    let path = arguments.file.display().to_string();
    let bytes = source::read_named_bytes(&arguments.file, &path)?;
    let read = schedule::read_in(&bytes, arguments.time_zone.as_deref());
    let schedule = read.map_err(|problem| {
        located(Diagnostic::error("schedule-syntax", problem.message.clone()), problem, &path)
    })?;
    let doubts = schedule.warnings.iter().map(|problem| {
        located(Diagnostic::warning("schedule-session", problem.message.clone()), problem.clone(), &path)
    });
    report::warn(&doubts.collect::<Vec<_>>(), Path::new("."));
    if arguments.talks.is_empty() && !arguments.all {
        hand_out(&listed(&schedule));
        return Ok(Exit::Ok);
    }
    let chosen = chosen(&schedule, arguments, &path)?;
    let yaml = schedule::to_yaml(&chosen);
    match &arguments.into {
        None => hand_out(&yaml),
        Some(post) => {
            insert(post, &yaml)?;
            tell_written(post, chosen.len());
        }
    }
    Ok(Exit::Ok)
}

fn located(problem: Diagnostic, found: Problem, path: &str) -> Diagnostic {
    let problem = problem.at(Location { path: path.to_owned(), line: found.line, column: found.column });
    match found.hint {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}

fn chosen<'a>(
    schedule: &'a Schedule,
    arguments: &ScheduleArguments,
    path: &str,
) -> Result<Vec<&'a Session>, Diagnostic> {
    if arguments.all {
        return Ok(schedule.sessions.iter().filter(|session| !session.is_break).collect());
    }
    let choice = schedule::choose(schedule, &arguments.talks);
    let mut unmet: Vec<Diagnostic> = choice
        .unmet
        .iter()
        .map(|unmet| {
            let problem = unmet.problem();
            located(Diagnostic::error("schedule-talk", problem.message.clone()), problem, path)
        })
        .collect();
    match unmet.pop() {
        None => Ok(choice.sessions),
        Some(last) => {
            report::warn(&unmet, Path::new("."));
            Err(last)
        }
    }
}

/// Lists sessions by time, a line each.
fn listed(schedule: &Schedule) -> String {
    let sessions: Vec<&Session> = schedule.sessions.iter().filter(|session| !session.is_break).collect();
    let width = sessions.iter().map(|session| session.id.chars().count()).max().unwrap_or(0);
    let line = |session: &&Session| {
        let start =
            session.start.map(|start| start.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
        let names: Vec<&str> = session.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
        let by = if names.is_empty() { String::new() } else { format!(" - {}", names.join(", ")) };
        let padding = " ".repeat(width.saturating_sub(session.id.chars().count()));
        format!("{start:16}  {}{padding}  {}{by}\n", session.id, session.title)
    };
    sessions.iter().map(line).collect()
}

fn tell_written(post: &Path, count: usize) {
    let talks = if count == 1 { "1 talk".to_owned() } else { format!("{count} talks") };
    let path = post.display();
    say(&format!(
        "wrote {talks} into {path}\n{HINT}hint{HINT:#}: `{{{{< talk \"ID\" >}}}}` shows one in the text\n"
    ));
}
