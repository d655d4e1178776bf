"""Starts `hallway serve` and compares what it serves with what `hallway build` makes; shared by the soaks beside it.

Knows the protocol of the preview (addresses below `/_hallway/`, the one script element in pages, the events), and no
site: what is edited, and what has to hold, is the business of the programs.
"""

import argparse
import collections
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

from wire import Client, Events, Failure, Fault, open_stream, sorted_codes

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
RELEASE = REPOSITORY / "target" / "release"
OWN_FILE = re.compile(rb'(\.(?:css|js))\?v=[0-9a-f]+" integrity="[^"]*"')
SCRIPT = re.compile(rb'<script src="/_hallway/live\.js"[^>]*></script>')
REDIRECT = re.compile(rb'<meta http-equiv="?refresh', re.IGNORECASE)
VERSION = re.compile(rb'data-version="([^"]*)"')
START_LIMIT_S = 120
Built = collections.namedtuple("Built", "files codes")


# Command line


def parser(text):
    """Returns a parser with the options that all programs have."""
    made = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--hallway", type=pathlib.Path, default=RELEASE / "hallway", metavar="PATH",
                      help="the program (default: target/release/hallway)")
    made.add_argument("--folder", type=pathlib.Path, metavar="DIR",
                      help="where to put the temporary folder (default: the system's place, unless said above)")
    made.add_argument("--keep", action="store_true", help="keep the temporary folder and say where it is")
    return made


