"""The kind of documents that are whole sites: what front matter, bundles and configuration make of pages, lists and files.

Both programs print the facts of every page with templates of their own; compared are the files of the output, the facts line
by line, where redirects lead, and what feeds and the sitemap list.
"""

import concurrent.futures
import html
import os
import random
import re

import grammar_front
from sites import Refused

FORMAT = "2006-01-02T15:04:05Z07:00"
HUGO_FACTS = """{{- $f := "%s" -}}
kind={{ .Kind }}
url={{ .RelPermalink }}
title={{ .Title }}
link_title={{ .LinkTitle }}
section={{ .Section }}
type={{ .Type }}
date={{ if not .Date.IsZero }}{{ .Date.Format $f }}{{ end }}
lastmod={{ if not .Lastmod.IsZero }}{{ .Lastmod.Format $f }}{{ end }}
expiry={{ if not .ExpiryDate.IsZero }}{{ .ExpiryDate.Format $f }}{{ end }}
draft={{ .Draft }}
description={{ .Description }}
color={{ .Params.color }}
words={{ .WordCount }}
reading={{ .ReadingTime }}
truncated={{ .Truncated }}
terms={{ range slice "tags" "categories" "series" }}{{ range $.GetTerms . }}{{ .LinkTitle }}@{{ .RelPermalink }} {{ end }}{{ end }}
prev={{ if eq .Kind "page" }}{{ with .PrevInSection }}{{ .RelPermalink }}{{ end }}{{ end }}
next={{ if eq .Kind "page" }}{{ with .NextInSection }}{{ .RelPermalink }}{{ end }}{{ end }}
{{ range .Resources }}{{ if ne .ResourceType "page" }}resource={{ .Name }} {{ .Title }} {{ .RelPermalink }} {{ .Params.byline }}
{{ end }}{{ end -}}
""" % FORMAT
# Home lists what its template likes, and terms of a taxonomy have an order of ours: see `described`.
HUGO_LIST = HUGO_FACTS + """{{ if eq .Kind "section" }}{{ range .RegularPagesRecursive }}page={{ .RelPermalink }}
{{ end }}{{ else if eq .Kind "term" }}{{ range .Pages }}page={{ .RelPermalink }}
{{ end }}{{ else if eq .Kind "taxonomy" }}{{ range .Pages }}term={{ .LinkTitle }} {{ .RelPermalink }}
{{ end }}{{ end }}"""
OUR_FACTS = """kind={{ page.kind }}
url={{ page.rel_permalink }}
title={{ page.title }}
link_title={{ page.link_title }}
section={{ page.section }}
type={{ page.type }}
date={{ page.date or "" }}
lastmod={{ page.lastmod or "" }}
expiry={{ page.expiry_date or "" }}
draft={{ page.draft }}
description={{ page.description }}
color={{ page.params?.color or "" }}
words={{ page.word_count }}
reading={{ page.reading_time }}
truncated={{ page.truncated }}
terms={% for taxonomy in page.terms %}{% for term in taxonomy.terms %}{{ term.title }}@{{ term.rel_permalink }} {% endfor %}{% endfor %}
prev={% if page.kind == "page" and page.prev %}{{ page.prev.rel_permalink }}{% endif %}
next={% if page.kind == "page" and page.next %}{{ page.next.rel_permalink }}{% endif %}
{% for r in page.resources %}resource={{ r.name }} {{ r.title }} {{ r.rel_permalink }} {{ r.params?.byline or "" }}
{% endfor %}"""
OUR_LIST = OUR_FACTS + """{% if page.kind == "taxonomy" %}{% for t in terms %}term={{ t.title }} {{ t.rel_permalink }}
{% endfor %}{% elif page.kind != "home" %}{% for p in pages %}page={{ p.rel_permalink }}
{% endfor %}{% endif %}"""
# What the built-in theme adds to every site, and files whose bytes are compared elsewhere.
UNDATED = "Mon, 01 Jan 0001 00:00:00 +0000"
OURS_ALONE = re.compile(r"^(favicon\.svg|css/|js/|icons/|fonts/|robots\.txt$|[a-z]{2}/404\.html$|404\.html$)")


