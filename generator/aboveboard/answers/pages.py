"""Hand-written pages below `docs/` that name facts: those whose front matter says `facts: true`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = "docs"
LONGEST = 1_000_000  # letters that a page makes at most
_FRONT = re.compile(r"---\r?\n(.*?\r?\n)---[ \t]*\r?\n", re.DOTALL)
_ASKS = re.compile(r"^facts:[ \t]*true[ \t]*\r?$", re.MULTILINE)


class Written(NamedTuple):
    """A page: its path in the project, its front matter, and what stands below it."""

    path: str
    front: str
    body: str

    @property
    def line(self) -> int:
        """The line on which the body begins."""
        return self.front.count("\n") + 1

    @property
    def source(self) -> str:
        return self.front + self.body


def of(path: str, raw: bytes) -> Written | None:
    """The page, if it asks for facts."""
    if not raw.startswith(b"---") or b"facts:" not in raw:
        return None
    text = raw.decode("utf-8", errors="replace")
    front = _FRONT.match(text)
    if front is None or not _ASKS.search(front[1]):
        return None
    return Written(path, front[0], text[front.end() :])


def written(root: Path) -> Iterator[Written]:
    """Each page of a project that asks for facts."""
    folder = root / FOLDER
    for file in sorted(folder.rglob("*.md")):
        if file.is_file():
            page = of(file.relative_to(root).as_posix(), file.read_bytes())
            if page:
                yield page
