//! Every key that the configuration reads: what it takes, what holds without it, and what it does.
//!
//! `effective` shows the defaults of this table, `schema` is made of it. Nothing is read by it: the modules beside this
//! one do that, and tests hold the two together (a site that sets every default is the site that sets nothing).

/// A key of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Dotted path, as Hugo spells it.
    pub path: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// The value that holds where it is not set, as JSON; empty where nothing does.
    pub default: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number that is no less than this.
    From(i64),
    /// A whole number between these two.
    Between(i64, i64),
    /// One of these words, in any case.
    Choice(&'static [&'static str]),
    /// A text or a list of texts.
    Texts,
    /// A list of anything.
    List,
    /// A map with keys of the author's.
    Map,
    /// A map or a list.
    MapOrList,
    /// A switch, or a map with settings of it.
    FlagOrMap,
    /// A number or a text, such as `450MB`.
    Amount,
    /// Nothing in particular.
    Any,
}

const fn key(path: &'static str, shape: Shape, default: &'static str, about: &'static str) -> Key {
    Key { path, shape, default, about }
}

use Shape::{Amount, Any, Between, Choice, Flag, FlagOrMap, From, List, Map, MapOrList, Text, Texts};

const IDS: &[&str] = &["github", "github-ascii", "blackfriday"];
const HINTS: &[&str] = &["photo", "picture", "drawing", "icon", "text"];
const COMPRESSIONS: &[&str] = &["lossy", "lossless"];
const STYLES: &[&str] = &["AP", "Chicago", "Go", "FirstUpper", "None"];

