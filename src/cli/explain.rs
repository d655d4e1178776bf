//! `hallway explain`: what a message means, at length and offline.
//!
//! The manual's page about messages is in the program, and read here; what checks find has its own long texts.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::Args;
use hallway::check;
use hallway::diag::nearest;

use super::{Exit, report};

pub(crate) const EXPLAIN_EXAMPLES: &str = "\
Examples:
  hallway explain image-not-found      what the message means, and what to do
  hallway explain                      every message with what it means";

/// The manual's page.
const PAGE: &str = include_str!("../../content/docs/diagnostics.md");

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// Name of the message, as it stands in brackets behind `error` or `warning` [default: all]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// One message as the page has it.
#[derive(Debug, PartialEq, Eq)]
struct Entry<'a> {
    code: &'a str,
    /// Heading of the table that lists it.
    group: &'a str,
    /// What the table says; several messages may share it.
    meaning: &'a str,
}

/// Explains one message, or lists all.
pub(crate) fn run(arguments: &ExplainArguments) -> Exit {
    let entries = entries(PAGE);
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

/// Reads the tables of the page.
fn entries(page: &str) -> Vec<Entry<'_>> {
    let (mut entries, mut group) = (Vec::new(), "");
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            group = heading.trim();
        }
        let Some((codes, meaning)) = line.strip_prefix("| `").and_then(|row| row.split_once("` | ")) else {
            continue;
        };
        let meaning = meaning.trim_end().trim_end_matches('|').trim_end();
        entries.extend(codes.split("`, `").map(|code| Entry { code, group, meaning }));
    }
    entries
}

fn list(entries: &[Entry<'_>]) -> String {
    let width = entries.iter().map(|entry| entry.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for group in entries.chunk_by(|a, b| a.group == b.group) {
        let heading = group.first().map(|entry| entry.group).unwrap_or_default();
        let _ = writeln!(text, "{}{heading}", if text.is_empty() { "" } else { "\n" });
        for Entry { code, meaning, .. } in group {
            let _ = writeln!(text, "  {code:width$}  {}", without_links(meaning));
        }
    }
    text
}

fn explanation(entry: &Entry<'_>) -> String {
    let mut text = format!("{}: {}\n", entry.code, without_links(entry.meaning));
    if let Some(more) = section(PAGE, entry.code).or_else(|| check::explanation(entry.code)) {
        let _ = write!(text, "\n{}\n", without_links(more));
    }
    text
}

/// Returns what the page says below the heading that names a code; one heading may name several.
fn section<'a>(page: &'a str, code: &str) -> Option<&'a str> {
    let wanted = format!("`{code}`");
    let heading = page.lines().find(|line| line.starts_with("### ") && line.contains(&wanted))?;
    let from = page.find(&format!("\n{heading}\n"))? + heading.len() + 2;
    let rest = page.get(from..)?;
    let end = rest.find("\n## ").into_iter().chain(rest.find("\n### ")).min().unwrap_or(rest.len());
    Some(rest.get(..end)?.trim())
}

/// Leaves the words of links, whose addresses mean nothing here.
fn without_links(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((address, tail)) = after.split_once(')').filter(|(address, _)| address.starts_with(".."))
        else {
            shown.push_str(before);
            shown.push_str("](");
            rest = after;
            continue;
        };
        let _ = address;
        match before.rfind('[') {
            Some(at) => {
                shown.push_str(before.get(..at).unwrap_or_default());
                shown.push_str(before.get(at + 1..).unwrap_or_default());
            }
            None => shown.push_str(before),
        }
        rest = tail;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_manual_is_read_whole() {
        let found = entries(PAGE);
        assert!(found.len() > 80, "only {} messages were found", found.len());
        for entry in &found {
            let is_code = entry.code.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(is_code && !entry.group.is_empty() && entry.meaning.len() > 10, "{entry:?}");
        }
    }

    #[test]
    fn every_heading_about_a_message_is_of_one_that_is_listed() {
        let found = entries(PAGE);
        for heading in PAGE.lines().filter(|line| line.starts_with("### `")) {
            for code in heading.trim_start_matches("### ").split(", ").map(|code| code.trim_matches('`')) {
                assert!(found.iter().any(|entry| entry.code == code), "{heading}: `{code}` is not listed");
                assert!(section(PAGE, code).is_some_and(|text| text.len() > 40), "{heading}");
            }
        }
    }

    #[test]
    fn links_of_the_page_lose_their_addresses() {
        assert_eq!(without_links("see [pictures](../pictures/#x) and `a](b`"), "see pictures and `a](b`");
    }
}
