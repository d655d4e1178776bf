//! Three kinds of path that are never mixed: where a file lies ([`SourcePath`]), where a page is on the web ([`Route`]),
//! and which file of the output serves it ([`OutputPath`]).
//!
//! Does not touch the disk, and knows nothing about what decides a route.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;
use crate::text::encode_path;

/// A file of the site, relative to its root, with `/` between folders on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(String);

impl SourcePath {
    /// Takes a path that is relative already and uses `/`.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the last component.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Returns what follows the last dot of the file name, as written; empty where there is none.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The address of a page or file within the site: decoded, always with a leading `/`, without the base path.
///
/// A route that ends in `/` is served by `index.html` in that folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(String);

impl Route {
    /// Makes a route, adding the leading `/` and joining doubled ones.
    pub fn new(path: &str) -> Self {
        let mut route = String::with_capacity(path.len() + 2);
        route.push('/');
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            route.push_str(segment);
            route.push('/');
        }
        if !path.ends_with('/') && route.len() > 1 {
            route.pop();
        }
        Self(route)
    }

    /// Returns the route of the home page.
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// Returns the decoded path, with the leading `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the folder of this route: itself where it ends in `/`, else everything up to the last `/`.
    pub fn folder(&self) -> &str {
        let end = self.0.rfind('/').map_or(0, |at| at + 1);
        &self.0[..end]
    }

    /// Returns the route of `relative` within this route's folder.
    pub fn join(&self, relative: &str) -> Self {
        Self::new(&format!("{}{relative}", self.folder()))
    }

    /// Returns the route of a file that belongs to the page of this route.
    ///
    /// It lies in the page's folder, which for `/x/y.html` is `/x/y/`, and for `/x/index.html` is `/x/` (Hugo 0.168,
    /// asked).
    pub fn own(&self, relative: &str) -> Self {
        let name = self.0.rsplit('/').next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        match stem {
            "" | "index" => self.join(relative),
            _ => Self::new(&format!("{}{stem}/{relative}", self.folder())),
        }
    }

    /// Returns the path percent-encoded, as links have it.
    pub fn encoded(&self) -> String {
        encode_path(&self.0)
    }

