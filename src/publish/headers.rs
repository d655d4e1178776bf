//! With which headers a file is served: its type, how long it may be kept, and where a redirect leads.
//!
//! The author's matchers go before our rules. Reads no file but the beginning of a page that may be a redirect.

use super::manifest::Headers;
use crate::config::Matcher;
use crate::media::media_type;
use crate::text::decode_entities;

/// For files whose name changes with what is in them (RFC 8246).
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For pages, feeds, styles and scripts: a reader asks each time whether there is a newer one, and seldom gets one.
const ASK: &str = "public, max-age=0, must-revalidate";
/// For the rest: pictures as they are, documents, fonts.
const A_DAY: &str = "public, max-age=86400";

/// Returns the headers of a file, and the matcher that it has.
pub(super) fn headers_of<'a>(path: &str, matchers: &'a [Matcher]) -> (Headers, Option<&'a Matcher>) {
    let matcher = matchers.iter().find(|matcher| matcher.pattern.is_match(path));
    let chosen = |choose: fn(&Matcher) -> &Option<String>| matcher.and_then(|found| choose(found).clone());
    let content_type = chosen(|found| &found.content_type).unwrap_or_else(|| media_type(path).to_owned());
    let cache_control =
        chosen(|found| &found.cache_control).unwrap_or_else(|| cache_rule(path, &content_type).to_owned());
    let compressed = matcher.is_some_and(|found| found.compresses).then(|| "gzip".to_owned());
    let content_encoding = compressed.or_else(|| chosen(|found| &found.content_encoding));
    (Headers { content_type, cache_control, content_encoding, redirect: None }, matcher)
}

fn cache_rule(path: &str, content_type: &str) -> &'static str {
    let is_text =
        content_type.starts_with("text/") || content_type.contains("xml") || content_type.contains("json");
    if is_named_by_content(path) {
        FOR_EVER
    } else if is_text && !content_type.starts_with("image/") {
        ASK
    } else {
        A_DAY
    }
}

/// Fewest hex digits that are taken for a digest.
const DIGEST_MIN: usize = 16;

/// Says whether a file name carries a digest: `photo_hw_89e4bd6713d43843.webp`, `app.0f3c….css`.
pub(super) fn is_named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let last = stem.rsplit(['.', '_', '-']).next().unwrap_or_default();
    // A day or a number of a photo has no letters, a word no digits.
    last.len() >= DIGEST_MIN
        && last.len() < stem.len()
        && last.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        && last.bytes().any(|byte| byte.is_ascii_digit())
        && last.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Most bytes of a page that can be a redirect.
pub(super) const REDIRECT_MAX_BYTES: u64 = 2048;

/// Returns where a page sends its readers at once, as an address that a redirect of S3 can have.
pub(super) fn redirect_of(page: &str) -> Option<String> {
    let lower = page.to_ascii_lowercase();
    let tag = lower.find("http-equiv=\"refresh\"").or_else(|| lower.find("http-equiv=refresh"))?;
    let from = tag + lower.get(tag..)?.find("url=")? + "url=".len();
    let rest = page.get(from..)?;
    let end = rest.find(['"', '\'', '>']).unwrap_or(rest.len());
    let target = decode_entities(rest.get(..end)?.trim()).into_owned();
    let is_address =
        target.starts_with("https://") || target.starts_with("http://") || target.starts_with('/');
    (is_address && !target.chars().any(char::is_control) && target.is_ascii()).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_as_long_as_its_name_allows() {
        for (path, content_type, cache) in [
            ("index.html", "text/html; charset=utf-8", ASK),
            ("a/index.xml", "application/xml", ASK),
            ("a/photo_hw_89e4bd6713d43843.webp", "image/webp", FOR_EVER),
            ("css/main.min.0f3c0f3c0f3c0f3c0f3c0f3c.css", "text/css; charset=utf-8", FOR_EVER),
            ("css/hallway.css", "text/css; charset=utf-8", ASK),
            ("a/2024010112000000.jpg", "image/jpeg", A_DAY),
            ("a/img-20240101120000001234.jpg", "image/jpeg", A_DAY),
            ("favicon.svg", "image/svg+xml", A_DAY),
            ("89e4bd6713d43843.png", "image/png", A_DAY),
            ("talk.pdf", "application/pdf", A_DAY),
        ] {
            let (headers, _) = headers_of(path, &[]);
            assert_eq!(
                (headers.content_type.as_str(), headers.cache_control.as_str()),
                (content_type, cache),
                "{path}"
            );
        }
    }

    #[test]
    fn the_first_matcher_that_fits_decides() {
        let matcher = |pattern: &str, cache: Option<&str>, compresses| Matcher {
            pattern: regex_lite::Regex::new(pattern).unwrap(),
            cache_control: cache.map(str::to_owned),
            content_encoding: None,
            content_type: None,
            compresses,
            is_forced: false,
        };
        let matchers =
            [matcher("^.+\\.(js|css)$", Some("max-age=5"), true), matcher("css", Some("no-store"), false)];
        let (headers, found) = headers_of("css/a.css", &matchers);
        assert_eq!(
            (headers.cache_control.as_str(), headers.content_encoding.as_deref()),
            ("max-age=5", Some("gzip"))
        );
        assert!(found.is_some_and(|found| found.compresses));
        assert!(headers_of("a.png", &matchers).1.is_none());
    }

    #[test]
    fn a_redirect_is_known_by_its_tag() {
        let page = "<meta http-equiv=\"refresh\" content=\"0; url=https://example.org/a?b=1&amp;c=2\">";
        assert_eq!(redirect_of(page).as_deref(), Some("https://example.org/a?b=1&c=2"));
        assert_eq!(redirect_of("<meta http-equiv=refresh content='0;url=../b/'>"), None);
        assert_eq!(redirect_of("<p>http-equiv"), None);
    }
}
