//! `highlight`: code in colours, as a fenced block of the text would show it.

use tera::{Kwargs, State, TeraResult, Value};

use crate::markdown;
use crate::render::context::Shared;
use crate::render::values::html;

/// `highlight(code=, lang=, options=)`: a block of code, or a piece within a line with `hl_inline=true`.
///
/// Empty lines around the code are dropped. Options are Hugo's, as in `linenos=true,hl_lines=1 3-4,linenostart=9`.
pub(super) fn highlight(shared: &Shared, arguments: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let code: String = arguments.must_get("code")?;
    let text = |name: &str| arguments.get::<String>(name).map(Option::unwrap_or_default);
    let (language, options) = (text("lang")?, text("options")?);
    let code = code.trim_matches(['\r', '\n']);
    Ok(html(markdown::listing(code, &language, &options, &shared.site.config.markdown.code)))
}
