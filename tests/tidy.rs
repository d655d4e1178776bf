//! Keeps the house in order: every file says what it does, none grows too long, and no module knows what stands to
//! its right.
//!
//! The order of modules is read from ARCHITECTURE.md, "Layers", so that the page and the code cannot drift apart.

#![expect(clippy::disallowed_methods, reason = "tests read the sources")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Most lines of a file; tests may have some more, because a table of cases is no code.
const LINES_MAX: usize = 400;
const TEST_LINES_MAX: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file of some folders by its path.
fn sources(folders: &[&str]) -> BTreeMap<String, String> {
    let files = folders.iter().flat_map(|folder| WalkDir::new(root().join(folder)));
    let files = files.map(|entry| entry.unwrap().into_path());
    files
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(|file| (name(&file), fs::read_to_string(&file).unwrap()))
        .collect()
}

fn name(file: &Path) -> String {
    file.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.ends_with("tests.rs") || path.contains("/tests/")
}

/// The modules of the library in their order.
fn layers() -> Vec<String> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let section = page.split("## Layers").nth(1).expect("a section about layers");
    let order = section.split("```").nth(1).expect("a block with the order");
    order.split_whitespace().filter(|word| *word != "|").map(str::to_owned).collect()
}

/// Returns the module of the library that a file belongs to.
fn module(path: &str) -> &str {
    let inside = path.trim_start_matches("src/");
    let first = inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs");
    // Tests beside a module are a part of it.
    first.strip_suffix("_tests").unwrap_or(first)
}

/// Returns the modules that a text names by `crate::` or, in the program, by `hallway::`.
fn uses(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: String = code.flat_map(|line| [line, "\n"]).collect();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let group = rest.strip_prefix('{').and_then(|rest| rest.split_once("};"));
        let names = match group {
            Some((inside, _)) => inside.split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        let word =
            |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        found.extend(names.into_iter().map(word).filter(|word| !word.is_empty()));
    }
    found
}

#[test]
fn every_file_says_first_what_it_does() {
    let silent: Vec<String> = sources(&["src", "tests", "benches"])
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "no `//!` at the start: {silent:?}");
}

