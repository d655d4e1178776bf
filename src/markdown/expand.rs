//! Turns the tree of a body into Markdown source with holes, and the outputs that belong into the holes.
//!
//! Templates and Markdown are functions of the caller: this knows only the order in which they meet, which is
//! Hugo's (0.168, recorded). It does not fill the holes, because the HTML around them is not made yet.

use crate::diag::Diagnostic;
use crate::text::escape_html;

use super::placeholder::{neutralise, placeholder};
use super::shortcode::{Call, Delimiter, Node, Problem};

/// A body without shortcodes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expanded {
    /// Markdown, with a hole for each `{{< >}}` that has no parent.
    pub source: String,
    /// HTML for the holes, by their numbers.
    pub outputs: Vec<String>,
}

/// The shortcode around a shortcode.
#[derive(Debug, Clone, Copy)]
pub struct Parent<'n> {
    /// Its call: name, arguments, ordinal.
    pub call: &'n Call<'n>,
    /// The shortcode around that one.
    pub parent: Option<&'n Parent<'n>>,
}

/// Renders the template of a call, given its parent and the text of its inner nodes.
pub type Template<'f> = dyn FnMut(&Call, Option<&Parent>, &str) -> Result<String, Diagnostic> + 'f;

/// Calls `template` for each call of `nodes`, children first, and puts the outputs where they belong.
///
/// * The output of `{{% %}}` becomes a part of the source, that of `{{< >}}` goes behind a hole.
/// * Inside of another shortcode, the output of either becomes a part of the parent's inner text. The inner
///   text of a `{{% %}}` is made HTML by `markdown` first; the outermost one's is not, it is the source's.
/// * A shortcode that there is no template for leaves a mark, if its text was kept, and only outside of others.
/// * A shortcode that is indented and has nothing inside has all lines of its output indented.
///
/// # Errors
/// The diagnostics of all calls that failed, in the order of the text.
pub fn expand(
    nodes: &[Node],
    template: &mut Template,
    markdown: &mut dyn FnMut(&str) -> String,
) -> Result<Expanded, Vec<Problem>> {
    let mut expander = Expander { template, markdown, problems: Vec::new() };
    let mut expanded = Expanded::default();
    for node in nodes {
        match node {
            Node::Text(text) => expanded.source.push_str(&neutralise(text)),
            Node::Call(call) => {
                let output = expander.render(call, None);
                match call.delimiter {
                    Delimiter::Markdown => expanded.source.push_str(&neutralise(&output)),
                    Delimiter::Raw => {
                        expanded.source += &placeholder(expanded.outputs.len());
                        expanded.outputs.push(output);
                    }
                }
            }
            Node::Unknown(name) => {
                expanded.source += &placeholder(expanded.outputs.len());
                expanded.outputs.push(mark(name));
            }
        }
    }
    let mut problems = expander.problems;
    problems.sort_by_key(|problem| problem.offset);
    if problems.is_empty() { Ok(expanded) } else { Err(problems) }
}

struct Expander<'t, 'f> {
    template: &'t mut Template<'f>,
    markdown: &'t mut dyn FnMut(&str) -> String,
    problems: Vec<Problem>,
}

impl Expander<'_, '_> {
    /// Returns the output of a call, empty if it failed.
    fn render(&mut self, call: &Call, parent: Option<&Parent>) -> String {
        let nodes = call.inner.as_deref().unwrap_or_default();
        let mut inner = self.join(nodes, &Parent { call, parent });
        if call.delimiter == Delimiter::Markdown && parent.is_some() && !nodes.is_empty() {
            let html = (self.markdown)(&inner);
            inner = if inner.contains('\n') { html } else { unwrap_paragraph(html) };
        }
        match (self.template)(call, parent, &inner) {
            Ok(output) if nodes.is_empty() => indent(output, call.indent),
            Ok(output) => output,
            Err(diagnostic) => {
                self.problems.push(Problem { offset: call.offset, diagnostic });
                String::new()
            }
        }
    }

    /// Returns the text of nodes that are inside of `parent`.
    fn join(&mut self, nodes: &[Node], parent: &Parent) -> String {
        let mut joined = String::new();
        for node in nodes {
            match node {
                Node::Text(text) => joined.push_str(&neutralise(text)),
                Node::Call(call) => joined.push_str(&self.render(call, Some(parent))),
                // What a template does with its text is not known: a mark could break it.
                Node::Unknown(_) => {}
            }
        }
        joined
    }
}

/// Returns what marks the place of an unknown shortcode whose text was kept.
fn mark(name: &str) -> String {
    format!("<span class=\"unknown-shortcode\" data-name=\"{}\"></span>", escape_html(name))
}

/// Returns what is in the `<p>` that is all of `html`; other HTML stays as it is.
fn unwrap_paragraph(html: String) -> String {
    match html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>\n")) {
        Some(inside) if !inside.contains('\n') => inside.to_owned(),
        _ => html,
    }
}

/// Puts `indent` before all lines of `output` but the first, which has it already.
fn indent(output: String, indent: &str) -> String {
    if indent.is_empty() {
        return output;
    }
    output.split_inclusive('\n').collect::<Vec<_>>().join(indent)
}

