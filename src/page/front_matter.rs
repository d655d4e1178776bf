//! Turns the map of a document's front matter into a typed [`FrontMatter`].
//!
//! Every key is optional. What has no meaning of its own stays a parameter, as in Hugo.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::{ContentPath, Dates, Photos, dates, photos};
use crate::config::{
    CascadeRule, Config, MenuEntry, PageOutputs, SitemapOptions, read_cascade, read_page_menus, read_sitemap,
};
use crate::data::{flag, integer, scalar_text, text_list};
use crate::diag::Diagnostic;
use crate::event::{self, Fault, PathStep, Told};
use crate::glob::Glob;
use crate::source::History;

/// What the author says about a page above its text.
#[derive(Debug, Clone, Default)]
pub struct FrontMatter {
    /// Title; empty where none is given.
    pub title: String,
    /// Shorter title for links.
    pub link_title: Option<String>,
    /// One or two sentences for search engines and lists.
    pub description: String,
    /// Summary in Markdown, in place of the automatic one.
    pub summary: Option<String>,
    /// Last part of the address.
    pub slug: Option<String>,
    /// The whole address, in place of the pattern.
    pub url: Option<String>,
    /// Old addresses that redirect to the page.
    pub aliases: Vec<String>,
    /// Place among its neighbours: ascending, with 0 last.
    pub weight: i64,
    /// Whether it is not to be published yet.
    pub draft: bool,
    /// Type, which chooses the template; the section where none is given.
    pub page_type: Option<String>,
    /// Layout, which chooses the template before the type.
    pub layout: Option<String>,
    /// The four dates.
    pub dates: Dates,
    /// Terms by the plural name of their taxonomy, in the order written.
    pub terms: BTreeMap<String, Vec<String>>,
    /// Names, titles and parameters for the bundle's files.
    pub resources: Vec<ResourceRule>,
    /// The menus that the page is in.
    pub menus: Vec<MenuEntry>,
    /// Whether the page has an output of its own.
    pub render: RenderOption,
    /// Which lists show the page.
    pub list: ListOption,
    /// Whether files of the bundle are published without being used.
    pub publishes_resources: bool,
    /// What the sitemap says of it.
    pub sitemap: SitemapOptions,
    /// Files that are made of the page; absent where the kind of page decides.
    pub outputs: Option<PageOutputs>,
    /// Output formats that the author wants and that are not made.
    pub unserved_outputs: Vec<String>,
    /// Which photos of the bundle follow the text, as far as that does not show them.
    pub photos: Photos,
    /// Whether the words of the text are those of Chinese, Japanese or Korean; absent where the text tells.
    pub is_cjk: Option<bool>,
    /// Values for the page itself and all pages below it that have none of their own.
    pub cascade: Vec<CascadeRule>,
    /// What it says of conferences.
    pub told: Option<Arc<Told>>,
    /// All keys and values, with those of `params` merged in; lower case.
    pub params: Map<String, Value>,
}

/// Hugo's `build.render`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RenderOption {
    /// The page is rendered.
    #[default]
    Always,
    /// It has an address but no output.
    Link,
    /// It has neither.
    Never,
}

/// Hugo's `build.list`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListOption {
    /// All lists show the page.
    #[default]
    Always,
    /// Only the list of its own section does.
    Local,
    /// None does.
    Never,
}

/// One entry of `resources`.
#[derive(Debug, Clone)]
pub struct ResourceRule {
    /// Pattern as written: the counter counts by it.
    pub source: String,
    /// The pattern.
    pub glob: Glob,
    /// New name; `:counter` stands for a number.
    pub name: Option<String>,
    /// Title; `:counter` stands for a number.
    pub title: Option<String>,
    /// The author's own values.
    pub params: Map<String, Value>,
}

/// Reads the front matter; faults are paired with the way to what they are about.
pub(super) fn read(
    map: Map<String, Value>,
    path: &ContentPath,
    history: &History,
    config: &Config,
) -> (FrontMatter, Vec<Fault>) {
    let (dates, name_slug, mut faults) = dates::read(&map, path, history, config);
    faults.extend(check_types(&map));
    let (cascade, found) = read_cascade(map.get("cascade").unwrap_or(&Value::Null));
    faults.extend(found.into_iter().map(|fault| ("cascade".to_owned(), fault)));
    let outputs = map.get("outputs").filter(|value| !text_list(value).is_empty()).map(PageOutputs::read);
    let (outputs, unserved_outputs) = outputs.unzip();
    let text = |key: &str| map.get(key).and_then(scalar_text).filter(|text| !text.is_empty());
    let (render, list, publishes_resources) = read_build(&map);
    let is_page_of_event = path.folders.first().is_some_and(|folder| *folder == config.events.path);
    let (told, told_faults) = event::read(&map, is_page_of_event);
    let (photos, said_of_photos) = photos::read(map.get("photos"));
    let mut resources = read_resources(&map, &mut faults);
    resources.extend(said_of_photos);
    let front = FrontMatter {
        title: text("title").unwrap_or_default(),
        link_title: text("linktitle"),
        description: text("description").map(|text| text.trim().to_owned()).unwrap_or_default(),
        summary: text("summary"),
        slug: text("slug").or(name_slug),
        url: text("url"),
        aliases: map.get("aliases").map(text_list).unwrap_or_default(),
        weight: map.get("weight").and_then(integer).unwrap_or(0),
        draft: read_draft(&map, &mut faults),
        page_type: text("type"),
        layout: text("layout"),
        dates,
        terms: read_terms(&map, config),
        resources,
        menus: ["menus", "menu"]
            .iter()
            .find_map(|key| map.get(*key))
            .map(read_page_menus)
            .unwrap_or_default(),
        render,
        list,
        publishes_resources,
        sitemap: map.get("sitemap").map(read_sitemap).unwrap_or_default(),
        outputs,
        unserved_outputs: unserved_outputs.unwrap_or_default(),
        photos,
        is_cjk: map.get("iscjklanguage").and_then(flag),
        cascade,
        told: told.map(Arc::new),
        params: merge_params(map),
    };
    let faults = faults.into_iter().map(|(key, problem)| Fault::new(&[PathStep::key(&key)], problem));
    (front, faults.chain(told_faults).collect())
}

