"""The tutorial, from an empty folder to a red check, its fix and a site: the page is the script."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from .blocks import ROOT, of_page
from .doing import DONE, faults
from .worlds import WORLDS

PAGE = "docs/tutorial/index.md"
TEN_MINUTES = 600


def test_the_tutorial_does_what_it_says(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Command by command and file by file, in one folder; how long it took is printed at the end."""
    world = WORLDS["tutorial"](tmp_path)
    blocks = list(of_page(PAGE, (ROOT / PAGE).read_text("utf-8")))
    done = [block for block in blocks if block.kind.split()[0] in DONE]
    assert len(done) == len(blocks) - 1 > 12  # all but the installation
    start = time.monotonic()
    for block in done:
        assert not list(faults(block, world)), str(block)
    took = time.monotonic() - start

    record_property("the tutorial", f"{len(done)} blocks, typed by a machine, took {took:.1f} s")
    assert took < TEN_MINUTES
    left = {path.name for path in world.folder.iterdir()} - {"build", "site"}
    assert left == {
        ".github",
        ".gitignore",
        "docs",
        "mkdocs.yml",
        "models",
        "pipeline",
        "policy_data",
    }
    home = (world.folder / "site/index.html").read_text("utf-8")
    assert "Matches settings" in home and "Stated" in home
