"""The kinds of documents of which many make one site: Markdown and shortcodes."""

import random

import grammar_markdown
import normal
import rules
from sites import Refused

SWITCHED_OFF = 'disableKinds: [rss, sitemap, taxonomy, term, section, home, "404"]\n'
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

    def page(self, text):
        """Writes the file of a document."""
        return "---\ntitle: t\n---\n" + text


def verdict(hugo, ours):
    """Compares what two programs made of a document; see `rules.compare`."""
    if isinstance(hugo, Refused) or isinstance(ours, Refused):
        if isinstance(hugo, Refused) and isinstance(ours, Refused):
            return "refused", []
        return "differs", [as_events(hugo), as_events(ours)]
    return rules.compare(normal.events(hugo), normal.events(ours))


def as_events(result):
    if isinstance(result, Refused):
        return [("refused", result.message.split(":")[0])]
    return [("taken", "")]
