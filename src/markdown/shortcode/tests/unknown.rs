//! Shortcodes that there is no template for, under each of the rules.

use super::*;

/// Shows the tree under a rule, the unknown names with their places, and the problems if there are any.
fn scanned_by(rule: Unknown, body: &str) -> String {
    let Scanned { nodes, problems, unknown } = scan_all(body, &names(), rule);
    let uses: Vec<_> = unknown.iter().map(|used| format!("{}@{}", used.name, used.offset)).collect();
    let problems: Vec<_> = problems.iter().map(|problem| problem.diagnostic.message.as_str()).collect();
    format!("{} <{}>{}", show(&nodes), uses.join(" "), problems.join(", "))
}

#[track_caller]
fn check_rule(rule: Unknown, cases: &[(&str, &str)]) {
    for (body, wanted) in cases {
        assert_eq!(&scanned_by(rule, body), wanted, "{body:?}");
    }
}

#[test]
fn what_is_between_the_tags_is_kept_where_that_is_wanted() {
    check_rule(
        Unknown::Inner,
        &[
            ("a {{< no >}} b", "a [?no] b <no@2>"),
            ("{{< no >}}**b**{{< /no >}} c", "[?no]**b** c <no@0>"),
            ("{{% No a=1 %}}b{{% /no %}}{{< no />}}c", "[?No]b[?no]c <no@0 no@26>"),
            (
                "{{< no >}}{{< leaf >}}{{< leaf >}}{{< /no >}}{{< leaf >}}",
                "[?no][leaf#0;][leaf#1;][leaf#2;] <no@0>",
            ),
            ("{{< box >}}a{{< no >}}b{{< /no >}}{{< /box >}}", "[box#0|a[?no]b] <no@12>"),
            ("{{< no.inline >}}{{ .Page }}{{< /no.inline >}}x", "[?no.inline]x <no.inline@0>"),
        ],
    );
}

#[test]
fn what_is_between_the_tags_is_left_out_where_that_is_wanted() {
    check_rule(
        Unknown::Warn,
        &[
            ("a {{< no >}} b", "a  b <no@2>"),
            ("a{{< no >}}b{{< leaf >}}{{< /no >}}c{{< no >}}d", "acd <no@1 no@36>"),
            ("{{< a >}}1{{< b >}}2{{< /a >}}3{{< /b >}}4", "4 <a@0 b@10>"),
            ("{{< a >}}1{{< a >}}2{{< /a >}}3{{< /a >}}4", "4 <a@0 a@10>"),
            ("{{< a >}}1{{< b >}}2{{< /a >}}3", "3 <a@0 b@10>"),
            ("{{< box >}}{{< no >}}a{{< /no >}}b{{< /box >}}", "[box#0|b] <no@11>"),
        ],
    );
}

#[test]
fn an_unknown_shortcode_breaks_no_other() {
    for rule in [Unknown::Error, Unknown::Warn, Unknown::Inner] {
        for body in [
            "{{< no >}}{{< box >}}a{{< /no >}}{{< /box >}}",
            "{{< box >}}{{< no >}}a{{< /box >}}{{< /no >}}",
            "{{< box >}}{{< no >}}a{{< / >}}",
            "{{< no >}}a{{< / >}}",
            "{{< box >}}{{< no >}}{{< blk >}}{{< no >}}{{< /blk >}}{{< /no >}}{{< /no >}}{{< /box >}}",
        ] {
            let shown = scanned_by(rule, body);
            assert!(shown.ends_with('>'), "{rule:?} {body:?}: {shown}");
        }
    }
    let many = "{{< no >}}".repeat(150) + "{{< box >}}a{{< /box >}}";
    assert_eq!(scan_all(&many, &names(), Unknown::Warn).problems, []);
}

#[test]
fn other_mistakes_are_told_all_the_same() {
    check_rule(
        Unknown::Inner,
        &[
            ("{{< no >}}{{< box >}}", "[?no] <no@0>the shortcode `box` is not closed"),
            ("{{< /no >}}{{< no >}}", "[?no] <no@11>`{{< /no >}}` closes a shortcode, but none is open"),
        ],
    );
}
