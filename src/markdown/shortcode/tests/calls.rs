//! Bodies that Hugo 0.168 was seen to accept, with their trees; and near to them what it refuses.

use super::*;

#[test]
fn calls_become_a_tree_with_an_ordinal_per_parent() {
    check(&[
        ("a\n\n{{< box >}}**b** {{< /box >}}\n\nc", "a\n\n[box#0|**b** ]\n\nc"),
        ("a\n\n{{% box %}}**b** {{% /box %}}\n\nc", "a\n\n[%box#0|**b** ]\n\nc"),
        ("{{% blk %}}\n## H\n{{% /blk %}}\n\n## H\n", "[%blk#0|\n## H\n]\n\n## H\n"),
        ("{{< blk >}}\n## H\n{{< /blk >}}\n\n## H\n", "[blk#0|\n## H\n]\n\n## H\n"),
        ("{{< box >}}x{{% /box %}}", "[box#0|x]"),
        (
            "{{< box 1 >}}outer {{< box 2 >}}inner{{< /box >}} {{< leaf x >}} end{{< /box >}}",
            "[box#0 1|outer [box#0 2|inner] [leaf#1 \"x\";] end]",
        ),
        (
            "{{< box >}}*a* {{% box %}}**b**{{% /box %}}{{< /box >}}\n{{% blk %}}*a* {{< box \
             >}}b{{< /box >}}{{% /blk %}}",
            "[box#0|*a* [%box#0|**b**]]\n[%blk#1|*a* [box#0|b]]",
        ),
        (
            "{{< box >}}A{{< box >}}B{{< box >}}C{{< /box >}}{{< /box >}}{{< /box >}}{{< box \
             >}}D{{< /box >}}",
            "[box#0|A[box#0|B[box#0|C]]][box#1|D]",
        ),
        (
            "{{< box 1 >}}{{< leaf >}}{{< box 2 />}}{{% leaf %}}{{< /box >}}{{% leaf %}}{{< leaf >}}",
            "[box#0 1|[leaf#0;][box#1 2|][%leaf#2;]][%leaf#1;][leaf#2;]",
        ),
        ("{{< blk >}}{{% box %}}**b**{{% /box %}}{{< /blk >}}", "[blk#0|[%box#0|**b**]]"),
        ("{{< box >}}\n\n  x  \n\n{{< /box >}}", "[box#0|\n\n  x  \n\n]"),
        ("{{% box %}}\n\n  x  \n\n{{% /box %}}", "[%box#0|\n\n  x  \n\n]"),
        ("text {{% box %}}**b**{{% /box %}} after *x*", "text [%box#0|**b**] after *x*"),
        ("{{< box >}}\r\nx\r\n{{< /box >}}\r\n", "[box#0|\r\nx\r\n]\r\n"),
        ("{{< leaf >}} text", "[leaf#0;] text"),
        ("{{< md >}}**b** and\n\npara2{{< /md >}}", "[md#0|**b** and\n\npara2]"),
        ("x {{< md >}}**b** one{{< /md >}} y", "x [md#0|**b** one] y"),
        ("- i\n\n    {{< dedent >}}\n    one\n    {{< /dedent >}}", "- i\n\n    [dedent#0|\n    one\n    ]"),
        (
            "1. a\n\n   {{% box %}}\n   **x**\n   {{% /box %}}\n1. b",
            "1. a\n\n   [%box#0|\n   **x**\n   ]\n1. b",
        ),
        ("\"quoted {{< leaf x >}}\" it's", "\"quoted [leaf#0 \"x\";]\" it's"),
    ]);
}

#[test]
fn calls_are_found_in_code_comments_attributes_and_links() {
    check(&[
        (
            "```\n{{< leaf in-fence >}}\n{{</* leaf escaped */>}}\n```\n\n`{{< leaf inline-code >}}`",
            "```\n[leaf#0 \"in-fence\";]\n{{< leaf escaped >}}\n```\n\n`[leaf#1 \"inline-code\";]`",
        ),
        ("    {{< leaf in-indent >}}\n", "    [leaf#0 \"in-indent\";]\n"),
        (
            "<!-- {{< leaf a >}} -->\n\npara <!-- {{< leaf c2 >}} -->",
            "<!-- [leaf#0 \"a\";] -->\n\npara <!-- [leaf#1 \"c2\";] -->",
        ),
        (
            "<a href=\"{{< leaf x >}}\">t</a> [l]({{< leaf url >}}) ![i]({{< leaf u2 >}} \"t\")",
            "<a href=\"[leaf#0 \"x\";]\">t</a> [l]([leaf#1 \"url\";]) ![i]([leaf#2 \"u2\";] \"t\")",
        ),
        (
            "{{< leaf a >}}\n{{< leaf b >}}\n\n# h {{< leaf h >}}\n\n- {{< leaf li >}}\n> {{< \
             leaf bq >}}\n\n| {{< leaf td >}} |",
            "[leaf#0 \"a\";]\n[leaf#1 \"b\";]\n\n# h [leaf#2 \"h\";]\n\n- [leaf#3 \"li\";]\n> \
             [leaf#4 \"bq\";]\n\n| [leaf#5 \"td\";] |",
        ),
        (
            "[a]({{< ref \"am\" >}}) [b]({{% relref \"am.md#x\" %}})",
            "[a]([ref#0 \"am\";]) [b]([%relref#1 \"am.md#x\";])",
        ),
        ("```\n{{< nope a >}}\n```", "unknown 2:1"),
        ("<!-- {{< nope a >}} -->", "unknown 1:6"),
    ]);
}

