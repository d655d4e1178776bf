//! Facts recorded from Hugo 0.168.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::date::parse;

const SECTIONS: &[SectionFacts<'_>] = &[
    SectionFacts { name: "blog", title: "The Blog!", slug: Some("bslug") },
    SectionFacts { name: "Sub Dir", title: "SD", slug: None },
    SectionFacts { name: "Nested+é", title: "N", slug: None },
];

/// A bundle without a slug, a file with one, and a page without a date.
fn expand(pattern: &str, page: usize) -> Result<String, String> {
    let date = parse("2024-04-05T23:30:00-05:00", &TimeZone::UTC);
    let (title, slug, name) = match page {
        0 => ("My Title (été)", None, "My  Bundle - é"),
        1 => ("Other", Some("Cust om/Slug"), "file_Name"),
        _ => ("ND", None, "nodate"),
    };
    let facts = Facts {
        date: date.as_ref().filter(|_| page < 2),
        title,
        slug,
        content_base_name: name,
        sections: SECTIONS,
        rules: PathRules::default(),
    };
    Pattern::parse(pattern).map(|pattern| pattern.expand(&facts)).map_err(|error| error.message)
}

#[test]
fn every_token_has_hugos_value() {
    let cases = [
        (":year", ["2024", "2024", "1"]),
        (":month", ["04", "04", "01"]),
        (":monthname", ["april", "april", "january"]),
        (":day", ["05", "05", "01"]),
        (":weekday", ["5", "5", "1"]),
        (":weekdayname", ["friday", "friday", "monday"]),
        (":yearday", ["96", "96", "1"]),
        (":section", ["blog"; 3]),
        (":sections", ["blog/sub-dir/nested-é"; 3]),
        (":sections[1:]", ["sub-dir/nested-é"; 3]),
        (":sections[last]", ["nested-é"; 3]),
        (":sections[0]", ["blog"; 3]),
        (":sectionslug", ["bslug"; 3]),
        (":sectionslugs", ["bslug/sd/n"; 3]),
        (":title", ["my-title-été", "other", "nd"]),
        (":slug", ["my-title-été", "cust-om/slug", "nd"]),
        (":slugorfilename", ["my-bundle-é", "cust-om/slug", "nodate"]),
        (":slugorcontentbasename", ["my-bundle-é", "cust-om/slug", "nodate"]),
        (":contentbasename", ["my-bundle-é", "file_name", "nodate"]),
        (":filename", ["my-bundle-é", "file_name", "nodate"]),
        (":2006-01-02", ["2024-01-02", "2024-01-02", "0001-01-02"]),
        (":2006_01_02", ["2024_04_05", "2024_04_05", "0001_01_01"]),
        (":06", ["24", "24", "01"]),
        (":Jan", ["apr", "apr", "jan"]),
        (":year:month", ["202404", "202404", "101"]),
        (":sections[5]", ["", "", ""]),
    ];
    for (token, values) in cases {
        for (page, value) in values.into_iter().enumerate() {
            let path = expand(&format!("/p/{token}/END"), page);
            let expected = if value.is_empty() { "p/end".to_owned() } else { format!("p/{value}/end") };
            assert_eq!(path, Ok(expected), "{token} of page {page}");
        }
    }
}

#[test]
fn patterns_are_read_as_in_hugo() {
    let cases = [
        ("/:section/:year/:month/:day/:slug/", "blog/2024/04/05/cust-om/slug"),
        ("/:section/:year/:month/:day/:contentbasename", "blog/2024/04/05/file_name"),
        (":title", "other"),
        ("p", "p"),
        ("/p/a+b/:title", "p/a-b/other"),
        ("/p/A%41/:title", "p/aa/other"),
        ("/p/../x/:title", "x/other"),
        ("/../../x/:title", "x/other"),
        ("/p/:title/..", "p"),
        ("/p/:title+x", "p/other-x"),
        ("/p/:title+", "p/other"),
        ("/p/ :title ", "p/-other"),
        ("/p/:title.html", "p/other.html"),
        ("/p//:title//", "p/other"),
        ("/p/:sections[:1]/:title", "p/blog/other"),
        ("/p/:sections[:last]/:title", "p/blog/sub-dir/other"),
        ("/p/:sections[1:last]/:title", "p/sub-dir/other"),
        ("/p/:sections[last:]/:title", "p/nested-é/other"),
        ("/p/:sections[0:2]/:title", "p/blog/sub-dir/other"),
        ("/p/:sections[:]/:title", "p/blog/sub-dir/nested-é/other"),
        ("/p/:sections[1:9]/:title", "p/sub-dir/nested-é/other"),
        ("/p/:sections[9:]/:title", "p/other"),
        ("/p/:sections[]/:title", "p/blog/sub-dir/nested-é/other"),
        ("/p/:sections[0][1]/:title", "p/blog1/other"),
        ("/p/:sections[1:]x/:title", "p/sub-dir/nested-éx/other"),
        ("/p/:sections[01]/:title", "p/sub-dir/other"),
        ("/p/:sectionslugs[1:]/:title", "p/sd/n/other"),
        ("/p/\\:year/:title", "p/year/other"),
        ("/p/:/:title", "p/other"),
        ("/p/::year/:title", "p/2024/other"),
        ("/p/:2006:01:02/:title", "p/20240405/other"),
        ("/p/:15/:title", "p/23/other"),
        ("/p/:_2/:title", "p/-5/other"),
        ("/p/:MST/:title", "p/-0500/other"),
        ("/p/:x2006/:title", "p/x2024/other"),
        ("/p/:été/:title", "p/été/other"),
        ("/p/É/(x)/:title", "p/é/x/other"),
        ("p/:title?x=y#z", "p/otherxy#z"),
        ("/p/:title:title", "p/otherother"),
        // Hugo writes nothing at all for these two.
        ("/p/100%/:title", "p/100/other"),
        ("/p/:sections[2:1]/:title", "p/other"),
    ];
    for (pattern, path) in cases {
        assert_eq!(expand(pattern, 1), Ok(path.to_owned()), "{pattern}");
    }
}

