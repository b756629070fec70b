"""A page is light: what its first view sends over the wire, how often it asks, what moves in it.

Seconds are measured by `make bench`; nothing here depends on the time.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..site import projects
from .types import types
from .weight import Weight, compressed, hosted, settled, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WIRE, REQUESTS, SCRIPT = 120_000, 12, 20_000


@pytest.fixture(scope="module")
def site(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return projects.shared(
        tmp_path_factory, "compressed-demo", lambda root: compressed(demo_folder, root)
    )


@pytest.fixture(scope="module")
def weights(browser: "Browser", site: Path) -> list[Weight]:
    return [first_view(browser, site, path) for path in types(site)]


def first_view(browser: "Browser", site: Path, path: str) -> Weight:
    weight = weigh(browser, site, path)
    return settled([weight, *(weigh(browser, site, path) for _ in range(3 if weight.shift else 0))])


def test_no_type_of_page_is_heavy(weights: list[Weight]) -> None:
    assert len(weights) > 20
    assert {w.path: w.wire for w in weights if w.wire > WIRE} == {}
    assert {w.path: w.requests for w in weights if w.requests > REQUESTS} == {}
    assert not [w.others for w in weights if w.others]
    assert all(one.headers for w in weights for one in w.sent)


def test_nothing_moves_while_a_page_loads(weights: list[Weight]) -> None:
    assert {w.path: w.shift for w in weights if w.shift} == {}


def test_a_move_would_be_seen(browser: "Browser", site: Path, tmp_path: Path) -> None:
    (tmp_path / "move.js").write_text(
        "requestAnimationFrame(() => setTimeout(() => { a.textContent = 'x '.repeat(999) }, 99))"
    )
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>x</title><p id=a>x<p>y<p>z<script src=move.js></script>"
    )
    assert weigh(browser, tmp_path, "").shift > 0


def test_texts_arrive_compressed_and_scripts_are_small(weights: list[Weight]) -> None:
    for weight in weights:
        for one in weight.sent:
            if not one.path.endswith((".png", ".svg")) and one.wire > 2000:
                assert one.headers.get("Content-Encoding") == "br", one.path
        assert sum(one.wire for one in weight.sent if one.path.endswith(".js")) <= SCRIPT
        assert not [one for one in weight.sent if "search" in one.path], "nobody searched yet"


def test_a_second_page_asks_for_itself_alone(browser: "Browser", site: Path) -> None:
    with hosted(site) as (home, sent):
        page = browser.new_page()
        page.goto(home, wait_until="networkidle")
        first = len(sent)
        page.goto(f"{home}questions/", wait_until="networkidle")
        page.context.close()
    assert first > 2
    assert [one.path for one in sent[first:] if not one.path.endswith(".svg")] == ["/questions/"]
