"""The example projects of the rules about releases: makes their release files anew.

python -m tests.review.release_examples
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.examples import EXAMPLES

from aboveboard.policy.load import load
from aboveboard.policy.written import written
from aboveboard.review.releases import form
from aboveboard.review.releases.form import Head

Files = dict[str, bytes]
DAYS = (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1))


def chained(policy: dict[str, Any], *versions: str, previous: str = "", start: int = 1) -> Files:
    """Releases one after the other, by version; they hold a policy, and no pages or claims."""
    files: Files = {}
    for number, version in enumerate(versions, start):
        day = DAYS[(number - 1) % len(DAYS)]
        head = Head(version, day, number, previous, "", "an example").plain()
        parts = {"inputs": {}, "policy": policy, "text": {}, "verdicts": {}}
        files[version] = form.sealed({"head": head, **parts})
        previous = form.claimed(files[version])
    return files


def _edited(policy: dict[str, Any]) -> Files:
    files = chained(policy, "1.0.0", "1.1.0", "1.2.0")
    return {**files, "1.1.0": files["1.1.0"].replace(b"Example", b"Another", 1)}


def _missing(policy: dict[str, Any]) -> Files:
    files = chained(policy, "1.0.0", "1.1.0", "1.2.0")
    return {version: raw for version, raw in files.items() if version != "1.1.0"}


def _reordered(policy: dict[str, Any]) -> Files:
    files = chained(policy, "1.0.0", "1.1.0", "1.2.0")
    return {**files, "1.1.0": files["1.2.0"], "1.2.0": files["1.1.0"]}


def _forked(policy: dict[str, Any]) -> Files:
    files = chained(policy, "1.0.0", "1.1.0")
    first = form.claimed(files["1.0.0"])
    return {**files, **chained(policy, "1.1.1", previous=first, start=2)}


def _unreadable(policy: dict[str, Any]) -> Files:
    files = chained(policy, "1.0.0", "1.1.0")
    raw = files["1.1.0"]
    return {**files, "1.1.0": raw[: raw.index(b"released") + 4]}


BAD: dict[str, Callable[[dict[str, Any]], Files]] = {
    "edited-release": _edited,
    "missing-release": _missing,
    "reordered-release": _reordered,
    "forked-release": _forked,
    "unreadable-release": _unreadable,
}


def files(rule: str, name: str) -> Files:
    """The release files of an example, by version."""
    policy = written(load(EXAMPLES / rule / name)[0])
    return BAD[rule](policy) if name == "bad" else chained(policy, "1.0.0", "1.1.0", "1.2.0")


def main() -> None:
    for rule in BAD:
        for name in ("ok", "bad"):
            folder = EXAMPLES / rule / name / form.FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            for version, raw in files(rule, name).items():
                Path(folder / f"{version}.json").write_bytes(raw)


if __name__ == "__main__":
    main()
