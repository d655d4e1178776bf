//! Addresses of the author, and of a post, on other services: which service it is, by its host, and where it is named.
//!
//! Asks no service for anything.

use serde_json::{Map, Value as Data};
use tera::Value;

use super::values::{list, map, optional_text, text};
use crate::data::scalar_text;

/// Services by the end of their hosts: name, and icon.
const SERVICES: [(&str, &str, &str); 31] = [
    ("bsky.app", "Bluesky", "bluesky"),
    ("cfp.rocks", "CFP.rocks", ""),
    ("codeberg.org", "Codeberg", "code-branch"),
    ("dev.to", "DEV", "dev"),
    ("discord.gg", "Discord", "discord"),
    ("dzone.com", "DZone", ""),
    ("facebook.com", "Facebook", "facebook"),
    ("flickr.com", "Flickr", "flickr"),
    ("github.com", "GitHub", "github"),
    ("gitlab.com", "GitLab", "gitlab"),
    ("hackernoon.com", "HackerNoon", ""),
    ("hashnode.com", "Hashnode", ""),
    ("hashnode.dev", "Hashnode", ""),
    ("instagram.com", "Instagram", "instagram"),
    ("linkedin.com", "LinkedIn", "linkedin"),
    ("lobste.rs", "Lobsters", ""),
    ("mastodon.social", "Mastodon", "mastodon"),
    ("medium.com", "Medium", "medium"),
    ("news.ycombinator.com", "Hacker News", "hacker-news"),
    ("pixelfed.social", "Pixelfed", ""),
    ("reddit.com", "Reddit", "reddit"),
    ("sessionize.com", "Sessionize", ""),
    ("slideshare.net", "SlideShare", "slideshare"),
    ("speakerdeck.com", "Speaker Deck", "speaker-deck"),
    ("stackoverflow.com", "Stack Overflow", "stack-overflow"),
    ("substack.com", "Substack", ""),
    ("threads.net", "Threads", "threads"),
    ("twitter.com", "X", "x-twitter"),
    ("vimeo.com", "Vimeo", "vimeo"),
    ("x.com", "X", "x-twitter"),
    ("youtube.com", "YouTube", "youtube"),
];

/// Words of hosts that say which service they are an instance of.
const INSTANCES: [(&str, &str, &str); 2] =
    [("mastodon", "Mastodon", "mastodon"), ("pixelfed", "Pixelfed", "")];

/// Returns the name of the service that an address belongs to, and its icon; an unknown one is called by its host.
pub(super) fn service(url: &str) -> (String, &'static str) {
    let host = host_of(url).trim_start_matches("www.");
    let is_of =
        |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    let known = SERVICES.iter().find(|(domain, ..)| is_of(domain));
    let known = known.or_else(|| INSTANCES.iter().find(|(word, ..)| host.contains(word)));
    match known {
        Some((_, name, icon)) => ((*name).to_owned(), icon),
        // Where people are addressed as `/@name`, it is a server of the fediverse, whatever it runs.
        None if fediverse_address(url).is_some() => (host.to_owned(), "mastodon"),
        None => (host.to_owned(), ""),
    }
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest).rsplit('@').next().unwrap_or(rest)
}

/// Returns how `https://social.example/@name` is written in a text: `@name@social.example`.
fn fediverse_address(url: &str) -> Option<String> {
    const OTHERS: [&str; 6] =
        ["medium.com", "youtube.com", "tiktok.com", "threads.net", "flipboard.com", "hackernoon.com"];
    let host = host_of(url).trim_start_matches("www.");
    let rest = url.strip_prefix("https://")?;
    let name = rest.split_once("/@")?.1.trim_end_matches('/');
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_elsewhere = OTHERS.iter().any(|other| host.ends_with(other)) || host.contains('/');
    (is_name && !is_elsewhere && host.contains('.')).then(|| format!("@{name}@{host}"))
}

/// A link to the author elsewhere.
struct Profile {
    name: String,
    url: String,
    icon: String,
}

impl Profile {
    fn new(url: &str, name: Option<String>, icon: Option<String>) -> Self {
        let (known_name, known_icon) = service(url);
        let of_scheme = match url.split_once(':') {
            Some(("mailto", address)) => Some((address.to_owned(), "envelope")),
            _ => None,
        };
        let (known_name, known_icon) = of_scheme.unwrap_or((known_name, known_icon));
        Self {
            name: name.filter(|name| !name.is_empty()).unwrap_or(known_name),
            url: url.to_owned(),
            icon: icon.filter(|icon| !icon.is_empty()).unwrap_or_else(|| known_icon.to_owned()),
        }
    }
}

/// Shows the links to the author elsewhere: `params.social`, else Docsy's `params.links`.
pub(super) fn social(params: &Map<String, Data>) -> Value {
    list(profiles(params).into_iter().map(|profile| {
        map([("name", text(profile.name)), ("url", text(profile.url)), ("icon", text(profile.icon))])
    }))
}

