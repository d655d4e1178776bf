//! Finds the photos of a page's bundle that its text never shows, and makes the gallery of them (`photos`).
//!
//! What the text shows is read from its HTML, whoever wrote that: every address in it that is a picture of the bundle, or
//! is made from one. A picture that is called `featured` is for lists, and is left out.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::context::Shared;
use super::embeds::{GalleryPhoto, Sorting, Thumbnails, gallery_photos};
use super::engine::Engine;
use super::values::number;
use crate::diag::{Diagnostic, Location};
use crate::glob::Glob;
use crate::page::{Content, Photos};
use crate::path::{OutputPath, SourcePath};
use crate::site::{Page, Resource, ResourceFile};
use crate::text::{clean_path, decode_entities};

/// The template of a gallery's photos.
const TEMPLATE: &str = "partials/gallery.html";

/// Returns the gallery that follows the text of a page; empty where nothing is asked for, or nothing is left.
///
/// # Errors
/// The template fails.
pub(super) fn gallery(
    engine: &Engine,
    page_index: usize,
    content: &Content,
    html: &str,
) -> Result<String, Diagnostic> {
    let wanted = match &content.front.photos {
        Photos::Unasked => return Ok(String::new()),
        Photos::All => None,
        Photos::Matching(globs) => Some(globs),
    };
    let shared = engine.shared.as_ref();
    let page = &shared.site.pages[page_index];
    let mut left = unshown(shared, page, html);
    Sorting::AS_IT_WAS.sort(shared, &mut left);
    if let Some(globs) = wanted {
        let rank = |photo: &GalleryPhoto<'_>| globs.iter().position(|glob| photo.is_meant_by(glob));
        left.retain(|photo| rank(photo).is_some());
        left.sort_by_key(rank);
    }
    if left.is_empty() {
        return Ok(String::new());
    }
    let place = Location::file(content.source.as_str());
    let mut context = engine.context(page.language);
    context.insert_value("page_index", number(page_index));
    context.insert_value(
        "photos",
        gallery_photos(shared, shared.site.config_of(page), &left, &Thumbnails::default(), &place),
    );
    engine.render(TEMPLATE, &context, content.source.as_str())
}

/// Returns the pictures of a bundle that nothing in its HTML names.
fn unshown<'a>(shared: &'a Shared, page: &'a Page, html: &str) -> Vec<GalleryPhoto<'a>> {
    let shown = Named::read(shared, page, html);
    let is_featured =
        |resource: &Resource| Glob::new("**featured*").is_ok_and(|glob| glob.matches(&resource.path));
    let left =
        page.resources.iter().filter(|resource| !is_featured(resource) && !shown.has(shared, resource));
    left.filter_map(|resource| GalleryPhoto::of_resource(shared, resource)).collect()
}

/// What the HTML of a page names.
struct Named {
    files: BTreeSet<OutputPath>,
    /// Of which of the files others are made.
    sources: BTreeSet<SourcePath>,
}

impl Named {
    fn read(shared: &Shared, page: &Page, html: &str) -> Self {
        let base = &shared.site.config.base_url;
        let site = base.to_string();
        let file = |target: &str| {
            let target = target.split(['?', '#']).next().unwrap_or_default();
            let address = base.resolve(&page.route, target);
            let path = percent_decode_str(address.strip_prefix(site.as_str())?).decode_utf8_lossy();
            OutputPath::new(clean_path(&path)).ok()
        };
        let mut files = BTreeSet::new();
        for value in attribute_values(html) {
            let value = decode_entities(value);
            files.extend(file(value.trim()));
            // Several candidates, each with its width behind it.
            files.extend(value.split_whitespace().filter_map(|word| file(word.trim_matches(','))));
        }
        let sources = files.iter().filter_map(|path| shared.pictures.source_of(path)).collect();
        Self { files, sources }
    }

    fn has(&self, shared: &Shared, resource: &Resource) -> bool {
        let ResourceFile::Asset { index, route, .. } = &resource.file else {
            return false;
        };
        let is_source = |path: &SourcePath| self.sources.contains(path);
        route.output().is_ok_and(|path| self.files.contains(&path))
            || shared.site.assets.get(*index).is_some_and(|asset| is_source(&asset.source))
    }
}

/// Returns the values of all attributes as they are written; what is in comments is shown to nobody.
fn attribute_values(html: &str) -> Vec<&str> {
    let mut values = Vec::new();
    let mut rest = html;
    while let Some((_, markup)) = rest.split_once('<') {
        rest = match markup.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
            None if markup.starts_with(|first: char| first.is_ascii_alphabetic()) => {
                tag_values(markup, &mut values)
            }
            None => markup,
        };
    }
    values
}

/// Adds the values of one tag, and returns what stands behind it.
fn tag_values<'a>(tag: &'a str, values: &mut Vec<&'a str>) -> &'a str {
    let mut rest = tag;
    while let Some(at) = rest.find(['=', '>']) {
        let is_end = rest[at..].starts_with('>');
        rest = rest[at + 1..].trim_start_matches(|c: char| !is_end && c.is_ascii_whitespace());
        if is_end {
            return rest;
        }
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
            None => {
                rest.split_at(rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len()))
            }
        };
        values.push(value);
        rest = after;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_attributes_are_found_however_they_are_quoted() {
        let table: [(&str, &[&str]); 9] = [
            ("<img src=\"a.jpg\" alt=''>", &["a.jpg", ""]),
            ("<img src = a.jpg>b=c", &["a.jpg"]),
            ("<a title='x > y' href=b>", &["x > y", "b"]),
            ("a = b < c > d=\"e\"", &[]),
            ("<!-- <img src=a.jpg> --><b c=d>", &["d"]),
            ("<!-- <img src=a.jpg>", &[]),
            ("<img src=\"a", &["a"]),
            ("<img hidden><i x=é></i>", &["é"]),
            ("<", &[]),
        ];
        for (html, expected) in table {
            assert_eq!(attribute_values(html), expected, "{html}");
        }
    }
}
