//! The laws that hold for every language and any input, and the time they may take.

mod more_samples;
mod samples;

use proptest::prelude::*;

use super::{LANGUAGES, highlight, is_known, languages};

/// Checks that spans are balanced and end on their line, and returns the text between the tags.
fn text_of(html: &str) -> Result<String, String> {
    let mut text = String::with_capacity(html.len());
    let mut open = false;
    let mut rest = html;
    while let Some(first) = rest.chars().next() {
        let mut len = first.len_utf8();
        match first {
            '<' => {
                len = rest.find('>').ok_or("a tag without end")? + 1;
                let opens = rest.starts_with("<span class=\"");
                if opens == open || !(opens || rest.starts_with("</span>")) {
                    return Err(format!("unexpected tag at {rest:.40}"));
                }
                open = opens;
            }
            '&' => {
                let entities = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
                let entity = entities.iter().find(|(entity, _)| rest.starts_with(entity));
                let (entity, letter) = entity.ok_or("an unknown entity")?;
                len = entity.len();
                text.push(*letter);
            }
            '\n' if open => return Err("a span crosses a newline".into()),
            _ => text.push(first),
        }
        rest = &rest[len..];
    }
    if open { Err("a span without end".into()) } else { Ok(text) }
}

fn check_laws(code: &str) {
    for language in languages() {
        let html = highlight(code, language).unwrap();
        match text_of(&html) {
            Ok(text) => assert_eq!(text, code, "{language}"),
            Err(error) => panic!("{language}: {error}: {code:?} became {html:?}"),
        }
    }
}

/// What starts and ends things somewhere, so that random sequences of it reach the corners of the scanners.
const FRAGMENTS: &[&str] = &[
    "\"",
    "'",
    "`",
    "\"\"\"",
    "'''",
    "''",
    "\\",
    "\\(",
    "\\u{",
    "\\x4",
    "${",
    "#{",
    "$(",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "<%",
    "%>",
    "<?php",
    "?>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<style>",
    "</style",
    "<a ",
    "=",
    ">",
    "<",
    "/",
    "/*",
    "*/",
    "//",
    "#",
    "#[",
    "]",
    "[",
    "--",
    "--[[",
    "[==[",
    "]]",
    "(*",
    "*)",
    "{-",
    "-}",
    "<<EOF\n",
    "EOF\n",
    "<<-'E'\n",
    "E",
    "r#\"",
    "R\"x(",
    ")x\"",
    "f\"",
    "$",
    "@",
    ":",
    "|",
    "- ",
    "key: ",
    "|-\n",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "```",
    "```rust\n",
    "```markdown\n",
    "---\n",
    "\n---\n",
    "0x",
    "1.5e",
    "1e+",
    "+",
    "word",
    "if",
    "def ",
    "fn",
    "é",
    "漢",
    "🦀",
    "\u{0}",
    "&amp;",
    "&",
    "{",
    "}",
    "(",
    ")",
    ",",
    ";",
    "$ ",
    "PS ",
    "user@host:~$ ",
    "+++ a",
    "@@",
    "[a]",
    "%",
    "~",
    "*",
    "**",
    "!",
    "<<",
    "<<<",
    "#\"",
    "\"#",
    "@\"",
    "\n\"@",
    "\n=pod",
    "=cut",
    "#include <",
    "$$",
    "_",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_text_of_the_html_is_the_code_and_spans_stay_on_their_line(
        fragments in prop::collection::vec(prop::sample::select(FRAGMENTS), 0..60),
    ) {
        check_laws(&fragments.concat());
    }

    #[test]
    fn any_text_at_all_comes_out_as_it_went_in(code in any::<String>()) {
        check_laws(&code);
    }
}

#[test]
fn every_pair_of_starts_and_ends_keeps_the_laws() {
    for first in FRAGMENTS {
        let code: String = FRAGMENTS.iter().flat_map(|second| [first, second, "\n"]).collect();
        check_laws(&code);
        check_laws(first);
    }
}

#[test]
fn input_made_to_be_slow_comes_to_an_end() {
    const STARTS: &[&str] = &[
        "\"", "'", "`", "/*", "<", "{{", "${", "\"${", "#{", "<<A\n", "=/[", "= /", "[", "(", "{", "\\",
        "<!--", "<a ", "r#\"", "[=[", "#[", "'\\", "$(", "|\n", "- ", "a:", "{a:", "&", "x", "1e", " ", "\t",
        "#", "```\n", "*", "[a", "@a", "a{", "#{}", "a,", "(*", "<script>", "{%", "@\"", "$$", "x=",
        "a \\\n", "<?", "user@", "R\"(", "é", "~", "##", "====",
    ];
    // 16 KiB each: linear work is done before anyone notices, quadratic work keeps the test busy for hours. No clock
    // is read, so that a busy machine cannot fail it.
    for start in STARTS {
        let code = start.repeat((16 << 10) / start.len());
        for language in languages() {
            assert!(highlight(&code, language).is_some(), "{language} on {start:?}");
        }
    }
}

#[test]
fn names_are_unique_in_lower_case_and_found_in_any_case() {
    let mut names: Vec<&str> = LANGUAGES.iter().flat_map(|language| language.names).copied().collect();
    for name in &names {
        assert_eq!(*name, name.to_ascii_lowercase());
        assert!(is_known(&name.to_ascii_uppercase()), "{name}");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "a name is there twice");
}

#[test]
fn text_and_diagrams_are_not_languages() {
    for name in ["", "text", "plaintext", "txt", "none", "plain", "mermaid", "math", "nosuch"] {
        assert!(!is_known(name), "{name}");
        assert_eq!(highlight("let x = 1;", name), None, "{name}");
    }
}
