//! Makes responses: every one leaves here, with the headers that all of them have.
//!
//! Decides nothing: `respond` does.

use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use super::body::{Content, Outgoing};
use super::socket::Answering;

/// Headers of every response.
///
/// Nothing may guess media types, embed the preview's files from elsewhere, or put its pages into a foreign frame. The
/// policy on referrers is the browsers' default, said aloud: a stricter one would be safer by little (only the origin of
/// the preview leaves it), and players embedded in a post refuse to play without, so that the preview would not show
/// the site as it will be. There is never an `Access-Control` header.
const COMMON: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
];

/// A response in the making.
#[derive(Debug)]
pub(super) struct Reply {
    response: Response<Content>,
    closes: bool,
}

impl Reply {
    /// Starts a response; browsers have to ask again each time whether it is still the same.
    pub(super) fn new(status: StatusCode, content: Content) -> Self {
        let mut response = Response::new(content);
        *response.status_mut() = status;
        Self { response, closes: false }.with(header::CACHE_CONTROL, "no-cache")
    }

    /// A response of one line of text.
    pub(super) fn text(status: StatusCode, text: &'static str) -> Self {
        Self::new(status, Content::Bytes(text.into())).with(header::CONTENT_TYPE, "text/plain; charset=utf-8")
    }

    /// Sets a header. A value that cannot stand in a header is left out.
    pub(super) fn with(mut self, name: HeaderName, value: impl TryInto<HeaderValue>) -> Self {
        if let Ok(value) = value.try_into() {
            self.response.headers_mut().insert(name, value);
        }
        self
    }

    /// Sets `ETag`. A digest that is no visible ASCII is left out.
    pub(super) fn with_etag(self, etag: &str) -> Self {
        if is_etag(etag) { self.with(header::ETAG, format!("\"{etag}\"")) } else { self }
    }

    /// Ends the connection after this response.
    pub(super) fn closing(mut self) -> Self {
        self.closes = true;
        self
    }

    /// Completes the response. That to a `HEAD` request says how long the content is, but does not have it.
    pub(super) fn finish(self, is_head: bool, answering: Answering) -> Response<Outgoing> {
        let (mut head, mut content) = self.response.into_parts();
        head.headers.extend(COMMON);
        // Some clients take the length for that of the content that they have.
        let length = content.len().filter(|_| head.status != StatusCode::NOT_MODIFIED);
        if let Some(length) = length {
            head.headers.insert(header::CONTENT_LENGTH, length.into());
        }
        if self.closes {
            head.headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if is_head {
            content = Content::Empty;
        }
        Response::from_parts(head, Outgoing::new(content, answering))
    }
}

/// Says whether a digest can stand between quotes in a header (RFC 9110, 8.8.3).
pub(super) fn is_etag(etag: &str) -> bool {
    !etag.is_empty() && etag.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"')
}

/// Encodes what may not stand in `Location` as it is; what is encoded already stays so.
pub(super) fn location(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic()
            && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
        {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_encoded_once() {
        let cases = [
            ("/blog/a/", "/blog/a/"),
            ("/caf%C3%A9/", "/caf%C3%A9/"),
            ("/café/", "/caf%C3%A9/"),
            ("/a b/?c=d#e", "/a%20b/?c=d#e"),
            ("/a\r\nSet-Cookie: b", "/a%0D%0ASet-Cookie:%20b"),
            ("https://example.org/", "https://example.org/"),
        ];
        for (address, encoded) in cases {
            assert_eq!(location(address), encoded);
        }
    }

    #[test]
    fn a_digest_that_breaks_the_header_is_none() {
        assert!(is_etag("0f3a-x"));
        for etag in ["", "a b", "a\"b", "é", "a\n"] {
            assert!(!is_etag(etag), "{etag:?}");
        }
    }
}