#[test]
fn escaped_tags_and_other_braces_are_text() {
    check(&[
        (
            "text {{</* leaf a=\"b\" */>}} and {{%/* leaf */%}} and {{</* /box */>}} end",
            "text {{< leaf a=\"b\" >}} and {{% leaf %}} and {{< /box >}} end",
        ),
        ("{{< box >}}{{</* leaf */>}}{{< /box >}}", "[box#0|{{< leaf >}}]"),
        ("{{< raw >}}<i>raw</i> & *x* {{</* leaf */>}}{{< /raw >}}", "[raw#0|<i>raw</i> & *x* {{< leaf >}}]"),
        ("{{</**/>}}{{</* */>}}{{</*a*/>}}", "{{<>}}{{< >}}{{<a>}}"),
        ("{{%/* x */>}} */%}} {{< leaf >}}", "{{% x */>}} %}} [leaf#0;]"),
        ("{{</* {{< leaf >}} */>}}", "{{< {{< leaf >}} >}}"),
        ("{{</* {{</* x */>}} */>}}", "{{< {{</* x >}} */>}}"),
        ("{{</*\n x\n*/>}}", "{{<\n x\n>}}"),
        (
            "{{ < leaf > }} {{ leaf }} {{ .Title }} {{{ x }}} }} {{",
            "{{ < leaf > }} {{ leaf }} {{ .Title }} {{{ x }}} }} {{",
        ),
        ("{{{< leaf >}}} {{{{< leaf >}}}}", "{[leaf#0;]} {{[leaf#1;]}}"),
        ("", ""),
        ("a {{</* x", "syntax 1:3"),
        ("{{</* x */%}} {{< leaf >}}", "syntax 1:1"),
        ("{{</*/>}}", "syntax 1:1"),
        ("{{< /* leaf */ >}}", "syntax 1:5"),
        ("{{<//* x */>}}", "syntax 1:6"),
    ]);
}

#[test]
fn names_take_any_case_and_tags_any_blanks() {
    check(&[
        ("{{<leaf a>}} {{<leaf b >}} {{< leaf c>}}", "[leaf#0 \"a\";] [leaf#1 \"b\";] [leaf#2 \"c\";]"),
        ("{{%leaf a%}}", "[%leaf#0 \"a\";]"),
        ("{{< Leaf a >}} {{< NS/Deep >}}", "[leaf#0 \"a\";] [ns/deep#1;]"),
        ("{{< Box >}}x{{< /Box >}}", "[box#0|x]"),
        (
            "{{< box >}}x{{</box>}} {{< box >}}y{{<   /box   >}} {{< box >}}z{{</ box >}}",
            "[box#0|x] [box#1|y] [box#2|z]",
        ),
        ("{{% box %}}x{{% / box %}}", "[%box#0|x]"),
        ("{{< box >}}x{{<\n/\nbox\n>}}", "[box#0|x]"),
        ("{{<\nleaf\r\n\ta\x0b\x0cb\n>}}", "[leaf#0 \"a\" \"b\";]"),
        ("{{< leaf\n  a=\"1\"\n  b=\"2\"\n>}}", "[leaf#0 a=\"1\" b=\"2\";]"),
        ("{{< box />}}{{<box />}}{{< box / >}}{{< box /\n>}}", "[box#0|][box#1|][box#2|][box#3|]"),
        (
            "{{< box a=\"b\" / >}}{{< box a/>}}{{< box \"a\"/>}}",
            "[box#0 a=\"b\"|][box#1 \"a\"|][box#2 \"a\"|]",
        ),
        ("{{< ns/deep >}} {{< ns/deep.html >}}", "unknown 1:17"),
        ("{{< foo.inline >}}{{ .Page.Title }}{{< /foo.inline >}}", "unknown 1:1"),
        ("{{< _a >}}{{< 1a >}}{{< é >}}", "unknown 1:1, unknown 1:11, unknown 1:21"),
        ("{{< -a >}}", "syntax 1:5"),
        ("{{<- leaf a ->}}", "syntax 1:4"),
        ("{{< .leaf >}}", "syntax 1:5"),
        ("{{< \"leaf\" >}}", "syntax 1:5"),
        ("{{< leaf:a >}}", "syntax 1:9"),
        ("{{< >}}{{% %}}{{<>}}{{%%}}", "syntax 1:1, syntax 1:8, syntax 1:15, syntax 1:21"),
        ("{{{< leaf >}}} {{ < leaf > }} {{ leaf }} {{<>}}", "syntax 1:42"),
        ("{{ leaf }} {{ .Title }} {{{ x }}} {{% %}}", "syntax 1:35"),
        ("{{< box/>}} {{< box/ >}}", "unknown 1:1, unknown 1:13"),
    ]);
}

