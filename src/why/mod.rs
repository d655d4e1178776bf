//! Answers for one file or address of a site: is it published, by which rule, what made it, and what did that use.
//!
//! Looks at a finished build and at nothing else, so that what it says is what was built. Renders nothing itself.

mod files;
mod publication;
mod templates;

use crate::config::Setting;
use crate::output::{Class, Content, Output, Outputs};
use crate::page::Content as Text;
use crate::path::{OutputPath, Route};
use crate::pipeline::Build;
use crate::site::{Page, Site};
use crate::source::TemplateFile;

use files::{made_of, pictures_of, shown_by};
use publication::{address_rule, unpublished};
use templates::templates_of;

/// What a site is asked for an answer by.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The build, warnings and errors included.
    pub build: &'a Build,
    /// The author's templates.
    pub templates: &'a [TemplateFile],
    /// What the configuration sets.
    pub settings: &'a [Setting],
}

/// What is known of a file or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it is about: a path from the site's root, or that of a published file.
    pub subject: String,
    /// Its full address; none where it is not published.
    pub address: Option<String>,
    /// What there is to say, each under a word such as `rule` or `template`.
    pub facts: Vec<(&'static str, Vec<String>)>,
}

impl Answer {
    fn new(subject: impl Into<String>, address: Option<String>) -> Self {
        Self { subject: subject.into(), address, facts: Vec::new() }
    }

    /// Adds what there is to say under a word, if there is any.
    fn add(&mut self, word: &'static str, said: impl IntoIterator<Item = String>) {
        let said: Vec<String> = said.into_iter().collect();
        if !said.is_empty() {
            self.facts.push((word, said));
        }
    }
}

/// Answers for a path from the site's root, a folder of a bundle, an address or a published file; nothing where it is none.
pub fn answer(asked: &Asked<'_>, word: &str) -> Option<Answer> {
    let path = word.trim_start_matches("./").trim_end_matches('/');
    let site = &asked.build.site;
    let of_folder =
        ["index.md", "_index.md", "index.markdown", "index.html"].map(|name| format!("{path}/{name}"));
    let named = std::iter::once(path).chain(of_folder.iter().map(String::as_str));
    if let Some(text) = named.filter_map(|path| site.text(path)).next() {
        return Some(of_text(asked, text));
    }
    if let Some(asset) = site.assets.iter().find(|asset| asset.source.as_str() == path) {
        return Some(of_asset(asked, asset.source.as_str()));
    }
    let outputs = &asked.build.outputs;
    if let Some(output) = outputs.iter().find(|output| source_of(output) == Some(path)) {
        return Some(of_output(asked, output));
    }
    let output = find_output(outputs, site, word)?;
    Some(of_output(asked, output))
}

/// Returns every word that has an answer, for a hint.
pub fn known<'a>(asked: &'a Asked<'_>) -> impl Iterator<Item = &'a str> {
    let site = &asked.build.site;
    let texts = site.texts.iter().map(|text| text.source.as_str());
    let assets = site.assets.iter().map(|asset| asset.source.as_str());
    texts.chain(assets).chain(asked.build.outputs.iter().map(|output| output.path.as_str()))
}

/// Finds what is published at an address: a whole one, one from the root, or the path of a file.
fn find_output<'a>(outputs: &'a Outputs, site: &Site, word: &str) -> Option<&'a Output> {
    let word = word.split(['?', '#']).next().unwrap_or(word);
    let local = match word.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| rest.get(at..).unwrap_or("/")),
        None => word,
    };
    let base = site.config.base_url.path();
    let decoded = percent_encoding::percent_decode_str(local).decode_utf8_lossy().into_owned();
    let within = decoded.strip_prefix(base.trim_end_matches('/')).filter(|rest| rest.starts_with('/'));
    [within.unwrap_or(&decoded), &decoded].into_iter().find_map(|path| {
        let path = path.trim_matches('/');
        let names = [path.to_owned(), format!("{path}/index.html").trim_start_matches('/').to_owned()];
        names.into_iter().find_map(|name| outputs.find(&OutputPath::new(name).ok()?))
    })
}

