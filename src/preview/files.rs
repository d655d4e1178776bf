//! What was last read of a site's files, and what of it has changed since.
//!
//! Reads again only what may have changed; what it holds in the end is what a whole scan would find. Does not put the
//! site together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::Touched;
use super::changes::Changes;
use crate::config::{Configs, DATA_FOLDER, Mount, WORDS_FOLDER};
use crate::diag::Diagnostic;
use crate::page::Content;
use crate::path::SourcePath;
use crate::pipeline::{self, Configured, Failure, Request, absolute};
use crate::source::{self, Asset, Listing, TemplateFile};

/// The files of a site as they were when they were last looked at.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) configured: Configured,
    pub(super) templates: Arc<Vec<TemplateFile>>,
    pub(super) static_files: Arc<Vec<Asset>>,
    root: PathBuf,
    skip: Vec<PathBuf>,
    /// The history of the files, as it was when they were read first.
    commits: source::Commits,
    /// Texts of the content folders by their path from the site's root.
    texts: BTreeMap<SourcePath, Text>,
    /// Other files of the content folders by their path from the site's root, with the index of their folder.
    assets: BTreeMap<SourcePath, (usize, Asset)>,
    /// By folder of content.
    content_notes: Vec<Notes>,
    static_notes: Notes,
    template_notes: Notes,
    /// When the files were last looked at, in nanoseconds since 1970.
    looked_at_ns: u128,
}

/// What is doubtful about a folder's listing.
#[derive(Debug, Default)]
struct Notes {
    warnings: Vec<Diagnostic>,
    problems: Vec<Diagnostic>,
}

/// A text as it was last read.
#[derive(Debug)]
struct Text {
    file: Asset,
    /// Index of the content folder that it lies in.
    mount: usize,
    /// Absent where it cannot be read.
    content: Option<Arc<Content>>,
    problems: Vec<Diagnostic>,
}

/// A file may be written twice within one tick of the file system's clock: it counts as new for this long.
const FRESH_NS: u128 = 2_000_000_000;

impl Files {
    /// Reads all files of a site.
    ///
    /// # Errors
    /// There is no site, or its configuration is faulty.
    pub(super) fn load(request: &Request, skip: &[PathBuf], read_at: Timestamp) -> Result<Self, Failure> {
        let mut configured = pipeline::configure(request)?;
        let skip = configured.skipped(request, skip);
        let content_notes = configured.configs.content.iter().map(|_| Notes::default()).collect();
        let (commits, warning) = source::commits(&request.root, configured.configs.general());
        configured.warnings.extend(warning);
        let mut files = Self {
            configured,
            commits,
            root: absolute(&request.root),
            skip,
            texts: BTreeMap::new(),
            assets: BTreeMap::new(),
            templates: Arc::default(),
            static_files: Arc::default(),
            content_notes,
            static_notes: Notes::default(),
            template_notes: Notes::default(),
            looked_at_ns: 0,
        };
        files.look_again(&Touched::Everything, read_at);
        Ok(files)
    }

    /// Says whether the configuration is another one by now, or the site another kind of site.
    ///
    /// # Errors
    /// The configuration cannot be read any more.
    pub(super) fn is_reconfigured(&self, request: &Request, touched: &Touched) -> Result<bool, Failure> {
        let folders = ["config", WORDS_FOLDER, DATA_FOLDER].map(|folder| self.root.join(folder));
        let concerns = |path: &PathBuf| {
            path.parent() == Some(&self.root) || folders.iter().any(|folder| path.starts_with(folder))
        };
        if let Touched::Paths(paths) = touched
            && !paths.iter().any(|path| concerns(path) || *path == self.root)
        {
            return Ok(false);
        }
        let now = pipeline::configure(request)?;
        let texts = |configured: &Configured| {
            let files = configured.files.iter();
            files.map(|file| (file.path.clone(), file.text.clone())).collect::<Vec<_>>()
        };
        let mounts = |configured: &Configured| configured.configs.content.clone();
        Ok(texts(&now) != texts(&self.configured) || mounts(&now) != mounts(&self.configured))
    }

