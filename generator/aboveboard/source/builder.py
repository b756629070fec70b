"""From libyaml's events to data, in one walk that never recurses.

Depth, size and aliases are bounded before anything is built: composing first would let a hostile
file crash the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from .document import Document, Key, KeyPath, Position, Problem
from .scalars import plain_value

MAX_DEPTH = 40
MAX_NODES = 500_000


class Refused(Exception):
    """The rest of the file cannot be read; caught where the walk begins, never seen outside."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(slots=True, eq=False, repr=False)
class _Open:
    """A collection that is being read."""

    value: dict[str, Any] | list[Any]
    path: KeyPath
    start: Any
    anchor: str | None
    key: str | None = None
    key_position: Position | None = None
    dropped: bool = False  # the key was refused: its value is read, and left out


class Builder:
    """Builds data and positions from events; `problems` gather, a Refused ends the file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[KeyPath, Any]] = {}
        self.nodes = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._start(event, {} if kind is yaml.MappingStartEvent else [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._end(event)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse("a second document starts here; one file holds one", event)

    def _refuse(self, message: str, event: Any, hint: str = "") -> None:
        raise Refused(Problem(message, _span(event), hint))

    def _count(self, event: Any, by: int = 1) -> None:
        self.nodes += by
        if self.nodes > MAX_NODES:
            self._refuse(f"this file holds more than {MAX_NODES:,} values", event)

    def _note(self, message: str, position: Position, hint: str = "") -> None:
        self.document.problems.append(Problem(message, position, hint))

    def _waits_for_key(self) -> bool:
        top = self.stack[-1] if self.stack else None
        return top is not None and isinstance(top.value, dict) and top.key is None

    def _next_path(self) -> KeyPath:
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.value, dict):
            return (*top.path, top.key or "")
        return (*top.path, len(top.value))

    def _put(self, value: Any, path: KeyPath, position: Position) -> None:
        """Hang a finished value into its parent; a duplicate key keeps the first."""
        if not self.stack:
            self.document.data = value
            self.document.values[()] = position
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            assert top.key is not None and top.key_position is not None
            if not top.dropped:
                top.value[top.key] = value
            self.document.keys[path] = top.key_position
            top.key, top.dropped = None, False
        self.document.values[path] = position

    def _tag(self, event: Any) -> None:
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            name = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._note(f"the tag {name} is not allowed", _span(event), "write the plain value")

    def _scalar(self, event: Any) -> None:
        self._count(event)
        self._tag(event)
        position = _span(event)
        if self._waits_for_key():
            self._take_key(event.value, position, plain=event.implicit[0])
            return
        value: Any = event.value
        if event.implicit[0] and event.tag != "!":
            try:
                value = plain_value(value)
            except ValueError as error:
                self._note(str(error), position, "quote it, or write the number that you mean")
        path = self._next_path()
        if event.anchor:
            self.anchors[event.anchor] = (path, value)
        self._put(value, path, position)

    def _take_key(self, key: str, position: Position, *, plain: bool) -> None:
        top = self.stack[-1]
        assert isinstance(top.value, dict)
        if key == "<<" and plain:
            self._note("merge keys (<<) are not allowed", position, "write the values out")
            top.dropped = True
        elif key in top.value:
            first = self.document.keys[(*top.path, key)]
            self._note(
                f"'{key}' is given twice; first on line {first.line}",
                position,
                "remove one of them",
            )
            top.dropped = True
            key = f"{key}\0{self.nodes}"  # a path of its own, beside the first's
        top.key, top.key_position = key, position

    def _start(self, event: Any, value: dict[str, Any] | list[Any]) -> None:
        self._count(event)
        self._tag(event)
        if self._waits_for_key():
            self._refuse("a key must be plain text", event)
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(f"what starts here is nested more than {MAX_DEPTH} deep", event)
        self.stack.append(_Open(value, self._next_path(), event.start_mark, event.anchor))

    def _end(self, event: Any) -> None:
        done = self.stack.pop()
        if done.anchor:
            self.anchors[done.anchor] = (done.path, done.value)
        start, end = done.start, event.end_mark
        position = Position(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self._put(done.value, done.path, position)

    def _alias(self, event: Any) -> None:
        if self._waits_for_key():
            self._refuse("an alias cannot be a key", event)
        if event.anchor not in self.anchors:
            self._refuse(f"'*{event.anchor}' names no finished anchor above it", event)
        source, value = self.anchors[event.anchor]
        path = self._next_path()
        self._copy_positions(value, source, path, event)
        self._put(value, path, _span(event))

    def _copy_positions(self, value: Any, source: KeyPath, target: KeyPath, event: Any) -> None:
        """An aliased value stands where it was written; its copies count against the cap."""
        waiting: list[tuple[Any, KeyPath]] = [(value, ())]
        while waiting:
            node, path = waiting.pop()
            self._count(event)
            if path:
                self.document.values[(*target, *path)] = self.document.values[(*source, *path)]
            for key, child in _children(node):
                below = (*path, key)
                if isinstance(node, dict) and (key_at := self.document.keys.get((*source, *below))):
                    self.document.keys[(*target, *below)] = key_at
                waiting.append((child, below))


def _children(node: Any) -> Iterator[tuple[Key, Any]]:
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def _span(event: Any) -> Position:
    start, end = event.start_mark, event.end_mark
    return Position(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
