//! Facts recorded from Hugo 0.168, and the laws of patterns.

use proptest::prelude::*;

use super::*;

/// The names of recorded resources, in Hugo's order.
const NAMES: &[&str] = &[
    "Apple.jpg",
    "My Pic (1).JPG",
    "UP/CASE.PNG",
    "Zwasm.jpg",
    "_under.jpg",
    "b.png",
    "café.jpg",
    "data.json",
    "deep/er/photo.jpg",
    "doc.pdf",
    "img10.jpg",
    "img2.jpg",
    "renamed-1",
    "renamed-2",
    "sub/Wasm2.jpg",
    "sub/a.jpg",
    "vid.mp4",
    "wasm.jpg",
    "wasm/inner.jpg",
    "sub/index.md",
    "wasm-notes.md",
];

fn matching<'a>(pattern: &str, names: &[&'a str]) -> Vec<&'a str> {
    let glob = Glob::new(pattern);
    let matches = |name: &&str| glob.as_ref().is_ok_and(|glob| glob.matches(name));
    names.iter().copied().filter(matches).collect()
}

#[test]
fn recorded_patterns_match_what_they_match_in_hugo() {
    let cases: &[(&str, &[&str])] = &[
        ("**wasm*", &["Zwasm.jpg", "sub/Wasm2.jpg", "wasm.jpg", "wasm-notes.md"]),
        ("*wasm*", &["Zwasm.jpg", "wasm.jpg", "wasm-notes.md"]),
        ("wasm*", &["wasm.jpg", "wasm-notes.md"]),
        ("**WASM*", &["Zwasm.jpg", "sub/Wasm2.jpg", "wasm.jpg", "wasm-notes.md"]),
        ("**img*", &["img10.jpg", "img2.jpg"]),
        ("**sub*", &[]),
        ("sub/*", &["sub/Wasm2.jpg", "sub/a.jpg", "sub/index.md"]),
        ("**/a*", &["sub/a.jpg"]),
        ("**a.jpg*", &["sub/a.jpg"]),
        ("/wasm.jpg", &["wasm.jpg"]),
        ("**deep*", &[]),
        ("**photo*", &["deep/er/photo.jpg"]),
        ("**café*", &["café.jpg"]),
        ("**cafe*", &[]),
        ("**my pic*", &["My Pic (1).JPG"]),
        ("**nope*", &[]),
        ("**renamed*", &["renamed-1", "renamed-2"]),
        ("**x1*", &[]),
        (
            "**[ab]*",
            &[
                "Apple.jpg",
                "UP/CASE.PNG",
                "Zwasm.jpg",
                "b.png",
                "café.jpg",
                "data.json",
                "renamed-1",
                "renamed-2",
                "sub/Wasm2.jpg",
                "sub/a.jpg",
                "wasm.jpg",
                "wasm-notes.md",
            ],
        ),
    ];
    for (pattern, expected) in cases {
        assert_eq!(matching(pattern, NAMES), *expected, "{pattern}");
    }
    assert_eq!(matching("**", NAMES), NAMES);
    let flat: Vec<_> = NAMES.iter().copied().filter(|name| !name.contains('/')).collect();
    assert_eq!(matching("*", NAMES), flat);
    for (pattern, endings) in [("**.jpg", &["jpg"][..]), ("**.{png,jpg}", &["jpg", "png"])] {
        let ends = |name: &str| endings.iter().any(|end| name.to_lowercase().ends_with(end));
        let expected: Vec<_> = NAMES.iter().copied().filter(|name| ends(name)).collect();
        assert_eq!(matching(pattern, NAMES), expected, "{pattern}");
    }
}

