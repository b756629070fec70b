"""Serves a folder on this machine, and tells the browsers on it what became of it.

Only what is sent has the panel in it, never a file: the parts of the preview lie at an address that
no page has.
"""

from __future__ import annotations

import json
import posixpath
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Condition, Thread
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

OWN = "/.aboveboard/"
EVENTS = f"{OWN}events"
FILES = {f"{OWN}{name}": Path(__file__).with_name(name) for name in ("preview.js", "preview.css")}
HEARTBEAT = 15.0  # seconds after which a browser that has gone is noticed
SWAP = 2.0  # seconds for which a site that is being swapped may be away


class Taken(Exception):
    """The port cannot be had; the message says why."""


class Shown(NamedTuple):
    """What browsers show: `site` differs with each site that is made, `panel` is HTML."""

    site: str
    panel: str


class Browsers:
    """All browsers on the preview; safe to use from several threads."""

    def __init__(self) -> None:
        self._start, self._made = time.time_ns(), 0
        self._panel = ""
        self._changed = Condition()

    @property
    def shown(self) -> Shown:
        return Shown(f"{self._start:x}-{self._made}", self._panel)

    def told(self, panel: str, *, fresh: bool = False) -> None:
        """Shows a panel, "" for none; with `fresh`, the pages that have just been made too."""
        with self._changed:
            self._panel = panel
            self._made += fresh
            self._changed.notify_all()

    def after(self, known: Shown | None) -> Shown | None:
        """What is shown when it differs from what is known; None if nothing does for a while."""
        with self._changed:
            if self._changed.wait_for(lambda: self.shown != known, HEARTBEAT):
                return self.shown
            return None


class Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, browsers: Browsers, *args: object) -> None:
        self.folder, self.browsers = folder, browsers
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == EVENTS:
            self._tell()
        elif path in FILES:
            self._send(HTTPStatus.OK, path, FILES[path].read_bytes())
        else:
            self._send_file(path)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def _send_file(self, path: str) -> None:
        file = self._file(path)
        if file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", posixpath.join("/", path.lstrip("/")) + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = file / "index.html" if file.is_dir() else file
        if file.is_file():
            self._send(HTTPStatus.OK, file.name, file.read_bytes())
        else:
            missing = self.folder / "404.html"
            page = missing.read_bytes() if missing.is_file() else b"Not found"
            self._send(HTTPStatus.NOT_FOUND, missing.name, page)

    def _file(self, path: str) -> Path:
        """The file at an address; none outside of the folder, and one that is away comes back."""
        end = time.monotonic() + SWAP
        while not self.folder.is_dir() and time.monotonic() < end:
            time.sleep(0.005)
        parts = [part for part in unquote(path).split("/") if part]
        if any(part in (".", "..") or "\0" in part or "\\" in part for part in parts):
            return self.folder / "404.html" / "outside"  # a file has nothing below it
        return self.folder.joinpath(*parts)

    def _send(self, status: HTTPStatus, name: str, content: bytes) -> None:
        kind = guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html":
            content = with_panel(content, self.browsers.shown)
        self.send_response(status)
        text = (
            "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("xml", "json")) else ""
        )
        self.send_header("Content-Type", f"{kind}{text}")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _tell(self) -> None:
        """Sends what is shown whenever it changes, until the browser goes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        known: Shown | None = None
        with suppress(OSError):
            self.wfile.write(b"retry: 500\n\n")
            while True:
                shown = self.browsers.after(known)
                known = shown or known
                told = f"data: {json.dumps(shown._asdict())}" if shown else ": still here"
                self.wfile.write(f"{told}\n\n".encode())


def with_panel(page: bytes, shown: Shown) -> bytes:
    """A page with the panel before its end."""
    head, body, rest = page.rpartition(b"</body>")
    if not body:
        head, rest = page, b""
    part = (
        f'<link rel="stylesheet" href="{OWN}preview.css">'
        f'<aside id="ab-preview" aria-label="Preview" aria-live="polite" '
        f'data-site="{escape(shown.site)}">{shown.panel}</aside>'
        f'<script src="{OWN}preview.js"></script>'
    )
    return head + part.encode() + body + rest


@contextmanager
def serving(folder: Path, port: int, browsers: Browsers) -> Iterator[None]:
    """Serves a folder on this machine meanwhile."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, *_: object) -> None:
            """A browser that goes away in the midst of an answer is no fault."""

    try:
        server = Server(("127.0.0.1", port), partial(Handler, folder, browsers))
    except OSError as error:
        raise Taken(f"cannot serve on port {port}: {error.strerror}") from error
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
