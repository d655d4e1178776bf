//! Finds formulas in a text before the parser sees it, and puts a hole in the place of each.
//!
//! What is in a formula is no Markdown (`a_1 * b_1`), and the parser cannot be told. A formula reaches over lines of
//! its paragraph and ends with it; code is passed over. Hugo looks after the blocks were found, so a formula with
//! a line that could begin a list is one here and none there. Reads no TeX.

use std::fmt::Write as _;

use memchr::memchr;

use super::options::Delimiters;
use super::placeholder::{CLOSE, FORMULA};

/// A formula that was taken out of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formula {
    /// The formula with its delimiters, as the author wrote it.
    pub(super) source: String,
    /// The formula alone, without the marks of quotes.
    pub(super) tex: String,
    /// Whether it stands on a line of its own.
    pub(super) is_block: bool,
}

/// Returns the text with holes and the formulas by the numbers of their holes; `None` if there are none.
pub(super) fn take_out(source: &str, delimiters: &[Delimiters]) -> Option<(String, Vec<Formula>)> {
    if !delimiters.iter().any(|one| memchr::memmem::find(source.as_bytes(), one.open.as_bytes()).is_some()) {
        return None;
    }
    let mut formulas = Vec::new();
    // Where the paragraph ends, and in which no closing delimiter was left, so that nothing is looked for twice.
    let mut end = 0;
    let mut unclosed = vec![usize::MAX; delimiters.len()];
    let mut text = String::with_capacity(source.len());
    let mut copied = 0;
    let mut at = 0;
    let mut is_line_start = true;
    while let Some(rest) = source.get(at..) {
        if is_line_start && let Some(len) = fenced(rest) {
            at += len;
            continue;
        }
        let is_stop = |byte: &u8| {
            matches!(byte, b'\n' | b'`' | b'\\')
                || delimiters.iter().any(|one| one.open.as_bytes().first() == Some(byte))
        };
        let Some(skip) = rest.as_bytes().iter().position(is_stop) else { break };
        at += skip;
        let rest = &source[at..];
        is_line_start = rest.starts_with('\n');
        if end <= at {
            end = at + paragraph_end(rest);
        }
        let rest = &source[at..];
        let paragraph = &source[at..end.max(at)];
        let found = opening(paragraph, delimiters).filter(|index| unclosed[*index] != end);
        let read = found.and_then(|index| {
            let read = formula(paragraph, &delimiters[index]);
            if read.is_none() {
                unclosed[index] = end;
            }
            read.flatten()
        });
        if let Some((formula, len)) = read {
            text.push_str(&source[copied..at]);
            // Writing to a String cannot fail.
            let _ = write!(text, "{FORMULA}{}{CLOSE}", formulas.len());
            formulas.push(formula);
            at += len;
            copied = at;
        } else {
            at += unread(rest, paragraph);
        }
    }
    text.push_str(&source[copied..]);
    (!formulas.is_empty()).then_some((text, formulas))
}

/// Returns the length of what stands at the start of `text` and begins no formula.
fn unread(text: &str, paragraph: &str) -> usize {
    let mut chars = text.chars();
    match chars.next() {
        Some('\\') => 1 + chars.next().filter(|c| *c != '\n').map_or(0, char::len_utf8),
        Some('`') => code_span(paragraph).max(1),
        Some(c) => c.len_utf8(),
        None => 1,
    }
}

/// Returns the length of the code that the backticks at the start of `paragraph` open, or their number.
fn code_span(paragraph: &str) -> usize {
    let run = paragraph.bytes().take_while(|byte| *byte == b'`').count();
    let mut at = run;
    while let Some(found) = memchr(b'`', &paragraph.as_bytes()[at..]) {
        let closing = paragraph[at + found..].bytes().take_while(|byte| *byte == b'`').count();
        at += found + closing;
        if closing == run {
            return at;
        }
    }
    run
}

/// Returns the index of the longest delimiter that opens at the start of `text`.
fn opening(text: &str, delimiters: &[Delimiters]) -> Option<usize> {
    let opens = delimiters.iter().enumerate().filter(|(_, one)| text.starts_with(&one.open));
    opens.max_by_key(|(_, one)| one.open.len()).map(|(index, _)| index)
}

/// Reads a formula at the start of `text`, which ends with its paragraph: the formula and its length.
///
/// `None` if it is not closed, and `Some(None)` if there is nothing in it.
fn formula(text: &str, found: &Delimiters) -> Option<Option<(Formula, usize)>> {
    let inside = &text[found.open.len()..];
    let len = closing(inside, &found.close)?;
    let tex = &inside[..len];
    if tex.trim().is_empty() {
        return Some(None);
    }
    let whole = found.open.len() + len + found.close.len();
    let lines = tex.split('\n').enumerate().map(|(number, line)| {
        if number == 0 { line } else { line.trim_start().trim_start_matches(['>', ' ']) }
    });
    let tex = lines.collect::<Vec<_>>().join("\n");
    Some(Some((Formula { source: text[..whole].to_owned(), tex, is_block: found.is_block }, whole)))
}

