"""What a page does by itself: no script but ours, nothing stored, links that can be copied."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

INJECT = """() => {
  const script = document.createElement('script');
  script.textContent = 'window.ran = true';
  document.body.append(script);
  const button = document.createElement('button');
  button.setAttribute('onclick', 'window.ran = true');
  document.body.append(button);
  button.click();
  return window.ran === true;
}"""


def test_a_script_that_got_into_a_page_does_not_run(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        visit.open()
        assert visit.page.evaluate(INJECT) is False
        assert len([fault for fault in visit.faults if "Content Security Policy" in fault]) == 2


def test_nothing_is_stored_before_a_choice(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo) as visit:
        for path in ("", "questions/my-choices/", "rules/", "check/"):
            visit.open(path, idle=True)
            visit.page.keyboard.press("/")
            visit.page.keyboard.type("voice")
            visit.page.locator("#ab-search li a").first.wait_for()
            assert visit.page.evaluate("localStorage.length + sessionStorage.length") == 0
        visit.page.keyboard.press("Escape")
        visit.page.get_by_label("Dark").check()
        assert visit.page.evaluate("Object.keys(localStorage)") == ["aboveboard-colours"]
        visit.page.get_by_label("System").check()
        assert visit.page.evaluate("localStorage.length") == 0
        visit.assert_kept_to_itself()


def test_the_link_of_an_answer_is_copied(browser: "Browser", demo: str) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with visiting(browser, demo, permissions=allowed) as visit:
        visit.open("questions/my-choices/")
        link = visit.page.locator("#how-to-switch-off").locator("xpath=ancestor::section").locator(
            ".ab-permalink a"
        )  # fmt: skip
        assert link.text_content() == "Copy the link to this answer"
        link.click()
        visit.page.get_by_text("Link copied").wait_for()
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{demo}questions/my-choices/#how-to-switch-off"
        visit.assert_kept_to_itself()


def test_no_page_asks_anything_of_others(browser: "Browser", demo: str, demo_folder: Path) -> None:
    files = sorted(file.relative_to(demo_folder).as_posix() for file in demo_folder.rglob("*.html"))
    with visiting(browser, demo) as visit:
        for file in files:
            visit.open(file)
        assert {request.removeprefix(demo) for request in visit.requests} >= set(files)
        visit.assert_kept_to_itself()


def test_everything_becomes_one_document(browser: "Browser", demo: str, tmp_path: Path) -> None:
    from pypdf import PdfReader

    with visiting(browser, demo) as visit:
        visit.open("everything/")
        file = tmp_path / "everything.pdf"
        visit.page.pdf(path=file, prefer_css_page_size=True, tagged=True, outline=True)
    pages = PdfReader(file).pages
    first, last = (" ".join(page.extract_text().split()) for page in (pages[0], pages[-1]))
    assert "Contents" in first and "How do I turn it off, step by step?" in first
    assert f"1 / {len(pages)}" in first and f"{len(pages)} / {len(pages)}" in last
    links = [
        str(link.get_object().get("/Dest", ""))
        for page in pages[:3]
        for link in page.get("/Annots", [])
    ]
    assert any("how-to-switch-off" in link for link in links)
    text = "".join(page.extract_text() for page in pages)
    assert "How we know" in text and "Matches settings" in text  # folds are open on paper


def test_without_scripts_it_is_an_ordinary_link(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo, java_script_enabled=False) as visit:
        visit.page.goto(f"{demo}questions/my-choices/")
        links = visit.page.get_by_role("link", name="Link to this answer")
        links.first.click()
        assert re.search(r"#[a-z-]+$", visit.page.url)


def test_no_page_holds_a_script_a_handler_or_a_style_of_its_own(demo_folder: Path) -> None:
    files = sorted(demo_folder.rglob("*.html"))
    assert len(files) > 40
    for file in files:
        html = file.read_text("utf-8")
        assert "<style" not in html and not re.search(r"<[^>]*\s(?:on\w+|style)\s*=", html), file
        for tag in re.findall(r"<script[^>]*>", html):
            assert "src=" in tag or 'type="application/ld+json"' in tag, (file, tag)
        assert html.index("Content-Security-Policy") < html.index("<script")
