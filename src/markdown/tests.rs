//! Tests of the whole renderer; one construct per file is in `tests/markdown`.

use proptest::prelude::*;

use super::*;

fn docsy() -> MarkdownOptions {
    MarkdownOptions { unsafe_html: true, block_attributes: true, ..MarkdownOptions::default() }
}

/// Everything switched on that can be.
fn everything() -> MarkdownOptions {
    let delimiters = |open: &str, close: &str, is_block| Delimiters {
        open: open.to_owned(),
        close: close.to_owned(),
        is_block,
    };
    MarkdownOptions {
        emoji: true,
        extras: Extras { delete: true, insert: true, mark: true, subscript: true, superscript: true },
        passthrough: vec![
            delimiters("$$", "$$", true),
            delimiters("\\(", "\\)", false),
            delimiters("$", "$", false),
        ],
        wrap_lone_image: false,
        definition_term_ids: true,
        xhtml: true,
        east_asian_breaks: EastAsianBreaks::Css3Draft,
        escaped_space: true,
        ..docsy()
    }
}

fn html(source: &str) -> String {
    render(source, &docsy()).html
}

#[test]
fn a_placeholder_behaves_as_a_word_and_is_filled() {
    let cases = [
        ("@", "[out]\n"),
        (" @ ", "[out]\n"),
        ("text @ text", "<p>text [out] text</p>\n"),
        ("@@", "<p>[out][out]</p>\n"),
        ("@. tail", "<p>[out]. tail</p>\n"),
        ("- @\n- x", "<ul>\n<li>[out]</li>\n<li>x</li>\n</ul>\n"),
        ("- @\n\n- x", "<ul>\n<li>\n[out]\n</li>\n<li>\n<p>x</p>\n</li>\n</ul>\n"),
        ("> @", "<blockquote>\n[out]\n</blockquote>\n"),
        ("@\n{.x}", "<p class=\"x\">[out]</p>\n"),
        ("**@** a*@*", "<p><strong>[out]</strong> a<em>[out]</em></p>\n"),
        (
            "\"@\" '@' @'s @--x",
            "<p>&ldquo;[out]&rdquo; &lsquo;[out]&rsquo; [out]&rsquo;s [out]&ndash;x</p>\n",
        ),
        ("`@`", "<p><code>[out]</code></p>\n"),
        ("    @", "<pre><code>[out]\n</code></pre>\n"),
        ("```\n@\n```", "<pre tabindex=\"0\"><code>[out]\n</code></pre>\n"),
        ("<!-- @ -->", "<!-- [out] -->"),
        ("<a href=\"@\">t</a>", "<p><a href=\"[out]\">t</a></p>\n"),
        (
            "[@](@x) ![@](@ \"@\")",
            "<p><a href=\"[out]x\">[out]</a> <img src=\"[out]\" alt=\"[out]\" title=\"[out]\"></p>\n",
        ),
        (
            "https://a.bc/@ @https://a.bc",
            "<p><a href=\"https://a.bc/[out]\">https://a.bc/[out]</a> [out]https://a.bc</p>\n",
        ),
        ("# head @ {.a}", "<h1 class=\"a\" id=\"head\">head [out]</h1>\n"),
        ("# @", "<h1 id=\"heading\">[out]</h1>\n"),
        ("T\n: @", "<dl>\n<dt>T</dt>\n<dd>[out]</dd>\n</dl>\n"),
    ];
    for (source, expected) in cases {
        let rendered = html(&source.replace('@', &placeholder(0)));
        assert_eq!(fill(&rendered, &["[out]".to_owned()]), expected, "{source}");
    }
}

#[test]
fn the_divider_stands_between_blocks() {
    let cases = [
        ("a\n\n<!--more-->\n\nb", "<p>a</p>\n@\n<p>b</p>\n"),
        ("a <!--more--> b\n\nc", "<p>a</p>\n@\n<p>b</p>\n<p>c</p>\n"),
        ("<!--more-->\n\na", "@\n<p>a</p>\n"),
        ("> a <!--more--> b", "<blockquote>\n<p>a</p>\n</blockquote>\n@\n<p>b</p>\n"),
        ("# h <!--more--> x", "<h1 id=\"h\">h</h1>\n@\n<p>x</p>\n"),
        ("a <!--more--> b <!--more--> c", "<p>a</p>\n@\n<p>b <!--more--> c</p>\n"),
        ("a\n\n<!-- more -->\n\nb", "<p>a</p>\n<!-- more -->\n<p>b</p>\n"),
        ("`<!--more-->`", "<p><code>&lt;!--more--&gt;</code></p>\n"),
    ];
    for (source, expected) in cases {
        assert_eq!(html(source), expected.replace('@', &DIVIDER.to_string()), "{source}");
    }
}

