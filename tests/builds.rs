//! What builds do to the disk: the same bytes everywhere, nothing written twice, nothing lost, everything repaired.
//!
//! Runs the program itself on a site that is made for each test, because time zone, locale and number of threads belong
//! to a process. An interruption is simulated by the state it leaves behind, so that every state is met each time.

#![expect(clippy::disallowed_methods, reason = "tests write sites, and read and spoil what was built")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use hallway::digest::{Digest, Digester};
use tempfile::TempDir;
use walkdir::WalkDir;

/// A site with posts, pictures, tags, an alias and static files, in a folder of its own.
struct Site {
    place: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { place: tempfile::tempdir().unwrap() };
        site.put(
            "hallway.yaml",
            "title: Corridors\nbaseURL: https://corridors.example/\ntimeZone: Europe/Berlin\n",
        );
        site.put("static/notes/hand-out.txt", "static\n");
        for number in 1..=12 {
            site.put_post(number, "The end.");
        }
        site.put("content/blog/_index.md", "---\ntitle: Reports\naliases: [/old-blog/]\n---\n");
        site
    }

    fn root(&self) -> PathBuf {
        self.place.path().join("site")
    }

    fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    /// Writes a post whose last words stand below anything that lists show.
    fn put_post(&self, number: usize, last: &str) {
        let words = "word ".repeat(90);
        let tags = ["Ähre", "ire", "Ire", "çay", "zebra"][number % 5];
        let text = format!(
            "---\ntitle: Report İ{number}\ndate: 2025-01-{number:02}\ntags: [{tags}]\n---\n\n{words}\n\n\
             {{{{< imgproc hall Resize \"8x\" >}}}}Hall{{{{< /imgproc >}}}}\n\n```rust\nfn main() {{}}\n```\n\n{last}\n"
        );
        self.put(&format!("content/blog/r{number}/index.md"), text);
        self.put(&format!("content/blog/r{number}/hall.png"), picture(number));
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hallway"));
        command.current_dir(self.root()).env("NO_COLOR", "1").args(["build", "--clock", "2025-06-01"]);
        command
    }

    /// Builds the site; returns what was said.
    fn build(&self) -> String {
        said(&self.command().output().unwrap(), 0)
    }

    fn digest(&self) -> Digest {
        digest(&self.public())
    }
}

/// Makes a small picture that no other number has.
fn picture(number: usize) -> Vec<u8> {
    let shade = u8::try_from(number * 20 % 256).unwrap();
    let pixels = image::RgbImage::from_fn(16, 12, |x, y| image::Rgb([shade, x as u8 * 9, y as u8 * 9]));
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn said(output: &Output, code: i32) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{text}");
    text
}

/// Every file of a folder by path, hidden ones too.
fn files(folder: &Path) -> BTreeMap<String, PathBuf> {
    let entries = WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (path, entry.into_path())
        })
        .collect()
}

fn digest(folder: &Path) -> Digest {
    let files = files(folder);
    assert!(!files.is_empty(), "nothing in {}", folder.display());
    let add = |digester: Digester, (path, file): (&String, &PathBuf)| {
        digester.text(path).text(&Digest::of(&fs::read(file).unwrap()).to_string())
    };
    files.iter().fold(Digester::new(), add).finish()
}

/// When each file was written last, and which file it is.
fn stamps(folder: &Path) -> BTreeMap<String, (SystemTime, u64)> {
    let stamp = |(path, file): (String, PathBuf)| {
        let metadata = fs::metadata(file).unwrap();
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let inode = 0;
        (path, (metadata.modified().unwrap(), inode))
    };
    files(folder).into_iter().map(stamp).collect()
}

