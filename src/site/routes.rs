//! Decides the address of every page: front matter's `url`, else the site's permalink pattern, else the folders.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Zoned;

use crate::config::{Config, PermalinkTarget, UglyUrls};
use crate::diag::Diagnostic;
use crate::page::{Bundle, Content, FrontMatter};
use crate::path::{Route, has_scheme};
use crate::permalink::{Facts, Kind, Pattern, SectionFacts};
use crate::site::Page;
use crate::text::{clean_path, sanitize_path, slug_slug};

/// What the address of a page is made from.
pub(super) struct Named<'a> {
    /// The kind of page.
    pub(super) kind: Kind,
    /// Folders that lead to the page; for a section its own folder is the last one.
    pub(super) folders: &'a [String],
    /// Slugs of the sections that the folders are, aligned with `folders`; a section's own is in its front matter.
    pub(super) slugs: &'a [Option<&'a str>],
    /// The sections around the page, from the top.
    pub(super) sections: &'a [SectionFacts<'a>],
    /// Folder of the bundle, or file without extension; empty for sections.
    pub(super) name: &'a str,
    /// The title.
    pub(super) title: &'a str,
    /// Front matter, where there is a document.
    pub(super) front: Option<&'a FrontMatter>,
}

/// Returns the address of a page.
///
/// # Errors
/// `permalink-token`: the page's own `url` has an unknown token.
pub(super) fn route(named: &Named<'_>, config: &Config) -> Result<Route, Diagnostic> {
    if let Some(url) = named.front.and_then(|front| front.url.as_deref()) {
        return url_route(url, named, config);
    }
    let path = match pattern_for(named, config) {
        Some(pattern) => pattern.expand(&facts(named, config)),
        None => folder_path(named, config),
    };
    let path = if is_ugly(named, config) { ugly_path(&path, named.kind) } else { format!("{path}/") };
    Ok(Route::new(&config.language.route(&path)))
}

/// Returns the address of the home page, unless its front matter says otherwise.
pub(super) fn home(config: &Config) -> Route {
    let file = if config.model.ugly_urls == UglyUrls::Always { "index.html" } else { "" };
    Route::new(&config.language.route(file))
}

fn is_ugly(named: &Named<'_>, config: &Config) -> bool {
    let section = named.folders.first().map_or("", String::as_str).to_lowercase().replace(' ', "-");
    config.model.ugly_urls.apply_to(&section)
}

/// Returns the path of a file: `blog/a.html` for a page or term, `blog/index.html` for a list.
fn ugly_path(path: &str, kind: Kind) -> String {
    match kind {
        Kind::Page | Kind::Term if !path.is_empty() => format!("{path}.html"),
        _ => format!("{path}/index.html"),
    }
}

/// Takes `url` as written: with tokens, and as a file where its last part has an extension; `index.html` is its folder.
fn url_route(url: &str, named: &Named<'_>, config: &Config) -> Result<Route, Diagnostic> {
    let path = Pattern::parse(url)?.expand_url(&facts(named, config));
    let (folder, last) = path.rsplit_once('/').unwrap_or(("", &path));
    let path = match last {
        "index.html" => format!("{folder}/"),
        _ if url.ends_with('/') || !last.contains('.') => format!("{path}/"),
        _ => path,
    };
    // With a slash before it, it counts from the root of the whole site (Hugo 0.168, asked).
    let from_root = url.starts_with('/');
    Ok(Route::new(&if from_root { format!("/{path}") } else { config.language.route(&path) }))
}

fn pattern_for<'a>(named: &Named<'_>, config: &'a Config) -> Option<&'a Pattern> {
    let section = named.folders.first().map_or("", String::as_str).to_lowercase();
    let path = || {
        let parts: Vec<&str> = named.folders.iter().map(String::as_str).chain([named.name]).collect();
        format!("/{}", parts.join("/").to_lowercase())
    };
    let is_meant = |target: &PermalinkTarget| match target {
        PermalinkTarget::Section(name) => *name == section,
        PermalinkTarget::Path(glob) => glob.matches(path().trim_end_matches('/')),
    };
    config
        .permalinks
        .iter()
        .find(|rule| rule.kind == named.kind && is_meant(&rule.target))
        .map(|rule| &rule.pattern)
}

