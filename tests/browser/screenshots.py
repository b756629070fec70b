"""`make screenshots`: every type of page at three widths in both schemes, and a sheet of them all."""

from __future__ import annotations

import html
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from ..conftest import BROWSER_ARGS, found_browser
from .conftest import Visit, served, visiting
from .types import types

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect

WIDTHS = (320, 390, 1280)
SCHEMES = ("light", "dark")
TALLEST = 8000  # pixels; what is below looks like what is above
STATES = {"menu": ".ab-menu summary", "search": "#ab-search-open"}  # opened on the home page
STYLE = """body{font:14px sans-serif;margin:1rem;background:#888}h2{margin:2rem 0 .5rem}
div{display:flex;gap:.5rem;align-items:start}figure{margin:0}figcaption{font-size:12px}
img{display:block;width:auto;height:auto;max-height:600px;max-width:46vw}"""


def main(site: Path, out: Path) -> None:
    """Writes a picture a page, width and scheme, and `index.html` that shows them side by side."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    made: dict[str, list[str]] = {}
    executable = found_browser()
    if executable is None:
        sys.exit("no browser is installed: Chromium or Chrome")
    with sync_playwright() as playwright, served(site) as home:
        browser = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_ARGS))
        for width in WIDTHS:
            for scheme in SCHEMES:
                for name, file in _pictures(browser, home, site, out, width, scheme):
                    made.setdefault(name, []).append(file)
        browser.close()
    (out / "index.html").write_text(_sheet(made), "utf-8")
    print(f"{sum(map(len, made.values()))} pictures of {len(made)} pages: {out / 'index.html'}")


def _pictures(
    browser: Browser, home: str, site: Path, out: Path, width: int, scheme: str
) -> Iterator[tuple[str, str]]:
    with visiting(browser, home, width=width, color_scheme=scheme) as visit:
        for path in types(site):
            visit.open(path)
            yield _taken(visit, path.strip("/") or "home", out, f"{width}-{scheme}")
        for state, opener in STATES.items():
            visit.open()
            if visit.page.locator(opener).is_visible():
                visit.page.locator(opener).click()
                yield _taken(visit, f"home, {state} open", out, f"{width}-{scheme}", whole=False)


def _taken(
    visit: Visit, name: str, out: Path, suffix: str, *, whole: bool = True
) -> tuple[str, str]:
    file = f"{name.replace('/', '-').replace(', ', '-').replace(' ', '-')}-{suffix}.png"
    high = visit.page.evaluate("document.documentElement.scrollHeight") if whole else 800
    wide = visit.page.viewport_size["width"] if visit.page.viewport_size else 0
    box: FloatRect = {"x": 0, "y": 0, "width": wide, "height": min(high, TALLEST)}
    visit.page.screenshot(path=out / file, full_page=whole, clip=box)
    return name, file


def _sheet(made: dict[str, list[str]]) -> str:
    rows = "".join(
        f"<h2>{html.escape(name)}</h2><div>"
        + "".join(
            f'<figure><figcaption>{html.escape(file)}</figcaption><a href="{html.escape(file)}">'
            f'<img loading="lazy" src="{html.escape(file)}" alt=""></a></figure>'
            for file in files
        )
        + "</div>\n"
        for name, files in made.items()
    )
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Every type of page</title>'
    return f"{head}<style>{STYLE}</style>\n<h1>Every type of page</h1>\n{rows}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
