//! Files that hosts of static sites read: `_headers`, `_redirects`, `CNAME`, `.nojekyll`, `.domains`.
//!
//! A file of the author's own (`static/_redirects`) stays as it is, and ours is not made. Redirects of `aliases` have pages that
//! lead on in any case: what a host does not take is served by those.

use std::fmt::Write as _;

use super::super::recipes::{Maker, Planned, Planner, Recipe};
use crate::config::Host;
use crate::output::Class;
use crate::path::{BaseUrl, Route};

/// Most redirects of Cloudflare Pages that name no pattern.
const REDIRECTS_MAX: usize = 2000;

/// Most characters of a redirect there.
const REDIRECT_MAX_CHARS: usize = 1000;

/// Headers of every file.
const HEADERS: &str = "\
/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
";

/// Lists what the host wants, given all else that is published.
pub(super) fn recipes(planner: &Planner<'_>, planned: &[Planned]) -> Vec<Planned> {
    let config = &planner.site.config;
    let Some(host) = config.deployment.hosting.host else { return Vec::new() };
    let domain = own_domain(&config.base_url);
    let files: Vec<(&str, Option<String>)> = match host {
        Host::GitHub => vec![(".nojekyll", Some(String::new())), ("CNAME", domain)],
        Host::Codeberg => vec![(".domains", domain)],
        // There a page goes before a redirect, and our redirects have pages.
        Host::GitLab => Vec::new(),
        Host::Netlify | Host::Cloudflare => {
            vec![("_headers", Some(headers(host))), ("_redirects", redirects(planner, planned, host))]
        }
    };
    let has_own = |name: &str| planner.static_files.iter().any(|file| file.path.as_str() == name);
    let made = files.into_iter().filter(|(name, _)| !has_own(name));
    made.filter_map(|(name, text)| Some((name, text?)))
        .map(|(name, text)| planner.recipe(&Route::new(name), name, Class::Asset, Maker::Text(text)))
        .collect()
}

/// Returns the domain that a site has of its own, where it has no folder there.
fn own_domain(base: &BaseUrl) -> Option<String> {
    let host = base.host().filter(|_| base.path() == "/")?;
    let is_lent = [".github.io", ".codeberg.page"].iter().any(|end| host.ends_with(end));
    let is_domain =
        host.contains('.') && !host.contains(':') && !host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (is_domain && !is_lent).then(|| format!("{host}\n"))
}

/// Pictures that are named by what is in them are kept for ever.
fn headers(host: Host) -> String {
    // One `*` is all that Cloudflare takes, and Netlify takes a placeholder for a whole segment only.
    let pattern = if host == Host::Cloudflare { "/*_hw_:name" } else { "/*_hw_*" };
    format!("{HEADERS}\n{pattern}\n  Cache-Control: public, max-age=31536000, immutable\n")
}

/// Writes the redirects to pages, one a line.
fn redirects(planner: &Planner<'_>, planned: &[Planned], host: Host) -> Option<String> {
    let base = &planner.site.config.base_url;
    let line = |recipe: &Recipe| {
        let Maker::Redirect(id) = recipe.maker else { return None };
        let from = base.relative(&Route::new(
            recipe.path.as_str().strip_suffix("index.html").unwrap_or(recipe.path.as_str()),
        ));
        let to = base.relative(&planner.site.page(id).route);
        // Netlify serves the page that leads on unless it is told so with a `!`.
        let code = if host == Host::Netlify { "301!" } else { "301" };
        (from != to).then(|| format!("{from} {to} {code}\n"))
    };
    let mut lines: Vec<String> = planned.iter().flatten().filter_map(line).collect();
    // First those of the author: what a host does not take should be the slices of lists.
    lines.sort_by_key(|line| (line.contains("/page/1/ "), line.clone()));
    lines.dedup();
    let found = lines.len();
    if host == Host::Cloudflare {
        lines.retain(|line| line.chars().count() <= REDIRECT_MAX_CHARS);
        lines.truncate(REDIRECTS_MAX);
    }
    let left = found - lines.len();
    let mut text = lines.concat();
    if left > 0 {
        let _ = writeln!(text, "# {left} more do not fit the limits of this host: their pages lead on.");
    }
    (found > 0).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_of_ones_own_has_a_dot_and_no_folder() {
        for (url, expected) in [
            ("https://blog.example.org/", Some("blog.example.org\n")),
            ("https://example.org/blog/", None),
            ("https://me.github.io/", None),
            ("https://me.codeberg.page/", None),
            ("http://localhost:1313/", None),
            ("http://127.0.0.1/", None),
            ("/", None),
        ] {
            assert_eq!(own_domain(&BaseUrl::parse(url)).as_deref(), expected, "{url}");
        }
    }
}
