//! Files that are published as they are: bundles' files beside their page, and static files.

use super::super::recipes::{Maker, Planned, Planner};
use crate::output::Class;
use crate::path::Route;
use crate::site::{Page, ResourceFile};

pub(super) fn recipes(planner: &Planner<'_>) -> Vec<Planned> {
    let mut planned = resources(planner);
    planned.extend(planner.static_files.iter().enumerate().map(|(index, asset)| {
        let route = Route::new(asset.path.as_str());
        planner.recipe(&route, asset.source.as_str(), Class::Asset, Maker::Static(index))
    }));
    planned.extend(planner.builtin_static.iter().map(|file| {
        let producer = format!("static/{} (built in)", file.name);
        planner.recipe(&Route::new(&file.published()), producer, Class::Asset, Maker::Builtin(file.bytes))
    }));
    planned
}

fn resources(planner: &Planner<'_>) -> Vec<Planned> {
    let publishes =
        |page: &Page| page.content.as_ref().is_none_or(|content| content.front.publishes_resources);
    let pages = planner.site.pages.iter().filter(|page| publishes(page));
    pages
        .flat_map(|page| &page.resources)
        .filter_map(|resource| match &resource.file {
            ResourceFile::Asset { index, route, is_inherited: false } => {
                let source = planner.site.assets[*index].source.as_str();
                Some(planner.recipe(route, source, Class::Asset, Maker::Asset(*index)))
            }
            ResourceFile::Asset { .. } | ResourceFile::Text { .. } => None,
        })
        .collect()
}
