//! Icons in templates and in texts: the function `icon`, and the elements of a text that name one.
//!
//! Which icons there are is the business of `icons`; this knows where a name stood, and says once what is unknown.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::context::Shared;
use super::functions::place;
use super::values::html;
use crate::diag::{Diagnostic, Location};
use crate::icons::{Wanted, replace_elements};
use crate::page::Content;

/// Registers the function.
pub(super) fn register(tera: &mut Tera, shared: &Arc<Shared>) {
    let shared = Arc::clone(shared);
    tera.register_function("icon", move |arguments: Kwargs, state: &State<'_>| {
        icon(&shared, &arguments, state)
    });
}

/// `icon(name=, label=)`: the `<svg>` of an icon; nothing, and a warning, where there is none of the name.
fn icon(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let name = arguments.get::<String>("name")?.unwrap_or_default();
    let label = arguments.get::<String>("label")?;
    let Some(wanted) = Wanted::of_text(&name) else {
        return Ok(html(""));
    };
    let Some(icon) = wanted.icon() else {
        // Only a shortcode has a place in the author's text: the name that a page template asks for stands elsewhere.
        shared.note(unknown(&wanted, Some(place(state)?).filter(|place| place.line.is_some())));
        return Ok(html(""));
    };
    Ok(html(icon.svg(label.as_deref(), &wanted.others)))
}

/// Puts icons in the place of the elements of a text that name one.
pub(super) fn replace(text: String, shared: &Shared, content: &Content) -> String {
    let replaced = replace_elements(&text, &mut |wanted| {
        let at = content.body().find(&format!("fa-{}", wanted.name));
        let at = at.map(|offset| content.body_position(offset));
        let source = content.source.as_str();
        let place = at.map_or_else(
            || Location::file(source),
            |(line, column)| Location::position(source, line, column),
        );
        shared.note(unknown(wanted, Some(place)));
    });
    match replaced {
        std::borrow::Cow::Borrowed(_) => text,
        std::borrow::Cow::Owned(replaced) => replaced,
    }
}

fn unknown(wanted: &Wanted<'_>, place: Option<Location>) -> Diagnostic {
    let problem = Diagnostic::warning("icon-unknown", format!("there is no icon `{}`", wanted.name));
    let problem = match wanted.nearest() {
        Some(name) => problem.hint(format!("did you mean `{name}`?")),
        None => problem.hint("names are those of Font Awesome's free icons, of which the most used are here"),
    };
    place.into_iter().fold(problem, Diagnostic::at)
}

/// Keeps one warning for each icon that is unknown, the one with the first place.
pub(super) fn once_per_name(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (unknown, mut others): (Vec<_>, Vec<_>) =
        diagnostics.into_iter().partition(|diagnostic| diagnostic.code == "icon-unknown");
    let mut first: BTreeMap<String, Diagnostic> = BTreeMap::new();
    for diagnostic in unknown {
        let known = first.entry(diagnostic.message.clone()).or_insert_with(|| diagnostic.clone());
        let is_earlier = diagnostic.at.is_some() && (known.at.is_none() || diagnostic.at < known.at);
        if is_earlier {
            *known = diagnostic;
        }
    }
    others.extend(first.into_values());
    others
}
