//! The built site as one sorted map from path to [`Output`], before anything is written.
//!
//! `build` writes it, a server answers from it, a check reads it. Finds two producers of one path; does not touch the
//! disk itself, which is what `write` is for.

mod cards;
mod colors;
mod compressed;
mod destination;
mod manifest;
mod new_file;
mod picture_files;
mod pictures;
mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;

use crate::cache::Cache;
use crate::diag::{Diagnostic, Location};
use crate::digest::Digest;
use crate::image::{ImageInfo, MetadataPolicy, Plan, Spec};
use crate::media::is_pixels;
use crate::path::OutputPath;
use crate::source::Asset;

pub use cards::SocialCard;
pub use colors::{color_mark, fill_colors};
pub use compressed::add_compressed;
pub use destination::{Surroundings, check_destination};
pub use manifest::{Manifest, Record, Stamp};
pub use new_file::{write_new, write_new_bytes};
pub use picture_files::{Finding, publishable};
pub use pictures::{Made, PictureMaker, make_pictures, picture_keys};
pub use write::{Written, is_current, remove_foreign, write};

/// One file of the built site.
#[derive(Debug)]
pub struct Output {
    /// Where it goes.
    pub path: OutputPath,
    /// What makes it, for messages: a document, or what the build calls it.
    pub producer: String,
    /// What kind of file it is, which decides when it is written.
    pub class: Class,
    /// What is in it.
    pub content: Content,
}

/// Kinds of output in the order in which they are written: what a page needs is there before the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Pictures, files of bundles, static files.
    Asset,
    /// Pages of all kinds.
    Page,
    /// Redirects; a page of the same path comes before them.
    Alias,
    /// Feeds, sitemap, robots.txt.
    Feed,
}

/// What is in an output.
#[derive(Debug)]
pub enum Content {
    /// Bytes that are at hand.
    Bytes(Cow<'static, [u8]>),
    /// A file to be copied as it is.
    Copy(Asset),
    /// A picture file, of whose metadata only what the policy says is published.
    PictureFile(Asset, MetadataPolicy),
    /// A picture that is still to be made.
    Picture(Box<Variant>),
    /// A social card that is still to be drawn.
    Card(Box<SocialCard>),
}

impl Content {
    /// Says whether this is a picture that is made of others, or drawn.
    pub fn is_made(&self) -> bool {
        matches!(self, Self::Picture(_) | Self::Card(_))
    }

    /// Returns the file of the cache in which it is once it is made; an empty path for what is not made.
    fn kept(&self, cache: &Cache) -> PathBuf {
        match self {
            Self::Picture(variant) => cache.picture(variant.key()),
            Self::Card(card) => cache.picture(card.key()),
            Self::Bytes(_) | Self::Copy(_) | Self::PictureFile(..) => PathBuf::new(),
        }
    }
}

/// A picture to be made from a file of the content folder.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The file.
    pub asset: Asset,
    /// Digest of the file's bytes.
    pub source: Digest,
    /// What the file's header says.
    pub info: ImageInfo,
    /// What is to be done.
    pub spec: Spec,
    /// What comes of it.
    pub plan: Plan,
    /// Whether the author asked for it; else it only adorns a list, and must not end a build.
    pub is_asked_for: bool,
}

impl Content {
    /// Returns how a file is published: a picture goes by the policy.
    fn of_file(asset: Asset, metadata: MetadataPolicy) -> Self {
        if is_pixels(asset.path.as_str()) { Self::PictureFile(asset, metadata) } else { Self::Copy(asset) }
    }
}

impl Output {
    /// Makes a page, feed or redirect from its text.
    pub fn text(path: OutputPath, producer: impl Into<String>, class: Class, text: String) -> Self {
        let mut bytes = text.into_bytes();
        // Thousands of pages wait here to be written: what they grew with is not carried along.
        bytes.shrink_to_fit();
        Self { path, producer: producer.into(), class, content: Content::Bytes(Cow::Owned(bytes)) }
    }

    /// Makes an asset from bytes of the program.
    pub fn builtin(path: OutputPath, bytes: &'static [u8]) -> Self {
        let producer = format!("static/{path} (built in)");
        Self { path, producer, class: Class::Asset, content: Content::Bytes(Cow::Borrowed(bytes)) }
    }

    /// Makes an asset from a file that is copied, as far as it is a picture without its metadata.
    pub fn copy(path: OutputPath, asset: Asset, metadata: MetadataPolicy) -> Self {
        let producer = asset.source.to_string();
        Self { path, producer, class: Class::Asset, content: Content::of_file(asset, metadata) }
    }

