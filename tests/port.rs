//! Translates the shortcodes in `tests/port`, builds a site with the results, and compares the pages with Hugo's.
//!
//! `NAME.html` is a Go template, `NAME.md` a page that calls it, `NAME.hugo` what Hugo 0.168 makes of the page with
//! `{{ .Content }}` as the only layout (recorded). `NAME.OTHER.html` is the template of `OTHER`, for the page of `NAME`.
//! Adding a test is adding these files; the configuration of the site is below.
//!
//! `snippets.txt` is a table of small things: a line of Go, ours after `=>`, and what the author is told, with line and
//! column. Every result has to be a template.
//!
//! White space between tags and the spelling of escapes (`&#34;`, `&quot;`) do not count, nor do paragraphs around a
//! shortcode: those are Markdown's business, and have tests of their own.

#![expect(clippy::disallowed_methods, reason = "tests read and write what they compare")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hallway::pipeline::{Request, build_into_folder};
use hallway::port;
use hallway::render::check_template;
use hallway::text::decode_entities;
use proptest::prelude::*;

const CONFIG: &str = "baseURL: https://example.org/
title: Notes & more
disableKinds: [rss, sitemap, taxonomy, term]
markup: { goldmark: { renderer: { unsafe: true } } }
params: { contact: { email: hall@example.org } }
";

