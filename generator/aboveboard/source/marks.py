"""Corrects what libyaml says of places where it and editors count differently."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any, NamedTuple

import yaml

from .document import Position

Span = tuple[Any, Any]  # the marks at which something starts and ends

# libyaml begins a line after each of these; editors, and our reports, do not.
_ODD_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
# JSON writes letters outside the basic plane as two escapes, which libyaml refuses.
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB]..)\\u([dD][c-fC-F]..)")


class Mark(NamedTuple):
    """A place, counted from 0."""

    line: int
    column: int


class Marks:
    """The text to parse, and the way from libyaml's places in it to those in the file."""

    def __init__(self, text: str, *, json: bool) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.last = Mark(len(self.starts) - 1, len(text) - self.starts[-1])
        self.mended_at: list[int] = []
        if json and _PAIR.search(text):
            self.text = _PAIR.sub(self._joined, text)
        self.odd = bool(self.mended_at) or bool(_ODD_BREAK.search(text))

    def _joined(self, pair: re.Match[str]) -> str:
        high, low = int(pair[2], 16), int(pair[3], 16)
        letter = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        shorter = 2 * len(self.mended_at)
        self.mended_at.append(pair.end() - shorter - 2)
        return f"{pair[1]}\\U{letter:08x}"

    def position(self, span: Span) -> Position:
        """Where an editor shows what lies between two marks of libyaml."""
        start, end = span
        if self.odd or end.line > self.last.line:
            start, end = self.at(start), self.at(end)
        return Position(start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def mended_error(self, error: yaml.MarkedYAMLError) -> yaml.MarkedYAMLError:
        """The error, with marks likewise."""
        for name in ("problem_mark", "context_mark"):
            if mark := getattr(error, name):
                setattr(error, name, self.at(mark))
        return error

    def at(self, mark: Any) -> Mark:
        """Where a mark of libyaml lies in the file; one behind the last line lies at its end."""
        if not self.odd:
            found = Mark(mark.line, mark.column)
        else:
            index = mark.index + 2 * bisect_right(self.mended_at, mark.index)
            line = bisect_right(self.starts, index) - 1
            found = Mark(line, index - self.starts[line])
        return min(found, self.last)
