//! `hallway publish`.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use hallway::config::{Deployment, Target};
use hallway::pipeline::{self, Failure, Publication, Request};
use hallway::publish::{self, Limits, Outcome, Publisher, Store, Tree, Trouble};
use hallway::text::bytes_in_words;
use jiff::Timestamp;

use super::args::{HostingArguments, PageArguments, ReportFormat, clock, instant};
use super::build::user_cache;
use super::progress::Progress;
use super::publish_report::{self as told, Run};
use super::publish_target::{open, owner};
use super::report::{self, GOOD, HINT, say};
use super::{Exit, caches, program};

pub(crate) const PUBLISH_EXAMPLES: &str = "\
Examples:
  hallway publish --dry-run            say what would change, and change nothing
  hallway publish                      build, and publish to the first of `deployment.targets`
  hallway publish live --verify        to the target `live`, and read some files back
  hallway publish git:gh-pages         to a branch of this repository
  hallway publish rsync+ssh://me@host/var/www/blog
  hallway publish file:///var/www/blog to a folder
  hallway publish --rollback           bring the site before back
  hallway publish --tar site.tar       pack it, for the artifact of GitHub Pages

Keys for s3:// come from the environment (AWS_ACCESS_KEY_ID …) or a profile (AWS_PROFILE).";

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "one switch a flag of the command line")]
pub(crate) struct PublishArguments {
    /// Name of a target in the configuration, or an address [default: the first target]
    #[arg(value_name = "TARGET")]
    pub(super) target: Option<String>,

    /// Folder of the site [default: this folder]
    #[arg(short = 's', long, value_name = "DIR")]
    source: Option<PathBuf>,

    /// Folder that the site is built into, and published from [default: public inside the site]
    #[arg(short, long, value_name = "DIR")]
    destination: Option<PathBuf>,

    #[command(flatten)]
    pages: PageArguments,

    /// Say what would change, and change nothing
    #[arg(short = 'n', long, alias = "dryRun")]
    dry_run: bool,

    /// Publish the folder as it is
    #[arg(long)]
    no_build: bool,

    /// Remove up to this many files, also if that leaves a small site [default: 256, or `maxDeletes`]
    #[arg(long, value_name = "N", alias = "maxDeletes")]
    allow_deletes: Option<usize>,

    /// Remove files too that Hallway did not publish
    #[arg(long)]
    prune: bool,

    /// Read some files back when all is done, and compare them
    #[arg(long)]
    verify: bool,

    /// Bring back the site that was there before
    #[arg(long, conflicts_with_all = ["no_build", "prune", "allow_deletes"])]
    rollback: bool,

    /// Write the site into a tar archive, as GitHub Pages takes it, and publish nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["target", "rollback", "dry_run", "verify", "prune"])]
    tar: Option<PathBuf>,

    /// Go on although another run seems to be publishing
    #[arg(long)]
    break_lock: bool,

    /// Do not ask, where the configuration says `confirm`
    #[arg(short, long)]
    yes: bool,

    #[command(flatten)]
    pub(super) hosting: HostingArguments,

    /// Take warnings of the build for errors
    #[arg(long)]
    strict: bool,

    /// Folder for what took long to make, or a bucket (s3://…) that machines share [default: .hallway inside the site]
    #[arg(long, value_name = "DIR", alias = "cacheDir")]
    cache_dir: Option<PathBuf>,

    /// Take this instant for now, such as 2026-02-01 or 2026-02-01T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(super) clock: Option<Timestamp>,

    /// How to tell what was done
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    format: ReportFormat,
}

