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

/// A template or static file of the theme, or one of the author's beside it.
#[derive(Debug)]
pub struct Part<'a> {
    /// Path in a site: `templates/page.html`, `static/css/hallway.css`.
    pub path: String,
    /// Whose file it is.
    pub standing: Standing,
    /// What it is, in its own words: the comment that it opens with.
    pub about: String,
    /// What the program brings along.
    pub builtin: Option<&'a [u8]>,
}

/// Whose file a part of the theme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The program's.
    BuiltIn,
    /// The author's, in place of the program's.
    Replaced,
    /// The author's, which changes blocks of the program's.
    Extended,
    /// The author's, and there is nothing like it in the program.
    Own,
}

impl Standing {
    /// Says it in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::BuiltIn => "built in",
            Self::Replaced => "yours",
            Self::Extended => "yours, extends ours",
            Self::Own => "yours alone",
        }
    }
}

/// Lists templates and static files by path: all of the theme's, and the templates, style sheets and scripts that an author
/// has of the same or another name.
pub fn parts(templates: &[TemplateFile], static_files: &[Asset]) -> Vec<Part<'static>> {
    let own_template = |name: &str| templates.iter().find(|file| file.name == name);
    let own_static = |name: &str| static_files.iter().any(|file| file.path.as_str() == name);
    let mut parts: Vec<Part<'static>> = Vec::new();
    for BuiltinFile { name, bytes } in builtin_files(builtin::TEMPLATES) {
        let standing = own_template(name).map_or(Standing::BuiltIn, |file| {
            let is_extended = file.text.contains(&format!("{DEFAULT_PREFIX}{name}"));
            if is_extended { Standing::Extended } else { Standing::Replaced }
        });
        let about = about(&String::from_utf8_lossy(bytes), ["{#", "#}"]);
        parts.push(Part { path: format!("templates/{name}"), standing, about, builtin: Some(bytes) });
    }
    for BuiltinFile { name, bytes } in builtin_files(builtin::STATIC_FILES) {
        let standing = if own_static(name) { Standing::Replaced } else { Standing::BuiltIn };
        let text = String::from_utf8_lossy(bytes);
        let about =
            if name.ends_with(".js") { about(&text, ["//", "\n"]) } else { about(&text, ["/*", "*/"]) };
        parts.push(Part { path: format!("static/{name}"), standing, about, builtin: Some(bytes) });
    }
    let is_new = |path: &str, parts: &[Part<'_>]| !parts.iter().any(|part| part.path == path);
    let own = templates.iter().map(|file| format!("templates/{}", file.name));
    let loaded = static_files.iter().filter(|file| ["css", "js"].contains(&file.path.extension()));
    for path in own.chain(loaded.map(|file| format!("static/{}", file.path))) {
        if is_new(&path, &parts) {
            parts.push(Part { path, standing: Standing::Own, about: String::new(), builtin: None });
        }
    }
    parts.sort_by(|a, b| a.path.cmp(&b.path));
    parts
}

/// Returns the first sentence of the comment that a file opens with.
fn about(text: &str, [open, close]: [&str; 2]) -> String {
    let head = text.get(..400.min(text.len())).unwrap_or(text);
    let comment = head.split_once(open).filter(|(before, _)| before.trim().lines().count() < 2);
    let comment = comment.and_then(|(_, rest)| rest.split(close).next()).unwrap_or_default();
    let joined = comment.trim_matches(['-', ' ', '\n']).split_whitespace().collect::<Vec<_>>().join(" ");
    let end = joined.find(". ").unwrap_or(joined.len());
    joined.get(..end).unwrap_or_default().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_theme_says_what_it_is() {
        let silent: Vec<String> = parts(&[], &[])
            .into_iter()
            .filter(|part| {
                part.about.is_empty() && ["html", "css", "js"].iter().any(|it| part.path.ends_with(it))
            })
            .map(|part| part.path)
            .collect();
        assert_eq!(silent, Vec::<String>::new());
    }
}