/// Says whether a value is of a type.
type Fits = fn(&Value) -> bool;

/// Keys that take a certain type; what cannot be read as such is left out, and the author told.
const TYPES: &[(&str, &str, Fits)] = &[
    ("title", "a text", is_text),
    ("linktitle", "a text", is_text),
    ("description", "a text", is_text),
    ("summary", "a text", is_text),
    ("slug", "a text", is_text),
    ("url", "a text", is_text),
    ("type", "a text", is_text),
    ("layout", "a text", is_text),
    ("weight", "a whole number", |value| integer(value).is_some()),
    ("aliases", "a list of addresses", is_list_of_texts),
    ("resources", "a list of entries with `src`", |value| {
        value.as_array().is_some_and(|list| list.iter().all(Value::is_object))
    }),
    ("build", "a map with `render`, `list` and `publishResources`", Value::is_object),
    ("params", "a map", Value::is_object),
];

fn is_text(value: &Value) -> bool {
    scalar_text(value).is_some()
}

fn is_list_of_texts(value: &Value) -> bool {
    is_text(value) || value.as_array().is_some_and(|list| list.iter().all(is_text))
}

/// Returns a warning for every key whose value is of another type than the key takes.
fn check_types(map: &Map<String, Value>) -> Vec<(String, Diagnostic)> {
    let wrong = TYPES.iter().filter_map(|(key, expected, fits)| {
        let value = map.get(*key).filter(|value| !value.is_null() && !fits(value))?;
        let shown: String = value.to_string().chars().take(40).collect();
        let message = format!("`{key}` is `{shown}`, and is left out");
        let warning =
            Diagnostic::warning("front-matter-type", message).hint(format!("it should be {expected}"));
        Some(((*key).to_owned(), warning))
    });
    wrong.collect()
}

fn read_draft(map: &Map<String, Value>, faults: &mut Vec<(String, Diagnostic)>) -> bool {
    let Some(value) = map.get("draft").filter(|value| !value.is_null()) else {
        return false;
    };
    flag(value).unwrap_or_else(|| {
        let fault = Diagnostic::error(
            "front-matter-draft",
            format!("`draft` is {value}, which is neither true nor false"),
        );
        faults.push(("draft".to_owned(), fault.hint("write `draft: true` or leave the line out")));
        false
    })
}

fn read_terms(map: &Map<String, Value>, config: &Config) -> BTreeMap<String, Vec<String>> {
    let plural_terms = |plural: &str| map.get(plural).map(text_list).unwrap_or_default();
    config
        .taxonomies
        .iter()
        .map(|taxonomy| (taxonomy.plural.clone(), plural_terms(&taxonomy.plural)))
        .filter(|(_, terms)| !terms.is_empty())
        .collect()
}

fn read_build(map: &Map<String, Value>) -> (RenderOption, ListOption, bool) {
    let build = map.get("build").and_then(Value::as_object);
    if map.get("headless").and_then(flag).unwrap_or(false) {
        return (RenderOption::Never, ListOption::Never, true);
    }
    let option = |key: &str| build.and_then(|build| build.get(key)).and_then(scalar_text).unwrap_or_default();
    let render = match option("render").to_lowercase().as_str() {
        "never" | "false" => RenderOption::Never,
        "link" => RenderOption::Link,
        _ => RenderOption::Always,
    };
    let list = match option("list").to_lowercase().as_str() {
        "never" | "false" => ListOption::Never,
        "local" => ListOption::Local,
        _ => ListOption::Always,
    };
    let publishes = build.and_then(|build| build.get("publishresources")).and_then(flag).unwrap_or(true);
    (render, list, publishes)
}

fn read_resources(map: &Map<String, Value>, faults: &mut Vec<(String, Diagnostic)>) -> Vec<ResourceRule> {
    let list = map.get("resources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut rules = Vec::new();
    for entry in list.iter().filter_map(Value::as_object) {
        let text = |key: &str| entry.get(key).and_then(scalar_text).filter(|text| !text.is_empty());
        let source = text("src").unwrap_or_default();
        match Glob::new(&source) {
            Ok(glob) => rules.push(ResourceRule {
                source,
                glob,
                name: text("name"),
                title: text("title"),
                params: entry.get("params").and_then(Value::as_object).cloned().unwrap_or_default(),
            }),
            Err(fault) => faults.push(("resources".to_owned(), fault)),
        }
    }
    rules
}

/// Hugo offers every key as a parameter, and the map `params` merged into them.
fn merge_params(mut map: Map<String, Value>) -> Map<String, Value> {
    map.remove("cascade");
    if let Some(Value::Object(params)) = map.remove("params") {
        map.extend(params);
    }
    map
}
