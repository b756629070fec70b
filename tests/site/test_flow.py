"""The pipeline as the site draws it: public names and no others, and the same in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aboveboard.load import load_project
from aboveboard.site.book import Book, make
from aboveboard.site.pictures.flow import KEPT, OTHERS, WORK, flow, public

from . import projects


@pytest.fixture(scope="module")
def book() -> Book:
    return make(load_project(projects.ROOT, projects.DAY))


def lines(book: Book) -> set[tuple[str, str]]:
    drawn = public(book)
    titles = {box.id: box.title for box in drawn.boxes}
    return {(titles[line.start], titles[line.end]) for line in drawn.lines}


def test_the_ways_are_those_of_the_pipeline(book: Book) -> None:
    found = lines(book)

    assert {
        ("Your chat history", "The export for training"),
        ("The export for training", "Delete the account number"),
        ("Remove chats that repeat", "The training sets"),
        ("Count people in groups", "Our usage statistics"),
        ("Replace e-mail addresses in error messages", "Example Watch"),
    } <= found
    assert ("Your chat history", "Our usage statistics") not in found
    assert ("The export for training", "The training sets") not in found


def test_nothing_has_a_name_that_is_not_public(book: Book) -> None:
    policy, drawn = book.project.policy, public(book)
    names = [c.name for c in policy.copies.values()] + [s.name for s in policy.steps.values()]
    names += [r.name.partition(",")[0] for r in policy.recipients.values()]

    assert {box.title.lower() for box in drawn.boxes} <= {name.lower() for name in names}
    assert {box.note for box in drawn.boxes} == {KEPT, WORK, OTHERS}
    private = ("s3://", "exports.", "app.", "chats/", "collector", "pii_", ".parquet")
    assert not [text for text in private if text in flow(book).picture]


def test_a_step_that_is_only_stated_has_a_broken_edge(book: Book) -> None:
    shapes = {box.title: box.shape for box in public(book).boxes}

    assert shapes["Take your account number off search words"] == "opaque"
    assert shapes["Count people in groups"] == "step"


def test_it_says_the_same_in_words(book: Book) -> None:
    drawn = flow(book)

    assert drawn.finding == (
        "Data lies in 9 places of ours, goes through 8 steps, and reaches 3 others."
    )
    assert {(title, end) for title, _, ends in drawn.ways for end in ends} == lines(book)
    told = " ".join(re.findall(r"<desc[^>]*>(.*?)</desc>", drawn.picture))
    assert all(title in told for title, _, _ in drawn.ways)
    assert drawn.picture.count('role="img"') == 2  # two parts that no line joins
    assert len(re.findall(r'id="([^"]+)"', drawn.picture)) == len(
        set(re.findall(r'id="([^"]+)"', drawn.picture))
    )


def test_no_picture_where_nothing_has_a_public_name(tmp_path: Path) -> None:
    root = projects.write(tmp_path, bindings="bindings: {files: pipeline/*.yml}\n")

    assert flow(make(load_project(root, projects.DAY))).picture == ""
