"""A preview in a browser: what is wrong appears in the page by itself, and so does what is new."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..site import projects
from ..site.projects import POLICY
from ..site.serving import PATIENCE, Server
from .conftest import visiting
from .test_access import faults

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = Server(projects.write(tmp_path / "project"))
    yield started
    started.process.kill()
    started.process.wait()


def test_findings_come_and_go_in_the_page(browser: "Browser", server: Server) -> None:
    policy = server.log.parent / "project" / "policy_data" / "policy.yml"
    server.until("What Notewise does")
    with visiting(browser, server.home) as visit:
        visit.page.set_default_timeout(PATIENCE * 1000)
        visit.open("controls/")
        panel = visit.page.locator("#ab-preview")
        visit.page.evaluate("document.stay = true")
        assert panel.inner_text() == "23 warnings."  # folded

        policy.write_text(POLICY.replace("service: Notewise", f"'{HOSTILE}': Notewise"))
        panel.get_by_text("policy_data/policy.yml:2:3").wait_for()
        assert "error[" in panel.inner_text() and HOSTILE in panel.inner_text()
        assert visit.page.locator("#ab-preview img").count() == 0
        assert visit.page.evaluate("document.stay")  # nothing was loaded again
        assert faults(visit.page) == []

        policy.write_text(POLICY.replace("service: Notewise", "service: Mended"))
        visit.page.get_by_text("Mended").first.wait_for()
        panel.get_by_text("23 warnings.", exact=True).wait_for()
        assert visit.page.evaluate("document.stay") is None
        visit.assert_kept_to_itself()
