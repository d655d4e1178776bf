//! Facts recorded from Hugo 0.168, and the laws of paths.

use proptest::prelude::*;

use super::*;

const PLAIN: PathRules = PathRules { keep_case: false, remove_accents: false };
const UNACCENTED: PathRules = PathRules { keep_case: false, remove_accents: true };
const CASED: PathRules = PathRules { keep_case: true, remove_accents: false };

/// Compares `function` with a table of inputs and results.
fn check(function: impl Fn(&str) -> String, cases: &[(&str, &str)]) {
    for (input, expected) in cases {
        assert_eq!(function(input), *expected, "{input:?}");
    }
}

#[test]
fn titles_become_slugs_as_in_hugo() {
    check(
        |title| title_slug(title, PLAIN),
        &[
            ("Meetup: Proxmox dans tous ses couleurs !", "meetup-proxmox-dans-tous-ses-couleurs"),
            ("Wasm.io 2024", "wasm.io-2024"),
            ("Réflexions sur l’été à Genève", "réflexions-sur-lété-à-genève"),
            ("C++ & C# (advanced) – \"intro\"", "c-c#-advanced-intro"),
            ("Hello   World", "hello-world"),
            ("a/b\\c", "a-b-c"),
            ("100% sure?", "100-sure"),
            ("Kube\u{ad}Con EU’26: day #1", "kubecon-eu26-day-#1"),
            ("  trim me  ", "trim-me"),
            ("---dashes---", "---dashes---"),
            ("foo_bar", "foo_bar"),
            ("日本語 タイトル", "日本語-タイトル"),
            ("Ünïcödé ÀÉÎÕÜ ß œ Æ ø ł", "ünïcödé-àéîõü-ß-œ-æ-ø-ł"),
            ("emoji 😲 party", "emoji-party"),
            ("tilde~ plus+ eq= at@ colon: semi; comma, dot.", "tilde~-plus-eq-at@-colon-semi-comma-dot."),
            ("Title with “quotes” and ‘single’", "title-with-quotes-and-single"),
            ("UPPER Case", "upper-case"),
            ("x — em dash", "x-em-dash"),
            ("non\u{a0}breaking\u{2009}space", "non-breaking-space"),
            ("[brackets] {curly} <angle>", "brackets-curly-angle"),
            ("a.b.c", "a.b.c"),
            (".. leading dots", "..-leading-dots"),
            ("v1.0.0-rc.1", "v1.0.0-rc.1"),
            ("foo--bar", "foo--bar"),
            ("foo - bar", "foo-bar"),
            ("foo – bar", "foo-bar"),
            ("AT&amp;T", "atampt"),
            ("$money €euro £", "money-euro"),
            ("50°", "50"),
            ("½ cup", "cup"),
            ("naïve café (Paris)", "naïve-café-paris"),
            ("Zażółć gęślą jaźń", "zażółć-gęślą-jaźń"),
            ("Привет мир", "привет-мир"),
            ("مرحبا", "مرحبا"),
            ("tab\tsep", "tab-sep"),
            ("2024-04-10", "2024-04-10"),
            ("!!!", ""),
            ("...", "..."),
            ("a*b", "ab"),
            ("a|b", "ab"),
            ("a^b`c", "abc"),
            ("@mjbright Consulting", "@mjbright-consulting"),
            ("I ♥ Rust", "i-rust"),
            ("combining e\u{301} acute", "combining-e\u{301}-acute"),
            ("trail -", "trail-"),
            ("index", "index"),
        ],
    );
}

#[test]
fn odd_titles_become_slugs_as_in_hugo() {
    check(
        |title| title_slug(title, PLAIN),
        &[
            ("%41", "a"),
            ("%zz", "zz"),
            ("a%2fb", "a/b"),
            ("a%C3%A9", "aé"),
            ("100%25", "100"),
            ("a  b", "a-b"),
            ("a- b", "a-b"),
            ("+ x", "-x"),
            ("a + b", "a--b"),
            ("a+b", "a-b"),
            ("a +", "a-"),
            ("+/a", "-a"),
            ("foo+ -bar", "foo-bar"),
            ("foo -+ bar", "foo--bar"),
            ("foo +- bar", "foo--bar"),
            ("a - / b", "a--b"),
            ("/a", "-a"),
            ("//a", "--a"),
            ("a/../b", "a-..-b"),
            ("#x", "#x"),
            ("x#", "x"),
            ("- a -", "-a-"),
            ("x%2e%2e", "x.."),
            ("..", ""),
            (".", ""),
            ("%2e%2e", ""),
            ("\\..", "-.."),
            ("xİyΣ", "xiyσ"),
        ],
    );
}