#[test]
fn no_file_is_too_long() {
    let mut long = Vec::new();
    for (path, text) in sources(&["src", "tests", "benches"]) {
        let most = if is_test(&path) { TEST_LINES_MAX } else { LINES_MAX };
        let lines = text.lines().count();
        if lines > most {
            long.push(format!("{path} has {lines} lines, more than {most}"));
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_order() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules: BTreeSet<String> = library
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "))
        .map(|name| name.trim_end_matches(';').to_owned())
        .collect();
    let mut ordered: BTreeSet<String> = layers().into_iter().collect();
    assert!(ordered.remove("cli"), "the command line is the last of all");
    assert_eq!(modules, ordered, "src/lib.rs and ARCHITECTURE.md have other modules");
}

#[test]
fn a_module_uses_only_what_stands_to_its_left() {
    let layers = layers();
    let place = |name: &str| layers.iter().position(|layer| layer == name);
    let mut upwards = Vec::new();
    let mut seen = 0;
    for (path, text) in sources(&["src"]) {
        let Some(own) = place(module(&path)).filter(|_| module(&path) != "cli") else {
            continue;
        };
        for used in uses(&text) {
            seen += 1;
            if place(&used).is_some_and(|other| other > own) {
                upwards.push(format!("{path} uses `{used}`"));
            }
        }
    }
    assert!(seen > 100, "only {seen} uses were found: the search is broken");
    assert!(upwards.is_empty(), "{}", upwards.join("\n"));
}

#[test]
fn the_library_does_not_know_the_command_line() {
    let library =
        sources(&["src"]).into_iter().filter(|(path, _)| module(path) != "cli" && path != "src/main.rs");
    let knows: Vec<String> = library
        .filter(|(_, text)| ["clap::", "anstream::", "indicatif::"].iter().any(|name| text.contains(name)))
        .map(|(path, _)| path)
        .collect();
    assert!(knows.is_empty(), "{knows:?}");
}

#[test]
fn big_dependencies_have_one_owner() {
    let owners = [
        ("tera::", "render"),
        ("pulldown_cmark::", "markdown"),
        ("fast_image_resize::", "image"),
        ("ab_glyph::", "card"),
        ("hyper::", "serve"),
        ("tokio::", "serve"),
        ("notify::", "serve"),
    ];
    let mut strangers = Vec::new();
    for (path, text) in sources(&["src"]) {
        for (dependency, owner) in owners {
            if text.contains(dependency) && module(&path) != owner {
                strangers.push(format!("{path} uses {dependency}"));
            }
        }
    }
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn every_diagnostic_has_a_transcript() {
    let folder = root().join("tests/cli");
    let transcripts: String = WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|file: &PathBuf| file.extension().is_some_and(|extension| extension == "trycmd"))
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    // What cannot be had in a transcript: files that cannot be read or written, servers that are ill.
    let elsewhere = [
        "cache-shared",
        "cache-unwritable",
        "config-unreadable",
        "file-name",
        "file-unreadable",
        "image-encoding",
        "internal-error",
        "output-path",
        "stale-file-kept",
        "write-failed",
    ];
    let untold: Vec<String> =
        codes().into_iter().filter(|code| !elsewhere.contains(&code.as_str())).collect();
    let untold: Vec<&String> =
        untold.iter().filter(|code| !transcripts.contains(&format!("[{code}]"))).collect();
    assert!(untold.is_empty(), "no transcript in tests/cli shows {untold:?}");
}

#[test]
fn every_diagnostic_is_in_the_manual() {
    let manual = fs::read_to_string(root().join("content/docs/diagnostics.md")).unwrap();
    let unlisted: Vec<String> =
        codes().into_iter().filter(|code| !manual.contains(&format!("`{code}`"))).collect();
    assert!(unlisted.is_empty(), "the manual does not explain {unlisted:?}");
}

/// Returns the codes of all diagnostics that the sources make.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for (path, text) in sources(&["src"]) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for start in ["Diagnostic::error(", "Diagnostic::warning(", "data::diagnose("] {
            for (at, _) in code.match_indices(start).filter(|_| !is_test(&path)) {
                let argument = code[at + start.len()..].trim_start();
                let quoted = argument.strip_prefix('"').and_then(|rest| rest.split_once('"'));
                codes.extend(quoted.map(|(code, _)| code.to_owned()));
            }
        }
    }
    assert!(codes.len() > 30, "only {} codes were found: the search is broken", codes.len());
    codes
}

#[test]
fn every_word_of_the_theme_is_in_the_manual_and_every_word_that_templates_ask_for_is_in_the_theme() {
    let words = fs::read_to_string(root().join("i18n/en.yaml")).unwrap();
    let words: BTreeSet<&str> = words
        .lines()
        .filter(|line| line.starts_with(char::is_alphabetic))
        .filter_map(|line| line.split(':').next())
        .collect();
    let manual = fs::read_to_string(root().join("content/docs/languages.md")).unwrap();
    let unlisted: Vec<_> = words.iter().filter(|key| !manual.contains(&format!("`{key}`"))).collect();
    assert!(unlisted.is_empty(), "the manual does not list {unlisted:?}");
    let mut asked = 0;
    let mut missing = Vec::new();
    for file in WalkDir::new(root().join("templates")).into_iter().map(|entry| entry.unwrap().into_path()) {
        let text = if file.is_file() { fs::read_to_string(&file).unwrap() } else { continue };
        for (at, start) in text.match_indices("t(key=\"") {
            asked += 1;
            let (key, rest) = text[at + start.len()..].split_once('"').unwrap_or_default();
            // A key that is put together: there are words that begin so.
            let is_begun =
                rest.trim_start().starts_with('~') && words.iter().any(|word| word.starts_with(key));
            if !words.contains(key) && !is_begun {
                missing.push(format!("{}: `{key}`", name(&file)));
            }
        }
    }
    assert!(asked > 20, "only {asked} words were found: the search is broken");
    assert!(missing.is_empty(), "i18n/en.yaml has no {}", missing.join(", "));
}
