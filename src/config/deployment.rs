//! Reads where a site is published to, and with which headers: Hugo's `deployment`, and what we add to it.
//!
//! Knows no target by its scheme: what an address means is decided where it is used.

use std::time::Duration;

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::ConfigFile;
use super::hosts::{Host, Hosting, read_host};
use super::keys::{check_members, place, text_place};
use super::read::Values;
use crate::data::{flag, integer, scalar_text};
use crate::diag::Diagnostic;
use crate::glob::Glob;
use crate::text::parse_age;

/// What the author decided about publishing.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of the configuration")]
pub struct Deployment {
    /// Where the site can be published to, in the order of the configuration; the first is the default.
    pub targets: Vec<Target>,
    /// Headers of files by their path; the first that matches counts.
    pub matchers: Vec<Matcher>,
    /// Which files go first within their kind.
    pub order: Vec<Regex>,
    /// Name of the target that is taken where none is named.
    pub target: Option<String>,
    /// Most files that a run removes; no limit where none is set.
    pub max_deletes: Option<usize>,
    /// Whether content delivery networks are told what changed.
    pub invalidates: bool,
    /// How many files are on their way at once.
    pub workers: usize,
    /// How long the other side may take to answer.
    pub timeout: Duration,
    /// Whether what is replaced is kept, for a way back.
    pub keeps_previous: bool,
    /// Whether nothing is to be changed.
    pub is_dry_run: bool,
    /// Whether the author is asked before anything is changed.
    pub confirms: bool,
    /// Whether every file goes there, changed or not.
    pub is_forced: bool,
    /// Who serves the site, and what is made for them.
    pub hosting: Hosting,
}

/// A place that the site can be published to.
#[derive(Debug, Clone)]
pub struct Target {
    /// What the author calls it.
    pub name: String,
    /// Its address.
    pub url: String,
    /// The only files that go there, where that is said.
    pub include: Option<Glob>,
    /// Files that do not go there.
    pub exclude: Option<Glob>,
    /// The CloudFront distribution before it.
    pub distribution: Option<String>,
    /// Whether `a/index.html` is named `a/` there.
    pub strips_index: bool,
}

/// Headers of files by their path.
#[derive(Debug, Clone)]
pub struct Matcher {
    /// Which paths it is for.
    pub pattern: Regex,
    /// `Cache-Control`.
    pub cache_control: Option<String>,
    /// `Content-Encoding` that the file already has.
    pub content_encoding: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// Whether the file is compressed on its way.
    pub compresses: bool,
    /// Whether the file goes there although it has not changed.
    pub is_forced: bool,
}

/// Most files that a run removes where nothing is said: Hugo's default.
const MAX_DELETES: usize = 256;

/// Files that are on their way at once where nothing is said: Hugo's default.
const WORKERS: usize = 10;

/// How long an answer may take where nothing is said.
const TIMEOUT: Duration = Duration::from_secs(60);

impl Default for Deployment {
    fn default() -> Self {
        Self {
            targets: Vec::new(),
            matchers: Vec::new(),
            order: Vec::new(),
            target: None,
            max_deletes: Some(MAX_DELETES),
            invalidates: true,
            workers: WORKERS,
            timeout: TIMEOUT,
            keeps_previous: true,
            is_dry_run: false,
            confirms: false,
            is_forced: false,
            hosting: Hosting::default(),
        }
    }
}

/// Reads `deployment`.
///
/// # Errors
/// `config-deployment` for a pattern or value that means nothing.
pub(super) fn read_deployment(
    values: &Values<'_>,
    files: &[ConfigFile],
) -> Result<(Deployment, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut reader = Reader { files, problems: Vec::new(), warnings: Vec::new() };
    let list = |key: &str| {
        let members = values.at(&format!("deployment.{key}")).and_then(Value::as_array);
        members.into_iter().flatten().filter_map(Value::as_object)
    };
    let targets = list("targets").map(|member| reader.target(member)).collect();
    let matchers = list("matchers").filter_map(|member| reader.matcher(member)).collect();
    let order = values.list("deployment.order");
    let order = order.iter().filter_map(|pattern| reader.regex(pattern)).collect();
    let deployment = Deployment {
        targets,
        matchers,
        order,
        target: values.text("deployment.target").filter(|name| !name.is_empty()),
        max_deletes: match values.at("deployment.maxdeletes").and_then(integer) {
            Some(number) => usize::try_from(number).ok(),
            None => Some(MAX_DELETES),
        },
        invalidates: values.flag("deployment.invalidatecdn").unwrap_or(true),
        workers: values.size("deployment.workers").filter(|number| *number > 0).unwrap_or(WORKERS).min(64),
        timeout: match values.at("deployment.timeout") {
            Some(written) => reader.timeout(written),
            None => TIMEOUT,
        },
        keeps_previous: values.flag("deployment.keepprevious").unwrap_or(true),
        is_dry_run: values.flag("deployment.dryrun").unwrap_or(false),
        confirms: values.flag("deployment.confirm").unwrap_or(false),
        is_forced: values.flag("deployment.force").unwrap_or(false),
        hosting: Hosting {
            host: values.text("deployment.host").and_then(|name| reader.host(&name)),
            precompresses: values.flag("deployment.precompress").unwrap_or(false),
        },
    };
    let Reader { problems, warnings, .. } = reader;
    if problems.is_empty() { Ok((deployment, warnings)) } else { Err(problems) }
}

