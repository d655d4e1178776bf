"""Generates small random sites: front matter in all three languages, bundles of all shapes, and the configuration around them.

A site is one text: the files after each other, each with a line `=== path` before it, so that it can be made small line by
line.
"""

import json

TITLES = ["One", "two words", "Wasm.io 2024", "L'été à Paris", "C++ & C# (advanced)", "100% sure?", "a/b", "Émile & Co.", "!!!", "日本語",
          "Meetup: Proxmox dans tous ses couleurs !", "foo - bar", "foo – bar", "---dashes---", "trail -", "v1.0.0-rc.1", "UPPER Case",
          ".. dots", "“quoted”", "emoji 😲 here", "under_score", "a  b", "tab\there", "x @ y # z ~", "½ price", "It's", "nb\u00a0sp", "2024"]
# Without `#`: Hugo cuts the addresses of resources at it, we encode it (tests/hugo/differences.md).
SLUGS = ["my-slug", "My Slug", "a/b", "été", "UPPER", "with.dot", "  sp  ", "a--b", "c++", "_u", "-d-", "a/B c/", "/lead", "v1.0"]
URLS = ["/own/", "/own", "own/", "own.html", "/Own/Page/", "/a/b/c.html", "/été/", "/with space/", "/x/:slug/", "/:year/:title/", "rel/path", "/own/x.txt"]
ALIASES = ["/old/", "old", "../up/", "/old.html", "/a/b/", "sub/old", "./here", "/OLD/", "old/x.html", "/with space/", "/été"]
TAGS = ["rust", "Rust", "cloud native", "cloud-native", "C++", "C#", "a/b", "été", "wasm io", "2024", "UPPER", "", "x.y", "Émile & Co", "日本"]
DATES = ["2024-04-10", "2024-04-10T12:30:00", "2024-04-10T12:30:00Z", "2024-04-10T12:30:00+02:00", "2024-04-10 12:30:00", "2023-12-31T23:30:00-05:00",
         "2024-04-10 12:30:00 +0200", "10 Apr 2024", "Wed, 10 Apr 2024 12:30:00 +0200", "2024-04-10T12:30:00.123Z", "2020-02-29", "1999-01-01",
         "2025-06-15", "2024-03-31T02:30:00", "1712752200", "2024-10-27 02:30:00", "2024-04-10T12:30:00.123456789Z", "2024-04-10 12:30:00 +02:00"]
LATER = ["2099-01-01", "2025-06-15T13:00:00Z", "2025-06-15T11:00:00Z"]
REFUSED_DATES = ["2024-4-1", "2024/04/10", "April 10, 2024", "2024-04", "2024-02-30", "soon", "2024-04-10 12:30"]
PATTERNS = ["/:year/:month/:day/:slug/", "/:section/:year/:month/:title/", "/:sections/:slug/", "/:sections[1:]/:title", "/p/:contentbasename/", "/:filename/",
            "/:section/:slugorcontentbasename/", "/:year/:monthname/:weekdayname/:title/", "/:yearday/:weekday/:slug", "/:sections[last]/:title/",
            "/:06/:Jan/:slug/", "/x/:2006-01-02/:slug/", "/:slugorfilename.html", "/:sectionslug/:slug/", "/:sectionslugs/:title/", "/:sections[0]/:slug/",
            "/:SECTION/:slug/", "/fixed/:title/index.html", "/:sections[:last]/:slug/", ":year/:slug"]
NAMES = ["one", "Two", "three words", "été", "2024-05-06-named", "2024-05-07_under", "2024-05-08", "a.b", "UPPER", "c++", "x_y", "日本", "post.fr", "post",
         "_draft", "a(b)", "it's", "100%", "p1", "p2", "p3", "2024-05-06T10-00-00-time"]
SECTIONS = ["blog", "blog", "blog", "Docs", "my section", "blog/2024", "blog/deep/er", "été", "Docs/Sub-One"]
FILES = ["a.jpg", "B.PNG", "sub/c.txt", "d e.pdf", "été.txt", "img/1.jpg", "img/2.jpg", ".hidden", "back~", "notes.md", "x.html.bak", "_u.css"]
BODIES = ["Text.", "One two three.\n\nMore words here.", "", "First.\n\n<!--more-->\n\nRest.", "# Heading\n\nText.", "word " * 230, "日本語のテキスト。", "* a\n* b",
          "Summary <!--more--> rest."]
