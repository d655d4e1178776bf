//! Translates pipelines: operands, chains of fields, and what is piped from one command into the next.

use super::code::{Bond, Code, Kind};
use super::lost::{Lost, Notes, Outcome};
use super::scope::Scope;
use super::tree::{Base, Command, Operand, Pipeline};
use super::{fields, functions};

/// Translates a pipeline; its variables are the caller's business.
pub(super) fn pipeline(pipeline: &Pipeline<'_>, scope: &Scope<'_>, notes: &mut Notes) -> Outcome {
    let mut value: Option<Code> = None;
    for command in &pipeline.commands {
        value = Some(translate(command, value, scope, notes)?);
    }
    value.ok_or_else(|| Lost::new("an empty action"))
}

fn translate(command: &Command<'_>, piped: Option<Code>, scope: &Scope<'_>, notes: &mut Notes) -> Outcome {
    let mut arguments = Vec::new();
    let mut has_context = false;
    for argument in &command.arguments {
        let code = operand(argument, &[], scope, notes)?;
        // `ref` and `partial` get the whole context; ours is there without being given.
        if code.kind == Kind::Call {
            has_context = true;
        } else {
            arguments.push(value(code)?);
        }
    }
    if let Some(piped) = piped {
        arguments.push(value(piped)?);
    }
    match (&command.first.base, has_context) {
        (_, false) | (Base::Function("ref" | "relref"), true) => {}
        (Base::Function("dict" | "slice" | "print" | "printf"), true) => {
            return value(Code::path("", Kind::Call));
        }
        (Base::Function(name), true) => {
            let names: Vec<&str> =
                std::iter::once(*name).chain(command.first.fields.iter().copied()).collect();
            return Err(functions::lost(&names.join(".")));
        }
        (_, true) => return value(Code::path("", Kind::Call)),
    }
    operand(&command.first, &arguments, scope, notes)
}

/// Refuses what templates of ours have no value for.
pub(super) fn value(code: Code) -> Outcome {
    match code.kind {
        Kind::Call => Err(Lost::new("the whole context (`.`) as a value")),
        Kind::Resources => Err(Lost::new("there is no counterpart to the list `.Resources`")
            .hint("`resource(name=\"photo.jpg\")` finds one file beside the page")),
        _ => Ok(code),
    }
}

/// Translates a chain; the arguments belong to its last name.
fn operand(operand: &Operand<'_>, arguments: &[Code], scope: &Scope<'_>, notes: &mut Notes) -> Outcome {
    let fields = operand.fields.as_slice();
    let (start, fields) = match &operand.base {
        Base::Function(name) => return function(name, fields, arguments, notes),
        Base::Dot => (scope.dot()?, fields),
        Base::Variable(name) => (scope.variable(name)?, fields),
        Base::Group(inner) => (pipeline(inner, scope, notes)?, fields),
        Base::Text(text) => (Code::quoted(text), fields),
        Base::Number(number) => (literal_number(number), fields),
        Base::Boolean(flag) => (Code::new(flag.to_string(), Bond::Whole, Kind::Boolean), fields),
        Base::Nil => (Code::new("none", Bond::Whole, Kind::Nil), fields),
    };
    chain(start, fields, arguments, notes)
}

fn literal_number(number: &str) -> Code {
    let bond = if number.starts_with('-') { Bond::Sign } else { Bond::Whole };
    Code::new(number, bond, if number.contains('.') { Kind::Number } else { Kind::Integer })
}

/// `site.Title`, `page.Params`, `strings.ToUpper "x"`, `markdownify "x"`.
fn function(name: &str, names: &[&str], arguments: &[Code], notes: &mut Notes) -> Outcome {
    match (name, names) {
        ("site", _) => chain(Code::path("site", Kind::Site), names, arguments, notes),
        ("page", _) => chain(Code::path("page", Kind::Page), names, arguments, notes),
        (_, []) => functions::call(name, arguments, notes),
        (_, [method]) => functions::call(&format!("{name}.{method}"), arguments, notes),
        (_, [method, rest @ ..]) => {
            let value = functions::call(&format!("{name}.{method}"), &[], notes)?;
            chain(value, rest, arguments, notes)
        }
    }
}

fn chain(start: Code, names: &[&str], arguments: &[Code], notes: &mut Notes) -> Outcome {
    let Some((last, before)) = names.split_last() else {
        return if arguments.is_empty() { Ok(start) } else { Err(Lost::new("a value with arguments")) };
    };
    let mut value = start;
    for name in before {
        value = fields::ask(&value, name, &[], notes)?;
    }
    fields::ask(&value, last, arguments, notes)
}
