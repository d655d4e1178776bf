//! Adds up what a page makes a phone load, and compares it with the author's budget.
//!
//! Bytes are those of the files, before any compression on the way. Pictures that are not made yet are estimated by their
//! pixels, so that the answer does not depend on what is in a cache. What other sites add is not known.

use std::collections::BTreeSet;

use super::facts::{Picture, Use};
use super::{Checked, Sheet};
use crate::config::Budget;
use crate::diag::{Diagnostic, Location};
use crate::image::Format;
use crate::output::{Class, Content, Output};
use crate::text::bytes_in_words;

/// Pixels that a picture as broad as the screen of a phone is asked for in: 412 CSS pixels at 2.6 each.
const PHONE_PX: u32 = 1080;

/// Bytes of each kind that a page makes a phone load.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    html: u64,
    css: u64,
    js: u64,
    pictures: u64,
}

/// Returns a warning for every page and kind of file that is over the budget.
pub(super) fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let budget = checked.options.budget;
    if budget == Budget::default() {
        return Vec::new();
    }
    let pages = checked.sheets.iter().flatten().filter(|sheet| sheet.class == Class::Page);
    pages.flat_map(|sheet| over(weigh(checked, sheet), budget, sheet)).collect()
}

fn over(weight: Weight, budget: Budget, sheet: &Sheet<'_>) -> Vec<Diagnostic> {
    let Weight { html, css, js, pictures } = weight;
    let kinds = [
        ("HTML", html, budget.html),
        ("style sheets", css, budget.css),
        ("scripts", js, budget.js),
        ("pictures", pictures, budget.pictures),
        ("all of it", html + css + js + pictures, budget.total),
    ];
    let heavy = kinds
        .into_iter()
        .filter_map(|(kind, bytes, limit)| Some((kind, bytes, limit.filter(|limit| bytes > *limit)?)));
    heavy
        .map(|(kind, bytes, limit)| {
            let (bytes, limit) = (bytes_in_words(bytes), bytes_in_words(limit));
            let message =
                format!("`{}` makes a phone load {bytes} ({kind}), and {limit} are allowed", sheet.route);
            Diagnostic::warning("page-weight", message).at(Location::file(sheet.producer))
        })
        .collect()
}

fn weigh(checked: &Checked<'_>, sheet: &Sheet<'_>) -> Weight {
    let mut weight = Weight { html: sheet.bytes, ..Weight::default() };
    for reference in &sheet.facts.references {
        let bytes = || checked.output_at(&sheet.route, &reference.target).map_or(0, size_of);
        match reference.role {
            Use::Style => weight.css += bytes(),
            Use::Script => weight.js += bytes(),
            _ => {}
        }
    }
    let chosen: BTreeSet<&str> = sheet.facts.pictures.iter().map(chosen).collect();
    weight.pictures =
        chosen.into_iter().filter_map(|target| checked.output_at(&sheet.route, target)).map(size_of).sum();
    weight
}

/// Returns the address that a phone loads a picture from: the smallest that is broad enough, or the broadest.
fn chosen(picture: &Picture) -> &str {
    let wide = picture.candidates.iter().filter_map(|(target, width)| Some((width.as_ref()?, target)));
    let enough = wide.clone().filter(|(width, _)| **width >= PHONE_PX).min();
    enough.or_else(|| wide.max()).map_or(picture.source.as_str(), |(_, target)| target)
}

/// Returns the size of an output in bytes, as far as it can be known before pictures are made.
fn size_of(output: &Output) -> u64 {
    match &output.content {
        Content::Bytes(bytes) => bytes.len() as u64,
        Content::Copy(asset) | Content::PictureFile(asset, _) => asset.size_bytes,
        Content::Picture(variant) => {
            let size = variant.plan.size;
            let pixels = u64::from(size.width_px) * u64::from(size.height_px);
            pixels * percent_of_pixels(variant.plan.format) / 100
        }
        Content::Card(_) => 0,
    }
}

/// Bytes for a hundred pixels of a photo at the usual quality; measured on photos, and right within a factor of two.
fn percent_of_pixels(format: Format) -> u64 {
    match format {
        Format::Avif => 10,
        Format::Webp => 14,
        Format::Jpeg => 20,
        _ => 100,
    }
}