/// All keys, in the order of their paths' meaning: the site, its folders, its addresses, its lists, its texts, its pictures.
#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    key("baseURL", Text, "\"\"", "Where the site is published"),
    key("title", Text, "\"\"", "Title of the site"),
    key("copyright", Text, "\"\"", "Last line of every page"),
    key("locale", Text, "", "Language of the texts, such as en or fr-CH"),
    key("languageCode", Text, "", "Older name of locale"),
    key("defaultContentLanguage", Text, "\"en\"", "Key of the language whose files have no suffix"),
    key("defaultContentLanguageInSubdir", Flag, "false", "Puts the default language into a folder of its own, too"),
    key("disableDefaultLanguageRedirect", Flag, "false", "Makes no redirect to the default language"),
    key("disableLanguages", Texts, "[]", "Keys of languages that are not built"),
    key("languages", Map, "", "The languages by their keys, each with what differs from the rest of the file"),
    key("author", Any, "", "Older place of params.author"),
    key("params.description", Text, "", "What the site is, in a line: for the home page and search engines"),
    key("params.author", Any, "", "Whose site it is: a name, or name, url, email, bio, picture and fediverse"),
    key("params.social", Any, "", "Where the author is elsewhere: addresses, or maps with name, url and icon"),
    key("params.colors", Map, "", "Colours of the theme: accent, sign, paper, sunk, line, ink, quiet; each one colour, or light and dark"),
    key("params.fonts", Map, "", "Lists of font families: text, headings, code"),
    key("params.appearance", Text, "", "light or dark: the site is always that, and has no switch"),
    key("params.logo", Text, "", "Picture below static for the sign and the icons"),
    key("params.footer", Text, "", "Words above the last line of every page, in Markdown"),
    key("params.events", Any, "", "Pages of events, people and places: false, or a map with path (the folder that they are in) and pages (false for none)"),
    key("params.search", Any, "", "false: the site cannot be searched"),
    key("params.archive", Any, "", "false: there is no page with every report"),
    key("params.images", Texts, "", "Picture for sharing of pages that have none"),
    key("params.time_format_blog", Text, "", "Layout of dates, such as 2 January 2006"),
    key("params.time_format_default", Text, "", "The same, where params.time_format_blog is not set"),
    key("params", Map, "", "Values of your own, which templates see as site.params"),
    key("timeZone", Text, "\"\"", "Zone of dates that name none, such as Europe/Paris; UTC without it"),
    key("contentDir", Text, "\"content\"", "Folder of the texts"),
    key("staticDir", Texts, "\"static\"", "Folders of files that are published as they are"),
    key("staticDir0", Text, "", "One more folder of such files"),
    key("staticDir1", Text, "", "One more folder of such files"),
    key("staticDir2", Text, "", "One more folder of such files"),
    key("publishDir", Text, "\"public\"", "Folder that the site is written into"),
    key("module", Map, "", "Hugo's modules, of which the mounts are read"),
    key("ignoreFiles", Texts, "[]", "Regular expressions; files of the content whose path matches are passed over"),
    key("buildDrafts", Flag, "false", "Builds drafts always"),
    key("buildFuture", Flag, "false", "Builds posts always whose publish date is still to come"),
    key("buildExpired", Flag, "false", "Builds posts always that have expired"),
    key("permalinks", MapOrList, "", "Patterns of addresses, such as blog: /:section/:year/:slug/"),
    key("uglyURLs", FlagOrMap, "false", "/blog/a.html in place of /blog/a/, for all or by section"),
    key("disableAliases", Flag, "false", "Makes no redirects from old addresses"),
    key("disablePathToLower", Flag, "false", "Keeps capital letters of names in addresses"),
    key("removePathAccents", Flag, "false", "Takes accents out of addresses"),
    key("taxonomies", Map, "{\"category\": \"categories\", \"tag\": \"tags\"}", "Ways of grouping posts: one of them, and several"),
    key("cascade", MapOrList, "", "Front matter for all pages, or for those that a target chooses"),
    key("frontmatter.date", Texts, "[\":default\"]", "Where the date of a page is read"),
    key("frontmatter.lastmod", Texts, "[\":default\"]", "Where the day of its last change is read"),
    key("frontmatter.publishDate", Texts, "[\":default\"]", "Where the instant is read that it is published at"),
    key("frontmatter.expiryDate", Texts, "[\":default\"]", "Where the instant is read that it is taken away at"),
    key("enableGitInfo", Flag, "false", "Takes the day of last change from the history"),
    key("mainSections", Texts, "[]", "Sections that the home page lists; the largest without it"),
    key("menus", Map, "", "Entries by menu: name, url or pageRef, weight, parent"),
    key("menu", Map, "", "Older name of menus"),
    key("sectionPagesMenu", Text, "\"\"", "Menu that has an entry for each section"),
    key("pagination.pagerSize", From(1), "10", "Pages in one slice of a list"),
    key("pagination.path", Text, "\"page\"", "Part of the address before a slice's number"),
    key("pagination.disableAliases", Flag, "false", "Makes no redirect from the first slice to its list"),
    key("paginate", From(1), "", "Older name of pagination.pagerSize"),
    key("paginatePath", Text, "", "Older name of pagination.path"),
    key("titleCaseStyle", Choice(STYLES), "\"AP\"", "How names of folders and tags become titles"),
    key("capitalizeListTitles", Flag, "true", "Writes such titles with capitals"),
    key("pluralizeListTitles", Flag, "true", "Writes titles of sections in the plural"),
    key("check.severity", Map, "", "How much findings matter by their codes: error, warn, note or off"),
    key("check.budget.html", Amount, "", "Most that a page may weigh, such as 100kB"),
    key("check.budget.css", Amount, "", "Most that its style sheets may weigh"),
    key("check.budget.js", Amount, "", "Most that its scripts may weigh"),
    key("check.budget.pictures", Amount, "", "Most that its pictures may weigh on a phone"),
    key("check.budget.total", Amount, "", "Most that all of it may weigh"),
    key("check.ignore", Texts, "", "Targets of links that are not looked at"),
    key("deployment.targets", List, "", "Where the site can be published to, each with name and url"),
    key("deployment.target", Text, "", "Name of the target that is taken where none is named; else the first"),
    key("deployment.matchers", List, "", "Headers of files by a pattern of their paths"),
    key("deployment.order", Texts, "", "Patterns of files that go first among those of their kind"),
    key("deployment.maxDeletes", From(-1), "256", "Most files that a run removes; -1 for any number"),
    key("deployment.invalidateCDN", Flag, "true", "Tells CloudFront what has changed"),
    key("deployment.workers", Between(1, 64), "10", "Files that are on their way at once"),
    key("deployment.timeout", Amount, "\"60s\"", "How long the other side may take to answer"),
    key("deployment.keepPrevious", Flag, "true", "Keeps what is replaced, for a way back"),
    key("deployment.confirm", Flag, "false", "Asks before anything is changed"),
    key("deployment.dryRun", Flag, "false", "Changes nothing"),
    key("deployment.host", Text, "", "Who serves the site: github, gitlab, netlify, cloudflare or codeberg"),
    key("deployment.precompress", Flag, "false", "Makes compressed files beside all texts"),
    key("deployment.force", Flag, "false", "Sends every file, changed or not"),
    key("related.threshold", Between(0, 100), "80", "How strong a relation is at least, in percent"),
    key("related.includeNewer", Flag, "false", "Counts newer pages, too"),
    key("related.toLower", Flag, "false", "Compares words without case"),
    key("related.indices", List, "[{\"name\": \"keywords\", \"weight\": 100}, {\"name\": \"date\", \"weight\": 10}, {\"name\": \"tags\", \"weight\": 80}, {\"name\": \"event\", \"weight\": 100}]", "Keys of front matter that relate pages, each with its weight; `event` relates posts on one event and its series"),
    key("outputs", Map, "", "Formats by kind of page: home: [HTML] leaves its feed out"),
    key("outputFormats", Map, "", "Settings of formats, of which RSS.baseName is read"),
    key("disableKinds", Texts, "[]", "Kinds that are not made: taxonomy, term, rss, sitemap, 404"),
    key("enableRobotsTXT", Flag, "false", "Makes robots.txt"),
    key("sitemap.changeFreq", Text, "\"\"", "How often pages change, for the sitemap"),
    key("sitemap.priority", Amount, "", "Priority of pages in the sitemap"),
    key("sitemap.disable", Flag, "", "Leaves pages out of the sitemap"),
    key("sitemap.filename", Text, "\"sitemap.xml\"", "Name of the sitemap"),
    key("services", Map, "", "Hugo's services, of which rss.limit is read: most items of a feed"),
    key("rssLimit", From(-1), "", "Older name of services.rss.limit"),
    key("summaryLength", From(0), "70", "Words of an automatic summary"),
    key("hasCJKLanguage", Flag, "false", "Counts letters where texts are Chinese, Japanese or Korean"),
    key("enableEmoji", Flag, "false", "Reads :smile:"),
    key("unknownShortcodes", Choice(&["error", "warn", "inner"]), "\"error\"", "What becomes of shortcodes that there is no template for"),
    key("markup.defaultMarkdownHandler", Text, "", "Hugo's choice of a Markdown engine; there is one here"),
    key("markup.asciidocExt", Map, "", "Hugo's settings of AsciiDoc; such pages are not read"),
    key("markup.rst", Map, "", "Hugo's settings of reStructuredText; such pages are not read"),
    key("markup.pandoc", Map, "", "Hugo's settings of Pandoc; such pages are not read"),
    key("markup.highlight", Map, "", "How code is coloured: codeFences, lineNos and others"),
    key("markup.tableOfContents.startLevel", Between(1, 6), "2", "Highest heading of a table of contents"),
    key("markup.tableOfContents.endLevel", Between(-1, 6), "3", "Lowest heading of a table of contents"),
    key("markup.tableOfContents.ordered", Flag, "", "Hugo's numbered table of contents"),
    key("markup.goldmark.duplicateResourceFiles", Flag, "false", "Gives every translation a copy of the files it takes over"),
    key("markup.goldmark.renderer.hardWraps", Flag, "false", "Ends lines where the text ends them"),
    key("markup.goldmark.renderer.unsafe", Flag, "false", "Lets HTML in texts through"),
    key("markup.goldmark.renderer.xhtml", Flag, "false", "Closes empty elements with a slash"),
    key("markup.goldmark.renderHooks", Map, "", "When links and pictures are resolved: link.useEmbedded, image.useEmbedded"),
    key("markup.goldmark.parser.attribute.block", Flag, "false", "Reads attributes of blocks: {.note}"),
    key("markup.goldmark.parser.attribute.title", Flag, "true", "Reads attributes of headings: {#here}"),
    key("markup.goldmark.parser.autoHeadingID", Flag, "true", "Gives every heading an address"),
    key("markup.goldmark.parser.autoIDType", Choice(IDS), "\"github\"", "How addresses of headings are made"),
    key("markup.goldmark.parser.autoHeadingIDType", Choice(IDS), "", "Older name of autoIDType"),
    key("markup.goldmark.parser.autoDefinitionTermID", Flag, "false", "Gives every term of a definition list an address"),
    key("markup.goldmark.parser.wrapStandAloneImageWithinParagraph", Flag, "true", "Puts a picture alone into a paragraph"),
    key("markup.goldmark.extensions.cjk", FlagOrMap, "false", "Line ends of East Asian texts"),
    key("markup.goldmark.extensions.definitionList", Flag, "true", "Reads definition lists"),
    key("markup.goldmark.extensions.extras", Map, "", "Reads ==mark==, ++insert++, sub- and superscript"),
    key("markup.goldmark.extensions.footnote", FlagOrMap, "true", "Reads footnotes"),
    key("markup.goldmark.extensions.linkify", Flag, "true", "Makes addresses in texts links"),
    key("markup.goldmark.extensions.linkifyProtocol", Text, "\"https\"", "What a link without a protocol begins with"),
    key("markup.goldmark.extensions.passthrough", Map, "", "Delimiters of formulas"),
    key("markup.goldmark.extensions.strikethrough", Flag, "true", "Reads ~~struck~~"),
    key("markup.goldmark.extensions.table", Flag, "true", "Reads tables"),
    key("markup.goldmark.extensions.taskList", Flag, "true", "Reads [x]"),
    key("markup.goldmark.extensions.typographer", FlagOrMap, "true", "Makes quotes and dashes typographic"),
    key("imaging.quality", Between(1, 100), "75", "Quality of JPEG and lossy WebP"),
    key("imaging.resampleFilter", Text, "\"Lanczos\"", "How pictures are made smaller"),
    key("imaging.anchor", Text, "\"Smart\"", "What of a picture stays when it is cropped"),
    key("imaging.bgColor", Text, "\"#ffffff\"", "What stands behind what is transparent"),
    key("imaging.hint", Choice(HINTS), "\"photo\"", "What pictures show, for WebP"),
    key("imaging.compression", Choice(COMPRESSIONS), "\"lossy\"", "How WebP is written"),
    key("imaging.jpeg", Map, "", "Settings of JPEG: quality"),
    key("imaging.png", Map, "", "Hugo's settings of PNG"),
    key("imaging.gif", Map, "", "Hugo's settings of GIF"),
    key("imaging.webp", Map, "", "Settings of WebP: hint, compression"),
    key("imaging.avif", Map, "", "Settings of AVIF: quality, encoderSpeed"),
    key("imaging.exif", Map, "", "Hugo's settings of what templates see of a camera's data"),
    key("imaging.meta", Map, "", "Hugo's settings of what templates see of a camera's data"),
    key("imaging.metadata", Choice(&["strip", "copyright", "keep"]), "\"strip\"", "What stays of what cameras wrote into photos"),
    key("imaging.responsive", Flag, "true", "Offers pictures in several widths"),
    key("imaging.widths", List, "[480, 960, 1440, 1920]", "The widths, in pixels"),
    key("imaging.formats", Texts, "[\"webp\"]", "Formats that pictures are offered in, such as [webp]"),
    key("imaging.sizes", Text, "", "How wide pictures are shown, as HTML has it"),
    key("imaging.placeholder", Flag, "true", "Shows a photo's colour until it is there"),
    key("imaging.socialCards", Flag, "true", "Draws a card for posts that have no picture for sharing"),
    key("imaging.cardColor", Text, "", "Colour of the cards, such as #075e43"),
    key("imaging.cardFont", Text, "", "Font of the cards, a file below static"),
    key("imaging.memory", Amount, "\"450MB\"", "Memory for the making of pictures"),
    key("imaging.maxPixels", Amount, "200", "Most megapixels of a picture"),
    key("imaging.maxFrames", Amount, "5000", "Most frames of an animation"),
    key("caches", Map, "", "Hugo's caches, of which images.maxAge is read"),
];