/// Publishes a site and tells about it.
pub(crate) fn run(arguments: &PublishArguments) -> Exit {
    #[expect(clippy::disallowed_methods, reason = "the command line tells how long it took")]
    let started = Instant::now();
    let mut request = request(arguments);
    if let Err(exit) = caches::share(&mut request, arguments.cache_dir.as_ref()) {
        return exit;
    }
    if let Some(file) = &arguments.tar {
        return pack(arguments, &request, file);
    }
    // What is wrong with the target is told before a long build.
    let opened =
        known(arguments, &request).and_then(|publication| open(arguments, &publication, &request.root));
    let (target, store, host) = match opened {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    request.hosting.host = host;
    let publication = match build(arguments, &request).and_then(|()| known(arguments, &request)) {
        Ok(publication) => publication,
        Err(exit) => return exit,
    };
    let deployment = &publication.deployment;
    let progress = Progress::start(arguments.format == ReportFormat::Human);
    let publisher = Publisher {
        store: store.as_ref(),
        owner: owner(),
        limits: limits(arguments, deployment),
        workers: deployment.workers,
        keeps_previous: deployment.keeps_previous,
        invalidates: deployment.invalidates,
        order: &deployment.order,
        now: &clock,
        tell: &|so_far| progress.tell_of("publishing", so_far.done, so_far.total),
    };
    let is_dry_run = arguments.dry_run || deployment.is_dry_run;
    let result = act(arguments, &publication, &target, &publisher, is_dry_run);
    progress.finish();
    match result {
        Ok(None) => Exit::Ok,
        Ok(Some(outcome)) => {
            let run = Run { target: store.name(), is_dry_run, is_rollback: arguments.rollback };
            told::tell(&run, &outcome, arguments.format, started.elapsed());
            if arguments.verify && !is_dry_run { verified(store.as_ref(), &outcome) } else { Exit::Ok }
        }
        Err(trouble) => complain(&trouble),
    }
}

/// Builds the site and writes it into an archive.
fn pack(arguments: &PublishArguments, request: &Request, file: &Path) -> Exit {
    let publication = match build(arguments, request).and_then(|()| known(arguments, request)) {
        Ok(publication) => publication,
        Err(exit) => return exit,
    };
    let target = Target::at("tar");
    let tree = tree(arguments, &publication, &target, false);
    match tree.and_then(|tree| publish::write_archive(&tree, file).map(|()| tree)) {
        Ok(tree) => {
            let bytes = tree.files.values().map(|local| local.record.size).sum();
            let files = report::counted(tree.files.len(), "file");
            say(&format!("{GOOD}wrote{GOOD:#} {}: {files} ({})\n", file.display(), bytes_in_words(bytes)));
            Exit::Ok
        }
        Err(trouble) => complain(&trouble),
    }
}

/// Lists the files that go to a target: those of the last build, or all of a folder that is published as it is.
fn tree(
    arguments: &PublishArguments,
    publication: &Publication,
    target: &Target,
    has_headers: bool,
) -> Result<Tree, Trouble> {
    let files = publication.files.as_ref().filter(|_| !arguments.no_build);
    let is_ours = |path: &str| files.is_none_or(|files| files.contains(path));
    Tree::of(&publication.folder, &publication.deployment, target, has_headers, &is_ours)
}

/// Does what is asked for; nothing where the author said no.
fn act(
    arguments: &PublishArguments,
    publication: &Publication,
    target: &Target,
    publisher: &Publisher<'_>,
    is_dry_run: bool,
) -> Result<Option<Outcome>, Trouble> {
    if arguments.rollback {
        return publish::rollback(publisher, is_dry_run).map(Some);
    }
    let tree = || tree(arguments, publication, target, publisher.store.has_headers());
    let asks = publication.deployment.confirms && !arguments.yes;
    if is_dry_run || asks {
        let plan = publish::preview(publisher, tree()?)?;
        let outcome = Outcome { plan, ..Outcome::default() };
        if is_dry_run {
            return Ok(Some(outcome));
        }
        say(&told::table(&publisher.store.name(), &outcome.plan));
        if !is_confirmed() {
            say("nothing was changed\n");
            return Ok(None);
        }
    }
    publish::publish(publisher, tree()?).map(Some)
}

/// Returns what is known of the site without building it.
fn known(arguments: &PublishArguments, request: &Request) -> Result<Publication, Exit> {
    pipeline::publication(request).map_err(|failure| refuse(arguments, request, &failure))
}

/// Builds the site, unless it is published as it is.
fn build(arguments: &PublishArguments, request: &Request) -> Result<(), Exit> {
    if arguments.no_build || arguments.rollback {
        return Ok(());
    }
    let progress = Progress::start(arguments.format == ReportFormat::Human);
    let built = pipeline::build_into_folder(request, &|stage| progress.tell(stage));
    progress.finish();
    let built = built.map_err(|failure| refuse(arguments, request, &failure))?;
    report::warn(&built.diagnostics, &request.root);
    if !built.has_host {
        say(&format!(
            "{HINT}hint{HINT:#}: feeds and sitemap need to know where the site will be: set `baseURL`, or use -b URL\n"
        ));
    }
    Ok(())
}

fn refuse(arguments: &PublishArguments, request: &Request, failure: &Failure) -> Exit {
    match arguments.format {
        ReportFormat::Human => report::human_failure(failure, &request.root, arguments.strict),
        ReportFormat::Json => {
            report::print_lines(&failure.diagnostics.iter().map(report::json_line).collect::<Vec<_>>());
        }
    }
    failure.kind.into()
}

fn limits(arguments: &PublishArguments, deployment: &Deployment) -> Limits {
    Limits {
        removals: arguments.allow_deletes.or(deployment.max_deletes),
        is_meant: arguments.allow_deletes.is_some(),
        prunes: arguments.prune,
        breaks_lock: arguments.break_lock,
    }
}

fn is_confirmed() -> bool {
    if !std::io::stdin().is_terminal() {
        report::complain("the configuration says `confirm`, and nobody is there to ask: use --yes");
        return false;
    }
    say("go on? [y/N] ");
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && answer.trim().eq_ignore_ascii_case("y")
}

fn verified(store: &dyn Store, outcome: &Outcome) -> Exit {
    match publish::verify(store, &outcome.manifest) {
        Ok(found) if found.wrong.is_empty() => {
            say(&format!("read back {}: all as they should be\n", report::counted(found.read, "file")));
            Exit::Ok
        }
        Ok(found) => {
            for wrong in &found.wrong {
                report::complain(wrong);
            }
            Exit::Remote
        }
        Err(trouble) => complain(&trouble),
    }
}

pub(super) fn complain(trouble: &Trouble) -> Exit {
    report::complain(&trouble.to_string());
    if let Some(hint) = trouble.hint() {
        say(&format!("  {HINT}hint{HINT:#}: {hint}\n"));
    }
    match trouble {
        Trouble::Remote(_) | Trouble::Locked { .. } => Exit::Remote,
        Trouble::Local(_) => Exit::Io,
        Trouble::Refused { .. } => Exit::Content,
    }
}

fn request(arguments: &PublishArguments) -> Request {
    let root = arguments.source.clone().unwrap_or_else(|| PathBuf::from("."));
    let destination = arguments.destination.clone();
    Request {
        base_url: arguments.pages.base_url.clone(),
        include: arguments.pages.include(),
        destination: destination.map(|folder| root.join(folder)),
        cache: caches::folder(arguments.cache_dir.as_ref()),
        fallback_cache: user_cache(&root),
        shared: None,
        unknown_shortcodes: arguments.pages.unknown_shortcodes.map(Into::into),
        now: arguments.clock.unwrap_or_else(clock),
        strict: arguments.strict,
        clean_destination: false,
        hosting: arguments.hosting.hosting(),
        program: program(),
        root,
    }
}