    /// Reads what may have changed, and tells what has.
    pub(super) fn look_again(&mut self, touched: &Touched, read_at: Timestamp) -> Changes {
        let mut changes = Changes::default();
        match touched {
            Touched::Everything => {
                for mount in 0..self.configured.configs.content.len() {
                    self.look_at_content(mount, "", false, &mut changes);
                }
                self.look_at_static(&BTreeSet::new(), &mut changes);
                self.look_at_templates(&mut changes);
            }
            Touched::Paths(paths) => self.look_at_paths(paths, &mut changes),
        }
        self.looked_at_ns = u128::try_from(read_at.as_nanosecond()).unwrap_or_default();
        changes
    }

    fn look_at_paths(&mut self, paths: &BTreeSet<PathBuf>, changes: &mut Changes) {
        let configs = &self.configured.configs;
        let folders = |mounts: &[Mount]| mounts.iter().map(|mount| self.folder(&mount.folder)).collect();
        let contents: Vec<PathBuf> = folders(&configs.content);
        let static_dirs: Vec<PathBuf> = folders(&configs.static_files);
        let templates = self.folder(source::TEMPLATES);
        // A folder above is concerned too: it may have been moved away, or have come back.
        let concerns = |path: &Path, top: &PathBuf| path.starts_with(top) || top.starts_with(path);
        if paths.iter().any(|path| static_dirs.iter().any(|top| concerns(path, top))) {
            self.look_at_static(paths, changes);
        }
        if paths.iter().any(|path| concerns(path, &templates)) {
            self.look_at_templates(changes);
        }
        for (mount, content) in contents.iter().enumerate() {
            for path in paths {
                match path.strip_prefix(content) {
                    Ok(within) => {
                        if let Some(within) = within.to_str() {
                            self.look_at_content(mount, &within.replace('\\', "/"), true, changes);
                        }
                    }
                    Err(_) if content.starts_with(path) => self.look_at_content(mount, "", false, changes),
                    Err(_) => {}
                }
            }
        }
    }

    /// Looks at a file or folder of the content; `is_told` says that something is known to have happened there.
    fn look_at_content(&mut self, mount: usize, within: &str, is_told: bool, changes: &mut Changes) {
        // What could not be read may have been anywhere.
        let within = if self.content_notes[mount].problems.is_empty() { within } else { "" };
        let configs = &self.configured.configs;
        let Listing { files, warnings, problems } =
            source::list_content(&self.root, configs, &configs.content[mount], within, &self.skip);
        let top = join(&configs.content[mount].folder, within);
        self.content_notes[mount].replace(&top, warnings, problems);
        let found: BTreeSet<SourcePath> = files.iter().map(|file| file.source.clone()).collect();
        self.forget_lost(mount, &top, &found, changes);
        let (texts, assets): (Vec<Asset>, Vec<Asset>) =
            files.into_iter().partition(|file| source::is_markdown(&file.path));
        let is_named = |file: &Asset| is_told && file.source.as_str() == top;
        for asset in assets {
            let known = self.assets.get(&asset.source);
            if is_named(&asset) || known.is_none_or(|(_, known)| differs(known, &asset)) {
                changes.asset(&asset);
                self.assets.insert(asset.source.clone(), (mount, asset));
            }
        }
        let doubtful: Vec<Asset> = texts
            .into_iter()
            .filter(|file| {
                let known = self.texts.get(&file.source);
                is_named(file) || self.is_fresh(file) || known.is_none_or(|known| differs(&known.file, file))
            })
            .collect();
        let configs = &self.configured.configs;
        let commits = &self.commits;
        let read: Vec<Text> =
            doubtful.into_par_iter().map(|file| read(file, mount, configs, commits)).collect();
        for text in read {
            let old = self.texts.get(&text.file.source);
            changes.text(&text.file.source, old.map(|old| old.content.as_ref()), text.content.as_ref());
            self.texts.insert(text.file.source.clone(), text);
        }
    }

    /// Forgets what lay at or below a path and is not there any more.
    fn forget_lost(&mut self, mount: usize, top: &str, found: &BTreeSet<SourcePath>, changes: &mut Changes) {
        let is_lost = |path: &SourcePath, of: usize| {
            of == mount && lies_at(path.as_str(), top) && !found.contains(path)
        };
        self.texts.retain(|path, text| {
            let lost = is_lost(path, text.mount);
            if lost {
                changes.lost_text(&text.file.source);
            }
            !lost
        });
        self.assets.retain(|path, (of, asset)| {
            let lost = is_lost(path, *of);
            if lost {
                changes.asset(asset);
            }
            !lost
        });
    }

