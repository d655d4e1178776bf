//! Runs against a target in memory that fails at every call there is.

use std::collections::BTreeMap;

use super::lock::Owner;
use super::memory::MemoryStore;
use super::*;
use crate::config::{Deployment, Target};

type Files<'a> = &'a [(&'a str, &'a str)];

const OLD: Files<'_> = &[
    ("404.html", "lost"),
    ("a.png", "a1"),
    ("blog/index.html", "list1"),
    ("blog/one/index.html", "one1 a.png"),
    ("gone.png", "g"),
    ("index.html", "home1"),
    ("index.xml", "feed1"),
];
const NEW: Files<'_> = &[
    ("404.html", "lost"),
    ("a.png", "a2"),
    ("b_hw_89e4bd6713d43843.webp", "b"),
    ("blog/index.html", "list2"),
    ("blog/one/index.html", "one2 a.png"),
    ("blog/two/index.html", "two b"),
    ("index.html", "home2"),
    ("index.xml", "feed2"),
];

/// A built site in a folder of its own.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn of(files: Files<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let file = folder.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        Self { folder }
    }

    fn tree(&self) -> Tree {
        Tree::of(self.folder.path(), &Deployment::default(), &Target::at("memory"), true, &|_| true).unwrap()
    }
}

fn texts(files: Files<'_>) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn publisher(store: &dyn Store, run: u32) -> Publisher<'_> {
    Publisher {
        store,
        owner: Owner { name: "a test".to_owned(), token: run.to_string() },
        limits: Limits { breaks_lock: run > 1, ..Limits::default() },
        workers: 1,
        keeps_previous: true,
        invalidates: true,
        order: &[],
        now: &|| "2026-02-01T00:00:00Z".parse().unwrap(),
        tell: &|_| {},
    }
}

fn publish_files(store: &MemoryStore, run: u32, files: Files<'_>) -> Result<Outcome, Trouble> {
    publish(&publisher(store, run), Site::of(files).tree())
}

/// Checks that readers of a half-published site miss nothing: every page is an old or a new one, and finds its files.
fn check_readable(store: &MemoryStore, at: &str) {
    let (old, new, site) = (texts(OLD), texts(NEW), store.site());
    for (name, text) in &site {
        let known = [&old, &new].map(|files| files.get(name) == Some(text));
        assert!(known.contains(&true), "{at}: `{name}` is `{text}`");
    }
    let is_new = |name: &str| site.get(name).is_some_and(|text| new.get(name) == Some(text));
    if is_new("blog/index.html") || is_new("blog/two/index.html") {
        assert!(is_new("b_hw_89e4bd6713d43843.webp"), "{at}: a new page came before its picture");
    }
    if is_new("blog/index.html") || is_new("index.html") {
        assert!(is_new("blog/two/index.html"), "{at}: a list came before what it lists");
    }
    if is_new("index.xml") {
        assert!(is_new("index.html") && is_new("blog/index.html"), "{at}: the feed came before the pages");
    }
    if !site.contains_key("gone.png") {
        assert!(is_new("index.xml"), "{at}: something was removed before all was there");
    }
    for name in old.keys().filter(|name| *name != "gone.png") {
        assert!(site.contains_key(name), "{at}: `{name}` is gone");
    }
}

#[test]
fn whatever_call_fails_readers_miss_nothing_and_the_next_run_ends_well() {
    let whole = MemoryStore::default();
    publish_files(&whole, 1, OLD).unwrap();
    let before = whole.calls();
    publish_files(&whole, 2, NEW).unwrap();
    let calls = whole.calls() - before;
    assert!(calls > 20, "only {calls} calls");
    for failing in 0..calls {
        for is_done in [false, true] {
            let at = format!("call {failing} of {calls}, done: {is_done}");
            let store = MemoryStore::default();
            publish_files(&store, 1, OLD).unwrap();
            store.take_log();
            store.fail_after(failing, is_done);
            let result = publish_files(&store, 2, NEW);
            check_readable(&store, &at);
            let log = store.take_log();
            let removed = log.iter().position(|line| line.starts_with("remove"));
            assert!(
                removed.is_none_or(|at| log[at..].iter().all(|line| line.starts_with("remove"))),
                "{at}: {log:?}"
            );
            store.heal();
            // Another version comes next, or the old one again, or the same.
            let (next, files) = [(3, NEW), (4, OLD)][failing % 2];
            publish_files(&store, next, files).unwrap();
            assert_eq!(store.site(), texts(files), "{at}, {result:?}");
            let again = publish_files(&store, 5, files).unwrap();
            assert!(again.plan.is_empty(), "{at}: {:?}", again.plan);
        }
    }
}

#[test]
fn a_broken_off_run_can_be_rolled_back_at_every_call() {
    let whole = MemoryStore::default();
    publish_files(&whole, 1, OLD).unwrap();
    let before = whole.calls();
    publish_files(&whole, 2, NEW).unwrap();
    for failing in 0..whole.calls() - before {
        let store = MemoryStore::default();
        publish_files(&store, 1, OLD).unwrap();
        store.fail_after(failing, failing % 2 == 0);
        let _ = publish_files(&store, 2, NEW);
        store.heal();
        match rollback(&publisher(&store, 3), false) {
            Ok(_) => assert_eq!(store.site(), texts(OLD), "call {failing}"),
            // Nothing was begun, and there was none before.
            Err(Trouble::Refused { .. }) => assert_eq!(store.site(), texts(OLD), "call {failing}"),
            Err(trouble) => panic!("call {failing}: {trouble}"),
        }
    }
}

#[test]
fn a_page_that_goes_goes_before_what_it_shows() {
    let whole = MemoryStore::default();
    publish_files(&whole, 1, NEW).unwrap();
    let before = whole.calls();
    publish_files(&whole, 2, OLD).unwrap();
    let mut halves = 0;
    for failing in 0..whole.calls() - before {
        let store = MemoryStore::default();
        publish_files(&store, 1, NEW).unwrap();
        store.fail_after(failing, true);
        let _ = publish_files(&store, 2, OLD);
        let site = store.site();
        let (page, picture) =
            (site.contains_key("blog/two/index.html"), site.contains_key("b_hw_89e4bd6713d43843.webp"));
        assert!(picture || !page, "call {failing}: the page is there without its picture");
        halves += usize::from(picture && !page);
    }
    assert!(halves > 0, "no run was broken off between the two");
}

#[test]
fn a_rollback_can_be_rolled_back_and_copies_do_not_pile_up() {
    let store = MemoryStore::default();
    publish_files(&store, 1, OLD).unwrap();
    assert!(matches!(rollback(&publisher(&store, 2), false), Err(Trouble::Refused { .. })));
    publish_files(&store, 3, NEW).unwrap();
    assert_eq!(store.kept(), 6);
    rollback(&publisher(&store, 4), false).unwrap();
    assert_eq!(store.site(), texts(OLD));
    rollback(&publisher(&store, 5), false).unwrap();
    assert_eq!(store.site(), texts(NEW));
    let third: Vec<(&str, &str)> = NEW
        .iter()
        .copied()
        .map(|(name, text)| if name == "a.png" { (name, "a3") } else { (name, text) })
        .collect();
    publish_files(&store, 6, &third).unwrap();
    assert_eq!(store.kept(), 1);
}

#[test]
fn an_unchanged_site_is_left_alone_and_caches_hear_of_what_changed() {
    let store = MemoryStore::default();
    publish_files(&store, 1, OLD).unwrap();
    assert_eq!(store.invalidated(), Vec::<Vec<String>>::new());
    store.take_log();
    let outcome = publish_files(&store, 2, OLD).unwrap();
    assert!(outcome.plan.is_empty() && store.take_log().is_empty());
    publish_files(&store, 3, NEW).unwrap();
    let changed = ["a.png", "blog/index.html", "blog/one/index.html", "gone.png", "index.html", "index.xml"];
    assert_eq!(store.invalidated(), [changed.map(str::to_owned).to_vec()]);
    store.lose("a.png");
    store.plant("theirs.txt", "t");
    let outcome = publish_files(&store, 4, NEW).unwrap();
    assert_eq!(outcome.plan.written().collect::<Vec<_>>(), [("a.png", Change::Repaired, 2)]);
    assert_eq!(outcome.plan.foreign, ["theirs.txt"]);
    assert!(store.site().contains_key("theirs.txt"));
    let prunes = Publisher { limits: Limits { prunes: true, ..Limits::default() }, ..publisher(&store, 5) };
    publish(&prunes, Site::of(NEW).tree()).unwrap();
    assert_eq!(store.site(), texts(NEW));
}

#[test]
fn a_site_that_shrinks_is_refused() {
    let store = MemoryStore::default();
    publish_files(&store, 1, OLD).unwrap();
    for (files, limits, expected) in [
        (&OLD[..0], Limits::default(), "the built site has no file that goes there"),
        (
            &OLD[..4],
            Limits::default(),
            "the built site has no home page (`index.html`), and the published one has",
        ),
        (&OLD[5..6], Limits::default(), "the built site has 1 pages, and the published one 4"),
        (
            &OLD[..6],
            Limits { removals: Some(0), ..Limits::default() },
            "1 files would be removed, and at most 0 may be",
        ),
    ] {
        let careful = Publisher { limits, ..publisher(&store, 9) };
        let refused = publish(&careful, Site::of(files).tree()).unwrap_err();
        assert_eq!(refused.to_string(), expected);
        assert_eq!(store.site(), texts(OLD));
    }
    let limits = Limits { removals: Some(6), is_meant: true, ..Limits::default() };
    publish(&Publisher { limits, ..publisher(&store, 10) }, Site::of(&OLD[5..6]).tree()).unwrap();
    assert_eq!(store.site(), texts(&OLD[5..6]));
}

#[test]
fn one_run_at_a_time_and_a_dead_one_does_not_last() {
    let store = MemoryStore::default();
    publish_files(&store, 1, OLD).unwrap();
    store.plant(
        ".hallway/lock.json",
        r#"{"owner":"build 7","token":"x","since":"2026-01-31T23:55:00Z","seen":"2026-01-31T23:55:00Z"}"#,
    );
    let polite = Publisher { limits: Limits::default(), ..publisher(&store, 2) };
    let locked = publish(&polite, Site::of(NEW).tree()).unwrap_err();
    assert_eq!(locked.to_string(), "build 7 is publishing to memory (begun 5 min ago)");
    assert_eq!(store.site(), texts(OLD));
    let later = Publisher { now: &|| "2026-02-01T00:06:00Z".parse().unwrap(), ..polite };
    publish(&later, Site::of(NEW).tree()).unwrap();
    assert_eq!(store.site(), texts(NEW));
}

#[test]
fn a_folder_is_a_target_too() {
    let target = tempfile::tempdir().unwrap();
    let root = target.path().join("www");
    let store = FolderStore::new(root.clone());
    let run = |run, files| publish(&publisher(&store, run), Site::of(files).tree());
    run(1, OLD).unwrap();
    std::fs::write(root.join("theirs.txt"), "t").unwrap();
    run(2, NEW).unwrap();
    assert_eq!(std::fs::read_to_string(root.join("blog/two/index.html")).unwrap(), "two b");
    assert!(!root.join("gone.png").exists() && root.join("theirs.txt").exists());
    assert_eq!(verify(&store, &Manifest::default()).unwrap(), Verified::default());
    rollback(&publisher(&store, 3), false).unwrap();
    assert_eq!(std::fs::read_to_string(root.join("gone.png")).unwrap(), "g");
    assert!(!root.join("blog/two").exists());
    // What lies in a folder may be somebody else's: it is not removed for a file of its name.
    let turned: Files<'_> = &[("blog", "b"), ("index.html", "h"), ("404.html", "l")];
    assert!(matches!(run(4, turned), Err(Trouble::Local(_))));
    run(5, OLD).unwrap();
    assert_eq!(std::fs::read_to_string(root.join("blog/one/index.html")).unwrap(), "one1 a.png");
}
