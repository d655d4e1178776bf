"""The kinds of documents of which many make one site: Markdown and shortcodes."""

import collections
import random
import re

import grammar_markdown
import grammar_shortcodes
import normal
import rules
from sites import Refused

SWITCHED_OFF = 'disableKinds: [rss, sitemap, taxonomy, term, section, home, "404"]\n'
# Documents in one site.
BATCH = 1000
HEAD = "baseURL: https://example.org/\ntitle: T\n" + SWITCHED_OFF
PROFILES = {
    "docsy": "markup: {highlight: {noClasses: false}, goldmark: {parser: {attribute: {block: true}}, renderer: {unsafe: true}}}\n",
    "default": "markup: {highlight: {noClasses: false}}\n",
    "extras": """enableEmoji: true
markup:
  highlight: {noClasses: false}
  goldmark:
    parser: {attribute: {block: true}}
    renderer: {unsafe: true, hardWraps: true}
    extensions:
      cjk: {enable: true, eastAsianLineBreaks: true, escapedSpace: true}
      strikethrough: true
      extras:
        delete: {enable: false}
        insert: {enable: true}
        mark: {enable: true}
        subscript: {enable: true}
        superscript: {enable: true}
""",
}


class Markdown:
    """Random Markdown in three set-ups."""

    name = "markdown"
    # Documents are made small to the character.
    fine = True
    profiles = ["docsy", "docsy", "docsy", "default", "default", "extras"]

    def document(self, seed, number):
        """Returns the set-up and the text of a document."""
        rng = random.Random(f"markdown/{seed}/{number}")
        profile = self.profiles[number % len(self.profiles)]
        return profile, grammar_markdown.document(rng, profile == "extras")

    def setup(self, profile):
        """Returns the files beside the content for both programs."""
        config = HEAD + PROFILES[profile]
        return {
            "hugo": {"hugo.yaml": config, "layouts/single.html": "{{ .Content }}"},
            "hallway": {"hugo.yaml": config, "templates/page.html": "{{ page.content }}"},
        }

    def build(self, programs, documents, skip_refused=False):
        """Builds documents (key -> (profile, text)), many a site; returns key -> (Hugo's, ours), HTML or `Refused`."""
        results = {}
        by_profile = collections.defaultdict(list)
        for key, (profile, _) in documents.items():
            by_profile[profile].append(key)
        for profile, keys in sorted(by_profile.items()):
            for start in range(0, len(keys), BATCH):
                batch = keys[start:start + BATCH]
                paths = {f"content/d/{number}.md": key for number, key in enumerate(batch)}
                texts = {path: "---\ntitle: t\n---\n" + documents[key][1] for path, key in paths.items()}
                built = programs.both(self.setup(profile), texts, skip_refused)
                results.update((paths[path], pair) for path, pair in built.items())
        return results

    def compare(self, hugo, ours):
        return verdict(hugo, ours)

    def shape(self, hugo, ours):
        for who, events in (("Hugo", hugo), ("Hallway", ours)):
            if events and events[0][0] == "refused":
                return f"{who} refuses: {events[0][1]}"
        return normal.difference_shape(hugo, ours)

    def coarse(self, hugo, ours):
        return normal.coarse(hugo, ours)

    def shown(self, result, _details):
        return repr(result) if isinstance(result, Refused) else result


class Shortcodes(Markdown):
    """Random texts with shortcodes."""

    name = "shortcodes"

    def document(self, seed, number):
        return "docsy", grammar_shortcodes.document(random.Random(f"shortcodes/{seed}/{number}"))

    def setup(self, profile):
        files = super().setup(profile)
        for name, (go, tera) in grammar_shortcodes.TEMPLATES.items():
            files["hugo"][f"layouts/_shortcodes/{name}.html"] = go
            files["hallway"][f"templates/shortcodes/{name}.html"] = tera
        return files


def verdict(hugo, ours):
    """Compares what two programs made of a document; see `rules.compare`."""
    if isinstance(hugo, Refused) or isinstance(ours, Refused):
        if isinstance(hugo, Refused) and isinstance(ours, Refused):
            return "refused", []
        return "differs", [as_events(hugo), as_events(ours)]
    return rules.compare(normal.events(hugo), normal.events(ours))


def refusal(message):
    """Writes why a document was refused, without its place and words."""
    message = re.sub(r'^.*\.md:\d+:\d+": ', "", message)
    return re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`", "…", message)[:100]


def as_events(result):
    if isinstance(result, Refused):
        return [("refused", refusal(result.message))]
    return [("taken", "")]
