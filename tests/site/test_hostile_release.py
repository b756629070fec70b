"""Text of a release is data, whoever forged it: pages of the past, the change log, comparisons."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import served, visiting
from tests.review import releases

from aboveboard.commands.build import build
from aboveboard.review.releases import form
from aboveboard.site.text import clean

from . import projects
from .vectors import VECTORS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CLOSED = {"kind", "follows"}  # what a loader takes only as it is


def harmed(node: Any, count: list[int]) -> Any:
    """The same with an attack in each text, after a mark of its own."""
    if isinstance(node, dict):
        return {k: v if k in CLOSED else harmed(v, count) for k, v in node.items()}
    if isinstance(node, list):
        return [harmed(part, count) for part in node]
    if not isinstance(node, str):
        return node
    count[0] += 1
    return f"zz{count[0]}zz {VECTORS[count[0] % len(VECTORS)]}"


def forged(content: dict[str, Any]) -> None:
    count = [0]
    content["text"] = harmed(content["text"], count)
    content["head"]["note"] = harmed("", count)
    for entity in (content["policy"]["data"]["notes"], content["policy"]["copies"]["servers"]):
        entity["name"] = harmed("", count)
    assert count[0] > 500


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project whose first and second release are forged, and sealed again."""
    root = releases.three(tmp_path_factory.mktemp("forged"))
    previous = ""
    for version in releases.DAYS:
        file = releases.file(root, version)
        if version != "1.2.0":
            releases.reseal(file, forged)
        releases.reseal(file, lambda c, p=previous: c["head"].update(previous=p))
        previous = form.claimed(file.read_bytes())
    assert build(root, as_of=date(2026, 12, 5)) == 0
    return root / "site"


def test_it_becomes_no_script_and_no_tag(site: Path) -> None:
    projects.assert_harmless(site)


def test_it_is_shown_as_typed(site: Path) -> None:
    pages = projects.pages(site)
    for path, least in (
        ("versions/1.0.0/index.html", 300),
        ("changes/index.html", 2),
        ("compare/1.0.0/1.2.0/index.html", 2),
    ):
        shown = re.sub(r"\s", "", pages[path].words)
        marks = re.findall(r"zz(\d+)zz", shown, re.IGNORECASE)
        assert len(set(marks)) >= least, (path, len(set(marks)))
        for mark in set(marks):
            typed = re.sub(r"\s", "", clean(VECTORS[int(mark) % len(VECTORS)]))
            assert f"zz{mark}zz{typed}".casefold() in shown.casefold(), (path, mark)


def test_ids_and_addresses_stay_ours(site: Path) -> None:
    page = projects.pages(site)["versions/1.0.0/index.html"]

    assert all(re.fullmatch(r"[a-z0-9._-]+", id_) for id_ in page.ids)
    assert not [link for link in page.links() if "zz" in link]


@pytest.mark.browser
def test_no_script_of_a_release_runs(browser: Browser, site: Path) -> None:
    with served(site) as home, visiting(browser, home) as visit:
        for path in ("changes/", "versions/1.0.0/", "versions/1.1.0/", "compare/1.0.0/1.2.0/", ""):
            visit.open(path)
            assert visit.page.evaluate("window.pwned") is None, path
        visit.assert_kept_to_itself()
