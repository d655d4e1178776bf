//! Makes the [`Site`] from contents and files, step by step: publish status, tree, pages, routes, terms, order.

mod files;
mod finish;
mod taxonomies;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{Timestamp, Zoned};

use finish::Finish;

use super::cascade::{Cascades, branch_kind};
use super::routes::{self, Named};
use super::tree::{self, Tree};
use super::{Assembled, Kind, LeftOut, Page, PageId, Reason, Status, outputs, status_at};
use crate::config::{Config, Configs};
use crate::date::rfc3339;
use crate::diag::{Diagnostic, Location};
use crate::page::{Bundle, Content, FrontMatter, ListOption, RenderOption};
use crate::path::Route;
use crate::permalink::SectionFacts;
use crate::source::Asset;
use crate::text::pluralize;

/// Puts a site together as it is at the instant `now`.
pub fn assemble(
    contents: Vec<Arc<Content>>,
    assets: Vec<Asset>,
    configs: &Configs,
    now: Timestamp,
) -> Assembled {
    let cascades = Cascades::of(&contents, configs);
    let (contents, problems) = match &cascades {
        Some(cascades) => cascades.apply(contents),
        None => (contents, Vec::new()),
    };
    let problems: Vec<Diagnostic> = problems.into_iter().chain(outputs::tell_unserved(&contents)).collect();
    let tree = Tree::of(contents.iter().map(Arc::as_ref));
    // A section is there before its first page is published, and after its last one has gone (Hugo 0.168, recorded).
    let sections = tree::sections(&contents, &tree, configs.languages.len());
    let next_change = next_change(&contents, now);
    let mut texts = contents.clone();
    texts.sort_by(|a, b| a.source.cmp(&b.source));
    let mut bundle_texts = Vec::new();
    let mut left_out = Vec::new();
    let mut kept: Vec<Vec<Kept>> = configs.languages.iter().map(|_| Vec::new()).collect();
    let slugs = routes::section_slugs(&contents, configs.languages.len());
    for content in contents {
        let around = tree.leaf_around(content.path.own_folder());
        let config = &configs.languages[content.language];
        let (status, reason) = (status_at(&content, now), reason_to_leave_out(&content, config, now));
        match (around, reason) {
            (Some(owner), _) => bundle_texts.push((owner, content)),
            (None, Some(out)) => left_out.push(out),
            (None, None) if content.path.bundle != Bundle::Branch && !config.makes("page") => {}
            (None, None) => kept[content.language].push((content, status)),
        }
    }
    left_out.sort_by(|a, b| a.path.cmp(&b.path));
    let mut builder = Builder::new(configs, cascades, slugs, problems);
    let mut languages = Vec::new();
    for (language, (kept, sections)) in kept.into_iter().zip(sections).enumerate() {
        builder.begin(language);
        let home = builder.add_pages(kept, &sections);
        let taxonomies = builder.add_taxonomies(home);
        languages.push((home, taxonomies));
    }
    builder.add_resources(&tree, &assets, configs, bundle_texts);
    let content_folders = configs.content.iter().map(|mount| mount.folder.clone()).collect();
    let default = configs.default;
    let mut assembled =
        builder.finish(Finish { languages, default, assets, left_out, next_change, content_folders, texts });
    let (conference, problems) = super::conference::assemble(&assembled.site, &configs.data);
    let site = &mut assembled.site;
    let turn = conference.next_change(&site.config.zone, now);
    site.next_change = site.next_change.into_iter().chain(turn).min();
    site.today = now.to_zoned(site.config.zone.clone()).date();
    site.conference = Arc::new(conference);
    assembled.diagnostics.extend(problems);
    assembled
}

/// A document that becomes a page, and its state.
type Kept = (Arc<Content>, Status);

fn reason_to_leave_out(content: &Content, config: &Config, now: Timestamp) -> Option<LeftOut> {
    let status = status_at(content, now);
    let dates = &content.front.dates;
    let (reason, date) = match status {
        Status { draft: true, .. } if !config.include.drafts => (Reason::Draft, None),
        Status { future: true, .. } if !config.include.future => (Reason::Future, dates.publish.as_ref()),
        Status { expired: true, .. } if !config.include.expired => (Reason::Expired, dates.expiry.as_ref()),
        _ => return None,
    };
    Some(LeftOut { path: content.source.to_string(), reason, date: date.map(rfc3339) })
}

fn next_change(contents: &[Arc<Content>], now: Timestamp) -> Option<Timestamp> {
    let instants =
        contents.iter().flat_map(|content| [&content.front.dates.publish, &content.front.dates.expiry]);
    instants.flatten().map(Zoned::timestamp).filter(|instant| *instant > now).min()
}

