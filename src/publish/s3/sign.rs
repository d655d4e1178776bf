//! Signs requests as AWS wants it: Signature Version 4, in the `Authorization` header.
//!
//! The signing is our own because the maintained library for it brings 61 crates along, and the TLS that is here anyway
//! has the two functions that it takes. Pure: the instant comes in.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::{digest, hmac};

use super::credentials::Credentials;

/// What a request says, as far as it is signed.
#[derive(Debug)]
pub(super) struct Unsigned<'a> {
    pub(super) method: &'a str,
    pub(super) host: &'a str,
    /// Percent-encoded by [`encoded_path`].
    pub(super) path: &'a str,
    /// Names and values as they are, not encoded.
    pub(super) query: &'a [(&'a str, String)],
    /// Lower-case names and values.
    pub(super) headers: &'a [(String, String)],
    /// SHA-256 of the body as hex digits.
    pub(super) payload: &'a str,
}

/// For whom a signature is.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) region: String,
    pub(super) service: &'static str,
}

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same, but slashes part a path.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// Encodes a path as it is sent and signed.
pub(super) fn encoded_path(path: &str) -> String {
    utf8_percent_encode(path, RESERVED_IN_PATH).to_string()
}

/// Encodes a query as it is sent and signed: sorted by name.
pub(super) fn encoded_query(query: &[(&str, String)]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let mut pairs: Vec<String> =
        query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.sort_unstable();
    pairs.join("&")
}

/// Returns SHA-256 as hex digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Returns the headers that a request needs in addition, its signature among them.
pub(super) fn sign(
    request: &Unsigned<'_>,
    credentials: &Credentials,
    scope: &Scope,
    now: Timestamp,
) -> Vec<(String, String)> {
    let instant = now.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
    let day = instant.get(..8).unwrap_or_default();
    let mut added = vec![
        ("x-amz-content-sha256".to_owned(), request.payload.to_owned()),
        ("x-amz-date".to_owned(), instant.clone()),
    ];
    if let Some(token) = &credentials.session_token {
        added.push(("x-amz-security-token".to_owned(), token.clone()));
    }
    let host = ("host".to_owned(), request.host.to_owned());
    let mut headers: Vec<&(String, String)> = request.headers.iter().chain(&added).chain([&host]).collect();
    headers.sort_unstable();
    let names = headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";");
    let lines: String = headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let canonical = format!(
        "{}\n{}\n{}\n{lines}\n{names}\n{}",
        request.method,
        request.path,
        encoded_query(request.query),
        request.payload
    );
    let range = format!("{day}/{}/{}/aws4_request", scope.region, scope.service);
    let text = format!("AWS4-HMAC-SHA256\n{instant}\n{range}\n{}", sha256(canonical.as_bytes()));
    let key = [day, &scope.region, scope.service, "aws4_request"]
        .iter()
        .fold(format!("AWS4{}", credentials.secret_key).into_bytes(), |key, part| hmac_of(&key, part));
    let signature = hex(&hmac_of(&key, &text));
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{range}, SignedHeaders={names}, Signature={signature}",
        credentials.access_key
    );
    added.push(("authorization".to_owned(), authorization));
    added
}

fn hmac_of(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the S3 API reference, "Signature Calculations for the Authorization Header".
    fn example() -> (Credentials, Scope, Timestamp) {
        let credentials = Credentials {
            access_key: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
            session_token: None,
        };
        let scope = Scope { region: "us-east-1".to_owned(), service: "s3" };
        (credentials, scope, "2013-05-24T00:00:00Z".parse().unwrap())
    }

    fn signature(request: &Unsigned<'_>) -> String {
        let (credentials, scope, now) = example();
        let headers = sign(request, &credentials, &scope, now);
        let (_, authorization) = headers.iter().find(|(name, _)| name == "authorization").unwrap();
        authorization.rsplit('=').next().unwrap().to_owned()
    }

    #[test]
    fn the_examples_of_the_reference_have_the_signatures_that_it_gives() {
        let empty = sha256(b"");
        let host = "examplebucket.s3.amazonaws.com";
        let get = Unsigned {
            method: "GET",
            host,
            path: "/test.txt",
            query: &[],
            headers: &[("range".to_owned(), "bytes=0-9".to_owned())],
            payload: &empty,
        };
        assert_eq!(signature(&get), "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        let headers = [
            ("date".to_owned(), "Fri, 24 May 2013 00:00:00 GMT".to_owned()),
            ("x-amz-storage-class".to_owned(), "REDUCED_REDUNDANCY".to_owned()),
        ];
        let path = encoded_path("/test$file.text");
        let payload = sha256(b"Welcome to Amazon S3.");
        let put =
            Unsigned { method: "PUT", host, path: &path, query: &[], headers: &headers, payload: &payload };
        assert_eq!(signature(&put), "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
        let query = [("prefix", "J".to_owned()), ("max-keys", "2".to_owned())];
        let list = Unsigned { method: "GET", host, path: "/", query: &query, headers: &[], payload: &empty };
        assert_eq!(signature(&list), "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    #[test]
    fn paths_and_queries_are_encoded_as_they_are_signed() {
        assert_eq!(encoded_path("/a b/é+~(1).html"), "/a%20b/%C3%A9%2B~%281%29.html");
        assert_eq!(encoded_query(&[("b", "x/y".to_owned()), ("a", String::new())]), "a=&b=x%2Fy");
    }
}
