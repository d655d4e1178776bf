"""The known differences: what Hallway does in another way on purpose, each by name and with the reason.

A rule changes the events of both programs (given together, as a pair) so that they are equal where nothing but this differs. Documents that are equal
only so are counted under the names of the rules that they need, apart from the equal ones.
"""

import collections
import re

Rule = collections.namedtuple("Rule", "name reason apply")


def each(change):
    """Makes a rule of a change that needs to see the events of one program only."""
    return lambda hugo, ours: (change(hugo), change(ours))


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


def empty_bodies(events):
    """`<tbody></tbody>` of tables without rows."""
    empty = [number for number in range(len(events) - 1) if events[number][:2] == ("tag", "tbody") and events[number + 1] == ("end", "tbody")]
    return [event for number, event in enumerate(events) if number not in empty and number - 1 not in empty]


def placeholders(hugo, ours):
    """Ids of headings into which Hugo's own mark for a shortcode got, and the words of that mark."""
    def headings(events):
        return [number for number, event in enumerate(events) if event[0] == "tag" and re.fullmatch("h[1-6]", event[1])]
    hugo, ours = list(hugo), list(ours)
    for left, right in zip(headings(hugo), headings(ours)):
        if "hahahugoshortcode" in dict(hugo[left][2]).get("id", ""):
            for events, number in ((hugo, left), (ours, right)):
                events[number] = events[number][:2] + (tuple(pair for pair in events[number][2] if pair[0] != "id"),)
    return hugo, ours


RULES = [
    Rule("cell-align", "a strict content security policy refuses a `style`", each(align)),
    Rule("image-line-end", "a tag cannot be in an attribute", each(image_text)),
    Rule("table-without-rows", "an empty `<tbody>` says nothing", each(empty_bodies)),
    Rule("shortcode-in-heading", "Hugo's id holds its own mark for the shortcode, which changes with every edit", placeholders),
]


def compare(hugo, ours):
    """Compares events: ("equal", []), ("known", names of rules), or ("differs", events of both after all rules)."""
    if hugo == ours:
        return "equal", []
    left, right = apply(RULES, hugo, ours)
    if left != right:
        return "differs", [left, right]
    needed = list(RULES)
    for rule in RULES:
        fewer = [other for other in needed if other is not rule]
        left, right = apply(fewer, hugo, ours)
        if left == right:
            needed = fewer
    return "known", [rule.name for rule in needed]


def apply(rules, hugo, ours):
    for rule in rules:
        hugo, ours = rule.apply(hugo, ours)
    return hugo, ours