#[test]
fn arguments_have_the_types_of_bare_words_and_strings() {
    check(&[
        (
            "{{< leaf one \"two words\" `raw \"q\" \\n` 3 4.5 true false -7 nil \"5\" x_y-z >}}",
            "[leaf#0 \"one\" \"two words\" \"raw \\\"q\\\" \\\\n\" 3 4.5 true false -7 \"nil\" \
             \"5\" \"x_y-z\";]",
        ),
        (
            "{{< leaf a=1 b=\"two w\" c=`raw` d=true e=1.5 f=x-y_z g=\"\" h=-3 >}}",
            "[leaf#0 a=1 b=\"two w\" c=\"raw\" d=true e=1.5 f=\"x-y_z\" g=\"\" h=-3;]",
        ),
        (
            "{{< leaf 5. 1e3 -0 007 0x10 1_000 TRUE - --1 -1.5 1.2.3 -.5 5.5. 99999999999999999999 >}}",
            "[leaf#0 \"5.\" \"1e3\" 0 7 \"0x10\" \"1_000\" \"TRUE\" \"-\" \"--1\" -1.5 \
             \"1.2.3\" -0.5 \"5.5.\" \"99999999999999999999\";]",
        ),
        (
            "{{< leaf a=+3 b=+1.5 c=.5 d=5. e=٣ f=inf >}}",
            "[leaf#0 a=3 b=1.5 c=0.5 d=\"5.\" e=\"٣\" f=\"inf\";]",
        ),
        ("{{< leaf a = \"1\" >}} {{< leaf a\n=\n\"b\" >}}", "[leaf#0 a=\"1\";] [leaf#1 a=\"b\";]"),
        ("{{< leaf a= b >}} {{< leaf \"a\" =\"b\" >}}", "[leaf#0 a=\"b\";] [leaf#1 a=\"b\";]"),
        ("{{< leaf a=1 a=2 >}}", "[leaf#0 a=2;]"),
        (
            "{{< leaf a=b:c b=b=c c==b d=b/c e='x' f=b`c` g={{x}}\n>}}",
            "[leaf#0 a=\"b:c\" b=\"b=c\" c=\"=b\" d=\"b/c\" e=\"'x'\" f=\"b`c`\" g=\"{{x}}\";]",
        ),
        ("{{< leaf a=%}} >}}{{< leaf a=x\u{a0}y >}}", "[leaf#0 a=\"%}}\";][leaf#1 a=\"x\\u{a0}y\";]"),
        ("{{< leaf été 日本 ｅ１ >}}", "[leaf#0 \"été\" \"日本\" \"ｅ１\";]"),
        ("{{< leaf é=\"x\" >}}", "[leaf#0 é=\"x\";]"),
        ("{{< leaf a-b=\"x\" c_d=\"y\" data.x=\"z\" >}}", "[leaf#0 a-b=\"x\" c_d=\"y\" data.x=\"z\";]"),
        ("{{< leaf \"a\"\"b\" \"c\"d e`f` >}}", "[leaf#0 \"a\" \"b\" \"c\" \"d\" \"e\" \"f\";]"),
        ("{{< leaf a=\"x\"b=\"y\" >}}", "[leaf#0 a=\"x\" b=\"y\";]"),
        (
            "{{< youtube dQw4w9WgXcQ >}}{{< vimeo 55073825 >}}",
            "[youtube#0 \"dQw4w9WgXcQ\";][vimeo#1 55073825;]",
        ),
        ("{{< param title >}} {{% param \"foo\" %}}", "[param#0 \"title\";] [%param#1 \"foo\";]"),
        (
            "{{< highlight go \"linenos=table\" >}}\nx\n{{< /highlight >}}",
            "[highlight#0 \"go\" \"linenos=table\"|\nx\n]",
        ),
        (
            "{{< details summary=\"See *it*\" open=true >}}b{{< /details >}}",
            "[details#0 open=true summary=\"See *it*\"|b]",
        ),
        ("{{< qr text=\"hi\" />}}", "[qr#0 text=\"hi\"|]"),
        (
            "{{< gist spf13 7896402 >}}{{< instagram CxOW >}}",
            "[gist#0 \"spf13\" 7896402;][instagram#1 \"CxOW\";]",
        ),
        ("{{< x user=\"S\" id=\"1453\" >}}", "[x#0 id=\"1453\" user=\"S\";]"),
        (
            "{{< figure src=\"a.jpg\" attrlink=\"/x\" width=10 >}}",
            "[figure#0 attrlink=\"/x\" src=\"a.jpg\" width=10;]",
        ),
    ]);
}

