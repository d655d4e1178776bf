//! Which paths count, as a table.

use std::path::{Path, PathBuf};

use super::super::Folders;

fn folders(recursive: &[&str]) -> Folders {
    Folders {
        root: PathBuf::from("/site"),
        recursive: recursive.iter().map(PathBuf::from).collect(),
        skip: vec![PathBuf::from("/site/public"), PathBuf::from("/site/content/cache")],
    }
}

#[test]
fn paths_count_or_do_not() {
    let cases = [
        ("/site", true),
        ("/site/hallway.yaml", true),
        ("/site/.hidden", false),
        ("/site/content", true),
        ("/site/content/a.md", true),
        ("/site/content/blog/deep/a.md", true),
        ("/site/content/.git", false),
        ("/site/content/.git/index", false),
        ("/site/content/blog/#a.md#", false),
        ("/site/content/blog/a.md~", false),
        ("/site/content/node_modules/x/index.md", false),
        ("/site/content/cache", false),
        ("/site/content/cache/a.webp", false),
        ("/site/public", false),
        ("/site/public/index.html", false),
        ("/site/other", true),
        ("/site/other/file", false),
        ("/site/.theme", true),
        ("/site/.theme/static/a.css", true),
        ("/site/.theme/other.css", false),
        ("/elsewhere", false),
        ("/", true),
    ];
    let folders = folders(&["/site/content", "/site/.theme/static"]);
    for (path, expected) in cases {
        assert_eq!(folders.count(Path::new(path)), expected, "{path}");
    }
}

#[test]
fn in_a_bare_folder_all_but_the_hidden_and_written_counts() {
    let cases = [
        ("/site/a.md", true),
        ("/site/blog/a.md", true),
        ("/site/.git/index", false),
        ("/site/node_modules/x", false),
        ("/site/public/x", false),
    ];
    for (path, expected) in cases {
        assert_eq!(folders(&["/site"]).count(Path::new(path)), expected, "{path}");
    }
}