    /// Says whether a text may have been written again since it was read, without another time of its last change.
    fn is_fresh(&self, file: &Asset) -> bool {
        file.modified_ns + FRESH_NS > self.looked_at_ns
    }

    fn look_at_static(&mut self, told: &BTreeSet<PathBuf>, changes: &mut Changes) {
        let listing = source::list_static(&self.root, &self.configured.configs, &self.skip);
        let known: BTreeMap<&SourcePath, &Asset> =
            self.static_files.iter().map(|file| (&file.path, file)).collect();
        for file in &listing.files {
            let old = known.get(&file.path).copied();
            let is_named = told.contains(&file.file);
            if is_named || old.is_none_or(|old| old.file != file.file || differs(old, file)) {
                changes.static_file(file, old);
            }
        }
        let found: BTreeSet<&SourcePath> = listing.files.iter().map(|file| &file.path).collect();
        for lost in self.static_files.iter().filter(|file| !found.contains(&file.path)) {
            changes.lost_static(lost);
        }
        self.static_notes = Notes { warnings: listing.warnings, problems: listing.problems };
        self.static_files = Arc::new(listing.files);
    }

    fn look_at_templates(&mut self, changes: &mut Changes) {
        let (templates, listing) = source::read_templates(&self.root, &self.skip);
        changes.templates(&self.templates, &templates);
        self.template_notes = Notes { warnings: listing.warnings, problems: listing.problems };
        self.templates = Arc::new(templates);
    }

    /// Returns all texts that can be read, in the order of their paths.
    pub(super) fn contents(&self) -> Vec<Arc<Content>> {
        self.texts.values().filter_map(|text| text.content.clone()).collect()
    }

    /// Returns all other files of the content folder, in the order of their paths.
    pub(super) fn assets(&self) -> Vec<Asset> {
        self.assets.values().map(|(_, asset)| asset.clone()).collect()
    }

    /// Returns everything that is wrong with the files as they are.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        let notes = self.content_notes.iter().chain([&self.static_notes, &self.template_notes]);
        let of_folders = notes.flat_map(|notes| notes.warnings.iter().chain(&notes.problems));
        let of_texts = self.texts.values().flat_map(|text| &text.problems);
        self.configured.warnings.iter().chain(of_folders).chain(of_texts).cloned().collect()
    }

    /// Returns the folders whose files belong to the site, there or not.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        let configs = &self.configured.configs;
        let mounts = configs.static_files.iter().chain(&configs.content);
        let folders = mounts.map(|mount| mount.folder.as_str());
        folders
            .chain([source::TEMPLATES, WORDS_FOLDER, DATA_FOLDER, "config"])
            .map(|folder| self.folder(folder))
            .collect()
    }

    /// Returns where a folder of the site lies; it may be a link to another one in the site.
    fn folder(&self, name: &str) -> PathBuf {
        absolute(&self.root.join(name))
    }

    /// Returns the paths below which nothing belongs to the site.
    pub(super) fn skipped(&self) -> &[PathBuf] {
        &self.skip
    }
}

fn differs(known: &Asset, now: &Asset) -> bool {
    (known.size_bytes, known.modified_ns) != (now.size_bytes, now.modified_ns)
}

impl Notes {
    /// Puts what was found at and below a path in the place of what was known of it.
    fn replace(&mut self, path: &str, warnings: Vec<Diagnostic>, problems: Vec<Diagnostic>) {
        self.warnings.retain(|warning| warning.at.as_ref().is_none_or(|at| !lies_at(&at.path, path)));
        self.warnings.extend(warnings);
        self.problems = problems;
    }
}

fn read(file: Asset, mount: usize, configs: &Configs, commits: &source::Commits) -> Text {
    match source::read_document(&file, configs) {
        Ok(mut document) => {
            document.history.commit = commits.of(&document.source);
            let (content, problems) = pipeline::parse(document, configs);
            Text { file, mount, content: Some(content), problems }
        }
        Err(problem) => Text { file, mount, content: None, problems: vec![problem] },
    }
}

/// Says whether a path is another one, or lies below it; everything lies below the empty path.
fn lies_at(path: &str, top: &str) -> bool {
    top.is_empty() || path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn join(folder: &str, within: &str) -> String {
    [folder, within].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}
