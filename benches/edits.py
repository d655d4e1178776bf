"""The author whom `soak-edits` plays: edits a small site at random, breaks it and mends it.

Knows the site's files and how editors save them; nothing about servers and builds.
"""

import json
import os
import re
import shutil
import time
import urllib.parse

import preview
from picture import picture

WORDS = "stage hallway badge coffee queue talk slide projector runtime compiler cluster keynote lightning track".split()
FILES_LOWEST, FILES_HIGHEST = 20, 36
CONFIG = {
    # A preview leaves the mean colours of photos out: the one thing in which it differs from a build.
    "imaging": {"placeholder": False},
    "baseURL": "https://edits.example/", "title": "Edits", "locale": "en", "params": {"description": "Edited at random"},
    "taxonomies": {"tag": "tags", "category": "categories"}, "permalinks": {}, "enableRobotsTXT": True,
    "pagination": {"pagerSize": 5}, "menus": {"main": [{"name": "Blog", "pageRef": "/blog"}]},
}
CHOICES = {
    "baseURL": ["https://edits.example/", "https://edits.example/sub/", "https://edits.example/a/b/", "https://other.example/"],
    "title": ["Edits", "Edits & more", "Éditions"], "locale": ["en", "de", "sv"], "copyright": ["Nobody", "Somebody"],
    "params": [{"description": "One"}, {"description": "Two", "author": "Sam Sample"}, {"events": {"path": "konferenzen"}},
               {"events": {"pages": False}}, {"events": False}],
    "taxonomies": [{"tag": "tags"}, {"tag": "tags", "category": "categories"}, {"tag": "tags", "series": "series"}],
    "permalinks": [{}, {"blog": "/:section/:year/:month/:slug/"}, {"blog": "/posts/:slug/", "notes": "/n/:slug/"}],
    "pagination": [{"pagerSize": 2}, {"pagerSize": 5}, {"pagerSize": 3, "path": "seite"}],
    "enableRobotsTXT": [True, False], "summaryLength": [10, 70], "disableKinds": [[], ["taxonomy", "term"], ["rss"]],
    "mainSections": [["blog"], ["notes"]], "buildDrafts": [True, False], "buildFuture": [True, False],
}
EVENTS = ["corridor-2016", "corridor-2017", "lanyard-2018", "tea-break-2024", "corridor-2099"]
PEOPLE = ["Sam Sample", "Yara Benali", "Juno Park", "Dan Rou"]
CITIES = [("Lyon", "FR"), ("Ghent", "BE"), ("Oslo", "NO"), ("Tokyo", "JP"), ("Atlantis", "PT")]
PAGE = '{% extends "default/page.html" %}\n{% block main %}<p>NUMBER {{ site.title }}</p>{{ page.content | safe }}{% endblock main %}\n'
HOME = '{% extends "default/home.html" %}\n{% block main %}<ol>{% for page in pages %}<li>NUMBER {{ page.title }}</li>{% endfor %}</ol>{% endblock main %}\n'
NOTE = '<aside class="note">NUMBER {{ inner }}</aside>\n'
TEMPLATES = {"page.html": PAGE, "home.html": HOME, "section.html": HOME.replace("home.html", "section.html"),
             "notes/page.html": PAGE, "shortcodes/note.html": NOTE, "shortcodes/mark.html": "<b>NUMBER</b>\n"}


