//! Tells what a build did and found: for people on stderr, for programs on stdout.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use hallway::diag::{Diagnostic, Location, Severity};
use hallway::pipeline::{Failure, Report};
use hallway::site::{LeftOut, Reason};
use hallway::source;
use serde_json::json;

use super::args::BuildArguments;

pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const HINT: Style = AnsiColor::Cyan.on_default();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();

/// Longest piece of an author's line that is shown around the place of a finding, in characters.
const EXCERPT_CHARS: usize = 100;

/// Tells people what was built and what was left out.
pub(crate) fn human(report: &Report, root: &Path, elapsed: Duration, arguments: &BuildArguments) {
    let mut text = String::new();
    for diagnostic in &report.diagnostics {
        let _ = writeln!(text, "{}\n", shown(diagnostic, root));
    }
    if !arguments.quiet {
        let _ = writeln!(text, "{}", summary(report, elapsed));
        text.push_str(&left_out(&report.left_out, arguments.verbose));
        if !report.has_host {
            let _ = writeln!(
                text,
                "{HINT}hint{HINT:#}: feeds and sitemap need to know where the site will be: set `baseURL`, or use -b URL"
            );
        }
    }
    say(&text);
}

/// Tells people why nothing was built.
pub(crate) fn human_failure(failure: &Failure, root: &Path, strict: bool) {
    let mut text = String::new();
    for diagnostic in &failure.diagnostics {
        let _ = writeln!(text, "{}\n", shown(diagnostic, root));
    }
    let errors = failure.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = failure.diagnostics.len() - errors;
    let mut found = vec![];
    if errors > 0 {
        found.push(counted(errors, "error"));
    }
    if warnings > 0 {
        found.push(counted(warnings, "warning"));
    }
    let strictly = if errors == 0 && strict { " (--strict takes warnings for errors)" } else { "" };
    let _ = writeln!(text, "{ERROR}nothing was written{ERROR:#}: {}{strictly}", found.join(" and "));
    say(&text);
}

/// Tells people one thing that went wrong before any build.
pub(crate) fn complain(message: &str) {
    say(&format!("{ERROR}error{ERROR:#}: {message}\n"));
}

/// Tells programs what was built: a line for each diagnostic, then the summary.
pub(crate) fn json(report: &Report, elapsed: Duration) {
    let mut lines: Vec<serde_json::Value> = report.diagnostics.iter().map(json_line).collect();
    lines.push(json!({
        "type": "summary",
        "pages": report.pages,
        "outputs": report.outputs,
        "written": report.written,
        "removed": report.removed,
        "images": report.pictures,
        "images_made": report.pictures_made,
        "left_out": report.left_out,
        "up_to_date": report.is_up_to_date,
        "millis": millis(elapsed),
    }));
    print_lines(&lines);
}

/// Tells programs why nothing was built.
pub(crate) fn json_failure(failure: &Failure, elapsed: Duration) {
    let mut lines: Vec<serde_json::Value> = failure.diagnostics.iter().map(json_line).collect();
    lines.push(json!({
        "type": "summary", "pages": 0, "outputs": 0, "written": 0, "removed": 0, "images": 0, "images_made": 0,
        "left_out": [], "up_to_date": false, "millis": millis(elapsed),
    }));
    print_lines(&lines);
}

/// Shows diagnostics that come with data, on stderr.
pub(crate) fn warn(diagnostics: &[Diagnostic], root: &Path) {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(text, "{}\n", shown(diagnostic, root));
    }
    say(&text);
}

