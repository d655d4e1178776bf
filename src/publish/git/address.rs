//! Reads the address of a branch: `git:gh-pages`, `git+ssh://host/path`, `git+https://…`, `git@host:path`.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use crate::publish::store::Trouble;

/// A branch of a repository, as the author writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitAddress {
    /// Where the repository is.
    pub remote: Remote,
    /// The branch.
    pub branch: String,
    /// Whether each publication is a commit on top of those before, or the only one.
    pub keeps_history: bool,
}

/// Where a repository is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remote {
    /// A remote of the repository that the site lies in.
    Named(String),
    /// An address as git takes it.
    Url(String),
}

/// Protocols that git is asked to speak.
const PROTOCOLS: &[&str] = &["ssh", "https", "http", "file"];

impl GitAddress {
    /// Reads an address; nothing where it is none of git's. A folder counts from `root`.
    ///
    /// # Errors
    /// A protocol or parameter is not known, or the branch has an impossible name.
    pub(in crate::publish) fn read(text: &str, root: &Path) -> Option<Result<Self, Trouble>> {
        let (place, parameters) = text.split_once('?').unwrap_or((text, ""));
        let remote = if let Some(branch) = place.strip_prefix("git:").filter(|rest| !rest.starts_with("//")) {
            return Some(Self::of(Remote::Named("origin".to_owned()), Some(branch), parameters));
        } else if let Some(rest) = place.strip_prefix("git+") {
            let Some((protocol, path)) = rest.split_once("://") else { return Some(Err(unknown(rest))) };
            match protocol {
                "file" => file_url(path, root),
                known if PROTOCOLS.contains(&known) => rest.to_owned(),
                other => return Some(Err(unknown(other))),
            }
        } else if is_like_scp(place) {
            place.to_owned()
        } else {
            return None;
        };
        Some(Self::of(Remote::Url(remote), None, parameters))
    }

    fn of(remote: Remote, branch: Option<&str>, parameters: &str) -> Result<Self, Trouble> {
        let mut address = Self {
            branch: branch.map_or_else(|| default_branch(&remote), str::to_owned),
            remote,
            keeps_history: true,
        };
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            match (name, value.as_str()) {
                ("branch", _) => address.branch = value,
                ("history", "all") => address.keeps_history = true,
                ("history", "one") => address.keeps_history = false,
                ("remote", _) if matches!(address.remote, Remote::Named(_)) => {
                    address.remote = Remote::Named(value)
                }
                _ => {
                    return Err(Trouble::Refused {
                        message: format!("`{parameter}` means nothing in the address of a branch"),
                        hint: "there are `branch=NAME`, `history=all` and `history=one`, and behind `git:` `remote=NAME`"
                            .to_owned(),
                    });
                }
            }
        }
        if is_branch_name(&address.branch) {
            return Ok(address);
        }
        Err(Trouble::Refused {
            message: format!("`{}` is no name of a branch", address.branch),
            hint: "a branch of its own is meant, such as `gh-pages`".to_owned(),
        })
    }

    /// Returns the address for messages.
    pub(super) fn shown(&self) -> String {
        let remote = match &self.remote {
            Remote::Named(name) => name.clone(),
            Remote::Url(url) => match secret_of(url) {
                Some(secret) => url.replace(&secret, "…"),
                None => url.clone(),
            },
        };
        format!("{remote}, branch {}", self.branch)
    }
}

/// Returns the password in an address, or what stands in the place of one; it is never shown.
pub(super) fn secret_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let (user, _) = rest.split('/').next()?.rsplit_once('@')?;
    let secret = user.split_once(':').map_or(user, |(_, password)| password);
    Some(secret.to_owned()).filter(|secret| secret != "git")
}

/// Makes the address of a folder, by which git leaves out what a short history does not need.
fn file_url(path: &str, root: &Path) -> String {
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let path: PathBuf = root.join(path);
    format!("file://{}", std::path::absolute(&path).unwrap_or(path).display())
}

