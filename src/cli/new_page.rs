//! `hallway new post|report|event|talk|page`: a page to start from, with its pictures.

use std::path::{Path, PathBuf};

use clap::Args;
use hallway::config::{self, Config, Configs};
use hallway::diag::{Diagnostic, Location};
use hallway::image::{prepared, probe};
use hallway::media::is_pixels;
use hallway::output::{write_new, write_new_bytes};
use hallway::path::Route;
use hallway::scaffold::{EventFacts, Kind, NewPage, Picture, Values, folder_name, page_text, picture_name};
use hallway::source;
use jiff::Timestamp;
use rayon::prelude::*;

use super::Exit;
use super::args::{clock, instant};
use super::report::{self, HINT, say};

pub(crate) const NEW_PAGE_EXAMPLES: &str = "\
Examples:
  hallway new post \"A day at Example Conf\"            content/blog/a-day-at-example-conf/index.md
  hallway new report \"Rust meetup\" ~/Photos/*.jpg     takes the photos along, and shows them
  hallway new report \"KubeCon EU 2026\" --start 2026-03-23 --city Amsterdam --photos ~/Photos
                                                    the same, with what is known of the event
  hallway new talk \"Caches\" --draft --edit            not published yet; opens the editor

A text of your own to begin with: archetypes/report.md, as Hugo has them, with {{ title }} and {{ date }}.";

#[derive(Debug, Args)]
pub(crate) struct NewPageArguments {
    /// Title of the page, or a path within the content, such as blog/rust-meetup
    title: String,

    /// Photos and other files to take along into the page's folder
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// First day of the event, such as 2026-03-23
    #[arg(long, value_name = "DAY", help_heading = "The event")]
    start: Option<jiff::civil::Date>,

    /// Last day of the event
    #[arg(long, value_name = "DAY", help_heading = "The event")]
    end: Option<jiff::civil::Date>,

    /// Building
    #[arg(long, value_name = "NAME", help_heading = "The event")]
    venue: Option<String>,

    /// City
    #[arg(long, value_name = "NAME", help_heading = "The event")]
    city: Option<String>,

    /// Country, by name or by its two letters
    #[arg(long, value_name = "NAME", help_heading = "The event")]
    country: Option<String>,

    /// Site of the event
    #[arg(long, value_name = "URL", help_heading = "The event")]
    url: Option<String>,

    /// Take all photos of a folder along: upright, stripped, in the order in which they were taken
    #[arg(long, value_name = "DIR", conflicts_with = "single")]
    photos: Option<PathBuf>,

    /// Folder of the site [default: this folder]
    #[arg(short = 's', long, value_name = "DIR")]
    source: Option<PathBuf>,

    /// Folder within the content [default: the section of such pages]
    #[arg(long, value_name = "DIR")]
    section: Option<String>,

    /// Name of the folder, which is the last part of the address [default: made of the title]
    #[arg(long, value_name = "NAME")]
    slug: Option<String>,

    /// Do not publish it yet
    #[arg(short = 'D', long)]
    draft: bool,

    /// Write one file, NAME.md, in place of a folder
    #[arg(long, conflicts_with = "files")]
    single: bool,

    /// Open it in $VISUAL or $EDITOR
    #[arg(short, long)]
    edit: bool,

    /// Take this instant for now, such as 2026-02-01 or 2026-02-01T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    clock: Option<Timestamp>,
}

/// Where a page goes: the folder that holds it, its name, its title.
struct Place {
    folder: String,
    name: String,
    title: String,
}

