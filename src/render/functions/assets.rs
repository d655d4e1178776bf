//! `asset`, `stylesheet` and `script`: static files that pages load, with what browsers check and keep them by.
//!
//! Style sheets and scripts of the program carry a digest in their names. The author's keep their names, and are asked
//! for with a digest after it: a new one is fetched although the address of the file is the old one. Each comes with the
//! digest that a browser compares (Subresource Integrity). A preview does without both for the author's own files: their
//! changes are shown without a new page.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tera::{Error, Kwargs, State, TeraResult, Value};

use crate::diag::nearest;
use crate::digest::Digest;
use crate::path::Route;
use crate::render::context::Shared;
use crate::render::values::{html, text};
use crate::source::read_static_file;
use crate::text::escape_html;
use crate::theme::Theme;

/// Where static files are published, by their path in `static`.
#[derive(Debug)]
pub(in crate::render) struct Assets {
    by_path: BTreeMap<String, OnceLock<Published>>,
}

/// An asset as pages ask for it.
#[derive(Debug, Clone)]
struct Published {
    /// From the site's root.
    address: String,
    /// What a browser compares; nothing where it must not.
    integrity: Option<String>,
}

impl Published {
    fn of(address: String, bytes: &[u8]) -> Self {
        let digest = ring::digest::digest(&ring::digest::SHA384, bytes);
        Self { address, integrity: Some(format!("sha384-{}", BASE64_STANDARD.encode(digest))) }
    }
}

impl Assets {
    /// Lists the files of the theme, and the author's, which are read when a page first asks.
    pub(in crate::render) fn of<'a>(theme: &Theme<'_>, own: impl Iterator<Item = &'a str>) -> Self {
        let own = own.map(|path| (path.to_owned(), OnceLock::new()));
        let builtin = theme
            .builtin_static
            .iter()
            .map(|file| (file.name.to_owned(), OnceLock::from(Published::of(file.published(), file.bytes))));
        Self { by_path: own.chain(builtin).collect() }
    }

    /// Says where a file is published and what a browser compares.
    fn find(&self, shared: &Shared, path: &str) -> Option<&Published> {
        Some(self.by_path.get(path)?.get_or_init(|| own_file(shared, path)))
    }
}

impl Assets {
    /// Returns the address of a file, which pages and feeds ask for.
    pub(in crate::render) fn address(&self, shared: &Shared, path: &str) -> Option<String> {
        self.find(shared, path).map(|found| address(shared, found))
    }
}

/// A style sheet or script of the author; one that cannot be read is told where it is copied.
fn own_file(shared: &Shared, path: &str) -> Published {
    let is_loaded = path.ends_with(".css") || path.ends_with(".js");
    let file = shared.static_file(path).filter(|_| is_loaded && shared.is_published());
    match file.and_then(|file| read_static_file(file).ok()) {
        Some(found) => {
            let digest = Digest::of(&found).short();
            Published::of(format!("{path}?v={digest}"), &found)
        }
        None => Published { address: path.to_owned(), integrity: None },
    }
}

fn find<'a>(shared: &'a Shared, arguments: &Kwargs) -> TeraResult<&'a Published> {
    let path: String = arguments.must_get("path")?;
    let wanted = path.trim_start_matches('/');
    shared.assets.find(shared, wanted).ok_or_else(|| {
        let near = nearest(wanted, shared.static_paths.iter().map(String::as_str));
        let hint = near.map(|name| format!(": did you mean `{name}`?")).unwrap_or_default();
        Error::message(format!("no static file is called `{wanted}`{hint}"))
    })
}

fn address(shared: &Shared, found: &Published) -> String {
    let (path, query) = found.address.split_once('?').unwrap_or((&found.address, ""));
    let address = shared.site.config.base_url.relative(&Route::new(&format!("/{path}")));
    if query.is_empty() { address } else { format!("{address}?{query}") }
}

/// `asset(path=)`: the address of a static file; an error where there is none of the path.
pub(super) fn asset(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Ok(text(address(shared, find(shared, arguments)?)))
}

/// `stylesheet(path=, optional=)`: the tag that loads a style sheet of `static`; with `optional`, nothing where there is none.
pub(super) fn stylesheet(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    // The author's own sheet of this name is there or not: the theme asks for it on every page.
    let is_optional = arguments.get::<bool>("optional")?.unwrap_or(false);
    if is_optional && !shared.static_paths.contains(arguments.must_get::<&str>("path")?) {
        return Ok(html(""));
    }
    let found = find(shared, arguments)?;
    let address = escape_html(&address(shared, found)).into_owned();
    Ok(html(format!("<link rel=\"stylesheet\" href=\"{address}\"{}>", integrity(found))))
}

/// `integrity(path=)`: the digest that a browser compares when a script loads the file; empty in a preview of one's own.
pub(super) fn integrity_of(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Ok(text(find(shared, arguments)?.integrity.as_deref().unwrap_or_default()))
}

/// `script(path=, blocking=)`: the tag that loads a script of `static`, which runs when the page has been read.
///
/// With `blocking` it runs at once, before the page is shown.
pub(super) fn script(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let found = find(shared, arguments)?;
    let defer = if arguments.get::<bool>("blocking")?.unwrap_or(false) { "" } else { " defer" };
    let address = escape_html(&address(shared, found)).into_owned();
    Ok(html(format!("<script src=\"{address}\"{}{defer}></script>", integrity(found))))
}

impl Assets {
    /// Writes the tag that loads a style sheet whose bytes are known.
    pub(in crate::render) fn stylesheet_tag(address: &str, bytes: &[u8]) -> String {
        let found = Published::of(escape_html(address).into_owned(), bytes);
        format!("<link rel=\"stylesheet\" href=\"{}\"{}>", found.address, integrity(&found))
    }
}

fn integrity(found: &Published) -> String {
    found.integrity.as_ref().map(|value| format!(" integrity=\"{value}\"")).unwrap_or_default()
}