/// Reads members, and gathers what is wrong with them.
struct Reader<'a> {
    files: &'a [ConfigFile],
    problems: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

/// Keys of a target that are read.
const TARGET_KEYS: &[&str] = &[
    "name",
    "url",
    "include",
    "exclude",
    "cloudFrontDistributionID",
    "googleCloudCDNOrigin",
    "stripIndexHTML",
];

/// Keys of a matcher that are read.
const MATCHER_KEYS: &[&str] = &["pattern", "cacheControl", "contentEncoding", "contentType", "gzip", "force"];

impl Reader<'_> {
    fn target(&mut self, map: &Map<String, Value>) -> Target {
        self.warnings.extend(check_members(map, "deployment.targets", TARGET_KEYS, self.files));
        let text = |key: &str| map.get(key).and_then(scalar_text).filter(|text| !text.is_empty());
        let url = text("url").unwrap_or_default();
        let name = text("name").unwrap_or_else(|| url.clone());
        if url.is_empty() {
            let message = format!("the target `{name}` of `deployment` has no `url`");
            let at = text_place(&name, self.files).unwrap_or_else(|| place("targets", self.files));
            self.problems.push(
                Diagnostic::error("config-deployment", message)
                    .at(at)
                    .hint("such as `s3://bucket?region=eu-west-3` or `file:///var/www/site`"),
            );
        }
        Target {
            include: text("include").and_then(|pattern| self.glob(&pattern)),
            exclude: text("exclude").and_then(|pattern| self.glob(&pattern)),
            distribution: text("cloudfrontdistributionid"),
            strips_index: map.get("stripindexhtml").and_then(flag).unwrap_or(false),
            name,
            url,
        }
    }

    fn matcher(&mut self, map: &Map<String, Value>) -> Option<Matcher> {
        self.warnings.extend(check_members(map, "deployment.matchers", MATCHER_KEYS, self.files));
        let text = |key: &str| map.get(key).and_then(scalar_text).filter(|text| !text.is_empty());
        let is_set = |key: &str| map.get(key).and_then(flag).unwrap_or(false);
        let Some(pattern) = text("pattern") else {
            let message = "a matcher of `deployment` has no `pattern`";
            let at = place("matchers", self.files);
            let problem = Diagnostic::error("config-deployment", message).at(at);
            self.problems.push(problem.hint("such as `^.+\\.(js|css)$`"));
            return None;
        };
        Some(Matcher {
            pattern: self.regex(&pattern)?,
            cache_control: text("cachecontrol"),
            content_encoding: text("contentencoding"),
            content_type: text("contenttype"),
            compresses: is_set("gzip"),
            is_forced: is_set("force"),
        })
    }

    fn host(&mut self, name: &str) -> Option<Host> {
        read_host(name, self.files).map_err(|problem| self.problems.push(problem)).ok()
    }

    fn timeout(&mut self, written: &Value) -> Duration {
        let text = scalar_text(written).unwrap_or_default();
        parse_age(&text).filter(|age| !age.is_zero()).unwrap_or_else(|| {
            let message = format!("`deployment.timeout` cannot be `{text}`");
            let problem = Diagnostic::error("config-deployment", message).at(place("timeout", self.files));
            self.problems.push(problem.hint("write a time, such as `60s`"));
            TIMEOUT
        })
    }

    fn glob(&mut self, pattern: &str) -> Option<Glob> {
        let found = text_place(pattern, self.files).unwrap_or_else(|| place("targets", self.files));
        Glob::new(pattern).map_err(|problem| self.problems.push(problem.at(found))).ok()
    }

    fn regex(&mut self, pattern: &str) -> Option<Regex> {
        let refuse = |error| {
            let message = format!("`{pattern}` in `deployment` is no regular expression: {error}");
            let at = text_place(pattern, self.files).unwrap_or_else(|| place("deployment", self.files));
            let problem = Diagnostic::error("config-deployment", message).at(at);
            problem.hint("`^.+\\.html$` is every file whose name ends in `.html`")
        };
        Regex::new(pattern).map_err(|error| self.problems.push(refuse(error))).ok()
    }
}

impl Target {
    /// Makes a target that the command line names by its address.
    pub fn at(url: &str) -> Self {
        Self {
            name: url.to_owned(),
            url: url.to_owned(),
            include: None,
            exclude: None,
            distribution: None,
            strips_index: false,
        }
    }

    /// Says whether a file goes there.
    pub fn takes(&self, path: &str) -> bool {
        self.include.as_ref().is_none_or(|glob| glob.matches(path))
            && self.exclude.as_ref().is_none_or(|glob| !glob.matches(path))
    }
}
