//! Turns a Markdown body into blocks: headings, items, quotes, table rows, paragraphs, each with its first line.
//!
//! A reading for evidence, not for display: code, comments and HTML blocks are left out, nesting is an indent, and
//! nothing is resolved. Line breaks inside a block are kept, so a line number can be counted from an offset.

/// One block of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: Kind,
    /// The line of the file it begins on, from 1.
    pub(super) line: usize,
    /// Its Markdown without markers; lines are parted by `\n`.
    pub(super) text: String,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading and its level, 1 to 6.
    Heading(usize),
    /// A list item and the column of its marker.
    Item(usize),
    /// A quotation.
    Quote,
    /// A row of a table.
    Row,
    /// Any other text.
    Paragraph,
}

impl Block {
    /// Returns the line that `offset` of the text lies on.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.line + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    /// Tells whether the block is a heading of `level` or above.
    pub(super) fn closes(&self, level: usize) -> bool {
        matches!(self.kind, Kind::Heading(own) if own <= level)
    }
}

/// The longest block that is read to its end, in bytes: what is longer is no list of facts, and takes time.
const LONGEST_BLOCK: usize = 10_000;

/// What the reader is inside of, that hides its lines.
enum Hidden {
    Fence(char, usize),
    Comment,
    Html,
}

/// Reads the blocks of a body that begins on `first_line` of its file.
pub(super) fn read(body: &str, first_line: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut hidden = None;
    let mut open = false;
    for (index, line) in body.lines().enumerate() {
        let line = cut(line.trim_end(), LONGEST_BLOCK);
        if let Some(still) = step_hidden(line, hidden.take(), open) {
            hidden = still;
            open = false;
            continue;
        }
        open = add_line(&mut blocks, line, first_line + index, open);
    }
    blocks
}

/// Returns the first bytes of a text, up to a whole character.
pub(super) fn cut(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or("")
}

/// Tells whether a line is hidden (`Some`), and what hides the next one.
fn step_hidden(line: &str, hidden: Option<Hidden>, open: bool) -> Option<Option<Hidden>> {
    let text = line.trim_start();
    match hidden {
        Some(Hidden::Fence(mark, length)) => {
            let closes = text.len() >= length && text.chars().all(|c| c == mark);
            Some((!closes).then_some(Hidden::Fence(mark, length)))
        }
        Some(Hidden::Comment) => Some((!text.contains("-->")).then_some(Hidden::Comment)),
        Some(Hidden::Html) => Some((!text.is_empty()).then_some(Hidden::Html)),
        None => {
            if let Some(fence) = fence(text) {
                return Some(Some(fence));
            }
            if text.starts_with("<!--") {
                return Some((!text.contains("-->")).then_some(Hidden::Comment));
            }
            (!open && is_html(text)).then_some(Some(Hidden::Html))
        }
    }
}

fn fence(text: &str) -> Option<Hidden> {
    let mark = text.chars().next().filter(|c| *c == '`' || *c == '~')?;
    let length = text.chars().take_while(|c| *c == mark).count();
    let rest = text.get(length..).unwrap_or("");
    (length >= 3 && !rest.contains(mark)).then_some(Hidden::Fence(mark, length))
}

/// Tells whether a line begins an HTML block; `<https://…>` is a link.
fn is_html(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else { return false };
    let name = rest.trim_start_matches('/');
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !name.starts_with("http")
        && !name.starts_with("mailto")
}

/// Adds a visible line; returns whether the last block may go on.
fn add_line(blocks: &mut Vec<Block>, line: &str, number: usize, open: bool) -> bool {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if text.is_empty() {
        return false;
    }
    if let Some(level) = underline(text)
        && open
        && let Some(last) = blocks.last_mut()
        && last.kind == Kind::Paragraph
    {
        last.kind = Kind::Heading(level);
        return false;
    }
    let (kind, text) = classify(text, indent);
    match kind {
        Kind::Heading(_) | Kind::Row => {
            blocks.push(Block { kind, line: number, text });
            false
        }
        Kind::Item(_) => {
            blocks.push(Block { kind, line: number, text });
            true
        }
        Kind::Quote | Kind::Paragraph => {
            match blocks.last_mut() {
                Some(last) if open && (kind == Kind::Paragraph || last.kind == kind) => {
                    if last.text.len() + text.len() > LONGEST_BLOCK {
                        return true;
                    }
                    last.text.push('\n');
                    last.text.push_str(&text);
                }
                _ => blocks.push(Block { kind, line: number, text }),
            }
            true
        }
    }
}