#[test]
fn strings_keep_what_is_in_them() {
    check(&[
        ("{{< leaf `l1\nl2 {{< x >}}` >}}", "[leaf#0 \"l1\\nl2 {{< x >}}\";]"),
        ("{{< leaf a=`x \"y\" z` >}}", "[leaf#0 a=\"x \\\"y\\\" z\";]"),
        (
            "{{< leaf \"{{x}}\" >}}{{< leaf \">}}\" >}}{{< leaf \"\" `` >}}",
            "[leaf#0 \"{{x}}\";][leaf#1 \">}}\";][leaf#2 \"\" \"\";]",
        ),
        ("{{< leaf \"https://a.b/c\" \"a & b <c>\" >}}", "[leaf#0 \"https://a.b/c\" \"a & b <c>\";]"),
        (
            "{{< leaf \"a \\\"q\\\" b\" >}}{{< leaf a=\"x\\\"y\" >}}",
            "[leaf#0 \"a \\\"q\\\" b\";][leaf#1 a=\"x\\\"y\";]",
        ),
        ("{{< leaf \"a\\tb\\\\c \\\"d\\\"\" >}}", "[leaf#0 \"atbc \\\"d\\\"\";]"),
        ("{{< leaf \"a\\nb\" >}}", "[leaf#0 \"a\\\\nb\";]"),
        ("{{< leaf \\\"a b\\\" >}}{{< leaf a=\\\"x y\\\" >}}", "[leaf#0 \"a b\";][leaf#1 a=\"x y\";]"),
        ("{{< leaf a=\"line1\nline2\" >}}", "syntax 1:12"),
        ("{{< leaf \"a\\\\\" >}}", "syntax 1:10"),
        ("x {{< box \"abc >}}", "syntax 1:11"),
        ("{{< leaf `a >}}", "syntax 1:10"),
        ("{{< leaf a=`x >}} y {{< nope >}}", "syntax 1:12, unknown 1:21"),
    ]);
}

#[test]
fn a_call_knows_its_place_its_indent_and_its_written_name() {
    let body = "é\n  {{< Leaf >}} {{% leaf %}}\n\t x {{< leaf >}}\n\t{{< leaf >}}";
    let nodes = scan(body, &names()).unwrap();
    let calls: Vec<_> = nodes
        .iter()
        .filter_map(|node| match node {
            Node::Call(call) => Some((call.offset, call.written, call.indent)),
            Node::Text(_) | Node::Unknown(_) => None,
        })
        .collect();
    assert_eq!(calls, [(5, "Leaf", "  "), (18, "leaf", " "), (35, "leaf", ""), (49, "leaf", "\t")]);
}

#[test]
fn a_body_without_shortcodes_is_its_own_text() {
    let body = "Text with {{ braces }} and < signs > %.";
    assert_eq!(scan(body, &names()), Ok(vec![Node::Text(body)]));
}

#[test]
fn one_that_does_well_without_a_closing_tag_ends_where_none_follows() {
    check(&[
        ("a {{< maybe >}} b", "a [maybe#0;] b"),
        ("a {{< maybe >}} b {{< /maybe >}} c", "a [maybe#0| b ] c"),
        ("{{< maybe />}}x", "[maybe#0|]x"),
        ("{{< maybe >}}{{< leaf >}}{{< maybe >}}{{< leaf >}}", "[maybe#0;][leaf#1;][maybe#2;][leaf#3;]"),
        ("{{< maybe 1 >}}a{{< maybe 2 >}}b{{< /maybe >}}c", "[maybe#0 1;]a[maybe#1 2|b]c"),
        ("{{< box >}}a{{< maybe >}}b{{< leaf >}}{{< /box >}}c", "[box#0|a[maybe#0;]b[leaf#1;]]c"),
        ("{{< maybe >}}{{< box >}}b{{< /box >}}c", "[maybe#0;][box#1|b]c"),
        ("{{< box >}}{{< maybe >}}", "unclosed 1:1"),
    ]);
    let many = "{{< maybe >}}".repeat(tree::DEEPEST * 3);
    assert_eq!(scan(&many, &names()).map(|nodes| nodes.len()), Ok(tree::DEEPEST * 3));
}
