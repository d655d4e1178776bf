//! `hallway init`: what of a Hugo site is served. The survey is data and goes to stdout. A new site is `init_site`'s.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use hallway::config::Host;
use hallway::migrate::{self, Finding, Standing, Survey, Written};
use hallway::pipeline::Failure;
use jiff::Timestamp;
use serde_json::json;

use super::Exit;
use super::args::ReportFormat;
use super::report::{self, ERROR, FAINT, GOOD, WARNING, counted, say};

pub(crate) const INIT_EXAMPLES: &str = "\
Examples:
  hallway init my-blog                         a site to start from, with one report
  hallway init --title \"Notes\" --author \"Sam\"  the same in this folder, and whose it is
  hallway init --ci github                     the workflow that publishes it there
  hallway init --from-hugo my-site             look at it; nothing is changed
  hallway init --from-hugo my-site --write     translate its shortcodes, and write hallway-report.md
  hallway init --from-hugo . --format json     one JSON object a line, for programs";

#[derive(Debug, Args)]
pub(crate) struct InitArguments {
    /// Folder of the new site [default: this folder]
    #[arg(value_name = "DIR", conflicts_with = "from_hugo")]
    pub(crate) folder: Option<PathBuf>,

    /// Title of the site [default: made of the folder's name]
    #[arg(long)]
    pub(crate) title: Option<String>,

    /// Who writes it
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Option<String>,

    /// Where it will be published
    #[arg(short, long, value_name = "URL", visible_alias = "baseURL")]
    pub(crate) base_url: Option<String>,

    /// Ask nothing; nothing is asked either where there is no terminal
    #[arg(short, long)]
    pub(crate) yes: bool,

    /// Take this instant for now, such as 2026-02-01
    #[arg(long, value_name = "INSTANT", value_parser = super::args::instant)]
    pub(crate) clock: Option<Timestamp>,

    /// Write the workflow by which this host builds and takes the site: github, gitlab, netlify, cloudflare or codeberg
    #[arg(long, value_name = "HOST", value_parser = super::args::host, conflicts_with_all = ["title", "author", "base_url", "from_hugo"])]
    pub(crate) ci: Option<Host>,

    /// With --ci: write over a workflow that is there
    #[arg(long, requires = "ci")]
    pub(crate) force: bool,

    /// Start nothing, but look at the Hugo site in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) from_hugo: Option<PathBuf>,

    /// With --from-hugo: write what helps into the site; new files only, nothing is overwritten
    #[arg(long, requires = "from_hugo")]
    pub(crate) write: bool,

    /// With --from-hugo: how to tell what was found
    #[arg(long, value_enum, requires = "from_hugo", default_value_t = ReportFormat::Human)]
    pub(crate) format: ReportFormat,
}

/// Widest line that names are put into, in characters.
const LINE_CHARS: usize = 100;

/// Starts a site; or surveys a Hugo site, and writes what helps where that is wanted.
pub(crate) fn run(arguments: &InitArguments) -> Exit {
    if let Some(host) = arguments.ci {
        let root = arguments.folder.clone().unwrap_or_else(|| ".".into());
        return super::ci::run(&root, host, arguments.force);
    }
    let Some(root) = &arguments.from_hugo else {
        return super::init_site::run(arguments);
    };
    let surveyed = migrate::survey(root);
    let survey = match surveyed {
        Ok(survey) => survey,
        Err(Failure { kind, diagnostics }) => {
            match arguments.format {
                ReportFormat::Human => report::warn(&diagnostics, root),
                ReportFormat::Json => {
                    report::print_lines(&diagnostics.iter().map(report::json_line).collect::<Vec<_>>());
                }
            }
            return kind.into();
        }
    };
    let written = arguments.write.then(|| migrate::write(root, &survey)).transpose();
    match arguments.format {
        ReportFormat::Human => {
            human(&survey, written.as_ref().ok().and_then(Option::as_ref), arguments, root)
        }
        ReportFormat::Json => json(&survey, written.as_ref().ok().and_then(Option::as_ref)),
    }
    match written {
        Ok(_) => Exit::Ok,
        Err(problem) => {
            report::warn(&[problem], root);
            Exit::Io
        }
    }
}