/// Paths that are in one of two states only, or differ.
fn changed(
    before: &BTreeMap<String, (SystemTime, u64)>,
    after: &BTreeMap<String, (SystemTime, u64)>,
) -> Vec<String> {
    let paths: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

/// The one record of builds into `public`.
fn record(site: &Site) -> PathBuf {
    let records = files(&site.root().join(".hallway/builds"));
    assert_eq!(records.len(), 1, "{records:?}");
    records.into_values().next().unwrap()
}

#[test]
fn threads_folders_time_zones_and_locales_do_not_change_a_byte() {
    let expected = {
        let site = Site::new();
        site.build();
        site.digest()
    };
    let worlds = [
        ("1", "UTC", "C"),
        ("8", "Asia/Tokyo", "tr_TR.UTF-8"),
        ("3", "America/St_Johns", "de_DE.UTF-8"),
        ("2", "Pacific/Chatham", "sv_SE.UTF-8"),
    ];
    for (jobs, zone, locale) in worlds {
        let site = Site::new();
        let mut command = site.command();
        command.env("TZ", zone).env("LANG", locale).env("LC_ALL", locale).args(["--jobs", jobs]);
        said(&command.output().unwrap(), 0);
        assert_eq!(site.digest(), expected, "--jobs {jobs}, TZ={zone}, LC_ALL={locale}");
    }
    // Over an older site it is the same, too.
    let site = Site::new();
    site.put_post(13, "A post that goes again.");
    site.build();
    fs::remove_dir_all(site.root().join("content/blog/r13")).unwrap();
    site.build();
    assert_eq!(site.digest(), expected, "over an older site");
}

#[test]
fn a_second_build_is_up_to_date_and_writes_nothing() {
    let site = Site::new();
    assert!(site.build().starts_with("built "));
    let before = stamps(&site.public());
    let text = site.build();
    assert!(text.starts_with("up to date: "), "{text}");
    assert_eq!(changed(&before, &stamps(&site.public())), Vec::<String>::new());
    // Without its record everything is made again, compared, and found to be there.
    fs::remove_file(record(&site)).unwrap();
    let text = site.build();
    assert!(text.contains(": 0 written"), "{text}");
    assert_eq!(changed(&before, &stamps(&site.public())), Vec::<String>::new());
}

#[test]
fn a_changed_post_rewrites_only_what_differs() {
    let site = Site::new();
    site.build();
    let before = stamps(&site.public());
    site.put_post(5, "Another end.");
    site.build();
    let after = stamps(&site.public());
    // The picture is a new file with the old bytes: it may be copied again, but nothing of another page is touched.
    let rewritten = changed(&before, &after);
    assert!(rewritten.contains(&"blog/r5/index.html".to_owned()), "{rewritten:?}");
    // The text is found and fed, too.
    let follows = |path: &String| {
        let is_fed = path.ends_with("atom.xml") || path.ends_with("feed.json");
        is_fed || path.starts_with("search/en/") || path.starts_with("blog/r5/")
    };
    assert!(rewritten.iter().all(follows), "{rewritten:?}");
    let html = fs::read_to_string(site.public().join("blog/r5/index.html")).unwrap();
    assert!(html.contains("Another end."));
}

#[test]
fn what_hallway_did_not_write_is_never_touched() {
    let site = Site::new();
    let theirs = ["CNAME", ".well-known/security.txt", "blog/r5/comments.html", "elsewhere/index.html"];
    for path in theirs {
        site.put(&format!("public/{path}"), "theirs\n");
    }
    let before: Vec<_> = theirs.iter().map(|path| stamps(&site.public())[*path]).collect();
    site.build();
    fs::remove_dir_all(site.root().join("content/blog/r5")).unwrap();
    site.build();
    let after = stamps(&site.public());
    assert_eq!(theirs.iter().map(|path| after[*path]).collect::<Vec<_>>(), before);
    assert!(!after.contains_key("blog/r5/index.html"));
    // Only who asks for it gets a folder with nothing else in it; hidden files stay even then.
    said(&site.command().arg("--clean-destination").output().unwrap(), 0);
    let after = files(&site.public());
    assert!(!after.contains_key("CNAME") && !after.contains_key("blog/r5/comments.html"));
    assert!(after.contains_key(".well-known/security.txt"));
}

#[test]
fn a_file_of_ours_that_somebody_changed_is_kept_when_its_page_goes() {
    let site = Site::new();
    site.build();
    fs::write(site.public().join("blog/r5/index.html"), "edited by hand\n").unwrap();
    fs::remove_dir_all(site.root().join("content/blog/r5")).unwrap();
    let text = site.build();
    assert!(text.contains("warning[stale-file-kept]"), "{text}");
    assert_eq!(fs::read_to_string(site.public().join("blog/r5/index.html")).unwrap(), "edited by hand\n");
}

#[test]
fn a_removed_post_goes_with_its_files_and_its_folder() {
    let site = Site::new();
    site.build();
    assert!(site.public().join("blog/r7/hall.png").exists());
    fs::remove_dir_all(site.root().join("content/blog/r7")).unwrap();
    let text = site.build();
    assert!(text.contains(" removed ("), "{text}");
    assert!(!site.public().join("blog/r7").exists());
    assert!(site.public().join("blog/r8/index.html").exists());
}

#[test]
fn a_page_may_take_the_place_of_a_file_and_a_file_that_of_a_page() {
    let site = Site::new();
    site.put("content/blog/place.md", "---\ntitle: A page\nurl: /place\n---\n");
    site.put("static/other.html", "a file\n");
    site.build();
    fs::remove_file(site.root().join("static/other.html")).unwrap();
    site.put("static/other.html/inside.txt", "now a folder\n");
    fs::remove_file(site.root().join("content/blog/place.md")).unwrap();
    site.put("static/place", "now a file\n");
    site.build();
    assert_eq!(fs::read_to_string(site.public().join("other.html/inside.txt")).unwrap(), "now a folder\n");
    assert_eq!(fs::read_to_string(site.public().join("place")).unwrap(), "now a file\n");
}

#[test]
fn a_failed_build_leaves_the_old_site_as_it_was() {
    let site = Site::new();
    site.build();
    let (before, old) = (stamps(&site.public()), site.digest());
    site.put("content/blog/r3/index.md", "---\ntitle: Broken\ndate: 2025-1-1\n---\n");
    said(&site.command().output().unwrap(), 1);
    site.put_post(3, "Whole again, but another picture is torn.");
    let torn = picture(4);
    site.put("content/blog/r4/hall.png", &torn[..torn.len() / 2]);
    said(&site.command().output().unwrap(), 1);
    assert_eq!(changed(&before, &stamps(&site.public())), Vec::<String>::new());
    assert_eq!(site.digest(), old);
}

#[test]
fn whatever_an_interruption_leaves_behind_the_next_build_repairs() {
    let site = Site::new();
    site.build();
    let expected = site.digest();
    let spoil: [(&str, &dyn Fn()); 6] = [
        ("files on their way", &|| {
            site.put("public/.hallway-tmp/0", "half a pa");
            let mut intent: serde_json::Value =
                serde_json::from_slice(&fs::read(record(&site)).unwrap()).unwrap();
            intent["key"] = "".into();
            fs::write(record(&site), intent.to_string()).unwrap();
        }),
        ("files lost and cut short", &|| {
            fs::remove_dir_all(site.public().join("blog/r2")).unwrap();
            fs::remove_file(site.public().join("index.html")).unwrap();
            fs::write(site.public().join("blog/r3/index.html"), "<!doc").unwrap();
            fs::write(site.public().join("sitemap.xml"), "").unwrap();
        }),
        ("half a record", &|| {
            let bytes = fs::read(record(&site)).unwrap();
            fs::write(record(&site), &bytes[..bytes.len() / 2]).unwrap();
            fs::write(site.public().join("blog/r4/index.html"), "<!doc").unwrap();
        }),
        ("a record of what was about to be written", &|| {
            let mut intent: serde_json::Value =
                serde_json::from_slice(&fs::read(record(&site)).unwrap()).unwrap();
            intent["key"] = "".into();
            let files = intent["manifest"].as_object_mut().unwrap();
            for file in files.values_mut() {
                file.as_object_mut().unwrap().remove("s");
                file["n"] = true.into();
            }
            files.insert(
                "blog/never-published/index.html".to_owned(),
                serde_json::json!({ "d": "", "n": true }),
            );
            fs::write(record(&site), intent.to_string()).unwrap();
            site.put("public/blog/never-published/index.html", "<!doc");
            fs::write(site.public().join("blog/r5/hall.png"), "cut").unwrap();
        }),
        ("a lost cache", &|| fs::remove_dir_all(site.root().join(".hallway")).unwrap()),
        ("a first build that was cut short", &|| {
            fs::remove_dir_all(site.public()).unwrap();
            fs::remove_file(record(&site)).unwrap();
            site.put(".public.hallway-tmp/blog/index.html", "half a si");
        }),
    ];
    for (state, spoil) in spoil {
        spoil();
        site.build();
        assert_eq!(site.digest(), expected, "after {state}");
        let text = site.build();
        assert!(text.starts_with("up to date"), "after {state}: {text}");
    }
    assert!(!site.root().join(".public.hallway-tmp").exists());
}

#[test]
fn a_picture_that_was_cut_short_in_the_cache_is_made_again() {
    let site = Site::new();
    site.build();
    let expected = site.digest();
    for file in files(&site.root().join(".hallway/pictures")).into_values() {
        fs::remove_file(file).unwrap();
    }
    fs::remove_dir_all(site.public()).unwrap();
    site.build();
    assert_eq!(site.digest(), expected);
}

#[test]
fn the_built_site_is_no_content() {
    let site = Site::new();
    for config in ["hallway.yaml", "static/notes/hand-out.txt", "content/blog/_index.md"] {
        fs::remove_file(site.root().join(config)).unwrap();
    }
    // A bare folder of posts: everything in it is content, but for what builds make.
    fs::rename(site.root().join("content/blog"), site.root().join("blog")).unwrap();
    fs::remove_dir_all(site.root().join("content")).unwrap();
    fs::remove_dir_all(site.root().join("static")).unwrap();
    let first = site.build();
    let expected = site.digest();
    fs::remove_file(record(&site)).unwrap();
    let second = site.build();
    assert_eq!(site.digest(), expected);
    assert_eq!(first.split(" in ").next(), second.split(" in ").next());
    // Another place inside the folder is no content either.
    said(&site.command().args(["-d", "blog/out"]).output().unwrap(), 0);
    fs::remove_dir_all(site.public()).unwrap();
    said(&site.command().args(["-d", "blog/out", "--strict"]).output().unwrap(), 0);
    assert_eq!(digest(&site.root().join("blog/out")), expected);
}

#[test]
fn a_destination_that_cannot_be_written_is_told_with_its_own_exit_code() {
    let site = Site::new();
    site.put("file.txt", "no folder\n");
    // A file is refused before anything is read, as every destination that is no good; below a file, the disk says no.
    for (destination, code, name) in
        [("file.txt", 3, "destination-file"), ("file.txt/below", 4, "write-failed")]
    {
        let text = said(&site.command().args(["-d", destination]).output().unwrap(), code);
        assert!(text.contains(&format!("error[{name}]")) && text.contains("file.txt"), "{text}");
    }
    assert_eq!(fs::read_to_string(site.root().join("file.txt")).unwrap(), "no folder\n");
    let text = said(&site.command().args(["--cache-dir", "file.txt/cache"]).output().unwrap(), 4);
    assert!(text.contains("error[cache-unwritable]"), "{text}");
}

#[test]
fn a_mistyped_folder_does_not_come_into_being() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("empty")).unwrap();
    for folder in ["nowhere", "empty"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hallway"));
        let output = command.current_dir(place.path()).args(["build", folder]).output().unwrap();
        said(&output, 2);
    }
    assert!(!place.path().join("nowhere").exists());
    assert_eq!(fs::read_dir(place.path().join("empty")).unwrap().count(), 0);
}

