//! A site whose outputs are made one by one, when somebody asks for them.
//!
//! The same makers as in a whole build, so the bytes are the same; only the order differs. Remembers the outputs that it
//! has made, within a budget. Pictures are only planned here; making them is up to the caller.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::context::{PLACEHOLDERS, Purpose, Shared};
use super::emit::Emitter;
use super::engine::Engine;
use super::pictures::Probes;
use super::recipes::{Maker, Recipe, Recipes};
use super::search;
use crate::diag::{Diagnostic, in_order};
use crate::digest::Digest;
use crate::image::MetadataPolicy;
use crate::output::{Class, Content, Output, SocialCard, Variant};
use crate::path::{OutputPath, Route, SourcePath};
use crate::site::{PageId, Site};
use crate::source::Asset;
use crate::theme::Theme;

/// Most bytes of made texts that are remembered.
const MEMORY_MAX_BYTES: usize = 64 << 20;

/// A site ready to make any of its outputs.
#[derive(Debug)]
pub struct Live {
    emitter: Emitter,
    recipes: Arc<Recipes>,
    /// Texts that were made, with their digests.
    made: Mutex<Memory>,
    /// The files of the search, made when the first of them is asked for: that takes the text of every page.
    search: OnceLock<HashMap<OutputPath, Ready>>,
}

#[derive(Debug, Default)]
struct Memory {
    texts: HashMap<OutputPath, Ready>,
    size_bytes: usize,
}

/// A text that was made.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The text's bytes.
    pub bytes: Arc<[u8]>,
    /// Their digest.
    pub digest: Digest,
    /// Whether it is a page or a redirect, which browsers show as HTML.
    pub class: Class,
}

/// What is at a path.
#[derive(Debug)]
pub enum Found {
    /// A page, redirect, feed or file of the program.
    Text(Ready),
    /// A file of the site.
    File(Asset),
    /// A picture file of the site, published without what the policy forbids.
    PictureFile(Asset, MetadataPolicy),
    /// A picture to be made.
    Picture(Box<Variant>),
    /// A social card to be drawn.
    Card(Box<SocialCard>),
}

impl Live {
    /// Loads the templates for a site; `recipes` are those of the last build where no address has changed since.
    ///
    /// Returns with it what is wrong with the addresses, as far as they are listed anew.
    ///
    /// # Errors
    /// All templates that cannot be read.
    pub fn new(
        site: &Arc<Site>,
        theme: &Theme<'_>,
        static_files: &[Asset],
        probes: Arc<Probes>,
        recipes: Option<Arc<Recipes>>,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let shared = Shared::new(Arc::clone(site), static_files, theme, probes, Purpose::Preview);
        let engine = Engine::new(theme, &Arc::new(shared))?;
        let (recipes, problems) = match recipes {
            Some(recipes) => (recipes, Vec::new()),
            None => {
                let (recipes, problems) = Recipes::of(site, theme, static_files);
                (Arc::new(recipes), problems)
            }
        };
        let emitter = Emitter::new(engine, static_files);
        Ok((Self { emitter, recipes, made: Mutex::default(), search: OnceLock::new() }, problems))
    }

    /// Returns the site.
    pub fn site(&self) -> &Site {
        self.emitter.site()
    }

    /// Returns the list of outputs, for a site with the same addresses.
    pub fn recipes(&self) -> &Arc<Recipes> {
        &self.recipes
    }

    /// Returns what is at a path, making it if need be; `None` where there is nothing.
    ///
    /// # Errors
    /// The template that makes it fails.
    pub fn find(&self, path: &OutputPath) -> Result<Option<Found>, Diagnostic> {
        if let Some(ready) = self.remembered(path) {
            return Ok(Some(Found::Text(ready)));
        }
        match self.recipes.find(path) {
            Some(recipe) => self.emitter.make(recipe).map(|output| Some(self.keep(output))),
            None if path.as_str().starts_with(search::FOLDER) => {
                Ok(self.search().get(path).cloned().map(Found::Text))
            }
            None => Ok(self.picture(path)),
        }
    }

