//! `printf` and its relatives: a format becomes texts joined by `~`.
//!
//! Only `%s`, `%v`, `%d`, `%t`, `%q` and `%%` without width: what writes numbers in another way has no counterpart.

use super::code::{Bond, Code, Kind};
use super::lost::{Lost, Outcome};

/// Translates `printf`, `print`, `println` and `errorf`, which have at least one argument.
pub(super) fn print(name: &str, arguments: &[Code]) -> Outcome {
    let text = match (name, arguments) {
        ("printf" | "errorf", [format, values @ ..]) => {
            let Some(format) = format.literal() else {
                return Err(Lost::new(format!("`{name}` with a format that is not written out")));
            };
            joined(&formatted(&format, values)?)
        }
        _ => {
            let mut parts = spaced(arguments, name == "println");
            if name == "println" {
                parts.push(Code::quoted("\n"));
            }
            joined(&parts)
        }
    };
    Ok(match name {
        "errorf" => Code::new(format!("throw(message={})", text.text), Bond::Whole, Kind::Html),
        _ => text,
    })
}

/// `print` puts spaces between two values of which none is a text, `println` between all.
fn spaced(values: &[Code], always: bool) -> Vec<Code> {
    let mut parts: Vec<Code> = Vec::new();
    let is_number = |code: &Code| matches!(code.kind, Kind::Integer | Kind::Number);
    let mut last: Option<&Code> = None;
    for value in values {
        if last.is_some_and(|last| always || is_number(last) && is_number(value)) {
            parts.push(Code::quoted(" "));
        }
        parts.push(value.clone());
        last = Some(value);
    }
    parts
}

fn formatted(format: &str, values: &[Code]) -> Result<Vec<Code>, Lost> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut values = values.iter();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            literal.push(c);
            continue;
        }
        let verb = chars.next().unwrap_or(' ');
        match verb {
            '%' => literal.push('%'),
            's' | 'v' | 'd' | 't' | 'q' => {
                let value =
                    values.next().ok_or_else(|| Lost::new("`printf` with fewer values than places"))?;
                if verb == 'q' {
                    literal.push('"');
                }
                if !literal.is_empty() {
                    parts.push(Code::quoted(&std::mem::take(&mut literal)));
                }
                parts.push(value.clone());
                if verb == 'q' {
                    literal.push('"');
                }
            }
            other => {
                let flags: String = chars.by_ref().take_while(|c| !c.is_alphabetic()).collect();
                return Err(Lost::new(format!("there is no counterpart to `%{other}{flags}` in a format"))
                    .hint(
                        "texts are joined with `~`; numbers can go through the filter `round(precision=2)`",
                    ));
            }
        }
    }
    if values.next().is_some() {
        return Err(Lost::new("`printf` with more values than places"));
    }
    if !literal.is_empty() {
        parts.push(Code::quoted(&literal));
    }
    Ok(parts)
}

fn joined(parts: &[Code]) -> Code {
    match parts {
        [] => Code::quoted(""),
        [only] => {
            if only.literal().is_some() {
                only.clone()
            } else {
                only.filter("str", Kind::Text)
            }
        }
        [first, rest @ ..] => rest
            .iter()
            .fold(first.clone(), |left, right| Code::join(&left, "~", right, Bond::Product, Kind::Text)),
    }
}
