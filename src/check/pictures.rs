//! Checks the pictures of a page: whether they say what they show, and whether a size that an author gave fits them.
//!
//! Sizes come from headers and plans; no picture is decoded, and what style sheets do to a picture is not known.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::addresses::Meaning;
use super::facts::Picture;
use super::finding::Finding;
use super::{Checked, Sheet};
use crate::diag::{Diagnostic, Location};
use crate::image::{self, ImageInfo, MetadataPolicy, Size};
use crate::output::{Content, Outputs};
use crate::source::open_asset;

/// How much the ratio of a given size may be off, in percent: sizes are whole pixels.
const RATIO_PERCENT: f64 = 3.0;

/// What is known of the picture files of a site, by the index of the output.
pub(super) type Headers = BTreeMap<usize, ImageInfo>;

/// Reads the headers of all picture files that are published as they are.
pub(super) fn headers(outputs: &Outputs) -> Headers {
    let files: Vec<_> = outputs.iter().enumerate().collect();
    let probe = |(index, output): (usize, &crate::output::Output)| match &output.content {
        Content::PictureFile(asset, _) => {
            let info = image::probe(open_asset(asset).ok()?).ok()?;
            Some((index, info))
        }
        _ => None,
    };
    files.into_par_iter().filter_map(probe).collect()
}

/// Returns what is wrong with the pictures of a page.
pub(super) fn check(checked: &Checked<'_>, sheet: &Sheet<'_>) -> Vec<Finding> {
    let pictures = sheet.facts.pictures.iter().filter(|picture| !checked.is_ignored(&picture.source));
    pictures
        .flat_map(|picture| [text_of(checked, sheet, picture), size_of(checked, sheet, picture)])
        .flatten()
        .collect()
}

/// A picture must say what it shows, or that it shows nothing.
///
/// An empty text is fine where a template writes it, for what is decoration only; `![](x.jpg)` in a text is forgotten.
fn text_of(checked: &Checked<'_>, sheet: &Sheet<'_>, picture: &Picture) -> Option<Finding> {
    let alt = picture.alt.as_deref().map(str::trim);
    if picture.is_decorative || alt.is_some_and(|alt| !alt.is_empty()) {
        return None;
    }
    let spellings = written_as(checked, sheet, &picture.source);
    let name =
        spellings.last().map_or(picture.source.as_str(), |name| name.rsplit('/').next().unwrap_or(name));
    let message = format!("the picture `{name}` has no alternative text");
    let diagnostic = Diagnostic::warning("image-alt", message);
    if alt.is_none() {
        let diagnostic = diagnostic.hint("add `alt=\"…\"`, or `alt=\"\"` if it is for decoration only");
        return Some(Finding { picture: Some(picture.clone()), ..sheet.finding(diagnostic, spellings) });
    }
    let needles =
        spellings.iter().flat_map(|spelling| [format!("![]({spelling}"), format!("![](./{spelling}")]);
    let diagnostic = diagnostic.hint("write what it shows: `![…](…)`");
    Some(Finding { is_of_text: true, ..sheet.finding(diagnostic, needles.collect()) })
}

