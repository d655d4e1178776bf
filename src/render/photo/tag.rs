//! Writes the element of a picture: all that a browser needs to choose a file, and to leave room for it.

use super::{Candidate, Descriptor, Photo};
use crate::image::Size;
use crate::markdown::PictureFrame;
use crate::output::color_mark;
use crate::path::Route;
use crate::render::context::Shared;
use crate::text::escape_html;

/// What an author says of the element itself.
#[derive(Debug, Default)]
pub(in crate::render) struct Attributes {
    /// The alternative text.
    pub(in crate::render) alt: String,
    /// The title; empty where there is none.
    pub(in crate::render) title: String,
    /// Width and height as the author wants them; empty where the picture's own count.
    pub(in crate::render) sides: [String; 2],
    /// When it is loaded: `lazy` where nothing is said.
    pub(in crate::render) loading: String,
}

impl Photo {
    /// Returns the element, with `<picture>` around it where there are better formats.
    pub(in crate::render) fn tag(&self, shared: &Shared, attributes: &Attributes) -> String {
        element(&self.frame(shared, attributes), attributes)
    }

    /// Returns what is written around the element, and into it besides its texts.
    pub(in crate::render) fn frame(&self, shared: &Shared, attributes: &Attributes) -> PictureFrame {
        let address = |route: &Route| shared.site.config.base_url.relative(route);
        let sizes = self.sizes_attribute(&attributes.sides[0]);
        let mut before = String::new();
        for (format, candidates) in &self.sources {
            let set = source_set(candidates, &address);
            let media_type = format.media_type();
            before.push_str(&format!("<source type=\"{media_type}\" srcset=\"{set}\"{sizes}>"));
        }
        let after = if before.is_empty() { "" } else { "</picture>" };
        if !before.is_empty() {
            before.insert_str(0, "<picture>");
        }
        let mut rest = sides(self.size, &attributes.sides);
        if self.candidates.len() > 1 {
            rest.push_str(&format!(" srcset=\"{}\"{sizes}", source_set(&self.candidates, &address)));
        }
        rest.push_str(&loading(&attributes.loading));
        if let Some(key) = self.color_of {
            rest.push_str(&format!(" data-color=\"#{}\"", color_mark(key)));
        }
        PictureFrame { before, src: address(&self.route), attributes: rest, after }
    }

    fn sizes_attribute(&self, width: &str) -> String {
        let own = width.trim_end_matches("px").parse::<u32>().ok().map(|width| format!("{width}px"));
        let sizes = self.sizes.as_ref().map(|sizes| own.unwrap_or_else(|| sizes.clone()));
        sizes.map_or_else(String::new, |sizes| format!(" sizes=\"{}\"", escape_html(&sizes)))
    }
}

/// Returns the element of a picture that is offered as it is.
pub(in crate::render) fn plain_tag(address: &str, size: Option<Size>, attributes: &Attributes) -> String {
    let sides = match size {
        Some(size) => sides(size, &attributes.sides),
        None if attributes.sides.iter().all(String::is_empty) => String::new(),
        // Nothing is known of its ratio.
        None => written_sides(&attributes.sides),
    };
    let rest = sides + &loading(&attributes.loading);
    element(
        &PictureFrame { before: String::new(), src: address.to_owned(), attributes: rest, after: "" },
        attributes,
    )
}

/// Writes the element with all that is around it.
fn element(frame: &PictureFrame, attributes: &Attributes) -> String {
    let PictureFrame { before, src, attributes: rest, after } = frame;
    let alt = escape_html(&attributes.alt);
    let title = if attributes.title.is_empty() {
        String::new()
    } else {
        format!(" title=\"{}\"", escape_html(&attributes.title))
    };
    format!("{before}<img src=\"{}\" alt=\"{alt}\"{title}{rest}>{after}", escape_html(src))
}

