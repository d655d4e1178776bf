//! Writes what the open tabs are told, as events of the stream.
//!
//! The client script reads them; the two are of one version, because the script comes from the same program.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::http::Event;
use crate::diag::{Diagnostic, Location};
use crate::preview::{Change, holds_back};
use crate::source;

/// Lines of a text that are shown around the place of a problem, on each side.
const EXCERPT_LINES: usize = 1;

/// What every new stream is told first: who is there, and what is wrong.
pub(super) fn greeting(program: &str, generation: u64, problems: &[Diagnostic], root: &Path) -> Vec<Event> {
    let hello =
        Event { name: "hello", data: json!({ "program": program, "generation": generation }).to_string() };
    vec![hello, self::problems(problems, root)]
}

/// What holds the site back now; an empty list when all is well.
pub(super) fn problems(problems: &[Diagnostic], root: &Path) -> Event {
    let shown: Vec<Value> =
        problems.iter().filter(|problem| holds_back(problem)).map(|problem| show(problem, root)).collect();
    Event { name: "problems", data: json!({ "diagnostics": shown }).to_string() }
}

/// How the site differs from what the tabs show.
pub(super) fn change(change: &Change, generation: u64, navigates: bool) -> Event {
    let data = json!({
        "generation": generation,
        "content": change.content,
        "assets": change.assets,
        "moved": change.moved,
        "navigate": change.saved.as_ref().filter(|_| navigates),
    });
    Event { name: "change", data: data.to_string() }
}

fn show(problem: &Diagnostic, root: &Path) -> Value {
    let at = problem.at.as_ref();
    json!({
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "path": at.map(|at| &at.path),
        "line": at.and_then(|at| at.line),
        "column": at.and_then(|at| at.column),
        "hint": problem.hint,
        "excerpt": at.and_then(|at| excerpt(at, root)),
        "href": at.and_then(|at| editor_link(at, root)),
    })
}

/// Returns the lines around a place with their numbers, the place itself marked.
fn excerpt(at: &Location, root: &Path) -> Option<String> {
    let line_number = at.line?;
    let text = source::read_quoted(root, &at.path)?;
    let first = line_number.saturating_sub(EXCERPT_LINES).max(1);
    let mut shown = String::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .skip(first - 1)
        .take(1 + 2 * EXCERPT_LINES)
    {
        let mark = if number == line_number { '>' } else { ' ' };
        let _ = writeln!(shown, "{mark} {number:>4} | {line}");
        if let Some(column) = at.column.filter(|_| number == line_number) {
            let _ = writeln!(shown, "{}^", " ".repeat(9 + column.saturating_sub(1).min(200)));
        }
    }
    Some(shown)
}

/// Returns an address that opens the author's file in an editor that registered `vscode:`.
fn editor_link(at: &Location, root: &Path) -> Option<String> {
    let file = root.join(&at.path);
    if !file.is_file() {
        return None;
    }
    let path = crate::text::encode_path(&file.to_str()?.replace('\\', "/"));
    let place = match (at.line, at.column) {
        (Some(line), Some(column)) => format!(":{line}:{column}"),
        (Some(line), None) => format!(":{line}"),
        (None, _) => String::new(),
    };
    Some(format!("vscode://file/{}{place}", path.trim_start_matches('/')))
}
