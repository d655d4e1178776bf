//! Answers what Markdown asks of the site: addresses of linked pages and files, titles of alerts.
//!
//! The targets of links and images are resolved as Hugo's embedded hooks do (0.168, recorded). Says nothing about
//! targets that lead nowhere: they stay as they are written.

use super::context::Shared;
use super::photo::{Attributes, find_picture, offer};
use crate::config::Config;
use crate::digest::Digest;
use crate::language::LanguageTag;
use crate::markdown::{self, HookUse, Hooks, PictureFrame, Rendered, TargetKind};
use crate::site::links::{Target, find_linked_page};
use crate::site::{Page, ResourceFile, Site};

/// Renders a text of a page, with links and pictures of the site at their addresses.
pub(super) fn render(shared: &Shared, page: &Page, text: &str) -> Rendered {
    let site = shared.site.as_ref();
    let config = site.config_of(page);
    let tag = LanguageTag::new(&config.language.tag);
    let resolve = |kind: TargetKind, target: &str| resolve(site, page, kind, target);
    let show = |target: &str| show_picture(shared, page, target);
    let title = |kind: &str| alert_title(config, &tag, kind);
    let prefix = if config.markdown.footnote_id_prefix { id_prefix(page) } else { String::new() };
    let hooks = Hooks {
        resolve: Some(&resolve),
        show_picture: Some(&show),
        alert_title: Some(&title),
        id_prefix: &prefix,
        notes_destinations: false,
    };
    markdown::render_with(text, &config.markdown, &hooks)
}

/// Offers a picture of the site in the sizes that suit the text.
fn show_picture(shared: &Shared, page: &Page, target: &str) -> Option<PictureFrame> {
    let found = find_picture(shared, page, target)?;
    let photo = offer(shared, &found.file)?;
    Some(photo.frame(shared, &Attributes::default()))
}

/// Puts before the ids of footnotes what no other page has.
fn id_prefix(page: &Page) -> String {
    format!("h{}", Digest::of(page.route.as_str().as_bytes()).short())
}

fn alert_title(config: &Config, tag: &LanguageTag, kind: &str) -> Option<String> {
    let word = if matches!(kind, "primary" | "secondary") { "note" } else { kind };
    config.words.text(tag, word, None, |_| None).ok()
}

/// Returns the address that a target stands for; none where it is left as it is written.
fn resolve(site: &Site, page: &Page, kind: TargetKind, written: &str) -> Option<String> {
    let options = &site.config_of(page).markdown;
    let target = Target::parse(written);
    match (kind, if kind == TargetKind::Link { options.link_hook } else { options.image_hook }) {
        (_, HookUse::Never) | (TargetKind::Image, HookUse::Auto) => None,
        (TargetKind::Image, _) => file(site, page, &target),
        // A link to a text of the site can mean its page only: Hugo leaves it broken.
        (TargetKind::Link, HookUse::Auto) if !is_text(&target.path) => None,
        (TargetKind::Link, _) if target.path.is_empty() => {
            let own = site.config.base_url.relative(&page.route);
            target.fragment.as_ref().map(|_| with_rest(own, &target))
        }
        (TargetKind::Link, _) => linked_page(site, page, &target).or_else(|| file(site, page, &target)),
    }
}

fn is_text(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["md", "markdown", "mdown"].iter().any(|text| text.eq_ignore_ascii_case(extension))
}

fn linked_page(site: &Site, page: &Page, target: &Target) -> Option<String> {
    // `./` is the page itself, and a folder with a slash at its end is an address already.
    if target.path.ends_with('/') {
        return None;
    }
    let id = find_linked_page(site, page, &target.path)?;
    let linked = site.page(id);
    linked.is_rendered().then(|| with_rest(site.config.base_url.relative(&linked.route), target))
}

/// Finds a file of the page's bundle, whatever the case of its name.
fn file(site: &Site, page: &Page, target: &Target) -> Option<String> {
    let wanted = target.path.strip_prefix("./").unwrap_or(&target.path);
    let found = page.resources.iter().find(|resource| resource.path.eq_ignore_ascii_case(wanted))?;
    match &found.file {
        ResourceFile::Asset { route, .. } => Some(with_rest(site.config.base_url.relative(route), target)),
        ResourceFile::Text { .. } => None,
    }
}

fn with_rest(address: String, target: &Target) -> String {
    let query = target.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let fragment = target.fragment.as_ref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
    format!("{address}{query}{fragment}")
}
