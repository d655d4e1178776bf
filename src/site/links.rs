//! Finds the page that an author's text names by a path: `other.md`, `/blog/other`, `../x/index.md`, `other`.
//!
//! The rules are Hugo's (0.168, asked), for shortcodes as well as for links in Markdown. Does not render, and does not
//! know the ids of headings: a fragment is handed back as it was written.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::{Kind, Page, PageId, Reason, Site};
use crate::diag::{Diagnostic, nearest};
use crate::page::{Bundle, ContentPath};

/// The parts of a link's target: `path?query#fragment`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// What names the page, percent-decoded; empty where the target is on the page itself.
    pub path: String,
    /// What stands behind `?`, as written.
    pub query: Option<String>,
    /// What stands behind `#`, as written.
    pub fragment: Option<String>,
}

impl Target {
    /// Takes a target apart.
    pub fn parse(target: &str) -> Self {
        let (rest, fragment) = cut(target, '#');
        let (path, query) = cut(rest, '?');
        Self { path: percent_decode_str(path).decode_utf8_lossy().into_owned(), query, fragment }
    }
}

fn cut(text: &str, at: char) -> (&str, Option<String>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after.to_owned())))
}

/// Why a path names no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// The path as written.
    pub path: String,
    /// What is the matter with it.
    pub reason: NotFoundReason,
}

/// What is the matter with a path that names no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFoundReason {
    /// There is no such page; perhaps this path was meant.
    Missing(Option<String>),
    /// Several pages are called so: their paths, sorted.
    Ambiguous(Vec<String>),
    /// The page is there, but not published: its document and why.
    LeftOut(String, Reason),
}

/// Most paths that an ambiguous name is explained with.
const PATHS_SHOWN_MAX: usize = 4;

impl NotFound {
    /// Returns the error `ref-not-found`, still without a place.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { path, reason } = self;
        let missing = || Diagnostic::error("ref-not-found", format!("no page has the path `{path}`"));
        match reason {
            NotFoundReason::Missing(Some(meant)) => missing().hint(format!("did you mean `{meant}`?")),
            NotFoundReason::Missing(None) => missing()
                .hint("a path counts from the folder of the page, one with a leading `/` from `content`"),
            NotFoundReason::Ambiguous(paths) => {
                let message = format!("{} pages are called `{path}`", paths.len());
                let shown: Vec<String> =
                    paths.iter().take(PATHS_SHOWN_MAX).map(|path| format!("`{path}`")).collect();
                Diagnostic::error("ref-not-found", message).hint(format!("write one of {}", shown.join(", ")))
            }
            NotFoundReason::LeftOut(source, reason) => {
                let why = match reason {
                    Reason::Draft => "is a draft",
                    Reason::Future => "is not yet due",
                    Reason::Expired => "has expired",
                };
                let message = format!("the page `{path}` is not published");
                Diagnostic::error("ref-not-found", message).hint(format!("`{source}` {why}"))
            }
        }
    }
}

/// Finds the page that `ref` and `relref` name: seen from the page, then from the content folder, then by name alone.
///
/// The path may have an extension and any case. A name without `/`, but for one before it, is looked for in the whole
/// site (Hugo 0.168, asked).
///
/// # Errors
/// No page has the path, or several have the name.
pub fn find_page(site: &Site, from: &Page, target: &str) -> Result<PageId, NotFound> {
    find_page_in(site, from.language, from, target)
}

/// Finds the page that `ref` and `relref` name, among those of a language.
///
/// # Errors
/// As [`find_page`].
pub fn find_page_in(site: &Site, language: usize, from: &Page, target: &str) -> Result<PageId, NotFound> {
    let paths = &site.languages[language].paths;
    if let Some(id) = paths.find(Standpoint::of(from), target) {
        return Ok(id);
    }
    let fail = |reason| Err(NotFound { path: target.to_owned(), reason });
    let named = paths.named(target);
    match named {
        [id] => Ok(*id),
        [] => fail(why_missing(site, from, target)),
        several => {
            let mut paths: Vec<String> = several.iter().map(|id| site.page(*id).path.clone()).collect();
            paths.sort();
            fail(NotFoundReason::Ambiguous(paths))
        }
    }
}

/// Finds the page that a link in Markdown names: seen from the page, then from the content folder.
pub fn find_linked_page(site: &Site, from: &Page, target: &str) -> Option<PageId> {
    site.language_of(from).paths.find(Standpoint::of(from), target)
}

