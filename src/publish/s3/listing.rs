//! Reads the XML in which S3 lists a bucket (`ListObjectsV2`).

use quick_xml::Reader;
use quick_xml::events::Event;

/// One page of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Keys with their sizes in bytes.
    pub(super) files: Vec<(String, u64)>,
    /// What to ask for the next page with; nothing on the last.
    pub(super) next: Option<String>,
}

/// Reads a page; what ends too early is none.
pub(super) fn parse(xml: &str) -> Option<Page> {
    let mut reader = Reader::from_str(xml);
    let (mut page, mut path, mut text) = (Page::default(), Vec::new(), String::new());
    let (mut key, mut size, mut is_cut) = (None, None, false);
    let mut is_closed = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                path.push(tag.local_name().as_ref().to_owned());
                text.clear();
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(reference) => {
                if let Some(c) = reference.resolve_char_ref().ok()? {
                    text.push(c);
                } else {
                    text.push_str(quick_xml::escape::resolve_predefined_entity(&reference)?);
                }
            }
            Event::End(_) => {
                let inside: Vec<&str> = path.iter().map(String::as_str).collect();
                match inside.as_slice() {
                    [_, "Contents", "Key"] => key = Some(std::mem::take(&mut text)),
                    [_, "Contents", "Size"] => size = text.trim().parse().ok(),
                    [_, "Contents"] => page.files.push((key.take()?, size.take()?)),
                    [_, "IsTruncated"] => is_cut = text.trim() == "true",
                    [_, "NextContinuationToken"] => page.next = Some(std::mem::take(&mut text)),
                    ["ListBucketResult"] => is_closed = true,
                    _ => {}
                }
                path.pop();
                text.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !is_closed || is_cut != page.next.is_some() {
        return None;
    }
    Some(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_one_that_is_cut_is_not() {
        let whole = "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\"><IsTruncated>true</IsTruncated>\
            <NextContinuationToken>t&amp;1=</NextContinuationToken><Contents><Key>a &lt;b&#233;.html</Key>\
            <Size>12</Size></Contents><Contents><Key>c</Key><Size>0</Size></Contents></ListBucketResult>";
        let page = parse(whole).unwrap();
        assert_eq!(page.files, [("a <bé.html".to_owned(), 12), ("c".to_owned(), 0)]);
        assert_eq!(page.next.as_deref(), Some("t&1="));
        for end in [whole.len() - 3, 120, 200, 40] {
            assert_eq!(parse(&whole[..end]), None, "{end}");
        }
        assert_eq!(parse("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"), None);
        assert_eq!(parse("<ListBucketResult></ListBucketResult>"), Some(Page::default()));
        assert_eq!(parse("<html></html>"), None);
    }
}
