"""The known differences: what Hallway does in another way on purpose, each by name and with the reason.

A rule changes the events of both programs so that they are equal where nothing but this differs. Documents that are equal
only so are counted under the names of the rules that they need, apart from the equal ones.
"""

import collections
import re

Rule = collections.namedtuple("Rule", "name reason apply")


def align(events):
    """`style="text-align: right"` and `align="right"` of table cells."""
    def one(event):
        if event[0] != "tag" or event[1] not in ("td", "th"):
            return event
        attributes = dict(event[2])
        match = re.fullmatch(r"text-align: ?(left|right|center);?", attributes.get("style", ""))
        if match:
            del attributes["style"]
            attributes["align"] = match.group(1)
        return ("tag", event[1], tuple(sorted(attributes.items())))
    return [one(event) for event in events]


def image_text(events):
    """Line ends, written as tags or as characters, in the text of an image."""
    def one(event):
        if event[0] != "tag" or event[1] != "img":
            return event
        attributes = dict(event[2])
        if "alt" in attributes:
            attributes["alt"] = re.sub(r"(<br>|\s)+", " ", attributes["alt"])
        return ("tag", event[1], tuple(sorted(attributes.items())))
    return [one(event) for event in events]


RULES = [
    Rule("cell-align", "a strict content security policy refuses a `style`", align),
    Rule("image-line-end", "a tag cannot be in an attribute", image_text),
]


def compare(hugo, ours):
    """Compares events: ("equal", []), ("known", names of rules), or ("differs", events of both after all rules)."""
    if hugo == ours:
        return "equal", []
    if apply(RULES, hugo) != apply(RULES, ours):
        return "differs", [apply(RULES, hugo), apply(RULES, ours)]
    needed = list(RULES)
    for rule in RULES:
        fewer = [other for other in needed if other is not rule]
        if apply(fewer, hugo) == apply(fewer, ours):
            needed = fewer
    return "known", [rule.name for rule in needed]


def apply(rules, events):
    for rule in rules:
        events = rule.apply(events)
    return events
