//! A made-up conference blog of any size, as text and on the disk. Hugo and Hallway both build it as it
//! stands.
//!
//! The same numbers give the same bytes on every machine. Pictures are not made here: see `photo`.

mod code;
mod fill;
mod post;
pub(crate) mod random;
mod words;

use std::io;
use std::path::{Path, PathBuf};

pub(crate) use post::{Post, post};

/// Writes a site of `posts` reports below `folder`, the first `photos` of which show a picture of their
/// bundle.
///
/// Returns the folders of those `photos` bundles; the pictures are the caller's to write. Files that are
/// already in `folder` are replaced or stay: give an empty one.
///
/// # Errors
/// The disk's.
#[expect(clippy::disallowed_methods, reason = "a generator of files writes files")]
pub(crate) fn write(folder: &Path, posts: usize, photos: usize) -> io::Result<Vec<PathBuf>> {
    for (path, text) in FRAME {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, text)?;
    }
    let mut bundles = Vec::new();
    for number in 0..posts {
        let Post { folder: bundle, text } = post(number, number < photos);
        let bundle = folder.join("content/blog").join(bundle);
        std::fs::create_dir_all(&bundle)?;
        std::fs::write(bundle.join("index.md"), text)?;
        if number < photos {
            bundles.push(bundle);
        }
    }
    Ok(bundles)
}

/// All files of a site that are no reports. Hallway leaves `layouts/` aside and uses its own theme; the
/// layouts do for Hugo the work that this theme does.
const FRAME: &[(&str, &str)] = &[
    ("hugo.yaml", include_str!("../hugo/hugo.yaml")),
    (
        "content/_index.md",
        "---\ntitle: A made-up conference blog\n---\nReports that nobody wrote, for measuring.\n",
    ),
    ("content/blog/_index.md", "---\ntitle: Reports\n---\n"),
    ("static/css/site.css", include_str!("../hugo/site.css")),
    ("layouts/baseof.html", include_str!("../hugo/layouts/baseof.html")),
    ("layouts/home.html", include_str!("../hugo/layouts/home.html")),
    ("layouts/section.html", include_str!("../hugo/layouts/section.html")),
    ("layouts/page.html", include_str!("../hugo/layouts/page.html")),
    ("layouts/taxonomy.html", include_str!("../hugo/layouts/taxonomy.html")),
    ("layouts/term.html", include_str!("../hugo/layouts/term.html")),
    ("layouts/404.html", include_str!("../hugo/layouts/404.html")),
    ("layouts/_partials/entry.html", include_str!("../hugo/layouts/_partials/entry.html")),
    ("layouts/_partials/pages.html", include_str!("../hugo/layouts/_partials/pages.html")),
    ("layouts/_shortcodes/imgproc.html", include_str!("../hugo/layouts/_shortcodes/imgproc.html")),
];
