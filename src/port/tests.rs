//! Laws of the translation, and what of it does not fit on one line; the table of snippets is `tests/port/snippets.txt`.

use proptest::prelude::*;

use super::{inventory, shortcode};

fn places(text: &str) -> Vec<String> {
    let found = shortcode(text).at_path("note.html").unported;
    found.iter().map(|found| format!("{} {}", found.code, found.at.as_ref().unwrap())).collect()
}

#[test]
fn white_space_goes_where_go_takes_it_away() {
    let table = [
        ("a {{- .Name -}} b", "a {{- name -}} b"),
        ("{{- if .Name -}} a {{- end -}}", "{%- if name -%} a {%- endif -%}"),
        (
            "{{- with upper .Name -}}a{{- else -}}b{{- end }}",
            "{%- set value = name | upper %}{% if value -%}a{%- else -%}b{%- endif %}",
        ),
        (
            "{{- range $i, $x := slice 1 -}}a{{ end -}}",
            "{%- for x in [1] %}{% set i = loop.index0 -%}a{% endfor -%}",
        ),
        ("{{- now -}}", "{#- not translated: now -#}"),
        ("{{- if now -}}a{{ end }}", "{%- if false %}{# not translated: if now -#}a{% endif %}"),
        ("{{- /* a\n b */ -}}", "{#- a b -#}"),
        ("{{-3}}", "{{ -3 }}"),
    ];
    for (go, ours) in table {
        assert_eq!(shortcode(go).template, ours, "{go}");
    }
}

#[test]
fn text_that_means_something_to_our_templates_stays_text() {
    let table = [
        ("{% x %} {# y #}", "{{ \"{%\" }} x %} {{ \"{#\" }} y #}"),
        ("{ {{- .Name }}", "{ {{- name }}"),
        ("{{ \"{\" }}{{ .Name }}", "{{ \"{\" }}{{ name }}"),
        ("{<!-- a -->{{ .Name }}", "{{ \"{\" }}{# a #}{{ name }}"),
        ("<style>a {\n{{ .Name }}", "<style>a {\n{{ name }}"),
    ];
    for (go, ours) in table {
        assert_eq!(shortcode(go).template, ours, "{go}");
    }
}

#[test]
fn places_are_those_of_the_original() {
    let text =
        "<p>\nä {{ now }} {{ partial \"x\" . }}\n{{ with now }}{{ .Year }}{{ end }}\n{{ .InnerDeindent }}";
    let expected = [
        "port-untranslated note.html:2:3",
        "port-untranslated note.html:2:13",
        "port-untranslated note.html:3:1",
        "port-differs note.html:4:1",
    ];
    assert_eq!(places(text), expected);
    assert_eq!(places("a\n  {{ if }}"), ["port-syntax note.html:2:3"]);
}

#[test]
fn a_shortcode_stays_one_that_is_closed() {
    let ported = shortcode("{{ partial \"x\" .Inner }}");
    assert!(ported.template.starts_with("{% set own_inner = inner %}"), "{}", ported.template);
    assert!(!shortcode("{{ .Get 0 }} inner").template.contains("own_inner"));
}

#[test]
fn deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
    for (open, close) in [("{{ if true }}", "{{ end }}"), ("{{ define \"x\" }}", "{{ end }}")] {
        let text = open.repeat(5000) + &close.repeat(5000);
        assert_eq!(shortcode(&text).unported.first().unwrap().message, "this is nested too deeply");
    }
    let text = format!("{{{{ {}1{} }}}}", "(".repeat(5000), ")".repeat(5000));
    assert_eq!(shortcode(&text).unported.first().unwrap().message, "this is nested too deeply");
    let chain = "{{ else if 1 }}".repeat(5000);
    assert!(!shortcode(&format!("{{{{ if 1 }}}}{chain}{{{{ end }}}}")).is_readable());
}

#[test]
fn the_inventory_lists_functions_and_fields() {
    let text = "{{ $x := .Get 0 | markdownify }}{{ if (strings.HasPrefix $x.Title \"a\") }}{{ site.Params.a }}{{ \
                .Page.Title }} {{ partial \"y\" . }}{{ end }}{{ broken";
    let expected =
        [".Get", ".Page.Title", ".Title", "markdownify", "partial", "site.Params.a", "strings.HasPrefix"];
    assert_eq!(inventory(text).into_iter().collect::<Vec<_>>(), expected);
}

proptest! {
    #[test]
    fn any_text_can_be_given(text in "\\PC{0,200}") {
        let _ = (shortcode(&text), inventory(&text));
    }

    #[test]
    fn any_action_can_be_given(text in "\\{\\{[- ]?[-a-z0-9.$\"'`|():=,\\\\/*{}% \n]{0,40}") {
        let _ = (shortcode(&text), inventory(&text));
    }
}
