//! A preview that follows edits has, after each of them, exactly what a whole build of the same files makes.
//!
//! Edits are told by path, as a watcher tells them, or not at all, so that everything is looked at. The random scripts
//! here are short; `benches/soak-edits` runs long ones against the server.

#![expect(clippy::disallowed_methods, reason = "tests write sites and build them")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use hallway::diag::Diagnostic;
use hallway::output::Content;
use hallway::pipeline::{self, Failure, Request};
use hallway::preview::{Outcome, Preview, Touched, holds_back};
use hallway::render::Found;
use jiff::Timestamp;
use tempfile::TempDir;

/// A site with the preview that follows it.
struct Stage {
    _place: TempDir,
    root: PathBuf,
    preview: Preview,
    touched: BTreeSet<PathBuf>,
    is_held_back: bool,
}

fn now() -> Timestamp {
    "2026-01-15T12:00:00Z".parse().unwrap()
}

fn request(root: &Path) -> Request {
    Request::of(root.to_owned(), now())
}

impl Stage {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let root = place.path().canonicalize().unwrap().join("site");
        fs::create_dir(&root).unwrap();
        let preview = Preview::new(request(&root), Vec::new());
        let mut stage = Self { _place: place, root, preview, touched: BTreeSet::new(), is_held_back: false };
        stage.put("hallway.yaml", "title: Halls\nbaseURL: https://halls.example/sub/\n");
        stage.put("content/blog/_index.md", "---\ntitle: Reports\n---\n");
        for number in 1..=4 {
            let text = post(number, "A talk.", "tags: [rust, Wasm]");
            stage.put(&format!("content/blog/post-{number}/index.md"), text);
            stage.put(&format!("content/blog/post-{number}/hall.png"), picture(number));
        }
        stage.put("content/about.md", "---\ntitle: About\n---\nUs.\n");
        stage.put("static/notes.txt", "notes\n");
        stage.preview.refresh(&Touched::Everything, now(), now(), &[]).unwrap();
        stage.touched.clear();
        stage.compare();
        stage
    }

    fn put(&mut self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        self.touched.insert(file);
    }

    fn remove(&mut self, path: &str) {
        let file = self.root.join(path);
        // What an earlier step has removed already is no fault of the script.
        let _ = if file.is_dir() { fs::remove_dir_all(&file) } else { fs::remove_file(&file) };
        self.touched.insert(file);
    }

    fn rename(&mut self, from: &str, to: &str) {
        let (from, to) = (self.root.join(from), self.root.join(to));
        if !to.exists() && fs::rename(&from, &to).is_ok() {
            self.touched.extend([from, to]);
        }
    }

    /// Tells the preview what was touched.
    fn refresh(&mut self) -> Result<Outcome, Failure> {
        let touched = Touched::Paths(std::mem::take(&mut self.touched));
        self.preview.refresh(&touched, now(), now(), &[])
    }

    /// Compares what came of a look at the files with a whole build of them.
    fn judge(&mut self, outcome: Result<Outcome, Failure>) {
        match outcome {
            // Nothing has changed about what is wrong, either.
            Ok(Outcome::Unchanged) if self.is_held_back => return,
            _ => self.is_held_back = !matches!(outcome, Ok(Outcome::Accepted { .. } | Outcome::Unchanged)),
        }
        match self.whole_build() {
            Ok(build) if !build.diagnostics.iter().any(holds_back) => {
                assert!(matches!(outcome, Ok(Outcome::Accepted { .. } | Outcome::Unchanged)), "{outcome:?}");
                if build.diagnostics.iter().any(Diagnostic::is_error) {
                    // Boxes stand in for pictures: these pages are not those of a build, which would fail.
                    assert_eq!(errors(&self.checked()), errors(&build.diagnostics));
                } else {
                    self.compare();
                }
            }
            // A mistake on a page that nobody looks at is found by the check.
            Ok(build) => match outcome {
                Ok(Outcome::Refused(told)) => {
                    let all = places(&build.diagnostics);
                    let told = places(&told);
                    assert!(!told.is_empty() && told.is_subset(&all), "{told:?} {all:?}");
                }
                Ok(_) => assert_eq!(places(&self.checked()), places(&build.diagnostics)),
                Err(failure) => panic!("{:?}", failure.diagnostics),
            },
            Err(failure) => {
                assert_eq!(errors(&outcome.unwrap_err().diagnostics), errors(&failure.diagnostics));
            }
        }
    }

    fn checked(&self) -> Vec<Diagnostic> {
        self.preview.latest().unwrap().check(&false.into()).unwrap()
    }

    fn whole_build(&self) -> Result<pipeline::Build, Failure> {
        let inputs = pipeline::read(&request(&self.root), &[])?;
        Ok(pipeline::compile(inputs, now()))
    }

    /// Compares every output of a whole build with what the preview has at its path.
    fn compare(&self) {
        let build = self.whole_build().unwrap();
        let live = &self.preview.current().unwrap().live;
        // What is made first, before any page has asked for them.
        let (made, others): (Vec<_>, Vec<_>) = build.outputs.iter().partition(|it| it.content.is_made());
        for output in made.iter().chain(&others) {
            let found = live.find(&output.path).unwrap();
            let is_same = match (&output.content, &found) {
                (Content::Bytes(bytes), Some(Found::Text(ready))) => {
                    without_colors(bytes)[..] == ready.bytes[..]
                }
                (Content::PictureFile(asset, _), Some(Found::PictureFile(file, _)))
                | (Content::Copy(asset), Some(Found::File(file))) => {
                    (&asset.source, asset.size_bytes, asset.modified_ns)
                        == (&file.source, file.size_bytes, file.modified_ns)
                }
                (Content::Picture(variant), Some(Found::Picture(found))) => variant.key() == found.key(),
                (Content::Card(card), Some(Found::Card(found))) => card.key() == found.key(),
                _ => false,
            };
            assert!(is_same, "{}", output.path);
        }
        let of_search = build.outputs.iter().filter(|output| output.path.as_str().starts_with("search/"));
        assert_eq!(live.len() + made.len() + of_search.count(), build.outputs.len());
        assert_eq!(errors(&self.checked()), errors(&build.diagnostics));
    }
}

