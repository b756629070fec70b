"""The manual is built strictly, keeps to itself, and leads nowhere that is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browser.conftest import served, visiting

from .blocks import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Prose, a table with the output of a terminal, and a rule with its examples.
PAGES = ("", "how-to/start/", "reference/rules/edited-release/")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_LOADS = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}


class Seen(HTMLParser):
    """What a page leads to, what it loads, and the anchors that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.anchors |= {said[name] for name in ("id", "name") if name in said}
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        if tag in _LOADS and _LOADS[tag] in said:
            self.loads.append(said[_LOADS[tag]])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the manual, which has to be built without a complaint."""
    out = tmp_path_factory.mktemp("manual") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "manual/mkdocs.yml", "-d"]
    done = subprocess.run(
        [*command, str(out)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and not done.stderr, done.stderr
    return out


@pytest.fixture(scope="module")
def manual(site: Path) -> dict[Path, Seen]:
    """Every page of the manual, by its file."""
    return {file: Seen(file.read_text("utf-8")) for file in site.rglob("*.html")}


def test_each_page_of_the_docs_is_there_but_the_one_of_the_demo(
    site: Path, manual: dict[Path, Seen]
) -> None:
    pages = [file.relative_to(ROOT / "docs") for file in (ROOT / "docs").rglob("*.md")]
    made = {
        str(site / (page.parent if page.stem == "index" else page.with_suffix("")) / "index.html")
        for page in pages
    }
    there = {str(file) for file in manual}
    assert len(pages) > 25 and made - there == {str(site / "about/index.html")}
    assert len(there) > len(made) + 80  # the rules


def test_links_lead_to_pages_and_places_that_are_there(manual: dict[Path, Seen]) -> None:
    wrong = []
    for file, page in manual.items():
        for link in (*page.links, *page.loads) if file.name != "404.html" else ():
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            known = manual[target].anchors if target in manual else {""}
            if not target.is_file() or unquote(parts.fragment) not in known:
                wrong.append(f"{file}: {link}")
    assert not wrong


def test_no_page_loads_anything_from_elsewhere(site: Path, manual: dict[Path, Seen]) -> None:
    loads = {load for page in manual.values() for load in page.loads}
    assert len(loads) > 5
    assert not [load for load in loads if urlsplit(load).netloc]
    for file in site.rglob("*.css"):
        assert "url(http" not in file.read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_pages_are_for_everybody_and_ask_nobody_else(
    browser: Browser, site: Path, width: int, scheme: Any
) -> None:
    wrong = []
    with served(site) as home, visiting(browser, home, width=width, color_scheme=scheme) as visit:
        for path in PAGES:
            visit.open(path)
            if visit.page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{path}: wider than the screen")
            found = Axe().run(visit.page, options=WCAG).response["violations"]
            wrong += [f"{path}: {fault['id']} {fault['nodes'][0]['html']}" for fault in found]
        visit.assert_kept_to_itself()
    assert not wrong, "\n".join(wrong)