def run(work, options):
    """Calls `work(options, folder)` with a temporary folder and returns the exit code that its end stands for."""
    # A soak that is told to stop still stops its server and removes its folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hallway-preview-", dir=options.folder))
    try:
        options.hallway = existing(options.hallway, "--hallway")
        return 0 if work(options, folder) else 1
    except Fault as fault:
        print(f"FAIL: {fault}", file=sys.stderr)
        return 1
    except Failure as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 2
    finally:
        if options.keep:
            print(f"kept: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def existing(path, option):
    """Returns `path`, absolute, if there is such a file."""
    if not path.is_file():
        raise Failure(f"there is no program at {path}: build it, or name it with {option}")
    return path.absolute()


def generate(program, folder, posts, photos=0):
    """Makes a made-up site."""
    words = [existing(program, "--generate"), folder, "--posts", str(posts), "--photos", str(photos)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


# The server


class Server:
    """A running preview. Its output goes to a file, so that a full pipe never holds it up."""

    def __init__(self, words, log, environment=None):
        self.log = log
        with open(log, "wb") as file:
            self.process = subprocess.Popen([str(word) for word in words], stdout=file, stderr=subprocess.STDOUT,
                                            stdin=subprocess.DEVNULL, env=environment)
        self.pid = self.process.pid

    def address(self):
        """Waits until the server says where it listens; returns host, port and base path."""
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit:
            found = re.search(rb"http://([0-9.]+):(\d+)(/[^\s\x1b]*)", self.log.read_bytes())
            if found:
                return found[1].decode(), int(found[2]), found[3].decode()
            self.alive()
            time.sleep(0.005)
        raise Failure(f"the server said no address within {START_LIMIT_S} s\n{self.tail()}")

    def alive(self):
        """Raises if the server has ended, whatever the reason."""
        if self.process.poll() is not None:
            raise Fault(f"the server ended with {self.process.returncode}\n{self.tail()}")

    def tail(self):
        """Returns the last of what the server printed."""
        return self.log.read_text(errors="replace")[-2000:]

    def status(self, key):
        """Returns a line of /proc/PID/status as a number of KiB, or `None` where there is no /proc."""
        try:
            text = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return None
        found = re.search(rf"^{key}:\s+(\d+)", text, re.MULTILINE)
        return int(found[1]) if found else None

    def handles(self):
        """Returns the number of open file handles."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def stop(self):
        """Ends the server as Ctrl-C does; one that does not end is killed, and that is a fault."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Fault("the server did not end within 10 s of Ctrl-C") from None


@contextlib.contextmanager
def serve(hallway, site, log, before=(), options=()):
    """Runs `hallway serve`, with the words `before` in front; gives the server, a client and the base path."""
    server = Server([*before, hallway, "serve", site, "-p", str(free_port()), *options], log)
    try:
        host, port, base = server.address()
        client = Client(host, port)
        yield server, client, base
        server.alive()
    except OSError as error:
        server.alive()
        raise Fault(f"the server does not answer: {error}\n{server.tail()}") from error
    finally:
        failed = sys.exc_info()[0] is not None
        try:
            server.stop()
        except Fault as fault:
            # What went wrong first is what people want to read.
            if not failed:
                raise
            print(f"also: {fault}", file=sys.stderr)


def free_port():
    """Returns a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


# Builds


def build(hallway, site, folder):
    """Builds a site from nothing below `folder`; returns its files by path, `None` if it failed, and the error codes.

    Paths are those of the output, such as `blog/a/index.html`. Pages ask for the author's own style sheets and scripts as
    those of a preview do, without a digest: that is a difference that is meant. A build that ends with anything but the exit codes
    of `hallway --help` has crashed, which is a failure.
    """
    out, cache = folder / "fresh", folder / "fresh-cache"
    for leftover in (out, cache):
        shutil.rmtree(leftover, ignore_errors=True)
    words = [hallway, "build", site, "-d", out, "--cache-dir", cache, "--format", "json"]
    made = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if made.returncode not in range(5):
        raise Failure(f"`hallway build` ended with {made.returncode}\n{made.stdout}{made.stderr}")
    if made.returncode == 0:
        return Built({path: OWN_FILE.sub(rb'\1"', body) if is_page(path) else body for path, body in read_files(out).items()}, [])
    told = [json.loads(line) for line in made.stdout.splitlines() if line.startswith("{")]
    codes = sorted_codes(line["code"] for line in told if line.get("severity") == "error")
    if not codes:
        raise Failure(f"`hallway build` ended with {made.returncode} and told no error\n{made.stdout}{made.stderr}")
    return Built(None, codes)


def read_files(folder):
    """Returns the bytes of every file below a folder, by path with forward slashes."""
    found = {}
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(base, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder).replace(os.sep, "/")] = file.read()
    return found


# Comparison


def address(base, path):
    """Returns the address of a file of the build: `index.html` is its folder."""
    if path == "index.html" or path.endswith("/index.html"):
        path = path[: -len("index.html")]
    return base + urllib.parse.quote(path)


def is_page(path):
    return path.endswith(".html")


def without_script(path, body):
    """Returns a served body as the build made it; a page must have the one script element, nothing else may.

    A page that redirects at once may do without.
    """
    if not is_page(path):
        return body
    bare, count = SCRIPT.subn(b"", body)
    return bare if count == 1 or count == 0 and REDIRECT.search(body) else b"(%d live scripts, not 1)\n" % count + bare


def difference(client, base, path, wanted):
    """Returns what is wrong with the answer for one file, or `None` if it is the built one."""
    answer = client.get(address(base, path))
    if answer.status != 200:
        return f"{address(base, path)} answers {answer.status}"
    body = without_script(path, answer.body)
    return None if body == wanted else f"{address(base, path)}: {first_difference(body, wanted)}"


def is_gone(client, url):
    """Returns what is wrong with an address that the site no longer has, or `None` if it answers 404."""
    status = client.get(url).status
    return None if status == 404 else f"{url} is not built any more and answers {status}"


def first_difference(served, wanted):
    """Shows where two files part."""
    at = next((at for at, (one, other) in enumerate(zip(served, wanted)) if one != other), min(len(served), len(wanted)))
    start = max(0, at - 60)
    return (f"served {len(served)} bytes, built {len(wanted)}, different from byte {at}:\n"
            f"  served: {served[start:at + 100]!r}\n  built:  {wanted[start:at + 100]!r}")


def settle(client, checks, limit_s):
    """Repeats checks until all hold in one pass; returns the seconds it took. Raises the first difference at the limit.

    A check is a function of a client that returns `None`, or what is wrong.
    """
    start = time.monotonic()
    while True:
        waited = False
        for check in checks:
            while wrong := check(client):
                waited = True
                if time.monotonic() - start > limit_s:
                    raise Fault(f"after {limit_s} s {wrong}")
                time.sleep(0.003)
        # What was looked at before the wait may be of another state than what was looked at after it.
        if not waited:
            return time.monotonic() - start


def checks_of(base, files, gone):
    """Returns the checks that a build is served: `files` as they are, and the addresses `gone` not at all."""
    def served(path, wanted):
        return lambda client: difference(client, base, path, wanted)

    def vanished(url):
        return lambda client: is_gone(client, url)

    return [served(path, files[path]) for path in files] + [vanished(url) for url in gone]
