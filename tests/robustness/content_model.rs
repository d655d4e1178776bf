//! Which pages there are, in which order, and how they are dated: rules found by building random sites with Hugo 0.168
//! and with this program side by side.

use crate::site::Site;

/// Templates that print facts and nothing else.
const PLAIN: [(&str, &str); 6] = [
    (
        "templates/page.html",
        "{% for t in page.terms %}{% for x in t.terms %}{{ x.title }};{% endfor %}{% endfor %}",
    ),
    ("templates/home.html", "{{ page.lastmod }}"),
    ("templates/section.html", "{{ page.section }} {{ page.date }}"),
    ("templates/term.html", "{{ page.date }} {% for p in pages %}{{ p.rel_permalink }};{% endfor %}"),
    ("templates/taxonomy.html", "{% for t in terms %}{{ t.title }};{% endfor %}"),
    ("templates/404.html", ""),
];

fn built(files: &[(&str, &str)]) -> Site {
    let site = Site::of(&PLAIN);
    site.put("hallway.yaml", "title: S\nbaseURL: https://e.example/\n");
    files.iter().for_each(|(path, text)| site.put(path, text));
    site.build();
    site
}

/// Returns the titles of a feed, the channel's first.
fn titles(feed: &str) -> Vec<&str> {
    feed.split("<title>").skip(1).filter_map(|rest| rest.split("</title>").next()).collect()
}

#[test]
fn a_page_shows_its_terms_in_the_order_written() {
    let site = built(&[
        ("content/a.md", "---\ntags: [web, C++, a]\n---\n"),
        ("content/b.md", "---\ntags: [a, web, c++, web]\n---\n"),
    ]);
    assert_eq!(site.built("a/index.html"), "Web;C++;A;");
    assert_eq!(site.built("b/index.html"), "A;C++;Web;", "of a term written twice the second place counts");
}

#[test]
fn a_taxonomy_shows_terms_by_title_and_feeds_them_newest_first() {
    let site = built(&[
        ("content/a.md", "---\ndate: 2024-01-01\ntags: [Alpha]\n---\n"),
        ("content/b.md", "---\ndate: 2025-01-01\ntags: [Beta]\n---\n"),
    ]);
    assert_eq!(site.built("tags/index.html"), "Alpha;Beta;");
    assert_eq!(titles(&site.built("tags/index.xml")), ["Tags on S", "Beta", "Alpha"]);
}

#[test]
fn pages_in_the_folder_of_a_taxonomy_are_no_terms() {
    let site = built(&[
        ("content/tags/how-we-tag.md", "---\ntitle: How\n---\n"),
        ("content/a.md", "---\ntags: [x]\n---\n"),
    ]);
    assert!(site.has("tags/how-we-tag/index.html"));
    assert_eq!(site.built("tags/index.html"), "X;");
    assert_eq!(titles(&site.built("tags/index.xml")), ["Tags on S", "X"]);
}

#[test]
fn sections_and_the_home_page_are_filed_under_their_terms() {
    let site = built(&[
        ("content/_index.md", "---\ntitle: H\ntags: [x]\n---\n"),
        ("content/blog/_index.md", "---\ntitle: Blog\ntags: [x]\n---\n"),
        ("content/blog/p.md", "---\ndate: 2024-05-06\n---\n"),
    ]);
    assert_eq!(site.built("tags/x/index.html"), "2024-05-06T00:00:00Z /blog/;/;");
    assert_eq!(titles(&site.built("tags/x/index.xml")), ["X on S", "Blog", "H"]);
}

#[test]
fn a_section_is_as_new_as_the_sections_in_it() {
    let site = built(&[
        ("content/a/_index.md", "---\ntitle: A\n---\n"),
        ("content/a/b/_index.md", "---\ntitle: B\ndate: 2025-03-03\n---\n"),
        ("content/a/p.md", "---\ndate: 2024-01-01\n---\n"),
    ]);
    assert_eq!(site.built("a/index.html"), "a 2025-03-03T00:00:00Z");
    assert_eq!(site.built("index.html"), "2025-03-03T00:00:00Z");
}