#[cfg(test)]
#[allow(clippy::result_large_err, reason = "templates fail as the type `Template` says")]
mod tests {
    use super::super::shortcode::{Argument, Arguments, Names, scan};
    use super::*;

    fn names() -> Names {
        [
            ("box", true),
            ("blk", true),
            ("i", true),
            ("mi", true),
            ("leaf", false),
            ("lines", false),
            ("bad", false),
        ]
        .map(|(name, takes_inner): (&str, bool)| (name.to_owned(), takes_inner.into()))
        .into()
    }

    fn template(call: &Call, parent: Option<&Parent>, inner: &str) -> Result<String, Diagnostic> {
        let first = match &call.arguments {
            Arguments::Positional(list) => match list.first() {
                Some(Argument::Text(text)) => text.clone(),
                Some(argument) => format!("{argument:?}"),
                None => String::new(),
            },
            _ => String::new(),
        };
        let above = parent.map_or("", |parent| &parent.call.name);
        Ok(match call.name.as_str() {
            "box" => format!("[box o{} p={above} {first}(({inner}))]", call.ordinal),
            "leaf" => format!("[leaf o{} p={above} {first}]", call.ordinal),
            "blk" => format!("<div>\n\n{inner}\n\n</div>"),
            "mi" => format!("<a>\n<b>{inner}\n"),
            "lines" => "one\ntwo\n\nthree".to_owned(),
            "bad" => return Err(Diagnostic::error("template", format!("{first} failed"))),
            _ => format!("({inner})"),
        })
    }

    /// Makes paragraphs, headings and strong words: enough to see that Markdown was there.
    fn markdown(text: &str) -> String {
        let paragraph = |part: &str| {
            let strong = part.trim().replacen("**", "<strong>", 1).replacen("**", "</strong>", 1);
            match strong.strip_prefix("# ") {
                Some(heading) => format!("<h1>{heading}</h1>\n"),
                None => format!("<p>{strong}</p>\n"),
            }
        };
        text.split("\n\n").filter(|part| !part.trim().is_empty()).map(paragraph).collect()
    }

    fn expanded(body: &str) -> Result<Expanded, Vec<Problem>> {
        expand(&scan(body, &names())?, &mut template, &mut markdown)
    }