/// The pages while they are put together.
pub(super) struct Builder {
    /// The configuration of each language.
    configs: Vec<Arc<Config>>,
    /// Configuration of the language that is put together now.
    config: Arc<Config>,
    /// Index of that language.
    language: usize,
    /// Index of its first page.
    first: usize,
    pub(super) pages: Vec<Page>,
    /// By language: the page that owns a folder of the content.
    folders: Vec<BTreeMap<String, PageId>>,
    diagnostics: Vec<Diagnostic>,
    cascades: Option<Cascades>,
    /// By language: slugs of sections by folder.
    slugs: Vec<BTreeMap<String, String>>,
}

impl Builder {
    fn new(
        configs: &Configs,
        cascades: Option<Cascades>,
        slugs: Vec<BTreeMap<String, String>>,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        Self {
            configs: configs.languages.clone(),
            config: Arc::clone(configs.general()),
            language: 0,
            first: 0,
            pages: Vec::new(),
            folders: Vec::new(),
            diagnostics,
            cascades,
            slugs,
        }
    }

    /// Turns to the next language.
    fn begin(&mut self, language: usize) {
        self.config = Arc::clone(&self.configs[language]);
        self.language = language;
        self.first = self.pages.len();
        self.folders.push(BTreeMap::new());
    }

    /// Returns the pages of the language that is put together now, by the folder that they own.
    fn by_folder(&self) -> &BTreeMap<String, PageId> {
        &self.folders[self.language]
    }

    /// Makes home, sections and regular pages with their routes, in the order of their paths; returns the home page.
    fn add_pages(&mut self, kept: Vec<Kept>, sections: &BTreeMap<String, bool>) -> PageId {
        let (branches, regular): (Vec<_>, Vec<_>) =
            kept.into_iter().partition(|(content, _)| content.path.bundle == Bundle::Branch);
        let mut branches: BTreeMap<String, (Arc<Content>, Status)> = branches
            .into_iter()
            .map(|(content, status)| (content.path.own_folder().to_owned(), (content, status)))
            .collect();
        let home = self.add_branch("", branches.remove(""));
        for (folder, is_made_up) in sections.iter().filter(|(folder, _)| !folder.is_empty()) {
            let document = branches.remove(folder);
            if !is_made_up && document.is_none() {
                continue;
            }
            self.add_branch(folder, document);
        }
        for (content, status) in regular {
            self.add_regular(content, status);
        }
        home
    }

    fn add_branch(&mut self, folder: &str, document: Option<(Arc<Content>, Status)>) -> PageId {
        let folders: Vec<String> =
            folder.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let kind = branch_kind(&folders, &self.config);
        let path = format!("/{}", folder.to_lowercase().replace(' ', "-"));
        let (content, status) = document.map_or_else(
            || (self.made_up(folder, &path, kind), Status::default()),
            |(c, status)| (Some(c), status),
        );
        if let Some(slug) = content.as_ref().and_then(|content| content.front.slug.clone()) {
            self.slugs[self.language].insert(folder.to_owned(), slug);
        }
        let written = content.as_ref().map(|content| content.front.title.clone()).unwrap_or_default();
        let title = match kind {
            _ if !written.is_empty() => written,
            Kind::Home => self.config.title.clone(),
            Kind::Term => self.title_of(&folders[1..].join("/")),
            // A section that the author did not describe is called after its folder.
            _ if content.as_ref().is_none_or(|content| content.is_made_up()) => {
                self.section_title(folders.last().map_or("", String::as_str), kind)
            }
            _ => String::new(),
        };
        let route = match kind {
            Kind::Home => routes::home(&self.config),
            Kind::Term => {
                self.route(kind, &folders[..1], &folders[1..].join("/"), &title, content.as_deref())
            }
            _ => self.route(kind, &folders, "", &title, content.as_deref()),
        };
        let id = self.push(kind, content, title, route, status);
        let page = &mut self.pages[id.index()];
        page.path = path;
        page.section = section_name(&page.path);
        self.folders[self.language].insert(folder.to_owned(), id);
        id
    }

    /// Returns the front matter that is handed down to a page without a document, if there is any.
    fn made_up(&self, folder: &str, path: &str, kind: Kind) -> Option<Arc<Content>> {
        self.cascades.as_ref()?.made_up(folder, path, kind, self.language)
    }

    /// Returns the title that a list has from a name.
    fn title_of(&self, name: &str) -> String {
        self.config.model.titles.style.apply(name)
    }

    /// Titles a list after its folder: in the plural, as far as that is English (Hugo does so in any language).
    fn section_title(&self, folder: &str, kind: Kind) -> String {
        let name = folder.replace(['-', '_'], " ");
        let tag = self.config.language.tag.to_lowercase();
        let is_english = tag == "en" || tag.starts_with("en-");
        let in_plural = self.config.model.titles.in_plural && is_english && kind == Kind::Section;
        self.title_of(&if in_plural { pluralize(&name) } else { name })
    }

