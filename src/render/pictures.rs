//! Plans the pictures that templates ask for: size and address now, from the header alone; pixels later.
//!
//! A picture is read once, for its header and its digest, when the first template names it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::image::{self, Command, ImageInfo};
use crate::output::Variant;
use crate::path::{OutputPath, Route, SourcePath};
use crate::site::{Resource, ResourceFile, Site};
use crate::source::{Asset, read_asset};

/// A picture as templates see it.
pub(super) struct Planned {
    /// Where it will be published.
    pub(super) route: Route,
    /// Its size in pixels.
    pub(super) size: image::Size,
    /// Under which the cache will have it.
    pub(super) key: Digest,
    /// Words of the options that mean nothing.
    pub(super) ignored_words: Vec<String>,
}

/// A file with pixels, and where it is published.
pub(super) struct PictureFile<'a> {
    /// The file.
    pub(super) asset: &'a Asset,
    /// Its address, beside which the pictures made from it lie.
    pub(super) route: Cow<'a, Route>,
}

impl<'a> PictureFile<'a> {
    /// Returns the file of a resource.
    ///
    /// # Errors
    /// `image-not-a-picture`: it is a text.
    pub(super) fn of(site: &'a Site, resource: &'a Resource) -> Result<Self, Diagnostic> {
        let file = match &resource.file {
            ResourceFile::Asset { index, route, .. } => {
                site.assets.get(*index).map(|asset| Self { asset, route: Cow::Borrowed(route) })
            }
            ResourceFile::Text { .. } => None,
        };
        file.ok_or_else(|| {
            let message = format!("`{}` is a text, not a picture", resource.name);
            Diagnostic::error("image-not-a-picture", message)
                .hint("the first match in order of names is taken: name the picture with its extension")
        })
    }
}

impl PictureFile<'_> {
    /// Names the file in a problem whose place is that of a shortcode.
    pub(super) fn named_in(&self, mut problem: Diagnostic) -> Diagnostic {
        let name = self.asset.source.as_str().rsplit('/').next().unwrap_or_default();
        problem.message = format!("`{name}`: {}", problem.message);
        problem
    }
}

/// What the header of a picture says, and the digest of the file.
type Probed = Result<(ImageInfo, Digest), Diagnostic>;

/// A file as it was at one time: path, size in bytes, time of the last change.
type Stamp = (SourcePath, u64, u128);

/// What is known of pictures from reading their files; a file that has changed since is read anew.
///
/// A preview keeps it from one build to the next: a report with 300 photos is not read again for every edit.
#[derive(Debug, Default)]
pub struct Probes {
    known: Mutex<HashMap<Stamp, Arc<OnceLock<Probed>>>>,
}

impl Probes {
    /// Forgets a file, which may have been written twice within one tick of the file system's clock.
    pub fn forget(&self, source: &SourcePath) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).retain(|(path, ..), _| path != source);
    }

    fn probe(&self, asset: &Asset) -> Probed {
        let stamp = (asset.source.clone(), asset.size_bytes, asset.modified_ns);
        let cell = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(stamp).or_default())
        };
        // Other pictures are read at the same time: the map is not locked any more.
        cell.get_or_init(|| {
            let bytes = read_asset(asset)?;
            Ok((image::probe(Cursor::new(&bytes))?, Digest::of(&bytes)))
        })
        .clone()
    }
}

/// The pictures of one build.
#[derive(Debug)]
pub(super) struct Pictures {
    probes: Arc<Probes>,
    wanted: Mutex<BTreeMap<OutputPath, Variant>>,
}

impl Pictures {
    pub(super) fn new(probes: Arc<Probes>) -> Self {
        Self { probes, wanted: Mutex::default() }
    }

    /// Returns what the header of a picture says.
    pub(super) fn probe(&self, site: &Site, asset: usize) -> Probed {
        match site.assets.get(asset) {
            Some(asset) => self.probes.probe(asset),
            None => Err(Diagnostic::error("image-not-found", "this picture is not part of the site")),
        }
    }

    /// Plans a picture made from a resource, and notes it to be made; one that is not asked for may fail.
    pub(super) fn plan(
        &self,
        site: &Site,
        resource: &Resource,
        command: Command,
        options: &str,
        is_asked_for: bool,
    ) -> Result<Planned, Diagnostic> {
        let file = PictureFile::of(site, resource)?;
        let spec = image::parse_spec(command, options, &site.config.imaging)?;
        let (info, source) = self.header(&file).map_err(|problem| file.named_in(problem))?;
        let plan = image::plan(&info, &spec)?;
        self.want(&file, Variant { asset: file.asset.clone(), source, info, spec, plan, is_asked_for })
    }

    /// Plans a picture that nobody asked for, made from a file, and notes it to be made; it may fail.
    pub(super) fn plan_file(
        &self,
        site: &Site,
        file: &PictureFile<'_>,
        command: Command,
        options: &str,
    ) -> Result<Planned, Diagnostic> {
        let spec = image::parse_spec(command, options, &site.config.imaging)?;
        let (info, source) = self.header(file)?;
        let plan = image::plan(&info, &spec)?;
        let is_asked_for = false;
        self.want(file, Variant { asset: file.asset.clone(), source, info, spec, plan, is_asked_for })
    }

    /// Returns what the header of a file says.
    pub(super) fn header(&self, file: &PictureFile<'_>) -> Probed {
        self.probes.probe(file.asset)
    }

    /// Notes a picture to be made from a file, beside which it is published.
    ///
    /// # Errors
    /// `output-path`: its address cannot be a file.
    pub(super) fn want(&self, file: &PictureFile<'_>, variant: Variant) -> Result<Planned, Diagnostic> {
        let file_name = file.route.as_str().rsplit('/').next().unwrap_or_default();
        let name = image::variant_name(file_name, variant.source, &variant.spec, &variant.plan);
        let planned = Planned {
            route: file.route.join(&name),
            size: variant.plan.size,
            key: variant.key(),
            ignored_words: variant.spec.ignored_words.0.clone(),
        };
        let path = planned.route.output()?;
        let is_asked_for = variant.is_asked_for;
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        // The same picture may adorn a list and stand in a text.
        wanted.entry(path).and_modify(|known| known.is_asked_for |= is_asked_for).or_insert(variant);
        Ok(planned)
    }

    /// Returns a picture that was asked for.
    pub(super) fn find(&self, path: &OutputPath) -> Option<Variant> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    /// Returns the file that a picture, which was asked for, is made from.
    pub(super) fn source_of(&self, path: &OutputPath) -> Option<SourcePath> {
        let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.get(path).map(|variant| variant.asset.source.clone())
    }

    /// Hands over all pictures that were asked for.
    pub(super) fn take_wanted(&self) -> BTreeMap<OutputPath, Variant> {
        std::mem::take(&mut *self.wanted.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
