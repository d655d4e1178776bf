//! Builds the sites in `tests/sites` and compares every file with the one that is expected.
//!
//! `tests/sites/<name>/site` is a site, `expected` what it becomes at noon of 2025-06-01 (UTC), file by file, and
//! `warnings.txt` what is said about it, where anything is. `facts.html`, where there is one, is the template of every
//! kind of page, and prints the facts that the site is about. Pictures are told by format and size, because bytes are
//! the encoder's business; built-in static files are left out, and what Hugo has nothing like (search, archive, Atom, JSON Feed) where
//! the fixture has no file `whole`.
//!
//! Adding a test is adding a folder. `HALLWAY_BLESS=1 cargo test --test sites every_site` writes down what the sites
//! become now: read the difference before it is committed. What the facts are compared with is Hugo 0.168, recorded; differences
//! that are wanted are listed in `tests/hugo/differences.md`.

#![expect(clippy::disallowed_methods, reason = "tests read and write what they compare")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use hallway::pipeline::{Request, build_into_folder};
use quick_xml::Reader;
use quick_xml::events::Event;
use walkdir::WalkDir;

fn sites() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut sites: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    sites.sort();
    sites
}

/// Files of a folder by path with `/`, as text that can be read.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let files = WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            (path.to_str().unwrap().replace('\\', "/"), readable(&fs::read(entry.path()).unwrap()))
        })
        .collect()
}

/// A picture becomes a line with its format and size.
fn readable(bytes: &[u8]) -> String {
    match hallway::image::probe(Cursor::new(bytes)) {
        Ok(info) => {
            let size = info.size;
            format!("{:?} picture of {}x{} pixels\n", info.format, size.width_px, size.height_px)
        }
        Err(_) => String::from_utf8(bytes.to_vec()).expect("all but pictures is text"),
    }
}

fn is_built_in(path: &str, text: &str) -> bool {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(path.replace(DIGEST, ""));
    fs::read(file).is_ok_and(|bytes| readable(&bytes) == text)
}

/// What stands in expected files for the digest of a style sheet, a script or a piece of the search.
const DIGEST: &str = "_hw_DIGEST";