/// Looks for the reason among the pages that were left out, and for the nearest right path.
fn why_missing(site: &Site, from: &Page, target: &str) -> NotFoundReason {
    let wanted = candidates(Standpoint::of(from), target);
    let within = |path: &str| {
        let folders = site.content_folders.iter();
        let found = folders.filter_map(|folder| {
            Some(path.strip_prefix(folder.as_str())?.trim_start_matches('/').to_owned())
        });
        found.min_by_key(String::len).unwrap_or_else(|| path.to_owned())
    };
    let out =
        site.left_out.iter().find(|out| wanted.contains(&ContentPath::of(&within(&out.path)).logical()));
    if let Some(out) = out {
        return NotFoundReason::LeftOut(out.path.clone(), out.reason);
    }
    let paths = &site.language_of(from).paths;
    let stem = identity(target);
    let name = stem.rsplit('/').next().unwrap_or_default();
    let near = if name.is_empty() { None } else { nearest(name, paths.by_path.keys().map(String::as_str)) };
    NotFoundReason::Missing(near.map(str::to_owned))
}

/// All pages by their logical path, and by its last part.
#[derive(Debug, Default)]
pub struct PagePaths {
    by_path: BTreeMap<String, PageId>,
    by_name: BTreeMap<String, Vec<PageId>>,
}

impl PagePaths {
    /// Learns the paths of pages.
    pub(super) fn of<'a>(pages: impl Iterator<Item = (PageId, &'a Page)>) -> Self {
        let mut paths = Self::default();
        for (id, page) in pages {
            paths.add(id, if page.kind == Kind::Home { "/" } else { &page.path });
        }
        paths
    }

    fn add(&mut self, id: PageId, path: &str) {
        self.by_path.insert(path.to_owned(), id);
        let name = path.rsplit('/').next().unwrap_or_default();
        self.by_name.entry(name.to_owned()).or_default().push(id);
    }

    fn find(&self, from: Standpoint<'_>, target: &str) -> Option<PageId> {
        candidates(from, target).iter().find_map(|path| self.by_path.get(path).copied())
    }

    /// Returns the pages of a name; a target with more than one `/` before it is a path and no name.
    fn named(&self, target: &str) -> &[PageId] {
        if target.strip_prefix('/').unwrap_or(target).contains('/') {
            return &[];
        }
        let path = identity(target);
        self.by_name.get(path.trim_start_matches('/')).map(Vec::as_slice).unwrap_or_default()
    }
}

/// From where a path is looked at: a page's logical path, and how the page owns its folder.
#[derive(Debug, Clone, Copy)]
struct Standpoint<'a> {
    path: &'a str,
    bundle: Bundle,
}

impl<'a> Standpoint<'a> {
    fn of(page: &'a Page) -> Self {
        // Sections and terms without a document have a folder all the same.
        let bundle = page.content.as_ref().map_or(Bundle::Branch, |content| content.path.bundle);
        Self { path: &page.path, bundle }
    }

    /// Returns the folder that a relative path counts from.
    ///
    /// For a leaf bundle that is the folder above it, so that `other` is its neighbour, but its own folder for a
    /// file such as `../other/index.md`.
    fn folder(self, target: &str) -> &'a str {
        let above = self.path.rsplit_once('/').map_or("", |(above, _)| above);
        match self.bundle {
            Bundle::Branch => self.path,
            Bundle::Leaf if has_extension(target) && target.starts_with("../") => self.path,
            Bundle::Leaf | Bundle::Single => above,
        }
    }
}

/// Returns the logical paths that a target may mean, the most probable first.
fn candidates(from: Standpoint<'_>, target: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !target.starts_with('/') {
        found.push(identity(&format!("{}/{target}", from.folder(target))));
    }
    if !target.starts_with('.') {
        found.push(identity(target));
    }
    found
}

