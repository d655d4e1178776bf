//! A target that is a bucket of S3, or of a store that speaks as it does, with CloudFront before it.

mod address;
mod cloudfront;
mod credentials;
mod listing;
mod sign;
mod wire;

use super::manifest::{Headers, Record};
use super::store::{Body, Listing, Seen, Store, Trouble};
use crate::digest::Digest;
use address::Address;
use cloudfront::CloudFront;
pub use credentials::{Credentials, Environment};
use sign::{Scope, encoded_path};
pub use wire::Surroundings;
use wire::{Call, Reply, Wire};

/// A bucket as a target.
pub struct S3Store {
    wire: Wire,
    scheme: String,
    host: String,
    /// What stands before names in the path of a request.
    base: String,
    bucket: String,
    prefix: String,
    scope: Scope,
    network: Option<CloudFront>,
    /// Parameters of the address that mean nothing.
    pub unknown: Vec<String>,
}

/// Header in which a file carries the short name of its bytes and headers.
const MARK: &str = "x-amz-meta-hallway";
/// Region where none is said: that of the oldest buckets, and what other stores take.
const REGION: &str = "us-east-1";

impl S3Store {
    /// Makes one of an address; nothing is sent yet.
    ///
    /// # Errors
    /// The address is none of a bucket, or no keys are found.
    pub fn new(
        url: &str,
        distribution: Option<&str>,
        environment: Environment<'_>,
        surroundings: Surroundings,
    ) -> Result<Self, Trouble> {
        let mut address = Address::parse(url).ok_or_else(|| {
            Trouble::Local(format!("`{url}` names no bucket: write `s3://bucket?region=…`"))
        })?;
        let account = credentials::account(environment, address.profile.as_deref())?;
        let credentials = account.credentials.ok_or_else(|| Trouble::Refused {
            message: format!("no keys for {} were found", address.bucket),
            hint: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE with a file of profiles"
                .to_owned(),
        })?;
        let endpoint = |name: &str| environment(name).filter(|value| value.contains("://"));
        let general = || endpoint("AWS_ENDPOINT_URL");
        if address.endpoint.is_none() {
            address.endpoint = endpoint("AWS_ENDPOINT_URL_S3").or_else(general);
        }
        let region = address.region.clone().or(account.region).unwrap_or_else(|| REGION.to_owned());
        let (scheme, host, base) = address.place(&region);
        let network = distribution.map(|distribution| {
            let place = endpoint("AWS_ENDPOINT_URL_CLOUDFRONT").or_else(general);
            CloudFront::new(distribution, place, !address.prefix.is_empty())
        });
        Ok(Self {
            wire: Wire::new(credentials, surroundings),
            scheme,
            host,
            base,
            scope: Scope { region, service: "s3" },
            network,
            unknown: address.unknown,
            bucket: address.bucket,
            prefix: address.prefix,
        })
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn call<'a>(&'a self, method: &'static str, name: &str, subject: &'a str) -> Call<'a> {
        Call {
            method,
            scheme: &self.scheme,
            host: &self.host,
            path: encoded_path(&format!("{}{}", self.base, self.key(name))),
            query: Vec::new(),
            headers: Vec::new(),
            body: Body::Bytes(b""),
            scope: &self.scope,
            subject,
        }
    }

    /// Says what an answer means that is no success.
    fn refused(&self, subject: &str, reply: &Reply) -> Trouble {
        let mut message = format!("{subject} at {}: {}", self.name(), reply.in_words());
        if let Some(region) =
            reply.header("x-amz-bucket-region").filter(|region| *region != self.scope.region)
        {
            message.push_str(&format!("; the bucket is in the region `{region}`"));
        } else if reply.code().as_deref() == Some("RequestTimeTooSkewed") {
            message.push_str("; look at the clock of this machine");
        }
        Trouble::Remote(message)
    }

    fn list_page(&self, token: Option<String>) -> Result<listing::Page, Trouble> {
        let mut call = self.call("GET", "", "the list");
        call.path = encoded_path(&self.base);
        call.query = vec![("list-type", "2".to_owned()), ("prefix", self.prefix.clone())];
        call.query.extend(token.map(|token| ("continuation-token", token)));
        for _ in 0..3 {
            let reply = self.wire.send(&call)?;
            if !reply.status.is_success() {
                return Err(self.refused("the list", &reply));
            }
            if let Some(page) = listing::parse(&String::from_utf8_lossy(&reply.bytes)) {
                return Ok(page);
            }
        }
        Err(Trouble::Remote(format!("the list of {} cannot be read", self.name())))
    }

    fn get(&self, name: &str) -> Result<Option<Reply>, Trouble> {
        let reply = self.wire.send(&self.call("GET", name, name))?;
        match reply.status.as_u16() {
            200 => Ok(Some(reply)),
            404 => Ok(None),
            _ => Err(self.refused(name, &reply)),
        }
    }
}

