"""Built sites on a local address, and pages that record what they ask for."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ..site import hostile, projects

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder while it is served."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's site."""
    return projects.shared(tmp_path_factory, "demo", projects.built_demo) / "site"


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Iterator[str]:
    """The address of the demo's site."""
    with served(demo_folder) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project with hostile text in every field."""
    return projects.shared(tmp_path_factory, "hostile", hostile.built) / "site"


@dataclass
class Visit:
    """A page of a browser, with every request and every fault that it had."""

    page: "Page"
    home: str
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str = "", *, idle: bool = False) -> None:
        """Opens a page; `idle` waits for its scripts and what they load too."""
        self.page.goto(self.home + path, wait_until="networkidle" if idle else "load")

    def assert_kept_to_itself(self) -> None:
        """Nothing was asked of another origin, nothing failed, no cookie was set."""
        local = (self.home, "data:", "blob:")
        assert self.requests and not [r for r in self.requests if not r.startswith(local)]
        assert not self.faults
        assert not self.page.context.cookies()


@contextmanager
def visiting(browser: "Browser", home: str, **options: Any) -> Iterator[Visit]:
    """A fresh browser on a site; `options` are those of a context, such as its width."""
    width = options.pop("width", 1280)
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    visit = Visit(page, home)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("pageerror", lambda error: visit.faults.append(str(error)))
    page.on("console", lambda said: visit.faults.extend([said.text] * (said.type == "error")))
    yield visit
    context.close()
