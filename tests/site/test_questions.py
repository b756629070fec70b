"""All 42 questions stand on the built site, at addresses that never change, with an answer."""

from pathlib import Path

import pytest
from tests.answers.test_all_questions import FORTY_TWO

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
