"""Has Hallway and Hugo make pictures with `imgproc`, for `quality` and `reference`. Knows nothing of what they show."""

import html
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader

HERE = pathlib.Path(__file__).resolve().parent
KINDS = ["taxonomy", "term", "rss", "sitemap", "robotstxt", "404", "home", "page"]
SHORTCODE = ('{{ $made := (.Page.Resources.GetMatch (printf "**%s*" (.Get 0))).Process (printf "%s %s" (.Get 1) (.Get 2)) }}'
             '<img src="{{ $made.RelPermalink }}" alt="{{ .Inner }}">')


def load_compare():
    """Returns `benches/compare` as a module: it finds and builds programs, and measures them."""
    loader = SourceFileLoader("compare", str(HERE / "compare"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("compare", loader))
    sys.dont_write_bytecode = True
    loader.exec_module(module)
    return module


class Refused(Exception):
    """The program ended with an error; the text is what it said."""


def make(program, binary, folder, pictures, calls, imaging=None):
    """Makes pictures in a fresh site, for each call (name of a picture, command, options) one, in order.

    `program` is `hallway` or `hugo`, `pictures` are paths with different stems. Returns the paths of what was made;
    calls for the same picture may share one.
    """
    site, out = folder / "site", folder / "out"
    shutil.rmtree(folder, ignore_errors=True)
    write_site(site, pictures, calls, imaging or {})
    words = [binary, "-s", site, "-d", out] if program == "hugo" else [binary, "build", site, "-d", out]
    caches = {"HUGO_CACHEDIR": str(folder / "caches/hugo"), "XDG_CACHE_HOME": str(folder / "caches")}
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, errors="replace",
                          env=dict(os.environ, **caches))
    if done.returncode != 0:
        raise Refused((done.stderr + done.stdout).strip())
    page = (out / "p" / "index.html").read_text()
    # The pictures of our calls alone: their alternative texts are their numbers.
    shown = dict((int(number), source) for source, number in
                 re.findall(r'<img src="([^"]+)"[^>]* alt="call (\d+)"', page))
    if sorted(shown) != list(range(len(calls))):
        raise Refused(f"{len(calls)} pictures were asked for, {len(shown)} are on the page")
    return [out / html.unescape(shown[number]).lstrip("/") for number in range(len(calls))]


def write_site(site, pictures, calls, imaging):
    """Writes a site that is the same for both: one section page, all pictures beside it, nothing responsive."""
    section = site / "content" / "p"
    section.mkdir(parents=True)
    for picture in pictures:
        shutil.copy2(picture, section / picture.name)
    texts = [f'{{{{< imgproc {name} {command} "{options}" >}}}}call {number}{{{{< /imgproc >}}}}\n'
             for number, (name, command, options) in enumerate(calls)]
    (section / "_index.md").write_text("---\ntitle: Pictures\n---\n" + "\n".join(texts))
    config = {"baseURL": "https://pictures.example/", "title": "Pictures", "disableKinds": KINDS, "imaging": imaging}
    (site / "hugo.yaml").write_text(json.dumps(config))
    (site / "hallway.yaml").write_text(json.dumps({**config, "imaging": {**imaging, "responsive": False}}))
    layouts = site / "layouts"
    (layouts / "shortcodes").mkdir(parents=True)
    (layouts / "shortcodes" / "imgproc.html").write_text(SHORTCODE)
    (layouts / "list.html").write_text("{{ .Content }}")
