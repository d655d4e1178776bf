//! Surveys a Hugo site: what of it Hallway serves, what comes out differently, and what is not served.
//!
//! Reads the configuration, the texts and the names of templates; runs nothing and renders nothing, so that a site that
//! does not build yet can be surveyed too. Writing is left to [`write()`], which makes new files only.

mod content;
mod front_matter;
mod layouts;
mod report;
mod settings;
mod shortcodes;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::config::{self, ConfigFile};
use crate::diag::{Diagnostic, Location, in_order};
use crate::path::SourcePath;
use crate::pipeline::{Failure, FailureKind};

pub use report::{Tally, markdown, tallies};
pub use write::{Written, write};

/// What of a site a finding is about, the most important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A shortcode that texts use, or that has a template.
    Shortcode,
    /// A key of the configuration.
    Configuration,
    /// A key of the front matter.
    FrontMatter,
    /// A file extension of the content folder.
    ContentFormat,
    /// A language of the site.
    Language,
    /// What pages are made as.
    OutputFormat,
    /// A Go template of pages.
    Layout,
    /// A Go template that others include.
    Partial,
    /// A Go template for a piece of Markdown.
    RenderHook,
    /// A theme or module.
    Theme,
    /// A folder of Hugo's besides content and layouts.
    Folder,
    /// A place to publish to.
    Deployment,
}

/// What becomes of something, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It has no effect, and the site loses something by that.
    NotServed,
    /// Something of ours takes its place.
    Differs,
    /// It has no effect, and nothing is lost.
    Needless,
    /// It means what it means to Hugo.
    Served,
}

/// One thing that a site uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing it is.
    pub subject: Subject,
    /// Its name, as Hugo spells it.
    pub name: String,
    /// What becomes of it.
    pub standing: Standing,
    /// How often it is used, or how many files it stands for.
    pub uses: usize,
    /// In how many texts it is used; 0 where that makes no sense.
    pub pages: usize,
    /// Its first place.
    #[serde(flatten)]
    pub place: Option<Location>,
    /// What takes its place or what to do, one sentence without a full stop; may be empty.
    pub note: String,
}

/// A shortcode's template in our language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Translation {
    /// The template.
    pub template: String,
    /// How many places of it could not be translated.
    pub untranslated: usize,
}

/// Translates the Go template of a shortcode.
pub type Translate = fn(&str) -> Translation;

/// Everything that was found out about a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Paths of its configuration files.
    pub config_files: Vec<String>,
    /// How many texts it has.
    pub pages: usize,
    /// What it uses: the worst first, then by subject, then what is used most.
    pub findings: Vec<Finding>,
    /// Templates that could be written, by the names of the shortcodes.
    pub translations: BTreeMap<String, Translation>,
    /// What could not be read, and why.
    pub warnings: Vec<Diagnostic>,
}

/// A text of the content folders.
struct Text {
    /// Path from the site's folder.
    source: SourcePath,
    /// All of it.
    text: String,
}

impl Finding {
    /// Makes a finding that counts as one use without a place.
    fn new(subject: Subject, name: impl Into<String>, standing: Standing, note: impl Into<String>) -> Self {
        let (name, note) = (name.into(), note.into());
        Self { subject, name, standing, uses: 1, pages: 0, place: None, note }
    }

    fn at(self, place: Location) -> Self {
        Self { place: Some(place), ..self }
    }

    fn used(self, uses: usize, pages: usize) -> Self {
        Self { uses, pages, ..self }
    }
}

/// Surveys the Hugo site in `root`; no symbolic link is followed out of it.
///
/// # Errors
/// There is no site, or its configuration cannot be read.
pub fn survey(root: &Path, translate: Option<Translate>) -> Result<Survey, Failure> {
    let (files, mut warnings) = config_files(root)?;
    let read = config::settings(&files);
    let settings = read.map_err(|diagnostics| Failure { kind: FailureKind::Config, diagnostics })?;
    let values = &settings.values;
    let texts = content::read(root, values, &mut warnings);
    if files.is_empty() && texts.is_empty() {
        let problem = Diagnostic::error("site-not-found", "there is no Hugo site in this folder")
            .at(Location::file(root.display().to_string()))
            .hint("a Hugo site has a `hugo.toml` or the like, or a folder `content`");
        return Err(Failure { kind: FailureKind::NoSite, diagnostics: vec![problem] });
    }
    let mut findings = settings::survey(&settings);
    let (of_shortcodes, translations) = shortcodes::survey(root, &texts, translate);
    findings.extend(of_shortcodes);
    findings.extend(front_matter::survey(&texts, values));
    findings.extend(content::survey(root, values));
    findings.extend(layouts::survey(root, &findings));
    sort(&mut findings);
    Ok(Survey {
        config_files: files.into_iter().map(|file| file.path).collect(),
        pages: texts.len(),
        findings,
        translations,
        warnings: in_order(warnings),
    })
}

fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.standing, finding.subject, std::cmp::Reverse(finding.uses));
        (key(a), &a.name).cmp(&(key(b), &b.name))
    });
}

/// Reads the configuration files that lie in the site.
fn config_files(root: &Path) -> Result<(Vec<ConfigFile>, Vec<Diagnostic>), Failure> {
    let failed = |problem| Failure { kind: FailureKind::Io, diagnostics: vec![problem] };
    let mut files = config::read_files(root).map_err(failed)?;
    let real_root = root.canonicalize().ok();
    let mut warnings = Vec::new();
    files.retain(|file| {
        let inside = match (root.join(&file.path).canonicalize(), &real_root) {
            (Ok(real), Some(real_root)) => real.starts_with(real_root),
            _ => false,
        };
        if !inside {
            let message = "this configuration lies outside the site, so it is not read";
            warnings.push(Diagnostic::warning("symlink-skipped", message).at(Location::file(&file.path)));
        }
        inside
    });
    Ok((files, warnings))
}
