//! Reads `markup` and `enableEmoji` into [`MarkdownOptions`].
//!
//! Keys that are not there have Hugo's defaults. Knows no Markdown.

use serde_json::{Map, Value};

use super::read::Values;
use crate::data::{flag, integer, scalar_text, text_list};
use crate::markdown::{
    CodeOptions, Delimiters, EastAsianBreaks, Extras, HeadingIdKind, HookUse, MarkdownOptions,
    TypographicMarks,
};

/// Returns how Markdown is read and written.
pub(super) fn read_markdown(values: &Values<'_>) -> MarkdownOptions {
    let flag = |path: &str, default: bool| switch(values, path, default);
    let defaults = MarkdownOptions::default();
    MarkdownOptions {
        unsafe_html: flag("renderer.unsafe", defaults.unsafe_html),
        hard_wraps: flag("renderer.hardwraps", defaults.hard_wraps),
        xhtml: flag("renderer.xhtml", defaults.xhtml),
        block_attributes: flag("parser.attribute.block", defaults.block_attributes),
        title_attributes: flag("parser.attribute.title", defaults.title_attributes),
        auto_heading_id: flag("parser.autoheadingid", defaults.auto_heading_id),
        heading_id_kind: read_heading_id_kind(values),
        definition_term_ids: flag("parser.autodefinitiontermid", defaults.definition_term_ids),
        wrap_lone_image: flag("parser.wrapstandaloneimagewithinparagraph", defaults.wrap_lone_image),
        linkify: flag("extensions.linkify", defaults.linkify),
        linkify_protocol: text(values, "extensions.linkifyprotocol").unwrap_or(defaults.linkify_protocol),
        typographer: flag("extensions.typographer", defaults.typographer),
        marks: read_marks(values),
        footnotes: flag("extensions.footnote", defaults.footnotes),
        footnote_backlink: text(values, "extensions.footnote.backlinkhtml")
            .unwrap_or(defaults.footnote_backlink),
        footnote_id_prefix: flag("extensions.footnote.enableautoidprefix", defaults.footnote_id_prefix),
        definition_lists: flag("extensions.definitionlist", defaults.definition_lists),
        tables: flag("extensions.table", defaults.tables),
        strikethrough: flag("extensions.strikethrough", defaults.strikethrough),
        task_lists: flag("extensions.tasklist", defaults.task_lists),
        extras: read_extras(values),
        passthrough: read_passthrough(values),
        alerts: defaults.alerts,
        emoji: values.flag("enableemoji").unwrap_or(defaults.emoji),
        east_asian_breaks: read_east_asian_breaks(values),
        escaped_space: flag("extensions.cjk", false) && flag("extensions.cjk.escapedspace", false),
        link_hook: read_hook(values, "link"),
        image_hook: read_hook(values, "image"),
        code: read_code(values),
    }
}

fn text(values: &Values<'_>, path: &str) -> Option<String> {
    values.text(&format!("markup.goldmark.{path}"))
}

/// Reads a switch, or a map with `disable` or `enable` in it, such as `footnote` and `typographer`.
fn switch(values: &Values<'_>, path: &str, default: bool) -> bool {
    let Some(value) = values.at(&format!("markup.goldmark.{path}")) else { return default };
    let Some(map) = value.as_object() else { return flag(value).unwrap_or(default) };
    match (map.get("disable").and_then(flag), map.get("enable").and_then(flag)) {
        (Some(disabled), _) => !disabled,
        (None, enabled) => enabled.unwrap_or(default),
    }
}

fn read_heading_id_kind(values: &Values<'_>) -> HeadingIdKind {
    let kind = ["autoidtype", "autoheadingidtype"]
        .iter()
        .find_map(|key| text(values, &format!("parser.{key}")))
        .unwrap_or_default();
    match kind.to_lowercase().as_str() {
        "github-ascii" => HeadingIdKind::GithubAscii,
        "blackfriday" => HeadingIdKind::Blackfriday,
        _ => HeadingIdKind::Github,
    }
}

fn read_marks(values: &Values<'_>) -> TypographicMarks {
    let mut marks = TypographicMarks::default();
    for (mark, key) in TypographicMarks::KEYS {
        if let Some(html) = text(values, &format!("extensions.typographer.{}", key.to_lowercase())) {
            marks.set(mark, html);
        }
    }
    marks
}

fn read_extras(values: &Values<'_>) -> Extras {
    let flag = |name: &str| switch(values, &format!("extensions.extras.{name}"), false);
    Extras {
        delete: flag("delete"),
        insert: flag("insert"),
        mark: flag("mark"),
        subscript: flag("subscript"),
        superscript: flag("superscript"),
    }
}

/// Reads pairs of delimiters; those with an empty side are left out, and none are read where they are off.
fn read_passthrough(values: &Values<'_>) -> Vec<Delimiters> {
    let path = "markup.goldmark.extensions.passthrough";
    if !values.flag(&format!("{path}.enable")).unwrap_or(false) {
        return Vec::new();
    }
    let read = |key: &str, is_block: bool| {
        let pairs = values.at(&format!("{path}.delimiters.{key}")).and_then(Value::as_array);
        let pair = move |pair: &Value| match text_list(pair).as_slice() {
            [open, close] if !open.is_empty() && !close.is_empty() => {
                Some(Delimiters { open: open.clone(), close: close.clone(), is_block })
            }
            _ => None,
        };
        pairs.into_iter().flatten().filter_map(pair).collect::<Vec<_>>()
    };
    [read("block", true), read("inline", false)].concat()
}