fn has_extension(target: &str) -> bool {
    target.trim_end_matches('/').rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// Extensions of content that a path may be written with.
const CONTENT_EXTENSIONS: [&str; 11] =
    ["md", "markdown", "mdown", "html", "htm", "org", "adoc", "asciidoc", "ad", "rst", "pandoc"];

/// Returns the logical path of a path in the content folder: clean, lower case, without `index.md` and extension.
fn identity(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if let Some(last) = parts.last_mut() {
        let is_content = |extension: &str| CONTENT_EXTENSIONS.contains(&extension.to_lowercase().as_str());
        *last = last
            .rsplit_once('.')
            .filter(|(_, extension)| is_content(extension))
            .map_or(*last, |(stem, _)| stem);
    }
    if parts
        .last()
        .is_some_and(|last| last.eq_ignore_ascii_case("index") || last.eq_ignore_ascii_case("_index"))
    {
        parts.pop();
    }
    format!("/{}", parts.join("/")).to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: [&str; 13] = [
        "/",
        "/about",
        "/blog",
        "/blog/alpha",
        "/blog/beta",
        "/blog/single",
        "/blog/upper-case",
        "/docs",
        "/docs/deep",
        "/docs/deep/alpha",
        "/docs/v1.2",
        "/docs/x/unique",
        "/docs/x/dup",
    ];

    fn paths() -> PagePaths {
        let mut paths = PagePaths::default();
        for (index, path) in PAGES.iter().chain(&["/docs/dup"]).enumerate() {
            paths.add(PageId::from_index(index), path);
        }
        paths
    }

    #[track_caller]
    fn check(path: &str, bundle: Bundle, cases: &[(&str, &str)]) {
        let paths = paths();
        for (target, wanted) in cases {
            let found = paths.find(Standpoint { path, bundle }, target);
            let by_name = || paths.named(target);
            let found = match (found, by_name()) {
                (Some(id), _) => path_of(id),
                (None, [id]) => path_of(*id),
                (None, []) => "missing",
                (None, _) => "ambiguous",
            };
            assert_eq!(found, *wanted, "{target:?} from {path:?}");
        }
    }

    fn path_of(id: PageId) -> &'static str {
        PAGES.get(id.index()).copied().unwrap_or("/docs/dup")
    }

    /// The answers are those of Hugo 0.168.
    #[test]
    fn a_leaf_bundle_names_its_neighbours() {
        check(
            "/blog/alpha",
            Bundle::Leaf,
            &[
                ("beta", "/blog/beta"),
                ("./beta", "/blog/beta"),
                ("../beta", "missing"),
                ("../beta/index.md", "/blog/beta"),
                ("/blog/beta", "/blog/beta"),
                ("/unique", "/docs/x/unique"),
                ("/blog/beta.md", "/blog/beta"),
                ("/blog/beta/_index.md", "/blog/beta"),
                ("blog/beta", "/blog/beta"),
                ("/Blog/BETA.MD", "/blog/beta"),
                ("Beta", "/blog/beta"),
                ("../single.md", "/blog/single"),
                (".", "/blog"),
                ("index.md", "/blog"),
                ("/", "/"),
                ("/blog/", "/blog"),
                ("docs", "/docs"),
                ("deep", "/docs/deep"),
                ("../about.md", "missing"),
                ("../../about.md", "/about"),
                ("unique", "/docs/x/unique"),
                ("unique.md", "/docs/x/unique"),
                ("dup", "ambiguous"),
                ("alpha.md", "/blog/alpha"),
                ("deep/alpha", "missing"),
                ("docs/deep/alpha", "/docs/deep/alpha"),
                ("../../blog", "/blog"),
                ("about.html", "/about"),
                ("/docs/v1.2/", "/docs/v1.2"),
                ("nope", "missing"),
                ("photo.jpg", "missing"),
            ],
        );
    }

    #[test]
    fn single_pages_and_sections_count_from_their_folder() {
        check(
            "/blog/single",
            Bundle::Single,
            &[
                ("../about.md", "/about"),
                ("../about", "/about"),
                ("beta", "/blog/beta"),
                ("./beta", "/blog/beta"),
                ("beta/index.md", "/blog/beta"),
                ("../docs/_index.md", "/docs"),
                ("Upper Case.md", "/blog/upper-case"),
            ],
        );
        check(
            "/docs",
            Bundle::Branch,
            &[
                ("deep/alpha", "/docs/deep/alpha"),
                ("./v1.2", "/docs/v1.2"),
                ("../about", "/about"),
                ("_index.md", "/docs"),
                ("x/unique", "/docs/x/unique"),
            ],
        );
    }

    #[test]
    fn a_target_is_taken_apart() {
        let target = |path: &str, query: Option<&str>, fragment: Option<&str>| Target {
            path: path.to_owned(),
            query: query.map(str::to_owned),
            fragment: fragment.map(str::to_owned),
        };
        for (written, wanted) in [
            ("x.md", target("x.md", None, None)),
            ("x.md?a=1#b?c#d", target("x.md", Some("a=1"), Some("b?c#d"))),
            ("#top", target("", None, Some("top"))),
            ("My%20Post.md", target("My Post.md", None, None)),
        ] {
            assert_eq!(Target::parse(written), wanted, "{written}");
        }
    }
}
