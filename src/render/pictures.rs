//! Plans the pictures that templates ask for: size and address now, from the header alone; pixels later.
//!
//! A picture is read once a build, for its header and its digest, when the first template names it.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::image::{self, Command, ImageInfo};
use crate::output::Variant;
use crate::path::{OutputPath, Route};
use crate::site::{Resource, ResourceFile, Site};
use crate::source::read_asset;

/// A picture as templates see it.
pub(super) struct Planned {
    /// Where it will be published.
    pub(super) route: Route,
    /// Its size in pixels.
    pub(super) size: image::Size,
    /// Words of the options that mean nothing.
    pub(super) ignored_words: Vec<String>,
}

/// The pictures of one build.
#[derive(Debug)]
pub(super) struct Pictures {
    probed: Vec<OnceLock<Result<(ImageInfo, Digest), Diagnostic>>>,
    wanted: Mutex<BTreeMap<OutputPath, Variant>>,
}

impl Pictures {
    pub(super) fn new(assets: usize) -> Self {
        Self { probed: (0..assets).map(|_| OnceLock::new()).collect(), wanted: Mutex::default() }
    }

    /// Returns what the header of a picture says.
    pub(super) fn probe(&self, site: &Site, asset: usize) -> Result<(ImageInfo, Digest), Diagnostic> {
        let Some(cell) = self.probed.get(asset) else {
            return Err(Diagnostic::error("image-not-found", "this picture is not part of the site"));
        };
        cell.get_or_init(|| {
            let bytes = read_asset(&site.assets[asset])?;
            Ok((image::probe(Cursor::new(&bytes))?, Digest::of(&bytes)))
        })
        .clone()
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
        let ResourceFile::Asset { index, route } = &resource.file else {
            let message = format!("`{}` is a text, not a picture", resource.name);
            return Err(Diagnostic::error("image-not-a-picture", message)
                .hint("the first match in order of names is taken: name the picture with its extension"));
        };
        let spec = image::parse_spec(command, options, &site.config.imaging)?;
        let (info, source) = self.probe(site, *index).map_err(|problem| name_the_file(problem, resource))?;
        let plan = image::plan(&info, &spec)?;
        let file_name = route.as_str().rsplit('/').next().unwrap_or_default();
        let variant_route = route.join(&image::variant_name(file_name, source, &spec, &plan));
        let planned =
            Planned { route: variant_route, size: plan.size, ignored_words: spec.ignored_words.0.clone() };
        let variant = Variant { asset: site.assets[*index].clone(), source, info, spec, plan, is_asked_for };
        let path = planned.route.output()?;
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        // The same picture may adorn a list and stand in a text.
        wanted.entry(path).and_modify(|known| known.is_asked_for |= is_asked_for).or_insert(variant);
        Ok(planned)
    }

    /// Hands over all pictures that were asked for.
    pub(super) fn take_wanted(&self) -> BTreeMap<OutputPath, Variant> {
        std::mem::take(&mut *self.wanted.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A broken picture is named together with the trouble: the place is the shortcode's.
fn name_the_file(mut problem: Diagnostic, resource: &Resource) -> Diagnostic {
    problem.message = format!("`{}`: {}", resource.path, problem.message);
    problem
}