/// Takes the digests out of a path or a text: a new style is no change of a page.
fn without_digests(text: &str) -> String {
    let name = regex_lite::Regex::new("((?:css|js|search)/[a-z/-]+)_hw_[0-9a-f]{16}").unwrap();
    let integrity = regex_lite::Regex::new("sha384-[A-Za-z0-9+/]{64}").unwrap();
    let piece = regex_lite::Regex::new(r#"^(\{"pieces":\[.*),"[0-9a-f]{16}"\]"#).unwrap();
    let text = name.replace_all(text, format!("${{1}}{DIGEST}"));
    let text = piece.replace(&text, r#"$1,"DIGEST"]"#);
    integrity.replace_all(&text, "sha384-DIGEST").into_owned()
}

/// Says whether Hugo makes no such file: only the fixtures that are about these expect them.
fn is_ours_alone(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ["atom.xml", "feed.json", "feeds.opml"].contains(&name)
        || path.starts_with("search/")
        || path.split('/').rev().nth(1) == Some("archive")
}

/// Copies the site of a fixture into a folder, with its facts as the template of all pages.
fn copy(fixture: &Path, place: &Path) -> PathBuf {
    let (from, to) = (fixture.join("site"), place.join("site"));
    for entry in WalkDir::new(&from).into_iter().map(|entry| entry.unwrap()) {
        let target = to.join(entry.path().strip_prefix(&from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
    if let Ok(facts) = fs::read(fixture.join("facts.html")) {
        fs::create_dir_all(to.join("templates")).unwrap();
        for kind in ["home", "section", "page", "taxonomy", "term", "404"] {
            fs::write(to.join(format!("templates/{kind}.html")), &facts).unwrap();
        }
    }
    to
}

/// Builds the site of a fixture; returns its files and its warnings.
fn build(fixture: &Path) -> (BTreeMap<String, String>, String) {
    let place = tempfile::tempdir().unwrap();
    let request = Request {
        destination: Some(place.path().join("public")),
        cache: Some(place.path().join("cache")),
        program: "tests".to_owned(),
        ..Request::of(copy(fixture, place.path()), "2025-06-01T12:00:00Z".parse().unwrap())
    };
    let report = build_into_folder(&request, &|_| ()).unwrap_or_else(|failure| {
        let problems: Vec<String> = failure.diagnostics.iter().map(ToString::to_string).collect();
        panic!("{} is not built:\n{}", fixture.display(), problems.join("\n"));
    });
    let files = tree(&place.path().join("public")).into_iter();
    let mut files: BTreeMap<String, String> =
        files.map(|(path, text)| (without_digests(&path), text)).collect();
    files.retain(|path, text| !is_built_in(path, text));
    if !fixture.join("whole").exists() {
        files.retain(|path, _| !is_ours_alone(path));
    }
    files.values_mut().for_each(|text| *text = without_digests(text));
    (files, report.diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n\n")).collect())
}

fn bless(fixture: &Path, files: &BTreeMap<String, String>, warnings: &str) {
    let expected = fixture.join("expected");
    let _ = fs::remove_dir_all(&expected);
    for (path, text) in files {
        let file = expected.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let file = fixture.join("warnings.txt");
    if warnings.is_empty() {
        let _ = fs::remove_file(file);
    } else {
        fs::write(file, warnings).unwrap();
    }
}

/// Returns the differences, a readable line or two each.
fn differences(
    name: &str,
    expected: &BTreeMap<String, String>,
    found: &BTreeMap<String, String>,
) -> Vec<String> {
    let paths: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    let difference = |path: &&String| match (expected.get(*path), found.get(*path)) {
        (Some(_), None) => Some(format!("{name}: {path} is missing")),
        (None, Some(text)) => Some(format!("{name}: {path} is new:\n{text}")),
        (Some(expected), Some(found)) if expected != found => {
            let pairs = expected.lines().zip(found.lines()).enumerate();
            let line = pairs.filter(|(_, (a, b))| a != b).map(|(index, _)| index).next();
            let line = line.unwrap_or_else(|| expected.lines().count().min(found.lines().count()));
            let nth = |text: &str| text.lines().nth(line).unwrap_or("(no more lines)").to_owned();
            Some(format!(
                "{name}: {path}:{}\n  expected: {}\n  found:    {}",
                line + 1,
                nth(expected),
                nth(found)
            ))
        }
        _ => None,
    };
    paths.iter().filter_map(difference).collect()
}

#[test]
fn every_site_becomes_what_is_expected() {
    let is_blessed = std::env::var_os("HALLWAY_BLESS").is_some();
    let mut wrong = Vec::new();
    let sites = sites();
    assert!(sites.len() > 15, "the fixtures are not where they should be");
    for fixture in &sites {
        let name = fixture.file_name().unwrap().to_str().unwrap();
        let (files, warnings) = build(fixture);
        if is_blessed {
            bless(fixture, &files, &warnings);
        }
        wrong.extend(differences(name, &tree(&fixture.join("expected")), &files));
        let expected_warnings = fs::read_to_string(fixture.join("warnings.txt")).unwrap_or_default();
        if warnings != expected_warnings {
            wrong.push(format!("{name}: other warnings:\n{warnings}"));
        }
    }
    assert!(wrong.is_empty(), "{} differences\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Returns the texts of all elements of a name, in order.
///
/// Panics where the text is no well-formed XML.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut path, mut found): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}:\n{xml}")) {
            Event::Start(tag) => {
                path.push(tag.name().as_ref().to_owned());
                if path.last().is_some_and(|last| last == name) {
                    found.push(String::new());
                }
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Text(text) if path.last().is_some_and(|last| last == name) => {
                found.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(entity) if path.last().is_some_and(|last| last == name) => {
                let text = format!("&{};", &*entity);
                found.last_mut().unwrap().push_str(&quick_xml::escape::unescape(&text).unwrap());
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn feeds_and_sitemaps_are_well_formed_and_every_address_in_them_is_absolute() {
    let mut feeds = 0;
    for fixture in sites() {
        for (path, xml) in tree(&fixture.join("expected")).iter().filter(|(path, _)| path.ends_with(".xml")) {
            let config = fs::read_to_string(fixture.join("site/hallway.yaml")).unwrap();
            let base = config.lines().find_map(|line| line.strip_prefix("baseURL: ")).unwrap_or("/");
            let addresses = ["link", "guid", "loc", "id"].map(|name| elements(xml, name)).concat();
            let addresses: Vec<String> =
                addresses.into_iter().filter(|address| !address.is_empty()).collect();
            assert!(!addresses.is_empty(), "{path} has no address");
            for address in addresses {
                assert!(address.starts_with(base), "{} {path}: {address}", fixture.display());
            }
            feeds += 1;
        }
    }
    assert!(feeds > 8, "only {feeds} feeds were read");
}

#[test]
fn a_feed_has_the_items_of_its_list_in_the_order_of_the_list() {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/lists-and-feeds/expected");
    let titles = |path: &str| {
        let xml = fs::read_to_string(expected.join(path)).unwrap();
        elements(&xml, "title").split_off(1)
    };
    // Weight comes before date, also in a feed; a section has its own pages only, the home page has all.
    let blog = ["Heavy, so first", "C", "B", "A & <b>", "Undated"];
    assert_eq!(titles("blog/index.xml"), blog);
    assert_eq!(titles("index.xml"), ["Heavy, so first", "Deep", "C", "B", "A & <b>", "About", "Undated"]);
    assert_eq!(titles("blog/sub/index.xml"), ["Deep"]);
    assert_eq!(titles("tags/one/index.xml"), ["B", "A & <b>"]);
    assert_eq!(titles("tags/index.xml"), ["One", "Two Words"]);
    let html = elements(&fs::read_to_string(expected.join("blog/index.xml")).unwrap(), "description");
    let of_a = html.iter().find(|html| html.contains("hall.jpg")).unwrap();
    assert!(of_a.contains("href=\"https://example.org/sub/blog/b/\""), "{of_a}");
    assert!(of_a.contains("src=\"https://example.org/sub/blog/a/hall.jpg\""), "{of_a}");
}