#[test]
fn the_site_decides_on_accents_and_case() {
    let accents = [
        ("Ünïcödé ÀÉÎÕÜ ß œ Æ ø ł", "unicode-aeiou-ß-œ-æ-ø-ł"),
        ("Zażółć gęślą jaźń", "zazołc-gesla-jazn"),
        ("combining e\u{301} acute", "combining-e-acute"),
        ("日本語 タイトル", "日本語-タイトル"),
        ("a%C3%A9", "ae"),
    ];
    check(|title| title_slug(title, UNACCENTED), &accents);
    let cased = [
        ("Réflexions sur l’été à Genève", "Réflexions-sur-lété-à-Genève"),
        ("C++ & C# (advanced)", "C-C#-advanced"),
        ("%41", "A"),
        ("xİyΣ", "xİyΣ"),
    ];
    check(|title| title_slug(title, CASED), &cased);
}

/// File, folder and term names that have the same path in Hugo, whichever of the three they are.
const NAMES: &[(&str, &str)] = &[
    ("x y", "x-y"),
    ("a  b", "a--b"),
    ("a - b", "a---b"),
    ("a -+ b", "a--+-b"),
    ("x ", "x-"),
    ("+ x", "+-x"),
    ("c++", "c++"),
    ("x#y", "x#y"),
    ("x@y~z_", "x@y~z_"),
    ("x\\y", "x\\y"),
    ("x!\"$%&'()*,:;<=>?[]^`{|}y", "xy"),
    ("Upper Case", "upper-case"),
    ("(1) a", "1-a"),
    ("a (1)", "a-1"),
    ("x..", "x.."),
    ("UP.MD", "up.md"),
    ("_lead", "_lead"),
    ("-x-", "-x-"),
    ("été À", "été-à"),
    ("xe\u{301}y", "xe\u{301}y"),
    ("x\u{a0}y", "x-y"),
    ("x’y½😲\u{ad}", "xy"),
    ("xİyΣ", "xiyσ"),
    ("%41", "%41"),
    ("%zz", "zz"),
    ("a%C3%A9", "a%c3%a9"),
    ("TR_TF-001-FR_Terraformappliquéà(AWS)", "tr_tf-001-fr_terraformappliquéàaws"),
    ("!", ""),
];

#[test]
fn names_of_files_folders_and_terms_become_paths_as_in_hugo() {
    check(|name| sanitize_path(name, PLAIN), NAMES);
    check(|name| term_slug(name, PLAIN), NAMES);
    check(|name| sanitize_path(name, UNACCENTED), &[("été À", "ete-a"), ("xe\u{301}y", "xey")]);
    let cased = [
        ("Upper Case", "Upper-Case"),
        ("a  b", "a-b"),
        ("a - b", "a-b"),
        ("a -+ b", "a-+-b"),
        ("x ", "x"),
        ("a%C3%A9", "a%C3%A9"),
    ];
    check(|name| sanitize_path(name, CASED), &cased);
}

#[test]
fn terms_nest_but_stay_below_their_taxonomy() {
    check(
        |term| term_slug(term, PLAIN),
        &[
            ("Cloud Native", "cloud-native"),
            ("C++ & C# (advanced)", "c++--c#-advanced"),
            ("a b/C d", "a-b/c-d"),
            ("a / b", "a-/-b"),
            ("../x", "x"),
            ("a/../b", "b"),
            ("..", ""),
            ("//a/", "a"),
        ],
    );
}

#[test]
fn slugs_without_a_pattern_keep_plus_and_slash() {
    check(
        |slug| slug_slug(slug, PLAIN),
        &[
            ("Cust om/Slug", "cust-om/slug"),
            ("C++ & C# (advanced)", "c++-c#-advanced"),
            ("a - b", "a-b"),
            ("a + b", "a-+-b"),
            ("x ", "x"),
            ("- a -", "a"),
            ("--x--", "x"),
            (" - ", "-"),
            ("!-x", "-x"),
            ("-", ""),
            ("x#", "x#"),
            ("a%2fb", "a%2fb"),
            ("a b/C d", "a-b/c-d"),
        ],
    );
}

