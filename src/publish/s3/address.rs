//! Takes an `s3://` address apart, in the form of Hugo's targets, which is that of the Go Cloud Development Kit.

use percent_encoding::percent_decode_str;

/// A bucket and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Address {
    pub(super) bucket: String,
    /// What stands before every name; empty, or with a slash at its end where the author wrote one.
    pub(super) prefix: String,
    pub(super) region: Option<String>,
    /// Scheme and host of a server that is not Amazon's.
    pub(super) endpoint: Option<String>,
    pub(super) profile: Option<String>,
    /// Whether the bucket is a part of the path, and not of the host; nothing where it is not said.
    pub(super) is_path_style: Option<bool>,
    /// Parameters that mean nothing here.
    pub(super) unknown: Vec<String>,
}

impl Address {
    /// Reads `s3://bucket?region=…&prefix=a/b/&endpoint=…`.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("s3://")?;
        let (bucket, query) = rest.split_once('?').unwrap_or((rest, ""));
        // A path behind the bucket is what people write who mean a prefix.
        let (bucket, path) = bucket.split_once('/').unwrap_or((bucket, ""));
        let mut address = Self {
            bucket: bucket.to_owned(),
            prefix: if path.is_empty() { String::new() } else { format!("{}/", path.trim_end_matches('/')) },
            ..Self::default()
        };
        let mut is_plain = false;
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().into_owned();
            let is_set = ["true", "1", "t"].contains(&value.to_ascii_lowercase().as_str());
            match key {
                "region" => address.region = Some(value),
                "endpoint" => address.endpoint = Some(value),
                "prefix" => address.prefix = value.trim_start_matches('/').to_owned(),
                "profile" => address.profile = Some(value),
                "s3ForcePathStyle" | "use_path_style" | "hostname_immutable" => {
                    address.is_path_style = Some(is_set)
                }
                "disableSSL" | "disable_https" => is_plain = is_set,
                // They choose among programs of Amazon's that we do without.
                "awssdk" | "anonymous" | "rate_limiter_capacity" => {}
                _ => address.unknown.push(key.to_owned()),
            }
        }
        address.endpoint = address.endpoint.map(|written| match written.split_once("://") {
            Some(_) => written.trim_end_matches('/').to_owned(),
            None if is_plain => format!("http://{}", written.trim_end_matches('/')),
            None => format!("https://{}", written.trim_end_matches('/')),
        });
        (!address.bucket.is_empty()).then_some(address)
    }

    /// Returns scheme, host, and what stands before names in the path.
    pub(super) fn place(&self, region: &str) -> (String, String, String) {
        let in_path = format!("/{}/", self.bucket);
        match &self.endpoint {
            Some(endpoint) => {
                let (scheme, host) = endpoint.split_once("://").unwrap_or(("https", endpoint));
                if self.is_path_style == Some(false) {
                    (scheme.to_owned(), format!("{}.{host}", self.bucket), "/".to_owned())
                } else {
                    (scheme.to_owned(), host.to_owned(), in_path)
                }
            }
            // A certificate is for one level of names.
            None if self.is_path_style.unwrap_or_else(|| self.bucket.contains('.')) => {
                ("https".to_owned(), format!("s3.{region}.amazonaws.com"), in_path)
            }
            None => {
                ("https".to_owned(), format!("{}.s3.{region}.amazonaws.com", self.bucket), "/".to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_hugo_are_understood() {
        for (url, expected) in [
            ("s3://blog?region=eu-west-3", "https blog.s3.eu-west-3.amazonaws.com / "),
            ("s3://my.blog?region=eu-west-3", "https s3.eu-west-3.amazonaws.com /my.blog/ "),
            ("s3://blog?prefix=a/b/", "https blog.s3.us-east-1.amazonaws.com / a/b/"),
            ("s3://blog/a/b", "https blog.s3.us-east-1.amazonaws.com / a/b/"),
            (
                "s3://blog?endpoint=minio.local:9000&disableSSL=true&s3ForcePathStyle=true",
                "http minio.local:9000 /blog/ ",
            ),
            ("s3://blog?endpoint=https://x.r2.example&region=auto", "https x.r2.example /blog/ "),
            ("s3://blog?endpoint=x.example&use_path_style=false", "https blog.x.example / "),
        ] {
            let address = Address::parse(url).unwrap();
            let region = address.region.clone().unwrap_or_else(|| "us-east-1".to_owned());
            let (scheme, host, path) = address.place(&region);
            assert_eq!(format!("{scheme} {host} {path} {}", address.prefix), expected, "{url}");
        }
        assert_eq!(Address::parse("s3://b?regoin=x").unwrap().unknown, ["regoin"]);
        assert_eq!((Address::parse("s3://"), Address::parse("gs://b")), (None, None));
    }
}
