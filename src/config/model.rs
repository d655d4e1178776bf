//! Reads the keys that say what content means: cascade, titles of lists, addresses, sitemap, related pages, outputs.
//!
//! Knows no page.

use std::collections::BTreeSet;

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::ConfigFile;
use super::cascade::{CascadeRule, read_cascade};
use super::keys::place;
use super::related::{RelatedOptions, read_related};
use crate::data::{flag, scalar_text, text_list};
use crate::diag::Diagnostic;
use crate::text::TitleStyle;

/// What the author decided about the meaning of content, beyond the keys that every site has.
#[derive(Debug, Clone, Default)]
pub struct ContentModel {
    /// Values for all pages, unless a section or the page itself says otherwise.
    pub cascade: Vec<CascadeRule>,
    /// Which pages have an address such as `/blog/a.html`.
    pub ugly_urls: UglyUrls,
    /// Whether no alias of a page is made a redirect.
    pub no_aliases: bool,
    /// Files of the content that are passed over.
    pub ignored: IgnoredFiles,
    /// What the sitemap says of pages that do not say it themselves.
    pub sitemap: SitemapOptions,
    /// Name of the file of the sitemap, in the site's root.
    pub sitemap_file: String,
    /// Name of the file of a feed, in the folder of its page.
    pub feed_file: String,
    /// By what pages are related to each other.
    pub related: RelatedOptions,
    /// The menu that has an entry for every top-level section; empty where there is none.
    pub section_pages_menu: String,
    /// How titles are made of names.
    pub titles: ListTitles,
    /// Whether texts are looked at for Chinese, Japanese and Korean words.
    pub has_cjk: bool,
    /// Whether the history of the files is asked for the day of their last change.
    pub git_info: bool,
    /// Files of each kind of page, by the name of the kind; absent kinds have the usual ones.
    pub outputs: Vec<(String, PageOutputs)>,
}

/// Which pages have an address such as `/blog/a.html` instead of `/blog/a/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum UglyUrls {
    /// None.
    #[default]
    Never,
    /// All.
    Always,
    /// Those of some top-level sections and taxonomies, lower case.
    In(BTreeSet<String>),
}

impl UglyUrls {
    /// Says whether pages of a top-level section have such an address.
    pub fn apply_to(&self, section: &str) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::In(sections) => sections.contains(section),
        }
    }
}

/// Patterns of paths that are passed over.
#[derive(Debug, Clone, Default)]
pub struct IgnoredFiles(Vec<Regex>);

impl IgnoredFiles {
    /// Says whether a file is passed over; `path` counts from the site's root and is matched with a slash in front.
    pub fn contain(&self, path: &str) -> bool {
        let path = format!("/{path}");
        self.0.iter().any(|pattern| pattern.is_match(&path))
    }
}

/// What a sitemap says of a page; what is absent is said by the configuration, or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitemapOptions {
    /// How often it changes; empty where nothing is said.
    pub change_frequency: String,
    /// Its priority as it is written into the sitemap; below 0 nothing is written.
    pub priority: Option<String>,
    /// Whether the page is left out.
    pub disabled: Option<bool>,
}

/// How the titles of lists are made of the names of folders and terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListTitles {
    /// The style of capitals.
    pub style: TitleStyle,
    /// Whether sections without a text are called after their folder in the plural.
    pub in_plural: bool,
}

/// The files that are made of a page, as far as we make them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageOutputs {
    /// The page itself.
    pub html: bool,
    /// A feed in RSS.
    pub rss: bool,
    /// A feed in Atom.
    pub atom: bool,
    /// A feed in JSON.
    pub json_feed: bool,
    /// A section in one document, to be printed.
    pub print: bool,
}

/// A format of feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedFormat {
    /// RSS 2.0, as Hugo makes it.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// Returns the name that people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// Returns its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// Names of the formats that are made.
const SERVED: [&str; 5] = ["html", "rss", "atom", "jsonfeed", "print"];

/// Output formats of Hugo, and of Docsy, that are known but not made.
const UNSERVED: [&str; 11] = [
    "json",
    "amp",
    "calendar",
    "css",
    "csv",
    "gotmpl",
    "markdown",
    "robots",
    "sitemap",
    "sitemapindex",
    "webappmanifest",
];

impl PageOutputs {
    /// Reads a list of formats, in any case; the second is the names of those that are not made.
    pub fn read(value: &Value) -> (Self, Vec<String>) {
        let formats = text_list(value);
        let has = |name: &str| formats.iter().any(|format| format.eq_ignore_ascii_case(name));
        let outputs = Self {
            html: has("html"),
            rss: has("rss"),
            atom: has("atom"),
            json_feed: has("jsonfeed"),
            print: has("print"),
        };
        let unserved = formats
            .into_iter()
            .filter(|format| !SERVED.iter().any(|known| format.eq_ignore_ascii_case(known)));
        (outputs, unserved.collect())
    }