    fn search(&self) -> &HashMap<OutputPath, Ready> {
        self.search.get_or_init(|| {
            let made = search::outputs(&self.emitter).into_iter().flatten();
            let text = |output: Output| match output.content {
                Content::Bytes(bytes) => {
                    let ready =
                        Ready { digest: Digest::of(&bytes), bytes: bytes.into(), class: output.class };
                    Some((output.path, ready))
                }
                _ => None,
            };
            made.filter_map(text).collect()
        })
    }

    /// Returns how many outputs there are, pictures aside.
    #[expect(clippy::len_without_is_empty, reason = "a site is never empty")]
    pub fn len(&self) -> usize {
        self.recipes.iter().count()
    }

    /// Says whether there is an output at a path, pictures aside.
    pub fn has(&self, path: &OutputPath) -> bool {
        self.recipes.find(path).is_some()
    }

    fn remembered(&self, path: &OutputPath) -> Option<Ready> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).texts.get(path).cloned()
    }

    fn keep(&self, output: Output) -> Found {
        let bytes: Arc<[u8]> = match output.content {
            Content::Copy(asset) => return Found::File(asset),
            Content::PictureFile(asset, metadata) => return Found::PictureFile(asset, metadata),
            Content::Picture(variant) => return Found::Picture(variant),
            Content::Card(card) => return Found::Card(card),
            Content::Bytes(bytes) => bytes.into(),
        };
        let ready = Ready { digest: Digest::of(&bytes), bytes, class: output.class };
        let mut memory = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        memory.size_bytes += ready.bytes.len();
        if memory.size_bytes > MEMORY_MAX_BYTES {
            *memory = Memory { size_bytes: ready.bytes.len(), ..Memory::default() };
        }
        memory.texts.insert(output.path, ready.clone());
        Found::Text(ready)
    }

    /// Finds a picture that a page asks for; the page is made for that if it has not been yet.
    ///
    /// A picture lies in the folder of its page, or below it.
    fn picture(&self, path: &OutputPath) -> Option<Found> {
        if let Some(known) = self.planned(path) {
            return Some(known);
        }
        let mut folder = path.folder();
        loop {
            self.make_pages_at(&Route::new(&format!("/{folder}/")));
            if let Some(known) = self.planned(path) {
                return Some(known);
            }
            if folder.is_empty() {
                return self.picture_of_static_file(path);
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }

    /// Finds a picture that lies beside a static file: any page may have asked for it.
    fn picture_of_static_file(&self, path: &OutputPath) -> Option<Found> {
        let shared = &self.emitter.engine.shared;
        let (stem, _) = path.as_str().rsplit_once("_hw_")?;
        let mut files = shared.static_paths.range(stem.to_owned()..);
        files.next().filter(|file| file.starts_with(stem))?;
        self.site().ids().find_map(|id| {
            self.emitter.article(id);
            self.planned(path)
        })
    }

    /// Returns a picture or card that a page has asked for.
    fn planned(&self, path: &OutputPath) -> Option<Found> {
        let shared = &self.emitter.engine.shared;
        let picture = shared.pictures.find(path).map(|variant| Found::Picture(Box::new(variant)));
        picture.or_else(|| shared.cards.find(path).map(|card| Found::Card(Box::new(card))))
    }

    /// Makes whatever may ask for pictures in a folder: the text of its page, which may have no output, and the output.
    fn make_pages_at(&self, route: &Route) {
        let site = self.site();
        for id in site.ids().filter(|id| site.page(*id).route.own("") == *route) {
            // Translations may have pictures made from the files of this page.
            for id in site.page(id).translations.iter().copied().chain([id]) {
                self.emitter.article(id);
                let path = site.page(id).route.output().ok();
                if let Some(recipe) = path.and_then(|path| self.recipes.find(&path)) {
                    // A page that fails is told when it is asked for; it may have planned the picture all the same.
                    let _ = self.emitter.make(recipe);
                }
            }
        }
    }

    /// Returns the text of a box that stands in for a missing picture, by the box's address.
    pub fn placeholder(&self, address: &str) -> Option<String> {
        let is_ours = address.starts_with(PLACEHOLDERS);
        is_ours.then(|| self.emitter.engine.shared.placeholder_text(address)).flatten()
    }

    /// Returns everything that was noted since the last call: by whatever was made meanwhile.
    pub fn take_diagnostics(&self) -> Vec<Diagnostic> {
        self.take_noted(false)
    }

    fn take_noted(&self, all_are_made: bool) -> Vec<Diagnostic> {
        let engine = &self.emitter.engine;
        let mut noted = engine.shared.take_diagnostics();
        noted.extend(engine.shared.take_unknown(&engine.shortcodes, all_are_made));
        in_order(noted)
    }

    /// Makes the texts and outputs of some pages, and some other outputs, and returns what is wrong with them.
    pub fn check(&self, pages: Vec<PageId>, others: &[OutputPath]) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let mut paths = BTreeSet::new();
        for id in pages {
            // A page without an output of its own has a text all the same.
            self.emitter.article(id);
            paths.extend(self.site().page(id).route.output().ok());
        }
        for path in paths.iter().chain(others) {
            problems.extend(self.find(path).err());
        }
        problems.extend(self.take_diagnostics());
        in_order(problems)
    }

    /// Makes every output and forgets it; returns everything that is wrong with them, or `None` if it was told to stop.
    pub fn check_all(mut self, is_stopped: &dyn Fn() -> bool) -> Option<Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let recipes = Arc::clone(&self.recipes);
        let pages: BTreeMap<PageId, &Recipe> = recipes
            .iter()
            .filter_map(|recipe| if let Maker::Page(id) = recipe.maker { Some((id, recipe)) } else { None })
            .collect();
        for id in self.site().ids() {
            problems.extend(self.emitter.check_page(id, pages.get(&id).copied()).err());
            if is_stopped() {
                return None;
            }
        }
        let others = recipes.iter().filter(|recipe| !matches!(recipe.maker, Maker::Page(_)));
        for recipe in others {
            problems.extend(self.emitter.make(recipe).err());
            if is_stopped() {
                return None;
            }
        }
        problems.extend(self.take_noted(true));
        Some(in_order(problems))
    }

    /// Returns the addresses at which some files are published as they are.
    pub fn copies_of(&self, sources: &BTreeSet<SourcePath>) -> BTreeSet<String> {
        let is_meant = |asset: &Asset| sources.contains(&asset.source);
        let base = &self.site().config.base_url;
        let copies = self.recipes.iter().filter(|recipe| self.emitter.copied(recipe).is_some_and(is_meant));
        copies.map(|recipe| base.relative(&Route::new(recipe.path.as_str()))).collect()
    }

    /// Returns the addresses of copied files that are others than in another state of the site, or only in one of them.
    pub fn changed_copies(&self, other: &Self) -> BTreeSet<String> {
        let (own, others) = (self.copies(), other.copies());
        own.symmetric_difference(&others).map(|(address, _)| address.clone()).collect()
    }

    /// Returns the addresses of all copied files, with what tells one state of a file from another.
    fn copies(&self) -> BTreeSet<(String, (u64, u128))> {
        let base = &self.site().config.base_url;
        let copies = self.recipes.iter().filter_map(|recipe| {
            let asset = self.emitter.copied(recipe)?;
            let address = base.relative(&Route::new(recipe.path.as_str()));
            Some((address, (asset.size_bytes, asset.modified_ns)))
        });
        copies.collect()
    }

    /// Returns how many pages of all kinds there are, slices of lists included.
    pub fn pages(&self) -> usize {
        let is_page = |maker: &Maker| {
            matches!(
                maker,
                Maker::Page(_) | Maker::Slice(..) | Maker::NotFound(_) | Maker::Archive(_) | Maker::Print(_)
            )
        };
        self.recipes.iter().filter(|recipe| is_page(&recipe.maker)).count()
    }
}
