//! The template engine with the theme loaded, and its errors turned into diagnostics.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera, Value};

use super::context::Shared;
use super::values::{number, text};
use super::{conference, functions, views, words};
use crate::diag::{Diagnostic, Location, nearest};
use crate::markdown::shortcode::{Inner, Names};
use crate::theme::{DEFAULT_PREFIX, Theme};

/// The loaded templates.
#[derive(Debug)]
pub(super) struct Engine {
    /// What template functions can reach.
    pub(super) shared: Arc<Shared>,
    /// The shortcodes there are, and whether they take an inner text.
    pub(super) shortcodes: Names,
    /// The site as templates see it, in each of its languages.
    sites: Vec<Value>,
    tera: Tera,
    /// Source paths of the author's templates by name.
    author_templates: BTreeMap<String, String>,
}

/// Where the templates of shortcodes are.
pub(super) const SHORTCODES: &str = "shortcodes/";

impl Engine {
    /// Loads the theme.
    ///
    /// # Errors
    /// All templates that cannot be read, each at its line and column.
    pub(super) fn new(theme: &Theme<'_>, shared: &Arc<Shared>) -> Result<Self, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        functions::register(&mut tera, shared);
        words::register(&mut tera, shared);
        let author_templates: BTreeMap<String, String> =
            theme.templates.iter().map(|file| (file.name.clone(), file.source.to_string())).collect();
        let mut engine = Self {
            shared: Arc::clone(shared),
            shortcodes: Names::default(),
            sites: Vec::new(),
            tera,
            author_templates,
        };
        engine.load(theme)?;
        engine.sites = views::sites(&engine.shared);
        engine.shortcodes = engine.find_shortcodes()?;
        Ok(engine)
    }

    fn load(&mut self, theme: &Theme<'_>) -> Result<(), Vec<Diagnostic>> {
        let broken = |engine: &Self, error: &tera::Error| vec![engine.diagnose(error, None)];
        self.tera.set_fallback_prefixes([DEFAULT_PREFIX]).map_err(|error| broken(self, &error))?;
        let builtin = theme.builtin_templates.iter().map(|file| {
            (format!("{DEFAULT_PREFIX}{}", file.name), String::from_utf8_lossy(file.bytes).into_owned())
        });
        let own = theme.templates.iter().map(|file| (file.name.clone(), file.text.clone()));
        let result = self.tera.add_raw_templates(builtin.chain(own).collect::<Vec<_>>());
        result.map_err(|error| self.diagnose_each(&error, theme))
    }

    /// The engine stops at the first broken template; each is tried on its own so that all are shown.
    fn diagnose_each(&self, error: &tera::Error, theme: &Theme<'_>) -> Vec<Diagnostic> {
        let alone = theme.templates.iter().filter_map(|file| {
            let error = Tera::new().add_raw_template(&file.name, &file.text).err()?;
            matches!(error.kind(), ErrorKind::SyntaxError(report) if is_syntax(report.message()))
                .then(|| self.diagnose(&error, None))
        });
        let mut all: Vec<Diagnostic> = alone.collect();
        let first = match error.kind() {
            ErrorKind::Msg(report) => self.unknown_names(report, theme),
            ErrorKind::MissingParent { parent, .. } => {
                vec![self.diagnose(error, None).did_you_mean(parent, template_names(theme))]
            }
            _ => vec![self.diagnose(error, None)],
        };
        let is_known =
            |found: &Diagnostic| found.at.is_some() && all.iter().any(|known| known.at == found.at);
        let new: Vec<Diagnostic> = first.into_iter().filter(|found| !is_known(found)).collect();
        all.extend(new);
        all
    }

    /// Takes apart the engine's report on names that nothing has: all of them come in one text, as two lines each
    /// (``error: Unknown filter `x` `` and ` --> page.html:1:11`) with an excerpt below.
    fn unknown_names(&self, report: &str, theme: &Theme<'_>) -> Vec<Diagnostic> {
        let templates = template_names(theme);
        let lines: Vec<&str> = report.lines().collect();
        let found = lines.iter().enumerate().filter_map(|(index, line)| {
            let message = line.strip_prefix("error: ")?;
            let place = lines.get(index + 1).and_then(|line| self.reported_place(line));
            let at_place = |problem: Diagnostic| place.into_iter().fold(problem, Diagnostic::at);
            let Some((kind, name)) = message.strip_prefix("Unknown ").and_then(|rest| rest.split_once(' '))
            else {
                let problem = Diagnostic::error("template", message);
                let block = message.strip_prefix("Block `").and_then(|rest| rest.split_once('`'));
                let hint = |(name, _)| {
                    format!("put `{{% block {name} %}}{{% endblock %}}` into the template that it extends")
                };
                return Some(at_place(
                    block.into_iter().fold(problem, |problem, block| problem.hint(hint(block))),
                ));
            };
            let name = name.trim_matches('`');
            let known = match kind {
                "template" => templates.clone(),
                "function" => [functions::FUNCTIONS, words::FUNCTIONS, conference::FUNCTIONS].concat(),
                "filter" => functions::FILTERS.to_vec(),
                _ => Vec::new(),
            };
            let problem = Diagnostic::error("template", format!("there is no {kind} `{name}`"));
            Some(at_place(problem.did_you_mean(name, known)))
        });
        let found: Vec<Diagnostic> = found.collect();
        if found.is_empty() { vec![Diagnostic::error("template", first_line(report))] } else { found }
    }

