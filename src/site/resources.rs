//! Gives every page the files of its bundle, with the names, titles and parameters that `resources` sets.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::glob::Glob;
use crate::media::media_type;
use crate::page::ResourceRule;
use crate::path::{Route, SourcePath};

/// A file, or a Markdown text, that belongs to a page.
#[derive(Debug, Clone)]
pub struct Resource {
    /// Name that patterns are matched against: the path in the bundle unless `resources` sets another.
    pub name: String,
    /// Title that `resources` sets; absent where it sets none.
    pub title: Option<String>,
    /// The author's own values.
    pub params: Map<String, Value>,
    /// Path within the bundle.
    pub path: String,
    /// What it is.
    pub file: ResourceFile,
}

/// What a resource is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourceFile {
    /// A file: its index in [`super::Site::assets`], and its address.
    Asset {
        /// Index in the site's assets.
        index: usize,
        /// Where it is published.
        route: Route,
        /// Whether it is the file of a translation, which publishes it.
        is_inherited: bool,
    },
    /// A Markdown text inside a leaf bundle, which is no page of its own.
    Text {
        /// The document.
        source: SourcePath,
    },
}

/// Orders resources as patterns see them, and applies the rules of front matter.
///
/// They stand by main media type (application, audio, image, text, video; texts of the bundle last), each sorted by name
/// in byte order. For name and title the first matching rule wins, parameters
/// of all matching rules are merged; `:counter` counts from 1 by pattern, over the files where that rule set the value.
/// (Hugo 0.168, recorded.)
pub(super) fn finish(mut resources: Vec<Resource>, rules: &[ResourceRule]) -> Vec<Resource> {
    sort(&mut resources);
    let mut name_counters: BTreeMap<&str, usize> = BTreeMap::new();
    let mut title_counters: BTreeMap<&str, usize> = BTreeMap::new();
    for resource in &mut resources {
        let (mut has_name, mut has_title) = (false, false);
        for rule in rules.iter().filter(|rule| rule.glob.matches(&resource.path)) {
            if let Some(name) = rule.name.as_ref().filter(|_| !has_name) {
                resource.name = counted(name, name_counters.entry(&rule.source).or_default());
                has_name = true;
            }
            if let Some(title) = rule.title.as_ref().filter(|_| !has_title) {
                resource.title = Some(counted(title, title_counters.entry(&rule.source).or_default()));
                has_title = true;
            }
            resource.params.extend(rule.params.clone());
        }
    }
    // Where there is any rule at all, the media type no longer counts (Hugo 0.168, asked).
    if !rules.is_empty() {
        resources.sort_by(|a, b| (a.rank().0, &a.name).cmp(&(b.rank().0, &b.name)));
    }
    resources
}

fn sort(resources: &mut [Resource]) {
    resources.sort_by(|a, b| a.rank().cmp(&b.rank()).then_with(|| a.name.cmp(&b.name)));
}

fn counted(text: &str, counter: &mut usize) -> String {
    if !text.contains(":counter") {
        return text.to_owned();
    }
    *counter += 1;
    text.replace(":counter", &counter.to_string())
}

impl Resource {
    /// Returns the address of a file; none of a text.
    pub fn route(&self) -> Option<&Route> {
        match &self.file {
            ResourceFile::Asset { route, .. } => Some(route),
            ResourceFile::Text { .. } => None,
        }
    }

    /// Returns what stands before what: whether it is a text of the bundle, and the main media type.
    fn rank(&self) -> (bool, &'static str) {
        match &self.file {
            ResourceFile::Text { .. } => (true, ""),
            ResourceFile::Asset { .. } => {
                (false, media_type(&self.path).split('/').next().unwrap_or_default())
            }
        }
    }

    /// Returns the first resource whose name, or original path, matches a pattern.
    pub fn find<'a>(resources: impl IntoIterator<Item = &'a Resource>, glob: &Glob) -> Option<&'a Resource> {
        resources.into_iter().find(|resource| glob.matches(&resource.name) || glob.matches(&resource.path))
    }

    /// Says whether this is a picture, going by its name.
    pub fn is_picture(&self) -> bool {
        const PICTURES: [&str; 9] = ["jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "avif"];
        let extension = self.path.rsplit_once('.').map_or("", |(_, extension)| extension);
        matches!(self.file, ResourceFile::Asset { .. })
            && PICTURES.iter().any(|picture| picture.eq_ignore_ascii_case(extension))
    }
}