RESOURCES = [[{"src": "*.jpg", "name": "pic-:counter", "title": "Picture :counter"}], [{"src": "**", "params": {"byline": "me"}}],
             [{"src": "img/*", "title": "In :counter"}, {"src": "**.jpg", "name": "n", "params": {"byline": "you"}}], [{"src": "A.JPG", "title": "Case"}],
             [{"src": "nothing*", "title": "x"}], [{"src": "*", "name": "same"}]]
# What every site sets, without which differences by design would be in all: the titles of lists, and aliases of first pages.
ALWAYS = ["baseURL: https://example.org/", "title: Site", "pluralizeListTitles: false", "pagination: {disableAliases: true, pagerSize: 100}"]


class Front:
    """Writes one site."""

    def __init__(self, rng):
        self.rng = rng
        self.languages = []

    def site(self):
        rng = self.rng
        files = {"hugo.yaml": self.config()}
        for section in rng.sample(SECTIONS, rng.choice([1, 2, 2, 3])):
            if rng.random() < 0.5:
                files[f"content/{section}/_index.md"] = self.document(branch=True)
                for name in rng.sample(FILES, rng.choice([0, 0, 0, 1, 2])):
                    files[f"content/{section}/{name}"] = "file\n"
            for _ in range(rng.choice([1, 2, 3])):
                self.page(files, section)
        for _ in range(rng.choice([0, 1])):
            self.page(files, "")
        if rng.random() < 0.15:
            files["content/_index.md"] = self.document(branch=True)
        if rng.random() < 0.12:
            files[f"content/tags/{rng.choice(['rust', 'cloud-native', 'été', 'none', 'c++'])}/_index.md"] = self.document(branch=True)
        return "".join(f"=== {path}\n{text if text.endswith(chr(10)) else text + chr(10)}" for path, text in files.items())

    def page(self, files, section):
        rng = self.rng
        folder = f"content/{section}/" if section else "content/"
        name = rng.choice(NAMES)
        kind = rng.random()
        language = rng.choice(["", "", "." + rng.choice(["en", "fr", "de"])]) if self.languages else ""
        if kind < 0.65:
            files[f"{folder}{name}{language}{rng.choice(['.md'] * 9 + ['.markdown'])}"] = self.document()
            if rng.random() < 0.06:
                files[f"{folder}{name}/{rng.choice(FILES)}"] = "file\n"
        else:
            files[f"{folder}{name}/index{language}.md"] = self.document(bundle=True)
            for other in rng.sample(FILES, rng.choice([0, 1, 2, 3])):
                files[f"{folder}{name}/{other}"] = "---\ntitle: inner\n---\nInner.\n" if other.endswith(".md") else "file\n"
        if language and rng.random() < 0.6:
            for path in [path for path in files if language in path and path.startswith(folder)][:1]:
                files[path.replace(language, rng.choice([".en", ".fr", ""]))] = self.document()

    def config(self):
        rng = self.rng
        lines = ["baseURL: https://example.org/" + rng.choice(["", "", "", "sub/"]), *ALWAYS[1:]]
        options = [("timeZone: Europe/Paris", 0.2), ("disablePathToLower: true", 0.08), ("removePathAccents: true", 0.08), ("uglyURLs: true", 0.05),
                   ('frontmatter: {date: [":filename", ":default"]}', 0.12), ('frontmatter: {date: [date, ":filename", lastmod]}', 0.04),
                   ("frontmatter: {lastmod: [lastmod, \":fileModTime\", \":default\"]}", 0.0), ("taxonomies: {tag: tags, series: series}", 0.08),
                   ("taxonomies: {}", 0.03), ("buildDrafts: true", 0.1), ("buildFuture: true", 0.1), ("buildExpired: true", 0.05), ("enableRobotsTXT: true", 0.03),
                   ("capitalizeListTitles: false", 0.05), ("titleCaseStyle: firstupper", 0.03), ("summaryLength: 5", 0.05),
                   ("hasCJKLanguage: true", 0.05), ("cascade: {params: {color: site}}", 0.05), ("cascade: [{target: {path: '/blog/**'}, params: {color: blog}}]", 0.04),
                   ("disableKinds: [" + rng.choice(["taxonomy, term", "rss", "sitemap", "section", "home", "page"]) + "]", 0.05)]
        lines += [line for line, chance in options if rng.random() < chance]
        if rng.random() < 0.6:
            lines += ["permalinks:"] + self.permalinks()
        if rng.random() < 0.15:
            self.languages = ["en", "fr"]
            lines += ["defaultContentLanguage: " + rng.choice(["en", "en", "fr"])]
            lines += ["defaultContentLanguageInSubdir: true"] * (rng.random() < 0.3)
            lines += ["languages:", "  en: {title: English, weight: 1}", "  fr: {title: French, weight: 2}"]
        return "\n".join(lines) + "\n"

    def permalinks(self):
        rng = self.rng
        form = rng.randrange(4)
        pattern = lambda: json.dumps(rng.choice(PATTERNS))
        if form < 2:
            return [f"  {section}: {pattern()}" for section in rng.sample(["blog", "docs", "my section", "été", "Docs", "/"], rng.choice([1, 2]))]
        if form == 2:
            lines = []
            for kind in rng.sample(["page", "section", "term", "taxonomy"], rng.choice([1, 2])):
                choices = {"page": PATTERNS, "section": ["/s/:section/", "/:sections/", "/x/:sections[last]/"], "term": ["/t/:slug/", "/:title/", "/topics/:contentbasename"],
                           "taxonomy": ["/topics/", "/all/:slug/"]}[kind]
                key = rng.choice(["tags"]) if kind in ("term", "taxonomy") else rng.choice(["blog", "docs"])
                lines += [f"  {kind}:", f"    {key}: {json.dumps(rng.choice(choices))}"]
            return lines
        return ["- pattern: " + pattern(), "  target: {kind: page, path: '" + rng.choice(["/blog/**", "/**", "/docs/**"]) + "'}"]

    def document(self, branch=False, bundle=False):
        rng = self.rng
        fields = self.fields(branch, bundle)
        body = rng.choice(BODIES)
        form = rng.random()
        if form < 0.6:
            head = "---\n" + "".join(f"{key}: {yaml(value)}\n" for key, value in fields) + "---\n"
        elif form < 0.8:
            head = "+++\n" + "".join(toml(key, value) for key, value in sorted(fields, key=lambda field: isinstance(field[1], dict))) + "+++\n"
        elif form < 0.94:
            head = "{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(plain(value), ensure_ascii=False)}" for key, value in fields) + "\n}\n"
        elif form < 0.97:
            head = ""
        else:
            head = rng.choice(["---\n---\n", "\ufeff---\ntitle: BOM\n---\n", "\n\n---\ntitle: late\n---\n", "------\ntitle: six\n------\n", "--- \ntitle: sp\n---  \n"])
        text = head + body + "\n"
        return text.replace("\n", "\r\n") if rng.random() < 0.02 else text

    def fields(self, branch, bundle):
        rng = self.rng
        keys = {"title": 0.9, "date": 0.75, "slug": 0.2, "url": 0.08, "aliases": 0.12, "weight": 0.2, "tags": 0.4, "categories": 0.1, "draft": 0.08,
                "lastmod": 0.1, "publishDate": 0.1, "expiryDate": 0.06, "linkTitle": 0.1, "description": 0.1, "type": 0.05, "layout": 0.02, "color": 0.1,
                "build": 0.06, "headless": 0.02, "params": 0.06, "cascade": 0.3 if branch else 0, "resources": 0.4 if bundle else 0.02, "summary": 0.05,
                "pubdate": 0.03, "published": 0.02, "modified": 0.03, "unpublishdate": 0.02, "keywords": 0.03, "sitemap": 0.03, "translationKey": 0.03,
                "isCJKLanguage": 0.02, "outputs": 0.02, "menus": 0.03, "series": 0.05, "markup": 0.01}
        chosen = [key for key, chance in keys.items() if rng.random() < chance]
        rng.shuffle(chosen)
        return [(rng.choice([key] * 14 + [key.upper(), key.title()]), self.value(key)) for key in chosen]

    def value(self, key):
        rng = self.rng
        if key in ("date", "lastmod", "publishDate", "pubdate", "published", "modified"):
            pool = DATES if rng.random() < 0.93 else LATER if rng.random() < 0.8 else REFUSED_DATES
            return Date(rng.choice(pool), rng.random() < 0.3)
        if key in ("expiryDate", "unpublishdate"):
            return Date(rng.choice(DATES + LATER * 5), rng.random() < 0.3)
        values = {
            "title": TITLES, "linkTitle": TITLES, "slug": SLUGS, "url": URLS, "weight": [1, 2, -1, 0, "3", 10, 2], "draft": [True, True, False, "true"],
            "aliases": [[alias] for alias in ALIASES] + [ALIASES[:2], "single"], "tags": [[tag] for tag in TAGS] + [TAGS[:3], TAGS[2:6], "single", [2024, True], []],
            "categories": [["News"], ["a b", "A B"], "One"], "series": [["S 1"], "S"], "description": TITLES, "type": ["post", "blog"], "layout": ["other"],
            "color": ["red", "blue"], "headless": [True, False], "params": [{"color": "param"}], "summary": ["Own *summary*", ""],
            "build": [{"render": "never"}, {"list": "never"}, {"render": "link"}, {"list": "local"}, {"publishResources": False}, {"render": False}, {"list": False}],
            "cascade": [{"params": {"color": "casc"}}, {"color": "plain"}, [{"target": {"kind": "page"}, "params": {"color": "k"}}], {"type": "casc"},
                        [{"target": {"path": "/blog/**"}, "color": "p"}, {"params": {"color": "second"}}], {"build": {"list": "never"}}, {"tags": ["cascaded"]},
                        {"draft": True}, {"date": "2001-02-03"}, {"weight": 3}],
            "resources": RESOURCES, "keywords": [["k", "l"], "k"], "sitemap": [{"disable": True}, {"priority": 0.5}, {"changefreq": "daily"}],
            "translationKey": ["tk"], "isCJKLanguage": [True], "outputs": [["html"]], "menus": ["main", ["main"], {"main": {"weight": 2, "name": "M"}}],
            "markup": ["md", "markdown", "goldmark"],
        }
        return rng.choice(values[key])


