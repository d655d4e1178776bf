//! What is told of changes on the disk, and what is not.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::sync::mpsc;
use std::time::Duration;

use notify::event::{CreateKind, Event, EventKind, Flag};

use super::super::run::Message;
use super::super::{Folders, Touched, Trouble, start};
use super::{PATIENCE, Site, paths, tells};

/// Quiet in which nothing may be told.
const SILENCE: Duration = Duration::from_millis(300);

#[test]
fn a_file_that_is_written_renamed_or_removed_is_told_by_name() {
    let site = Site::new(&["content"]);
    let file = site.at("content/a.md");
    let told_alone = |site: &Site| {
        let told = site.until("content/a.md");
        assert!(paths(&told).iter().all(|path| *path == file), "{told:?}");
    };
    site.write("content/a.md", "one");
    told_alone(&site);
    site.write("content/.a.tmp", "two");
    fs::rename(site.at("content/.a.tmp"), &file).unwrap();
    told_alone(&site);
    fs::remove_file(&file).unwrap();
    told_alone(&site);
    site.write("hallway.yaml", "title: A");
    site.until("hallway.yaml");
    symlink("nowhere", &file).unwrap();
    told_alone(&site);
}

#[test]
fn folders_made_at_once_are_told_with_all_that_is_in_them() {
    let site = Site::new(&["content"]);
    for folder in ["a", "b", "c", "d", "e"] {
        let deep = site.at(&format!("content/{folder}/one/two"));
        fs::create_dir_all(&deep).unwrap();
        let files = [deep.join("deep.md"), site.at(&format!("content/{folder}/top.md"))];
        for file in &files {
            fs::write(file, "text").unwrap();
        }
        // What was made before the watch stood is in the echo at the latest, which comes in any case.
        let told = site.until_one(|touched| *touched == Touched::Everything);
        for file in &files {
            assert!(told.iter().any(|touched| tells(touched, file)), "{told:?}");
        }
        site.fence(&format!("content/{folder}/one/two/later.md"));
    }
}

#[test]
fn a_folder_that_is_removed_and_made_again_is_watched_again() {
    let site = Site::new(&["content/post", "templates"]);
    for folder in ["content/post", "content", "templates", "content/post"] {
        for _ in 0..3 {
            fs::remove_dir_all(site.at(folder)).unwrap();
            fs::create_dir_all(site.at("content/post")).unwrap();
            fs::create_dir_all(site.at(folder)).unwrap();
            site.until(folder);
            site.until_one(|touched| *touched == Touched::Everything);
            site.fence(&format!("{folder}/fence.md"));
        }
    }
}

#[test]
fn a_folder_that_is_renamed_is_told_by_both_names_and_watched_under_the_new_one() {
    let site = Site::new(&["content/old/deep"]);
    site.write("content/old/deep/a.md", "text");
    site.until("content/old/deep/a.md");
    fs::rename(site.at("content/old"), site.at("content/new")).unwrap();
    let told = site.until_one(|touched| *touched == Touched::Everything);
    let named = paths(&told);
    assert!(
        named.contains(site.at("content/old").as_path()) && named.contains(site.at("content/new").as_path())
    );
    site.fence("content/new/deep/b.md");
    fs::rename(site.at("content"), site.at("put-aside")).unwrap();
    site.until_one(|touched| *touched == Touched::Everything);
    fs::rename(site.at("put-aside"), site.at("content")).unwrap();
    site.until_one(|touched| *touched == Touched::Everything);
    site.until_one(|touched| *touched == Touched::Everything);
    site.fence("content/new/deep/c.md");
}

#[test]
fn a_folder_that_was_missing_is_watched_when_it_comes() {
    let site = Site::with(&[], |root| Folders {
        root: root.to_owned(),
        recursive: vec![root.join("content"), root.join("themes/mine/static")],
        skip: Vec::new(),
    });
    fs::create_dir_all(site.at("content/post")).unwrap();
    site.write("content/post/a.md", "text");
    site.until("content/post/a.md");
    site.until_one(|touched| *touched == Touched::Everything);
    site.fence("content/post/b.md");
    for folder in ["themes", "themes/mine", "themes/mine/static"] {
        fs::create_dir(site.at(folder)).unwrap();
        site.until(folder);
    }
    site.fence("themes/mine/static/a.css");
}

#[test]
fn what_does_not_count_is_silent() {
    let site = Site::new(&["content/post", "content/cache", "public/deep", "other"]);
    site.fence("content/one.md");
    for path in [
        "public/index.html",
        "public/deep/index.html",
        "content/cache/a.webp",
        "other/file.txt",
        "content/.a.md.swp",
        "content/a.md~",
        "content/#a.md#",
        "content/post/4913~",
        ".env",
    ] {
        site.write(path, "text");
    }
    fs::create_dir_all(site.at("public/new/folder")).unwrap();
    fs::create_dir_all(site.at("content/.git/objects")).unwrap();
    fs::create_dir_all(site.at("content/node_modules/left-pad")).unwrap();
    let told = site.fence("content/two.md");
    assert_eq!(paths(&told), [site.at("content/two.md").as_path()].into());
    assert!(site.told.recv_timeout(SILENCE).is_err());
}

