//! Bodies that Hugo 0.168 was seen to refuse, with the codes and places of our problems.

use super::*;

#[test]
fn what_is_wrong_in_a_tag_is_reported_at_its_character() {
    check(&[
        ("{{< leaf pos a=1 >}}", "syntax 1:14"),
        ("{{< leaf a=1 pos >}}", "syntax 1:14"),
        ("{{< leaf \"a \\\"q\\\" b\" c=\"x\" >}}", "syntax 1:22"),
        ("{{< leaf a = \"1\" pos >}}{{< leaf \"x\" a = \"b\" >}}", "syntax 1:18, syntax 1:38"),
        ("{{< leaf 'single quoted' >}}", "syntax 1:10"),
        ("{{< leaf “smart” >}}", "syntax 1:10"),
        ("{{< leaf one a.b:d#e x_y-z >}}", "syntax 1:17"),
        ("{{< leaf one a.b/c:d#e >}}", "syntax 1:17"),
        ("{{< leaf https://a.b/c >}}", "syntax 1:15"),
        ("{{< leaf a/b >}}", "syntax 1:11"),
        ("{{< leaf @x #y >}}", "syntax 1:10"),
        ("{{< leaf a, b >}}", "syntax 1:11"),
        ("{{< leaf (a) >}}", "syntax 1:10"),
        ("{{< leaf a\u{a0}b >}}", "syntax 1:11"),
        ("{{< leaf ½ >}}{{< leaf कि >}}{{< leaf e\u{301} >}}", "syntax 1:10, syntax 1:25, syntax 1:40"),
        ("{{< leaf .5 >}}", "syntax 1:10"),
        ("{{< leaf =b >}}{{< leaf \\a >}}", "syntax 1:10, syntax 1:25"),
        ("{{< leaf a= >}}{{< leaf a=>}}", "syntax 1:13, syntax 1:27"),
        ("{{< leaf a=b>}}{{< box a=b/>}}{{< box a= />}}", "syntax 1:12, syntax 1:26, syntax 1:42"),
        ("{{< box a / b >}}{{< box / / >}}", "syntax 1:11, syntax 1:26"),
        ("{{< box />}} and {{< box a=\"b\" /> }}", "syntax 1:18"),
        ("{{< leaf a>b >}}", "syntax 1:11"),
        ("{{% box >}}x{{< /box >}}", "syntax 1:9"),
        ("{{< box %}}x{{< /box >}}", "syntax 1:9"),
        ("{{< box >}}x{{< /box a >}}", "syntax 1:22"),
        ("{{<< leaf >>}}{{%% leaf %%}}", "syntax 1:4, syntax 1:18"),
    ]);
}

#[test]
fn a_tag_without_end_is_reported_where_it_begins() {
    check(&[
        ("x {{< box \n\n more", "syntax 1:3"),
        ("x {{< box \n\n more, text. {{< leaf >}} {{< nope >}}", "syntax 1:3, unknown 3:27"),
        ("{{< leaf >", "syntax 1:1"),
        ("{{< leaf }} {{< leaf >}}", "syntax 1:1"),
        ("{{<", "syntax 1:1"),
        ("{{< box >}}{{< /box", "syntax 1:12"),
        ("{{< {{< leaf >}} >}}", "syntax 1:1"),
        ("{{< leaf {{< leaf >}} >}}", "syntax 1:1"),
        ("{{< leaf a={{< leaf >}} >}}", "syntax 1:1"),
    ]);
}

#[test]
fn what_takes_text_is_closed_and_nothing_else() {
    check(&[
        ("x\n\n{{< box >}}\n\nno close", "unclosed 3:1"),
        ("{{< box >}}x{{< box >}}y{{< /box >}}", "unclosed 1:1"),
        ("x {{< /box >}} y", "closing 1:3"),
        ("{{< /box >}}{{< /leaf >}}{{</>}}", "closing 1:1, closing 1:13, closing 1:26"),
        ("{{< box >}}x{{< /blk >}}", "closing 1:13"),
        ("{{< leaf >}}x{{< /leaf >}}", "closing 1:14"),
        ("{{< box >}}{{< leaf >}}x{{< /leaf >}}{{< /box >}}", "closing 1:25"),
        ("{{< leaf />}}{{< leaf a / >}}", "closing 1:10, closing 1:25"),
        ("{{< box />}}{{< /box >}}", "closing 1:13"),
        ("{{< box >}}x{{< /box >}}{{< /box >}}", "closing 1:25"),
        ("{{< box >}}{{< leaf >}}x{{< / >}}", "[box#0|[leaf#0;]x]"),
        ("{{< box >}}{{< blk >}}x{{< /box >}}{{< /blk >}}", "[box#0|[blk#0|x]]"),
        // Of pairs that cross, the one whose closing tag is missing is reported, not the outermost.
        ("{{< box >}}{{< blk >}}x{{< /box >}}", "unclosed 1:12"),
        ("{{< box >}}{{< blk >}}{{< md >}}x{{< /box >}}", "unclosed 1:12, unclosed 1:23"),
        ("{{< blk >}}{{< md >}}a {{< md >}}b{{< /md >}}{{< /blk >}}", "unclosed 1:12"),
        ("{{< Box >}}x{{< /box >}}", "[box#0|x]"),
    ]);
}

