//! Checks a whole built site in memory: what its pages say is compared with what is there.
//!
//! Reads the bytes of every page once, and gives each finding the author's file, line and column. Writes nothing but the
//! baseline that it is asked to write; pictures are planned, not made. Does not look at other sites unless it is asked to.

mod addresses;
mod baseline;
mod facts;
mod feeds;
mod files;
mod finding;
pub mod formats;
mod links;
mod once;
mod outside;
mod pictures;
mod places;
mod tags;
mod texts;
mod weight;

use std::collections::HashSet;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use crate::config::{self, CheckOptions, Level};
use crate::diag::{Diagnostic, Severity, in_order};
use crate::output::{Class, Content, Output};
use crate::path::Route;
use crate::pipeline::{self, Build, Failure, FailureKind, Request};
use crate::site::{PageId, Site};

pub use baseline::{BASELINE_FILE, Baseline};
pub use outside::{Manners, Outside};

use addresses::Addresses;
use facts::Facts;
use finding::Finding;
use places::Places;

/// What a check found.
#[derive(Debug)]
pub struct Report {
    /// Everything that is told, in the order of places; severities are those that the configuration wants.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages that were looked at.
    pub pages: usize,
}

/// A built page, and what it says.
struct Sheet<'a> {
    route: Route,
    class: Class,
    producer: &'a str,
    /// The page of the site, where it is one.
    page: Option<PageId>,
    facts: Facts,
    bytes: u64,
}

/// A build with everything that was read out of it.
struct Checked<'a> {
    site: &'a Site,
    outputs: Vec<&'a Output>,
    headers: pictures::Headers,
    addresses: Addresses<'a>,
    /// By the index of the output; only pages and redirects have one.
    sheets: Vec<Option<Sheet<'a>>>,
    options: &'a CheckOptions,
    /// Documents with an error, whose pages are not whole.
    faulty: HashSet<&'a str>,
}

/// Builds a site in memory and looks for everything that is wrong with it; other sites are asked only where `outside` says how.
///
/// # Errors
/// There is no site, its configuration is faulty, or a file cannot be read. What is wrong with the content is no error
/// here, but found.
pub fn check(request: &Request, outside: Option<&Outside<'_>>) -> Result<Report, Failure> {
    let io = |problem| Failure { kind: FailureKind::Io, diagnostics: vec![problem] };
    let inputs = pipeline::read(request, &[])?;
    let templates = inputs.source.templates.clone();
    let config = config::read_files(&request.root).map_err(io)?;
    let build = pipeline::compile(inputs, request.now);
    let places = Places { site: &build.site, config: &config, templates: &templates };
    let checked = Checked::of(&build);
    let mut findings = checked.findings();
    if let Some(outside) = outside {
        let cache = pipeline::open_cache(request)?;
        findings.extend(outside::check(&checked, outside, &cache.folder().join("links.json")));
    }
    let mut found = finding::place(findings, &places);
    found.extend(texts::check(&build.site, &templates));
    found.extend(files::unused(&checked));
    found.extend(feeds::check(&checked, &config));
    found.extend(weight::check(&checked));
    found.extend(pictures::positions(&build.outputs, &checked.headers));
    let weigh = |found| weighed(found, &build.site.config.check);
    let (errors, warnings) = build.diagnostics.iter().cloned().partition(Diagnostic::is_error);
    let found = once::tell_once(found, warnings);
    // There is no site without what the build must have: whatever the configuration says, its errors stay errors.
    let diagnostics = in_order([weigh(found), errors].concat());
    Ok(Report { diagnostics, pages: build.pages })
}

/// Gives diagnostics the severity that the configuration wants for their code.
fn weighed(found: Vec<Diagnostic>, options: &CheckOptions) -> Vec<Diagnostic> {
    let weigh = |mut diagnostic: Diagnostic| {
        match options.severity.get(diagnostic.code.as_ref()) {
            Some(Level::Off) => return None,
            Some(Level::Error) => diagnostic.severity = Severity::Error,
            Some(Level::Warn) => diagnostic.severity = Severity::Warning,
            Some(Level::Note) => diagnostic.severity = Severity::Note,
            None => {}
        }
        Some(diagnostic)
    };
    found.into_iter().filter_map(weigh).collect()
}

impl<'a> Checked<'a> {
    fn of(build: &'a Build) -> Self {
        let site = build.site.as_ref();
        let addresses = Addresses::of(site, &build.outputs);
        let routes: std::collections::HashMap<&str, PageId> =
            site.ids().map(|id| (site.page(id).route.as_str(), id)).collect();
        let outputs: Vec<&Output> = build.outputs.iter().collect();
        let sheet = |output: &&'a Output| {
            let Content::Bytes(bytes) = &output.content else { return None };
            if !matches!(output.class, Class::Page | Class::Alias) || !output.path.as_str().ends_with(".html")
            {
                return None;
            }
            let route = Addresses::route_of(output.path.as_str());
            let page = routes.get(route.as_str()).copied();
            let facts = Facts::of(&String::from_utf8_lossy(bytes));
            let bytes = bytes.len() as u64;
            Some(Sheet { route, class: output.class, producer: &output.producer, page, facts, bytes })
        };
        let sheets = outputs.par_iter().map(sheet).collect();
        let headers = pictures::headers(&build.outputs);
        let errors = build.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let faulty = errors.filter_map(|error| Some(error.at.as_ref()?.path.as_str())).collect();
        Self { site, outputs, headers, addresses, sheets, options: &site.config.check, faulty }
    }

    /// Returns everything that is found in pages.
    fn findings(&self) -> Vec<Finding> {
        let of = |sheet: &Sheet<'_>| {
            let links = links::check(self, sheet);
            if sheet.class == Class::Alias {
                return links;
            }
            [links, pictures::check(self, sheet), files::repeated_ids(sheet)].concat()
        };
        self.sheets.par_iter().flatten().flat_map_iter(of).collect()
    }

    /// Says whether the author does not want a target to be looked at.
    fn is_ignored(&self, target: &str) -> bool {
        self.options.ignore.iter().any(|glob| glob.matches(target))
    }

    /// Returns as what an address in a page may stand in an author's text, the most probable first.
    fn spellings(&self, target: &str) -> Vec<String> {
        let mut all = vec![target.to_owned()];
        let decoded = percent_decode_str(target).decode_utf8_lossy().into_owned();
        let base = &self.site.config.base_url;
        let whole = base.to_string();
        for written in [target, decoded.as_str()] {
            let inside = written.strip_prefix(whole.as_str()).or_else(|| written.strip_prefix(base.path()));
            if let Some(inside) = inside.filter(|inside| !inside.is_empty()) {
                let bare = inside.trim_end_matches('/');
                all.extend([format!("/{inside}"), format!("/{bare}")]);
                // A single word stands everywhere.
                all.extend([inside, bare].into_iter().filter(|path| path.contains('/')).map(str::to_owned));
            }
        }
        all.insert(1, decoded);
        let mut seen = HashSet::new();
        all.retain(|needle| needle.len() > 1 && seen.insert(needle.clone()));
        if all.is_empty() {
            all.push(target.to_owned());
        }
        all
    }
}

impl Sheet<'_> {
    fn finding(&self, diagnostic: Diagnostic, needles: Vec<String>) -> Finding {
        Finding { diagnostic, producer: self.producer.to_owned(), needles, picture: None, is_of_text: false }
    }
}
