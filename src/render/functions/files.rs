//! `read_file`: a text of the site, to be shown on another page.
//!
//! Only files that `source` has listed are read: texts and files of the content folder, and static files. So nothing
//! outside of the site is ever read, and a build or preview knows that these files matter.

use tera::{Kwargs, State, TeraResult, Value};

use super::{calling_page, place};
use crate::diag::{Diagnostic, nearest};
use crate::render::context::Shared;
use crate::render::values::text;
use crate::site::{Page, Site};
use crate::source::{Asset, read_text_file};

/// `read_file(path=, whole=, draft=)`: the text of a file; seen from the page's folder, with a leading `/` from the
/// content folder or the site's.
///
/// The front matter of a text is left out unless `whole` is set. A file that is not there is noted at the shortcode's
/// place; with `draft` it is `none` instead.
pub(super) fn read_file(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let path = arguments.get::<String>("path")?.unwrap_or_default();
    let is_whole = arguments.get::<bool>("whole")?.unwrap_or(false);
    let page = calling_page(shared, state)?;
    match read(shared, page, &path, is_whole) {
        Ok(found) => Ok(text(found)),
        Err(problem) if problem.code == NOT_FOUND && arguments.get::<bool>("draft")?.unwrap_or(false) => {
            Ok(Value::none())
        }
        Err(problem) => {
            shared.note(problem.at(place(state)?));
            Ok(Value::none())
        }
    }
}

/// Code of the diagnostic about a file that is not there.
const NOT_FOUND: &str = "readfile-not-found";

fn read(shared: &Shared, page: &Page, path: &str, is_whole: bool) -> Result<String, Diagnostic> {
    if path.is_empty() {
        return Err(Diagnostic::error(NOT_FOUND, "the name of the file is missing")
            .hint("for example `{{% readfile \"setup.md\" %}}`"));
    }
    let site = shared.site.as_ref();
    for wanted in candidates(site, page, path)? {
        if let Some(content) = site.text(&wanted) {
            return Ok(if is_whole { content.text() } else { content.body() }.to_owned());
        }
        let mut files = site.assets.iter().chain(shared.static_files.iter());
        if let Some(file) = files.find(|file| file.source.as_str() == wanted) {
            return read_asset_text(file);
        }
    }
    Err(missing(shared, path))
}

/// The place of a diagnostic is the shortcode's: the file is named in the message.
fn read_asset_text(file: &Asset) -> Result<String, Diagnostic> {
    read_text_file(file).map_err(|mut problem| {
        problem.message = format!("`{}`: {}", file.source, problem.message);
        problem.at = None;
        problem
    })
}

/// Returns the paths, from the site's root, that a path may mean.
///
/// # Errors
/// `readfile-not-found`: it leads out of the site.
fn candidates(site: &Site, page: &Page, path: &str) -> Result<Vec<String>, Diagnostic> {
    let folders = if path.starts_with('/') {
        site.content_folders.iter().cloned().chain([String::new()]).collect()
    } else {
        let content = site.content_folders.first().map_or("", String::as_str);
        let source = page.source_path().map_or(content, |source| source.as_str());
        vec![source.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()]
    };
    let found: Vec<String> = folders.iter().filter_map(|folder| clean(&format!("{folder}/{path}"))).collect();
    if found.is_empty() {
        let message = format!("`{path}` leads out of the site");
        return Err(Diagnostic::error(NOT_FOUND, message).hint("put the file into `content` or `static`"));
    }
    Ok(found)
}

/// Returns a path without `.` and `..`, or nothing where it leads above its root.
fn clean(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn missing(shared: &Shared, path: &str) -> Diagnostic {
    let site = shared.site.as_ref();
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let texts = site.texts.iter().map(|content| content.source.as_str());
    let files = site.assets.iter().chain(shared.static_files.iter()).map(|file| file.source.as_str());
    let problem = Diagnostic::error(NOT_FOUND, format!("there is no file `{path}`"));
    match nearest(name, texts.chain(files)) {
        Some(near) => problem.hint(format!("did you mean `/{near}`?")),
        None => problem.hint(
            "a path counts from the folder of the page, one with a leading `/` from `content`; files elsewhere are not read",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_out_of_the_site() {
        for (path, wanted) in [
            ("content/blog/a/../b.txt", Some("content/blog/b.txt")),
            ("content//x/./y", Some("content/x/y")),
            ("content/../../etc/passwd", None),
            ("/../x", None),
        ] {
            assert_eq!(clean(path).as_deref(), wanted, "{path}");
        }
    }
}
