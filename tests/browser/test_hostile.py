"""Hostile text of a policy runs nowhere: pages, menus, titles, search."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..site import test_hostile as hostile
from .conftest import served, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_no_script_of_a_policy_runs(browser: "Browser", tmp_path: Path) -> None:
    site = hostile.build(tmp_path, "\n\n".join(hostile.ATTACKS[n] for n in (0, 1, 2, 3, 4, 7)))
    with served(site) as home, visiting(browser, home) as visit:
        for file in sorted(site.rglob("*.html")):
            visit.open(file.relative_to(site).as_posix())
            assert visit.page.evaluate("window.pwned") is None, file
        visit.open(idle=True)
        visit.page.keyboard.press("/")
        visit.page.keyboard.type("zz pwned script training")
        visit.page.locator("#ab-search li a").first.wait_for()
        visit.page.wait_for_timeout(300)
        assert visit.page.evaluate("window.pwned") is None
        visit.assert_kept_to_itself()