#[test]
fn one_slip_gives_one_problem_and_the_rest_is_still_looked_at() {
    check(&[
        ("{{< nope a >}}", "unknown 1:1"),
        ("{{< nope >}}{{< leaf >}}{{< /nope >}}{{< /nope >}} {{< nope >}}", "unknown 1:1, unknown 1:52"),
        ("{{< box a:b >}}x{{< /box >}}", "syntax 1:10"),
        ("{{< box >}}{{< box a:b />}}{{< /box >}}", "syntax 1:21"),
        ("{{< box >}}{{< box a=b/>}}{{< /box >}}", "syntax 1:22"),
        ("{{< nope a:b >}}x{{< /nope >}}", "unknown 1:1, syntax 1:11"),
        ("{{< blk >}}{{< box >}}a{{< /bxo >}}{{< box >}}b{{< /box >}}{{< /blk >}}", "closing 1:24"),
        (
            "{{< box >}}\n{{< leaf a:b >}}\n{{< nope >}}\n{{< /md >}}{{< /box >}}{{< md >}}",
            "syntax 2:11, unknown 3:1, closing 4:1, unclosed 4:24",
        ),
    ]);
}

#[test]
fn messages_say_what_to_do() {
    let cases = [
        (
            "{{< nope >}}",
            "there is no shortcode `nope`",
            Some("a shortcode is a template: put one at `templates/shortcodes/nope.html`"),
        ),
        ("{{< fig >}}", "there is no shortcode `fig`", Some("did you mean `figure`?")),
        (
            "{{< leaf.html >}}",
            "there is no shortcode `leaf.html`",
            Some("write `leaf`, without the ending of the file"),
        ),
        ("{{< box/>}}", "there is no shortcode `box/`", Some("put a space before the slash: `box /`")),
        (
            "{{< leaf https://a.b/c >}}",
            "unexpected `:` in a shortcode",
            Some("put quotes around it: `\"https://a.b/c\"`"),
        ),
        ("{{< leaf “x” >}}", "unexpected `“` in a shortcode", Some("use straight double quotes: `\"`")),
        (
            "{{< leaf a\u{a0}b >}}",
            "unexpected `U+00A0` in a shortcode",
            Some("type an ordinary space instead"),
        ),
        (
            "{{< box >}}",
            "the shortcode `box` is not closed",
            Some("close it with `{{< /box >}}`, or write `{{< box … />}}` if nothing is in it"),
        ),
        (
            "{{< box >}}{{< /bxo >}}",
            "`{{< /bxo >}}` closes a shortcode that is not open",
            Some("`box` is open: close it with `{{< /box >}}`"),
        ),
        (
            "{{< leaf />}}",
            "`leaf` takes no text, so it cannot be closed",
            Some("leave out the slash: `{{< leaf >}}`"),
        ),
        (
            "{{< leaf x=a>}}",
            "the value of `x` touches `>}}`",
            Some("put a space after it, or quotes around it: `x=\"a\"`"),
        ),
        (
            "{{< leaf b a=1 >}}",
            "the argument `a` has a name, but those before it have none",
            Some("give a name to all arguments of a shortcode or to none"),
        ),
    ];
    for (body, message, hint) in cases {
        let problems = scan(body, &names()).unwrap_err();
        let found: Vec<_> =
            problems.iter().map(|p| (p.diagnostic.message.as_str(), p.diagnostic.hint.as_deref())).collect();
        assert_eq!(found, [(message, hint)], "{body}");
    }
}
