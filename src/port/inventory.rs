//! Lists what a Go template asks for, for reports on a whole site. Reads words only, so broken templates are listed too.

use std::collections::BTreeSet;

use super::lexer::{Piece, Token, TokenKind, pieces};

/// Words of Go's template language itself.
const KEYWORDS: &[&str] = &[
    "block", "break", "continue", "define", "else", "end", "false", "if", "nil", "range", "template", "true",
    "with",
];

/// Returns the functions and fields that a template uses: `markdownify`, `strings.ToUpper`, `site.Params.x`, `.Get`,
/// `.Page.Title`. What is asked of a variable is listed without its name, as what is asked of the dot.
pub fn inventory(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in pieces(text).0 {
        let Piece::Action(action) = piece else {
            continue;
        };
        let mut tokens = action.tokens.as_slice();
        while let Some((first, rest)) = tokens.split_first() {
            let fields = |token: &&Token<'_>| matches!(token.kind, TokenKind::Field(_)) && !token.spaced;
            let count = rest.iter().take_while(fields).count();
            let mut name = match &first.kind {
                TokenKind::Word(word) if !KEYWORDS.contains(word) => (*word).to_owned(),
                TokenKind::Field(field) => format!(".{field}"),
                _ => String::new(),
            };
            for token in rest.iter().take(count) {
                if let TokenKind::Field(field) = token.kind {
                    name.push('.');
                    name.push_str(field);
                }
            }
            if !name.is_empty() {
                found.insert(name);
            }
            tokens = rest.get(count..).unwrap_or_default();
        }
    }
    found
}

/// Says whether a template uses the text between the tags.
pub(super) fn uses_inner(text: &str) -> bool {
    inventory(text).iter().any(|name| name.split('.').any(|part| part == "Inner" || part == "InnerDeindent"))
}