/// Finds the closing delimiter, which a backslash before it hides unless it begins with one.
fn closing(text: &str, close: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr::memmem::find(text.as_bytes().get(at..)?, close.as_bytes())?;
        let slashes = text[..found].bytes().rev().take_while(|byte| *byte == b'\\').count();
        if slashes % 2 == 0 {
            return Some(found);
        }
        at = found + close.len();
    }
}

/// Returns where the paragraph ends that goes on at the start of `text`: at a blank line or the start of a block.
fn paragraph_end(text: &str) -> usize {
    let mut end = 0;
    while let Some(len) = memchr(b'\n', &text.as_bytes()[end..]) {
        let next = end + len + 1;
        let line = text[next..].lines().next().unwrap_or("").trim_start_matches([' ', '\t', '>']);
        if line.trim_end().is_empty() || line.starts_with("```") || line.starts_with("~~~") {
            return end + len;
        }
        end = next;
    }
    text.len()
}

/// Returns the length of the fenced code, if the line after the line end at the start of `text` opens one.
fn fenced(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\n').unwrap_or(text);
    let line = body.lines().next()?;
    let mark = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
    let first = mark.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let run = mark.chars().take_while(|c| *c == first).count();
    if run < 3 || first == '`' && mark[run..].contains('`') {
        return None;
    }
    let mut len = text.len() - body.len() + line.len();
    for line in text.get(len + 1..)?.split_inclusive('\n') {
        len += line.len();
        let line = line.trim_matches([' ', '\t', '>', '\n', '\r']);
        if line.len() >= run && line.chars().all(|c| c == first) {
            // The line end after the block belongs to the next line.
            return Some(len);
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn docsy() -> Vec<Delimiters> {
        let one = |open: &str, close: &str, is_block| Delimiters {
            open: open.to_owned(),
            close: close.to_owned(),
            is_block,
        };
        vec![one("\\[", "\\]", true), one("$$", "$$", true), one("\\(", "\\)", false), one("$", "$", false)]
    }

    /// Returns the text with each hole as `@` and the formulas.
    fn taken(source: &str) -> (String, Vec<String>) {
        let (text, formulas) = take_out(source, &docsy()).unwrap_or((source.to_owned(), Vec::new()));
        let mut marked = text;
        for number in 0..formulas.len() {
            marked = marked.replace(&format!("{FORMULA}{number}{CLOSE}"), "@");
        }
        (marked, formulas.into_iter().map(|one| one.tex).collect())
    }

    #[test]
    fn formulas_are_found_outside_of_code() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("a $$x_1 *b* c$$ d", "a @ d", &["x_1 *b* c"]),
            ("$$\nx\n= y\n$$", "@", &["\nx\n= y\n"]),
            ("\\[a\\] \\(b\\) $c$", "@ @ @", &["a", "b", "c"]),
            ("`$$` and $$x$$", "`$$` and @", &["x"]),
            ("$$a `$$` b", "@` b", &["a `"]),
            ("\\$$a$ \\\\(b\\)", "\\$@ \\\\(b\\)", &["a"]),
            ("$$a\n\nb$$", "$$a\n\nb$$", &[]),
            ("$$$$ x", "$$$$ x", &[]),
            ("> $$\n> a\n> $$", "> @", &["\na\n"]),
            ("```\n$a$\n```\n$b$", "```\n$a$\n```\n@", &["b"]),
            ("x\n~~~~ py\n$a$\n~~~\n~~~~\n$b$", "x\n~~~~ py\n$a$\n~~~\n~~~~\n@", &["b"]),
            ("- ```\n  $a$\n  ```\n- $b$", "- ```\n  $a$\n  ```\n- @", &["b"]),
            ("```\n$a$", "```\n$a$", &[]),
            ("$a\\$b$ $5", "@ $5", &["a\\$b"]),
            ("plain", "plain", &[]),
        ];
        for (source, text, formulas) in cases {
            let (found, tex) = taken(source);
            assert_eq!(
                (found.as_str(), tex.as_slice()),
                (*text, formulas.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>().as_slice()),
                "{source}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_formula_can_be_put_back(source in "[a$\\\\()\\[\\]`~> \n-]{0,40}") {
            if let Some((mut text, formulas)) = take_out(&source, &docsy()) {
                for (number, formula) in formulas.iter().enumerate() {
                    text = text.replace(&format!("{FORMULA}{number}{CLOSE}"), &formula.source);
                }
                prop_assert_eq!(text, source);
            }
        }
    }
}
