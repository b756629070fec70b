"""Finding one's own row: by choosing, by a link that somebody shared, and without any script."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ROW = "plan.free.pro_age.adult_region.eea"
STRICT = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)


@pytest.mark.parametrize("width", [390, 1280])
def test_choosing_narrows_to_the_own_row_and_can_be_shared(
    browser: "Browser", demo: str, width: int
) -> None:
    with visiting(browser, demo, width=width) as visit:
        visit.open("rules/")
        page = visit.page
        rows = page.locator(".ab-block--rules").first.locator("tbody tr")
        every = rows.count()
        page.get_by_label("Your plan").select_option("free")
        page.get_by_label("Your age").select_option("adult")
        page.get_by_label("Where you live").select_option("eea")
        assert rows.locator("visible=true").all() and rows.filter(visible=True).count() == 1 < every
        assert rows.filter(visible=True).get_attribute("id") == ROW
        assert page.url.endswith("#plan=free&age=adult&region=eea")
        assert "Showing 3 of" in (page.get_by_role("status").text_content() or "")
        link = page.get_by_role("link", name="Link to your rows")
        assert link.get_attribute("href") == "#plan=free&age=adult&region=eea"
        page.reload()
        assert rows.filter(visible=True).count() == 1
        assert page.get_by_label("Your plan").input_value() == "free"
        page.get_by_role("button", name="Show all").click()
        assert rows.filter(visible=True).count() == every and "#" not in page.url
        kept = page.evaluate("JSON.stringify([localStorage, sessionStorage])")
        assert "plan" not in kept and "free" not in kept
        visit.assert_kept_to_itself()


def test_it_works_by_keyboard_alone(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        visit.open("rules/")
        page = visit.page
        page.get_by_label("Your plan").focus()
        page.keyboard.press("T")
        page.keyboard.press("Tab")
        page.keyboard.press("U")
        assert page.url.endswith("#plan=team&age=teen")
        status = page.get_by_role("status")
        assert status.text_content() == "Nobody is in this combination."
        page.get_by_role("button", name="Show all").press("Enter")
        assert page.evaluate("document.activeElement.name") == "plan"


def test_a_shared_link_opens_the_row(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        page = visit.page
        visit.open("rules/#region=elsewhere&plan=pro&age=teen&mode=unheard-of")
        rows = page.locator(".ab-block--rules").first.locator("tbody tr")
        assert rows.filter(visible=True).count() == 1
        assert page.get_by_label("Where you live").input_value() == "elsewhere"
        page.evaluate("location.hash = '#plan=atlantis'")
        page.wait_for_function("!document.querySelector('.ab-pick select').value")
        assert rows.filter(visible=True).count() == rows.count()


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_to_a_row_marks_it_with_and_without_scripts(
    browser: "Browser", demo: str, width: int, script: bool
) -> None:
    with visiting(browser, demo, width=width, java_script_enabled=script) as visit:
        page = visit.page
        page.goto(demo + "rules/#" + ROW)
        row = page.locator("tr:target")
        assert row.get_attribute("id") == ROW
        box = row.bounding_box()
        assert box and 0 <= box["y"] < 800
        assert page.get_by_label("Your plan").is_visible() == script
        assert page.get_by_role("link", name="Enterprise, Elsewhere", exact=True).is_visible() == (
            not script
        )


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_each_answer_names_its_use(browser: "Browser", demo: str, width: int) -> None:
    with visiting(browser, demo, width=width, java_script_enabled=False) as visit:
        page = visit.page
        page.goto(demo + "rules/")
        cell = page.locator(f"[id='{ROW}:train-assistant']")
        assert cell.locator(".ab-rules__where").is_visible()
        box = cell.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width


def test_readers_of_the_table_hear_its_headings(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo, width=390) as visit:
        visit.open("rules/")
        table = visit.page.get_by_role("table").first
        assert table.get_by_role("columnheader").count() >= 4
        assert table.get_by_role("rowheader").first.is_visible()
        name = "Link to this answer: Free or Pro, 18 or over, Europe (EEA and UK), Training"
        assert visit.page.get_by_role("link", name=name).count() == 1


def test_it_works_under_a_strict_policy_of_content(
    browser: "Browser", demo: str, tmp_path: Path
) -> None:
    with visiting(browser, demo) as visit:

        def strict(route):  # type: ignore[no-untyped-def]
            answer = route.fetch()
            route.fulfill(
                response=answer, headers={**answer.headers, "content-security-policy": STRICT}
            )

        visit.page.route("**/rules/", strict)
        visit.open("rules/#plan=team")
        rows = visit.page.locator(".ab-block--rules").first.locator("tbody tr")
        assert rows.filter(visible=True).count() == 2
        assert not [fault for fault in visit.faults if "rules." in fault]


def test_paper_has_every_row(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        visit.open("rules/")
        visit.page.emulate_media(media="print")
        assert visit.page.locator(".ab-pick").is_hidden()
        assert visit.page.locator("tbody tr").filter(visible=True).count() >= 10
