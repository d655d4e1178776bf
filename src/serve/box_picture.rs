//! Draws the box that stands in for a picture that cannot be shown: an SVG with the problem as its text.

use std::fmt::Write as _;

use crate::render::PLACEHOLDER_SIZE;
use crate::text::escape_xml;

/// Most characters of a line; the letters are of one width.
const LINE_CHARS: usize = 54;

/// Draws a box with a text of one or more lines; what does not fit is cut.
pub(super) fn draw(text: &str) -> String {
    let (width, height) = PLACEHOLDER_SIZE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <rect x=\"1\" y=\"1\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"#fff4f0\" stroke=\"#b3261e\" \
         stroke-width=\"2\" stroke-dasharray=\"6 4\"/>\n\
         <g font-family=\"ui-monospace, monospace\" font-size=\"13\" fill=\"#410e0b\">\n",
        width - 2,
        height - 2
    );
    let lines = text.lines().flat_map(wrapped).take(7);
    for (number, line) in lines.enumerate() {
        let _ = writeln!(svg, "<text x=\"16\" y=\"{}\">{}</text>", 28 + number * 19, escape_xml(&line));
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Breaks a line between words; a word that is longer than a line is cut.
fn wrapped(line: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        let word: String = word.chars().take(LINE_CHARS).collect();
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= LINE_CHARS => {
                last.push(' ');
                last.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words_and_escaped() {
        let svg =
            draw("no picture in this bundle matches `<wsam>`, and here the line is long enough\nmend it");
        assert!(svg.contains(">no picture in this bundle matches `&lt;wsam&gt;`, and here</text>"), "{svg}");
        assert!(svg.contains(">the line is long enough</text>"), "{svg}");
        assert!(svg.contains("y=\"66\">mend it</text>"), "{svg}");
    }
}
