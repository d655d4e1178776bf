//! Writes what may stand in a text besides Markdown: emoji, formulas, marks beyond emphasis, boxes of tasks that
//! the parser does not see, ids of terms.
//!
//! Each is switched on by the options or is rare; `text` comes here only at a byte that may begin one.

use std::ops::Range;

use super::placeholder::{self, FORMULA};
use super::text::Run;
use super::writer::Writer;
use super::{emoji, escape, math, plain};
use crate::text::decode_entities;

/// Most formulas of a text whose mistakes are told.
const MAX_PROBLEMS: usize = 100;

impl<'a> Writer<'a> {
    /// Writes what `byte` at the run's place begins, if it begins something.
    pub(super) fn special(&mut self, run: &mut Run, byte: u8) -> bool {
        match byte {
            b':' => self.emoji(run),
            b'\\' => self.escaped_space(run),
            _ => self.extra(run),
        }
    }

    fn emoji(&mut self, run: &mut Run) -> bool {
        let Some((shown, name)) = emoji::find(self.line(run)) else { return false };
        let end = run.at + name.len() + 2;
        if self.absorb(run, end) < end {
            return false;
        }
        self.flush(run, run.at);
        self.out.push_str(shown);
        self.push_id_text(name);
        run.at = end;
        run.written = end;
        true
    }

    fn escaped_space(&mut self, run: &mut Run) -> bool {
        if !self.source.get(run.at..run.end).is_some_and(|text| text.starts_with("\\ ")) {
            return false;
        }
        self.flush(run, run.at);
        run.at += 2;
        run.written = run.at;
        true
    }

    /// Writes the tag of a mark that `extras` found at the run's place.
    fn extra(&mut self, run: &mut Run) -> bool {
        let Ok(found) = self.extras.binary_search_by_key(&run.at, |extra| extra.at) else { return false };
        let extra = self.extras[found];
        let end = run.at + extra.len;
        if self.absorb(run, end) < end {
            return false;
        }
        self.flush(run, run.at);
        run.at = end;
        run.written = end;
        if !self.text.images.is_empty() {
            return true;
        }
        if extra.opens {
            self.text.open_extras.push(extra.tag);
            self.out.extend(["<", extra.tag, ">"]);
            if let Some(heading) = &mut self.heading {
                heading.id_text.open();
            }
        } else if self.text.open_extras.contains(&extra.tag) {
            while self.text.open_extras.last().is_some_and(|last| *last != extra.tag) {
                self.end_extra();
            }
            self.end_extra();
        }
        true
    }

    fn end_extra(&mut self) {
        let Some(tag) = self.text.open_extras.pop() else { return };
        self.out.extend(["</", tag, ">"]);
        if let Some(heading) = &mut self.heading {
            heading.id_text.close();
        }
    }

    /// Closes the marks that are still open at the end of a block.
    pub(super) fn end_extras(&mut self) {
        while !self.text.open_extras.is_empty() {
            self.end_extra();
        }
    }

    /// Writes the formula whose hole is at `at`, one byte before the run's place.
    pub(super) fn formula(&mut self, run: &mut Run, at: usize) {
        let hole = self.source.get(at..).filter(|text| text.starts_with(FORMULA));
        let Some((index, len)) = hole.and_then(placeholder::parse_formula) else { return };
        let Some(formula) = self.formulas.get(index) else { return };
        self.flush(run, at);
        run.at = at + len;
        run.written = run.at;
        if self.text.images.is_empty() {
            self.end_id_piece();
            self.push_formula(&formula.tex, &formula.source, formula.is_block, at);
        } else {
            escape::push_text(&mut self.out, formula.tex.trim());
        }
    }

    /// Appends a formula, or its source if it cannot be read.
    pub(super) fn push_formula(&mut self, tex: &str, source: &str, is_block: bool, offset: usize) {
        match math::mathml(tex, is_block) {
            Ok(html) => {
                self.out.push_str(&html);
                self.rendered.uses_math = true;
            }
            Err(problem) => {
                math::push_source(&mut self.out, source.trim_end());
                let problem = problem.filter(|_| self.rendered.problems.len() < MAX_PROBLEMS);
                self.rendered.problems.extend(problem.map(|problem| (offset, problem)));
            }
        }
    }

    /// Returns where the box of a task stands that the parser takes for text, for want of a space after it.
    pub(super) fn task_in_text(&self, item: &Range<usize>) -> Option<usize> {
        let text = self.source.get(item.clone()).filter(|_| self.options.task_lists)?;
        let number = text.bytes().take_while(u8::is_ascii_digit).count();
        let marker = text.get(number + 1..)?;
        let body = marker.trim_start_matches(' ');
        let is_box = matches!(body.as_bytes(), [b'[', b' ' | b'x' | b'X', b']', rest @ ..]
            if !rest.first().is_some_and(|next| b"([:".contains(next)));
        is_box.then_some(item.end - body.len())
    }

    /// Writes the box of a task at the run's place.
    pub(super) fn task_as_text(&mut self, run: &mut Run) {
        let end = run.at + "[x]".len();
        if self.absorb(run, end) < end {
            return;
        }
        let is_done = self.source.as_bytes().get(run.at + 1) != Some(&b' ');
        self.task(is_done);
        run.at = end;
        run.written = end;
    }

    /// Gives the term of a definition that was just written its id, made from its text.
    pub(super) fn end_term(&mut self) {
        let Some(target) =
            self.open.last().map(|one| one.target).filter(|_| self.options.definition_term_ids)
        else {
            return;
        };
        let text = plain(self.out.get(target.at + 1..).unwrap_or(""));
        let text = decode_entities(&text);
        if text.trim().is_empty() {
            return;
        }
        let id = self.ids.make(&text, self.options.heading_id_kind);
        let mut attribute = " id=\"".to_owned();
        escape::push_text(&mut attribute, &id);
        attribute.push('"');
        self.out.insert_str(target.at, &attribute);
    }
}
