//! Tells CloudFront which paths have changed (`CreateInvalidation`).

use super::super::store::{Body, Trouble};
use super::sign::{Scope, encoded_path};
use super::wire::{Call, Wire};
use crate::text::escape_xml;

/// A distribution of CloudFront.
#[derive(Debug)]
pub(super) struct CloudFront {
    distribution: String,
    scheme: String,
    host: String,
    scope: Scope,
    /// Whether the paths of readers cannot be known.
    is_below_prefix: bool,
}

/// Most paths that are told one by one: a thousand a month are free, and `/*` counts as one.
const PATHS_MAX: usize = 100;

impl CloudFront {
    pub(super) fn new(distribution: &str, endpoint: Option<String>, is_below_prefix: bool) -> Self {
        let endpoint = endpoint.unwrap_or_else(|| "https://cloudfront.amazonaws.com".to_owned());
        let (scheme, host) = endpoint.split_once("://").unwrap_or(("https", &endpoint));
        Self {
            distribution: distribution.to_owned(),
            scheme: scheme.to_owned(),
            host: host.trim_end_matches('/').to_owned(),
            scope: Scope { region: "us-east-1".to_owned(), service: "cloudfront" },
            is_below_prefix,
        }
    }

    pub(super) fn invalidate(&self, wire: &Wire, names: &[String], reference: &str) -> Result<(), Trouble> {
        let body = batch(&paths(names, self.is_below_prefix), reference);
        let call = Call {
            method: "POST",
            scheme: &self.scheme,
            host: &self.host,
            path: format!("/2020-05-31/distribution/{}/invalidation", encoded_path(&self.distribution)),
            query: Vec::new(),
            headers: vec![("content-type".to_owned(), "text/xml".to_owned())],
            body: Body::Bytes(body.as_bytes()),
            scope: &self.scope,
            subject: "the invalidation",
        };
        let reply = wire.send(&call)?;
        if reply.status.is_success() {
            return Ok(());
        }
        let message = format!("CloudFront distribution {}: {}", self.distribution, reply.in_words());
        Err(Trouble::Remote(format!("the files are published, but {message}; publish again to repeat that")))
    }
}

/// Returns the paths that readers ask for: a folder's page has two.
fn paths(names: &[String], is_below_prefix: bool) -> Vec<String> {
    let mut paths: Vec<String> = Vec::new();
    for name in names {
        paths.push(encoded_path(&format!("/{name}")));
        if let Some(folder) =
            name.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'))
        {
            paths.push(encoded_path(&format!("/{folder}")));
        }
    }
    if is_below_prefix || paths.len() > PATHS_MAX { vec!["/*".to_owned()] } else { paths }
}

fn batch(paths: &[String], reference: &str) -> String {
    let items: String = paths.iter().map(|path| format!("<Path>{}</Path>", escape_xml(path))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">\
         <CallerReference>hallway-{reference}</CallerReference><Paths><Items>{items}</Items><Quantity>{}</Quantity></Paths>\
         </InvalidationBatch>",
        paths.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_ask_for_folders_and_many_paths_are_one() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            paths(&names(&["index.html", "é/index.html", "a.png", "myindex.html"]), false),
            ["/index.html", "/", "/%C3%A9/index.html", "/%C3%A9/", "/a.png", "/myindex.html"]
        );
        let many: Vec<String> = (0..101).map(|number| format!("{number}.png")).collect();
        assert_eq!(paths(&many, false), ["/*"]);
        assert_eq!(paths(&names(&["a.png"]), true), ["/*"]);
        assert!(
            batch(&names(&["/a"]), "r")
                .contains("<Paths><Items><Path>/a</Path></Items><Quantity>1</Quantity></Paths>")
        );
    }
}
