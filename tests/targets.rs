//! What publishing does to targets that other programs serve: a folder, branches of a repository, a folder behind `rsync`.
//!
//! Runs the program itself. The repository is a bare one of this machine; `rsync` is called through a shell that stays here.

#![expect(clippy::disallowed_methods, reason = "tests write sites, and read what was published")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use walkdir::WalkDir;

/// Files of a published site with their texts; those of Hallway itself are left out.
type Files = BTreeMap<String, String>;

/// A site of three posts and its targets, in a folder of its own.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        place.write("site/hallway.yaml", "title: Corridors\nbaseURL: https://corridors.example/\n");
        for name in ["one", "two", "three"] {
            place.post(name, "First words.");
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.path(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn post(&self, name: &str, text: &str) {
        self.write(
            &format!("site/content/blog/{name}.md"),
            &format!("---\ntitle: {name}\ndate: 2025-01-01\n---\n\n{text}\n"),
        );
    }

    fn publish(&self, target: &str, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_hallway"))
            .args(["publish", target, "--clock", "2026-01-01"])
            .args(words)
            .current_dir(self.path("site"))
            .env("RSYNC_RSH", self.path("here.sh"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap()
    }

    fn publish_well(&self, target: &str, words: &[&str]) -> String {
        let output = self.publish(target, words);
        let told =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
        told
    }
}

fn git(folder: &Path, words: &[&str]) -> String {
    let output = Command::new("git").args(words).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn folder_files(folder: &Path) -> Files {
    let entries =
        WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    entries
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (name, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned())
        })
        .filter(|(name, _)| !name.starts_with(".hallway/"))
        .collect()
}

fn branch_files(repository: &Path, branch: &str) -> Files {
    let names = git(repository, &["ls-tree", "-r", "--name-only", branch]);
    names
        .lines()
        .map(|name| (name.to_owned(), git(repository, &["show", &format!("{branch}:{name}")])))
        .collect()
}

/// Publishes a site for the first time, unchanged, changed and with a post less, and rolls it back twice.
fn goes_through_its_life(place: &Place, target: &str, read: &dyn Fn() -> Files) {
    let page = |files: &Files, name: &str| files.get(&format!("blog/{name}/index.html")).cloned();
    place.publish_well(target, &[]);
    let first = read();
    assert!(page(&first, "one").unwrap().contains("First words."), "{:?}", first.keys());
    assert_eq!(first.get("theirs.txt").map(String::as_str), Some("not ours"), "files of others stay");

    let told = place.publish_well(target, &["--verify"]);
    assert!(told.contains("nothing has changed"), "{told}");
    assert_eq!(read(), first);

    place.post("one", "Other words.");
    fs::remove_file(place.path("site/content/blog/two.md")).unwrap();
    place.post("four", "New words.");
    let dry = place.publish_well(target, &["--dry-run"]);
    assert!(dry.contains("+ blog/four/index.html") && dry.contains("- blog/two/index.html"), "{dry}");
    assert_eq!(read(), first, "a dry run changes nothing");
    place.publish_well(target, &["--verify"]);
    let second = read();
    assert!(page(&second, "one").unwrap().contains("Other words."));
    assert!(page(&second, "four").unwrap().contains("New words."));
    assert_eq!((page(&second, "two"), second.contains_key("theirs.txt")), (None, true));

    place.publish_well(target, &["--rollback", "--verify"]);
    assert_eq!(read(), first);
    place.publish_well(target, &["--rollback"]);
    assert_eq!(read(), second);
}

#[test]
fn a_folder_has_the_site_that_was_published() {
    let place = Place::new();
    place.write("out/theirs.txt", "not ours");
    goes_through_its_life(&place, "../out", &|| folder_files(&place.path("out")));
}

/// Makes a bare repository with a branch that somebody else began.
fn repository(place: &Place, branch: &str) -> PathBuf {
    let bare = place.path("pages.git");
    fs::create_dir_all(&bare).unwrap();
    git(&bare, &["init", "--quiet", "--bare", "."]);
    let work = place.path("work");
    git(place.folder.path(), &["clone", "--quiet", "pages.git", "work"]);
    place.write("work/theirs.txt", "not ours");
    git(&work, &["add", "."]);
    let who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"];
    git(&work, &[&who[..], &["commit", "--quiet", "-m", "Begin"]].concat());
    git(&work, &["push", "--quiet", "origin", &format!("HEAD:{branch}")]);
    bare
}

#[test]
fn a_branch_has_the_site_that_was_published_and_its_history() {
    let place = Place::new();
    let bare = repository(&place, "gh-pages");
    let target = format!("git+file://{}", bare.display());
    goes_through_its_life(&place, &target, &|| branch_files(&bare, "gh-pages"));
    let log = git(&bare, &["log", "--format=%an %ad %s", "--date=format:%F", "gh-pages"]);
    let subjects: Vec<&str> = log.lines().collect();
    assert_eq!(subjects.len(), 5, "an unchanged site makes no commit: {log}");
    assert!(subjects[0].starts_with("Hallway 2026-01-01 Publish the site: "), "{log}");
    assert!(
        !branch_files(&bare, "gh-pages").keys().any(|name| name.starts_with(".hallway")),
        "the site alone"
    );
    git(&bare, &["fsck", "--strict"]);
}

#[test]
fn a_branch_can_have_one_commit_only() {
    let place = Place::new();
    let bare = repository(&place, "pages");
    let target = format!("git+file://{}?branch=pages&history=one", bare.display());
    goes_through_its_life(&place, &target, &|| branch_files(&bare, "pages"));
    assert_eq!(git(&bare, &["rev-list", "--count", "pages"]), "1\n");
}

#[test]
fn a_branch_of_the_sites_own_repository_leaves_the_authors_work_alone() {
    let place = Place::new();
    let bare = repository(&place, "gh-pages");
    let site = place.path("site");
    git(&site, &["init", "--quiet", "-b", "main", "."]);
    git(&site, &["remote", "add", "origin", "../pages.git"]);
    place.write("site/.gitignore", "public/\n.hallway/\n");
    place.publish_well("git:gh-pages", &[]);
    let published = branch_files(&bare, "gh-pages");
    assert!(published.contains_key("blog/one/index.html") && published.contains_key(".nojekyll"));
    assert_eq!(published.get("CNAME").map(String::as_str), Some("corridors.example\n"));
    assert_eq!(git(&site, &["for-each-ref"]), "", "no reference of the author's repository");
    let told = place.publish("git:gh-pages?remote=upstream", &[]);
    assert_eq!(told.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&told.stderr).contains("with a remote `upstream`"));
}

#[cfg(unix)]
#[test]
fn a_branch_takes_all_or_nothing() {
    let place = Place::new();
    let bare = repository(&place, "gh-pages");
    let target = format!("git+file://{}", bare.display());
    let before = branch_files(&bare, "gh-pages");
    let update = bare.join("hooks/update");
    let refuse = |reference: &str| {
        fs::create_dir_all(update.parent().unwrap()).unwrap();
        fs::write(&update, format!("#!/bin/sh\n[ \"$1\" != {reference} ]\n")).unwrap();
        make_runnable(&update);
    };
    for reference in ["refs/heads/gh-pages", "refs/hallway/gh-pages"] {
        refuse(reference);
        let refused = place.publish(&target, &[]);
        assert_eq!(refused.status.code(), Some(5));
        assert_eq!(branch_files(&bare, "gh-pages"), before);
        assert_eq!(git(&bare, &["for-each-ref", "--format=%(refname)"]), "refs/heads/gh-pages\n");
    }
    fs::remove_file(&update).unwrap();
    place.publish_well(&target, &[]);
}

#[cfg(unix)]
#[test]
fn a_branch_that_moved_meanwhile_is_left_as_it_is() {
    let place = Place::new();
    let bare = repository(&place, "gh-pages");
    let target = format!("git+file://{}", bare.display());
    // A `git` that lets somebody else push right before it does.
    let path = std::env::var("PATH").unwrap();
    let work = place.path("work");
    place.write("work/more.txt", "more");
    git(&work, &["add", "."]);
    git(&work, &["-c", "user.name=S", "-c", "user.email=s@example.org", "commit", "--quiet", "-m", "More"]);
    let text = format!(
        "#!/bin/sh\nPATH={path:?}\ncase \" $* \" in *' push '*)\n\
         (unset GIT_DIR; git -C {work:?} push --quiet origin HEAD:gh-pages) ;; esac\nexec git \"$@\"\n"
    );
    place.write("bin/git", &text);
    make_runnable(&place.path("bin/git"));
    let output = Command::new(env!("CARGO_BIN_EXE_hallway"))
        .args(["publish", &target])
        .current_dir(place.path("site"))
        .env("PATH", format!("{}:{path}", place.path("bin").display()))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(5), "{told}");
    assert!(told.contains("somebody else has changed"), "{told}");
    let names: Vec<String> = branch_files(&bare, "gh-pages").into_keys().collect();
    assert_eq!(names, ["more.txt", "theirs.txt"]);
    place.publish_well(&target, &[]);
    assert!(branch_files(&bare, "gh-pages").contains_key("more.txt"), "what they pushed stays");
}