/// Writes a new page.
pub(crate) fn run(kind: Kind, arguments: &NewPageArguments) -> Exit {
    let root = arguments.source.clone().unwrap_or_else(|| PathBuf::from("."));
    let configs = match configs(&root) {
        Ok(configs) => configs,
        Err((exit, problems)) => {
            report::warn(&problems, &root);
            return exit;
        }
    };
    let content = content_folder(&configs);
    let place = place(kind, arguments, &root, &content, configs.general());
    if place.name.is_empty() {
        report::complain("the title has no letter and no digit to make a name of; say one with --slug");
        return Exit::Usage;
    }
    let path = if arguments.single {
        format!("{}/{}.md", place.folder, place.name)
    } else {
        format!("{}/{}/index.md", place.folder, place.name)
    };
    let path = path.trim_start_matches('/').to_owned();
    match write(kind, arguments, (&root, &path), &place, configs.general()) {
        Ok(written) => {
            say(&written.iter().map(|path| format!("wrote {path}\n")).collect::<String>());
            if arguments.edit {
                return edit(&root.join(&path));
            }
            say(&format!("{HINT}hint{HINT:#}: `hallway serve --open` shows it while you write\n"));
            Exit::Ok
        }
        Err(problem) => {
            let exit = if problem.code == "archetype-syntax" { Exit::Content } else { Exit::Io };
            report::warn(&[problem], &root);
            exit
        }
    }
}

fn configs(root: &Path) -> Result<Configs, (Exit, Vec<Diagnostic>)> {
    if !root.is_dir() {
        let problem = Diagnostic::error("site-not-found", "there is no such folder")
            .at(Location::file(root.display().to_string()));
        return Err((Exit::Usage, vec![problem]));
    }
    let files = config::read_files(root).map_err(|problem| (Exit::Io, vec![problem]))?;
    config::load(&files, false).map(|(configs, _)| configs).map_err(|problems| (Exit::Config, problems))
}

/// Returns the folder that the default language's texts are in.
fn content_folder(configs: &Configs) -> String {
    let own = |mount: &&config::Mount| mount.target.is_empty() && mount.language == configs.default;
    configs.content.iter().find(own).map_or_else(|| "content".to_owned(), |mount| mount.folder.clone())
}

fn place(kind: Kind, arguments: &NewPageArguments, root: &Path, content: &str, config: &Config) -> Place {
    let written = arguments.title.trim();
    // `new post blog/rust-meetup.md` is how Hugo is asked; a title may have a slash, too, but then also a space.
    let path = written.strip_suffix(".md").unwrap_or(written);
    let is_path = !written.contains(char::is_whitespace) && path.contains('/') || path != written;
    let (section, name) = match path.trim_end_matches("/index").rsplit_once('/').filter(|_| is_path) {
        Some((section, name)) => (section.to_owned(), name.to_owned()),
        None => (section(kind, root, content, config), path.to_owned()),
    };
    let section = arguments.section.clone().unwrap_or(section);
    let title =
        if is_path { hallway::text::title_case(&name.replace(['-', '_'], " ")) } else { written.to_owned() };
    let name = folder_name(arguments.slug.as_deref().unwrap_or(&name));
    let inside = section.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..");
    let folder = std::iter::once(content).filter(|folder| !folder.is_empty()).chain(inside);
    Place { folder: folder.collect::<Vec<_>>().join("/"), name, title }
}

/// Posts go where the site's own are: its main section, or `posts` where there is one and no `blog`.
fn section(kind: Kind, root: &Path, content: &str, config: &Config) -> String {
    if let Some(section) = kind.section() {
        return section.to_owned();
    }
    let has = |name: &&str| root.join(content).join(name).is_dir();
    let usual = ["blog", "posts", "post", "articles"].into_iter().find(has).unwrap_or("blog");
    config.main_sections.first().cloned().unwrap_or_else(|| usual.to_owned())
}

