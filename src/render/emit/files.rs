//! Files that are published as they are: bundles' files beside their page, and static files.

use super::{Emitted, Emitter};
use crate::diag::Location;
use crate::output::Output;
use crate::path::{OutputPath, Route};
use crate::site::ResourceFile;
use crate::source::Asset;
use crate::theme::Theme;

pub(super) fn emit(emitter: &Emitter<'_>, theme: &Theme<'_>) -> Vec<Emitted> {
    let mut made = resources(emitter);
    made.extend(emitter.engine.shared.static_files.iter().map(static_file));
    made.extend(
        theme.builtin_static.iter().map(|file| Ok(Output::builtin(OutputPath::new(file.name)?, file.bytes))),
    );
    made
}

fn resources(emitter: &Emitter<'_>) -> Vec<Emitted> {
    let site = &emitter.engine.shared.site;
    let publishes = |page: &&crate::site::Page| {
        page.content.as_ref().is_none_or(|content| content.front.publishes_resources)
    };
    let files = site.pages.iter().filter(publishes).flat_map(|page| &page.resources);
    files
        .filter_map(|resource| match &resource.file {
            ResourceFile::Asset { index, route } => Some(published(route, &site.assets[*index])),
            ResourceFile::Text { .. } => None,
        })
        .collect()
}

fn published(route: &Route, asset: &Asset) -> Emitted {
    let path = route.output().map_err(|problem| problem.at(Location::file(asset.source.as_str())))?;
    Ok(Output::copy(path, asset.clone()))
}

fn static_file(asset: &Asset) -> Emitted {
    let path = OutputPath::new(asset.path.as_str())
        .map_err(|problem| problem.at(Location::file(asset.source.as_str())))?;
    Ok(Output::copy(path, asset.clone()))
}