/// Writes width and height: the author's, or else the picture's, so that nothing moves when it is loaded.
///
/// A side that the author leaves out follows from the other, as long as that is in pixels.
fn sides(size: Size, wanted: &[String; 2]) -> String {
    let [width, height] = wanted.each_ref().map(|side| side.trim().trim_end_matches("px"));
    let follow = |given: &str, from: u32, to: u32| {
        let given = given.parse::<u64>().ok()?;
        Some((given * u64::from(to) * 2 / u64::from(from).max(1)).div_ceil(2).to_string())
    };
    let (own_width, own_height) = (size.width_px.to_string(), size.height_px.to_string());
    let (width, height) = match (width, height) {
        ("", "") => (Some(own_width), Some(own_height)),
        (width, "") => (Some(width.to_owned()), follow(width, size.width_px, size.height_px)),
        ("", height) => (follow(height, size.height_px, size.width_px), Some(height.to_owned())),
        (width, height) => (Some(width.to_owned()), Some(height.to_owned())),
    };
    written_sides(&[width.unwrap_or_default(), height.unwrap_or_default()])
}

fn written_sides(sides: &[String; 2]) -> String {
    let written = |(name, side): (&str, &String)| match side.trim().trim_end_matches("px") {
        "" => String::new(),
        side => format!(" {name}=\"{}\"", escape_html(side)),
    };
    ["width", "height"].into_iter().zip(sides).map(written).collect()
}

/// What [`without_lazy`] takes away; the element is ours if it is written like this.
const LAZY: &str = " loading=\"lazy\" decoding=\"async\"";

/// Writes when a picture is loaded.
pub(in crate::render) fn loading(wanted: &str) -> String {
    match wanted {
        "" | "lazy" => LAZY.to_owned(),
        other => format!(" loading=\"{}\" decoding=\"async\"", escape_html(other)),
    }
}

/// Has the first picture of a text loaded at once: most often it is seen without scrolling.
pub(in crate::render) fn without_lazy(html: &mut String) {
    let first = html.match_indices(LAZY).find(|(at, _)| {
        let element =
            html.get(..*at).and_then(|before| before.rfind('<')).and_then(|start| html.get(start..));
        element.is_some_and(|element| element.starts_with("<img "))
    });
    if let Some((at, _)) = first {
        html.replace_range(at..at + " loading=\"lazy\"".len(), "");
    }
}

/// Writes candidates as `srcset` wants them.
pub(super) fn source_set(candidates: &[Candidate], address: &dyn Fn(&Route) -> String) -> String {
    let one = |candidate: &Candidate| {
        let address = address(&candidate.route);
        // A comma would end the candidate.
        let address = escape_html(&address).replace(',', "%2C");
        match candidate.descriptor {
            Descriptor::Single => address,
            Descriptor::Double => format!("{address} 2x"),
            Descriptor::WidthPx(width) => format!("{address} {width}w"),
        }
    };
    candidates.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_picture_of_a_text_is_not_lazy() {
        let mut html =
            "<iframe loading=\"lazy\" decoding=\"async\"></iframe><img src=\"a\" loading=\"lazy\" \
                        decoding=\"async\"><img src=\"b\" loading=\"lazy\" decoding=\"async\">"
                .to_owned();
        without_lazy(&mut html);
        assert_eq!(
            html,
            "<iframe loading=\"lazy\" decoding=\"async\"></iframe><img src=\"a\" decoding=\"async\">\
             <img src=\"b\" loading=\"lazy\" decoding=\"async\">"
        );
        let mut plain = "<p>é".to_owned();
        without_lazy(&mut plain);
        assert_eq!(plain, "<p>é");
    }

    #[test]
    fn the_author_s_sides_count_and_the_ratio_is_kept() {
        let size = Size::new(40, 30);
        let written = |width: &str, height: &str| sides(size, &[width.to_owned(), height.to_owned()]);
        assert_eq!(written("", ""), " width=\"40\" height=\"30\"");
        assert_eq!(written("20px", ""), " width=\"20\" height=\"15\"");
        assert_eq!(written("", "15"), " width=\"20\" height=\"15\"");
        assert_eq!(written("9", "9"), " width=\"9\" height=\"9\"");
        assert_eq!(written("", "50%"), " height=\"50%\"");
    }
}
