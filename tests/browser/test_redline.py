"""The redline opens from an e-mail: without a request, at any width, in light and dark, on paper."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..reporters.test_redline import document
from ..site.vectors import VECTORS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONG = "We keep what you write in chats 30 days, and " + "averyveryverylongword" * 6


def opened(browser: "Browser", text: str, folder: Path, width: int, **options: str) -> "Page":
    """The document as a file, which is all that a reader has; a request fails the test."""
    file = folder / "redline.html"
    file.write_text(text, "utf-8")
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: asked.append(said.text))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    return page


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_page(
    browser: "Browser", tmp_path: Path, width: int, scheme: str
) -> None:
    page = opened(browser, document(LONG), tmp_path, width, color_scheme=scheme)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    lines = "e => getComputedStyle(document.querySelector(e)).textDecorationLine"
    assert page.evaluate(lines, "del") == "line-through"  # not by colour alone
    assert page.evaluate(lines, "ins") == "underline"
    page.context.close()


def test_on_paper_it_is_light_and_words_keep_their_marks(
    browser: "Browser", tmp_path: Path
) -> None:
    page = opened(browser, document(LONG), tmp_path, 1280, color_scheme="dark")
    page.emulate_media(media="print")

    style = "e => getComputedStyle(document.querySelector(e))"
    assert page.evaluate(f"({style})('body').backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"({style})('del').textDecorationLine") == "line-through"
    assert page.evaluate(f"({style})('ins').textDecorationLine") == "underline"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    page.context.close()


def test_hostile_words_run_nothing(browser: "Browser", tmp_path: Path) -> None:
    page = opened(browser, document("\n\n".join(VECTORS)), tmp_path, 1280)
    assert page.evaluate("window.pwned") is None
    page.context.close()