/// Writes the page and what goes along; returns the paths.
fn write(
    kind: Kind,
    arguments: &NewPageArguments,
    (root, path): (&Path, &str),
    place: &Place,
    config: &Config,
) -> Result<Vec<String>, Diagnostic> {
    let values = Values {
        title: place.title.clone(),
        name: place.name.clone(),
        kind: kind.name().to_owned(),
        date: arguments.clock.unwrap_or_else(clock).to_zoned(config.zone.clone()),
        site_title: config.title.clone(),
        base_url: config.base_url.absolute(&Route::home()),
    };
    let section = place.folder.rsplit('/').next().unwrap_or_default();
    let archetype = archetype(root, &[kind.name(), section])?;
    let mut pictures: Vec<Picture> = Vec::new();
    let mut files = arguments.files.clone();
    files.extend(photos(arguments.photos.as_deref())?);
    let own = arguments.files.len();
    for (index, file) in files.iter().enumerate() {
        if !file.is_file() {
            return Err(Diagnostic::error("file-unreadable", "there is no such file")
                .at(Location::file(file.display().to_string())));
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        // Galleries go by name: those of a folder keep the order in which they were taken.
        let name = if index < own { name.into_owned() } else { format!("{:03}-{name}", index - own + 1) };
        let picture = picture_name(&name, &pictures);
        pictures.push(picture);
    }
    let event = event_facts(arguments);
    let page = NewPage {
        kind,
        archetype: archetype.as_ref().map(|(path, text)| (path.as_str(), text.as_str())),
        values: &values,
        pictures: &pictures,
        is_draft: arguments.draft,
        event: event.as_ref(),
    };
    let text = page_text(&page)?;
    let is_there = |problem: Diagnostic| {
        let is_there = problem.code == "file-exists";
        if is_there { problem.hint("choose another title, or a name with `--slug`") } else { problem }
    };
    write_new(root, path, &text, false).map_err(is_there)?;
    let mut written = vec![path.to_owned()];
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let copies = files.par_iter().zip(&pictures).map(|(file, picture)| {
        let to = format!("{folder}/{}", picture.name);
        let bytes = source::read_named_bytes(file, &file.display().to_string())?;
        write_new_bytes(root, &to, &prepared(&bytes, &config.imaging), false)
            .map_err(|problem| problem.hint("another name, or the photo is there already"))?;
        Ok(to)
    });
    written.extend(copies.collect::<Result<Vec<String>, Diagnostic>>()?);
    Ok(written)
}

/// Returns what is said of the event, if anything is.
fn event_facts(arguments: &NewPageArguments) -> Option<EventFacts> {
    let facts = EventFacts {
        start: arguments.start.map(|day| day.to_string()),
        end: arguments.end.map(|day| day.to_string()),
        venue: arguments.venue.clone(),
        city: arguments.city.clone(),
        country: arguments.country.clone(),
        url: arguments.url.clone(),
    };
    (facts != EventFacts::default()).then_some(facts)
}

/// Returns the photos of a folder in the order in which they were taken; those that do not say when come last, by name.
fn photos(folder: Option<&Path>) -> Result<Vec<PathBuf>, Diagnostic> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let unreadable = |error: std::io::Error| {
        Diagnostic::error("file-unreadable", format!("cannot be read: {error}"))
            .at(Location::file(folder.display().to_string()))
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_file() && is_pixels(&path.to_string_lossy()) {
            let bytes = source::read_named_bytes(&path, &path.display().to_string())?;
            let taken = probe(std::io::Cursor::new(bytes)).ok().and_then(|info| info.taken);
            found.push((taken.is_none(), taken, path));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, _, path)| path).collect())
}

/// Finds the author's own archetype; `default.md` is for all.
fn archetype(root: &Path, names: &[&str]) -> Result<Option<(String, String)>, Diagnostic> {
    let named = names
        .iter()
        .filter(|name| !name.is_empty())
        .flat_map(|name| [format!("archetypes/{name}.md"), format!("archetypes/{name}/index.md")]);
    for path in named.chain(["archetypes/default.md".to_owned()]) {
        let file = root.join(&path);
        if file.is_file() {
            return source::read_named(&file, &path).map(|text| Some((path, text)));
        }
    }
    Ok(None)
}

/// Opens a file in the author's editor, and waits for it.
fn edit(file: &Path) -> Exit {
    #[expect(clippy::disallowed_methods, reason = "the environment is the command line's business")]
    let named = ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok());
    let Some(editor) = named.filter(|editor| !editor.trim().is_empty()) else {
        report::complain("no editor is known: set EDITOR, or leave --edit out");
        return Exit::Usage;
    };
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    match std::process::Command::new(program).args(words).arg(file).status() {
        Ok(status) if status.success() => Exit::Ok,
        Ok(status) => {
            report::complain(&format!("`{program}` ended with {status}"));
            Exit::Io
        }
        Err(error) => {
            report::complain(&format!("`{program}` cannot be started: {error}"));
            Exit::Io
        }
    }
}
