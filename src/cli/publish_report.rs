//! Tells what publishing did or would do.

use std::fmt::Write as _;
use std::time::Duration;

use hallway::publish::{Change, Outcome, Plan};
use hallway::text::bytes_in_words;
use serde_json::json;

use super::args::ReportFormat;
use super::report::{self, ERROR, FAINT, GOOD, HINT, WARNING, counted, say, took};

/// A run, as far as it is told.
pub(crate) struct Run {
    pub(crate) target: String,
    pub(crate) is_dry_run: bool,
    pub(crate) is_rollback: bool,
}

/// Tells what a run did or would do.
pub(crate) fn tell(run: &Run, outcome: &Outcome, format: ReportFormat, elapsed: Duration) {
    if format == ReportFormat::Json {
        report::print_lines(&lines(run, outcome, elapsed));
        return;
    }
    let mut text = if run.is_dry_run { table(&run.target, &outcome.plan) } else { String::new() };
    for warning in &outcome.warnings {
        let _ = writeln!(text, "{WARNING}warning{WARNING:#}: {warning}");
    }
    let _ = writeln!(text, "{}", summary(run, outcome, elapsed));
    let foreign = outcome.plan.foreign.len();
    if foreign > 0 {
        let noun =
            if foreign == 1 { "1 file there is".to_owned() } else { format!("{foreign} files there are") };
        let _ = writeln!(text, "{HINT}hint{HINT:#}: {noun} not of this site; --prune removes what is not");
    }
    say(&text);
}

/// Lists every change.
pub(crate) fn table(target: &str, plan: &Plan) -> String {
    let mut text = format!("{target}\n");
    for (name, change, bytes) in plan.written() {
        let (mark, note) = match change {
            Change::Added => (format!("{GOOD}+{GOOD:#}"), String::new()),
            Change::Changed => (format!("{WARNING}~{WARNING:#}"), String::new()),
            Change::Headers => (format!("{WARNING}~{WARNING:#}"), ", headers only".to_owned()),
            Change::Repaired => (format!("{WARNING}~{WARNING:#}"), ", was lost".to_owned()),
        };
        let _ = writeln!(text, "  {mark} {name} {FAINT}({}{note}){FAINT:#}", bytes_in_words(bytes));
    }
    for name in plan.removed() {
        let _ = writeln!(text, "  {ERROR}-{ERROR:#} {name}");
    }
    text
}

fn summary(run: &Run, outcome: &Outcome, elapsed: Duration) -> String {
    let plan = &outcome.plan;
    let (files, bytes) =
        plan.written().fold((0, 0), |(files, bytes), (_, _, size)| (files + 1, bytes + size));
    let removed = plan.removed().count();
    let took = took(elapsed);
    if files + removed == 0 {
        let word = if plan.is_resumed && !run.is_dry_run {
            "finished an earlier run"
        } else {
            "nothing has changed"
        };
        return format!(
            "{GOOD}{word}{GOOD:#} at {}: {} {FAINT}({took}){FAINT:#}",
            run.target,
            counted(plan.unchanged, "file")
        );
    }
    let verb = match (run.is_dry_run, run.is_rollback) {
        (true, _) => "would change",
        (false, true) => "rolled back",
        (false, false) => "published to",
    };
    let changed = format!("{} written ({})", counted(files, "file"), bytes_in_words(bytes));
    format!(
        "{GOOD}{verb}{GOOD:#} {}: {changed}, {removed} removed, {} unchanged {FAINT}({took}){FAINT:#}",
        run.target, plan.unchanged
    )
}

fn lines(run: &Run, outcome: &Outcome, elapsed: Duration) -> Vec<serde_json::Value> {
    let plan = &outcome.plan;
    let written = plan.written().map(|(path, change, bytes)| {
        let change = match change {
            Change::Added => "added",
            Change::Changed => "changed",
            Change::Headers => "headers",
            Change::Repaired => "repaired",
        };
        json!({ "type": "write", "path": path, "change": change, "bytes": bytes })
    });
    let removed = plan.removed().map(|path| json!({ "type": "remove", "path": path }));
    let warnings = outcome.warnings.iter().map(|message| json!({ "type": "warning", "message": message }));
    let mut lines: Vec<serde_json::Value> = written.chain(removed).chain(warnings).collect();
    lines.push(json!({
        "type": "summary",
        "target": run.target,
        "dry_run": run.is_dry_run,
        "written": plan.written().count(),
        "bytes": plan.written().map(|(_, _, bytes)| bytes).sum::<u64>(),
        "removed": plan.removed().count(),
        "unchanged": plan.unchanged,
        "foreign": plan.foreign.len(),
        "millis": u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
    }));
    lines
}
