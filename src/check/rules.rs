//! What each finding of a check means and what to do about it, for programs that show rules beside results.
//!
//! The manual has the same in short.

/// Codes of checks with their long text.
const RULES: &[(&str, &str)] = &[
    (
        "link-broken",
        "A link leads to a page or file that the built site does not have. Readers get an error from the server. Mend the \
         address, give the page that has moved an alias, or take the link out.",
    ),
    (
        "anchor-missing",
        "A link leads to a place in a page (`#name`) that is not there. Readers end at the top of the page. The names of \
         headings are made of their text, and change with it.",
    ),
    (
        "file-missing",
        "A page shows or loads a picture, script, style sheet or other file that the built site does not have.",
    ),
    (
        "file-unused",
        "A file lies in the folder of a page and is published, but no page shows it or links to it. Delete it, or link to it.",
    ),
    (
        "id-duplicate",
        "Two elements of a page have one id. Links, labels and scripts find the first of them only.",
    ),
    (
        "image-alt",
        "A picture has no alternative text. Who cannot see it learns nothing of it. Describe it in a few words; a picture \
         that is decoration only has an empty text.",
    ),
    (
        "image-distorted",
        "A picture is given a width and a height that do not have its ratio, so it is shown too broad or too narrow.",
    ),
    (
        "image-enlarged",
        "A picture is shown larger than it is, and looks blurred. Take a larger file, or show it smaller.",
    ),
    ("image-position", "A photo says where it was taken. With `imaging.metadata: keep` that is published."),
    ("link-language", "A text links to a page in another language although the page is there in its own."),
    (
        "mixed-content",
        "A page that is loaded with encryption loads a picture, script or other file without. Browsers refuse it or warn.",
    ),
    (
        "front-matter-unknown",
        "A key of front matter means nothing and no template reads it, but it is spelled nearly as one that does.",
    ),
    (
        "outside-broken",
        "A link leads to another site, which says that the page is not there (404, 410), or which nobody can find any more. Look \
         for the page elsewhere, or link to a copy of it in an archive of the web.",
    ),
    (
        "outside-moved",
        "A link leads to another site, which sends readers to a new address for good. Old addresses are given up one day.",
    ),
    (
        "outside-unknown",
        "A link leads to another site that did not say whether the page is there: it is slow or ill, wants no programs, or lies \
         in a private network, which is never asked.",
    ),
    ("title-missing", "A page has no title: lists, tabs of browsers and results of a search cannot name it."),
    ("title-duplicate", "Two pages of a section have the same title, and cannot be told apart in lists."),
    (
        "translation-orphan",
        "A page is there in a language other than the default one, and not in that. Perhaps its original was removed or \
         renamed.",
    ),
    (
        "page-weight",
        "A page makes a phone load more than `check.budget` allows. Pictures that are not made yet are estimated by their \
         pixels.",
    ),
    ("feed-syntax", "A feed, sitemap or other XML file that is published cannot be read by a program."),
    (
        "feed-address",
        "A feed or sitemap has an address that is not complete, or leads to nothing. Set `baseURL` to where the site is \
         published.",
    ),
    (
        "calendar-syntax",
        "A calendar file (`.ics`) that is published does not follow RFC 5545, and programs may refuse it.",
    ),
    (
        "external-broken",
        "A link leads to another site that answers that there is no such page, or to a host that is not there.",
    ),
    ("external-moved", "A link leads to a page of another site that has moved for good."),
    (
        "external-unknown",
        "Another site did not say whether a page is there: it was too busy, too slow, or asked us to stay away.",
    ),
];

/// Returns the long text of a code.
pub fn explanation(code: &str) -> Option<&'static str> {
    RULES.iter().find(|(known, _)| *known == code).map(|(_, text)| *text)
}
