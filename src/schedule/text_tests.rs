//! Says what the functions of `text` do, as tables of cases.

use super::*;

#[test]
fn lines_have_no_breaks_and_an_end() {
    assert_eq!(line("  One\r\n two\u{0}\tthree \u{FEFF}"), "One two three");
    assert_eq!(line(&"x".repeat(2000)).chars().count(), MAX_LINE_CHARS + 1);
    assert_eq!(some_line(" \n"), None);
}

#[test]
fn a_summary_is_the_first_paragraph_as_it_reads() {
    for (text, expected) in [
        ("One\nline.\n\nTwo.", Some("One line.")),
        (
            "# Abstract\n\nA **bold** [link](https://example.org/) and `code`.\r\n\r\nMore",
            Some("A bold link and code."),
        ),
        ("<p>Tags &amp; entities<br>go.</p><p>More</p>", Some("Tags & entities go.")),
        ("Vec<T> is kept, 2 * 3 too", Some("Vec<T> is kept, 2 * 3 too")),
        ("<p>", None),
        ("Title\n=====\n\nText", Some("Title")),
        ("", None),
        ("<<<<", Some("<<<<")),
    ] {
        assert_eq!(summary(text).as_deref(), expected, "{text}");
    }
    let long = summary(&"word ".repeat(1000)).unwrap();
    assert!(long.ends_with("word…") && long.chars().count() <= MAX_SUMMARY_CHARS + 1, "{long}");
    assert_eq!(summary(&"x".repeat(5000)).unwrap().chars().count(), MAX_SUMMARY_CHARS + 1);
}

#[test]
fn slugs_are_ascii_and_end_between_words() {
    assert_eq!(slug("C++: Größe & Café"), "c-grosse-cafe");
    assert_eq!(slug("日本"), "");
    assert!(slug(&"seventeen letters ".repeat(10)).len() <= 60);
}
