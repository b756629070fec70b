"""All 42 questions stand on the built site, at addresses that never change, with an answer."""

import html
from pathlib import Path

import pytest
from tests.answers.test_all_questions import FORTY_TWO

from aboveboard.commands.build import build

from . import projects
from .projects import Reader


@pytest.fixture(scope="module")
def pages(demo_site: Path) -> dict[str, Reader]:
    return projects.pages(demo_site)


@pytest.mark.parametrize(("group", "id_"), FORTY_TWO)
def test_a_question_has_its_permanent_address(
    group: str, id_: str, pages: dict[str, Reader]
) -> None:
    page = pages[f"questions/{group}/index.html"]
    assert id_ in page.ids
    assert f"#{id_}" in page.links()
    assert f"{group}/#{id_}" in pages["questions/index.html"].links()


def test_the_demo_answers_them_all(pages: dict[str, Reader]) -> None:
    for group in dict(FORTY_TWO):
        assert "We do not say yet" not in pages[f"questions/{group}/index.html"].words


OWN = """\
questions:
  our-backups:
    ask: Do backups <b>stay</b>?
    group: how-long-and-my-rights
    paraphrases: [backup]
    about: [how-long, uses/train]
    answer: "{{ data.notes.name }} stays {{ retention.set.keep }}. <b>Bold</b> **words** {x}."
  rating: {left-out: "nobody can <i>rate</i> here"}
"""
PAGE = """\
---
title: More
facts: true
---

# More

Kept for **{{ retention.notes.keep }}**, by {{ policy.service }}.

{% for copy in copies %}
- {{ copy.name }}
{% endfor %}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with questions of its own, and hand-written pages with and without facts."""
    root = tmp_path_factory.mktemp("own")
    policy = projects.POLICY.replace("service: Notewise", 'service: "Note *wise* <b>"')
    projects.write(root, policy=policy, questions=OWN)
    (root / "docs").mkdir()
    (root / "docs/more.md").write_text(PAGE)
    (root / "docs/typed.md").write_text(PAGE.replace("facts: true", "note: none"))
    return projects.built(root)


def test_a_question_of_ones_own_stands_on_the_site(own: Path) -> None:
    page = (own / "questions/how-long-and-my-rights/index.html").read_text("utf-8")
    words = projects.pages(own)["questions/how-long-and-my-rights/index.html"].words
    assert 'id="our-backups"' in page
    assert "What you write in notes stays 1 year." in words
    assert "<b>Bold</b>" not in page and "<b>stay</b>" not in page
    assert "<b>Bold</b> **words** {x}." in words


def test_what_is_left_out_is_listed_with_its_reason(own: Path) -> None:
    found = projects.pages(own)
    assert "rating" not in found["questions/my-choices/index.html"].ids
    for page in ("questions/index.html", "a-z/index.html"):
        assert "Nobody can <i>rate</i> here." in found[page].words


def test_facts_stand_in_pages_that_ask_for_them_as_inert_text(own: Path) -> None:
    page = html.unescape((own / "more/index.html").read_text("utf-8"))
    assert "Kept for <strong>1 year</strong>, by Note *wise* <b>." in page
    assert "our servers" in page and "the training set" in page
    assert "{{ policy.service }}" in (own / "typed/index.html").read_text("utf-8")


def test_a_page_that_names_no_fact_stops_the_build(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    (root / "docs").mkdir()
    (root / "docs/more.md").write_text(PAGE.replace("notes.keep", "notse.keep"))
    assert build(root, as_of=projects.DAY, draft=False) == 1
    assert not (root / "site").exists()
