//! Makes the tree of a Go template from its pieces (Go's `text/template/parse`, parse.go).
//!
//! Stops at the first mistake, as Go does; what functions there are it does not know.

use super::lexer::{Action, Mistake, Piece, Token, TokenKind, Trim, pieces};
use super::tree::{Base, Branch, BranchKind, Command, Jump, Node, Operand, Otherwise, Pipeline, Tag};

/// Most branches and parentheses within each other; our template language has room for forty.
const DEPTH_MAX: usize = 60;

/// Reads a template.
///
/// # Errors
/// The first place that is no Go template.
pub(super) fn parse(template: &str) -> Result<Vec<Node<'_>>, Mistake> {
    let (pieces, mistake) = pieces(template);
    if let Some(mistake) = mistake {
        return Err(mistake);
    }
    let mut parser = Parser { template, pieces: pieces.into_iter(), depth: 0, loops: 0 };
    let (nodes, stop) = parser.nodes()?;
    match stop {
        Stop::Text => Ok(nodes),
        Stop::Else(tag, _) => Err(Mistake::new("this `else` belongs to nothing", tag.offset)),
        Stop::End(tag) => Err(Mistake::new("this `end` belongs to nothing", tag.offset)),
    }
}

struct Parser<'a> {
    template: &'a str,
    pieces: std::vec::IntoIter<Piece<'a>>,
    depth: usize,
    loops: usize,
}

/// Why a run of nodes ends.
enum Stop<'a> {
    /// The template does.
    Text,
    /// `else`, with the tokens after it.
    Else(Tag<'a>, Vec<Token<'a>>),
    /// `end`
    End(Tag<'a>),
}

impl<'a> Parser<'a> {
    fn nodes(&mut self) -> Result<(Vec<Node<'a>>, Stop<'a>), Mistake> {
        let mut nodes = Vec::new();
        while let Some(piece) = self.pieces.next() {
            let action = match piece {
                Piece::Text(text) => {
                    nodes.push(Node::Text(text));
                    continue;
                }
                Piece::Comment(text, trim) => {
                    nodes.push(Node::Comment(text, trim));
                    continue;
                }
                Piece::Action(action) => action,
            };
            let Action { trim, offset, source, tokens } = action;
            let tag = Tag { trim, offset, source };
            let keyword = match tokens.first().map(|token| &token.kind) {
                Some(TokenKind::Word(word)) => *word,
                Some(_) => "",
                None => return Err(Mistake::new("this action is empty", offset)),
            };
            let rest = tokens.get(1..).unwrap_or_default();
            match keyword {
                "end" => return Ok((nodes, Stop::End(tag))),
                "else" => return Ok((nodes, Stop::Else(tag, rest.to_vec()))),
                _ => nodes.push(self.action(tag, keyword, &tokens, rest)?),
            }
        }
        Ok((nodes, Stop::Text))
    }

    fn action(
        &mut self,
        tag: Tag<'a>,
        keyword: &str,
        tokens: &[Token<'a>],
        rest: &[Token<'a>],
    ) -> Result<Node<'a>, Mistake> {
        match keyword {
            "if" => self.branch(BranchKind::If, tag, rest).map(Node::Branch),
            "with" => self.branch(BranchKind::With, tag, rest).map(Node::Branch),
            "range" => self.branch(BranchKind::Range, tag, rest).map(Node::Branch),
            "define" => self.foreign(tag, "define"),
            "block" => self.foreign(tag, "block"),
            "template" => Ok(Node::Foreign(tag, "template")),
            "break" | "continue" if rest.is_empty() && self.loops == 0 => {
                Err(Mistake::new(format!("this `{keyword}` is in no `range`"), tag.offset))
            }
            "break" if rest.is_empty() => Ok(Node::Jump(tag, Jump::Break)),
            "continue" if rest.is_empty() => Ok(Node::Jump(tag, Jump::Continue)),
            _ => self.pipeline(tokens, tag.offset, false).map(|pipeline| Node::Print(tag, pipeline)),
        }
    }

    /// Skips what `define` and `block` hold: it must be well formed, but is not translated.
    fn foreign(&mut self, tag: Tag<'a>, keyword: &'static str) -> Result<Node<'a>, Mistake> {
        self.deeper(tag.offset)?;
        let (_, stop) = self.nodes()?;
        self.depth -= 1;
        match stop {
            Stop::End(_) => Ok(Node::Foreign(tag, keyword)),
            _ => Err(Mistake::new(format!("this `{keyword}` has no `end`"), tag.offset)),
        }
    }

    fn branch(
        &mut self,
        kind: BranchKind,
        tag: Tag<'a>,
        tokens: &[Token<'a>],
    ) -> Result<Branch<'a>, Mistake> {
        self.deeper(tag.offset)?;
        let pipeline = self.pipeline(tokens, tag.offset, kind == BranchKind::Range)?;
        let unended = |tag: &Tag<'_>| Mistake::new("this branch has no `end`", tag.offset);
        let loops = usize::from(kind == BranchKind::Range);
        self.loops += loops;
        let (body, stop) = self.nodes()?;
        self.loops -= loops;
        let (otherwise, end) = match stop {
            Stop::Text => return Err(unended(&tag)),
            Stop::End(end) => (Otherwise::End, end.trim),
            Stop::Else(place, rest) if rest.is_empty() => match self.nodes()? {
                (body, Stop::End(end)) => (Otherwise::Else(place.trim, body), end.trim),
                (_, Stop::Else(second, _)) => {
                    return Err(Mistake::new("this is a second `else`", second.offset));
                }
                (_, Stop::Text) => return Err(unended(&tag)),
            },
            Stop::Else(place, rest) => {
                match (kind, rest.first().map(|token| &token.kind)) {
                    (BranchKind::If, Some(TokenKind::Word("if"))) => {}
                    (BranchKind::With, Some(TokenKind::Word("with"))) => {}
                    _ => return Err(Mistake::new("this does not belong after `else`", place.offset)),
                }
                let branch = self.branch(kind, place, rest.get(1..).unwrap_or_default())?;
                let end: Trim = branch.end;
                (Otherwise::Chain(Box::new(branch)), end)
            }
        };
        self.depth -= 1;
        Ok(Branch { kind, tag, pipeline, body, otherwise, end })
    }

