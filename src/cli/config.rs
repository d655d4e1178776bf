//! `hallway config`: every value of the configuration that holds, and who set it. Data on stdout.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use hallway::config::{self, KEYS, Origin, Override, Setting};
use hallway::diag::{Diagnostic, Location, nearest};
use serde_json::{Value, json};

use super::args::{PageArguments, UnknownShortcodes};
use super::{Exit, report};

pub(crate) const CONFIG_EXAMPLES: &str = "\
Examples:
  hallway config                       every value of the site in this folder, and who set it
  hallway config imaging markup        the values below two keys
  hallway config my-site baseURL       one value of the site in my-site
  hallway config --format json         for programs";

#[derive(Debug, Args)]
pub(crate) struct ConfigArguments {
    /// Folder of the site [default: this folder], then keys, such as title or pagination.path [default: all]
    #[arg(value_name = "SITE|KEY")]
    words: Vec<String>,

    /// Folder of the site, in Hugo's spelling: all words are then keys
    #[arg(short = 's', long, value_name = "DIR")]
    source: Option<PathBuf>,

    #[command(flatten)]
    pages: PageArguments,

    /// Folder to write the site into, as `build` takes it
    #[arg(short, long, value_name = "DIR")]
    destination: Option<PathBuf>,

    /// How to write the values
    #[arg(long, value_enum, default_value_t = ConfigFormat::Yaml)]
    format: ConfigFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ConfigFormat {
    /// YAML, with who set a value behind it
    Yaml,
    /// One JSON array of `key`, `value` and who set it
    Json,
}

/// Shows the values that hold.
pub(crate) fn run(arguments: &ConfigArguments) -> Exit {
    let (root, keys) = site_and_keys(arguments);
    if !root.is_dir() {
        let problem = Diagnostic::error("site-not-found", "there is no such folder")
            .at(Location::file(root.display().to_string()));
        report::warn(&[problem], &root);
        return Exit::Usage;
    }
    let files = match config::read_files(&root) {
        Ok(files) => files,
        Err(problem) => {
            report::warn(&[problem], &root);
            return Exit::Io;
        }
    };
    // The values are checked as a build checks them, but shown also where one means nothing.
    let (is_bare, mut exit) = (files.is_empty() && !root.join("content").is_dir(), Exit::Ok);
    match config::load(&files, is_bare) {
        Ok((_, warnings)) => report::warn(&warnings, &root),
        Err(problems) => {
            report::warn(&problems, &root);
            exit = Exit::Config;
        }
    }
    let Ok(settings) = config::effective(&files, &overrides(arguments)) else { return Exit::Config };
    if let Some(unknown) = keys.iter().find(|key| !settings.iter().any(|setting| is_below(setting, key))) {
        complain(unknown, &settings);
        return if KEYS.iter().any(|key| key.path.eq_ignore_ascii_case(unknown)) {
            exit
        } else {
            Exit::Usage
        };
    }
    let is_wanted = |setting: &&Setting| keys.is_empty() || keys.iter().any(|key| is_below(setting, key));
    let wanted: Vec<&Setting> = settings.iter().filter(is_wanted).collect();
    let text = match arguments.format {
        ConfigFormat::Yaml => yaml(&wanted),
        ConfigFormat::Json => json_text(&wanted),
    };
    // Whoever closed the pipe has seen enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    exit
}

/// The first word is the site where it is a folder, or looks like one; a key of the configuration is none.
fn site_and_keys(arguments: &ConfigArguments) -> (PathBuf, Vec<String>) {
    let mut words = arguments.words.clone();
    if let Some(root) = &arguments.source {
        return (root.clone(), words);
    }
    let is_key = |word: &str| KEYS.iter().any(|key| key.path.split('.').next() == Some(word));
    let is_site = |word: &String| {
        !is_key(word) && (Path::new(word).is_dir() || word.contains(['/', '\\']) || word.starts_with('.'))
    };
    let site = words.first().is_some_and(is_site).then(|| words.remove(0));
    (site.map_or_else(|| PathBuf::from("."), PathBuf::from), words)
}

/// What the command line sets, as a build with the same switches would have it.
fn overrides(arguments: &ConfigArguments) -> Vec<Override> {
    let pages = &arguments.pages;
    let mut set: Vec<Override> = Vec::new();
    if let Some(url) = &pages.base_url {
        set.push(("baseURL", json!(url), "--base-url"));
    }
    for (is_on, key, switch) in [
        (pages.drafts, "buildDrafts", "--drafts"),
        (pages.future, "buildFuture", "--future"),
        (pages.expired, "buildExpired", "--expired"),
    ] {
        if is_on {
            set.push((key, json!(true), switch));
        }
    }
    if let Some(rule) = pages.unknown_shortcodes {
        let word = match rule {
            UnknownShortcodes::Error => "error",
            UnknownShortcodes::Warn => "warn",
            UnknownShortcodes::Inner => "inner",
        };
        set.push(("unknownShortcodes", json!(word), "--unknown-shortcodes"));
    }
    if let Some(folder) = &arguments.destination {
        set.push(("publishDir", json!(folder), "--destination"));
    }
    set
}

/// Says whether a setting is what a key names, or below it.
fn is_below(setting: &Setting, key: &str) -> bool {
    let path = setting.path.join(".").to_lowercase();
    let key = key.to_lowercase();
    path == key || path.strip_prefix(&key).is_some_and(|rest| rest.starts_with('.'))
}

fn complain(key: &str, settings: &[Setting]) {
    if let Some(known) = KEYS.iter().find(|known| known.path.eq_ignore_ascii_case(key)) {
        report::complain(&format!("`{}` is not set, and has no default: {}", known.path, known.about));
        return;
    }
    let paths: Vec<String> = settings.iter().map(|setting| setting.path.join(".")).collect();
    let known = KEYS.iter().map(|key| key.path).chain(paths.iter().map(String::as_str));
    let near = nearest(key, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    report::complain(&format!("no value is called `{}`{near}", plain(key)));
}

/// Writes nested mappings; behind each value is who set it.
fn yaml(settings: &[&Setting]) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for setting in settings {
        let Some((last, parents)) = setting.path.split_last() else { continue };
        let same = open.iter().zip(parents).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        open.truncate(same);
        for parent in parents.iter().skip(same) {
            lines.push((format!("{}{}:", "  ".repeat(open.len()), scalar(parent)), String::new()));
            open.push(parent.clone());
        }
        let value = match &setting.value {
            Value::String(text) => scalar(text),
            other => other.to_string(),
        };
        let line = format!("{}{}: {value}", "  ".repeat(open.len()), scalar(last));
        lines.push((line, told(&setting.origin)));
    }
    let width = lines.iter().map(|(line, _)| line.chars().count()).filter(|width| *width <= 50).max();
    let mut text = String::new();
    for (line, origin) in lines {
        let padding = " ".repeat(width.unwrap_or(0).saturating_sub(line.chars().count()));
        let comment = if origin.is_empty() { String::new() } else { format!("{padding}  # {origin}") };
        let _ = writeln!(text, "{line}{comment}");
    }
    text
}

/// Writes a text as YAML: in quotes where it would be something else without them.
fn scalar(text: &str) -> String {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ' '))
        && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '/'))
        && !text.ends_with(' ');
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if is_plain && !is_word { text.to_owned() } else { Value::from(text).to_string() }
}

fn told(origin: &Origin) -> String {
    match origin {
        Origin::Switch(switch) => (*switch).to_owned(),
        Origin::File(place) => plain(&place.to_string()),
        Origin::Default => "default".to_owned(),
    }
}

fn json_text(settings: &[&Setting]) -> String {
    let entry = |setting: &&Setting| {
        let set_by = match &setting.origin {
            Origin::Switch(switch) => json!({ "kind": "switch", "switch": switch }),
            Origin::File(place) => json!({ "kind": "file", "path": place.path, "line": place.line }),
            Origin::Default => json!({ "kind": "default" }),
        };
        json!({ "key": setting.path.join("."), "value": setting.value, "set_by": set_by })
    };
    let entries: Vec<Value> = settings.iter().map(entry).collect();
    format!("{}\n", serde_json::to_string_pretty(&entries).unwrap_or_default())
}

/// Drops what could steer a terminal.
fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).collect()
}
