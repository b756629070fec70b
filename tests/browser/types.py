"""One page of each type of a built site, found in its tree, so that no new type is forgotten."""

from __future__ import annotations

from pathlib import Path

# The same parts many times over: what they are made of stands on other pages too.
LONG = ("check", "everything", "versions")


def types(site: Path) -> list[str]:
    """The address of one page of each type: the largest of those that lie alike in the tree."""
    found: dict[tuple[str, int], Path] = {}
    for file in sorted(site.rglob("*.html")):
        parts = file.relative_to(site).parts
        kind = (parts[0], len(parts))
        if kind not in found or file.stat().st_size > found[kind].stat().st_size:
            found[kind] = file
    return [address(site, file) for file in found.values()]


def short(site: Path) -> list[str]:
    """The same without those that are long."""
    return [path for path in types(site) if path.partition("/")[0] not in LONG]


def address(site: Path, file: Path) -> str:
    """Where a page lies, "" being home."""
    return file.relative_to(site).as_posix().removesuffix("index.html")