/// Returns the headers of a request that gives a file its headers.
fn sent(record: &Record) -> Vec<(String, String)> {
    let Headers { content_type, cache_control, content_encoding, redirect } = &record.headers;
    let mut headers =
        vec![("content-type".to_owned(), content_type.clone()), (MARK.to_owned(), record.mark())];
    if !cache_control.is_empty() {
        headers.push(("cache-control".to_owned(), cache_control.clone()));
    }
    let optional = [("content-encoding", content_encoding), ("x-amz-website-redirect-location", redirect)];
    headers.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))));
    headers
}

impl Store for S3Store {
    fn name(&self) -> String {
        format!("s3://{}/{}", self.bucket, self.prefix).trim_end_matches('/').to_owned()
    }

    fn list(&self) -> Result<Listing, Trouble> {
        let (mut listing, mut token) = (Listing::new(), None);
        loop {
            let page = self.list_page(token)?;
            let names =
                page.files.iter().filter_map(|(key, size)| Some((key.strip_prefix(&self.prefix)?, size)));
            listing.extend(names.map(|(name, size)| (name.to_owned(), *size)));
            match page.next {
                Some(next) => token = Some(next),
                None => return Ok(listing),
            }
        }
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(self.get(name)?.map(|reply| reply.bytes))
    }

    fn holds(&self, name: &str, record: &Record) -> Result<bool, Trouble> {
        let reply = self.wire.send(&self.call("HEAD", name, name))?;
        match reply.status.as_u16() {
            200 => Ok(reply.header(MARK) == Some(&record.mark())),
            404 => Ok(false),
            _ => Err(self.refused(name, &reply)),
        }
    }

    fn look(&self, name: &str) -> Result<Option<Seen>, Trouble> {
        let seen = |reply: Reply| {
            let text = |name: &str| reply.header(name).map(str::to_owned);
            let headers = Headers {
                content_type: text("content-type").unwrap_or_default(),
                cache_control: text("cache-control").unwrap_or_default(),
                content_encoding: text("content-encoding").filter(|encoding| encoding != "aws-chunked"),
                redirect: text("x-amz-website-redirect-location"),
            };
            Seen { digest: Digest::of(&reply.bytes), headers: Some(headers) }
        };
        Ok(self.get(name)?.map(seen))
    }

    fn put(&self, name: &str, body: Body<'_>, record: &Record) -> Result<(), Trouble> {
        let mut call = self.call("PUT", name, name);
        call.headers = sent(record);
        let call = Call { body, ..call };
        let reply = self.wire.send(&call)?;
        if reply.status.is_success() { Ok(()) } else { Err(self.refused(name, &reply)) }
    }

    fn create(&self, name: &str, bytes: &[u8]) -> Result<bool, Trouble> {
        let mut call = self.call("PUT", name, name);
        call.headers = sent(&Record::own(bytes));
        call.headers.push(("if-none-match".to_owned(), "*".to_owned()));
        let call = Call { body: Body::Bytes(bytes), ..call };
        let reply = self.wire.send(&call)?;
        match reply.status.as_u16() {
            200..=299 => Ok(true),
            412 => Ok(false),
            // A store that does not know the condition: it is asked for first.
            501 if self.read(name)?.is_some() => Ok(false),
            501 => self.put(name, Body::Bytes(bytes), &Record::own(bytes)).map(|()| true),
            _ => Err(self.refused(name, &reply)),
        }
    }

    fn copy(&self, from: &str, to: &str, record: &Record) -> Result<(), Trouble> {
        let source = encoded_path(&format!("{}/{}", self.bucket, self.key(from)));
        let mut call = self.call("PUT", to, to);
        call.headers = sent(record);
        call.headers.push(("x-amz-copy-source".to_owned(), source));
        call.headers.push(("x-amz-metadata-directive".to_owned(), "REPLACE".to_owned()));
        let reply = self.wire.send(&call)?;
        // An error may come behind a status of success (S3 API reference, CopyObject).
        let is_error = String::from_utf8_lossy(&reply.bytes).contains("<Error>");
        if reply.status.is_success() && !is_error { Ok(()) } else { Err(self.refused(to, &reply)) }
    }

    fn remove(&self, name: &str) -> Result<(), Trouble> {
        let reply = self.wire.send(&self.call("DELETE", name, name))?;
        if reply.status.is_success() || reply.status.as_u16() == 404 {
            Ok(())
        } else {
            Err(self.refused(name, &reply))
        }
    }

    fn invalidate(&self, names: &[String], reference: &str) -> Result<(), Trouble> {
        match &self.network {
            Some(network) => network.invalidate(&self.wire, names, reference),
            None => Ok(()),
        }
    }
}
