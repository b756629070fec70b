"""WCAG 2.2 AA as far as a machine can tell: axe on every type of page, keyboard, motion, zoom."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import visiting
from .types import short, types

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# A width in CSS pixels, and how many of the screen's pixels each has: 200 % zoom of a laptop.
SIZES = ((320, 1), (390, 1), (640, 2), (1280, 1))
OPEN = "document.querySelectorAll('details').forEach(fold => fold.open = true)"


def faults(page: "Page") -> list[str]:
    """What axe finds, each with the first element that has it."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "scale"), SIZES)
def test_axe_finds_nothing(
    browser: "Browser", demo: str, demo_folder: Path, width: int, scale: int, scheme: str
) -> None:
    found = {}
    # What is long is the same parts many times over: one size is enough.
    paths = types(demo_folder) if width == 390 else short(demo_folder)
    options = {"color_scheme": scheme, "device_scale_factor": scale, "bypass_csp": True}
    with visiting(browser, demo, width=width, **options) as visit:
        for path in paths:
            visit.open(path)
            if width == SIZES[0][0]:
                visit.page.evaluate(OPEN)
            found[path] = faults(visit.page)
    assert {path: told for path, told in found.items() if told} == {}


def test_axe_finds_nothing_in_the_open_search(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo, width=390, bypass_csp=True) as visit:
        visit.open()
        visit.page.keyboard.press("/")
        visit.page.keyboard.type("voice")
        visit.page.locator("#ab-search li a").first.wait_for()
        assert faults(visit.page) == []


def test_axe_would_find_a_fault(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo, bypass_csp=True) as visit:
        visit.open()
        visit.page.evaluate("document.querySelector('main').append(new Image())")
        assert any(fault.startswith("image-alt") for fault in faults(visit.page))


FOCUS = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  return {what: here.outerHTML.slice(0, 90), wide: box.width, high: box.height,
          ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
          shadow: style.boxShadow !== 'none', ends: here === document.body};
}"""


@pytest.mark.parametrize("path", ["", "questions/my-choices/", "rules/", "recipients/"])
def test_the_keyboard_reaches_everything_and_its_place_is_seen(
    browser: "Browser", demo: str, path: str
) -> None:
    with visiting(browser, demo) as visit:
        visit.open(path)
        page = visit.page
        count = page.locator("a[href], button, input, select, summary, [tabindex='0']")
        wanted = count.evaluate_all("all => all.filter(e => e.checkVisibility()).length")
        radios = page.locator(".ab-colours input").count() - 1  # one stop for the three of them
        reached = []
        for _ in range(wanted + 5):
            page.keyboard.press("Tab")
            now = page.evaluate(FOCUS)
            if now["ends"]:
                break
            assert now["ring"] or now["shadow"], now["what"]
            assert now["wide"] > 0 and now["high"] > 0, now["what"]
            reached.append(now["what"])
        assert len(reached) >= wanted - radios
        assert "Skip to content" in reached[0]


def test_nothing_moves_for_those_who_want_less_motion(browser: "Browser", demo: str) -> None:
    moving = """() => [...document.querySelectorAll('.ab-body *, .md-header *')].filter(e => {
      const style = getComputedStyle(e);
      return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0;
    }).map(e => e.outerHTML.slice(0, 90))"""
    with visiting(browser, demo, reduced_motion="reduce") as visit:
        for path in ("", "questions/", "controls/", "rules/", "check/", "recipients/"):
            visit.open(path)
            assert visit.page.evaluate(moving) == []
            assert (
                visit.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
                == "auto"
            )


def test_forced_colours_keep_lines_and_text(browser: "Browser", demo: str) -> None:
    with visiting(browser, demo, forced_colors="active") as visit:
        visit.open("check/")
        piece = visit.page.locator(".ab-forms .ab-line [data-verdict=proved]").first
        assert piece.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


# WCAG 1.4.12, and text alone at twice its size.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
LARGER = ":root { font-size: 250% !important; }"
HIDDEN = """() => [...document.querySelectorAll('.ab-body :is(p, li, td, th, dt, dd, h1, h2, h3, a, button)')]
  .filter(e => e.checkVisibility() && !e.closest('.ab-vh, svg, .ab-scroll') && e.scrollWidth > e.clientWidth + 1
    && getComputedStyle(e).overflowX !== 'visible').map(e => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize(
    ("style", "width"), [(SPACED, 320), (LARGER, 640)], ids=["spaced", "larger"]
)
def test_text_may_be_spaced_and_enlarged(
    browser: "Browser", demo: str, demo_folder: Path, style: str, width: int
) -> None:
    wide, cut = {}, {}
    with visiting(browser, demo, width=width, bypass_csp=True) as visit:
        for path in short(demo_folder):
            visit.open(path)
            visit.page.add_style_tag(content=style)
            wide[path] = visit.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            cut[path] = visit.page.evaluate(HIDDEN)
    assert {path: by for path, by in wide.items() if by > 0} == {}
    assert {path: texts for path, texts in cut.items() if texts} == {}