    /// Says whether there is a feed of a format.
    pub fn has_feed(self, format: FeedFormat) -> bool {
        match format {
            FeedFormat::Rss => self.rss,
            FeedFormat::Atom => self.atom,
            FeedFormat::Json => self.json_feed,
        }
    }
}

/// Reads the keys from the merged configuration, lower case as all its keys.
///
/// Returns the warnings with it.
///
/// # Errors
/// `cascade-target` and `glob-syntax` of `cascade`, `config-ignore-files`.
pub(super) fn read_model(
    map: &Map<String, Value>,
    files: &[ConfigFile],
) -> Result<(ContentModel, Vec<Diagnostic>), Vec<Diagnostic>> {
    let text = |key: &str| map.get(key).and_then(scalar_text).unwrap_or_default();
    let is_set = |key: &str| map.get(key).and_then(flag).unwrap_or(false);
    let (cascade, found) = read_cascade(map.get("cascade").unwrap_or(&Value::Null));
    let mut found: Vec<Diagnostic> =
        found.into_iter().map(|problem| problem.at(place("cascade", files))).collect();
    let ignored = read_ignored(map, &mut found, files);
    let outputs = read_outputs(map, &mut found, files);
    if found.iter().any(Diagnostic::is_error) {
        return Err(found);
    }
    let sitemap = map.get("sitemap");
    let file = sitemap.and_then(|sitemap| sitemap.get("filename")).and_then(scalar_text).unwrap_or_default();
    let file = file.rsplit('/').next().unwrap_or_default().trim();
    let feed = map.get("outputformats").and_then(|formats| formats.get("rss")?.get("basename"));
    let feed = feed.and_then(scalar_text).filter(|name| !name.is_empty() && !name.contains('/'));
    let model = ContentModel {
        feed_file: format!("{}.xml", feed.as_deref().unwrap_or("index")),
        cascade,
        ugly_urls: read_ugly_urls(map.get("uglyurls")),
        no_aliases: is_set("disablealiases"),
        ignored,
        sitemap: sitemap.map(read_sitemap).unwrap_or_default(),
        sitemap_file: if file.is_empty() { "sitemap.xml" } else { file }.to_owned(),
        related: map.get("related").map_or_else(RelatedOptions::default, read_related),
        section_pages_menu: text("sectionpagesmenu").to_lowercase(),
        titles: read_titles(map),
        has_cjk: is_set("hascjklanguage"),
        git_info: is_set("enablegitinfo"),
        outputs,
    };
    Ok((model, found))
}

/// Reads `sitemap` of the configuration or of front matter.
pub fn read_sitemap(value: &Value) -> SitemapOptions {
    let text = |key: &str| value.get(key).and_then(scalar_text);
    let priority = text("priority").and_then(|written| written.trim().parse::<f64>().ok());
    SitemapOptions {
        change_frequency: text("changefreq").unwrap_or_default(),
        priority: priority.filter(|priority| priority.is_finite()).map(|priority| priority.to_string()),
        disabled: value.get("disable").and_then(flag),
    }
}

fn read_titles(map: &Map<String, Value>) -> ListTitles {
    let style = map.get("titlecasestyle").and_then(scalar_text).unwrap_or_default();
    let keeps = map.get("capitalizelisttitles").and_then(flag) == Some(false);
    let in_plural = map.get("pluralizelisttitles").and_then(flag) != Some(false);
    ListTitles { style: if keeps { TitleStyle::None } else { TitleStyle::parse(&style) }, in_plural }
}

fn read_ugly_urls(value: Option<&Value>) -> UglyUrls {
    match value {
        Some(Value::Object(sections)) => {
            let ugly = sections.iter().filter(|(_, is_ugly)| flag(is_ugly).unwrap_or(false));
            UglyUrls::In(ugly.map(|(section, _)| section.trim_matches('/').to_owned()).collect())
        }
        Some(value) if flag(value).unwrap_or(false) => UglyUrls::Always,
        _ => UglyUrls::Never,
    }
}