#[test]
fn the_opening_heading_is_found_with_its_attributes() {
    for (source, found) in [
        ("# *T* {.a}\n\nx", Some("<h1 class=\"a\" id=\"t\"><em>T</em></h1>\n")),
        ("T\n===\n{.late}", Some("<h1 class=\"late\" id=\"t\">T</h1>\n")),
        ("[a]: b\n\n# T", Some("<h1 id=\"t\">T</h1>\n")),
        ("x\n\n# T", None),
        ("## T", None),
        ("> # T", None),
    ] {
        let rendered = render(source, &docsy());
        let range = rendered.opening_heading.as_ref().map(|opening| opening.range.clone());
        // The attributes of a line after the heading come before its id.
        assert_eq!(range.and_then(|range| rendered.html.get(range)), found, "{source}");
        assert!(rendered.opening_heading.is_none_or(|opening| opening.heading == 0));
    }
    let headings = render("# *T*\n\n## `c` {#x}\n\n##\n", &docsy()).headings;
    let facts: Vec<_> = headings.iter().map(|one| (one.level, one.id.as_str(), one.html.as_str())).collect();
    assert_eq!(facts, [(1, "t", "<em>T</em>"), (2, "x", "<code>c</code>"), (2, "", "")]);
}

#[test]
fn a_single_paragraph_in_line_loses_its_tags() {
    let cases = [
        ("*a*", "<em>a</em>"),
        ("a\nb", "a\nb"),
        ("", ""),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("# h", "<h1 id=\"h\">h</h1>"),
        ("- a", "<ul>\n<li>a</li>\n</ul>"),
    ];
    for (source, expected) in cases {
        assert_eq!(render_inline(source, &docsy()), expected, "{source}");
    }
}

#[test]
fn raw_html_is_reported_when_it_is_left_out() {
    let render = |source| render(source, &MarkdownOptions::default());
    assert_eq!(render("<div>x</div>").raw_html_omitted, Some(0));
    assert_eq!(render("é `<b>` <b>x</b>").raw_html_omitted, Some(9));
    assert_eq!(render("x <!--more--> y\n:z\n<i>").raw_html_omitted, Some(19));
    for source in ["<!-- c -->", "a <!-- c --> b", "<!-- c --><script>x</script>", "`<b>`"] {
        let rendered = render(source);
        assert!(rendered.raw_html_omitted.is_none() && !rendered.html.contains("script"), "{source}");
    }
}

#[test]
fn what_differs_from_hugo_on_purpose() {
    let cases = [
        // Hugo drops the words after the braces.
        ("para\n{.a} x", "<p>para\n{.a} x</p>\n"),
        // Hugo divides in the middle of the code.
        ("```\n<!--more-->\n```", "<pre tabindex=\"0\"><code>&lt;!--more--&gt;\n</code></pre>\n"),
        // Hugo writes a tag into the attribute.
        ("![a  \nb](c)", "<p><img src=\"c\" alt=\"a\nb\"></p>\n"),
        // A comment around an attribute line stays whole.
        ("<!--\np\n{.x}\n*q*\n-->\n", "<!--\np\n{.x}\n*q*\n-->\n"),
    ];
    for (source, expected) in cases {
        assert_eq!(html(source), expected, "{source}");
    }
}

#[test]
fn an_empty_title_is_a_title() {
    for (source, expected) in [
        ("[a](b \"\")", "<p><a href=\"b\" title=\"\">a</a></p>\n"),
        ("[a](<> '' )", "<p><a href=\"\" title=\"\">a</a></p>\n"),
        ("[a](b\n())", "<p><a href=\"b\" title=\"\">a</a></p>\n"),
        ("![a](b \"\")", "<p><img src=\"b\" alt=\"a\" title=\"\"></p>\n"),
        ("[a]( \"\")", "<p><a href=\"%22%22\">a</a></p>\n"),
        ("[a](b())", "<p><a href=\"b()\">a</a></p>\n"),
        ("[a](<>)", "<p><a href=\"\">a</a></p>\n"),
    ] {
        assert_eq!(html(source), expected, "{source}");
    }
}

#[test]
fn empty_lines_at_the_end_of_a_fence_are_dropped() {
    for (source, code) in [
        ("```\n\n", ""),
        ("```\n\n\n```", ""),
        ("```\na\n\n```", "a\n"),
        ("```\n\n\na\n\n\nb\n\n\n", "\n\na\n\n\nb\n"),
        ("```\na\n  \n```", "a\n  \n"),
    ] {
        let expected = format!("<pre tabindex=\"0\"><code>{code}</code></pre>\n");
        assert_eq!(html(source), expected, "{source}");
    }
}

#[test]
fn a_cell_that_is_not_written_has_no_alignment() {
    let (left, right) = ("<td align=\"left\">", "<td align=\"right\">");
    for (row, first, second) in [
        ("a", format!("{left}a"), "<td>"),
        ("|a|", format!("{left}a"), "<td>"),
        ("|a||", format!("{left}a"), "<td>"),
        ("|a| |", format!("{left}a"), right),
        ("|||", left.to_owned(), "<td>"),
        ("||", "<td>".to_owned(), "<td>"),
    ] {
        let rendered = html(&format!("|a|b|\n|:-|-:|\n{row}"));
        let expected = format!("<tr>\n{first}</td>\n{second}</td>\n</tr>\n</tbody>\n</table>\n");
        assert!(rendered.ends_with(&expected), "{row}: {rendered}");
    }
}

