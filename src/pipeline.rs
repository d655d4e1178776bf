//! The stages of a build in their order: read, understand, assemble, render, make pictures, write.
//!
//! Every stage collects all problems; nothing is written while there is an error. The clock, the folders and the choice
//! of what to include come from the caller.

mod folders;
mod key;
mod last_build;
mod overrides;
mod pictures;
mod publication;
mod refusal;
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::cache::Shared;
use crate::config::{self, ConfigFile, Configs, Hosting, Include};
use crate::diag::{Diagnostic, in_order};
use crate::digest::Digest;
use crate::markdown::shortcode::Unknown;
use crate::output::{self, Manifest, Outputs};
use crate::page;
use crate::render;
use crate::site::{self, LeftOut, Site};
use crate::source::{self, Asset, Document, Source};
use crate::theme::Theme;

use folders::{SITE_HINT, cache_failure, destination, is_bare, no_site};
pub(crate) use folders::{absolute, open_cache};
use key::key_of;
use last_build::LastBuild;
use pictures::{clean_after_build, make_pictures};
pub use pictures::{clean_cache, clean_destination};
pub use publication::{Publication, publication};
use refusal::{refuse_errors, refuse_other_errors};
use words::read_words;

/// What to build, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// Folder of the site.
    pub root: PathBuf,
    /// Address that replaces the configured one.
    pub base_url: Option<String>,
    /// Pages that are built in addition to what the configuration says.
    pub include: Include,
    /// Folder that the site is written into; the configured one inside the site where none is given.
    pub destination: Option<PathBuf>,
    /// Folder of the cache; `.hallway` inside the site where none is given.
    pub cache: Option<PathBuf>,
    /// Folder of the cache where none is given and the site cannot be written.
    pub fallback_cache: Option<PathBuf>,
    /// A cache that other machines share, for the pictures that the folder lacks.
    pub shared: Option<Arc<dyn Shared>>,
    /// What becomes of unknown shortcodes; what the configuration says where nothing is given.
    pub unknown_shortcodes: Option<Unknown>,
    /// The instant that decides what is future and what has expired.
    pub now: Timestamp,
    /// Whether warnings end the build as errors do.
    pub strict: bool,
    /// Whether files that no build of ours wrote are removed from the destination.
    pub clean_destination: bool,
    /// Who serves the site, over what the configuration says.
    pub hosting: Hosting,
    /// What program this is: another one builds anew, even where no file has changed.
    pub program: String,
}

/// Why nothing was written.
#[derive(Debug)]
pub struct Failure {
    /// What kind of trouble it is.
    pub kind: FailureKind,
    /// Everything that was found, warnings included.
    pub diagnostics: Vec<Diagnostic>,
}

/// Kinds of trouble, each with an exit code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The author's texts, pictures or templates.
    Content,
    /// There is no site where one was looked for.
    NoSite,
    /// The configuration.
    Config,
    /// Files that cannot be read or written.
    Io,
}

/// What a build did.
#[derive(Debug)]
pub struct Report {
    /// Pages of all kinds, slices of lists included.
    pub pages: usize,
    /// Files of the site.
    pub outputs: usize,
    /// Files that were written.
    pub written: usize,
    /// Files that were removed.
    pub removed: usize,
    /// Pictures in the site that were made from others.
    pub pictures: usize,
    /// Pictures that had to be made now.
    pub pictures_made: usize,
    /// What was not published, and why.
    pub left_out: Vec<LeftOut>,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether nothing had changed since the last build.
    pub is_up_to_date: bool,
    /// Whether `baseURL` names a host, without which no feed reader can follow a feed's links.
    pub has_host: bool,
    /// Where the site is.
    pub destination: PathBuf,
}

/// How far a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read.
    Reading,
    /// Pages are rendered.
    Rendering,
    /// Pictures are made: how many of how many.
    Pictures(usize, usize),
    /// Files are written.
    Writing,
}

/// A built site, not yet written.
#[derive(Debug)]
pub struct Build {
    /// The site.
    pub site: Arc<Site>,
    /// All files.
    pub outputs: Outputs,
    /// Warnings, and errors that forbid writing it.
    pub diagnostics: Vec<Diagnostic>,
    /// Pages of all kinds, slices of lists included.
    pub pages: usize,
}

/// Everything that was read, before it is understood.
#[derive(Debug)]
pub struct Inputs {
    /// The configuration in all languages.
    pub configs: Configs,
    /// The files.
    pub source: Source,
    /// Warnings about both.
    pub warnings: Vec<Diagnostic>,
    /// Digest of everything that decides the outputs, the clock aside.
    pub key: Digest,
}

