//! Cuts a Go template into pieces of text and actions, and an action into tokens (Go's `text/template/parse`, lex.go).
//!
//! Knows nothing of what the tokens mean together; that is `parser`'s business. Any text can be cut: what Go would refuse
//! is a [`Mistake`] with its place.

/// What stands at a place where Go expects something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// What is wrong.
    pub(super) message: String,
    /// Byte of the template.
    pub(super) offset: usize,
}

impl Mistake {
    /// Notes what is wrong at a byte of the template.
    pub(super) fn new(message: impl Into<String>, offset: usize) -> Self {
        Self { message: message.into(), offset }
    }
}

/// Which white space beside an action goes away: `{{-` and `-}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Trim {
    /// That before it.
    pub(super) left: bool,
    /// That after it.
    pub(super) right: bool,
}

/// One part of a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece<'a> {
    /// Text as it is written, white space included.
    Text(&'a str),
    /// `{{/* … */}}` without its marks.
    Comment(&'a str, Trim),
    /// Everything else between braces.
    Action(Action<'a>),
}

/// What stands between `{{` and `}}`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Action<'a> {
    /// Its white space.
    pub(super) trim: Trim,
    /// Byte of the template where its braces begin.
    pub(super) offset: usize,
    /// What is written between the braces.
    pub(super) source: &'a str,
    /// The tokens of it.
    pub(super) tokens: Vec<Token<'a>>,
}

/// One token with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'a> {
    /// What it is.
    pub(super) kind: TokenKind<'a>,
    /// Byte of the template.
    pub(super) offset: usize,
    /// Byte after it.
    pub(super) end: usize,
    /// Whether white space stands before it: `.a.b` is one chain, `.a .b` are two words.
    pub(super) spaced: bool,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind<'a> {
    /// A name or keyword: `if`, `printf`, `true`.
    Word(&'a str),
    /// `.` alone.
    Dot,
    /// `.Title`, without the dot.
    Field(&'a str),
    /// `$x`, without the sign; `$` alone is empty.
    Variable(&'a str),
    /// A number as it is written; also a character such as `'a'`, as its number.
    Number(String),
    /// A text, unquoted.
    Text(String),
    /// `|`
    Pipe,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `:=`
    Declare,
    /// `=`
    Assign,
    /// `,`
    Comma,
}

/// Go's white space; Unicode's other spaces are letters to it.
pub(super) const SPACES: [char; 4] = [' ', '\t', '\r', '\n'];

/// Cuts a template into its pieces; at a mistake, gives those before it as well.
pub(super) fn pieces(template: &str) -> (Vec<Piece<'_>>, Option<Mistake>) {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = template.get(at..).and_then(|rest| rest.find("{{")).map(|found| at + found) {
        if start > at {
            found.extend(template.get(at..start).map(Piece::Text));
        }
        match action(template, start) {
            Ok((piece, end)) => {
                found.push(piece);
                at = end;
            }
            Err(mistake) => return (found, Some(mistake)),
        }
    }
    found.extend(template.get(at..).filter(|rest| !rest.is_empty()).map(Piece::Text));
    (found, None)
}

/// Reads the action that begins at `start`; returns it with the byte after its braces.
fn action(template: &str, start: usize) -> Result<(Piece<'_>, usize), Mistake> {
    let rest = |at: usize| template.get(at..).unwrap_or_default();
    let mut at = start + 2;
    // A dash trims only with white space after it: `{{-3}}` is a number.
    let left = rest(at).strip_prefix('-').is_some_and(|rest| rest.starts_with(SPACES));
    if left {
        at += 2;
    }
    if rest(at).trim_start_matches(SPACES).starts_with("/*") {
        return comment(template, start, at, left);
    }
    let from = at;
    let mut tokens = Vec::new();
    loop {
        let spaces = rest(at).len() - rest(at).trim_start_matches(SPACES).len();
        let here = rest(at + spaces);
        let is_dashed = spaces > 0 && here.starts_with("-}}");
        if is_dashed || here.starts_with("}}") {
            let trim = Trim { left, right: is_dashed };
            let source = template.get(from..at).unwrap_or_default().trim_matches(SPACES);
            let end = at + spaces + if is_dashed { 3 } else { 2 };
            return Ok((Piece::Action(Action { trim, offset: start, source, tokens }), end));
        }
        at += spaces;
        if here.is_empty() {
            return Err(Mistake::new("this action is not closed with `}}`", start));
        }
        let (kind, length) = token(here).map_err(|message| Mistake::new(message, at))?;
        tokens.push(Token { kind, offset: at, end: at + length, spaced: spaces > 0 });
        at += length;
    }
}

fn comment(template: &str, start: usize, from: usize, left: bool) -> Result<(Piece<'_>, usize), Mistake> {
    let unclosed = || Mistake::new("this comment is not closed with `*/}}`", start);
    let rest = template.get(from..).unwrap_or_default();
    let open = rest.find("/*").ok_or_else(unclosed)? + 2;
    let close = rest.get(open..).and_then(|rest| rest.find("*/")).ok_or_else(unclosed)? + open;
    let after = rest.get(close + 2..).unwrap_or_default();
    let spaces = after.len() - after.trim_start_matches(SPACES).len();
    let after = after.trim_start_matches(SPACES);
    let is_dashed = spaces > 0 && after.starts_with("-}}");
    if !is_dashed && !after.starts_with("}}") {
        return Err(unclosed());
    }
    let end = from + close + 2 + spaces + if is_dashed { 3 } else { 2 };
    let text = rest.get(open..close).unwrap_or_default();
    Ok((Piece::Comment(text, Trim { left, right: is_dashed }), end))
}

/// Reads the token that a text begins with; returns it with its length in bytes.
fn token(text: &str) -> Result<(TokenKind<'_>, usize), String> {
    let first = text.chars().next().unwrap_or_default();
    let word = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    };
    Ok(match first {
        '|' => (TokenKind::Pipe, 1),
        '(' => (TokenKind::Open, 1),
        ')' => (TokenKind::Close, 1),
        ',' => (TokenKind::Comma, 1),
        '=' => (TokenKind::Assign, 1),
        ':' if text.starts_with(":=") => (TokenKind::Declare, 2),
        '$' => (TokenKind::Variable(word(1)), 1 + word(1).len()),
        '.' if text.get(1..2).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit())) => {
            number(text)?
        }
        '.' if word(1).is_empty() => (TokenKind::Dot, 1),
        '.' => (TokenKind::Field(word(1)), 1 + word(1).len()),
        '"' | '\'' => quoted(text, first)?,
        '`' => {
            let end = text
                .get(1..)
                .and_then(|rest| rest.find('`'))
                .ok_or("this text is not closed with a backtick")?;
            (TokenKind::Text(text.get(1..=end).unwrap_or_default().replace('\r', "")), end + 2)
        }
        '+' | '-' | '0'..='9' => number(text)?,
        _ if first.is_alphabetic() || first == '_' => (TokenKind::Word(word(0)), word(0).len()),
        other => return Err(format!("`{other}` means nothing here")),
    })
}

