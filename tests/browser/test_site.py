"""The built site in a real browser: finding an answer, and everything that must not happen."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import visiting
from .types import types

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_from_a_question_to_the_steps_of_a_control(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        visit.open(idle=True)
        page = visit.page
        page.get_by_text("Search", exact=True).click()
        page.keyboard.type("Do you use what I type to train AI?", delay=20)
        first = page.locator("#ab-search li a").first
        first.wait_for()
        assert "train AI" in (first.locator("b").text_content() or "")
        first.click()
        page.wait_for_url("**/questions/**")
        answer = page.locator(f"section[aria-labelledby='{page.url.split('#')[1]}']")
        assert "train" in (answer.locator(".ab-short").text_content() or "")
        answer.locator(".ab-margin a[href*='controls/']").first.click()
        page.wait_for_url("**/controls/**")
        assert page.locator(".ab-steps li").first.is_visible()
        visit.assert_kept_to_itself()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_keeps_to_itself(
    browser: "Browser", demo: str, demo_folder: Path, width: int, scheme: str
) -> None:
    with visiting(browser, demo, width=width, color_scheme=scheme) as visit:
        for path in types(demo_folder):
            visit.open(path)
            over = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, f"/{path} is {over} px too wide at {width}"
            ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 20, 22)"}[scheme]
        visit.assert_kept_to_itself()


def test_everything_reads_without_scripts(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo, java_script_enabled=False, width=390) as visit:
        page = visit.page
        page.goto(demo)
        assert page.get_by_text("Search", exact=True).is_hidden()
        page.locator(".ab-tool--index").click()
        page.wait_for_url("**/a-z/")
        page.get_by_role("link", name="Do you use what I type").first.click()
        page.wait_for_url("**/questions/**")
        page.locator("details.ab-fold > summary").first.click()
        assert page.locator("details.ab-fold[open] .ab-fold__body").first.is_visible()
        page.locator(".ab-menu summary").click()
        assert page.locator(".ab-menu a").first.is_visible()


def test_versions_are_found_and_compared_without_scripts(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo, java_script_enabled=False, width=390) as visit:
        page = visit.page
        page.goto(demo)
        page.locator(".ab-menu summary").click()
        page.locator(".ab-menu a", has_text="What changed").click()
        page.wait_for_url("**/changes/")
        page.get_by_role("link", name="Compare any two versions").click()
        page.wait_for_url("**/compare/")
        page.get_by_role("link", name="From 0.8.0 to 1.0.0").click()
        page.wait_for_url("**/compare/0.8.0/1.0.0/")
        assert page.locator(".ab-log li").count() > 3
        page.get_by_role("link", name="All that it says").first.click()
        page.wait_for_url("**/versions/0.8.0/")
        assert "This is a past version" in (page.locator(".ab-past").text_content() or "")
        page.locator("details.ab-fold > summary").first.click()
        assert page.locator("details.ab-fold[open] .ab-fold__body").first.is_visible()
        page.get_by_role("link", name="What changed since").click()
        page.wait_for_url("**/compare/0.8.0/1.0.0/")


def test_the_colours_can_be_chosen_and_are_kept(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo, color_scheme="light") as visit:
        visit.open()
        visit.page.get_by_label("Dark").check()
        for path in ("", "check/"):
            visit.open(path)
            ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert ground == "rgb(18, 20, 22)"
            assert visit.page.get_by_label("Dark").is_checked()
        visit.page.get_by_label("System").check()
        visit.open()
        ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"
        visit.assert_kept_to_itself()


def test_search_opens_and_closes_by_keyboard(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        visit.open(idle=True)
        page = visit.page
        page.keyboard.press("/")
        page.keyboard.type("opt out of training")
        page.locator("#ab-search li a").first.wait_for()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('#ab-search li') !== null")
        page.keyboard.press("Escape")
        assert page.locator("#ab-search").is_hidden()
        assert page.evaluate("document.activeElement.id") == "ab-search-open"
        visit.assert_kept_to_itself()


def test_folds_are_open_on_paper(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        visit.open("questions/is-my-data-used/")
        visit.page.emulate_media(media="print")
        body = visit.page.locator("details.ab-fold:not([open]) .ab-fold__body").first
        box = body.bounding_box()
        assert box and box["height"] > 20


def test_the_line_shows_the_verdict_by_its_form(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        visit.open("check/")
        style = "e => getComputedStyle(e).borderTopStyle"
        forms = visit.page.locator(".ab-forms")
        for verdict, form in (("proved", "solid"), ("declared", "dashed"), ("unknown", "dotted")):
            piece = forms.locator(f".ab-line [data-verdict={verdict}]")
            assert piece.evaluate(style) == form