#[test]
fn an_unknown_token_is_an_error_with_a_suggestion() {
    let tokens = [
        "unknown", "slugy", "kind", "type", "Year", "TITLE", "year_", "yearx", "PM", "pm", "Month", "JAN",
        "0",
    ];
    for token in tokens {
        let message = format!("unknown token `:{token}` in the permalink `/p/:{token}/end`");
        assert_eq!(expand(&format!("/p/:{token}/end"), 0), Err(message));
    }
    for sliced in
        [":section[0]", ":year[0]", ":sectionslug[1]", ":sections[x]", ":sections[-1]", ":sections[1:x]"]
    {
        assert!(expand(sliced, 0).is_err(), "{sliced}");
    }
    let error = Pattern::parse("/:sectoin/:year").err();
    assert_eq!(error.and_then(|error| error.hint).as_deref(), Some("did you mean `:section`?"));
}

#[test]
fn plus_in_a_pattern_depends_on_what_follows() {
    let facts = |slug| Facts {
        date: None,
        title: "T",
        slug: Some(slug),
        content_base_name: "a",
        sections: &[],
        rules: PathRules::default(),
    };
    let cases = [
        ("c++", "p/c-/end", "p/c"),
        ("++", "p/-/end", "p"),
        ("+/a", "p/-/a/end", "p/-/a"),
        ("a/+", "p/a/-/end", "p/a"),
        ("..", "end", ""),
        ("../x", "x/end", "x"),
        ("a/../b", "p/b/end", "p/b"),
        ("%2e%2e", "end", ""),
        ("\\", "p/\\/end", "p/\\"),
        ("- a -", "p/a/end", "p/a"),
        ("-!-", "p/end", "p"),
        ("-", "p/t/end", "p/t"),
        ("x#", "p/x/end", "p/x"),
        ("!", "p/end", "p"),
    ];
    for (slug, inside, last) in cases {
        let path = |pattern| Pattern::parse(pattern).map(|pattern: Pattern| pattern.expand(&facts(slug)));
        assert_eq!(path("/p/:slug/end").as_deref(), Ok(inside), "{slug:?}");
        assert_eq!(path("/p/:slug/").as_deref(), Ok(last), "{slug:?}");
    }
}

#[test]
fn a_url_takes_tokens_and_keeps_the_rest() {
    let date = parse("2024-04-10", &TimeZone::UTC);
    let facts = Facts {
        date: date.as_ref(),
        title: "My T!",
        slug: None,
        content_base_name: "a",
        sections: SECTIONS,
        rules: PathRules::default(),
    };
    let cases = [
        ("blog/:title+x/É é/", "blog/my-t x/É é"),
        ("/A b/", "A b"),
        ("/a+b/", "a+b"),
        ("a%41b", "a%41b"),
        ("/x/a%41b/:title", "x/aAb/my-t"),
        ("x/../y", "y"),
        ("/../../x", "x"),
        ("/x/:Jan/:monthname/:title", "x/Apr/April/my-t"),
        ("blog/:slug-x/:year", "blog/my-t-x/2024"),
    ];
    for (url, path) in cases {
        let expanded = Pattern::parse(url).map(|pattern| pattern.expand_url(&facts));
        assert_eq!(expanded.as_deref(), Ok(path), "{url}");
    }
}

#[test]
fn case_stays_where_the_site_wants_it_but_not_in_sections() {
    let date = parse("2024-04-10", &TimeZone::UTC);
    let facts = Facts {
        date: date.as_ref(),
        title: "My T!",
        slug: None,
        content_base_name: "My  file - É+1",
        sections: &[SectionFacts { name: "Sub  Dir - X", title: "a/b C++", slug: None }],
        rules: PathRules { keep_case: true, remove_accents: false },
    };
    let cases = [
        ("/p/:title/:Jan/End", "p/My-T/Apr/End"),
        (":sections/End", "sub--dir---x/End"),
        (":sectionslugs/End", "a-b-C-/End"),
        (":contentbasename", "My-file-É-1"),
        (":monthname/:weekdayname", "April/Wednesday"),
    ];
    for (pattern, path) in cases {
        let expanded = Pattern::parse(pattern).map(|pattern| pattern.expand(&facts));
        assert_eq!(expanded.as_deref(), Ok(path), "{pattern}");
    }
}

proptest! {
    #[test]
    fn no_pattern_and_no_title_leaves_the_site(
        pattern in "(/|\\.|%2e|:title|:slug|:sections(\\[[0-9:last]{1,5}\\])?|\\PC){0,8}",
        title in "\\PC{0,12}|[./%2e+]{0,12}",
    ) {
        let facts = Facts {
            date: None,
            title: &title,
            slug: Some(&title),
            content_base_name: &title,
            sections: SECTIONS,
            rules: PathRules::default(),
        };
        if let Ok(pattern) = Pattern::parse(&pattern) {
            for path in [pattern.expand(&facts), pattern.expand_url(&facts)] {
                let inside = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
                prop_assert!(path.is_empty() || inside, "{path:?}");
            }
        }
    }
}
