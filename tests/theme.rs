//! An author's files over the theme's: every template can be replaced, one file changes colours, one block a page.

#![expect(clippy::disallowed_methods, reason = "tests read and write what they compare")]

use std::fs;
use std::path::Path;

use hallway::config::Include;
use hallway::pipeline::{Request, build_into_folder};
use hallway::theme::parts;
use walkdir::WalkDir;

struct Site(tempfile::TempDir);

impl Site {
    fn of(files: &[(&str, &str)]) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        files.iter().for_each(|(path, text)| site.put(path, text.as_bytes()));
        site
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.0.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    fn build(&self) {
        let request = Request {
            cache: Some(self.0.path().join("cache")),
            program: "tests".to_owned(),
            include: Include { drafts: true, future: true, expired: true },
            ..Request::of(self.0.path().to_owned(), "2025-06-01T12:00:00Z".parse().unwrap())
        };
        build_into_folder(&request, &|_| ()).unwrap_or_else(|failure| {
            let problems: Vec<String> = failure.diagnostics.iter().map(ToString::to_string).collect();
            panic!("{}", problems.join("\n"));
        });
    }

    fn built(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join("public").join(path)).unwrap_or_else(|_| panic!("no {path}"))
    }

    fn pages(&self) -> String {
        let files = WalkDir::new(self.0.path().join("public")).into_iter().map(|entry| entry.unwrap());
        let pages = files.filter(|entry| entry.path().extension().is_some_and(|it| it == "html"));
        pages.map(|page| fs::read_to_string(page.path()).unwrap()).collect()
    }
}

fn mark(name: &str) -> String {
    format!("[mark of {name}]")
}

/// A site that has a use for every template that is no shortcode.
fn everything() -> Site {
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/site/content/shown/small.png");
    let post = "---\ntitle: A\ndate: 2025-01-02\ntags: [x]\ndraft: true\n---\n## One\n\n\
        {{< note >}}n{{< /note >}}\n\n{{< swaggerui \"api.yaml\" >}}\n\n{{< youtube abc >}}\n\n\
        {{< gallery match=\"*.png\" >}}\n\n{{< video src=\"a.mp4\" >}}\n\n{{< img src=\"p.png\" >}}\n";
    let site = Site::of(&[
        (
            "hallway.yaml",
            "title: T\nlanguages: {en: {}, fr: {}}\npagination: {pagerSize: 1}\n\
             params: {author: {name: S, bio: B}}\nmarkup: {goldmark: {renderer: {unsafe: true}}}\n",
        ),
        ("content/blog/a/index.md", post),
        ("content/blog/a/api.yaml", "openapi: 3.0.0\n"),
        ("content/blog/a/a.mp4", "film"),
        ("content/blog/b.md", "---\ntitle: B\ndate: 2025-01-01\n---\nText.\n"),
        ("content/blog/_index.md", "---\ntitle: Blog\noutputs: [html, print]\n---\n"),
        ("content/about.fr.md", "---\ntitle: F\n---\nText.\n"),
        (
            "content/blog/c.md",
            "---\ntitle: C\ndate: 2025-01-02\nevent: {name: E 2024, start: 2024-05-06, city: Ghent}\n\
             talks: [{title: T, speakers: P, favourite: true}]\npeople: [Q]\n---\nText.\n",
        ),
    ]);
    site.put("content/blog/a/p.png", &fs::read(picture).unwrap());
    site
}

/// Puts a mark where a template shows something.
fn marked(name: &str, text: &str) -> String {
    let mark = mark(name);
    if text.contains("{% extends") {
        text.replacen("block main %}", &format!("block main %}}{mark}"), 1)
    } else if name == "templates/base.html" {
        text.replacen("<body>", &format!("<body>{mark}"), 1)
    } else {
        format!("{mark}{text}")
    }
}

