//! `hallway init --ci HOST`: the workflow by which a host builds a site and takes it, and nothing of the site itself.

use std::path::Path;

use hallway::config::Host;
use hallway::diag::Diagnostic;
use hallway::output::write_new;

use super::Exit;
use super::report::{self, GOOD, HINT, say};

/// A workflow: its path in the site, and its text.
type Template = (&'static str, &'static str);

/// Returns the files of a host, and what is left to do by hand.
fn templates(host: Host) -> (&'static [Template], &'static str) {
    match host {
        Host::GitHub => (
            &[(".github/workflows/hallway.yml", include_str!("ci/github.yml"))],
            "choose \"GitHub Actions\" under Settings, Pages, Source",
        ),
        Host::GitLab => (
            &[(".gitlab-ci.yml", include_str!("ci/gitlab.yml"))],
            "push it: the site is at the address under Deploy, Pages",
        ),
        Host::Netlify => (
            &[
                ("netlify.toml", include_str!("ci/netlify.toml")),
                ("netlify-build.sh", include_str!("ci/netlify-build.sh")),
            ],
            "add the repository as a new site at Netlify",
        ),
        Host::Cloudflare => (
            &[(".github/workflows/hallway.yml", include_str!("ci/cloudflare.yml"))],
            "set the variables and secrets that the file names at its top",
        ),
        Host::Codeberg => (
            &[(".forgejo/workflows/hallway.yml", include_str!("ci/codeberg.yml"))],
            "set the variable and the secret that the file names at its top",
        ),
    }
}

/// Fills in which Hallway is installed, and from where.
fn filled(text: &str) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let name = repository.trim_start_matches("https://github.com/");
    text.replace("@RELEASES@", &format!("{repository}/releases/download"))
        .replace("@REPOSITORY@", name)
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
}

/// Writes the workflow of a host; one that is there already stays, unless `force` says otherwise.
pub(crate) fn run(root: &Path, host: Host, force: bool) -> Exit {
    let (files, next) = templates(host);
    let mut text = format!("{GOOD}written{GOOD:#}\n");
    for (path, template) in files {
        if let Err(problem) = write_new(root, path, &filled(template), force) {
            return refuse(problem, root);
        }
        text.push_str(&format!("  {path}\n"));
    }
    say(&format!("{text}{HINT}hint{HINT:#}: {next}\n"));
    Exit::Ok
}

fn refuse(problem: Diagnostic, root: &Path) -> Exit {
    let is_there = problem.code == "file-exists";
    let problem = if is_there { problem.hint("--force writes over it") } else { problem };
    report::warn(&[problem], root);
    if is_there { Exit::Usage } else { Exit::Io }
}