/// Writes the reference of all keys as Markdown: a table for each first part of their paths that has several.
pub fn keys_reference() -> String {
    let first = |key: &Key| key.path.split('.').next().unwrap_or_default();
    let groups: Vec<&[Key]> = KEYS.chunk_by(|a, b| first(a) == first(b)).collect();
    let mut text = table(groups.iter().filter(|group| group.len() == 1).flat_map(|group| group.iter()));
    for group in groups.iter().filter(|group| group.len() > 1) {
        let name = group.first().map(first).unwrap_or_default();
        text.push_str(&format!("## `{name}`\n\n{}", table(group.iter())));
    }
    text
}

fn table<'a>(keys: impl Iterator<Item = &'a Key>) -> String {
    let mut text = String::from("| key | takes | without it | what it does |\n| --- | --- | --- | --- |\n");
    for Key { path, shape, default, about } in keys {
        let default = match *default {
            "" | "\"\"" | "[]" => String::new(),
            default => format!("`{}`", default.trim_matches('"').replace('|', "\\|")),
        };
        text.push_str(&format!("| `{path}` | {} | {default} | {about} |\n", shape.words()));
    }
    text.push('\n');
    text
}

impl Shape {
    /// Says what a key takes.
    fn words(self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::From(least) => format!("a number from {least} on"),
            Self::Between(least, most) => format!("a number from {least} to {most}"),
            Self::Choice(words) => {
                words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
            }
            Self::Texts => "a text or several".to_owned(),
            Self::List => "a list".to_owned(),
            Self::Map => "a map".to_owned(),
            Self::MapOrList => "a map or a list".to_owned(),
            Self::FlagOrMap => "a switch or a map".to_owned(),
            Self::Amount => "a number, or one with a unit".to_owned(),
            Self::Any => "text, list or map".to_owned(),
        }
    }
}

