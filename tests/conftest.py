"""Fixtures that every test may use."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No sandbox: CI runs as root. The rest keeps Chromium from calling its maker.
BROWSER_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def found_browser() -> str | None:
    """The program of a browser on this machine."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


os.environ.pop("FORCE_COLOR", None)  # what tests read has no colours unless they ask for some


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A headless Chromium that is already installed; tests that use it carry the mark `browser`."""
    executable = found_browser()
    if executable is None:
        reason = f"no browser on PATH: none of {', '.join(BROWSERS)}"
        if os.environ.get("ABOVEBOARD_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(BROWSER_ARGS))
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what tests measured, wherever they ran."""
    for report in terminalreporter.getreports("passed"):
        for name, said in report.user_properties:
            terminalreporter.write_line(f"{name}: {said}")
