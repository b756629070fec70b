"""From libyaml's events to data, in one walk that never recurses.

Depth, size and aliases are bounded before anything is built: composing first would let a hostile
file crash the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

from .document import Document, Key, KeyPath, Problem
from .marks import Marks, Span
from .scalars import plain_value

MAX_DEPTH = 40
MAX_NODES = 500_000


class Refused(Exception):
    """The rest of the file cannot be read; caught where the walk begins, never seen outside."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Open:
    """A collection that is being read; `dropped` says that its key was refused, so that the value
    is read and left out."""

    __slots__ = ("anchor", "dropped", "is_map", "key", "key_span", "path", "start", "value")

    def __init__(self, value: Any, path: KeyPath, start: Any, anchor: str | None) -> None:
        self.value, self.path, self.start, self.anchor = value, path, start, anchor
        self.is_map = type(value) is dict
        self.key: str | None = None
        self.key_span: Span = (start, start)
        self.dropped = False


class Builder:
    """Builds data and positions from events; `problems` gather, a Refused ends the file.

    Most of what a check of a large project does is done here, once a value: few calls, and no
    position is worked out before somebody asks for it.
    """

    def __init__(self, document: Document, marks: Marks) -> None:
        self.document, self.marks = document, marks
        self.values, self.keys = document.values.spans, document.keys.spans
        self.top: _Open | None = None
        self.stack: list[_Open | None] = []
        self.anchors: dict[str, tuple[KeyPath, Any]] = {}
        self.nodes = 0
        self.documents = 0

    def run(self, next_event: Callable[[], Any]) -> None:
        """Takes every event of a file."""
        scalar, mapping, sequence = (
            yaml.ScalarEvent,
            yaml.MappingStartEvent,
            yaml.SequenceStartEvent,
        )
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is scalar:
                self._scalar(event)
            elif kind is mapping:
                self._start(event, {})
            elif kind is sequence:
                self._start(event, [])
            elif kind in ends:
                self._end(event)
            else:
                self._rare(event)

    def _rare(self, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            self._alias(event)
        elif type(event) is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self._refuse("a second document starts here; one file holds one", event)

    def _refuse(self, message: str, event: Any, hint: str = "") -> None:
        raise Refused(Problem(message, self.marks.position(_span(event)), hint))

    def _note(self, message: str, span: Span, hint: str = "") -> None:
        self.document.problems.append(Problem(message, self.marks.position(span), hint))

    def _count(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(f"this file holds more than {MAX_NODES:,} values", event)

    def _waits_for_key(self) -> bool:
        return self.top is not None and self.top.is_map and self.top.key is None

    def _next_path(self) -> KeyPath:
        top = self.top
        if top is None:
            return ()
        return (*top.path, top.key or "") if top.is_map else (*top.path, len(top.value))

    def _put(self, value: Any, path: KeyPath, span: Span) -> None:
        """Hang a finished value into its parent; a duplicate key keeps the first."""
        top = self.top
        self.values[path] = span
        if top is None:
            self.document.data = value
        elif not top.is_map:
            top.value.append(value)
        else:
            if not top.dropped:
                top.value[top.key] = value
            self.keys[path] = top.key_span
            top.key, top.dropped = None, False

    def _tag(self, event: Any) -> None:
        if event.tag not in ("!", "tag:yaml.org,2002:str"):
            name = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._note(f"the tag {name} is not allowed", _span(event), "write the plain value")

    def _scalar(self, event: Any) -> None:
        value, top = event.value, self.top
        span = (event.start_mark, event.end_mark)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._refuse(f"this file holds more than {MAX_NODES:,} values", event)
        if event.tag is not None:
            self._tag(event)
        if top is not None and top.is_map and top.key is None:
            if value in top.value or value == "<<":
                self._odd_key(top, value, span, plain=event.implicit[0])
            else:
                top.key, top.key_span = value, span
            return
        if event.implicit[0] and event.tag != "!":
            try:
                value = plain_value(value)
            except ValueError as error:
                self._note(str(error), span, "quote it, or write the number that you mean")
        path = self._next_path()
        if event.anchor:
            self.anchors[event.anchor] = (path, value)
        self._put(value, path, span)

    def _odd_key(self, top: _Open, key: str, span: Span, *, plain: bool) -> None:
        """A merge key, or one that is there already."""
        if key == "<<" and plain:
            self._note("merge keys (<<) are not allowed", span, "write the values out")
            top.dropped = True
        elif key in top.value:
            first = self.document.keys[(*top.path, key)]
            self._note(
                f"'{key}' is given twice; first on line {first.line}", span, "remove one of them"
            )
            top.dropped = True
            key = f"{key}\0{self.nodes}"  # a path of its own, beside the first's
        top.key, top.key_span = key, span

    def _start(self, event: Any, value: dict[str, Any] | list[Any]) -> None:
        self._count(event)
        if event.tag is not None:
            self._tag(event)
        if self._waits_for_key():
            self._refuse("a key must be plain text", event)
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(f"what starts here is nested more than {MAX_DEPTH} deep", event)
        opened = _Open(value, self._next_path(), event.start_mark, event.anchor)
        self.stack.append(self.top)
        self.top = opened

    def _end(self, event: Any) -> None:
        done = self.top
        assert done is not None
        self.top = self.stack.pop()
        if done.anchor:
            self.anchors[done.anchor] = (done.path, done.value)
        self._put(done.value, done.path, (done.start, event.end_mark))

    def _alias(self, event: Any) -> None:
        if self._waits_for_key():
            self._refuse("an alias cannot be a key", event)
        if event.anchor not in self.anchors:
            self._refuse(f"'*{event.anchor}' names no finished anchor above it", event)
        source, value = self.anchors[event.anchor]
        path = self._next_path()
        self._copy_spans(value, source, path, event)
        self._put(value, path, _span(event))

    def _copy_spans(self, value: Any, source: KeyPath, target: KeyPath, event: Any) -> None:
        """An aliased value stands where it was written; its copies count against the cap."""
        waiting: list[tuple[Any, KeyPath]] = [(value, ())]
        while waiting:
            node, path = waiting.pop()
            self._count(event)
            if path:
                self.values[(*target, *path)] = self.values[(*source, *path)]
            for key, child in _children(node):
                below = (*path, key)
                if isinstance(node, dict) and (at := self.keys.get((*source, *below))):
                    self.keys[(*target, *below)] = at
                waiting.append((child, below))


def _children(node: Any) -> Iterator[tuple[Key, Any]]:
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)


def _span(event: Any) -> Span:
    return event.start_mark, event.end_mark
