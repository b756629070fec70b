"""Pictures of the policy: they show what the answers say, and tell it to those who cannot see."""

import re
from pathlib import Path

import pytest

from aboveboard.answers import keeping
from aboveboard.answers.facts import Facts
from aboveboard.load import load_project
from aboveboard.site.book import Book, make
from aboveboard.site.pictures.keeping import FURTHEST, LETTERS, _percent, timeline
from aboveboard.site.pictures.seeing import MARKS, matrix
from aboveboard.site.pictures.svg import At, Svg, wrapped

from . import projects


@pytest.fixture(scope="module")
def book() -> Book:
    return make(load_project(projects.ROOT, projects.DAY))


def test_each_time_to_keep_has_a_bar_with_its_words(book: Book) -> None:
    facts, drawn = Facts.of(book.project), timeline(book)
    rows = book.project.policy.retention
    assert drawn.picture.count(' end"') == len(rows) > 8
    said = projects.prose(drawn.picture.split("<desc")[1].split("</desc>")[0])
    shown = projects.prose(drawn.picture.split("</desc>")[1])
    for id_, row in rows.items():
        words = keeping.keep_words(row, facts)
        assert words in shown and words in said
        assert facts.name("copies", row.copy_)[1:] in said, id_


def test_the_finding_counts_what_has_no_last_day(book: Book) -> None:
    assert timeline(book).finding == "The longest time is 5 years. Two copies have no last day."


def test_the_form_of_a_bar_is_its_verdict(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'class="bar declared"' in timeline(book).picture
    monkeypatch.setattr(type(book.project.proof), "verdict", lambda *_: "proved")
    assert 'class="bar declared"' not in timeline(book).picture


def test_a_longer_time_stands_further_on_the_scale() -> None:
    places = [_percent(days) for days in (0, 0.04, 1, 30, 365, 3650, FURTHEST, FURTHEST * 9)]
    assert places == sorted(places) and places[0] == 0 and places[-1] == 100


def test_the_matrix_shows_who_gets_what(book: Book) -> None:
    found = matrix(book)
    shown = {
        (row.name.text, name): sentence.text
        for row in found.rows
        for name, (_, sentence) in zip(found.head, row.cells, strict=True)
    }
    reviewers = next(name for name in found.head if "reviewers" in name)
    cloud = next(name for name in found.head if "Cloud" in name)
    asked = "What you ask and write in chats"
    assert shown[asked, cloud] == MARKS["as-it-is"]
    assert shown[asked, reviewers] == MARKS["less-personal"]
    assert shown["Your name, e-mail address and account number", cloud] == MARKS["never"]
    assert len(found.rows) == len(book.project.policy.data)
    assert {words for words, _ in found.marks} == set(shown.values())
    desc = projects.prose(found.picture.split("<desc")[1].split("</desc>")[0])
    assert f"{asked}: " in desc and f"{reviewers}: made less personal first" in desc


def test_the_pages_have_the_picture_and_its_twin(demo_site: Path) -> None:
    for path in ("retention", "recipients"):
        page = (demo_site / path / "index.html").read_text("utf-8")
        (picture,) = re.findall(r'<svg class="ab-pic" .*?</svg></figure>', page, re.S)
        assert 'role="img"' in picture and "<title" in picture and "<desc" in picture
        for name in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', picture):
            assert page.count(f'id="{name}"') == 1
    assert "This picture as a table" in (demo_site / "recipients" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("words", ["", "a", "one two three " * 9, "x" * 200, "ab " + "y" * 99])
def test_words_are_cut_into_lines_and_none_is_lost(words: str) -> None:
    lines = wrapped(words, LETTERS)
    assert all(0 < len(line) <= LETTERS for line in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_text_in_a_picture_is_text() -> None:
    svg = Svg("x", '"><script>1</script>')
    svg.text(At(0, 0, 0), "<b onload=x>&amp;")
    made = svg.done("</desc><script>2</script>")
    assert "<script" not in made and "<b" not in made
    assert "&lt;b onload=x&gt;&amp;amp;" in made
