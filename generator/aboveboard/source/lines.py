"""Reads a file that holds one JSON document a line, as event logs do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from .document import Document, KeyPath, Places, Position, Problem

MAX_VALUES = 3_000_000
# A whole mapping on the first line, and the beginning of another on the next.
_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def is_lines(raw: bytes) -> bool:
    """Whether this is one document a line; no YAML file is."""
    return _LINES.match(raw) is not None


def parse_lines(raw: bytes, name: str) -> Document:
    """A list of the documents of all lines; a line that cannot be read is told and left out."""
    from . import parse

    document = Document(name, data=[])
    if sum(map(raw.count, (b",", b"[", b"{"))) > MAX_VALUES:
        document.data = None
        document.problems.append(Problem(f"this file holds more than {MAX_VALUES:,} values"))
        return document
    lines: list[tuple[int, Document]] = []
    for above, line in enumerate(raw.split(b"\n")):
        one = parse(line, f"{name}.json") if line.strip() else Document(name)
        document.problems += [
            problem._replace(position=_down(problem.position, above)) for problem in one.problems
        ]
        if one.data is not None:
            document.data.append(one.data)
            lines.append((above, one))
    document.values = _LinePlaces(lines, "values")
    document.keys = _LinePlaces(lines, "keys")
    return document


class _LinePlaces(Places):
    """The places of every line, moved down to where it stands in the file."""

    def __init__(self, lines: list[tuple[int, Document]], which: Literal["values", "keys"]) -> None:
        super().__init__()
        self.lines, self.which = lines, which

    def _of(self, document: Document) -> Places:
        return document.values if self.which == "values" else document.keys

    def __getitem__(self, path: KeyPath) -> Position:
        if not path and self.which == "values":
            first, last = (self.lines[0][0], self.lines[-1][0]) if self.lines else (0, 0)
            return Position(first + 1, 1, last + 1, 1)
        if path not in self:
            raise KeyError(path)
        above, document = self.lines[path[0]]  # type: ignore[index]
        return _down(self._of(document)[path[1:]], above)

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, tuple) or not path:
            return path == () and self.which == "values"
        inside = isinstance(path[0], int) and 0 <= path[0] < len(self.lines)
        return inside and path[1:] in self._of(self.lines[path[0]][1])

    def __iter__(self) -> Iterator[KeyPath]:
        if self.which == "values":
            yield ()
        for number, (_, document) in enumerate(self.lines):
            yield from ((number, *path) for path in self._of(document))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _down(position: Position, lines: int) -> Position:
    return position._replace(line=position.line + lines, end_line=position.end_line + lines)
