//! Where a site may be built to: never over its own sources, and nothing is made where there is no site.

use std::fs;

use crate::site::{Site, tree};

fn sample() -> Site {
    Site::of(&[
        ("content/a.md", "# A"),
        ("static/st.txt", "own"),
        ("templates/404.html", "own"),
        ("index.html", "own"),
        ("file", "own"),
    ])
}

#[test]
fn a_build_never_writes_over_its_sources() {
    for destination in [".", "..", "content", "content/out", "static", "templates/x"] {
        for clean in [&[][..], &["--clean-destination"]] {
            let site = sample();
            let before = tree(&site.path());
            site.run(&[&["build", "-d", destination], clean].concat()).refuses(3, "destination-sources");
            assert_eq!(tree(&site.path()), before, "{destination} {clean:?}");
        }
    }
    let site = sample();
    site.run(&["build", "-d", ".hallway"]).refuses(3, "destination-cache");
    site.run(&["build", "-d", "file"]).refuses(3, "destination-file");
    assert_eq!(fs::read_to_string(site.path().join("file")).ok().as_deref(), Some("own"));
}

#[test]
fn only_the_command_line_builds_outside_of_the_site() {
    let site = sample();
    site.put("hallway.yaml", "publishDir: ../out\n");
    site.run(&["build"]).refuses(3, "destination-outside");
    assert!(!site.path().join("../out").exists());
    let run = site.run(&["build", "-d", "../out"]);
    assert_eq!(run.code, Some(0), "{}", run.told);
    assert!(site.path().join("../out/a/index.html").is_file());
}

#[test]
fn nothing_is_made_where_there_is_no_site() {
    let site = Site::of(&[("empty/.keep", ""), ("post.md", "# P")]);
    for (wrong, message) in [
        ("missing", "there is no such folder"),
        ("empty", "there is no site in this folder"),
        ("post.md", "this is a file, not the folder of a site"),
    ] {
        let run = site.run(&["build", wrong]);
        run.refuses(2, "site-not-found");
        assert!(run.told.contains(message), "{}", run.told);
    }
    assert!(!site.path().join("missing").exists());
    assert!(!site.path().join("empty/.hallway").exists());
}

#[test]
fn a_site_whose_posts_lie_beside_its_configuration_publishes_the_posts_only() {
    let site = Site::of(&[
        ("hallway.yaml", "contentDir: .\n"),
        ("post.md", "# P"),
        ("photo.txt", "p"),
        ("static/s.txt", "s"),
        ("templates/404.html", "none"),
    ]);
    site.build();
    for file in ["post/index.html", "photo.txt", "s.txt"] {
        assert!(site.has(file), "{file}");
    }
    for file in ["hallway.yaml", "static/s.txt", "templates/404.html"] {
        assert!(!site.has(file), "{file}");
    }
}