    /// Returns the file that serves this route.
    ///
    /// # Errors
    /// The route would leave the site or cannot be a file name.
    pub fn output(&self) -> Result<OutputPath, Diagnostic> {
        let mut path = self.0[1..].to_owned();
        if self.0.ends_with('/') {
            path.push_str("index.html");
        }
        OutputPath::new(path)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Most bytes that common file systems allow in one component of a path.
const COMPONENT_MAX_BYTES: usize = 255;

/// A file of the built site, relative to the output folder; never leaves it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OutputPath(String);

impl OutputPath {
    /// Checks that every component is a plain name.
    ///
    /// # Errors
    /// `output-path`: empty, `.`, `..`, a name over 255 bytes, a backslash or a control character.
    pub fn new(path: impl Into<String>) -> Result<Self, Diagnostic> {
        let path = path.into();
        match path.split('/').find_map(component_fault) {
            None => Ok(Self(path)),
            Some(fault) => {
                Err(Diagnostic::error("output-path", format!("`/{}` {fault}", path.escape_debug())))
            }
        }
    }

    /// Returns the path as text, with `/` between folders.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the folder part without the last `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

fn component_fault(component: &str) -> Option<&'static str> {
    match component {
        "" => Some("has an empty name in it"),
        "." | ".." => Some("would leave its folder"),
        _ if component.len() > COMPONENT_MAX_BYTES => Some("has a name over 255 bytes in it"),
        _ if component.contains(['\\', ':']) && cfg!(windows) => {
            Some("has a character that no file name can have")
        }
        _ if component.chars().any(char::is_control) => Some("has a control character in it"),
        _ => None,
    }
}

impl TryFrom<String> for OutputPath {
    type Error = String;

    fn try_from(path: String) -> Result<Self, String> {
        Self::new(path).map_err(|diagnostic| diagnostic.message)
    }
}

impl From<OutputPath> for String {
    fn from(path: OutputPath) -> Self {
        path.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the site is published: origin and base path of `baseURL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Reads `https://example.org/sub/`, with or without the last `/`; a bare `/sub/` has no origin.
    pub fn parse(url: &str) -> Self {
        let url = url.trim();
        let (origin, path) = match url.find("://") {
            Some(at) => {
                let host_end = url[at + 3..].find('/').map_or(url.len(), |slash| at + 3 + slash);
                url.split_at(host_end)
            }
            None => ("", url),
        };
        let mut path = path.trim_matches('/').to_owned();
        path.insert(0, '/');
        if path.len() > 1 {
            path.push('/');
        }
        Self { origin: origin.to_owned(), path }
    }

    /// Returns the path part, `/` or `/sub/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the host with its port, where there is one.
    pub fn host(&self) -> Option<&str> {
        self.origin.split_once("://").map(|(_, host)| host).filter(|host| !host.is_empty())
    }

    /// Says whether there is a scheme and host, so that permalinks are absolute.
    pub fn has_origin(&self) -> bool {
        !self.origin.is_empty()
    }

    /// Returns the address to link to from the same site: base path and route, percent-encoded.
    pub fn relative(&self, route: &Route) -> String {
        let encoded = route.encoded();
        format!("{}{}", self.path, &encoded[1..])
    }

    /// Returns the permalink: origin, base path and route, percent-encoded.
    pub fn absolute(&self, route: &Route) -> String {
        let encoded = route.encoded();
        format!("{}{}{}", self.origin, self.path, &encoded[1..])
    }

    /// Makes a link target absolute: what starts with `/` is taken from the host's root, what has a scheme is left.
    pub fn resolve(&self, page: &Route, target: &str) -> String {
        if target.starts_with("//") || has_scheme(target) {
            target.to_owned()
        } else if target.starts_with('/') {
            format!("{}{target}", self.origin)
        } else if target.starts_with('#') || target.starts_with('?') || target.is_empty() {
            format!("{}{target}", self.absolute(page))
        } else {
            format!("{}{}", self.absolute(&Route::new(page.folder())), target.trim_start_matches("./"))
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.path)
    }
}

/// Says whether a link target names its own scheme, such as `https:` or `mailto:` (RFC 3986 section 3.1).
pub fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_never_leaves_its_folder() {
        for path in ["", "..", "a/../b", "a//b", "/a", "a/.", "a\u{0}b", "a/\n"] {
            assert!(OutputPath::new(path).is_err(), "{path:?}");
        }
        for path in ["a", "a/b.html", "...", "été/index.html", "a b"] {
            assert!(OutputPath::new(path).is_ok(), "{path:?}");
        }
        assert!(OutputPath::new("x".repeat(256)).is_err());
    }

    #[test]
    fn a_route_is_served_by_one_file() {
        let file = |route: &str| Route::new(route).output().map(String::from).unwrap_or_default();
        assert_eq!(file("/"), "index.html");
        assert_eq!(file("blog//a/"), "blog/a/index.html");
        assert_eq!(file("/x.html"), "x.html");
        assert_eq!(Route::new("/blog/a/").join("b/c.jpg").as_str(), "/blog/a/b/c.jpg");
        assert_eq!(Route::new("/blog/a.html").join("c.jpg").as_str(), "/blog/c.jpg");
    }

    #[test]
    fn addresses_keep_the_base_path_and_are_encoded() {
        let base = BaseUrl::parse("https://example.org/sub");
        let route = Route::new("/blog/été/");
        assert_eq!(base.relative(&route), "/sub/blog/%C3%A9t%C3%A9/");
        assert_eq!(base.absolute(&route), "https://example.org/sub/blog/%C3%A9t%C3%A9/");
        assert_eq!(base.to_string(), "https://example.org/sub/");
        assert_eq!(BaseUrl::parse("").to_string(), "/");
        assert_eq!(BaseUrl::parse("/x").path(), "/x/");
    }

    #[test]
    fn links_in_feeds_become_absolute() {
        let base = BaseUrl::parse("https://example.org/sub/");
        let page = Route::new("/blog/a/");
        for (target, absolute) in [
            ("/sub/x.png", "https://example.org/sub/x.png"),
            ("x.png", "https://example.org/sub/blog/a/x.png"),
            ("#top", "https://example.org/sub/blog/a/#top"),
            ("https://b.example/", "https://b.example/"),
            ("//cdn.example/x", "//cdn.example/x"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ] {
            assert_eq!(base.resolve(&page, target), absolute);
        }
    }
}
