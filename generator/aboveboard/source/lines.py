"""Reads a file that holds one JSON document a line, as event logs do."""

from __future__ import annotations

import re
from typing import Any

from .builder import MAX_NODES
from .document import Document, Key, KeyPath, Places, Position, Problem

# A whole mapping on the first line, and the beginning of another on the next.
_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")


def is_lines(raw: bytes) -> bool:
    """Whether this is one document a line; no YAML file is."""
    return _LINES.match(raw) is not None


def parse_lines(raw: bytes, name: str) -> Document:
    """A list of the documents of all lines; a line that cannot be read is told and left out."""
    from . import parse_yaml

    document = Document(name, data=[])
    document.values.locate = document.keys.locate = _located
    last, nodes = 1, 0
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        last = number
        one = parse_yaml(line, f"{name}.json")
        document.problems += [_moved(problem, number - 1) for problem in one.problems]
        nodes += len(one.values)
        if nodes > MAX_NODES:
            problem = Problem(f"more than {MAX_NODES:,} values", Position(number, 1, number, 2))
            document.problems.append(problem)
            break
        if one.data is not None:
            _add(document, one, number - 1)
    document.values.spans[()] = (0, None, Position(1, 1, last, 1))
    return document


def _add(document: Document, one: Document, above: int) -> None:
    """A line's data becomes the next item; its places stay where they are in the file."""
    index: Key = len(document.data)
    document.data.append(one.data)
    for ours, theirs in ((document.values, one.values), (document.keys, one.keys)):
        for path, span in theirs.spans.items():
            here: KeyPath = (index, *path)
            ours.spans[here] = (above, theirs, span)


def _located(span: tuple[int, Places | None, Any]) -> Position:
    above, places, inner = span
    return _down(places.locate(inner) if places else inner, above)


def _moved(problem: Problem, above: int) -> Problem:
    return problem._replace(position=_down(problem.position, above))


def _down(position: Position, lines: int) -> Position:
    return position._replace(line=position.line + lines, end_line=position.end_line + lines)