#[test]
fn urlize_is_that_of_the_templates() {
    check(
        |text| urlize(text, PLAIN),
        &[
            ("C++ & C# (advanced) – \"intro\"", "c++-c#-advanced-intro"),
            ("a/b\\c", "a/b%5Cc"),
            ("Réflexions sur l’été", "r%C3%A9flexions-sur-l%C3%A9t%C3%A9"),
            ("combining e\u{301} acute", "combining-e%CC%81-acute"),
            ("tilde~ plus+ eq= at@", "tilde~-plus+-eq-at@"),
            ("%41", "%41"),
            ("a%2Fb", "a%2fb"),
            ("x%4", "x4"),
            ("%%41", "%41"),
            ("#a#b", "#a%23b"),
            ("##", "#%23"),
            ("a#", "a"),
            ("a#É b", "a#%C3%A9-b"),
            ("//a", "//a"),
            ("a/../b", "a/../b"),
            ("a / b", "a-/-b"),
            ("- - -", "---"),
            ("ⅷ", ""),
            ("٣ b", "%D9%A3-b"),
            ("ΑΣ", "%CE%B1%CF%83"),
        ],
    );
    check(|text| urlize(text, UNACCENTED), &[("Été À la C++ #É", "ete-a-la-c++-#e")]);
    check(|text| urlize(text, CASED), &[("Été", "%C3%89t%C3%A9")]);
}

#[test]
fn paths_are_encoded_only_where_they_must_be() {
    check(
        encode_path,
        &[
            ("/blog/c-c#-advanced/", "/blog/c-c%23-advanced/"),
            ("/p/x$&+,/:;=@_.~-y", "/p/x$&+,/:;=@_.~-y"),
            ("/p/x!'()*[]y", "/p/x!'()*[]y"),
            ("/p/My Pic (1).JPG", "/p/My%20Pic%20%281%29.JPG"),
            ("/p/x!'()*[]é", "/p/x%21%27%28%29%2A%5B%5D%C3%A9"),
            ("/p/x\"<>\\^`{|}y", "/p/x%22%3C%3E%5C%5E%60%7B%7C%7Dy"),
            ("/p/x$&+,/:;=@é", "/p/x$&+,/:;=@%C3%A9"),
            ("/p/combining-e\u{301}/", "/p/combining-e%CC%81/"),
            ("/p/a?b", "/p/a%3Fb"),
            ("/p/a%41b", "/p/a%2541b"),
        ],
    );
}

#[test]
fn a_cleaned_path_stays_inside() {
    let cases = [
        ("", ""),
        ("/", ""),
        ("a/b", "a/b"),
        ("/a//b/", "a/b"),
        ("./a/./b/.", "a/b"),
        ("a/../b", "b"),
        ("../../a", "a"),
        ("a/b/../..", ""),
        ("..a/...", "..a/..."),
    ];
    check(clean_path, &cases);
}

fn rules() -> impl Strategy<Value = PathRules> {
    (any::<bool>(), any::<bool>())
        .prop_map(|(keep_case, remove_accents)| PathRules { keep_case, remove_accents })
}

proptest! {
    #[test]
    fn guarded_paths_have_no_empty_and_no_dotted_segment(
        text in "\\PC{0,24}|[./%2eE+ a]{0,16}",
        rules in rules(),
    ) {
        let guarded = [
            title_slug(&text, rules),
            term_slug(&text, rules),
            finish_path(&text, rules),
            clean_path(&text),
        ];
        for path in guarded {
            let inside = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
            prop_assert!(path.is_empty() || inside, "{path:?}");
        }
    }

    #[test]
    fn sanitising_twice_is_sanitising_once(text in "[^%]{0,24}", rules in rules()) {
        let once = sanitize_path(&text, rules);
        prop_assert_eq!(sanitize_path(&once, rules), once);
    }

    #[test]
    fn encoded_paths_decode_to_what_they_were(text in any::<String>()) {
        let encoded = encode_path(&text);
        prop_assert!(encoded.is_ascii());
        prop_assert_eq!(percent_decode_str(&encoded).decode_utf8_lossy(), text);
    }

    #[test]
    fn any_text_can_be_urlized(text in any::<String>(), rules in rules()) {
        prop_assert!(urlize(&text, rules).bytes().all(|byte| byte.is_ascii_graphic()));
    }
}