#[test]
fn every_template_of_the_theme_can_be_replaced() {
    let site = everything();
    let templates: Vec<(String, String)> = parts(&[], &[])
        .into_iter()
        .filter(|part| part.path.starts_with("templates/") && !part.path.contains("/shortcodes/"))
        .map(|part| (part.path, String::from_utf8(part.builtin.unwrap().to_vec()).unwrap()))
        .collect();
    assert!(templates.len() > 30, "only {} templates", templates.len());
    for (name, text) in &templates {
        site.put(name, marked(name, text).as_bytes());
    }
    site.build();
    let pages = site.pages();
    let unused: Vec<&String> =
        templates.iter().map(|(name, _)| name).filter(|name| !pages.contains(&mark(name))).collect();
    assert_eq!(unused, Vec::<&String>::new());
}

#[test]
fn every_shortcode_of_the_theme_can_be_replaced() {
    let names: Vec<String> = parts(&[], &[])
        .into_iter()
        .filter_map(|part| {
            let name = part.path.strip_prefix("templates/shortcodes/")?.strip_suffix(".html")?;
            Some(name.to_owned())
        })
        .collect();
    assert!(names.len() > 60, "only {} shortcodes", names.len());
    let calls: String = names.iter().map(|name| format!("{{{{< {name} >}}}}\n\n")).collect();
    let site = Site::of(&[("content/a.md", &format!("---\ntitle: A\n---\n{calls}"))]);
    for name in &names {
        site.put(&format!("templates/shortcodes/{name}.html"), mark(name).as_bytes());
    }
    site.build();
    let page = site.built("a/index.html");
    let unused: Vec<&String> = names.iter().filter(|name| !page.contains(&mark(name))).collect();
    assert_eq!(unused, Vec::<&String>::new());
}

#[test]
fn one_file_changes_the_colours() {
    let site = Site::of(&[
        ("content/a.md", "---\ntitle: A\n---\nText.\n"),
        ("static/css/custom.css", ":root { --accent: #8a1c5b }\n"),
    ]);
    site.build();
    let page = site.built("a/index.html");
    let (ours, theirs) = (page.find("/css/hallway_hw_").unwrap(), page.find("/css/custom.css?v=").unwrap());
    assert!(ours < theirs, "what the author says comes last");
    assert!(page[theirs..].split_once('>').unwrap().0.contains("integrity=\"sha384-"));
}

#[test]
fn one_block_of_a_page_is_changed_and_the_rest_stays() {
    let site = Site::of(&[
        ("content/a.md", "---\ntitle: A\n---\nText.\n"),
        (
            "templates/page.html",
            "{% extends \"default/page.html\" %}{% block footer %}<footer>mine</footer>{% endblock %}\n",
        ),
    ]);
    site.build();
    let page = site.built("a/index.html");
    assert!(page.contains("<footer>mine</footer>") && !page.contains("site-end"));
    assert!(page.contains("<h1 class=\"p-name\">A</h1>") && page.contains("class=\"sign\""));
}

#[test]
fn a_logo_becomes_the_sign_and_the_icons() {
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/site/content/shown/small.png");
    let site = Site::of(&[
        (
            "hallway.yaml",
            "params: {logo: /logo.png, links: {user: [{url: 'mailto:a@b.example'}, {url: 'https://m.example/@a', icon: fab fa-mastodon}]}}\n",
        ),
        ("content/a.md", "---\ntitle: A\n---\nText.\n"),
    ]);
    site.put("static/logo.png", &fs::read(picture).unwrap());
    site.build();
    let page = site.built("a/index.html");
    assert!(page.contains("<img class=\"logo\" src=\"/logo_hw_"));
    for icon in ["sizes=\"32x24\"", "sizes=\"192x144\"", "rel=\"apple-touch-icon\""] {
        assert!(page.contains(icon), "{icon}");
    }
    assert!(page.contains("rel=\"me\">") && page.contains("a@b.example</a>"));
    assert!(page.contains("<meta name=\"fediverse:creator\" content=\"@a@m.example\">"));
}