#[test]
fn the_source_of_a_site_is_not_published_over() {
    let place = Place::new();
    let bare = repository(&place, "main");
    place.write("work/content/blog/a.md", "---\ntitle: A\n---\n");
    let work = place.path("work");
    git(&work, &["add", "."]);
    git(&work, &["-c", "user.name=S", "-c", "user.email=s@example.org", "commit", "--quiet", "-m", "More"]);
    git(&work, &["push", "--quiet", "origin", "HEAD:main"]);
    let refused = place.publish(&format!("git+file://{}?branch=main", bare.display()), &["--prune"]);
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(told.contains("holds the source of a site"), "{told}");
}

#[cfg(unix)]
fn make_runnable(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_behind_rsync_has_the_site_that_was_published() {
    let has_rsync = Command::new("rsync").arg("--version").output().is_ok();
    assert!(has_rsync || std::env::var_os("CI").is_none(), "this test needs rsync");
    if !has_rsync {
        eprintln!("there is no rsync here: not tested");
        return;
    }
    let place = Place::new();
    // In place of ssh: leaves out the machine, and runs what would be run there.
    place.write("here.sh", "#!/bin/sh\nwhile [ \"$1\" != there ]; do shift; done\nshift\nexec \"$@\"\n");
    make_runnable(&place.path("here.sh"));
    place.write("out/theirs.txt", "not ours");
    let target = format!("rsync+ssh://there:2222{}", place.path("out").display());
    goes_through_its_life(&place, &target, &|| folder_files(&place.path("out")));
    assert!(!place.path("out/blog/two").exists(), "no empty folder is left");
}
