"""Builds many documents as one site, with Hugo and with Hallway, and gives back what became of each.

A document is a text at a path below `content/`; each kind of document brings the configuration and the templates.
Programs stop at documents that they refuse: those are noted, taken out, and the rest is built again.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
# Instant at which all sites are built.
CLOCK = "2025-06-15T12:00:00Z"
# How many documents one run of Hugo is asked to refuse before the set is cut in halves.
PATIENCE = 40


class Failure(Exception):
    """A program could not be run; the text is for people."""


class Refused:
    """A document that a program did not take."""

    def __init__(self, message):
        self.message = message

    def __eq__(self, other):
        return isinstance(other, Refused)

    def __repr__(self):
        return f"refused: {self.message}"


class Programs:
    """The two programs and the folder to work in."""

    def __init__(self, hugo, hallway):
        self.hugo = hugo
        self.hallway = hallway
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hallway-differential-"))
        # Runs that ended in another way than with an error message; their documents are found by halving.
        self.crashes = 0

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, files):
        """Writes a site into a new folder."""
        site = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        for path, text in files.items():
            place = site / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return site

    def remove(self, site):
        shutil.rmtree(site, ignore_errors=True)

    def run(self, command):
        environment = dict(os.environ, TZ="UTC", HOME=str(self.folder))
        run = subprocess.run([str(word) for word in command], capture_output=True, env=environment, timeout=600)
        output = (run.stdout + run.stderr).decode("utf-8", "replace")
        if run.returncode not in (0, 1) and not self.refuses(output):
            self.crashes += 1
        return run.returncode, output

    def refuses(self, output):
        return "ERROR" in output or '"severity":"error"' in output

    def build_hugo(self, site, destination):
        command = [self.hugo, "-s", site, "-d", destination, "--cacheDir", self.folder / "cache", "--clock", CLOCK]
        return self.run(command)

    def build_hallway(self, site, destination):
        command = [self.hallway, "build", site, "-d", destination, "--clock", CLOCK, "--format", "json"]
        return self.run(command)

    def both(self, setup, documents, skip_refused=False):
        """Builds documents (path of the content file -> text); returns path -> (Hugo's, ours), HTML or `Refused`.

        With `skip_refused`, what Hallway refuses is taken to be refused by Hugo too, which is slow in finding out.
        """
        ours = self.one(setup["hallway"], documents, self.build_hallway, diagnosed)
        skipped = {path for path, result in ours.items() if skip_refused and isinstance(result, Refused)}
        left = {path: text for path, text in documents.items() if path not in skipped}
        hugo = {**ours, **self.one(setup["hugo"], left, self.build_hugo, named)}
        return {path: (hugo[path], ours[path]) for path in documents}

    def one(self, base, documents, build, blamed):
        """Builds with one program, document by document out if they are refused."""
        results = {}
        left = dict(documents)
        output = ""
        for _ in range(PATIENCE):
            if not left:
                return results
            site = self.write({**base, **left})
            destination = site / "public"
            code, output = build(site, destination)
            if code == 0:
                for path in left:
                    results[path] = read(destination, path)
                self.remove(site)
                return results
            self.remove(site)
            refused = {path: message for path, message in blamed(output).items() if path in left}
            if not refused:
                break
            for path, message in refused.items():
                results[path] = Refused(message)
                del left[path]
        if len(left) == 1:
            for path in left:
                results[path] = Refused(output[-300:])
            return results
        paths = sorted(left)
        for half in (paths[: len(paths) // 2], paths[len(paths) // 2 :]):
            results.update(self.one(base, {path: left[path] for path in half}, build, blamed))
        return results


def named(output):
    """Finds the documents that Hugo's errors name."""
    found = {}
    for line in output.splitlines():
        if line.startswith(("ERROR", "Error")):
            for path in re.findall(r'content/([^":\s]+\.(?:md|markdown))', line):
                found.setdefault("content/" + path, re.sub(r'"[^"]*/content/', '"', line)[:300])
            if not re.search(r"content/", line):
                for path in re.findall(r"pageMetaSource (/[^\s:]+)", line):
                    found.setdefault(f"content{path}.md", line[:300])
    return found


def diagnosed(output):
    """Finds the documents that Hallway's errors name."""
    found = {}
    for line in output.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and entry.get("severity") == "error":
            place = entry.get("at") or entry
            path = place.get("path") or place.get("file") or ""
            found.setdefault(path, f"{entry.get('code')}: {entry.get('message')}")
    return found


def read(destination, path):
    """Reads the page that a document `content/a/b.md` became."""
    name = path.removeprefix("content/").removesuffix(".md")
    try:
        return (destination / name / "index.html").read_text("utf-8", "replace")
    except FileNotFoundError:
        return ""