    fn add_regular(&mut self, content: Arc<Content>, status: Status) {
        let path = content.path.clone();
        let title = content.front.title.clone();
        let route = self.route(Kind::Page, &path.folders, &path.name, &title, Some(&content));
        let id = self.push(Kind::Page, Some(content), title, route, status);
        let parent = self.nearest_branch(&path.folders);
        let page = &mut self.pages[id.index()];
        page.path = path.logical();
        page.section = if path.folders.is_empty() { String::new() } else { section_name(&page.path) };
        page.parent = parent;
        self.folders[self.language].insert(path.own_folder().to_owned(), id);
    }

    fn route(
        &mut self,
        kind: Kind,
        folders: &[String],
        name: &str,
        title: &str,
        content: Option<&Content>,
    ) -> Route {
        let mut sections = self.sections_around(folders);
        // Of the sections that lead to a section, the last one is itself (Hugo 0.168, asked).
        sections.extend(folders.last().filter(|_| kind == Kind::Section).map(|name| {
            let slug = content.and_then(|content| content.front.slug.as_deref());
            SectionFacts { name, title, slug }
        }));
        let slugs = self.slugs_around(folders);
        let front: Option<&FrontMatter> = content.map(|content| &content.front);
        let named = Named { kind, folders, slugs: &slugs, sections: &sections, name, title, front };
        let route = routes::route(&named, &self.config);
        route.unwrap_or_else(|problem| {
            let place =
                content.map_or_else(|| Location::file("hallway.yaml"), |content| content.key_place("url"));
            self.diagnostics.push(problem.at(place));
            Route::new(&self.config.language.route(&format!("{}/{name}/", folders.join("/"))))
        })
    }

    /// Returns the sections that lead to a folder, from the top.
    fn sections_around<'a>(&'a self, folders: &'a [String]) -> Vec<SectionFacts<'a>> {
        let around = (1..=folders.len()).filter_map(|depth| {
            let id = self.by_folder().get(&folders[..depth].join("/"))?;
            let page = &self.pages[id.index()];
            let slug = page.content.as_ref().and_then(|content| content.front.slug.as_deref());
            Some(SectionFacts { name: &folders[depth - 1], title: &page.title, slug })
        });
        around.collect()
    }

    /// Returns the slug of the section that each folder is, where it is one that has a slug.
    fn slugs_around<'a>(&'a self, folders: &[String]) -> Vec<Option<&'a str>> {
        let own = &self.slugs[self.language];
        let slug = |depth: usize| own.get(&folders[..depth].join("/")).map(String::as_str);
        (1..=folders.len()).map(slug).collect()
    }

    fn nearest_branch(&self, folders: &[String]) -> Option<PageId> {
        (0..=folders.len()).rev().find_map(|depth| {
            let id = self.by_folder().get(&folders[..depth].join("/"))?;
            self.pages[id.index()].kind.is_list().then_some(*id)
        })
    }

    fn push(
        &mut self,
        kind: Kind,
        content: Option<Arc<Content>>,
        title: String,
        route: Route,
        status: Status,
    ) -> PageId {
        let id = PageId::from_index(self.pages.len());
        let front = content.as_ref().map(|content| &content.front);
        let date = front.and_then(|front| front.dates.date.clone());
        let last_modified = front.and_then(|front| front.dates.last_modified.clone());
        let link_title = front.and_then(|front| front.link_title.clone()).unwrap_or_else(|| title.clone());
        self.pages.push(Page {
            kind,
            language: self.language,
            translations: Vec::new(),
            content,
            title,
            link_title,
            path: String::new(),
            route,
            section: String::new(),
            parent: None,
            date,
            last_modified,
            status,
            pages: Vec::new(),
            own_pages: Vec::new(),
            resources: Vec::new(),
            terms: BTreeMap::new(),
            newer: None,
            older: None,
            newer_of_all: None,
            older_of_all: None,
            taxonomy: None,
        });
        id
    }

    pub(super) fn list_option(&self, id: PageId) -> ListOption {
        self.pages[id.index()].content.as_ref().map_or(ListOption::Always, |content| content.front.list)
    }
}

/// Returns the first part of a logical path: `Blog Posts/2024` is in the section `blog-posts` (Hugo 0.168, recorded).
fn section_name(path: &str) -> String {
    path.trim_start_matches('/').split('/').next().unwrap_or_default().to_owned()
}

/// Sections and the home page are filed under their terms as pages are (Hugo 0.168, recorded).
fn can_have_terms(kind: Kind) -> bool {
    !matches!(kind, Kind::Taxonomy | Kind::Term)
}

/// Says whether a page has an address; one without is not filed under its terms (Hugo 0.168, asked).
fn has_address(content: &Content) -> bool {
    content.front.render != RenderOption::Never
}

/// Says whether the lists of its terms show a page: also one that only its section shows (Hugo 0.168, asked).
fn is_listed(content: &Content) -> bool {
    content.front.list != ListOption::Never
}
