"""Turns HTML into a list of events that are equal where two pages mean the same.

Entities, the order of attributes, white space between blocks, and the markup of highlighted code are left out. What is
left out on purpose is in this file or, where it is a difference that people can see, a named rule in `rules.py`.
"""

import difflib
import html.parser
import re

BLOCKS = set("""address article aside blockquote body br caption col colgroup dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu meta nav ol
    optgroup option p param section source summary table tbody td tfoot th thead title tr track ul""".split())
VOID = set("area base br col embed hr img input link meta param source track wbr".split())
SPACE = re.compile(r"[ \t\n\r\f]+")
# Classes of the spans that hold line numbers.
NUMBERS = {"ln", "lnt", "lnlinks"}


class Events(html.parser.HTMLParser):
    """Collects events: ("tag", name, attributes), ("end", name), ("text", words), ("code", language, text)."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.events = []
        self.highlight = 0
        self.pre = 0
        self.silent = 0
        self.code = None

    def handle_starttag(self, tag, attributes):
        attributes = dict((name, value if value is not None else "") for name, value in attributes)
        classes = set(attributes.get("class", "").split())
        if self.pre or self.highlight:
            self.inside_code(tag, attributes, classes)
        elif tag == "div" and classes and classes <= {"highlight"}:
            self.highlight = 1
            self.code = ["", []]
        elif tag == "pre" and set(attributes) <= {"tabindex", "class", "style"}:
            self.pre = 1
            self.code = ["", []]
        else:
            self.events.append(("tag", tag, tuple(sorted(attributes.items()))))

    def inside_code(self, tag, attributes, classes):
        if self.silent:
            self.silent += tag not in VOID
        elif tag == "span" and classes & NUMBERS:
            self.silent = 1
        if tag == "div" and self.highlight:
            self.highlight += 1
        if tag == "pre":
            self.pre += 1
        if tag == "code":
            self.code[0] = self.code[0] or attributes.get("data-lang", "")
        if tag not in {"code", "span", "div", "pre", "table", "tbody", "tr", "td", "a"}:
            # Raw HTML inside of a `<pre>` that an author wrote.
            self.code[1].append(f"<{tag}>")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not (self.pre or self.highlight):
            if tag not in VOID or tag == "br":
                self.events.append(("end", tag))
            return
        if self.silent:
            self.silent -= 1
        if tag == "pre" and self.pre:
            self.pre -= 1
        if tag == "div" and self.highlight:
            self.highlight -= 1
        if not self.pre and not self.highlight:
            self.finish_code()

    def finish_code(self):
        if self.code is not None:
            self.events.append(("code", self.code[0], "".join(self.code[1])))
        self.code = None

    def handle_data(self, data):
        if self.pre or self.highlight:
            if not self.silent and (self.pre or data.strip()):
                self.code[1].append(data)
        else:
            self.events.append(("text", data))

    def handle_comment(self, data):
        if self.code is None:
            self.events.append(("comment", SPACE.sub(" ", data).strip()))

    def handle_decl(self, decl):
        self.events.append(("declaration", decl))

    def unknown_decl(self, data):
        self.events.append(("declaration", data))

    def handle_pi(self, data):
        self.events.append(("declaration", data))


def events(text):
    """Returns the events of a piece of HTML."""
    parser = Events()
    parser.feed(text)
    parser.close()
    parser.finish_code()
    return tidy(parser.events)


def tidy(raw):
    """Joins texts, and drops white space that a browser does not show: beside block tags, and runs of it."""
    joined = []
    for event in raw:
        if event[0] == "text" and joined and joined[-1][0] == "text":
            joined[-1] = ("text", joined[-1][1] + event[1])
        else:
            joined.append(event)
    result = []
    for number, event in enumerate(joined):
        if event[0] == "text":
            words = SPACE.sub(" ", event[1])
            if number == 0 or breaks(joined[number - 1]):
                words = words.lstrip(" ")
            if number + 1 == len(joined) or breaks(joined[number + 1]):
                words = words.rstrip(" ")
            if words:
                result.append(("text", words))
        else:
            result.append(event)
    return result


def breaks(event):
    return event[0] == "code" or (event[0] in ("tag", "end") and event[1] in BLOCKS)


def show(event):
    """Writes an event for people."""
    kind = event[0]
    if kind == "tag":
        return f"<{event[1]}{''.join(f' {name}={value!r}' for name, value in event[2])}>"
    if kind == "end":
        return f"</{event[1]}>"
    if kind == "code":
        return f"<pre {event[1]}>{event[2]!r}"
    return f"{kind} {event[1]!r}"


def shape(event):
    """Writes the kind of an event: tags with the names of their attributes, texts without their words."""
    kind = event[0]
    if kind == "tag":
        return f"<{event[1]}{''.join(' ' + name for name, _ in event[2])}>"
    if kind == "end":
        return f"</{event[1]}>"
    if kind == "code":
        return "pre"
    return kind


def difference(hugo, ours):
    """Lists the runs of events that differ, as pairs (Hugo's, ours)."""
    matcher = difflib.SequenceMatcher(None, hugo, ours, autojunk=False)
    return [(hugo[a:b], ours[c:d]) for name, a, b, c, d in matcher.get_opcodes() if name != "equal"]


def difference_shape(hugo, ours):
    """Writes what kind of difference there is: the class of a failing document."""
    parts = []
    for theirs, mine in difference(hugo, ours)[:2]:
        if len(theirs) == len(mine) == 1 and theirs[0][0] == mine[0][0]:
            parts.append(change(theirs[0], mine[0]))
        else:
            left = " ".join(shape(event) for event in theirs[:4]) or "nothing"
            right = " ".join(shape(event) for event in mine[:4]) or "nothing"
            parts.append(f"{left} => {right}")
    return "; ".join(parts)


def coarse(hugo, ours):
    """Writes where two lists of events part: what a document keeps while it is made small."""
    for theirs, mine in difference(hugo, ours)[:1]:
        left, right = theirs[:1], mine[:1]
        if left and right and left[0][0] == right[0][0] == "text":
            return "text " + skeleton_pair(left[0][1], right[0][1])[:6]
        if left and right and left[0][0] == right[0][0] == "tag" and left[0][1] == right[0][1]:
            return f"<{left[0][1]}> " + " ".join(name for name, _ in sorted(set(left[0][2]) ^ set(right[0][2])))
        return " => ".join(event[0][1] if event and event[0][0] in ("tag", "end") else event[0][0] if event else "" for event in (left, right))
    return ""


def change(theirs, mine):
    """Writes how one event became another of its kind."""
    if theirs[0] == "tag" and theirs[1] == mine[1]:
        left, right = dict(theirs[2]), dict(mine[2])
        names = [name for name in sorted(set(left) | set(right)) if left.get(name) != right.get(name)]
        return f"<{theirs[1]}> " + ", ".join(
            f"{name} {'missing' if name not in right else 'added' if name not in left else skeleton_pair(left[name], right[name])}"
            for name in names
        )
    if theirs[0] in ("text", "comment"):
        return f"{theirs[0]} {skeleton_pair(theirs[1], mine[1])}"
    if theirs[0] == "code":
        what = "language" if theirs[1] != mine[1] else skeleton_pair(theirs[2], mine[2])
        return f"pre {what}"
    return f"{shape(theirs)} => {shape(mine)}"


def skeleton_pair(left, right):
    """Writes the differing middle of two texts with letters as `a` and digits as `1`."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return f"{skeleton(left[start:len(left) - end])!r} => {skeleton(right[start:len(right) - end])!r}"


def skeleton(text):
    text = re.sub(r"[^\W\d_]+", "a", text)
    return re.sub(r"\d+", "1", text)[:24]
