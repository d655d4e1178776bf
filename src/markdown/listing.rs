//! Writes code that does not stand in a fence of the text but is given to a shortcode, with its options as one text.
//!
//! The frame and the lines are those of fenced blocks.

use super::options::CodeOptions;
use super::{code, escape, highlight};

/// Returns a block of code as HTML without a line end after it.
///
/// `options` are Hugo's: pairs such as `linenos=table,hl_lines=1 3-4,linenostart=9`, between commas. With
/// `hl_inline=true` it is a piece of code within a line.
pub fn listing(text: &str, language: &str, options: &str, defaults: &CodeOptions) -> String {
    let options: Vec<(String, String)> = options.split(',').filter_map(option).collect();
    if options.iter().any(|(name, value)| name == "hl_inline" && value == "true") {
        return inline(text, language);
    }
    let attributes: Vec<String> = options.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
    let language: String =
        language.chars().filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}')).collect();
    let info = format!("{language} {{{}}}", attributes.join(" "));
    let mut out = String::new();
    code::push_fenced(&mut out, text, &info, 0, defaults, highlight::highlight);
    out.truncate(out.trim_end().len());
    out
}

/// Reads `name=value`, or a name alone as true; what could end the pair is left out of it.
fn option(pair: &str) -> Option<(String, String)> {
    let (name, value) = pair.split_once('=').unwrap_or((pair, "true"));
    let name: String = name.trim().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    let value: String = value.trim().chars().filter(|c| !matches!(c, '"' | '\\' | '{' | '}')).collect();
    (!name.is_empty()).then(|| (name.to_ascii_lowercase(), value))
}

fn inline(text: &str, language: &str) -> String {
    let mut out = "<code class=\"code-inline".to_owned();
    if !language.is_empty() {
        out.push_str(" language-");
        escape::push_text(&mut out, language);
    }
    out.push_str("\">");
    match highlight::highlight(text, language) {
        Some(html) => out.push_str(&html),
        None => escape::push_text(&mut out, text),
    }
    out.push_str("</code>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_those_of_hugo() {
        let shown = |text, language, options| listing(text, language, options, &CodeOptions::default());
        let frame = |code: &str| {
            format!(
                "<div class=\"highlight\"><pre tabindex=\"0\" class=\"chroma\">\
                 <code class=\"language-go\" data-lang=\"go\">{code}</code></pre></div>"
            )
        };
        let line =
            |number, text| format!("<span class=\"line\"><span class=\"ln\">{number}</span>{text}</span>");
        assert_eq!(shown("a b", "go", ""), frame("a b"));
        assert_eq!(
            shown("a\nb", "go", "linenos=table, linenostart=8"),
            frame(&format!("{}{}", line(8, "a\n"), line(9, "b")))
        );
        assert_eq!(
            shown("a\nb", "go", "hl_lines=1 3-4"),
            frame("<span class=\"line hl\">a\n</span><span class=\"line\">b</span>")
        );
        assert_eq!(shown("x", "go", "linenos=false"), frame("x"));
        assert_eq!(
            shown("x<", "nolang", "hl_inline=true"),
            "<code class=\"code-inline language-nolang\">x&lt;</code>"
        );
        assert_eq!(shown("x", "", ""), "<pre tabindex=\"0\"><code>x</code></pre>");
        assert_eq!(shown("x", "go", "linenos=\"}<script>"), frame(&line(1, "x")));
    }
}