fn read_ignored(
    map: &Map<String, Value>,
    problems: &mut Vec<Diagnostic>,
    files: &[ConfigFile],
) -> IgnoredFiles {
    let patterns = map.get("ignorefiles").map(text_list).unwrap_or_default();
    let mut parsed = Vec::new();
    for pattern in patterns {
        match Regex::new(&pattern) {
            Ok(regex) => parsed.push(regex),
            Err(error) => {
                let message =
                    format!("`{pattern}` among the `ignoreFiles` is no regular expression: {error}");
                let problem =
                    Diagnostic::error("config-ignore-files", message).at(place("ignorefiles", files));
                problems.push(problem.hint("`[.]foo$` is every file whose name ends in `.foo`"));
            }
        }
    }
    IgnoredFiles(parsed)
}

/// Reads `outputs` by kind; formats that are not made are told once.
fn read_outputs(
    map: &Map<String, Value>,
    problems: &mut Vec<Diagnostic>,
    files: &[ConfigFile],
) -> Vec<(String, PageOutputs)> {
    let kinds = map.get("outputs").and_then(Value::as_object).into_iter().flatten();
    let mut unserved: BTreeSet<String> = BTreeSet::new();
    let mut outputs = Vec::new();
    for (kind, formats) in kinds {
        let (kept, others) = PageOutputs::read(formats);
        unserved.extend(others.into_iter().map(|format| format.to_lowercase()));
        outputs.push((kind.clone(), kept));
    }
    problems.extend(unserved_outputs(&unserved).map(|warning| warning.at(place("outputs", files))));
    outputs
}

/// Returns the warning about formats that are not made, if there are any.
pub fn unserved_outputs(formats: &BTreeSet<String>) -> Option<Diagnostic> {
    if formats.is_empty() {
        return None;
    }
    let names: Vec<String> = formats.iter().map(|format| format!("`{format}`")).collect();
    let warning =
        Diagnostic::warning("outputs-unserved", format!("the output {} is not made", names.join(", ")));
    let typo = formats.iter().filter(|format| !UNSERVED.contains(&format.as_str()));
    let near = typo.filter_map(|format| crate::diag::nearest(format, SERVED)).next();
    Some(match near {
        Some(name) => warning.hint(format!("did you mean `{name}`?")),
        None => warning.hint(
            "pages are made in `html`, lists also in `rss`, `atom` and `jsonfeed`, sections in `print`",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Format, parse};

    fn model(yaml: &str) -> ContentModel {
        read_model(&parse(yaml, Format::Yaml).unwrap(), &[]).unwrap().0
    }

    #[test]
    fn ugly_addresses_are_for_all_or_for_some_sections() {
        for (written, blog, tags) in [
            ("uglyURLs: true", true, true),
            ("uglyURLs: false", false, false),
            ("uglyURLs: {Blog: true, tags: false}", true, false),
            ("title: x", false, false),
        ] {
            let ugly = model(written).ugly_urls;
            assert_eq!((ugly.apply_to("blog"), ugly.apply_to("tags")), (blog, tags), "{written}");
        }
    }

    #[test]
    fn files_are_ignored_by_regular_expressions_over_their_path() {
        let ignored = model("ignoreFiles: ['\\.foo$', '/draft/', 'sub/c']").ignored;
        let found =
            ["content/a.foo", "content/b.foo.md", "content/draft/x.md", "content/sub/c.jpg", "draft/x"]
                .map(|path| ignored.contain(path));
        assert_eq!(found, [true, false, true, true, true]);
        let wrong = read_model(&parse("ignoreFiles: ['[']", Format::Yaml).unwrap(), &[]).unwrap_err();
        assert_eq!(wrong[0].code, "config-ignore-files");
    }

    #[test]
    fn a_sitemap_has_defaults_and_a_name() {
        let set =
            model("sitemap: {changefreq: weekly, priority: '0.50', filename: a/map.xml, disable: true}");
        assert_eq!(set.sitemap_file, "map.xml");
        let expected = SitemapOptions {
            change_frequency: "weekly".to_owned(),
            priority: Some("0.5".to_owned()),
            disabled: Some(true),
        };
        assert_eq!(set.sitemap, expected);
        assert_eq!(
            (model("{}").sitemap_file, model("{}").feed_file),
            ("sitemap.xml".into(), "index.xml".into())
        );
        assert_eq!(model("outputFormats: {RSS: {baseName: feed}}").feed_file, "feed.xml");
    }

    #[test]
    fn formats_that_are_not_made_are_told_once() {
        let map =
            parse("outputs: {home: [HTML, JSON], page: [html, AMP], section: []}", Format::Yaml).unwrap();
        let (model, found) = read_model(&map, &[]).unwrap();
        let home = PageOutputs { html: true, rss: false, atom: false, json_feed: false, print: false };
        assert_eq!(model.outputs[0], ("home".to_owned(), home));
        assert_eq!(model.outputs[2].1, PageOutputs { html: false, ..home });
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "the output `amp`, `json` is not made");
    }
}
