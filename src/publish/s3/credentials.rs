//! Finds the keys of an account where the tools of AWS have them: the environment, then the files of profiles.
//!
//! The environment comes in as a function. Keys are never printed: what shows a value shows its name alone.

use std::fmt;
use std::path::PathBuf;

use super::super::store::Trouble;

/// What the surroundings of the program say, by the name of a variable.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The keys of an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Name of the key.
    pub access_key: String,
    /// The key itself.
    pub secret_key: String,
    /// What a key that ends soon has besides.
    pub session_token: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// Keys and region of a profile.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) credentials: Option<Credentials>,
    pub(super) region: Option<String>,
}

/// Finds keys and region; a profile that is named goes before the environment.
pub(super) fn account(environment: Environment<'_>, profile: Option<&str>) -> Result<Account, Trouble> {
    let set = |name: &str| environment(name).filter(|value| !value.trim().is_empty());
    let region = set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION"));
    if profile.is_none()
        && let (Some(access_key), Some(secret_key)) = (set("AWS_ACCESS_KEY_ID"), set("AWS_SECRET_ACCESS_KEY"))
    {
        let session_token = set("AWS_SESSION_TOKEN");
        return Ok(Account {
            credentials: Some(Credentials { access_key, secret_key, session_token }),
            region,
        });
    }
    let named = profile.map(str::to_owned).or_else(|| set("AWS_PROFILE"));
    let name = named.clone().unwrap_or_else(|| "default".to_owned());
    let home = set("HOME").or_else(|| set("USERPROFILE")).map(PathBuf::from);
    let file = |variable: &str, usual: &str| {
        set(variable).map(PathBuf::from).or_else(|| home.as_ref().map(|home| home.join(".aws").join(usual)))
    };
    let keys = read(file("AWS_SHARED_CREDENTIALS_FILE", "credentials"), &name)?;
    let settings = read(file("AWS_CONFIG_FILE", "config"), &name)?;
    if named.is_some() && keys.is_none() && settings.is_none() {
        return Err(Trouble::Local(format!("there is no AWS profile `{name}`")));
    }
    let value = |key: &str| {
        let found = [&keys, &settings].into_iter().flatten().find_map(|section| section.get(key).cloned());
        found.filter(|value| !value.is_empty())
    };
    let credentials =
        value("aws_access_key_id").zip(value("aws_secret_access_key")).map(|(access_key, secret_key)| {
            Credentials { access_key, secret_key, session_token: value("aws_session_token") }
        });
    Ok(Account { credentials, region: region.or_else(|| value("region")) })
}

type Section = std::collections::BTreeMap<String, String>;

#[expect(
    clippy::disallowed_methods,
    reason = "`publish` reads the keys of the accounts that it publishes to"
)]
fn read(file: Option<PathBuf>, profile: &str) -> Result<Option<Section>, Trouble> {
    let Some(file) = file else { return Ok(None) };
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(section(&text, profile)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Trouble::of_file(&file, "read", &error)),
    }
}

/// Finds the section of a profile: `[name]`, or `[profile name]` in the file of settings.
fn section(text: &str, profile: &str) -> Option<Section> {
    let mut found: Option<Section> = None;
    let mut is_inside = false;
    for line in text.lines().map(str::trim) {
        if let Some(title) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
            let title = title.trim();
            is_inside = title.strip_prefix("profile").map_or(title, str::trim) == profile || title == profile;
            if is_inside {
                found.get_or_insert_default();
            }
            continue;
        }
        if !is_inside || line.starts_with(['#', ';']) {
            continue;
        }
        if let (Some(section), Some((key, value))) = (&mut found, line.split_once('=')) {
            section.insert(key.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    found
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write the files of profiles")]
mod tests {
    use super::*;

    const FILES: &str = "[default]\naws_access_key_id = AK1\naws_secret_access_key=s=1\n\n# note\n[profile work]\n\
        region = eu-west-3\naws_access_key_id=AK2\naws_secret_access_key = s2\naws_session_token = t2\n";

    #[test]
    fn the_section_of_a_profile_is_found() {
        let get =
            |profile: &str, key: &str| section(FILES, profile).and_then(|found| found.get(key).cloned());
        assert_eq!(get("default", "aws_secret_access_key").as_deref(), Some("s=1"));
        assert_eq!(get("work", "region").as_deref(), Some("eu-west-3"));
        assert_eq!(get("work", "aws_session_token").as_deref(), Some("t2"));
        assert!(section(FILES, "nobody").is_none());
    }

    #[test]
    fn keys_of_the_environment_go_first_and_a_named_profile_goes_before_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("credentials");
        std::fs::write(&file, FILES).unwrap();
        let environment = |name: &str| match name {
            "AWS_ACCESS_KEY_ID" => Some("AKE".to_owned()),
            "AWS_SECRET_ACCESS_KEY" => Some("se".to_owned()),
            "AWS_SHARED_CREDENTIALS_FILE" => Some(file.display().to_string()),
            _ => None,
        };
        let key = |profile: Option<&str>| {
            let account = account(&environment, profile).unwrap();
            (account.credentials.unwrap().access_key, account.region)
        };
        assert_eq!(key(None), ("AKE".to_owned(), None));
        assert_eq!(key(Some("work")), ("AK2".to_owned(), Some("eu-west-3".to_owned())));
        assert!(account(&environment, Some("nobody")).is_err());
        assert!(account(&|_| None, None).unwrap().credentials.is_none());
    }

    #[test]
    fn a_key_is_not_shown() {
        let keys =
            Credentials { access_key: "AK".to_owned(), secret_key: "s3cret".to_owned(), session_token: None };
        assert_eq!(format!("{keys:?}"), "Credentials(…)");
    }
}