/// `user@host:path`, which is what hosts show for copying.
fn is_like_scp(text: &str) -> bool {
    let Some((machine, path)) = text.split_once(':') else { return false };
    let Some((user, host)) = machine.split_once('@') else { return false };
    let is_plain = |word: &str| {
        !word.is_empty()
            && !word.starts_with('-')
            && word.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    };
    is_plain(user) && is_plain(host) && !path.is_empty() && !path.starts_with("//")
}

/// Codeberg serves `pages`, everyone else `gh-pages`.
fn default_branch(remote: &Remote) -> String {
    let is_codeberg = matches!(remote, Remote::Url(url) if url.contains("codeberg.org"));
    if is_codeberg { "pages" } else { "gh-pages" }.to_owned()
}

/// The rules of `git check-ref-format`, as far as a name that breaks them could mean something else.
fn is_branch_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(['-', '/', '.'])
        && !name.ends_with(['/', '.'])
        && !name.ends_with(".lock")
        && name != "HEAD"
        && !["..", "//", "@{", "/."].iter().any(|part| name.contains(part))
        && !name.chars().any(|c| c.is_whitespace() || c.is_control() || "~^:?*[\\".contains(c))
}

fn unknown(protocol: &str) -> Trouble {
    let shown: String = protocol.chars().filter(|c| !c.is_control()).take(40).collect();
    Trouble::Refused {
        message: format!("git is not asked to speak `{shown}`"),
        hint: "there are `git+ssh://`, `git+https://`, `git+http://` and `git+file://`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Result<GitAddress, Trouble>> {
        GitAddress::read(text, Path::new("/s"))
    }

    fn good(text: &str) -> GitAddress {
        read(text).unwrap().unwrap()
    }

    #[test]
    fn the_forms_that_hosts_show_are_read() {
        let url = |url: &str| Remote::Url(url.to_owned());
        for (text, remote, branch, keeps_history) in [
            ("git:gh-pages", Remote::Named("origin".to_owned()), "gh-pages", true),
            ("git:site?remote=up&history=one", Remote::Named("up".to_owned()), "site", false),
            ("git@github.com:me/blog.git", url("git@github.com:me/blog.git"), "gh-pages", true),
            ("git@codeberg.org:me/blog.git", url("git@codeberg.org:me/blog.git"), "pages", true),
            ("git+https://x.org/a.git?branch=out%2Fa", url("https://x.org/a.git"), "out/a", true),
            ("git+ssh://git@x.org:22/a.git", url("ssh://git@x.org:22/a.git"), "gh-pages", true),
            ("git+file:///r/a%20b.git", url("file:///r/a b.git"), "gh-pages", true),
            ("git+file://out.git", url("file:///s/out.git"), "gh-pages", true),
        ] {
            let expected = GitAddress { remote, branch: branch.to_owned(), keeps_history };
            assert_eq!(good(text), expected, "{text}");
        }
        for other in ["./out", "s3://b", "file:///a", "/var/a@b:c", "rsync+ssh://a@b/c", "C:\\out"] {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn what_git_would_take_for_something_else_is_refused() {
        for text in [
            "git+ext://sh -c id",
            "git:--upload-pack=x",
            "git:a..b",
            "git:",
            "git:HEAD",
            "git:a b",
            "git:x?depth=1",
            "git+https://h/a?remote=x",
        ] {
            assert!(matches!(read(text), Some(Err(Trouble::Refused { .. }))), "{text}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let address = good("git+https://me:s3cret@x.org/a.git");
        assert_eq!(secret_of("https://me:s3cret@x.org/a.git").as_deref(), Some("s3cret"));
        assert_eq!(address.shown(), "https://me:…@x.org/a.git, branch gh-pages");
        assert_eq!(good("git+https://t0ken@x.org/a.git").shown(), "https://…@x.org/a.git, branch gh-pages");
        assert_eq!(good("git+ssh://git@x.org/a.git").shown(), "ssh://git@x.org/a.git, branch gh-pages");
    }
}
