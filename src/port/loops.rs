//! `range`: what is looped over, with which names.

use super::code::{Bond, Code, Kind};
use super::expression;
use super::lexer::Trim;
use super::lost::Lost;
use super::translate::Writer;
use super::tree::Branch;

impl<'a> Writer<'a> {
    /// Translates `range` with all that belongs to it.
    pub(super) fn range(&mut self, branch: &Branch<'a>) {
        let tag = &branch.tag;
        let pipeline = &branch.pipeline;
        let result = self.evaluate(tag, pipeline).and_then(expression::value).and_then(|code| {
            if pipeline.variables.is_empty() || pipeline.is_declaration {
                Ok(code)
            } else {
                Err(Lost::new("`range` into variables that are there already"))
            }
        });
        self.scope.loops += 1;
        match result {
            Ok(code) => self.each(branch, &code),
            Err(lost) => {
                let item = self.scope.fresh("item");
                self.tag(Trim { right: false, ..tag.trim }, &format!("for {item} in []"));
                self.comment(Trim { left: false, ..tag.trim }, &format!("not translated: {}", tag.source));
                self.tell(tag, lost);
                for name in &pipeline.variables {
                    self.lose_variable(name, true);
                }
                self.scope.push_dot(None);
            }
        }
        self.block(&branch.body);
        self.scope.pop_dot();
        self.scope.loops -= 1;
        let _ = self.otherwise(&branch.otherwise);
        self.tag(branch.end, "endfor");
    }

    /// Opens a loop over a value, with its variables and its dot.
    fn each(&mut self, branch: &Branch<'a>, code: &Code) {
        let tag = &branch.tag;
        let (key, value) = match branch.pipeline.variables.as_slice() {
            [] => (None, None),
            [value] => (None, Some(*value)),
            [key, value, ..] => (Some(*key).filter(|key| *key != "_"), Some(*value)),
        };
        let is_map = code.kind == Kind::Map
            || code.kind == Kind::Arguments && key.is_some()
            || matches!(code.text.as_str(), "page.params" | "site.params");
        let over = match code.kind {
            Kind::Arguments if is_map => Code::path("named", Kind::Map),
            Kind::Arguments => Code::path("args", Kind::List),
            Kind::Integer => Code::new(format!("range(end={})", code.text), Bond::Whole, Kind::List),
            _ if code.optional => {
                Code::new(format!("{} or []", code.at_least(Bond::Or)), Bond::Or, code.kind)
            }
            _ => code.clone(),
        };
        let kind = match code.kind {
            Kind::Params => Kind::Params,
            Kind::Integer => Kind::Integer,
            Kind::Texts => Kind::Text,
            _ if over.text.starts_with("range(") => Kind::Integer,
            _ => Kind::Any,
        };
        let item = self.scope.fresh(value.unwrap_or("item"));
        let element = Code::path(item.clone(), kind);
        if let Some(name) = value {
            self.scope.declare(name, Some(element.clone()));
        }
        if is_map {
            let own = self.scope.fresh(key.unwrap_or("key"));
            self.tag(tag.trim, &format!("for {own}, {item} in {}", over.text));
            if let Some(name) = key {
                self.scope.declare(name, Some(Code::path(own, Kind::Text)));
            }
        } else if let Some(name) = key {
            let own = self.scope.fresh(name);
            self.tag(Trim { right: false, ..tag.trim }, &format!("for {item} in {}", over.text));
            self.tag(Trim { left: false, ..tag.trim }, &format!("set {own} = loop.index0"));
            self.scope.declare(name, Some(Code::path(own, Kind::Integer)));
        } else {
            self.tag(tag.trim, &format!("for {item} in {}", over.text));
        }
        self.scope.push_dot(Some(element));
    }
}