    /// Returns the source with each hole as `‹output›`.
    fn filled(body: &str) -> String {
        let Expanded { mut source, outputs } = expanded(body).unwrap();
        for (number, output) in outputs.iter().enumerate() {
            source = source.replace(&placeholder(number), &format!("‹{output}›"));
        }
        source
    }

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (body, wanted) in cases {
            assert_eq!(&filled(body), wanted, "{body:?}");
        }
    }

    #[test]
    fn outputs_of_angle_brackets_wait_behind_holes_and_those_of_percents_are_source() {
        check(&[
            ("a\n\n{{< box >}}**b** {{< /box >}}\n\nc", "a\n\n‹[box o0 p= ((**b** ))]›\n\nc"),
            ("a\n\n{{% box %}}**b** {{% /box %}}\n\nc", "a\n\n[box o0 p= ((**b** ))]\n\nc"),
            ("{{% blk %}}\n## H\n{{% /blk %}}\n\n## H\n", "<div>\n\n\n## H\n\n\n</div>\n\n## H\n"),
            ("{{< leaf a >}}{{% leaf b %}}{{< leaf c >}}", "‹[leaf o0 p= a]›[leaf o1 p= b]‹[leaf o2 p= c]›"),
            ("{{</* x */>}} {{< box />}}", "{{< x >}} ‹[box o0 p= (())]›"),
        ]);
        let source = "\u{FDD0}0\u{FDD1} x \u{FDD0}1\u{FDD1}";
        let outputs = vec!["[leaf o0 p= a]".to_owned(), "[leaf o1 p= b]".to_owned()];
        assert_eq!(
            expanded("{{< leaf a >}} x {{< leaf b >}}"),
            Ok(Expanded { source: source.to_owned(), outputs })
        );
    }

    #[test]
    fn outputs_of_children_are_a_part_of_the_inner_text() {
        check(&[
            (
                "{{< box 1 >}}o {{< box 2 >}}i{{< /box >}} {{< leaf x >}} e{{< /box >}}",
                "‹[box o0 p= Integer(1)((o [box o0 p=box Integer(2)((i))] [leaf o1 p=box x] e))]›",
            ),
            (
                "{{% blk %}}*a* {{< box >}}**b**{{< /box >}}{{% /blk %}}",
                "<div>\n\n*a* [box o0 p=blk ((**b**))]\n\n</div>",
            ),
            ("{{% box %}}a {{% leaf x %}} b{{% /box %}}", "[box o0 p= ((a [leaf o0 p=box x] b))]"),
            (
                "{{% box %}}{{< box >}}**b** {{% leaf %}}{{% i %}}**c**{{% /i %}}{{< /box >}}{{% /box %}}",
                "[box o0 p= (([box o0 p=box ((**b** [leaf o0 p=box ](<strong>c</strong>)))]))]",
            ),
        ]);
    }

    #[test]
    fn the_inner_text_of_a_percent_within_another_is_rendered_on_its_own() {
        check(&[
            (
                "{{< box >}}*a* {{% box %}}**b**{{% /box %}}{{< /box >}}",
                "‹[box o0 p= ((*a* [box o0 p=box ((<strong>b</strong>))]))]›",
            ),
            (
                "{{< blk >}}{{% box %}}**b**{{% /box %}}{{< /blk >}}",
                "‹<div>\n\n[box o0 p=blk ((<strong>b</strong>))]\n\n</div>›",
            ),
            (
                "{{< box >}}{{% i %}}**b**\n{{< leaf x >}}{{% /i %}}{{< /box >}}",
                "‹[box o0 p= (((<p><strong>b</strong>\n[leaf o0 p=i x]</p>\n)))]›",
            ),
            (
                "{{% box %}}{{% i %}}**b** {{< leaf x >}}{{% /i %}} c{{% /box %}}",
                "[box o0 p= (((<strong>b</strong> [leaf o0 p=i x]) c))]",
            ),
            ("{{% box %}}{{% i %}}a\n\nb{{% /i %}}{{% /box %}}", "[box o0 p= (((<p>a</p>\n<p>b</p>\n)))]"),
            ("{{% box %}}{{% i %}}# h{{% /i %}}{{% /box %}}", "[box o0 p= (((<h1>h</h1>\n)))]"),
            (
                "{{% box %}}{{% i %}} {{% /i %}}{{% i %}}{{% /i %}}{{% i /%}}{{% /box %}}",
                "[box o0 p= ((()()()))]",
            ),
            (
                "{{< box >}}{{% i %}}a {{% i %}}b **c**{{% /i %}}{{% /i %}}{{< /box >}}",
                "‹[box o0 p= (((a (b <strong>c</strong>))))]›",
            ),
            ("{{< box >}}{{% leaf x %}}{{< /box >}}", "‹[box o0 p= (([leaf o0 p=box x]))]›"),
        ]);
    }

    #[test]
    fn all_lines_of_an_indented_shortcode_without_text_are_indented() {
        check(&[
            ("  {{% lines %}} x", "  one\n  two\n  \n  three x"),
            ("  {{< lines >}} x", "  ‹one\n  two\n  \n  three› x"),
            ("- a\n  {{% lines %}}\n  b", "- a\n  one\n  two\n  \n  three\n  b"),
            ("> {{% lines %}}", "> one\ntwo\n\nthree"),
            ("a  {{% lines %}}", "a  one\ntwo\n\nthree"),
            ("  {{% mi /%}}x", "  <a>\n  <b>\nx"),
            ("  {{% mi %}}{{% /mi %}}x", "  <a>\n  <b>\nx"),
            ("  {{% mi %}} {{% /mi %}}x", "  <a>\n<b> \nx"),
            ("   {{% blk %}}\n   a\n   {{% /blk %}}\n", "   <div>\n\n\n   a\n   \n\n</div>\n"),
            ("{{< box >}}\n  {{< mi />}}{{< /box >}}", "‹[box o0 p= ((\n  <a>\n  <b>\n))]›"),
            ("{{% leaf %}}  {{% lines %}}", "[leaf o0 p= ]  one\n  two\n  \n  three"),
            ("  {{</* x */>}} {{% lines %}}", "  {{< x >}} one\n two\n \n three"),
        ]);
    }

    #[test]
    fn all_parents_are_known() {
        let nodes = scan("{{< box 7 >}}{{< i >}}{{< leaf >}}{{< /i >}}{{< /box >}}", &names()).unwrap();
        let mut seen = Vec::new();
        let mut template = |call: &Call, mut parent: Option<&Parent>, _: &str| {
            let mut path = call.name.clone();
            while let Some(Parent { call, parent: above }) = parent {
                path = format!("{}{}/{path}", call.name, call.ordinal);
                parent = *above;
            }
            seen.push(path);
            Ok(String::new())
        };
        expand(&nodes, &mut template, &mut markdown).unwrap();
        assert_eq!(seen, ["box0/i0/leaf", "box0/i", "box"]);
    }

    #[test]
    fn all_calls_that_fail_are_reported_in_order() {
        let problems = expanded("{{< box >}}{{< bad a >}}{{< /box >}} {{% bad b %}}").unwrap_err();
        let found: Vec<_> = problems.iter().map(|p| (p.offset, p.diagnostic.message.as_str())).collect();
        assert_eq!(found, [(11, "a failed"), (37, "b failed")]);
    }

    #[test]
    fn no_text_of_an_author_is_a_hole() {
        let expanded = expanded("\u{FDD0}0\u{FDD1} \u{FDD2}\u{FDCF}{{< box >}}\u{FDD0}{{< /box >}}").unwrap();
        assert_eq!(expanded.source, "\u{FFFD}0\u{FFFD} \u{FFFD}\u{FDCF}\u{FDD0}0\u{FDD1}");
        assert_eq!(expanded.outputs, ["[box o0 p= ((\u{FFFD}))]"]);
    }
}
