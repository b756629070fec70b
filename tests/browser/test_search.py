"""The search of the built site, in a real browser: what people type has its answer in the first three."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from .conftest import visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FIRST = 3
ENOUGH = 0.95
# Types each query into the field of the open panel, as fast as its own script ranks.
ASK = """queries => {
  const panel = document.getElementById("ab-search"), field = panel.querySelector("input");
  const base = new URL(document.querySelector("script[data-base]").dataset.base + "/", location);
  return queries.map(query => {
    field.value = query;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    return [...panel.querySelectorAll("li a")].map(a => a.href.slice(base.href.length));
  });
}"""


class Query(NamedTuple):
    """What somebody types, and the addresses of which one is to be among the first."""

    text: str
    right: tuple[str, ...]

    @property
    def half(self) -> str:
        """The search was tuned on one half of the queries; the other only counted."""
        return "tuned" if hashlib.sha256(self.text.encode()).digest()[0] % 2 else "unseen"


def queries() -> list[Query]:
    said = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text("utf-8"))
    return [Query(each["query"], tuple(each["right"])) for each in said]


def asked(browser: "Browser", home: str, texts: list[str]) -> list[list[str]]:
    """The addresses that the site's own search lists for each text, best first."""
    with visiting(browser, home) as visit:
        visit.open()
        visit.page.locator("#ab-search-open").click()
        visit.page.locator("#ab-search input").fill("chat")
        visit.page.locator("#ab-search li a").first.wait_for()
        found: Any = visit.page.evaluate(ASK, texts)
    return [list(each) for each in found]


def test_what_people_type_has_its_answer_in_the_first_three(browser: "Browser", demo: str) -> None:
    every = queries()
    found = asked(browser, demo, [query.text for query in every])
    good = {q: not set(q.right).isdisjoint(f[:FIRST]) for q, f in zip(every, found, strict=True)}
    for query, first in zip(every, found, strict=True):
        if not good[query]:
            print(f"miss: {query.text!r} [{query.half}]: {first[:FIRST]}, not {list(query.right)}")
    for half in ("tuned", "unseen"):
        mine = [good[query] for query in every if query.half == half]
        print(f"{half}: {sum(mine)} of {len(mine)}")
    print(f"{sum(good.values())} of {len(every)} have their answer in the first {FIRST}")
    assert len(every) >= 120
    assert sum(good.values()) >= ENOUGH * len(every)
