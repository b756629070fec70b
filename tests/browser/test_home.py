"""The first screen of a phone: the three answers and the day they were compared, all of them."""

from typing import TYPE_CHECKING

import pytest

from .conftest import visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HIGH = 664  # pixels that a phone of 390 x 844 leaves to a page
ENDS = """() => [...document.querySelectorAll('.ab-hero h1, .ab-hero > .ab-scope time, .ab-lead')].map(e => {
  const box = e.getBoundingClientRect();
  return [e.textContent.trim().slice(0, 20), box.top, box.bottom];
})"""


@pytest.mark.parametrize(("width", "answers"), [(390, 3), (320, 2)])
def test_the_answers_are_in_the_first_screen(
    browser: "Browser", demo: str, width: int, answers: int
) -> None:
    with visiting(browser, demo, width=width) as visit:
        visit.page.set_viewport_size({"width": width, "height": HIGH})
        visit.open()
        title, compared, *leads = visit.page.evaluate(ENDS)
        assert len(leads) == 3
        for what, top, bottom in (title, compared, *leads[:answers]):
            assert 0 <= top < bottom <= HIGH, f"'{what}' ends at {bottom}"
        told = visit.page.locator(".ab-hero").inner_text()
        assert "What is used?" in told and "Compared " in told and "Stated" in told
