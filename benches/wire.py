"""Speaks with a preview: pages over a kept connection, and the stream of events.

Knows HTTP as far as servers use it for GET, and the events of `/_hallway/events`; nothing about builds.
"""

import collections
import json
import socket
import threading
import time

Answer = collections.namedtuple("Answer", "status headers body")


class Failure(Exception):
    """Something could not be run; the text is for people."""


class Fault(Exception):
    """The preview did what it must not; the text is for people."""


class Client:
    """One keep-alive connection. It reads what HTTP servers send for GET, and asks again if the line was closed."""

    def __init__(self, host, port):
        self.host, self.port = host, port
        self.socket = self.file = None

    def get(self, path, headers=()):
        """Asks for a path, as it is written; returns status, headers (lower case) and body."""
        fresh = self.socket is None
        try:
            return self.ask(path, headers)
        except (ConnectionError, TimeoutError):
            self.close()
            if fresh:
                raise
            # A server may close an idle connection at any time, which shows only when it is used again.
            return self.ask(path, headers)

    def ask(self, path, headers):
        if self.socket is None:
            self.socket = socket.create_connection((self.host, self.port), 30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.file = self.socket.makefile("rb")
        lines = [f"GET {path} HTTP/1.1", f"Host: {self.host}:{self.port}", *headers, "", ""]
        self.socket.sendall("\r\n".join(lines).encode())
        return self.answer()

    def answer(self):
        status = self.line().split(b" ", 2)
        if len(status) < 2:
            raise ConnectionError("no status line")
        headers = {}
        while line := self.line():
            name, _, value = line.partition(b":")
            headers[name.decode("latin-1").lower()] = value.strip().decode("latin-1")
        body = self.body(int(status[1]), headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(status[1]), headers, body)

    def body(self, status, headers):
        if status in (204, 304):
            return b""
        if "chunked" in headers.get("transfer-encoding", ""):
            chunks = []
            while size := int(self.line().split(b";")[0], 16):
                chunks.append(self.exactly(size))
                self.line()
            self.line()
            return b"".join(chunks)
        if "content-length" not in headers:
            return self.file.read()
        return self.exactly(int(headers["content-length"]))

    def line(self):
        line = self.file.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("the connection ended within a line")
        return line.rstrip(b"\r\n")

    def exactly(self, size):
        data = self.file.read(size)
        if len(data) != size:
            raise ConnectionError("the connection ended within a body")
        return data

    def close(self):
        if self.socket is not None:
            self.file.close()
            self.socket.close()
        self.socket = self.file = None


class Events:
    """The event stream, read by a thread from the moment it is made."""

    def __init__(self, host, port):
        self.changed = threading.Condition()
        self.generation = self.problems = None
        self.count = 0
        self.ended = None
        self.stream = open_stream(host, port)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            name = data = ""
            for line in self.stream.makefile("r", encoding="utf-8", newline="\n"):
                line = line.rstrip("\r\n")
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("data:"):
                    data += line[5:].strip()
                elif not line and data:
                    self.take(name, json.loads(data))
                    name = data = ""
            self.end("the server closed it")
        except (OSError, ValueError) as error:
            self.end(error)

    def take(self, name, value):
        with self.changed:
            self.count += 1
            if name == "problems":
                self.problems = value["diagnostics"]
            elif name in ("hello", "change"):
                self.generation = value["generation"]
            self.changed.notify_all()

    def end(self, why):
        with self.changed:
            self.ended = why
            self.changed.notify_all()

    def codes(self):
        """Returns the codes of all errors that are told now, sorted, or `None` before the first event."""
        with self.changed:
            if self.ended:
                raise Fault(f"the event stream ended: {self.ended}")
            if self.problems is None:
                return None
            return sorted_codes(each["code"] for each in self.problems if each["severity"] == "error")

    def wait_for_codes(self, wanted, limit_s):
        """Waits until exactly the errors with these codes are told; returns whether they were."""
        limit = time.monotonic() + limit_s
        while self.codes() != wanted:
            left = limit - time.monotonic()
            if left <= 0:
                return False
            with self.changed:
                self.changed.wait(min(left, 0.05))
        return True

    def close(self):
        self.stream.close()


def sorted_codes(codes):
    """Returns codes sorted: a build tells of an unknown shortcode once, a preview on each page, for which both mean the same."""
    codes = list(codes)
    once = [code for code in codes if code != "shortcode-unknown"]
    return sorted(once + ["shortcode-unknown"] * ("shortcode-unknown" in codes))


def open_stream(host, port):
    """Connects to the event stream; returns the socket, from which everything is still to be read."""
    stream = socket.create_connection((host, port), 30)
    stream.settimeout(None)
    stream.sendall(f"GET /_hallway/events HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/event-stream\r\n\r\n".encode())
    return stream
