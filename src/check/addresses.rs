//! Says what an address in a page means: a file of the site, a place in another site, or nothing that can be checked.
//!
//! Knows the paths of all outputs and the address of the site, and nothing about what is in the outputs.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use percent_encoding::percent_decode_str;

use crate::output::Outputs;
use crate::path::{BaseUrl, Route, has_scheme};
use crate::site::Site;

/// What an address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A route of this site, decoded, and the fragment as written.
    Inside(Route, Option<String>),
    /// An address on the host of this site, but not below its base path.
    Beside(String),
    /// Another site, by `http` or `https`.
    Outside(String),
    /// An address that leads to no file: mail, data, scripts.
    Other,
    /// The page itself, by an empty address.
    Nothing,
}

/// The addresses of a site.
#[derive(Debug)]
pub(super) struct Addresses<'a> {
    base: &'a BaseUrl,
    origin: String,
    /// Index of an output by its path.
    by_path: HashMap<&'a str, usize>,
    /// Routes of pages whose output could not be made: that is told already.
    promised: HashSet<&'a str>,
    /// What was probably meant by a route that is not there.
    meant: Mutex<HashMap<Route, Option<String>>>,
}

impl<'a> Addresses<'a> {
    pub(super) fn of(site: &'a Site, outputs: &'a Outputs) -> Self {
        let base = &site.config.base_url;
        let whole = base.to_string();
        let origin = whole.strip_suffix(base.path()).unwrap_or_default().to_ascii_lowercase();
        let by_path =
            outputs.iter().enumerate().map(|(index, output)| (output.path.as_str(), index)).collect();
        let promised = site.pages.iter().filter(|page| page.is_rendered());
        let promised = promised.map(|page| page.route.as_str()).collect();
        Self { base, origin, by_path, promised, meant: Mutex::default() }
    }

    /// Returns the route of an output.
    pub(super) fn route_of(path: &str) -> Route {
        let folder = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
        Route::new(folder.unwrap_or(path))
    }

    /// Says what an address means in the page of a route.
    pub(super) fn meaning(&self, page: &Route, written: &str) -> Meaning {
        // Browsers drop these wherever they stand (URL Living Standard 4.4).
        let written: String = written.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
        if written.is_empty() {
            return Meaning::Nothing;
        }
        if written.starts_with("//") {
            let scheme = self.origin.split_once("//").map_or("https:", |(scheme, _)| scheme);
            return self.of_absolute(&format!("{scheme}{written}"));
        }
        if has_scheme(&written) {
            let lower = written.get(..8).unwrap_or(&written).to_ascii_lowercase();
            let is_web = lower.starts_with("http://") || lower.starts_with("https://");
            return if is_web { self.of_absolute(&written) } else { Meaning::Other };
        }
        let (path, fragment) = split(&written);
        if written.starts_with('/') {
            return self.of_path(path, fragment);
        }
        if path.is_empty() {
            return Meaning::Inside(page.clone(), fragment);
        }
        let own = self.base.path().trim_end_matches('/');
        self.of_path(&format!("{own}{}{path}", encode_percent(page.folder())), fragment)
    }

    fn of_absolute(&self, address: &str) -> Meaning {
        let host_start = address.find("//").map_or(0, |at| at + 2);
        let host_end =
            address[host_start..].find(['/', '?', '#']).map_or(address.len(), |end| host_start + end);
        let (origin, path) = address.split_at(host_end);
        let same_host = |origin: &str| {
            let of = |text: &str| text.split_once("//").map(|(_, host)| host.to_ascii_lowercase());
            !self.origin.is_empty() && of(origin) == of(&self.origin)
        };
        if !same_host(origin) {
            return Meaning::Outside(address.to_owned());
        }
        let (path, fragment) = split(path);
        match self.of_path(if path.is_empty() { "/" } else { path }, fragment) {
            // What lies beside the site is somebody else's, whoever has the host.
            Meaning::Beside(_) => Meaning::Outside(address.to_owned()),
            meaning => meaning,
        }
    }

    /// Says what a path from the host's root means.
    fn of_path(&self, path: &str, fragment: Option<String>) -> Meaning {
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let clean = without_dots(&decoded);
        let base = self.base.path();
        match clean.strip_prefix(base) {
            Some(inside) => Meaning::Inside(Route::new(inside), fragment),
            None if clean == base.trim_end_matches('/') => Meaning::Inside(Route::home(), fragment),
            None => Meaning::Beside(clean),
        }
    }

    /// Returns the index of the output that serves a route: a folder is found without its last slash too, as every host
    /// does it.
    pub(super) fn find(&self, route: &Route) -> Option<usize> {
        let path = route.as_str().get(1..).unwrap_or("");
        if !path.is_empty() && !path.ends_with('/') {
            if let Some(found) = self.by_path.get(path) {
                return Some(*found);
            }
            return self.by_path.get(format!("{path}/index.html").as_str()).copied();
        }
        self.by_path.get(format!("{path}index.html").as_str()).copied()
    }

    /// Says whether a page has this route, although it could not be made.
    pub(super) fn is_promised(&self, route: &Route) -> bool {
        let with_slash = format!("{}/", route.as_str().trim_end_matches('/'));
        self.promised.contains(route.as_str()) || self.promised.contains(with_slash.as_str())
    }