#[test]
fn the_syntax_is_hugos() {
    let names = [
        "", "!", "!b", "*", ",c", "-", "A", "[", "\\", "]", "^b", "a*b", "a,b", "a-c", "a/", "a/b", "a/c",
        "a/x/b", "a]", "ab", "abc", "ac", "ad", "ade", "ax", "axx", "b", "/b", "b,c", "bax", "bb", "bc",
        "bd", "bde", "c", "cd", "cde", "dd", "{a}", "x/y/a", "é", "Éa",
    ];
    let cases: &[(&str, &[&str])] = &[
        ("[!a]b", &["!b", "^b", "bb"]),
        ("[^a]b", &["^b", "ab"]),
        ("[a-c]d", &["ad", "bd", "cd"]),
        ("[!a-c]d", &["dd"]),
        ("[-a]", &["-", "A"]),
        ("[ab-]", &["-", "A", "b", "/b"]),
        ("[abc-e]", &["-", "A", "b", "/b", "c"]),
        ("[a]]", &["a]"]),
        ("[\\]]", &["]"]),
        ("[*]", &["*"]),
        ("a[/]b", &["a/b"]),
        ("a[!x]b", &["a*b", "a,b", "a/b"]),
        ("a?c", &["a-c", "abc"]),
        ("a?b", &["a*b", "a,b"]),
        ("{a,b}c", &["ac", "bc"]),
        ("{a,{b,c}d}e", &["bde", "cde"]),
        ("{,a}b", &["ab", "b", "/b"]),
        ("{}", &[""]),
        ("", &[""]),
        ("{a}", &["A"]),
        ("{a,[b,]}c", &[",c", "ac", "bc"]),
        ("{a\\,b,c}", &["a,b", "c"]),
        ("{a*,b?}x", &["ax", "axx", "bax"]),
        ("{**/a,b}", &["b", "/b", "x/y/a"]),
        ("{a/b,c}", &["a/b", "c"]),
        ("a,b", &["a,b"]),
        ("a]", &["a]"]),
        ("\\*", &["*"]),
        ("\\{a\\}", &["{a}"]),
        ("\\\\", &["\\"]),
        ("\\A", &["A"]),
        ("a**b", &["a*b", "a,b", "a/b", "a/x/b", "ab"]),
        ("a/**/b", &["a/x/b"]),
        ("*/*", &["a/", "a/b", "a/c"]),
        ("a/", &["a/"]),
        ("//a", &[]),
        ("É*", &["é", "Éa"]),
        ("*a*x", &["ax", "axx", "bax"]),
    ];
    for (pattern, expected) in cases {
        assert_eq!(matching(pattern, &names), *expected, "{pattern}");
    }
}

#[test]
fn a_wrong_pattern_is_an_error() {
    let patterns = [
        "[a-]", "[]a]", "[", "{a,b", "\\", "a\\", "[ab", "[!]", "[a-b-c]", "[z-a]", "[a-ce]", "a{b,c", "[a\\",
    ];
    for pattern in patterns {
        assert_eq!(
            Glob::new(pattern).err().map(|error| error.code).as_deref(),
            Some("glob-syntax"),
            "{pattern}"
        );
    }
    assert!(Glob::new(&"{".repeat(100_000)).is_err());
}

#[test]
fn many_stars_take_no_longer_than_few() {
    let glob = Glob::new(&format!("{}b", "*a**{a,aa}".repeat(20)));
    assert!(glob.is_ok_and(|glob| !glob.matches(&"a".repeat(2_000))));
}

proptest! {
    #[test]
    fn any_pattern_can_be_tried(pattern in "[ab{},*?!\\[\\]\\\\/-]{0,16}|\\PC{0,12}", name in "[ab/]{0,8}") {
        let _ = Glob::new(&pattern).map(|glob| glob.matches(&name));
    }

    #[test]
    fn an_escaped_name_matches_itself(name in "[a-zé{}*?!,\\[\\]\\\\-]{1,12}") {
        let escaped: String = name.chars().flat_map(|c| ['\\', c]).collect();
        prop_assert!(Glob::new(&escaped).is_ok_and(|glob| glob.matches(&name)));
    }
}
