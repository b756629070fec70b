"""Hostile text of a policy and of its settings runs nowhere, leads nowhere, and is shown as typed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aboveboard.site.text import clean

from ..site import hostile, projects
from .conftest import Visit, served, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WATCH = """for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
  window[name] = () => { window.pwned = name; }"""
# What a browser has made of a page: elements, handlers, addresses, and the text that is shown.
READ = """() => {
  const tags = new Set(), handlers = [], links = [];
  for (const element of document.querySelectorAll('*')) {
    tags.add(element.localName);
    for (const {name, value} of element.attributes) {
      if (/^on|^style$|^srcdoc$|^nonce$/.test(name)) handlers.push(element.outerHTML.slice(0, 200));
      if (/href$|src|action|data$|poster|background|ping|cite|srcset/.test(name) || name === 'content'
          && element.httpEquiv === 'refresh') links.push([element.localName, value, element.textContent]);
    }
  }
  for (const code of document.querySelectorAll('script')) code.remove();
  return {tags: [...tags], handlers, links, text: document.body.textContent, pwned: window.pwned ?? null,
          wide: document.documentElement.scrollWidth - innerWidth};
}"""
WIDE = "document.documentElement.scrollWidth - innerWidth"
HTML = """a article aside b body br button code details div dd dl dt em footer form h1 h2 h3 h4 head header
 html i input label li link main meta nav ol p script section span strong summary table tbody td th
 thead time title tr ul caption abbr small kbd q cite option select fieldset legend output figure figcaption"""
SVG = "svg g path rect line circle text tspan desc defs marker polygon polyline use pattern"
LOCAL = re.compile(r"[\w./%~-]*(#[\w.:~%-]*)?", re.ASCII)


def read(visit: Visit, site: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    visit.page.add_init_script(WATCH)
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        visit.open(path)
        yield path, visit.page.evaluate(READ)


@contextmanager
def unguarded(browser: "Browser", site: Path) -> Iterator[Visit]:
    """A phone whose browser ignores the policy that a page gives for itself."""
    with (
        served(site) as home,
        visiting(browser, home, width=320, bypass_csp=True) as visit,
    ):
        yield visit


@pytest.fixture(scope="module")
def pages(browser: "Browser", hostile_site: Path) -> dict[str, dict[str, Any]]:
    """Each page, as a browser understands it."""
    with unguarded(browser, hostile_site) as visit:
        found = dict(read(visit, hostile_site))
        visit.assert_kept_to_itself()
    assert len(found) > 20
    return found


def test_nothing_of_it_runs_or_becomes_an_element(pages: dict[str, dict[str, Any]]) -> None:
    known = {*HTML.split(), *SVG.split()}
    for path, page in pages.items():
        assert page["pwned"] is None and page["handlers"] == [], path
        assert {*page["tags"]} <= known, path


def test_it_leads_nowhere(pages: dict[str, dict[str, Any]]) -> None:
    # Where people are told whom to write to and what to click, an address is a link that says
    # where it leads.
    for path, page in pages.items():
        for tag, address, text in page["links"]:
            if not LOCAL.fullmatch(address) and address not in hostile.LINKED:
                assert tag == "a" and address.removeprefix("mailto:") == text, (path, address)
                assert address.startswith(("https://", "mailto:")), (path, address)


def test_it_is_shown_as_typed(pages: dict[str, dict[str, Any]]) -> None:
    typed = {
        mark: tuple(map(bare, text.split(mark)))
        for n, text in enumerate(hostile.attacks())
        for mark in [f"zz{n}zz"]
    }
    seen = set()
    for path, page in pages.items():
        shown = re.sub(r"\s", "", page["text"]).casefold()
        for found in re.finditer(r"zz\d+zz", shown):
            before, after = typed[found[0]]
            assert shown[: found.start()].endswith(before), (path, found[0])
            assert shown[found.end() :].startswith(after), (path, found[0])
            seen.add(found[0])
    kept_back = {text for n, (_, text) in enumerate(hostile.free()) if f"zz{n}zz" not in seen}
    assert kept_back == hostile.NOT_SHOWN


def bare(text: str) -> str:
    return re.sub(r"\s", "", clean(text)).casefold()


def test_it_is_no_wider_than_a_phone(pages: dict[str, dict[str, Any]]) -> None:
    assert {path: page["wide"] for path, page in pages.items() if page["wide"] > 0} == {}


def test_enormous_words_are_broken(
    browser: "Browser", tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = projects.shared(tmp_path_factory, "long-words", hostile.built_of_long_words) / "site"
    wide = {}
    with unguarded(browser, site) as visit:
        for file in sorted(site.rglob("*.html")):
            visit.open(file.relative_to(site).as_posix())
            wide[visit.page.url] = visit.page.evaluate(WIDE)
    assert len(wide) > 20 and {place: by for place, by in wide.items() if by > 0} == {}


def test_the_search_shows_it_as_text(browser: "Browser", hostile_site: Path) -> None:
    with unguarded(browser, hostile_site) as visit:
        visit.page.add_init_script(WATCH)
        visit.open(idle=True)
        for asked in ("script alert onerror", "zz0zz zz12zz", "<img src=x onerror=alert(1)>"):
            visit.page.locator("#ab-search-open").click()
            visit.page.locator("#ab-search input").fill(asked)
            visit.page.locator("#ab-search li a").first.wait_for()
            found = visit.page.evaluate(READ)
            assert found["pwned"] is None and found["handlers"] == [] and found["wide"] <= 0
            assert "img" not in found["tags"]
            visit.page.keyboard.press("Escape")
        visit.assert_kept_to_itself()