class Date:
    """A date as written, with or without quotes."""

    def __init__(self, text, quoted):
        self.text = text
        self.quoted = quoted


def yaml(value):
    if isinstance(value, Date):
        return json.dumps(value.text) if value.quoted or ": " in value.text else value.text
    if isinstance(value, str) and value.isascii() and value.replace(" ", "").isalpha() and value.lower() not in ("true", "false", "null", "yes", "no"):
        return value
    return json.dumps(value, ensure_ascii=False)


def toml(key, value):
    if isinstance(value, dict) and not any(isinstance(inner, dict) for inner in value.values()):
        return f"[{key}]\n" + "".join(toml(inner, content) for inner, content in value.items())
    return f"{key} = {toml_value(value)}\n"


def toml_value(value):
    if isinstance(value, Date):
        native = len(value.text) > 6 and value.text[4:5] == "-" and value.text[7:8] == "-" and not value.text.endswith(("00", "0 +02:00")) or value.text.isdigit()
        return value.text if native and not value.quoted and " +" not in value.text else json.dumps(value.text)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml_value(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def plain(value):
    return value.text if isinstance(value, Date) else value


def document(rng):
    """Returns one random site."""
    return Front(rng).site()


def files(text):
    """Splits the text of a site into its files; None if it does not start with one."""
    result = {}
    path = None
    for line in text.splitlines(keepends=True) if "\r" not in text else split_keeping(text):
        if line.startswith("=== "):
            path = line[4:].strip("\r\n")
            result[path] = ""
        elif path is None:
            return None
        else:
            result[path] += line
    return result


def split_keeping(text):
    return [line + "\n" for line in text.split("\n")[:-1]]
