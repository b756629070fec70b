"""Hostile text in every field: files for programs parse, and no page holds a tag or handler of it."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import markdown
from tests.policy.test_texts import every_text

from aboveboard.site.text import clean

from . import hostile, projects
from .test_machines import faults, linked_data, policy_json

MADE_OF_TEXT = ("h1", "h2", "p", "ul", "li", "a", "blockquote")


def test_every_text_of_the_language_is_attacked() -> None:
    assert {text for _, text in hostile.free()} | {*hostile.CLOSED} == every_text()
    assert hostile.CLOSED.keys() <= every_text() >= hostile.NOT_SHOWN


def test_it_becomes_no_script_no_handler_and_no_tag(hostile_site: Path) -> None:
    projects.assert_harmless(hostile_site)


def test_titles_too(hostile_site: Path) -> None:
    use = (hostile_site / "uses" / "train" / "index.html").read_text("utf-8")
    title = re.search(r"<title>(.*?)</title>", use, re.DOTALL)
    assert title and "<" not in title[1]
    attack = dict(zip(hostile.free(), hostile.attacks(), strict=True))
    typed = clean(attack[("uses", "train", "name"), "uses.name"])
    assert typed.casefold() in unescape(title[1]).casefold()


def test_what_programs_read_says_it_as_typed(hostile_site: Path) -> None:
    facts = policy_json(hostile_site)
    assert faults(facts) == []
    attacks = dict(zip((path for path, _ in hostile.free()), hostile.attacks(), strict=True))
    assert facts["policy"]["data"]["notes"]["name"] == attacks["data", "notes", "name"]
    json.loads((hostile_site / "dpv.jsonld").read_text("utf-8"))
    (index,) = (hostile_site / "assets").glob("search.*.json")
    json.loads(index.read_text("utf-8"))
    (home,) = linked_data((hostile_site / "index.html").read_text("utf-8"))
    name = attacks["policy", "controllers", 0, "name"]
    assert home["@graph"][0]["name"] == clean(name)


def test_data_for_search_engines_parses_on_every_page(hostile_site: Path) -> None:
    asked = []
    for page in hostile_site.rglob("*.html"):
        for data in linked_data(page.read_text("utf-8")):
            asked += [question["name"] for question in data.get("mainEntity", ())]
    attacks = {
        text: typed for (_, text), typed in zip(hostile.free(), hostile.attacks(), strict=True)
    }
    assert clean(attacks["questions.ask"]) in asked and len(asked) > 20


def test_the_text_for_models_holds_no_link_and_no_html_of_it(hostile_site: Path) -> None:
    text = (hostile_site / "llms.txt").read_text("utf-8")
    page = projects.Reader(markdown.markdown(text))
    assert {tag for tag, _ in page.tags} <= {*MADE_OF_TEXT}
    assert len(page.links()) > 20
    assert all(re.fullmatch(r"policy\.json|questions/[a-z-]+/#[a-z-]+", a) for a in page.links())


def test_pictures_are_whole(hostile_site: Path) -> None:
    found = [one for page in hostile_site.rglob("*.html") for one in pictures(page)]
    assert len(found) >= 3 and any("xlink:href" in "".join(one.itertext()) for one in found)


def pictures(page: Path) -> Iterator[ElementTree.Element]:
    """Each outermost picture of a page, which has to be XML too."""
    depth, start, html = 0, 0, page.read_text("utf-8")
    for tag in re.finditer(r"<svg\b|</svg>", html):
        if not depth:
            start = tag.start()
        depth += 1 if tag[0] == "<svg" else -1
        if not depth:
            yield ElementTree.fromstring(html[start : tag.end()])
