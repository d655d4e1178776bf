//! `hallway why`: is a file or an address published, by which rule, and what made it. Data on stdout.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use hallway::config;
use hallway::diag::{Diagnostic, nearest};
use hallway::pipeline::{self, Request};
use hallway::why::{Answer, Asked, answer, known};
use serde_json::{Map, json};

use super::args::{PageArguments, SiteArguments};
use super::{Exit, program, report};

pub(crate) const WHY_EXAMPLES: &str = "\
Examples:
  hallway why content/blog/rust-meetup      is it published, where, with which templates and pictures
  hallway why /blog/2026/02/03/rust-meetup/ what is at an address, and what made it
  hallway why static/logo.svg               what becomes of a file, and which pages use it";

#[derive(Debug, Args)]
pub(crate) struct WhyArguments {
    /// A file or folder of the site, an address, or the path of a published file
    #[arg(value_name = "PATH|URL")]
    word: String,

    #[command(flatten)]
    site: SiteArguments,

    #[command(flatten)]
    pages: PageArguments,

    /// How to answer
    #[arg(long, value_enum, default_value_t = WhyFormat::Human)]
    format: WhyFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WhyFormat {
    /// Text for people
    Human,
    /// One JSON object
    Json,
}

/// Builds the site in memory, and answers.
pub(crate) fn run(arguments: &WhyArguments) -> Exit {
    let request = request(arguments);
    let root = request.root.clone();
    let inputs = match pipeline::read(&request, &[]) {
        Ok(inputs) => inputs,
        Err(failure) => {
            report::warn(&failure.diagnostics, &root);
            return failure.kind.into();
        }
    };
    let files = config::read_files(&root).unwrap_or_default();
    let settings = config::effective(&files, &[]).unwrap_or_default();
    let is_ignored = |path: &str| inputs.configs.general().model.ignored.contain(path);
    let word = within(&arguments.word, &root);
    let ignored = is_ignored(&word);
    let templates = inputs.source.templates.clone();
    let build = pipeline::compile(inputs, request.now);
    // What is wrong with the site is told, as it may be the answer; warnings are a build's to tell.
    let errors: Vec<Diagnostic> =
        build.diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
    report::warn(&errors, &root);
    let asked = Asked { build: &build, templates: &templates, settings: &settings };
    let Some(answer) = answer(&asked, &word) else {
        complain(&word, &root, ignored, &asked);
        return Exit::Usage;
    };
    let text = match arguments.format {
        WhyFormat::Human => human(&answer),
        WhyFormat::Json => json_text(&answer),
    };
    // Whoever closed the pipe has seen enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Exit::Ok
}

fn request(arguments: &WhyArguments) -> Request {
    Request {
        base_url: arguments.pages.base_url.clone(),
        include: arguments.pages.include(),
        unknown_shortcodes: arguments.pages.unknown_shortcodes.map(Into::into),
        program: program(),
        ..Request::of(arguments.site.root(), arguments.site.now())
    }
}

/// Returns a path as the site has it: from here, or from the site's root.
fn within(word: &str, root: &Path) -> String {
    let of_disk = |path: PathBuf| -> Option<String> {
        let (path, root) = (path.canonicalize().ok()?, root.canonicalize().ok()?);
        Some(path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"))
    };
    if word.contains("://") || word.starts_with('/') && !Path::new(word).starts_with(root) {
        return word.to_owned();
    }
    if root.join(word).exists() {
        word.to_owned()
    } else {
        of_disk(PathBuf::from(word)).unwrap_or_else(|| word.to_owned())
    }
}

fn complain(word: &str, root: &Path, is_ignored: bool, asked: &Asked<'_>) {
    let shown: String = word.chars().filter(|c| !c.is_control()).collect();
    let why = if is_ignored {
        "; `ignoreFiles` of the configuration passes over it".to_owned()
    } else if root.join(word).is_file() {
        "; it is there, but not in a folder of content or static files, or its name begins with a dot"
            .to_owned()
    } else {
        nearest(word, known(asked)).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
    };
    report::complain(&format!("`{shown}` is no file of the site and no address of it{why}"));
}

fn human(answer: &Answer) -> String {
    let mut text = format!("{}\n", plain(&answer.subject));
    if let Some(address) = &answer.address {
        let _ = writeln!(text, "  published at   {}", plain(address));
    }
    for (word, said) in &answer.facts {
        for (index, line) in said.iter().enumerate() {
            let _ = writeln!(text, "  {:13}  {}", if index == 0 { word } else { "" }, plain(line));
        }
    }
    text
}

fn json_text(answer: &Answer) -> String {
    let facts: Map<String, serde_json::Value> =
        answer.facts.iter().map(|(word, said)| (word.replace(' ', "_"), json!(said))).collect();
    let object = json!({
        "subject": answer.subject,
        "is_published": answer.address.is_some(),
        "address": answer.address,
        "facts": facts,
    });
    format!("{}\n", serde_json::to_string_pretty(&object).unwrap_or_default())
}

/// Drops what could steer a terminal.
fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).collect()
}