/// Older names of keys: what is set under the second holds where the first is not set.
pub(super) const OLDER: &[(&str, &str)] = &[
    ("locale", "languageCode"),
    ("menus", "menu"),
    ("pagination.pagerSize", "paginate"),
    ("pagination.path", "paginatePath"),
    ("imaging.quality", "imaging.jpeg.quality"),
    ("imaging.hint", "imaging.webp.hint"),
    ("imaging.compression", "imaging.webp.compression"),
    ("markup.goldmark.parser.autoIDType", "markup.goldmark.parser.autoHeadingIDType"),
];

#[cfg(test)]
mod tests {
    use serde_json::{Map as Object, Value};

    use super::*;
    use crate::config::keys::{NEEDLESS, NESTED, NOT_YET, SERVED};
    use crate::config::{ConfigFile, load};
    use crate::data::Format;

    fn has_row(path: &str) -> bool {
        KEYS.iter().any(|key| {
            key.path.eq_ignore_ascii_case(path)
                || key
                    .path
                    .get(..=path.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(&format!("{path}.")))
        })
    }

    #[test]
    fn every_key_that_is_read_is_listed() {
        let nested = NESTED.iter().flat_map(|(map, keys)| keys.iter().map(move |key| format!("{map}.{key}")));
        let read = SERVED.iter().map(|key| (*key).to_owned()).chain(nested);
        let missing: Vec<String> = read.filter(|path| !has_row(path)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_listed_key_is_read() {
        for key in KEYS {
            let first = key.path.split('.').next().unwrap();
            assert!([SERVED, NEEDLESS, NOT_YET].iter().any(|list| list.contains(&first)), "{}", key.path);
            for (map, keys) in NESTED {
                let within = key.path.to_lowercase().strip_prefix(&format!("{map}.")).map(str::to_owned);
                let next = within.and_then(|rest| rest.split('.').next().map(str::to_owned));
                if let Some(next) = next {
                    assert!(keys.iter().any(|known| known.eq_ignore_ascii_case(&next)), "{}", key.path);
                }
            }
        }
    }

    #[test]
    fn a_site_that_sets_every_default_is_one_that_sets_nothing() {
        let mut all = Object::new();
        for key in KEYS.iter().filter(|key| !key.default.is_empty()) {
            let default: Value = serde_json::from_str(key.default).unwrap();
            let mut map = &mut all;
            let (parents, last) = key.path.rsplit_once('.').unwrap_or(("", key.path));
            for part in parents.split('.').filter(|part| !part.is_empty()) {
                map = map.entry(part).or_insert_with(|| Object::new().into()).as_object_mut().unwrap();
            }
            map.insert(last.to_owned(), default);
        }
        let text = Value::Object(all).to_string();
        let file = ConfigFile { path: "hallway.json".to_owned(), text, format: Format::Json };
        let (set, warnings) = load(&[file], false).unwrap();
        let (unset, _) = load(&[], false).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        let lines = |text: String| text.lines().map(str::to_owned).collect::<Vec<_>>();
        let (set, unset) = (lines(format!("{set:#?}")), lines(format!("{unset:#?}")));
        let other = set.iter().zip(&unset).position(|(a, b)| a != b).unwrap_or(set.len().min(unset.len()));
        let near = |lines: &[String]| lines[other.saturating_sub(3)..(other + 3).min(lines.len())].join("\n");
        assert!(set == unset, "set:\n{}\nunset:\n{}", near(&set), near(&unset));
    }
}
