//! Plans the picture that a click on a small one opens, and writes the link to it.
//!
//! How it is shown then is the style sheet's and the script's business; without the script the link is a link.

use super::{Candidate, Descriptor, PictureFile, Planner};
use crate::diag::Diagnostic;
use crate::image::{self, Command, Format, ImageInfo, Responsive, Size};
use crate::path::Route;
use crate::render::context::Shared;
use crate::text::escape_html;

/// The longest side of a large picture: all that a screen of 2560 pixels shows.
const LARGE_PX: u32 = 2560;

/// The longest side of its copy for telephones.
const MEDIUM_PX: u32 = 1280;

/// From this longest side on a copy for telephones is worth its bytes.
const MEDIUM_FROM_PX: u32 = 1600;

/// A picture to be looked at on its own.
#[derive(Debug)]
pub(in crate::render) struct Large {
    route: Route,
    size: Size,
    /// Narrowest first, the picture itself last; empty where it is the only one.
    candidates: Vec<Candidate>,
}

/// Plans a picture that fills a screen: never larger than the source, and the file itself where that will do.
///
/// It is in WebP if the site offers that, else in a format that every browser knows.
///
/// # Errors
/// The file's header is broken, or it is too large.
pub(in crate::render) fn large(shared: &Shared, file: &PictureFile<'_>) -> Result<Large, Diagnostic> {
    let (info, source) = shared.pictures.header(file)?;
    let responsive = &shared.site.config.imaging.responsive;
    let whole = Large { route: file.route.as_ref().clone(), size: info.size, candidates: Vec::new() };
    if !responsive.is_on || !info.scales_well {
        return Ok(whole);
    }
    let planner = Planner { shared, file, info, source, is_asked_for: false };
    let (format, longest) = (made_format(&info, responsive), info.size.width_px.max(info.size.height_px));
    let fitted = |side_px: u32| {
        let options = format!("{side_px}x{side_px} {}", image::format_words(info.format, format));
        planner.want(planner.plan(Command::Fit, &options)?)
    };
    let mut large = if longest <= LARGE_PX && image::fallback_format(info.format) == info.format {
        whole
    } else {
        let planned = fitted(LARGE_PX)?;
        Large { route: planned.route, size: planned.size, candidates: Vec::new() }
    };
    if longest >= MEDIUM_FROM_PX {
        let medium = fitted(MEDIUM_PX)?;
        let candidate =
            |route: Route, size: Size| Candidate { route, descriptor: Descriptor::WidthPx(size.width_px) };
        large.candidates =
            vec![candidate(medium.route, medium.size), candidate(large.route.clone(), large.size)];
    }
    Ok(large)
}

/// Returns the format in which pictures are made: there is one link, so all browsers must know it.
fn made_format(info: &ImageInfo, responsive: &Responsive) -> Format {
    let fallback = image::fallback_format(info.format);
    responsive.formats_before(fallback).find(|format| *format == Format::Webp).unwrap_or(fallback)
}

impl Large {
    /// Returns the picture's address.
    pub(in crate::render) fn address(&self, shared: &Shared) -> String {
        shared.site.config.base_url.relative(&self.route)
    }

    /// Returns the attributes of a link to the picture: `href`, and the size and the candidates for the script.
    pub(in crate::render) fn link(&self, shared: &Shared) -> String {
        let Size { width_px, height_px } = self.size;
        let address = self.address(shared);
        let mut link = format!(
            " href=\"{}\" data-width=\"{width_px}\" data-height=\"{height_px}\"",
            escape_html(&address)
        );
        if !self.candidates.is_empty() {
            let address = |route: &Route| shared.site.config.base_url.relative(route);
            link.push_str(&format!(
                " data-srcset=\"{}\"",
                super::tag::source_set(&self.candidates, &address)
            ));
        }
        link
    }
}
