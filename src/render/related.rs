//! The template function `related`: pages with the same words in their front matter.

use tera::{Kwargs, State, TeraResult, Value};

use super::context::Shared;
use super::functions::calling_page_id;
use super::values::list;
use super::views;

/// Pages that are shown where the template names no number.
const DEFAULT_LIMIT: usize = 5;

/// `related(limit=)`: the pages related to the page, the strongest first, as `page` shows them without their text.
///
/// The index of all pages is made when the first template asks.
pub(super) fn related(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let limit = arguments.get::<usize>("limit")?.unwrap_or(DEFAULT_LIMIT);
    let site = &shared.site;
    let Some(id) = calling_page_id(shared, state)? else {
        return Ok(list([]));
    };
    let found = shared.related().to(site, id, limit);
    Ok(list(found.into_iter().map(|id| Value::from(views::facts(site, site.page(id))))))
}