fn millis(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

pub(crate) fn json_line(diagnostic: &Diagnostic) -> serde_json::Value {
    let mut line = serde_json::to_value(diagnostic).unwrap_or_default();
    if let Some(object) = line.as_object_mut() {
        object.insert("type".to_owned(), json!("diagnostic"));
    }
    line
}

pub(crate) fn print_lines(lines: &[serde_json::Value]) {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    // Whoever closed the pipe does not want to hear of it.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

pub(crate) fn say(text: &str) {
    // There is nowhere left to complain to when stderr is closed.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Writes how long something took.
pub(crate) fn took(elapsed: Duration) -> String {
    if elapsed.as_millis() < 1000 {
        format!("{} ms", elapsed.as_millis())
    } else {
        format!("{:.1} s", elapsed.as_secs_f64())
    }
}

fn summary(report: &Report, elapsed: Duration) -> String {
    let took = took(elapsed);
    let place = report.destination.display();
    if report.is_up_to_date {
        let pages = counted(report.pages, "page");
        return format!("{GOOD}up to date{GOOD:#}: {pages} in {place} {FAINT}({took}){FAINT:#}");
    }
    let mut parts = vec![
        counted(report.pages, "page"),
        counted(report.pictures, "picture"),
        counted(report.outputs, "file"),
    ];
    parts.retain(|part| !part.starts_with("0 "));
    let mut changes = vec![format!("{} written", report.written)];
    if report.removed > 0 {
        changes.push(format!("{} removed", report.removed));
    }
    format!(
        "{GOOD}built{GOOD:#} {} in {place}: {} {FAINT}({took}){FAINT:#}",
        parts.join(", "),
        changes.join(", ")
    )
}

/// Tells what was left out: a line for each reason, with every page when there are few or all are wanted.
fn left_out(pages: &[LeftOut], all: bool) -> String {
    const FEW: usize = 5;
    let mut text = String::new();
    for (reason, name, switch) in
        [(Reason::Draft, "draft", "-D"), (Reason::Future, "future", "-F"), (Reason::Expired, "expired", "-E")]
    {
        let of_reason: Vec<&LeftOut> = pages.iter().filter(|page| page.reason == reason).collect();
        if of_reason.is_empty() {
            continue;
        }
        let noun = if reason == Reason::Draft {
            counted(of_reason.len(), name)
        } else {
            format!("{} {name}", of_reason.len())
        };
        let them = if of_reason.len() == 1 { "it" } else { "them" };
        let _ = writeln!(text, "left out: {noun} {FAINT}({switch} builds {them}){FAINT:#}");
        let shown = if all { of_reason.len() } else { FEW };
        for page in of_reason.iter().take(shown) {
            let date = match (&page.date, reason) {
                (Some(date), Reason::Future) => format!(", from {date}"),
                (Some(date), _) => format!(", since {date}"),
                (None, _) => String::new(),
            };
            let _ = writeln!(text, "  {}{date}", page.path);
        }
        if of_reason.len() > shown {
            let _ = writeln!(text, "  {FAINT}… and {} more (-v shows all){FAINT:#}", of_reason.len() - shown);
        }
    }
    text
}

pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Shows a diagnostic with the author's line that it points at.
fn shown(diagnostic: &Diagnostic, root: &Path) -> String {
    let (style, severity) = match diagnostic.severity {
        Severity::Error => (ERROR, "error"),
        Severity::Warning => (WARNING, "warning"),
        Severity::Note => (HINT, "note"),
    };
    let mut text = format!("{style}{severity}[{}]{style:#}: {}", diagnostic.code, diagnostic.message);
    if let Some(at) = &diagnostic.at {
        let _ = write!(text, "\n  {FAINT}-->{FAINT:#} {at}");
        text.push_str(&excerpt(at, root).unwrap_or_default());
    }
    if let Some(hint) = &diagnostic.hint {
        let _ = write!(text, "\n  {HINT}hint{HINT:#}: {hint}");
    }
    text
}

/// Returns the line that a place points at, cut to a window, with a mark under the column.
fn excerpt(at: &Location, root: &Path) -> Option<String> {
    let (line_number, column) = (at.line?, at.column.unwrap_or(1));
    let text = source::read_quoted(root, &at.path)?;
    let line: Vec<char> =
        text.lines().nth(line_number - 1)?.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let from = column.saturating_sub(EXCERPT_CHARS / 2).min(line.len().saturating_sub(EXCERPT_CHARS));
    let to = line.len().min(from + EXCERPT_CHARS);
    let window: String = line.get(from..to)?.iter().collect();
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
    let margin = " ".repeat(line_number.to_string().len());
    let indent = " ".repeat(column - 1 - from.min(column - 1) + before.chars().count());
    let mark = if at.column.is_some() {
        format!("\n{margin} {FAINT}|{FAINT:#} {indent}{ERROR}^{ERROR:#}")
    } else {
        String::new()
    };
    Some(format!(
        "\n{margin} {FAINT}|{FAINT:#}\n{FAINT}{line_number} |{FAINT:#} {before}{window}{after}{mark}"
    ))
}
