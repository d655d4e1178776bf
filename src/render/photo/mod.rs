//! Offers a picture in the sizes and formats that suit it, and writes the HTML that says so.
//!
//! Plans only: what is offered here is made later, as far as it is published. Which picture is meant is decided by the
//! callers, template functions and Markdown.

mod large;
mod tag;

use std::borrow::Cow;

use super::context::Shared;
use super::pictures::{PictureFile, Planned};
use crate::diag::{Diagnostic, Location, Severity};
use crate::digest::Digest;
use crate::image::{self, Command, Format, ImageInfo, Plan, Responsive, Size, Spec};
use crate::media::is_pixels;
use crate::output::Variant;
use crate::path::{Route, has_scheme};
use crate::site::links::Target;
use crate::site::{Page, Resource};

pub(super) use large::large;
pub(super) use tag::{Attributes, plain_tag, without_lazy};

/// From this width on a candidate is good enough for browsers that know no `srcset`.
const PLAIN_MIN_WIDTH_PX: u32 = 800;

/// A picture as a page offers it.
#[derive(Debug)]
pub(super) struct Photo {
    /// The address for every browser.
    pub(super) route: Route,
    /// The size in which it is laid out.
    pub(super) size: Size,
    /// Words of the options that mean nothing.
    pub(super) ignored_words: Vec<String>,
    /// The same in better formats, best first.
    sources: Vec<(Format, Vec<Candidate>)>,
    /// What there is in the format of `route`, itself included; empty where that is all.
    candidates: Vec<Candidate>,
    /// The `sizes` attribute, where widths tell the candidates apart.
    sizes: Option<String>,
    /// The picture whose mean colour stands in until it is loaded.
    color_of: Option<Digest>,
}

/// One of several files for the same picture.
#[derive(Debug)]
struct Candidate {
    route: Route,
    descriptor: Descriptor,
}

/// What a browser chooses a candidate by.
#[derive(Debug, Clone, Copy)]
enum Descriptor {
    Single,
    Double,
    WidthPx(u32),
}

/// Offers exactly the picture that is asked for, and the same for finer displays and in better formats.
///
/// One that is not asked for may fail when it is made.
///
/// # Errors
/// The options mean nothing, or the file cannot be planned.
pub(super) fn exact(
    shared: &Shared,
    file: &PictureFile<'_>,
    command: Command,
    options: &str,
    is_asked_for: bool,
) -> Result<Photo, Diagnostic> {
    // The place of what is asked for is the shortcode's.
    let named = |problem| if is_asked_for { file.named_in(problem) } else { problem };
    let (info, source) = shared.pictures.header(file).map_err(named)?;
    let planner = Planner { shared, file, info, source, is_asked_for };
    let single = planner.plan(command, options)?;
    let asks_for_format = single.0.format.is_some();
    let planned = planner.want(single.clone())?;
    let mut photo = Photo::plain(planned.route.clone(), planned.size);
    photo.ignored_words = planned.ignored_words;
    let responsive = &shared.site.config.imaging.responsive;
    if !responsive.is_on || !info.scales_well {
        return Ok(photo);
    }
    photo.color_of = planner.color_of(planned.key);
    photo.candidates = planner.densities(&single, Some(planned.route));
    if !asks_for_format {
        for format in responsive.formats_before(single.1.format) {
            let options = format!("{options} {}", image::format_words(info.format, format));
            // Nobody asked for it: where its making would take too much memory, the page does without.
            if let Ok(better) = planner.plan(command, &options) {
                photo.sources.push((format, planner.densities(&better, None)));
            }
        }
    }
    Ok(photo)
}

/// Offers a whole picture in the widths of the site; one that has no smaller copies is shown as it is.
///
/// # Errors
/// The file's header is broken, or it is too large.
pub(super) fn responsive(shared: &Shared, file: &PictureFile<'_>) -> Result<Photo, Diagnostic> {
    let (info, source) = shared.pictures.header(file)?;
    let responsive = &shared.site.config.imaging.responsive;
    if !info.scales_well {
        return Ok(Photo::plain(file.route.as_ref().clone(), info.size));
    }
    let planner = Planner { shared, file, info, source, is_asked_for: false };
    let fallback = image::fallback_format(info.format);
    let widths = responsive.widths_for(info.size);
    let (candidates, color_of) = planner.widths(&widths, fallback)?;
    let plain = candidates.iter().zip(&widths).find(|(_, width)| **width >= PLAIN_MIN_WIDTH_PX);
    let Some(plain) = plain.map(|(candidate, _)| candidate).or(candidates.last()) else {
        return Ok(Photo::plain(file.route.as_ref().clone(), info.size));
    };
    let mut photo = Photo::plain(plain.route.clone(), laid_out(info.size, &widths));
    for format in responsive.formats_before(fallback) {
        photo.sources.push((format, planner.widths(&widths, format)?.0));
    }
    photo.sizes = Some(responsive.sizes_for(photo.size.width_px));
    photo.color_of = color_of.and_then(|key| planner.color_of(key));
    photo.candidates = candidates;
    Ok(photo)
}

/// A picture that an author's text names.
pub(super) struct FoundPicture<'a> {
    /// The file.
    pub(super) file: PictureFile<'a>,
    /// Set where it is of the page's bundle.
    pub(super) resource: Option<&'a Resource>,
}

