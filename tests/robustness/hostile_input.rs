//! Content that means no good: it must not take long, not take much memory, and not leave the site.

use crate::site::Site;

const BOX: (&str, &str) = ("templates/shortcodes/box.html", "{{ inner }}{{ inner }}");

#[test]
fn shortcodes_that_double_their_text_come_to_an_end() {
    let text = format!("{}x{}", "{{< box >}}".repeat(60), "{{< /box >}}".repeat(60));
    let site = Site::of(&[BOX, ("content/a.md", &text)]);
    site.run(&["build"]).refuses(1, "shortcode-output");
}

#[test]
fn of_a_hundred_thousand_mistakes_the_first_hundred_are_told() {
    let site = Site::of(&[("content/a.md", &"{{< ".repeat(100_000))]);
    let run = site.run(&["build"]);
    run.refuses(1, "shortcode-syntax");
    assert_eq!(run.told.matches("error[").count(), 101);
    assert!(run.told.contains("99900 more mistakes from here on"), "{}", run.told);
}

#[test]
fn places_of_shortcodes_are_counted_over_lines_and_letters() {
    let site =
        Site::of(&[("content/a.md", "---\ntitle: A\n---\né {{< no >}} ü {{< nay >}}\n\nx\n ö{{< nix >}}")]);
    let run = site.run(&["build"]);
    for place in ["content/a.md:4:3", "content/a.md:4:16", "content/a.md:7:3"] {
        assert!(run.told.contains(place), "{place} in {}", run.told);
    }
}

#[test]
fn a_term_without_a_letter_is_left_out_and_told() {
    let site = Site::of(&[("content/a.md", "---\ntags: ['..', '🎉', ok]\n---\n")]);
    let run = site.build();
    assert_eq!(run.told.matches("warning[term-empty]").count(), 2, "{}", run.told);
    assert!(site.has("tags/ok/index.html") && site.has("tags/index.html"));
}

#[test]
fn markup_in_names_and_titles_is_text_wherever_it_lands() {
    let evil = "\"'><script>alert(1)</script>&amp;";
    let yaml = evil.replace('\'', "''");
    let front = format!(
        "---\ntitle: '{yaml}'\nlinkTitle: '{yaml}'\ndescription: '{yaml}'\nauthor: '{yaml}'\ndate: 2024-01-01\n\
         tags: ['{yaml}']\nmenus: {{main: {{name: '{yaml}'}}}}\naliases: ['/\"><script>x<']\n---\n"
    );
    let config = format!("title: '{yaml}'\ncopyright: '{yaml}'\nparams: {{description: '{yaml}'}}\n");
    let bundle = format!("{front}![\"><script>x](b.txt)\n");
    let site = Site::of(&[
        ("hallway.yaml", &config),
        ("content/blog/_index.md", &front.replace("/\"><script>x<", "/other")),
        ("content/blog/a\"><script>b/index.md", &bundle),
        ("content/blog/a\"><script>b/\"><script>.txt", "t"),
    ]);
    let run = site.build();
    let mut pages = 0;
    for entry in pages_and_feeds(&site) {
        let text = std::fs::read_to_string(&entry).expect("text");
        // What the theme itself loads is no script of the author's.
        let theirs = text.to_lowercase().replacen("<script src=\"/js/hallway_hw_", "", 1);
        assert!(!theirs.contains("<script"), "{}: {text}\n{}", entry.display(), run.told);
        pages += 1;
    }
    assert!(pages > 10, "{pages}");
    for page in ["index.html", "index.xml", "tags/index.html"] {
        assert!(site.built(page).contains("&lt;script&gt;"), "{page}");
    }
}

fn pages_and_feeds(site: &Site) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![site.path().join("public")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|kind| kind == "html" || kind == "xml") => {
                    files.push(path)
                }
                _ => {}
            }
        }
    }
    files
}