fn read_east_asian_breaks(values: &Values<'_>) -> EastAsianBreaks {
    let flag = |path: &str| switch(values, path, false);
    if !flag("extensions.cjk") || !flag("extensions.cjk.eastasianlinebreaks") {
        return EastAsianBreaks::Keep;
    }
    match text(values, "extensions.cjk.eastasianlinebreaksstyle") {
        Some(style) if style.eq_ignore_ascii_case("css3draft") => EastAsianBreaks::Css3Draft,
        _ => EastAsianBreaks::Simple,
    }
}

/// Reads when a hook is used; `enableDefault` is its older key.
fn read_hook(values: &Values<'_>, kind: &str) -> HookUse {
    let path = format!("renderhooks.{kind}");
    let word = text(values, &format!("{path}.useembedded")).unwrap_or_default();
    match word.to_lowercase().as_str() {
        "always" => HookUse::Always,
        "never" => HookUse::Never,
        "fallback" => HookUse::Fallback,
        _ if switch(values, &format!("{path}.enabledefault"), false) => HookUse::Fallback,
        // Any `languages`, even one, switches them on (Hugo 0.168, recorded).
        _ if values.map("languages").is_some_and(|languages| !languages.is_empty()) => HookUse::Always,
        _ => HookUse::Auto,
    }
}

fn read_code(values: &Values<'_>) -> CodeOptions {
    let defaults = CodeOptions::default();
    let empty = Map::new();
    let map = values.map("markup.highlight").unwrap_or(&empty);
    let flag = |key: &str, default: bool| map.get(key).and_then(flag).unwrap_or(default);
    let size = |key: &str, default: usize| {
        map.get(key).and_then(integer).and_then(|number| usize::try_from(number).ok()).unwrap_or(default)
    };
    let text = |key: &str, default: String| map.get(key).and_then(scalar_text).unwrap_or(default);
    CodeOptions {
        highlight: flag("codefences", defaults.highlight),
        guess_syntax: flag("guesssyntax", defaults.guess_syntax),
        line_numbers: flag("linenos", defaults.line_numbers),
        first_line: size("linenostart", defaults.first_line),
        marked_lines: text("hl_lines", defaults.marked_lines),
        anchors: flag("anchorlinenos", defaults.anchors),
        anchor_prefix: text("lineanchors", defaults.anchor_prefix),
        frame_class: text("wrapperclass", defaults.frame_class),
        tab_width: size("tabwidth", defaults.tab_width),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Format, parse};

    fn options(yaml: &str) -> MarkdownOptions {
        let map = parse(yaml, Format::Yaml).expect("YAML");
        read_markdown(&Values { map: &map })
    }

    #[test]
    fn nothing_written_is_the_default() {
        assert_eq!(options("a: 1"), MarkdownOptions::default());
    }

    #[test]
    fn switches_and_maps_are_read() {
        let read = options(
            "enableemoji: true\nmarkup:\n  goldmark:\n    renderer: {xhtml: true}\n    parser: \
             {wrapstandaloneimagewithinparagraph: false, autodefinitiontermid: true}\n    extensions:\n      \
             typographer: {leftdoublequote: '«', ellipsis: ''}\n      footnote: {backlinkhtml: b, \
             enableautoidprefix: true}\n      extras: {mark: {enable: true}, delete: {enable: false}}\n      \
             cjk: {enable: true, eastasianlinebreaks: true, escapedspace: true}\n      passthrough:\n        \
             enable: true\n        delimiters: {block: [['$$', '$$'], ['x']], inline: [['\\(', '\\)']]}\n    \
             renderhooks: {link: {useembedded: always}, image: {enabledefault: true}}\n  highlight: \
             {linenos: table, hl_lines: '1 3-4', tabwidth: 2}\n",
        );
        assert!(read.emoji && read.xhtml && !read.wrap_lone_image && read.definition_term_ids);
        assert!(read.typographer && read.footnotes && read.footnote_id_prefix && read.escaped_space);
        assert_eq!(read.footnote_backlink, "b");
        assert_eq!(read.extras, Extras { mark: true, ..Extras::default() });
        assert_eq!(read.east_asian_breaks, EastAsianBreaks::Simple);
        let pairs: Vec<_> = read.passthrough.iter().map(|one| (one.open.as_str(), one.is_block)).collect();
        assert_eq!(pairs, [("$$", true), ("\\(", false)]);
        assert_eq!((read.link_hook, read.image_hook), (HookUse::Always, HookUse::Fallback));
        assert_eq!((read.code.marked_lines.as_str(), read.code.tab_width), ("1 3-4", 2));
        let marks: Vec<_> =
            TypographicMarks::KEYS[..2].iter().map(|(mark, _)| read.marks.html(*mark)).collect();
        assert_eq!(marks, ["«", "&rdquo;"]);
    }
}