    /// Returns the route that was probably meant, found once for each.
    pub(super) fn nearest(&self, route: &Route) -> Option<String> {
        let lock = || self.meant.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(route) {
            return known.clone();
        }
        let found = self.find_nearest(route);
        lock().insert(route.clone(), found.clone());
        found
    }

    /// Looks for the route that was probably meant: of the same last name, or spelled nearly so in the same folder.
    fn find_nearest(&self, route: &Route) -> Option<String> {
        let wanted = route.as_str().trim_matches('/').to_lowercase();
        let name = wanted.rsplit('/').next().filter(|name| !name.is_empty())?;
        let mut best: Option<(f64, String)> = None;
        for path in self.by_path.keys() {
            let shown = Self::route_of(path);
            let candidate = shown.as_str().trim_matches('/').to_lowercase();
            let last = candidate.rsplit('/').next().unwrap_or_default();
            // A picture was not meant by a page, nor a feed by a list.
            if last.is_empty() || last.len().abs_diff(name.len()) > 8 || extension(last) != extension(name) {
                continue;
            }
            // The name weighs most: folders are what authors get wrong when they move things.
            let mut score = if last == name { 0.95 } else { strsim::jaro_winkler(name, last) };
            if score < 0.8 {
                continue;
            }
            score += strsim::jaro(&wanted, &candidate);
            let is_better = best
                .as_ref()
                .is_none_or(|(top, route)| score > *top || score == *top && shown.as_str() < route.as_str());
            if is_better {
                best = Some((score, shown.to_string()));
            }
        }
        best.filter(|(score, _)| *score >= 1.55).map(|(_, route)| route)
    }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Cuts an address into what stands before the query, and the fragment.
fn split(address: &str) -> (&str, Option<String>) {
    let (rest, fragment) =
        address.split_once('#').map_or((address, None), |(rest, fragment)| (rest, Some(fragment.to_owned())));
    (rest.split('?').next().unwrap_or(""), fragment)
}

/// Keeps a decoded path as it is through one more decoding.
fn encode_percent(path: &str) -> String {
    path.replace('%', "%25")
}

/// Resolves `.` and `..` (RFC 3986 section 5.2.4); nothing leads above the root.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut is_folder = path.ends_with('/');
    let count = path.split('/').count();
    for (index, part) in path.split('/').enumerate() {
        match part {
            "" => {}
            "." | ".." => {
                if part == ".." {
                    parts.pop();
                }
                is_folder |= index + 1 == count;
            }
            part => parts.push(part),
        }
    }
    let slash = if is_folder && !parts.is_empty() { "/" } else { "" };
    format!("/{}{slash}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base: &str, cases: &[(&str, &str)]) {
        let base = BaseUrl::parse(base);
        let whole = base.to_string();
        let origin = whole.strip_suffix(base.path()).unwrap_or_default().to_ascii_lowercase();
        let addresses = Addresses {
            base: &base,
            origin,
            by_path: HashMap::new(),
            promised: HashSet::new(),
            meant: Mutex::default(),
        };
        for (written, expected) in cases {
            let shown = match addresses.meaning(&Route::new("/blog/a%b/"), written) {
                Meaning::Inside(route, None) => route.to_string(),
                Meaning::Inside(route, Some(fragment)) => format!("{route} #{fragment}"),
                Meaning::Beside(path) => format!("beside {path}"),
                Meaning::Outside(url) => format!("out {url}"),
                Meaning::Other => "other".to_owned(),
                Meaning::Nothing => "nothing".to_owned(),
            };
            assert_eq!(shown, *expected, "{written} at {base}");
        }
    }

    #[test]
    fn an_address_is_resolved_as_browsers_do() {
        check(
            "https://Example.org/",
            &[
                ("x.jpg", "/blog/a%b/x.jpg"),
                ("../c/", "/blog/c/"),
                ("../../../../x", "/x"),
                ("..", "/blog/"),
                ("./", "/blog/a%b/"),
                ("/%C3%A9t%C3%A9/?a=1#b", "/été/ #b"),
                ("#top", "/blog/a%b/ #top"),
                ("?q=1", "/blog/a%b/"),
                ("", "nothing"),
                ("https://example.org", "/"),
                ("http://EXAMPLE.org/b?c", "/b"),
                ("//example.org/b", "/b"),
                ("https://other.example/b", "out https://other.example/b"),
                ("//cdn.example/b", "out https://cdn.example/b"),
                ("mailto:a@b.example", "other"),
                ("data:image/png;base64,xx", "other"),
                (" /a\nb/ ", "/ab/"),
            ],
        );
    }

    #[test]
    fn a_base_path_is_where_the_site_begins() {
        check(
            "https://example.org/repo/",
            &[
                ("/repo/b/", "/b/"),
                ("/repo", "/"),
                ("/b/", "beside /b/"),
                ("c/", "/blog/a%b/c/"),
                ("../../../x", "beside /x"),
                ("https://example.org/x", "out https://example.org/x"),
                ("https://example.org/repo/x", "/x"),
            ],
        );
        check("", &[("/b/", "/b/"), ("https://example.org/", "out https://example.org/")]);
    }
}
