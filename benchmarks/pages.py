"""What a first view weighs, beside a default Material site of the same Markdown; and nginx serving
the biggest page as `docs/how-to/hosting.md` says, beside an equal plain file.

    python benchmarks/pages.py

nginx is asked by wrk; without either of them there is no figure, and the row says so.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402
from tests.browser.weight import SLOWER, Weight, compressed, settled, weigh  # noqa: E402
from tests.conftest import BROWSER_ARGS, found_browser  # noqa: E402

RUNS = 3
BIGGEST = "everything/"


class Figure(NamedTuple):
    """A figure of ours and of the yardstick; None is what could not be measured, and `kept` is no
    pass then: nothing was compared."""

    name: str
    ours: float | None
    theirs: float | None
    limit: float
    unit: str = ""

    @property
    def kept(self) -> bool:
        return self.ours is None or self.ours <= self.limit

    def __str__(self) -> str:
        if self.ours is None:
            return f"---- {self.name:52} not measured: no nginx or no wrk on PATH"
        said = "ok  " if self.kept else "OVER"
        theirs = "-" if self.theirs is None else f"{self.theirs:,.4g}"
        if self.unit == "bytes" and self.theirs is not None:
            return (
                f"{said} {self.name:52} {self.ours:12,.0f} {self.theirs:12,.0f}"
                f"        (limit {self.limit:,.0f} {self.unit})"
            )
        return (
            f"{said} {self.name:52} {self.ours:12,.4g} {theirs:>12}"
            f"        (limit {self.limit:,g} {self.unit})".rstrip()
        )


def run(site: Path, work: Path) -> list[Figure]:
    """The rows, of a built site and the tree that it was made of."""
    return [*views(site, work), served(site, work)]


def views(site: Path, work: Path) -> list[Figure]:
    """The heaviest of all types of page: bytes, requests, shift, script on a slow processor."""
    other = _material(work)
    ours, theirs = work / "light", work / "material-light"
    for copy in (ours, theirs):
        shutil.rmtree(copy, ignore_errors=True)
    pages = compressed(site, ours)
    compressed(other, theirs, pages)
    mine, default = _weighed(ours, pages, True), _weighed(theirs, pages, False)

    def row(name: str, what: str, limit: float, unit: str) -> Figure:
        most = [max(getattr(one, what) for one in each) for each in (mine, default)]
        return Figure(f"first view, {name}: the most of {len(pages)} types", *most, limit, unit)

    return [
        row("over the wire", "wire", 120_000, "bytes"),
        row("asked for", "requests", 12, "requests"),
        row("layout shift", "shift", 0, ""),
        row(f"script, {SLOWER} times slower", "milliseconds", 100, "ms"),
    ]


def _weighed(folder: Path, pages: list[str], guarded: bool) -> list[Weight]:
    """Each page on a phone, with the median of its seconds of script in some runs."""
    executable = found_browser()
    if executable is None:
        sys.exit("no browser is installed: Chromium or Chrome")
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_ARGS))
        for path in pages:
            runs = (
                weigh(browser, folder, path, slower=SLOWER, guarded=guarded) for _ in range(RUNS)
            )
            found.append(settled(runs))
        browser.close()
    return found


def _material(work: Path) -> Path:
    """The same Markdown as a Material site that nobody has set anything of."""
    out, config = work / "material", work / "material.yml"
    shutil.rmtree(out, ignore_errors=True)
    docs = str(ROOT / "build" / "en" / "docs")
    settings = {"site_name": "x", "docs_dir": docs, "site_dir": str(out)}
    config.write_text(json.dumps({**settings, "theme": {"name": "material"}}), "utf-8")
    program = ROOT / ".venv" / "bin" / "mkdocs"
    command = ["env", "NO_MKDOCS_2_WARNING=1", program, "build", "-q", "-f", config]
    subprocess.run(command, check=True, capture_output=True)
    return out


def served(site: Path, work: Path) -> Figure:
    """Requests a second of a plain file of the same bytes, over those of the biggest page."""
    name = f"nginx, requests/s: an equal plain file / {BIGGEST}"
    if not shutil.which("nginx") or not shutil.which("wrk"):
        return Figure(name, None, None, 1.1)
    folder = work / "nginx"
    shutil.rmtree(folder, ignore_errors=True)
    page = folder / "site" / BIGGEST
    page.mkdir(parents=True)
    compressed_page = work / "light" / BIGGEST / "index.html.gz"
    shutil.copy(site / BIGGEST / "index.html", page)
    shutil.copy(compressed_page, page)
    (folder / "plain").mkdir()
    shutil.copy(compressed_page, folder / "plain" / "file.bin")
    with _nginx(folder) as (ours, plain):
        addresses = (f"http://127.0.0.1:{ours}/{BIGGEST}", f"http://127.0.0.1:{plain}/file.bin")
        taken = [[_asked(address) for address in addresses] for _ in range(2 * RUNS + 1)]
    mine, theirs = (statistics.median(each) for each in zip(*taken, strict=True))
    print(f"     nginx: {mine:,.0f} requests/s of {BIGGEST}, {theirs:,.0f} of a plain file")
    return Figure(name, theirs / mine, 1.0, 1.1, "times")


@contextmanager
def _nginx(folder: Path) -> Iterator[tuple[int, int]]:
    """The ports of two servers: one as the docs say, one of plain files."""
    text = (ROOT / "docs" / "how-to" / "hosting.md").read_text("utf-8")
    (said,) = re.findall(r"```nginx\n(.*?)```", text, re.S)
    ports = [_free() for _ in range(2)]
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"""daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; {temporary}
  types {{ text/html html; text/css css; text/javascript js; }}
  server {{ listen 127.0.0.1:{ports[0]}; {said.replace("/srv/site", f"{folder}/site")} }}
  server {{ listen 127.0.0.1:{ports[1]}; root {folder}/plain; }}
}}
""",
        "utf-8",
    )
    command = ["nginx", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "errors"]
    with subprocess.Popen(command) as server:
        try:
            time.sleep(1)
            assert server.poll() is None, (folder / "errors").read_text("utf-8")
            yield ports[0], ports[1]
        finally:
            server.terminate()


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _asked(address: str) -> float:
    """Requests a second that a server answered in two seconds, all of them well."""
    command = ["wrk", "-t1", "-c16", "-d2s", "-H", "Accept-Encoding: gzip", address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in told and "Socket errors" not in told, told
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert found, told
    return float(found[1])


if __name__ == "__main__":
    for row in run(ROOT / "site", ROOT / "build" / "bench"):
        print(row)