/// A size that was given must not enlarge a picture, and must have its ratio.
fn size_of(checked: &Checked<'_>, sheet: &Sheet<'_>, picture: &Picture) -> Option<Finding> {
    if picture.width.is_none() && picture.height.is_none() {
        return None;
    }
    let real = checked.size_at(&sheet.route, &picture.source)?;
    let offered = picture.candidates.iter().filter_map(|(_, width)| *width).max().unwrap_or(0);
    let (width, height) = (f64::from(real.width_px), f64::from(real.height_px));
    let name = written_as(checked, sheet, &picture.source);
    let shown = name.last().cloned().unwrap_or_default();
    let given = |side: Option<u32>| side.filter(|side| *side > 0).map(f64::from);
    if let (Some(wanted_width), Some(wanted_height)) = (given(picture.width), given(picture.height)) {
        let off = (wanted_width * height) / (wanted_height * width) - 1.0;
        let is_rounding = (wanted_width - wanted_height * width / height).abs() <= 1.5
            || (wanted_height - wanted_width * height / width).abs() <= 1.5;
        if off.abs() * 100.0 > RATIO_PERCENT && !is_rounding {
            let message = format!(
                "`{shown}` is shown as {wanted_width}x{wanted_height}, which distorts its {}x{} pixels",
                real.width_px, real.height_px
            );
            let right = (wanted_width * height / width).round();
            let hint = format!("at this width the height is {right}; or give one of the two only");
            let diagnostic = Diagnostic::warning("image-distorted", message).hint(hint);
            return Some(Finding { picture: Some(picture.clone()), ..sheet.finding(diagnostic, name) });
        }
    }
    let times = given(picture.width)
        .map(|wanted| wanted / width)
        .or(given(picture.height).map(|wanted| wanted / height))?;
    if times <= 1.01 || offered > real.width_px || is_drawn(&shown) {
        return None;
    }
    let message = format!(
        "`{shown}` has {}x{} pixels, and is shown {times:.1} times as large",
        real.width_px, real.height_px
    );
    let diagnostic =
        Diagnostic::warning("image-enlarged", message).hint("take a larger picture, or a smaller size");
    Some(Finding { picture: Some(picture.clone()), ..sheet.finding(diagnostic, name) })
}

/// Drawings have no pixels to run out of.
fn is_drawn(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".svg")
}

/// Returns as what a picture may stand in a text: its address, and the name of the file that it is made of.
fn written_as(checked: &Checked<'_>, sheet: &Sheet<'_>, source: &str) -> Vec<String> {
    let mut spellings = checked.spellings(source);
    if let Some(output) = checked.output_at(&sheet.route, source) {
        let file = match &output.content {
            Content::Picture(variant) => Some(variant.asset.source.file_name().to_owned()),
            Content::PictureFile(asset, _) | Content::Copy(asset) => {
                Some(asset.source.file_name().to_owned())
            }
            Content::Bytes(_) | Content::Card(_) => None,
        };
        spellings.extend(file);
    }
    spellings
}

/// Tells of photos that are published with the place where they were taken.
pub(super) fn positions(outputs: &Outputs, headers: &Headers) -> Vec<Diagnostic> {
    let with_position = outputs
        .iter()
        .enumerate()
        .filter(|(index, _)| headers.get(index).is_some_and(|info| info.has_position));
    with_position
        .filter_map(|(_, output)| match &output.content {
            Content::PictureFile(asset, MetadataPolicy::Keep) => Some(asset),
            _ => None,
        })
        .map(|asset| {
            let message = "published with the place where the photo was taken";
            Diagnostic::warning("image-position", message)
                .at(Location::file(asset.source.as_str()))
                .hint("`imaging.metadata: strip` in the configuration takes it out")
        })
        .collect()
}

impl<'a> Checked<'a> {
    /// Returns the output at an address in a page.
    pub(super) fn output_at(
        &self,
        route: &crate::path::Route,
        target: &str,
    ) -> Option<&'a crate::output::Output> {
        self.outputs.get(self.index_at(route, target)?).copied()
    }

    /// Returns the index of the output at an address in a page.
    pub(super) fn index_at(&self, route: &crate::path::Route, target: &str) -> Option<usize> {
        match self.addresses.meaning(route, target) {
            Meaning::Inside(found, _) => self.addresses.find(&found),
            _ => None,
        }
    }

    /// Returns the size in pixels of the picture at an address in a page.
    fn size_at(&self, route: &crate::path::Route, target: &str) -> Option<Size> {
        let index = self.index_at(route, target)?;
        match &self.outputs.get(index)?.content {
            Content::Picture(variant) => Some(variant.plan.size),
            _ => self.headers.get(&index).map(|info| info.size),
        }
    }
}
