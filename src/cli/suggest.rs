//! `hallway doctor --suggest`: what posts already say of events and talks, as front matter to take over.

use std::path::Path;

use hallway::config::Include;
use hallway::diag::Diagnostic;
use hallway::lift::{self, At, Gazetteer, Post, Proposal};
use hallway::page::Content;
use hallway::pipeline::{self, Request};
use hallway::place::{Country, find_city};
use hallway::site::{Kind, Page};

use super::args::SiteArguments;
use super::front::{hand_out, in_language_of, insert};
use super::report::{self, say};
use super::{Exit, program};

/// Proposes front matter for posts; writes it where that is asked for.
pub(crate) fn run(site: &SiteArguments, is_written: bool) -> Exit {
    let request = Request {
        include: Include { drafts: true, future: true, expired: true },
        program: program(),
        ..Request::of(site.root(), site.now())
    };
    let found = match pipeline::survey(&request) {
        Ok((found, _)) => found,
        Err(failure) => {
            report::warn(&failure.diagnostics, &request.root);
            return failure.kind.into();
        }
    };
    let pages = found.ids().map(|id| found.page(id)).filter(|page| page.kind == Kind::Page);
    let mut problems: Vec<Diagnostic> = Vec::new();
    let mut proposed = 0;
    for page in pages {
        let Some(content) = page.content.as_ref().filter(|content| !content.is_made_up()) else { continue };
        let proposal = propose(page, content);
        if proposal.is_empty() {
            continue;
        }
        proposed += 1;
        let yaml = lift::to_yaml(&proposal);
        hand_out(&shown(content, &yaml, &proposal));
        if is_written {
            problems.extend(insert(&request.root.join(content.source.as_str()), &yaml).err());
        }
    }
    report::warn(&problems, Path::new("."));
    match (proposed, is_written) {
        (0, _) => say("no post shows an event that its front matter does not tell of\n"),
        (_, true) => {}
        (_, false) => say("nothing was changed: `--write` puts it into the posts\n"),
    }
    if problems.is_empty() { Exit::Ok } else { Exit::Content }
}

fn propose(page: &Page, content: &Content) -> Proposal {
    let tags: Vec<String> = content.front.terms.values().flatten().cloned().collect();
    let keys: Vec<String> = content.written().keys().cloned().collect();
    let places = Gazetteer {
        is_city: |name| find_city(name, None).is_some(),
        is_country: |name| Country::find(name).is_some(),
    };
    let post = Post {
        title: &page.title,
        description: &content.front.description,
        date: content.front.dates.date.as_ref().map(|date| date.date()),
        tags: &tags,
        front_keys: &keys,
        body: content.body(),
        body_first_line: content.body_position(0).0,
    };
    lift::propose(&post, &places)
}

/// Shows a proposal as a difference, with where each value stands in the post.
fn shown(content: &Content, yaml: &str, proposal: &Proposal) -> String {
    let path = content.source.as_str();
    let added: String =
        in_language_of(content.text(), yaml).lines().map(|line| format!("+{line}\n")).collect();
    let why = proposal.evidence.iter().map(|evidence| {
        let place = match evidence.at {
            At::Title => "the title".to_owned(),
            At::Description => "the description".to_owned(),
            At::Line(line) => format!("line {line}"),
        };
        format!("# {}: {place}, {}\n", evidence.key, evidence.why)
    });
    format!("--- {path}\n+++ {path}\n@@ front matter @@\n{added}{}\n", why.collect::<String>())
}
