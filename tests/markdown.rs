//! Markdown files and the HTML that Hugo 0.168 makes of them, one construct per file.
//!
//! The folder says which configuration: Hugo's defaults, Docsy's settings, everything switched on that can be, or
//! another kind of heading id.
//! White space between tags does not count.

#![expect(clippy::disallowed_methods, reason = "a test reads its own cases")]

use std::fs;
use std::path::Path;

use hallway::markdown::{EastAsianBreaks, Extras, HeadingIdKind, MarkdownOptions, render};

#[test]
fn default_settings() {
    check("default", &MarkdownOptions::default());
}

#[test]
fn docsy_settings() {
    check(
        "docsy",
        // Alerts are the theme's there; ours are tested beside their code.
        &MarkdownOptions {
            unsafe_html: true,
            block_attributes: true,
            alerts: false,
            ..MarkdownOptions::default()
        },
    );
}

#[test]
fn everything_switched_on() {
    check(
        "everything",
        &MarkdownOptions {
            unsafe_html: true,
            block_attributes: true,
            strikethrough: false,
            extras: Extras { delete: true, insert: true, mark: true, subscript: true, superscript: true },
            emoji: true,
            east_asian_breaks: EastAsianBreaks::Simple,
            escaped_space: true,
            wrap_lone_image: false,
            definition_term_ids: true,
            xhtml: true,
            ..MarkdownOptions::default()
        },
    );
}

#[test]
fn ascii_heading_ids() {
    let heading_id_kind = HeadingIdKind::GithubAscii;
    check("github-ascii", &MarkdownOptions { heading_id_kind, ..MarkdownOptions::default() });
}

#[test]
fn collapsed_heading_ids() {
    let heading_id_kind = HeadingIdKind::Blackfriday;
    check("blackfriday", &MarkdownOptions { heading_id_kind, ..MarkdownOptions::default() });
}

/// Renders each `.md` of the folder and compares with the `.html` beside it.
fn check(folder: &str, options: &MarkdownOptions) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown").join(folder);
    let mut sources: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    sources.sort();
    assert!(!sources.is_empty(), "no cases in {}", folder.display());
    for source in sources {
        let markdown = fs::read_to_string(&source).expect("a Markdown file");
        let expected = fs::read_to_string(source.with_extension("html")).expect("its HTML");
        let html = render(&markdown, options).html;
        let (html, expected) = (lines(&html), lines(&expected));
        for (number, (ours, theirs)) in html.lines().zip(expected.lines()).enumerate() {
            assert_eq!(ours, theirs, "{} differs, line {}:\n{html}", source.display(), number + 1);
        }
        assert_eq!(html.len(), expected.len(), "{} differs:\n{html}", source.display());
    }
}

/// Puts each tag on a line of its own, without the white space around it.
fn lines(html: &str) -> String {
    let broken = html.replace('<', "\n<").replace('>', ">\n");
    broken.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