#[test]
fn switches_turn_constructs_off() {
    let off = MarkdownOptions {
        title_attributes: false,
        auto_heading_id: false,
        linkify: false,
        typographer: false,
        footnotes: false,
        definition_lists: false,
        tables: false,
        strikethrough: false,
        task_lists: false,
        hard_wraps: true,
        ..MarkdownOptions::default()
    };
    let cases = [
        ("# a {.b}", "<h1>a {.b}</h1>\n"),
        ("https://a.bc it's -- \"q\"", "<p>https://a.bc it's -- &quot;q&quot;</p>\n"),
        ("a\n: b", "<p>a<br>\n: b</p>\n"),
        ("|a|\n|-|", "<p>|a|<br>\n|-|</p>\n"),
        ("~~a~~ [^1]", "<p>~~a~~ [^1]</p>\n"),
        ("- [ ] a", "<ul>\n<li>[ ] a</li>\n</ul>\n"),
    ];
    for (source, expected) in cases {
        assert_eq!(render(source, &off).html, expected, "{source}");
    }
}

#[test]
fn a_megabyte_of_one_construct_ends_soon() {
    let patterns = [
        "[",
        "[^a] ",
        "[^a]: x\n",
        "*a_ ",
        "<",
        "<a \"",
        "\n{.a}",
        "{.a k=\"",
        "# x\n",
        "\"",
        "a@",
        "(https://a.bc/!!",
        "```\n<!--more-->\n```\n",
        "<?\u{FDD3}",
        "[a](",
        "a\n:b\n",
        "$$a",
        "\\(a ",
        "`$a$",
        "```\n$a$\n",
        "==a ",
        "a~b~",
        "x^2^==",
        ":a",
        "> [!NOTE]\n",
        "- [x]b\n",
        "{\n",
        "~~~$a$\n",
    ];
    std::thread::scope(|scope| {
        for pattern in patterns {
            scope.spawn(move || {
                let source = pattern.repeat(1_000_000 / pattern.len());
                let filled = fill(&render(&source, &everything()).html, &[]);
                assert!(plain(&filled).len() <= filled.len(), "{pattern}");
                assert!(summarize(&filled, None, 70, false).html.len() <= filled.len(), "{pattern}");
            });
        }
    });
}

proptest! {
    #[test]
    fn any_text_renders_and_its_placeholders_survive(parts in proptest::collection::vec(piece(), 0..24)) {
        let source = parts.concat();
        for options in [docsy(), MarkdownOptions::default(), everything()] {
            let rendered = render(&source, &options);
            let in_range = rendered.opening_heading.is_none_or(|one| rendered.html.get(one.range).is_some());
            prop_assert!(in_range);
            table_of_contents(&rendered.headings, 1, 6);
            let filled = fill(&rendered.html, &["x".to_owned()]);
            summarize(&filled, None, 3, false);
            plain(&without_divider(&filled));
        }
    }

    #[test]
    fn text_is_always_escaped(text in "[<>&\"'a-z =/:.@()\\[\\]*_`{}#|~!\n-]{0,60}") {
        let options = MarkdownOptions::default();
        let html = render(&text, &options).html;
        prop_assert!(!html.contains("<script") && !html.contains("href=\"javascript:"));
    }
}

/// Pieces of Markdown that meet each other at their edges.
fn piece() -> impl Strategy<Value = String> {
    let fixed = [
        "\n",
        "\n\n",
        "# ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "```go {linenos=true}\n",
        "[",
        "]",
        "(",
        ")",
        "](x \"t\")",
        "![",
        "[^1]",
        "\n[^1]: ",
        "|",
        "|-|\n",
        "\n: ",
        "\n:",
        "\n{.a #b k=\"v\"}\n",
        " {#c .d}",
        "\"",
        "'",
        "--",
        "...",
        "<<",
        ">>",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<!--more-->",
        "<?",
        "?>",
        "&amp;",
        "&#39;",
        "\\",
        "\\\"",
        "https://a.bc/d",
        "www.a.bc",
        "a@b.cd",
        "é",
        "日",
        "\u{FDD0}0\u{FDD1}",
        "\u{FDD0}",
        "\u{FDD2}",
        "\u{FDD3}",
        "\u{FDD4}:",
        "\u{FDD5}0\u{FDD1}",
        "$",
        "$$",
        "\\(",
        "==",
        "^",
        "~",
        ":smile:",
        "> [!NOTE]- ",
        "- [x]",
        "![a](b)",
        "\\ ",
        "\r\n",
        "\t",
        "\0",
        "===\n",
        "---\n",
        "word",
        " ",
        "- [ ] ",
        "<https://a.bc>",
        "  \n",
    ];
    proptest::sample::select(fixed.to_vec()).prop_map(str::to_owned)
}