    /// Reads ` --> page.html:1:11`.
    fn reported_place(&self, line: &str) -> Option<Location> {
        let mut parts = line.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
        let (column, line) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Location::position(self.template_path(parts.next()?), line, column))
    }

    fn find_shortcodes(&self) -> Result<Names, Vec<Diagnostic>> {
        let mut names = Names::default();
        let mut problems = Vec::new();
        for template in self.tera.get_template_names() {
            let bare = template.strip_prefix(DEFAULT_PREFIX).unwrap_or(template);
            let Some(name) = bare.strip_prefix(SHORTCODES).and_then(|name| name.strip_suffix(".html")) else {
                continue;
            };
            // The author's template of a name decides, not the built-in one that it replaces.
            match self.tera.get_template_variables(bare) {
                Ok(variables) => {
                    let uses = |variable: &str| variables.contains(variable);
                    // One that asks whether it was closed does well without a closing tag.
                    let is_optional = uses("inner") && uses("is_closed");
                    let inner = if is_optional { Inner::Optional } else { uses("inner").into() };
                    names.insert(name.to_lowercase(), inner);
                }
                Err(error) => problems.push(self.diagnose(&error, None)),
            }
        }
        if problems.is_empty() { Ok(names) } else { Err(problems) }
    }

    /// Returns the context that all templates of a language start from.
    pub(super) fn context(&self, language: usize) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.sites.get(language).cloned().unwrap_or_else(Value::none));
        let tag = self.shared.site.languages.get(language).map(|it| it.config.language.tag.as_str());
        context.insert_value("language", text(tag.unwrap_or_default()));
        context.insert_value("language_index", number(language));
        context
    }

    /// Says whether there is a template of this name.
    pub(super) fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Renders a template for a page; `for_source` names the page in an error's hint.
    pub(super) fn render(
        &self,
        template: &str,
        context: &Context,
        for_source: &str,
    ) -> Result<String, Diagnostic> {
        self.tera.render(template, context).map_err(|error| self.diagnose(&error, Some(for_source)))
    }

    /// Turns an error of the engine into a diagnostic at the template's line and column.
    fn diagnose(&self, error: &tera::Error, for_source: Option<&str>) -> Diagnostic {
        let diagnostic = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                let path = self.template_path(report.filename());
                let place = Location::position(path, span.start_line, span.start_col + 1);
                Diagnostic::error("template", first_line(report.message())).at(place)
            }
            ErrorKind::TemplateNotFound(name) => {
                let known: Vec<&str> = self.tera.get_template_names().collect();
                let diagnostic =
                    Diagnostic::error("template-not-found", format!("there is no template `{name}`"));
                match nearest(name, known.into_iter().map(|name| name.trim_start_matches(DEFAULT_PREFIX))) {
                    Some(name) => diagnostic.hint(format!("did you mean `{name}`?")),
                    None => diagnostic.hint(format!("put one at `templates/{name}`")),
                }
            }
            ErrorKind::MissingParent { current, parent } => {
                let message = format!("it extends `{parent}`, which is not there");
                Diagnostic::error("template-not-found", message)
                    .at(Location::file(self.template_path(current)))
                    .hint(format!("put one at `templates/{parent}`"))
            }
            other => Diagnostic::error("template", first_line(&other.to_string())),
        };
        match for_source {
            Some(source) if diagnostic.hint.is_none() => {
                diagnostic.hint(format!("while rendering `{source}`"))
            }
            _ => diagnostic,
        }
    }

    fn template_path(&self, name: &str) -> String {
        match self.author_templates.get(name) {
            Some(path) => path.clone(),
            None => format!("templates/{} (built in)", name.trim_start_matches(DEFAULT_PREFIX)),
        }
    }

    /// Renders the template of a shortcode.
    pub(super) fn render_shortcode(
        &self,
        name: &str,
        context: &Context,
        place: &str,
    ) -> Result<String, Diagnostic> {
        self.render(&format!("{SHORTCODES}{name}.html"), context, place)
    }
}

fn template_names<'a>(theme: &'a Theme<'_>) -> Vec<&'a str> {
    let own = theme.templates.iter().map(|file| file.name.as_str());
    own.chain(theme.builtin_templates.iter().map(|file| file.name)).collect()
}

/// Errors about other templates show when templates are loaded one by one; they are none.
fn is_syntax(message: &str) -> bool {
    !message.contains("Unknown") && !message.contains("not found") && !message.contains("not registered")
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}