/// Runs git in a site, with everything that it would take from the machine fixed.
fn git(site: &Site, day: &str, arguments: &[&str]) {
    let date = format!("{day}T10:00:00+0200");
    let mut command = Command::new("git");
    command.arg("-C").arg(site.root()).args(["-c", "user.name=Sam Hall", "-c", "user.email=sam@example.org"]);
    command.args(["-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]).args(arguments);
    command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
    let output =
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git is there, as for every checkout");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_day_of_the_last_change_is_that_of_the_last_commit() {
    let site = Site::new();
    site.put("hallway.yaml", "baseURL: https://corridors.example/\nenableGitInfo: true\n");
    site.put("content/blog/own.md", "---\ntitle: Own\ndate: 2020-01-01\nlastmod: 2020-02-02\n---\n");
    site.put("content/blog/née.md", "---\ntitle: Née\ndate: 2020-01-01\n---\n");
    site.put("templates/page.html", "{{ page.lastmod or \"none\" }} {{ page.commit?.author or \"nobody\" }}");
    git(&site, "2024-05-01", &["init", "-q"]);
    git(&site, "2024-05-01", &["add", "."]);
    git(&site, "2024-05-01", &["commit", "-q", "-m", "first"]);
    site.put("content/blog/née.md", "---\ntitle: Née\ndate: 2020-01-01\n---\nMore.\n");
    git(&site, "2024-05-02", &["add", "content"]);
    git(&site, "2024-05-02", &["commit", "-q", "-m", "second"]);
    site.put("content/blog/new.md", "---\ntitle: New\ndate: 2020-01-01\n---\n");
    let page =
        |name: &str| fs::read_to_string(site.public().join(format!("blog/{name}/index.html"))).unwrap();
    site.build();
    assert_eq!(page("own"), "2024-05-01T10:00:00+02:00 Sam Hall");
    assert_eq!(page("née"), "2024-05-02T10:00:00+02:00 Sam Hall");
    assert_eq!(page("new"), "2020-01-01T00:00:00Z nobody");
    git(&site, "2024-05-03", &["add", "content"]);
    git(&site, "2024-05-03", &["commit", "-q", "-m", "third"]);
    site.build();
    assert_eq!(page("new"), "2024-05-03T10:00:00+02:00 Sam Hall");
}