/// The files of one kind, by name without the ending.
fn files(ending: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/port");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let wanted = entries.filter(|path| path.extension().is_some_and(|extension| extension == ending));
    wanted
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Leaves what a reader of the page gets: tags and words.
fn meaning(html: &str) -> String {
    let words: Vec<&str> = html.split_whitespace().collect();
    let spaced = words.join(" ").replace("> ", ">").replace(" <", "<").replace("<p></p>", "");
    // A paragraph that begins before a shortcode is closed by the browser where a block begins.
    let mut text = spaced.replace("<p>", "").replace("</p>", "");
    text = text.replace("&#43;", "+").replace("&lt;", "‹").replace("&gt;", "›").replace("&amp;", "＆");
    decode_entities(&text).into_owned()
}

#[test]
fn translated_shortcodes_print_what_hugo_prints() {
    let place = tempfile::tempdir().unwrap();
    let site = place.path().join("site");
    write(&site.join("hallway.yaml"), CONFIG);
    for kind in ["home", "section", "page"] {
        write(&site.join(format!("templates/{kind}.html")), "{{ page.content | safe }}");
    }
    for (name, template) in files("html") {
        let ported = port::shortcode(&template);
        let lost = ported.unported.iter().find(|finding| finding.code != "port-differs");
        assert_eq!(lost, None, "{name}");
        let name = name.rsplit('.').next().unwrap();
        write(&site.join(format!("templates/shortcodes/{name}.html")), &ported.template);
    }
    for (name, text) in files("md") {
        let front = format!("---\ntitle: Page of {name}\ndate: 2026-02-03\nvenue: The big hall\n---\n");
        write(&site.join(format!("content/{name}/index.md")), &format!("{front}{text}"));
        write(&site.join(format!("content/{name}/plan.txt")), "plan\n");
    }
    let request = Request {
        destination: Some(place.path().join("public")),
        cache: Some(place.path().join("cache")),
        program: "tests".to_owned(),
        ..Request::of(site, "2026-06-01T12:00:00Z".parse().unwrap())
    };
    if let Err(failure) = build_into_folder(&request, &|_| ()) {
        let problems: Vec<String> = failure.diagnostics.iter().map(ToString::to_string).collect();
        panic!("the site is not built:\n{}", problems.join("\n"));
    }
    let mut different = Vec::new();
    let expected = files("hugo");
    assert_eq!(expected.len(), 20);
    for (name, hugo) in expected {
        let found = fs::read_to_string(place.path().join(format!("public/{name}/index.html"))).unwrap();
        if meaning(&found) != meaning(&hugo) {
            different.push(format!("{name}:\n  Hugo:    {}\n  Hallway: {}", meaning(&hugo), meaning(&found)));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn snippets_become_what_the_table_says() {
    let table = files("txt").remove("snippets").unwrap();
    let mut wrong = Vec::new();
    let entries: Vec<&str> = table.split("\n\n").filter(|entry| !entry.trim().is_empty()).collect();
    assert!(entries.len() >= 100, "only {} snippets", entries.len());
    for entry in entries {
        let mut lines = entry.trim_matches('\n').lines();
        let go = lines.next().unwrap();
        let expected: Vec<&str> = lines.map(str::trim_start).collect();
        let ported = port::shortcode(go);
        let mut found = vec![format!("=> {}", ported.template.trim_end())];
        found.extend(ported.unported.iter().map(|told| {
            let at = told.at.as_ref().unwrap();
            format!("{}:{} {}: {}", at.line.unwrap(), at.column.unwrap(), told.code, told.message)
        }));
        if found != expected {
            wrong.push(format!("{go}\n  {}\n", found.join("\n  ")));
        }
        if let Err(problem) = check_template("x.html", &ported.template) {
            wrong.push(format!("{go}: {problem}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pieces of templates, in any order: most of what they make is no template of Go's, some is.
const PIECES: &[&str] = &[
    "{{ if .Get 0 }}",
    "{{ else }}",
    "{{ else if eq .Name `x` }}",
    "{{ end }}",
    "{{ with .Get `a` }}",
    "{{ . }}",
    "{{ else with .Parent }}",
    "{{ range split .Inner `,` }}",
    "{{ range $i, $x := .Params }}",
    "{{ $x }}",
    "{{ $i }}",
    "{{ $x := .Get 1 | default `y` }}",
    "{{ $x = printf `%s-%v` . 1 }}",
    "{{- .Inner | markdownify -}}",
    "{{ now }}",
    "{{ with $y := .Page.Params.a.b }}",
    "{{ .Page.Date.Year }}",
    "{{ (index .Site.Params.list 0).name }}",
    "{ ",
    "{%",
    "{{ not (and (or 1 .Name) (lt 1 (add 2 -3))) }}",
    "{{ dict `a` (dict `b` (slice 1 2)) }}",
    "<!-- c -->",
    "#}",
    " ",
    "{{ cond (in .Name `x`) (print 1 2) (.Get $) }}",
    "{{ range seq 3 }}",
    "{{ break }}",
    "{{/* } #} */}}",
    "\n",
    "%}",
];

/// Puts pieces together so that what is opened is closed, and nothing else is.
fn balanced(pieces: &[&str]) -> String {
    let mut text = String::new();
    let mut open: Vec<(&str, bool)> = Vec::new();
    for piece in pieces {
        let word = piece.trim_start_matches(['{', ' ']).split(' ').next().unwrap_or_default();
        let is_chain = piece.contains("else if") || piece.contains("else with");
        match word {
            "if" | "with" | "range" => open.push((word, false)),
            "end" if open.pop().is_none() => continue,
            "else" => match open.last_mut() {
                Some((kind, has_else))
                    if !*has_else && (!is_chain || piece.contains(&format!("else {kind} "))) =>
                {
                    *has_else = !is_chain;
                }
                _ => continue,
            },
            "break" if !open.iter().any(|(kind, has_else)| *kind == "range" && !has_else) => continue,
            _ => {}
        }
        text.push_str(piece);
    }
    text + &"{{ end }}".repeat(open.len())
}

proptest! {
    #[test]
    fn whatever_is_translated_is_a_template(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)) {
        let text = balanced(&pieces);
        let ported = port::shortcode(&text);
        let checked = check_template("x.html", &ported.template);
        prop_assert_eq!(checked, Ok(()), "{}\n{}", text, ported.template);
        prop_assert!(ported.is_readable(), "{}", text);
    }
}
