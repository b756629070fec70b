"""What tests of releases share: projects that release, and files as somebody else might leave them."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from tests.site import projects

from aboveboard.commands.release import release as run
from aboveboard.review.releases import form

FIRST = date(2026, 10, 1)
DAYS = {"1.0.0": FIRST, "1.1.0": date(2026, 11, 1), "1.2.0": date(2026, 12, 1)}


def folder(root: Path) -> Path:
    return root / form.FOLDER


def file(root: Path, version: str) -> Path:
    return folder(root) / f"{version}.json"


def release(
    root: Path, day: date = FIRST, version: str | None = None, note: str = ""
) -> tuple[str, int]:
    return run(root, day, note=note, version=version, colour=False)


def set_version(root: Path, version: str) -> None:
    rewrite(root / "policy_data/policy.yml", r"version: \S+", f"version: {version}")


def set_effective(root: Path, day: date) -> None:
    rewrite(root / "policy_data/policy.yml", r"effective: \S+", f"effective: {day}")


def rewrite(path: Path, old: str, new: str) -> None:
    """Another text in a file; it has to be there."""
    text, count = re.subn(old, new, path.read_text("utf-8"), count=1)
    assert count, f"{path} has no {old!r}"
    path.write_text(text, "utf-8")


def three(root: Path) -> Path:
    """A small project with three releases: two keep less long, and one has another name."""
    projects.write(root)
    policy = root / "policy_data/policy.yml"
    for number, (version, day) in enumerate(DAYS.items()):
        set_version(root, version)
        set_effective(root, day)
        if number == 1:
            rewrite(policy, "keep: P1Y}\n  set", "keep: P6M}\n  set")
        if number == 2:
            rewrite(policy, "training the helper", "teaching the helper")
        assert release(root, day, note=f"Note {number}.")[1] == 0
    return root


def reseal(path: Path, change: Any) -> None:
    """A release file with other content, whose digest fits again: what a forger would do."""
    content = json.loads(path.read_text("utf-8"))
    del content["digest"]
    change(content)
    path.write_bytes(form.sealed(content))