# Codes of diagnostics with which we refuse on purpose what Hugo takes, and why.
DELIBERATE = {
    "duplicate-url": "of two pages with one address one would be lost without a word",
    "alias-outside": "nothing is written outside of the destination",
}


class FrontMatter:
    """Random small sites."""

    name = "front-matter"
    # Each candidate is a build of its own: sites are made small by lines.
    fine = False

    def document(self, seed, number):
        text = grammar_front.document(random.Random(f"front-matter/{seed}/{number}"))
        return "languages" if "\nlanguages:" in text else "site", text

    def build(self, programs, documents, skip_refused=False):
        """Builds sites (key -> (profile, text)); returns key -> (Hugo's, ours), each a list of facts or `Refused`."""
        def one(key):
            files = grammar_front.files(documents[key][1])
            if not files or "hugo.yaml" not in files:
                return key, ([], [])
            files["hugo.yaml"] = completed(files["hugo.yaml"])
            return key, (hugo(programs, files), ours(programs, files))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return dict(pool.map(one, list(documents)))

    def compare(self, hugo, ours):
        return compare(hugo, ours)

    def shape(self, hugo, ours):
        return shape(hugo, ours)

    def coarse(self, hugo, ours):
        return coarse(hugo, ours)

    def shown(self, _result, details):
        return shown(details)


def completed(config):
    """Adds what every site sets, in case that shrinking dropped it."""
    lines = config.splitlines()
    for line in grammar_front.ALWAYS:
        if not any(other.startswith(line.split(":")[0] + ":") for other in lines):
            lines.insert(0, line)
    return "\n".join(lines) + "\n"


def hugo(programs, files):
    lists = {f"layouts/{name}.html": HUGO_LIST for name in ("list", "home", "section", "taxonomy", "term")}
    site = programs.write({**files, **lists, "layouts/single.html": HUGO_FACTS, "layouts/other.html": HUGO_FACTS})
    return outcome(programs, site, programs.build_hugo)


def ours(programs, files):
    lists = {f"templates/{name}.html": OUR_LIST for name in ("home", "section", "taxonomy", "term")}
    site = programs.write({**files, **lists, "templates/page.html": OUR_FACTS, "templates/other.html": OUR_FACTS})
    return outcome(programs, site, programs.build_hallway)


def outcome(programs, site, build):
    """Builds a site and returns what there is to compare: facts as pairs (name, value), sorted by file."""
    code, output = build(site, site / "public")
    try:
        if code != 0:
            return Refused(message(output))
        facts = []
        base = site / "public"
        for path in sorted(path for path in base.rglob("*") if path.is_file()):
            name = path.relative_to(base).as_posix()
            if not OURS_ALONE.search(name):
                facts += described(name, path)
        return facts
    finally:
        programs.remove(site)


def message(output):
    errors = re.findall(r'^(?:ERROR|Error:?) (.*)$|"code":"([^"]*)"[^\n]*"severity":"error"', output, re.M)
    text = "; ".join(one or two for one, two in errors[:2]) or output[-200:]
    return re.sub(r'"?/[^ "]*/content/', "content/", text)[:300]