/// Reads a number in Go's forms that shortcodes use: decimal, hexadecimal, with point or exponent.
fn number(text: &str) -> Result<(TokenKind<'_>, usize), String> {
    let is_exponent = |before: &str| before.ends_with(['e', 'E']) && !before.contains(['x', 'X']);
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let before = text.get(..at).unwrap_or_default();
        let is_sign = matches!(c, '+' | '-') && (at == 0 || is_exponent(before));
        if !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_') || is_sign) {
            break;
        }
        end = at + c.len_utf8();
    }
    let written = text.get(..end).unwrap_or_default();
    let plain = written.replace('_', "");
    let unsigned = plain.trim_start_matches(['+', '-']).to_lowercase();
    let sign = if plain.starts_with('-') { "-" } else { "" };
    let value = match unsigned.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok().map(|number| format!("{sign}{number}")),
        None if unsigned.chars().all(|c| c.is_ascii_digit()) => {
            unsigned.parse::<i64>().ok().map(|number| format!("{sign}{number}"))
        }
        None => unsigned.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| {
            let text = number.to_string();
            if text.contains('.') { format!("{sign}{text}") } else { format!("{sign}{text}.0") }
        }),
    };
    value.map(|value| (TokenKind::Number(value), end)).ok_or_else(|| format!("`{written}` is no number"))
}

/// Reads a text or character in quotes, with Go's escapes.
fn quoted(text: &str, quote: char) -> Result<(TokenKind<'_>, usize), String> {
    let mut value = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\n' => break,
            '\\' => match chars.next() {
                Some((_, 'n')) => value.push('\n'),
                Some((_, 't')) => value.push('\t'),
                Some((_, 'r')) => value.push('\r'),
                Some((_, letter @ ('x' | 'u' | 'U'))) => {
                    let count = match letter {
                        'x' => 2,
                        'u' => 4,
                        _ => 8,
                    };
                    let digits: String = chars.by_ref().take(count).map(|(_, digit)| digit).collect();
                    let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                    value.push(code.ok_or_else(|| format!("`\\{letter}{digits}` is no character"))?);
                }
                Some((_, other)) => value.push(other),
                None => break,
            },
            _ if c == quote && quote == '"' => return Ok((TokenKind::Text(value), at + 1)),
            _ if c == quote => {
                let mut inside = value.chars();
                return match (inside.next(), inside.next()) {
                    (Some(only), None) => Ok((TokenKind::Number(u32::from(only).to_string()), at + 1)),
                    _ => Err("single quotes are for one character; texts have double ones".to_owned()),
                };
            }
            _ => value.push(c),
        }
    }
    Err("this text is not closed with a quote".to_owned())
}
