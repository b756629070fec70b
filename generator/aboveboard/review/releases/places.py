"""Where a value stands in a release file: its form gives each value a line, by its indent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ...source import Document, Key, KeyPath, Position
from ...source.document import Places

_LINE = re.compile(r'( *)(?:"((?:[^"\\]|\\.)*)": )?(.*?),?\Z', re.DOTALL)


class _Node(NamedTuple):
    """The lines of a value; `start` and `end` count from 0, and `end` is within."""

    start: int
    end: int


class _Lines:
    """The lines of a file, and the values found in them so far; split when somebody asks."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.known: dict[KeyPath, dict[Key, _Node]] = {}

    @cached_property
    def all(self) -> list[str]:
        return self.raw.decode("utf-8", "replace").split("\n")


class ValuePlaces(Places):
    """The place of each value below `root`, or of its key."""

    def __init__(self, file: _Lines, root: KeyPath, *, key: bool = False) -> None:
        super().__init__()
        self.file, self.root, self.key = file, root, key

    def __getitem__(self, path: KeyPath) -> Position:
        node = _Node(0, len(self.file.all) - 1)
        whole = (*self.root, *path)
        for depth, step in enumerate(whole):
            node = self._children(whole[:depth], node)[step]
        return self._position(node)

    def __contains__(self, path: object) -> bool:
        try:
            return isinstance(path, tuple) and bool(self[path])
        except KeyError:
            return False

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(())

    def __len__(self) -> int:
        return len(self.file.all)

    def _children(self, path: KeyPath, node: _Node) -> dict[Key, _Node]:
        known = self.file.known
        if path not in known:
            known[path] = dict(self._found(node, len(path) + 1))
        return known[path]

    def _found(self, node: _Node, depth: int) -> Iterator[tuple[Key, _Node]]:
        at, index = node.start + 1, 0
        while at < node.end:
            match = _LINE.match(self.file.all[at])
            if match is None or len(match[1]) != depth:
                return
            end = self._end(at, depth) if match[3] in ("{", "[") else at
            yield (index if match[2] is None else json.loads(f'"{match[2]}"')), _Node(at, end)
            at, index = end + 1, index + 1

    def _end(self, at: int, depth: int) -> int:
        closers = tuple(" " * depth + sign for sign in "}]")
        while at + 1 < len(self.file.all):
            at += 1
            if self.file.all[at].startswith(closers):
                break
        return at

    def _position(self, node: _Node) -> Position:
        match = _LINE.match(self.file.all[node.start])
        assert match is not None
        value = match.start(3)
        if self.key or match[3] in ("{", "["):
            last = match.end(2) + 1 if match[2] is not None else match.end(3)
            return Position(node.start + 1, len(match[1]) + 1, node.start + 1, last + 1)
        return Position(node.start + 1, value + 1, node.start + 1, match.end(3) + 1)


def document(path: str, raw: bytes, data: object, *root: str) -> Document:
    """A part of a release file as a document that knows where each value stands."""
    lines = _Lines(raw)
    return Document(
        path, data, ValuePlaces(lines, root), ValuePlaces(lines, root, key=True), raw=raw
    )