#[test]
fn reading_is_silent() {
    let site = Site::new(&["content/post"]);
    for name in ["content/a.md", "content/post/b.md", "hallway.yaml"] {
        site.fence(name);
    }
    for folder in [site.folders.root.clone(), site.at("content"), site.at("content/post")] {
        let entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        for file in entries.iter().filter(|path| path.is_file()) {
            fs::read(file).unwrap();
        }
    }
    fs::set_permissions(site.at("content/a.md"), fs::Permissions::from_mode(0o600)).unwrap();
    let told = site.fence("content/fence.md");
    assert_eq!(paths(&told), [site.at("content/fence.md").as_path()].into(), "reading or a chmod was told");
    assert!(site.told.recv_timeout(SILENCE).is_err());
}

#[test]
fn symbolic_links_are_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir(outside.path().join("deep")).unwrap();
    let site = Site::new(&["content"]);
    symlink(outside.path(), site.at("content/link")).unwrap();
    symlink(outside.path(), site.at("static")).unwrap();
    site.until("content/link");
    site.until_one(|touched| *touched == Touched::Everything);
    site.fence("content/one.md");
    fs::write(outside.path().join("a.md"), "text").unwrap();
    fs::write(outside.path().join("deep/a.md"), "text").unwrap();
    let told = site.fence("content/two.md");
    let named = paths(&told);
    assert!(named.iter().all(|path| path.ends_with("two.md")), "{named:?}");
}

#[test]
fn in_a_bare_folder_of_posts_hidden_and_written_folders_are_not_watched() {
    let site =
        Site::with(&["post", ".git/objects", "node_modules/a", "public/a", "deep/out/a"], |root| Folders {
            root: root.to_owned(),
            recursive: vec![root.to_owned()],
            skip: vec![root.join("public"), root.join("deep/out")],
        });
    site.fence("a.md");
    site.fence("post/b.md");
    site.fence("deep/c.md");
    fs::create_dir_all(site.at("new/deep")).unwrap();
    site.write("new/deep/d.md", "text");
    site.until("new/deep/d.md");
    site.until_one(|touched| *touched == Touched::Everything);
    site.fence("new/deep/e.md");
}

#[test]
fn other_folders_are_watched_when_the_configuration_changes() {
    let site = Site::new(&["content", "posts"]);
    site.watch.again(Folders { recursive: vec![site.at("posts")], ..site.folders.clone() });
    site.until_one(|touched| *touched == Touched::Everything);
    site.fence("posts/a.md");
    site.write("content/a.md", "text");
    let told = site.fence("posts/b.md");
    assert!(!paths(&told).contains(site.at("content/a.md").as_path()));
}

#[test]
fn when_the_site_itself_is_gone_that_is_told_once() {
    let site = Site::new(&["content"]);
    fs::remove_dir_all(&site.folders.root).unwrap();
    let trouble = loop {
        if let Err(trouble) = site.told.recv_timeout(PATIENCE).unwrap() {
            break trouble;
        }
    };
    assert!(matches!(&trouble, Trouble::Other(text) if text.ends_with("is gone")), "{trouble}");
    assert!(site.told.recv_timeout(PATIENCE).is_err(), "the thread has ended");
    fs::create_dir_all(&site.folders.root).unwrap();
}

#[test]
fn what_is_not_there_cannot_be_watched() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("missing");
    let folders = Folders { recursive: vec![root.join("content")], root, skip: Vec::new() };
    assert!(matches!(start(&folders, |_| ()), Err(Trouble::Other(_))));
}

#[test]
fn dropping_the_watch_ends_its_threads() {
    let site = Site::new(&["content"]);
    let Site { watch, told, .. } = site;
    drop(watch);
    // The end of the channel: the closure that owned the sender is gone, and with it the thread.
    assert_eq!(told.recv(), Err(mpsc::RecvError));
}

#[test]
fn after_lost_events_the_folders_are_watched_anew() {
    let site = Site::new(&["content/post"]);
    for number in 0..3 {
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        site.watch.inbox.send(Message::Event(number, Ok(lost))).unwrap();
        assert_eq!(site.next(), Touched::Everything, "at once");
        assert_eq!(site.next(), Touched::Everything, "and the echo");
        site.fence("content/post/a.md");
    }
    // Watches that there are no more: what they saw is in `Everything` already.
    let late = Event::new(EventKind::Create(CreateKind::File)).add_path(site.at("content/late.md"));
    site.watch.inbox.send(Message::Event(1, Ok(late))).unwrap();
    let told = site.fence("content/post/b.md");
    assert_eq!(paths(&told), [site.at("content/post/b.md").as_path()].into());
}

#[test]
fn an_error_about_one_folder_means_everything_and_the_watch_goes_on() {
    let site = Site::new(&["content"]);
    let error = notify::Error::generic("permission denied").add_path(site.at("content/locked"));
    site.watch.inbox.send(Message::Event(0, Err(error))).unwrap();
    assert_eq!(site.next(), Touched::Everything);
    site.fence("content/a.md");
}

#[test]
fn a_limit_that_is_reached_later_is_told_once_and_is_the_end() {
    let site = Site::new(&["content"]);
    let error = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
    site.watch.inbox.send(Message::Event(0, Err(error))).unwrap();
    assert!(matches!(site.told.recv_timeout(PATIENCE), Ok(Err(Trouble::Limit(_)))));
    assert_eq!(site.told.recv(), Err(mpsc::RecvError));
}