#[test]
fn a_section_outlives_its_pages_and_needs_none() {
    let site = built(&[
        ("content/news/old.md", "---\nexpiryDate: 2020-01-01\n---\n"),
        ("content/deep/er/_index.md", "---\ntitle: E\n---\n"),
        ("content/hidden/_index.md", "---\ndraft: true\n---\n"),
        ("content/hidden/p.md", "x"),
    ]);
    assert!(site.has("news/index.html") && !site.has("news/old/index.html"));
    assert!(site.has("deep/index.html"));
    assert!(!site.has("hidden/index.html") && site.has("hidden/p/index.html"));
}

#[test]
fn the_slug_of_a_section_stands_in_the_addresses_below_it() {
    let site = built(&[
        ("content/docs/_index.md", "---\ntitle: D\nslug: Manual\n---\n"),
        ("content/docs/sub/_index.md", "---\ntitle: S\nslug: x/y\n---\n"),
        ("content/docs/sub/p/index.md", "---\ntitle: P\n---\n"),
        ("content/docs/sub/p/f.txt", "f"),
        ("content/odd/_index.md", "---\nslug: '..'\n---\n"),
        ("content/tags/_index.md", "---\nslug: topics\n---\n"),
        ("content/q.md", "---\ntags: [x]\n---\n"),
    ]);
    for file in ["manual/index.html", "manual/x/y/p/f.txt", "odd/index.html", "topics/x/index.html"] {
        assert!(site.has(file), "{file}");
    }
    assert!(!site.has("docs/index.html") && !site.has("tags/index.html"));
}

#[test]
fn a_section_is_named_as_in_its_address() {
    let site = built(&[("content/Blog Posts/p.md", "---\ntitle: P\n---\n")]);
    assert_eq!(site.built("blog-posts/index.html").trim(), "blog-posts");
}

#[test]
fn capitals_of_terms_stay_where_the_site_keeps_them() {
    let site = Site::of(&PLAIN);
    site.put("hallway.yaml", "baseURL: https://e.example/\ndisablePathToLower: true\n");
    site.put("content/a.md", "---\ntags: [C#, Cloud Native]\n---\n");
    site.put("content/b.md", "---\ntags: [c#]\n---\n");
    site.build();
    assert!(site.has("tags/C#/index.html") && site.has("tags/Cloud-Native/index.html"));
    assert!(!site.has("tags/c#/index.html"));
}

#[test]
fn files_of_a_bundle_stand_by_kind_then_name() {
    let site = Site::of(&PLAIN);
    site.put("templates/page.html", "{% for r in page.resources %}{{ r.name }};{% endfor %}");
    site.put("content/p/index.md", "x");
    for file in ["a.txt", "b.pdf", "c.svg", "B.pdf", "z.bin", "d.mp4"] {
        site.put(&format!("content/p/{file}"), "x");
    }
    site.build();
    assert_eq!(site.built("p/index.html"), "B.pdf;b.pdf;z.bin;c.svg;a.txt;d.mp4;");
    site.put("content/p/index.md", "---\nresources: [{src: '*.svg', name: A}]\n---\n");
    site.build();
    assert_eq!(
        site.built("p/index.html"),
        "A;B.pdf;a.txt;b.pdf;d.mp4;z.bin;",
        "by name alone where rules are"
    );
}

#[test]
fn a_feed_is_called_after_its_page_and_dated_by_publication() {
    let site = built(&[
        ("content/_index.md", "---\ntitle: Welcome\n---\n"),
        ("content/blog/_index.md", "---\ndraft: false\n---\n"),
        ("content/blog/p.md", "---\ntitle: P\ndate: 2024-01-01\npublishDate: 2024-02-02\n---\n"),
    ]);
    assert_eq!(titles(&site.built("index.xml"))[0], "Welcome on S");
    let blog = site.built("blog/index.xml");
    assert_eq!(titles(&blog)[0], "S", "a section without a title is called after the site");
    assert!(blog.contains("<pubDate>Fri, 02 Feb 2024 00:00:00 +0000</pubDate>"), "{blog}");
}