/// Tells people: the verdict first, then what needs them, then what does not.
fn human(survey: &Survey, written: Option<&Written>, arguments: &InitArguments, root: &Path) {
    let files = survey.config_files.join(", ");
    let configured = if files.is_empty() { "no configuration".to_owned() } else { files };
    let mut text = format!("Hugo site: {}, {configured}\n\n", counted(survey.pages, "page"));
    for tally in migrate::tallies(survey) {
        let _ = writeln!(text, "  {}", tally.sentence());
    }
    for findings in survey.findings.chunk_by(|a, b| a.standing == b.standing) {
        let Some(standing) = findings.first().map(|finding| finding.standing) else { continue };
        let style = match standing {
            Standing::NotServed => ERROR,
            Standing::Differs => WARNING,
            Standing::Needless => FAINT,
            Standing::Served => GOOD,
        };
        let _ = writeln!(text, "\n{style}{}{style:#}", standing.heading());
        match standing {
            Standing::NotServed | Standing::Differs => table(&mut text, findings),
            Standing::Needless | Standing::Served => names(&mut text, findings),
        }
    }
    // Whoever closed the pipe has seen enough.
    let _ = anstream::stdout().write_all(text.as_bytes());
    say("\n");
    report::warn(&survey.warnings, root);
    say(&ending(survey, written, arguments));
}

/// Writes a line for each finding, and what is to be said of several once below them.
fn table(text: &mut String, findings: &[Finding]) {
    let width = |of: &dyn Fn(&Finding) -> usize| findings.iter().map(of).max().unwrap_or(0);
    let subjects = width(&|finding| finding.subject.names().0.chars().count());
    let names = width(&|finding| finding.name.chars().count()).min(40);
    let uses = width(&|finding| finding.uses.to_string().len());
    for same in findings.chunk_by(|a, b| (a.subject, &a.note) == (b.subject, &b.note)) {
        for finding in same {
            let place = finding.place.as_ref().map(ToString::to_string).unwrap_or_default();
            let (subject, name) = (finding.subject.names().0, plain(&finding.name));
            let line =
                format!("  {subject:subjects$}  {name:names$}  {:uses$}  {}", finding.uses, plain(&place));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        if let Some(note) = same.first().map(|finding| plain(&finding.note)).filter(|note| !note.is_empty()) {
            let _ = writeln!(text, "  {:subjects$}  {FAINT}{note}{FAINT:#}", "");
        }
    }
}

/// Writes the names of a subject in a row, with how often each is used.
fn names(text: &mut String, findings: &[Finding]) {
    for same in findings.chunk_by(|a, b| a.subject == b.subject) {
        let Some(subject) = same.first().map(|finding| finding.subject.names()) else { continue };
        let mut line = format!("  {}:", if same.len() == 1 { subject.0 } else { subject.1 });
        for (index, finding) in same.iter().enumerate() {
            let name = plain(&finding.name);
            let uses = if finding.uses > 1 { format!(" ×{}", finding.uses) } else { String::new() };
            let word = format!(" {name}{uses}{}", if index + 1 < same.len() { "," } else { "" });
            if line.chars().count() + word.chars().count() > LINE_CHARS {
                let _ = writeln!(text, "{line}");
                line = "   ".to_owned();
            }
            line.push_str(&word);
        }
        let _ = writeln!(text, "{line}");
    }
}

/// Drops what could steer a terminal from words of the author's.
fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).collect()
}

fn ending(survey: &Survey, written: Option<&Written>, arguments: &InitArguments) -> String {
    let Some(Written { new, kept }) = written else {
        if arguments.write {
            return String::new();
        }
        let templates = match survey.translations.len() {
            0 => String::new(),
            count => format!("{} and ", counted(count, "translated template")),
        };
        return format!("nothing was changed; --write adds {templates}`hallway-report.md`\n");
    };
    let list = |paths: &[String]| paths.iter().map(|path| format!("  {path}\n")).collect::<String>();
    let mut text = String::new();
    if !new.is_empty() {
        let _ = write!(text, "{GOOD}written{GOOD:#}\n{}", list(new));
    }
    if !kept.is_empty() {
        let _ = write!(text, "there already, and left as it is\n{}", list(kept));
    }
    text
}

/// Tells programs: a line for each finding, then the summary.
fn json(survey: &Survey, written: Option<&Written>) {
    let typed = |kind: &str, mut value: serde_json::Value| {
        if let Some(object) = value.as_object_mut() {
            object.insert("type".to_owned(), json!(kind));
        }
        value
    };
    let findings = survey.findings.iter();
    let mut lines: Vec<serde_json::Value> =
        findings.map(|finding| typed("finding", json!(finding))).collect();
    lines.extend(survey.warnings.iter().map(report::json_line));
    let verdict: Vec<String> = migrate::tallies(survey).iter().map(migrate::Tally::sentence).collect();
    lines.push(json!({
        "type": "summary",
        "pages": survey.pages,
        "config_files": survey.config_files,
        "verdict": verdict,
        "translations": survey.translations.keys().collect::<Vec<_>>(),
        "written": written.map(|written| &written.new),
        "kept": written.map(|written| &written.kept),
    }));
    report::print_lines(&lines);
}
