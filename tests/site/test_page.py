"""Addresses of pages, and links between them wherever the site lies."""

import pytest

from aboveboard.site.page import Page, relative


@pytest.mark.parametrize(
    ("here", "target", "link"),
    [
        ("", "", "./"),
        ("", "questions", "questions/"),
        ("questions", "", "../"),
        ("questions/a", "questions/b#c", "../b/#c"),
        ("questions/a", "questions/a#c", "#c"),
        ("questions", "questions/a", "a/"),
        ("controls/x", "data/y", "../../data/y/"),
    ],
)
def test_links_are_relative(here: str, target: str, link: str) -> None:
    assert relative(here, target) == link


def test_an_entity_called_index_has_an_address_of_its_own() -> None:
    files = {Page(path, "", "", "").file for path in ("data", "data/index", "data/readme", "")}
    assert files == {"data/index.md", "data/index/index.md", "data/readme/index.md", "index.md"}