class Author:
    """Edits the site. Every draw of the dice depends on the seed and the site's files alone, never on time."""

    def __init__(self, site, dice):
        self.site, self.dice = site, dice
        self.config = json.loads(json.dumps(CONFIG))
        self.number = 0
        self.atomic = True
        self.told = []
        self.wounds = []
        self.good = None
        self.broken_for = 0

    def begin(self):
        """Writes the first state of the site."""
        self.site.mkdir()
        self.write_config()
        self.write("content/_index.md", self.post(title="Home"))
        self.write("content/about.md", self.post(title="About"))
        for section in ("blog", "notes", "blog/deep"):
            self.write(f"content/{section}/_index.md", self.post(title=section.title()))
        for _ in range(5):
            self.add_post()
        for _ in range(2):
            self.add_picture()
        for name in ("page.html", "shortcodes/note.html"):
            self.write(f"templates/{name}", TEMPLATES[name].replace("NUMBER", "first"))
        for _ in range(2):
            self.change_event()
        self.write("static/css/own.css", "body { color: black }\n")
        self.write("static/files/plan.txt", "a plan\n")

    def base(self):
        return urllib.parse.urlsplit(self.config["baseURL"]).path.rstrip("/") + "/"

    def edit(self, before):
        """Makes one edit, given the build of the state before; returns what was done, in words."""
        self.number += 1
        self.told = []
        if before.files is not None:
            self.atomic = True
            self.good, self.wounds, self.broken_for = (self.files(), self.config), [], 0
        else:
            self.broken_for += 1
            if self.broken_for > 1 and self.dice.random() < 0.6:
                self.repair()
                return self.told
        count = len(self.files())
        while not self.told:
            edits = ADD if count < FILES_LOWEST else REMOVE if count > FILES_HIGHEST else EDITS
            self.dice.choices([edit for edit, _ in edits], [weight for _, weight in edits])[0](self)
        return self.told

    # What there is

    def files(self):
        """Returns the bytes of all files of the site by path, but for what the server keeps there."""
        return {path: data for path, data in preview.read_files(self.site).items() if not path.startswith((".hallway/", "public/"))}

    def pick(self, pattern, without=r"^$"):
        """Draws one path that matches, or returns `None`."""
        found = [path for path in self.files() if re.search(pattern, path) and not re.search(without, path)]
        return self.dice.choice(found) if found else None

    def folders(self, top="content"):
        return sorted(os.path.relpath(path, self.site) for path, _, _ in os.walk(self.site / top))

    # How it is saved

    def tell(self, text):
        self.told.append(text)

    def write(self, path, text, atomic=False):
        """Saves a file as one of several editors would."""
        data = text if isinstance(text, bytes) else text.encode()
        target = self.site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        style = "rename" if atomic else self.dice.choice(["write", "rename", "halves", "truncate", "replace"])
        if style == "rename":
            beside = target.with_name(f".{target.name}.{self.number}.swp")
            beside.write_bytes(data)
            beside.replace(target)
            return
        self.atomic = False
        if style == "replace":
            target.unlink(missing_ok=True)
        with open(target, "wb", buffering=0) as file:
            if style == "halves":
                file.write(data[: len(data) // 2])
                data = data[len(data) // 2 :]
            if style in ("halves", "truncate"):
                time.sleep(0.004)
            file.write(data)

    def write_config(self, atomic=False):
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.config.items()]
        self.write("hallway.yaml", "".join(lines), atomic)

    def move(self, old, new):
        (self.site / new).parent.mkdir(parents=True, exist_ok=True)
        os.rename(self.site / old, self.site / new)
        self.tell(f"rename {old} to {new}")

    # Posts

    def post(self, **front):
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items()]
        return f"---\n{''.join(lines)}---\n{self.text()}"

    def text(self):
        paragraphs = [" ".join(self.dice.choices(WORDS, k=self.dice.randrange(3, 40))) for _ in range(self.dice.randrange(1, 4))]
        if self.dice.random() < 0.2 and (self.site / "templates/shortcodes/note.html").exists():
            paragraphs.append("{{< note >}}a *note*{{< /note >}}")
        if self.dice.random() < 0.15:
            paragraphs.append(self.dice.choice(["{{< events >}}", '{{< events "upcoming" >}}', "{{< talks >}}", f'{{{{< speaker "{self.dice.choice(PEOPLE)}" >}}}}']))
        if self.dice.random() < 0.2:
            paragraphs.append("```go\nfunc main() { println(%d) }\n```" % self.number)
        return "\n\n".join(paragraphs) + "\n"

    def day(self):
        year = self.dice.choice([*range(2015, 2025), 2099])
        return f"{year}-{self.dice.randrange(1, 13):02}-{self.dice.randrange(1, 29):02}"

    def add_post(self):
        folder = self.dice.choice(["content/blog", "content/notes", "content/blog/deep", "content"])
        name = f"{self.dice.choice(WORDS)}-{self.dice.randrange(40)}"
        path = f"{folder}/{name}" + self.dice.choice([".md", "/index.md"])
        front = {"title": f"{name.title()} {self.number}", "date": self.day(), "tags": self.dice.sample(WORDS[:5], 2)}
        if self.dice.random() < 0.15:
            front["draft"] = True
        self.write(path, self.post(**front))
        self.tell(f"add {path}")

    def add_section(self):
        parent = self.dice.choice(["content", "content/blog", "content/notes"])
        path = f"{parent}/{self.dice.choice(WORDS)}/_index.md"
        self.write(path, self.post(title=f"Section {self.number}", weight=self.dice.randrange(9)))
        self.tell(f"add {path}")

    def parts(self, path):
        """Returns front matter as a map of lines, body, and what the bytes were like: byte order mark, line ends."""
        raw = (self.site / path).read_bytes()
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        pieces = text.split("---\n", 2)
        if len(pieces) < 3:
            return {}, text, raw[:3] == b"\xef\xbb\xbf", b"\r\n" in raw
        lines = [line.partition(": ") for line in pieces[1].splitlines()]
        return {key: value for key, _, value in lines}, pieces[2], raw[:3] == b"\xef\xbb\xbf", b"\r\n" in raw

    def save_post(self, path, front, body, mark, windows, atomic=False):
        lines = "".join(f"{key}: {value}\n" for key, value in front.items())
        text = f"---\n{lines}---\n{body}"
        data = (text.replace("\n", "\r\n") if windows else text).encode()
        self.write(path, (b"\xef\xbb\xbf" if mark else b"") + data, atomic)

    def change_body(self):
        if path := self.pick(r"\.md$"):
            front, _, mark, windows = self.parts(path)
            pictures = sorted(each.name for each in (self.site / path).parent.glob("*.png")) if path.endswith("index.md") else []
            body = self.text()
            if pictures and self.dice.random() < 0.6:
                body += f'\n{{{{< imgproc "{self.dice.choice(pictures)}" Resize "{self.dice.randrange(4, 30)}x" >}}}}Seen{{{{< /imgproc >}}}}\n'
            self.save_post(path, front, body, mark, windows)
            self.tell(f"change the text of {path}")

    def change_bytes(self):
        if path := self.pick(r"\.md$"):
            front, body, mark, windows = self.parts(path)
            if front:
                mark, windows = self.dice.choice([(not mark, windows), (mark, not windows)])
                self.save_post(path, front, body, mark, windows)
                self.tell(f"{path} with byte order mark {mark}, Windows line ends {windows}")

    def change_front(self):
        if path := self.pick(r"\.md$"):
            front, body, mark, windows = self.parts(path)
            key, value = self.front_change()
            if front and self.dice.random() < 0.3:
                key = self.dice.choice(sorted(front))
                del front[key]
                self.tell(f"no {key} in {path}")
            else:
                front[key] = json.dumps(value, ensure_ascii=False)
                self.tell(f"{key} {front[key]} in {path}")
            self.save_post(path, front, body, mark, windows)

    def front_change(self):
        some, number = self.dice.choice(WORDS), self.dice.randrange(1000)
        return self.dice.choice([
            ("title", f"{some.title()} & {number}"), ("date", self.day()), ("tags", self.dice.sample(WORDS, 3)),
            ("categories", [some]), ("series", [some]), ("slug", f"{some}-{number}"), ("url", f"/{some}/{number}/"),
            ("draft", self.dice.random() < 0.5), ("weight", self.dice.randrange(1, 9)), ("description", f"About {some}"),
            ("aliases", [f"/old/{some}-{number}/", f"was-{number}"]), ("colour", some), ("linkTitle", some.title()),
            ("publishDate", self.day()), ("expiryDate", self.day()), ("summary", f"In short: {some}"), ("type", "notes"),
            ("headless", True), ("menus", "main"), ("event", self.dice.choice(EVENTS)), ("event", self.event()),
            ("event", self.dice.sample(EVENTS, 2)), ("talks", self.talks()), ("people", self.dice.sample(PEOPLE, 2)),
        ])

    # Events, talks and people

    def event(self):
        name = self.dice.choice(["Corridor", "Lanyard", "Tea Break"])
        year = self.dice.choice([2016, 2017, 2018, 2024, 2099])
        city, country = self.dice.choice(CITIES)
        first = self.dice.randrange(1, 27)
        event = {"name": name, "edition": str(year), "start": f"{year}-05-{first:02}"}
        more = {"end": f"{year}-05-{first + self.dice.randrange(3):02}", "city": city, "country": country, "series": name.lower(),
                "status": self.dice.choice(["planned", "confirmed", "cancelled", "postponed"]), "timezone": "Europe/Paris",
                "url": f"https://{self.dice.choice(WORDS)}.example/", "hashtag": f"h{self.number}", "cfp_closes": self.day()}
        return event | {key: more[key] for key in sorted(self.dice.sample(sorted(more), self.dice.randrange(len(more))))}

    def talks(self):
        def talk(number):
            begins = f"{self.dice.randrange(8, 18):02}:30"
            return {"title": f"{self.dice.choice(WORDS).title()} {number}", "speakers": self.dice.sample(PEOPLE, self.dice.randrange(1, 3)),
                    "time": begins, "status": self.dice.choice(["planned", "attended", "missed", "gave", "to-watch"])}
        return [talk(number) for number in range(self.dice.randrange(1, 4))]

    def data(self, path, value):
        self.write(path, "".join(f"{key}: {json.dumps(each, ensure_ascii=False)}\n" for key, each in value.items()))
        self.tell(f"write {path}")

    def change_event(self):
        event = self.event() | ({"talks": self.talks()} if self.dice.random() < 0.5 else {})
        self.data(f"data/events/{self.dice.choice(EVENTS)}.yaml", event)

    def change_person(self):
        name = self.dice.choice(PEOPLE)
        person = {"name": name, "affiliation": f"Lab {self.number}", "me": self.dice.random() < 0.3}
        self.data(f"data/people/{name.lower().replace(' ', '-')}.yaml", person)

    def add_event_page(self):
        path = f"content/events/{self.dice.choice(EVENTS)}.md"
        self.write(path, self.post(title=f"Event {self.number}", event=self.event(), talks=self.talks()))
        self.tell(f"add {path}")

    def remove_data(self):
        if path := self.pick(r"^data/"):
            (self.site / path).unlink()
            self.tell(f"remove {path}")

    # Files and folders

    def rename_file(self):
        if path := self.pick(r"^content/.*\.md$", r"/_?index\.md$"):
            folder = self.dice.choice([os.path.dirname(path), "content/blog", "content/notes"])
            self.rename(path, f"{folder}/{self.dice.choice(WORDS)}-{self.dice.randrange(40)}.md")

    def rename_folder(self):
        old = self.dice.choice(self.folders()[1:] or [None])
        if old:
            name = f"{self.dice.choice(WORDS)}-{self.dice.randrange(40)}"
            self.rename(old, f"{self.dice.choice([os.path.dirname(old), 'content', 'content/blog'])}/{name}")

    def rename(self, old, new):
        if not (self.site / new).exists() and not f"{new}/".startswith(f"{old}/") and new.count("/") < 5:
            self.move(old, new)

    def bundle_or_file(self):
        """A single file becomes a bundle, and back."""
        if path := self.pick(r"^content/.*\.md$", r"/_index\.md$"):
            single = path.endswith("/index.md") and len(list((self.site / path).parent.iterdir())) == 1
            if not path.endswith("/index.md"):
                self.rename(path, f"{path.removesuffix('.md')}/index.md")
            elif single and path != "content/index.md":
                self.rename(path, f"{os.path.dirname(path)}.md")
                (self.site / path).parent.rmdir()

    def remove_file(self):
        if path := self.pick(r"^(content|static)/", r"\.png$"):
            (self.site / path).unlink()
            self.tell(f"remove {path}")

    def remove_folder(self):
        folders = [path for path in self.folders()[1:] if sum(len(names) for _, _, names in os.walk(self.site / path)) <= 6]
        if folders:
            path = self.dice.choice(folders)
            shutil.rmtree(self.site / path)
            self.tell(f"remove {path}/")

    # Templates, pictures, static files, configuration

    def change_template(self):
        name = self.dice.choice(sorted(TEMPLATES))
        self.write(f"templates/{name}", TEMPLATES[name].replace("NUMBER", f"number {self.number}"))
        self.tell(f"write templates/{name}")

    def remove_template(self):
        if path := self.pick(r"^templates/"):
            (self.site / path).unlink()
            self.tell(f"remove {path}")

    def add_picture(self):
        if path := self.pick(r"/index\.md$"):
            folder = os.path.dirname(path) + self.dice.choice(["", "", "/pictures"])
            self.write(f"{folder}/{self.dice.choice(WORDS)}.png", picture(self.dice))
            self.tell(f"add a picture to {folder}")

    def change_picture(self):
        if path := self.pick(r"\.png$"):
            self.write(path, picture(self.dice))
            self.tell(f"change {path}")

    def remove_picture(self):
        if path := self.unused_picture():
            (self.site / path).unlink()
            self.tell(f"remove {path}")

    def rename_picture(self):
        if path := self.unused_picture():
            self.rename(path, f"{os.path.dirname(path)}/{self.dice.choice(WORDS)}-{self.dice.randrange(40)}.png")

    def unused_picture(self):
        """Draws a picture that no text of its folder names; see the note on missing pictures above."""
        texts = b"".join(data for path, data in self.files().items() if path.endswith(".md"))
        used = {name.decode() for name in re.findall(rb'imgproc "([^"]+)"', texts)}
        found = [path for path in self.files() if path.endswith(".png") and os.path.basename(path) not in used]
        return self.dice.choice(found) if found else None

    def change_resource(self):
        if path := self.pick(r"/index\.md$"):
            path = f"{os.path.dirname(path)}/{self.dice.choice(['', 'files/', 'files/deep/'])}{self.dice.choice(WORDS)}.txt"
            self.write(path, f"number {self.number}\n" * self.dice.randrange(1, 50))
            self.tell(f"write {path}")

    def change_static(self):
        name = self.dice.choice(["css/own.css", "css/hallway.css", "files/plan.txt", "files/été & co.txt", "robots.txt", "top.svg"])
        self.write(f"static/{name}", f"/* number {self.number} */\n")
        self.tell(f"write static/{name}")

    def remove_static(self):
        if path := self.pick(r"^static/"):
            (self.site / path).unlink()
            self.tell(f"remove {path}")

    def change_config(self):
        key = self.dice.choice(sorted(CHOICES))
        self.config = {**self.config, key: self.dice.choice(CHOICES[key])}
        # It is whole again if it was broken: what it was before must not come back.
        self.wounds = [(path, data) for path, data in self.wounds if path != "hallway.yaml"]
        # A configuration that is half written may be a good one, of another base path.
        self.write_config(atomic=True)
        self.tell(f"configuration: {key} {self.config[key]}")

    def touch(self):
        if path := self.pick(r"."):
            os.utime(self.site / path)
            self.tell(f"touch {path}")

    # What breaks, and what repairs. Breaks are saved at once: a half of one may be a good site.

    def wound(self, path, data):
        target = self.site / path
        self.wounds.append((path, target.read_bytes() if target.exists() else None))
        self.write(path, data, atomic=True)
        self.tell(f"break {path}")

    def break_front(self):
        if path := self.pick(r"\.md$"):
            self.wound(path, "---\ntitle: [\n---\ntext\n")

    def break_shortcode(self):
        if path := self.pick(r"\.md$"):
            self.wound(path, self.post(title="Broken") + '\n{{< no-such-shortcode >}}\n')

    def break_template(self):
        self.wound(f"templates/{self.dice.choice(sorted(TEMPLATES))}", "{% if %}\n")

    def break_data(self):
        self.wound(f"data/events/{self.dice.choice(EVENTS)}.yaml", "name: [\n")

    def break_config(self):
        self.wound("hallway.yaml", "title: [\n")

    def break_address(self):
        self.wound(f"content/blog/twin-{self.dice.randrange(40)}.md", self.post(title="Twin", url="/notes/twin/"))
        self.wound("content/notes/twin.md", self.post(title="Twin", url="/notes/twin/"))
        # The first of the two alone is a good site, which the preview may have seen and served.
        self.atomic = False

    def repair(self):
        """Takes back what broke the site; if that was not all, everything since the last good state, as a checkout does."""
        wounds, self.wounds = self.wounds[::-1], []
        if wounds and all((self.site / path).is_file() for path, _ in wounds):
            for path, data in wounds:
                if data is None:
                    (self.site / path).unlink()
                else:
                    self.write(path, data)
                self.tell(f"repair {path}")
            return
        files, self.config = self.good
        for path in self.files().keys() - files.keys():
            (self.site / path).unlink()
        for path in self.folders()[::-1]:
            if not any((self.site / path).iterdir()):
                (self.site / path).rmdir()
        now = self.files()
        for path in files:
            if files[path] != now.get(path):
                self.write(path, files[path])
        self.atomic = False
        self.tell("back to the last good state")


ADD = [(Author.add_post, 6), (Author.add_section, 1), (Author.add_picture, 2), (Author.change_resource, 1), (Author.change_static, 2),
       (Author.change_event, 2), (Author.change_person, 1), (Author.add_event_page, 1)]
REMOVE = [(Author.remove_file, 4), (Author.remove_folder, 2), (Author.remove_picture, 2), (Author.remove_template, 1), (Author.remove_static, 1),
          (Author.remove_data, 2)]
BREAK = [(Author.break_front, 2), (Author.break_shortcode, 2), (Author.break_template, 2), (Author.break_config, 2), (Author.break_address, 2),
         (Author.break_data, 2)]
EDITS = [(edit, weight) for edits in (ADD, REMOVE, BREAK) for edit, weight in edits] + [
    (Author.change_body, 14), (Author.change_front, 16), (Author.change_bytes, 3), (Author.rename_file, 5),
    (Author.rename_folder, 5), (Author.bundle_or_file, 3), (Author.change_template, 5), (Author.change_picture, 4),
    (Author.rename_picture, 2), (Author.change_config, 6), (Author.touch, 2), (Author.change_event, 5), (Author.change_person, 3),
]