/// Leaves out the marks of mean colours, which a preview does not have.
fn without_colors(bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    let mut text = text.to_owned();
    for (before, after) in [(" data-color=\"#", "\""), (" data-color=&quot;#", "&quot;")] {
        while let Some(start) = text.find(before) {
            let length = text[start + before.len()..].find(after).unwrap();
            text.replace_range(start..start + before.len() + length + after.len(), "");
        }
    }
    text.into_bytes()
}

fn errors(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().filter(|found| found.is_error()).map(ToString::to_string).collect()
}

/// What is wrong and where; which page a template was rendered for when it failed is a matter of order.
fn places(diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    let errors = diagnostics.iter().filter(|found| found.is_error());
    errors.map(|found| Diagnostic { hint: None, ..found.clone() }.to_string()).collect()
}

fn post(number: usize, text: &str, more: &str) -> String {
    format!(
        "---\ntitle: Post {number}\ndate: 2025-02-{number:02}\n{more}\n---\n\n{text}\n\n\
         {{{{< imgproc hall Resize \"8x\" >}}}}Hall{{{{< /imgproc >}}}}\n"
    )
}

fn picture(number: usize) -> Vec<u8> {
    let side = 16 + u32::try_from(number).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::new(side, 16).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn photo() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::new(24, 16).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

#[test]
fn an_edit_of_a_text_changes_what_shows_it() {
    let mut stage = Stage::new();
    stage.put("content/blog/post-2/index.md", post(2, "Another talk.", "tags: [rust, Wasm]"));
    let Ok(Outcome::Accepted { change, .. }) = stage.refresh() else {
        panic!("the edit is no mistake");
    };
    assert_eq!(change.sources, ["content/blog/post-2/index.md"]);
    assert!(change.content && !change.beyond_bodies);
    assert_eq!(change.saved.as_deref(), Some("/sub/blog/post-2/"));
    stage.compare();
}

#[test]
fn a_file_that_was_saved_as_it_was_changes_nothing() {
    let mut stage = Stage::new();
    stage.put("content/blog/post-2/index.md", post(2, "A talk.", "tags: [rust, Wasm]"));
    assert!(matches!(stage.refresh(), Ok(Outcome::Unchanged)));
}

#[test]
fn a_page_that_moves_says_where_to() {
    let mut stage = Stage::new();
    stage.put("content/about.md", "---\ntitle: About\nslug: us\n---\nUs.\n");
    let Ok(Outcome::Accepted { change, .. }) = stage.refresh() else {
        panic!("a slug is no mistake");
    };
    assert_eq!(
        change.moved.into_iter().collect::<Vec<_>>(),
        [("/sub/about/".to_owned(), "/sub/us/".to_owned())]
    );
    stage.compare();
}

#[test]
fn what_is_handed_down_stays_when_a_text_is_edited() {
    let mut stage = Stage::new();
    stage.put(
        "content/blog/_index.md",
        "---\ntitle: Reports\ncascade: {description: From above, type: report}\n---\n",
    );
    stage.put("content/blog/plain.md", "---\ntitle: Plain\nslug: plain\n---\nFirst.\n");
    let outcome = stage.refresh();
    stage.judge(outcome);
    assert!(!stage.is_held_back);
    stage.put("content/blog/plain.md", "---\ntitle: Plain\nslug: plain\n---\nSecond.\n");
    let outcome = stage.refresh();
    stage.judge(outcome);
    assert!(!stage.is_held_back);
    stage.put("content/blog/_index.md", "---\ntitle: Reports\ncascade: {description: Another}\n---\n");
    let outcome = stage.refresh();
    stage.judge(outcome);
    assert!(!stage.is_held_back);
}

#[test]
fn a_static_file_changes_no_page() {
    let mut stage = Stage::new();
    stage.put("static/notes.txt", "other notes\n");
    let Ok(Outcome::Accepted { change, .. }) = stage.refresh() else {
        panic!("a static file is no mistake");
    };
    assert_eq!((change.content, change.assets), (false, vec!["/sub/notes.txt".to_owned()]));
    stage.compare();
}

#[test]
fn texts_that_another_page_shows_are_followed() {
    let mut stage = Stage::new();
    let calls = ["/static/notes.txt", "blog/words.txt", "blog/post-1/part.md", "/blog/post-2/index.md"];
    let body: String = calls.map(|file| format!("{{{{% readfile \"{file}\" %}}}}\n\n")).concat();
    stage.put("content/blog/words.txt", "Words");
    stage.put("content/blog/post-1/part.md", "Part");
    stage.put("content/about.md", format!("---\ntitle: About\n---\n{body}"));
    let outcome = stage.refresh();
    stage.judge(outcome);
    for (path, text) in [
        ("static/notes.txt", "other notes".to_owned()),
        ("content/blog/words.txt", "Other words".to_owned()),
        ("content/blog/post-1/part.md", "Other part".to_owned()),
        ("content/blog/post-2/index.md", post(2, "Another talk.", "tags: [rust, Wasm]")),
    ] {
        stage.put(path, text);
        let outcome = stage.refresh();
        assert!(matches!(outcome, Ok(Outcome::Accepted { .. })), "{path}: {outcome:?}");
        stage.judge(outcome);
    }
    stage.remove("content/blog/words.txt");
    let outcome = stage.refresh();
    stage.judge(outcome);
}

#[test]
fn a_mistake_keeps_the_last_good_site_until_it_is_mended() {
    let mut stage = Stage::new();
    for mistake in ["---\ntitle: [\n---\n", "{{< nothing >}}\n"] {
        let before = stage.preview.current().unwrap().number;
        stage.put("content/about.md", mistake);
        assert!(matches!(stage.refresh(), Ok(Outcome::Refused(found)) if found.iter().any(holds_back)));
        assert_eq!(stage.preview.current().unwrap().number, before);
        // An edit elsewhere does not let the mistake through.
        stage.put("content/blog/post-1/index.md", post(1, mistake.get(..5).unwrap(), ""));
        assert!(matches!(stage.refresh(), Ok(Outcome::Refused(_))));
        stage.put("content/about.md", "---\ntitle: About\n---\nUs again.\n");
        stage.put("content/blog/post-1/index.md", post(1, "A talk.", ""));
        assert!(matches!(stage.refresh(), Ok(Outcome::Accepted { .. })));
        stage.compare();
    }
}

#[test]
fn a_missing_picture_is_shown_in_its_place() {
    let mut stage = Stage::new();
    stage.remove("content/blog/post-3/hall.png");
    let Ok(Outcome::Accepted { .. }) = stage.refresh() else {
        panic!("a missing picture does not hold the site back");
    };
    let live = &stage.preview.current().unwrap().live;
    let path = hallway::path::OutputPath::new("blog/post-3/index.html").unwrap();
    let Ok(Some(Found::Text(page))) = live.find(&path) else {
        panic!("the page is there");
    };
    let page = String::from_utf8(page.bytes.to_vec()).unwrap();
    let address =
        page.split("src=\"").find_map(|part| part.split('"').next().filter(|src| src.contains("problem")));
    let text = live.placeholder(address.unwrap()).unwrap();
    assert!(text.starts_with("no picture in this bundle matches `hall`"), "{text}");
}

#[test]
fn unknown_shortcodes_are_told_by_page_or_left_out_as_the_rule_says() {
    let mut stage = Stage::new();
    stage.put("content/blog/post-1/index.md", post(1, "{{< poll >}} {{< poll >}}", ""));
    stage.put("content/blog/post-2/index.md", post(2, "{{< poll >}}", ""));
    let Ok(Outcome::Refused(told)) = stage.refresh() else { panic!("a faulty site is shown") };
    let messages: Vec<&str> = told.iter().map(|found| found.message.as_str()).collect();
    let once = "there is no shortcode `poll`";
    assert_eq!(messages, [&format!("{once}, used 2 times on one page"), once]);

    stage.put("hallway.yaml", "title: Halls\nunknownShortcodes: warn\n");
    let Ok(Outcome::Accepted { diagnostics, .. }) = stage.refresh() else { panic!("they are left out") };
    assert_eq!(diagnostics, []);
    let all: Vec<String> = stage.checked().into_iter().map(|found| found.message).collect();
    assert_eq!(all, [format!("{once}, used 3 times on 2 pages; it is left out")]);
    stage.compare();
}

#[test]
fn photos_are_offered_in_a_preview_as_in_a_build() {
    let mut stage = Stage::new();
    stage.put("content/blog/post-1/photo.jpg", photo());
    stage.put("static/shots/photo.jpg", photo());
    let shown = "![A photo](photo.jpg)\n\n![](/sub/shots/photo.jpg)";
    stage.put("content/blog/post-1/index.md", post(1, shown, ""));
    stage.refresh().unwrap();
    stage.compare();
    let offered = stage.whole_build().unwrap().outputs;
    let offered = offered.iter().filter(|output| output.path.as_str().contains("photo_hw_")).count();
    // Two files at 24 pixels in WebP, and in the list the first of the bundle, which is another.
    assert_eq!(offered, 2);
}

#[test]
fn a_page_without_an_output_has_its_pictures() {
    let mut stage = Stage::new();
    stage.put("content/blog/post-1/index.md", post(1, "A talk.", "build: { render: never }"));
    stage.refresh().unwrap();
    // Nobody has asked for a list that shows the page.
    stage.compare();
}

#[test]
fn a_faulty_configuration_is_read_anew_when_it_is_mended() {
    let mut stage = Stage::new();
    stage.put("hallway.yaml", "title: [\n");
    assert!(stage.refresh().is_err());
    // Nothing is read meanwhile, and nothing of it is lost.
    stage.put("content/about.md", "---\ntitle: About\n---\nMeanwhile.\n");
    assert!(stage.refresh().is_err());
    stage.put("hallway.yaml", "title: Halls\nbaseURL: https://halls.example/other/\n");
    assert!(matches!(stage.refresh(), Ok(Outcome::Accepted { .. })));
    stage.compare();
}

#[test]
fn a_new_configuration_does_not_let_a_mistake_through() {
    let mut stage = Stage::new();
    stage.put("content/about.md", "{{< nothing >}}\n");
    assert!(matches!(stage.refresh(), Ok(Outcome::Refused(_))));
    stage.put("hallway.yaml", "title: Other halls\nbaseURL: https://halls.example/\n");
    assert!(matches!(stage.refresh(), Ok(Outcome::Refused(found)) if found.iter().any(holds_back)));
}

#[test]
fn what_comes_due_appears_by_itself() {
    let mut stage = Stage::new();
    stage.put("content/soon.md", "---\ntitle: Soon\ndate: 2026-01-15T13:00:00Z\n---\nSoon.\n");
    stage.refresh().unwrap();
    let path = hallway::path::OutputPath::new("soon/index.html").unwrap();
    assert!(!stage.preview.current().unwrap().live.has(&path));
    let later = "2026-01-15T13:00:01Z".parse().unwrap();
    let outcome = stage.preview.refresh(&Touched::Paths(BTreeSet::new()), later, later, &[]);
    assert!(matches!(outcome, Ok(Outcome::Accepted { .. })));
    assert!(stage.preview.current().unwrap().live.has(&path));
}

/// A small generator (Marsaglia's xorshift), so that a script is the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// One language, two told by file names, two in folders, and both in folders of their own addresses.
const LANGUAGES: [&str; 4] = [
    "",
    "languages: {en: {weight: 1}, fr: {weight: 2, title: Salles}}\n",
    "languages: {en: {weight: 2}, fr: {weight: 1, contentDir: content/fr}}\n",
    "languages: {en: {}, fr: {}}\ndefaultContentLanguage: fr\ndefaultContentLanguageInSubdir: true\n",
];

fn random_edit(stage: &mut Stage, dice: &mut Dice, step: usize) {
    let number = 1 + dice.roll(5);
    let index = format!("content/blog/post-{number}/index.md");
    match dice.roll(20) {
        0..=2 => stage.put(&index, post(number, &format!("Step {step}."), "tags: [rust, Wasm]")),
        3 => stage.put(&index, post(number, "Tagged.", &format!("tags: [t{}, rust]", dice.roll(3)))),
        4 => stage
            .put(&index, post(number, "Drafted.", ["draft: true", "slug: other", "weight: 2"][dice.roll(3)])),
        5 => stage.remove(&index),
        6 => stage.rename(
            &format!("content/blog/post-{number}"),
            &format!("content/blog/post-{}", 1 + dice.roll(6)),
        ),
        7 => stage.put(&format!("content/blog/post-{number}/hall.png"), picture(1 + dice.roll(9))),
        8 => stage.remove(&format!("content/blog/post-{number}/hall.png")),
        9 => stage
            .put(&format!("content/single-{number}.md"), format!("---\ntitle: Single {step}\n---\nText.\n")),
        10 => stage.put("static/notes.txt", format!("notes {step}\n")),
        11 => stage.put(&format!("static/new-{number}.css"), "body { color: red }\n"),
        12 => stage.put(
            "templates/page.html",
            ["{{ page.title }}: {{ page.content }}", "{{ page.nothing.at_all }}", "{% if %}"][dice.roll(3)],
        ),
        13 => stage.remove("templates"),
        14 => {
            let base = ["https://halls.example/sub/", "https://halls.example/"][dice.roll(2)];
            let languages = LANGUAGES[dice.roll(LANGUAGES.len())];
            stage.put("hallway.yaml", format!("title: Halls {step}\nbaseURL: {base}\n{languages}"));
        }
        15 => stage.put(
            &format!("content/blog/post-{number}/index.fr.md"),
            post(number, &format!("Étape {step}."), "tags: [rust, été]"),
        ),
        16 => stage.put(&format!("content/fr/blog/post-{number}/index.md"), post(number, "Un exposé.", "")),
        17 => stage.put(&format!("content/blog/post-{number}/hall.fr.png"), picture(1 + dice.roll(9))),
        18 => stage.remove(["content/fr", "content/fr/blog/post-2"][dice.roll(2)]),
        _ => stage.put(
            "content/about.md",
            ["---\ntitle: About\n---\nUs.\n", "{{< nothing >}}", "---\r\ntitle: CR\r\n---\r\nLF\r\n"]
                [dice.roll(3)],
        ),
    }
}

#[test]
fn random_edits_leave_what_a_whole_build_makes() {
    for seed in 1..=6 {
        let mut stage = Stage::new();
        let mut dice = Dice(seed * 0x9E37_79B9);
        for step in 0..25 {
            random_edit(&mut stage, &mut dice, step);
            let outcome = if dice.roll(4) == 0 {
                // A watcher that lost count tells to look at everything.
                stage.touched.clear();
                stage.preview.refresh(&Touched::Everything, now(), now(), &[])
            } else {
                stage.refresh()
            };
            stage.judge(outcome);
        }
    }
}
