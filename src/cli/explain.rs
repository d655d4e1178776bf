//! `hallway explain`: what a message means, at length and offline.
//!
//! Prints what `manual` has read from the manual's pages about messages.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::Args;
use hallway::diag::nearest;
use hallway::manual::{self, Entry};

use super::{Exit, report};

pub(crate) const EXPLAIN_EXAMPLES: &str = "\
Examples:
  hallway explain image-not-found      what the message means, and what to do
  hallway explain                      every message with what it means";

/// Most characters of a line.
const COLUMNS: usize = 80;

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// Name of the message, as it stands in brackets behind `error` or `warning` [default: all]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Explains one message, or lists all.
pub(crate) fn run(arguments: &ExplainArguments) -> Exit {
    let entries = manual::entries();
    let text = match &arguments.code {
        None => list(&entries),
        Some(written) => {
            // `error[image-not-found]` is what an author copies.
            let code = written.split('[').next_back().unwrap_or(written).trim_end_matches([']', ':']);
            let Some(entry) = entries.iter().find(|entry| entry.code.eq_ignore_ascii_case(code)) else {
                let near = nearest(code, entries.iter().map(|entry| entry.code));
                let near = near.map_or_else(
                    || "; `hallway explain` lists all".to_owned(),
                    |near| format!("; did you mean `{near}`?"),
                );
                let shown: String = code.chars().filter(|c| !c.is_control()).collect();
                report::complain(&format!("no message is called `{shown}`{near}"));
                return Exit::Usage;
            };
            explanation(entry)
        }
    };
    // Whoever closed the pipe has read enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Exit::Ok
}

fn list(entries: &[Entry]) -> String {
    let width = entries.iter().map(|entry| entry.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for group in entries.chunk_by(|a, b| a.group == b.group) {
        let heading = group.first().map(|entry| entry.group).unwrap_or_default();
        let _ = writeln!(text, "{}{heading}", if text.is_empty() { "" } else { "\n" });
        for Entry { code, meaning, .. } in group {
            let _ = writeln!(text, "  {code:width$}  {}", manual::plain(meaning));
        }
    }
    text
}

fn explanation(entry: &Entry) -> String {
    let short = format!("{}: {}\n", entry.code, manual::plain(entry.meaning));
    match manual::explanation(entry.code) {
        passages if passages.is_empty() => short,
        passages => format!("{short}\n{}\n", manual::plain_text(&passages, COLUMNS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_explained_within_the_width_of_a_terminal() {
        for entry in manual::entries() {
            let text = explanation(&entry);
            let mut lines = text.lines();
            assert!(
                lines.next().is_some_and(|line| line.starts_with(&format!("{}: ", entry.code))),
                "{text}"
            );
            assert_eq!(lines.next(), Some(""), "{text}");
            for line in lines {
                assert!(line.chars().count() <= 100, "`{}` has a long line: {line}", entry.code);
            }
        }
    }
}
