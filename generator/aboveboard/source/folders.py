"""Folders that nobody may list: what lies in them is not absent, it is unknown."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path, PurePosixPath


def closed(folder: Path, *, deep: bool = True) -> list[Path]:
    """The folders at and below a path that cannot be listed; without `deep`, at it alone."""
    found: list[Path] = []

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            found.append(Path(error.filename))

    for _ in islice(os.walk(folder, onerror=note), None if deep else 1):
        pass
    return sorted(found)


def closed_to(root: Path, pattern: str) -> Path | None:
    """A folder that a pattern leads into and that cannot be listed, relative to `root`."""
    parts = PurePosixPath(pattern).parts
    wild = next((n for n, part in enumerate(parts) if set(part) & set("*?[")), None)
    if wild is None:
        return None
    deep = wild < len(parts) - 1 or "**" in parts[wild]
    found = closed(root.joinpath(*parts[:wild]), deep=deep)
    return found[0].relative_to(root) if found else None
