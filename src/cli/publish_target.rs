//! Finds the target that is meant and opens it; knows whose run it is.

use std::path::Path;

use hallway::config::{Deployment, Host, Target};
use hallway::diag::nearest;
use hallway::pipeline::Publication;
use hallway::publish::{
    self, Destination, FolderStore, GitStore, Owner, RsyncStore, S3Store, Store, Surroundings, Trouble,
};

use super::Exit;
use super::args::clock;
use super::publish::{PublishArguments, complain};
use super::report::{self, HINT, say};

/// A target that is open: what is configured, the store, and the host for which the site is built.
pub(super) type Opened = (Target, Box<dyn Store>, Option<Host>);

/// Finds the target and opens it.
pub(super) fn open(
    arguments: &PublishArguments,
    publication: &Publication,
    root: &Path,
) -> Result<Opened, Exit> {
    let deployment = &publication.deployment;
    let target = target(arguments, deployment).map_err(|message| {
        report::complain(&message);
        Exit::Usage
    })?;
    let store = store(arguments, &target, root, publication).map_err(|trouble| complain(&trouble))?;
    let (store, implied) = store;
    let said = arguments.hosting.host.or(deployment.hosting.host);
    Ok((target, store, said.or(implied)))
}

/// Finds the target: by its name, by its address, or the first.
fn target(arguments: &PublishArguments, deployment: &Deployment) -> Result<Target, String> {
    let targets = &deployment.targets;
    let Some(word) = arguments.target.as_ref().or(deployment.target.as_ref()) else {
        return targets.first().cloned().ok_or_else(|| {
            "there is nowhere to publish to: name a folder or an address, such as s3://bucket?region=eu-west-3, or list \
             `targets` under `deployment` in the configuration"
                .to_owned()
        });
    };
    if let Some(target) = targets.iter().find(|target| target.name == *word) {
        return Ok(target.clone());
    }
    if word.contains("://")
        || word.starts_with("git:")
        || word.starts_with("git@")
        || word.starts_with(['.', '/', '~'])
        || word.contains(std::path::MAIN_SEPARATOR)
    {
        return Ok(Target::at(word));
    }
    let near = nearest(word, targets.iter().map(|target| target.name.as_str()));
    let hint = near.map_or_else(
        || "a folder is written with a slash, as in ./out".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(format!("no target is called `{word}`; {hint}"))
}

/// Opens a target; nothing is sent yet.
fn store(
    arguments: &PublishArguments,
    target: &Target,
    root: &Path,
    publication: &Publication,
) -> Result<(Box<dyn Store>, Option<Host>), Trouble> {
    let timeout = publication.deployment.timeout;
    // What is typed counts from where one is, what is configured from the site.
    let base = if target.name == target.url { Path::new("") } else { root };
    let store: Box<dyn Store> = match publish::destination(&target.url, base)? {
        Destination::Folder(folder) => Box::new(FolderStore::new(folder)),
        Destination::Git(address) => {
            let now = arguments.clock.unwrap_or_else(clock);
            let store = GitStore::new(address, root, &publication.cache, now)?;
            let host = store.host();
            return Ok((Box::new(store), Some(host)));
        }
        Destination::Rsync(address) => {
            let shell = environment("RSYNC_RSH").filter(|shell| !shell.is_empty());
            Box::new(RsyncStore::new(address, shell, timeout, std::thread::sleep)?)
        }
        Destination::S3(url) => {
            let surroundings = Surroundings { now: clock, pause: std::thread::sleep, timeout };
            let store = S3Store::new(&url, target.distribution.as_deref(), &environment, surroundings)?;
            for parameter in &store.unknown {
                say(&format!(
                    "{HINT}hint{HINT:#}: `{parameter}` in the address of the bucket means nothing here\n"
                ));
            }
            Box::new(store)
        }
    };
    Ok((store, None))
}

#[expect(clippy::disallowed_methods, reason = "the environment is the command line's business")]
pub(super) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Says who publishes: a job of a service, or a user at a machine.
pub(super) fn owner() -> Owner {
    let job = [("GITHUB_RUN_ID", "GitHub run"), ("CI_JOB_ID", "GitLab job"), ("BUILD_ID", "build")];
    let job = job.iter().find_map(|(variable, noun)| Some(format!("{noun} {}", environment(variable)?)));
    let user = || {
        let user = environment("USER").or_else(|| environment("USERNAME"))?;
        let machine = environment("HOSTNAME").or_else(|| environment("COMPUTERNAME"));
        Some(machine.map_or_else(|| user.clone(), |machine| format!("{user} at {machine}")))
    };
    Owner {
        name: job.or_else(user).unwrap_or_else(|| "another run".to_owned()),
        token: format!("{}-{}", std::process::id(), clock().as_nanosecond()),
    }
}