    /// Makes an asset from a picture that is still to be made.
    pub fn picture(path: OutputPath, variant: Variant) -> Self {
        let producer = format!("{} (as a picture)", variant.asset.source);
        Self { path, producer, class: Class::Asset, content: Content::Picture(Box::new(variant)) }
    }

    /// Makes an asset from a social card that is still to be drawn.
    pub fn card(path: OutputPath, card: SocialCard) -> Self {
        let producer = format!("{} (its social card)", card.producer);
        Self { path, producer, class: Class::Asset, content: Content::Card(Box::new(card)) }
    }
}

/// All outputs of a build, sorted by path.
#[derive(Debug, Default)]
pub struct Outputs {
    map: BTreeMap<OutputPath, Output>,
}

impl Outputs {
    /// Puts outputs together; the diagnostics name both producers of every path that has two.
    pub fn collect(outputs: Vec<Output>) -> (Self, Vec<Diagnostic>) {
        let mut outputs = outputs;
        outputs.sort_by(|a, b| (&a.path, a.class, &a.producer).cmp(&(&b.path, b.class, &b.producer)));
        let mut all = Self::default();
        let collisions = outputs.into_iter().filter_map(|output| all.insert(output)).collect();
        (all, collisions)
    }

    /// Adds an output, unless its path is taken: then the diagnostic names both producers.
    pub fn insert(&mut self, output: Output) -> Option<Diagnostic> {
        match self.map.entry(output.path.clone()) {
            Entry::Vacant(free) => {
                free.insert(output);
                None
            }
            Entry::Occupied(taken) => {
                Some(collision(&output.path, &taken.get().producer, &output.producer, output.class))
            }
        }
    }

    /// Publishes the original in place of every picture that could not be made, by the keys of these pictures; cards go
    /// without them.
    pub fn use_originals(&mut self, failed: &[Digest], metadata: MetadataPolicy) {
        for output in self.map.values_mut() {
            if let Content::Picture(variant) = &output.content
                && failed.contains(&variant.key())
            {
                output.content = Content::of_file(variant.asset.clone(), metadata);
            } else if let Content::Card(card) = &mut output.content {
                card.without(failed);
            }
        }
    }

    /// Returns what is in all outputs whose bytes are at hand.
    fn texts_mut(&mut self) -> impl Iterator<Item = &mut Cow<'static, [u8]>> {
        self.map.values_mut().filter_map(|output| match &mut output.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Copy(_) | Content::PictureFile(..) | Content::Picture(_) | Content::Card(_) => None,
        })
    }

    /// Returns an output by its path.
    pub fn find(&self, path: &OutputPath) -> Option<&Output> {
        self.map.get(path)
    }

    /// Returns all outputs in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Output> {
        self.map.values()
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}

/// Tells that two want one path, the second of them with an output of class `class`.
///
/// A redirect may stand where a page has come since; everything else is a mistake.
pub fn collision(path: &OutputPath, first: &str, second: &str, class: Class) -> Diagnostic {
    let url = path.as_str().strip_suffix("index.html").unwrap_or(path.as_str());
    let message = format!("`/{url}` is made by `{first}` and by `{second}`");
    if class == Class::Alias {
        let message = format!("the redirect from `/{url}` is left out: `{first}` is there now");
        return Diagnostic::warning("alias-hidden", message)
            .at(Location::file(second))
            .hint("remove the alias");
    }
    Diagnostic::error("duplicate-url", message)
        .at(Location::file(second))
        .hint("give one of them another `slug` or `url`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, producer: &str, class: Class) -> Output {
        Output::text(OutputPath::new(path).unwrap(), producer, class, String::new())
    }

    #[test]
    fn two_producers_of_a_path_are_both_named() {
        let (outputs, problems) = Outputs::collect(vec![
            page("a/index.html", "b.md", Class::Page),
            page("a/index.html", "a.md", Class::Page),
        ]);
        assert_eq!(outputs.len(), 1);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].message, "`/a/` is made by `a.md` and by `b.md`");
        assert!(problems[0].is_error());
    }

    #[test]
    fn a_page_hides_a_redirect_with_a_warning() {
        let (outputs, problems) = Outputs::collect(vec![
            page("a/index.html", "a.md", Class::Alias),
            page("a/index.html", "b.md", Class::Page),
        ]);
        assert_eq!(outputs.iter().next().map(|output| output.producer.as_str()), Some("b.md"));
        assert!(!problems[0].is_error());
    }
}
