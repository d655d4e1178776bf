//! Turns the text of a code block into HTML with the class names of Pygments and Chroma.
//!
//! The scanners are hand-written and driven by tables that the compiler makes: nothing is loaded or built
//! when the program starts, and a block costs a few microseconds, so results need no cache. They colour
//! tokens and do not parse: no errors are marked, and a name is a type or a function only by its looks. The
//! wrapper around the lines (`<pre>`, line numbers, highlighted lines) belongs to the caller; the colours
//! are in `syntax.css`.

mod class;
mod engine;
mod grammar;
mod languages;
mod number;
mod scan;
mod scanners;
mod special;
mod strings;
#[cfg(test)]
mod tests;
mod words;

use languages::{LANGUAGES, Syntax, syntax};
use scan::Scan;

/// Returns `code` as HTML, or nothing if the language is not known.
///
/// The text is escaped (`&`, `<`, `>`) and otherwise exactly the input. Tokens are `<span
/// class="k">…</span>`; a span never crosses a newline, so every line can be wrapped by itself.
/// Identifiers, blanks and brackets have no span.
pub fn highlight(code: &str, language: &str) -> Option<String> {
    let syntax = syntax(language)?;
    let mut scan = Scan::new(code);
    paint_as(&mut scan, syntax);
    Some(scan.finish())
}

/// Returns whether a language is known by this name or alias, in any case.
pub fn is_known(language: &str) -> bool {
    syntax(language).is_some()
}

/// Returns the usual name of every language.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().filter_map(|language| language.names.first().copied())
}

/// Paints what `scan` may see.
fn paint_as(scan: &mut Scan, syntax: Syntax) {
    match syntax {
        Syntax::Code(grammar) => engine::run(scan, grammar),
        Syntax::Markup(templates) => scanners::markup::markup(scan, templates),
        Syntax::Markdown => scanners::markdown::markdown(scan),
        Syntax::Special(scanner) => scanner(scan),
    }
}
