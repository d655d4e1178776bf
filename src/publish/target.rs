//! Says what the address of a target means: a folder here or elsewhere, a bucket, or a branch.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::git::GitAddress;
use super::rsync::RsyncAddress;
use super::store::Trouble;

/// What an address means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A folder.
    Folder(PathBuf),
    /// A bucket, by its whole address.
    S3(String),
    /// A branch of a git repository.
    Git(GitAddress),
    /// A folder of another machine.
    Rsync(RsyncAddress),
}

/// Reads the address of a target; a folder without a scheme counts from `root`.
///
/// # Errors
/// The scheme is not known, or what follows it is not what it asks for.
pub fn destination(url: &str, root: &Path) -> Result<Destination, Trouble> {
    if let Some(address) = GitAddress::read(url, root) {
        return address.map(Destination::Git);
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Ok(Destination::Folder(root.join(url)));
    };
    match scheme.to_ascii_lowercase().as_str() {
        "file" => {
            // The Go Cloud Development Kit takes parameters here that have no meaning for a site.
            let path = rest.split('?').next().unwrap_or(rest);
            let path = path.strip_prefix("localhost").unwrap_or(path);
            Ok(Destination::Folder(PathBuf::from(percent_decode_str(path).decode_utf8_lossy().into_owned())))
        }
        "rsync+ssh" => RsyncAddress::read(rest).map(Destination::Rsync),
        "s3" => Ok(Destination::S3(url.to_owned())),
        known @ ("gs" | "azblob") => Err(Trouble::Refused {
            message: format!("`{known}://` is a target of Hugo's that Hallway does not serve"),
            hint: "build into a folder, and let the tool of that cloud take it from there".to_owned(),
        }),
        other => {
            let shown: String = other.chars().filter(|c| !c.is_control()).take(40).collect();
            Err(Trouble::Refused {
                message: format!("`{shown}://` is no target that can be published to"),
                hint: "there are `s3://bucket?region=…`, `git:branch`, `git+ssh://…`, `git+https://…`, `rsync+ssh://user@host/folder` \
                   and `file:///folder`"
                .to_owned(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_folder_or_a_bucket() {
        let root = Path::new("/s");
        let folder = |path: &str| Destination::Folder(PathBuf::from(path));
        for (url, expected) in [
            ("../out", folder("/s/../out")),
            ("/var/www", folder("/var/www")),
            ("file:///var/my%20site?metadata=skip", folder("/var/my site")),
            ("s3://b?region=x", Destination::S3("s3://b?region=x".to_owned())),
        ] {
            assert_eq!(destination(url, root), Ok(expected), "{url}");
        }
        for url in ["gs://b", "azblob://b", "ftp://x/y"] {
            assert!(matches!(destination(url, root), Err(Trouble::Refused { .. })), "{url}");
        }
    }
}
