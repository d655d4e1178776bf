//! `hallway new`: files that an author starts from. Never writes over one without being told to.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use hallway::diag::{Diagnostic, Location};
use hallway::output::write_new;
use hallway::port::{self, Ported};
use hallway::render::check_template;
use hallway::scaffold::Kind;
use hallway::source;

use super::new_page::{self, NEW_PAGE_EXAMPLES, NewPageArguments};
use super::{Exit, report};

/// A shortcode that shows what its template sees.
const SKELETON: &str = r#"{#- What a shortcode sees:
  args[0], args[1]   what is written without names: NAME one "two words"
  named.title        what is written with names: NAME title="A title"
  inner              the text between the tags; a template that says this makes a shortcode that must be closed
  page, site, parent, name, ordinal: see the manual, "Templates" -#}
{%- set title = named.title or args[0] or "" -%}
<aside class="NAME">
{%- if title %}<strong>{{ title }}</strong>{% endif %}
{{ inner | markdown }}
</aside>
"#;

const NEW_SHORTCODE_EXAMPLES: &str = "\
Examples:
  hallway new shortcode note           a template to start from
  hallway new shortcode note --from layouts/shortcodes/note.html
                                       what can be translated of Hugo's";

#[derive(Debug, Subcommand)]
#[command(disable_help_subcommand = true)]
pub(crate) enum NewCommand {
    /// Write a post, with its photos
    #[command(after_help = NEW_PAGE_EXAMPLES)]
    Post(NewPageArguments),
    /// Write a report from a conference, with its photos
    #[command(after_help = NEW_PAGE_EXAMPLES)]
    Report(NewPageArguments),
    /// Write a page about an event
    #[command(after_help = NEW_PAGE_EXAMPLES)]
    Event(NewPageArguments),
    /// Write a page about a talk
    #[command(after_help = NEW_PAGE_EXAMPLES)]
    Talk(NewPageArguments),
    /// Write a page beside the blog
    #[command(after_help = NEW_PAGE_EXAMPLES)]
    Page(NewPageArguments),
    /// Write the template of a shortcode, from nothing or from Hugo's
    #[command(after_help = NEW_SHORTCODE_EXAMPLES)]
    Shortcode(NewShortcodeArguments),
}

#[derive(Debug, Args)]
pub(crate) struct NewShortcodeArguments {
    /// What the shortcode is called, such as note
    #[arg(value_parser = shortcode_name)]
    pub(crate) name: String,

    /// Folder of the site [default: this folder]
    #[arg(value_name = "SITE")]
    pub(crate) site: Option<PathBuf>,

    /// Template of a Hugo site to translate, such as layouts/shortcodes/note.html
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,

    /// Write over a template that is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// Writes what is wanted.
pub(crate) fn run(command: &NewCommand) -> Exit {
    match command {
        NewCommand::Post(arguments) => new_page::run(Kind::Post, arguments),
        NewCommand::Report(arguments) => new_page::run(Kind::Report, arguments),
        NewCommand::Event(arguments) => new_page::run(Kind::Event, arguments),
        NewCommand::Talk(arguments) => new_page::run(Kind::Talk, arguments),
        NewCommand::Page(arguments) => new_page::run(Kind::Page, arguments),
        NewCommand::Shortcode(arguments) => shortcode(arguments),
    }
}

/// Writes the template of a shortcode.
fn shortcode(arguments: &NewShortcodeArguments) -> Exit {
    let root = arguments.site.clone().unwrap_or_else(|| PathBuf::from("."));
    if !root.is_dir() {
        let problem = Diagnostic::error("site-not-found", "there is no such folder")
            .at(Location::file(root.display().to_string()));
        report::warn(&[problem], &root);
        return Exit::Usage;
    }
    let path = format!("templates/shortcodes/{}.html", arguments.name);
    let ported = match &arguments.from {
        None => Ok(Ported { template: SKELETON.replace("NAME", &arguments.name), unported: Vec::new() }),
        Some(from) => translate(from, &root),
    };
    let ported = match ported {
        Ok(ported) => ported,
        Err(problem) => {
            report::warn(&[problem], &root);
            return Exit::Io;
        }
    };
    report::warn(&ported.unported, &root);
    let checked =
        if ported.is_readable() { check_template(&path, &ported.template) } else { return Exit::Content };
    if let Err(problem) = checked {
        let hint = "the translation went wrong here: write this part of the original in a simpler way";
        report::warn(&[problem.hint(hint)], &root);
        return Exit::Content;
    }
    if let Err(problem) = write_new(&root, &path, &ported.template, arguments.force) {
        report::warn(&[problem], &root);
        return Exit::Io;
    }
    report::say(&summary(&path, &ported));
    Exit::Ok
}

/// Translates a file; a path that is not there from here is looked for in the site.
fn translate(from: &Path, root: &Path) -> Result<Ported, Diagnostic> {
    let file = if from.exists() { from.to_owned() } else { root.join(from) };
    let shown = file.strip_prefix(root).unwrap_or(&file).display().to_string().replace('\\', "/");
    let text = source::read_named(&file, &shown)?;
    Ok(port::shortcode(&text).at_path(&shown))
}

fn summary(path: &str, ported: &Ported) -> String {
    let count = |code: &str| ported.unported.iter().filter(|found| found.code == code).count();
    let (lost, differs) = (count("port-untranslated"), count("port-differs"));
    let mut needs = Vec::new();
    if lost > 0 {
        let are = if lost == 1 { "is" } else { "are" };
        needs.push(format!("{} {are} marked `not translated` in it", report::counted(lost, "place")));
    }
    if differs > 0 {
        needs.push(format!("look at {} more", report::counted(differs, "place")));
    }
    let needs = if needs.is_empty() { String::new() } else { format!(": {}", needs.join(", ")) };
    format!("wrote {path}{needs}\n")
}

/// Reads the name of a shortcode; names are small, as calls of it are compared.
fn shortcode_name(text: &str) -> Result<String, String> {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if text.split('/').all(is_word) {
        Ok(text.to_lowercase())
    } else {
        Err("a name is made of letters, digits, `-` and `_`, and of `/` between folders".to_owned())
    }
}
