//! The style sheet that sets what a site changes of the theme's looks: one for each different one of its languages.

use std::collections::BTreeSet;

use super::super::identity::style_sheet_path;
use super::super::recipes::{Maker, Planned, Planner};
use crate::output::Class;
use crate::path::Route;

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let languages = planner.site.languages.iter();
    let sheets: BTreeSet<String> =
        languages.filter_map(|language| language.config.look.style_sheet()).collect();
    let recipe = |css: String| {
        let route = Route::new(&style_sheet_path(&css));
        planner.recipe(&route, "params.colors and params.fonts", Class::Asset, Maker::Text(css))
    };
    sheets.into_iter().map(recipe).collect()
}
