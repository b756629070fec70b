"""A small project with many large releases, for `check` to hold together."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from aboveboard.load import load_project
from aboveboard.review.releases import form
from aboveboard.review.releases.form import Head

COUNT, SIZE = 200, 1_000_000
DAY = date(2026, 1, 1)


def write(root: Path, bare: Path, demo: Path) -> None:
    """The demo with releases at `root`, and without any at `bare`."""
    for folder in (root, bare):
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("policy_data", "pipeline"):
            shutil.copytree(demo / name, folder / name, ignore=shutil.ignore_patterns("releases"))
    files = root / form.FOLDER
    files.mkdir()
    previous = ""
    for number in range(1, COUNT + 1):
        head = Head(f"1.{number}.0", DAY, number, previous, "", "the bench").plain()
        text = {"en": {"chapters": [{"title": "x" * SIZE, "parts": []}]}}
        raw = form.sealed({"head": head, "inputs": {}, "policy": {}, "text": text, "verdicts": {}})
        previous = form.claimed(raw)
        (files / f"1.{number}.0.json").write_bytes(raw)
    assert load_project(root, DAY).loaded
