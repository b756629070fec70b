"""What a page weighs: bytes and requests as a server sends them, shift and script as a browser has them."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from aboveboard.site.hosting import ASK_AGAIN, FOR_EVER, HASHED, HEADERS, squeeze

from .types import types

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ENCODINGS = {"br": ".br", "gzip": ".gz"}
SLOWER = 4  # times slower than the processor that measures
WATCH = """window.moved = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) window.moved += one.value; })
  .observe({type: 'layout-shift', buffered: true});"""


class Sent(NamedTuple):
    """One answer of a server: `wire` is all of it, with its headers."""

    path: str
    wire: int
    headers: dict[str, str]


class Weight(NamedTuple):
    """The first view of a page. `others` are requests that left for other sites."""

    path: str
    sent: list[Sent]
    others: list[str]
    shift: float
    script: float

    @property
    def wire(self) -> int:
        return sum(one.wire for one in self.sent)

    @property
    def milliseconds(self) -> float:
        return self.script * 1000

    @property
    def requests(self) -> int:
        return len(self.sent) + len(self.others)


class Host(http.server.BaseHTTPRequestHandler):
    """A static host that reads what the build wrote for it: compressed copies and headers."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, folder: Path, sent: list[Sent], guarded: bool) -> None:
        self.folder, self.sent, self.guarded = folder, sent, guarded
        super().__init__(*args)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.folder / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        status = HTTPStatus.OK if file.is_file() else HTTPStatus.NOT_FOUND
        body, encoding = self._body(file if file.is_file() else self.folder / "404.html")
        keep = FOR_EVER if HASHED.search(file.name) else ASK_AGAIN
        kind = http.server.SimpleHTTPRequestHandler.extensions_map.get(file.suffix) or {
            ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
        }.get(file.suffix, "text/html; charset=utf-8")  # fmt: skip
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": keep}
        headers |= {"Content-Encoding": encoding} if encoding else {}
        headers |= HEADERS if self.guarded else {}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        head = b"".join(self._headers_buffer) + b"\r\n"  # type: ignore[attr-defined]
        with suppress(BrokenPipeError, ConnectionResetError):  # the page has gone on
            self.end_headers()
            self.wfile.write(body)
        self.sent.append(Sent(path, len(head) + len(body), headers))

    def _body(self, file: Path) -> tuple[bytes, str]:
        accepted = self.headers.get("Accept-Encoding", "")
        for encoding, ending in ENCODINGS.items():
            copy = file.with_name(file.name + ending)
            if encoding in accepted and copy.is_file():
                return copy.read_bytes(), encoding
        return file.read_bytes() if file.is_file() else b"", ""

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def hosted(folder: Path, *, guarded: bool = True) -> Iterator[tuple[str, list[Sent]]]:
    """The address of a folder on such a host, and the list to which it adds each answer.

    `guarded` is whether it sends the headers of ours that keep a page to itself.
    """
    sent: list[Sent] = []
    host = partial(Host, folder=folder, sent=sent, guarded=guarded)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), host)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", sent
    server.shutdown()
    server.server_close()
    thread.join()


def compressed(site: Path, copy: Path, pages: Sequence[str] = ()) -> list[str]:
    """Makes a copy of what a browser asks for of these pages, compressed; without any, of one page
    of each type. Which pages they are."""
    pages = list(pages) or types(site)
    for path in pages:
        file = Path(path if path.endswith(".html") else f"{path}index.html")
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / file, copy / file)
    for file in site.rglob("*"):
        known = file.suffix in (".css", ".js", ".svg", ".png", ".json", ".woff2", ".map")
        if known and "schemas" not in file.parts and file.name != "policy.json":
            target = copy / file.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    squeeze(copy)
    return pages


def weigh(
    browser: Browser,
    folder: Path,
    path: str,
    *,
    width: int = 390,
    slower: int = 1,
    guarded: bool = True,
) -> Weight:
    """The first view of a page in a browser that knows nothing yet, until it asks for no more.

    What it asks of other sites is counted and never sent.
    """
    with hosted(folder, guarded=guarded) as (home, sent):
        context = browser.new_context(viewport={"width": width, "height": 800})
        others: list[str] = []

        def refused(route: Route) -> None:
            others.append(route.request.url)
            route.abort()

        context.route(lambda url: not url.startswith((home, "data:", "blob:")), refused)
        page = context.new_page()
        page.add_init_script(WATCH)
        script = _visited(page, home + path, slower)
        shift = page.evaluate("window.moved")
        context.close()
    return Weight(path, sent, others, shift, script)


def settled(runs: Iterable[Weight]) -> Weight:
    """The first of some views of a page, with the least shift and the median of the seconds.

    A busy machine paints a page of which half has arrived: what moves then moves once. What a page
    moves by itself moves each time.
    """
    found = list(runs)
    least = min(one.shift for one in found)
    return found[0]._replace(shift=least, script=median(one.script for one in found))


def _visited(page: Page, address: str, slower: int) -> float:
    """Seconds of script that a page took."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    session.send("Performance.enable")
    page.goto(address, wait_until="networkidle")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"])