/// Returns the addresses of the author elsewhere, mail aside.
pub(super) fn profile_urls(params: &Map<String, Data>) -> Vec<String> {
    let urls = profiles(params).into_iter().map(|profile| profile.url);
    urls.filter(|url| !url.starts_with("mailto:")).collect()
}

/// Returns the author's address in the fediverse: the one that is written, else that of a link to such a server.
pub(super) fn fediverse_creator(params: &Map<String, Data>) -> Option<String> {
    let author = params.get("author").and_then(Data::as_object);
    let written = author.and_then(|author| author.get("fediverse")).and_then(scalar_text);
    let found = || {
        let is_one = |profile: &&Profile| profile.icon == "mastodon" || service(&profile.url).1 == "mastodon";
        profiles(params).iter().filter(is_one).find_map(|profile| fediverse_address(&profile.url))
    };
    written.filter(|address| !address.is_empty()).or_else(found)
}

/// Reads a list of addresses or of maps with `name`, `url` and `icon`, or a map from name to address.
fn profiles(params: &Map<String, Data>) -> Vec<Profile> {
    let links = params.get("links").and_then(Data::as_object);
    let docsy = links.into_iter().flat_map(|links| ["user", "developer"].map(|group| links.get(group)));
    let written = match params.get("social") {
        Some(social) => vec![social],
        None => docsy.flatten().collect(),
    };
    written.into_iter().flat_map(read_profiles).filter(|profile| is_address(&profile.url)).collect()
}

fn is_address(url: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

fn read_profiles(written: &Data) -> Vec<Profile> {
    let field = |entry: &Map<String, Data>, key: &str| entry.get(key).and_then(scalar_text);
    match written {
        Data::Array(entries) => entries
            .iter()
            .filter_map(|entry| match entry {
                Data::String(url) => Some(Profile::new(url, None, None)),
                Data::Object(entry) => {
                    Some(Profile::new(&field(entry, "url")?, field(entry, "name"), field(entry, "icon")))
                }
                _ => None,
            })
            .collect(),
        Data::Object(entries) => {
            entries.iter().filter_map(|(_, url)| Some(Profile::new(&scalar_text(url)?, None, None))).collect()
        }
        Data::String(url) => vec![Profile::new(url, None, None)],
        _ => Vec::new(),
    }
}

/// Shows where a post is published too: `syndication` in its front matter, an address or a list of them.
pub(super) fn syndication(params: Option<&Map<String, Data>>, found: &[String]) -> Value {
    let written = params.and_then(|params| params.get("syndication"));
    let entries: Vec<&Data> = match written {
        Some(Data::Array(entries)) => entries.iter().collect(),
        Some(single) => vec![single],
        None => Vec::new(),
    };
    let address = |entry: &Data| match entry {
        Data::Object(entry) => entry.get("url").and_then(scalar_text),
        other => scalar_text(other),
    };
    let mut urls: Vec<String> = entries.into_iter().filter_map(address).collect();
    urls.extend(found.iter().cloned());
    let mut seen: Vec<String> = Vec::new();
    for url in urls.into_iter().map(|url| url.trim().to_owned()).filter(|url| is_address(url)) {
        if !seen.contains(&url) {
            seen.push(url);
        }
    }
    list(seen.into_iter().map(|url| {
        let (name, icon) = service(&url);
        map([
            ("name", text(name)),
            ("icon", optional_text(Some(icon).filter(|icon| !icon.is_empty()))),
            ("url", text(url)),
        ])
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_known_by_its_host() {
        for (url, name, icon) in [
            ("https://www.linkedin.com/pulse/x", "LinkedIn", "linkedin"),
            ("https://someone.medium.com/a-post", "Medium", "medium"),
            ("https://medium.com/@a/b", "Medium", "medium"),
            ("https://notmedium.com/", "notmedium.com", ""),
            ("https://mastodon.example/@a/1", "Mastodon", "mastodon"),
            ("https://social.example/@sam", "social.example", "mastodon"),
            ("https://blog.example/post", "blog.example", ""),
        ] {
            assert_eq!(service(url), (name.to_owned(), icon), "{url}");
        }
    }

    #[test]
    fn the_address_in_the_fediverse_follows_from_a_link() {
        let params = |json: &str| serde_json::from_str::<Map<String, Data>>(json).unwrap();
        for (json, expected) in [
            (
                r#"{"social": ["https://github.com/sam", "https://social.example/@sam"]}"#,
                Some("@sam@social.example"),
            ),
            (r#"{"social": {"medium": "https://medium.com/@sam"}}"#, None),
            (
                r#"{"links": {"user": [{"name": "M", "url": "https://m.example/@sam/", "icon": "fab fa-mastodon"}]}}"#,
                Some("@sam@m.example"),
            ),
            (
                r#"{"author": {"name": "Sam", "fediverse": "@s@x.example"}, "social": ["https://a.example/@b"]}"#,
                Some("@s@x.example"),
            ),
            (r#"{"social": "javascript:alert(1)"}"#, None),
        ] {
            assert_eq!(fediverse_creator(&params(json)).as_deref(), expected, "{json}");
        }
    }
}