/// Finds the picture that a target names: by its path or name in the page's bundle, or by its address in `static/`.
pub(super) fn find_picture<'a>(shared: &'a Shared, page: &'a Page, src: &str) -> Option<FoundPicture<'a>> {
    let target = Target::parse(src);
    if has_scheme(src) || src.starts_with("//") || target.query.is_some() || target.fragment.is_some() {
        return None;
    }
    let found = |resource: Option<&'a Resource>| {
        let file = PictureFile::of(&shared.site, resource?).ok()?;
        Some(FoundPicture { file, resource })
    };
    if let Some(path) = target.path.strip_prefix('/') {
        let base = shared.site.config.base_url.path().trim_start_matches('/');
        let path = path.strip_prefix(base).unwrap_or(path);
        let route = Route::new(&format!("/{path}"));
        if let Some(asset) = shared.static_file(path) {
            return Some(FoundPicture {
                file: PictureFile { asset, route: Cow::Owned(route) },
                resource: None,
            });
        }
        return found(page.resources.iter().find(|resource| resource.route() == Some(&route)));
    }
    let wanted = target.path.strip_prefix("./").unwrap_or(&target.path);
    let is_meant = |resource: &&Resource| {
        resource.path.eq_ignore_ascii_case(wanted) || resource.name.eq_ignore_ascii_case(wanted)
    };
    found(page.resources.iter().find(is_meant))
}

/// Offers a picture that a text shows; broken files are told, and shown as they are like all that cannot be offered.
pub(super) fn offer(shared: &Shared, file: &PictureFile<'_>) -> Option<Photo> {
    if !shared.site.config.imaging.responsive.is_on {
        return None;
    }
    if !is_pixels(file.route.as_str()) {
        return None;
    }
    let noted = |problem: Diagnostic| {
        let place = Location::file(file.asset.source.as_str());
        shared.note(Diagnostic { severity: Severity::Warning, ..problem }.at(place));
    };
    responsive(shared, file).map_err(noted).ok()
}

/// Returns the size of the largest candidate.
fn laid_out(source: Size, widths: &[u32]) -> Size {
    let width = widths.last().copied().unwrap_or(source.width_px);
    let height = u64::from(source.height_px) * u64::from(width) * 2 / u64::from(source.width_px).max(1);
    Size::new(width, u32::try_from(height.div_ceil(2)).unwrap_or(u32::MAX).max(1))
}

/// Plans the pictures of one file.
struct Planner<'a> {
    shared: &'a Shared,
    file: &'a PictureFile<'a>,
    info: ImageInfo,
    source: Digest,
    is_asked_for: bool,
}

impl Planner<'_> {
    fn plan(&self, command: Command, options: &str) -> Result<(Spec, Plan), Diagnostic> {
        let spec = image::parse_spec(command, options, &self.shared.site.config.imaging)?;
        let plan = image::plan(&self.info, &spec)?;
        Ok((spec, plan))
    }

    fn want(&self, (spec, plan): (Spec, Plan)) -> Result<Planned, Diagnostic> {
        let (asset, is_asked_for) = (self.file.asset.clone(), self.is_asked_for);
        let variant = Variant { asset, source: self.source, info: self.info, spec, plan, is_asked_for };
        self.shared.pictures.want(self.file, variant)
    }

    /// Returns a picture, which is planned already where its route is given, and its double.
    fn densities(&self, single: &(Spec, Plan), route: Option<Route>) -> Vec<Candidate> {
        let planned = |planned: Planned| planned.route;
        let route = route.or_else(|| self.want(single.clone()).ok().map(planned));
        let double = image::doubled(&self.info, &single.0, &single.1);
        let double = double.and_then(|double| self.want(double).ok().map(planned));
        let candidate = |route: Option<Route>, descriptor| route.map(|route| Candidate { route, descriptor });
        let both = [candidate(route, Descriptor::Single), candidate(double, Descriptor::Double)];
        both.into_iter().flatten().collect()
    }

    /// Returns the picture in each of the widths, and the key of the smallest that is made.
    ///
    /// In its own format and at its own size it is the file itself: encoding it again would gain nothing.
    fn widths(&self, widths: &[u32], format: Format) -> Result<(Vec<Candidate>, Option<Digest>), Diagnostic> {
        let mut smallest = None;
        let candidate = |width: &u32| {
            let descriptor = Descriptor::WidthPx(*width);
            if format == self.info.format && *width == self.info.size.width_px {
                return Ok(Candidate { route: self.file.route.as_ref().clone(), descriptor });
            }
            let options = format!("{width}x {}", image::format_words(self.info.format, format));
            let planned = self.want(self.plan(Command::Resize, &options)?)?;
            smallest.get_or_insert(planned.key);
            Ok(Candidate { route: planned.route, descriptor })
        };
        let candidates = widths.iter().map(candidate).collect::<Result<_, _>>()?;
        Ok((candidates, smallest))
    }

    /// Returns the key again if the mean colour of that picture is to be shown: of photos, which are opaque.
    fn color_of(&self, key: Digest) -> Option<Digest> {
        let Responsive { has_placeholder, .. } = self.shared.site.config.imaging.responsive;
        let is_wanted = has_placeholder && self.info.format == Format::Jpeg && self.shared.is_published();
        is_wanted.then_some(key)
    }
}

impl Photo {
    /// Makes a picture that is offered as it is, and no other way.
    fn plain(route: Route, size: Size) -> Self {
        let (sources, candidates) = (Vec::new(), Vec::new());
        Self { route, size, ignored_words: Vec::new(), sources, candidates, sizes: None, color_of: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_laid_out_in_the_size_of_its_largest_candidate() {
        assert_eq!(laid_out(Size::new(4032, 3024), &[480, 1920]), Size::new(1920, 1440));
        assert_eq!(laid_out(Size::new(3, 2), &[3]), Size::new(3, 2));
    }
}