impl Request {
    /// Asks for a site as its configuration says, at an instant.
    pub fn of(root: PathBuf, now: Timestamp) -> Self {
        Self {
            root,
            base_url: None,
            include: Include::default(),
            destination: None,
            cache: None,
            fallback_cache: None,
            shared: None,
            unknown_shortcodes: None,
            now,
            strict: false,
            clean_destination: false,
            hosting: Hosting::default(),
            program: String::new(),
        }
    }
}

impl Failure {
    fn new(kind: FailureKind, diagnostics: Vec<Diagnostic>) -> Self {
        Self { kind, diagnostics }
    }

    fn one(kind: FailureKind, diagnostic: Diagnostic) -> Self {
        Self::new(kind, vec![diagnostic])
    }
}

/// Builds a site into its destination.
///
/// `tell` is called from any thread as the build goes on.
///
/// # Errors
/// The site has an error, or a file cannot be read or written; the old site is then as it was, but for a file system
/// that fails in the midst of writing.
pub fn build_into_folder(request: &Request, tell: &(dyn Fn(Stage) + Sync)) -> Result<Report, Failure> {
    let configured = configure(request)?;
    let destination = destination(request, &configured.configs)?;
    let cache = open_cache(request)?;
    let lock = cache.lock().map_err(|error| cache_failure(&cache, &error))?;
    tell(Stage::Reading);
    let inputs = scan(request, configured, &[destination.clone(), cache.folder().to_owned()])?;
    let has_host = inputs.configs.general().base_url.has_origin();
    let record_file = cache.build_record(&destination);
    let last = LastBuild::read(&record_file);
    if let Some(last) = last.as_ref().filter(|last| last.still_holds(&inputs.key, request, &destination)) {
        return Ok(last.report(destination, has_host));
    }
    tell(Stage::Rendering);
    let key = inputs.key;
    let mut build = refuse_other_errors(compile(inputs, request.now), request.strict)?;
    let made = make_pictures(&build, &cache, &lock, request.shared.as_deref(), tell)?;
    let metadata = build.site.config.imaging.metadata;
    build.outputs.use_originals(&made.failed, metadata);
    output::fill_colors(&mut build.outputs, &cache);
    build.diagnostics = in_order([build.diagnostics, made.warnings].concat());
    let mut build = refuse_errors(build, request.strict)?;
    if build.site.config.deployment.hosting.makes_compressed() {
        output::add_compressed(&mut build.outputs);
    }
    tell(Stage::Writing);
    let old = last.map(|last| last.manifest).unwrap_or_default();
    let save = |build: &Build, manifest: &Manifest, key: String| {
        LastBuild::of(build, manifest.clone(), key, request.now).write(&record_file)
    };
    let note_intent = |intent: &Manifest| save(&build, intent, String::new());
    let mut written = output::write(&build.outputs, &destination, &old, &cache, &note_intent)
        .map_err(|problem| Failure::one(FailureKind::Io, problem))?;
    if request.clean_destination {
        let removed = output::remove_foreign(&destination, &written.manifest);
        written.removed += removed.map_err(|problem| Failure::one(FailureKind::Io, problem))?;
    }
    build.diagnostics.append(&mut written.lasting);
    save(&build, &written.manifest, key.to_string()).map_err(|error| cache_failure(&cache, &error))?;
    clean_after_build(&build, &cache, &lock);
    let diagnostics = [build.diagnostics, written.warnings].concat();
    Ok(Report {
        pages: build.pages,
        outputs: build.outputs.len(),
        written: written.written,
        removed: written.removed,
        pictures: count_pictures(&build.outputs),
        pictures_made: made.count,
        left_out: build.site.left_out.clone(),
        diagnostics,
        is_up_to_date: false,
        has_host,
        destination,
    })
}

/// Reads configuration and files of a site; what lies below one of `skip` is not part of it.
///
/// # Errors
/// There is no site, its configuration is faulty, or a file cannot be read.
pub fn read(request: &Request, skip: &[PathBuf]) -> Result<Inputs, Failure> {
    scan(request, configure(request)?, skip)
}

/// Reads the files of a site whose configuration is known.
fn scan(request: &Request, configured: Configured, skip: &[PathBuf]) -> Result<Inputs, Failure> {
    let skip = configured.skipped(request, skip);
    let Configured { files, configs, mut warnings } = configured;
    let mut source = source::scan(&request.root, &configs, &skip)
        .map_err(|problems| Failure::new(FailureKind::Io, problems))?;
    warnings.append(&mut source.warnings);
    let key = key_of(request, &files, &configs, &source);
    Ok(Inputs { configs, source, warnings, key })
}

