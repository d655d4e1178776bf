//! Puts the author's templates and static files over the built-in theme: one [`Theme`] of everything that shapes pages.
//!
//! The built-in theme is `templates/` and `static/` of this repository, embedded in the program. Does not parse a
//! template; that is `render`'s business.

use crate::digest::Digest;
use crate::source::{Asset, TemplateFile};

mod builtin {
    include!(concat!(env!("OUT_DIR"), "/builtin.rs"));
}

/// Prefix under which the built-in templates can be named next to an author's of the same name, as in
/// `{% extends "default/page.html" %}`.
pub const DEFAULT_PREFIX: &str = "default/";

/// Templates and static files that the program brings along.
#[derive(Debug, Clone, Copy)]
pub struct BuiltinFile {
    /// Path within `templates/` or `static/`.
    pub name: &'static str,
    /// The bytes.
    pub bytes: &'static [u8],
}

impl BuiltinFile {
    /// Returns the path that a static file is published at.
    ///
    /// Style sheets and scripts carry the digest of their bytes, so that browsers may keep them for ever:
    /// `css/hallway_hw_89e4bd6713d43843.css`. Other files, such as `favicon.svg`, keep their names.
    pub fn published(&self) -> String {
        match self.name.rsplit_once('.') {
            Some((stem, extension @ ("css" | "js"))) => {
                format!("{stem}_hw_{}.{extension}", Digest::of(self.bytes).short())
            }
            _ => self.name.to_owned(),
        }
    }
}

/// Everything that shapes pages.
#[derive(Debug)]
pub struct Theme<'a> {
    /// The author's templates, sorted by name.
    pub templates: &'a [TemplateFile],
    /// The built-in templates, sorted by name, without the prefix.
    pub builtin_templates: Vec<BuiltinFile>,
    /// The built-in static files that the author has none of the same path for, sorted.
    pub builtin_static: Vec<BuiltinFile>,
}

impl<'a> Theme<'a> {
    /// Makes the theme of a site.
    pub fn of(templates: &'a [TemplateFile], static_files: &[Asset]) -> Self {
        let is_replaced = |name: &str| static_files.iter().any(|file| file.path.as_str() == name);
        Self {
            templates,
            builtin_templates: builtin_files(builtin::TEMPLATES),
            builtin_static: builtin_files(builtin::STATIC_FILES)
                .into_iter()
                .filter(|file| !is_replaced(file.name))
                .collect(),
        }
    }
}

fn builtin_files(files: &'static [(&'static str, &'static [u8])]) -> Vec<BuiltinFile> {
    files.iter().map(|(name, bytes)| BuiltinFile { name, bytes }).collect()
}
