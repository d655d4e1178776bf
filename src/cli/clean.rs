//! `hallway clean`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use hallway::cache::CleaningRules;
use hallway::pipeline::{self, Failure, Request};
use hallway::text::{bytes_in_words, parse_age, parse_bytes};

use super::args::SiteArguments;
use super::build::user_cache;
use super::report::{self, counted, say};
use super::{Exit, caches, program};

pub(crate) const CLEAN_EXAMPLES: &str = "\
Examples:
  hallway clean --cache                        all pictures; the next build makes them anew
  hallway clean --cache --older-than 30d       those that no build has used for 30 days
  hallway clean --cache --max-size 2GB         the least used, until 2 GB are left
  hallway clean --destination                  the built site, and nothing that others put beside it";

#[derive(Debug, Args)]
pub(crate) struct CleanArguments {
    #[command(flatten)]
    site: SiteArguments,

    /// Remove finished pictures from the cache
    #[arg(long, required_unless_present = "destination")]
    cache: bool,

    /// Remove the files that the last build wrote into its destination; those of others stay
    #[arg(long)]
    destination: bool,

    /// Only those that were not used for this time, such as 30d or 720h
    #[arg(long, value_name = "TIME", value_parser = age, requires = "cache")]
    older_than: Option<Duration>,

    /// Only as many as exceed this size, the least used first, such as 500MB
    #[arg(long, value_name = "SIZE", value_parser = size, requires = "cache")]
    max_size: Option<u64>,

    /// Folder of the cache [default: .hallway inside the site]
    #[arg(long, value_name = "DIR", alias = "cacheDir")]
    cache_dir: Option<PathBuf>,
}

/// Removes what builds of a site left, and tells what is left of that.
pub(crate) fn run(arguments: &CleanArguments) -> Exit {
    let exit = if arguments.destination { clean_destination(arguments) } else { Exit::Ok };
    if arguments.cache && exit == Exit::Ok { clean_cache(arguments) } else { exit }
}

fn clean_destination(arguments: &CleanArguments) -> Exit {
    match pipeline::clean_destination(&request(arguments)) {
        Ok(removed) => {
            say(&format!("removed {} of the built site\n", counted(removed, "file")));
            Exit::Ok
        }
        Err(failure) => refuse(arguments, &failure),
    }
}

fn refuse(arguments: &CleanArguments, failure: &Failure) -> Exit {
    report::warn(&failure.diagnostics, &arguments.site.root());
    failure.kind.into()
}

fn clean_cache(arguments: &CleanArguments) -> Exit {
    let rules = CleaningRules { max_age: arguments.older_than, max_bytes: arguments.max_size };
    match pipeline::clean_cache(&request(arguments), &rules) {
        Ok(cleaned) => {
            let told = |files, bytes| format!("{} ({})", counted(files, "file"), bytes_in_words(bytes));
            let removed = told(cleaned.removed, cleaned.removed_bytes);
            say(&format!("removed {removed}, kept {}\n", told(cleaned.kept, cleaned.kept_bytes)));
            Exit::Ok
        }
        Err(failure) => refuse(arguments, &failure),
    }
}

fn request(arguments: &CleanArguments) -> Request {
    let root = arguments.site.root();
    Request {
        cache: caches::folder(arguments.cache_dir.as_ref()),
        fallback_cache: user_cache(&root),
        program: program(),
        ..Request::of(root.clone(), arguments.site.now())
    }
}

fn age(text: &str) -> Result<Duration, String> {
    parse_age(text).ok_or_else(|| "write it as 30d or 720h".to_owned())
}

fn size(text: &str) -> Result<u64, String> {
    parse_bytes(text, 1).ok_or_else(|| "write it as 500MB or 2GiB".to_owned())
}
