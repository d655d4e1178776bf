//! `param`: a value of the author's, from the front matter of the page or from the configuration of the site.

use serde_json::{Map, Value as Data};
use tera::{Kwargs, State, TeraResult, Value};

use super::{calling_page, place};
use crate::data::scalar_text;
use crate::diag::{Diagnostic, nearest};
use crate::render::context::Shared;
use crate::render::values::text;

/// `param(name=, default=)`: the parameter at a dotted path, of the page, else of the site, as a text.
///
/// Names are compared without case, lists and maps are written as Hugo writes them: `[a b]`, `map[k:v]`. One that is
/// in neither is noted at the shortcode's place, unless there is a default.
pub(super) fn param(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let name = arguments.get::<String>("name")?.unwrap_or_default();
    let page = calling_page(shared, state)?;
    let site = &shared.site.config_of(page).params;
    let page = page.params();
    let found = page.and_then(|params| at_path(params, &name)).or_else(|| at_path(site, &name));
    if let Some(value) = found.filter(|value| !value.is_null()) {
        return Ok(text(written(value)));
    }
    if let Some(default) = arguments.get::<String>("default")? {
        return Ok(text(default));
    }
    let problem = if name.is_empty() {
        Diagnostic::error("param-not-found", "the name of a parameter is missing")
            .hint("for example `{{< param \"author\" >}}`")
    } else {
        let message = format!("neither the page nor the site has the parameter `{name}`");
        let mut names = Vec::new();
        page.into_iter().chain([site]).for_each(|params| push_paths(params, "", &mut names));
        match nearest(&name, names.iter().map(String::as_str)) {
            Some(near) => {
                Diagnostic::error("param-not-found", message).hint(format!("did you mean `{near}`?"))
            }
            None => Diagnostic::error("param-not-found", message)
                .hint("put it into the front matter of the page, or below `params` in the configuration"),
        }
    };
    shared.note(problem.at(place(state)?));
    Ok(text(""))
}

/// Returns the value at a dotted path; a key that holds dots itself is found, too.
fn at_path<'a>(params: &'a Map<String, Data>, path: &str) -> Option<&'a Data> {
    let key =
        |name: &str| params.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    if let Some(value) = key(path) {
        return Some(value);
    }
    let (first, rest) = path.split_once('.')?;
    at_path(key(first)?.as_object()?, rest)
}

/// Most levels of maps whose names are suggested.
const LEVELS_MAX: usize = 8;

fn push_paths(params: &Map<String, Data>, above: &str, names: &mut Vec<String>) {
    for (key, value) in params {
        let path = format!("{above}{key}");
        if let Some(inner) = value.as_object().filter(|_| path.matches('.').count() < LEVELS_MAX) {
            push_paths(inner, &format!("{path}."), names);
        }
        names.push(path);
    }
}

/// Writes a value as Hugo prints it.
fn written(value: &Data) -> String {
    let joined = |parts: Vec<String>| parts.join(" ");
    match value {
        Data::Array(items) => format!("[{}]", joined(items.iter().map(written).collect())),
        Data::Object(map) => {
            format!(
                "map[{}]",
                joined(map.iter().map(|(key, value)| format!("{key}:{}", written(value))).collect())
            )
        }
        scalar => scalar_text(scalar).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_found_by_its_dotted_path_in_any_case() {
        let params = serde_json::json!({
            "author": "Ada", "deep": {"x": 5, "list": [1, 2], "flag": false, "more": {"y": "z"}}, "a.b": "dotted"
        });
        let params = params.as_object().unwrap();
        for (path, wanted) in [
            ("author", Some("Ada")),
            ("Author", Some("Ada")),
            ("deep.X", Some("5")),
            ("deep.list", Some("[1 2]")),
            ("deep.flag", Some("false")),
            ("deep.more", Some("map[y:z]")),
            ("deep.more.y", Some("z")),
            ("a.b", Some("dotted")),
            ("deep.none", None),
            ("author.x", None),
            ("", None),
        ] {
            assert_eq!(at_path(params, path).map(written).as_deref(), wanted, "{path}");
        }
    }
}