def described(name, path):
    """Describes one file of the output."""
    text = path.read_text("utf-8", "replace") if name.endswith((".html", ".xml", ".txt", "")) else ""
    if name.endswith("sitemap.xml"):
        entries = re.findall(r"<loc>([^<]*)</loc>(?:\s*<lastmod>([^<]*)</lastmod>)?(?:\s*<changefreq>([^<]*)<)?(?:\s*<priority>([^<]*)<)?", text)
        return [("file", name)] + sorted((f"{name}:entry", html.unescape(" ".join(utc(part) for part in entry)).strip()) for entry in entries)
    if name.endswith("index.xml"):
        items = re.findall(r"<item>(.*?)</item>", text, re.S)
        found = [[re.search(rf"<{tag}(?:\s[^>]*)?>([^<]*)</{tag}>", item) for tag in ("title", "link", "pubDate")] for item in items]
        return [("file", name)] + [(f"{name}:item", html.unescape(" | ".join(match.group(1) if match else "" for match in matches))
                                     .replace(UNDATED, "")) for matches in found]
    if "http-equiv" in text:
        target = re.search(r"url=([^\"']*)", text)
        return [("file", name), (f"{name}:redirect", html.unescape(target.group(1)) if target else "")]
    if text.lstrip().startswith("kind="):
        lines = [html.unescape(line).strip() for line in text.split("\n") if "=" in line]
        pairs = [line.split("=", 1) for line in lines]
        facts = [(f"{name}:{key}", " ".join(sorted(value.split()) if key == "terms" else value.split())) for key, value in pairs]
        order = [fact for fact in facts if not fact[0].endswith(":term")]
        return [("file", name)] + order + sorted(fact for fact in facts if fact[0].endswith(":term"))
    return [("file", name)]


def utc(text):
    return re.sub(r"\+00:00$", "Z", text)


def compare(hugo, ours):
    """Compares two lists of facts: ("equal" or "differs" or "refused", [the first facts of each that differ])."""
    if isinstance(hugo, Refused) or isinstance(ours, Refused):
        if isinstance(hugo, Refused) and isinstance(ours, Refused):
            return "refused", []
        for name in DELIBERATE:
            if isinstance(ours, Refused) and name in ours.message:
                return "known", [name]
        return "differs", [hugo, ours]
    if hugo == ours:
        return "equal", []
    if not only(hugo, ours) and not only(ours, hugo):
        return "differs", [[("order", first(hugo, ours)[0])], [("order", first(hugo, ours)[1])]]
    return "differs", [only(hugo, ours), only(ours, hugo)]


def first(hugo, ours):
    """Finds the first pair of facts that differ, in lists of the same facts in another order."""
    return next(("=".join(left), "=".join(right)) for left, right in zip(hugo, ours) if left != right)


def only(facts, others):
    others = list(others)
    left = []
    for fact in facts:
        if fact in others:
            others.remove(fact)
        else:
            left.append(fact)
    return left


def kind_of(fact):
    """Names what a fact is about, without the page."""
    name, value = fact
    if name == "order":
        return "order of " + value.split("=")[0].rsplit(":", 1)[-1]
    if name == "file":
        return "file " + re.sub(r"[^/]+/", "", value)
    return name.rsplit(":", 1)[1] if ":" in name else name


def shape(hugo, ours):
    """Names the class of a difference."""
    if isinstance(hugo, Refused) or isinstance(ours, Refused):
        text = (hugo if isinstance(hugo, Refused) else ours).message
        return f"{'Hugo' if isinstance(hugo, Refused) else 'Hallway'} refuses: {text.split(':')[0] if isinstance(ours, Refused) else text[:80]}"
    left, right = {kind_of(fact) for fact in hugo}, {kind_of(fact) for fact in ours}
    words = [f"{name} differs" for name in sorted(left & right)]
    words += [f"{name} missing" for name in sorted(left - right)] + [f"{name} added" for name in sorted(right - left)]
    if "url differs" in words or any(word.startswith("file ") for word in words):
        words = [word for word in words if word.startswith(("file", "url", "title", "date"))]
    return ", ".join(words[:4])


def coarse(hugo, ours):
    """Names what a site keeps while it is made small: the first fact that differs."""
    if isinstance(hugo, Refused) or isinstance(ours, Refused):
        return shape(hugo, ours)[:40]
    fact = (hugo or ours)[0]
    return kind_of(fact) + (" missing" if not ours else "")


def shown(facts):
    return repr(facts) if isinstance(facts, Refused) else "; ".join(f"{name}={value}" for name, value in facts[:6])