fn of_text(asked: &Asked<'_>, text: &Text) -> Answer {
    let site = &asked.build.site;
    let source = text.source.as_str();
    let page = site.pages.iter().find(|page| page.source_path() == Some(&text.source));
    match page {
        Some(page) => of_page(asked, page),
        None => {
            let mut answer = Answer::new(source, None);
            answer.add("not published", unpublished(site, text));
            answer
        }
    }
}

fn of_page(asked: &Asked<'_>, page: &Page) -> Answer {
    let site = &asked.build.site;
    let output = page.route.output().ok().and_then(|path| asked.build.outputs.find(&path));
    let config = site.config_of(page);
    let mut answer = Answer::new(page.source(), output.map(|_| config.base_url.absolute(&page.route)));
    if output.is_none() {
        answer.add("not published", publication::not_written(page, config));
    }
    answer.add("kind", [kind(site, page)]);
    answer.add("address by", address_rule(asked, page, config));
    answer.add("also", publication::special_status(page));
    answer.add("events", publication::events(site, page));
    answer.add("files", files::of_page(asked, page));
    answer.add("templates", templates_of(asked, page));
    answer.add("pictures", output.map(|output| pictures_of(asked, output)).unwrap_or_default());
    answer
}

fn kind(site: &Site, page: &Page) -> String {
    let mut words = page.kind.name().to_owned();
    if !page.section.is_empty() {
        words.push_str(&format!(", section `{}`", page.section));
    }
    if site.is_multilingual() {
        words.push_str(&format!(", language `{}`", site.config_of(page).language.key));
    }
    words
}

fn of_asset(asked: &Asked<'_>, source: &str) -> Answer {
    let outputs = &asked.build.outputs;
    let site = &asked.build.site;
    let whole = outputs.iter().find(|output| !output.content.is_made() && source_of(output) == Some(source));
    let mut answer = Answer::new(source, whole.map(|output| address(site, output)));
    if whole.is_none() {
        answer.add("not published", ["the file itself is not: nothing links to it as it is".to_owned()]);
    }
    let made: Vec<&Output> = outputs
        .iter()
        .filter(|output| output.content.is_made() && source_of(output) == Some(source))
        .collect();
    answer.add("made of it", made.iter().map(|output| made_of(output)));
    let shown: Vec<&Output> = whole.into_iter().chain(made).collect();
    answer.add("used by", shown_by(asked, &shown));
    answer
}

fn of_output(asked: &Asked<'_>, output: &Output) -> Answer {
    let site = &asked.build.site;
    let is_of = |page: &&std::sync::Arc<Page>| page.route.output().is_ok_and(|path| path == output.path);
    if output.class == Class::Page
        && let Some(page) = site.pages.iter().find(is_of)
    {
        return of_page(asked, page);
    }
    let mut answer = Answer::new(output.path.as_str(), Some(address(site, output)));
    let what = match (&output.content, output.class) {
        (Content::Picture(_) | Content::Card(_), _) => made_of(output),
        (Content::PictureFile(asset, policy), _) => {
            format!(
                "the picture `{}` itself; metadata: {}",
                asset.source,
                format!("{policy:?}").to_lowercase()
            )
        }
        (Content::Copy(asset), _) => format!("a copy of `{}`", asset.source),
        (Content::Bytes(_), Class::Alias) => format!("a redirect to the page of `{}`", output.producer),
        (Content::Bytes(_), _) => output.producer.clone(),
    };
    answer.add("made by", [what]);
    answer.add("used by", shown_by(asked, &[output]));
    answer
}

/// Returns the file that an output is made of, from the site's root.
fn source_of(output: &Output) -> Option<&str> {
    match &output.content {
        Content::Copy(asset) | Content::PictureFile(asset, _) => Some(asset.source.as_str()),
        Content::Picture(variant) => Some(variant.asset.source.as_str()),
        Content::Bytes(_) | Content::Card(_) => None,
    }
}

/// Returns the full address of an output; a folder's `index.html` is the folder.
fn address(site: &Site, output: &Output) -> String {
    let path = output.path.as_str();
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    site.config.base_url.absolute(&Route::new(&format!("/{}", folder.unwrap_or(path))))
}