    fn deeper(&mut self, offset: usize) -> Result<(), Mistake> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(Mistake::new("this is nested too deeply", offset));
        }
        Ok(())
    }

    /// Reads `$a, $b := command | command`; two variables are for `range` only.
    fn pipeline(
        &mut self,
        tokens: &[Token<'a>],
        offset: usize,
        is_range: bool,
    ) -> Result<Pipeline<'a>, Mistake> {
        use TokenKind::{Assign, Comma, Declare, Variable};
        let kinds: Vec<&TokenKind<'a>> = tokens.iter().take(4).map(|token| &token.kind).collect();
        let (variables, is_declaration, from) = match kinds.as_slice() {
            [Variable(one), Declare, ..] => (vec![*one], true, 2),
            [Variable(one), Assign, ..] => (vec![*one], false, 2),
            [Variable(one), Comma, Variable(two), Declare] if is_range => (vec![*one, *two], true, 4),
            [Variable(one), Comma, Variable(two), Assign] if is_range => (vec![*one, *two], false, 4),
            _ => (Vec::new(), false, 0),
        };
        let mut cursor = Cursor { tokens: tokens.get(from..).unwrap_or_default(), at: 0, offset };
        let commands = self.commands(&mut cursor)?;
        match cursor.peek() {
            None => Ok(Pipeline { variables, is_declaration, commands }),
            Some(token) => Err(Mistake::new("this does not belong here", token.offset)),
        }
    }

    fn commands(&mut self, cursor: &mut Cursor<'_, 'a>) -> Result<Vec<Command<'a>>, Mistake> {
        let mut commands = Vec::new();
        loop {
            let first =
                self.operand(cursor)?.ok_or_else(|| Mistake::new("a value is missing", cursor.place()))?;
            let mut arguments = Vec::new();
            while let Some(argument) = self.operand(cursor)? {
                arguments.push(argument);
            }
            commands.push(Command { first, arguments });
            if !cursor.eat(&TokenKind::Pipe) {
                return Ok(commands);
            }
        }
    }

    /// Reads a value with its fields; none where a pipe, a parenthesis or the end comes.
    fn operand(&mut self, cursor: &mut Cursor<'_, 'a>) -> Result<Option<Operand<'a>>, Mistake> {
        let Some(token) = cursor.peek() else {
            return Ok(None);
        };
        let start = token.offset;
        let mut fields = Vec::new();
        let base = match &token.kind {
            TokenKind::Pipe | TokenKind::Close => return Ok(None),
            TokenKind::Open => {
                cursor.at += 1;
                self.deeper(start)?;
                let commands = self.commands(cursor)?;
                self.depth -= 1;
                if cursor.peek().is_none_or(|token| token.kind != TokenKind::Close) {
                    return Err(Mistake::new("this parenthesis is not closed", start));
                }
                Base::Group(Box::new(Pipeline { variables: Vec::new(), is_declaration: false, commands }))
            }
            TokenKind::Dot => Base::Dot,
            TokenKind::Field(name) => {
                fields.push(*name);
                Base::Dot
            }
            TokenKind::Variable(name) => Base::Variable(name),
            TokenKind::Word("true") => Base::Boolean(true),
            TokenKind::Word("false") => Base::Boolean(false),
            TokenKind::Word("nil") => Base::Nil,
            TokenKind::Word(name) => Base::Function(name),
            TokenKind::Number(number) => Base::Number(number.clone()),
            TokenKind::Text(text) => Base::Text(text.clone()),
            TokenKind::Declare | TokenKind::Assign | TokenKind::Comma => {
                return Err(Mistake::new("this does not belong here", start));
            }
        };
        let mut end = cursor.peek().map_or(start, |token| token.end);
        cursor.at += 1;
        while let Some(Token { kind: TokenKind::Field(name), spaced: false, end: after, .. }) = cursor.peek()
        {
            fields.push(name);
            end = *after;
            cursor.at += 1;
        }
        Ok(Some(Operand { base, fields, source: self.template.get(start..end).unwrap_or_default() }))
    }
}

/// A place among the tokens of an action.
struct Cursor<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
    offset: usize,
}

impl<'t, 'a> Cursor<'t, 'a> {
    fn peek(&self) -> Option<&'t Token<'a>> {
        self.tokens.get(self.at)
    }

    fn eat(&mut self, kind: &TokenKind<'_>) -> bool {
        let is_here = self.peek().is_some_and(|token| token.kind == *kind);
        self.at += usize::from(is_here);
        is_here
    }

    fn place(&self) -> usize {
        self.peek().map_or(self.offset, |token| token.offset)
    }
}