fn facts<'a>(named: &Named<'a>, config: &Config) -> Facts<'a> {
    let date: Option<&Zoned> = named.front.and_then(|front| front.dates.date.as_ref());
    Facts {
        date,
        title: named.title,
        slug: named.front.and_then(|front| front.slug.as_deref()),
        content_base_name: named.name,
        sections: named.sections,
        rules: config.path_rules,
    }
}

/// Hugo's address where no pattern is set: the folders as they are named, and the slug or the name.
///
/// The slug of a section stands in for its folder, also in the addresses below it (Hugo 0.168, recorded).
fn folder_path(named: &Named<'_>, config: &Config) -> String {
    let own_slug = named.front.and_then(|front| front.slug.as_deref());
    let part = |slug: Option<&str>, name: &str| match slug.map(|slug| slug_slug(slug, config.path_rules)) {
        Some(slug) if !clean_path(&slug).is_empty() => slug,
        _ => sanitize_path(name, config.path_rules),
    };
    let slugs = named.slugs.iter().copied().chain(std::iter::repeat(None));
    let mut parts: Vec<String> =
        named.folders.iter().zip(slugs).map(|(folder, slug)| part(slug, folder)).collect();
    if !matches!(named.kind, Kind::Section | Kind::Taxonomy) {
        parts.push(part(own_slug, named.name));
    } else if let (Some(last), Some(folder)) = (parts.last_mut(), named.folders.last()) {
        *last = part(own_slug, folder);
    }
    clean_path(&parts.join("/"))
}

/// Returns, by language, the slugs of all sections by folder; those that are left out count too (Hugo 0.168, asked).
pub(super) fn section_slugs(contents: &[Arc<Content>], languages: usize) -> Vec<BTreeMap<String, String>> {
    let mut slugs = vec![BTreeMap::new(); languages];
    for content in contents.iter().filter(|content| content.path.bundle == Bundle::Branch) {
        if let Some(slug) = &content.front.slug {
            slugs[content.language].insert(content.path.own_folder().to_owned(), slug.clone());
        }
    }
    slugs
}

/// Returns the old addresses of a page: `/x` counts from the root of its language, `x` from the page's parent folder.
///
/// Where pages have ugly addresses, so have their aliases.
///
/// # Errors
/// `alias-outside`: an alias would leave the site.
pub fn aliases(page: &Page, config: &Config) -> Result<Vec<Route>, Diagnostic> {
    let Some(content) = page.content.as_ref().filter(|_| !config.model.no_aliases) else {
        return Ok(Vec::new());
    };
    content.front.aliases.iter().map(|alias| alias_route(alias, page, content, config)).collect()
}

fn alias_route(alias: &str, page: &Page, content: &Content, config: &Config) -> Result<Route, Diagnostic> {
    let is_ugly = config.model.ugly_urls.apply_to(&page.section);
    let mut parts: Vec<&str> = Vec::new();
    if alias.starts_with('/') {
        parts.extend(Some(config.language.prefix.as_str()).filter(|prefix| !prefix.is_empty()));
    } else {
        let route = page.route.as_str();
        let folder = route.strip_suffix("/index.html").unwrap_or(route).trim_end_matches('/');
        parts.extend(folder.split('/').filter(|part| !part.is_empty()));
        parts.pop();
    }
    if has_scheme(alias) {
        return Err(outside(alias, content));
    }
    for part in alias.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return Err(outside(alias, content)),
            ".." => {}
            name => parts.push(name),
        }
    }
    let path = parts.join("/");
    let is_file = parts.last().is_some_and(|last| last.ends_with(".html") || last.ends_with(".htm"));
    Ok(match (is_file, is_ugly && !path.is_empty()) {
        (true, _) => Route::new(&format!("/{path}")),
        (false, true) => Route::new(&format!("/{path}.html")),
        (false, false) => Route::new(&format!("/{path}/")),
    })
}

fn outside(alias: &str, content: &Content) -> Diagnostic {
    let hint = "`/old/` counts from the site's root, `old` from the folder above the page";
    Diagnostic::error("alias-outside", format!("the alias `{alias}` would lie outside the site"))
        .at(content.key_place("aliases"))
        .hint(hint)
}
