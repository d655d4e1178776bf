//! `hallway init [DIR]`: a new site. Asks on a terminal only, and never writes over a file.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use hallway::diag::Diagnostic;
use hallway::output::write_new_bytes;
use hallway::scaffold::{NewSite, site_files};
use jiff::tz::TimeZone;

use super::Exit;
use super::args::clock;
use super::init::InitArguments;
use super::report::{self, GOOD, HINT, say};

/// Writes the files of a new site into a folder that has none.
pub(crate) fn run(arguments: &InitArguments) -> Exit {
    let root = arguments.folder.clone().unwrap_or_else(|| ".".into());
    let site = new_site(arguments, &root);
    let written = site_files(&site).and_then(|files| write(&root, &files));
    match written {
        Ok((new, kept)) => {
            let list = |paths: &[&str]| paths.iter().map(|path| format!("  {path}\n")).collect::<String>();
            let mut text = format!("{GOOD}written{GOOD:#}\n{}", list(&new));
            if !kept.is_empty() {
                text.push_str(&format!("there already, and left as it is\n{}", list(&kept)));
            }
            let folder = if root == Path::new(".") { String::new() } else { format!(" {}", root.display()) };
            say(&format!("{text}{HINT}hint{HINT:#}: `hallway serve{folder} --open` shows it\n"));
            Exit::Ok
        }
        Err(problem) => {
            let exit = if problem.code == "site-exists" { Exit::Usage } else { Exit::Io };
            report::warn(&[problem], &root);
            exit
        }
    }
}

fn new_site(arguments: &InitArguments, root: &Path) -> NewSite {
    let asks = !arguments.yes && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let answer = |given: &Option<String>, question: &str, default: &str| match given {
        Some(given) => given.clone(),
        None if asks => ask(question, default),
        None => default.to_owned(),
    };
    let name = root.canonicalize().ok().unwrap_or_else(|| root.to_owned());
    let name = name.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let title = hallway::text::title_case(&name.replace(['-', '_'], " "));
    let default = if title.is_empty() { "Notes from the hallway" } else { &title };
    NewSite {
        title: answer(&arguments.title, "Title of the site", default),
        author: answer(&arguments.author, "Who writes it", ""),
        base_url: answer(&arguments.base_url, "Where it will be, such as https://example.org/", ""),
        today: arguments.clock.unwrap_or_else(clock).to_zoned(TimeZone::UTC),
    }
}

/// Asks one question; an empty answer, or none, is the default.
fn ask(question: &str, default: &str) -> String {
    let shown = if default.is_empty() { String::new() } else { format!(" [{default}]") };
    say(&format!("{question}{shown}: "));
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
    let answer = line.trim();
    if answer.is_empty() { default.to_owned() } else { answer.to_owned() }
}

/// Writes what is not there yet; returns the paths that are new, and those that were there.
///
/// A folder that has a configuration or content is a site already, and is left alone.
fn write<'a>(root: &Path, files: &[(&'a str, Vec<u8>)]) -> Result<(Vec<&'a str>, Vec<&'a str>), Diagnostic> {
    let is_site = root.join("content").exists()
        || hallway::config::read_files(root).is_ok_and(|files| !files.is_empty());
    if is_site {
        let at = hallway::diag::Location::file(root.display().to_string());
        return Err(Diagnostic::error("site-exists", "there is a site in this folder already")
            .at(at)
            .hint("`hallway build` builds it; `hallway init --from-hugo` looks at one of Hugo's"));
    }
    std::fs::create_dir_all(root).map_err(|error| {
        Diagnostic::error("write-failed", format!("cannot be made: {error}"))
            .at(hallway::diag::Location::file(root.display().to_string()))
    })?;
    let (mut new, mut kept) = (Vec::new(), Vec::new());
    for (path, bytes) in files {
        match write_new_bytes(root, path, bytes, false) {
            Ok(()) => new.push(*path),
            Err(problem) if problem.code == "file-exists" => kept.push(*path),
            Err(problem) => return Err(problem),
        }
    }
    Ok((new, kept))
}
