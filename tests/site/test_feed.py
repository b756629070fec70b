"""The feed of changes: valid Atom, with ids that stay, whatever stands in a release."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree as xml

import feedparser  # type: ignore[import-untyped]
import pytest
from tests.review import releases

from aboveboard.load import load_project
from aboveboard.review.releases import form
from aboveboard.site.book import make
from aboveboard.site.machines.feed import ATOM, XHTML, file

from .vectors import VECTORS

DAY = date(2026, 12, 5)
NAMES = {"atom": ATOM, "html": XHTML}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return releases.three(tmp_path)


def feed(root: Path) -> str:
    text = file(make(load_project(root, DAY)))
    assert text is not None
    return text


def entries(text: str) -> dict[str, str]:
    """The id of each entry by its title."""
    found = xml.fromstring(text).findall("atom:entry", NAMES)
    return {e.findtext("atom:title", "", NAMES): e.findtext("atom:id", "", NAMES) for e in found}


def assert_atom(text: str) -> None:
    """What RFC 4287 asks of a feed and its entries."""
    top = xml.fromstring(text)
    assert top.tag == f"{{{ATOM}}}feed"
    for element in (top, *top.findall("atom:entry", NAMES)):
        for once in ("id", "title", "updated"):
            assert len(element.findall(f"atom:{once}", NAMES)) == 1, once
        assert re.fullmatch(
            r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", _of(element, "id")
        )
        for name in ("updated", "published"):
            for moment in element.findall(f"atom:{name}", NAMES):
                assert datetime.fromisoformat(moment.text or "").tzinfo is not None
        links = [
            (link.get("rel"), link.get("href")) for link in element.findall("atom:link", NAMES)
        ]
        assert len(links) == len(set(links)) and all(href for _, href in links)
    assert [a.findtext("atom:name", "", NAMES) for a in top.findall("atom:author", NAMES)]
    assert "self" in [link.get("rel") for link in top.findall("atom:link", NAMES)]
    ids = [_of(e, "id") for e in (top, *top.findall("atom:entry", NAMES))]
    assert len(ids) == len(set(ids))
    for content in top.findall("atom:entry/atom:content", NAMES):
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == [f"{{{XHTML}}}div"]


def _of(element: xml.Element, name: str) -> str:
    return element.findtext(f"atom:{name}", "", NAMES)


def test_it_is_atom(root: Path) -> None:
    text = feed(root)

    assert_atom(text)
    read = feedparser.parse(text.encode())
    assert not read.bozo and read.version == "atom10"
    assert [e.title for e in read.entries] == ["Version 1.2.0", "Version 1.1.0", "Version 1.0.0"]
    assert read.feed.updated == "2026-12-01T00:00:00Z"
    assert read.entries[0].link == "versions/1.2.0/"
    assert "6 months, before 1 year." in read.entries[1].content[0].value


def test_ids_stay_when_more_is_released_and_the_site_moves(root: Path) -> None:
    before = entries(feed(root))
    releases.set_version(root, "1.3.0")
    releases.set_effective(root, DAY)
    releases.rewrite(root / "policy_data/policy.yml", r"service: \S+", "service: Renamed")
    assert releases.release(root, DAY)[1] == 0
    after = entries(feed(root))

    assert after.items() > before.items() and "Version 1.3.0" in after


def test_a_history_that_was_written_anew_is_new_to_every_reader(root: Path) -> None:
    before = entries(feed(root))
    previous = ""
    for version in ("1.0.0", "1.1.0", "1.2.0"):
        path = releases.file(root, version)
        releases.reseal(path, lambda c, p=previous: c["head"].update(note="Other.", previous=p))
        previous = form.claimed(path.read_bytes())

    assert not {*before.values()} & {*entries(feed(root)).values()}


@pytest.mark.parametrize("attack", [" ".join(VECTORS[n::8]) for n in range(8)])
def test_hostile_text_in_a_release_is_text(root: Path, attack: str) -> None:
    path = releases.file(root, "1.2.0")
    releases.reseal(path, lambda c: c["head"].update(note=f"{attack}\ufffe\x00"))

    text = feed(root)

    assert_atom(text)
    tags = {element.tag for element in xml.fromstring(text).iter()}
    assert {tag.partition("}")[2] for tag in tags if tag.startswith(f"{{{XHTML}}}")} <= {
        "div",
        "p",
        "ul",
        "li",
    }
    assert not feedparser.parse(text.encode()).bozo