/// Returns the level of the heading that a line of `===` or `---` makes of the paragraph above it.
fn underline(text: &str) -> Option<usize> {
    let mark = text.chars().next()?;
    let level = match mark {
        '=' => 1,
        '-' => 2,
        _ => return None,
    };
    (text.len() >= 3 && text.chars().all(|c| c == mark)).then_some(level)
}

fn classify(text: &str, indent: usize) -> (Kind, String) {
    let level = text.chars().take_while(|c| *c == '#').count();
    if (1..=6).contains(&level)
        && let Some(rest) = text.get(level..)
        && rest.starts_with([' ', '\t'])
    {
        return (Kind::Heading(level), heading_text(rest));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return (Kind::Quote, rest.trim().trim_end_matches('\\').to_owned());
    }
    if let Some(rest) = item_text(text) {
        return (Kind::Item(indent), rest.to_owned());
    }
    if text.starts_with('|') {
        return (Kind::Row, text.to_owned());
    }
    (Kind::Paragraph, text.to_owned())
}

/// Drops the closing marks and the attributes of a heading.
fn heading_text(text: &str) -> String {
    let mut text = text.trim();
    if text.ends_with('}')
        && let Some(open) = text.rfind("{#")
    {
        text = text.get(..open).unwrap_or(text).trim_end();
    }
    text.trim_end_matches('#').trim().to_owned()
}

fn item_text(text: &str) -> Option<&str> {
    let marked = text.strip_prefix(['-', '*', '+']).or_else(|| {
        let digits = text.chars().take_while(char::is_ascii_digit).count();
        let rest = text.get(digits..).filter(|_| (1..=3).contains(&digits))?;
        rest.strip_prefix(['.', ')'])
    })?;
    let is_rule = text.chars().all(|c| c == '-' || c == '*' || c == ' ');
    (marked.starts_with([' ', '\t']) && !is_rule).then(|| marked.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_parted_into_blocks_with_their_lines() {
        let body = "# One {#one}\n\ntwo\nthree\n\n- four\n  five\n  - six\n\n> seven\n> eight\n\nNine\n----\n| a | b |\n";
        let found: Vec<_> = read(body, 10).into_iter().map(|b| (b.kind, b.line, b.text)).collect();
        let expected = [
            (Kind::Heading(1), 10, "One"),
            (Kind::Paragraph, 12, "two\nthree"),
            (Kind::Item(0), 15, "four\nfive"),
            (Kind::Item(2), 17, "six"),
            (Kind::Quote, 19, "seven\neight"),
            (Kind::Heading(2), 22, "Nine"),
            (Kind::Row, 24, "| a | b |"),
        ];
        assert_eq!(found, expected.map(|(kind, line, text)| (kind, line, text.to_owned())));
    }

    #[test]
    fn code_comments_and_html_blocks_are_left_out() {
        let body = "```md\n# no\n```\n<!-- no\nno -->\n<blockquote>no\nno</blockquote>\n\nyes\n~~~~\nno\n~~~\nno\n~~~~\n<https://example.org>\n";
        let found: Vec<_> = read(body, 1).into_iter().map(|b| (b.line, b.text)).collect();
        assert_eq!(found, [(9, "yes".to_owned()), (15, "<https://example.org>".to_owned())]);
    }

    #[test]
    fn a_line_is_counted_from_an_offset() {
        let block = Block { kind: Kind::Paragraph, line: 7, text: "a\nb\nc".to_owned() };
        assert_eq!([block.line_at(0), block.line_at(2), block.line_at(4)], [7, 8, 9]);
    }
}