/// A configuration with the files that it was read from.
#[derive(Debug)]
pub(crate) struct Configured {
    pub(crate) files: Vec<ConfigFile>,
    pub(crate) configs: Configs,
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Configured {
    /// Returns the paths below which nothing belongs to the site: `skip`, and what the configuration adds.
    pub(crate) fn skipped(&self, request: &Request, skip: &[PathBuf]) -> Vec<PathBuf> {
        let mut skip = skip.to_vec();
        skip.push(absolute(&request.root.join(&self.configs.general().publish_dir)));
        let root = absolute(&request.root);
        if self.configs.content.iter().any(|mount| absolute(&root.join(&mount.folder)) == root) {
            // Where the posts lie right in the site's folder, what lies beside them is no content.
            let static_files = self.configs.static_files.iter().map(|mount| mount.folder.as_str());
            let beside = static_files.chain([source::TEMPLATES]);
            let files = self.files.iter().map(|file| file.path.as_str());
            skip.extend(beside.chain(files).map(|path| root.join(path)));
        }
        skip
    }
}

/// Reads the configuration, and what the command line says over it.
///
/// Nothing is made before this: a mistyped folder stays as it is, or absent.
pub(crate) fn configure(request: &Request) -> Result<Configured, Failure> {
    if !request.root.is_dir() {
        let (message, hint) = if request.root.is_file() {
            ("this is a file, not the folder of a site", "build the folder that the file is in")
        } else {
            ("there is no such folder", SITE_HINT)
        };
        return Err(Failure::one(FailureKind::NoSite, no_site(request, message).hint(hint)));
    }
    let mut files =
        config::read_files(&request.root).map_err(|problem| Failure::one(FailureKind::Io, problem))?;
    let bare = is_bare(request, &files)?;
    let loaded = config::load(&files, bare);
    let (mut configs, mut warnings) =
        loaded.map_err(|problems| Failure::new(FailureKind::Config, problems))?;
    warnings.extend(config::check_date_layouts(&files));
    files.extend(read_words(request, &mut configs, &mut warnings)?);
    let data = config::read_data_files(&request.root);
    let data = data.map_err(|problem| Failure::one(FailureKind::Io, problem))?;
    // A change of one makes another site, as one of the configuration does.
    files.extend(data.iter().map(ConfigFile::from));
    configs.data = Arc::new(data);
    overrides::apply(request, &mut configs);
    Ok(Configured { files, configs, warnings })
}

/// Turns what was read into a built site, with everything that is wrong with it.
pub fn compile(inputs: Inputs, now: Timestamp) -> Build {
    let Inputs { configs, source, warnings, key: _ } = inputs;
    let Source { documents, assets, static_files, templates, warnings: _ } = source;
    let (site, mut diagnostics) = understand(documents, assets, &configs, warnings, now);
    let site = Arc::new(site);
    let theme = Theme::of(&templates, &static_files);
    let rendered = render::render(&site, &theme, &static_files);
    diagnostics.extend(rendered.diagnostics);
    Build { site, outputs: rendered.outputs, diagnostics: in_order(diagnostics), pages: rendered.pages }
}

/// Parses documents and puts the site together; returns it with all that was found so far.
fn understand(
    documents: Vec<Document>,
    assets: Vec<Asset>,
    configs: &Configs,
    warnings: Vec<Diagnostic>,
    now: Timestamp,
) -> (Site, Vec<Diagnostic>) {
    let (contents, problems): (Vec<Arc<page::Content>>, Vec<Vec<Diagnostic>>) =
        documents.into_par_iter().map(|document| parse(document, configs)).unzip();
    let assembled = site::assemble(contents, assets, configs, now);
    let found = warnings.into_iter().chain(problems.into_iter().flatten()).chain(assembled.diagnostics);
    (assembled.site, found.collect())
}

/// Reads and assembles a site without rendering it: for lists of its pages.
///
/// # Errors
/// As [`read`], and everything that is wrong with front matter.
pub fn survey(request: &Request) -> Result<(Site, Vec<Diagnostic>), Failure> {
    let Inputs { configs, source, warnings, key: _ } = read(request, &[])?;
    let (site, diagnostics) = understand(source.documents, source.assets, &configs, warnings, request.now);
    let diagnostics = in_order(diagnostics);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Failure::new(FailureKind::Content, diagnostics));
    }
    Ok((site, diagnostics))
}

fn count_pictures(outputs: &Outputs) -> usize {
    outputs.iter().filter(|output| output.content.is_made()).count()
}

/// Understands a document, to be shared by sites that have it in common.
pub(crate) fn parse(document: Document, configs: &Configs) -> (Arc<page::Content>, Vec<Diagnostic>) {
    let config = configs.languages.get(document.language).unwrap_or_else(|| configs.general());
    let (content, problems) = page::parse(document, config);
    (Arc::new(content), problems)
}
