//! What a page, a picture or a file of the built site has to do with the others.

use super::Asked;
use crate::output::{Class, Content, Output};
use crate::path::Route;
use crate::site::Page;

/// Returns the other files that are made of a page: redirects and its feed.
pub(super) fn of_page(asked: &Asked<'_>, page: &Page) -> Vec<String> {
    let source = page.source();
    let is_of = |producer: &str| {
        producer == source || producer.strip_prefix(&source).is_some_and(|rest| rest.starts_with(" ("))
    };
    let outputs = asked.build.outputs.iter().filter(|output| is_of(&output.producer));
    let told = outputs.map(|output| {
        let what = match (&output.content, output.class) {
            (Content::Card(_), _) => " (its social card)",
            (_, Class::Alias) => " (a redirect)",
            (_, Class::Feed) => " (its feed)",
            _ => "",
        };
        format!("{}{what}", output.path)
    });
    told.collect()
}

/// Returns the pictures that a page shows, links to or names for sharing.
pub(super) fn pictures_of(asked: &Asked<'_>, page: &Output) -> Vec<String> {
    let Content::Bytes(html) = &page.content else { return Vec::new() };
    let html = String::from_utf8_lossy(html);
    let pictures = asked.build.outputs.iter().filter(|output| is_picture(output));
    pictures.filter(|output| names(asked, &html, output)).map(made_of).collect()
}

/// Returns the pages that name one of some outputs.
pub(super) fn shown_by(asked: &Asked<'_>, outputs: &[&Output]) -> Vec<String> {
    let pages = asked.build.outputs.iter().filter(|output| output.class == Class::Page);
    let shows = |page: &&Output| match &page.content {
        Content::Bytes(html) => {
            let html = String::from_utf8_lossy(html);
            outputs.iter().any(|output| names(asked, &html, output))
        }
        _ => false,
    };
    pages.filter(shows).map(|page| format!("{} ({})", page.path, page.producer)).collect()
}

/// Tells a picture: what it is made of, and how.
pub(super) fn made_of(output: &Output) -> String {
    let path = &output.path;
    match &output.content {
        Content::Picture(variant) => {
            let (size, from) = (variant.plan.size, variant.info.size);
            let format = variant.plan.format.name();
            format!(
                "{path}: {} to {}x{} {format}, of `{}` ({}x{})",
                variant.spec.command.name(),
                size.width_px,
                size.height_px,
                variant.asset.source,
                from.width_px,
                from.height_px
            )
        }
        Content::Card(card) => format!("{path}: the social card of `{}`", card.producer),
        Content::PictureFile(asset, _) | Content::Copy(asset) => format!("{path}: `{}` itself", asset.source),
        Content::Bytes(_) => format!("{path}: {}", output.producer),
    }
}

fn is_picture(output: &Output) -> bool {
    output.content.is_made() || matches!(output.content, Content::PictureFile(..))
}

/// Says whether a page names an output, by its whole address or by the one from the root.
fn names(asked: &Asked<'_>, html: &str, output: &Output) -> bool {
    let base = &asked.build.site.config.base_url;
    let route = Route::new(&format!("/{}", output.path));
    let whole = base.absolute(&route);
    [base.relative(&route), whole].iter().any(|address| {
        html.match_indices(address.as_str()).any(|(at, _)| {
            let before = html.get(..at).and_then(|before| before.chars().next_back());
            let after = html.get(at + address.len()..).and_then(|after| after.chars().next());
            before.is_none_or(|c| matches!(c, '"' | '\'' | ' ' | ',' | '=' | '\n'))
                && after.is_none_or(|c| matches!(c, '"' | '\'' | ' ' | ',' | '>' | '#' | '?' | '\n'))
        })
    })
}
