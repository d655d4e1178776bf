//! `flag`, `choice` and `fail`: the arguments of a shortcode, checked, and what a template has against them.

use tera::value::Key;
use tera::{Kwargs, State, TeraResult, Value};

use super::place;
use crate::diag::{Diagnostic, nearest};
use crate::render::context::Shared;
use crate::render::values::text;

/// Code of the diagnostic about arguments.
const CODE: &str = "shortcode-argument";

/// `fail(message=, hint=)`: notes an error at the shortcode's place, and returns nothing to print.
pub(super) fn fail(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let problem = Diagnostic::error(CODE, arguments.must_get::<String>("message")?);
    let problem = arguments.get::<String>("hint")?.into_iter().fold(problem, Diagnostic::hint);
    shared.note(problem.at(place(state)?));
    Ok(text(""))
}

/// `flag(name=, default=)`: a named argument of the shortcode that is true or false.
pub(super) fn flag(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let name: String = arguments.must_get("name")?;
    let default = arguments.get::<bool>("default")?.unwrap_or(false);
    let Some(value) = named(state, &name)? else {
        return Ok(Value::from(default));
    };
    let flag = match (value.as_bool(), value.as_str()) {
        (Some(flag), _) => flag,
        (None, Some("true")) => true,
        (None, Some("false")) => false,
        (None, Some("")) => default,
        _ => {
            let message = format!("`{name}` is `{value}`, which is neither true nor false");
            shared.note(Diagnostic::error(CODE, message).at(place(state)?));
            default
        }
    };
    Ok(Value::from(flag))
}

/// `choice(name=, of=, default=)`: a named argument of the shortcode that is one of some words.
pub(super) fn choice(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let name: String = arguments.must_get("name")?;
    let words: Vec<String> = arguments.must_get("of")?;
    let default = arguments.get::<String>("default")?.unwrap_or_default();
    let written = named(state, &name)?.map(|value| value.to_string()).filter(|word| !word.is_empty());
    let Some(written) = written else {
        return Ok(text(default));
    };
    if words.contains(&written) {
        return Ok(text(written));
    }
    let hint = match nearest(&written, words.iter().map(String::as_str)) {
        Some(word) => format!("did you mean `{word}`?"),
        None => format!("it is one of {}", listed(&words)),
    };
    let problem = Diagnostic::error(CODE, format!("`{name}` cannot be `{written}`"));
    shared.note(problem.hint(hint).at(place(state)?));
    Ok(text(default))
}

/// Returns a named argument of the shortcode that is rendered.
fn named(state: &State<'_>, name: &str) -> TeraResult<Option<Value>> {
    let arguments = state.get::<Value>("named")?;
    let found =
        arguments.as_ref().and_then(Value::as_map).and_then(|map| map.get(&Key::from(name.to_owned())));
    Ok(found.cloned())
}

fn listed(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
