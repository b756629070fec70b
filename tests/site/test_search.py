"""The search index: what is in it, and under which words."""

import json
import re
from pathlib import Path

import yaml

from aboveboard.load import load_project
from aboveboard.site import sources
from aboveboard.site.book import make
from aboveboard.site.search import asked, synonyms
from aboveboard.site.search.index import SNIPPET, index
from aboveboard.site.search.synonyms import beside
from aboveboard.site.search.wordings import WORDINGS

from . import projects

ROW = 7
QUERIES = Path(__file__).parents[1] / "browser" / "queries.yml"
WORDS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """The words of a text, so that two spellings of one wording are the same."""
    return " ".join(WORDS.findall(text.casefold()))


def rows(site: Path) -> dict[str, list[str]]:
    """The index of a built site, by address."""
    (file,) = (site / "assets").glob("search.*.json")
    return {row[0]: row for row in json.loads(file.read_text("utf-8"))}


def test_every_row_leads_to_a_page_and_its_part(demo_site: Path) -> None:
    found = rows(demo_site)
    assert len(found) > 60
    for address, row in found.items():
        path, _, part = address.partition("#")
        page = (demo_site / path / "index.html").read_text("utf-8")
        assert len(row) == ROW and row[1] and row[2]
        assert f'id="{part}"' in page or not part, address


def test_what_is_shown_of_a_row_stands_on_its_page_and_is_short(demo_site: Path) -> None:
    for address, row in rows(demo_site).items():
        assert len(row[2]) <= SNIPPET + 1
        if "#" in address:
            page = projects.prose((demo_site / address.split("#")[0] / "index.html").read_text())
            assert " ".join(row[2].rstrip("…").split())[:40] in page, address


def test_words_of_the_same_meaning_find_it_and_its_own_are_not_repeated() -> None:
    near = beside("Is my voice recorded?")
    assert {"audio", "microphone"} <= set(near) and "voice" not in near
    assert beside("zzz qqq") == []


def test_a_hand_written_page_is_found_without_its_markup(tmp_path: Path) -> None:
    text = b"---\ntitle: x\n---\n\n# Our *story*\n\nWe began [here](https://a.b) in `2019`.\n"
    book = make(load_project(projects.write(tmp_path), projects.DAY))
    row = json.loads(index(book, [], {"more/story.md": text}))[-1]
    assert row[:3] == ["more/story/", "Our story", "We began here in 2019 ."]


def test_the_scripts_of_others_are_those_that_we_name() -> None:
    folder = sources.THEME / "vendor"
    told = set(re.findall(r"`([\w.-]+\.js)`", (folder / "README.md").read_text("utf-8")))
    assert told == {file.name for file in folder.glob("*.js")}
    pinned = json.loads(Path("requirements/search-engine/package-lock.json").read_text("utf-8"))
    for name in told:
        library, version = name.removesuffix(".min.js").rsplit("-", 1)
        assert pinned["packages"][f"node_modules/{library}"]["version"] == version


def wordings(site: Path) -> set[str]:
    """Each title, wording and line of synonyms that the index is made of."""
    made = {text for row in rows(site).values() for text in (row[1], *row[3].split("\n"))}
    lines = synonyms._FILE.read_text("utf-8").splitlines()
    listed = {
        text
        for table in (asked.PAGES, asked.PURPOSES, WORDINGS)
        for found in table.values()
        for text in found
    }
    return {plain(text) for text in (*made, *lines, *listed)}


def test_no_query_of_those_that_measure_the_search_is_copied_into_it(demo_site: Path) -> None:
    """None is a wording, and none of more than two words is a part of one."""
    found = wordings(demo_site)
    asked_ = [plain(each["query"]) for each in yaml.safe_load(QUERIES.read_text("utf-8"))]
    assert len(asked_) >= 120 and len(found) > 400
    assert [query for query in asked_ if query in found] == []
    long = [query for query in asked_ if len(query.split()) > 2]
    assert [(q, w) for q in long for w in found if f" {q} " in f" {w} "] == []
